"""Makes ``store_building`` importable: with pytest's importlib mode, test folders are not on the path."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tinhgon.store import FactBase

sys.path.append(str(Path(__file__).parent))


@pytest.fixture
def base(tmp_path: Path) -> Iterator[FactBase]:
    with FactBase.open(tmp_path / "facts.db", create=True) as opened:
        yield opened
