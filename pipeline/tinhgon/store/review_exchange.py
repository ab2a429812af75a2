"""Reviews out as gold records, and in from records made elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tinhgon.records import Document, Fact, Span
from tinhgon.store.base import FactBase
from tinhgon.store.export import fact_item
from tinhgon.store.review_fields import FIELDS, NUMBERS, checked, complete, differences
from tinhgon.store.review_finding import proof, share_words
from tinhgon.store.reviews import Judgement, Review, ReviewError, settled

Item = Mapping[str, Any]

# What the codebook lets a record leave out.
_DEFAULTS = {"modifier": "exact", "status": "achieved"}


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of reviews that came from elsewhere."""

    noted: tuple[Review, ...]
    unchanged: int  # said already, or judged again since
    missed: tuple[str, ...]  # facts that the program has not found, each as "document: quote"
    problems: tuple[str, ...]  # what could not be noted, and why


# ---------------------------------------------------------------- out


def gold_records(base: FactBase, *, complete_only: bool = False) -> Iterator[dict[str, Any]]:
    """One codebook record for each document with a review: its facts that people held to be true, as they stand.

    Facts found wrong are left out, and so are those nobody has looked at; what was held to be true and is no longer
    found is there, so that its loss shows. The other layers are left out: nobody has judged them. ``complete_only``
    keeps to documents all of whose facts are reviewed, which alone are gold for what is *not* there.
    """
    log: dict[str, list[Review]] = {}
    for review in base.reviews():
        log.setdefault(review.document_id, []).append(review)
    for document_id, reviews in sorted(log.items()):
        claims = base.claims(document_id)
        judged = {review.fact_id: review for review in reviews if review.stands}
        if claims is None or (complete_only and not judged.keys() >= base.facts(document_id).keys()):
            continue
        document = claims.document
        yield {
            "id": document_id,
            "title": document.title,
            "published": document.published,
            "source": document.source,
            "facts": _held_true(base.facts(document_id), judged),
        }


def _held_true(facts: Mapping[str, Fact], judged: Mapping[str, Review]) -> list[dict[str, Any]]:
    true = {key for key, review in judged.items() if review.verdict != "wrong"}
    items = [fact_item(fact) for key, fact in facts.items() if key in true]
    for key, review in judged.items():
        lost = review.truth if key in true and review.orphaned else None
        if lost is not None and all(differences(item, lost) for item in items):
            items.append({**review.stated, **review.corrected})
    return items


# ---------------------------------------------------------------- in


def from_gold(base: FactBase, records: Iterable[Any], *, reviewer: str, rest_wrong: bool = False) -> Imported:
    """Note as reviews what records made by hand say of the facts of the same documents.

    A fact that a record has too is right; one that stands on the same words of the text, and that the record has
    otherwise, is corrected. ``rest_wrong`` says that the records are complete: what they do not have is wrong.
    """
    judgements: list[Judgement] = []
    missed: list[str] = []
    problems: list[str] = []
    for record in records:
        try:
            verdicts, without_fact = _compared(base, record, rest_wrong=rest_wrong)
        except ReviewError as error:
            problems.append(str(error))
            continue
        missed += without_fact
        judgements += [Judgement(key, verdict, reviewer, corrected) for key, verdict, corrected in verdicts]
    return noted(base, judgements, missed, problems)


def _compared(
    base: FactBase, record: Any, *, rest_wrong: bool
) -> tuple[list[tuple[str, str, dict[str, Any]]], list[str]]:
    """What a record says of each fact of its document (id, verdict, fields that are otherwise), and what is missed."""
    document_id, items = _read_record(record)
    claims = base.claims(document_id)
    if claims is None:
        raise ReviewError(f"{document_id}: the fact base has no such document")
    facts = base.facts(document_id, as_extracted=True)
    counterparts = _counterparts(items, facts, claims.document)
    wholes = {_quote_text(items[n]): fact_item(facts[key])["quote"] for n, key in counterparts.items()}
    verdicts: list[tuple[str, str, dict[str, Any]]] = []
    for n, key in counterparts.items():
        corrected = differences(fact_item(facts[key]), _with_our_whole(items[n], facts[key], wholes))
        verdicts.append((key, "corrected" if corrected else "right", corrected))
    if rest_wrong:
        verdicts += [(key, "wrong", {}) for key in facts if key not in counterparts.values()]
    missed = [f"{document_id}: {_quote_text(item)}" for n, item in enumerate(items) if n not in counterparts]
    return verdicts, missed


def noted(
    base: FactBase, judgements: Iterable[Judgement], missed: Iterable[str] = (), problems: Iterable[str] = ()
) -> Imported:
    """Note the judgements that can be and that say something new, in one transaction."""
    said: dict[str, Judgement | Review] = {
        review.fact_id: review for review in base.reviews() if review.stands and not review.orphaned
    }
    fresh: list[Judgement] = []
    refused = list(problems)
    unchanged = 0
    extracted = _Extracted(base)
    for told in judgements:
        try:
            judgement = settled(told, fact_item(extracted.fact(told.fact)))
        except ReviewError as error:
            refused.append(f"{told.fact}: {error}")
            continue
        before = said.get(judgement.fact)
        if before is not None and not _is_news(judgement, before):
            unchanged += 1
            continue
        said[judgement.fact] = judgement
        fresh.append(judgement)
    reviews = base.review_all(fresh) if fresh else []
    return Imported(tuple(reviews), unchanged, tuple(missed), tuple(refused))


class _Extracted:
    """The facts as the program has them, read once a document."""

    def __init__(self, base: FactBase) -> None:
        self._base = base
        self._facts: dict[str, Fact] = {}

    def fact(self, fact_id: str) -> Fact:
        if fact_id not in self._facts:
            for row in self._base.rows("SELECT document_id FROM facts WHERE id = ?", (fact_id,)):
                self._facts |= self._base.facts(row["document_id"], as_extracted=True)
        if fact_id not in self._facts:
            raise ReviewError("the fact base has no such fact; export the tasks again after a new run")
        return self._facts[fact_id]


def _is_news(judgement: Judgement, before: Judgement | Review) -> bool:
    """Whether a judgement says something else than what stands, and was not made before it."""
    if judgement.reviewed_at is not None and judgement.reviewed_at < (before.reviewed_at or ""):
        return False
    said = before.verdict, dict(before.corrected), before.note
    return (judgement.verdict, dict(judgement.corrected), judgement.note or before.note) != said


def utc(moment: object) -> str | None:
    """A moment in ISO form as the log writes it, never later than now; ``None`` where it is none.

    >>> utc("2021-03-09T22:16:08.728353Z"), utc("hôm qua")
    ('2021-03-09T22:16:08+00:00', None)
    """
    if not isinstance(moment, str):
        return None
    try:
        told = datetime.fromisoformat(moment)
        aware = told if told.tzinfo is not None else told.replace(tzinfo=UTC)
        return min(aware.astimezone(UTC), datetime.now(UTC)).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return None


# ---------------------------------------------------------------- which fact of the program a record's fact is


def _read_record(record: Any) -> tuple[str, list[dict[str, Any]]]:
    if not isinstance(record, dict) or not isinstance(record.get("id"), str):
        raise ReviewError("a record without an 'id': each names the document it is of")
    facts = record.get("facts") or []
    if not isinstance(facts, list) or not all(isinstance(item, dict) for item in facts):
        raise ReviewError(f"{record['id']}: 'facts' is no list of facts")
    try:
        return record["id"], [_read_item(item) for item in facts]
    except ReviewError as error:
        raise ReviewError(f"{record['id']}: {error}") from error


def _read_item(item: Item) -> dict[str, Any]:
    plain = {**complete(item), **{name: item.get(name) or default for name, default in _DEFAULTS.items()}}
    pieces = item.get("quote") or []
    quote = [pieces] if isinstance(pieces, str) else pieces
    if not isinstance(quote, list) or not all(isinstance(piece, str) for piece in quote):
        raise ReviewError("a quote is a text, or a list of texts")
    return {**{name: checked(name, plain[name]) for name in FIELDS}, "quote": quote}


def _counterparts(items: Sequence[Item], facts: Mapping[str, Fact], document: Document) -> dict[int, str]:
    """The program's fact for each of a record's facts that has one: first those that say the same, then the likest."""
    likely = []
    quotes = [[span for piece in item["quote"] for span in _located(piece, document.text)] for item in items]
    for n, item in enumerate(items):
        for order, (key, fact) in enumerate(facts.items()):
            likeness = _likeness(item, fact, quotes[n])
            if likeness is not None:
                likely.append((likeness, -n, -order, key))
    found: dict[int, str] = {}
    for _, n, _, key in sorted(likely, reverse=True):
        if -n not in found and key not in found.values():
            found[-n] = key
    return dict(sorted(found.items()))


def _likeness(item: Item, fact: Fact, quote: Sequence[Span]) -> tuple[int, ...] | None:
    """How like a record's fact is to one of the program's; ``None`` where they are not of the same words.

    Where a record quotes another place of the text, which tells the same, all its numbers have to agree.
    """
    stated = fact_item(fact)
    other = {name for name in differences(stated, item) if name != "part_of"}
    words = share_words(quote, (*proof(fact), *fact.provenance.retold))
    shared = sum(item[name] is not None and name not in other for name in NUMBERS)
    same_measure = "measure" not in other
    if not other or (words and (same_measure or shared)):
        return not other, words, same_measure, shared, -len(other)
    if shared and not other & {"measure", "object", *NUMBERS}:
        return False, False, True, shared, -len(other)
    return None


def _located(piece: str, text: str) -> list[Span]:
    """Where a quoted piece stands in the text, however its words are spaced."""
    words = piece.split()
    if not words:
        return []
    found = re.finditer(r"\s+".join(map(re.escape, words)), text)
    return [Span(match.start(), match.end(), match[0]) for match in found]


def _with_our_whole(item: Item, fact: Fact, wholes: Mapping[str, Any]) -> dict[str, Any]:
    """The record's fact with the whole it is a part of named by the program's quote, or left as the program has it."""
    if item["part_of"] is None:
        return {**item, "part_of": None}
    ours = wholes.get(_plain(item["part_of"]), fact.part_of)
    return {**item, "part_of": " … ".join(ours) if isinstance(ours, list) else ours}


def _quote_text(item: Item) -> str:
    return _plain(" … ".join(item["quote"]))


def _plain(text: str) -> str:
    return " ".join(text.split())
