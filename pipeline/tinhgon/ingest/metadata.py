"""What a page's head and footer tell: title, date, address, outlet, author."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from tinhgon.ingest.dates import date_in_url, parse_timestamp
from tinhgon.ingest.normalise import normalise
from tinhgon.ingest.outlets import Outlet, host_of, outlets

_TITLES = ("og:title", "twitter:title", "dc.title", "title")
_DATES = (
    "article:published_time", "article:published", "og:published_time", "pubdate", "publishdate",
    "published_time", "datepublished",
    "dc.date.issued", "dc.date", "dcterms.created", "date", "publish-date", "sailthru.date",
    "cxenseparse:recs:publishtime",
)  # fmt: skip
_AUTHORS = ("author", "article:author", "dc.creator", "dable:author")
_ARTICLE_TYPES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "webpage")
_TITLE_JOINTS = re.compile(r"\s+(?:[|»•·]|::|[-–—])\s+|\s*\|\s*")
_ARCHIVES = ("archive.org", "archive.is", "archive.ph", "googleusercontent.com", "facebook.com", "google.com")
_FOOTER = 2000
_OPENING = 5000
_SAVED = re.compile(
    r"<!--[^>]{0,80}?(?:saved from url=\(\d+\)|url:)\s*(?P<url>https?://[^\s<>\"']{1,2000})(?P<rest>[^>]{0,200})-->"
)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_SAVED_DAY = re.compile(rf"saved date: \w{{3}} ({'|'.join(_MONTHS)}) (0[1-9]|[12]\d|3[01]) (20\d\d)")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was found in the head of a page; ``None`` is unknown."""

    title: str | None
    published: str | None
    outlet: Outlet | None
    author: str | None
    url: str | None


def metadata(tree: Any) -> Metadata:
    """The metadata of a whole page, before anything was taken out of it."""
    properties = _properties(tree)
    article = _linked_data(tree)
    url = _address(tree, properties, article)
    title = normalise(properties.get("og:title") or _text(article.get("headline")) or _first(properties, _TITLES) or "")
    page_title = normalise("".join(tree.findtext(".//title") or ""))
    named = _page_outlet(tree, properties, article, url, page_title)
    published = _published(properties, article, tree) or (date_in_url(url) if url else None)
    author = normalise(_author(article) or _first(properties, _AUTHORS) or "") or None
    if author and (
        outlets().by_name(author)
        or host_of(author)
        or len(author.split()) > 8
        or "." in author.strip(".").replace(". ", "")
    ):
        author = None
    headline = without_outlet(title or page_title)
    if outlet_named(headline) is not None or _sounds_like_outlet(headline):
        headline = ""  # the page bears the site's name only
    return Metadata(headline or None, published, named, author, url)


def saved_page(text: str) -> tuple[str | None, str | None]:
    """The address a page was saved from, and the day, as browsers and their extensions note them in a comment.

    >>> saved_page("<!-- saved from url=(0031)https://baolangson.vn/a-1.html --><html>")
    ('https://baolangson.vn/a-1.html', None)
    >>> saved_page("<!-- url: https://baolangson.vn/a-1.html saved date: Thu Mar 05 2020 10:00:00 GMT+0700 -->")
    ('https://baolangson.vn/a-1.html', '2020-03-05')
    """
    note = _SAVED.search(text, 0, _OPENING)
    if note is None:
        return None, None
    day = _SAVED_DAY.search(note["rest"])
    return note["url"], f"{day[3]}-{_MONTHS.index(day[1]) + 1:02}-{day[2]}" if day else None


def without_outlet(title: str) -> str:
    """A page's title without the outlet's name at its end or beginning.

    >>> without_outlet("Gọn bộ máy - nhìn từ xã Tân Phú | Báo Hà Tĩnh"), without_outlet("Sáp nhập thôn - bước đi đầu")
    ('Gọn bộ máy - nhìn từ xã Tân Phú', 'Sáp nhập thôn - bước đi đầu')
    """
    joints = list(_TITLE_JOINTS.finditer(title))
    for joint in reversed(joints):
        tail = title[joint.end() :]
        if outlet_named(tail) is not None or _sounds_like_outlet(tail):
            return without_outlet(title[: joint.start()])
    if joints and outlet_named(title[: joints[0].start()]) is not None:
        return title[joints[0].end() :]
    return title


def outlet_named(name: str) -> Outlet | None:
    """The outlet of that name or address."""
    return outlets().by_name(name) or outlets().by_domain(name.strip().lower())


def _sounds_like_outlet(name: str) -> bool:
    return (
        re.match(
            r"(?:báo|đài|cổng|trang|tạp chí|tin)\s.*(?:điện tử|online|thông tin|truyền hình|\.vn)\b|[\w.-]+\.(?:vn|"
            r"net|com)$",
            name,
            re.IGNORECASE,
        )
        is not None
    )


def date_by_htmldate(tree: Any) -> str | None:
    """The last resort: what the library for it finds in addresses and markup, not in the text."""
    from htmldate import find_date

    try:
        found = find_date(
            tree, extensive_search=False, original_date=True, min_date="1995-01-01", max_date="2099-12-31"
        )
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None
    return found if isinstance(found, str) else None


def _properties(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _linked_data(tree: Any) -> dict[str, Any]:
    """The article's own JSON-LD object, wherever in the graph it stands."""
    for element in tree.iter("script"):
        if (element.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads(normalise(element.text or ""), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(data):
            kinds = item.get("@type")
            names = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
            if any(isinstance(kind, str) and kind.lower() in _ARTICLE_TYPES for kind in names) and (
                "headline" in item or "datePublished" in item
            ):
                return item
    return {}


def _objects(data: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    queue: list[Any] = [data]
    while queue and len(found) < 100:
        item = queue.pop(0)
        if isinstance(item, list):
            queue.extend(item[:100])
        elif isinstance(item, dict):
            found.append(item)
            queue.append(item.get("@graph"))
    return found


def _address(tree: Any, properties: dict[str, str], article: dict[str, Any]) -> str | None:
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    page = article.get("mainEntityOfPage")
    stated = [
        *links,
        properties.get("og:url"),
        _text(article.get("url")),
        _text(page.get("@id")) if isinstance(page, dict) else _text(page),
    ]
    hosts = [url for url in stated if url and (host := host_of(url)) and not host.endswith(_ARCHIVES)]
    return hosts[0] if hosts else None


def _published(properties: dict[str, str], article: dict[str, Any], tree: Any) -> str | None:
    stated = [_first(properties, (name,)) for name in _DATES]
    stated.insert(1, _text(article.get("datePublished")))
    times = [element.get("datetime") for element in tree.iter("time")]
    stated += [time for time in times[:1] if time]
    return next((day for value in stated if value and (day := parse_timestamp(value)) is not None), None)


def _page_outlet(
    tree: Any, properties: dict[str, str], article: dict[str, Any], url: str | None, page_title: str
) -> Outlet | None:
    """By address, by the name of the site, by the end of the page's title, by the footer."""
    known = outlets()
    host = host_of(url) if url else None
    if host is not None:
        return known.by_domain(host) or Outlet(host, None)
    publisher = article.get("publisher")
    names = [properties.get("og:site_name"), _text(publisher.get("name")) if isinstance(publisher, dict) else None]
    names += _TITLE_JOINTS.split(page_title)[-1:]
    for name in names:
        if name and (named := outlet_named(normalise(name))):
            return named
    footers = list(tree.iter("footer")) or [tree]
    text = " ".join(_visible_text(footers[-1])[-_FOOTER:].split())
    if named := known.named_in(text):
        return named
    site = normalise(properties.get("og:site_name") or "")
    return Outlet(site.lower(), None) if re.fullmatch(r"(?:[a-z0-9-]+\.)+(?:vn|net|com|org)", site.lower()) else None


def _visible_text(element: Any) -> str:
    parts: list[str] = []
    for inner in element.iter():
        if inner.tag not in ("script", "style", "noscript", "head", "title"):
            parts.append(inner.text or "")
        parts.append(inner.tail or "")
    return " ".join(parts)


def _author(article: dict[str, Any]) -> str | None:
    author = article.get("author")
    if isinstance(author, list):
        author = author[0] if author else None
    return _text(author.get("name")) if isinstance(author, dict) else _text(author)


def _first(properties: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((properties[name] for name in names if properties.get(name)), None)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
