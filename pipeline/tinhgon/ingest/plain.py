"""Plain text -> Document: a newspaper article or an administrative report, told apart by its head.

The steps, each in its own module: characters (``normalise``), tables (``rows``), what scanners get wrong
(``scanning``), page furniture (``pages``), columns (``columns``), hard wraps (``wrapping``), then here the head, and
the kinds of the body's paragraphs (``kinds``).
"""

from __future__ import annotations

import re
from dataclasses import replace

from tinhgon.ingest import press, report
from tinhgon.ingest.columns import unfold_columns
from tinhgon.ingest.compose import MAX_LETTERS, Facts, Origin, compose, too_large
from tinhgon.ingest.normalise import clean_characters, fold_spaces
from tinhgon.ingest.outlets import outlets
from tinhgon.ingest.pages import page_lines
from tinhgon.ingest.rows import mark_rows
from tinhgon.ingest.scanning import mend_scan
from tinhgon.ingest.wrapping import Paragraph, paragraphs
from tinhgon.records import Document, Reject

# The longest reports have some thousand lines.
MAX_LINES = 200_000
_LETTER = re.compile(r"[^\W_]")


def document_from_text(
    raw: str, *, id: str, path: str = "", sha256: str = "", known: Facts | None = None
) -> Document | Reject:
    """The document in ``raw``; what a container already knows (title, date, source) goes before what is read.

    >>> text = "Gọn bộ máy\\n\\n12/10/2021 - 06:15\\n\\nBDK - Xã nay còn 8 ấp, giảm 7."
    >>> document = document_from_text(text, id="bai-1")
    >>> document.title, document.published, document.source, [block.kind for block in document.blocks]
    ('Gọn bộ máy', '2021-10-12', 'baodongkhoi.vn', ['title', 'dateline', 'lead'])
    """
    return read_plain(raw, Origin(id=id, path=path, sha256=sha256), known)


def read_plain(raw: str, origin: Origin, known: Facts | None = None) -> Document | Reject:
    """The document in a plain text that was already decoded."""
    # Spaces and marks of their own may make a text longer than its letters, but not by as much.
    if len(raw) > 4 * MAX_LETTERS:
        return too_large(origin)
    if raw.count("\n") + raw.count("\r") > MAX_LINES:
        return Reject(
            origin.path,
            "parse",
            f"too-large: the text has more than {MAX_LINES} lines; split it into one file per article.",
        )
    text = clean_characters(mark_rows(raw))
    if (mended := mend_scan(text)) != text:
        text, origin = mended, replace(origin, warnings=(*origin.warnings, "ocr-mended"))
    lines = unfold_columns(page_lines(text))
    found = [
        folded for paragraph in paragraphs(lines) if _LETTER.search(paragraph.text) and (folded := _fold(paragraph))
    ]
    if report.is_report(found):
        parts, facts = report.read_report(found)
    else:
        parts, facts = press.read_article(found, known)
    return compose(parts, origin, merge(known, facts))


def merge(known: Facts | None, read: Facts) -> Facts:
    """``known`` where it knows, else ``read``; the home of an outlet that only the container tells is looked up."""
    if known is None:
        return read
    told = known.published or read.published
    source, published = known.source or read.source, told or known.sent
    outlet = outlets().by_domain(source) if source else None
    warnings = known.warnings + (() if known.published else read.warnings)
    return Facts(
        title=known.title or read.title,
        published=published,
        source=source,
        author=known.author or read.author,
        province=known.province or (outlets().home(outlet, published) if outlet else None) or read.province,
        url=known.url or read.url,
        retrieved=known.retrieved or read.retrieved,
        warnings=warnings if told or not known.sent else (*warnings, "date-from-mail"),
    )


def _fold(paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, text=fold_spaces(paragraph.text))
