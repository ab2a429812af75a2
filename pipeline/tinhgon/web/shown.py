"""A number of the fact base as a page prints it: its place, how many of how many, what it is about, where it stands."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tinhgon.compare.labels import place_label
from tinhgon.store import FactBase
from tinhgon.web.visit import Visit
from tinhgon.web.wording import Words

Row = Mapping[str, Any]

_LONGEST_QUOTE = 400
_COLUMNS = """
    fact_id, measure, object, level, roles, province, district, commune, body, value, value_max, total, rate,
    percent_max, rate_basis, attainment, before, after, modifier, per, status, as_of, as_of_basis, holds_on, quote,
    title, published, source, document_id, confidence, verdict, repeat_of
"""
_BASIS = {"computed": "*", "gazetteer": "†"}
_OF_ARTICLE = "‡"  # a date that is not the number's own


@dataclass(frozen=True, slots=True)
class Shown:
    """One number, in the words of one language."""

    id: str
    address: str
    place: str
    place_address: str
    number: str
    rate: str
    change: str
    as_of: str
    dated: str  # the date with what it is the date of
    status: str
    counted: str
    roles: str
    measure: str
    quote: str
    title: str
    source: str
    published: str
    article_address: str
    confidence: str
    verdict: str | None
    notes: tuple[str, ...] = ()  # what the checks have against it
    remark: str = ""  # what is to be known of whose number it is
    claims: int = 0

    @property
    def headline(self) -> str:
        """The number in one line: what there is of count, rate and change."""
        return ", ".join(part for part in (self.number, self.rate, self.change) if part)


def shown(row: Row, visit: Visit, notes: Sequence[str] = (), remark: str = "") -> Shown:
    """A row of the view ``numbers`` or of a comparison, to be printed."""
    words = visit.words
    names = {name: row.get(name) for name in ("province", "district", "commune")}
    rate = row.get("rate") if "rate" in row else row.get("percent")
    return Shown(
        id=row.get("fact_id") or "",
        address=visit.to(f"/claim/{row['fact_id']}") if row.get("fact_id") else "",
        place=place_text(row, words),
        place_address=visit.to("/place", **names) if any(names.values()) else "",
        number=number_text(row, words),
        rate=rate_text(row, rate, words),
        change=change_text(row, words),
        as_of=words.date(row.get("as_of")) + (_OF_ARTICLE if row.get("as_of_basis") == "article" else ""),
        dated=dated_text(row, words),
        status=words.name("status", row.get("status")),
        counted=counted_text(row, words),
        roles=words.roles(row.get("roles")),
        measure=words.name("measure", row.get("measure")),
        quote=shortened(row.get("quote") or ""),
        title=row.get("title") or "",
        source=row.get("source") or "",
        published=words.date(row.get("published")),
        article_address=visit.to("/article", id=row.get("document_id") or row.get("document")),
        confidence="" if row.get("confidence") is None else words.number(round(row["confidence"], 2)),
        verdict=row.get("verdict"),
        notes=tuple(notes),
        remark=remark,
        claims=int(row.get("claims") or 0),
    )


def place_text(row: Row, words: Words) -> str:
    """The place with those it lies in; of none, that it is the whole country or not known."""
    names = row.get("province"), row.get("district"), row.get("commune")
    return place_label(*names) if any(names) else words("site.national")


def number_text(row: Row, words: Words) -> str:
    """Value, range and total with the word that limits them.

    >>> number_text({"value": 98.0, "total": 1017.0, "modifier": "over"}, Words.of("vi"))
    'từ 98/1.017 trở lên'
    """
    write = words.money if row.get("object") == "money" else words.number
    number = write(row.get("value"))
    if not number:
        return ""
    if row.get("value_max") is not None:
        number += f"–{write(row['value_max'])}"
    if row.get("total") is not None:
        number += f"/{write(row['total'])}"
    return _limited(number, row, words)


def rate_text(row: Row, rate: float | None, words: Words) -> str:
    """The rate, marked where no text states it.

    >>> rate_text({"value": 98, "rate_basis": "computed"}, 77.17, Words.of("vi"))
    '77,17%*'
    """
    number = words.number(rate)
    if not number:
        return ""
    if row.get("percent_max") is not None:
        number += f"–{words.number(row['percent_max'])}"
    number = f"{number}%{_BASIS.get(row.get('rate_basis') or '', '')}"
    return number if row.get("value") is not None else _limited(number, row, words)


def change_text(row: Row, words: Words) -> str:
    """What there was and is left.

    >>> change_text({"before": 43.0, "after": 37.0}, Words.of("en")), change_text({"after": 37.0}, Words.of("vi"))
    ('43 → 37', 'còn 37')
    """
    before, after = words.number(row.get("before")), words.number(row.get("after"))
    if before and after:
        return f"{before} → {after}"
    return words("change.after", n=after) if after else words("change.before", n=before) if before else ""


def dated_text(row: Row, words: Words) -> str:
    """The date of a number, and whether it is the number's own or that of its article.

    >>> dated_text({"as_of": "2021-05-31", "as_of_basis": "article"}, Words.of("vi"))
    'theo bài ngày 31/05/2021'
    """
    if not row.get("as_of"):
        return words("dated.unknown")
    return words(
        "dated.article" if row.get("as_of_basis") == "article" else "dated.stated", day=words.date(row["as_of"])
    )


def counted_text(row: Row, words: Words) -> str:
    """What is counted: the object, its tier, its body, its pace.

    >>> counted_text({"object": "person", "level": "commune", "per": "year"}, Words.of("vi"))
    'người, cấp xã, mỗi năm'
    """
    level = row.get("level") if row.get("level") != row.get("object") else None
    pace = f"{words('field.per').lower()} {words.name('per', row['per'])}" if row.get("per") else ""
    parts = (words.name("object", row.get("object")), words.name("level", level), row.get("body") or "", pace)
    return ", ".join(part for part in parts if part)


def shortened(text: str, longest: int = _LONGEST_QUOTE) -> str:
    """A text that fits a table.

    >>> shortened("giảm 10 xã", 7)
    'giảm 1…'
    """
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def numbers_of(base: FactBase, ids: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of these facts, in their order; one that a review found wrong has none."""
    asked = list(ids)
    marks = ", ".join("?" * len(asked))
    sql = f"SELECT {_COLUMNS} FROM numbers WHERE fact_id IN ({marks})"  # noqa: S608 - own words, values are bound
    rows = {row["fact_id"]: row for row in base.rows(sql, asked)}
    return [rows[key] for key in asked if key in rows]


def _limited(number: str, row: Row, words: Words) -> str:
    modifier = row.get("modifier")
    return words(f"limit.{modifier}", n=number) if modifier in ("about", "over", "under") else number


def finite(number: float | None) -> float:
    """For the length of a bar: a number, 0 where there is none."""
    return number if number is not None and math.isfinite(number) else 0.0
