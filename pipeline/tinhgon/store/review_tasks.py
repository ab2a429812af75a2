"""Facts as Label Studio tasks, and the annotations people made of them as reviews.

A task shows the sentence with what stands around it, the proving words marked, and what the program made of them.
Offsets count code points on both sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any
from xml.etree import ElementTree

from tinhgon.records import Document, Fact, Span
from tinhgon.store.base import FactBase
from tinhgon.store.export import fact_item
from tinhgon.store.review_exchange import Imported, noted, utc
from tinhgon.store.review_fields import CHOICES, FIELDS, REQUIRED, ReviewError, complete, parsed, written
from tinhgon.store.review_queue import queue
from tinhgon.store.reviews import VERDICTS, Judgement, Review

Task = dict[str, Any]

_AROUND = 300  # characters shown on each side of the sentence, at least up to a word
_PROOF, _SENTENCE = "proof", "sentence"


def labelling_config() -> str:
    """The labelling configuration of a Label Studio project for these tasks, as XML.

    >>> "<Choice value=\\"corrected\\" />" in labelling_config()
    True
    """
    view = ElementTree.Element("View")
    ElementTree.SubElement(view, "Header", value="$says")
    labels = ElementTree.SubElement(view, "Labels", name="words", toName="text")
    for label in (_PROOF, _SENTENCE):
        ElementTree.SubElement(labels, "Label", value=label)
    ElementTree.SubElement(view, "Text", name="text", value="$text")
    _choices(view, "verdict", VERDICTS, required="true")
    fields = {"visibleWhen": "choice-selected", "whenTagName": "verdict", "whenChoiceValue": "corrected"}
    corrections = ElementTree.SubElement(view, "View", fields)
    ElementTree.SubElement(corrections, "Header", value="Fill in only what is otherwise; - where it is not told.")
    for field in FIELDS:
        ElementTree.SubElement(corrections, "Header", value=field, size="5")
        if field in CHOICES:
            _choices(corrections, field, CHOICES[field] if field in REQUIRED else (*CHOICES[field], "-"))
        else:
            _textarea(corrections, field)
    ElementTree.SubElement(view, "Header", value="note", size="5")
    _textarea(view, "note")
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode") + "\n"


def _choices(parent: ElementTree.Element, name: str, values: Iterable[str], **more: str) -> None:
    about = {"name": name, "toName": "text", "choice": "single", "showInline": "true", **more}
    choices = ElementTree.SubElement(parent, "Choices", about)
    for value in values:
        ElementTree.SubElement(choices, "Choice", value=value)


def _textarea(parent: ElementTree.Element, name: str) -> None:
    ElementTree.SubElement(parent, "TextArea", name=name, toName="text", maxSubmissions="1", rows="1", editable="true")


# ---------------------------------------------------------------- out


def label_studio_tasks(base: FactBase, limit: int | None = None) -> Iterator[Task]:
    """One task a fact, what most wants a look first; what is reviewed comes last, with its review as annotation."""
    standing = {review.fact_id: review for review in base.reviews() if review.stands}
    rows = queue(base, limit, reviewed=True)
    for document_id, waiting in groupby(rows, key=lambda row: row.document_id):
        claims = base.claims(document_id)
        if claims is None:
            continue
        facts = base.facts(document_id, as_extracted=True)
        for row in waiting:
            yield _task(row.fact_id, facts[row.fact_id], claims.document, standing.get(row.fact_id))


def _task(fact_id: str, fact: Fact, document: Document, review: Review | None) -> Task:
    start, end = _window(fact, document.text)
    marked = [(_SENTENCE, fact.provenance.sentence), *((_PROOF, piece) for piece in fact.provenance.quote)]
    regions = [
        _region(f"{fact_id}-{n}", label, Span(span.start - start, span.end - start, span.text))
        for n, (label, span) in enumerate(marked)
    ]
    data = {
        "text": document.text[start:end],
        "fact": fact_id,
        "says": _says(fact),
        "document": document.id,
        "title": document.title or "",
        "published": document.published or "",
        "source": document.source or "",
    }
    score = {} if fact.confidence is None else {"score": fact.confidence}
    annotations = [] if review is None else [_annotation(review, regions)]
    return {
        "data": data,
        "predictions": [{"model_version": "tinhgon", "result": regions, **score}],
        "annotations": annotations,
    }


def _window(fact: Fact, text: str) -> tuple[int, int]:
    """The sentence, all proving words, and some of what stands around them, cut at words."""
    spans = (fact.provenance.sentence, *fact.provenance.quote)
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    left, right = max(0, first - _AROUND), min(len(text), last + _AROUND)
    while 0 < left < first and not text[left - 1].isspace():
        left += 1
    while last < right < len(text) and not text[right].isspace():
        right -= 1
    return left, right


def _says(fact: Fact) -> str:
    item = complete(fact_item(fact))
    return "; ".join(f"{field}: {written(item[field])}" for field in FIELDS if item[field] not in (None, []))


def _region(name: str, label: str, span: Span) -> dict[str, Any]:
    value = {"start": span.start, "end": span.end, "text": span.text, "labels": [label]}
    return {"id": name, "from_name": "words", "to_name": "text", "type": "labels", "value": value}


def _annotation(review: Review, regions: list[dict[str, Any]]) -> dict[str, Any]:
    said = {"verdict": review.verdict, **{name: written(value) for name, value in review.corrected.items()}}
    result = [_control(f"{review.fact_id}-{name}", name, value) for name, value in said.items()]
    if review.note is not None:
        result.append(_control(f"{review.fact_id}-note", "note", review.note))
    return {"result": [*regions, *result], "was_cancelled": False, "created_at": review.reviewed_at}


def _control(key: str, name: str, value: str) -> dict[str, Any]:
    kind, told = ("choices", "choices") if name == "verdict" or name in CHOICES else ("textarea", "text")
    return {"id": key, "from_name": name, "to_name": "text", "type": kind, "value": {told: [value]}}


# ---------------------------------------------------------------- in


def from_label_studio(base: FactBase, tasks: Any, *, reviewer: str) -> Imported:
    """Note the completed annotations of tasks exported from Label Studio ("JSON"), the earliest first.

    An annotation older than what stands on its fact is passed over.
    """
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise ReviewError("this is no list of Label Studio tasks; export them as JSON")
    judgements: list[Judgement] = []
    problems: list[str] = []
    for number, task in enumerate(tasks, 1):
        try:
            judgements += _judgements(task, reviewer)
        except ReviewError as error:
            problems.append(f"task {number}: {error}")
    judgements.sort(key=lambda judgement: (judgement.reviewed_at is None, judgement.reviewed_at or ""))
    return noted(base, judgements, problems=problems)


def _judgements(task: Mapping[str, Any], reviewer: str) -> list[Judgement]:
    data, annotations = task.get("data"), task.get("annotations")
    fact_id = data.get("fact") if isinstance(data, dict) else None
    if not isinstance(fact_id, str) or not isinstance(annotations, list):
        raise ReviewError("no task of tinhgon with its annotations; export them as JSON, not as JSON-MIN")
    done = [one for one in annotations if isinstance(one, dict) and not one.get("was_cancelled")]
    return [_judgement(fact_id, annotation, reviewer) for annotation in done]


def _judgement(fact_id: str, annotation: Mapping[str, Any], reviewer: str) -> Judgement:
    said = _said(annotation.get("result"))
    verdict, note = said.pop("verdict", ""), said.pop("note", None)
    if verdict not in VERDICTS:
        raise ReviewError(f"{fact_id}: an annotation without one verdict of {', '.join(VERDICTS)}")
    # Fields are shown only beside "corrected"; what was typed before the verdict changed does not count.
    fields = said.items() if verdict == "corrected" else ()
    try:
        corrected = {name: parsed(name, text) for name, text in fields}
    except ReviewError as error:
        raise ReviewError(f"{fact_id}: {error}") from error
    moment = utc(annotation.get("updated_at") or annotation.get("created_at"))
    return Judgement(fact_id, verdict, reviewer, corrected, note, moment)


def _said(result: Any) -> dict[str, str]:
    """What an annotation says, control by control; the words marked in the text are no part of it."""
    said: dict[str, str] = {}
    for region in result if isinstance(result, list) else ():
        if not isinstance(region, dict) or region.get("type") not in ("choices", "textarea"):
            continue
        value = region.get("value")
        told = (value.get("choices") or value.get("text") or []) if isinstance(value, dict) else []
        texts = [told] if isinstance(told, str) else told
        if isinstance(texts, list) and texts:
            said[str(region.get("from_name"))] = ", ".join(map(str, texts))
    return said
