"""What is carried from sentence to sentence besides places: one small object that can be printed."""

from __future__ import annotations

from dataclasses import dataclass, field

from tinhgon.assemble.drafts import Draft
from tinhgon.assemble.frames import Frame
from tinhgon.records import Status


@dataclass(slots=True)
class State:
    """The passage as the fact reader knows it after each sentence."""

    section: Status = "achieved"  # what the report's heading makes of all below it
    heading_object: str | None = None  # what the heading speaks of: "3. Đơn vị sự nghiệp"
    topic: str | None = None  # "nonlocal" while the passage speaks of appointments from elsewhere
    unit: str | None = None  # the units last counted, for "đơn vị" and bare numbers
    unit_block: int = -1
    offices: str | None = None  # agencies, divisions or service units, whichever were counted last
    previous: list[Draft] = field(default_factory=list)  # the settled drafts of the sentence before
    current: list[Draft] = field(default_factory=list)  # all drafts of the sentence being read

    def before_in_block(self, frame: Frame) -> Draft | None:
        """The last settled draft, where it stands in the same paragraph."""
        last = self.previous[-1] if self.previous else None
        return last if last is not None and last.frame.sentence.block == frame.sentence.block else None
