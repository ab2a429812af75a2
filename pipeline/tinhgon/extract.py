"""Document -> claims in one call: detection and assembly, loaded once and used for many documents."""

from __future__ import annotations

from pathlib import Path

from tinhgon.assemble.claims import Assembler
from tinhgon.assemble.judge import LinearJudge
from tinhgon.assemble.signals import FORMS
from tinhgon.detect.analysis import Analysis
from tinhgon.detect.detector import Detector
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

    def __init__(self, detector: Detector, assembler: Assembler, patterns: PatternSet) -> None:
        self.detector, self.assembler = detector, assembler
        self.patterns_hash, self.pattern_versions = patterns.digest(), patterns.versions()

    @classmethod
    def load(cls, patterns: Path | None = None) -> Extractor:
        """Load detectors and gazetteer; ``patterns`` is a folder of further patterns."""
        known, gazetteer = PatternSet.load(patterns), Gazetteer.load()
        return cls(Detector(known, gazetteer, FORMS), Assembler(gazetteer, LinearJudge.load()), known)

    def analysis(self, document: Document) -> Analysis:
        """All mentions of one document."""
        return self.detector.analysis(document)

    def claims(self, document: Document) -> Claims:
        """All that one document claims."""
        return self.assembler.claims(self.analysis(document))

    def explain(self, document: Document) -> str:
        """Every step of the extraction in words, sentence by sentence: spans, passage, drafts and facts."""
        analysis = self.analysis(document)
        claims, steps = self.assembler.steps(analysis)
        return explain_steps(analysis, claims, steps)
