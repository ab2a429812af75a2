"""Word: paragraphs, lists and tables in order, heads of reports, and files that are locked, damaged or made to harm."""

from __future__ import annotations

import io
import random
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tinhgon.ingest import Item, document_from_text, read
from tinhgon.ingest.office import ROW, Unreadable, read_doc, read_docx, word
from tinhgon.records import Document

docx = pytest.importorskip("docx")

OLD = Path(__file__).parent / "data" / "bao-cao.doc"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TABLE = [["Đơn vị", "Trước", "Sau"], ["Xã Tân Phú", "20", "10"], ["Xã Tân Hòa", "", "8"]]
HEAD = (
    "ỦY BAN NHÂN DÂN\nHUYỆN TÂN LẬP\nSố: 15/BC-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nTân Lập, ngày 5 tháng 3 năm 2021",
)
END = ("Nơi nhận:\n- Như trên;\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn Bền")


def add_table(document: Any, grid: list[list[str]]) -> Any:
    table = document.add_table(len(grid), len(grid[0]))
    for row, cells in zip(table.rows, grid, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return table


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def report() -> Any:
    document = docx.Document()
    add_table(document, [list(HEAD)])
    document.add_paragraph("BÁO CÁO")
    document.add_paragraph("Kết quả sắp xếp thôn năm 2020")
    document.add_paragraph("1. Số thôn của các xã như sau:")
    add_table(document, TABLE)
    document.add_paragraph("2. Giảm 310 người hoạt động không chuyên trách.")
    add_table(document, [list(END)])
    return document


def lines(raw: bytes) -> list[str]:
    return [line for line in read_docx(raw).text.split("\n") if line]


def reason(raw: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_docx(raw)
    return str(refused.value)


REPORT_LINES = [
    *HEAD[0].split("\n"), *HEAD[1].split("\n"), "BÁO CÁO", "Kết quả sắp xếp thôn năm 2020",
    "1. Số thôn của các xã như sau:", f"{ROW}Đơn vị | Trước | Sau", f"{ROW}Xã Tân Phú | 20 | 10", f"{ROW}Xã Tân Hòa |  | 8",
    "2. Giảm 310 người hoạt động không chuyên trách.", *END[0].split("\n"), *END[1].split("\n"),
]  # fmt: skip


def test_paragraphs_and_tables_in_their_order() -> None:
    assert lines(saved(report())) == REPORT_LINES


def test_reports_reach_the_reader_of_plain_texts() -> None:
    document = document_from_text(read_docx(saved(report())).text, id="bao-cao")
    assert isinstance(document, Document)
    assert (document.title, document.published) == ("BÁO CÁO Kết quả sắp xếp thôn năm 2020", "2021-03-05")
    assert document.source == "UBND huyện Tân Lập"


def test_merged_cells_repeat_their_text() -> None:
    document = docx.Document()
    table = add_table(
        document, [["Biểu 1", "", ""], ["Xã", "Số thôn", ""], ["", "Trước", "Sau"], ["Tân Phú", "9", "5"]]
    )
    table.cell(0, 0).merge(table.cell(0, 2))
    table.cell(1, 1).merge(table.cell(1, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    assert lines(saved(document)) == [
        "Biểu 1", f"{ROW}Xã | Số thôn | Số thôn", f"{ROW}Xã | Trước | Sau", f"{ROW}Tân Phú | 9 | 5",
    ]  # fmt: skip


def test_tables_of_one_column_are_prose_and_bars_are_no_cells() -> None:
    document = docx.Document()
    add_table(document, [["Xã Tân Phú giảm 2 thôn.\nNay còn 5 thôn."]])
    add_table(document, [["a|b", "1\n2"], ["c", "3"]])
    assert lines(saved(document)) == ["Xã Tân Phú giảm 2 thôn.", "Nay còn 5 thôn.", f"{ROW}a/b | 1 2", f"{ROW}c | 3"]


def test_numbers_of_lists_are_written_out() -> None:
    document = docx.Document()
    for text, style in [("Giảm thôn", "Number"), ("Giảm người", "Number"), ("Xã Tân Phú", "Bullet")]:
        document.add_paragraph(text, style=f"List {style}")
    assert lines(saved(document)) == ["1. Giảm thôn", "2. Giảm người", "- Xã Tân Phú"]


def test_deleted_and_hidden_text_and_fields_are_left_out_and_text_boxes_kept() -> None:
    from docx.oxml import parse_xml

    names = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    box = "<w:txbxContent><w:p><w:r><w:t>Khung chữ</w:t></w:r></w:p></w:txbxContent>"
    document = docx.Document()
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:p {names}><w:r><w:t>Còn 5</w:t></w:r><w:del><w:r><w:delText> sáu</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t> thôn</w:t><w:tab/><w:t>mới</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText></w:r>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><mc:AlternateContent>"
            f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
    )
    document.sections[0].header.paragraphs[0].text = "Đầu trang"
    assert lines(saved(document)) == ["Còn 5 thôn    mới", "Khung chữ"]


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Kết quả sắp xếp thôn năm 2020", "Kết quả sắp xếp thôn năm 2020"),
        ("ỦY BAN NHÂN DÂN", None),
        ("Mẫu cũ khác", None),
    ],
)
def test_titles_of_the_properties_only_where_the_text_has_them(given: str, title: str | None) -> None:
    document = report()
    document.core_properties.title = given
    assert read_docx(saved(document)).title == title


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", content)
    return file.getvalue()


def test_bombs_locked_files_and_other_kinds_are_refused() -> None:
    assert reason(packed(word__document=b" " * (word.MAX_XML + 1))).startswith("too-large: ")
    assert "spreadsheet" in reason(packed(xl__workbook=b"<a/>"))
    assert "OpenDocument" in reason(packed(content=b"<a/>"))
    assert reason(packed(word__document=b"<a/>")).startswith("damaged: ")
    assert reason(OLE + "EncryptedPackage".encode("utf-16-le")).startswith("password-protected: ")
    assert "spreadsheet" in reason(OLE + "Workbook".encode("utf-16-le"))
    assert reason(saved(docx.Document())).startswith("empty: ")


def test_deep_nesting_and_entities_are_refused() -> None:
    raw = saved(report())
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    deep = f"<w:document {names}><w:body>{'<w:sdt>' * 5_000}{'</w:sdt>' * 5_000}</w:body></w:document>"
    entities = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    laughs = (
        f'<!DOCTYPE w:document [<!ENTITY a0 "ha">{entities}]><w:document {names}><w:body><w:p><w:r><w:t>&a9;</w:t></w:r>'
        "</w:p></w:body></w:document>"
    )
    for body in (deep, laughs):
        file = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w") as new:
            for name in old.namelist():
                new.writestr(name, body if name == "word/document.xml" else old.read(name))
        assert reason(file.getvalue()).startswith(("damaged: ", "empty: "))


def test_damaged_files_are_read_or_refused() -> None:
    raw = saved(report())
    chance = random.Random(7)
    for length in range(0, len(raw), len(raw) // 60):
        assert reason(raw[:length])
    for _ in range(100):
        damaged = bytearray(raw)
        damaged[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        try:
            assert lines(bytes(damaged))
        except Unreadable:
            continue


def read_old(raw: bytes) -> list[str]:
    return [line for line in read_doc(raw).text.split("\n") if line]


@pytest.mark.skipif(not any(map(shutil.which, ("antiword", "soffice"))), reason="no program reads old Word files here")
def test_old_files_by_the_first_program_there_is() -> None:
    found = read_old(OLD.read_bytes())
    assert [line for line in found if line.startswith(ROW)] == [line for line in REPORT_LINES if line.startswith(ROW)]
    assert found[: REPORT_LINES.index("BÁO CÁO")] == REPORT_LINES[: REPORT_LINES.index("BÁO CÁO")]
    assert found[-1] == "Lê Văn Bền"


@pytest.mark.skipif(shutil.which("catdoc") is None, reason="catdoc is not installed")
def test_old_files_by_catdoc(monkeypatch: pytest.MonkeyPatch) -> None:
    found = shutil.which
    monkeypatch.setattr(word.shutil, "which", lambda program: found(program) if program == "catdoc" else None)
    assert f"{ROW}Xã Tân Phú | 20 | 10" in read_old(OLD.read_bytes())


def test_old_files_without_a_program_tell_which_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word.shutil, "which", lambda program: None)
    with pytest.raises(Unreadable, match="apt install antiword"):
        read_doc(OLD.read_bytes())


@pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed")
def test_damaged_old_files_are_read_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = shutil.which
    monkeypatch.setattr(word.shutil, "which", lambda program: found(program) if program == "antiword" else None)
    raw = OLD.read_bytes()
    for length in range(0, len(raw), len(raw) // 30):
        try:
            assert read_old(raw[:length])
        except Unreadable as refused:
            assert str(refused)  # noqa: PT017 - either outcome is right


def test_letters_of_an_old_font_become_unicode_and_are_told() -> None:
    document = docx.Document()
    document.core_properties.title = "B¸o c¸o s¾p xÕp th«n"
    document.add_paragraph("B¸o c¸o s¾p xÕp th«n")
    document.add_paragraph("§¶ng uû x· T©n LËp ®· s¾p xÕp c¸c th«n ®Ó gi¶m ®Çu mèi.")
    add_table(document, [["X·", "Sè th«n"], ["T©n LËp", "8"]])
    told = read(Item("a", "a.docx", ".docx", raw=saved(document)))
    assert isinstance(told, Document)
    assert told.title == "Báo cáo sắp xếp thôn"
    assert "Đảng uỷ xã Tân Lập đã sắp xếp các thôn để giảm đầu mối." in told.text
    assert any(warning.startswith("decoded-as-tcvn3:") for warning in told.warnings)
    assert "Số thôn" in told.text
