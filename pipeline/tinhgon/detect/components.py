"""The detectors as spaCy components: ``tinhgon.load()`` gives a ``Language`` that runs them in order.

Each component writes a span group (``doc.spans["numbers"]``) whose spans carry the label and ``span.id_`` the
pattern's id, so displaCy, DocBin and other spaCy tools work on the result; the typed mentions travel beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import regex
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab

from tinhgon.detect.analysis import Analysis
from tinhgon.detect.bodies import bodies
from tinhgon.detect.dates import dates
from tinhgon.detect.numbers import numbers
from tinhgon.detect.patterns import PatternSet
from tinhgon.detect.people import people
from tinhgon.detect.places import PlaceFinder
from tinhgon.detect.resolutions import resolutions
from tinhgon.detect.roles import roles
from tinhgon.detect.text import View
from tinhgon.gazetteer import Gazetteer
from tinhgon.records import Block, Document, Mention

_TOKEN = regex.compile(r"[\p{L}\p{M}]+|\d+|[^\s\p{L}\p{M}\d]|\s+", regex.VERSION1)
_STATE = "tinhgon"


class SyllableTokenizer:
    """Cuts text into Vietnamese syllables, digits and single punctuation marks; joined again they give the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for piece in _TOKEN.findall(text):
            if piece == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
            else:
                words.append(piece)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


def view_of(doc: Doc) -> View:
    """The view a doc was made from; made anew (one paragraph, no date) for a doc that came from plain text."""
    state = doc.user_data.setdefault(_STATE, {})
    if "view" not in state:
        state["view"] = View.of(Document("", doc.text, (Block(0, len(doc.text), "paragraph"),)))
    view: View = state["view"]
    return view


def analysis_of(doc: Doc) -> Analysis:
    """All mentions that the components left on a doc."""
    return Analysis(
        view_of(doc), {kind: tuple(found) for kind, found in doc.user_data[_STATE].items() if kind != "view"}
    )


def make_doc(nlp: Language, document: Document) -> Doc:
    """An empty doc over a document's text that knows its document (date, blocks)."""
    doc = nlp.make_doc(document.text)
    doc.user_data[_STATE] = {"view": View.of(document)}
    return doc


def keep(doc: Doc, kind: str, mentions: Iterable[Mention]) -> Doc:
    """Leave the mentions of a kind on the doc, as typed records and as a span group."""
    found = tuple(mentions)
    doc.user_data[_STATE][kind] = found
    spans: list[Span] = []
    for mention in found:
        span = doc.char_span(
            mention.start, mention.end, label=mention.label, span_id=mention.pattern, alignment_mode="expand"
        )
        if span is not None:
            spans.append(span)
    doc.spans[kind] = SpanGroup(doc, name=kind, spans=spans)
    return doc


def found(doc: Doc, *kinds: str) -> list[tuple[int, int]]:
    """The offsets of what earlier components found of some kinds."""
    view_of(doc)
    return [(m.start, m.end) for kind in kinds for m in doc.user_data[_STATE].get(kind, ())]


Component = Callable[[Doc], Doc]


@Language.factory("tinhgon_patterns", default_config={"folder": None})
def make_patterns(nlp: Language, name: str, folder: str | None) -> Component:
    """Everything that is data: roles, markers, objects, measures, cues."""
    patterns = PatternSet.load(Path(folder) if folder else None)

    def component(doc: Doc) -> Doc:
        view = view_of(doc)
        by_kind = patterns.scan(view.text, view.low)
        for kind in ("roles", "markers", "objects", "measures", "cues"):
            keep(doc, kind, by_kind.get(kind, ()))
        return doc

    return component


@Language.component("tinhgon_dates")
def date_component(doc: Doc) -> Doc:
    return keep(doc, "dates", dates(view_of(doc)))


@Language.component("tinhgon_resolutions")
def resolution_component(doc: Doc) -> Doc:
    return keep(doc, "resolutions", resolutions(view_of(doc)))


@Language.component("tinhgon_people")
def people_component(doc: Doc) -> Doc:
    return keep(doc, "people", people(view_of(doc)))


@Language.factory("tinhgon_places")
def make_places(nlp: Language, name: str) -> Component:
    finder = PlaceFinder(Gazetteer.load())

    def component(doc: Doc) -> Doc:
        mentions = doc.user_data[_STATE]["people"]
        return keep(doc, "places", finder.places(view_of(doc), mentions, found(doc, "resolutions")))

    return component


@Language.component("tinhgon_roles")
def role_component(doc: Doc) -> Doc:
    state = doc.user_data[_STATE]
    names = [m for m in state["people"] if m.label == "full" or len(m.text.split()) > 1]
    places = [m for m in state["places"] if m.data["named_by"] != "body"]
    # "Chủ tịch HĐND tỉnh Bến Tre": the council is the role's, only the name is not
    starts = [m.data["name_start"] if m.text.startswith("HĐND") else m.start for m in places]
    return keep(doc, "roles", roles(view_of(doc), state["roles"], [*starts, *(m.start for m in names)]))


@Language.component("tinhgon_bodies")
def body_component(doc: Doc) -> Doc:
    return keep(doc, "bodies", bodies(view_of(doc), found(doc, "roles", "dates", "resolutions")))


@Language.component("tinhgon_numbers")
def number_component(doc: Doc) -> Doc:
    view, state = view_of(doc), doc.user_data[_STATE]
    numbered = [(m.data["name_start"], m.end) for m in state["places"] if view.text[m.data["name_start"]].isdigit()]
    return keep(doc, "numbers", numbers(view, [*found(doc, "dates", "resolutions"), *numbered]))


@Language.component("tinhgon_objects")
def object_component(doc: Doc) -> Doc:
    """Counted nouns that are nothing else: not inside a role, not "toàn huyện", not the type word of one place."""
    state = doc.user_data[_STATE]
    named_roles = [(m.start, m.end) for m in state["roles"] if not m.data["other"]]
    taken = [*named_roles, *found(doc, "resolutions")]
    stands_for = [(m.start, m.end) for m in state["cues"] if m.label in ("anaphor", "tier")]
    types = [(m.start, m.data["name_start"]) for m in state["places"] if m.data["named_by"] == "type"]
    counted = {n.end + 1 for n in state["numbers"]}
    spans = taken + [(start, end) for start, end in types if start not in counted]

    def free(mention: Mention) -> bool:
        inside = any(start <= mention.start and mention.end <= end for start, end in stands_for)
        return mention.start in counted or not (
            inside or any(mention.start < end and start < mention.end for start, end in spans)
        )

    # "Châu Thành" holds no "thành", "Sở Nội vụ" counts no sở
    names = found(doc, "places") + [(m.start, m.end) for m in state["people"] if len(m.text.split()) > 2]
    for kind in ("measures", "cues", "markers"):
        keep(doc, kind, [m for m in state[kind] if m.label == "anaphor" or not _inside(m, names)])
    named = found(doc, "bodies")
    return keep(
        doc, "objects", [m for m in state["objects"] if free(m) and (m.start in counted or not _inside(m, named))]
    )


def _inside(mention: Mention, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= mention.start and mention.end <= end for start, end in spans)


PIPELINE = (
    "tinhgon_patterns", "tinhgon_dates", "tinhgon_resolutions", "tinhgon_people", "tinhgon_places", "tinhgon_roles",
    "tinhgon_bodies", "tinhgon_numbers", "tinhgon_objects",
)  # fmt: skip


def load(patterns: Path | None = None) -> Language:
    """A spaCy pipeline with all detectors; ``patterns`` is a folder of further patterns.

    >>> nlp = load()
    >>> doc = nlp("Huyện có 10/21 bí thư đảng ủy kiêm chủ tịch UBND xã.")
    >>> [(span.text, span.label_) for span in doc.spans["numbers"]]
    [('10/21', 'ratio')]
    """
    nlp = Language()
    nlp.tokenizer = SyllableTokenizer(nlp.vocab)
    for name in PIPELINE:
        nlp.add_pipe(name, config={"folder": str(patterns)} if patterns and name == "tinhgon_patterns" else {})
    return nlp
