"""The typed records that flow between the stages. Imports nothing of ours.

    ingest  -> Document, Skip, Reject
    detect  -> Mention
    assemble-> Citation, Locality, Pairing, Holder, Merger, Fact, Miss: together the Claims of one document
    store   -> rows made of Claims

Every offset indexes ``Document.text``: ``document.text[span.start:span.end] == span.text``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Level = Literal["province", "district", "commune", "hamlet"]
Status = Literal["achieved", "ongoing", "planned", "required"]
Modifier = Literal["exact", "about", "over", "under"]
Basis = Literal["explicit", "titles"]
BlockKind = Literal["title", "dateline", "lead", "heading", "paragraph", "item", "row", "caption", "signature"]

LEVELS: tuple[Level, ...] = ("province", "district", "commune", "hamlet")
# From the most real to the least; of two statements of one thing the more real one stands.
STATUSES: tuple[Status, ...] = ("achieved", "ongoing", "planned", "required")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of ``Document.text``: half-open character offsets and the text itself, verbatim."""

    start: int
    end: int
    text: str

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the document by its offsets, and what part it plays on the page."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Document:
    """One article or report as every later stage sees it.

    ``text`` is NFC, one block a line (``\\n`` between blocks, no blank lines, no doubled spaces); title and date
    line are part of it, so that evidence found there has offsets too.
    """

    id: str
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    published: str | None = None  # ISO date: YYYY, YYYY-MM or YYYY-MM-DD
    source: str | None = None  # outlet: its domain where known, else its name
    author: str | None = None
    province: str | None = None  # the outlet's home province, a hint for places named without parent
    path: str = ""  # where it was read from
    sha256: str = ""  # of the raw bytes
    url: str | None = None  # its own address, where told
    retrieved: str | None = None  # ISO day on which it was fetched; says nothing of when it was published
    warnings: tuple[str, ...] = ()  # "no-date", "decoded-as-windows-1258", ...


@dataclass(frozen=True, slots=True)
class Reject:
    """A source that gave no document: what, at which stage, why. Kept on record, never raised past ingestion."""

    path: str
    stage: str  # "read", "decode", "parse", "extract", ...
    reason: str  # one English sentence that tells what to do where something can be done


@dataclass(frozen=True, slots=True)
class Skip:
    """An article that was read and then passed over on purpose: another language, or nothing of ours in it."""

    id: str
    path: str
    sha256: str
    reason: str  # begins with its kind: "language: ...", "no cue: ..."


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing found in the text on its own, ignorant of all others.

    ``kind`` names the span group it lives in ("numbers", "roles", ...), ``label`` what it is within that kind
    ("ratio", "bi_thu_cap_uy"), ``pattern`` the id of the pattern that found it, ``data`` its values.
    """

    start: int
    end: int
    text: str
    kind: str
    label: str
    pattern: str
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def span(self) -> Span:
        return Span(self.start, self.end, self.text)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Why a claim was made: the proving pieces of text, the whole sentence, pattern ids and cues.

    ``retold``: the pieces elsewhere in the text (title, lead, caption) that tell the same once more.
    """

    quote: tuple[Span, ...]
    sentence: Span
    patterns: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    retold: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A place by its names, parents filled in; all ``None`` is the whole country (or nothing known)."""

    province: str | None = None
    district: str | None = None
    commune: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cited in the text (codebook, section 2)."""

    symbol: str
    issuer: str | None
    date: str | None
    provenance: Provenance
    implements: tuple[str, ...] = ()  # symbols of central documents that it carries out, where the text says so


@dataclass(frozen=True, slots=True)
class Locality:
    """A place the article speaks of (codebook, section 3)."""

    level: Level
    area: Area
    hamlet: str | None
    code: str | None  # official code where the gazetteer decides for one unit
    valid_from: str | None
    candidates: tuple[str, ...]  # what an unresolved name could be, "Châu Thành < Long An"
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Pairing:
    """Roles that one person is to hold (codebook, section 5)."""

    roles: tuple[str, ...]
    level: Level | None
    status: Status
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Holder:
    """A named person who holds several roles (codebook, section 6)."""

    name: str
    roles: tuple[str, ...]
    level: Level | None
    area: Area
    basis: Basis
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Merger:
    """Bodies or places that become one (codebook, section 7)."""

    kind: str
    parties: tuple[str, ...]
    result: str | None
    level: Level | None
    area: Area
    status: Status
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Fact:
    """A number with what it counts, whose it is and whether it has happened (codebook, section 8)."""

    measure: str
    object: str
    provenance: Provenance
    value: float | None = None
    value_max: float | None = None
    total: float | None = None
    percent: float | None = None
    percent_max: float | None = None
    attainment: float | None = None
    before: float | None = None
    after: float | None = None
    modifier: Modifier = "exact"
    roles: tuple[str, ...] = ()
    level: Level | None = None
    area: Area = field(default_factory=Area)
    body: str | None = None
    as_of: str | None = None
    since: str | None = None
    baseline: str | None = None
    per: str | None = None
    status: Status = "achieved"
    resolutions: tuple[str, ...] = ()
    part_of: str | None = None  # the quote of the fact it is a part of
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Miss:
    """A sentence that holds a cue and a number and gave no fact, or a number left open, with the reason."""

    reason: str
    shape: str  # the words from cue to number, kinds in angle brackets: "giảm ⟨count⟩ ⟨unit⟩"
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Claims:
    """All that one document claims."""

    document: Document
    resolutions: tuple[Citation, ...] = ()
    localities: tuple[Locality, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    holders: tuple[Holder, ...] = ()
    mergers: tuple[Merger, ...] = ()
    facts: tuple[Fact, ...] = ()
    misses: tuple[Miss, ...] = ()
