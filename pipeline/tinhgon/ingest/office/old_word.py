"""The programs that read Word files of before 2007, each run on a file of ours with a limit of time and output."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tinhgon.ingest.office.extracted import Unreadable, plain
from tinhgon.ingest.office.tables import cell_lines, table_lines

if TYPE_CHECKING:
    from lxml.etree import _Element

PASSWORD = "password-protected: open the document in Word with its password and save it without one."

# Seconds; antiword and catdoc take less than one or never end, soffice takes some for its start.
_LONGEST_RUN, _LONGEST_CONVERSION = 10, 60
# Bytes that a program may write for a file of ours.
_MOST_OUTPUT = 60_000_000
_INLINE = frozenset({"emphasis", "superscript", "subscript", "ulink", "phrase"})


def by_antiword(path: Path) -> list[str]:
    """By antiword's DocBook, which tells cells apart; in its drawn tables a cell of two lines looks like two rows."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(_output("antiword", "-x", "db", str(path)), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(
            "damaged: antiword cannot read the Word file; open it in Word and save it as .docx."
        ) from error
    return [] if root is None else [line for chapter in root.iter("chapter") for line in _docbook_lines(chapter)]


def by_catdoc(path: Path) -> list[str]:
    """By catdoc, which parts the cells of a row by tabs."""
    text = _output("catdoc", "-w", "-d", "utf-8", str(path)).decode("utf-8", errors="replace")
    lines: list[str] = []
    for line in text.split("\n"):
        lines += table_lines([line.split("\t")]) if "\t" in line.strip() else cell_lines(line)
    return lines


def to_docx(path: Path) -> bytes:
    """A .docx that LibreOffice makes of the file; with a profile of its own, so that several can run side by side."""
    with tempfile.TemporaryDirectory(prefix="tinhgon-soffice-") as profile:
        _output(
            "soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore",
            "--convert-to", "docx", "--outdir", str(path.parent), str(path), seconds=_LONGEST_CONVERSION,
        )  # fmt: skip
    made = path.with_suffix(".docx")
    if not made.exists() or made.stat().st_size > _MOST_OUTPUT:
        raise Unreadable("damaged: LibreOffice cannot read the Word file; open it in Word and save it as .docx.")
    return made.read_bytes()


def _docbook_lines(parent: Iterable[_Element], mark: str = "") -> Iterator[str]:
    """The lines below ``parent``; ``mark`` goes before the first of an item of a list."""
    for element in parent:
        if element.tag in ("para", "title"):
            for block in _paragraph(element):
                yield from [mark + block[0], *block[1:], ""]
                mark = ""
        elif element.tag == "informaltable":
            yield from [*table_lines([[_text(cell) for cell in row.iter("entry")] for row in element.iter("row")]), ""]
        elif element.tag == "orderedlist":
            for number, item in enumerate(element.iter("listitem"), start=1):
                yield from _docbook_lines(item, f"{number}. ")
        elif element.tag == "itemizedlist":
            for item in element.iter("listitem"):
                yield from _docbook_lines(item, "- ")
        elif isinstance(element.tag, str):
            yield from _docbook_lines(element)


def _paragraph(paragraph: _Element) -> Iterator[list[str]]:
    """The lines of a paragraph's own text, and those of what stands in it as a block."""
    if lines := cell_lines(_own_text(paragraph)):
        yield lines
    for child in paragraph:
        if child.tag not in _INLINE and (lines := list(_docbook_lines([child]))):
            yield lines[:-1]


def _own_text(element: _Element) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += [_text(child) if child.tag in _INLINE else "", child.tail or ""]
    return "".join(parts)


def _text(element: _Element) -> str:
    return plain("".join(element.itertext()))


def _output(program: str, *arguments: str, seconds: int = _LONGEST_RUN) -> bytes:
    """What the program writes. A group of its own, so that the processes it starts end with it."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(
                [program, *arguments], stdin=subprocess.DEVNULL, stdout=output, stderr=errors,
                start_new_session=True, env={**os.environ, "LC_ALL": "C.UTF-8"},
            )  # fmt: skip
        except OSError as error:
            raise Unreadable(f"{program} does not start; install it again: apt install antiword.") from error
        try:
            code = process.wait(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise Unreadable(
                f"too-slow: {program} took too long; open the file in Word and save it as .docx."
            ) from error
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        errors.seek(0)
        if b"ncrypted" in errors.read(10_000):
            raise Unreadable(PASSWORD)
        if code != 0:
            raise Unreadable(f"damaged: {program} cannot read the Word file; open it in Word and save it as .docx.")
        output.seek(0)
        written = output.read(_MOST_OUTPUT + 1)
    if len(written) > _MOST_OUTPUT:
        raise Unreadable("too-large: the Word file holds more text than a document does; leave it out of the archive.")
    return written
