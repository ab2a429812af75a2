"""A draft: a fact in the making, with the numbers of one sentence that belong together.

``gather`` makes drafts by what happened to the counted thing; ``settle`` decides what the rest are about; ``compose``
writes the facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tinhgon.assemble.frames import Frame, Number
from tinhgon.assemble.pairings import Joined
from tinhgon.records import Area, Level, Mention


@dataclass(eq=False)
class Draft:
    """A fact in the making. ``kind``: change, drop, stock, join, plain, dissolve, rotate, leave, save, nonlocal, posts."""

    kind: str
    frame: Frame
    first: Number
    numbers: list[Number] = field(default_factory=list)
    value: float | None = None
    value_max: float | None = None
    total: float | None = None
    percent: float | None = None
    percent_max: float | None = None
    attainment: float | None = None
    before: float | None = None
    after: float | None = None
    modifier: str = "exact"
    joined: Joined | None = None
    roles: tuple[str, ...] | None = None
    place: Area | None = None
    head: Draft | None = None  # what it is a part of, or takes its frame from
    words: list[Mention] = field(default_factory=list)  # the measure words that made it
    label_noun: Mention | None = None  # the noun that stands before the number in a list: "công chức 256"
    tier: Level | None = None  # the tier that stands before the number in a list: "cấp xã 74"
    object: str | None = None  # what it counts, once settled
    status: str | None = None  # its status, once settled
    source: Draft | None = None  # the draft of an earlier sentence that told what it counts
    refused: str | None = None  # why no fact was made of it
    siblings: list[Draft] = field(default_factory=list)  # all drafts of its sentence
    is_part: bool = False  # its head is the whole that it is counted in
    carried: bool = False  # its frame comes from an earlier sentence

    @property
    def noun(self) -> Mention | None:
        return next((n.noun for n in self.numbers if n.noun is not None), None)

    @property
    def end(self) -> int:
        return max(n.noun_end for n in self.numbers)

    def put(self, number: Number, slot: str) -> None:
        """Fill a slot with a number and note its modifier."""
        data = number.mention.data
        self.numbers.append(number)
        if slot == "value" and number.is_percent:
            slot = "percent"
        setattr(self, slot, data["value"])
        if slot == "value":
            self.value_max = data.get("value_max")
        if slot == "percent":
            self.percent_max = data.get("value_max")
        if data.get("total") is not None:
            self.total = data["total"]
        elif data.get("all") and slot == "value":
            self.total = data["value"]
        if self.modifier == "exact":
            self.modifier = str(data.get("modifier", "exact"))
