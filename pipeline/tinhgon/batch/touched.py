"""Which documents a change of patterns touches: those that hold a word at which a changed pattern is tried."""

from __future__ import annotations

from ahocorasick_rs import AhoCorasick

from tinhgon.records import Document
from tinhgon.store.versions import PatternVersions
from tinhgon.vietnamese import match_form


class ChangedPatterns:
    """The patterns that differ between two runs, new and dropped ones among them.

    A pattern is tried nowhere but at its starting words, so a text without any of them comes out as before.

    >>> before = {"cue.plan": ("a1", ("dự kiến",)), "cue.now": ("b1", ("nay",))}
    >>> after = {"cue.plan": ("a2", ("dự kiến", "sẽ")), "cue.now": ("b1", ("nay",))}
    >>> changed = ChangedPatterns(before, after)
    >>> changed.ids, changed.touch(Document("a", "Xã nay còn 8 ấp.", ())), changed.touch(Document("b", "Sẽ giảm.", ()))
    (('cue.plan',), False, True)
    """

    def __init__(self, before: PatternVersions, after: PatternVersions) -> None:
        self.ids = tuple(sorted(id for id in {*before, *after} if before.get(id) != after.get(id)))
        starts = {start for versions in (before, after) for id in self.ids for start in versions.get(id, ("", ()))[1]}
        self._scanner = AhoCorasick(sorted(starts)) if starts else None

    def touch(self, document: Document) -> bool:
        """Whether a document's claims may come out otherwise now."""
        return self._scanner is not None and bool(
            self._scanner.find_matches_as_indexes(match_form(document.text), overlapping=False)
        )
