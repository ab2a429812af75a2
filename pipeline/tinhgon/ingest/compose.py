"""Parts of a page -> Document: the one place where offsets of blocks are made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tinhgon.ingest.normalise import normalise
from tinhgon.records import Block, BlockKind, Document, Reject

# The longest reports have some hundred thousand; beyond this a text is a book, or no text.
MAX_LETTERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the page on its way to becoming a block."""

    text: str
    kind: BlockKind

    def as_kind(self, kind: BlockKind) -> Part:
        return replace(self, kind=kind)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text was read from; what every reader passes on unread."""

    id: str
    path: str = ""
    sha256: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an article besides its text; ``None`` is unknown."""

    title: str | None = None
    published: str | None = None
    source: str | None = None
    author: str | None = None
    province: str | None = None
    url: str | None = None
    retrieved: str | None = None
    sent: str | None = None  # day of the mail it came in: stands in where nothing tells the date of publication
    warnings: tuple[str, ...] = ()


def compose(parts: Iterable[Part], origin: Origin, facts: Facts) -> Document | Reject:
    r"""The document made of ``parts``, one block a line, or a reject where no text is left.

    >>> parts = [Part("Gọn  bộ máy", "title"), Part("Xã Tân Phú\u00a0còn 5 ấp.", "paragraph")]
    >>> compose(parts, Origin("bai-1"), Facts(title="Gọn bộ máy", published="2021-10-12")).text
    'Gọn bộ máy\nXã Tân Phú còn 5 ấp.'
    """
    lines: list[str] = []
    blocks: list[Block] = []
    start = 0
    for part in parts:
        line = normalise(part.text)
        if not any(letter.isalnum() for letter in line):
            continue
        lines.append(line)
        blocks.append(Block(start, start + len(line), part.kind))
        start += len(line) + 1
    if not lines:
        return Reject(
            origin.path, "extract", "No text is left after cleaning; look at the file and leave it out if it is empty."
        )
    if start > MAX_LETTERS:
        return too_large(origin)
    warnings = (*origin.warnings, *facts.warnings, *(() if facts.published else ("no-date",)))
    return Document(
        id=origin.id,
        text="\n".join(lines),
        blocks=tuple(blocks),
        title=normalise(facts.title) or None if facts.title else None,
        published=facts.published,
        source=facts.source,
        author=facts.author,
        province=facts.province,
        path=origin.path,
        sha256=origin.sha256,
        url=facts.url,
        retrieved=facts.retrieved,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def too_large(origin: Origin) -> Reject:
    """What is said of a text longer than any article."""
    reason = f"too-large: the text has more than {MAX_LETTERS:,} letters; split it into articles."
    return Reject(origin.path, "parse", reason)
