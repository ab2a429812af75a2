"""Tables drawn in plain text and in pages become rows; what only looks like one stays text."""

from __future__ import annotations

import pytest
from lxml import html

from tinhgon.ingest import document_from_html, document_from_text
from tinhgon.ingest.grid import grid_of
from tinhgon.ingest.normalise import ROW
from tinhgon.ingest.rows import mark_rows
from tinhgon.records import Document

TABLE = "Xã | Số thôn | Giảm\nTân Lập | 9 | 4\nTân Phú | 7 | 3"


def rows(text: str) -> list[str]:
    return [line.removeprefix(ROW) for line in mark_rows(text).split("\n") if line.startswith(ROW)]


def test_bars_tabs_and_drawn_tables() -> None:
    assert rows(TABLE) == TABLE.split("\n")
    assert rows(TABLE.replace(" | ", "\t")) == TABLE.split("\n")
    assert rows("| Xã | Số thôn |\r\n|:---|---:|\r\n| A | 9 |\r\n| B | 7 |\r\n") == ["Xã | Số thôn", "A | 9", "B | 7"]


def test_empty_cells_keep_their_place() -> None:
    assert rows("STT | Xã | Thôn\n1 | A | 9\n | Cộng | 9")[-1] == " | Cộng | 9"


@pytest.mark.parametrize(
    "text",
    [
        "12/10/2021 | 06:15\nGọn bộ máy | Báo Hà Tĩnh",
        "Trang chủ | Chính trị\nTin | Bài\nẢnh | Video",
        "Một dòng | hai ô\nMột dòng không ô\nMột dòng | hai ô",
        "",
    ],
)
def test_what_is_no_table_stays(text: str) -> None:
    assert mark_rows(text) == text


def test_a_document_has_its_rows_as_blocks_of_their_own() -> None:
    document = document_from_text(
        f"Gọn bộ máy\n\n12/10/2021\n\nKết quả ở các xã như sau:\n{TABLE}\nHuyện sẽ làm tiếp.", id="a"
    )
    assert isinstance(document, Document)
    assert [document.text[b.start : b.end] for b in document.blocks if b.kind == "row"] == TABLE.split("\n")
    assert [block.kind for block in document.blocks][-1] == "paragraph"


def test_a_page_with_a_table_of_merged_cells() -> None:
    table = (
        "<table><tr><th rowspan=2>Xã</th><th colspan=2>Số thôn</th></tr><tr><th>Trước</th><th>Sau</th></tr>"
        "<tr><td colspan=3>Miền núi</td></tr><tr><td><p>Tân Lập</p></td><td>9</td><td></td></tr></table>"
    )
    prose = "Toàn huyện đã sắp xếp xong các thôn, xóm theo đề án được tỉnh duyệt trong năm nay."
    document = document_from_html(
        f"<html><body><h1>Gọn thôn</h1><p>{prose}</p>{table}<p>{prose} Hết.</p></body></html>", id="a"
    )
    assert isinstance(document, Document)
    lines = [(block.kind, document.text[block.start : block.end]) for block in document.blocks]
    assert ("row", "Xã | Số thôn | Số thôn") in lines
    assert ("row", "Xã | Trước | Sau") in lines
    assert ("row", "Tân Lập | 9 |") in lines
    assert any(text == "Miền núi" and kind != "row" for kind, text in lines)


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>Một ô</td></tr></table>",
        "<table><tr><td><table><tr><td>a<td>b</tr></table></td><td>c</td></tr><tr><td>d<td>e</tr></table>",
        "<table><tr><td><a href=x>Trang chủ</a><td>b</tr><tr><td>c<td>d</tr></table>",
        "<table><tr><td>" + "dài " * 200 + "<td>b</tr><tr><td>c<td>d</tr></table>",
    ],
)
def test_tables_that_lay_out_a_page_are_none(table: str) -> None:
    assert grid_of(html.fromstring(table)) is None


def test_spans_beyond_reason_are_no_data() -> None:
    assert (
        grid_of(html.fromstring("<table><tr><td colspan=999999 rowspan=999999>a<td>b</tr><tr><td>c</tr></table>"))
        is None
    )
    many = "<tr>" + "<td colspan=20>a" * 4 + "</tr>"
    assert grid_of(html.fromstring(f"<table>{many * 3}</table>")) is None


def test_a_tab_in_front_of_a_line_is_an_indent() -> None:
    text = "\tTin tỉnh\n\tXã Tân Phú còn 8 ấp.\n\t3\n\tHết."
    assert mark_rows(text) == text
