"""The tables and views of a fact base, as SQL that a reader can follow.

Every table is STRICT and every column carries its one-line description behind ``--``. SQLite keeps these comments,
so ``.schema`` in any SQLite shell shows them too; ``column_descriptions()`` hands them to those who print them.
A claim of any kind has one row in ``provenance`` (where it stands, why it was made) and one row in the table of its
kind, under the same id; ``evidence`` holds the proving pieces of text.

The tables of version 1 stay as they are here; what later versions added stands in ``later.py``, the views, which hold
no data and are made anew by the newest version, in ``views.py``; ``migrations.py`` runs the steps.
"""

from __future__ import annotations

import re

from tinhgon.store import later, views
from tinhgon.store.later import added, statements

_COLUMN = re.compile(r"^\s+(?P<column>[a-z_0-9]+) (?:TEXT|INTEGER|REAL)\b.*-- (?P<description>.+)$")
_TABLE = re.compile(r"^CREATE TABLE (?P<table>\w+)")

TABLES = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, -- number of the run
    version TEXT NOT NULL, -- version of tinhgon that ran
    patterns_hash TEXT NOT NULL, -- fingerprint of the patterns in force
    arguments TEXT NOT NULL, -- arguments of the run, a JSON list
    started_at TEXT NOT NULL, -- when the run began, UTC
    ended_at TEXT, -- when it ended, UTC; null while it runs or where it was broken off
    counts TEXT -- what the run counted, a JSON object
) STRICT;

CREATE TABLE documents (
    id TEXT PRIMARY KEY, -- the record's id in the export: file name without extension, or the row's own id
    number INTEGER NOT NULL UNIQUE, -- row number in the full-text indexes
    stem TEXT NOT NULL, -- the id as the archive gave it, before two files of one name were told apart
    text TEXT NOT NULL, -- the normalised text; all offsets count its characters
    title TEXT, -- headline
    published TEXT, -- date of publication: YYYY, YYYY-MM or YYYY-MM-DD
    source TEXT, -- outlet: its domain where known, else its name
    author TEXT, -- byline
    province TEXT, -- the outlet's home province
    path TEXT NOT NULL, -- where it was read from
    sha256 TEXT NOT NULL, -- fingerprint of the raw bytes
    blocks TEXT NOT NULL, -- paragraphs as a JSON list of [start, end, kind]
    warnings TEXT NOT NULL, -- what ingestion wants known, a JSON list
    run_id INTEGER NOT NULL REFERENCES runs (id), -- the run that loaded it
    patterns_hash TEXT NOT NULL, -- fingerprint of the patterns its claims were made with
    version TEXT NOT NULL -- version of tinhgon its claims were made with
) STRICT;
CREATE INDEX documents_stem ON documents (stem, sha256);
CREATE INDEX documents_published ON documents (published);
CREATE INDEX documents_run ON documents (run_id);

CREATE TABLE rejects (
    path TEXT NOT NULL, -- the source that gave no document
    stage TEXT NOT NULL, -- the stage that gave up: read, decode, parse, extract
    reason TEXT NOT NULL, -- why, and what can be done
    run_id INTEGER NOT NULL REFERENCES runs (id), -- the run that met it last
    PRIMARY KEY (path, stage, reason)
) STRICT;
CREATE INDEX rejects_run ON rejects (run_id);

CREATE TABLE places (
    id TEXT PRIMARY KEY, -- hash of the names
    name TEXT NOT NULL, -- name of the smallest unit
    level TEXT NOT NULL, -- its tier: province, district, commune or hamlet
    province TEXT, -- province
    district TEXT, -- district, null where the place has none
    commune TEXT, -- commune, null where the place has none
    hamlet TEXT, -- hamlet, null where the place has none
    code TEXT, -- official code, where all mentions agree on one
    valid_from TEXT -- since when the unit with this code exists
) STRICT;
CREATE INDEX places_names ON places (province, district, commune);

CREATE TABLE provenance (
    id TEXT PRIMARY KEY, -- id of the claim: a hash of its document, place in the text and content
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, -- the document that claims it
    kind TEXT NOT NULL, -- citation, locality, pairing, holder, merger, fact or miss
    position INTEGER NOT NULL, -- order among the document's claims of this kind
    sentence_start INTEGER NOT NULL, -- where the sentence begins in the text
    sentence_end INTEGER NOT NULL, -- where the sentence ends
    sentence TEXT NOT NULL, -- the whole sentence
    patterns TEXT NOT NULL, -- ids of the patterns that made it, a JSON list
    cues TEXT NOT NULL -- cues that decided, a JSON list
) STRICT;
CREATE INDEX provenance_document ON provenance (document_id, kind, position);

CREATE TABLE evidence (
    claim_id TEXT NOT NULL REFERENCES provenance (id) ON DELETE CASCADE, -- the claim it proves
    claim_kind TEXT NOT NULL, -- kind of that claim
    piece INTEGER NOT NULL, -- number of the piece, from 0
    start_offset INTEGER NOT NULL, -- where the piece begins in the text
    end_offset INTEGER NOT NULL, -- where the piece ends
    quote TEXT NOT NULL, -- the piece, verbatim
    PRIMARY KEY (claim_id, piece)
) STRICT;

CREATE TABLE citations (
    id TEXT PRIMARY KEY REFERENCES provenance (id) ON DELETE CASCADE, -- id of the claim
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, -- the document that cites
    symbol TEXT NOT NULL, -- canonical symbol: 18-NQ/TW
    issuer TEXT, -- who issued it: TW, QH, CP, a ministry, a province
    date TEXT -- date of issue, where told
) STRICT;
CREATE INDEX citations_document ON citations (document_id);
CREATE INDEX citations_symbol ON citations (symbol);

CREATE TABLE localities (
    id TEXT PRIMARY KEY REFERENCES provenance (id) ON DELETE CASCADE, -- id of the claim
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, -- the document that names it
    level TEXT NOT NULL, -- tier of the place
    place_id TEXT REFERENCES places (id), -- the place
    code TEXT, -- official code, where one unit is certain
    valid_from TEXT, -- since when the unit with this code exists
    candidates TEXT NOT NULL -- what an unresolved name could be, a JSON list
) STRICT;
CREATE INDEX localities_document ON localities (document_id);
CREATE INDEX localities_place ON localities (place_id, code, valid_from);

CREATE TABLE pairings (
    id TEXT PRIMARY KEY REFERENCES provenance (id) ON DELETE CASCADE, -- id of the claim
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, -- the document that tells it
    roles TEXT NOT NULL, -- role codes in the order of the text, a JSON list
    roles_key TEXT NOT NULL, -- the same codes sorted and joined by +, to search by
    level TEXT, -- tier of the posts
    status TEXT NOT NULL -- achieved, ongoing, planned or required
) STRICT;
CREATE INDEX pairings_document ON pairings (document_id);
CREATE INDEX pairings_roles ON pairings (roles_key, level);

CREATE TABLE holders (
    id TEXT PRIMARY KEY REFERENCES provenance (id) ON DELETE CASCADE, -- id of the claim
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, -- the document that names the person
    name TEXT NOT NULL, -- name of the person
    roles TEXT NOT NULL, -- role codes in the order of the text, a JSON list
    roles_key TEXT NOT NULL, -- the same codes sorted and joined by +, to search by
    level TEXT, -- tier of the posts
    place_id TEXT REFERENCES places (id), -- where the posts are held
    basis TEXT NOT NULL -- explicit (told to hold both) or titles (several titles in a row)
) STRICT;
CREATE INDEX holders_document ON holders (document_id);
CREATE INDEX holders_place ON holders (place_id);
CREATE INDEX holders_roles ON holders (roles_key);

CREATE TABLE mergers (
    id TEXT PRIMARY KEY REFERENCES provenance (id) ON DELETE CASCADE, -- id of the claim
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, -- the document that tells it
    kind TEXT NOT NULL, -- what the result is: agency, commune, district, province, hamlet, service_unit
    result TEXT, -- name of what they become
    level TEXT, -- tier
    place_id TEXT REFERENCES places (id), -- where
    status TEXT NOT NULL -- achieved, ongoing, planned or required
) STRICT;
CREATE INDEX mergers_document ON mergers (document_id);
CREATE INDEX mergers_place ON mergers (place_id);

CREATE TABLE merger_parties (
    merger_id TEXT NOT NULL REFERENCES mergers (id) ON DELETE CASCADE, -- the merger
    position INTEGER NOT NULL, -- order in the text, from 0
    name TEXT NOT NULL, -- name of one that merges
    PRIMARY KEY (merger_id, position)
) STRICT;

CREATE TABLE facts (
    id TEXT PRIMARY KEY REFERENCES provenance (id) ON DELETE CASCADE, -- id of the claim
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, -- the document that states it
    measure TEXT NOT NULL, -- concurrent_posts, merger, reduction, dissolution, rotation, nonlocal_appointment, ...
    object TEXT NOT NULL, -- what is counted: post, person, commune, hamlet, agency, payroll, money, ...
    value REAL, -- the count
    value_max REAL, -- upper end of a range
    total REAL, -- out of how many
    percent REAL, -- share or rate, where stated
    percent_max REAL, -- upper end of a range of percents
    attainment REAL, -- percent of a target reached
    before REAL, -- how many there were
    after REAL, -- how many there are now
    modifier TEXT NOT NULL, -- exact, about, over or under
    roles TEXT NOT NULL, -- role codes the number is about, a JSON list
    roles_key TEXT NOT NULL, -- the same codes sorted and joined by +, to search by; empty where not told
    level TEXT, -- tier of the posts or units counted
    place_id TEXT REFERENCES places (id), -- whose number it is; null: the whole country, central bodies or unknown
    body TEXT, -- the body whose number it is, where not the whole apparatus of the place
    as_of TEXT, -- date the number holds for, where told
    since TEXT, -- start of the period, where told
    baseline TEXT, -- date compared with, where told
    per TEXT, -- year or month, of a yearly or monthly pace
    status TEXT NOT NULL, -- achieved, ongoing, planned or required
    resolutions TEXT NOT NULL, -- symbols of the resolutions it is tied to, a JSON list
    part_of TEXT, -- quote of the fact it is a part of
    part_of_id TEXT REFERENCES facts (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, -- that fact's id
    confidence REAL -- how sure the extraction is, 0 to 1
) STRICT;
CREATE INDEX facts_document ON facts (document_id);
CREATE INDEX facts_place ON facts (place_id);
CREATE INDEX facts_measure ON facts (measure, roles_key, object, level);
CREATE INDEX facts_part_of ON facts (part_of_id);

CREATE TABLE misses (
    id TEXT PRIMARY KEY REFERENCES provenance (id) ON DELETE CASCADE, -- id of the miss
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, -- the document it stands in
    reason TEXT NOT NULL -- why the sentence or number gave no fact
) STRICT;
CREATE INDEX misses_document ON misses (document_id);
"""

# Exact words live in an index over documents; their folded forms (no diacritics, d for đ) in one of their own,
# because no SQLite tokenizer folds đ and one index cannot rank "nam" above "năm".
FULL_TEXT = """
CREATE VIRTUAL TABLE documents_exact USING fts5 (
    title, text, content='documents', content_rowid='number', tokenize='unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE documents_folded USING fts5 (title, text, tokenize='unicode61 remove_diacritics 0');

CREATE TRIGGER documents_indexed AFTER INSERT ON documents BEGIN
    INSERT INTO documents_exact (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER documents_unindexed AFTER DELETE ON documents BEGIN
    INSERT INTO documents_exact (documents_exact, rowid, title, text)
        VALUES ('delete', old.number, old.title, old.text);
    DELETE FROM documents_folded WHERE rowid = old.number;
END;
"""

# What each version does to a fact base of the version before it, statement by statement.
VERSION_1 = TABLES + FULL_TEXT
VERSION_2 = added("misses", 2)
VERSION_3 = added("provenance", 3)
VERSION_4 = (
    *statements(later.TABLES_4),
    *added("documents", 4),
    *added("facts", 4),
    "CREATE INDEX documents_copies ON documents (copy_of)",
    "CREATE INDEX facts_repeats ON facts (repeat_of)",
)
VERSION_5 = (
    *statements(later.TABLES_5),
    *added("facts", 5),
    *added("citations", 5),
    *statements(later.FILL_5),
)
VERSION_6 = (
    *added("citations", 6),
    *statements(later.STEPS_6),
    *(f"DROP VIEW IF EXISTS {view}" for view in views.NAMES),
    *statements(views.VIEWS),
)


def column_descriptions() -> dict[str, dict[str, str]]:
    """What each column of each table means, in the order of the schema.

    >>> column_descriptions()["facts"]["total"]
    'out of how many'
    """
    described: dict[str, dict[str, str]] = {}
    table = ""
    for line in (TABLES + later.TABLES_4 + later.TABLES_5).splitlines():
        if opening := _TABLE.match(line):
            table = opening["table"]
            described[table] = {}
        elif column := _COLUMN.match(line):
            described[table][column["column"]] = column["description"]
    for column_added in later.ADDED:
        described[column_added.table][column_added.name] = column_added.description
    return described
