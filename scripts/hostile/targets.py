"""What must hold of any bytes: functions ``bytes -> None`` that raise where it does not.

Hypothesis drives them in the tests, atheris for as long as one likes: ``scripts/fuzz.py``.
"""

from __future__ import annotations

import io
import json
import tempfile
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from hostile.texts import document_of
from tinhgon.detect.numbers import parse_percent, parse_words
from tinhgon.detect.patterns import PatternError, PatternSet, pattern_files, read_file
from tinhgon.extract import Extractor
from tinhgon.ingest import Fields, Item, document_from_html, document_from_text, normalise, parse_date, read
from tinhgon.ingest.containers import expand
from tinhgon.ingest.containers.streams import Stream
from tinhgon.ingest.normalise import clean_characters
from tinhgon.records import Claims, Document, Reject, Skip
from tinhgon.store import FactBase
from tinhgon.vietnamese import match_form

Target = Callable[[bytes], None]
# The suffixes by which a reader is chosen where the content leaves it open.
SUFFIXES = (
    ".txt", ".html", ".md", ".eml", ".csv", ".tsv", ".json", ".jsonl", ".xml", ".rss", ".warc", ".zip", ".tar", ".gz",
    ".bz2", ".xz", ".zst", ".parquet", ".sqlite", ".docx", ".doc", ".pdf", ".rtf", ".png",
)  # fmt: skip
_MOST_ITEMS = 50  # of one archive that are read to the end; each is read alike


@cache
def extractor() -> Extractor:
    return Extractor.load()


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _holds(document: Document) -> None:
    """The contract of a document: normalised once, blocks in order that lie in the text."""
    assert clean_characters(document.text) == document.text
    assert len(match_form(document.text)) == len(document.text)
    reached = 0
    for block in document.blocks:
        assert reached <= block.start < block.end <= len(document.text)
        reached = block.end
    json.dumps([document.id, document.title, document.published, document.source, document.text]).encode()


def claims_of(document: Document) -> Claims:
    """All that a document claims, with offsets that hold."""
    claims, text = extractor().claims(document), document.text
    for kind in ("resolutions", "localities", "pairings", "holders", "mergers", "facts", "misses"):
        for one in getattr(claims, kind):
            why = one.provenance
            for span in (*why.quote, why.sentence, *why.retold):
                assert text[span.start : span.end] == span.text
    return claims


def normalising(data: bytes) -> None:
    once = normalise(_text(data))
    assert normalise(once) == once
    assert unicodedata.normalize("NFC", once) == once
    assert len(match_form(once)) == len(once)


def plain_text(data: bytes) -> None:
    document = document_from_text(_text(data), id="a", path="a.txt")
    if isinstance(document, Document):
        _holds(document)


def web_page(data: bytes) -> None:
    document = document_from_html(_text(data), id="a", path="a.html")
    if isinstance(document, Document):
        _holds(document)


def file(data: bytes) -> None:
    """Any bytes under any suffix, the first byte choosing it: to documents, skips and rejects with a reason."""
    suffix = SUFFIXES[data[0] % len(SUFFIXES)] if data else ".txt"
    found = list(expand(Stream.of(io.BytesIO(data[1:]), f"kho{suffix}"), Fields()))
    for one in found[:_MOST_ITEMS]:
        made = read(one) if isinstance(one, Item) else one
        assert isinstance(made, Document | Skip | Reject)
        if isinstance(made, Document):
            _holds(made)
        elif isinstance(made, Reject):
            assert made.reason.strip()


def dates_and_numbers(data: bytes) -> None:
    text = _text(data)
    day = parse_date(text)
    assert day is None or (day[:4].isdigit() and day[4:5] in ("", "-")), day
    low = match_form(normalise(text))
    analysis = extractor().analysis(document_of(low))
    for kind in ("numbers", "dates", "resolutions"):
        for mention in analysis.of(kind):
            assert analysis.view.text[mention.start : mention.end] == mention.text
            if kind == "numbers":
                assert mention.data["value"] is not None
    with suppress(KeyError):  # a word that is no numeral
        parse_words(low)
    with suppress(ValueError):  # no digits
        parse_percent(low[:20])


def patterns(data: bytes) -> None:
    """A file of a user's own patterns is loaded or refused with a reason, and what is loaded matches in its clock."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "rieng.yaml").write_bytes(b"kind: roles\n" + data)
        try:
            own = PatternSet([p for path in pattern_files(Path(folder)) for p in read_file(path)])
        except PatternError:
            return
        text = normalise(_text(data))[:500]
        with suppress(TimeoutError):
            for mention in own.matches(text, match_form(text)):
                assert text[mention.start : mention.end] == mention.text


def extraction(data: bytes) -> None:
    document = document_from_text("Gọn bộ máy ở huyện\n\n" + _text(data), id="a", path="a.txt")
    if isinstance(document, Document):
        claims_of(document)


def store(data: bytes) -> None:
    """What is stored comes out as it went in, as claims and as lines of JSON."""
    document = document_from_text("Huyện Lộc Bình giảm từ 24 xã còn 20 xã.\n" + _text(data), id="a", path="a.txt")
    if not isinstance(document, Document):
        return
    claims = claims_of(document)
    base = FactBase.open(":memory:", create=True)
    try:
        run = base.begin_run("1", "p", ["fuzz"])
        base.add([claims], run=run, patterns_hash="p", version="1")
        assert base.claims("a") == claims
        out = io.StringIO()
        assert base.export_jsonl(out) == 1
        (line,) = out.getvalue().splitlines()
        assert json.loads(line) == json.loads(json.dumps(next(iter(base.records()))))
    finally:
        base.close()


TARGETS: Mapping[str, Target] = {
    "normalise": normalising, "text": plain_text, "page": web_page, "file": file, "numbers": dates_and_numbers,
    "patterns": patterns, "extraction": extraction, "store": store,
}  # fmt: skip
