"""Who cites which document, first and how often, and which local documents carry a central one out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tinhgon.store import FactBase

if TYPE_CHECKING:
    import pandas as pd

# The province of a citation: the outlet's home, else the province that its article speaks of most.
_CITED = """
    WITH cited AS (
        SELECT citations.*, published, documents.title AS article, source,
            coalesce(documents.province, (
                SELECT province FROM localities JOIN places ON places.id = place_id
                WHERE localities.document_id = documents.id AND province IS NOT NULL
                GROUP BY province ORDER BY count(*) DESC, province LIMIT 1
            )) AS province
        FROM citations JOIN documents ON documents.id = citations.document_id
        WHERE copy_of IS NULL
    )
"""
_ALL = f"""{_CITED}
    SELECT cited.symbol, catalogue.title, coalesce(catalogue.issuer, cited.issuer) AS issuer,
        coalesce(catalogue.date, max(cited.date)) AS date, count(DISTINCT document_id) AS articles,
        count(DISTINCT province) AS provinces, min(published) AS first_cited,
        (SELECT group_concat(symbol, ', ') FROM (
            SELECT DISTINCT local.symbol || coalesce(' (' || local.issuer || ')', '') AS symbol
            FROM citations AS local, json_each(local.implements) AS central
            WHERE central.value = cited.symbol ORDER BY 1)) AS carried_out_by
    FROM cited LEFT JOIN catalogue ON catalogue.symbol = cited.symbol
    GROUP BY cited.symbol, CASE WHEN catalogue.symbol IS NULL THEN cited.issuer END
    ORDER BY articles DESC, cited.symbol
"""  # noqa: S608 - made of the fragment above
_BY_PROVINCE = f"""{_CITED}
    SELECT coalesce(province, 'cả nước/chưa rõ') AS province, count(DISTINCT document_id) AS articles,
        min(published) AS first_cited, max(published) AS last_cited,
        (SELECT article FROM cited AS first WHERE first.symbol = cited.symbol AND first.province IS cited.province
            ORDER BY published IS NULL, published, document_id LIMIT 1) AS first_article,
        (SELECT group_concat(symbol, ', ') FROM (
            SELECT DISTINCT local.symbol FROM cited AS local, json_each(local.implements) AS central
            WHERE central.value = cited.symbol AND local.province IS cited.province ORDER BY 1)) AS carried_out_by
    FROM cited WHERE symbol = :symbol
    GROUP BY province ORDER BY articles DESC, first_cited, province
"""  # noqa: S608 - as above


def resolutions(base: FactBase | Path | str, symbol: str | None = None) -> pd.DataFrame:
    """Every document cited, the most cited first; with ``symbol`` the provinces that cite that one.

    >>> from tinhgon.records import Citation, Claims, Document, Provenance, Span
    >>> text = "Kế hoạch số 57-KH/TU thực hiện Nghị quyết số 18-NQ/TW"
    >>> why = Provenance((Span(0, 20, text[:20]),), Span(0, len(text), text))
    >>> cited = (Citation("57-KH/TU", "Bến Tre", None, why, ("18-NQ/TW",)), Citation("18-NQ/TW", "TW", None, why))
    >>> with FactBase.open(":memory:", create=True) as base:
    ...     run = base.begin_run("0.1.0", "", [])
    ...     base.add([Claims(Document("a", text, ()), cited)], run=run, patterns_hash="", version="0.1.0")
    ...     frame = resolutions(base)
    >>> frame[["symbol", "articles", "carried_out_by"]].values.tolist()[0]
    ['18-NQ/TW', 1, '57-KH/TU (Bến Tre)']
    """
    import pandas as pd

    if not isinstance(base, FactBase):
        with FactBase.open(base, readonly=True) as opened:
            return resolutions(opened, symbol)
    rows = base.rows(_ALL) if symbol is None else base.rows(_BY_PROVINCE, {"symbol": symbol})
    columns = (
        ["symbol", "title", "issuer", "date", "articles", "provinces", "first_cited", "carried_out_by"]
        if symbol is None
        else ["province", "articles", "first_cited", "last_cited", "first_article", "carried_out_by"]
    )
    return pd.DataFrame(rows, columns=columns)
