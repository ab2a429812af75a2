"""Do to real runs what can go wrong, again and again: ``make faults``, ``python scripts/fault_test.py files full``.

Whole ``tinhgon run`` commands over an archive with articles to be extracted, skipped and rejected. After each fault the
fact base must be whole and hold every article that was reported done; in the end, resumed as often as it takes, its
export and its ledger must be those of a run that nothing happened to. Exit status 1 where they are not.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from faults.bench import KILLED, REFUSED, Bench, Disturbance, Outcome, again_and_again
from faults.disk import fill, forbid
from faults.killing import cut_power, kill_all, kill_workers, kill_writer
from faults.meddling import PATIENCE, grieve, jump, lock, meddle

Fault = Callable[[Bench, int], Outcome]


def _each_run(kind: str, disturb: Disturbance, *allowed: int, **how: float) -> Fault:
    return lambda bench, times: again_and_again(bench, kind, times, disturb, allowed, **how)


FAULTS: dict[str, Fault] = {
    "run": _each_run("run", kill_all, KILLED),
    "writer": _each_run("writer", kill_writer, KILLED),
    "workers": _each_run("workers", kill_workers, REFUSED),
    "power": _each_run("power", cut_power, KILLED),
    "lock": _each_run("lock", lock, REFUSED, patience=PATIENCE),
    "clock": _each_run("clock", jump, clock=True),
    "files": meddle,
    "articles": grieve,
    "full": fill,
    "readonly": forbid,
}


def inject(folder: Path, kinds: list[str], times: int, jobs: int, seed: int) -> list[Outcome]:
    """So many faults of each kind; what became of them."""
    outcomes = []
    for kind in kinds:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            bench = Bench(Path(place), max(jobs, 2) if kind == "workers" else jobs, random.Random(f"{seed} {kind}"))
            outcomes.append(FAULTS[kind](bench, times))
    return outcomes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(FAULTS)}  [default: all]")
    parser.add_argument("--times", type=int, default=20, help="faults of each kind")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=18)
    options = parser.parse_args()
    if unknown := set(options.kinds) - set(FAULTS):
        parser.error(f"no such kind: {', '.join(unknown)}")
    with tempfile.TemporaryDirectory() as folder:
        tried = partial(inject, Path(folder), times=options.times, jobs=options.jobs, seed=options.seed)
        outcomes = [outcome for kind in options.kinds or FAULTS for outcome in tried([kind])]
    print("| what | faults | runs that had to be resumed | wrong |\n|---|---:|---:|---:|")
    for outcome in outcomes:
        print(f"| {outcome.kind} | {outcome.left_out or outcome.faults} | {outcome.resumed} | {len(outcome.wrong)} |")
    wrong = [f"{outcome.kind}: {what}" for outcome in outcomes for what in outcome.wrong]
    print("\n".join(wrong), file=sys.stderr)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
