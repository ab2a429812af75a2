"""Stage ``store``: claims -> one SQLite file, the fact base, and out again.

In go ``records.Claims`` and ``records.Reject``; out come codebook records (the export), search hits and rows.
Open first ``base.py`` (the ``FactBase`` and all it offers), then ``schema.py`` (the tables, told column by column).
``load.py`` turns claims into rows, ``read.py`` rows into claims, ``export.py`` claims into the codebook's form;
``ids.py`` makes the ids, which are the same whenever the same archive is loaded; ``search.py`` asks the full text;
``connection.py`` opens files, ``migrations.py`` brings older ones up to date, ``errors.py`` names what can go wrong.
Loading a document replaces what was known of it, in one transaction; loading it twice changes nothing.
Times of runs are kept, but never enter the export: same archive, same patterns, same bytes.
"""

from __future__ import annotations

from tinhgon.store.base import FactBase, StoredFact
from tinhgon.store.errors import (
    DamagedStoreError,
    FullDiskError,
    LockedStoreError,
    MissingStoreError,
    NewerSchemaError,
    NotAFactBaseError,
    OlderSchemaError,
    StoreError,
    UnknownClaimError,
    UnwritableStoreError,
)
from tinhgon.store.export import codebook_record, write_jsonl
from tinhgon.store.ids import roles_key, unique_id
from tinhgon.store.schema import column_descriptions
from tinhgon.store.search import Hit

__all__ = [
    "DamagedStoreError",
    "FactBase",
    "FullDiskError",
    "Hit",
    "LockedStoreError",
    "MissingStoreError",
    "NewerSchemaError",
    "NotAFactBaseError",
    "OlderSchemaError",
    "StoreError",
    "StoredFact",
    "UnknownClaimError",
    "UnwritableStoreError",
    "codebook_record",
    "column_descriptions",
    "roles_key",
    "unique_id",
    "write_jsonl",
]
