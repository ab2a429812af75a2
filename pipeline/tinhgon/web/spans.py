"""A text with its spans coloured: which characters are a number, a place, posts, a document, a date, a merger."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from threading import Lock

from tinhgon.extract import Extractor
from tinhgon.records import Block, Document
from tinhgon.store import FactBase

# What the pages call the kinds of claims; sentences that were left open are no claims.
KINDS = {
    "fact": "number",
    "pairing": "roles",
    "holder": "person",
    "locality": "place",
    "citation": "resolution",
    "merger": "merger",
}
_DETECTED = {"roles": "roles", "places": "place", "resolutions": "resolution", "dates": "date"}
_ONE_AT_A_TIME = Lock()

_EVIDENCE = """
    SELECT start_offset AS start, end_offset AS end, claim_kind AS kind, claim_id
    FROM provenance JOIN evidence ON claim_id = provenance.id
    WHERE document_id = :document AND kind <> 'miss' AND end_offset > :start AND start_offset < :end
"""


_NAMES = """
    SELECT DISTINCT name FROM localities JOIN places ON places.id = place_id WHERE document_id = :document
"""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A stretch of a text by its offsets, and what it is; ``claim`` is the fact it proves, if it proves one."""

    start: int
    end: int
    kind: str
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that is all of one colour; joined again, the pieces are the text."""

    text: str
    kind: str = ""
    is_proof: bool = False
    claim: str | None = None
    begins: tuple[str, ...] = ()  # facts whose words begin here


def pieces(text: str, start: int, end: int, spans: Iterable[Labelled], proof: Sequence[str] = ()) -> list[Piece]:
    """``text[start:end]`` in pieces; of spans that overlap the shortest gives the colour.

    ``proof`` are the facts whose words are to stand out; without any, those of every fact do.

    >>> found = pieces("Bến Tre giảm 7 xã", 0, 17, [Labelled(0, 7, "place"), Labelled(8, 17, "number", "3f2a")])
    >>> [(piece.text, piece.kind, piece.claim) for piece in found]
    [('Bến Tre', 'place', None), (' ', '', None), ('giảm 7 xã', 'number', '3f2a')]
    """
    inside = sorted((s for s in spans if s.start < end and s.end > start and s.start < s.end), key=lambda s: s.start)
    cuts = sorted({start, end, *(min(max(at, start), end) for s in inside for at in (s.start, s.end))})
    return list(_cut(text, cuts, inside, frozenset(proof)))


def _cut(text: str, cuts: Sequence[int], inside: Sequence[Labelled], proof: frozenset[str]) -> Iterator[Piece]:
    waiting, open_now, seen = iter([*inside, None]), list[Labelled](), set[str]()
    upcoming = next(waiting)
    for left, right in pairwise(cuts):
        while upcoming is not None and upcoming.start <= left:
            open_now.append(upcoming)
            upcoming = next(waiting)
        open_now = [span for span in open_now if span.end > left]
        shortest = min(open_now, key=lambda span: span.end - span.start, default=None)
        facts = [span.claim for span in open_now if span.claim is not None and (not proof or span.claim in proof)]
        begins = tuple(dict.fromkeys(fact for fact in facts if fact not in seen))
        seen.update(begins)
        kind = shortest.kind if shortest else ""
        yield Piece(text[left:right], kind, bool(facts), facts[0] if facts else None, begins)


def spans_of(base: FactBase, document: Document, start: int, end: int) -> list[Labelled]:
    """What is known of ``document.text[start:end]``: the words of its claims, and what the detectors see there.

    A claim keeps the words that prove it, and a place only where it is first named; a reader wants to see all of them.
    """
    asked = {"document": document.id, "start": start, "end": end}
    told = [
        Labelled(row["start"], row["end"], KINDS[row["kind"]], row["claim_id"] if row["kind"] == "fact" else None)
        for row in base.rows(_EVIDENCE, asked)
        if row["kind"] in KINDS
    ]
    names = {row["name"] for row in base.rows(_NAMES, asked)}
    return [*told, *_detected(document, start, end, names)]


def _detected(document: Document, start: int, end: int, names: Container[str]) -> Iterator[Labelled]:
    piece = document.text[start:end]
    # "ngày 10/12" is a date in an undated article too.
    day = document.published or "2020-01-01"
    part = replace(document, text=piece, blocks=(Block(0, len(piece), "paragraph"),), published=day)
    with _ONE_AT_A_TIME:
        analysis = extractor().analysis(part)
    for kind, shown in _DETECTED.items():
        for mention in analysis.of(kind):
            # Alone, many a syllable is a name; it is one here where the article is known to speak of that place.
            if mention.label != "not_date" and (kind != "places" or mention.data["name"] in names):
                yield Labelled(start + mention.start, start + mention.end, shown)


@cache
def extractor() -> Extractor:
    """The detectors, loaded once."""
    return Extractor.load()
