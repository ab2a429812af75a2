"""What people say of the facts, and what stands because of it.

``reviews`` is a log: of several reviews on one fact the latest stands. What stands is written into the row of the fact
itself, so that every question asked of ``facts`` gets the corrected number; what the program had is kept in
``reviews.stated`` and put back when the review is withdrawn or a later one says otherwise.

A new run makes the rows of a document anew. Its reviews then find their facts by id, or, where the extraction changed,
by the words they judged (``review_finding.py``). What a reviewer held to be true stays true: where the program now
states something else, ``stated`` and ``corrected`` are written anew so that together they say the same as before.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from tinhgon.records import Claims, Document, Fact, Span
from tinhgon.store.errors import UnknownClaimError
from tinhgon.store.export import fact_item
from tinhgon.store.ids import storable
from tinhgon.store.load import Origin, rows_of
from tinhgon.store.read import read_facts
from tinhgon.store.review_fields import ReviewError, checked, complete, differences, fact_of
from tinhgon.store.review_finding import Judged, proof, successors

__all__ = ["VERDICTS", "Judgement", "Review", "ReviewError", "Reviews", "Verdict", "settled"]

Row = dict[str, Any]
Ask = Callable[[str, Sequence[object]], list[Row]]
Change = Callable[[str, Sequence[object]], Any]
Verdict = Literal["right", "wrong", "corrected"]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
_LONGEST_NOTE = 10_000
_LONGEST_REVIEWER = 200
# What a correction leaves alone: which fact it is, and how sure the program was.
_NOT_CORRECTED = ("id", "document_id", "confidence")

_REVIEWS = """
    SELECT reviews.*, facts.id IS NULL AS orphaned,
        NOT EXISTS (SELECT 1 FROM reviews AS later WHERE later.fact_id = reviews.fact_id AND later.id > reviews.id)
            AS stands
    FROM reviews LEFT JOIN facts ON facts.id = reviews.fact_id
"""
_IN_ORDER = " ORDER BY reviews.id"
_OF_DOCUMENT = _REVIEWS + " WHERE reviews.document_id = ?" + _IN_ORDER
_OF_FACT = _REVIEWS + " WHERE reviews.fact_id = ?" + _IN_ORDER
_ONE = _REVIEWS + " WHERE reviews.id = ?"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What someone says of a fact: ``corrected`` are the fields that are otherwise, in the form of the codebook."""

    fact: str  # its id
    verdict: str
    reviewer: str
    corrected: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = None
    reviewed_at: str | None = None  # UTC, in ISO form; now where not told


@dataclass(frozen=True, slots=True)
class Review:
    """A judgement on record."""

    id: int
    fact_id: str
    document_id: str
    quote: tuple[Span, ...]
    stated: Mapping[str, Any]
    verdict: Verdict
    corrected: Mapping[str, Any]
    note: str | None
    reviewer: str
    reviewed_at: str
    orphaned: bool  # the program no longer finds the fact
    stands: bool  # the latest on its fact

    @property
    def truth(self) -> dict[str, Any] | None:
        """What the reviewer holds to be true, field by field; ``None`` where there is no such fact."""
        return None if self.verdict == "wrong" else complete({**self.stated, **self.corrected})


class Reviews:
    """The log of one fact base; what changes it is used within a transaction.

    ``places`` that facts have left or come to, and ``changed`` documents, whose numbers may repeat others now or no
    longer, are then to be settled.
    """

    def __init__(self, ask: Ask, change: Change) -> None:
        self._ask, self._change = ask, change
        self.places: set[str] = set()
        self.changed: dict[str, None] = {}
        self._extracted: dict[str, dict[str, Fact]] = {}

    # ------------------------------------------------------------------ reading

    def all(self, document_id: str | None = None) -> list[Review]:
        """The whole log, or what it says of one document, the oldest review first."""
        if document_id is None:
            return [_review(row) for row in self._ask(_REVIEWS + _IN_ORDER, ())]
        return [_review(row) for row in self._ask(_OF_DOCUMENT, (document_id,))]

    def one(self, review_id: int) -> Review:
        """The review with this number."""
        found = self._ask(_ONE, (review_id,))
        if not found:
            raise UnknownClaimError(f"no review has the number {review_id}")
        return _review(found[0])

    def standing(self, document_id: str) -> dict[str, Review]:
        """The reviews that stand on the facts of a document, by the ids of these."""
        return {review.fact_id: review for review in self.all(document_id) if review.stands and not review.orphaned}

    def documents(self) -> set[str]:
        """The ids of the documents that have a review."""
        return {row["document_id"] for row in self._ask("SELECT DISTINCT document_id FROM reviews", ())}

    def extracted(self, document_id: str) -> dict[str, Fact]:
        """The facts of a document as the program itself has them, in the order of the text."""
        if document_id not in self._extracted:
            facts = read_facts(self._ask, document_id)
            for review in self.standing(document_id).values():
                if review.corrected:
                    fact = facts[review.fact_id]
                    facts[review.fact_id] = fact_of(review.stated, fact.provenance, fact.confidence)
            self._extracted[document_id] = facts
        return self._extracted[document_id]

    def standing_facts(self, document_id: str) -> dict[str, Fact]:
        """The facts of a document as they stand: corrected ones as corrected, wrong ones left out."""
        judged = self.standing(document_id)
        wrong = {fact_id for fact_id, review in judged.items() if review.verdict == "wrong"}
        return {key: fact for key, fact in read_facts(self._ask, document_id).items() if key not in wrong}

    # ------------------------------------------------------------------ judging

    def add(self, document_id: str, judgement: Judgement, now: str) -> Review:
        """Note a judgement on a fact of this document and let it stand."""
        facts = self.extracted(document_id)
        fact = facts[judgement.fact]
        stated = fact_item(fact)
        judgement = settled(judgement, stated)
        if judgement.corrected.get("part_of") is not None:
            _refuse_unknown_whole(judgement.corrected["part_of"], judgement.fact, facts)
        cursor = self._change(
            "INSERT INTO reviews (fact_id, document_id, quote, stated, verdict, corrected, note, reviewer, reviewed_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(judgement.fact, document_id, _spans_json(proof(fact)), _json(stated), judgement.verdict),
                *(_json(judgement.corrected) if judgement.corrected else None, judgement.note, judgement.reviewer),
                judgement.reviewed_at or now,
            ),
        )
        self._let_stand(document_id, [judgement.fact])
        return self.one(cursor.lastrowid)

    def withdraw(self, review: Review) -> None:
        """Take a review out of the log; what was said before it stands again, or else what the program has."""
        self.extracted(review.document_id)  # learned from the log while it is whole
        self._change("DELETE FROM reviews WHERE id = ?", (review.id,))
        if not review.orphaned:
            self._let_stand(review.document_id, [review.fact_id])

    # ------------------------------------------------------------------ after a new run

    def facts_of(self, document_ids: Iterable[str]) -> dict[str, set[str]]:
        """The ids of the facts that these documents have, of those that have reviews; asked before they are forgotten.

        A fact that was there before, under the same id, is itself and never takes over the review of another.
        """
        judged = self._ask(
            "SELECT DISTINCT document_id FROM reviews WHERE document_id IN (SELECT value FROM json_each(?))",
            (_json(list(document_ids)),),
        )
        return {
            row["document_id"]: {
                fact["id"] for fact in self._ask("SELECT id FROM facts WHERE document_id = ?", (row["document_id"],))
            }
            for row in judged
        }

    def apply_to(self, former: Mapping[str, Collection[str]]) -> None:
        """Apply anew the reviews of documents just loaded; ``former`` is what ``facts_of`` said before."""
        for document_id, known in former.items():
            facts = self.extracted(document_id)
            by_fact: defaultdict[str, list[Review]] = defaultdict(list)
            for review in self.all(document_id):
                by_fact[review.fact_id].append(review)
            lost = {fact_id: reviews[-1] for fact_id, reviews in by_fact.items() if fact_id not in facts}
            fresh = {key: fact for key, fact in facts.items() if key not in by_fact and key not in known}
            found = successors({key: _judged(review) for key, review in lost.items()}, fresh)
            for former_id, fact_id in found.items():
                for review in by_fact[former_id]:
                    self._hand_over(review, fact_id, facts[fact_id])
            self._let_stand(document_id, [*(key for key in by_fact if key in facts), *found.values()])

    def _hand_over(self, review: Review, fact_id: str, fact: Fact) -> None:
        """Bind a review to the fact that the judged one has become; what it holds to be true stays the same."""
        stated, corrected = review.stated, review.corrected
        if review.truth is not None:
            # The quote of a whole goes with the extraction, unless it was this that was corrected.
            ours = {} if "part_of" in corrected else {"part_of": fact.part_of}
            stated = fact_item(fact)
            corrected = differences(stated, {**review.truth, **ours})
        self._change(
            "UPDATE reviews SET fact_id = ?, quote = ?, stated = ?, corrected = ? WHERE id = ?",
            (fact_id, _spans_json(proof(fact)), _json(stated), _json(corrected) if corrected else None, review.id),
        )

    # ------------------------------------------------------------------ what stands

    def _let_stand(self, document_id: str, fact_ids: Iterable[str]) -> None:
        """Write into the rows of facts what the log says of them."""
        extracted = self.extracted(document_id)
        (document,) = self._ask("SELECT published FROM documents WHERE id = ?", (document_id,))
        self.changed[document_id] = None
        for fact_id in fact_ids:
            log = self._ask(_OF_FACT, (fact_id,))
            review = _review(log[-1]) if log else None
            fact = extracted[fact_id]
            if review is not None and review.corrected:
                meant = {**fact_item(fact), **review.corrected}
                fact = fact_of(meant, fact.provenance, fact.confidence)
            facts = {**extracted, fact_id: fact} if fact.part_of is not None else {fact_id: fact}
            columns, places = _rows(facts, fact_id, document["published"])
            for place in places:
                self._put_place(place)
            (row,) = self._ask("SELECT place_id FROM facts WHERE id = ?", (fact_id,))
            self.places |= {place for place in (row["place_id"], columns["place_id"]) if place is not None}
            self._update(fact_id, {**columns, "verdict": None if review is None else review.verdict})

    def _update(self, fact_id: str, columns: Mapping[str, Any]) -> None:
        names = ", ".join(f"{name} = ?" for name in columns)
        self._change(f"UPDATE facts SET {names} WHERE id = ?", (*columns.values(), fact_id))  # noqa: S608 - our names
        # What a check said of the number before holds no longer.
        self._change("DELETE FROM findings WHERE fact_id = ? OR other_id = ?", (fact_id, fact_id))

    def _put_place(self, place: Mapping[str, Any]) -> None:
        marks = ", ".join("?" * len(place))
        self._change(
            f"INSERT OR IGNORE INTO places ({', '.join(place)}) VALUES ({marks})",  # noqa: S608 - our names
            tuple(place.values()),
        )


def _rows(facts: Mapping[str, Fact], fact_id: str, published: str | None) -> tuple[Row, list[Row]]:
    """The columns of one fact as loading would make them, and the place it needs; ``facts`` are those it can be of."""
    document = Document("", "", (), published=published)
    tables = rows_of(Claims(document, facts=tuple(facts.values())), Origin("", 0, 0, "", ""))
    real = dict(zip((row["id"] for row in tables["facts"]), facts, strict=True))
    row = next(row for row in tables["facts"] if real[row["id"]] == fact_id)
    columns = {name: value for name, value in row.items() if name not in _NOT_CORRECTED}
    columns["part_of_id"] = real.get(row["part_of_id"])
    return columns, [place for place in tables["places"] if place["id"] == row["place_id"]]


def settled(judgement: Judgement, stated: Mapping[str, Any]) -> Judgement:
    """The judgement in the form in which it is noted, on a fact that states this; refuses what cannot be meant."""
    return replace(
        judgement,
        corrected=_corrections(judgement, stated),
        note=_note(judgement.note),
        reviewer=_reviewer(judgement.reviewer),
    )


def _corrections(judgement: Judgement, stated: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that a judgement says are otherwise."""
    if judgement.verdict not in VERDICTS:
        raise ReviewError(f"a verdict is one of {', '.join(VERDICTS)}, not {judgement.verdict!r:.80}")
    if judgement.verdict != "corrected":
        if judgement.corrected:
            raise ReviewError(f"a fact that is {judgement.verdict} has no other values; call it corrected")
        return {}
    values = {name: checked(name, value) for name, value in judgement.corrected.items()}
    corrected = differences(stated, {**stated, **values})
    if not corrected:
        raise ReviewError("a corrected fact needs a field that is otherwise than the program has it")
    return corrected


def _refuse_unknown_whole(quote: str, fact_id: str, facts: Mapping[str, Fact]) -> None:
    part = Fact("", "", facts[fact_id].provenance, part_of=quote)
    if _rows({**facts, fact_id: part}, fact_id, None)[0]["part_of_id"] is None:
        raise ReviewError(f"part_of {quote!r:.80} is the quote of no other fact of this document")


def _judged(review: Review) -> Judged:
    measures = {review.stated["measure"], (review.truth or review.stated)["measure"]}
    return Judged(review.quote, review.stated, frozenset(measures))


def _note(text: str | None) -> str | None:
    note = storable(text or "").strip()
    if len(note) > _LONGEST_NOTE:
        raise ReviewError(f"the note has {len(note)} signs; {_LONGEST_NOTE} are the most")
    return note or None


def _reviewer(name: str) -> str:
    reviewer = " ".join(storable(name).split())
    if not reviewer or len(reviewer) > _LONGEST_REVIEWER:
        raise ReviewError(f"a review needs the name of its reviewer, of at most {_LONGEST_REVIEWER} signs")
    return reviewer


def _review(row: Row) -> Review:
    parts = {name: json.loads(row[name] or "{}") for name in ("stated", "corrected")}
    quote = tuple(Span(*piece) for piece in json.loads(row["quote"]))
    flags = {name: bool(row[name]) for name in ("orphaned", "stands")}
    return Review(**{**row, **parts, **flags, "quote": quote})


def _spans_json(spans: Iterable[Span]) -> str:
    return _json([(span.start, span.end, span.text) for span in spans])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
