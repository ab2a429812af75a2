"""Whose number it is: the place named in reach, what "toàn huyện" or "nơi đây" stands for, else the passage's place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import regex

from tinhgon.assemble.frames import Frame, Number
from tinhgon.assemble.places import RANK, REFORM, Resolved, places_between
from tinhgon.detect.analysis import Analysis
from tinhgon.detect.spans import between
from tinhgon.detect.text import Sentence
from tinhgon.records import Area, Level, Mention

_PARENT_GAP = regex.compile(
    r"^ ?\((?:huyện |tỉnh |tp\.? ?|thị xã |thành phố )?$|^, (?:huyện|tỉnh|thành phố|thị xã) $|^ (?:của|thuộc|ở|bên) (?:huyện |tỉnh |thị xã )?$"
)
_MINISTRY = "bộ (?:nội vụ|công an|tài chính|y tế|quốc phòng|giáo dục|nông nghiệp|công thương|xây dựng|giao thông|tư pháp|ngoại giao|văn hóa|thông tin|khoa học|tài nguyên|lao động|kế hoạch|dân tộc)"
_NATIONAL = regex.compile(
    rf"(?<!\w)(?:bộ trưởng|thủ tướng|chính phủ|quốc hội|tổng bí thư|bộ chính trị|{_MINISTRY}|tổng cục|cả nước|toàn quốc|đại biểu quốc hội|ban tổ chức trung ương)(?!\w)"
)
# A central body that does something itself, with nothing between it and the number that speaks of the provinces.
_CENTRAL = regex.compile(
    rf"(?:[^.;:]{{0,60}}, )?(?:{_MINISTRY}|"
    r"chính phủ|quốc hội|trung ương|hệ thống chính trị|các bộ|tổng cục \p{L}+|kho bạc nhà nước)(?!\w)(?P<rest>.*)"
)
_OF_PROVINCES = regex.compile(
    r"(?<!\w)(?:tỉnh|thành phố|tp|địa phương|huyện|quận|xã|phường|sở|giao(?! thông)|phê duyệt|thẩm định|đồng ý|thống nhất|chấp thuận|cho phép|cho biết|cho hay|yêu cầu)(?!\w)"
)
_COUNTED_PLACES = regex.compile(r"(?<!\w)(?:hai|ba|bốn|năm|sáu|\d+) (?:tỉnh|địa phương)(?:, thành phố)? $")
_DATED = regex.compile(r", (?:ngày )?\d{1,2}(?:[/.-]| tháng )\d")
_CITIES = {"Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế"}
_ATTACHED = regex.compile(
    r"^ ?(?:khác )?(?:của|thuộc|ở|tại|trên địa bàn|trong|là của)(?: các)? ?(?:tỉnh |huyện |xã |thị xã |thành phố |tp\.? ?|phường |thị trấn )?$"
)


_PLACE_LIST_GAP = regex.compile(r",? ?(?:và |, )?(?:(?:xã|huyện|phường|thị trấn) )?")
_OF_PLACE = regex.compile(r" ?(?:của|trong|trên địa bàn) ")
_OF_PLACE_BEFORE = regex.compile(r"(?:của|thuộc|ở|tại|trên địa bàn|trong) ?(?:\w+ ){0,2}$")
_PLACE_TO_NUMBER = regex.compile(
    r"(?:,? ?\([^)]*\)|,(?= từ)|[ :\-]| cũ| với| có| đạt| được| mới| giảm| bớt| hụt| vơi| mất| ít đi| cắt| tinh giản| còn| là| không giảm| chỉ| thì| từ| cũng| đang| hiện| nhập| gần| hơn| trên| dưới| khoảng| mới được| cùng| đều| mỗi huyện| mỗi xã| mỗi nơi)*"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """What is carried from sentence to sentence about places: printable, replaced as a whole."""

    main: Area = field(default_factory=Area)
    focus: Area = field(default_factory=Area)
    last: Area = field(default_factory=Area)  # the place named last, of any tier
    last_district: Area = field(default_factory=Area)
    last_commune: Area = field(default_factory=Area)
    block: int = -1


def level_of(area: Area) -> Level | None:
    """The tier an area names; None for the whole country."""
    return "commune" if area.commune else "district" if area.district else "province" if area.province else None


def parent_of(area: Area) -> Area:
    """The area one tier up.

    >>> parent_of(Area("Long An", "Tân Trụ", None))
    Area(province='Long An', district=None, commune=None)
    """
    if area.commune:
        return Area(area.province, area.district)
    return Area(area.province) if area.district else Area()


def can_own(area: Area, unit_level: Level | None) -> bool:
    """Whether a place can have units of a tier: a province has communes, a commune has none."""
    level = level_of(area)
    return unit_level is None or level is None or RANK[level] < RANK[unit_level]


def lies_within(area: Area, wider: Area) -> bool:
    """Whether an area is a wider one or lies in it."""
    return (
        wider.province in (None, area.province)
        and wider.district in (None, area.district)
        and wider.commune in (None, area.commune)
    )


class Owners:
    """Keeps the passage's place through one document and answers whose a number is."""

    def __init__(self, analysis: Analysis, places: Sequence[Resolved], parties: Collection[int] = ()) -> None:
        """``parties``: where places stand that a merger takes up; they own no number of their sentence."""
        self.analysis = analysis
        self.low = analysis.view.low
        self.places = places
        self.parties = frozenset(parties)
        self._document, self._headlined = self._main(), self._headlines()
        self.passage = Passage(main=self._document, focus=self._document, last=self._document)

    def _main(self) -> Area:
        """The place the document is about: the first of its title, else of its head and first paragraphs."""
        document = self.analysis.view.document
        title = next((b for b in document.blocks if b.kind == "title"), None)
        title_end = title.end if title else 0
        units = [r for r in self.places if r.hamlet is None]
        # the head of a report names its body from the province down to the one that reports
        head = [r for r in units if title and r.mention.end <= title.start and not self._dates(r)]
        if head:
            return max((r.area for r in head), key=lambda a: RANK[level_of(a) or "province"])
        in_title = [r for r in units if r.mention.end <= title_end]
        early = [r for r in units if r.mention.start < title_end + 900 and not self._dates(r)]
        first = (in_title or early)[:1]
        if not first:
            return Area(document.province)
        opening = self.low[: first[0].mention.start][: title_end + 400]
        if not in_title and _NATIONAL.search(opening):
            return Area()
        if in_title:
            return first[0].area
        # "tỉnh Bà Rịa - Vũng Tàu, huyện Xuyên Mộc": a district named beside its province is the closer answer
        same = [r for r in early if r.level == "district" and r.area.province == first[0].area.province]
        opens = first[0].mention.start - (title_end + 1) < 4  # "ĐẮK LẮK - ...": the place of the whole report
        near = bool(same) and same[0].mention.start - first[0].mention.end < 60 and not opens
        if first[0].level == "province":
            return same[0].area if near else first[0].area
        return self._common(first[0].area, units)

    def _dates(self, place: Resolved) -> bool:
        """Whether a place only tells where a document was dated: "Nha Trang, ngày 20 tháng 11 năm 2018"."""
        return bool(_DATED.match(self.low, place.mention.end))

    def _common(self, first: Area, units: Sequence[Resolved]) -> Area:
        """The place first named in the body, or the one above it where most of what is named lies beside it.

        A report from one commune that goes on to its district's others is about the district.
        """
        area = first
        while (above := parent_of(area)) != Area():
            beside = [
                r for r in units if lies_within(r.area, above) and r.area != above and not lies_within(r.area, area)
            ]
            inside = [r for r in units if lies_within(r.area, area)]
            if len(beside) <= max(2, len(inside)):
                break
            area = above
        return area

    # ------------------------------------------------------------ carrying

    def enter(self, sentence: Sentence) -> None:
        """Begin a sentence: a new paragraph goes back to the document's own place, or to its headline's."""
        if sentence.block != self.passage.block:
            main = self._headlined.get(sentence.block, self._document)
            self.passage = replace(self.passage, main=main, focus=main, block=sentence.block)

    def _headlines(self) -> dict[int, Area]:
        """For each block of a digest the place its headline names; empty where the headings are not of many provinces."""
        blocks, heads = self.analysis.view.document.blocks, dict[int, Area]()
        current: Area | None = None
        for number, block in enumerate(blocks):
            if block.kind == "heading":
                named = [r.area for r in places_between(self.places, block.start, block.end) if r.hamlet is None]
                current = named[0] if named else Area()
            if current is not None:
                heads[number] = current
        return heads if len({a.province for a in heads.values() if a.province}) > 1 else {}

    def take(self, area: Area) -> None:
        """Make a place the passage's: the one whose document a sentence opens with."""
        self.passage = replace(self.passage, focus=area)

    def leave(self, sentence: Sentence, owner: Area | None) -> None:
        """End a sentence: its subject's place, or that of its last claim, is the passage's from here on."""
        named = self._named(sentence.start, sentence.end)
        subject = owner or self._subject(named)
        passage = self.passage
        for _, area in named:
            passage = replace(
                passage, last=area,
                last_district=Area(area.province, area.district) if area.district else passage.last_district,
                last_commune=area if area.commune else passage.last_commune,
            )  # fmt: skip
        if subject is not None and subject not in (Area(), passage.focus):
            passage = replace(passage, focus=subject)
        self.passage = passage

    def _subject(self, named: Sequence[tuple[int, Area]]) -> Area | None:
        """The place a sentence speaks of: its first, or what that narrows to: "Ở Vĩnh Long, thị xã Bình Minh chọn"."""
        if not named:
            return None
        first = named[0][1]
        if len(named) > 1 and named[1][0] - named[0][0] < 40 and parent_of(named[1][1]) == first:
            return named[1][1]
        return first

    def _named(self, start: int, end: int) -> list[tuple[int, Area]]:
        """Places and what stands for places between two offsets, in order; told parents are left out."""
        found: list[tuple[int, Area]] = []
        near = places_between(self.places, start, end)
        inside = [r for r in near if r.mention.end <= end and r.hamlet is None]
        for number, place in enumerate(inside):
            if number and self._tells_parent(inside[number - 1], place):
                continue
            if place.mention.start in self.parties:
                continue
            listed = self._in_list(inside, number)
            found.append((place.mention.start, parent_of(place.area) if listed else place.area))
        for cue in self.analysis.within("cues", start, end):
            if (
                cue.label == "anaphor"
                and not self._is_name_or_citation(cue, inside)
                and (area := self._stands_for(cue, found)) is not None
            ):
                found.append((cue.start, area))
        return sorted(found, key=lambda f: f[0])

    def _in_list(self, inside: Sequence[Resolved], number: int) -> bool:
        """Whether a place stands in a list of its like: a number of several places is their parent's."""
        place = inside[number]
        for other in (inside[number - 1] if number else None, inside[number + 1] if number + 1 < len(inside) else None):
            if other is None or other.level != place.level:
                continue
            first, second = sorted((other, place), key=lambda r: r.mention.start)
            if _PLACE_LIST_GAP.fullmatch(self.low[first.mention.end : second.mention.data["name_start"]]):
                counted = _COUNTED_PLACES.search(self.low, max(0, first.mention.start - 24), first.mention.start)
                return place.level != "province" or counted is not None
        return False

    def _is_name_or_citation(self, cue: Mention, inside: Sequence[Resolved]) -> bool:
        """ "của tỉnh Tây Ninh" is a name, "Nghị quyết 164 của tỉnh" tells whose document it is."""
        if any(cue.start <= r.mention.start <= cue.end + 1 for r in inside):
            return True
        return any(
            0 <= cue.start - r.end <= 12 for r in self.analysis.within("resolutions", max(0, cue.start - 60), cue.start)
        )

    def _tells_parent(self, before: Resolved, place: Resolved) -> bool:
        gap = self.low[before.mention.end : place.mention.data["name_start"]]
        return bool(_PARENT_GAP.match(gap)) and RANK[place.level] < RANK[before.level]

    def _stands_for(self, cue: Mention, found: Sequence[tuple[int, Area]]) -> Area | None:
        """The place an anaphor means ("toàn huyện", "nơi đây"); None where the passage does not tell."""
        before = [area for start, area in found if start < cue.start]
        here = before[-1] if before else self.passage.focus
        level = cue.data.get("level")
        this = cue.text.lower().endswith(("này", "ấy"))
        match level:
            case "country":
                return Area()
            case "same":
                return here if here != Area() else self.passage.last
            case "province":
                main = self.passage.main.province
                reformed = (self.analysis.view.document.published or "") >= REFORM
                province = main if reformed and main and not before else here.province or main
                return Area(province) if province else None
            case "city":
                return self._city(here)
            case "district":
                if this and self.passage.last_district.district and not before:
                    return self.passage.last_district
                if here.district:
                    return Area(here.province, here.district)
                return (
                    Area(self.passage.main.province, self.passage.main.district) if self.passage.main.district else None
                )
            case "commune":
                if here.commune:
                    return here
                if self.passage.last_commune.commune:
                    return self.passage.last_commune
                return self.passage.main if self.passage.main.commune else None
        return None

    def _city(self, here: Area) -> Area | None:
        """ "toàn thành phố": the province where that is a city or the text knows no district, else the district."""
        main = self.passage.main
        province = main.province or here.province
        if province in _CITIES or not (here.district or main.district):
            return Area(province) if province else None
        return Area(here.province, here.district) if here.district else Area(main.province, main.district)

    # ------------------------------------------------------------ answers

    def owner(self, frame: Frame, number: Number, unit_level: Level | None, end: int) -> Area:
        """Whose a number is. ``unit_level``: the tier of the units it counts; ``end``: where its statement ends."""
        start = frame.sentence.start
        for position, area in self._named(number.noun_end, end):
            gap = self.low[number.noun_end : position]
            if (
                (_ATTACHED.match(gap) or _OF_PLACE.match(gap + self.low[position : position + 14]))
                and len(gap) < 30
                and can_own(area, unit_level)
                and not self._listed(area, unit_level)
            ):
                return area
        before = [area for position, area in self._named(start, number.start) if can_own(area, unit_level)]
        if before:
            return before[-1]
        for position, area in self._named(number.noun_end, end):
            gap = self.low[number.noun_end : position]
            if can_own(area, unit_level) and _OF_PLACE_BEFORE.search(gap):
                return area
        central = _CENTRAL.fullmatch(self.low, start, number.start)
        if unit_level is None and central and not _OF_PROVINCES.search(central["rest"]):
            return Area()  # "Bộ Tài chính cắt 3.600 đầu mối" in an article from Hà Nội
        return self._climb(self.passage.focus, unit_level)

    def _listed(self, area: Area, unit_level: Level | None) -> bool:
        return unit_level is not None and level_of(area) == unit_level

    def _climb(self, area: Area, unit_level: Level | None) -> Area:
        """The passage's place, or the closest one above it that can have such units."""
        while not can_own(area, unit_level) and area != Area():
            area = parent_of(area)
        return area if area != Area() or self.passage.main == Area() else self.passage.main

    def right_before(self, number: Number) -> Area | None:
        """The place that stands right before a number, as in lists: "Tân Trụ 9", "Gio Linh: 21", "xã Đắk Drô 03"."""
        ending = between(self.places, number.start - 21, number.start + 1, begins=lambda r: r.mention.end)
        candidates = [r for r in ending if r.hamlet is None]
        if not candidates:
            return None
        place = candidates[-1]
        gap = self.low[place.mention.end : number.start]
        if _PLACE_TO_NUMBER.fullmatch(gap):
            return place.area
        return None
