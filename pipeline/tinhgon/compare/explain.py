"""Why a number is in the fact base: its sentence with the proving words marked, and what else is claimed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tinhgon.compare.checks import Finding, findings_of
from tinhgon.compare.labels import place_label
from tinhgon.compare.render import count_text, plain_number, printable, rate_text
from tinhgon.records import Fact, Provenance, Span
from tinhgon.store import FactBase, roles_key

PROOF = "proof"
_OPEN, _CLOSE = "⟦", "⟧"
_OTHERS_SHOWN = 10

_OTHERS = """
    SELECT fact_id, value, value_max, total, rate AS percent, before, after, modifier, as_of, status,
        title, source, quote, document_id
    FROM numbers
    WHERE fact_id <> :fact_id AND measure = :measure AND roles = :roles
        AND (measure = 'concurrent_posts' OR object = :object)
        AND province IS :province AND district IS :district AND commune IS :commune
    ORDER BY holds_on DESC, published DESC, document_id, fact_id
"""


_REVIEWS = "SELECT verdict, corrected, note, reviewer, reviewed_at FROM reviews WHERE fact_id = ? ORDER BY id DESC"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; ``label`` is ``"proof"`` where it proves the number, else empty."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class OtherClaim:
    """Another number of the same place, measure and roles; of other measures than posts, of the same object too."""

    fact_id: str
    value: float | None
    value_max: float | None
    total: float | None
    percent: float | None
    before: float | None
    after: float | None
    modifier: str
    as_of: str | None
    status: str
    title: str | None
    source: str | None
    quote: str
    document_id: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything behind one number."""

    fact_id: str
    fact: Fact
    document_id: str
    title: str | None
    published: str | None
    source: str | None
    path: str
    sentence: tuple[Piece, ...]
    elsewhere: tuple[tuple[Piece, ...], ...]  # proof outside the sentence, each in its own line of the text
    retold: tuple[tuple[Piece, ...], ...]  # the lines that tell the same again
    patterns: tuple[str, ...]
    cues: tuple[str, ...]
    others: tuple[OtherClaim, ...]
    reviews: tuple[str, ...]  # what readers said of it, the latest first
    findings: tuple[Finding, ...]  # what the last run of the checks has against it

    def render_text(self, *, colour: bool = False, width: int = 100) -> str:
        """The explanation in print, the proof between ⟦ and ⟧; ``colour`` adds terminal colours."""
        from rich.console import Console
        from rich.text import Text

        out = io.StringIO()
        console = Console(file=out, width=width, force_terminal=colour, no_color=not colour, legacy_windows=False)
        for line in self._lines():
            text = Text()
            for piece in line:
                marked = f"{_OPEN}{printable(piece.text)}{_CLOSE}" if piece.label == PROOF else _inline(piece.text)
                text.append(marked, style="bold green" if piece.label == PROOF else "")
            console.print(text)
        return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"

    def _lines(self) -> Iterable[Sequence[Piece]]:
        fact = self.fact
        area = fact.area
        yield [Piece(_headline(fact))]
        yield [Piece(f"place: {place_label(area.province, area.district, area.commune)}")]
        if fact.roles:
            yield [Piece(f"roles: {' + '.join(fact.roles)}")]
        if fact.part_of:
            yield [Piece(f"part of: {fact.part_of}")]
        for review in self.reviews:
            yield [Piece(f"review: {review}")]
        yield [Piece(f"from: {', '.join(part for part in (self.title, self.source, self.published) if part)}")]
        yield [Piece(f"file: {self.path or self.document_id}")]
        yield []
        yield self.sentence
        yield from self.elsewhere
        yield []
        if self.retold:
            yield [Piece("told again:")]
            yield from self.retold
            yield []
        if fact.confidence is not None:
            yield [Piece(f"confidence: {fact.confidence:.2f}")]
        yield [Piece(f"patterns: {', '.join(self.patterns) or 'none'}")]
        yield [Piece(f"cues: {', '.join(self.cues) or 'none'}")]
        if self.findings:
            yield [Piece("checks:")]
        for finding in self.findings:
            yield [Piece(f"  {_finding_line(finding, self.fact_id)}")]
        if self.others:
            yield [Piece("other claims of the same place, measure and roles:")]
        for other in self.others[:_OTHERS_SHOWN]:
            yield [Piece(f"  {other.fact_id[:8]}  {_other_line(other)}")]
        if len(self.others) > _OTHERS_SHOWN:
            yield [Piece(f"  and {len(self.others) - _OTHERS_SHOWN} more")]


def explain(base: FactBase, fact_id: str) -> Explanation:
    """Explain the fact with this id, or with the only id that begins so.

    >>> from tinhgon.records import Area, Claims, Document, Provenance
    >>> text = "Bến Tre có 98/127 ấp bí thư kiêm trưởng ấp."
    >>> why = Provenance((Span(11, 20, text[11:20]),), Span(0, len(text), text), cues=("có",))
    >>> fact = Fact("concurrent_posts", "hamlet", why, value=98, total=127, area=Area("Bến Tre"))
    >>> with FactBase.open(":memory:", create=True) as base:
    ...     run = base.begin_run("0.1.0", "", [])
    ...     base.add([Claims(Document("a", text, ()), facts=(fact,))], run=run, patterns_hash="", version="0.1.0")
    ...     why = explain(base, base.rows("SELECT id FROM facts")[0]["id"])
    >>> why.sentence
    (Piece(text='Bến Tre có ', label=''), Piece(text='98/127 ấp', label='proof'),
     Piece(text=' bí thư kiêm trưởng ấp.', label=''))
    """
    stored = base.fact(fact_id)
    fact, document = stored.fact, stored.document
    proof, sentence = fact.provenance.quote, fact.provenance.sentence
    outside = [span for span in proof if not sentence.contains(span)]
    text = document.text or _words_kept(fact.provenance)
    return Explanation(
        fact_id=stored.id,
        fact=fact,
        document_id=document.id,
        title=document.title,
        published=document.published,
        source=document.source,
        path=document.path,
        sentence=mark(text, sentence.start, sentence.end, proof),
        elsewhere=tuple(mark(text, *_line_of(text, span), [span]) for span in outside),
        retold=tuple(mark(text, *_line_of(text, s), [s]) for s in fact.provenance.retold),
        patterns=fact.provenance.patterns,
        cues=fact.provenance.cues,
        others=tuple(OtherClaim(**row) for row in base.rows(_OTHERS, _same_question(stored.id, fact))),
        findings=tuple(findings_of(base, [stored.id])[stored.id]),
        reviews=tuple(_review_line(row) for row in base.rows(_REVIEWS, (stored.id,))),
    )


def _words_kept(why: Provenance) -> str:
    """A text with the words that were kept at their places, where the article's own was left out."""
    spans = [why.sentence, *why.quote, *why.retold]
    text = ["\n"] * max(span.end for span in spans)
    for span in spans:
        text[span.start : span.end] = span.text
    return "".join(text)


def mark(text: str, start: int, end: int, proof: Iterable[Span]) -> tuple[Piece, ...]:
    """``text[start:end]`` cut where proof begins and ends; joined again, the pieces are that text.

    >>> mark("giảm 10 ấp", 0, 10, [Span(5, 7, "10")])
    (Piece(text='giảm ', label=''), Piece(text='10', label='proof'), Piece(text=' ấp', label=''))
    """
    pieces: list[Piece] = []
    at = start
    for span in sorted(proof):
        left, right = max(span.start, at), min(span.end, end)
        if left >= right:
            continue
        if left > at:
            pieces.append(Piece(text[at:left]))
        pieces.append(Piece(text[left:right], PROOF))
        at = right
    if at < end:
        pieces.append(Piece(text[at:end]))
    return tuple(pieces)


def _line_of(text: str, span: Span) -> tuple[int, int]:
    """The line of the text in which the span begins, made longer where the span runs over its end."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return start, len(text) if end == -1 else end


def _same_question(fact_id: str, fact: Fact) -> dict[str, Any]:
    return {
        "fact_id": fact_id,
        "measure": fact.measure,
        "object": fact.object,
        "roles": roles_key(fact.roles),
        "province": fact.area.province,
        "district": fact.area.district,
        "commune": fact.area.commune,
    }


def _headline(fact: Fact) -> str:
    numbers = {
        name: getattr(fact, name)
        for name in ("value", "value_max", "total", "percent_max", "modifier", "before", "after")
    }
    tier = f" ({fact.level})" if fact.level else ""
    date = f", as of {fact.as_of}" if fact.as_of else ""
    return f"{fact.measure}, {fact.object}{tier}: {_numbers(numbers, fact.percent)}; {fact.status}{date}"


def _other_line(other: OtherClaim) -> str:
    numbers = {name: getattr(other, name) for name in ("value", "value_max", "total", "modifier", "before", "after")}
    where = ", ".join(part for part in (other.source, other.title) if part) or other.document_id
    return f"{_numbers(numbers, other.percent)}; {other.status}, {other.as_of or 'no date'}; {where}: “{other.quote}”"


def _review_line(row: dict[str, Any]) -> str:
    told = [row["verdict"], row["corrected"] and f"to {row['corrected']}", row["note"]]
    return f"{', '.join(part for part in told if part)} ({row['reviewer']}, {row['reviewed_at'][:10]})"


def _finding_line(finding: Finding, fact_id: str) -> str:
    other = finding.fact_id if finding.other_id == fact_id else finding.other_id
    beside = f" with {other[:8]}" if other else ""
    return f"{finding.severity}, {finding.check_id}{beside}: {finding.message}"


def _numbers(row: dict[str, Any], percent: float | None) -> str:
    parts = [count_text(row)]
    if percent is not None:
        parts.append(rate_text({**row, "percent": percent}))
    if row["before"] is not None or row["after"] is not None:
        parts.append(f"{plain_number(row['before']) or '?'} → {plain_number(row['after']) or '?'}")
    return ", ".join(part for part in parts if part)


def _inline(text: str) -> str:
    """Like ``printable``, but spaces at the ends stay: they separate the piece from its neighbours."""
    bare = printable(text)
    left = " " if text[:1].isspace() and bare else ""
    right = " " if text[-1:].isspace() and bare else ""
    return left + bare + right
