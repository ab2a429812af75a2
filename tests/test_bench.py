"""The benchmark: a tiny one from end to end, and what its report makes of figures."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tinhgon.extract import Extractor

pytestmark = pytest.mark.usefixtures("scripts")


@pytest.mark.slow
def test_a_tiny_benchmark_runs_from_end_to_end(scripts: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(scripts / "bench.py"), "--quick", "--articles", "12", "--archives", "dense-txt"]
    tiny = ["--parts", "runs", "--jobs", "1", "--out", str(tmp_path)]
    subprocess.run([*command, *tiny], check=True, capture_output=True, timeout=100)
    figures = json.loads((tmp_path / "bench.json").read_text("utf-8"))
    [row] = figures["runs"]
    assert (row["archive"], row["jobs"], row["articles"], row["documents"]) == ("dense-txt", 1, 10, 10)
    assert row["facts"] > 10
    assert row["rate"] > 0
    assert row["main_mb"] > 50
    assert len(figures["goals"]) > 10
    report = (tmp_path / "bench.md").read_text("utf-8")
    assert "## Whole runs" in report
    assert "## Peers" not in report


def test_stages_are_timed_on_their_own(tmp_path: Path) -> None:
    from benchmark.archive import write_archive
    from benchmark.stages import Stopwatch, stages_of

    write_archive(tmp_path, 20, seed=18, kind="mixed", format="txt")
    watch = Stopwatch()
    counts = stages_of(tmp_path, Extractor.load(), watch)
    assert counts["articles"] == 20 > counts["documents"] > 0
    assert list(watch.seconds) == [
        "list", "read and decode", "relevance (within reading)", "detect", "assemble", "rows and store",
    ]  # fmt: skip


def test_a_command_that_fails_says_why() -> None:
    from benchmark.processes import watched

    with pytest.raises(RuntimeError, match="no such thing"):
        watched([sys.executable, "-c", "raise SystemExit('no such thing')"])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peaks of children are read from /proc")
def test_memory_of_children_is_told_apart() -> None:
    from benchmark.processes import watched

    child = "import time; held = bytearray(120_000_000); time.sleep(0.6)"
    ran = watched([sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"])
    assert ran.main_mb < 60 < 120 < ran.worker_mb


def run_row(**told: Any) -> dict[str, Any]:
    row = {"archive": "plain-txt", "jobs": 1, "rate": 4000.0, "steady_rate": 5000.0, "main_mb": 200, "worker_mb": 0}
    return {**row, **told}


def test_goals_are_met_missed_or_not_measured() -> None:
    from benchmark.report import goals

    figures = {
        "runs": [run_row(), run_row(jobs=2, speedup=1.5, steady_speedup=1.9, worker_mb=620)],
        "floor": {"ratio": 2.5, "steady_ratio": 2.0},
        "peers": [{"peer": "underthesea ner", "missing": "No module named 'underthesea'"}],
        "starts": [{"command": "--help", "state": "warm", "seconds": 0.2}],
    }
    told = {goal.goal: (goal.measured, goal.met) for goal in goals(figures)}
    assert told["plain news, end to end: 3,000 articles/s a core"] == ("4,000 (steady 5,000)", True)
    assert told["plain news: at most 3 times the floor"] == ("2.5 (steady 2)", True)
    assert told["two workers, plain-txt, steady: 1.8 times one"] == ("1.9 (with start 1.5)", True)
    assert told["memory: less than 500 MB a process"] == ("620 MB", False)
    assert told["tinhgon --help, warm: less than 0.3 s"] == ("0.20 s", True)
    assert told["300 times underthesea ner"] == ("–", None)
    assert told["memory level however long the archive"] == ("–", None)


@pytest.mark.parametrize(("last", "met"), [(210, True), (260, False)])
def test_memory_is_level_when_ten_times_the_articles_take_no_tenth_more(last: int, met: bool) -> None:
    from benchmark.report import goals

    growth = [
        {"articles": articles, "main_mb": peak, "worker_mb": 0}
        for articles, peak in ((1000, 180), (5000, 200), (50_000, last))
    ]
    [goal] = [goal for goal in goals({"growth": growth}) if goal.goal == "memory level however long the archive"]
    assert goal == (goal.goal, f"200 → {last} MB, 5,000 → 50,000 articles", met)
