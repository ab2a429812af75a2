"""Speed and memory, measured: ``make bench``, or ``python scripts/bench.py --quick`` for a first look.

Whole runs over archives of invented news (``bench_archive.py``) through the command line, with one process and with
two; the floor below them, reading and hashing the same files; growth with the length of the archive; the stages in one
process; other programs on the same articles; and the start. Prints a Markdown report and writes it, with all figures,
to ``bench.md`` and ``bench.json`` below ``--out``. Nothing else should run on the machine meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Collection
from contextlib import nullcontext
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from benchmark.insides import measure_peers, measure_stages
from benchmark.report import goals, markdown
from benchmark.runs import measure_growth, measure_runs
from benchmark.settings import CASES, JOBS, PARTS, Settings, tell
from benchmark.starting import measure_starts
from tinhgon import __version__

FULL, QUICK = {"articles": 50_000, "repeat": 3}, {"articles": 2_000, "repeat": 1}
MEASURED: dict[str, Callable[[Settings], Any]] = {
    "starts": measure_starts,
    "growth": measure_growth,
    "stages": measure_stages,
    "peers": measure_peers,
}


def measure(settings: Settings, parts: Collection[str]) -> dict[str, Any]:
    """All figures of the parts, and what the goals make of them."""
    figures: dict[str, Any] = {"machine": machine(), "settings": told_settings(settings)}
    if "runs" in parts:
        figures["runs"], figures["floor"] = measure_runs(settings)
    figures |= {part: work(settings) for part, work in MEASURED.items() if part in parts}
    return {**figures, "goals": [goal._asdict() for goal in goals(figures)]}


def told_settings(settings: Settings) -> dict[str, int]:
    return {"articles": settings.articles, "repeat": settings.repeat, "seed": settings.seed}


def machine() -> dict[str, Any]:
    """What the figures hold for."""
    return {
        "version": __version__,
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load": os.getloadavg()[0],
        "day": time.strftime("%Y-%m-%d"),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _listed(known: Collection[str]) -> Callable[[str], list[str]]:
    """A reader of names joined by commas, for argparse."""

    def names(text: str) -> list[str]:
        given = text.split(",")
        if unknown := [name for name in given if name not in known]:
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)}; known are {', '.join(known)}")
        return given

    return names


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cases = {case.name: case for case in CASES}
    parser.add_argument("--articles", type=int, help="of the longest archives; the others follow from it (50000)")
    parser.add_argument("--repeat", type=int, help="rounds, of which the median is told (3)")
    parser.add_argument("--quick", action="store_true", help="2000 articles, one round")
    parser.add_argument("--seed", type=int, default=18)
    parser.add_argument("--parts", type=_listed(PARTS), default=PARTS, help=",".join(PARTS))
    parser.add_argument("--archives", type=_listed(cases), default=list(cases), help=",".join(cases))
    parser.add_argument("--jobs", type=lambda text: [int(job) for job in text.split(",")], default=JOBS, help="1,2")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the archives here, and use those that are here")
    parser.add_argument("--out", type=Path, default=Path("outputs"))
    options = parser.parse_args()
    sizes = QUICK if options.quick else FULL
    started = time.perf_counter()
    with nullcontext(options.keep) if options.keep else tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            articles=options.articles or sizes["articles"],
            repeat=options.repeat or sizes["repeat"],
            seed=options.seed,
            folder=Path(folder),
            cases=[cases[name] for name in options.archives],
            jobs=options.jobs,
        )
        settings.folder.mkdir(parents=True, exist_ok=True)
        figures = measure(settings, options.parts)
    options.out.mkdir(parents=True, exist_ok=True)
    report = markdown(figures)
    (options.out / "bench.json").write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    (options.out / "bench.md").write_text(report, encoding="utf-8")
    print(report)
    tell(f"measured in {(time.perf_counter() - started) / 60:.1f} minutes; written to {options.out}/bench.md and .json")


if __name__ == "__main__":
    main()
