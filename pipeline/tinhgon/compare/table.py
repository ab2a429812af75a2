"""The comparison itself: one row per place, with the claim that stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from tinhgon.compare.checks import Finding, findings_of
from tinhgon.compare.labels import place_label
from tinhgon.compare.question import By, Question, Row, Scope, claims_within, scope_of, standing
from tinhgon.compare.reform import carry, changed_names, is_of_today, provinces, today_of
from tinhgon.compare.totals import with_known_total
from tinhgon.records import LEVELS, STATUSES
from tinhgon.store import FactBase, roles_key
from tinhgon.vietnamese import collation_key, strip_diacritics

if TYPE_CHECKING:
    import pandas as pd

MEASURES = ("concurrent_posts", "merger", "reduction", "dissolution", "rotation", "nonlocal_appointment", "saving",
    "stock")  # fmt: skip
Places = Literal["own", "2025"]
Totals = Literal["stated", "gazetteer"]
Order = Literal["rank", "time"]
COLUMNS = ("place", "province", "district", "commune", "measure", "value", "value_max", "total", "percent",
    "percent_max", "rate_basis", "attainment", "before", "after", "modifier", "per", "as_of", "as_of_basis", "holds_on",
    "status", "object", "level", "roles", "body", "claims", "document", "title", "source", "published", "url", "quote",
    "fact_id", "confidence", "verdict", "note", "checks")  # fmt: skip
NUMBERS = ("value", "value_max", "total", "percent", "percent_max", "attainment", "before", "after")

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class ComparisonError(ValueError):
    """The question cannot be asked like this; the message says how."""


class TooManyPlacesError(ComparisonError):
    """More places have an answer than were to be compared."""


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
    resolution: str | None = None,
    place: Sequence[str] | str = (),
    min_confidence: float = 0.0,
    latest: bool = True,
    parts: bool = False,
    copies: bool = False,
    places: Places = "own",
    totals: Totals = "stated",
    coverage: bool = False,
    order: Order = "rank",
    most: int | None = None,
) -> pd.DataFrame:
    """Set places side by side by one measure; highest rate first, then highest value.

    A place has one row for each thing counted (its tier, roles and body; for other measures than ``concurrent_posts``
    its object too, since communes and payroll are not one number). Of several claims the most real stands (achieved
    before planned), then the latest; ``latest=False`` shows all. ``roles`` is a pairing in any order:
    ``"chu_tich_ubnd+bi_thu_cap_uy"``. ``since`` and ``until`` are dates that the number holds for: ``until="2020"``
    asks what stood at the end of 2020. ``resolution`` is a symbol that the number is tied to, ``place`` the names of
    places (with or without diacritics) to keep to, with all that lies in them. ``percent`` is as stated, else from
    value and total: ``rate_basis`` says which; with ``totals="gazetteer"`` a count of communes or districts without a
    total is set against how many there were on that day, which ``rate_basis`` says too. ``min_confidence`` leaves out
    facts the program is less sure of; ``copies`` counts a number again in every copy of the article that tells it.
    ``places="2025"`` shows provinces under those of today, with the sum of what merged ones claim and its doubts in
    ``note``. ``coverage`` adds a row for every province without a claim. ``order="time"`` puts the rows of each place
    in the order of time, for a trend. ``as_of`` is the date the text tells for the number, else that of the article:
    ``as_of_basis`` says which. A province that only its districts' claims speak of has an empty row; ``claims``
    counts what there is within it. Of more than ``most`` places none is compared: ``TooManyPlacesError`` says so.

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
    for name, value, known in (
        ("measure", measure, MEASURES), ("by", by, get_args(By)), ("level", level, (None, *LEVELS)),
        ("status", status, (None, *STATUSES)), ("places", places, get_args(Places)),
        ("totals", totals, get_args(Totals)), ("order", order, get_args(Order)),
    ):  # fmt: skip
        _refuse_unknown(name, value, known)
    if (places != "own" or coverage) and by != "province":
        raise ComparisonError("only provinces can be carried to those of today, or be missing: ask by province")
    if since and until and _end_of(until) < since:
        raise ComparisonError(f"nothing holds both since {since} and until {until}; turn them round")
    if coverage and place:
        raise ComparisonError("coverage tells of all provinces: ask without naming places")
    with ExitStack() as stack:
        opened = base if isinstance(base, FactBase) else stack.enter_context(FactBase.open(base, readonly=True))
        values = {
            "measure": measure,
            "roles": _roles_asked_for(roles),
            "object": object,
            "level": level,
            "status": status,
            "since": _date(since),
            "until": None if _date(until) is None else _end_of(str(until)),
            "resolution": resolution,
            "place": _places_named(opened, place),
            "min_confidence": min_confidence,
        }
        question = Question(values, by, latest, parts, copies)
        within = claims_within(opened, question)
        if most is not None and len(within) > most:
            raise TooManyPlacesError(f"{len(within)} answer this question, more than {most} side by side; narrow it")
        rows = standing(opened, question)
        found = findings_of(opened, [row["fact_id"] for row in rows])
    rows = [{**row, "checks": _told_of(found[row["fact_id"]])} for row in rows]
    if totals == "gazetteer":
        rows = [with_known_total(row) for row in rows]
    answer = _answer(rows, question, within, places)
    if coverage:
        answer += _missing(answer, places)
    return _frame(sorted(answer, key=_in_time if order == "time" else _order))


def _answer(rows: Sequence[Row], question: Question, within: dict[Scope, int], places: Places) -> list[Row]:
    """The rows of the comparison; a place that only places within it speak of has an empty one."""
    chosen = _standing(rows, question.by) if question.latest else list(rows)
    if places == "2025":
        counts: Counter[Scope] = Counter()
        for (province, *_), number in within.items():
            counts[(today_of().get(province or "", province),)] += number
        carried = carry(chosen, sums=question.latest)
        shown = [_row({**one.row, "province": one.province}, counts[(one.province,)], one.note) for one in carried]
        there: set[Scope] = {(one.province,) for one in carried}
        return shown + [_empty_row(scope, number) for scope, number in counts.items() if scope not in there]
    shown = [_row(row, within[scope_of(row, question.by)], _which(row, chosen)) for row in chosen]
    there = {scope_of(row, question.by) for row in chosen}
    if question.by == "document":
        return shown
    return shown + [_empty_row(scope, number) for scope, number in within.items() if scope not in there]


def _which(row: Row, chosen: Sequence[Row]) -> str:
    """Which of two provinces of one name, where both are shown."""
    if row["province"] not in changed_names() or row["district"] is not None or is_of_today(row):
        return ""
    both = any(other["province"] == row["province"] and is_of_today(other) for other in chosen)
    return "the province before 1 July 2025" if both else ""


def _missing(answer: Sequence[Row], places: Places) -> list[Row]:
    """An empty row for every province of which nothing is claimed."""
    every = provinces("2026-06-01" if places == "2025" else "2024-06-01")
    there = {row["province"] for row in answer}
    return [{**_empty_row((name,), 0), "note": "no such number found"} for name in every if name not in there]


def _told_of(findings: Sequence[Finding]) -> str | None:
    """The checks that a number does not pass, by their ids."""
    return ", ".join(dict.fromkeys(finding.check_id for finding in findings)) or None


def _places_named(base: FactBase, names: Sequence[str] | str) -> list[Scope]:
    """The places that bear one of the names, however typed. Raises ``ComparisonError`` for a name nothing bears."""
    wanted = [names] if isinstance(names, str) else list(names)
    if not wanted or wanted == [""]:
        return []
    every = base.rows("SELECT DISTINCT province, district, commune FROM places WHERE hamlet IS NULL")
    found: list[Scope] = []
    for name in wanted:
        folded = strip_diacritics(name).casefold().strip()
        exact = [p for p in every if _own_name(p) == name]
        alike = exact or [p for p in every if strip_diacritics(_own_name(p) or "").casefold() == folded]
        if not alike:
            raise ComparisonError(f"nothing in the fact base is claimed of a place {name!r}; check the spelling")
        found += [(p["province"], p["district"], p["commune"]) for p in alike]
    return list(dict.fromkeys(found))


def _own_name(place: Row) -> str | None:
    """The name of the smallest unit."""
    names: Scope = (place["commune"], place["district"], place["province"])
    return next((name for name in names if name), None)


def _standing(rows: Sequence[Row], by: By) -> list[Row]:
    """Of each thing counted, the one claim that stands."""
    standing: dict[Scope, Row] = {}
    for row in _best_first(rows):
        standing.setdefault((*scope_of(row, by), *_thing_counted(row)), row)
    return list(standing.values())


def _thing_counted(row: Row) -> Scope:
    counted = None if row["measure"] == "concurrent_posts" else row["object"]
    era = row["province"] in changed_names() and row["district"] is None and is_of_today(row)
    return (*_names(row), row["level"], row["roles"], row["body"], counted, str(era))


def _best_first(rows: Iterable[Row]) -> list[Row]:
    """Most real first, then latest, then with a rate, then as in the text. Python's sorts keep the order of equals."""
    best = sorted(rows, key=lambda row: (row["rate"] is None, row["document_id"], row["position"]))
    best.sort(key=lambda row: (row["holds_on"] or "", row["published"] or ""), reverse=True)
    best.sort(key=lambda row: STATUSES.index(row["status"]))
    return best


def _row(claim: Row, claims: int, note: str = "") -> Row:
    return {
        **{name: claim.get(name) for name in COLUMNS},
        "place": place_label(*_names(claim)),
        "percent": claim["rate"],
        "roles": claim["roles"],
        "claims": claims,
        "document": claim["document_id"],
        "note": note or None,
    }


def _empty_row(scope: Scope, claims: int) -> Row:
    names = (*scope, None, None)[:3]
    return {
        **dict.fromkeys(COLUMNS),
        "place": place_label(*names),
        "province": names[0],
        "district": names[1],
        "commune": names[2],
        "claims": claims,
    }


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


def _in_time(row: Row) -> tuple[Any, ...]:
    thing = (row["object"] or "", row["level"] or "", row["roles"] or "", row["body"] or "")
    return collation_key(row["place"]), thing, row["holds_on"] or "", row["document"] or "", row["fact_id"] or ""


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
    if text is None:
        return None
    if _DATE.fullmatch(text):
        try:
            date.fromisoformat(text + "YYYY-01-01"[len(text) :])
        except ValueError:
            pass
        else:
            return text
    raise ComparisonError(f"{text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")


def _end_of(period: str) -> str:
    return period + "YYYY-12-31"[len(period) :]


def _frame(rows: Sequence[Row]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(list(rows), columns=list(COLUMNS))
    return frame.astype({**dict.fromkeys(NUMBERS, "float64"), "claims": "int64"})
