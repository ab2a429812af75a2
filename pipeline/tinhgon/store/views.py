"""The views of a fact base: what a journalist reads. They hold no data and are made anew by every version.

Numbers that a review found wrong are in none of them but ``ledger``; corrected ones stand as corrected.
"""

from __future__ import annotations

import re

VIEWS = """
-- every number with its place, date and proof
CREATE VIEW numbers AS
SELECT facts.id AS fact_id, confidence, measure, object, facts.level, roles_key AS roles,
    facts.province, facts.district, facts.commune, body,
    value, value_max, total, percent, percent_max, attainment, before, after, modifier, per,
    coalesce(percent, CASE WHEN total > 0 THEN round(100.0 * value / total, 2) END) AS rate,
    CASE WHEN percent IS NOT NULL THEN 'stated' WHEN value IS NOT NULL AND total > 0 THEN 'computed' END AS rate_basis,
    status, coalesce(as_of, published) AS as_of,
    CASE WHEN as_of IS NOT NULL THEN 'stated' WHEN published IS NOT NULL THEN 'article' END AS as_of_basis,
    since, baseline, holds_on, resolutions, part_of, part_of_id,
    (SELECT group_concat(quote, ' … ')
        FROM (SELECT quote FROM evidence WHERE claim_id = facts.id ORDER BY piece)) AS quote,
    title, published, source, url, document_id, place_id, repeat_of, verdict
FROM facts JOIN documents ON documents.id = facts.document_id
WHERE verdict IS NOT 'wrong';

-- of each province and thing counted the number that stands: the most real, then the latest
CREATE VIEW province_comparison AS
SELECT province, measure, object, level, roles, value, total, rate, rate_basis, before, after, modifier, as_of, status,
    quote, title, source, document_id, fact_id, confidence, verdict
FROM (
    SELECT numbers.*, row_number() OVER (
        PARTITION BY province, measure, object, level, roles
        ORDER BY instr('achieved ongoing planned required', status), holds_on DESC, published DESC, rate IS NULL,
            numbers.document_id, position, fact_id
    ) AS recency
    FROM numbers JOIN provenance ON provenance.id = fact_id
    WHERE province IS NOT NULL AND district IS NULL AND commune IS NULL AND part_of IS NULL AND body IS NULL
        AND repeat_of IS NULL
)
WHERE recency = 1
ORDER BY measure, roles, object, level, rate DESC, value DESC, province;

-- of each place, large or small, and thing counted the number that stands
CREATE VIEW latest_claims AS
SELECT province, district, commune, measure, object, level, roles, body, value, total, rate, rate_basis, before, after,
    modifier, as_of, status, quote, title, source, document_id, fact_id, confidence, verdict
FROM (
    SELECT numbers.*, row_number() OVER (
        PARTITION BY province, district, commune, measure, object, level, roles, body
        ORDER BY instr('achieved ongoing planned required', status), holds_on DESC, published DESC, rate IS NULL,
            numbers.document_id, position, fact_id
    ) AS recency
    FROM numbers JOIN provenance ON provenance.id = fact_id
    WHERE part_of IS NULL AND repeat_of IS NULL
)
WHERE recency = 1
ORDER BY province, district, commune, measure, roles, object, level;

-- numbers of one place and thing that do not agree, side by side
CREATE VIEW contradictions AS
SELECT one.province, one.district, one.commune, one.measure, one.object, one.level, one.roles,
    one.value, one.total, one.rate, one.before, one.after, one.as_of, one.quote, one.title, one.source, one.fact_id,
    other.value AS other_value, other.total AS other_total, other.rate AS other_rate, other.before AS other_before,
    other.after AS other_after, other.as_of AS other_as_of, other.quote AS other_quote, other.title AS other_title,
    other.source AS other_source, other.fact_id AS other_fact_id, findings.message
FROM findings JOIN numbers AS one ON one.fact_id = findings.fact_id
    JOIN numbers AS other ON other.fact_id = findings.other_id
WHERE findings.check_id IN ('sources-disagree', 'fewer-later');

-- what is told of each place, in the order of time
CREATE VIEW timeline AS
SELECT province, district, commune, holds_on, as_of, measure, object, level, roles, value, total, rate, before, after,
    status, quote, title, source, document_id, fact_id
FROM numbers
WHERE repeat_of IS NULL
ORDER BY province, district, commune, holds_on, document_id, fact_id;

-- what became of each article: kept, passed over or rejected
CREATE VIEW ledger AS
SELECT path, id AS document_id, 'store' AS stage, 'kept' AS outcome, warnings AS detail, sha256, run_id FROM documents
UNION ALL SELECT path, document_id, 'select', 'passed over', reason, sha256, run_id FROM skipped
UNION ALL SELECT path, NULL, stage, 'rejected', reason, NULL, run_id FROM rejects;

-- every claim of every kind in one form
CREATE VIEW claims AS
SELECT provenance.id AS claim_id, provenance.kind,
    coalesce(measure, mergers.kind) AS measure, object,
    coalesce(symbol, name_of_place.name, holders.name, mergers.result, misses.reason) AS what,
    (SELECT group_concat(name, ' + ')
        FROM (SELECT name FROM merger_parties WHERE merger_id = mergers.id ORDER BY position)) AS parties,
    coalesce(facts.roles_key, pairings.roles_key, holders.roles_key) AS roles,
    coalesce(facts.level, localities.level, pairings.level, holders.level, mergers.level) AS level,
    places.province, places.district, places.commune, value, total, percent, before, after, modifier,
    confidence, coalesce(facts.status, pairings.status, mergers.status) AS status, as_of,
    (SELECT group_concat(quote, ' … ')
        FROM (SELECT quote FROM evidence WHERE claim_id = provenance.id ORDER BY piece)) AS quote,
    sentence, documents.title, documents.published, documents.source, provenance.document_id
FROM provenance JOIN documents ON documents.id = provenance.document_id
    LEFT JOIN facts ON facts.id = provenance.id
    LEFT JOIN citations ON citations.id = provenance.id
    LEFT JOIN localities ON localities.id = provenance.id
    LEFT JOIN pairings ON pairings.id = provenance.id
    LEFT JOIN holders ON holders.id = provenance.id
    LEFT JOIN mergers ON mergers.id = provenance.id
    LEFT JOIN misses ON misses.id = provenance.id
    LEFT JOIN places ON places.id
        = coalesce(facts.place_id, localities.place_id, holders.place_id, mergers.place_id)
    LEFT JOIN places AS name_of_place ON name_of_place.id = localities.place_id;
"""

_VIEW = re.compile(r"^-- (?P<description>.+)\nCREATE VIEW (?P<name>\w+) AS", re.MULTILINE)


def view_descriptions() -> dict[str, str]:
    """What each view shows.

    >>> view_descriptions()["timeline"]
    'what is told of each place, in the order of time'
    """
    return {found["name"]: found["description"] for found in _VIEW.finditer(VIEWS)}


NAMES = tuple(view_descriptions())
