"""Holders: named people who hold several roles, by a marker (explicit) or by a row of titles (codebook, section 6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from tinhgon.assemble.pairings import Joined, settle
from tinhgon.detect.analysis import Analysis
from tinhgon.detect.spans import Spans, between
from tinhgon.records import Basis, Mention

_MEMBER = r"(?:(?:tỉnh|thành|huyện|quận|đảng|thị)? ?ủy viên(?: dự khuyết)?(?: (?:ban (?:thường vụ|chấp hành)|btv|bch))?(?: (?:trung ương|đảng bộ))?(?: (?:đảng|tỉnh ủy|huyện ủy|thành ủy|đảng ủy|tỉnh|huyện))*)"
# Between a name and the first of its roles.
_NAME_FIRST = regex.compile(
    rf"(?:,|\(| |\)|-|:|là|giữ|hai|2|hiện|nay|nguyên|cựu|chức|vụ|vị trí|vừa|người|được|bầu|làm|đang|đã|sinh năm \d+|\d+ tuổi|{_MEMBER}|tiến sĩ|thạc sĩ|đồng chí|với vai trò|cho biết)*"
)
# Between the last of the roles and a name.
_NAME_LAST = regex.compile(
    r"(?: |,|-|:|là|đồng chí|ông|bà|anh|chị|cô|chú|bác|xã|phường|thị trấn|huyện|tỉnh|thành phố|thị xã|quận|thôn|ấp|bản|khu phố|làng|tổ dân phố|tiểu khu|khu|việt nam|cấp|và các đoàn thể|đặc khu)*"
)
_SAME_PERSON = regex.compile(
    r"(?:[^.;:]{0,60}, )?(?:đồng chí|ông|bà|anh|chị)(?: (?:này|ấy|chung))?(?: (?:hiện|nay|đang|đã|được|bầu|bổ nhiệm|phân công|giao|giới thiệu|vừa))* (?:làm|là|giữ(?: các| hai)?(?: chức(?: vụ| danh)?)?|đảm nhiệm|đảm nhận) "
)
_TYPE_WORDS = 30  # characters: how long the words before a place's name may be
_ROW = regex.compile(rf"(?: |,|xã|phường|thị trấn|huyện|tỉnh|thành phố|thị xã|quận|việt nam|nguyên|kiêm|{_MEMBER})*")


_UNIT_WORD = regex.compile(r"(?:xã|phường|thị trấn|huyện|thôn|ấp|bản)")


@dataclass(frozen=True, slots=True)
class Held:
    """A named person with the roles the text gives them, and where it stands."""

    name: str
    start: int
    end: int
    roles: tuple[str, ...]
    basis: Basis
    joined: Joined | None
    mentions: tuple[Mention, ...]


class HolderReader:
    """Finds the holders of one document from its joined roles and its rows of titles."""

    def __init__(self, analysis: Analysis, joined: Sequence[Joined]) -> None:
        self.analysis = analysis
        self.low = analysis.view.low
        self.joined = joined
        roles = Spans((r.start, r.end) for r in analysis.of("roles"))
        self._joined_spans = Spans((j.start, j.end) for j in joined)
        self.people = [
            p for p in analysis.of("people") if len(p.text.split()) >= 2 and not roles.hold(p.start, p.start + 1)
        ]

    def all(self) -> list[Held]:
        """Explicit holders, then rows of titles of people who have none."""
        explicit = [h for j in self.joined if (h := self._explicit(j))]
        named = {h.name for h in explicit}
        return explicit + [h for h in self._rows() if h.name not in named]

    def _explicit(self, joined: Joined) -> Held | None:
        inside = [p for p in between(self.people, joined.start + 1, joined.end) if p.end < joined.end]
        before = self._before(joined.start, joined.sentence.start)
        after = None if before else self._after(joined.end, joined.sentence.end)
        person = (inside[0] if inside else before or after) or self._told_before(joined)
        if person is None:
            return None
        start, end = min(person.start, joined.start), max(person.end, joined.end)
        return Held(person.text, start, end, joined.roles, "explicit", joined, joined.mentions)

    def _told_before(self, joined: Joined) -> Mention | None:
        """The one person the sentence before names, where this one goes on with "đồng chí làm ...", "ông hiện là ..."."""
        if joined.sentence.index == 0 or not _SAME_PERSON.fullmatch(self.low, joined.sentence.start, joined.start):
            return None
        before = self.analysis.view.sentences[joined.sentence.index - 1]
        named = between(self.people, before.start, before.end)
        same_block = before.block == joined.sentence.block
        another = bool(between(self.people, joined.sentence.start, joined.start))
        return named[0] if same_block and not another and len({p.text for p in named}) == 1 else None

    def _before(self, start: int, limit: int) -> Mention | None:
        """The person named right before an offset: "ông Hà Đình Luyện vừa là ..."."""
        person = next((p for p in reversed(between(self.people, limit, start)) if p.end <= start), None)
        if person is None:
            return None
        gap = self._without_names(person.end, start)
        return person if _NAME_FIRST.fullmatch(gap) and len(gap) < 90 else None

    def _after(self, end: int, limit: int) -> Mention | None:
        """The person named right behind the roles: "... kiêm Chủ tịch UBND huyện Tam Nông Bùi Thị Mai"."""
        person = next((p for p in between(self.people, end, limit) if p.end <= limit), None)
        if person is None:
            return None
        gap = self._without_names(end, person.start)
        return person if _NAME_LAST.fullmatch(gap) and len(gap) < 50 and not self._new_statement(gap, person) else None

    def _new_statement(self, gap: str, person: Mention) -> bool:
        """A comma and a word of address open a new person, unless the roles stand in a row before a name."""
        return "," in gap and not _UNIT_WORD.search(gap)

    def _without_names(self, start: int, end: int) -> str:
        """The matching form between two offsets without the names of places in it."""
        pieces, position = [], start
        # the words of a place's type may be the last of a role: "Chủ tịch HĐND tỉnh Bến Tre"
        for place in self.analysis.within("places", max(0, start - _TYPE_WORDS), end):
            if place.end > start:
                pieces.append(self.low[position : max(position, place.data["name_start"])])
                position = place.end
        return "".join([*pieces, self.low[position:end]])

    def _rows(self) -> Iterator[Held]:
        """People with two or more titles in rows before or behind their name, in text order."""
        titles: dict[int, tuple[Mention, list[Mention]]] = {}
        for sentence in self.analysis.view.sentences:
            roles = [
                r
                for r in self.analysis.within("roles", sentence.start, sentence.end)
                if not self._joined_spans.hold(r.start, r.start + 1)
            ]
            row: list[Mention] = []
            for role in [*roles, None]:
                if role is not None and (not row or _ROW.fullmatch(self._without_names(row[-1].end, role.start))):
                    row.append(role)
                    continue
                person = (
                    (self._before(row[0].start, sentence.start) or self._after(row[-1].end, sentence.end))
                    if row
                    else None
                )
                if person:
                    titles.setdefault(person.start, (person, []))[1].extend(row)
                row = [role] if role is not None else []
        for person, row in titles.values():
            codes = settle([r.label for r in row])
            if len(codes) > 1:
                yield Held(
                    person.text,
                    min(person.start, row[0].start),
                    max(person.end, row[-1].end),
                    codes,
                    "titles",
                    None,
                    tuple(row),
                )
