"""Structured facts on the consolidation of Vietnam's political apparatus, from news and reports.

    >>> import tinhgon
    >>> extractor = tinhgon.Extractor.load()  # doctest: +SKIP
    >>> claims = extractor.claims(tinhgon.read("article.html"))  # doctest: +SKIP
    >>> [(fact.measure, fact.value, fact.total) for fact in claims.facts]  # doctest: +SKIP
    [('concurrent_posts', 98.0, 127.0)]

``tinhgon.load()`` returns the spaCy ``Language`` that finds the pieces; ``tinhgon.FactBase`` holds what was found.
The stages, in the order in which a text goes through them: ``ingest``, ``detect``, ``assemble``, ``store``,
``compare``; ``extract`` ties the middle ones together and ``batch`` runs them over an archive.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Extractor", "FactBase", "__version__", "compare", "load", "read"]

if TYPE_CHECKING:
    from tinhgon import compare
    from tinhgon.detect.components import load
    from tinhgon.extract import Extractor
    from tinhgon.ingest import read
    from tinhgon.store import FactBase

# Imported when first asked for: spaCy takes seconds to import, and `tinhgon --help` needs none of it.
_HOMES = {
    "Extractor": "tinhgon.extract",
    "load": "tinhgon.detect.components",
    "read": "tinhgon.ingest",
    "FactBase": "tinhgon.store",
}


def __getattr__(name: str) -> Any:
    if name == "compare":
        return import_module("tinhgon.compare")  # a stage that can be called: ``tinhgon.compare(base, measure=...)``
    if name not in _HOMES:
        raise AttributeError(f"module 'tinhgon' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, "compare"})
