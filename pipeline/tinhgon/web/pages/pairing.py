"""Posts held by one person: where, in what numbers, by whom, and in which sentences it is told."""

from __future__ import annotations

from collections import Counter

from tinhgon.compare import compare
from tinhgon.compare.render import plain_rows
from tinhgon.store import FactBase, roles_key
from tinhgon.web.desk import Page
from tinhgon.web.people import people
from tinhgon.web.shown import shown
from tinhgon.web.visit import NotFoundError, Visit

_LISTED = 200
_SHOWN = 50
_LOOKED_AT = 2_000  # of many sentences, so many are put into order

_COUNTS = {
    "numbers": "SELECT roles_key, count(*) AS n FROM facts WHERE measure = 'concurrent_posts' GROUP BY roles_key",
    "sentences": "SELECT roles_key, count(*) AS n FROM pairings GROUP BY roles_key",
    "people": "SELECT roles_key, count(*) AS n FROM holders GROUP BY roles_key",
}
_HOLDERS = """
    SELECT holders.name, roles_key, basis, holders.document_id, sentence, published, places.province, district,
        commune
    FROM (SELECT * FROM holders WHERE roles_key = :roles LIMIT :looked_at) AS holders
    JOIN provenance USING (id) JOIN documents ON documents.id = holders.document_id
    LEFT JOIN places ON places.id = place_id
    ORDER BY published DESC, holders.id LIMIT :limit
"""
_SENTENCES = """
    SELECT pairings.document_id, sentence, status, title, source, published
    FROM (SELECT * FROM pairings WHERE roles_key = :roles LIMIT :looked_at) AS pairings
    JOIN provenance USING (id) JOIN documents ON documents.id = pairings.document_id
    ORDER BY published DESC, pairings.id LIMIT :limit
"""


def show(base: FactBase, visit: Visit) -> Page:
    asked = roles_key(code for code in visit.first("roles").split("+") if code)
    if not asked:
        return {"roles": "", "pairings": _pairings(base, visit)}
    limits = {"roles": asked, "limit": _SHOWN, "looked_at": _LOOKED_AT}
    rows = plain_rows(compare(base, measure="concurrent_posts", roles=asked))
    named = base.rows(_HOLDERS, limits)
    sentences = base.rows(_SENTENCES, limits)
    if not rows and not named and not sentences:
        raise NotFoundError(asked)
    return {
        "roles": asked,
        "name": visit.words.roles(asked),
        "rows": [shown(row, visit) for row in rows if row["fact_id"]],
        "people": people(named, visit),
        "sentences": sentences,
        "compare": visit.to("/compare", measure="concurrent_posts", roles=asked, every=1),
    }


def _pairings(base: FactBase, visit: Visit) -> list[dict[str, object]]:
    """Every pairing that is told of, the most told first."""
    counts = {name: {row["roles_key"]: row["n"] for row in base.rows(sql)} for name, sql in _COUNTS.items()}
    told: Counter[str] = Counter()
    for found in counts.values():
        told.update({key: n for key, n in found.items() if key})
    return [
        {"name": visit.words.roles(key), "address": visit.to("/pairing", roles=key),
            **{name: found.get(key, 0) for name, found in counts.items()}}
        for key, _ in told.most_common(_LISTED)
    ]  # fmt: skip
