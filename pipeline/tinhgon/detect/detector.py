"""The detectors in the order in which they run, each with what it needs of those before it.

``Detector`` runs them straight over a document; ``components.py`` offers the same steps to spaCy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tinhgon.detect import bodies, dates, numbers, people, places, resolutions
from tinhgon.detect.analysis import Analysis
from tinhgon.detect.anchors import Anchored, Anchors
from tinhgon.detect.patterns import PatternSet
from tinhgon.detect.places import PlaceFinder
from tinhgon.detect.roles import roles
from tinhgon.detect.spans import Spans
from tinhgon.detect.text import View
from tinhgon.gazetteer import Gazetteer
from tinhgon.records import Document, Mention

Found = Mapping[str, tuple[Mention, ...]]
# What a step finds by kind, given what was found before; a kind that was there already is replaced.
Step = Callable[[View, Found], dict[str, Iterable[Mention]]]

PATTERN_KINDS = ("roles", "markers", "objects", "measures", "cues")


class Detector:
    """All detectors, loaded once and used for many documents.

    >>> from tinhgon.records import Block
    >>> text = "Huyện có 10/21 bí thư đảng ủy kiêm chủ tịch UBND xã."
    >>> analysis = Detector.load().analysis(Document("tin", text, (Block(0, len(text), "paragraph"),)))
    >>> [(number.text, number.label) for number in analysis.of("numbers")]
    [('10/21', 'ratio')]
    """

    def __init__(self, patterns: PatternSet, gazetteer: Gazetteer, further: Iterable[Anchored] = ()) -> None:
        """``further``: expressions that later stages seek, looked for in the same scan."""
        self._steps = [make(patterns, gazetteer) for make in STEPS.values()]
        forms = (dates.FORMS, resolutions.FORMS, people.forms(), places.FORMS, bodies.FORMS, numbers.FORMS)
        self._anchors = Anchors((*(form for some in forms for form in some), *further))

    @classmethod
    def load(cls, patterns: Path | None = None) -> Detector:
        """The detectors with the shipped patterns, and those of a folder of the user's own."""
        return cls(PatternSet.load(patterns), Gazetteer.load())

    def analysis(self, document: Document) -> Analysis:
        """All mentions of one document."""
        view = View.of(document, self._anchors)
        found: dict[str, tuple[Mention, ...]] = {}
        for step in self._steps:
            for kind, mentions in step(view, found).items():
                found[kind] = tuple(mentions)
        return Analysis(view, found)


def _patterns(patterns: PatternSet, gazetteer: Gazetteer) -> Step:
    """Everything that is data: roles, markers, objects, measures, cues."""

    def step(view: View, found: Found) -> dict[str, Iterable[Mention]]:
        by_kind = patterns.scan(view.text, view.low)
        return {kind: by_kind.get(kind, ()) for kind in PATTERN_KINDS}

    return step


def _dates(patterns: PatternSet, gazetteer: Gazetteer) -> Step:
    return lambda view, found: {"dates": dates.dates(view)}


def _resolutions(patterns: PatternSet, gazetteer: Gazetteer) -> Step:
    return lambda view, found: {"resolutions": resolutions.resolutions(view)}


def _people(patterns: PatternSet, gazetteer: Gazetteer) -> Step:
    return lambda view, found: {"people": people.people(view)}


def _places(patterns: PatternSet, gazetteer: Gazetteer) -> Step:
    finder = PlaceFinder(gazetteer)
    return lambda view, found: {"places": finder.places(view, found["people"], _offsets(found, "resolutions"))}


def _roles(patterns: PatternSet, gazetteer: Gazetteer) -> Step:
    def step(view: View, found: Found) -> dict[str, Iterable[Mention]]:
        names = [m for m in found["people"] if m.label == "full" or len(m.text.split()) > 1]
        named = [m for m in found["places"] if m.data["named_by"] != "body"]
        # "Chủ tịch HĐND tỉnh Bến Tre": the council is the role's, only the name is not
        starts = [m.data["name_start"] if m.text.startswith("HĐND") else m.start for m in named]
        return {"roles": roles(view, found["roles"], [*starts, *(m.start for m in names)])}

    return step


def _bodies(patterns: PatternSet, gazetteer: Gazetteer) -> Step:
    return lambda view, found: {"bodies": bodies.bodies(view, _offsets(found, "roles", "dates", "resolutions"))}


def _numbers(patterns: PatternSet, gazetteer: Gazetteer) -> Step:
    def step(view: View, found: Found) -> dict[str, Iterable[Mention]]:
        named = [(m.data["name_start"], m.end) for m in found["places"] if view.text[m.data["name_start"]].isdigit()]
        return {"numbers": numbers.numbers(view, [*_offsets(found, "dates", "resolutions"), *named])}

    return step


def _objects(patterns: PatternSet, gazetteer: Gazetteer) -> Step:
    """Counted nouns that are nothing else: not inside a role, not "toàn huyện", not the type word of one place."""

    def step(view: View, found: Found) -> dict[str, Iterable[Mention]]:
        named_roles = [(m.start, m.end) for m in found["roles"] if not m.data["other"]]
        taken = [*named_roles, *_offsets(found, "resolutions")]
        stands_for = [(m.start, m.end) for m in found["cues"] if m.label in ("anaphor", "tier")]
        types = [(m.start, m.data["name_start"]) for m in found["places"] if m.data["named_by"] == "type"]
        counted = {n.end + 1 for n in found["numbers"]}
        closed = Spans(taken + [(start, end) for start, end in types if start not in counted])
        anaphors = Spans(stands_for)

        def free(mention: Mention) -> bool:
            where = mention.start, mention.end
            return mention.start in counted or not (anaphors.hold(*where) or closed.touch(*where))

        # "Châu Thành" holds no "thành", "Sở Nội vụ" counts no sở
        full = [(m.start, m.end) for m in found["people"] if len(m.text.split()) > 2]
        names = Spans(_offsets(found, "places") + full)
        unnamed: dict[str, Iterable[Mention]] = {
            kind: [m for m in found[kind] if m.label == "anaphor" or not names.hold(m.start, m.end)]
            for kind in ("measures", "cues", "markers")
        }
        named = Spans(_offsets(found, "bodies"))
        objects = [m for m in found["objects"] if free(m) and (m.start in counted or not named.hold(m.start, m.end))]
        return {**unnamed, "objects": objects}

    return step


def _offsets(found: Found, *kinds: str) -> list[tuple[int, int]]:
    return [(m.start, m.end) for kind in kinds for m in found[kind]]


STEPS: Mapping[str, Callable[[PatternSet, Gazetteer], Step]] = {
    "tinhgon_patterns": _patterns,
    "tinhgon_dates": _dates,
    "tinhgon_resolutions": _resolutions,
    "tinhgon_people": _people,
    "tinhgon_places": _places,
    "tinhgon_roles": _roles,
    "tinhgon_bodies": _bodies,
    "tinhgon_numbers": _numbers,
    "tinhgon_objects": _objects,
}
