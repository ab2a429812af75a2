"""``scripts/licences.py``: everything that is installed is allowed, and what is not would be told."""

from __future__ import annotations

import doctest
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

SCRIPTS = str(Path(__file__).parents[1] / "scripts")


@pytest.fixture
def licences(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(SCRIPTS)
    import licences

    return licences


def with_metadata(tmp_path: Path, name: str, *fields: str) -> None:
    folder = tmp_path / f"{name.replace('-', '_')}-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("\n".join(("Metadata-Version: 2.4", f"Name: {name}", "Version: 1.0", *fields)))


def test_everything_that_is_installed_is_allowed(licences: ModuleType) -> None:
    assert not licences.refused()
    needed = {item.name for item in licences.run_time()}
    assert {"spacy", "thinc", "numpy", "dask"} <= needed  # with what these need in turn
    assert not {"pytest", "hypothesis", "ruff"} & needed
    assert {"pytest", "hypothesis", "ruff"} <= {item.name for item in licences.tools()}


def test_its_examples_hold(licences: ModuleType) -> None:
    outcome = doctest.testmod(licences)
    assert outcome.attempted
    assert not outcome.failed


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (["License-Expression: GPL-3.0-or-later"], "GPL-3.0-or-later"),
        (["License: GNU AGPLv3"], "unknown"),
        (["Classifier: License :: OSI Approved :: GNU General Public License v3 (GPLv3)"], "unknown"),
        (["Classifier: License :: OSI Approved"], "unknown"),
        ([], "unknown"),
    ],
)
def test_what_is_not_allowed_is_refused_also_where_it_is_needed_by_another_s_need(
    licences: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fields: list[str], found: str
) -> None:
    with_metadata(tmp_path, "tinhgon-a", "License-Expression: MIT", "Requires-Dist: tinhgon-b[more]")
    with_metadata(tmp_path, "tinhgon-b", "License: MIT", "Requires-Dist: tinhgon-c; extra == 'more'")
    with_metadata(tmp_path, "tinhgon-c", *fields)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setitem(licences.PROJECT["project"], "dependencies", ["tinhgon-a"])
    assert [(item.name, item.licence) for item in licences.refused()] == [("tinhgon-c", found)]


def test_what_is_not_asked_for_here_is_passed_over_and_what_is_missing_is_told(
    licences: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_metadata(
        tmp_path,
        "tinhgon-d",
        "Requires-Dist: tinhgon-e; extra == 'more'",
        "Requires-Dist: tinhgon-f; python_version < '3'",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert set(licences.needed([Requirement("tinhgon-d")])) == {"tinhgon-d"}
    with pytest.raises(PackageNotFoundError):
        licences.needed([Requirement("tinhgon-d[more]")])


def test_a_tool_may_be_what_the_program_may_not(licences: ModuleType) -> None:
    either = "Artistic-1.0-Perl OR GPL-2.0-or-later"
    assert not licences.permitted(either, licences.RULES["allowed"])
    assert licences.permitted(either, licences.RULES["allowed"] | licences.RULES["allowed-for-tools"])
    assert not {name for name in licences.RULES["allowed"] | licences.RULES["allowed-for-tools"] if "GPL" in name} - {
        "LGPL-2.1-or-later"
    }
