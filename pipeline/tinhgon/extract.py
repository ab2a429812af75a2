"""Document -> claims in one call: detection and assembly, loaded once and used for many documents."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language

from tinhgon.assemble.claims import Assembler
from tinhgon.assemble.judge import LinearJudge
from tinhgon.detect.analysis import Analysis
from tinhgon.detect.components import analysis_of, load, make_doc
from tinhgon.detect.patterns import PatternSet
from tinhgon.gazetteer import Gazetteer
from tinhgon.records import Claims, Document
from tinhgon.trace import explain_steps


class Extractor:
    """The whole extraction, loaded once.

    >>> from tinhgon.ingest import document_from_text
    >>> extractor = Extractor.load()
    >>> text = "Tin huyện\\n\\nĐến nay, huyện Tam Bình có 6/17 xã bí thư đảng ủy kiêm chủ tịch UBND."
    >>> claims = extractor.claims(document_from_text(text, id="tin", path="tin.txt"))
    >>> [(f.measure, f.object, f.value, f.total, f.area.district) for f in claims.facts]
    [('concurrent_posts', 'commune', 6, 17, 'Tam Bình')]
    """

    def __init__(self, nlp: Language, assembler: Assembler, patterns: PatternSet) -> None:
        self.nlp, self.assembler = nlp, assembler
        self.patterns_hash, self.pattern_versions = patterns.digest(), patterns.versions()

    @classmethod
    def load(cls, patterns: Path | None = None) -> Extractor:
        """Load detectors and gazetteer; ``patterns`` is a folder of further patterns."""
        return cls(load(patterns), Assembler(Gazetteer.load(), LinearJudge.load()), PatternSet.load(patterns))

    def analysis(self, document: Document) -> Analysis:
        """All mentions of one document."""
        doc = make_doc(self.nlp, document)
        for _, component in self.nlp.pipeline:
            doc = component(doc)
        return analysis_of(doc)

    def claims(self, document: Document) -> Claims:
        """All that one document claims."""
        return self.assembler.claims(self.analysis(document))

    def explain(self, document: Document) -> str:
        """Every step of the extraction in words, sentence by sentence: spans, passage, drafts and facts."""
        analysis = self.analysis(document)
        claims, steps = self.assembler.steps(analysis)
        return explain_steps(analysis, claims, steps)
