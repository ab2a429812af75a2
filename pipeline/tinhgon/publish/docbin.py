"""The articles as spaCy documents, the claims as spans over them: a ``DocBin`` to train on, or to look at.

A claim's words lie in the span group of its kind, under its label and id; tokens that they cut through are taken
whole. The id of the article is ``doc.user_data["document_id"]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tinhgon.publish.files import PublicationError, is_folder, replacing
from tinhgon.publish.reading import Claim, IdentifiedClaim, identified_claims
from tinhgon.records import Citation, Document, Fact, Locality, Merger
from tinhgon.store import FactBase, roles_key

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, DocBin, Span

GROUPS = {
    "fact": "facts",
    "pairing": "pairings",
    "holder": "holders",
    "merger": "mergers",
    "citation": "resolutions",
    "locality": "localities",
}
_DOCUMENTS_A_FILE = 2_000


def write_docbin(base: FactBase, path: Path, min_confidence: float = 0.0) -> int:
    """All documents in one ``.spacy`` file, or in several where ``path`` is a folder. Returns how many documents.

    A file is held in memory until it is whole: from some ten thousand documents on, give a folder. spaCy reads it
    like a file.
    """
    documents = docs(base, min_confidence)
    if not is_folder(path):
        return _write(_bin_of(documents), path)
    path.mkdir(parents=True, exist_ok=True)
    if any(path.glob("*.spacy")):
        raise PublicationError(f"{path} holds .spacy files already, which would be taken for part of these. Move them")
    written = number = 0
    while len(part := _bin_of(islice(documents, _DOCUMENTS_A_FILE))):
        number += 1
        written += _write(part, path / f"{number:05}.spacy")
    return written


def docs(base: FactBase, min_confidence: float = 0.0) -> Iterator[Doc]:
    """Every document as a ``Doc``, in the order of their ids."""
    import spacy

    language = spacy.blank("xx")  # cuts at blanks and punctuation, needs neither model nor dictionary
    for document, claims in identified_claims(base, min_confidence):
        yield doc_of(language, document, claims)


def doc_of(language: Language, document: Document, claims: Iterable[IdentifiedClaim]) -> Doc:
    """One document with its claims.

    >>> import spacy
    >>> from tinhgon.records import Provenance, Span
    >>> claim = Merger("commune", (), None, None, None, "achieved", Provenance((Span(0, 6, "nhập 2"),), Span(0, 9, "")))
    >>> doc = doc_of(spacy.blank("xx"), Document("bai-1", "nhập 2 xã", ()), [IdentifiedClaim("1a", "merger", claim)])
    >>> [(span.text, span.label_, span.id_) for span in doc.spans["mergers"]]
    [('nhập 2', 'commune', '1a')]
    """
    doc = language.tokenizer(document.text)
    doc.user_data["document_id"] = document.id
    spans: dict[str, list[Span]] = {group: [] for group in GROUPS.values()}
    for one in claims:
        spans[GROUPS[one.kind]] += _spans(doc, len(document.text), one)
    for group, found in spans.items():
        doc.spans[group] = found
    return doc


def _spans(doc: Doc, length: int, one: IdentifiedClaim) -> Iterator[Span]:
    for piece in one.pieces:
        # spaCy would take an end beyond the text for the text's end.
        if piece.end > length:
            raise PublicationError(
                "the fact base does not hold the texts that its facts were found in. Export from one that does"
            )
        span = doc.char_span(
            piece.start, piece.end, label(one.claim), kb_id(one.claim), alignment_mode="expand", span_id=one.id
        )
        if span is not None:
            yield span


def label(claim: Claim) -> str:
    """What a claim is within its kind: the measure of a fact, the tier of a place, the roles of a person."""
    if isinstance(claim, Fact):
        return claim.measure
    if isinstance(claim, Citation):
        return "resolution"
    if isinstance(claim, Locality):
        return claim.level
    return claim.kind if isinstance(claim, Merger) else roles_key(claim.roles)


def kb_id(claim: Claim) -> str:
    """By what a cited document or a place is known elsewhere: its symbol, its official code."""
    if isinstance(claim, Citation):
        return claim.symbol
    return (claim.code or "") if isinstance(claim, Locality) else ""


def _bin_of(documents: Iterable[Doc]) -> DocBin:
    from spacy.tokens import DocBin

    return DocBin(attrs=["ORTH", "SPACY"], store_user_data=True, docs=documents)


def _write(whole: DocBin, path: Path) -> int:
    with replacing(path) as part:
        part.write_bytes(whole.to_bytes())
    return len(whole)
