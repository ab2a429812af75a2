"""The whole test suite in environments made from scratch: ``python scripts/try_environments.py lowest newest 3.12``.

``lowest`` has the lowest version of each direct dependency that pyproject.toml allows, on the oldest Python;
``newest`` the newest of everything, on the newest Python; ``3.12`` is that Python with what is locked. Needs uv on the
path of the program. What was installed and what the tests said is kept in ``build/environments``; the status is 1
where a test fails, or a lower bound is one that no installation can have.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

CHECKOUT = Path(__file__).parents[1]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
PYTHONS = [line.rpartition(" ")[2] for line in PROJECT["classifiers"] if re.search(r" :: 3\.\d+$", line)]
DIRECT = [Requirement(line) for line in PROJECT["dependencies"]]
LOCK = CHECKOUT / "requirements" / "dev.txt"
HOME = CHECKOUT / "build" / "environments"
COUNTED = ("passed", "failed", "errors", "skipped", "xfailed")


@dataclass(frozen=True, slots=True)
class Trial:
    """What one environment holds, and how the tests went there."""

    name: str
    python: str
    versions: dict[str, str]
    counts: dict[str, int]
    minutes: float

    @property
    def good(self) -> bool:
        return self.counts["passed"] > 0 and not self.counts["failed"] and not self.counts["errors"]


class NotMadeError(Exception):
    """An environment could not be made; the message says why."""


def run(*command: str | Path, **environment: str) -> str:
    """What a command prints. Raises ``NotMadeError`` with what it said last where it fails."""
    try:
        done = subprocess.run(
            command, cwd=CHECKOUT, env={**os.environ, **environment}, capture_output=True, text=True, check=True
        )
    except FileNotFoundError:
        raise NotMadeError(f"there is no {command[0]} here") from None
    except subprocess.CalledProcessError as error:
        raise NotMadeError(error.stderr.strip()[-600:]) from None
    return done.stdout.strip()


def interpreter(python: str) -> Path:
    """Where this Python is. pyenv, which has one it was not told to use, is told; nothing else heeds the variable."""
    return Path(run(f"python{python}", "-c", "import sys; print(sys.executable)", PYENV_VERSION=python))


def requirements(name: str, python: str) -> Path:
    """The file of pins that an environment is made from."""
    if name not in ("lowest", "newest"):
        return LOCK
    chosen = HOME / f"{name}.in.txt"
    resolution = "lowest-direct" if name == "lowest" else "highest"
    run(
        "uv", "pip", "compile", "--quiet", "--upgrade", "--resolution", resolution, "--python-version", python,
        "--group", "dev", "--extra", "cluster", "--no-header", "--output-file", chosen, "pyproject.toml",
    )  # fmt: skip
    return chosen


def made(name: str, python: str) -> Path:
    """The Python of a new environment with the program installed in place."""
    folder = HOME / name
    shutil.rmtree(folder, ignore_errors=True)
    HOME.mkdir(parents=True, exist_ok=True)
    run("uv", "venv", "--quiet", "--python", interpreter(python), folder)
    inside = folder / "bin" / "python"
    install = ("uv", "pip", "install", "--quiet", "--python", inside)
    run(*install, "--requirement", requirements(name, python))
    run(*install, "--no-deps", "--no-build-isolation", "--editable", ".")
    return inside


def versions_in(inside: Path) -> dict[str, str]:
    """Version by name of what is installed."""
    lines = run("uv", "pip", "list", "--python", inside, "--format", "freeze").splitlines()
    pairs = [line.split("==") for line in lines if "==" in line]
    return {canonicalize_name(name): version for name, version in pairs}


def counted(log: str) -> dict[str, int]:
    """How many tests ended in which way, from the last line of pytest.

    >>> counted("1 failed, 3 passed, 2 errors in 8.01s")
    {'passed': 3, 'failed': 1, 'errors': 2, 'skipped': 0, 'xfailed': 0}
    """
    summary = log.rpartition(" in ")[0].rpartition("\n")[2]
    found = {word: int(number) for number, word in re.findall(r"(\d+) (\w+)", summary)}
    return {word: found.get(word, found.get(word.removesuffix("s"), 0)) for word in COUNTED}


def tried(name: str, jobs: str, tests: list[str]) -> Trial:
    """Make an environment and run the tests there."""
    python = {"lowest": PYTHONS[0], "newest": PYTHONS[-1]}.get(name, name)
    inside = made(name, python)
    started = perf_counter()
    log = HOME / f"{name}.txt"
    with log.open("w", encoding="utf-8") as out:
        command = [inside, "-m", "pytest", "-p", "no:cacheprovider", "-n", jobs, *tests]
        subprocess.run(command, cwd=CHECKOUT, stdout=out, stderr=subprocess.STDOUT, check=False)
    counts = counted(log.read_text("utf-8", "replace"))
    return Trial(name, python, versions_in(inside), counts, (perf_counter() - started) / 60)


def unreached(lowest: Trial) -> list[str]:
    """The direct dependencies whose lower bound another one forbids: what is said of them was never tried."""
    told = []
    for asked in DIRECT:
        version = Version(lowest.versions[canonicalize_name(asked.name)])
        if version not in {Version(bound.version) for bound in asked.specifier if bound.operator == ">="}:
            told.append(f"{asked}: the lowest that can be installed is {version}")
    return told


def show(trials: list[Trial]) -> None:
    """The outcome, then the version of each direct dependency, an environment a column."""
    print(f"{'environment':<14}{'python':>8}", *(f"{word:>8}" for word in COUNTED), f"{'minutes':>8}")
    for trial in trials:
        counts = (f"{trial.counts[word]:>8}" for word in COUNTED)
        print(f"{trial.name:<14}{trial.python:>8}", *counts, f"{trial.minutes:>8.1f}")
    print(f"\n{'dependency':<26}", *(f"{trial.name:>12}" for trial in trials))
    for asked in DIRECT:
        print(f"{asked!s:<26}", *(f"{trial.versions[canonicalize_name(asked.name)]:>12}" for trial in trials))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])  # type: ignore[union-attr]
    parser.add_argument("environments", nargs="*", default=PYTHONS, help="lowest, newest, or a Python such as 3.12")
    parser.add_argument("--jobs", default="2", help="processes that run tests")
    parser.add_argument("--tests", default="", help="folders and files of tests, instead of all")
    asked = parser.parse_args()
    trials, wrong = [], []
    for name in asked.environments:
        try:
            trials.append(tried(name, asked.jobs, asked.tests.split()))
        except NotMadeError as error:
            wrong.append(f"{name} could not be made: {error}")
    show(trials)
    wrong += [f"{trial.name}: see {HOME / trial.name}.txt" for trial in trials if not trial.good]
    wrong += [told for trial in trials if trial.name == "lowest" for told in unreached(trial)]
    print(*wrong, sep="\n", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
