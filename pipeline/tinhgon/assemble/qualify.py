"""Qualifiers of a number: planned or done, as of when, since when, against which year, by which resolution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from tinhgon.assemble.citations import Cited
from tinhgon.assemble.frames import Frame, Number
from tinhgon.records import Mention, Status

_HEADING_PLAN = regex.compile(
    r"phương hướng|nhiệm vụ (?:đến|năm|trọng tâm|thời gian|giai đoạn)|mục tiêu|giải pháp|kế hoạch (?:năm|thời gian)|thời gian tới|kiến nghị"
)
_HEADING_DONE = regex.compile(r"kết quả|tình hình|đánh giá|công tác lãnh đạo|hạn chế|tồn tại|đã đạt")
_NATIONAL = regex.compile(
    r"^[^.;]{0,40}(?:trung ương|bộ chính trị|chính phủ|nghị quyết (?:số )?\d+-nq/tw)[^.;]{0,30}(?:yêu cầu|đặt ra|đề ra|giao|quy định)|^[^.;,]{0,40} mà nghị quyết[^.;]{0,60}(?:bộ chính trị|trung ương)"
)
_STATUS_OF: dict[str, Status] = {
    "done": "achieved", "planned": "planned", "required": "required", "ongoing": "ongoing",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class When:
    """The time a number holds for and what it is compared with."""

    as_of: str | None = None
    since: str | None = None
    baseline: str | None = None


def heading_status(text: str, before: Status) -> Status:
    """The status a report's heading gives what follows it: "PHƯƠNG HƯỚNG ĐẾN NĂM 2025" -> planned."""
    if _HEADING_DONE.search(text):
        return "achieved"
    return "planned" if _HEADING_PLAN.search(text) else before


def status_of(frame: Frame, number: Number, section: Status, start: int) -> tuple[Status, tuple[str, ...]]:
    """The status of a number and the cues that tell it; ``start`` is where its statement begins."""
    low, sentence = frame.low, frame.sentence
    cues = frame.cues(sentence.start, number.start, *_STATUS_OF)
    cues = [c for c in cues if not _new_statement(low, c.end, number.start)]
    first = frame.numbers[0].start if frame.numbers else sentence.end
    done = max((c.start for c in cues if c.label == "done" and c.start < first), default=-1)
    over_all = [c for c in cues if c.label in ("planned", "required") and done < c.start < first]
    told = [c for c in cues if c.start >= start] or over_all
    after = frame.cues(number.noun_end, number.post, "planned", "required", "ongoing")
    status, used = _by_cues(told, section) if told else (section, ())
    given = bool(after) and after[0].text.lower().startswith("chỉ tiêu")
    if after and (status == "achieved" or given) and after[0].start - number.noun_end < 70:
        status, used = _STATUS_OF[after[0].label], (*used, after[0].text)
    # what nobody has done is so now, whatever is planned for it
    return (section, used) if number.mention.label == "zero" else (status, used)


def _by_cues(told: Sequence[Mention], section: Status) -> tuple[Status, tuple[str, ...]]:
    """The status by the cues before a number: the last one, where none before it weighs more."""
    last, earlier = told[-1], [c.label for c in told[:-1]]
    word = last.text.lower()
    status = _STATUS_OF[last.label]
    if last.label == "done" and "ongoing" in earlier[-1:]:
        status = "ongoing"
    elif word in ("hiện", "nay") and section != "achieved":
        status = section
    elif word.startswith("tiếp tục") and "required" in earlier:
        status = "required"  # "yêu cầu ... tiếp tục giảm"
    elif word == "đang" and "planned" in earlier:
        status = "planned"  # "phương án đang lấy ý kiến"
    return status, (last.text,)


def _new_statement(low: str, start: int, end: int) -> bool:
    """Whether between a cue and a number a new independent statement begins ("; ", " song ", " nhưng ")."""
    return bool(
        regex.search(
            r" song | nhưng |(?<!thực|phát|thể|biểu|xuất) hiện | đến nay |, đến nay|; (?:hiện|đến nay|đã) ",
            low[start:end],
        )
    )


def lies_ahead(when: When, published: str | None, cues: Sequence[str]) -> bool:
    """Whether the date a number holds for comes after the article's own: "từ ngày 1/1/2026 còn 1.847 thôn"."""
    date = when.as_of or when.since
    if date is None or published is None or any("đã" in cue.lower() for cue in cues):
        return False
    return date > published[: len(date)]


def is_national(frame: Frame, number: Number) -> bool:
    """Whether the text says that the number is the centre's demand on all: "mức 10% Trung ương yêu cầu"."""
    return bool(_NATIONAL.match(frame.low[number.end : frame.sentence.end]))


def when_of(frame: Frame, number: Number, start: int, planned: bool) -> When:
    """The dates of the number's sentence that bear on it; of several as-of dates the one closest before it."""
    as_of = since = baseline = None
    for date in frame.analysis.within("dates", frame.sentence.start, frame.sentence.end):
        value, part, begun = date.data["value"], date.data["part"], date.data["start"]
        if date.label in ("now", "not_date") or value is None:
            continue
        later = date.start > number.end
        if later and ";" in frame.low[number.end : date.start]:
            continue
        if not later and ";" in frame.low[date.end : number.start] and date.start - frame.sentence.start > 25:
            continue  # the date of another statement, not one that stands over the whole sentence
        if part == "baseline":
            baseline = baseline or str(value)[:4]
        elif begun:
            if date.label == "period" and regex.match(r"(?:nhiệm kỳ|năm học)", date.text.lower()) and not planned:
                continue
            since, as_of = since or str(begun), as_of or str(value)
        elif part == "since":
            since = since or str(value)
        elif date.label in ("bare_day", "day") and not part and not _dated_claim(frame, date.start):
            continue
        elif (
            not later
            or part in ("as_of", "before")
            or frame.low[number.noun_end : date.start].strip() in ("vào", "vào cuối", "trong", "đến")
        ):
            as_of = str(value) if not later or as_of is None else as_of
    return When(as_of, since, baseline)


def _dated_claim(frame: Frame, start: int) -> bool:
    """A full day counts where the claim hangs on it ("từ ngày 1/2/2020"), not where a meeting was held on it."""
    return bool(regex.search(r"(?:đến|tới|từ|trước|tính đến)(?: ngày| hết)* ?$", frame.low[max(0, start - 18) : start]))


def resolutions_of(frame: Frame, cited: list[Cited]) -> tuple[str, ...]:
    """The symbols that the number's own sentence ties to it."""
    inside = [c.symbol for c in cited if frame.sentence.start <= c.mention.start < frame.sentence.end]
    return tuple(dict.fromkeys(inside))
