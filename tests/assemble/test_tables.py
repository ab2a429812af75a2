"""Tables of reports: the row's place, the column's posts or units, the cell as evidence."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tinhgon import Extractor
from tinhgon.ingest import document_from_text, read
from tinhgon.records import Document, Fact

HEAD = "Kết quả sắp xếp ở huyện Lộc Bình\n\nNgày 12/10/2021\n\nHuyện Lộc Bình (tỉnh Lạng Sơn) báo cáo kết quả.\n\n"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor.load()


@pytest.fixture
def facts(extractor: Extractor):  # type: ignore[no-untyped-def]
    def facts(table: str, head: str = HEAD) -> list[Fact]:
        document = document_from_text(head + table, id="a")
        assert isinstance(document, Document)
        found = [
            f for f in extractor.claims(document).facts if any(p.startswith("table.") for p in f.provenance.patterns)
        ]
        for fact in found:
            for span in (*fact.provenance.quote, fact.provenance.sentence):
                assert document.text[span.start : span.end] == span.text
        return found

    return facts


ROWS = (
    ("STT", "Đơn vị", "Tổng số xã", "Bí thư kiêm Chủ tịch UBND", "Tỷ lệ (%)"),
    ("1", "Lộc Bình", "21", "10", "47,6"),
    ("2", "Cao Lộc", "22", "5", "22,7"),
)
CAPTION = "Bố trí cán bộ ở các huyện của tỉnh Lạng Sơn, tính đến ngày 30/9/2021"
PROSE = (
    "Tỉnh Lạng Sơn tiếp tục chỉ đạo các huyện, thành phố bố trí cán bộ theo chủ trương của Trung ương trong năm nay."
)


def as_page() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    body = f"<h1>Gọn bộ máy</h1><p>12/10/2021</p><p>{PROSE}</p><p>{CAPTION}</p><table>{rows}</table><p>{PROSE} Hết.</p>"
    return f"<html><body>{body}</body></html>".encode()


def as_word() -> bytes:
    from docx import Document as Word

    word, out = Word(), io.BytesIO()
    for text in ("Gọn bộ máy", "12/10/2021", PROSE, CAPTION):
        word.add_paragraph(text)
    table = word.add_table(0, len(ROWS[0]))
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    word.save(out)
    return out.getvalue()


def as_pdf() -> bytes:
    import matplotlib
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    pdfmetrics.registerFont(TTFont("DejaVu", f"{matplotlib.get_data_path()}/fonts/ttf/DejaVuSans.ttf"))
    style = ParagraphStyle("body", fontName="DejaVu", fontSize=10, leading=13)
    out = io.BytesIO()
    texts = [
        part for text in ("Gọn bộ máy", "12/10/2021", PROSE, CAPTION) for part in (Paragraph(text, style), Spacer(1, 9))
    ]
    grid = Table(
        [[Paragraph(cell, style) for cell in row] for row in ROWS], style=[("GRID", (0, 0), (-1, -1), 0.5, "black")]
    )
    SimpleDocTemplate(out).build([*texts, grid])
    return out.getvalue()


@pytest.mark.parametrize(("suffix", "make"), [(".html", as_page), (".docx", as_word), (".pdf", as_pdf)])
def test_tables_of_pages_word_and_pdf_files(
    suffix: str, make: Callable[[], bytes], tmp_path: Path, extractor: Extractor
) -> None:
    file = tmp_path / f"bao-cao{suffix}"
    file.write_bytes(make())
    document = read(file)
    assert isinstance(document, Document)
    found = [short(fact) for fact in extractor.claims(document).facts]
    assert found == [
        ("concurrent_posts", "commune", "Lộc Bình", 10, 21, 47.6, None, None),
        ("concurrent_posts", "commune", "Cao Lộc", 5, 22, 22.7, None, None),
    ]


def short(fact: Fact) -> tuple[object, ...]:
    area = fact.area.commune or fact.area.district or fact.area.province
    return fact.measure, fact.object, area, fact.value, fact.total, fact.percent, fact.before, fact.after


def test_posts_with_their_total_and_share(facts) -> None:  # type: ignore[no-untyped-def]
    found = facts(
        "Bảng 1. Bố trí cán bộ ở các huyện của tỉnh Lạng Sơn (tính đến ngày 30/9/2021)\n"
        "STT | Đơn vị | Tổng số xã | Bí thư kiêm Chủ tịch UBND | Tỷ lệ (%)\n(1) | (2) | (3) | (4) | (5)\n"
        "1 | Lộc Bình | 21 | 10 | 47,6\n2 | Huyện Cao Lộc | 22 | 5 | 22,7\n | Toàn tỉnh | 200 | 70 | 35\n"
    )
    assert [short(fact) for fact in found] == [
        ("concurrent_posts", "commune", "Lộc Bình", 10, 21, 47.6, None, None),
        ("concurrent_posts", "commune", "Cao Lộc", 5, 22, 22.7, None, None),
        ("concurrent_posts", "commune", "Lạng Sơn", 70, 200, 35, None, None),
    ]
    assert {fact.roles for fact in found} == {("bi_thu_cap_uy", "chu_tich_ubnd")}
    assert {fact.as_of for fact in found} == {"2021-09-30"}
    assert [span.text for span in found[0].provenance.quote] == ["21", "10", "47,6"]
    assert found[0].provenance.sentence.text == "1 | Lộc Bình | 21 | 10 | 47,6"
    assert "Bí thư kiêm Chủ tịch UBND" in found[0].provenance.cues


def test_units_before_and_after(facts) -> None:  # type: ignore[no-untyped-def]
    found = facts(
        "Kết quả sắp xếp thôn:\nXã | Trước sắp xếp | Sau sắp xếp | Giảm\nĐông Quan | 15 | 8 | 7\nKhuất Xá | 20 | 12 | 8\n"
        "Toàn huyện | 35 | 20 | 15\n"
    )
    assert [short(fact) for fact in found] == [
        ("reduction", "hamlet", "Đông Quan", 7, None, None, 15, 8),
        ("reduction", "hamlet", "Khuất Xá", 8, None, None, 20, 12),
        ("reduction", "hamlet", "Lộc Bình", 15, None, None, 35, 20),
    ]


def test_a_row_for_each_pairing(facts) -> None:  # type: ignore[no-untyped-def]
    found = facts(
        "STT | Chức danh | Kết quả | Tỷ lệ\n1 | Bí thư đảng ủy kiêm Chủ tịch HĐND | 19/21 xã, thị trấn | 90,5%\n"
        "2 | Bí thư chi bộ kiêm Trưởng thôn | 96 thôn | -\n"
    )
    assert [short(fact)[:6] for fact in found] == [
        ("concurrent_posts", "commune", "Lộc Bình", 19, 21, 90.5),
        ("concurrent_posts", "hamlet", "Lộc Bình", 96, None, None),
    ]


def test_a_row_for_each_kind_of_unit(facts) -> None:  # type: ignore[no-untyped-def]
    found = facts("Loại đơn vị | Trước sắp xếp | Sau sắp xếp\nXã, thị trấn | 29 | 21\nThôn | 287 | 212\n")
    assert [short(fact)[1:3] + short(fact)[6:] for fact in found] == [
        ("commune", "Lộc Bình", 29, 21),
        ("hamlet", "Lộc Bình", 287, 212),
    ]


def test_a_plan_is_told_as_one(facts) -> None:  # type: ignore[no-untyped-def]
    found = facts("Phương án sắp xếp thôn:\nXã | Trước sắp xếp | Sau sắp xếp\nĐông Quan | 15 | 8\nKhuất Xá | 20 | 12\n")
    assert {fact.status for fact in found} == {"planned"}
    assert len(found) == 2


@pytest.mark.parametrize(
    "table",
    [
        "Xã | Diện tích | Dân số\nĐông Quan | 15,2 | 8.120\nKhuất Xá | 20,1 | 12.000\n",
        "Xã | Trước sắp xếp | Sau sắp xếp\nĐông Quan | 8 | 15\nKhuất Xá | - | -\n",
        "Xã | Tổng số thôn\nĐông Quan | 8\nKhuất Xá | 9\n",
        "Đơn vị | Trước sắp xếp | Sau sắp xếp\nCông ty A | 15 | 8\nCông ty B | 9 | 5\n",
        "Thời gian | Nội dung\n08h00 | Đón 150 đại biểu\n09h00 | Khai mạc\n",
    ],
)
def test_what_a_table_does_not_say_for_sure_is_no_fact(table: str, facts) -> None:  # type: ignore[no-untyped-def]
    assert facts(table) == []


def test_shares_that_cannot_be_are_left_out(facts) -> None:  # type: ignore[no-untyped-def]
    table = "Đơn vị | Tổng số xã | Bí thư kiêm Chủ tịch\nĐông Quan | 5 | 9\nToàn huyện | 21 | 10\n"
    assert [fact.value for fact in facts(table)] == [10]


@pytest.mark.parametrize(
    "head",
    [
        "Bí thư chi bộ không kiêm trưởng thôn", "Số thôn chưa sáp nhập", "Số thôn còn dưới 50 hộ", "Số thôn thuộc diện sáp nhập",
        "Bí thư chi bộ kiêm trưởng thôn là nữ", "Số cấp phó dôi dư còn lại", "Số thôn mới thành lập sau sắp xếp",
    ],
)  # fmt: skip
def test_a_head_that_says_more_than_is_understood_gives_no_fact(head: str, facts) -> None:  # type: ignore[no-untyped-def]
    assert facts(f"Kết quả sắp xếp thôn:\nXã | {head}\nĐông Quan | 8\nKhuất Xá | 9\n") == []


@pytest.mark.parametrize(
    ("head", "status"),
    [("Số thôn dự kiến giảm", "planned"), ("Chỉ tiêu giảm số thôn", "required"), ("Số thôn giảm", "achieved")],
)
def test_a_head_tells_whether_it_has_happened(head: str, status: str, facts) -> None:  # type: ignore[no-untyped-def]
    assert {fact.status for fact in facts(f"Xã | {head}\nĐông Quan | 8\nKhuất Xá | 9\n")} == {status}


def test_a_sum_of_some_rows_is_nobodys_number(facts) -> None:  # type: ignore[no-untyped-def]
    found = facts(
        "Xã | Trước sắp xếp | Sau sắp xếp\nĐông Quan | 15 | 8\nTổng | 15 | 8\n".replace("Xã |", "Số thôn theo xã |")
    )
    assert [fact.area.commune for fact in found] in ([], ["Đông Quan"])


def test_the_whole_country_is_not_the_province_of_the_paper(facts) -> None:  # type: ignore[no-untyped-def]
    found = facts(
        "Đơn vị | Số xã trước sắp xếp | Số xã sau sắp xếp\nCả nước | 11.162 | 10.603\nToàn thành phố | 29 | 21\n"
    )
    assert found == []


def test_what_is_left_after_a_cut_is_not_cut(facts) -> None:  # type: ignore[no-untyped-def]
    found = facts("Xã | Số thôn trước khi giảm | Số thôn sau khi giảm\nĐông Quan | 20 | 15\nKhuất Xá | 9 | 7\n")
    assert [short(fact)[3:] for fact in found] == [(None, None, None, 20, 15), (None, None, None, 9, 7)]


def test_the_caption_does_not_name_what_a_head_counts(facts) -> None:  # type: ignore[no-untyped-def]
    assert facts("Số hộ nghèo của các thôn:\nXã | Trước | Sau\nĐông Quan | 20 | 18\nKhuất Xá | 9 | 8\n") == []
    found = facts("Sắp xếp thôn:\nXã | Số cấp phó giảm\nĐông Quan | 2\nKhuất Xá | 3\n")
    assert "hamlet" not in {fact.object for fact in found}
