"""What versions after the first added to the schema: whole tables, and columns of older ones."""

from __future__ import annotations

from dataclasses import dataclass

# Copies, and what is passed over.
TABLES_4 = """
CREATE TABLE skipped (
    path TEXT PRIMARY KEY, -- the article that was passed over
    document_id TEXT NOT NULL, -- the id it would have
    sha256 TEXT NOT NULL, -- fingerprint of the raw bytes
    reason TEXT NOT NULL, -- why: its language, or that no word in it can make a claim
    run_id INTEGER NOT NULL REFERENCES runs (id) -- the run that met it last
) STRICT;
CREATE INDEX skipped_run ON skipped (run_id);

CREATE TABLE bands (
    key INTEGER NOT NULL, -- a part of the document's sketch, shared with texts that are like it
    number INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE, -- row number of the document
    PRIMARY KEY (key, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX bands_number ON bands (number);

CREATE TABLE likenesses (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, -- one of two copies
    other_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, -- the other one
    likeness REAL NOT NULL, -- share of their words that is common
    PRIMARY KEY (document_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX likenesses_other ON likenesses (other_id);
"""


# Reviews, findings of the checks, the catalogue of documents, and what a changed pattern touches.
TABLES_5 = """
CREATE TABLE reviews (
    id INTEGER PRIMARY KEY, -- number of the review; of several on one fact the latest stands
    fact_id TEXT NOT NULL, -- the fact judged, found again after a new run by its words where its id changed
    document_id TEXT NOT NULL, -- the document that states it
    quote TEXT NOT NULL, -- the proving words, a JSON list of [start, end, words]
    stated TEXT NOT NULL, -- the fact as the program had it when it was judged, in the form of the codebook
    verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong', 'corrected')), -- right, wrong or corrected
    corrected TEXT, -- the fields that are otherwise, a JSON object in the form of the codebook
    note TEXT, -- what the reviewer wants known
    reviewer TEXT NOT NULL, -- by whom
    reviewed_at TEXT NOT NULL -- when, UTC
) STRICT;
CREATE INDEX reviews_fact ON reviews (fact_id, id);
CREATE INDEX reviews_document ON reviews (document_id);

CREATE TABLE findings (
    fact_id TEXT NOT NULL REFERENCES facts (id) ON DELETE CASCADE, -- the fact that a check speaks of
    check_id TEXT NOT NULL, -- which check: numerator-over-total, parts-do-not-add-up, ...
    other_id TEXT NOT NULL DEFAULT '', -- the fact it does not fit with; empty where it is one fact's own matter
    severity TEXT NOT NULL, -- error, warning or note
    message TEXT NOT NULL, -- what does not fit, in one sentence
    PRIMARY KEY (fact_id, check_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX findings_check ON findings (check_id, severity);
CREATE INDEX findings_other ON findings (other_id);

CREATE TABLE catalogue (
    symbol TEXT PRIMARY KEY, -- symbol of a central document: 18-NQ/TW
    title TEXT NOT NULL, -- what it is about
    issuer TEXT NOT NULL, -- who issued it
    date TEXT NOT NULL, -- date of issue
    aliases TEXT NOT NULL -- what else it is called, a JSON list
) STRICT;

CREATE TABLE pattern_versions (
    patterns_hash TEXT NOT NULL, -- fingerprint of the whole set
    id TEXT NOT NULL, -- the pattern
    digest TEXT NOT NULL, -- fingerprint of what it says
    starts TEXT NOT NULL, -- the words it is tried at, a JSON list
    PRIMARY KEY (patterns_hash, id)
) STRICT, WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Added:
    """A column that a later version added to a table."""

    version: int
    table: str
    name: str
    kind: str
    description: str


_SELF = "ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED"
ADDED = (
    Added(2, "misses", "shape", "TEXT NOT NULL DEFAULT ''", "the words from cue to number, kinds in angle brackets"),
    Added(
        3, "provenance", "retold", "TEXT NOT NULL DEFAULT '[]'",
        "where the text tells it again: JSON [start, end, words]",
    ),
    Added(4, "documents", "url", "TEXT", "its own address, where told"),
    Added(4, "documents", "retrieved", "TEXT", "day on which it was fetched, where told; not that of its publication"),
    Added(
        4, "documents", "copy_of", f"TEXT REFERENCES documents (id) {_SELF}",
        "the document it is a copy of: the one of the family that was published first",
    ),
    Added(
        4, "facts", "repeat_of", f"TEXT REFERENCES facts (id) {_SELF}",
        "the same number in the document it is a copy of; null where it counts",
    ),
    Added(5, "facts", "province", "TEXT", "name of the province, as in places; here too so that questions are quick"),
    Added(5, "facts", "district", "TEXT", "name of the district"),
    Added(5, "facts", "commune", "TEXT", "name of the commune"),
    Added(
        5, "facts", "holds_on", "TEXT",
        "last day of what as_of names, yet of what has happened never later than its article",
    ),
    Added(5, "facts", "verdict", "TEXT", "what the latest review says: right, wrong or corrected; null without one"),
    Added(5, "citations", "implements", "TEXT NOT NULL DEFAULT '[]'", "central documents it carries out, a JSON list"),
    Added(
        6, "citations", "province", "TEXT",
        "the province that cites: the outlet's home, else the one its article names most places of",
    ),
    Added(
        6, "citations", "published", "TEXT",
        "date of publication, as in documents; here too so that questions are quick",
    ),
)  # fmt: skip

# What facts loaded before have in the new columns.
FILL_5 = """
UPDATE facts SET province = (SELECT province FROM places WHERE id = place_id),
    district = (SELECT district FROM places WHERE id = place_id),
    commune = (SELECT commune FROM places WHERE id = place_id);
UPDATE facts SET holds_on = (SELECT CASE WHEN as_of IS NULL THEN published
         WHEN status IN ('achieved', 'ongoing')
            THEN min(as_of || substr('YYYY-12-31', length(as_of) + 1), coalesce(published, as_of || '-12-31'))
         ELSE as_of || substr('YYYY-12-31', length(as_of) + 1) END FROM documents WHERE id = document_id);
CREATE INDEX facts_standing ON facts (
    measure, province, district, commune, roles_key, holds_on, verdict, repeat_of
);
CREATE INDEX facts_of_place ON facts (province, district, commune, measure);
"""

# What citations loaded before have in the new columns; and indexes that hold all a question of many rows asks for, so
# that not one row of the table is looked up for it.
STEPS_6 = """
UPDATE citations SET published = (SELECT published FROM documents WHERE id = document_id),
    province = coalesce((SELECT province FROM documents WHERE id = document_id), (
        SELECT province FROM localities JOIN places ON places.id = place_id
        WHERE localities.document_id = citations.document_id AND province IS NOT NULL
        GROUP BY province ORDER BY count(*) DESC, province LIMIT 1
    ));
DROP INDEX citations_symbol;
CREATE INDEX citations_told ON citations (symbol, province, published, document_id, issuer, date);
CREATE INDEX citations_implementing ON citations (symbol) WHERE implements <> '[]';
CREATE INDEX documents_repeating ON documents (id) WHERE copy_of IS NOT NULL;
DROP INDEX facts_standing;
CREATE INDEX facts_asked ON facts (
    measure, province, district, commune, roles_key, object, level, body, status, holds_on, confidence, verdict,
    repeat_of, part_of, part_of_id, resolutions, id
);
CREATE INDEX facts_tied ON facts (resolutions, holds_on) WHERE resolutions <> '[]';
CREATE INDEX facts_waiting ON facts (coalesce(confidence, 1), document_id) WHERE verdict IS NULL AND repeat_of IS NULL;
"""


def added(table: str, version: int) -> tuple[str, ...]:
    """The statements that add a version's columns to a table."""
    columns = [column for column in ADDED if (column.table, column.version) == (table, version)]
    return tuple(f"ALTER TABLE {table} ADD COLUMN {column.name} {column.kind}" for column in columns)


def statements(sql: str) -> tuple[str, ...]:
    """A script as single statements, to be run within one transaction."""
    return tuple(statement for statement in sql.split(";\n") if statement.strip())
