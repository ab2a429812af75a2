"""Who cites which document, first and how often, and which local documents carry a central one out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tinhgon.store import FactBase

if TYPE_CHECKING:
    import pandas as pd

# Copies of an article cite what it cites, and are not counted; of citations that carry nothing out there are many.
_IS_NO_COPY = """{alias}.document_id NOT IN (
    SELECT id FROM documents INDEXED BY documents_repeating WHERE copy_of IS NOT NULL)"""
_LOCAL = f"""
    FROM citations AS local, json_each(local.implements) AS central
    WHERE local.implements <> '[]' AND central.value = cited.symbol AND {_IS_NO_COPY.format(alias="local")}
"""
_ALL = f"""
    SELECT cited.symbol, catalogue.title, coalesce(catalogue.issuer, cited.issuer) AS issuer,
        coalesce(catalogue.date, max(cited.date)) AS date, count(DISTINCT document_id) AS articles,
        count(DISTINCT province) AS provinces, min(published) AS first_cited,
        (SELECT group_concat(symbol, ', ') FROM (
            SELECT DISTINCT local.symbol || coalesce(' (' || local.issuer || ')', '') AS symbol {_LOCAL} ORDER BY 1
        )) AS carried_out_by
    FROM citations AS cited LEFT JOIN catalogue ON catalogue.symbol = cited.symbol
    WHERE {_IS_NO_COPY.format(alias="cited")}
    GROUP BY cited.symbol, CASE WHEN catalogue.symbol IS NULL THEN cited.issuer END
    ORDER BY articles DESC, cited.symbol
"""  # noqa: S608 - as above
_BY_PROVINCE = f"""
    SELECT coalesce(province, 'cả nước/chưa rõ') AS province, count(DISTINCT document_id) AS articles,
        min(published) AS first_cited, max(published) AS last_cited,
        (SELECT documents.title FROM citations AS first JOIN documents ON documents.id = first.document_id
            WHERE first.symbol = cited.symbol AND first.province IS cited.province AND copy_of IS NULL
            ORDER BY first.published IS NULL, first.published, first.document_id LIMIT 1) AS first_article,
        (SELECT group_concat(symbol, ', ') FROM (
            SELECT DISTINCT local.symbol {_LOCAL} AND local.province IS cited.province ORDER BY 1
        )) AS carried_out_by
    FROM citations AS cited WHERE symbol = :symbol AND {_IS_NO_COPY.format(alias="cited")}
    GROUP BY cited.province ORDER BY articles DESC, first_cited, province
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
