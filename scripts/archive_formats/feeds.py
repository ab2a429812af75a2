"""Articles as they were sent round: a mail each, or all in one feed."""

from __future__ import annotations

from collections.abc import Sequence
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime
from html import escape
from pathlib import Path

from archive_formats.articles import RETRIEVED, Article, Formats, one_file_each
from archive_formats.pages import fragment

_TITLE = "Tin tổng hợp các báo Đảng địa phương"
_HOME = "https://diem-tin.example/"


def mail(article: Article) -> bytes:
    """The article as a newspaper's circular: plain and HTML, both in base64."""
    message = MIMEMultipart("alternative", boundary=f"=_phan_{article.id}")
    plain = "\n\n".join([article.title, *article.body, f"Đọc trên trang: {article.url}"])
    message.attach(MIMEText(plain + "\n", "plain", "utf-8"))
    message.attach(MIMEText(_mail_page(article), "html", "utf-8"))
    headers = {
        "From": f"{_encoded(f'Báo {article.source}')} <toasoan@{article.source}>",
        "To": f"{_encoded('Bạn đọc')} <ban-doc@diem-tin.example>",
        "Subject": _encoded(article.title),
        "Date": format_datetime(article.moment),
        "Message-ID": f"<{article.id}@{article.source}>",
        "Archived-At": f"<{article.url}>",
    }
    lines = "".join(f"{name}: {content}\n" for name, content in headers.items())
    return (lines + message.as_string()).replace("\n", "\r\n").encode("ascii")


def _encoded(text: str) -> str:
    return Header(text, "utf-8").encode()


def _mail_page(article: Article) -> str:
    link = f'<p><a href="{escape(article.url)}">Đọc trên trang của báo</a></p>'
    title = escape(article.title)
    return f"<html><body>\n<h1>{title}</h1>\n{fragment(article)}\n{link}\n</body></html>\n"


def _rss_item(article: Article) -> str:
    return f"""<item>
<title>{escape(article.title)}</title>
<link>{escape(article.url)}</link>
<guid isPermaLink="false">{escape(article.id)}</guid>
<pubDate>{format_datetime(article.moment)}</pubDate>
<dc:creator>{escape(article.author)}</dc:creator>
<description>{escape(article.lead)}</description>
<content:encoded>{escape(fragment(article))}</content:encoded>
</item>"""


def _write_rss(articles: Sequence[Article], folder: Path) -> None:
    """RSS 2.0 whose items hold the articles whole, as escaped HTML."""
    items = "\n".join(_rss_item(article) for article in articles)
    feed = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>{_TITLE}</title>
<link>{_HOME}</link>
<description>{_TITLE}</description>
<language>vi</language>
<lastBuildDate>{format_datetime(RETRIEVED)}</lastBuildDate>
{items}
</channel>
</rss>
"""
    (folder / "feed.xml").write_text(feed, encoding="utf-8")


def _atom_entry(article: Article) -> str:
    return f"""<entry>
<title>{escape(article.title)}</title>
<id>{escape(article.id)}</id>
<link rel="alternate" type="text/html" href="{escape(article.url)}"/>
<published>{article.moment.isoformat()}</published>
<updated>{RETRIEVED.isoformat()}</updated>
<author><name>{escape(article.author or article.source)}</name></author>
<summary>{escape(article.lead)}</summary>
<content type="html">{escape(fragment(article))}</content>
</entry>"""


def _write_atom(articles: Sequence[Article], folder: Path) -> None:
    """Atom 1.0; every entry was touched again long after it was published."""
    entries = "\n".join(_atom_entry(article) for article in articles)
    feed = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">
<title>{_TITLE}</title>
<id>{_HOME}</id>
<link rel="self" href="{_HOME}feed.atom"/>
<updated>{RETRIEVED.isoformat()}</updated>
{entries}
</feed>
"""
    (folder / "feed.atom").write_text(feed, encoding="utf-8")


FORMATS: Formats = {"eml": one_file_each(mail, "eml"), "rss": _write_rss, "atom": _write_atom}
