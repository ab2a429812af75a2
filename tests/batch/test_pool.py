"""Processes that die, hang or are killed: which article it was, and that nothing else is lost by it."""

from __future__ import annotations

import os
import signal
import sys
from multiprocessing import active_children
from pathlib import Path

import pytest

from tinhgon.batch import PoolError, Reading, run
from tinhgon.batch.pool import DiedError
from tinhgon.batch.progress import Progress

running = sys.modules["tinhgon.batch.run"]
pytestmark = pytest.mark.slow

LIMIT = 0.5
TOO_SLOW = "too-slow: it took more than 0.5 seconds; split it, or allow it more with --time-limit"
# What a text does to its reader, and what is said of it.
FATES = {
    "hỏng": "ValueError: a number without a noun (stand_in.py:",
    "treo": TOO_SLOW,
    "nuốt": TOO_SLOW,
    "đầy": "too-large: no memory was left for it",
}
DEADLY = {
    "chết": "broke down (exit status 1); please report it",
    "giết": "ended by the system, most often for want of memory; run the same command with fewer --jobs",
    "sập": "broke down (Segmentation fault, stand_in.py:",
    "điếc": TOO_SLOW,
}


def article(name: str) -> str:
    return f"Tinh gọn bộ máy ở {name}\n\n12/10/2021\n\n{name} thực hiện Nghị quyết số 18-NQ/TW.\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    folder.mkdir()
    for number in range(40):
        (folder / f"bai-{number:02}.txt").write_text(article(f"huyện Số {number}"), "utf-8")
    return folder


def lay(archive: Path, fates: dict[str, str]) -> None:
    """One article for each fate, among those that are in order."""
    for number, word in enumerate(fates):
        (archive / f"bai-{7 * number + 3:02}.txt").write_text(article(f"huyện Số {number}, nơi {word}"), "utf-8")


@pytest.mark.parametrize("jobs", [1, 2])
def test_articles_that_come_to_grief_are_rejected_each_with_its_reason(archive, content, stand_in, tmp_path, jobs):
    fates = FATES if jobs == 1 else FATES | DEADLY
    whole = tmp_path / "whole.db"
    for number in range(len(fates)):
        (archive / f"bai-{7 * number + 3:02}.txt").unlink(missing_ok=True)
    run([str(archive)], whole, load=stand_in.load)
    lay(archive, fates)
    db = tmp_path / "facts.db"
    summary = run([str(archive)], db, jobs=jobs, reading=Reading(seconds=LIMIT), load=stand_in.load)
    told = dict(zip(fates, sorted(summary.rejects, key=lambda reject: reject.path), strict=True))
    assert {word: fates[word] in reject.reason for word, reject in told.items()} == dict.fromkeys(fates, True), told
    assert {reject.stage for reject in summary.rejects} == {"extract"}
    # Nothing else is lost or changed by it, and the ledger is true.
    assert content(db)["export"] == content(whole)["export"]
    assert (summary.read, summary.extracted) == (summary.found, summary.found - len(fates))
    assert not active_children()


def test_a_reader_that_dies_is_told_as_such(archive, stand_in, tmp_path):
    db = tmp_path / "facts.db"
    # The bytes are read in the worker: what it loads first replaces the reader there.
    summary = run([str(archive)], db, jobs=2, load=stand_in.load_with_deadly_reader)
    assert {(reject.stage, "broke down" in reject.reason) for reject in summary.rejects} == {("read", True)}
    assert [Path(reject.path).name for reject in summary.rejects] == ["bai-13.txt"]
    assert summary.extracted == 39


@pytest.mark.parametrize("jobs", [2, 3])
def test_workers_that_are_killed_at_work_lose_and_double_nothing(
    archive, content, stand_in, tmp_path, monkeypatch, jobs
):
    monkeypatch.setattr(running, "BATCH", 8)
    db, whole = tmp_path / "facts.db", tmp_path / "whole.db"
    run([str(archive)], whole, load=stand_in.load)
    killed: set[int] = set()

    def kill_the_oldest(told: Progress) -> None:
        for oldest in sorted(child.pid or 0 for child in active_children())[:1]:
            os.kill(oldest, signal.SIGKILL)
            killed.add(oldest)

    summary = run([str(archive)], db, jobs=jobs, load=stand_in.load_slow, report=kill_the_oldest)
    assert len(killed) > 1
    # An innocent article can be hit twice; then it is on record, and the next run has it.
    assert summary.extracted + summary.rejected == 40
    run([str(archive)], db, load=stand_in.load)
    assert content(db)["export"] == content(whole)["export"]
    assert content(db)["rejects"] == []


def test_processes_that_cannot_begin_end_the_run_with_a_word(archive, stand_in, tmp_path):
    with pytest.raises(PoolError, match=r"while it was starting \(exit status 3\).*fewer --jobs"):
        run([str(archive)], tmp_path / "facts.db", jobs=2, load=stand_in.load_deadly)
    assert not active_children()


def test_processes_that_cannot_begin_again_end_the_run_with_a_word(archive, stand_in, tmp_path, monkeypatch):
    monkeypatch.setenv("STAND_IN_LOADS", str(tmp_path / "loads"))
    (archive / "bai-03.txt").write_text(article("nơi chết"), "utf-8")
    with pytest.raises(PoolError, match="while it was starting"):
        run([str(archive)], tmp_path / "facts.db", jobs=2, load=stand_in.load_twice)
    assert not active_children()


def test_a_second_ctrl_c_ends_workers_that_hang(archive, stand_in, tmp_path):
    (archive / "bai-03.txt").write_text(article("nơi ngắt"), "utf-8")
    with pytest.raises(KeyboardInterrupt):
        run([str(archive)], tmp_path / "facts.db", jobs=2, load=stand_in.load)
    assert not active_children()


def test_how_a_death_is_told():
    fatal = (
        "Fatal Python error: Segmentation fault\n\nThread 0x01 (most recent call first):\n"
        '  File "/a/worker.py", line 1 in _receive\n\nCurrent thread 0x02 (most recent call first):\n'
        '  File "/a/page.py", line 73 in read\n'
    )
    assert str(DiedError(-11, fatal)) == "Segmentation fault, page.py:73"
    assert str(DiedError(-6, "")) == "Aborted"
    assert str(DiedError(None, "")) == "exit status None"
    assert DiedError(-9, "").was_killed
    assert DiedError(1, "Timeout (0:00:01)!\nThread ...").out_of_time
