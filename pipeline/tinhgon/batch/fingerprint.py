"""Which code made a claim: the version alone would not tell, since code changes between releases."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tinhgon import __version__
from tinhgon.detect.patterns import pattern_files
from tinhgon.resources import patterns_dir

PACKAGE = Path(__file__).parents[1]
# What no claim depends on: how documents are run over, how claims are kept, looked at and judged. The patterns are in
# the package only where it was built, and are added from wherever they are; those with an id have a fingerprint of
# their own, so that a change of one asks for those articles alone that it can touch.
WITHOUT_SAY = frozenset(
    {"batch", "store", "compare", "publish", "web", "cli", "evaluate.py", "quality.py", "trace.py", "patterns"}
)
LIBRARIES = ("feedparser", "ftfy", "pdfplumber", "python-docx", "regex", "spacy", "trafilatura", "warcio")


@cache
def code_version() -> str:
    """The version with a digest of the code, data and libraries that claims depend on: ``0.1.0+3f2a9c01b7de``."""
    digest = hashlib.sha256()
    for name, path in sorted(_files()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    for library in LIBRARIES:
        digest.update(f"{library} {_installed(library)}\0".encode())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def _files() -> Iterator[tuple[str, Path]]:
    own_fingerprint = {path.name for path in pattern_files(patterns_dir())}
    for folder, prefix in ((PACKAGE, ""), (patterns_dir(), "patterns/")):
        for path in folder.rglob("*"):
            within = path.relative_to(folder)
            unsaid = within.as_posix() in own_fingerprint if prefix else within.parts[0] in WITHOUT_SAY
            if path.is_file() and not unsaid and path.suffix != ".pyc":
                yield prefix + within.as_posix(), path


def _installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "absent"
