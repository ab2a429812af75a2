"""Facts: reads a document's numbers sentence by sentence, carrying the passage's state (codebook, section 8).

A sentence becomes a ``Frame``, its numbers ``Draft``s by what happened to the counted thing; drafts that no measure
word claimed are settled (posts, lists, totals), and what is sound is composed into facts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tinhgon.assemble.citations import Cited, cited_between
from tinhgon.assemble.compose import Composer
from tinhgon.assemble.drafts import Draft
from tinhgon.assemble.frames import frame_of
from tinhgon.assemble.gather import gather
from tinhgon.assemble.judge import Judge
from tinhgon.assemble.misses import miss_of
from tinhgon.assemble.objects import PEOPLE, TIERS, UNITS
from tinhgon.assemble.once import distinct
from tinhgon.assemble.owners import Owners, Passage
from tinhgon.assemble.pairings import Joined
from tinhgon.assemble.posts import PostReader
from tinhgon.assemble.settle import Settler
from tinhgon.assemble.state import State
from tinhgon.assemble.status import heading_status, opening_status
from tinhgon.detect.analysis import Analysis
from tinhgon.detect.text import Sentence
from tinhgon.records import Area, Fact, Miss


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence as it was read: for ``--explain``."""

    sentence: Sentence
    passage: Passage  # as it stood when the sentence began
    drafts: tuple[Draft, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What the fact reader found: facts, the sentences that gave none though they held a cue, and every step."""

    facts: tuple[Fact, ...]
    misses: tuple[Miss, ...]
    steps: tuple[Step, ...]


class FactReader:
    """Reads the facts of one document."""

    def __init__(
        self,
        analysis: Analysis,
        owners: Owners,
        joined: Sequence[Joined],
        held: Collection[Joined],
        cited: list[Cited],
        judge: Judge,
    ) -> None:
        self.analysis, self.owners, self.joined, self.cited = analysis, owners, joined, cited
        self.state = State(section=opening_status(analysis))
        self.settler = Settler(owners, PostReader(joined, held), self.state)
        self.composer = Composer(analysis, owners, self.state, cited, judge)
        self.facts: list[Fact] = []
        self.misses: list[Miss] = []
        self.steps: list[Step] = []

    def read(self, tables: Sequence[Fact] = ()) -> Read:
        """The facts of all sentences, and of ``tables``, each number once."""
        for sentence in self.analysis.view.sentences:
            self._sentence(sentence)
        blocks = self.analysis.view.document.blocks
        headings = {s.start for s in self.analysis.view.sentences if blocks[s.block].kind == "heading"}
        return Read(tuple(distinct([*self.facts, *tables], headings)), tuple(self.misses), tuple(self.steps))

    def _sentence(self, sentence: Sentence) -> None:
        block = self.analysis.view.document.blocks[sentence.block]
        text = self.analysis.view.low[sentence.start : sentence.end]
        self.owners.enter(sentence)
        passage = self.owners.passage
        shouted = self.analysis.view.text[sentence.start : sentence.end].isupper() and len(text) < 60
        if (
            block.kind == "heading"
            or (shouted and block.kind == "paragraph")
            or (block.kind == "item" and len(text) < 60 and not any(c.isdigit() for c in text[4:]))
        ):
            self.state.section = heading_status(text, self.state.section)
            nouns = [
                m.label
                for m in self.analysis.within("objects", sentence.start, sentence.end)
                if m.label in UNITS - {"unit"} or m.label in PEOPLE
            ]
            self.state.heading_object = nouns[0] if nouns else None
        if block.kind in ("dateline", "signature", "caption", "row"):
            return
        self._open_with_citation(sentence)
        frame = frame_of(self.analysis, sentence, self.joined)
        drafts = self.state.current = gather(frame)
        self.settler.settle(frame, drafts)
        by_draft = [(draft, self.composer.facts(frame, draft)) for draft in drafts]
        found = [fact for _, facts in by_draft for fact in facts]
        self.facts.extend(found)
        self.steps.append(Step(sentence, passage, tuple(drafts), tuple(found)))
        if not found and (miss := miss_of(frame, drafts)) is not None:
            self.misses.append(miss)
        stated = [
            f.area
            for d, facts in by_draft
            for f in facts
            if d.place is None and f.area != Area() and not frame.cues(d.first.gap_start, d.first.start, "breakdown")
        ]
        self.owners.leave(sentence, stated[-1] if stated else self.owners.passage.focus if found else None)
        tiers = [f.object for f in found if f.object in TIERS and f.measure != "concurrent_posts"]
        offices = [f.object for f in found if f.object in ("agency", "service_unit", "division")]
        self.state.offices = offices[-1] if offices else self.state.offices
        if tiers:
            self.state.unit, self.state.unit_block = tiers[-1], sentence.block
        elif sentence.block != self.state.unit_block and block.kind != "item":
            self.state.unit = None
        settled = [d for d in drafts if d.kind != "plain"]
        if settled or frame.numbers:
            self.state.previous = settled or self.state.previous

    def _open_with_citation(self, sentence: Sentence) -> None:
        """ "Nghị quyết 15 cũng nêu rõ ...": a sentence that opens with a local document speaks of its issuer's place."""
        for cited in cited_between(self.cited, sentence.start, sentence.start + 3):
            if cited.local in ("province", "district"):
                main = self.owners.passage.main
                self.owners.take(Area(main.province, main.district if cited.local == "district" else None))
