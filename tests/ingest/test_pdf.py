"""PDF: reading order, tables, scans, and files that are locked, cut short, damaged or made to harm."""

from __future__ import annotations

import io
import random
import shutil
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tinhgon.ingest import document_from_text
from tinhgon.ingest.office import ROW, Unreadable, ocr, read_pdf
from tinhgon.ingest.office import pdf as reader
from tinhgon.records import Document

pytest.importorskip("reportlab")

LONG = (
    "Thực hiện Nghị quyết số 18-NQ/TW, huyện Tân Lập đã sáp nhập 48 thôn thành 24 thôn mới, giảm 24 thôn; mỗi năm tiết "
    "kiệm khoảng 3,2 tỷ đồng. Ông Nguyễn Văn An, Chủ tịch Ủy ban nhân dân huyện Tân Lập, cho biết các Phòng Nội vụ, "
    "Phòng Tài chính - Kế hoạch đã rà soát xong theo Kế hoạch số 58-KH/HU."
)
TITLE = "Gọn bộ máy ở huyện Tân Lập"
WIDTH, HEIGHT = 595, 842


@cache
def font() -> str:
    from matplotlib import get_data_path
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("Viet", Path(get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")))
    return "Viet"


def style(**changes: Any) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    look = {"fontName": font(), "fontSize": 10, "leading": 13, "spaceAfter": 6, "alignment": 4, "firstLineIndent": 14}
    return ParagraphStyle("p", **(look | changes))


def drawn(draw: Callable[[Any], None], **options: Any) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), **options)
    draw(canvas)
    canvas.save()
    return file.getvalue()


def write(canvas: Any, *lines: str) -> None:
    canvas.setFont(font(), 14)
    for at, line in enumerate(lines):
        canvas.drawString(60, 780 - 24 * at, line)


@cache
def newspaper(columns: int) -> bytes:
    from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, PageTemplate, Paragraph

    gap = 14
    width = (WIDTH - 80 - gap * (columns - 1)) / columns
    edges = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    frames = [Frame(40, HEIGHT - 90, WIDTH - 80, 60, **edges)]
    frames += [Frame(40 + at * (width + gap), 60, width, HEIGHT - 170, **edges) for at in range(columns)]
    file = io.BytesIO()
    template = BaseDocTemplate(file, pagesize=(WIDTH, HEIGHT), title=TITLE)
    template.addPageTemplates(PageTemplate(frames=frames))
    title = Paragraph(TITLE, style(fontSize=18, leading=22, firstLineIndent=0))
    template.build([title, FrameBreak(), *(Paragraph(f"Đoạn {at}. {LONG}", style()) for at in range(8))])
    return file.getvalue()


@cache
def report(rows: int = 60) -> bytes:
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    centred = style(alignment=1, firstLineIndent=0, spaceAfter=0)

    def side_by_side(left: str, right: str) -> Table:
        cells = [[Paragraph(line, centred) for line in side.split("\n")] for side in (left, right)]
        return Table([cells], colWidths=[200, 270])

    grid = [["Biểu 1", "", "", ""], ["STT", "Đơn vị", "Trước", "Sau"]]
    grid += [[str(at), f"Xã Tân {at}", str(20 + at), str(10 + at)] for at in range(1, rows)]
    ruled = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), font(), 9), ("SPAN", (0, 0), (-1, 0))]
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=(WIDTH, HEIGHT), leftMargin=60, rightMargin=40).build(
        [
            side_by_side(
                "ỦY BAN NHÂN DÂN\nHUYỆN TÂN LẬP\nSố: 12/BC-UBND",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nTân Lập, ngày 5 tháng 3 năm 2021",
            ),
            Spacer(1, 20),
            Paragraph("BÁO CÁO", style(alignment=1, fontSize=13)),
            Paragraph("Kết quả sắp xếp thôn, tổ dân phố năm 2020", style(alignment=1, fontSize=13)),
            Spacer(1, 12),
            Paragraph(f"1. {LONG}", style()),
            Paragraph(f"2. {LONG}", style()),
            Table(grid, style=ruled),
            Spacer(1, 12),
            Paragraph(f"3. {LONG}", style()),
            side_by_side("Nơi nhận:\n- Như trên;\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An"),
        ]
    )
    return file.getvalue()


def lines(raw: bytes) -> list[str]:
    return [bare for line in read_pdf(raw).text.replace("\f", "\n").split("\n") if (bare := line.strip(" "))]


def reason(raw: bytes, **options: Any) -> str:
    with pytest.raises(Unreadable) as refused:
        read_pdf(raw, **options)
    assert refused.value.stage in ("parse", "read")
    return str(refused.value)


def outcome(raw: bytes) -> str:
    """The text, or why there is none; anything else that is raised fails the test."""
    try:
        return read_pdf(raw).text
    except Unreadable as refused:
        return str(refused)


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_columns_of_a_newspaper_are_read_one_after_the_other(columns: int) -> None:
    assert lines(newspaper(columns)) == [TITLE, *(f"Đoạn {at}. {LONG}" for at in range(8))]
    assert read_pdf(newspaper(columns)).title == TITLE


def test_report_with_a_table_over_pages() -> None:
    text = read_pdf(report()).text
    assert text.count("\f") == 2
    rows = [line.removeprefix(ROW) for line in text.replace("\f", "\n").split("\n") if line.startswith(ROW)]
    assert rows == [
        "STT | Đơn vị | Trước | Sau",
        *(f"{at} | Xã Tân {at} | {20 + at} | {10 + at}" for at in range(1, 60)),
    ]
    others = [line for line in lines(report()) if not line.startswith(ROW)]
    assert "Biểu 1" in others
    assert not any("Xã Tân" in line for line in others)
    assert any(line.startswith("ỦY BAN NHÂN DÂN   ") for line in others)


def test_heads_and_ends_of_reports_reach_the_reader_of_plain_texts() -> None:
    document = document_from_text(read_pdf(report(8)).text, id="bao-cao")
    assert isinstance(document, Document)
    assert document.title == "BÁO CÁO Kết quả sắp xếp thôn, tổ dân phố năm 2020"
    assert document.published == "2021-03-05"
    assert [f"{at}. {LONG}" in document.text.split("\n") for at in (1, 2, 3)] == [True] * 3
    assert document.text.endswith("- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An")


def test_merged_cells_repeat_their_text() -> None:
    from reportlab.platypus import SimpleDocTemplate, Table

    grid = [["Xã", "Số thôn", ""], ["", "Trước", "Sau"], ["Tân Phú", "9", "5"]]
    look = [("GRID", (0, 0), (-1, -1), 1, "black"), ("FONT", (0, 0), (-1, -1), font(), 10),
            ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0))]  # fmt: skip
    file = io.BytesIO()
    SimpleDocTemplate(file).build([Table(grid, style=look)])
    assert lines(file.getvalue()) == [f"{ROW}Xã | Số thôn | Số thôn", f"{ROW}Xã | Trước | Sau", f"{ROW}Tân Phú | 9 | 5"]


def test_a_frame_round_prose_and_a_table_without_rules_are_no_tables() -> None:
    def draw(canvas: Any) -> None:
        canvas.rect(50, 700, 500, 100)
        write(canvas, "Huyện Tân Lập giảm 24 thôn.")
        for at, (unit, number) in enumerate([("Xã Tân Phú", "12"), ("Xã Tân Hòa", "7")]):
            canvas.drawString(60, 600 - 20 * at, unit)
            canvas.drawString(360, 600 - 20 * at, number)

    first, *rows = lines(drawn(draw))
    assert first == "Huyện Tân Lập giảm 24 thôn."
    assert [row.split("   ")[0] for row in rows] == ["Xã Tân Phú", "Xã Tân Hòa"]
    assert [row.split()[-1] for row in rows] == ["12", "7"]


def test_drop_caps_and_letters_printed_twice() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont(font(), 36)
        canvas.drawString(50, 700, "H")
        canvas.setFont(font(), 10)
        for at, line in enumerate(
            ["uyện Tân Lập đã sáp nhập thôn", "thành 24 thôn mới, giảm thôn.", "Nay còn 24 thôn."]
        ):
            for offset in (0, 0.3):
                canvas.drawString(79 + offset, 720 - 12 * at, line)

    assert (
        " ".join(lines(drawn(draw))) == "Huyện Tân Lập đã sáp nhập thôn thành 24 thôn mới, giảm thôn. Nay còn 24 thôn."
    )


@pytest.mark.parametrize(
    "title", ["Microsoft Word - bao cao.doc", "untitled", "bao_cao_2020", "UBND huyện", "Mẫu cũ khác hẳn"]
)
def test_titles_of_programs_and_templates_are_none(title: str) -> None:
    def draw(canvas: Any) -> None:
        canvas.setTitle(title)
        write(canvas, "UBND huyện", TITLE)

    assert read_pdf(drawn(draw)).title is None


def test_locked_empty_long_and_foreign_files(monkeypatch: pytest.MonkeyPatch) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    def draw(canvas: Any) -> None:
        write(canvas, TITLE)

    assert reason(drawn(draw, encrypt=StandardEncryption("mo", "chu"))).startswith("password-protected: ")
    assert lines(drawn(draw, encrypt=StandardEncryption("", "chu"))) == [TITLE]
    assert reason(drawn(lambda canvas: canvas.showPage())).startswith("empty: ")
    assert reason(b"").startswith("damaged: ")
    assert reason(b"%PDF-1.7\n%%EOF").startswith("damaged: ")
    monkeypatch.setattr(reader, "MAX_PAGES", 2)
    assert reason(report()).startswith("too-large: ")
    monkeypatch.setattr(reader, "TIME_LIMIT", -1.0)
    assert reason(newspaper(2)).startswith("too-slow: ")


def with_streams(page: bytes, form: bytes) -> bytes:
    """A PDF of one page, written by hand."""
    forms = [
        f"{at} 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F {at + 1} 0 R>>>>/Length {len(form)}>>"
        f"stream\n{form.decode()}\nendstream endobj\n"
        for at in range(5, 20)
    ]
    head = "/Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>"
    start = (
        f"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        f"3 0 obj<<{head}>>endobj\n{''.join(forms)}4 0 obj<</Length {len(page)}/Filter/FlateDecode>>stream\n"
    )
    return start.encode() + page + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.mark.parametrize(
    ("page", "form"),
    [
        (zlib.compress(b"q Q " * 20_000_000, 9), b""),  # 80 MB in 80 kB
        (zlib.compress(b"q Q " * 3_000_000, 9), b""),  # a program without end
        (zlib.compress(b"/F Do"), b"/F Do " * 10),  # forms that call forms
    ],
)
def test_files_made_to_harm_are_refused(page: bytes, form: bytes) -> None:
    assert reason(with_streams(page, form)).startswith("too-large: ")


@pytest.mark.parametrize("ended", [b"", b"\n%%EOF"])
def test_truncated_files_are_read_or_refused(ended: bytes) -> None:
    raw = report(20)
    for length in range(0, len(raw), len(raw) // 40):
        assert outcome(raw[:length] + ended)


def test_damaged_files_are_read_or_refused() -> None:
    chance = random.Random(7)
    for _ in range(60):
        raw = bytearray(report(20))
        for _ in range(chance.choice([1, 10, 50])):
            raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        assert outcome(bytes(raw))


@cache
def scan(*, stamped: bool = False, with_text_page: bool = False) -> bytes:
    import pypdfium2
    from reportlab.lib.utils import ImageReader

    printed = pypdfium2.PdfDocument(drawn(lambda canvas: write(canvas, TITLE, "Huyện giảm 24 thôn.")))
    picture = printed[0].render(scale=2).to_pil()

    def draw(canvas: Any) -> None:
        canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
        if stamped:
            canvas.setFont(font(), 7)
            canvas.drawString(300, 820, "Người ký: Ủy ban nhân dân huyện Tân Lập, 05/03/2021")
        if with_text_page:
            canvas.showPage()
            write(canvas, "Ông Nguyễn Văn An là Chủ tịch huyện.")

    return drawn(draw)


def test_scans_are_refused_with_what_to_do() -> None:
    assert reason(scan()).startswith("scanned: ")
    assert "--ocr" in reason(scan())
    assert "apt install tesseract-ocr tesseract-ocr-vie" in reason(scan(stamped=True))
    assert read_pdf(scan(with_text_page=True)).warnings == ("pages-without-text",)


def test_scans_without_the_program_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr.shutil, "which", lambda program: None)
    assert "tesseract is missing" in reason(scan(), ocr=True)


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_scans_are_read_where_asked_for() -> None:
    try:
        found = read_pdf(scan(with_text_page=True), ocr=True)
    except Unreadable as refused:
        pytest.skip(str(refused))
    assert found.warnings == ("ocr",)
    assert found.text.split("\f")[0].split("\n")[:2] == [TITLE, "Huyện giảm 24 thôn."]
    assert found.text.split("\f")[1] == "Ông Nguyễn Văn An là Chủ tịch huyện."
