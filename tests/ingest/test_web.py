"""Pages in the layouts that Vietnamese papers use: the body whole, in order, and nothing beside it."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from tinhgon.ingest import document_from_html
from tinhgon.ingest.page import MAX_ELEMENTS
from tinhgon.records import Document, Reject

LEAD = "Sau hai năm sắp xếp, huyện Tân Lập giảm 24 thôn, bộ máy ở cơ sở gọn lại mà người dân vẫn được phục vụ tốt."
FIRST = "Theo Phòng Nội vụ, toàn huyện sáp nhập 48 thôn thành 24 thôn mới; số thôn còn lại là 112, giảm 17,6% so với năm 2018."
SECOND = "Ông Lê Văn Bền, Bí thư Chi bộ kiêm Trưởng thôn Đông, cho biết việc họp dân nay chỉ còn một lần mỗi tháng."
THIRD = "Năm 2022, huyện phấn đấu 70% số thôn có bí thư chi bộ kiêm trưởng thôn, đồng thời giảm thêm 5 trường học."
TITLE = "Tân Lập: Bớt thôn, thêm việc"


def read(html: str) -> Document:
    document = document_from_html(html, id="trang")
    assert isinstance(document, Document), document
    return document


def kinds(document: Document) -> list[str]:
    return [block.kind for block in document.blocks]


def lines(document: Document) -> list[str]:
    return document.text.split("\n")


def test_portal_with_open_graph_and_boxes_inside_the_body() -> None:
    document = read(f"""<!DOCTYPE html><html><head><title>{TITLE} - Báo Thanh Hóa điện tử</title>
    <meta property="og:title" content="{TITLE}"><meta property="article:published_time" content="2021-03-04T23:30:00Z">
    <link rel="canonical" href="https://www.baothanhhoa.vn/chinh-tri/tan-lap-1234.htm"></head><body>
    <div class="header-top"><a href="/">Trang chủ</a><a href="/x">Kinh tế</a></div>
    <section class="section page-detail top-detail"><div class="container"><div class="sidebar-1">
    <h1 class="title-detail">{TITLE}</h1><span class="date">Thứ sáu, 5/3/2021, 06:30 (GMT+7)</span>
    <p class="description">{LEAD}</p>
    <article class="fck_detail"><p class="Normal">{FIRST}</p>
    <div class="box-tinlienquan"><a href="/1">Thọ Xuân giảm 12 thôn</a></div>
    <figure><picture><img src="a.jpg"></picture><figcaption><p class="Image">Họp dân ở thôn Đông. Ảnh: <em>Hà Vy</em></p></figcaption></figure>
    <p class="Normal"><strong>Chuyện người giữ hai vai</strong></p><p class="Normal">{SECOND}</p>
    <p><b>Xem thêm:</b> <a href="/2">Hà Trung sáp nhập 6 xã thành 3 xã trong năm nay, ai về đâu</a></p>
    <p class="Normal">{THIRD}</p><p class="author_mail" style="text-align:right"><strong>Hà Vy</strong></p></article>
    <div class="list-news"><h3>Tin cùng chuyên mục</h3><ul><li><a href="/3">Nông Cống giảm 9 thôn</a></li></ul></div>
    <div id="box_comment"><h3>Ý kiến bạn đọc (12)</h3><p>Tôi thấy nhập thôn như vậy là hợp lòng dân, mong huyện làm tiếp ở các xã còn lại cho đồng bộ.</p></div>
    </div></div></section><footer>Tòa soạn: số 1 phố Mới. Giấy phép số 12/GP-BTTTT.</footer></body></html>""")
    assert lines(document) == [
        TITLE, "Thứ sáu, 5/3/2021, 06:30 (GMT+7)", LEAD, FIRST, "Họp dân ở thôn Đông. Ảnh: Hà Vy",
        "Chuyện người giữ hai vai", SECOND, THIRD, "Hà Vy",
    ]  # fmt: skip
    assert kinds(document) == [
        "title",
        "dateline",
        "lead",
        "paragraph",
        "caption",
        "heading",
        "paragraph",
        "paragraph",
        "signature",
    ]
    assert (document.title, document.published, document.source) == (TITLE, "2021-03-05", "baothanhhoa.vn")
    assert (document.province, document.author, document.warnings) == ("Thanh Hóa", "Hà Vy", ())


def test_old_layout_of_tables_with_breaks_for_paragraphs() -> None:
    document = read(f"""<HTML><HEAD><TITLE>Báo Hậu Giang Online</TITLE></HEAD><BODY>
    <TABLE width=980><TR><TD colspan=2><a href=/>Trang chủ</a> | <a href=/ct>Chính trị</a> | <a href=/kt>Kinh tế</a></TD></TR>
    <TR><TD width=160 valign=top><a href=/1>Thời sự</a><br><a href=/2>Nông thôn mới</a><br><a href=/3>Pháp luật</a></TD>
    <TD><FONT class=ngay>Cập nhật: 08:02 - 11/05/2012</FONT><br><FONT class=tieude><B>{TITLE}</B></FONT><br><br>
    <B>{LEAD}</B><br><br>{FIRST}<br><br>{SECOND}<br>
    <TABLE align=right width=200><TR><TD><IMG src=a.jpg></TD></TR><TR><TD><I>Một góc thôn Đông. Ảnh: T.L</I></TD></TR></TABLE>
    {THIRD}<br><br><div align=right><B>MINH TÂM</B></div></TD></TR>
    <TR><TD colspan=2>Các tin khác<br><a href=/5>Vị Thủy giảm 3 ấp</a><br><a href=/6>Long Mỹ giảm 2 ấp</a></TD></TR>
    <TR><TD colspan=2>© Báo Hậu Giang. Tổng biên tập: Nguyễn A. Điện thoại: 0711 1234</TD></TR></TABLE></BODY></HTML>""")
    assert document.title == TITLE
    assert lines(document)[1:] == [
        "Cập nhật: 08:02 - 11/05/2012",
        LEAD,
        FIRST,
        SECOND,
        "Một góc thôn Đông. Ảnh: T.L",
        THIRD,
        "MINH TÂM",
    ]
    assert (document.published, document.source, document.province) == ("2012-05-11", "baohaugiang.com.vn", "Hậu Giang")


def test_divs_without_any_meaning() -> None:
    document = read(f"""<html><head><meta property="og:title" content="{TITLE}"></head><body><div><div><a href="/">Báo</a></div>
    <div><div><div>{TITLE}</div><div>16:45, 18/12/2024</div><div><div>{LEAD}</div><div>{FIRST}</div><div>{SECOND}</div><div>{THIRD}</div></div>
    <div>Thu Hà</div></div><div><div>Đọc nhiều</div><div><a href="/1">Giá vàng hôm nay tăng mạnh</a></div></div></div></div></body></html>""")
    assert lines(document) == [TITLE, "16:45, 18/12/2024", LEAD, FIRST, SECOND, THIRD, "Thu Hà"]
    assert document.published == "2024-12-18"


def test_provincial_system_with_json_ld_scripts_frames_and_entities() -> None:
    document = read(f"""<html><head><script type="application/ld+json">{{"@context":"https://schema.org","@graph":[
    {{"@type":"BreadcrumbList"}},{{"@type":["NewsArticle"],"headline":"{TITLE}","datePublished":"2020-08-01T07:00:00+07:00",
    "publisher":{{"@type":"Organization","name":"Báo Lào Cai"}},"author":[{{"@type":"Person","name":"Cao Cường"}}]}}]}}</script></head>
    <body><nav><ul><li><a>Trang chủ</a></li></ul></nav><div class="detail"><h1>T&acirc;n Lập:&nbsp;Bớt th&ocirc;n, th&#234;m việc</h1>
    <div class="social-share"><iframe src="//fb"></iframe>Thích 12</div><h2 class="sapo">{LEAD}</h2><div class="ad-inread"><script>ads()</script>Quảng cáo</div>
    <div class="content"><p>{FIRST}</p><script>var a="<p>rác</p>";</script><iframe>khung</iframe>
    <ul><li>Xã An: giảm 5 thôn;</li><li>Xã Bình: giảm 7 thôn.</li></ul>
    <table border="1"><tr><th>Xã</th><th>Trước</th><th>Sau</th></tr><tr><td>An</td><td>15</td><td>10</td></tr></table>
    <p>{SECOND}</p><p>&nbsp;</p><p>{THIRD}</p></div></div><div class="tags">Từ khóa: <a>sáp nhập</a></div></body></html>""")
    assert document.title == TITLE
    assert lines(document)[1:] == [
        LEAD, FIRST, "Xã An: giảm 5 thôn;", "Xã Bình: giảm 7 thôn.", "Xã | Trước | Sau", "An | 15 | 10", SECOND, THIRD,
    ]  # fmt: skip
    assert (document.published, document.source, document.author) == ("2020-08-01", "baolaocai.vn", "Cao Cường")
    assert kinds(document)[3:7] == ["item", "item", "row", "row"]


def test_windows_1258_page_is_read_by_its_letters(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from tinhgon.ingest import read as read_file

    page = f"<html><head><meta charset=windows-1258></head><body><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    file = tmp_path / "cu.html"
    file.write_bytes(as_windows_1258(page))
    document = read_file(file)
    assert isinstance(document, Document)
    assert lines(document) == [TITLE, FIRST, SECOND]
    assert any(warning.startswith("decoded-as-windows-1258:") for warning in document.warnings)


def as_windows_1258(text: str) -> bytes:
    """The old encoding has no letters with two marks: the tone follows its letter."""
    import unicodedata

    coded = []
    for letter in text:
        try:
            coded.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", letter)
            tones = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
            coded.append((base + tones).encode("cp1258"))
    return b"".join(coded)


def test_interview_keeps_its_questions() -> None:
    document = read(f"""<html><body><article><h1>{TITLE}</h1><p>{LEAD}</p><p><strong>* Thưa ông, kết quả ra sao?</strong></p><p>- {FIRST}</p>
    <p><strong>* Còn khó khăn?</strong></p><p>- Có chứ.</p><p>- {SECOND}</p><p>* Xin cảm ơn ông!</p><p>Lê Na (thực hiện)</p></article></body></html>""")
    assert lines(document)[2:] == [
        "* Thưa ông, kết quả ra sao?",
        f"- {FIRST}",
        "* Còn khó khăn?",
        "- Có chứ.",
        f"- {SECOND}",
        "* Xin cảm ơn ông!",
        "Lê Na (thực hiện)",
    ]
    assert document.author == "Lê Na"


def test_a_short_item_is_not_lost() -> None:
    document = read(
        f"<html><body><div class='menu'><a href='/'>Trang chủ</a></div><h1>{TITLE}</h1><p>Huyện giảm 5 thôn trong năm nay.</p></body></html>"
    )
    assert lines(document) == [TITLE, "Huyện giảm 5 thôn trong năm nay."]


def test_page_without_article_is_rejected() -> None:
    rejected = document_from_html("<html><body><script>x</script><img src=a></body></html>", id="rong")
    assert isinstance(rejected, Reject)
    assert rejected.stage == "extract"


def test_date_of_today_above_the_page_is_not_the_article_s() -> None:
    document = read(f"""<html><body><div class="now">Thứ hai, 10/10/2022</div><div><h1>{TITLE}</h1><div class="t">Thứ sáu, 30/09/2022 - 08:00</div>
    <p>{LEAD}</p><p>{FIRST}</p><p>{SECOND}</p></div></body></html>""")
    assert document.published == "2022-09-30"


def test_dates_in_running_text_are_no_date_line() -> None:
    document = read(
        f"<html><body><h1>{TITLE}</h1><p>{LEAD}</p><p>Theo Kế hoạch ngày 12/3/2018, {FIRST}</p><p>{SECOND}</p></body></html>"
    )
    assert document.published is None
    assert document.warnings == ("no-date",)


@pytest.mark.parametrize(
    "nested", [f"<div>{'<div>' * 3000}{FIRST}", "<p>" * 20_000, "<table>" * 5_000 + FIRST, "<a href=x>" * 20_000]
)
def test_nesting_without_end_takes_bounded_time(nested: str) -> None:
    start = time.process_time()
    document_from_html(f"<html><body><h1>{TITLE}</h1>{nested}", id="sau")
    assert time.process_time() - start < 20


def test_pages_of_endless_elements_are_rejected() -> None:
    rejected = document_from_html("<html><body>" + "<b>a</b>" * (MAX_ELEMENTS + 1), id="dai")
    assert isinstance(rejected, Reject)
    assert "too-large" in rejected.reason


def test_plain_text_does_not_pay_for_the_html_libraries() -> None:
    code = (
        "import sys; from tinhgon.ingest import document_from_text; document_from_text('Tin ngắn\\n\\nHết.', id='a');"
        "assert not {'trafilatura', 'lxml', 'htmldate'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
