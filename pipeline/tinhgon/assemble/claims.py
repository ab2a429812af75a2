"""One document's mentions -> its claims: places, citations, pairings, holders, mergers, facts."""

from __future__ import annotations

from collections import defaultdict

import regex

from tinhgon.assemble import citations, mergers
from tinhgon.assemble.citations import CitationReader, Cited
from tinhgon.assemble.facts import FactReader, Step
from tinhgon.assemble.holders import Held, HolderReader
from tinhgon.assemble.implements import carried_out
from tinhgon.assemble.judge import Judge
from tinhgon.assemble.mergers import Joining, MergerReader, merger_kind
from tinhgon.assemble.owners import Owners, level_of
from tinhgon.assemble.pairings import Joined, PairingReader
from tinhgon.assemble.places import PlaceResolver, Resolved, places_between
from tinhgon.assemble.tables import TableReader
from tinhgon.detect.analysis import Analysis
from tinhgon.gazetteer import Gazetteer
from tinhgon.records import (
    STATUSES,
    Area,
    Citation,
    Claims,
    Fact,
    Holder,
    Locality,
    Merger,
    Pairing,
    Provenance,
    Span,
    Status,
)

_VERB_NEAR = 40  # characters: how far behind its parties a merger's verb may stand


_CLAUSE_END = regex.compile("[,;]")


class Assembler:
    """Makes claims of analyses; holds the gazetteer and no document's state."""

    def __init__(self, gazetteer: Gazetteer, judge: Judge) -> None:
        self.resolver, self.judge = PlaceResolver(gazetteer), judge

    def claims(self, analysis: Analysis) -> Claims:
        """All claims of one document."""
        return self.steps(analysis)[0]

    def steps(self, analysis: Analysis) -> tuple[Claims, tuple[Step, ...]]:
        """All claims of one document, and each sentence as it was read for its facts."""
        places = self.resolver.resolve(analysis)
        cited = CitationReader(analysis).all()
        home = level_of(Owners(analysis, places).passage.main)
        joined = PairingReader(analysis, home).all()
        held = HolderReader(analysis, joined).all()
        explicit = [h.joined for h in held if h.joined is not None]
        joinings = list(mergers.distinct(MergerReader(analysis, places).all()))
        parties = [u.start for j in joinings for u in j.parties if u.resolved is not None]
        owners = Owners(analysis, places, parties)
        tables = TableReader(analysis, places, joined, owners.passage.main, self.resolver.gazetteer).facts()
        read = FactReader(analysis, owners, joined, explicit, cited, self.judge).read(tables)
        writer = _Writer(analysis, places)
        implements = carried_out(analysis, cited)
        claims = Claims(
            document=analysis.view.document,
            resolutions=tuple(writer.citation(c, implements.get(c.symbol, ())) for c in citations.distinct(cited)),
            localities=writer.localities(),
            pairings=writer.pairings(joined, explicit, read.facts),
            holders=tuple(writer.holder(h) for h in held),
            mergers=tuple(writer.merger(j) for j in joinings),
            facts=read.facts,
            misses=read.misses,
        )
        return claims, read.steps


class _Writer:
    """Turns what the readers found in one document into records with their evidence."""

    def __init__(self, analysis: Analysis, places: tuple[Resolved, ...]) -> None:
        self.analysis, self.places = analysis, places
        self.main = Owners(analysis, places).passage.main

    def provenance(self, start: int, end: int, patterns: tuple[str, ...], cues: tuple[str, ...] = ()) -> Provenance:
        text = self.analysis.view.text
        sentence = self.analysis.sentence_at(start)
        whole = Span(sentence.start, max(sentence.end, end), text[sentence.start : max(sentence.end, end)])
        return Provenance((Span(start, end, text[start:end]),), whole, patterns, cues)

    def citation(self, cited: Cited, implements: tuple[str, ...]) -> Citation:
        mention = cited.mention
        return Citation(
            cited.symbol,
            cited.issuer or self._issuer(cited),
            cited.date,
            self.provenance(mention.start, mention.end, (mention.pattern,)),
            implements,
        )

    def _issuer(self, cited: Cited) -> str | None:
        """The province, district or commune whose committee, council or office issued a local document."""
        near = [
            r for r in places_between(self.places, cited.mention.end, cited.mention.end + 45) if r.level == cited.local
        ]
        if near:
            return near[0].name
        name = {"province": self.main.province, "district": self.main.district, "commune": self.main.commune}
        return name.get(cited.local or "")

    def localities(self) -> tuple[Locality, ...]:
        """Every distinct place of the document, at its first mention."""
        found: dict[tuple[object, ...], Locality] = {}
        for place in self.places:
            key = (place.level, place.area, place.hamlet)
            if key not in found:
                unit, mention = place.place, place.mention
                found[key] = Locality(
                    place.level, place.area, place.hamlet, unit.code if unit else None, unit.valid_from if unit else None,
                    place.candidates, self.provenance(mention.start, mention.end, (mention.pattern,)),
                )  # fmt: skip
        return tuple(found.values())

    def pairings(self, joined: list[Joined], explicit: list[Joined], facts: tuple[Fact, ...]) -> tuple[Pairing, ...]:
        """Each distinct set of roles and tier once, with the most real status of its occurrences."""
        found: dict[tuple[frozenset[str], object], Pairing] = {}
        by_sentence: dict[int, list[Fact]] = defaultdict(list)
        for fact in facts:
            by_sentence[fact.provenance.sentence.start].append(fact)
        held = {(item.start, item.end) for item in explicit}
        for item in joined:
            key = (frozenset(item.roles), item.level)
            named = (item.start, item.end) in held
            status = self._pairing_status(item, named)
            told = {f.status for f in by_sentence.get(item.sentence.start, ()) if set(f.roles) == key[0]}
            if status == "achieved" and told == {"planned"} and not named:
                status = "planned"  # a date ahead tells it of the number, and so of its posts
            pairing = Pairing(item.roles, item.level, status, self.provenance(item.start, item.end, item.markers))
            if key not in found or STATUSES.index(status) < STATUSES.index(found[key].status):
                found[key] = (
                    pairing if key not in found else Pairing(item.roles, item.level, status, found[key].provenance)
                )
        return tuple(found.values())

    def _pairing_status(self, item: Joined, held: bool) -> Status:
        if held:
            return "achieved"
        low = self.analysis.view.low
        cues = self.analysis.within("cues", item.sentence.start, item.sentence.end)
        before = [c.label for c in cues if c.end <= item.start]
        after = [c for c in cues if item.end <= c.start < item.end + 60]
        # what a clause behind denies is not this clause's
        denied = [c for c in after if c.label == "negated" and not _CLAUSE_END.search(low[item.end : c.start])]
        if denied or before[-1:] == ["negated"]:
            return "required"
        labels = [*before, *(c.label for c in after)]
        for label in ("ongoing", "planned", "required"):
            if label in labels and "done" not in labels:
                return label
        return "ongoing" if "ongoing" in labels else "achieved"

    def holder(self, held: Held) -> Holder:
        levels = [m.data["level"] for m in held.mentions if m.data.get("level")]
        level = held.joined.level if held.joined else (levels[0] if levels else None)
        near = places_between(self.places, held.start - 5, held.end + 60)
        around = [r for r in near if r.hamlet is None]
        fitting = [r for r in around if r.level == level] or around
        area = fitting[-1].area if fitting else self.main
        area = Area(
            area.province,
            area.district if level != "province" else None,
            area.commune if level in ("commune", "hamlet") else None,
        )
        patterns = held.joined.markers if held.joined else ("holder.titles",)
        return Holder(held.name, held.roles, level, area, held.basis, self.provenance(held.start, held.end, patterns))

    def _verb_end(self, joining: Joining) -> int:
        """How far the cues of a merger reach: over its parties, and to the verb where that stands behind them."""
        behind = [
            m
            for m in self.analysis.within("measures", joining.end, min(joining.end + _VERB_NEAR, joining.sentence.end))
            if m.label == "join"
        ]
        verb_told = self.analysis.within("measures", joining.sentence.start, joining.end)
        if behind and not any(m.label == "join" for m in verb_told):
            return behind[0].end
        return joining.end

    def merger(self, joining: Joining) -> Merger:
        kind = merger_kind(joining)
        units = [u.resolved for u in (joining.result, *joining.parties) if u is not None and u.resolved is not None]
        area = units[0].area if units else self.main
        level = (
            units[0].level
            if units
            else ("district" if self.main.district else "province" if self.main.province else None)
        )
        above = Area(
            area.province,
            area.district if level in ("commune", "hamlet") or not units else None,
            area.commune if level == "hamlet" else None,
        )
        cues = [c.label for c in self.analysis.within("cues", joining.sentence.start, self._verb_end(joining))]
        status: Status = (
            "planned"
            if "planned" in cues
            else "ongoing"
            if "ongoing" in cues
            else "required"
            if "required" in cues and "done" not in cues
            else "achieved"
        )
        return Merger(
            kind, tuple(u.name for u in joining.parties), joining.result.name if joining.result else None, level, above, status,
            self.provenance(joining.start, joining.end, (joining.shape,)),
        )  # fmt: skip
