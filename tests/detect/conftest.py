"""A text as the detectors see it, and its mentions by kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.detect.text import View
from tinhgon.extract import Extractor
from tinhgon.records import Document, Mention


@pytest.fixture(scope="session")
def view_of(document_of: Callable[..., Document]) -> Callable[..., View]:
    return lambda text, **about: View.of(document_of(text, **about))


@pytest.fixture(scope="session")
def mentions_of(extractor: Extractor, document_of: Callable[..., Document]) -> Callable[..., tuple[Mention, ...]]:
    """``mentions_of(kind, text)``: what all detectors together leave of one kind."""

    def mentions(kind: str, text: str, **about: str | None) -> tuple[Mention, ...]:
        return extractor.analysis(document_of(text, **about)).of(kind)

    return mentions
