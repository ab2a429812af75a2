"""The text as the detectors see it: as written, in its matching form, and cut into sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from tinhgon.detect.anchors import Anchored, Anchors, Positions, tried
from tinhgon.records import Block, Document, Mention
from tinhgon.vietnamese import match_form

# A full stop ends a sentence where a capital, a quote or a digit follows, unless it closes an abbreviation.
_END = regex.compile(r"[.!?…](?P<close>[”\"')\]]*)\s+(?=[“\"'(\[*\-–]*[\p{Lu}\p{N}])", regex.VERSION1)
_ABBREVIATION = regex.compile(
    r"(?:^|[\s(“\"])(?:TP|Tp|TX|Tx|TT|Tt|H|Q|P|X|T|Th|ThS|TS|PGS|GS|BS|KS|Đ|đ|đ/c|Đ/c|Mr|Mrs|St|vv|v\.v|NXB|QL|\p{Lu})\.$",
    regex.VERSION1,
)

# Reading a sentence takes time with the square of its length: a text without full stops must not stop a run.
_LONGEST = 3_000


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by its offsets; ``block`` is the index of the block it stands in."""

    start: int
    end: int
    block: int
    index: int


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One document's text beside its matching form (same length, same offsets) and its sentences.

    ``positions`` tells where expressions that were announced can begin.
    """

    document: Document
    text: str
    low: str
    sentences: tuple[Sentence, ...]
    positions: Positions = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document, anchors: Anchors | None = None) -> View:
        """The view of a document; with ``anchors``, their expressions are only tried where they can begin.

        >>> View.of(Document("a", "Xã Hoà An. Còn 8 ấp.", (Block(0, 20, "paragraph"),))).low
        'xã hòa an. còn 8 ấp.'
        """
        low = match_form(document.text)
        positions = anchors.positions(low, document.text) if anchors else {}
        return cls(document, document.text, low, tuple(sentences(document)), positions)

    def find(self, form: Anchored) -> Iterator[regex.Match[str]]:
        """The matches of an expression, leftmost first, none over another."""
        text, positions = self.text if form.written else self.low, self.positions.get(form)
        return form.expression.finditer(text) if positions is None else tried(form, text, positions)

    def search(self, form: Anchored, start: int) -> regex.Match[str] | None:
        """The first match of an expression that begins at ``start`` or behind it."""
        text, positions = self.text if form.written else self.low, self.positions.get(form)
        if positions is None:
            return form.expression.search(text, start)
        return next(tried(form, text, positions[bisect_left(positions, start) :]), None)

    def mention(self, start: int, end: int, kind: str, label: str, pattern: str, /, **data: object) -> Mention:
        return Mention(start, end, self.text[start:end], kind, label, pattern, data)

    def block(self, sentence: Sentence) -> Block:
        return self.document.blocks[sentence.block]


def sentences(document: Document) -> list[Sentence]:
    """The sentences of every block, in order; together they cover all text but the white space between them."""
    found: list[Sentence] = []
    for number, block in enumerate(document.blocks):
        piece = document.text[block.start : block.end]
        start = 0
        for cut in _END.finditer(piece):
            end = cut.start("close")
            if _ABBREVIATION.search(piece, max(0, start), end):
                continue
            _add(found, document.text, block.start + start, block.start + end, number)
            start = cut.end()
        if piece[start:].strip():
            _add(found, document.text, block.start + start, block.end, number)
    return found


def _add(found: list[Sentence], text: str, start: int, end: int, block: int) -> None:
    """Add a sentence; one longer than any that people write is cut at a semicolon, a comma or a space."""
    while end - start > _LONGEST:
        limit = start + _LONGEST
        cut = (
            next((c for c in (text.rfind(mark, start + 1, limit) for mark in ("; ", ", ", " ")) if c > 0), limit - 1)
            + 1
        )
        found.append(Sentence(start, cut, block, len(found)))
        start = cut + 1 if cut < end and text[cut] == " " else cut
    found.append(Sentence(start, end, block, len(found)))
