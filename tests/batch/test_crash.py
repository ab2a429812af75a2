"""A run that is killed at any moment loses nothing it reported done; ``make crash`` does it many times over."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "crash_test.py"


@pytest.mark.slow
def test_a_few_kills(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("crash_test", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    crash = importlib.util.module_from_spec(spec)
    sys.modules["crash_test"] = crash
    spec.loader.exec_module(crash)
    outcome = crash.kill_again_and_again(tmp_path, kills=3, jobs=1, seed=7, copies=2)
    assert outcome.kills == 3
    assert outcome.faults == ()
