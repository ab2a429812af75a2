"""The ten articles, and their plain text, from which all formats are made."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple, TypeAlias

from tinhgon import ingest
from tinhgon.records import BlockKind, Document

HOW_MANY = 10
ZONE = timezone(timedelta(hours=7))
# When crawlers, browsers and packers took the articles up: more than a year after the youngest of them.
RETRIEVED = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_BODY: frozenset[BlockKind] = frozenset({"heading", "paragraph", "item", "caption"})


class MissingToolError(Exception):
    """A format cannot be written here; the message says what is missing."""


class Paragraph(NamedTuple):
    """One paragraph of the body, and what part it plays."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One newspaper article, free of any format."""

    id: str
    title: str
    published: str  # ISO day
    source: str  # the outlet's domain
    author: str  # empty where none is told
    url: str
    lead: str
    paragraphs: tuple[Paragraph, ...]
    signature: str

    @property
    def moment(self) -> datetime:
        """When it was published; all appeared at the same hour, early enough to be the day before in UTC."""
        return datetime.fromisoformat(self.published).replace(hour=6, minute=15, tzinfo=ZONE)

    @property
    def date_line(self) -> str:
        """The date as papers print it: "12/10/2021 - 06:15"."""
        return f"{self.moment:%d/%m/%Y - %H:%M}"

    @property
    def weekday(self) -> str:
        return _WEEKDAYS[self.moment.weekday()]

    @property
    def body(self) -> list[str]:
        """Lead, paragraphs and signature: everything below the date line."""
        parts = [self.lead, *(paragraph.text for paragraph in self.paragraphs), self.signature]
        return [part for part in parts if part]


Writer: TypeAlias = Callable[[Sequence[Article], Path], None]
Formats: TypeAlias = Mapping[str, Writer]


def ten_articles(folder: Path) -> list[Article]:
    """The first ten plain texts in ``folder`` that are dated articles of a known outlet with facts on record."""
    articles = list(_suitable(folder))[:HOW_MANY]
    if len(articles) < HOW_MANY:
        raise ValueError(f"{folder} holds {len(articles)} suitable articles, {HOW_MANY} are needed")
    return articles


def plain_text(article: Article) -> str:
    """The article as a plain text: title, date line and paragraphs, parted by blank lines."""
    return "\n\n".join([article.title, f"Ngày đăng: {article.date_line}", *article.body]) + "\n"


def one_file_each(encode: Callable[[Article], bytes], suffix: str) -> Writer:
    """The writer that gives every article a file of its own, named by the article's id."""

    def write(articles: Sequence[Article], folder: Path) -> None:
        for article in articles:
            (folder / f"{article.id}.{suffix}").write_bytes(encode(article))

    return write


def _suitable(folder: Path) -> Iterator[Article]:
    for path in sorted(folder.glob("*.txt")):
        document = ingest.read(path)
        if isinstance(document, Document) and _has_facts(folder.parent / "gold" / f"{path.stem}.json"):
            article = _article(document)
            if article.title and _DAY.fullmatch(article.published) and _DOMAIN.fullmatch(article.source):
                yield article


def _has_facts(record: Path) -> bool:
    return record.exists() and bool(json.loads(record.read_text(encoding="utf-8")).get("facts"))


def _article(document: Document) -> Article:
    blocks = [Paragraph(block.kind, document.text[block.start : block.end].strip()) for block in document.blocks]
    told: dict[BlockKind, str] = {}
    for kind, text in blocks:
        told.setdefault(kind, text)
    title, source = document.title or "", document.source or ""
    return Article(
        id=document.id,
        title=title,
        published=document.published or "",
        source=source,
        author=document.author or "",
        url=f"https://{source}/chinh-tri/{_slug(title)}-{document.id}.html",
        lead=told.get("lead", ""),
        paragraphs=tuple(block for block in blocks if block.kind in _BODY),
        signature=told.get("signature", ""),
    )


def _slug(title: str) -> str:
    """The title as addresses have it: "go-bo-may"."""
    plain = unicodedata.normalize("NFD", title.lower().replace("đ", "d"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
