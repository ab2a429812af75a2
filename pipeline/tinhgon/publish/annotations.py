"""Claims as W3C Web Annotations (JSON-LD): which words of which page claim what.

The body is the codebook's item. A target gives the words twice: by their offsets in the normalised text, in
characters (``TextPositionSelector``), and by themselves with what stands around them (``TextQuoteSelector``), by
which they are found in the web page too. See https://www.w3.org/TR/annotation-model/.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO
from urllib.parse import quote

from tinhgon.publish.reading import Claim, IdentifiedClaim, identified_claims
from tinhgon.records import Citation, Document, Fact, Holder, Locality, Merger, Span
from tinhgon.store import FactBase
from tinhgon.store.export import citation_item, fact_item, holder_item, locality_item, merger_item, pairing_item

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# The codebook's names are its own: "value" or "name" must not be read as those of the annotation vocabulary.
_CODEBOOK = [None, {"@vocab": "urn:tinhgon:codebook:", "type": "@type"}]
_AROUND = 32  # characters before and after the words
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x1f\x7f-\x9f]+")


def write_annotations(base: FactBase, out: TextIO, min_confidence: float = 0.0) -> int:
    """One annotation a line; returns how many."""
    written = 0
    for annotation in every_annotation(base, min_confidence):
        out.write(_json(annotation) + "\n")
        written += 1
    return written


def write_collection(base: FactBase, out: TextIO, min_confidence: float = 0.0) -> int:
    """All annotations as one ``AnnotationCollection``, an annotation a line; returns how many."""
    head = _json({"@context": _CONTEXT, "id": "urn:tinhgon:annotations", "type": "AnnotationCollection"})
    page = _json({"id": "urn:tinhgon:annotations:1", "type": "AnnotationPage", "startIndex": 0})
    out.write(f'{head[:-1]}, "label": "tinhgon", "first": {page[:-1]}, "items": [')
    written = 0
    for annotation in every_annotation(base, min_confidence):
        del annotation["@context"]
        out.write((",\n" if written else "\n") + _json(annotation))
        written += 1
    out.write(f'\n]}}, "total": {written}}}\n')
    return written


def every_annotation(base: FactBase, min_confidence: float = 0.0) -> Iterator[dict[str, Any]]:
    """One annotation per claim, document by document; misses are no claims."""
    for document, claims in identified_claims(base, min_confidence):
        for one in claims:
            yield annotation_of(document, one)


def annotation_of(document: Document, one: IdentifiedClaim) -> dict[str, Any]:
    """The annotation of one claim; its target is a list where the proof has several pieces.

    >>> from tinhgon.records import Provenance
    >>> text = "Theo Nghị quyết số 18-NQ/TW"
    >>> claim = Citation("18-NQ/TW", "TW", None, Provenance((Span(5, 27, text[5:27]),), Span(0, 27, text)))
    >>> annotation = annotation_of(Document("bài 1", text, ()), IdentifiedClaim("1a", "citation", claim))
    >>> annotation["id"], annotation["body"]["type"], annotation["body"]["symbol"]
    ('urn:tinhgon:citation:1a', 'Citation', '18-NQ/TW')
    >>> annotation["target"]["source"]
    'urn:tinhgon:document:b%C3%A0i%201'
    >>> annotation["target"]["selector"][1]
    {'type': 'TextQuoteSelector', 'exact': 'Nghị quyết số 18-NQ/TW', 'prefix': 'Theo '}
    """
    targets = [{"source": _address(document), "selector": _selectors(document.text, piece)} for piece in one.pieces]
    return {
        "@context": _CONTEXT,
        "id": urn(one.kind, one.id),
        "type": "Annotation",
        "motivation": "describing",
        "body": {"@context": _CODEBOOK, "type": one.kind.capitalize(), **codebook_item(one.claim)},
        "target": targets[0] if len(targets) == 1 else targets,
    }


def codebook_item(claim: Claim) -> dict[str, Any]:
    """The claim in the form of the codebook, as the JSON Lines have it."""
    if isinstance(claim, Fact):
        return fact_item(claim)
    if isinstance(claim, Citation):
        return citation_item(claim)
    if isinstance(claim, Locality):
        return locality_item(claim)
    if isinstance(claim, Holder):
        return holder_item(claim)
    return merger_item(claim) if isinstance(claim, Merger) else pairing_item(claim)


def urn(kind: str, key: str) -> str:
    """A name for a thing of the fact base.

    >>> urn("fact", "3f2a9c")
    'urn:tinhgon:fact:3f2a9c'
    """
    return f"urn:tinhgon:{kind}:{quote(key, safe='')}"


def _address(document: Document) -> str:
    if document.url and _ADDRESS.fullmatch(document.url):
        return document.url
    return urn("document", document.id)


def _selectors(text: str, piece: Span) -> list[dict[str, Any]]:
    around = {
        "prefix": text[max(0, piece.start - _AROUND) : piece.start],
        "suffix": text[piece.end : piece.end + _AROUND],
    }
    return [
        {"type": "TextPositionSelector", "start": piece.start, "end": piece.end},
        {"type": "TextQuoteSelector", "exact": piece.text, **{side: words for side, words in around.items() if words}},
    ]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
