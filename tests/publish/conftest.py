"""Makes ``publish_building`` importable, and fact bases to publish: an empty one, a full one, one of hostile texts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tinhgon.store import FactBase

sys.path.append(str(Path(__file__).parent))

from publish_building import HOSTILE, full_claims, hostile_claims, load


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[FactBase]:
    with FactBase.open(tmp_path / "empty.db", create=True) as base:
        yield base


@pytest.fixture
def base(tmp_path: Path) -> Iterator[FactBase]:
    """A claim of each kind, three facts of which one is a part and one doubtful, and a copy of the article."""
    with FactBase.open(tmp_path / "facts.db", create=True) as opened:
        load(opened, full_claims("bai-1"), full_claims("bai-2", published="2021-10-13"))
        yield opened


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[FactBase]:
    with FactBase.open(tmp_path / "hostile.db", create=True) as opened:
        load(opened, *(hostile_claims(text, number) for number, text in enumerate(HOSTILE)))
        yield opened
