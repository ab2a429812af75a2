"""The lock is true to pyproject.toml: what each Python is to install is in it once, within its bounds, with hashes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parents[1]
LOCK = (CHECKOUT / "requirements" / "dev.txt").read_text("utf-8")
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
PYTHONS = [
    line.rpartition(" ")[2] for line in PROJECT["project"]["classifiers"] if re.fullmatch(r".* Python :: 3\.\d+", line)
]
# A pin with its marker, then its hashes, each on a line of its own, then who asked for it.
ENTRY = re.compile(r"^(?P<pin>[a-z0-9].*?) \\\n(?P<hashes>(?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)


def asked_for() -> Iterator[Requirement]:
    """What `make setup` must have: to run, to run on a cluster, to test, to build."""
    project = PROJECT["project"]
    for line in (
        *project["dependencies"],
        *project["optional-dependencies"]["cluster"],
        *PROJECT["dependency-groups"]["dev"],
        *PROJECT["build-system"]["requires"],
    ):
        yield Requirement(line)


def pinned(python: str) -> dict[str, str]:
    """Version by name of what this Python installs."""
    place = {"python_version": python, "python_full_version": f"{python}.0"}
    pins = [Requirement(entry["pin"]) for entry in ENTRY.finditer(LOCK)]
    chosen = [pin for pin in pins if pin.marker is None or pin.marker.evaluate(place)]
    versions = {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in chosen}
    assert len(versions) == len(chosen), "one name, two versions"
    return versions


def test_the_pythons_that_are_named_begin_with_the_oldest_that_is_allowed() -> None:
    assert PROJECT["project"]["requires-python"] == f">={PYTHONS[0]}"
    assert len(PYTHONS) > 1


@pytest.mark.parametrize("python", PYTHONS)
def test_each_dependency_is_locked_within_its_bounds(python: str) -> None:
    versions = pinned(python)
    locked = {asked: versions.get(canonicalize_name(asked.name)) for asked in asked_for()}
    wrong = [
        (str(asked), version) for asked, version in locked.items() if not version or version not in asked.specifier
    ]
    assert not wrong, "`make lock` renews it"


def test_every_line_is_a_pin_with_hashes_or_tells_where_it_comes_from() -> None:
    other = [line for line in ENTRY.sub("", LOCK).splitlines() if line and not line.lstrip().startswith("#")]
    assert not other


def test_it_names_no_index_and_tells_how_it_is_renewed() -> None:
    assert "://" not in LOCK
    assert "--index-url" not in LOCK
    assert "make lock" in LOCK.partition("==")[0]
