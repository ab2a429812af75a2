"""What is found for a few words, typed with or without diacritics: places, resolutions and articles."""

from __future__ import annotations

import re

from tinhgon.store import FactBase
from tinhgon.vietnamese import collation_key, strip_diacritics
from tinhgon.web.desk import Page
from tinhgon.web.shown import place_text
from tinhgon.web.spans import Labelled, pieces
from tinhgon.web.visit import Visit

# "huyện Lộc Bình" asks for Lộc Bình; "Quận 1" has its type in its name.
_TYPE = re.compile(r"^(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|thi tran|xa|phuong|dac khu) +")
# "Nghị quyết số 18-NQ/TW" asks for 18-NQ/TW.
_KIND = re.compile(r"^[^\d]*(?=\d)")
_ARTICLES = 20
_PLACES = 30
_SYMBOLS = 20

_EVERY_PLACE = "SELECT DISTINCT name, province, district, commune FROM places WHERE hamlet IS NULL"
_EVERY_SYMBOL = """
    WITH RECURSIVE told (symbol) AS (
        SELECT min(symbol) FROM citations
        UNION ALL
        SELECT (SELECT min(symbol) FROM citations WHERE citations.symbol > told.symbol) FROM told WHERE symbol NOT NULL
    )
    SELECT symbol FROM told WHERE symbol NOT NULL
"""


def show(base: FactBase, visit: Visit) -> Page:
    query = visit.first("q")
    wanted = _folded(query)
    if not wanted:
        return {"query": query, "places": [], "symbols": [], "articles": []}
    return {
        "query": query,
        "places": _places(base, wanted, visit),
        "symbols": _symbols(base, wanted, visit),
        "articles": [
            {
                "title": hit.title or hit.document_id,
                "address": visit.to("/article", id=hit.document_id),
                "source": hit.source,
                "published": visit.words.date(hit.published),
                "pieces": pieces(hit.snippet, 0, len(hit.snippet), _found(hit.snippet, wanted)),
            }
            for hit in base.search(query, _ARTICLES)
        ],
    }


def _bare(symbol: str) -> str:
    """A symbol without its signs: "18 nq tw" asks for 18-NQ/TW."""
    return "".join(letter for letter in symbol if letter.isalnum())


def _folded(text: str) -> str:
    return strip_diacritics(text).casefold().strip()


def _found(snippet: str, wanted: str) -> list[Labelled]:
    """Where the words stand in a snippet, all of them together."""
    folded = strip_diacritics(snippet).casefold()
    at = folded.find(wanted) if len(folded) == len(snippet) else -1
    return [] if at < 0 else [Labelled(at, at + len(wanted), "found")]


def _places(base: FactBase, wanted: str, visit: Visit) -> list[tuple[str, str]]:
    """Places of that name first, then those whose name begins so; provinces before what lies in them."""
    ranked = []
    forms = (wanted, _TYPE.sub("", wanted))
    for row in base.rows(_EVERY_PLACE):
        name = _folded(row["name"])
        if name.startswith(forms):
            names = {level: row[level] for level in ("province", "district", "commune")}
            depth = sum(value is not None for value in names.values())
            ranked.append(((name not in forms, depth, collation_key(row["name"])), names))
    ranked.sort(key=lambda one: one[0])
    return [(place_text(names, visit.words), visit.to("/place", **names)) for _, names in ranked[:_PLACES]]


def _symbols(base: FactBase, wanted: str, visit: Visit) -> list[tuple[str, str]]:
    symbols = [row["symbol"] for row in base.rows(_EVERY_SYMBOL)] if any(c.isdigit() for c in wanted) else []
    bare = _bare(_KIND.sub("", wanted))
    found = [symbol for symbol in symbols if _bare(_folded(symbol)).startswith(bare)]
    return [(symbol, visit.to("/resolution", symbol=symbol)) for symbol in found[:_SYMBOLS]]
