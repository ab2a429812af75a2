"""How a fact base of any age becomes one of today.

Steps are numbered, run in order, each in one transaction together with the note that it ran (sqlite-utils keeps the
notes in ``_sqlite_migrations``). A step that has been released is never edited; a new one is added below it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tinhgon.store.errors import NewerSchemaError, NotAFactBaseError, OlderSchemaError
from tinhgon.store.light import Migrations
from tinhgon.store.schema import VERSION_1, VERSION_2, VERSION_3, VERSION_4, VERSION_5, VERSION_6


def _create_tables(db: Any) -> None:
    db.executescript(VERSION_1)


def _run(statements: Sequence[str]) -> Callable[[Any], None]:
    def step(db: Any) -> None:
        for statement in statements:
            db.execute(statement)

    return step


STEPS: tuple[tuple[str, Callable[[Any], None]], ...] = (
    ("0001_tables", _create_tables),
    ("0002_shapes", _run(VERSION_2)),
    ("0003_retold", _run(VERSION_3)),
    ("0004_copies", _run(VERSION_4)),
    ("0005_reviews", _run(VERSION_5)),
    ("0006_desk", _run(VERSION_6)),
)

MIGRATIONS = Migrations("tinhgon")
for _name, _step in STEPS:
    MIGRATIONS(name=_name)(_step)


def bring_up_to_date(db: Any, path: str, *, create: bool, readonly: bool) -> None:
    """Apply what is missing; refuse, with nothing changed, a file that is not ours or is newer than this code."""
    applied = [step.name for step in MIGRATIONS.applied(db)]
    if not applied:
        _refuse_foreign_file(db, path, create=create)
    newest = STEPS[-1][0]
    unknown = sorted(set(applied) - {name for name, _ in STEPS})
    if unknown:
        raise NewerSchemaError(
            f"{path} was written by a newer tinhgon (schema {unknown[-1]}, this one knows up to {newest})."
            " Nothing was changed; install the newer version to use it"
        )
    pending = MIGRATIONS.pending(db)
    if pending and readonly:
        raise OlderSchemaError(
            f"{path} has an older schema ({applied[-1]}, this tinhgon needs {newest})."
            f" Run `tinhgon check {path}` once, which brings it up to date"
        )
    if pending:
        MIGRATIONS.apply(db)


def _refuse_foreign_file(db: Any, path: str, *, create: bool) -> None:
    # A first opening that was broken off leaves the migrations table alone behind.
    if set(db.table_names()) - {MIGRATIONS.migrations_table}:
        raise NotAFactBaseError(f"{path} is an SQLite database, but not one of tinhgon. Nothing was changed")
    if not create:
        raise NotAFactBaseError(f"{path} is an empty database. Load an archive into it first")
