"""What a change for speed must not change: the records of the corpus, byte for byte, and whatever else is kept of them.

The digests stand in ``corpus/outputs.sha256``. A change that is meant to find something else, or to find it otherwise,
writes them anew: ``python tests/test_outputs.py``.
"""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tinhgon.batch import run
from tinhgon.store import FactBase

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
PINNED = CORPUS / "outputs.sha256"
FOLDERS = ("texts", "trial/texts", "wide/texts")


def exported(folder: str, db: Path, jobs: int = 1) -> bytes:
    run([str(CORPUS / folder)], db, jobs=jobs)
    out = io.StringIO()
    with FactBase.open(db, readonly=True) as base:
        base.export_jsonl(out)
        # Ids, why each claim was made, and how sure it is, which the records do not tell.
        for row in base.rows(
            "SELECT id, patterns, cues, confidence FROM provenance LEFT JOIN facts USING (id) ORDER BY provenance.id"
        ):
            out.write(f"{list(row.values())}\n")
    return out.getvalue().encode()


def pinned() -> dict[str, str]:
    lines = PINNED.read_text("ascii").splitlines()
    return {folder: digest for digest, folder in (line.split("  ") for line in lines)}


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_outputs_are_what_they_were(folder: str, tmp_path: Path) -> None:
    digest = hashlib.sha256(exported(folder, tmp_path / "facts.db")).hexdigest()
    assert digest == pinned()[folder], "what is found has changed: if that was meant, python tests/test_outputs.py"


def test_two_processes_write_what_one_does(tmp_path: Path) -> None:
    assert exported("texts", tmp_path / "one.db") == exported("texts", tmp_path / "two.db", jobs=2)


@pytest.mark.parametrize("seed", ["0", "18"])
def test_the_outputs_do_not_hang_on_the_process(seed: str, tmp_path: Path) -> None:
    """Sets have another order in each process; what is found must not follow it."""
    code = (
        "import sys, hashlib, pathlib; sys.path.insert(0, sys.argv[1]); import test_outputs as t;"
        "print(hashlib.sha256(t.exported('wide/texts', pathlib.Path(sys.argv[2]))).hexdigest())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parent), str(tmp_path / "facts.db")],
        env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout.strip() == pinned()["wide/texts"]


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as scratch:
        digests = {f: hashlib.sha256(exported(f, Path(scratch) / f"{n}.db")) for n, f in enumerate(FOLDERS)}
    PINNED.write_text("".join(f"{digest.hexdigest()}  {folder}\n" for folder, digest in digests.items()), "ascii")
