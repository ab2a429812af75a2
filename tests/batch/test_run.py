"""Runs over small archives with a stand-in extractor: what is counted, kept, passed over and resumed."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tinhgon.batch import Reading, run
from tinhgon.batch.fingerprint import code_version
from tinhgon.batch.stopping import deaf_children, stop_on_interrupt
from tinhgon.ingest import Fields
from tinhgon.store import FactBase

# The package offers the function under the module's name.
running = sys.modules["tinhgon.batch.run"]

ARTICLE = (
    "Tinh gọn bộ máy ở huyện {name}\n\n12/10/2021\n\nHuyện {name} thực hiện Nghị quyết số 18-NQ/TW của Trung ương.\n"
)


@pytest.fixture
def stand_in(monkeypatch):
    # On the path, so that a spawned worker can import it as well.
    monkeypatch.syspath_prepend(Path(__file__).parent)
    import stand_in

    return stand_in


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(5):
        (folder / f"bai-{number}.txt").write_text(ARTICLE.format(name=f"Số {number}"), "utf-8")
    return folder


@pytest.fixture
def go(archive, stand_in, tmp_path):
    def go(**options):
        options = {"load": stand_in.load, "reading": Reading(everything=True), **options}
        return run([str(archive)], tmp_path / "facts.db", **options)

    return go


def exported(db: Path) -> list[dict]:
    with FactBase.open(db, readonly=True) as base:
        return list(base.records())


def test_every_document_is_read_extracted_and_kept(go, tmp_path):
    summary = go()
    assert (summary.found, summary.read, summary.extracted, summary.passed_over) == (5, 5, 5, 0)
    assert summary.claims["resolutions"] == 5
    assert summary.rejects == ()
    assert not summary.interrupted
    assert [record["id"] for record in exported(tmp_path / "facts.db")] == [f"bai-{number}" for number in range(5)]


def test_what_is_done_is_passed_over(go):
    go()
    again = go()
    assert (again.read, again.extracted, again.passed_over) == (5, 0, 5)


def test_changed_text_is_done_again_in_place_of_the_old(go, archive, tmp_path):
    go()
    (archive / "bai-3.txt").write_text("Bài viết mới, không dẫn văn bản nào cả, ở huyện Lộc Bình.\n", "utf-8")
    again = go()
    assert (again.extracted, again.passed_over) == (1, 4)
    assert [len(record["resolutions"]) for record in exported(tmp_path / "facts.db")] == [1, 1, 1, 0, 1]


def test_changed_patterns_and_changed_code_ask_for_everything_again(go, tmp_path, monkeypatch):
    go()
    own = tmp_path / "own-patterns"
    own.mkdir()
    assert go(patterns=own).extracted == 5
    monkeypatch.setattr("tinhgon.batch.log.code_version", lambda: "0.1.0+other")
    assert go(patterns=own).extracted == 5


def test_a_document_that_breaks_the_extraction_is_rejected_and_the_rest_goes_on(go, archive, tmp_path):
    (archive / "bai-1.txt").write_text("Số liệu hỏng ở huyện Lộc Bình.\n", "utf-8")
    summary = go()
    assert summary.extracted == 4
    (reject,) = summary.rejects
    assert (Path(reject.path).name, reject.stage) == ("bai-1.txt", "extract")
    assert "ValueError: a number without a noun (stand_in.py:" in reject.reason
    with FactBase.open(tmp_path / "facts.db", readonly=True) as base:
        assert base.counts()["rejects"] == 1


def test_a_reject_is_tried_again_and_forgotten_once_it_is_mended(go, archive, tmp_path):
    (archive / "bai-1.txt").write_bytes(b"")
    assert go().rejected_by_stage == {"read": 1}
    (archive / "bai-1.txt").write_text(ARTICLE.format(name="Lộc Bình"), "utf-8")
    assert go().extracted == 1
    with FactBase.open(tmp_path / "facts.db", readonly=True) as base:
        assert base.counts()["rejects"] == 0


def test_a_reader_that_raises_gives_a_reject(go, monkeypatch):
    def broken(item, ocr, worth):
        raise RecursionError("too deep")

    monkeypatch.setattr("tinhgon.ingest.read", broken)
    summary = go()
    assert summary.rejected_by_stage == {"read": 5}
    assert "RecursionError" in summary.rejects[0].reason


def test_warnings_of_ingestion_are_reported(go, archive):
    (archive / "bai-0.txt").write_text("Huyện Lộc Bình thực hiện Nghị quyết số 18-NQ/TW của Trung ương.\n", "utf-8")
    assert [(Path(path).name, warning) for path, warning in go().warnings] == [("bai-0.txt", "no-date")]


def test_the_run_itself_is_on_record(go, tmp_path):
    go()
    with FactBase.open(tmp_path / "facts.db", readonly=True) as base:
        (row,) = base.rows("SELECT version, patterns_hash, counts, ended_at FROM runs")
    assert (row["version"], row["patterns_hash"]) == (code_version(), "shipped")
    assert '"extracted": 5' in row["counts"]
    assert row["ended_at"]


def test_progress_is_reported_batch_by_batch(go, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 2)
    seen = []
    go(report=seen.append)
    assert [(told.read, told.found) for told in seen] == [(2, 5), (4, 5), (5, 5)]
    assert [told.facts for told in seen] == sorted(told.facts for told in seen)
    assert all(told.rate > 0 for told in seen)


@pytest.mark.slow
def test_several_processes_give_the_same_fact_base(go, archive, tmp_path, stand_in):
    (archive / "bai-1.txt").write_text("Số liệu hỏng ở huyện Lộc Bình.\n", "utf-8")
    alone = go()
    together = run(
        [str(archive)], tmp_path / "together.db", jobs=2, reading=Reading(everything=True), load=stand_in.load
    )
    assert together.rejects == alone.rejects
    assert together.claims == alone.claims
    assert exported(tmp_path / "together.db") == exported(tmp_path / "facts.db")


class TestStopping:
    def test_ctrl_c_stops_after_the_batch_in_hand_and_the_next_run_goes_on(self, go, monkeypatch):
        monkeypatch.setattr(running, "BATCH", 2)
        first = go(report=lambda told: os.kill(os.getpid(), signal.SIGINT))
        assert (first.read, first.extracted, first.interrupted) == (2, 2, True)
        second = go()
        assert (second.extracted, second.passed_over, second.interrupted) == (3, 2, False)

    def test_a_second_ctrl_c_stops_at_once(self):
        with stop_on_interrupt() as stop:
            os.kill(os.getpid(), signal.SIGINT)
            assert stop.made
            with pytest.raises(KeyboardInterrupt):
                os.kill(os.getpid(), signal.SIGINT)

    def test_the_old_handling_of_ctrl_c_comes_back(self):
        before = signal.getsignal(signal.SIGINT)
        with stop_on_interrupt() as stop:
            assert signal.getsignal(signal.SIGINT) is stop
        assert signal.getsignal(signal.SIGINT) is before


def test_the_fingerprint_covers_code_and_data_but_not_the_commands():
    from tinhgon.batch.fingerprint import _files

    names = {name for name, _ in _files()}
    assert {"records.py", "ingest/archive.py", "patterns/outlets.yaml", "patterns/places/units.tsv"} <= names
    assert "patterns/roles.yaml" not in names  # each of its patterns has a fingerprint of its own
    assert not {name for name in names if name.startswith(("cli/", "batch/", "store/")) or name.endswith(".pyc")}


def test_a_process_started_in_the_block_never_hears_ctrl_c():
    ask = [sys.executable, "-c", "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))"]
    with deaf_children():
        inside = subprocess.run(ask, capture_output=True, text=True, check=True).stdout
    outside = subprocess.run(ask, capture_output=True, text=True, check=True).stdout
    assert (inside.strip(), outside.strip()) == ("True", "False")


class TestArchives:
    """Files that hold many articles, and articles that are passed over."""

    ROWS = (
        "Huyện A thực hiện Nghị quyết số 18-NQ/TW.",
        "Đội nhà thắng 2-0.",
        "The province carried out Nghị quyết 18 last year and now has 102 communes, 74 fewer than before the merger. "
        * 5,
    )

    @pytest.fixture
    def rows(self, tmp_path):
        path = tmp_path / "kho.jsonl.gz"
        lines = [json.dumps({"id": f"tin-{n}", "title": f"Tin {n}", "text": text}) for n, text in enumerate(self.ROWS)]
        path.write_bytes(gzip.compress("\n".join([*lines, "hỏng"]).encode()))
        return path

    def go(self, source, tmp_path, stand_in, **options):
        return run([str(source)], tmp_path / "facts.db", load=stand_in.load, **options)

    def test_each_row_is_an_article(self, rows, tmp_path, stand_in):
        summary = self.go(rows, tmp_path, stand_in)
        assert (summary.found, summary.read, summary.extracted) == (4, 4, 1)
        assert summary.skipped == {"no cue": 1, "language": 1}
        assert [reject.path for reject in summary.rejects] == [f"{rows}#4"]
        with FactBase.open(tmp_path / "facts.db", readonly=True) as base:
            assert base.document_ids() == ["tin-0"]
            skipped = base.rows("SELECT document_id, reason FROM skipped ORDER BY path")
        assert [row["document_id"] for row in skipped] == ["tin-1", "tin-2"]
        assert skipped[1]["reason"] == "language: en"

    def test_everything_may_be_asked_for_but_other_languages(self, rows, tmp_path, stand_in):
        self.go(rows, tmp_path, stand_in)
        summary = self.go(rows, tmp_path, stand_in, reading=Reading(everything=True))
        assert (summary.extracted, summary.passed_over, summary.skipped) == (1, 1, {"language": 1})
        with FactBase.open(tmp_path / "facts.db", readonly=True) as base:
            assert base.counts()["skipped"] == 1

    def test_the_columns_may_be_named(self, tmp_path, stand_in):
        path = tmp_path / "kho.csv"
        path.write_text("a,b\n1,Thực hiện Nghị quyết số 18-NQ/TW của Trung ương.\n", "utf-8")
        assert self.go(path, tmp_path, stand_in, reading=Reading(Fields(text="b"))).extracted == 1

    def test_what_is_read_from_a_container_is_held_within_bounds(self, rows, tmp_path, stand_in, monkeypatch):
        monkeypatch.setattr(running, "BATCH_BYTES", 10)
        told: list[int] = []
        self.go(rows, tmp_path, stand_in, report=lambda progress: told.append(progress.read))
        assert told == [1, 2, 3, 4]


def test_a_fact_base_among_the_articles_is_no_source(archive, stand_in):
    first, again = (run([str(archive)], archive / "facts.db", load=stand_in.load) for _ in range(2))
    assert (first.found, first.rejected, again.found, again.rejected) == (5, 0, 5, 0)


class TestWhatIsMended:
    """A reject stands as long as the file is as it was; where a later run has read it, it is off the record."""

    @pytest.fixture
    def rejects(self, tmp_path):
        def rejects():
            with FactBase.open(tmp_path / "facts.db", readonly=True) as base:
                return [Path(row["path"]).name for row in base.rows("SELECT path FROM rejects ORDER BY path")]

        return rejects

    def test_a_file_that_is_as_it_was_before_it_was_lost(self, go, archive, rejects):
        whole = (archive / "bai-1.txt").read_bytes()
        go()
        (archive / "bai-1.txt").write_bytes(b"")
        go()
        assert rejects() == ["bai-1.txt"]
        (archive / "bai-1.txt").write_bytes(whole)
        assert go().passed_over == 5
        assert rejects() == []

    def test_pieces_of_a_container_that_are_there_no_longer(self, go, archive, rejects):
        rows = archive / "kho.jsonl"
        row = json.dumps({"id": "tin-1", "text": ARTICLE.format(name="Lộc Bình")})
        rows.write_text(f"{row}\nhỏng\nhỏng", "utf-8")
        go()
        rows.write_text(f"{row}\n{row}\nhỏng", "utf-8")
        go()
        assert rejects() == ["kho.jsonl#3"]
        rows.write_text(row, "utf-8")
        go()
        assert rejects() == []

    def test_a_container_that_could_not_be_opened(self, go, archive, rejects):
        rows = archive / "kho.jsonl.gz"
        rows.mkdir()
        (rows / "bai").symlink_to(rows / "bai")
        go()
        assert rejects() == ["bai"]
        (rows / "bai").unlink()
        (rows / "bai").write_text(ARTICLE.format(name="Lộc Bình"), "utf-8")
        go()
        assert rejects() == []

    def test_what_is_not_met_again_stays_on_record(self, go, archive, rejects, tmp_path):
        (archive / "bai-1.txt").write_bytes(b"")
        go()
        (archive / "bai-1.txt").unlink()
        go()
        assert rejects() == ["bai-1.txt"]

    def test_an_interrupted_run_takes_nothing_off(self, go, archive, rejects, monkeypatch):
        monkeypatch.setattr(running, "BATCH", 2)
        whole = (archive / "bai-1.txt").read_bytes()
        (archive / "bai-1.txt").write_bytes(b"")
        (archive / "bai-4.txt").write_bytes(b"")
        go()
        (archive / "bai-1.txt").write_bytes(whole)
        go(report=lambda told: os.kill(os.getpid(), signal.SIGINT))
        assert rejects() == ["bai-4.txt"]  # the other one was extracted, and is off with that
        go()
        assert rejects() == ["bai-4.txt"]
