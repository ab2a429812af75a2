"""Several processes work ahead of the one that writes: the fact base, the report and Ctrl-C are those of one process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tinhgon.batch import Reading, run
from tinhgon.batch.workers import InThisProcess
from tinhgon.detect.patterns import PatternError

running = sys.modules["tinhgon.batch.run"]
SMALL_BATCH = 4


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(running, "BATCH", SMALL_BATCH)
    monkeypatch.setattr("tinhgon.batch.workers.TASK", 3)


def article(name: str) -> str:
    return f"Tinh gọn bộ máy ở {name}\n\n12/10/2021\n\n{name} thực hiện Nghị quyết số 18-NQ/TW.\n"


@pytest.mark.slow
def test_any_number_of_processes_gives_the_same_fact_base_and_the_same_report(mixed, content, stand_in, tmp_path):
    summaries, contents = [], []
    for jobs in (1, 2, 3):
        db = tmp_path / f"{jobs}.db"
        summary = run([str(mixed)], db, jobs=jobs, load=stand_in.load)
        summaries.append(replace(summary, seconds=0.0))
        contents.append(content(db))
    assert (summaries[0].read, summaries[0].extracted, summaries[0].passed_over) == (45, 27, 8)
    assert summaries[0].rejected_by_stage == {"read": 3, "extract": 3, "parse": 1}
    assert summaries[0].skipped == {"no cue": 3}
    assert summaries[1:] == summaries[:1] * 2
    assert contents[1:] == contents[:1] * 2


@pytest.mark.slow
def test_what_is_done_is_not_extracted_in_any_process(mixed, content, stand_in, tmp_path):
    db = tmp_path / "facts.db"
    first = run([str(mixed)], db, jobs=2, load=stand_in.load)
    before = content(db)["export"]
    for jobs in (1, 2):
        again = run([str(mixed)], db, jobs=jobs, load=stand_in.load_idle)
        assert again.extracted == 0
        # Only what failed before is tried again: every reject here is of a text that breaks the extraction, or none.
        assert again.rejected == first.rejected
        assert again.passed_over == first.extracted + first.passed_over
        assert content(db)["export"] == before


@pytest.mark.slow
def test_changed_patterns_ask_in_all_processes_for_what_they_touch_alone(mixed, content, stand_in, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (mixed / "bao-a" / "bai-1.txt").write_text("Kết luận về biên chế của huyện Lộc Bình.\n", "utf-8")
    summaries = []
    for jobs in (1, 2):
        db = tmp_path / f"{jobs}.db"
        run([str(mixed)], db, load=stand_in.load)
        summaries.append(replace(run([str(mixed)], db, jobs=jobs, patterns=own, load=stand_in.load), seconds=0.0))
    assert summaries[0].untouched == 1
    assert summaries[0].changed_patterns == ("cited",)
    assert summaries[1] == summaries[0]
    assert content(tmp_path / "2.db") == content(tmp_path / "1.db")


@pytest.mark.slow
def test_what_was_done_when_it_was_read_and_is_replaced_before_its_turn_is_extracted_after_all(
    content, stand_in, tmp_path
):
    archive = tmp_path / "kho"
    for outlet in ("bao-a", "bao-b"):
        (archive / outlet).mkdir(parents=True)
    first, second = archive / "bao-a" / "bai.txt", archive / "bao-b" / "bai.txt"
    for number in range(SMALL_BATCH - 1):
        (archive / "bao-a" / f"bai-{number}.txt").write_text(article(f"xã Số {number}"), "utf-8")
    contents = []
    for jobs in (1, 2):
        first.write_text(article("huyện Lộc Bình"), "utf-8")
        second.unlink(missing_ok=True)
        db = tmp_path / f"{jobs}.db"
        run([str(archive)], db, load=stand_in.load)
        first.rename(second)
        first.write_text(article("huyện Tam Bình"), "utf-8")
        assert run([str(archive)], db, jobs=jobs, load=stand_in.load).extracted == 2
        contents.append(content(db))
    assert contents[1] == contents[0]


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_after_ctrl_c_what_was_read_ahead_is_dropped_and_not_counted(mixed, content, stand_in, tmp_path, jobs):
    db, whole = tmp_path / "facts.db", tmp_path / "whole.db"
    stopped = run(
        [str(mixed)], db, jobs=jobs, load=stand_in.load, report=lambda told: os.kill(os.getpid(), signal.SIGINT)
    )
    assert (stopped.read, stopped.interrupted) == (SMALL_BATCH, True)
    resumed = run([str(mixed)], db, jobs=jobs, load=stand_in.load)
    assert (resumed.read, resumed.interrupted) == (45, False)
    run([str(mixed)], whole, load=stand_in.load)
    assert content(db)["export"] == content(whole)["export"]


def test_ctrl_c_in_the_last_batch_stops_nothing(mixed, stand_in, tmp_path):
    def stop_at_the_end(told):
        if told.read == 45:
            os.kill(os.getpid(), signal.SIGINT)

    assert not run([str(mixed)], tmp_path / "facts.db", load=stand_in.load, report=stop_at_the_end).interrupted


class Counting(InThisProcess):
    """Works as one process does, only ahead, and counts the articles begun and not yet written."""

    def __init__(self, extractor, count):
        super().__init__(extractor)
        self.count, self.begun, self.most = count, 0, 0

    def ahead(self, batch):
        return self.count

    def begin(self, batch, reading, kept):
        self.begun += len(batch)
        return super().begin(batch, reading, kept)

    def told(self, progress):
        self.most = max(self.most, self.begun - progress.read)


def test_what_is_in_flight_does_not_grow_with_the_archive(stand_in, tmp_path, monkeypatch):
    rows = tmp_path / "kho.jsonl"
    rows.write_text("\n".join(json.dumps({"id": f"bai-{n}", "text": article(f"xã {n}")}) for n in range(400)), "utf-8")
    counting = Counting(stand_in.load(None), 3)
    monkeypatch.setattr(running, "start_workers", lambda *_: _Given(counting))
    summary = run([str(rows)], tmp_path / "facts.db", load=stand_in.load, report=counting.told)
    assert summary.extracted == 400
    assert counting.most == 3 * SMALL_BATCH
    # Changed patterns ask for a second round of every batch, in which as many more may be.
    counting = Counting(stand_in.load(Path("other")), 3)
    assert run([str(rows)], tmp_path / "facts.db", load=stand_in.load, report=counting.told).extracted == 400
    assert counting.most == 2 * 3 * SMALL_BATCH


class _Given:
    def __init__(self, workers):
        self.workers = workers

    def __enter__(self):
        return self.workers

    def __exit__(self, *_):
        return None


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_patterns_that_cannot_be_used_are_told_by_name_wherever_they_are_loaded(mixed, stand_in, tmp_path, jobs):
    with pytest.raises(PatternError, match="has no examples"):
        run([str(mixed)], tmp_path / "facts.db", jobs=jobs, load=stand_in.load_broken, reading=Reading())


@pytest.mark.slow
def test_workers_end_with_a_run_that_is_killed(mixed, stand_in, tmp_path):
    script = tmp_path / "killed.py"
    script.write_text(
        "import multiprocessing, os, sys\n"
        "from pathlib import Path\n"
        "import stand_in\n"
        "from tinhgon.batch import run\n"
        "def told(progress):\n"
        "    print(*[child.pid for child in multiprocessing.active_children()], flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
        "if __name__ == '__main__':\n"
        "    run([sys.argv[1]], Path(sys.argv[2]), jobs=2, load=stand_in.load, report=told)\n",
        "utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(stand_in.__file__).parent)}
    command = [sys.executable, str(script), str(mixed), str(tmp_path / "facts.db")]
    # The workers hold the other end of what is read here: it ends when they have.
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(done.stdout.split()) == 2
