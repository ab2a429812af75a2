"""``tinhgon serve`` as a process: it says where it is, answers there, and stops when told to."""

from __future__ import annotations

import gc
import re
import signal
import socket
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from tinhgon.cli import tinhgon
from tinhgon.store import FactBase


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "facts.db"
    FactBase.open(path, create=True).close()
    return path


@contextmanager
def served(db: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and the first line it prints."""
    command = [sys.executable, "-m", "tinhgon", "serve", str(db), "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None
    try:
        yield process, process.stdout.readline()
    finally:
        process.kill()
        process.communicate(timeout=20)


def test_it_says_where_it_is_and_answers_there(db: Path) -> None:
    with served(db) as (process, said):
        assert re.fullmatch(r"Open: http://127\.0\.0\.1:\d+/\n", said)
        answer = httpx.get(said.split()[1], timeout=20)
        assert answer.status_code == 200
        assert "không tìm thấy dữ kiện" in answer.text
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert "Traceback" not in errors


def test_the_token_of_the_review_is_printed_only_where_it_is_asked_for(db: Path) -> None:
    with served(db, "--review") as (process, _):
        assert process.stdout is not None
        said = process.stdout.readline()
        address = re.fullmatch(r"Review: (http://127\.0\.0\.1:\d+/review/enter\?token=[\w-]{43})\n", said)
        assert address
        assert httpx.get(address[1], timeout=20).status_code == 200


def outcome(command: list[str]) -> tuple[int, str]:
    """Status and output; the error itself, which keeps alive whatever its frames held, is let go."""
    done = CliRunner().invoke(tinhgon, command)
    return done.exit_code, done.output


def test_a_port_that_is_taken_is_told_in_one_line(db: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        gc.collect()  # what other tests left is not this one's
        with warnings.catch_warnings(record=True) as leaks:
            warnings.simplefilter("always", ResourceWarning)
            status, said = outcome(["serve", str(db), "--port", str(port)])
            gc.collect()
    assert status == 2
    assert f"127.0.0.1, port {port}, cannot be listened on" in said
    assert "--port" in said
    assert not [str(leak.message) for leak in leaks]


def test_a_file_that_is_no_fact_base_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("không phải cơ sở dữ liệu" * 99, encoding="utf-8")
    done = CliRunner().invoke(tinhgon, ["serve", str(tmp_path / "x.db")])
    assert done.exit_code == 2
    assert "is not an SQLite database" in done.output
