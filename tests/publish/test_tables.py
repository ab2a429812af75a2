"""CSV, XLSX and Parquet: nothing is a formula, nothing is lost, the same base gives the same bytes."""

from __future__ import annotations

import csv
import datetime
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest
from publish_building import HOSTILE

from tinhgon.publish import tables, write_csv, write_parquet, write_xlsx
from tinhgon.publish.columns import FACTS, TABLES
from tinhgon.publish.reading import table_rows

WRITERS = {"csv": write_csv, "xlsx": write_xlsx, "parquet": write_parquet}
FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def csv_rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))


@pytest.mark.parametrize("name", ["empty", "base", "hostile"])
@pytest.mark.parametrize("form", WRITERS)
def test_two_exports_are_the_same_bytes(form, name, request, tmp_path):
    base = request.getfixturevalue(name)
    paths = [tmp_path / f"{number}.{form}" for number in (1, 2)]
    counts = {WRITERS[form](base, path) for path in paths}
    assert counts == {len(list(table_rows(base, FACTS)))}
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_folder_takes_every_table(form, base, tmp_path):
    WRITERS[form](base, tmp_path / "tables")
    assert {path.name for path in (tmp_path / "tables").iterdir()} == {f"{table.name}.{form}" for table in TABLES}


def test_csv_cells_that_begin_like_formulas_are_inert(hostile, tmp_path):
    write_csv(hostile, tmp_path / "tables")
    for table in TABLES:
        numbers = {column.name for column in table.columns if column.kind in ("number", "integer")}
        for row in csv_rows(tmp_path / "tables" / f"{table.name}.csv"):
            assert None not in row
            assert not any(cell.startswith(FORMULA) for name, cell in row.items() if name not in numbers)


def test_csv_keeps_what_is_harmless(hostile, tmp_path):
    write_csv(hostile, tmp_path / "facts.csv")
    quotes = {row["quote"] for row in csv_rows(tmp_path / "facts.csv")}
    assert {HOSTILE[7], HOSTILE[8], HOSTILE[10], HOSTILE[14], "thân � lẻ", "'=HYPERLINK(\"http://x\";'a')"} <= quotes
    assert "a�b�[31m�đỏ�" in quotes
    assert "\x00" not in (tmp_path / "facts.csv").read_text("utf-8")


def test_csv_writes_numbers_without_needless_decimals(base, tmp_path):
    write_csv(base, tmp_path / "facts.csv")
    row = csv_rows(tmp_path / "facts.csv")[0]
    assert (row["value"], row["total"], row["percent"], row["resolutions"]) == ("98", "127", "", '["02-NQ/TU"]')


def test_a_workbook_has_no_formula_and_no_link(hostile, tmp_path):
    write_xlsx(hostile, tmp_path / "facts.xlsx")
    with zipfile.ZipFile(tmp_path / "facts.xlsx") as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
    book = openpyxl.load_workbook(tmp_path / "facts.xlsx")
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_a_workbook_holds_every_table(base, tmp_path):
    write_xlsx(base, tmp_path / "facts.xlsx")
    book = openpyxl.load_workbook(tmp_path / "facts.xlsx")
    assert book.sheetnames == [*(table.name for table in TABLES), "columns"]
    for table in TABLES:
        header, *rows = book[table.name].iter_rows(values_only=True)
        assert list(header) == [column.name for column in table.columns]
        assert len(rows) == len(list(table_rows(base, table)))
        assert book[table.name].freeze_panes == "A2"
        assert book[table.name].auto_filter.ref is not None
    assert book.properties.created == datetime.datetime(2000, 1, 1)  # noqa: DTZ001
    first = dict(zip(*list(book["facts"].iter_rows(values_only=True))[:2], strict=True))
    assert (first["value"], first["resolutions"], first["quote"]) == (98, "02-NQ/TU", "98 trong tổng số 127 … ấp")


def test_a_text_longer_than_a_cell_is_cut(hostile, tmp_path):
    write_xlsx(hostile, tmp_path / "facts.xlsx")
    quotes = [row[0] for row in openpyxl.load_workbook(tmp_path / "facts.xlsx")["facts"].iter_rows(values_only=True)]
    assert quotes
    assert len(tables._sheet_text("x" * 40_000)) == 32_767
    assert len(tables._sheet_text("𠀀" * 20_000).encode("utf-16-le")) // 2 <= 32_767
    assert tables._sheet_text("𠀀" * 16_383) == "𠀀" * 16_383


def test_a_table_longer_than_a_sheet_goes_on(base, tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "_SHEET_ROWS", 4)
    assert write_xlsx(base, tmp_path / "facts.xlsx") == 6
    book = openpyxl.load_workbook(tmp_path / "facts.xlsx")
    assert [book[name].max_row for name in ("facts", "facts 2")] == [5, 3]


def test_parquet_is_typed_and_keeps_texts_to_the_letter(hostile, tmp_path):
    write_parquet(hostile, tmp_path / "facts.parquet")
    table = pyarrow.parquet.read_table(tmp_path / "facts.parquet")
    assert {str(table.schema.field(name).type) for name in ("value", "confidence")} == {"double"}
    assert str(table.schema.field("start").type) == "int64"
    assert str(table.schema.field("resolutions").type).startswith("list")
    assert table.schema.field("total").metadata == {b"is": b"out of how many"}
    stored = {text.replace("\ud83d", "�") for text in HOSTILE}
    assert set(table.column("quote").to_pylist()) == stored
    assert set(table.column("value").to_pylist()) == {-1.5}
    assert all(json.loads(pieces)[0][2] in stored for pieces in table.column("pieces").to_pylist())


def test_parquet_comes_in_row_groups(base, tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "_ROW_GROUP", 4)
    write_parquet(base, tmp_path / "facts.parquet")
    assert pyarrow.parquet.ParquetFile(tmp_path / "facts.parquet").num_row_groups == 2


@pytest.mark.parametrize("form", WRITERS)
def test_a_broken_export_leaves_what_was_there(form, base, tmp_path, monkeypatch):
    path = tmp_path / f"facts.{form}"
    path.write_text("before")

    def broken(*_):
        yield next(table_rows(base, FACTS))
        raise RuntimeError("broken")

    monkeypatch.setattr(tables, "table_rows", broken)
    with pytest.raises(RuntimeError, match="broken"):
        WRITERS[form](base, path)
    assert path.read_text() == "before"
    assert sorted(file.name for file in tmp_path.iterdir() if not file.name.startswith("facts.")) == []
