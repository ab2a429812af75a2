"""The package as a user gets it: ``python scripts/try_package.py`` builds, installs and runs it; needs uv.

The last commit is cloned, built twice, and installed with what it needs to run and nothing else. There every module
must be imported, every format written, and the facts of the corpus be what the floors ask for. Status 1 where not.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
HOME = CHECKOUT / "build" / "package"
IMPORT_ALL = """
import importlib, pkgutil, tinhgon
names = [module.name for module in pkgutil.walk_packages(tinhgon.__path__, "tinhgon.")]
for name in names:
    if name != "tinhgon.__main__":  # which runs
        importlib.import_module(name)
print(len(names), "modules imported from", tinhgon.__path__[0])
"""
FORMATS = {
    "jsonl": "a.jsonl", "csv": "a.csv", "xlsx": "a.xlsx", "parquet": "a.parquet", "package": "a.zip",
    "annotations": "a.jsonld", "docbin": "a.spacy", "prov": "a.prov.json", "sqlite": "a.db",
}  # fmt: skip


def run(*command: str | Path, cwd: Path, **environment: str) -> None:
    words = [str(word).replace(f"{HOME}/", "").partition("\n")[0] or "..." for word in command]
    print("$", *words, flush=True)
    subprocess.run(command, cwd=cwd, env={**os.environ, **environment}, check=True)


def built(clone: Path, folder: Path) -> dict[str, str]:
    """The digest of each file that a build makes: the sdist from the clone, the wheel from the sdist."""
    run("uv", "build", "--quiet", "--out-dir", folder, cwd=clone, SOURCE_DATE_EPOCH="1700000000")
    files = [path for path in folder.iterdir() if path.suffix in (".whl", ".gz")]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def installed(wheel: Path) -> Path:
    """The folder of the commands of a new environment with the wheel alone."""
    run("uv", "venv", "--quiet", "--python", sys.executable, HOME / "venv", cwd=HOME)
    run("uv", "pip", "install", "--quiet", "--python", HOME / "venv" / "bin" / "python", wheel, cwd=HOME)
    return HOME / "venv" / "bin"


def used(commands: Path, corpus: Path, away: Path) -> None:
    """Everything that does not need the checkout, done in a folder without it."""
    away.mkdir()
    tinhgon = commands / "tinhgon"
    run(commands / "python", "-c", IMPORT_ALL, cwd=away)
    run(tinhgon, "patterns", "check", cwd=away)
    run(tinhgon, "run", corpus / "texts", "--db", "facts.db", "--jobs", "2", "--quiet", cwd=away)
    run(tinhgon, "evaluate", "facts.db", corpus / "gold", "--floors", corpus / "floors.toml", cwd=away)
    run(tinhgon, "chart", "facts.db", "--measure", "merger", "-o", "chart.svg", cwd=away)
    for format, file in FORMATS.items():
        run(tinhgon, "export", "facts.db", "--format", format, "-o", file, cwd=away)


def main() -> int:
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    clone = HOME / "clone"
    try:
        run("git", "clone", "--quiet", "--depth", "1", CHECKOUT.as_uri(), clone, cwd=HOME)
        first, second = built(clone, HOME / "once"), built(clone, HOME / "again")
        print(*(f"{digest}  {name}" for name, digest in sorted(first.items())), sep="\n")
        if first != second:
            print("built twice, it is not the same", file=sys.stderr)
            return 1
        (wheel,) = (HOME / "once").glob("*.whl")
        used(installed(wheel), clone / "corpus", HOME / "away")
    except subprocess.CalledProcessError as error:
        print(f"failed with status {error.returncode}: {error.cmd[0]}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
