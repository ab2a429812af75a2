"""Known weaknesses of what is locked: ``python scripts/audit.py``; needs pip-audit, and the network.

Status 0: each was asked about, and nothing is known. 1: something is known, and printed. 2: not all could be asked
about, and so nothing is proved. pip-audit itself takes that for success where an index knows packages, but has nothing
to say of their weaknesses.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements" / "dev.txt"
SERVICES = ("pypi", "osv", "esms")


class NotAskedError(Exception):
    """The service could not be asked; the message says why."""


def asked(service: str) -> list[dict[str, Any]]:
    """What the service knows of each locked version. Raises ``NotAskedError``."""
    command = ("pip-audit", "--requirement", str(LOCK), "--disable-pip", "--require-hashes", "--format", "json",
               "--progress-spinner", "off", "--vulnerability-service", service)  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        told: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except FileNotFoundError:
        raise NotAskedError("pip-audit is not installed") from None
    except json.JSONDecodeError:
        last = done.stderr.strip().splitlines()[-1:] or ["it says nothing"]
        raise NotAskedError(f"{service} cannot be asked: {last[0]}") from None
    if not told:
        raise NotAskedError("nothing is locked")
    return told


def judged(told: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """The status, and a line for all that must be known.

    >>> judged([{"name": "a", "version": "1", "vulns": []}])
    (0, ['1 distributions asked about, nothing is known against them'])
    """
    known = [
        f"{item['name']} {item['version']}: {weakness['id']}, mended in {', '.join(weakness['fix_versions']) or 'none'}"
        for item in told
        for weakness in item.get("vulns", [])
    ]
    passed_over = [item for item in told if "skip_reason" in item]
    if passed_over:
        known.append(
            f"{len(passed_over)} of {len(told)} distributions could not be asked about: {passed_over[0]['skip_reason']}"
        )
        return 2, known
    return (1, known) if known else (0, [f"{len(told)} distributions asked about, nothing is known against them"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])  # type: ignore[union-attr]
    parser.add_argument("--service", choices=SERVICES, default=SERVICES[0], help="whom to ask")
    try:
        status, lines = judged(asked(parser.parse_args().service))
    except NotAskedError as error:
        status, lines = 2, [f"{error}. Nothing is proved; try again where it can be reached"]
    print(*lines, sep="\n", file=sys.stderr if status else sys.stdout)
    return status


if __name__ == "__main__":
    sys.exit(main())
