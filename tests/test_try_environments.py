"""``scripts/try_environments.py``: what it makes of the last line of pytest, and of bounds that nothing reaches."""

from __future__ import annotations

import doctest
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

SCRIPTS = str(Path(__file__).parents[1] / "scripts")


@pytest.fixture
def environments(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(SCRIPTS)
    import try_environments

    return try_environments


@pytest.mark.parametrize(
    ("log", "good"),
    [
        ("....\n3 passed, 1 skipped, 2 xfailed in 8.01s (0:00:08)", True),
        ("looked up in 3 places\n3 passed in 8.01s\n", True),
        ("1 failed, 3 passed in 8.01s", False),
        ("3 passed, 1 error in 8.01s", False),
        ("no tests ran in 0.01s", False),
        ("Segmentation fault", False),
        ("", False),
    ],
)
def test_an_environment_is_good_where_tests_ran_and_all_passed(environments: ModuleType, log: str, good: bool) -> None:
    trial = environments.Trial("lowest", "3.11", {}, environments.counted(log), 1.0)
    assert trial.good == good


def test_a_lower_bound_that_no_installation_has_is_told(
    environments: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ["pyyaml>=6.0,<7", "Click>=8.1", "rich>=13.7", "regex"]
    monkeypatch.setattr(environments, "DIRECT", [Requirement(line) for line in asked])
    versions = {"pyyaml": "6.0.0", "click": "8.3.1", "rich": "13.7.0", "regex": "2024.9.11"}
    told = environments.unreached(environments.Trial("lowest", "3.11", versions, {}, 1.0))
    assert [line.partition(":")[2] for line in told] == [
        " the lowest that can be installed is 8.3.1",
        " the lowest that can be installed is 2024.9.11",
    ]


def test_its_examples_hold(environments: ModuleType) -> None:
    outcome = doctest.testmod(environments)
    assert outcome.attempted
    assert not outcome.failed
