"""What the tests of detection, assembly and extraction share: one loaded extractor, documents of a few lines, the corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tinhgon.ingest import read
from tinhgon.records import Block, BlockKind, Claims, Document

if TYPE_CHECKING:
    from tinhgon.extract import Extractor

# An example may take, and be made, as long as the machine needs: a limit would fail tests where other work goes on.
settings.register_profile("tinhgon", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tinhgon")

CORPUS, SCRIPTS = (Path(__file__).parents[1] / name for name in ("corpus", "scripts"))
DATE = "2019-12-20"


@pytest.fixture(scope="module")
def scripts() -> Iterator[Path]:
    """The folder of the scripts, on the path as when one of them is run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SCRIPTS))
        yield SCRIPTS


def make_document(
    text: str, date: str | None = DATE, title: str | None = None, province: str | None = None, source: str | None = None
) -> Document:
    """A document of the lines of ``text``: "# " opens a heading, "- " an item, all else is a paragraph."""
    lines: list[tuple[str, BlockKind]] = [(title, "title")] if title else []
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped.startswith("# "):
            lines.append((stripped[2:], "heading"))
        elif stripped:
            lines.append((stripped, "item" if stripped.startswith("- ") else "paragraph"))
    blocks, start = [], 0
    for line, kind in lines:
        blocks.append(Block(start, start + len(line), kind))
        start += len(line) + 1
    whole = "\n".join(line for line, _ in lines)
    return Document("bai", whole, tuple(blocks), title, date, source, province=province)


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    from tinhgon.extract import Extractor  # takes seconds: only for the tests that ask for it

    return Extractor.load()


@pytest.fixture(scope="session")
def document_of() -> Callable[..., Document]:
    return make_document


@pytest.fixture(scope="session")
def claims_of(extractor: Extractor) -> Callable[..., Claims]:
    """``claims_of(text, date=..., title=..., province=...)``: all that a few lines claim."""

    def claims(text: str, **about: str | None) -> Claims:
        return extractor.claims(make_document(text, **about))

    return claims


@pytest.fixture(scope="session")
def corpus_documents() -> Callable[..., list[Document]]:
    """``corpus_documents("trial")``: the articles of a set of the corpus, without a name those of its first."""

    def documents(part: str = "") -> list[Document]:
        found = [read(path) for path in sorted((CORPUS / part / "texts").iterdir())]
        return [document for document in found if isinstance(document, Document)]

    return documents
