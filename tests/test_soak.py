"""The long run: a short one from end to end, and what it makes of looks at memory and files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def soak(scripts: Path) -> Any:
    import soak

    return soak


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_every_article_of_a_run_in_pieces_is_on_record_once(
    soak: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soak, "_EVERY", 0.1)
    archive, db = tmp_path / "archive", tmp_path / "facts.db"
    soak.write_archive(archive, 500, seed=18, kind="dense", format="txt")
    pieces = soak.soaked(archive, db, 500, 2)
    assert len(pieces) == 4
    assert max(look.main_mb for look in pieces[-1]) > 20
    assert max(look.worker_mb for look in pieces[-1]) > 20
    assert soak.lost(db, 500) == []
    assert soak.lost(db, 501) == ["501 articles, 500 on record, 500 paths"]


def looks(soak: Any, **of_the_last_quarter: float) -> list[Any]:
    level = {"main_mb": 100.0, "worker_mb": 80.0, "main_files": 20, "worker_files": 9}
    return [soak.Look(read, **(level | of_the_last_quarter if read >= 75 else level)) for read in range(100)]


def test_what_stays_level_is_in_order(soak: Any) -> None:
    table, grown = soak.growth(looks(soak))
    assert table[-1] == "| 4 | 99 | 100 MB | 80 MB | 29 |"
    assert grown == []


@pytest.mark.parametrize("kind", ["main_mb", "worker_mb", "main_files", "worker_files"])
def test_what_grows_is_told(soak: Any, kind: str) -> None:
    _, grown = soak.growth(looks(soak, **{kind: 150}))
    assert [what.split()[0] for what in grown] == [kind]


def test_a_run_without_looks_in_every_quarter_cannot_be_judged(soak: Any) -> None:
    assert soak.growth(looks(soak)[:1])[1] == ["the run was too short to be judged"]
