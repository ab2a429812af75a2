"""Which unit each place name means: by its type, the parents told, the other places of the text, the date, the outlet.

A name that fits several units equally stays open: it keeps what its candidates agree on, and lists them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import regex

from tinhgon.detect.analysis import Analysis
from tinhgon.detect.spans import between
from tinhgon.gazetteer import Gazetteer, Place
from tinhgon.gazetteer.places import fold_name
from tinhgon.records import Area, Level, Mention
from tinhgon.vietnamese import strip_diacritics

REFORM = "2025-07-01"  # since then 34 provinces and no districts
RANK = {"province": 0, "district": 1, "commune": 2, "hamlet": 3}
_PARENT_GAP = regex.compile(
    r"^(?: ?\((?:nay thuộc |thuộc )?|, | của | thuộc | ở | bên |, thuộc | - )(?:huyện |tỉnh |thành phố |thị xã |tp\.? ?|tx\.? ?)?$"
)
_INTO_GAP = regex.compile(
    r"^(?:,|,? và| với| nhập vào|,? (?:nhập |sáp nhập )?thành| thành lập)(?: xã| thị trấn| phường| các xã| lập)* ?$"
)
_JOINED_OR_BECOMES = regex.compile(
    r"(?P<join>(?<!\w)(?:nhập|hợp nhất|trên cơ sở))(?!\w)|(?<!\w)(?:thành(?! (?:lập|phố|ủy))|lấy tên|mang tên|tên gọi|tên mới|điều động|luân chuyển)(?!\w)"
)


_PARENT_AFTER = regex.compile(r"^ ?(?:,|\(|của|ở|thuộc)")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a place mention means. ``place`` is None where no one unit of the gazetteer is sure."""

    mention: Mention
    level: Level
    area: Area
    place: Place | None = None
    hamlet: str | None = None
    candidates: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.hamlet or self.area.commune or self.area.district or self.area.province or ""


def places_between(places: Sequence[Resolved], start: int, end: int) -> Sequence[Resolved]:
    """Those of ``places``, which are in text order, that begin at ``start`` or behind it and before ``end``."""
    return between(places, start, end, begins=lambda place: place.mention.start)


@dataclass
class _Votes:
    """How strongly the names of the text speak for each province and district."""

    provinces: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    districts: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))


@dataclass
class _Done:
    """The places read so far, and what is asked of them for each further one."""

    places: list[Resolved] = field(default_factory=list)
    provinces: set[str | None] = field(default_factory=set)
    districts: set[tuple[str | None, str | None]] = field(default_factory=set)
    spoken_of: set[tuple[str | None, str | None]] = field(default_factory=set)  # districts, by themselves or a commune
    by_name: dict[str, Area] = field(default_factory=dict)  # the last district of a folded name
    last_district: str | None = None
    last_commune: Resolved | None = None
    within_district: Area | None = None  # the last place's that lies in a district

    def add(self, read: Resolved) -> None:
        area = read.area
        district = area.province, area.district
        self.places.append(read)
        if area.district:
            self.within_district = Area(*district)
        match read.level:
            case "province":
                self.provinces.add(area.province)
            case "district":
                self.districts.add(district)
                self.spoken_of.add(district)
                self.by_name[fold_name(read.name)] = area
                self.last_district = area.district or self.last_district
            case "commune":
                self.spoken_of.add(district)
                self.last_commune = read
                self.last_district = area.district or self.last_district


def area_of(gazetteer: Gazetteer, place: Place) -> Area:
    """The names of a unit and its parents as the codebook writes them."""
    names = {p.level: p.name for p in (place, *gazetteer.parents(place))}
    return Area(names.get("province"), names.get("district"), names.get("commune"))


def _joined(name: str) -> str:
    """A name as one word: "Đa Krông" and "Đakrông" are one."""
    return fold_name(name).replace(" ", "")


def _as_written(mention: Mention, place: Place, area: Area) -> Area:
    """The area with a district's or commune's name in the text's own spelling, where only diacritics differ."""
    written = str(mention.data["name"])
    same = strip_diacritics(_joined(written)).lower() == strip_diacritics(_joined(place.name)).lower()
    if not same or place.level == "province" or written.isupper():
        return area
    return replace(area, **{place.level: written})


def label_of(area: Area) -> str:
    """ "Châu Thành < Long An": a candidate as people read it."""
    return " < ".join(name for name in (area.commune, area.district, area.province) if name)


class PlaceResolver:
    """Resolves all place mentions of one analysis; made once per gazetteer, holds no document's state."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def resolve(self, analysis: Analysis) -> tuple[Resolved, ...]:
        """Every place mention that means a unit, in text order; bare names without support are left out."""
        return _Reading(self.gazetteer, analysis).resolve()


class _Reading:
    """One document's reading: votes first, then each mention in order with what was read before it."""

    def __init__(self, gazetteer: Gazetteer, analysis: Analysis) -> None:
        self.gazetteer, self.analysis = gazetteer, analysis
        self.document = analysis.view.document
        self.date = self.document.published
        self.reformed = bool(self.date and self.date >= REFORM)
        self.mentions = analysis.of("places")
        self.votes = _Votes()
        self.areas: dict[tuple[str, str], Area] = {}
        self.known: dict[str, Resolved] = {}  # last sure reading of a name
        self.done = _Done()

    def resolve(self) -> tuple[Resolved, ...]:
        self._vote()
        for number, mention in enumerate(self.mentions):
            resolved = self._hamlet(mention) if mention.label == "hamlet" else self._unit(number, mention)
            if resolved:
                self.done.add(resolved)
                if resolved.hamlet is None and (mention.data["named_by"] != "bare" or resolved.place):
                    self.known[fold_name(mention.data["name"])] = resolved
        return tuple(self.done.places)

    # ------------------------------------------------------------ votes

    def _candidates(self, mention: Mention) -> list[Place]:
        wanted = {"city": ("province", "district"), "bare": ("province", "district", "commune")}.get(
            mention.label, (mention.label,)
        )
        found = [p for p in self.gazetteer.named(mention.data["name"]) if p.level in wanted]
        if mention.label == "city":
            found = [p for p in found if p.type == "thành phố"] or found
        found = [p for p in found if not self._impossible(p)]
        living = {p.code for p in found if self.date and p.is_valid(self.date)}
        # of one unit's versions the one valid at the date stands for all, but where the text says "cũ"
        return [
            p for p in found if p.code not in living or p.is_valid(self.date) or mention.data["old"] or self.reformed
        ]

    def _impossible(self, place: Place) -> bool:
        """Units gone for more than fifteen years, and units of the reform in texts written well before it."""
        if not self.date:
            return False
        long_gone = bool(place.valid_to) and int(self.date[:4]) - int(place.valid_to[:4]) > 15
        far_ahead = place.valid_from > self.date[:4] + "-99" and int(place.valid_from[:4]) - int(self.date[:4]) > 1
        return long_gone or far_ahead

    def _area(self, place: Place) -> Area:
        if place.key not in self.areas:
            self.areas[place.key] = area_of(self.gazetteer, place)
        return self.areas[place.key]

    def _vote(self) -> None:
        """Names speak for the provinces and districts of their candidates, the more the fewer candidates they have."""
        seen: set[tuple[str, str]] = set()
        for mention in self.mentions:
            key = (fold_name(mention.data["name"]), mention.label)
            if mention.label == "hamlet" or key in seen:
                continue
            seen.add(key)
            # In the gazetteer's order: sums of shares depend on theirs, and a set has another one in each process.
            areas = dict.fromkeys(self._area(p) for p in self._candidates(mention))
            provinces = dict.fromkeys(a.province for a in areas if a.province)
            weight = 0.5 if mention.data["named_by"] == "bare" else 1.5
            for area in areas:
                if area.province and area.district is None and area.commune is None:
                    self.votes.provinces[area.province] += 3 if mention.data["named_by"] != "bare" else 1.5
            for province in provinces:
                self.votes.provinces[province] += weight / len(provinces)
            for area in areas:
                if area.province and area.district:
                    own = area.commune is None
                    self.votes.districts[area.province, area.district] += weight * (2 if own else 1) / len(areas)
        if self.document.province:
            self.votes.provinces[self.document.province] += 3

    # ------------------------------------------------------------ one mention

    def _parent(self, number: int) -> str | None:
        """The name of the larger place told right behind a name: "xã Thủy Tây (Thạnh Hóa)"."""
        mention = self.mentions[number]
        low = self.analysis.view.low
        if number + 1 < len(self.mentions):
            follower = self.mentions[number + 1]
            gap = low[mention.end : follower.start]
            if _PARENT_GAP.match(gap) and follower.label != "hamlet":
                closer = low[follower.end : follower.end + 6].startswith((")", " cũ)", " (cũ"))
                listed = gap.strip() == "," and follower.data["named_by"] != "type"
                lower = RANK.get(mention.label, 2) > RANK.get(
                    "district" if follower.label == "city" else follower.label, 1
                )
                if not listed and (("(" in gap and closer) or lower or gap.strip() in ("của", "bên", "thuộc", "ở")):
                    return str(follower.data["name"])
        return None

    def _parent_of_result(self, number: int) -> str | None:
        """The parent told behind the unit that a bare name goes into: "Phú Thọ và Quế Cường thành xã Quế Mỹ (Quế Sơn)"."""
        low = self.analysis.view.low
        for later in range(number, min(number + 4, len(self.mentions) - 1)):
            gap = low[self.mentions[later].end : self.mentions[later + 1].start]
            if _PARENT_GAP.match(gap) and "(" in gap and later > number:
                return str(self.mentions[later + 1].data["name"])
            if not _INTO_GAP.match(gap):
                return None
        return None

    def _score(self, place: Place, mention: Mention, parent: str | None, old: bool) -> float:
        area = self._area(place)
        score = {"province": 5.0, "district": 1.0, "commune": 0.0}[place.level]
        if place.level == "commune" and mention.label == "bare" and _joined(place.name) == _joined(area.district or ""):
            score -= 2  # a bare name that a district and its town share is the district
        if mention.data["type"] and mention.label not in ("bare",):
            score += 2 if place.type == mention.data["type"] else -1.5
        if parent and fold_name(parent) in {fold_name(n) for n in (area.district, area.province) if n} - {
            fold_name(place.name)
        }:
            score += 8
        best = max(self.votes.provinces.values(), default=0)
        if area.province and best:
            score += 4 * self.votes.provinces.get(area.province, 0) / best
        if place.level == "commune" and area.district and area.province:
            top = max(self.votes.districts.values(), default=1)
            score += 1.5 * self.votes.districts.get((area.province, area.district), 0) / top
            if (area.province, area.district) in self.done.districts:
                score += 2
                if self.done.last_district == area.district:
                    score += 2.5
        score += self._in_time(place, old)
        return score

    def _in_time(self, place: Place, old: bool) -> float:
        if not self.date or place.level == "province":
            return 6.0 if self.reformed else 0.0
        if old:
            return 6.0 if place.valid_to and place.valid_to <= REFORM else -3.0
        if place.is_valid(self.date):
            return 6.0 if self.reformed else 1.0
        return (-3.0 if self.reformed else 0.0) if place.valid_to else -0.5

    def _unit(self, number: int, mention: Mention) -> Resolved | None:
        parent = self._parent(number) or (self._parent_of_result(number) if mention.label == "bare" else None)
        named_by = mention.data["named_by"]
        folded = fold_name(mention.data["name"])
        old = bool(mention.data["old"]) or self._went_in(mention)
        earlier = self.known.get(folded)
        if earlier is not None and earlier.level == "district" and fold_name(earlier.area.province or "") == folded:
            earlier = None  # "Thanh Hóa" alone is the province, also where its city was named before
        if (
            earlier
            and mention.label == "bare"
            and not parent
            and (not mention.data["old"] or earlier.level != "commune")
        ):
            return Resolved(mention, earlier.level, earlier.area, earlier.place, None, earlier.candidates)
        candidates = self._candidates(mention)
        scored = sorted(
            ((self._score(p, mention, parent, old), p) for p in candidates), key=lambda s: (-s[0], s[1].key)
        )
        if named_by == "bare" and not self._supported(mention, scored, parent):
            return None
        if not scored or (mention.label == "commune" and scored[0][0] < 2.5 and not parent):
            return self._unlisted(mention, parent, scored)
        best = scored[0][0]
        ties = list(dict.fromkeys(self._area(p) for s, p in scored if best - s < 0.4))
        if len(ties) == 1:
            place = scored[0][1]
            return Resolved(mention, place.level, _as_written(mention, place, ties[0]), place)  # type: ignore[arg-type]
        return self._open(mention, scored[0][1].level, ties)

    def _supported(self, mention: Mention, scored: Sequence[tuple[float, Place]], parent: str | None) -> bool:
        """Whether a bare name is a place here: a province, or a unit of a province and district the text speaks of."""
        if not scored:
            return False
        score, place = scored[0]
        if place.level == "province" or parent:
            return True
        area = self._area(place)
        strongest = max(self.votes.provinces.values(), default=0)
        strong = self.votes.provinces.get(area.province or "", 0) >= min(3.0, strongest)
        if place.level == "district":
            # in a round-up of provinces each is named, and none has many votes
            named = area.province in self.done.provinces
            return (strong and score >= 4) or (named and score >= 3)
        in_district = (area.province, area.district) in self.done.spoken_of
        if self.reformed and area.district is None:
            return strong and score >= 5.5
        return strong and in_district and score >= 5

    def _went_in(self, mention: Mention) -> bool:
        """After the reform: a unit that went into a new one is an old unit ("nhập từ thị trấn A, xã B")."""
        if not self.reformed:
            return False
        if mention.data["type"] == "thị trấn":  # a type that ended with the reform
            return True
        sentence = self.analysis.sentence_at(mention.start)
        words = list(_JOINED_OR_BECOMES.finditer(self.analysis.view.low, sentence.start, mention.start))
        return bool(words and words[-1]["join"])

    def _unlisted(self, mention: Mention, parent: str | None, scored: Sequence[tuple[float, Place]]) -> Resolved | None:
        """A place the gazetteer does not have there: its name from the text, its parents from the passage."""
        level: Level = {"city": "district", "bare": "district"}.get(mention.label, mention.label)  # type: ignore[assignment]
        if len(str(mention.data["name"]).split()) < 2 and not mention.data["name"][-1].isdigit():
            return None  # "xã Năm 2021": one syllable the gazetteer does not have is no name
        if level in ("province", "district") or (mention.label == "bare" and mention.data["named_by"] != "type"):
            return None
        above = self._passage(mention, parent)
        return Resolved(
            mention, level, Area(above.province, None if self.reformed else above.district, mention.data["name"])
        )

    def _passage(self, mention: Mention, parent: str | None = None) -> Area:
        """The place the passage speaks of before a mention: the parent told, else the last district, else the main one."""
        if parent:
            told = self.done.by_name.get(fold_name(parent))
            candidates = [self._area(p) for p in self.gazetteer.named(parent) if p.level == "district"]
            candidates = sorted(candidates, key=lambda a: -self.votes.provinces.get(a.province or "", 0))
            if told or candidates:
                return told if told else candidates[0]
        if self.done.within_district:
            return self.done.within_district
        if self.done.places:
            return Area(self.done.places[-1].area.province)
        strongest = max(self.votes.provinces.values(), default=0)
        leading = [province for province, votes in self.votes.provinces.items() if votes == strongest]
        return Area(leading[0] if len(leading) == 1 else None)

    def _open(self, mention: Mention, level: str, areas: Sequence[Area]) -> Resolved:
        def common(names: Iterable[str | None]) -> str | None:
            distinct = set(names)
            return distinct.pop() if len(distinct) == 1 else None

        shared = Area(
            common(a.province for a in areas), common(a.district for a in areas), common(a.commune for a in areas)
        )
        return Resolved(mention, level, shared, None, None, tuple(label_of(a) for a in areas))  # type: ignore[arg-type]

    def _hamlet(self, mention: Mention) -> Resolved:
        above = self.done.last_commune
        behind = between(self.mentions, mention.end + 1, mention.end + 12)
        following = next((m for m in behind if m.label == "commune"), None)
        if following is not None and _PARENT_AFTER.match(self.analysis.view.low[mention.end : following.start]):
            named = [p for p in self.gazetteer.named(following.data["name"]) if p.level == "commune"]
            scored = sorted(
                ((self._score(p, following, None, False), p) for p in named), key=lambda s: (-s[0], s[1].key)
            )
            if scored:
                return Resolved(mention, "hamlet", self._area(scored[0][1]), None, mention.data["name"])
        near = above is not None and mention.start - above.mention.end < 600
        area = above.area if above is not None and near else self._passage(mention)
        return Resolved(mention, "hamlet", area, None, mention.data["name"])
