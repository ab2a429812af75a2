"""Claims in short, so that a case is one line: a fact is written as "measure object slot=number ..."."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from tinhgon.extract import Extractor
from tinhgon.records import Area, Claims, Document, Fact

SLOTS = ("value", "value_max", "total", "percent", "percent_max", "attainment", "before", "after")
# What all documents of these tests are about, so that a sentence alone stands on the topic.
TITLE = "Tinh gọn bộ máy, sáp nhập đầu mối"


@dataclass
class StandInJudge:
    """Doubts the candidates that have one of the signals named, and keeps the signals of all it was asked about."""

    doubts: tuple[str, ...] = ()
    asked: list[dict[str, float]] = field(default_factory=list)

    def __call__(self, signals: Mapping[str, float]) -> float:
        self.asked.append(dict(signals))
        return 0.0 if any(signals.get(name) for name in self.doubts) else 1.0


def fact_line(fact: Fact) -> str:
    """The measure, the object and every number of a fact: "concurrent_posts commune value=10 total=21"."""
    numbers = [f"{slot}={number:.12g}" for slot in SLOTS if (number := getattr(fact, slot)) is not None]
    return " ".join([fact.measure, fact.object, *numbers])


def area_line(area: Area) -> str:
    """ "Cẩm Sơn < Mỏ Cày Nam < Bến Tre"; empty for the whole country."""
    return " < ".join(name for name in (area.commune, area.district, area.province) if name)


@pytest.fixture(scope="session")
def claims_of(extractor: Extractor, document_of: Callable[..., Document]) -> Callable[..., Claims]:
    """``claims_of(text, date=..., title=..., province=...)``: all that a few lines claim under a title on the topic."""
    return lambda text, **about: extractor.claims(document_of(text, **{"title": TITLE, **about}))


@pytest.fixture(scope="session")
def facts_of(claims_of: Callable[..., Claims]) -> Callable[..., list[str]]:
    """``facts_of(text)``: the facts of a text, each in one line."""
    return lambda text, **about: [fact_line(fact) for fact in claims_of(text, **about).facts]


@pytest.fixture(scope="session")
def fact_of(claims_of: Callable[..., Claims]) -> Callable[..., Fact]:
    """``fact_of(text)``: the one fact of a text."""

    def one(text: str, **about: str | None) -> Fact:
        facts = claims_of(text, **about).facts
        assert len(facts) == 1, [fact_line(fact) for fact in facts]
        return facts[0]

    return one


@pytest.fixture(scope="session")
def in_short() -> Callable[[Area], str]:
    """``in_short(area)``: an area by its names, the narrowest first."""
    return area_line


@pytest.fixture
def judged_by(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> Callable[..., StandInJudge]:
    """``judged_by("object=hamlet")``: for one test, a judge that doubts what has such a signal."""

    def judge(*doubts: str) -> StandInJudge:
        stand_in = StandInJudge(doubts)
        monkeypatch.setattr(extractor.assembler, "judge", stand_in)
        return stand_in

    return judge
