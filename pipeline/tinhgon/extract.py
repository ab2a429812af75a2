"""Document -> claims in one call: detection and assembly, loaded once and used for many documents."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language

from tinhgon.assemble.claims import Assembler
from tinhgon.detect.components import analysis_of, load, make_doc
from tinhgon.detect.patterns import PatternSet
from tinhgon.gazetteer import Gazetteer
from tinhgon.records import Claims, Document


class Extractor:
    """The whole extraction, loaded once.

    >>> from tinhgon.ingest import document_from_text
    """

    def __init__(self, nlp: Language, assembler: Assembler, patterns_hash: str) -> None:
        self.nlp, self.assembler, self.patterns_hash = nlp, assembler, patterns_hash

    @classmethod
    def load(cls, patterns: Path | None = None) -> Extractor:
        """Load detectors and gazetteer; ``patterns`` is a folder of further patterns."""
        return cls(load(patterns), Assembler(Gazetteer.load()), PatternSet.load(patterns).digest())

    def claims(self, document: Document) -> Claims:
        """All that one document claims."""
        doc = make_doc(self.nlp, document)
        for _, component in self.nlp.pipeline:
            doc = component(doc)
        return self.assembler.claims(analysis_of(doc))
