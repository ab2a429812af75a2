"""The detectors as spaCy components: ``tinhgon.load()`` gives a ``Language`` that runs them in order.

Each component writes a span group (``doc.spans["numbers"]``) whose spans carry the label and ``span.id_`` the
pattern's id, so displaCy, DocBin and other spaCy tools work on the result; the typed mentions travel beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

import regex
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab

from tinhgon.detect.detector import STEPS
from tinhgon.detect.patterns import PatternSet
from tinhgon.detect.text import View
from tinhgon.gazetteer import Gazetteer
from tinhgon.records import Block, Document, Mention

PIPELINE = tuple(STEPS)
_TOKEN = regex.compile(r"[\p{L}\p{M}]+|\d+|[^\s\p{L}\p{M}\d]|\s+", regex.VERSION1)
_STATE = "tinhgon"

Component = Callable[[Doc], Doc]


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
        nlp.add_pipe(name, config={"folder": str(patterns)} if patterns else {})
    return nlp


@lru_cache(maxsize=1)
def _data(folder: str | None) -> tuple[PatternSet, Gazetteer]:
    """What all components of one pipeline share."""
    return PatternSet.load(Path(folder) if folder else None), Gazetteer.load()


def _add_factory(name: str) -> None:
    @Language.factory(name, default_config={"folder": None})
    def make(nlp: Language, name: str, folder: str | None) -> Component:
        step = STEPS[name](*_data(folder))

        def component(doc: Doc) -> Doc:
            state = doc.user_data.setdefault(_STATE, {})
            if not state:
                # Plain text: one paragraph, no date.
                state["view"] = View.of(Document("", doc.text, (Block(0, len(doc.text), "paragraph"),)))
            for kind, mentions in step(state["view"], state).items():
                state[kind] = tuple(mentions)
                doc.spans[kind] = _spans(doc, kind, state[kind])
            return doc

        return component


for _name in PIPELINE:
    _add_factory(_name)


def _spans(doc: Doc, kind: str, mentions: Iterable[Mention]) -> SpanGroup:
    spans: list[Span] = []
    for mention in mentions:
        span = doc.char_span(
            mention.start, mention.end, label=mention.label, span_id=mention.pattern, alignment_mode="expand"
        )
        if span is not None:
            spans.append(span)
    return SpanGroup(doc, name=kind, spans=spans)
