"""Composing: a settled draft becomes a fact with its object, owner, tier, status, dates and evidence."""

from __future__ import annotations

from dataclasses import replace

import regex

from tinhgon.assemble.citations import Cited
from tinhgon.assemble.drafts import Draft
from tinhgon.assemble.frames import Frame
from tinhgon.assemble.judge import Judge
from tinhgon.assemble.levels import level_for, post_level
from tinhgon.assemble.objects import (
    PEOPLE,
    TIERS,
    UNITS,
    consolidating,
    is_on_topic,
    is_ours,
    object_of,
    settle_phong,
    told_level,
    told_why,
)
from tinhgon.assemble.owners import Owners, level_of, parent_of
from tinhgon.assemble.places import places_between
from tinhgon.assemble.posts import also_right, is_row
from tinhgon.assemble.qualify import resolutions_of
from tinhgon.assemble.signals import SignalReader
from tinhgon.assemble.sound import fits, is_sound
from tinhgon.assemble.state import State
from tinhgon.assemble.status import StatusReader
from tinhgon.detect.analysis import Analysis
from tinhgon.records import Area, Fact, Level, Mention, Provenance, Span

MEASURES = {
    "change": "reduction", "drop": "reduction", "leave": "reduction", "stock": "stock", "join": "merger", "dissolve": "dissolution",
    "rotate": "rotation", "nonlocal": "nonlocal_appointment", "save": "saving", "posts": "concurrent_posts",
}  # fmt: skip


_OFFICE = regex.compile(
    r"(?:^|[\s,;“\"])(?:bộ (?!máy|phận|đội|mặt)\p{L}+|tổng cục|cục \p{L}+|ban \p{L}+ trung ương|chính phủ)(?: [\p{L}]+){0,5}$|(?:^|[\s,])bộ (?:công|nội|tài|xây|giao|y|tư|quốc|nông|giáo|khoa|văn|lao|thông|kế|ngoại)[^.;]*$"
)
_EACH = regex.compile(r"^[^.;:\d]{0,30}?(?:cùng|đều|mỗi (?:huyện|quận|xã|phường|tỉnh|nơi|đơn vị|địa phương))(?!\w)")
_LISTED = regex.compile(r"(?:,|,? và|,? cùng) (?:(?:xã|phường|huyện|quận|tỉnh|thị xã|thành phố) |tp\.? ?)?")
_PACE = {"năm": "year", "tháng": "month"}
_PACED = ("reduction", "saving", "rotation")
_CHANGES = ("drop", "change", "stock", "join")


_FROM_IN_BRACKETS = regex.compile(r"\s*\((?:giảm )?từ ")


class Composer:
    """Writes the facts of one document's drafts."""

    def __init__(self, analysis: Analysis, owners: Owners, state: State, cited: list[Cited], judge: Judge) -> None:
        self.analysis, self.owners, self.state, self.cited, self.judge = analysis, owners, state, cited, judge
        self.statuses, self.signals = StatusReader(analysis, state), SignalReader(analysis)
        self.consolidating = consolidating(analysis)

    def facts(self, frame: Frame, draft: Draft) -> list[Fact]:
        if draft.kind == "plain":
            draft.refused = "no measure word or pairing reaches the number"
            return []
        others = self._each(frame, draft)
        fact = self._fact(frame, draft)
        if fact is None:
            return []
        found = [fact, *(replace(fact, area=area) for area in others)]
        if (
            draft.kind == "posts"
            and draft.joined is not None
            and draft.head is None
            and draft.joined.start > draft.first.start
        ):
            found += [replace(fact, roles=j.roles, level=post_level(draft, j)) for j in also_right(frame, draft.joined)]
        return found

    def _each(self, frame: Frame, draft: Draft) -> list[Area]:
        """The other places a number holds of: "Quy Mông và Y Can cùng đạt 100%", "A, B và C mỗi huyện giảm một xã"."""
        before = [
            r
            for r in places_between(self.owners.places, frame.sentence.start, draft.first.start)
            if r.hamlet is None and r.mention.end <= draft.first.start
        ]
        gap = frame.text(before[-1].mention.end, draft.first.start) if before else ""
        # a share told of two places is the share of each
        each = _EACH.search(gap) or (draft.first.is_percent and gap in (", ", " "))
        if len(before) < 2 or not each:
            return []
        listed = [before[-1]]
        while len(before) > len(listed):
            other = before[-1 - len(listed)]
            gap = frame.low[other.mention.end : listed[-1].mention.data["name_start"]]
            if other.level != listed[-1].level or not _LISTED.fullmatch(gap):
                break
            listed.append(other)
        if len(listed) > 1 and draft.place is None:
            draft.place = before[-1].area
        return [r.area for r in listed[1:]]

    def _fact(self, frame: Frame, draft: Draft) -> Fact | None:
        """The fact of a draft; ``None`` where it cannot be one, with the reason noted in the draft."""
        measure = MEASURES[draft.kind]
        number = draft.first
        label, noun = self._counted(frame, draft)
        draft.refused = self._refusal(frame, draft, measure, label, noun)
        if draft.refused is not None or label is None:
            return None
        draft.object = label
        unit_level: Level | None = TIERS.get(label)
        if label == "person" and measure == "concurrent_posts" and draft.joined is not None:
            unit_level = draft.joined.level
        area = draft.place if draft.place is not None else self.owners.owner(frame, number, unit_level, number.post)
        if draft.place is not None and unit_level is not None and level_of(area) == unit_level:
            area = parent_of(area)
        if label == "phong":
            label = settle_phong(area, frame, number)
        if label == "unit":
            label = (draft.joined.level if draft.joined else None) or "post"
        told = self.statuses.read(frame, draft, measure)
        area = Area() if told.national else area
        draft.status = told.status
        quote = self.quote(frame, draft)
        level = level_for(frame, draft, label, noun, area)
        value, after = (
            (draft.value, draft.after) if draft.kind != "stock" or draft.value is not None else (draft.after, None)
        )
        patterns = (
            *(w.pattern for w in draft.words),
            *(draft.joined.markers if draft.joined else ()),
            number.mention.pattern,
        )
        cues = tuple(dict.fromkeys([*(w.text for w in draft.words), *told.cues]))
        fact = Fact(
            measure=measure,
            object=label,
            provenance=Provenance(
                quote, self.span(frame.sentence.start, frame.sentence.end), tuple(dict.fromkeys(patterns)), cues
            ),
            value=value,
            value_max=draft.value_max,
            total=draft.total,
            percent=draft.percent,
            percent_max=draft.percent_max,
            attainment=draft.attainment,
            before=draft.before,
            after=after,
            modifier=draft.modifier,  # type: ignore[arg-type]
            roles=(draft.roles or ()) if measure in ("concurrent_posts", "nonlocal_appointment", "rotation") else (),
            level=level,
            area=area,
            as_of=told.when.as_of,
            since=told.when.since,
            baseline=told.when.baseline,
            per=_PACE.get(str(number.mention.data.get("per"))) if measure in _PACED else None,
            status=told.status,
            resolutions=resolutions_of(frame, self.cited),
            part_of=self._whole(draft),
        )
        return replace(fact, confidence=self.judge(self.signals.signals(frame, draft, fact)))

    def _counted(self, frame: Frame, draft: Draft) -> tuple[str | None, Mention | None]:
        """What a draft counts and the noun that tells it: its own, its total's, its head's, or the passage's."""
        label, noun = object_of(draft, frame)
        if draft.kind == "save":
            label = "money"
        if label in (None, "unit") and draft.total is not None:
            label = self._object_of_total(frame, draft) or label
        if label in (None, "unit") and draft.head is not None:
            label = self._object_of_head(draft.head) or label
        if label in (None, "unit") and draft.kind not in ("posts", "nonlocal", "rotate", "save"):
            label = self._object_around(frame, draft) or label
        if label is None:
            parts = {d.noun.label for d in draft.siblings if d.head is draft and d.noun is not None}
            label = parts.pop() if len(parts) == 1 else None  # "còn 151 (123 biên chế công chức, 28 hợp đồng)"
        if label is None and draft.kind == "posts" and draft.joined is not None:
            label = "person" if draft.joined.level is None else draft.joined.level
        return label, noun

    def _refusal(self, frame: Frame, draft: Draft, measure: str, label: str | None, noun: Mention | None) -> str | None:
        """Why a draft is no fact; ``None`` where it is one."""
        if draft.head is not None and draft.head.frame is frame and draft.head.refused is not None:
            return draft.head.refused  # a part of what is no fact
        if draft.kind == "stock" and draft.head is None and not self._results_from_merging(frame, draft, label):
            return "not told as what merging left"
        if label is None or (label == "unit" and measure != "concurrent_posts"):
            return "what the number counts is not told"
        if not self._ours(frame, draft, measure, label, noun):
            return "the sentence speaks of something else"
        if measure != "concurrent_posts" and not is_on_topic(frame, self.consolidating):
            return "the article does not speak of consolidation"
        if draft.kind == "leave" and not told_why(frame, self._after_staff(frame)):
            return "people leave, but not told to leave for consolidation"
        if any(self._is_unreal(frame, word) for word in draft.words):
            return "supposed or denied"
        if not fits(measure, label):
            return f"{measure} does not happen to {label}"
        return None if is_sound(draft, label) else "the numbers cannot stand together"

    def _is_unreal(self, frame: Frame, word: Mention) -> bool:
        """Whether a verb tells what could be or is not yet: "nếu giảm một huyện", "chưa sắp xếp 2 phường"."""
        start = max(frame.sentence.start, word.start - 14)
        denied = frame.text(max(frame.sentence.start, word.start - 9), word.start).endswith(("chưa ", "chưa phải "))
        return denied or bool(frame.cues(start, word.start, "possible"))

    def _results_from_merging(self, frame: Frame, draft: Draft, label: str | None) -> bool:
        """Whether what is left is told as a result of consolidation, and not just as what there still is."""
        start, end = frame.sentence.start, frame.sentence.end
        if frame.cues(start, end, "consolidated") or self.analysis.within("resolutions", start, end):
            return True
        if any(m.label in ("join", "drop", "into", "dissolve") for m in frame.measures(start, end)):
            return True
        if label is not None and label == self.state.unit and self.state.unit_block == frame.sentence.block:
            return True
        return (
            bool(self.state.previous)
            and frame.sentence.index - self.state.previous[-1].frame.sentence.index <= 2
            and self.state.previous[-1].kind in ("drop", "change", "join", "stock")
        )

    def _ours(self, frame: Frame, draft: Draft, measure: str, label: str, noun: Mention | None) -> bool:
        told = (
            getattr(noun, "label", None) in ("payroll", "nonspecialist", "deputy", "leader", "division", "phong")
            or self.state.heading_object in PEOPLE
            or self._after_staff(frame)
            or draft.head is not None
        )
        return is_ours(frame, measure, label, noun, told)

    def _after_staff(self, frame: Frame) -> bool:
        """Whether the sentence right before spoke of staff cut, so that "121 người" are staff too."""
        last = self.state.before_in_block(frame)
        return last is not None and frame.sentence.index - last.frame.sentence.index <= 1 and last.object in PEOPLE

    def _object_of_head(self, head: Draft) -> str | None:
        label, _ = object_of(head, head.frame)
        if label in (None, "unit"):
            label = head.object  # a row takes what the row before it took
        if label in (None, "unit"):
            label = self._object_around(head.frame, head)
        return label

    def _object_around(self, frame: Frame, draft: Draft) -> str | None:
        """What a bare number or "đơn vị" counts: by what the sentence, the passage or the heading speaks of."""
        number, last = draft.first, self.state.previous[-1] if self.state.previous else None
        if self.analysis.view.document.blocks[frame.sentence.block].kind == "title":
            return None
        here = [d for d in self.state.current if d.frame is frame and d.first.start < number.start]
        if here and draft.kind == "change" and _FROM_IN_BRACKETS.fullmatch(frame.text(here[-1].end, number.start)):
            return here[-1].object  # "giải thể 41 ban chỉ đạo (từ 108 xuống 48)"
        earlier = [d for d in here if d.kind in _CHANGES]
        if (
            number.is_percent
            and number.noun is None
            and draft.kind == "drop"
            and earlier[-1:]
            and earlier[-1].kind == "join"
        ):
            return earlier[-1].object
        if number.noun is None and not number.is_percent and earlier:
            found = earlier[-1].object
            if found in TIERS or (found is not None and number.depth > 0 and draft.kind == earlier[0].kind == "drop"):
                return found
            if found is not None and number.depth > earlier[0].first.depth and draft.kind == "drop":
                return found  # "từ 26 đầu mối về 21 (khối Đảng hụt 3, khối chính quyền hụt 2)"
        distance = frame.sentence.index - last.frame.sentence.index if last is not None else 99
        if last is not None and last.kind in _CHANGES and number.noun is None and not number.is_percent:
            found = last.object
            same_block = last.frame.sentence.block == frame.sentence.block
            listed = self.owners.right_before(number) is not None and distance <= 3
            if found not in (None, "unit", "person") and (listed or (found in PEOPLE and same_block and distance == 1)):
                draft.source = last
                return found
        if draft.noun is not None and _OFFICE.search(frame.low[frame.sentence.start : number.start]):
            return "agency"
        named = [
            r
            for r in self.owners.places
            if r.hamlet is None and frame.sentence.start <= r.mention.start and r.mention.end <= number.start
        ]
        if number.noun is not None and len(named) == 1 and named[0].level == "district" and draft.kind in _CHANGES:
            return "commune"  # "Huyện Đô Lương chỉ giảm một đơn vị": a district's units are communes
        told = told_level(frame, number)
        if (told in ("commune", "hamlet") or (told is not None and is_row(frame))) and not number.is_percent:
            return told
        in_block = self.state.unit_block == frame.sentence.block
        if self.state.unit is not None and not number.is_percent and (number.noun is not None or in_block):
            return self.state.unit
        heading = self.state.heading_object
        if (number.noun is not None or is_row(frame)) and heading in UNITS:
            return heading
        return self.state.offices if number.noun is not None else None

    def _object_of_total(self, frame: Frame, draft: Draft) -> str | None:
        nouns = [
            n.noun.label
            for n in frame.numbers
            if n.noun is not None and n.value == draft.total and n.noun.label in TIERS
        ]
        return nouns[0] if nouns else None

    def quote(self, frame: Frame, draft: Draft) -> tuple[Span, ...]:
        """The shortest piece that proves a draft: from its verb or noun to its last number or roles."""
        starts, ends = [n.start for n in draft.numbers], [n.noun_end for n in draft.numbers]
        inside = [w for w in draft.words if frame.sentence.start <= w.start < frame.sentence.end]
        starts += [w.start for w in inside]
        ends += [w.end for w in inside]
        if draft.joined is not None and draft.joined.sentence.index == frame.sentence.index and draft.head is None:
            starts.append(draft.joined.start)
            ends.append(draft.joined.end)
        start, end = min(starts), max(ends)
        if frame.text(start, end).count("(") > frame.text(start, end).count(")") and frame.text(end, end + 1) == ")":
            end += 1
        return (self.span(start, end),)

    def _whole(self, draft: Draft) -> str | None:
        """The piece that proves the whole a draft is a part of; None where it is no part."""
        told_apart = draft.place is not None or draft.label_noun is not None or draft.tier is not None
        is_part = draft.is_part or told_apart or draft.kind == "stock"
        if draft.head is None or draft.carried or not is_part:
            return None
        return self.quote(draft.head.frame, draft.head)[0].text

    def span(self, start: int, end: int) -> Span:
        return Span(start, end, self.analysis.view.text[start:end])
