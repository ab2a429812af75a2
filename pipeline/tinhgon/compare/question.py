"""The question asked of a fact base, and its answer in rows: SQL picks what stands, so that a million facts are quick.

Only the columns of ``facts`` decide which number of a place stands; titles, quotes and sources are fetched for those
few alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tinhgon.compare.reform import REFORM, changed_names
from tinhgon.store import FactBase

By = Literal["province", "district", "commune", "document"]
Row = dict[str, Any]
Scope = tuple[str | None, ...]

_NAMES = ("province", "district", "commune")
_FETCHED = 400  # facts whose words are fetched at once
# The higher the better: the most real first, then the latest.
_STANDING = """(CASE f.status WHEN 'achieved' THEN '4' WHEN 'ongoing' THEN '3' WHEN 'planned' THEN '2' ELSE '1' END
    || coalesce(f.holds_on, ''))"""

# What narrows a question, by the name of the value asked for.
_CONDITIONS = {
    "measure": "{alias}.measure = :measure",
    "roles": "{alias}.roles_key = :roles",
    "object": "{alias}.object = :object",
    "level": "{alias}.level = :level",
    "status": "{alias}.status = :status",
    "since": "{alias}.holds_on >= :since",
    "until": "{alias}.holds_on <= :until",
    # A list of texts in JSON: what stands in it between quotes is one of them, whole.
    "resolution": "instr({alias}.resolutions, :resolution_quoted)",
}
# The plus takes nothing away but the thought that these could be looked up: SQLite then reads on in the order of the
# index, and has nothing to sort.
_OWN = {
    "province": "+{alias}.district IS NULL AND +{alias}.commune IS NULL",
    "district": "+{alias}.district IS NOT NULL AND +{alias}.commune IS NULL",
    "commune": "{alias}.commune IS NOT NULL",
    "document": "1",
}
# Which rows say anything of a place of the tier; of provinces also those without any place.
_SPOKEN_OF = {
    "province": "({alias}.province IS NOT NULL OR {alias}.district IS NULL AND {alias}.commune IS NULL)",
    "district": "{alias}.district IS NOT NULL",
    "commune": "{alias}.commune IS NOT NULL",
    "document": "1",
}
_SCOPES: dict[By, tuple[str, ...]] = {
    "province": ("province",),
    "district": ("province", "district"),
    "commune": _NAMES,
    "document": ("document_id",),
}


# A province that grew in 2025 and kept its name is another place since: of each the claim that stands is its own. A
# plan made before and reaching beyond is one of the old province. The article is looked up through a second row, since
# the first is read from an index that has no room for it.
_ERA = """
    CASE WHEN f.province IN ({names}) AND f.holds_on >= '{reform}' AND (
        f.status IN ('achieved', 'ongoing')
        OR (SELECT published FROM facts AS own JOIN documents ON documents.id = own.document_id
            WHERE own.id = f.id) >= '{reform}'
    ) THEN 1 ELSE 0 END"""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the values that narrow it, the tier, and which claims of a place are wanted."""

    values: Row
    by: By
    latest: bool = True
    parts: bool = False
    copies: bool = False

    def conditions(self, alias: str) -> str:
        """All that narrows the question, over one table of facts."""
        asked = [self.subject(alias), "coalesce({alias}.confidence, 1) >= :min_confidence"]
        asked.append("{alias}.verdict IS NOT 'wrong'")
        if not self.copies:
            asked.append("{alias}.repeat_of IS NULL")
        return " AND ".join(asked).format(alias=alias)

    def subject(self, alias: str) -> str:
        """What the question is about, whichever claims of it are let stand."""
        asked = [condition for name, condition in _CONDITIONS.items() if self.values.get(name) not in (None, "")]
        if self.values.get("place"):
            within = (
                f"({{alias}}.province IS :p{n} AND (:d{n} IS NULL OR {{alias}}.district = :d{n}) "
                f"AND (:c{n} IS NULL OR {{alias}}.commune = :c{n}))"
                for n in range(len(self.values["place"]))
            )
            asked.append(f"({' OR '.join(within)})")
        return " AND ".join(asked).format(alias=alias)

    @property
    def parameters(self) -> Row:
        plain = {name: value for name, value in self.values.items() if name != "place"}
        plain["resolution_quoted"] = json.dumps(self.values.get("resolution"), ensure_ascii=False)
        for number, (province, district, commune) in enumerate(self.values.get("place") or ()):
            plain |= {f"p{number}": province, f"d{number}": district, f"c{number}": commune}
        return plain


def standing(base: FactBase, question: Question) -> list[Row]:
    """The rows that answer a question: of each place and thing counted the best ones, or all; ties are left in."""
    source = _source(question)
    own = _OWN[question.by].format(alias="f")
    where = f"{question.conditions('f')} AND {own} AND {_SPOKEN_OF[question.by].format(alias='f')}"
    if not question.parts:
        where += f" AND {_without_parts(question)}"
    every = f"SELECT f.id FROM {source} WHERE {where}"  # noqa: S608 - fragments of our own, values are bound
    picked = _best(question, source, where) if question.latest else every
    ids = [row["id"] for row in base.rows(picked, question.parameters)]
    return list(_fetched(base, ids))


def _best(question: Question, source: str, where: str) -> str:
    """The ids of what stands of each thing counted, as SQL.

    Twice through the index: first for how good the best of each thing is, then for what is as good. The first goes in
    the order of the index, which sorts nothing; of posts held together, where "10/21 xã" and "10/21 bí thư" tell the
    same story, what is told in other words for the object is put together afterwards.
    """
    document = ("document_id",) if question.by == "document" else ()
    told = ("province", "district", "commune", "roles_key", "object", "level", "body", *document)
    things = [name for name in told if name != "object" or question.values["measure"] != "concurrent_posts"]
    era = _ERA.format(names=", ".join(f"'{name}'" for name in changed_names()), reform=REFORM)
    columns, thing = ", ".join(told), ", ".join(things)
    same = " AND ".join(f"f.{name} IS best.{name}" for name in things)
    return f"""
        WITH told AS MATERIALIZED (
            SELECT {columns}, max(CASE WHEN {era} = 0 THEN {_STANDING} END) AS before_reform,
                max(CASE WHEN {era} = 1 THEN {_STANDING} END) AS since_reform
            FROM {source} WHERE {where} GROUP BY {columns}
        ), best AS MATERIALIZED (
            SELECT {thing}, 0 AS era, max(before_reform) AS standing FROM told
                WHERE before_reform NOT NULL GROUP BY {thing}
            UNION ALL
            SELECT {thing}, 1, max(since_reform) FROM told WHERE since_reform NOT NULL GROUP BY {thing}
        )
        SELECT f.id FROM best CROSS JOIN {source}
        WHERE {where} AND {same} AND {_STANDING} = best.standing AND {era} = best.era"""  # noqa: S608 - own fragments


def _source(question: Question) -> str:
    """The facts, by the index that holds all the question asks for; where places are named, by whichever is quicker."""
    return "facts AS f" if question.values.get("place") else "facts AS f INDEXED BY facts_asked"


def _without_parts(question: Question) -> str:
    """Leave out a part where its whole is there too; one whose whole is about something else stands on its own.

    A part whose whole could not be told is not shown either: it would pass for a whole itself.
    """
    return f"""(f.part_of IS NULL OR f.part_of_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM facts AS w WHERE w.id = f.part_of_id AND {question.subject("w")}
            AND w.province IS f.province AND w.district IS f.district AND w.commune IS f.commune
            {"AND w.document_id = f.document_id" if question.by == "document" else ""}
    ))"""  # noqa: S608 - as above


def _fetched(base: FactBase, ids: Sequence[str]) -> Iterator[Row]:
    for some in _batches(ids, _FETCHED):
        marks = ", ".join("?" * len(some))
        yield from base.rows(
            "SELECT numbers.*, position FROM numbers JOIN provenance ON provenance.id = fact_id "  # noqa: S608 - marks
            f"WHERE fact_id IN ({marks})",
            some,
        )


def _batches(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def claims_within(base: FactBase, question: Question) -> dict[Scope, int]:
    """How many claims there are of each place, those of places within it among them."""
    names = ", ".join(f"f.{name}" for name in _SCOPES[question.by])
    rows = base.rows(
        f"SELECT {names}, count(*) AS n FROM {_source(question)} WHERE {question.conditions('f')} "  # noqa: S608 - own words
        f"AND {_SPOKEN_OF[question.by].format(alias='f')} GROUP BY {names}",
        question.parameters,
    )
    return {tuple(row[name] for name in _SCOPES[question.by]): row["n"] for row in rows}


def scope_of(row: Row, by: By) -> Scope:
    """What a row is counted under."""
    return tuple(row[name] for name in _SCOPES[by])
