"""The licence of everything that is installed to run or to develop the program: ``python scripts/licences.py``.

Prints name, version and licence of what the program needs, with all that this needs in turn, and of the tools besides.
The status is 1 where one is under a licence that ``requirements/licences.toml`` does not allow, or under none known.
Only what this machine installs is looked at, and only what its makers say of it as a whole.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from license_expression import Licensing
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parents[1]
RULES = tomllib.loads((CHECKOUT / "requirements" / "licences.toml").read_text("utf-8"))
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
UNKNOWN = "unknown"
_SPDX = Licensing()


@dataclass(frozen=True, slots=True, order=True)
class Licensed:
    """One distribution with its licence as an SPDX expression, or ``UNKNOWN``."""

    name: str
    version: str
    licence: str


def needed(asked: Iterable[Requirement]) -> dict[str, Distribution]:
    """All that is installed for some requirements, by name. Raises ``PackageNotFoundError`` where one is missing."""
    found: dict[str, Distribution] = {}
    waiting = list(asked)
    seen = set()
    while waiting:
        asking = waiting.pop()
        name = canonicalize_name(asking.name)
        found[name] = distribution(name)
        for extra in ("", *asking.extras):
            if (name, extra) not in seen:
                seen.add((name, extra))
                waiting += [further for further in _asked_by(name) if _holds(further, extra)]
    return found


@cache
def _asked_by(name: str) -> list[Requirement]:
    return [Requirement(line) for line in distribution(name).requires or []]


def _holds(asked: Requirement, extra: str) -> bool:
    return asked.marker is None or asked.marker.evaluate({"extra": extra})


def licence_of(metadata: Mapping[str, str], classifiers: Iterable[str], read: str | None = None) -> str:
    """What makers say of their licence, from the plainest to the vaguest, else what was read in its text.

    >>> licence_of({"License-Expression": "MIT OR Apache-2.0", "License": "see LICENSE"}, [])
    'MIT OR Apache-2.0'
    >>> licence_of({"License": "BSD"}, ["License :: OSI Approved :: BSD License"])  # which of them?
    'unknown'
    >>> licence_of({}, ["License :: OSI Approved :: MIT License"])
    'MIT'
    """
    if expression := metadata.get("License-Expression"):
        return expression
    if (stated := _meant(metadata.get("License", ""))) != UNKNOWN:
        return stated
    told = [_meant(line.rpartition(" :: ")[2]) for line in classifiers if line.startswith("License ::")]
    if told and UNKNOWN not in told:
        return " AND ".join(dict.fromkeys(told))
    return read or UNKNOWN


def _meant(words: str) -> str:
    """An SPDX expression of licences that are heard of here; others are not guessed at."""
    known = RULES["allowed"] | RULES["allowed-for-tools"]
    if words in RULES["meant"]:
        return str(RULES["meant"][words])
    return words if words and all(part in known for part in words.split(" AND ")) else UNKNOWN


def permitted(licence: str, allowed: Iterable[str]) -> bool:
    """Whether one may choose licences that are all allowed.

    >>> permitted("MIT OR GPL-2.0-only", ["MIT"]), permitted("MIT AND GPL-3.0-only", ["MIT"])
    (True, False)
    """
    allowed = set(allowed)
    expression = _SPDX.parse(licence)
    values = {term: _SPDX.TRUE if str(term) in allowed else _SPDX.FALSE for term in expression.symbols}
    return bool(expression.subs(values).simplify() == _SPDX.TRUE)


def _licensed(name: str, found: Distribution) -> Licensed:
    told = found.metadata
    fields = {key: told[key] for key in ("License-Expression", "License") if key in told}
    return Licensed(name, found.version, licence_of(fields, told.get_all("Classifier") or [], RULES["read"].get(name)))


def run_time() -> list[Licensed]:
    """What the program needs, on a cluster too."""
    project = PROJECT["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["cluster"]]
    return sorted(_licensed(*item) for item in needed(map(Requirement, lines)).items())


def tools() -> list[Licensed]:
    """What else is installed to develop it."""
    lines = PROJECT["dependency-groups"]["dev"]
    everything = {_licensed(*item) for item in needed(map(Requirement, lines)).items()}
    return sorted(everything - set(run_time()))


def refused() -> list[Licensed]:
    """Whatever may not be depended on."""
    allowed = set(RULES["allowed"])
    wrong = [item for item in run_time() if not permitted(item.licence, allowed)]
    return wrong + [item for item in tools() if not permitted(item.licence, allowed | set(RULES["allowed-for-tools"]))]


def main() -> int:
    try:
        for heading, items in (("To run:", run_time()), ("To develop, besides:", tools())):
            print(heading, *(f"  {item.name:<26} {item.version:<20} {item.licence}" for item in items), sep="\n")
        wrong = [f"{item.name} {item.version}: {item.licence} is not allowed" for item in refused()]
    except PackageNotFoundError as error:
        wrong = [f"{error.name} is not installed; `make setup` installs it"]
    print(*wrong, sep="\n", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
