"""How the numbers are to be read: the same over every fact base."""

from __future__ import annotations

from tinhgon.store import FactBase
from tinhgon.web.desk import Page
from tinhgon.web.visit import Visit

TOLD = ("what", "sentence", "empty", "stands", "dates", "rates", "sums", "confidence", "people", "checks")


def show(base: FactBase, visit: Visit) -> Page:
    return {"paragraphs": [visit.words(f"about.{name}") for name in TOLD]}
