"""Signals: what of a candidate fact tells how sure it is, as plain numbers for the judge.

None of them knows the answer: they say how far the measure word stands, whether the number has a noun of its own,
where its place was found, and how much the article speaks of consolidation at all.
"""

from __future__ import annotations

from functools import cached_property
from math import log1p

import regex

from tinhgon.assemble.drafts import Draft
from tinhgon.assemble.frames import Frame
from tinhgon.assemble.objects import TOPIC, topic_words
from tinhgon.detect.analysis import Analysis
from tinhgon.detect.anchors import anchored
from tinhgon.records import Area, Fact

_FAR = 120  # characters: beyond this one distance is like another
_CENTRE = anchored(
    r"(?<!\w)(?:bộ trưởng|thứ trưởng|thủ tướng|chính phủ|quốc hội|cả nước|toàn quốc|trung ương|tổng cục|bộ (?:nội vụ|công an|tài chính|y tế|quốc phòng|chính trị|giáo dục|tư pháp|công thương|xây dựng|giao thông))(?!\w)",
    "bộ", "thứ trưởng", "thủ tướng", "chính phủ", "quốc hội", "cả nước", "toàn quốc", "trung ương", "tổng cục",
)  # fmt: skip
_BUSINESS = anchored(
    r"(?<!\w)(?:công ty|doanh nghiệp|ngân hàng|tập đoàn|cổ phần|cổ đông|tổng công ty|hợp tác xã)(?!\w)",
    "công ty", "doanh nghiệp", "ngân hàng", "tập đoàn", "cổ phần", "cổ đông", "tổng công ty", "hợp tác xã",
)  # fmt: skip
_SUPPOSED = regex.compile(
    r"(?<!\w)(?:nếu|giả sử|ví dụ|chẳng hạn|có thể|thay vì|lẽ ra|tại sao|liệu|không quá|tối đa|ít nhất mỗi)(?!\w)"
)
# What is sought in the whole document.
FORMS = (TOPIC, _CENTRE, _BUSINESS)
_FILLED = ("value", "total", "percent", "attainment", "before", "after")


_QUOTE_MARK = regex.compile('[“”"]')


class SignalReader:
    """Tells the signals of one document's candidates; what belongs to the document or a sentence is read once."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._sentence: tuple[Frame, dict[str, float]] | None = None

    def signals(self, frame: Frame, draft: Draft, fact: Fact) -> dict[str, float]:
        """The signals of one candidate by name; flags are 0 or 1, lengths are logarithms of characters or counts.

        Kinds of draft and objects are named as ``kind=drop``, ``object=commune``.
        """
        if self._sentence is None or self._sentence[0] is not frame:
            self._sentence = frame, _of_the_sentence(frame)
        return {
            f"kind={draft.kind}": 1.0,
            f"object={fact.object}": 1.0,
            **_of_the_number(draft, fact),
            **_of_the_link(frame, draft),
            **_of_the_place(frame, draft, fact.area),
            **self._sentence[1],
            **self._document,
        }

    @cached_property
    def _document(self) -> dict[str, float]:
        analysis, view = self._analysis, self._analysis.view
        thousand = 1000 / max(1000, len(view.low))
        return {
            "document.on_topic": log1p(topic_words(view) * thousand),
            "document.business": log1p(sum(1 for _ in view.find(_BUSINESS)) * thousand),
            "document.foreign": log1p(sum(m.label == "foreign" for m in analysis.of("cues")) * thousand),
            "document.centre": log1p(sum(1 for _ in view.find(_CENTRE)) * thousand),
            "document.cites": float(bool(analysis.of("resolutions"))),
            "document.undated": float(view.document.published is None),
        }


def _of_the_number(draft: Draft, fact: Fact) -> dict[str, float]:
    number = draft.first
    return {
        f"number={number.mention.label}": 1.0,
        "number.in_words": float(bool(number.mention.data.get("word"))),
        "number.small": float(fact.value is not None and fact.value <= 3 and fact.total is None),
        "number.slots": float(sum(getattr(fact, slot) is not None for slot in _FILLED)),
        "number.percent_alone": float(fact.percent is not None and fact.value is None and fact.before is None),
        "noun.none": float(number.noun is None),
        "noun.other": float(number.noun is not None and number.noun.label != fact.object),
        "list.row": float(draft.head is not None),
        "list.carried": float(draft.carried or draft.source is not None),
        f"status={fact.status}": 1.0,
    }


def _of_the_link(frame: Frame, draft: Draft) -> dict[str, float]:
    """How the measure word, or the pairing, stands to the number."""
    number, word = draft.first, draft.words[0] if draft.words else draft.joined
    if word is None:
        return {"link.none": 1.0}
    before = word.end <= number.start
    gap = frame.text(word.end, number.start) if before else frame.text(number.noun_end, word.start)
    return {
        "link.behind": float(not before),
        "link.far": log1p(min(len(gap), _FAR)),
        "link.comma": float("," in gap),
        "link.other_sentence": float(not frame.sentence.start <= word.start < frame.sentence.end),
    }


def _of_the_place(frame: Frame, draft: Draft, area: Area) -> dict[str, float]:
    names = [name.lower() for name in (area.commune, area.district, area.province) if name]
    text = frame.text(frame.sentence.start, frame.sentence.end)
    return {
        "place.none": float(not names),
        "place.here": float(bool(names) and names[0] in text),
        "place.of_list": float(draft.place is not None),
        "place.yet_centre": float(bool(names) and _CENTRE.expression.search(text) is not None),
    }


def _of_the_sentence(frame: Frame) -> dict[str, float]:
    start, end = frame.sentence.start, frame.sentence.end
    text = frame.text(start, end)
    block = frame.analysis.view.document.blocks[frame.sentence.block]
    foreign = sum(number.foreign for number in frame.numbers)
    return {
        "sentence.length": log1p(end - start),
        "sentence.numbers": log1p(len(frame.numbers)),
        "sentence.foreign_numbers": log1p(foreign),
        "sentence.question": float("?" in text),
        "sentence.quoted": float(bool(_QUOTE_MARK.search(text))),
        "sentence.supposed": float(_SUPPOSED.search(text) is not None),
        "sentence.business": float(_BUSINESS.expression.search(text) is not None),
        "sentence.cited": float(bool(frame.analysis.within("resolutions", start, end))),
        "sentence.measures": log1p(len(frame.measures(start, end))),
        "sentence.on_topic": log1p(topic_words(frame.analysis.view, start, end)),
        f"block={block.kind}": 1.0,
    }
