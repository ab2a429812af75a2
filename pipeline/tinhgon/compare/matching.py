"""Which fact of one run is which of another: the facts of one document, as two runs found them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from tinhgon.records import Fact, Span
from tinhgon.store.export import fact_item


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact, and where it is kept."""

    document_id: str
    fact_id: str
    fact: Fact

    @property
    def content(self) -> Mapping[str, Any]:
        """What it says, field by field as in the export but for the quote; lists sorted, since any order says the same.

        What is not looked at: id, place in the text, patterns, cues and confidence.
        """
        said = {name: value for name, value in fact_item(self.fact).items() if name != "quote"}
        return {name: tuple(sorted(value)) if isinstance(value, list) else value for name, value in said.items()}

    def as_dict(self) -> dict[str, Any]:
        """The fact as the export has it, with where it is kept and its sentence."""
        sentence = self.fact.provenance.sentence.text
        return {"document": self.document_id, "fact": self.fact_id, **fact_item(self.fact), "sentence": sentence}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that says something else than before; ``None`` where it said or says nothing."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Change:
    """A fact of the old run and what has become of it in the new one."""

    old: Finding
    new: Finding

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """What it says otherwise than before, in the order of the export."""
        old, new = self.old.content, self.new.content
        names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
        return tuple(FieldChange(name, old.get(name), new.get(name)) for name in names)

    def as_dict(self) -> dict[str, Any]:
        fields = {field.name: {"old": field.old, "new": field.new} for field in self.fields}
        return {"fields": fields, "old": self.old.as_dict(), "new": self.new.as_dict()}


@dataclass(frozen=True, slots=True)
class Matched:
    """The facts of one document, told apart; of those that are the same, the old ones."""

    same: Sequence[Finding]
    gained: Sequence[Finding]
    lost: Sequence[Finding]
    changed: Sequence[Change]

    @property
    def equal(self) -> bool:
        return not (self.gained or self.lost or self.changed)


def match(old: Sequence[Finding], new: Sequence[Finding], *, same_text: bool) -> Matched:
    """Tell the facts of one document apart; with ``same_text``, offsets of both sides are of one text.

    >>> from tinhgon.records import Provenance
    >>> text = "Bến Tre giảm 10 xã"
    >>> why = Provenance((Span(13, 18, "10 xã"),), Span(0, len(text), text))
    >>> plan = Finding("ben-tre", "1", Fact("reduction", "commune", why, before=10, status="planned"))
    >>> deed = Finding("ben-tre", "2", Fact("reduction", "commune", why, value=10))
    >>> [change.fields for change in match([plan], [deed], same_text=True).changed]
    [(FieldChange(name='value', old=None, new=10), FieldChange(name='before', old=10, new=None),
      FieldChange(name='status', old='planned', new='achieved'))]
    """
    # Of twins, of which one side has more, those in the same place go together: the odd one is told as lost or gained.
    odd_old, odd_new = _unpaired(old, new, lambda finding: (_said(finding), finding.fact.provenance.quote))
    odd_old, odd_new = _unpaired(odd_old, odd_new, _said)
    changed = _changes(odd_old, odd_new, same_text=same_text)
    return Matched(
        same=_without(old, odd_old),
        gained=_without(odd_new, [change.new for change in changed]),
        lost=_without(odd_old, [change.old for change in changed]),
        changed=changed,
    )


def _said(finding: Finding) -> Hashable:
    return tuple(finding.content.items())


def _unpaired(
    old: Sequence[Finding], new: Sequence[Finding], key: Callable[[Finding], Hashable]
) -> tuple[list[Finding], list[Finding]]:
    """What is left of both sides when facts of one key have gone in pairs, the first with the first."""
    pairs = Counter(map(key, old)) & Counter(map(key, new))
    return _beyond(pairs, old, key), _beyond(pairs, new, key)


def _beyond(
    pairs: Mapping[Hashable, int], findings: Sequence[Finding], key: Callable[[Finding], Hashable]
) -> list[Finding]:
    """The findings that come after as many of their key as there are pairs."""
    paired: Counter[Hashable] = Counter()
    beyond = []
    for finding in findings:
        if paired[key(finding)] < pairs.get(key(finding), 0):
            paired[key(finding)] += 1
        else:
            beyond.append(finding)
    return beyond


def _without(findings: Sequence[Finding], others: Sequence[Finding]) -> list[Finding]:
    ids = {other.fact_id for other in others}
    return [finding for finding in findings if finding.fact_id not in ids]


def _changes(old: Sequence[Finding], new: Sequence[Finding], *, same_text: bool) -> list[Change]:
    """Each old fact with the new one it has become, the likest joined first; in the order of the old ones."""
    likely = []
    for o, before in enumerate(old):
        for n, after in enumerate(new):
            overlap = same_text and _overlap(_proof(before.fact), _proof(after.fact))
            agreeing = before.content.items() & after.content.items()
            shared = _numbers_of_one_measure(agreeing)
            if overlap or shared:
                likely.append(((overlap, shared, len(agreeing)), o, n))
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for _, o, n in sorted(likely, key=itemgetter(0), reverse=True):
        if o not in partners and n not in taken:
            partners[o] = n
            taken.add(n)
    return [Change(old[o], new[n]) for o, n in sorted(partners.items())]


def _numbers_of_one_measure(agreeing: Set[tuple[str, Any]]) -> int:
    """How many numbers two facts share; none where their measures differ."""
    if not any(name == "measure" for name, _ in agreeing):
        return 0
    return sum(isinstance(value, (int, float)) for _, value in agreeing)


def _proof(fact: Fact) -> tuple[Span, ...]:
    """The proving words; a fact without any is proved by its sentence."""
    return fact.provenance.quote or (fact.provenance.sentence,)


def _overlap(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(one.start < other.end and other.start < one.end for one in some for other in others)
