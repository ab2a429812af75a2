"""Opening the database file: the right mode, the right pragmas, and a plain word where it is not what it should be."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from tinhgon.store.errors import MissingStoreError, UnwritableStoreError, plain_errors
from tinhgon.store.light import Database
from tinhgon.store.migrations import bring_up_to_date

IN_MEMORY = ":memory:"
# How long a reader or writer waits for another process before it says that the file is locked.
PATIENCE_SECONDS = 10.0


def connect(path: str, *, create: bool, readonly: bool) -> Any:
    """A sqlite-utils ``Database`` over the file, its schema brought up to date."""
    if path != IN_MEMORY:
        _look_before_opening(Path(path), create=create, readonly=readonly)
    with plain_errors(path):
        connection = sqlite3.connect(_address(path, readonly=readonly), uri=True, timeout=PATIENCE_SECONDS)
    db = over(connection)
    try:
        with plain_errors(path):
            bring_up_to_date(db, path, create=create or path == IN_MEMORY, readonly=readonly)
            db.execute("PRAGMA foreign_keys = ON")
            if not readonly and path != IN_MEMORY:
                # Readers go on while a run writes.
                db.enable_wal()
                # Under WAL this can lose the last documents to a power cut, which the next run loads again,
                # but never damages the file; and it spares a wait for the disk at every batch.
                db.execute("PRAGMA synchronous = NORMAL")
                db.execute("PRAGMA cache_size = -65536")
    except BaseException:
        db.close()
        raise
    return db


def connect_readonly(path: str) -> sqlite3.Connection:
    """A bare connection for a program that keeps its own, usable from any thread; the file must be of today."""
    address = _address(path, readonly=True)
    return sqlite3.connect(address, uri=True, timeout=PATIENCE_SECONDS, check_same_thread=False)


def over(connection: sqlite3.Connection) -> Any:
    """A sqlite-utils ``Database`` over a connection that is open already."""
    return Database(connection, recursive_triggers=False, execute_plugins=False)


def _look_before_opening(path: Path, *, create: bool, readonly: bool) -> None:
    if path.is_dir():
        raise UnwritableStoreError(f"{path} is a folder. Give the path of a database file, such as {path / 'facts.db'}")
    if path.exists():
        return
    if readonly or not create:
        raise MissingStoreError(f"there is no fact base at {path}. Check the path, or load an archive to make one")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableStoreError(f"the folder {path.parent} cannot be made: {error.strerror}") from error


def _address(path: str, *, readonly: bool) -> str:
    # As a URI, so that a path with "?" or "#" in it cannot pass for options.
    if path == IN_MEMORY:
        return "file::memory:"
    return Path(path).absolute().as_uri() + ("?mode=ro" if readonly else "?mode=rwc")
