"""A document: who cites it, since when, what carries it out, and the numbers tied to it."""

from __future__ import annotations

import json

from tinhgon.compare import resolutions
from tinhgon.compare.render import plain_rows
from tinhgon.store import FactBase
from tinhgon.web.desk import Page
from tinhgon.web.shown import numbers_of, shown
from tinhgon.web.visit import NotFoundError, Visit

_SHOWN = 50
_CITED = 200

_KNOWN = "SELECT symbol, title, issuer, date FROM catalogue WHERE symbol = ?"
_IS_CITED = """
    SELECT min(date) AS date, min(issuer) AS issuer, count(DISTINCT document_id) AS n,
        count(DISTINCT CASE WHEN published IS NOT NULL THEN document_id END) AS dated
    FROM citations WHERE symbol = ? AND document_id NOT IN (SELECT id FROM documents WHERE copy_of IS NOT NULL)
"""
_ARTICLES = """
    SELECT documents.id, title, source, documents.published FROM (
        SELECT DISTINCT document_id, published FROM citations WHERE symbol = :symbol
        ORDER BY published DESC, document_id LIMIT :limit
    ) AS cited JOIN documents ON documents.id = document_id ORDER BY documents.published DESC, documents.id
"""
# The lists that tie facts to documents are few, whatever the number of facts: each is found by one step in the index.
_LISTS = """
    WITH RECURSIVE told (list) AS (
        SELECT min(resolutions) FROM facts WHERE resolutions <> '[]'
        UNION ALL
        SELECT (SELECT min(resolutions) FROM facts WHERE resolutions <> '[]' AND resolutions > list)
        FROM told WHERE list IS NOT NULL
    )
    SELECT list FROM told WHERE list IS NOT NULL
"""
_TIED = """
    SELECT id, holds_on FROM facts
    WHERE resolutions = :list AND resolutions <> '[]' AND verdict IS NOT 'wrong' AND repeat_of IS NULL
    ORDER BY holds_on DESC LIMIT :limit
"""


def show(base: FactBase, visit: Visit) -> Page:
    symbol = _as_written(base, visit.first("symbol"))
    if not symbol:
        return {"symbol": "", "documents": plain_rows(resolutions(base))[:_CITED]}
    known, cited = base.rows(_KNOWN, (symbol,)), base.rows(_IS_CITED, (symbol,))[0]
    articles = base.rows(_ARTICLES, {"symbol": symbol, "limit": _SHOWN})
    if not known and not articles:
        raise NotFoundError(symbol)
    tied = _tied(base, symbol)
    return {
        "symbol": symbol,
        "about": known[0] if known else {"symbol": symbol, "title": None, **cited},
        "cited": cited,
        "articles": articles,
        "provinces": plain_rows(resolutions(base, symbol)),
        "claims": [shown(row, visit) for row in numbers_of(base, tied[:_SHOWN])],
        "more": len(tied) > _SHOWN,
        "compare": visit.to("/compare", measure="reduction", resolution=symbol),
    }


def _as_written(base: FactBase, typed: str) -> str:
    """The symbol as articles write it, where it was typed in other letters."""
    for symbol in (typed, typed.upper()):
        if base.rows("SELECT 1 FROM citations WHERE symbol = ? LIMIT 1", (symbol,)):
            return symbol
    return typed


def _tied(base: FactBase, symbol: str) -> list[str]:
    """The facts tied to a document, the latest first: a few more than are shown."""
    found: list[tuple[str, str]] = []
    for row in base.rows(_LISTS):
        if symbol in json.loads(row["list"]):
            asked = {"list": row["list"], "limit": _SHOWN + 1}
            found += [(fact["holds_on"] or "", fact["id"]) for fact in base.rows(_TIED, asked)]
    return [fact for _, fact in sorted(found, reverse=True)[: _SHOWN + 1]]
