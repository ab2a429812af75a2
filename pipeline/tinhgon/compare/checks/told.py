"""The facts that the checks look at, read from the fact base a few at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from tinhgon.compare.labels import place_label
from tinhgon.store import FactBase

_PAGE = 200  # documents read at once

_COLUMNS = """
    facts.id, document_id, measure, object, value, value_max, total, percent, percent_max, attainment, before, after,
    modifier, roles_key, level, facts.province, district, commune, body, as_of, since, baseline, per, status, holds_on,
    part_of IS NOT NULL AS is_part, part_of_id
"""
_COPIES = "SELECT id, copy_of FROM documents WHERE copy_of IS NOT NULL"
_DOCUMENTS = "SELECT id FROM documents WHERE id > :last ORDER BY id LIMIT :page"
_OF_DOCUMENTS = f"""
    SELECT {_COLUMNS}, published FROM facts JOIN documents ON documents.id = document_id
    WHERE document_id > :last AND document_id <= :upto AND verdict IS NOT 'wrong'
    ORDER BY document_id, facts.id
"""  # noqa: S608 - put together of constants
_PLACES = """
    SELECT province, district, commune, measure FROM facts
    GROUP BY province, district, commune, measure HAVING count(*) > 1
"""
# Without place and body it is not known whose number it is: the whole country's, or one whose place was not found.
# Documents are left out of it: to find one with its long text for every fact would take as long as all else.
_OF_PLACE = f"""
    SELECT {_COLUMNS}, NULL AS published FROM facts
    WHERE province IS :province AND district IS :district AND commune IS :commune AND measure = :measure
        AND (province IS NOT NULL OR body IS NOT NULL)
        AND status IN ('achieved', 'ongoing') AND verdict IS NOT 'wrong'
        AND repeat_of IS NULL AND part_of IS NULL AND per IS NULL AND length(holds_on) = 10
    ORDER BY id
"""  # noqa: S608 - put together of constants


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as its row has it, with what is needed of its document."""

    id: str
    document_id: str
    family: str  # the document it is a copy of, or its own
    published: str | None  # only of facts read by document
    measure: str
    object: str
    value: float | None
    value_max: float | None
    total: float | None
    percent: float | None
    percent_max: float | None
    attainment: float | None
    before: float | None
    after: float | None
    modifier: str
    roles_key: str
    level: str | None
    province: str | None
    district: str | None
    commune: str | None
    body: str | None
    as_of: str | None
    since: str | None
    baseline: str | None
    per: str | None
    status: str
    holds_on: str | None
    is_part: bool
    part_of_id: str | None

    @property
    def place(self) -> tuple[str | None, str | None, str | None]:
        return self.province, self.district, self.commune

    @property
    def place_name(self) -> str:
        return place_label(*self.place)


def by_document(base: FactBase) -> Iterator[list[Told]]:
    """The facts of each document that has any, one document after the other; those judged wrong are left out."""
    copies = _copies(base)
    last = ""
    while page := base.rows(_DOCUMENTS, {"last": last, "page": _PAGE}):
        upto = page[-1]["id"]
        facts = base.rows(_OF_DOCUMENTS, {"last": last, "upto": upto})
        for _, rows in groupby(facts, key=lambda row: row["document_id"]):
            yield [_told(row, copies) for row in rows]
        last = upto


def by_place(base: FactBase) -> Iterator[list[Told]]:
    """What different articles claim of one place and measure: done, dated to a day, told by no copy, no parts."""
    copies = _copies(base)
    for group in base.rows(_PLACES):
        facts = [_told(row, copies) for row in base.rows(_OF_PLACE, group)]
        if len({fact.family for fact in facts}) > 1:
            yield facts


def _copies(base: FactBase) -> dict[str, str]:
    return {row["id"]: row["copy_of"] for row in base.rows(_COPIES)}


def _told(row: dict[str, Any], copies: dict[str, str]) -> Told:
    return Told(family=copies.get(row["document_id"], row["document_id"]), **row)
