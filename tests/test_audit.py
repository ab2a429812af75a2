"""``scripts/audit.py`` says that nothing is known only where all was asked; pip-audit itself is played here."""

from __future__ import annotations

import doctest
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts" / "audit.py"
CLEAN = {"name": "lxml", "version": "6.1.3", "vulns": []}
WEAK = {"name": "click", "version": "8.3.1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["8.3.2"], "aliases": []}]}
PASSED_OVER = {"name": "spacy", "skip_reason": "Dependency not found on PyPI"}


def audit(tmp_path: Path, *, out: str, err: str = "", status: int = 0) -> subprocess.CompletedProcess[str]:
    """The outcome where pip-audit prints and says what is given."""
    played = tmp_path / "pip-audit"
    (tmp_path / "out").write_text(out)
    (tmp_path / "err").write_text(err)
    played.write_text(f"#!/bin/sh\ncat {tmp_path}/out; cat {tmp_path}/err >&2; exit {status}\n")
    played.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run([sys.executable, SCRIPT], env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("told", "status", "words"),
    [
        ([CLEAN], 0, "1 distributions asked about"),
        ([CLEAN, WEAK], 1, "click 8.3.1: PYSEC-1, mended in 8.3.2"),
        ([CLEAN, PASSED_OVER], 2, "1 of 2 distributions could not be asked about: Dependency not found"),
        ([WEAK, PASSED_OVER], 2, "PYSEC-1"),
        ([], 2, "nothing is locked"),
    ],
)
def test_the_status_tells_what_is_known(tmp_path: Path, told: list[object], status: int, words: str) -> None:
    done = audit(tmp_path, out=json.dumps({"dependencies": told}), status=1 if WEAK in told else 0)
    assert done.returncode == status
    assert words in done.stdout + done.stderr


def test_a_service_that_cannot_be_reached_is_told_in_one_line(tmp_path: Path) -> None:
    done = audit(
        tmp_path, out="", err="Traceback (most recent call last):\n  File\nConnectionError: no such name\n", status=1
    )
    assert done.returncode == 2
    assert done.stderr == (
        "pypi cannot be asked: ConnectionError: no such name. Nothing is proved; try again where it can be reached\n"
    )


def test_without_pip_audit_it_is_told() -> None:
    done = subprocess.run([sys.executable, SCRIPT], env={"PATH": ""}, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip-audit is not installed" in done.stderr


def test_its_examples_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    import audit

    outcome = doctest.testmod(audit)
    assert outcome.attempted
    assert not outcome.failed
