"""Web pages as newspapers serve them, with all that stands around the article, and as browsers save them."""

from __future__ import annotations

import base64
import json
import quopri
from collections.abc import Iterable
from datetime import timedelta
from email.header import Header
from email.utils import format_datetime
from html import escape

from archive_formats import encodings
from archive_formats.articles import RETRIEVED, Article, Formats, Paragraph, one_file_each

# Headlines and comments that would be facts, were they taken for part of the article.
_HEADLINES = (
    "Tân Lập giảm 24 thôn sau sắp xếp, bí thư chi bộ kiêm trưởng thôn đạt 95%",
    "Phú Sơn: 11/15 xã có bí thư kiêm chủ tịch UBND",
    "Sáp nhập hai xã Đông Hà và Tây Hà thành xã Hà Giang Đông từ 1/7/2019",
    "Giá lúa hè thu nhích thêm 200 đồng/kg",
)
_COMMENTS = (
    ("Minh Tâm", "14:02 04/02/2026", "Ủng hộ, nhưng xã tôi còn 9 ấp, nên nhập bớt 3 ấp nữa."),
    ("Năm Lộc", "20:41 04/02/2026", "Bí thư kiêm chủ tịch thì dân đỡ chạy lòng vòng."),
)
_SECTIONS = ("Thời sự", "Chính trị", "Kinh tế", "Xã hội", "Pháp luật", "Văn hóa", "Thể thao")
_STYLE = "body{font:16px serif}.sidebar{float:right;width:300px}.comments li{list-style:none}\n"
# One white point.
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAsVvYqwAAAABJRU5ErkJggg==")


def fragment(article: Article) -> str:
    """Lead, body and signature as HTML, without a page around them."""
    parts = [f'<p class="sapo"><strong>{escape(article.lead)}</strong></p>']
    parts += [_element(paragraph) for paragraph in article.paragraphs]
    if article.signature:
        parts.append(f'<p class="author" style="text-align:right"><b>{escape(article.signature)}</b></p>')
    return "\n".join(parts)


def _element(paragraph: Paragraph) -> str:
    text = escape(paragraph.text)
    match paragraph.kind:
        case "heading":
            return f"<h3>{text}</h3>"
        case "caption":
            return f'<figure><img src="/anh/1.png" alt=""><figcaption>{text}</figcaption></figure>'
        case _:
            return f"<p>{text}</p>"


def page(article: Article, *, charset: str = "utf-8", scripts: bool = True) -> str:
    """The article in a newspaper's page; ``charset`` is what the page says of itself."""
    return f"""<!DOCTYPE html>
<html lang="vi">
<head>
{_head(article, charset)}{_scripts(article) if scripts else ""}</head>
<body>
<header>
<div class="top"><span>Thứ Ba, 03/02/2026</span> <a href="/rss">RSS</a> <a href="/lien-he">Liên hệ</a></div>
<nav><ul>{_links(_SECTIONS)}</ul></nav>
</header>
<main>
<div class="breadcrumb"><a href="/">Trang chủ</a> › <a href="/chinh-tri">Chính trị</a></div>
<aside class="sidebar"><h4>Tin mới nhất</h4><ul>{_links(_HEADLINES)}</ul></aside>
<article class="detail">
<h1 class="title">{escape(article.title)}</h1>
<div class="meta"><time datetime="{article.moment.isoformat()}">{article.weekday}, {article.date_line}</time></div>
<div class="share"><a href="#fb">Chia sẻ</a> <a href="#in">In bài viết</a></div>
<div class="content">
{fragment(article)}
</div>
<div class="tags">Từ khóa: <a href="/tag/tinh-gon">tinh gọn bộ máy</a>, <a href="/tag/sap-xep">sắp xếp</a></div>
</article>
<section class="related"><h4>Tin liên quan</h4><ul>{_links(reversed(_HEADLINES))}</ul></section>
<section class="comments"><h4>Ý kiến bạn đọc ({len(_COMMENTS)})</h4>
<form action="/binh-luan" method="post"><textarea placeholder="Nhập ý kiến của bạn"></textarea></form>
<ul>{_comments()}</ul></section>
</main>
<footer><p>Báo điện tử {article.source}. Tòa soạn: số 12, đường Trần Hưng Đạo. Điện thoại: 0299.3821.456.</p>
<p>Giấy phép số 186/GP-BTTTT ngày 24/4/2013. Ghi rõ nguồn "{article.source}" khi phát hành lại thông tin.</p></footer>
</body>
</html>
"""


def _head(article: Article, charset: str) -> str:
    title, url, published = escape(article.title), escape(article.url), article.moment.isoformat()
    return f"""<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{title} - Báo điện tử {article.source}</title>
<meta name="description" content="{escape(article.lead)}">
<meta name="author" content="{escape(article.author)}">
<meta property="og:type" content="article">
<meta property="og:site_name" content="{article.source}">
<meta property="og:title" content="{title}">
<meta property="og:url" content="{url}">
<meta property="article:published_time" content="{published}">
<link rel="canonical" href="{url}">
<link rel="stylesheet" href="/css/trang.css">
"""


def _scripts(article: Article) -> str:
    """JSON-LD in ASCII, so that it reads the same in every encoding, and a script that counts visitors."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": article.moment.isoformat(),
        "dateModified": (article.moment + timedelta(days=2)).isoformat(),
        "author": {"@type": "Person", "name": article.author},
        "publisher": {"@type": "NewsMediaOrganization", "name": article.source, "url": f"https://{article.source}/"},
        "mainEntityOfPage": {"@type": "WebPage", "@id": article.url},
    }
    told = json.dumps(data).replace("</", "<\\/")
    counter = "<script>window.dem=window.dem||[];dem.push('xem');</script>"
    return f'<script type="application/ld+json">{told}</script>\n{counter}\n'


def _links(texts: Iterable[str]) -> str:
    return "".join(f'<li><a href="/tin/{at}.html">{escape(text)}</a></li>' for at, text in enumerate(texts, 1))


def _comments() -> str:
    return "".join(f"<li><b>{who}</b> <i>{when}</i><p>{escape(what)}</p></li>" for who, when, what in _COMMENTS)


def bare_page(article: Article) -> str:
    """The article with its date in sight and nothing said of it in the head."""
    return f"""<html>
<head><title>{escape(article.title)}</title></head>
<body>
<h1>{escape(article.title)}</h1>
<p>{article.weekday}, ngày {article.date_line}</p>
{fragment(article)}
</body>
</html>
"""


def saved_page(article: Article) -> bytes:
    """The page as a browser saves it with its parts: without scripts, in quoted-printable, dated by the saving."""
    boundary = f"----MultipartBoundary--{article.id}----"
    html = quopri.encodestring(page(article, scripts=False).encode()).decode("ascii")
    style = f"https://{article.source}/css/trang.css"
    head = [
        "From: <Saved by Blink>",
        f"Snapshot-Content-Location: {article.url}",
        f"Subject: {Header(article.title, 'utf-8').encode()}",
        f"Date: {format_datetime(RETRIEVED)}",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="{boundary}"',
        "\n",
    ]
    parts = [
        _part("text/html", "quoted-printable", article.url, html, f"\nContent-ID: <frame-{article.id}@mhtml.blink>"),
        _part("text/css", "quoted-printable", style, quopri.encodestring(_STYLE.encode()).decode("ascii")),
        _part("image/png", "base64", f"https://{article.source}/anh/1.png", base64.encodebytes(PNG).decode("ascii")),
    ]
    lines = "\n".join(head) + "".join(f"--{boundary}\n{part}\n" for part in parts) + f"--{boundary}--\n"
    return lines.replace("\n", "\r\n").encode("ascii")


def _part(kind: str, encoding: str, location: str, content: str, more: str = "") -> str:
    return (
        f"Content-Type: {kind}{more}\nContent-Transfer-Encoding: {encoding}\nContent-Location: {location}\n\n{content}"
    )


FORMATS: Formats = {
    "html": one_file_each(lambda article: page(article).encode(), "html"),
    "html-entities": one_file_each(
        lambda article: page(article, charset="us-ascii").encode("ascii", "xmlcharrefreplace"), "html"
    ),
    "html-bare": one_file_each(lambda article: bare_page(article).encode(), "html"),
    "html-windows-1258": one_file_each(
        lambda article: encodings.to_windows_1258(page(article, charset="windows-1258")), "html"
    ),
    "mhtml": one_file_each(saved_page, "mhtml"),
}
