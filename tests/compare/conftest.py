"""Makes the builders of ``tests/store`` importable here too."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tinhgon.store import FactBase

sys.path.append(str(Path(__file__).parents[1] / "store"))


@pytest.fixture
def base(tmp_path: Path) -> Iterator[FactBase]:
    with FactBase.open(tmp_path / "facts.db", create=True) as opened:
        yield opened
