"""Facts out of tables: a row's place, a column's measure, and the cell as evidence (codebook, section 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from tinhgon.assemble.columns import (
    Column,
    Told,
    changes,
    is_told,
    least_real,
    part_of,
    says_more,
    statements,
    status_told,
)
from tinhgon.assemble.grids import Cell, Grid, grids
from tinhgon.assemble.objects import TIERS, UNITS
from tinhgon.assemble.owners import level_of, lies_within
from tinhgon.assemble.pairings import Joined, settle
from tinhgon.assemble.places import RANK, Resolved, area_of, places_between
from tinhgon.detect.analysis import Analysis
from tinhgon.detect.spans import between
from tinhgon.gazetteer import Gazetteer
from tinhgon.records import Area, Fact, Level, Provenance, Span, Status

_JOINING = regex.compile(r"(?<!\w)(?:kiêm|kiêm nhiệm|đồng thời|nhất thể hóa)(?!\w)")
_WHOLE = regex.compile(
    r"(?:(?P<sum>tổng|tổng số|tổng cộng|cộng|chung)|(?:toàn|cả) (?P<tier>tỉnh|huyện|thị xã|quận|xã))[:.]?"
)
_TIER_OF_WHOLE: dict[str, Level] = {
    "tỉnh": "province", "huyện": "district", "thị xã": "district", "quận": "district", "xã": "commune"
}  # fmt: skip
# A sum is a place's own only where nearly all that lies below it is in the table.
_NEARLY_ALL = 0.8
_UNIT_WORD = regex.compile(r"(?:\d+\.? )?(?:huyện|thành phố|tp\.?|thị xã|tx\.?|quận|xã|phường|thị trấn|tt\.?|tỉnh) ")
# A caption names what is counted right behind one of these: "sắp xếp thôn", "số xã trước và sau".
_COUNTS = regex.compile(r"(?<!\w)(?:sắp xếp|sáp nhập|hợp nhất|nhập|giảm|số|số lượng|tổng số)(?: lại| các)? $")
# How sure a fact is whose place, measure and figure a table tells apart; tables are too rare among the checked
# articles to be measured as sentences are.
_SURE = 0.9
_NOW_AND_THEN = "2024"  # the units before the reform, for tables without a date
_TOO_DEEP: tuple[Level, ...] = ("hamlet",)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What holds for all rows of a table."""

    grid: Grid
    about: Area
    status: Status
    date: str | None


class TableReader:
    """Reads the facts of one document's tables."""

    def __init__(
        self,
        analysis: Analysis,
        places: Sequence[Resolved],
        joined: Sequence[Joined],
        main: Area,
        gazetteer: Gazetteer,
    ) -> None:
        self.analysis, self.places, self.joined, self.main, self.gazetteer = analysis, places, joined, main, gazetteer

    def facts(self) -> list[Fact]:
        """The facts of all tables, row by row."""
        return [fact for grid in grids(self.analysis.view) for fact in self._of_grid(grid)]

    def _of_grid(self, grid: Grid) -> list[Fact]:
        """A table has a row for each place, or one for each pairing of posts, or one for each kind of unit."""
        columns = [self._column(grid, at) for at in range(len(grid.heads))]
        label = self._label_column(grid, columns)
        if label is None:
            return []
        about = self._about(grid)
        status = status_told(self._low(grid.caption)) if grid.caption else None
        frame = _Frame(grid, about, status or "achieved", self._date(grid.caption))
        areas = [self._area(row[label], about) for row in grid.rows]
        is_whole = self._is_whole(areas, about)
        found: list[Fact | None] = []
        for row, area in zip(grid.rows, areas, strict=True):
            roles, level = self._roles([row[label]])
            unit = self._unit(row[label].span)
            if (whole := _WHOLE.fullmatch(row[label].low)) is not None:
                if is_whole if whole["sum"] else _TIER_OF_WHOLE[whole["tier"]] == level_of(about):
                    found += [self._fact(told, row, about, frame) for told in statements(columns)]
            elif roles:
                found.append(self._fact(self._posts_of_row(columns, row, roles, level), row, about, frame))
            elif area is not None:
                found += [self._fact(told, row, area, frame) for told in statements(columns)]
            elif unit is not None:
                of_unit = [replace(column, unit=column.unit or unit) for column in columns]
                found += [self._fact(told, row, about, frame) for told in changes(of_unit) if told.unit == unit]
        return [fact for fact in found if fact is not None]

    def _posts_of_row(
        self, columns: Sequence[Column], row: Sequence[Cell], roles: tuple[str, ...], level: Level | None
    ) -> Told | None:
        """What a row states whose first words are a pairing: the first figure is how many, a total and a share beside."""
        figures = [c for c in columns if row[c.at].holds_numbers and c.part not in ("aside", "other", "before", "drop")]
        counts = [c for c in figures if c.part not in ("percent", "total") or row[c.at].ratio]
        if len(counts) != 1:
            return None
        parts = {"value": counts[0]}
        parts |= {part: c for part in ("total", "percent") for c in figures if c.part == part and c not in counts}
        unit = self._unit(row[counts[0].at].span) or counts[0].unit
        told = unit if unit in TIERS else "post"
        return Told("concurrent_posts", told, level or TIERS.get(told), roles, parts)

    # ------------------------------------------------------------ columns

    def _column(self, grid: Grid, at: int) -> Column:
        heads = grid.heads[at]
        low = " ".join(head.low for head in heads)
        roles, level = self._roles(heads)
        part = part_of(low)
        units = {unit for head in heads if (unit := self._unit(head.span)) is not None}
        unit = units.pop() if len(units) == 1 else None
        if (
            unit is None
            and not units
            and grid.caption
            and part in ("before", "after", "drop")
            and not self._names_other(heads)
        ):
            unit = self._unit_of_caption(grid.caption)
        status = status_told(low)
        if self._says_more(heads):
            part, unit, roles = "other", None, ()
        return Column(at, part, unit, roles, level, " / ".join(head.span.text for head in heads), status)

    def _says_more(self, heads: Sequence[Cell]) -> bool:
        """Whether a head says anything besides its part, its unit and its posts."""
        for head in heads:
            known = [
                *self.analysis.within("roles", head.span.start, head.span.end),
                *self.analysis.within("objects", head.span.start, head.span.end),
                *self.analysis.within("dates", head.span.start, head.span.end),
            ]
            rest = head.low
            for mention in known:
                rest = rest.replace(mention.text.lower(), " ")
            if says_more(rest):
                return True
        return False

    def _names_other(self, heads: Sequence[Cell]) -> bool:
        """Whether the heads name something countable of their own, so that the caption's unit is not theirs."""
        return any(self.analysis.within("objects", head.span.start, head.span.end) for head in heads)

    def _roles(self, heads: Sequence[Cell]) -> tuple[tuple[str, ...], Level | None]:
        """The posts that a head joins in one person, and their tier where it is told or usual."""
        for head in heads:
            for joined in between(self.joined, head.span.start, head.span.end):
                if joined.end <= head.span.end:
                    return joined.roles, joined.level
        mentions = [m for head in heads for m in self.analysis.within("roles", head.span.start, head.span.end)]
        if len(mentions) > 1 and any(_JOINING.search(head.low) for head in heads):
            levels = [m.data["level"] for m in mentions if m.data.get("level")]
            return settle([m.label for m in mentions]), levels[0] if levels else None
        return (), None

    def _unit(self, span: Span) -> str | None:
        """The one kind of unit that some words speak of; nothing where they speak of several."""
        found = {
            mention.label
            for mention in self.analysis.within("objects", span.start, span.end)
            if mention.label in UNITS - {"unit", "phong"} or mention.label in ("payroll", "nonspecialist")
        }
        return found.pop() if len(found) == 1 else None

    def _unit_of_caption(self, caption: Span) -> str | None:
        """What a caption says is counted: the unit right behind "sắp xếp" or "số", if it names one kind alone."""
        low = self.analysis.view.low
        found = {
            mention.label
            for mention in self.analysis.within("objects", caption.start, caption.end)
            if mention.label in UNITS - {"unit", "phong"}
            and _COUNTS.search(low[max(caption.start, mention.start - 30) : mention.start])
        }
        return found.pop() if len(found) == 1 else None

    def _label_column(self, grid: Grid, columns: Sequence[Column]) -> int | None:
        """The first column of words that is no remark."""
        for column in columns:
            cells = [row[column.at] for row in grid.rows]
            words = sum(bool(cell.low) and not cell.holds_numbers for cell in cells)
            if column.part != "aside" and words * 2 > len(cells):
                return column.at
        return None

    # ------------------------------------------------------------ rows

    def _about(self, grid: Grid) -> Area:
        """The place the table is about: the smallest one in its caption that the others there contain, or the document's."""
        areas = [place.area for place in self._resolved(grid.caption)] if grid.caption else []
        areas.sort(key=lambda area: RANK[level_of(area) or "province"])
        return areas[-1] if areas and all(lies_within(areas[-1], wider) for wider in areas) else self.main

    def _resolved(self, span: Span) -> list[Resolved]:
        return [
            place
            for place in places_between(self.places, span.start, span.end)
            if place.mention.end <= span.end and place.level not in _TOO_DEEP
        ]

    def _area(self, cell: Cell, about: Area) -> Area | None:
        """The place that a row names; nothing where that is not sure."""
        named = sorted((place for place in self._resolved(cell.span)), key=lambda place: RANK[place.level])
        if named:
            own = named[-1]
            sure = own.place is not None and all(lies_within(own.area, other.area) for other in named)
            return own.area if sure and lies_within(own.area, about) else None
        bare = _UNIT_WORD.sub("", cell.low, count=1)
        date = self.analysis.view.document.published
        units = [
            area
            for unit in self.gazetteer.at(self.gazetteer.named(bare), date)
            if _right_below(area := area_of(self.gazetteer, unit), about)
        ]
        return units[0] if len(set(units)) == 1 else None

    def _is_whole(self, areas: Sequence[Area | None], about: Area) -> bool:
        """Whether the rows are nearly all that lies right below the place, so that their sum is its own number."""
        rows = {area for area in areas if area is not None and _right_below(area, about)}
        tiers = {level_of(area) for area in rows}
        name = about.district or about.province
        if len(tiers) != 1 or name is None or about.commune is not None:
            return False
        date = self.analysis.view.document.published
        known = [
            place
            for place in self.gazetteer.at(self.gazetteer.named(name), date)
            if area_of(self.gazetteer, place) == about
        ]
        tier = str(next(iter(tiers)))
        return len(known) == 1 and len(rows) >= _NEARLY_ALL * self.gazetteer.count(
            known[0], tier, date or _NOW_AND_THEN
        )

    def _fact(self, told: Told | None, row: Sequence[Cell], area: Area, frame: _Frame) -> Fact | None:
        if told is None:
            return None
        cells = {part: row[column.at] for part, column in told.parts.items()}
        numbers = {part: figure for part, cell in cells.items() if (figure := cell.figure) is not None}
        value = cells.get("value")
        if value is not None and value.ratio is not None:
            numbers["value"], numbers["total"] = value.ratio
        if not is_told(told.measure, numbers):
            return None
        used = sorted(cells[part].span for part in cells if cells[part].holds_numbers)
        start, end = frame.grid.row_span(row)
        why = Provenance(
            tuple(used),
            Span(start, end, self.analysis.view.text[start:end]),
            (f"table.{told.measure}",),
            tuple(column.head for column in told.parts.values()),
        )
        fact = Fact(
            told.measure, told.unit, why, roles=told.roles, level=told.level, area=area, as_of=frame.date,
            status=least_real([frame.status, *(c.status for c in told.parts.values() if c.status)]), confidence=_SURE,
        )  # fmt: skip
        return replace(
            fact,
            value=numbers.get("value"),
            total=numbers.get("total"),
            percent=numbers.get("percent"),
            before=numbers.get("before"),
            after=numbers.get("after"),
        )

    # ------------------------------------------------------------ small questions

    def _low(self, span: Span) -> str:
        return self.analysis.view.low[span.start : span.end]

    def _date(self, caption: Span | None) -> str | None:
        """The day that the caption says the figures hold for."""
        dates = self.analysis.within("dates", caption.start, caption.end) if caption else ()
        told = [str(date.data["value"]) for date in dates if date.data["value"] is not None and date.label != "period"]
        return told[-1] if told else None


def _right_below(area: Area, about: Area) -> bool:
    """Whether a unit lies right below the place a table is about."""
    above: dict[Level | None, tuple[Level | None, ...]] = {
        None: ("province",), "province": ("district", "commune"), "district": ("commune",), "commune": (),
    }  # fmt: skip
    return lies_within(area, about) and level_of(area) in above[level_of(about)]
