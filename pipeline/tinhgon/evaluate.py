"""The program's records against gold records: precision, recall and F1 per layer, and what was missed or made up.

Both sides are records in the form of the export (one mapping per document). What counts as "the same" item is
decided by a key per layer: names are compared without case, type word and tone placement, numbers to three
decimals. Facts count one to one; of the other layers a thing counts once however often it is told.

>>> gold = [{"id": "a", "resolutions": [{"symbol": "18-NQ/TW"}, {"symbol": "02-NQ/TU"}]}]
>>> found = [{"id": "a", "resolutions": [{"symbol": "18-nq/tw"}]}]
>>> evaluate(found, gold).layers["resolutions"].recall
0.5
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Item = Mapping[str, Any]
Record = Mapping[str, Any]

NUMBERS = ("value", "total", "percent", "attainment", "before", "after")
TYPE_WORDS = (
    "tỉnh", "thành phố", "tp", "tp.", "huyện", "quận", "thị xã", "tx", "tx.", "xã", "phường", "thị trấn", "tt", "tt.",
    "đặc khu", "thôn", "ấp", "khu phố", "bản", "buôn", "làng", "tổ dân phố",
)  # fmt: skip
# "Quận 1" keeps its type word: the number alone is no name.
_LEADING_TYPE_WORD = re.compile(rf"^(?:{'|'.join(map(re.escape, TYPE_WORDS))})\s+(?!\d)")
_TONE_MARKS = frozenset("\N{COMBINING GRAVE ACCENT}\N{COMBINING ACUTE ACCENT}\N{COMBINING HOOK ABOVE}"
                        "\N{COMBINING TILDE}\N{COMBINING DOT BELOW}")  # fmt: skip
# Of "MTTQ Việt Nam", which half of the texts leave out.
_UNTELLING = frozenset({"nam"})
_LEAST_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class LayerScore:
    """How one layer did over all documents."""

    found: int
    predicted: int
    expected: int

    @property
    def precision(self) -> float:
        if self.predicted:
            return self.found / self.predicted
        return 0.0 if self.expected else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: LayerScore) -> LayerScore:
        return LayerScore(self.found + other.found, self.predicted + other.predicted, self.expected + other.expected)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What one document's output and gold do not share in one layer: the items themselves, quotes and all."""

    document: str
    layer: str
    missed: tuple[Item, ...]
    spurious: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    documents: int
    without_output: tuple[str, ...]
    layers: Mapping[str, LayerScore]
    aligned_facts: int
    attributes: Mapping[str, float]  # share right on the aligned facts
    disagreements: tuple[Disagreement, ...]

    def below(self, floors: Mapping[str, float]) -> dict[str, tuple[float, float]]:
        """The layers whose F1 lies under its floor: layer -> (F1, floor)."""
        return {
            layer: (self.layers[layer].f1, floor)
            for layer, floor in floors.items()
            if round(self.layers[layer].f1, 4) < floor
        }

    def as_dict(self) -> dict[str, Any]:
        """The evaluation as plain values, for JSON."""
        return {
            "documents": self.documents,
            "missing_documents": list(self.without_output),
            "layers": {
                name: {
                    "precision": round(score.precision, 4),
                    "recall": round(score.recall, 4),
                    "f1": round(score.f1, 4),
                    "tp": score.found,
                    "pred": score.predicted,
                    "gold": score.expected,
                }
                for name, score in self.layers.items()
            },
            "aligned_facts": self.aligned_facts,
            "attribute_accuracy": {name: round(share, 4) for name, share in self.attributes.items()},
            "errors": [
                {"id": d.document, "layer": d.layer, "missed": list(d.missed), "spurious": list(d.spurious)}
                for d in self.disagreements
            ],
        }


# ---------------------------------------------------------------- what makes two items the same


def comparable_name(name: object) -> str:
    """A name stripped of what spelling varies: case, leading type word, place of the tone mark.

    >>> comparable_name("Xã Hoà Bình") == comparable_name("Hòa Bình")
    True
    """
    if not name:
        return ""
    plain = unicodedata.normalize("NFC", str(name)).strip().lower()
    plain = _LEADING_TYPE_WORD.sub("", plain)
    return " ".join(_tone_last(syllable) for syllable in re.findall(r"\w+", plain))


def _tone_last(syllable: str) -> str:
    marks = unicodedata.normalize("NFD", syllable)
    letters = "".join(mark for mark in marks if mark not in _TONE_MARKS)
    tone = "".join(mark for mark in marks if mark in _TONE_MARKS)
    return unicodedata.normalize("NFC", letters) + tone


def _symbol(text: object) -> str:
    plain = unicodedata.normalize("NFC", str(text or "")).upper().replace(" ", "")
    return re.sub(r"^0+(?=\d)", "", plain)


def _roles(item: Item) -> frozenset[str]:
    return frozenset(item.get("roles") or ())


def _place(item: Item) -> tuple[str, ...]:
    return tuple(comparable_name(item.get(tier)) for tier in ("province", "district", "commune"))


def _numbers(fact: Item) -> tuple[float | None, ...]:
    return tuple(None if fact.get(name) is None else round(float(fact[name]), 3) for name in NUMBERS)


def _measure_and_numbers(fact: Item) -> Hashable:
    return fact.get("measure"), _numbers(fact)


def _whole_fact(fact: Item) -> Hashable:
    counted = fact.get("object")
    # Staff and money sit at no one tier, so their level is not compared.
    level = None if counted in ("payroll", "money") else fact.get("level")
    return _measure_and_numbers(fact), counted, _roles(fact), level, _place(fact), _status(fact)


def _status(fact: Item) -> str:
    return fact.get("status") or "achieved"


def _party_words(merger: Item) -> tuple[str, ...]:
    telling = (set(comparable_name(party).split()) - _UNTELLING for party in merger.get("parties") or ())
    return tuple(sorted(" ".join(sorted(words)) for words in telling))


def _same_parties(expected: tuple[str, ...], predicted: tuple[str, ...]) -> bool:
    """Whether the parties pair off one to one, each pair sharing at least half of its words."""
    if len(expected) != len(predicted):
        return False
    free = [frozenset(party.split()) for party in predicted]
    for party in expected:
        words = frozenset(party.split())
        nearest = max(free, key=lambda other: _overlap(words, other))
        if _overlap(words, nearest) < _LEAST_OVERLAP:
            return False
        free.remove(nearest)
    return True


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, len(a | b))


@dataclass(frozen=True, slots=True)
class Layer:
    """One view of a record that is scored on its own."""

    name: str
    section: str  # the record's field it looks at
    key: Callable[[Item], Any]
    takes: Callable[[Item], bool] = lambda item: True
    same: Callable[[Any, Any], bool] = lambda expected, predicted: bool(expected == predicted)
    repeats: bool = False  # whether the same thing told twice counts twice

    def items(self, record: Record) -> list[tuple[Any, Item]]:
        keyed = [(self.key(item), item) for item in record.get(self.section) or () if self.takes(item)]
        if self.repeats:
            return keyed
        first: dict[Hashable, Item] = {}
        for key, item in keyed:
            first.setdefault(key, item)
        return list(first.items())


LAYERS = (
    Layer("resolutions", "resolutions", lambda item: _symbol(item.get("symbol"))),
    Layer("localities", "localities", _place, takes=lambda item: item.get("level") != "hamlet"),
    Layer("pairings", "pairings", lambda item: (_roles(item), item.get("level"))),
    Layer(
        "holders",
        "holders",
        lambda item: (comparable_name(item.get("name")), _roles(item)),
        takes=lambda item: item.get("basis", "explicit") == "explicit",
    ),
    Layer(
        "holders_titles",
        "holders",
        lambda item: (comparable_name(item.get("name")), _roles(item)),
        takes=lambda item: item.get("basis") == "titles",
    ),
    Layer("mergers", "mergers", _party_words, same=_same_parties),
    Layer("facts_core", "facts", _measure_and_numbers, repeats=True),
    Layer("facts_full", "facts", _whole_fact, repeats=True),
)

# Looked at on aligned facts, so that a wrong date shows up as a wrong date and not as a missed fact.
ATTRIBUTES: Mapping[str, Callable[[Item], Hashable]] = {
    "numbers": _numbers,
    "object": lambda fact: fact.get("object"),
    "roles": _roles,
    "level": lambda fact: fact.get("level"),
    "province": lambda fact: comparable_name(fact.get("province")),
    "district": lambda fact: comparable_name(fact.get("district")),
    "commune": lambda fact: comparable_name(fact.get("commune")),
    "status": _status,
    "modifier": lambda fact: fact.get("modifier") or "exact",
    "as_of": lambda fact: str(fact.get("as_of") or ""),
    "since": lambda fact: str(fact.get("since") or ""),
    "baseline": lambda fact: str(fact.get("baseline") or ""),
    "resolutions": lambda fact: frozenset(_symbol(symbol) for symbol in fact.get("resolutions") or ()),
}


# ---------------------------------------------------------------- comparing


def evaluate(predicted: Iterable[Record], gold: Iterable[Record]) -> Evaluation:
    """Compare the program's records with the gold records; documents that have no gold are left aside."""
    found = {record["id"]: record for record in predicted}
    expected = {record["id"]: record for record in gold}
    totals = {layer.name: LayerScore(0, 0, 0) for layer in LAYERS}
    right = dict.fromkeys(ATTRIBUTES, 0)
    disagreements: list[Disagreement] = []
    aligned = 0
    for document, gold_record in expected.items():
        record = found.get(document, {})
        for layer in LAYERS:
            score, missed, spurious = _match(layer, record, gold_record)
            totals[layer.name] += score
            if missed or spurious:
                disagreements.append(Disagreement(document, layer.name, missed, spurious))
        for gold_fact, fact in align(record.get("facts") or (), gold_record.get("facts") or ()):
            aligned += 1
            for name, attribute in ATTRIBUTES.items():
                right[name] += attribute(gold_fact) == attribute(fact)
    return Evaluation(
        documents=len(expected),
        without_output=tuple(sorted(set(expected) - set(found))),
        layers=totals,
        aligned_facts=aligned,
        attributes={name: count / aligned for name, count in right.items()} if aligned else {},
        disagreements=tuple(disagreements),
    )


def _match(layer: Layer, record: Record, gold: Record) -> tuple[LayerScore, tuple[Item, ...], tuple[Item, ...]]:
    """Pair each expected item with the first free predicted one that is the same."""
    free = layer.items(record)
    expected = layer.items(gold)
    predicted = len(free)
    missed = []
    for key, item in expected:
        place = next((i for i, (other, _) in enumerate(free) if layer.same(key, other)), None)
        if place is None:
            missed.append(item)
        else:
            del free[place]
    score = LayerScore(found=len(expected) - len(missed), predicted=predicted, expected=len(expected))
    return score, tuple(missed), tuple(item for _, item in free)


def align(facts: Sequence[Item], gold_facts: Sequence[Item]) -> list[tuple[Item, Item]]:
    """Pairs (gold, predicted) of facts that share the measure and at least one number, the likest first."""
    candidates = []
    for g, gold_fact in enumerate(gold_facts):
        for p, fact in enumerate(facts):
            likeness = _likeness(gold_fact, fact)
            if likeness:
                candidates.append((likeness, g, p))
    pairs: list[tuple[Item, Item]] = []
    taken_gold: set[int] = set()
    taken: set[int] = set()
    for _, g, p in sorted(candidates, reverse=True):
        if g not in taken_gold and p not in taken:
            taken_gold.add(g)
            taken.add(p)
            pairs.append((gold_facts[g], facts[p]))
    return pairs


def _likeness(gold: Item, fact: Item) -> int:
    if gold.get("measure") != fact.get("measure"):
        return 0
    both = list(zip(_numbers(gold), _numbers(fact), strict=True))
    shared = sum(a is not None and a == b for a, b in both)
    if not shared:
        return 0
    # A shared number outweighs all agreement in what surrounds it.
    return (
        10 * shared
        + sum(a == b for a, b in both)
        + (_roles(gold) == _roles(fact))
        + (_place(gold) == _place(fact))
        + (gold.get("object") == fact.get("object"))
    )
