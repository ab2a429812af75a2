"""Claims in short, so that a case is one line: a fact is written as "measure object slot=number ..."."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.records import Area, Claims, Fact

SLOTS = ("value", "value_max", "total", "percent", "percent_max", "attainment", "before", "after")


def fact_line(fact: Fact) -> str:
    """The measure, the object and every number of a fact: "concurrent_posts commune value=10 total=21"."""
    numbers = [f"{slot}={number:.10g}" for slot in SLOTS if (number := getattr(fact, slot)) is not None]
    return " ".join([fact.measure, fact.object, *numbers])


def area_line(area: Area) -> str:
    """ "Cẩm Sơn < Mỏ Cày Nam < Bến Tre"; empty for the whole country."""
    return " < ".join(name for name in (area.commune, area.district, area.province) if name)


@pytest.fixture(scope="session")
def facts_of(claims_of: Callable[..., Claims]) -> Callable[..., list[str]]:
    return lambda text, **about: [fact_line(fact) for fact in claims_of(text, **about).facts]


@pytest.fixture(scope="session")
def in_short() -> Callable[[Area], str]:
    return area_line
