"""The comparison itself: one row per place, with the claim that stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from tinhgon.records import LEVELS, STATUSES
from tinhgon.store import FactBase, roles_key
from tinhgon.vietnamese import collation_key

if TYPE_CHECKING:
    import pandas as pd

By = Literal["province", "district", "commune", "document"]
Row = dict[str, Any]
Scope = tuple[str | None, ...]

MEASURES = ("concurrent_posts", "merger", "reduction", "dissolution", "rotation", "nonlocal_appointment", "saving",
    "stock")  # fmt: skip
NATIONAL = "cả nước/chưa rõ"
COLUMNS = ("place", "province", "district", "commune", "value", "value_max", "total", "percent", "rate_basis",
    "attainment", "before", "after", "modifier", "as_of", "status", "object", "level", "roles", "body", "claims",
    "document", "title", "source", "quote", "fact_id", "confidence")  # fmt: skip
NUMBERS = ("value", "value_max", "total", "percent", "attainment", "before", "after")

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_CANDIDATES = """
    SELECT numbers.*, position FROM numbers JOIN provenance ON provenance.id = fact_id
    WHERE measure = :measure
        AND (:roles = '' OR roles = :roles)
        AND (:object IS NULL OR object = :object)
        AND (:level IS NULL OR numbers.level = :level)
        AND (:status IS NULL OR status = :status)
        AND (:since IS NULL OR holds_on >= :since)
        AND (:until IS NULL OR holds_on <= :until)
        AND coalesce(confidence, 1) >= :min_confidence
        AND (:copies OR repeat_of IS NULL)
    ORDER BY numbers.document_id, position
"""


class ComparisonError(ValueError):
    """The question cannot be asked like this; the message says how."""


@dataclass(frozen=True, slots=True)
class _Question:
    by: By
    latest: bool
    parts: bool


def compare(  # noqa: PLR0913 - every argument narrows the question and has a name at the call
    base: FactBase | Path | str,
    *,
    measure: str,
    roles: Sequence[str] | str = (),
    by: By = "province",
    level: str | None = None,
    status: str | None = None,
    object: str | None = None,
    since: str | None = None,
    until: str | None = None,
    min_confidence: float = 0.0,
    latest: bool = True,
    parts: bool = False,
    copies: bool = False,
) -> pd.DataFrame:
    """Set places side by side by one measure; highest rate first, then highest value.

    A place has one row for each thing counted (its tier, roles and body; for other measures than ``concurrent_posts``
    its object too, since communes and payroll are not one number). Of several claims the most real stands (achieved
    before planned), then the latest; ``latest=False`` shows all. ``roles`` is a pairing in any order:
    ``"chu_tich_ubnd+bi_thu_cap_uy"``. ``percent`` is as stated, else from value and total: ``rate_basis`` says which.
    ``min_confidence`` leaves out facts the program is less sure of; ``copies`` counts a number again in every copy of
    the article that tells it. A province that only its districts' claims speak of
    has an empty row; ``claims`` counts what there is within it.

    >>> from tinhgon.records import Area, Claims, Document, Fact, Provenance, Span
    >>> text = "Bến Tre có 98/127 ấp bí thư kiêm trưởng ấp"
    >>> why = Provenance((Span(11, 20, text[11:20]),), Span(0, len(text), text))
    >>> fact = Fact("concurrent_posts", "hamlet", why, value=98, total=127, area=Area("Bến Tre"))
    >>> with FactBase.open(":memory:", create=True) as base:
    ...     run = base.begin_run("0.1.0", "", [])
    ...     base.add([Claims(Document("a", text, ()), facts=(fact,))], run=run, patterns_hash="", version="0.1.0")
    ...     frame = compare(base, measure="concurrent_posts")
    >>> frame[["place", "value", "percent", "rate_basis", "quote"]].values.tolist()
    [['Bến Tre', 98.0, 77.17, 'computed', '98/127 ấp']]
    """
    _refuse_unknown("measure", measure, MEASURES)
    _refuse_unknown("by", by, get_args(By))
    _refuse_unknown("level", level, (None, *LEVELS))
    _refuse_unknown("status", status, (None, *STATUSES))
    asked = {
        "measure": measure,
        "roles": _roles_asked_for(roles),
        "object": object,
        "level": level,
        "status": status,
        "since": _date(since),
        "until": _end_of(_date(until)),
        "min_confidence": min_confidence,
        "copies": copies,
    }
    with ExitStack() as stack:
        opened = base if isinstance(base, FactBase) else stack.enter_context(FactBase.open(base, readonly=True))
        candidates = opened.rows(_CANDIDATES, asked)
    return _frame(_answer(candidates, _Question(by, latest, parts)))


def _answer(candidates: Sequence[Row], question: _Question) -> list[Row]:
    """The rows of the comparison, in their order."""
    scopes: dict[Scope, list[Row]] = {}
    for row in candidates:
        scope = _scope(row, question.by)
        if scope is not None:
            scopes.setdefault(scope, []).append(row)
    answer: list[Row] = []
    for scope, within in scopes.items():
        own = [row for row in within if _is_own(row, question.by)]
        shown = own if question.parts else _without_parts(own)
        if question.latest:
            shown = _standing(shown)
        answer += [_row(claim, question.by, len(within)) for claim in shown]
        if not shown and question.by != "document":
            answer.append(_empty_row(scope, question.by, len(within)))
    return sorted(answer, key=_order)


def _scope(row: Row, by: By) -> Scope | None:
    """What the row is counted under; ``None`` where it says nothing of any place of that tier."""
    names = (row["province"], row["district"], row["commune"])
    if by == "document":
        return (row["document_id"],)
    if by == "province":
        return (row["province"],) if row["province"] or not any(names) else None
    if by == "district":
        return names[:2] if row["district"] else None
    return names if row["commune"] else None


def _is_own(row: Row, by: By) -> bool:
    """Whether the number is the place's own and not one of a place within it."""
    if by == "province":
        return not row["district"] and not row["commune"]
    return by != "district" or not row["commune"]


def _without_parts(rows: Sequence[Row]) -> list[Row]:
    """Leave out a part where its whole is there too; one whose whole is about something else stands on its own."""
    there = {row["fact_id"]: _names(row) for row in rows}
    return [row for row in rows if row["part_of"] is None or not _whole_is_shown(row, there)]


def _whole_is_shown(part: Row, there: dict[str, Scope]) -> bool:
    # A part whose whole could not be told is not shown either: it would pass for a whole itself.
    return part["part_of_id"] is None or there.get(part["part_of_id"]) == _names(part)


def _standing(rows: Sequence[Row]) -> list[Row]:
    """Of each thing counted, the one claim that stands."""
    standing: dict[Scope, Row] = {}
    for row in _best_first(rows):
        standing.setdefault(_thing_counted(row), row)
    return list(standing.values())


def _thing_counted(row: Row) -> Scope:
    # Of posts held together, "10/21 xã" and "10/21 bí thư" tell the same story; of cuts, communes and payroll do not.
    counted = None if row["measure"] == "concurrent_posts" else row["object"]
    return (*_names(row), row["level"], row["roles"], row["body"], counted)


def _best_first(rows: Iterable[Row]) -> list[Row]:
    """Most real first, then latest, then with a rate, then as in the text. Python's sorts keep the order of equals."""
    best = sorted(rows, key=lambda row: (row["rate"] is None, row["document_id"], row["position"]))
    best.sort(key=lambda row: (row["holds_on"] or "", row["published"] or ""), reverse=True)
    best.sort(key=lambda row: STATUSES.index(row["status"]))
    return best


def _row(claim: Row, by: By, claims: int) -> Row:
    return {
        **{name: claim.get(name) for name in COLUMNS},
        "place": place_label(*_names(claim)),
        "percent": claim["rate"],
        "roles": claim["roles"],
        "claims": claims,
        "document": claim["document_id"],
    }


def _empty_row(scope: Scope, by: By, claims: int) -> Row:
    names = (*scope, None, None)[:3]
    return {
        **dict.fromkeys(COLUMNS),
        "place": place_label(*names),
        "province": names[0],
        "district": names[1],
        "commune": names[2],
        "claims": claims,
    }


def place_label(province: str | None, district: str | None = None, commune: str | None = None) -> str:
    """A place as a reader names it, its parents in brackets.

    >>> place_label("Bến Tre", "Mỏ Cày Nam", "Bình Khánh"), place_label("Bến Tre"), place_label(None)
    ('Bình Khánh (Mỏ Cày Nam, Bến Tre)', 'Bến Tre', 'cả nước/chưa rõ')
    """
    names = [name for name in (commune, district, province) if name]
    if not names:
        return NATIONAL
    return f"{names[0]} ({', '.join(names[1:])})" if len(names) > 1 else names[0]


def _order(row: Row) -> tuple[Any, ...]:
    """National claims last; within the rest rate, value, then the Vietnamese alphabet."""
    return (
        not any(_names(row)),
        _falling(row["percent"]),
        _falling(row["value"]),
        collation_key(row["place"]),
        row["document"] or "",
        row["fact_id"] or "",
    )


def _falling(number: float | None) -> tuple[bool, float]:
    return number is None, -(number or 0.0)


def _names(row: Row) -> Scope:
    return row["province"], row["district"], row["commune"]


def _roles_asked_for(roles: Sequence[str] | str) -> str:
    given = [roles] if isinstance(roles, str) else roles
    return roles_key(code.strip() for one in given for code in one.split("+") if code.strip())


def _refuse_unknown(name: str, value: str | None, known: Sequence[str | None]) -> None:
    if value not in known:
        choices = ", ".join(str(choice) for choice in known if choice is not None)
        raise ComparisonError(f"{name} {value!r} is not known; it is one of {choices}")


def _date(text: str | None) -> str | None:
    if text is not None and not _DATE.fullmatch(text):
        raise ComparisonError(f"{text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return text


def _end_of(period: str | None) -> str | None:
    return None if period is None else period + "YYYY-12-31"[len(period) :]


def _frame(rows: Sequence[Row]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(list(rows), columns=list(COLUMNS))
    return frame.astype({**dict.fromkeys(NUMBERS, "float64"), "claims": "int64"})
