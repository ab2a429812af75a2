"""What is told while a run goes on."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tinhgon.batch.progress import JsonLines, Progress
from tinhgon.cli import tinhgon

CORPUS = Path(__file__).parents[2] / "corpus" / "texts"


def test_a_run_tells_a_batch_system_of_itself(tmp_path: Path) -> None:
    (tmp_path / "bài-1.txt").write_text((CORPUS / "nam-01.txt").read_text("utf-8"), "utf-8")
    (tmp_path / "hỏng.pdf").write_bytes(b"%PDF-1.4 nothing")
    done = CliRunner().invoke(tinhgon, ["run", str(tmp_path), "--db", str(tmp_path / "facts.db"), "--log-json"])

    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert done.exit_code == 1
    assert done.stdout == ""
    assert [line["event"] for line in lines] == ["progress", "reject", "end"]
    assert lines[1]["path"].endswith("hỏng.pdf")
    assert lines[-1]["read"] == 2
    assert lines[-1]["rejected"] == 1
    assert lines[-1]["facts"] > 0
    assert lines[-1]["interrupted"] is False
    assert done.stderr.isascii()


def test_progress_is_told_once_a_second_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter((10.0, 10.0, 10.5, 11.2, 11.2))
    monkeypatch.setattr("tinhgon.batch.progress.time.monotonic", lambda: next(clock))
    out = io.StringIO()
    lines = JsonLines(out)
    for read in (64, 128, 192):
        lines.report(Progress(read, 5_000, 7, 0, 2.0))

    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(line["read"], line["per_second"]) for line in told] == [(64, 32.0), (192, 96.0)]


def test_nothing_is_divided_by_no_time() -> None:
    assert Progress(0, 5, 0, 0, 0.0).rate == 0.0
