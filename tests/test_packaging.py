"""The wheel as a user gets it: everything it needs is in it, and it works away from the checkout."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import tinhgon

CHECKOUT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


def built(kind: str, folder: Path, source: Path = CHECKOUT) -> Path:
    build = "import sys; from hatchling import build; print(getattr(build, sys.argv[1])(sys.argv[2]))"
    done = subprocess.run(
        [sys.executable, "-c", build, f"build_{kind}", str(folder)],
        cwd=source,
        capture_output=True,
        text=True,
        check=True,
    )
    return folder / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return built("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    return built("sdist", tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The wheel unpacked, as an installation lays it out, in a folder without our checkout around it."""
    site = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def run_away(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Ahead of everything else, an editable installation of the checkout included.
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=installed, env=environment, capture_output=True, text=True, check=False
    )


def test_every_module_and_all_data_are_in_the_wheel(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    pipeline = CHECKOUT / "pipeline"
    modules = {path.relative_to(pipeline) for path in pipeline.rglob("*.*") if path.suffix != ".pyc"}
    data = {Path("tinhgon") / path.relative_to(CHECKOUT) for path in (CHECKOUT / "patterns").rglob("*.*")}
    missing = {path.as_posix() for path in modules | data if path.is_relative_to("tinhgon")} - names
    assert not missing
    assert "tinhgon/py.typed" in names
    assert {"tinhgon/web/static/desk.css", "tinhgon/web/templates/desk/front.html"} <= names
    assert any(name.startswith("tinhgon/patterns/places/") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not {name for name in names if "__pycache__" in name or "corpus/" in name}


def test_it_imports_from_where_it_was_installed(installed):
    done = run_away(
        installed, "-c", "import tinhgon, tinhgon.resources as r; print(tinhgon.__file__, r.patterns_dir())"
    )
    assert done.returncode == 0, done.stderr
    assert all(Path(path).is_relative_to(installed) for path in done.stdout.split())


def test_patterns_and_gazetteer_load_from_the_wheel(installed):
    done = run_away(installed, "-m", "tinhgon", "patterns", "check")
    assert done.returncode == 0, done.stdout + done.stderr
    code = "from tinhgon.gazetteer import Gazetteer; print(len(Gazetteer.load().named('Lộc Bình')) > 0)"
    done = run_away(installed, "-c", code)
    assert done.stdout.strip() == "True", done.stderr


def test_the_version_is_one(wheel):
    assert wheel.name.split("-")[1] == tinhgon.__version__


def test_the_sdist_is_the_checkout(sdist):
    listed = subprocess.run(["git", "ls-files"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("no checkout of git to compare with")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert not set(listed.stdout.splitlines()) - names


def test_the_wheel_is_the_same_byte_for_byte_from_the_sdist_elsewhere_and_later(wheel, sdist, tmp_path):
    subprocess.run(["tar", "-xzf", sdist, "-C", tmp_path], check=True)
    (source,) = tmp_path.iterdir()
    for path in source.rglob("*"):
        os.utime(path, (1_800_000_000, 1_800_000_000))
    assert built("wheel", tmp_path, source).read_bytes() == wheel.read_bytes()
    assert built("sdist", tmp_path, source).read_bytes() == sdist.read_bytes()


def test_the_package_names_its_tools_and_its_licence():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["scripts"] == {"tinhgon": "tinhgon.cli:main"}
    assert project["license"] == "Apache-2.0"
    assert (CHECKOUT / "LICENSE").read_text("utf-8").lstrip().startswith("Apache License")


def imports_of(module: Path) -> Iterator[str]:
    """The packages that a module imports, at its top or later."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        yield from (name.partition(".")[0] for name in names)


def test_whatever_the_code_imports_is_declared():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["cluster"]]
    declared = {canonicalize_name(Requirement(line).name) for line in lines}
    makers = packages_distributions()
    imported = {name for path in (CHECKOUT / "pipeline").rglob("*.py") for name in imports_of(path)}
    ours = imported - sys.stdlib_module_names - {"tinhgon"}
    assert "spacy" in ours
    assert not {name for name in ours if not declared & set(map(canonicalize_name, makers.get(name, ())))}


def test_the_newest_release_is_in_the_changelog_or_still_open():
    text = (CHECKOUT / "CHANGELOG.md").read_text("utf-8")
    assert f"## [{tinhgon.__version__}]" in text or "## [Unreleased]" in text
