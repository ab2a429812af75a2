"""The schema: STRICT, described, linked and readable."""

from __future__ import annotations

from pathlib import Path

from store_building import document, load, proof

from tinhgon.records import Area, Claims, Fact, Holder, Miss, Pairing, Reject, Skip
from tinhgon.store import FactBase, column_descriptions
from tinhgon.store.describe import TABLES, schema_page
from tinhgon.store.views import view_descriptions


def test_every_column_of_every_table_is_described(base: FactBase) -> None:
    described = column_descriptions()
    tables = {row["name"]: row["strict"] for row in base.rows("PRAGMA table_list") if row["type"] == "table"}
    ours = {name for name in tables if not name.startswith(("sqlite_", "_sqlite"))} - {"documents_exact"}
    ours = {name for name in ours if not name.startswith(("documents_exact_", "documents_folded"))}
    assert set(described) == ours
    for table in ours:
        assert tables[table] == 1, f"{table} is not STRICT"
        assert list(described[table]) == [column.name for column in base._db[table].columns]
        assert all(described[table].values())


def test_the_views_speak_plainly(base: FactBase) -> None:
    text = "Bến Tre: 98 trong số 127 ấp có bí thư kiêm trưởng ấp; ông Lũy là bí thư, trưởng ấp; 5 phòng"
    roles = ("truong_thon", "bi_thu_chi_bo")
    fact = Fact(
        "concurrent_posts", "hamlet", proof(text, "98", "127 ấp"), value=98, total=127, roles=roles, level="hamlet",
        area=Area("Bến Tre"),
    )  # fmt: skip
    claims = Claims(
        document(text, title="Gọn", published="2021-10-12", source="baodongkhoi.vn"),
        pairings=(Pairing(roles, "hamlet", "achieved", proof(text, "bí thư kiêm trưởng ấp")),),
        holders=(Holder("Lũy", roles, "hamlet", Area("Bến Tre"), "titles", proof(text, "ông Lũy")),),
        facts=(fact,),
        misses=(Miss("no noun", "⟨count⟩ phòng", proof(text, "5 phòng")),),
    )
    load(base, claims)
    (row,) = base.rows("SELECT * FROM province_comparison")
    assert (row["province"], row["value"], row["total"], row["rate"]) == ("Bến Tre", 98, 127, 77.17)
    assert (row["rate_basis"], row["as_of"], row["roles"]) == ("computed", "2021-10-12", "bi_thu_chi_bo+truong_thon")
    assert row["quote"] == "98 … 127 ấp"
    whats = {row["kind"]: row["what"] for row in base.rows("SELECT kind, what FROM claims")}
    assert whats == {"fact": None, "pairing": None, "holder": "Lũy", "miss": "no noun"}


def test_what_holds_when(base: FactBase) -> None:
    def dated(as_of: str | None, status: str) -> Fact:
        return Fact("stock", "commune", proof("9 xã", "9 xã"), value=9, as_of=as_of, status=status)  # type: ignore[arg-type]

    told = (None, "achieved"), ("2019", "achieved"), ("2018", "achieved"), ("2018-06", "ongoing"), ("2025", "planned")
    load(base, Claims(document("9 xã", published="2019-05-20"), facts=tuple(dated(*one) for one in told)))
    rows = base.rows("SELECT holds_on FROM numbers JOIN provenance ON provenance.id = fact_id ORDER BY position")
    assert [row["holds_on"] for row in rows] == ["2019-05-20", "2019-05-20", "2018-12-31", "2018-06-31", "2025-12-31"]


def test_every_table_is_described_and_the_page_is_true() -> None:
    assert list(TABLES) == sorted(TABLES, key=list(column_descriptions()).index)
    assert set(TABLES) == set(column_descriptions())
    page = (Path(__file__).parents[2] / "docs" / "schema.md").read_text("utf-8")
    assert page == schema_page(), "run `make docs`"


def test_every_view_answers_and_is_described(base: FactBase) -> None:
    names = {row["name"] for row in base.rows("PRAGMA table_list") if row["type"] == "view"}
    assert names == set(view_descriptions())
    for name in names:
        base.rows(f"SELECT * FROM {name} LIMIT 1")  # noqa: S608 - names out of the schema


def test_the_ledger_tells_what_became_of_each_article(base: FactBase) -> None:
    run = load(base, Claims(document("huyện giảm 3 xã")))
    base.skip([Skip("b", "b.txt", "00", "language: en")], run=run)
    base.reject([Reject("c.txt", "read", "The file is empty.")], run=run)
    rows = base.rows("SELECT path, stage, outcome, detail FROM ledger ORDER BY path")
    assert [(row["stage"], row["outcome"]) for row in rows] == [
        ("store", "kept"), ("select", "passed over"), ("read", "rejected"),
    ]  # fmt: skip
