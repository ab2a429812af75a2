"""A few faults of each kind, done to real runs; ``make faults`` does them many times over."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import pytest

TIMES = 2
pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")]


@pytest.fixture(scope="module")
def fault_test(scripts: Path) -> Any:
    import fault_test

    return fault_test


@pytest.fixture(scope="module")
def bench(fault_test: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return fault_test.Bench(tmp_path_factory.mktemp("faults"), 2, random.Random(7), 2)


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "kind",
    ["run", "writer", "workers", "power", "lock", "clock", "files", "articles", "full", "readonly"],
)
def test_nothing_is_lost_or_doubled(fault_test: Any, bench: Any, kind: str) -> None:
    outcome = fault_test.FAULTS[kind](bench, TIMES)
    if outcome.left_out:
        pytest.skip(outcome.left_out)
    assert outcome.wrong == ()
    assert outcome.faults >= TIMES


def test_all_kinds_are_tried(fault_test: Any) -> None:
    (tried,) = (mark for mark in test_nothing_is_lost_or_doubled.pytestmark if mark.name == "parametrize")
    assert set(tried.args[1]) == set(fault_test.FAULTS)


def test_a_fact_base_that_lost_an_article_is_noticed(bench: Any, tmp_path: Path) -> None:
    from faults.bench import copied, faults_midway
    from tinhgon import FactBase

    db = tmp_path / "facts.db"
    copied(bench.folder / "clean.db", db)
    assert bench.faults_at_the_end(db) == []
    reported = len(bench.wanted["documents"])
    with FactBase.open(db, create=True) as base, base.transaction() as execute:
        execute("DELETE FROM documents WHERE id = (SELECT max(id) FROM documents)")
        execute("DELETE FROM rejects")
        execute("DELETE FROM skipped")
    assert len(bench.faults_at_the_end(db)) >= 3
    assert faults_midway(db, reported) != []
