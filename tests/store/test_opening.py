"""Opening: new files, foreign files, files of another age; each refusal in plain words and with nothing changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from store_building import GOLD, document, gold_claims, load

from tinhgon.records import Claims
from tinhgon.store import (
    DamagedStoreError,
    FactBase,
    LockedStoreError,
    MissingStoreError,
    NewerSchemaError,
    NotAFactBaseError,
    OlderSchemaError,
    StoreError,
    UnwritableStoreError,
)
from tinhgon.store import connection as connection_module
from tinhgon.store import migrations as migrations_module
from tinhgon.store.schema import VERSION_6


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "facts.db"


def test_an_empty_file_becomes_a_fact_base(path: Path) -> None:
    path.touch()
    with FactBase.open(path, create=True) as base:
        assert base.counts() == dict.fromkeys(base.counts(), 0)


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    path = tmp_path / "kết quả #1?" / "facts.db"
    FactBase.open(path, create=True).close()
    assert path.exists()


@pytest.mark.parametrize("readonly", [True, False])
def test_a_missing_file_is_named(path: Path, readonly: bool) -> None:
    with pytest.raises(MissingStoreError, match=r"no fact base at .*facts\.db"):
        FactBase.open(path, readonly=readonly)
    assert not path.exists()


def test_a_file_that_is_no_database_is_left_alone(path: Path) -> None:
    path.write_text("Bí thư kiêm chủ tịch " * 100, "utf-8")
    before = path.read_bytes()
    with pytest.raises(NotAFactBaseError, match="not an SQLite database"):
        FactBase.open(path, create=True)
    assert path.read_bytes() == before


def test_a_database_of_something_else_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotAFactBaseError, match="not one of tinhgon"):
        FactBase.open(path, create=True)
    assert path.read_bytes() == before


def test_an_empty_database_needs_create(path: Path) -> None:
    path.touch()
    with pytest.raises(NotAFactBaseError, match="empty"):
        FactBase.open(path)


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(UnwritableStoreError, match="is a folder"):
        FactBase.open(tmp_path, create=True)


def test_a_newer_schema_is_refused_and_kept(path: Path) -> None:
    with FactBase.open(path, create=True) as base:
        load(base, Claims(document("xã")))
        base._db["_sqlite_migrations"].insert(
            {"migration_set": "tinhgon", "name": "9999_future", "applied_at": "2030-01-01"}
        )
    with pytest.raises(NewerSchemaError, match="9999_future"):
        FactBase.open(path, create=True)
    with sqlite3.connect(path) as raw:
        assert raw.execute("SELECT count(*) FROM documents").fetchone() == (1,)
    raw.close()


def test_an_older_schema_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with FactBase.open(path, create=True) as base:
        load(base, Claims(document("xã")))

    def add_note(db: object) -> None:
        db["documents"].add_column("note", str)  # type: ignore[index]

    newest = migrations_module.STEPS[-1][0]
    longer = migrations_module.Migrations("tinhgon")
    steps = (*migrations_module.STEPS, ("9999_note", add_note))
    for name, step in steps:
        longer(name=name)(step)
    monkeypatch.setattr(migrations_module, "MIGRATIONS", longer)
    monkeypatch.setattr(migrations_module, "STEPS", steps)
    with pytest.raises(OlderSchemaError, match=newest):
        FactBase.open(path, readonly=True)
    with FactBase.open(path) as base:
        assert base.rows("SELECT id, note FROM documents") == [{"id": "bai-1", "note": None}]


@contextmanager
def as_version_1(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is opened within knows the first version of the schema alone."""
    steps = migrations_module.STEPS[:1]
    first = migrations_module.Migrations("tinhgon")
    for name, step in steps:
        first(name=name)(step)
    with monkeypatch.context() as patch:
        patch.setattr(migrations_module, "MIGRATIONS", first)
        patch.setattr(migrations_module, "STEPS", steps)
        yield


def test_version_1_is_brought_to_today_and_keeps_what_it_holds(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = Claims(document("huyện giảm 3 xã"))
    with as_version_1(monkeypatch), FactBase.open(path, create=True) as base:
        kept_then = claims.document
        base._db.execute(
            "INSERT INTO runs (id, version, patterns_hash, arguments, started_at) VALUES (1, '', '', '[]', '')"
        )
        base._db["documents"].insert(
            {"id": kept_then.id, "number": 1, "stem": kept_then.id, "text": kept_then.text, "path": kept_then.path,
             "sha256": kept_then.sha256, "blocks": "[[0, 15, \"paragraph\"]]", "warnings": "[]", "run_id": 1,
             "patterns_hash": "", "version": ""}
        )  # fmt: skip
        base._db.execute(
            "INSERT INTO provenance (id, document_id, kind, position, sentence_start, sentence_end, sentence, "
            "patterns, cues) VALUES ('m1', 'bai-1', 'miss', 1, 0, 15, 'huyện giảm 3 xã', '[]', '[]')"
        )
        base._db.execute("INSERT INTO misses (id, document_id, reason) VALUES ('m1', 'bai-1', 'not told')")
        base._db.conn.commit()
        assert "shape" not in base._db["misses"].columns_dict
    with pytest.raises(OlderSchemaError, match=r"0001_tables.*0006_desk"):
        FactBase.open(path, readonly=True)
    with FactBase.open(path) as base:
        assert base.rows("SELECT id, reason, shape FROM misses") == [{"id": "m1", "reason": "not told", "shape": ""}]
        kept = base.claims("bai-1")
        assert kept is not None
        assert kept.document == claims.document
        assert [(miss.reason, miss.shape) for miss in kept.misses] == [("not told", "")]
        assert base.rows("SELECT what FROM claims WHERE claim_id = 'm1'") == [{"what": "not told"}]
    FactBase.open(path, readonly=True).close()


def test_a_file_brought_up_to_date_is_like_a_new_one(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def schema(base: FactBase) -> dict[str, list[str]]:
        names = base._db.table_names() + base._db.view_names()
        return {name: [row["name"] for row in base.rows(f"PRAGMA table_info({name})")] for name in sorted(names)}

    with as_version_1(monkeypatch):
        FactBase.open(path, create=True).close()
    with FactBase.open(path) as older, FactBase.open(tmp_path / "new.db", create=True) as new:
        assert schema(older) == schema(new)


def test_a_migration_that_fails_leaves_nothing_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(db: object) -> None:
        db.execute("CREATE TABLE half (done TEXT)")  # type: ignore[attr-defined]
        raise sqlite3.OperationalError("boom")

    broken = migrations_module.Migrations("tinhgon")
    broken(name="0001_tables")(fail)
    with monkeypatch.context() as patch:
        patch.setattr(migrations_module, "MIGRATIONS", broken)
        with pytest.raises(StoreError, match="boom"):
            FactBase.open(path, create=True)
    with FactBase.open(path, create=True) as base:
        assert "half" not in base._db.table_names()


def test_a_reader_cannot_write(path: Path) -> None:
    FactBase.open(path, create=True).close()
    with FactBase.open(path, readonly=True) as base, pytest.raises(UnwritableStoreError, match="read-only"):
        base.begin_run("0.1.0", "patterns", [])


def test_a_reader_reads_while_another_writes(path: Path) -> None:
    with FactBase.open(path, create=True) as writer, FactBase.open(path, readonly=True) as reader:
        load(writer, Claims(document("xã")))
        assert reader.counts()["documents"] == 1


def test_a_second_writer_is_told_to_wait(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_module, "PATIENCE_SECONDS", 0.05)
    with FactBase.open(path, create=True) as first, FactBase.open(path) as second:
        first._db.conn.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedStoreError, match="locked"):
            second.begin_run("0.1.0", "patterns", [])
        first._db.conn.execute("ROLLBACK")


def _damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[5000:-100] = b"\xff" * (len(content) - 5100)
    path.write_bytes(content)


def test_a_damaged_file_is_called_so(path: Path) -> None:
    with FactBase.open(path, create=True) as base:
        load(base, *(Claims(document("xã Lộc Bình " * 200, id=f"bai-{n}")) for n in range(20)))
    _damage(path)

    def use() -> None:
        with FactBase.open(path) as base:
            list(base.records())

    with pytest.raises(DamagedStoreError, match="damaged"):
        use()


def test_a_full_disk_writes_nothing(path: Path) -> None:
    with FactBase.open(path, create=True) as base:
        base.rows("PRAGMA max_page_count = 1")
        before = base.counts()
        with pytest.raises(StoreError, match="disk is full"):
            load(base, *(Claims(document("xã Lộc Bình " * 2000, id=f"bai-{n}")) for n in range(50)))
        assert base.counts() == before


def test_foreign_keys_and_wal_are_on(base: FactBase) -> None:
    assert base.rows("PRAGMA foreign_keys") == [{"foreign_keys": 1}]
    assert base.rows("PRAGMA journal_mode") == [{"journal_mode": "wal"}]


def test_messages_name_the_file(path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        FactBase.open(path)
    assert str(path) in str(caught.value)


def test_citations_of_an_older_file_get_the_province_that_new_ones_have(path: Path) -> None:
    told = "SELECT id, province, published FROM citations ORDER BY id"
    with FactBase.open(path, create=True) as base:
        for gold in GOLD:
            load(base, gold_claims(gold)[1])
        loaded = base.rows(told)
        with base.transaction() as execute:
            execute("UPDATE citations SET province = NULL, published = NULL")
            execute(VERSION_6[2])
        assert base.rows(told) == loaded
    assert {row["province"] for row in loaded} - {None}
    assert VERSION_6[2].strip().startswith("UPDATE citations")
