"""Full-text search that understands both "bí thư" and "bi thu".

What the reader typed is data: it is cut into words, each of which goes to FTS5 as a quoted string, so that no sign of
its query language means anything. Hits in the exact spelling come first, a phrase before scattered words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tinhgon.store.read import Ask
from tinhgon.vietnamese import strip_diacritics

_EXACT = """
    SELECT documents.id, documents.title, published, source, documents.text FROM documents_exact
    JOIN documents ON number = documents_exact.rowid
    WHERE documents_exact MATCH ? ORDER BY bm25(documents_exact, 4.0, 1.0), documents.id LIMIT ?"""
_FOLDED = """
    SELECT documents.id, documents.title, published, source, documents.text FROM documents_folded
    JOIN documents ON number = documents_folded.rowid
    WHERE documents_folded MATCH ? ORDER BY bm25(documents_folded, 4.0, 1.0), documents.id LIMIT ?"""

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 32  # more would only slow the index down
_AROUND = 80  # characters shown on each side of a hit


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers a search; ``text[start:end]`` is where, unless only the title did (0, 0)."""

    document_id: str
    title: str | None
    published: str | None
    source: str | None
    exact: bool
    start: int
    end: int
    snippet: str


def search_documents(ask: Ask, query: str, limit: int) -> list[Hit]:
    """The best ``limit`` documents for the words of ``query``."""
    words = _WORD.findall(unicodedata.normalize("NFC", query))[:_MOST_WORDS]
    if not words or limit < 1:
        return []
    folded = [strip_diacritics(word) for word in words]
    hits: dict[str, Hit] = {}
    for sql, wanted, exact in ((_EXACT, words, True), (_FOLDED, folded, False)):
        for match in dict.fromkeys((_phrase(wanted), _all_of(wanted))):
            # Hits already found take places in this answer too, hence the full limit each time.
            for row in ask(sql, (match, limit)):
                if row["id"] not in hits:
                    hits[row["id"]] = _hit(row, wanted, exact=exact)
    return list(hits.values())[:limit]


def _phrase(words: Sequence[str]) -> str:
    return '"' + " ".join(words) + '"'


def _all_of(words: Sequence[str]) -> str:
    return " AND ".join(f'"{word}"' for word in words)


def _hit(row: dict[str, Any], words: Sequence[str], *, exact: bool) -> Hit:
    start, end = _where(row["text"], words, exact=exact)
    return Hit(
        document_id=row["id"],
        title=row["title"],
        published=row["published"],
        source=row["source"],
        exact=exact,
        start=start,
        end=end,
        snippet=_snippet(row["text"], start, end),
    )


def _where(text: str, words: Sequence[str], *, exact: bool) -> tuple[int, int]:
    """Where the phrase stands, else the first of its words, else nowhere: a hit can be in the title alone."""
    found = list(_WORD.finditer(text))
    tokens = [(match[0] if exact else strip_diacritics(match[0])).lower() for match in found]
    wanted = [word.lower() for word in words]
    for first in range(len(tokens) - len(wanted) + 1):
        if tokens[first : first + len(wanted)] == wanted:
            return found[first].start(), found[first + len(wanted) - 1].end()
    return next(
        (match.span() for match, token in zip(found, tokens, strict=True) if token in wanted),
        (0, 0),
    )


def _snippet(text: str, start: int, end: int) -> str:
    """The hit with what stands around it, cut at words, on one line."""
    left, right = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before = text[left:start].split(" ", 1)[-1] if left else text[:start]
    after = text[end:right].rsplit(" ", 1)[0] if right < len(text) else text[end:]
    piece = before + text[start:end] + after
    return ("… " if left else "") + " ".join(piece.split()) + (" …" if right < len(text) else "")
