"""What can go wrong with the database file, each in one plain sentence that says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


class StoreError(Exception):
    """The fact base cannot do what was asked; the message says why and what helps."""


class MissingStoreError(StoreError):
    """There is no file at that path."""


class NotAFactBaseError(StoreError):
    """The file is no SQLite database, or one that tinhgon did not make."""


class NewerSchemaError(StoreError):
    """A later version of tinhgon wrote the file."""


class OlderSchemaError(StoreError):
    """An earlier version of tinhgon wrote the file, and it was opened for reading only."""


class LockedStoreError(StoreError):
    """Another process is writing."""


class UnwritableStoreError(StoreError):
    """The file or its folder cannot be opened or written."""


class FullDiskError(StoreError):
    """No room is left for the database."""


class DamagedStoreError(StoreError):
    """The file is damaged."""


class UnknownClaimError(StoreError):
    """No claim, or more than one, has that id."""


# Longest prefix first: SQLite's extended codes begin with the name of their family.
_MEANINGS: tuple[tuple[str, type[StoreError], str], ...] = (
    ("SQLITE_BUSY", LockedStoreError, "{path} is locked: another process is writing to it. Wait for it, or end it"),
    ("SQLITE_LOCKED", LockedStoreError, "{path} is locked: another process is writing to it. Wait for it, or end it"),
    ("SQLITE_READONLY", UnwritableStoreError, "{path} is read-only. Make the file and its folder writable, or copy it"),
    (
        "SQLITE_CANTOPEN",
        UnwritableStoreError,
        "{path} cannot be opened. Check that you may read and write it and its folder",
    ),
    ("SQLITE_PERM", UnwritableStoreError, "{path} may not be opened. Check its permissions"),
    ("SQLITE_FULL", FullDiskError, "the disk is full: nothing of this step was written to {path}. Make room and go on"),
    ("SQLITE_NOTADB", NotAFactBaseError, "{path} is not an SQLite database. Nothing was changed; give another path"),
    ("SQLITE_CORRUPT", DamagedStoreError, "{path} is damaged. Restore a copy, or build it anew from the archive"),
    ("SQLITE_IOERR", UnwritableStoreError, "{path} cannot be read or written: the disk reports a fault"),
)


@contextmanager
def plain_errors(path: str) -> Iterator[None]:
    """Turn what SQLite raises into a StoreError that a reader without SQL can act on.

    >>> with plain_errors("facts.db"):
    ...     raise sqlite3.OperationalError("no such table: dữ kiện")
    Traceback (most recent call last):
    tinhgon.store.errors.StoreError: facts.db: no such table: dữ kiện
    """
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        for prefix, kind, message in _MEANINGS:
            if name.startswith(prefix):
                raise kind(message.format(path=path)) from error
        raise StoreError(f"{path}: {error}") from error
