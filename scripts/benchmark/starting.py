"""How long one waits for the first answer: commands that do little, cold and warm.

Cold means without what we ourselves keep from one start to the next: byte code and, below XDG_CACHE_HOME, caches.
The libraries' byte code and the system's page cache stay warm; to be rid of these takes a reboot.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from benchmark.articles import article
from benchmark.processes import tinhgon, watched
from benchmark.settings import Settings, tell
from tinhgon.resources import __file__ as _a_module

CODE = Path(_a_module).parent
_TIMES = 5


def measure_starts(settings: Settings) -> list[dict[str, Any]]:
    """A row for each command; medians of several starts."""
    text = settings.folder / "bai.txt"
    text.write_text(article("dense", 0, settings.seed).text, encoding="utf-8")
    caches = settings.folder / "caches"
    extract = ("extract", str(text))
    rows = [
        _row("--help", "warm", _warm(("--help",), caches)),
        _row("--version", "warm", _warm(("--version",), caches)),
        _row("extract", "cold", _cold(extract, caches)),
        _row("extract", "warm", _warm(extract, caches)),
    ]
    shutil.rmtree(caches, ignore_errors=True)
    return rows


def _row(command: str, state: str, seconds: list[float]) -> dict[str, Any]:
    return {"command": command, "state": state, "seconds": median(seconds), "all_seconds": seconds}


def _warm(arguments: tuple[str, ...], caches: Path) -> list[float]:
    tell(f"start: tinhgon {arguments[0]}, warm")
    env = {"XDG_CACHE_HOME": str(caches / "warm")}
    watched(tinhgon(*arguments), env=env)
    return [watched(tinhgon(*arguments), env=env).seconds for _ in range(_TIMES)]


def _cold(arguments: tuple[str, ...], caches: Path) -> list[float]:
    tell(f"start: tinhgon {arguments[0]}, cold")
    return [_once_cold(arguments, {"XDG_CACHE_HOME": str(caches / f"cold-{number}")}) for number in range(_TIMES)]


def _once_cold(arguments: tuple[str, ...], env: Mapping[str, str]) -> float:
    for compiled in CODE.rglob("__pycache__"):
        shutil.rmtree(compiled, ignore_errors=True)
    return watched(tinhgon(*arguments), env=env).seconds
