"""Articles as the web pages of newspapers, with all that stands around the text: 30 to 80 KB, most of it not words.

An outlet's pages share their style sheets, scripts and menus; the lists of other headlines differ from page to page
and are of the archive's own kind. So nearly every page of a mixed archive holds a cue somewhere, as pages of real
newspapers do, and has to be parsed before it can be passed over.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from functools import cache
from html import escape

from benchmark.articles import Article, Kind, headline

_SECTIONS = (
    "Thời sự|Kinh tế|Xã hội|Pháp luật|Văn hóa|Thể thao|Giải trí|Giáo dục|Sức khỏe|Du lịch|Khoa học|Số hóa|Xe|Ý kiến|"
    "Tâm sự|Đời sống|Thế giới|Bất động sản|Nông thôn|Biển đảo|Ẩm thực|Video|Ảnh|Podcast|Nhịp sống trẻ|Bạn đọc"
).split("|")
_PARTS = "header nav menu banner slide box list item thumb title sapo detail tag share comment related footer".split()
_STYLES = (
    "margin:{}px 0", "padding:{}px", "font-size:{}px", "line-height:{}px", "width:{}px", "border-radius:{}px",
    "float:left", "display:block", "color:#3c3c3c", "background:#f7f7f7", "text-decoration:none", "overflow:hidden",
)  # fmt: skip
_HEADLINES = (24, 45)  # around one article
_STYLE_BYTES, _SCRIPT_BYTES = (4_000, 20_000), (9_000, 26_000)


def page(article: Article, kind: Kind, seed: int) -> str:
    """The article in the page of its outlet."""
    dice = random.Random(f"{seed} page {article.id}")
    title, url = escape(article.title), address(article)
    style, script, menu = _furniture(article.outlet, seed)
    others = [headline(kind, dice) for _ in range(dice.randint(*_HEADLINES))]
    third = len(others) // 3
    body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.paragraphs)
    day = f"{article.published[8:10]}/{article.published[5:7]}/{article.published[:4]}, {article.published[11:16]}"
    return f"""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>{title} - {article.outlet}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{escape(article.lead)}">
<meta property="og:type" content="article">
<meta property="og:site_name" content="{article.outlet}">
<meta property="og:title" content="{title}">
<meta property="og:description" content="{escape(article.lead)}">
<meta property="og:url" content="{url}">
<meta property="og:image" content="{url.removesuffix(".html")}.jpg">
<meta property="article:published_time" content="{article.published}:00+07:00">
<link rel="canonical" href="{url}">
<style>{style}</style>
<script type="application/ld+json">{_linked_data(article, url)}</script>
<script>{script}</script>
</head>
<body class="trang-chi-tiet">
<header class="site-header"><a class="logo" href="/">{article.outlet}</a><nav class="main-menu">{menu}</nav></header>
<div class="hot-news">{_links(others[:third], "hot")}</div>
<main class="container">
<ul class="breadcrumb"><li><a href="/">Trang chủ</a></li><li><a href="/tin">{escape(article.beat)}</a></li></ul>
<article class="detail-content">
<h1 class="detail-title">{title}</h1>
<div class="detail-time"><time datetime="{article.published}:00+07:00">{day} (GMT+7)</time></div>
<h2 class="detail-sapo">{escape(article.lead)}</h2>
<div class="detail-body">
{body}
<p class="author"><strong>{article.author}</strong></p>
</div>
</article>
<section class="related"><h3>Tin liên quan</h3>{_links(others[third : 2 * third], "related")}</section>
<aside class="sidebar"><h3>Đọc nhiều</h3>{_links(others[2 * third :], "sidebar")}</aside>
</main>
<footer class="site-footer"><nav>{menu}</nav>
<p>© {article.outlet}. Ghi rõ nguồn khi phát hành lại thông tin.</p></footer>
<script>{script[: len(script) // 3]}</script>
</body>
</html>
"""


def address(article: Article) -> str:
    """Where the article would stand in the web."""
    return f"https://{_folder(article.outlet)}.example/tin/{article.id}.html"


def _folder(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isascii() and letter.isalnum())


def _linked_data(article: Article, url: str) -> str:
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.lead,
        "datePublished": f"{article.published}:00+07:00",
        "author": {"@type": "Person", "name": article.author},
        "publisher": {"@type": "Organization", "name": article.outlet},
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
    }
    return json.dumps(told, ensure_ascii=False)


def _links(headlines: list[str], place: str) -> str:
    items = (
        f'<li class="item item-{place}"><a class="thumb" href="/tin/{place}-{at}.html" title="{escape(title)}">'
        f'<img class="lazy" src="/img/blank.gif" data-src="/img/{place}/{at}.jpg" alt="{escape(title)}"></a>'
        f'<h4 class="title"><a href="/tin/{place}-{at}.html" data-track="{place}-{at}">{escape(title)}</a></h4></li>'
        for at, title in enumerate(headlines)
    )
    return f'<ul class="list list-{place}">{"".join(items)}</ul>'


@cache
def _furniture(outlet: str, seed: int) -> tuple[str, str, str]:
    """Style sheet, script and menu of an outlet."""
    dice = random.Random(f"{seed} outlet {outlet}")
    style = _filled(dice, dice.randint(*_STYLE_BYTES), _rule)
    script = _filled(dice, dice.randint(*_SCRIPT_BYTES), _statement)
    menu = "".join(
        f'<li class="menu-{at}"><a href="/muc-{at}" title="{name}">{name}</a></li>'
        for at, name in enumerate(dice.sample(_SECTIONS, 20))
    )
    return style, script, f"<ul>{menu}</ul>"


def _filled(dice: random.Random, size: int, piece: Callable[[random.Random], str]) -> str:
    pieces: list[str] = []
    while size > 0:
        pieces.append(piece(dice))
        size -= len(pieces[-1])
    return "".join(pieces)


def _rule(dice: random.Random) -> str:
    styles = ";".join(style.format(dice.randint(2, 640)) for style in dice.sample(_STYLES, 4))
    return f".{dice.choice(_PARTS)}-{dice.choice(_PARTS)} .{dice.choice(_PARTS)}{{{styles}}}"


def _statement(dice: random.Random) -> str:
    name, key = dice.choice(_PARTS), f"{dice.randrange(16**8):08x}"
    width, zone = dice.randint(300, 1400), dice.randint(1000, 9999)
    found = f'var t=document.getElementById("{name}-{key[:3]}");if(t&&e.w<{width}){{t.className+=" on"}}'
    return f'window.q=window.q||[];q.push(["{name}",{{"id":"{key}","zone":{zone},"load":function(e){{{found}}}}}]);'
