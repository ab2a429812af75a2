"""Whether a number has happened: achieved, ongoing, planned or required (codebook, section 8).

Cues before the number decide first, then what stands between its parts, then a date that lies ahead of the article,
then the plan that the sentence before spoke of. What nothing says to be a plan is taken as told: achieved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from tinhgon.assemble.drafts import Draft
from tinhgon.assemble.frames import Frame, Number
from tinhgon.assemble.qualify import When, when_of
from tinhgon.assemble.state import State
from tinhgon.detect.analysis import Analysis, told_year
from tinhgon.records import Mention, Status

_HEADING_PLAN = regex.compile(
    r"phương hướng|chỉ tiêu|nhiệm vụ (?:đến|năm|trọng tâm|thời gian|giai đoạn)|mục tiêu|giải pháp|kế hoạch (?:năm|thời gian)|thời gian tới|kiến nghị"
)
_HEADING_DONE = regex.compile(r"kết quả|tình hình|đánh giá|công tác lãnh đạo|hạn chế|tồn tại|đã đạt")
_NATIONAL = regex.compile(
    r"^[^.;]{0,40}(?:trung ương|bộ chính trị|chính phủ|nghị quyết (?:số )?\d+-nq/tw)[^.;]{0,30}(?:yêu cầu|đặt ra|đề ra|giao|quy định)|^[^.;,]{0,40} mà nghị quyết[^.;]{0,60}(?:bộ chính trị|trung ương)"
)
_GOES_ON = regex.compile(
    r"(?:trong đó|cụ thể|theo đó|sau khi|sau sắp xếp|sau sáp nhập|sau hợp nhất|như vậy|ngoài ra|đồng thời|việc (?:này|sắp xếp này)|điều (?:này|đó)|theo tính toán|qua đó|nhờ đó|khi đó|riêng|bên cạnh đó|còn lại)(?!\w)"
)
_CLAUSE = regex.compile(r"[^.,;:()\d]*")
_TIME_TO_COME = regex.compile(r"^sang năm$|(?<=\p{L}) tới$", regex.VERSION1)
_LEAST = regex.compile(r"(?<!\w)(?P<least>tối thiểu|ít nhất)(?: là)? $")
_STATUS_OF: dict[str, Status] = {
    "done": "achieved", "planned": "planned", "required": "required", "ongoing": "ongoing",
}  # fmt: skip


_PLAN_DOCUMENT = regex.compile(r"(?:DỰ THẢO )?(?:KẾ HOẠCH|ĐỀ ÁN|PHƯƠNG ÁN|CHƯƠNG TRÌNH HÀNH ĐỘNG)(?!\w)")


_TURN = regex.compile(r" song | nhưng |(?<!thực|phát|thể|biểu|xuất) hiện | đến nay |, đến nay|; (?:hiện|đến nay|đã) ")


def opening_status(analysis: Analysis) -> Status:
    """What the kind of a document makes of all it says: a plan by its official head ("KẾ HOẠCH sắp xếp ...") is planned."""
    return "planned" if _PLAN_DOCUMENT.match(analysis.view.document.title or "") else "achieved"


def heading_status(text: str, before: Status) -> Status:
    """The status a report's heading gives what follows it: "PHƯƠNG HƯỚNG ĐẾN NĂM 2025" -> planned."""
    if _HEADING_DONE.search(text):
        return "achieved"
    return "planned" if _HEADING_PLAN.search(text) else before


@dataclass(frozen=True, slots=True)
class Told:
    """The status of a number, the cues that tell it, its dates, and whether it is the centre's demand on all."""

    status: Status
    cues: tuple[str, ...]
    when: When
    national: bool


class StatusReader:
    """Reads whether the drafts of one document have happened."""

    def __init__(self, analysis: Analysis, state: State) -> None:
        self.state = state
        self.today = analysis.view.document.published or told_year(analysis)

    def read(self, frame: Frame, draft: Draft, measure: str) -> Told:
        """The status and the dates of a draft; cues of its own weigh more than the passage's."""
        number = draft.first
        status, cues = _by_its_cues(frame, draft, self.state.section)
        if draft.carried and status == "achieved" and draft.head is not None and self.state.section != "achieved":
            status = self.state.section
        national = status in ("required", "planned") and is_national(frame, number)
        when = when_of(frame, number, status != "achieved")
        if national:
            status = "required"
        if not cues and status == "achieved":
            status = self._goes_on(frame, draft)
        if number.mention.label != "zero" and status == "achieved":
            merged = frame.to_be_merged(number) if draft.kind == "join" else None
            status = merged or status
            status = "planned" if status == "achieved" and lies_ahead(when, self.today, cues) else status
        if status == "ongoing" and measure not in ("concurrent_posts", "merger"):
            status = "achieved"
        return Told(status, cues, when, national)

    def _goes_on(self, frame: Frame, draft: Draft) -> Status:
        """The status of what the sentence before began: "Cụ thể, ...", "Trong đó, ..." after a plan are planned too."""
        if draft.source is not None and draft.source.status in ("planned", "required"):
            return draft.source.status  # type: ignore[return-value]
        if draft.head is not None and draft.head.status in ("planned", "required"):
            return draft.head.status  # type: ignore[return-value]
        if frame.sentence.index == 0 or not _GOES_ON.match(frame.low[frame.sentence.start : frame.sentence.end]):
            return "achieved"
        before = frame.analysis.view.sentences[frame.sentence.index - 1]
        if frame.analysis.view.document.blocks[before.block].kind in ("title", "heading", "caption", "signature"):
            return "achieved"
        labels = [c.label for c in frame.cues(before.start, before.end, *_STATUS_OF)]
        ahead = [label for label in labels if label in ("planned", "required")]
        return _STATUS_OF[ahead[-1]] if ahead and "done" not in labels else "achieved"


def _by_its_cues(frame: Frame, draft: Draft, section: Status) -> tuple[Status, tuple[str, ...]]:
    """The status of a draft by the cues of its own statement."""
    number = draft.first
    start = frame.low.rfind(";", frame.sentence.start, number.start) + 1 or frame.sentence.start
    low, sentence = frame.low, frame.sentence
    cues = frame.cues(sentence.start, number.start, *_STATUS_OF)
    cues = [c for c in cues if not _new_statement(low, c.end, number.start)]
    first = frame.numbers[0].start if frame.numbers else sentence.end
    done = max((c.start for c in cues if c.label == "done" and c.start < first), default=-1)
    over_all = [c for c in cues if c.label in ("planned", "required") and done < c.start < first]
    told = [c for c in cues if c.start >= start] or over_all
    verb = max((w.end for w in draft.words), default=0)  # "11 quận và 226 phường sẽ bị sắp xếp": one verb for both
    after = frame.cues(number.noun_end, max(number.post, verb), "planned", "required", "ongoing")
    status, used = _by_cues(told, section) if told else (section, ())
    given = bool(after) and after[0].text.lower().startswith("chỉ tiêu")
    if after and told and told[-1].label == "done" and low[: after[0].start].endswith("theo "):
        after = []  # "đã tinh giản ... 317 biên chế theo phương án cổ phần hóa": by a plan that was carried out
    if after and (status in ("achieved", "ongoing") or given) and after[0].start - number.noun_end < 70:
        status, used = _STATUS_OF[after[0].label], (*used, after[0].text)
    # "giảm 1.200 biên chế năm tới": what is told of a time to come has not happened, however far behind it stands.
    if status == "achieved" and not any(c.label == "done" for c in told):
        rest = _CLAUSE.match(low, number.noun_end, sentence.end)
        behind = frame.cues(number.noun_end, rest.end(), "planned") if rest else ()
        if ahead := next((c.text for c in behind if _TIME_TO_COME.search(c.text.lower())), None):
            status, used = "planned", (*used, ahead)
    between = frame.cues(number.noun_end, max(n.start for n in draft.numbers), "planned", "required")
    if between and status == "achieved" and draft.kind in ("change", "drop"):
        status, used = _STATUS_OF[between[-1].label], (*used, between[-1].text)  # "hiện có 172 người, sẽ giảm còn 151"
    if (
        not used
        and status == "achieved"
        and number.is_percent
        and not any(word.text.endswith("được") for word in draft.words)  # "giảm được ít nhất 10%" tells a result
        and (least := _LEAST.search(low[: number.start], number.pre))
    ):
        status, used = "planned", (least["least"],)  # nobody counts what is done by its minimum
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
    return bool(_TURN.search(low[start:end]))


def lies_ahead(when: When, today: str | None, cues: Sequence[str]) -> bool:
    """Whether the date a number holds for comes after the article's own: "từ ngày 1/1/2026 còn 1.847 thôn".

    >>> lies_ahead(When(as_of="2021"), "2018", ()), lies_ahead(When(as_of="2018-06"), "2018", ())
    (True, False)
    """
    date = when.as_of or when.since
    if date is None or today is None or any("đã" in cue.lower() for cue in cues):
        return False
    known = min(len(date), len(today))
    return date[:known] > today[:known]


def is_national(frame: Frame, number: Number) -> bool:
    """Whether the text says that the number is the centre's demand on all: "mức 10% Trung ương yêu cầu"."""
    return bool(_NATIONAL.match(frame.low[number.end : frame.sentence.end]))
