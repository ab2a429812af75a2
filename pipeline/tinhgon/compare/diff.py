"""Two fact bases of one archive side by side: which facts a change of code or patterns gains, loses and changes."""

from __future__ import annotations

import heapq
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from tinhgon.compare.matching import Change, Finding, Matched, match
from tinhgon.store import FactBase

_PAGE = 1000
_FIRST_IDS = "SELECT id FROM documents ORDER BY id LIMIT :page"
_NEXT_IDS = "SELECT id FROM documents WHERE id > :last ORDER BY id LIMIT :page"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many facts are the same, gained, lost and changed."""

    same: int = 0
    gained: int = 0
    lost: int = 0
    changed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.same + other.same,
            self.gained + other.gained,
            self.lost + other.lost,
            self.changed + other.changed,
        )


@dataclass(frozen=True, slots=True)
class Differences:
    """What the new base has otherwise than the old one. All facts are counted; those listed may be fewer."""

    documents: int  # in both bases: the facts of these are compared
    differing_documents: int  # of these, with facts gained, lost or changed
    only_in_old: tuple[str, ...]  # ids of documents
    only_in_new: tuple[str, ...]
    measures: Mapping[str, Tally]  # a changed fact counts under its old measure
    gained: tuple[Finding, ...]
    lost: tuple[Finding, ...]
    changed: tuple[Change, ...]

    @property
    def total(self) -> Tally:
        return sum(self.measures.values(), Tally())

    @property
    def equal(self) -> bool:
        return not (self.differing_documents or self.only_in_old or self.only_in_new)

    def as_dict(self) -> dict[str, Any]:
        """The differences as plain values, for JSON."""
        return {
            "documents": self.documents,
            "differing_documents": self.differing_documents,
            "only_in_old": list(self.only_in_old),
            "only_in_new": list(self.only_in_new),
            "total": asdict(self.total),
            "measures": {measure: asdict(tally) for measure, tally in self.measures.items()},
            "gained": [finding.as_dict() for finding in self.gained],
            "lost": [finding.as_dict() for finding in self.lost],
            "changed": [change.as_dict() for change in self.changed],
        }


def diff(old: FactBase, new: FactBase, *, limit: int | None = None) -> Differences:
    """Compare the facts of the documents that both bases have, in the order of their ids.

    A fact that says the same in both is the same, wherever in its document it stands. Of the others, an old and a new
    one that share measure and a number, or whose quotes overlap in the text, are one fact that changed. What then is
    left was lost or gained. ``limit`` is the most to list of each kind. No archive is too large: facts are read
    one document at a time, and only what is listed is kept.

    >>> from tinhgon.records import Claims, Document, Fact, Provenance, Span
    >>> text = "Bến Tre có 98/127 ấp bí thư kiêm trưởng ấp."
    >>> why = Provenance((Span(11, 20, text[11:20]),), Span(0, len(text), text))
    >>> def base_with(fact):
    ...     base = FactBase.open(":memory:", create=True)
    ...     claims = Claims(Document("ben-tre", text, ()), facts=(fact,))
    ...     base.add([claims], run=base.begin_run("0.1.0", "", []), patterns_hash="", version="0.1.0")
    ...     return base
    >>> before = Fact("concurrent_posts", "hamlet", why, value=98)
    >>> after = Fact("concurrent_posts", "hamlet", why, value=98, total=127)
    >>> with base_with(before) as old, base_with(after) as new:
    ...     differences = diff(old, new)
    >>> differences.total, differences.changed[0].fields
    (Tally(same=0, gained=0, lost=0, changed=1), (FieldChange(name='total', old=None, new=127),))
    """
    most = sys.maxsize if limit is None else limit
    only_in: dict[str, list[str]] = {"old": [], "new": []}
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    gained: list[Finding] = []
    lost: list[Finding] = []
    changed: list[Change] = []
    documents = differing = 0
    for document_id, sides in _documents(old, new):
        if len(sides) == 1:
            only_in[sides[0]].append(document_id)
            continue
        documents += 1
        matched = _matched(document_id, old, new)
        _count(matched, counts)
        differing += not matched.equal
        gained += matched.gained
        lost += matched.lost
        changed += matched.changed
        del gained[most:], lost[most:], changed[most:]
    return Differences(
        documents=documents,
        differing_documents=differing,
        only_in_old=tuple(only_in["old"]),
        only_in_new=tuple(only_in["new"]),
        measures={measure: Tally(**kinds) for measure, kinds in sorted(counts.items())},
        gained=tuple(gained),
        lost=tuple(lost),
        changed=tuple(changed),
    )


def _documents(old: FactBase, new: FactBase) -> Iterator[tuple[str, list[str]]]:
    """All ids of documents in their order, each with the sides that have it."""
    for document_id, group in groupby(heapq.merge(_ids(old, "old"), _ids(new, "new")), key=itemgetter(0)):
        yield document_id, [side for _, side in group]


def _ids(base: FactBase, side: str) -> Iterator[tuple[str, str]]:
    """The ids of a base page by page, each with the side; SQLite sorts them as Python does, by code points."""
    page = base.rows(_FIRST_IDS, {"page": _PAGE})
    while page:
        yield from ((row["id"], side) for row in page)
        page = base.rows(_NEXT_IDS, {"page": _PAGE, "last": page[-1]["id"]})


def _matched(document_id: str, old: FactBase, new: FactBase) -> Matched:
    same_text = _text(old, document_id) == _text(new, document_id)
    return match(_findings(old, document_id), _findings(new, document_id), same_text=same_text)


def _findings(base: FactBase, document_id: str) -> list[Finding]:
    return [Finding(document_id, fact_id, fact) for fact_id, fact in base.facts(document_id, as_extracted=True).items()]


def _text(base: FactBase, document_id: str) -> str:
    (row,) = base.rows("SELECT text FROM documents WHERE id = ?", (document_id,))
    return str(row["text"])


def _count(matched: Matched, counts: Mapping[str, Counter[str]]) -> None:
    changed = [change.old for change in matched.changed]
    kinds = {"same": matched.same, "gained": matched.gained, "lost": matched.lost, "changed": changed}
    for kind, findings in kinds.items():
        for finding in findings:
            counts[finding.fact.measure][kind] += 1
