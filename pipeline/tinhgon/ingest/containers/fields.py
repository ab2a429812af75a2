"""Which column of a row holds what: told by the user, else known from the names that archives give them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from tinhgon.ingest.item import Item, id_of
from tinhgon.ingest.known import known_facts
from tinhgon.ingest.normalise import normalise
from tinhgon.vietnamese import strip_diacritics

# What archives and crawlers call their columns, without diacritics, capitals and joints; the commonest first.
_NAMES: dict[str, tuple[str, ...]] = {
    "text": tuple(
        "text content body maintext fulltext articletext articlebody noidung vanban toanvan rawcontent contenthtml "
        "html article baiviet".split()
    ),
    "title": tuple("title headline tieude tenbai heading".split()),
    "lead": tuple("lead sapo description summary tomtat abstract mota".split()),
    "date": tuple(
        "date published publisheddate datepublished publishedat publishdate datepublish pubdate publicationdate "
        "ngaydang ngayxuatban ngay thoigian time publishedtime".split()
    ),
    "url": tuple("url link uri canonicalurl duongdan lienket diachi".split()),
    "source": tuple("source outlet domain sourcedomain publisher site sitename website newspaper bao nguon".split()),
    "author": tuple("author authors byline creator tacgia nguoiviet butdanh".split()),
    "id": tuple("id docid documentid articleid guid uuid mabai ma".split()),
    "retrieved": tuple(
        "retrieved retrievedat crawled crawledat crawldate fetched fetchedat scrapedat datedownload downloaded "
        "accessed warcdate ngaythuthap ngaytai".split()
    ),
}  # fmt: skip
_TEXT_OF_OBJECT = ("rendered", "text", "value", "content", "name", "#text")
_TAG = re.compile(
    r"</?(?:p|br|div|span|strong|b|em|i|a|h[1-6]|ul|ol|li|img|figure|table|article)\b[^<>]{0,500}>", re.IGNORECASE
)
_JOINTS = re.compile(r"[^a-z0-9]+")
_SHOWN_COLUMNS = 20


class FieldsError(Exception):
    """The columns of a table are not what was said, or do not say which is the text."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The columns as the user names them; ``None`` is to be found by name. ``table``: of a database."""

    text: str | None = None
    title: str | None = None
    lead: str | None = None
    date: str | None = None
    url: str | None = None
    source: str | None = None
    author: str | None = None
    id: str | None = None
    retrieved: str | None = None
    table: str | None = None

    def among(self, columns: Iterable[str]) -> Fields:
        """The columns meant, out of those there are. Raises ``FieldsError`` where there is no text among them.

        >>> found = Fields().among(["Tiêu đề", "noi_dung", "Ngày đăng", "lượt xem"])
        >>> found.title, found.text, found.date
        ('Tiêu đề', 'noi_dung', 'Ngày đăng')
        """
        there = [column for column in columns if column]
        folded: dict[str, str] = {}
        for column in there:
            folded.setdefault(_folded(column), column)
        chosen: dict[str, str | None] = {}
        for field, names in _NAMES.items():
            told = getattr(self, field)
            if told is not None and told not in there:
                raise FieldsError(f"There is no column {told!r} for the {field}; {_told_columns(there)}.")
            chosen[field] = told or next((folded[name] for name in names if name in folded), None)
        if chosen["text"] is None and chosen["title"] is None and chosen["lead"] is None:
            raise FieldsError(
                f"No column is known to hold the text; name it with --text-field. {_told_columns(there)}."
            )
        return Fields(**chosen, table=self.table)


def _told_columns(columns: list[str]) -> str:
    more = f" and {len(columns) - _SHOWN_COLUMNS} more" if len(columns) > _SHOWN_COLUMNS else ""
    names = ", ".join(repr(normalise(column))[:60] for column in columns[:_SHOWN_COLUMNS])
    return f"The columns are {names}{more}" if columns else "There are no columns"


def _folded(column: str) -> str:
    return _JOINTS.sub("", strip_diacritics(column).lower())


def item_of(row: Mapping[str, Any], chosen: Fields, path: str, number: int) -> Item | None:
    """The item that a row is; nothing where its text is empty.

    >>> row = {"id": 7, "title": "Gọn bộ máy", "text": "Xã còn 8 ấp.", "date": "2021-10-12T22:00:00Z"}
    >>> item = item_of(row, Fields().among(row), "kho.jsonl", 1)
    >>> item.id, item.path, item.known.published, item.raw.decode()
    ('7', 'kho.jsonl#1', '2021-10-13', 'Gọn bộ máy\\n\\nXã còn 8 ấp.')
    """
    told = {f.name: row.get(name) for f in fields(Fields) if f.name != "table" and (name := getattr(chosen, f.name))}
    text = _text(told.get("text"), "\n\n")
    is_page = _TAG.search(text) is not None
    if not is_page and "&" in text:
        text = html.unescape(text)
    title = normalise(_text(told.get("title")))
    raw = _whole_text(title, normalise(_text(told.get("lead"))), text, is_page)
    if not raw.strip():
        return None
    known = known_facts(
        title=title,
        date=told.get("date"),
        url=_text(told.get("url")),
        source=_text(told.get("source")),
        author=_text(told.get("author")),
        retrieved=told.get("retrieved"),
    )
    own = _text(told.get("id"))
    stem = path.rsplit("/", 1)[-1].split(".", 1)[0]
    return Item(
        f"{path}#{number}",
        id_of(own or f"{stem}-{number}"),
        ".html" if is_page else "",
        raw=raw.encode("utf-8", errors="replace"),
        known=known,
    )


def _text(value: object, joint: str = ", ", depth: int = 5) -> str:
    """A cell as text; lists, as of authors or paragraphs, joined; of an object the part that holds its text."""
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, list | tuple):
        return joint.join(_text(part, joint, depth - 1) for part in value) if depth else ""
    if isinstance(value, Mapping):
        inner = next((value[name] for name in _TEXT_OF_OBJECT if name in value), None)
        return _text(inner, joint, depth - 1) if depth else ""
    return str(value)


def _whole_text(title: str, lead: str, text: str, is_page: bool) -> str:
    """The article in one piece: title and lead stand above the text unless it begins with them."""
    opening = normalise(text[: 4 * (len(title) + len(lead)) + 400])
    if is_page:
        head = f"<h1>{_escaped(title)}</h1>" if title and title not in opening else ""
        return f"{head}{f'<p>{_escaped(lead)}</p>' if lead and lead not in opening else ''}{text}"
    parts = [part for part in (title, lead) if part and part not in opening]
    return "\n\n".join([*parts, text]) if text else "\n\n".join(parts)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
