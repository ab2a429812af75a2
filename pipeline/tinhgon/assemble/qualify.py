"""Qualifiers of a number: as of when, since when, against which year, by which resolution."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from tinhgon.assemble.citations import Cited, cited_between
from tinhgon.assemble.frames import Frame, Number

_TERM = regex.compile(r"(?:nhiệm kỳ|năm học)")
_UNTIL_BEFORE = regex.compile(r"(?:đến|tới|từ|trước|tính đến)(?: ngày| hết)* ?$")


@dataclass(frozen=True, slots=True)
class When:
    """The time a number holds for and what it is compared with."""

    as_of: str | None = None
    since: str | None = None
    baseline: str | None = None


# A date behind a purpose or another's decision is not the number's: "... nhằm tinh gọn ... theo định hướng đến năm 2020"
_OTHER_CLAUSE = regex.compile(
    r"(?<!\w)(?:nhằm|theo (?:đúng )?(?:định hướng|nghị quyết|đề án|lộ trình)|mà nghị quyết|đã được)(?!\w)"
)


def when_of(frame: Frame, number: Number, planned: bool) -> When:
    """The dates of the number's sentence that bear on it; of several as-of dates the one closest before it."""
    as_of = since = baseline = None
    for date in frame.analysis.within("dates", frame.sentence.start, frame.sentence.end):
        value, part, begun = date.data["value"], date.data["part"], date.data["start"]
        if date.label in ("now", "not_date") or value is None:
            continue
        later = date.start > number.end
        if later and ";" in frame.low[number.end : date.start]:
            continue
        if not later and ";" in frame.low[date.end : number.start] and frame.numbers[0].start < date.start:
            continue  # the date of another statement, not one that stands over the whole sentence
        if part == "baseline":
            baseline = baseline or str(value)[:4]
        elif begun:
            if date.label == "period" and _TERM.match(date.text.lower()) and not planned:
                continue
            since, as_of = since or str(begun), as_of or str(value)
        elif part == "since":
            since = since or str(value)
        elif date.label in ("bare_day", "day") and not part and not _dated_claim(frame, date.start):
            continue
        elif (
            not later
            or (part in ("as_of", "before") and not _OTHER_CLAUSE.search(frame.low, number.noun_end, date.start))
            or frame.low[number.noun_end : date.start].strip() in ("vào", "vào cuối", "trong", "đến")
        ):
            as_of = str(value) if not later or as_of is None else as_of
    return When(as_of, since, baseline)


def _dated_claim(frame: Frame, start: int) -> bool:
    """A full day counts where the claim hangs on it ("từ ngày 1/2/2020"), not where a meeting was held on it."""
    return bool(_UNTIL_BEFORE.search(frame.low[max(0, start - 18) : start]))


def resolutions_of(frame: Frame, cited: list[Cited]) -> tuple[str, ...]:
    """The symbols that the number's own sentence ties to it."""
    inside = [c.symbol for c in cited_between(cited, frame.sentence.start, frame.sentence.end)]
    return tuple(dict.fromkeys(inside))
