"""One archive in every format: ``python scripts/make_archive.py DEST [--texts corpus/texts] [--formats txt,html]``.

The same ten articles are written to DEST/<format>/ once in every format and encoding, so that the facts found in
each can be compared. The writers are in ``archive_formats``; a format whose tools are missing is left out and named.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

if (_HERE := str(Path(__file__).resolve().parent)) not in sys.path:  # where this is imported, not run
    sys.path.insert(0, _HERE)

from archive_formats import crawls, documents, feeds, packs, pages, rows, texts
from archive_formats.articles import Article, MissingToolError, ten_articles

__all__ = ["FORMATS", "Article", "MissingToolError", "ten_articles", "write_archive"]

TEXTS = Path(__file__).resolve().parents[1] / "corpus" / "texts"
FORMATS: Mapping[str, Callable[[Sequence[Article], Path], None]] = {
    name: writer
    for family in (texts, pages, documents, rows, feeds, crawls, packs)
    for name, writer in family.FORMATS.items()
}


def write_archive(
    dest: Path,
    formats: Iterable[str] | None = None,
    *,
    folder: Path = TEXTS,
    tell: Callable[[str], None] = lambda line: print(line, file=sys.stderr),
) -> list[str]:
    """The ten articles of ``folder`` in ``formats`` (all of them if none are named); returns what was written."""
    chosen = list(FORMATS) if formats is None else list(formats)
    if unknown := [name for name in chosen if name not in FORMATS]:
        raise ValueError(f"no such format: {', '.join(unknown)}; there are {', '.join(FORMATS)}")
    articles = ten_articles(folder)
    return [name for name in chosen if _written(articles, Path(dest), name, tell)]


def _written(articles: Sequence[Article], dest: Path, name: str, tell: Callable[[str], None]) -> bool:
    """Whether the format could be written; the line told says what it came to, or why it was left out."""
    target = dest / name
    target.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    try:
        FORMATS[name](articles, target)
    except (MissingToolError, ModuleNotFoundError) as missing:
        if not any(target.iterdir()):
            target.rmdir()
        tell(f"{name:<18} left out: {missing}")
        return False
    files = [path for path in target.iterdir() if path.is_file()]
    size, seconds = sum(path.stat().st_size for path in files), time.perf_counter() - started
    tell(f"{name:<18}{len(files):>4} files{size:>10} bytes{seconds:>8.2f} s")
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dest", type=Path, metavar="DEST")
    parser.add_argument("--texts", type=Path, default=TEXTS, help="the folder of texts, beside that of gold records")
    parser.add_argument("--formats", help="their names, parted by commas; all of them if not given")
    options = parser.parse_args()
    formats = options.formats.split(",") if options.formats else None
    try:
        write_archive(options.dest, formats, folder=options.texts, tell=print)
    except ValueError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
