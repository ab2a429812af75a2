"""Hours of hostile input, guided by which code it reaches: ``make fuzz``, or ``python scripts/fuzz.py --target file``.

Each target of ``hostile/targets.py`` in a process of its own, for ``--seconds``. What atheris found worth keeping stays
below ``--out`` and is where the next run begins; an input that breaks something lies there as ``crash-...``, and the
exit status is then 1. ``python scripts/fuzz.py --target file --repeat FILE`` runs one input again.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

ROOT = Path(__file__).parents[1]
_MEMORY = 4_000  # MB that one input may take


def fuzz(target: str, seconds: int, out: Path) -> int:
    """Fuzz one target in a process of its own; returns its exit status."""
    corpus = out / target
    corpus.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, __file__, "--inside", "--target", target, "--out", str(out), "--seconds", str(seconds)]
    return subprocess.run(command, check=False).returncode


def inside(target: str, seconds: int, out: Path) -> None:
    """The process of one target: the program's code is watched, its libraries are not."""
    import atheris

    with atheris.instrument_imports(include=["tinhgon"]):
        from hostile import seeds
        from hostile.targets import TARGETS, extractor

    extractor()
    crashes = out / "crashes" / target
    crashes.mkdir(parents=True, exist_ok=True)
    given = {"file": seeds.files, "patterns": seeds.pattern_files}.get(target)
    begin = ROOT / "corpus" / "texts" if given is None else out / "seeds" / target
    if given is not None:
        begin.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(given()):
            (begin / str(number)).write_bytes(seed)
    arguments = [
        sys.argv[0], str(out / target), str(begin),
        f"-max_total_time={seconds}", f"-artifact_prefix={crashes}/", "-timeout=30", f"-rss_limit_mb={_MEMORY}",
        "-max_len=20000", "-print_final_stats=1",
    ]  # fmt: skip
    atheris.Setup(arguments, TARGETS[target])
    atheris.Fuzz()


def main() -> None:
    from hostile.targets import TARGETS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", choices=sorted(TARGETS), action="append", help="by default all")
    parser.add_argument("--seconds", type=int, default=300, help="for each target")
    parser.add_argument("--out", type=Path, default=ROOT / "outputs" / "fuzz")
    parser.add_argument("--repeat", type=Path, metavar="FILE", help="run one input again")
    given = parser.parse_args()
    targets = given.target or sorted(TARGETS)
    if given.repeat:
        for target in targets:
            TARGETS[target](given.repeat.read_bytes())
        return
    broken = [target for target in targets if fuzz(target, given.seconds, given.out) != 0]
    print("broken: " + ", ".join(broken) if broken else "nothing broke")
    sys.exit(bool(broken))


if __name__ == "__main__":
    if "--inside" in sys.argv:
        at = {sys.argv[n]: sys.argv[n + 1] for n in range(2, len(sys.argv) - 1)}
        inside(at["--target"], int(at["--seconds"]), Path(at["--out"]))
    else:
        main()
