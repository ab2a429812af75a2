"""Sound inputs to begin from: files of every format, and what a careless hand or a hostile one makes of them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from hostile.targets import SUFFIXES
from make_archive import FORMATS, write_archive
from tinhgon.detect.patterns import pattern_files as shipped
from tinhgon.resources import patterns_dir

_NEEDS_TOOLS = frozenset({"doc", "pdf-scanned", "pdf-scan"})
_LARGEST = 60_000  # bytes: what is longer teaches nothing more, and takes longer


def files() -> list[bytes]:
    """The smallest file of each format, behind the byte that tells ``targets.file`` its suffix."""
    with tempfile.TemporaryDirectory() as folder:
        write_archive(Path(folder), [name for name in FORMATS if name not in _NEEDS_TOOLS], tell=lambda line: None)
        found = [sorted((p for p in kind.rglob("*") if p.is_file()), key=_size) for kind in Path(folder).iterdir()]
        smallest = [paths[0] for paths in sorted(found) if paths and _size(paths[0]) <= _LARGEST]
        return [_suffix(path) + path.read_bytes() for path in smallest]


def pattern_files() -> list[bytes]:
    """The shipped patterns without their first line, which the target writes."""
    return [path.read_bytes().partition(b"\n")[2] for path in shipped(patterns_dir())]


def _size(path: Path) -> int:
    return path.stat().st_size


def _suffix(path: Path) -> bytes:
    return bytes([SUFFIXES.index(path.suffix) if path.suffix in SUFFIXES else 0])


def damaged(seed: bytes, cuts: Sequence[tuple[int, int, bytes]]) -> bytes:
    """The seed with pieces replaced: each cut is (where, how much, what stands there instead), taken round the end."""
    raw = seed
    for where, length, instead in cuts:
        at = where % (len(raw) + 1)
        raw = raw[:at] + instead + raw[at + length :]
    return raw
