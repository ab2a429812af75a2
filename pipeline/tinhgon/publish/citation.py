"""A fact as a citation: for a footnote, for BibTeX, for a reference manager (CSL-JSON).

The day of publication and the day on which the page was fetched are two things, and neither stands in for the other.
What is not known is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tinhgon.compare.render import printable
from tinhgon.records import Span
from tinhgon.store import FactBase

Style = Literal["text", "bibtex", "csl-json"]
STYLES: tuple[Style, ...] = ("text", "bibtex", "csl-json")

_MADE_BY = """
    SELECT version, verdict FROM facts JOIN documents ON documents.id = document_id WHERE facts.id = ?"""
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_SHORT = 12  # signs of the file's fingerprint
_BIBTEX = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_"},
        # Not "\{": BibTeX counts braces whether a backslash stands before them or not.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_OUTSIDE_ADDRESSES = re.compile(r"[\s{}\\\"<>|^`]")


@dataclass(frozen=True, slots=True)
class Citation:
    """What is known of a fact and of the article that states it; texts are on one line and free of control signs."""

    fact_id: str
    document_id: str
    quote: str
    offsets: str
    version: str
    author: str | None
    title: str | None
    source: str | None
    published: str | None
    url: str | None
    retrieved: str | None
    sha256: str | None
    found_wrong: bool

    @property
    def origin(self) -> str:
        """By what the quote is found again in the fact base."""
        parts = [
            f"Trích: “{self.quote}” (ký tự {self.offsets} của văn bản đã chuẩn hóa)",
            f"tài liệu {self.document_id}",
            f"dữ kiện {self.fact_id}",
            f"SHA-256 {self.sha256}" if self.sha256 else "",
            f"tinhgon {self.version}",
        ]
        wrong = ". Lưu ý: người kiểm tra cho là dữ kiện sai" if self.found_wrong else ""
        return "; ".join(part for part in parts if part) + wrong


def cite(base: FactBase, fact_id_or_prefix: str, style: Style = "text") -> str:
    """The citation of the fact with this id, or with the only id that begins so.

    >>> from tinhgon.records import Claims, Document, Fact, Provenance
    >>> text = "Cả huyện giảm 37 ấp."
    >>> fact = Fact("reduction", "hamlet", Provenance((Span(9, 19, text[9:19]),), Span(0, len(text), text)), value=37)
    >>> document = Document("bai-1", text, (), "Bớt 37 ấp", "2019-11", "baolongan.vn", retrieved="2021-03-02")
    >>> with FactBase.open(":memory:", create=True) as base:
    ...     run = base.begin_run("0.1.0", "", [])
    ...     base.add([Claims(document, facts=(fact,))], run=run, patterns_hash="", version="0.1.0")
    ...     print(cite(base, "f56423"), end="")
    “Bớt 37 ấp”, baolongan.vn, tháng 11/2019, truy cập ngày 02/03/2021. Trích: “giảm 37 ấp” (ký tự 9–19 của văn bản đã
    chuẩn hóa); tài liệu bai-1; dữ kiện f56423025a1884db; tinhgon 0.1.0.
    """
    citation = _citation(base, fact_id_or_prefix)
    written = {"text": as_text, "bibtex": as_bibtex, "csl-json": as_csl_json}
    return written[style](citation)


def as_text(citation: Citation) -> str:
    """A footnote as Vietnamese journals write it: author, title, source, day, address, day of access."""
    parts = [
        citation.author,
        f"“{citation.title}”" if citation.title else None,
        citation.source,
        _vietnamese(citation.published),
        citation.url,
        f"truy cập {_vietnamese(citation.retrieved)}" if citation.retrieved else None,
    ]
    article = ", ".join(part for part in parts if part)
    return ". ".join(part for part in (article, citation.origin) if part) + ".\n"


def as_bibtex(citation: Citation) -> str:
    """An ``@online`` entry of BibLaTeX. Names of authors are kept whole: their order is not that of the West."""
    fields = {
        "author": f"{{{_tex(citation.author)}}}" if citation.author else None,
        "title": f"{{{_tex(citation.title)}}}" if citation.title else None,
        "organization": f"{{{_tex(citation.source)}}}" if citation.source else None,
        "date": citation.published,
        "url": _OUTSIDE_ADDRESSES.sub(_percent, citation.url) if citation.url else None,
        "urldate": citation.retrieved,
        "langid": "vietnamese",
        "note": _tex(citation.origin),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@online{{tinhgon-{citation.fact_id},\n{''.join(lines)}}}\n"


def as_csl_json(citation: Citation) -> str:
    """A list of one item, as reference managers import it."""
    item = {
        "id": f"tinhgon-{citation.fact_id}",
        "type": "article-newspaper",
        "language": "vi",
        "title": citation.title,
        "author": [{"literal": citation.author}] if citation.author else None,
        "container-title": citation.source,
        "issued": _date_parts(citation.published),
        "accessed": _date_parts(citation.retrieved),
        "URL": citation.url,
        "note": citation.origin,
    }
    known = {name: value for name, value in item.items() if value is not None}
    return json.dumps([known], ensure_ascii=False, indent=2) + "\n"


def _citation(base: FactBase, fact_id_or_prefix: str) -> Citation:
    stored = base.fact(fact_id_or_prefix)
    (made,) = base.rows(_MADE_BY, (stored.id,))
    document, why = stored.document, stored.fact.provenance
    pieces = why.quote or (why.sentence,)
    return Citation(
        fact_id=stored.id,
        document_id=printable(document.id),
        quote=" … ".join(printable(piece.text) for piece in pieces),
        offsets=_offsets(pieces),
        version=printable(made["version"]),
        author=_line(document.author),
        title=_line(document.title),
        source=_line(document.source),
        published=_date(document.published),
        url=_line(document.url),
        retrieved=_date(document.retrieved),
        sha256=_line(document.sha256[:_SHORT]),
        found_wrong=made["verdict"] == "wrong",
    )


def _line(text: str | None) -> str | None:
    return printable(text) or None if text else None


def _date(text: str | None) -> str | None:
    """What is no ISO date is no date of ours."""
    return text if text and _DATE.fullmatch(text) else None


def _offsets(pieces: Sequence[Span]) -> str:
    return ", ".join(f"{piece.start}–{piece.end}" for piece in pieces)


def _vietnamese(date: str | None) -> str | None:
    """An ISO date as a footnote has it.

    >>> _vietnamese("2021-10-12"), _vietnamese("2021-10"), _vietnamese("2021")
    ('ngày 12/10/2021', 'tháng 10/2021', 'năm 2021')
    """
    if date is None:
        return None
    parts = date.split("-")
    return f"{('năm', 'tháng', 'ngày')[len(parts) - 1]} {'/'.join(reversed(parts))}"


def _date_parts(date: str | None) -> dict[str, Any] | None:
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else None


def _tex(text: str) -> str:
    return text.translate(_BIBTEX)


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())
