"""HTML pages -> Document.

trafilatura says where on the page the article is; the text itself is then read from the page, because for our
purpose nothing of the body may be lost: trafilatura leaves out captions, short headings and authors' lines, and
keeps some comments and boxes of links. Both libraries are imported when the first page is read.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

from tinhgon.ingest import page
from tinhgon.ingest.compose import Facts, Origin, Part, compose
from tinhgon.ingest.dates import is_date_line, parse_date
from tinhgon.ingest.furniture import ends_article, is_teaser, opens_box
from tinhgon.ingest.kinds import author_of, body_parts, is_signature
from tinhgon.ingest.known import known_facts
from tinhgon.ingest.metadata import Metadata, date_by_htmldate, metadata, saved_page
from tinhgon.ingest.normalise import normalise
from tinhgon.ingest.outlets import outlets
from tinhgon.ingest.page import Piece
from tinhgon.ingest.plain import merge
from tinhgon.ingest.press import facts_of, is_byline, is_rubric
from tinhgon.ingest.sniff import after_prolog
from tinhgon.records import BlockKind, Document, Reject
from tinhgon.vietnamese import match_form

_DOCTYPE = re.compile(r"\s*<!doctype\s+html", re.IGNORECASE)
_OPENING = re.compile(r"<(?:html|head|body|article|main|div|section|table|meta|h1|p)\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"<(?:html|body|div|p|table|article|span|br|h1)\b[^<>]{0,500}>", re.IGNORECASE)
_WHOLE_PAGE = re.compile(r"<(?:html|body|head)\b", re.IGNORECASE)
_HEAD = 5000
_KEY = 40  # letters that tell two paragraphs of a page apart
_ENOUGH = 0.85
# trafilatura takes time that grows with the square of the depth; such pages are judged by their paragraphs alone.
_DEEP = 250


def document_from_html(
    raw: str, *, id: str, path: str = "", sha256: str = "", known: Facts | None = None
) -> Document | Reject:
    """The document in a page of HTML; what a container already knows goes before what is read.

    >>> body = "<h1>Gọn bộ máy</h1><p>12/10/2021 - 06:15</p><p>Xã Tân Phú sáp nhập 15 ấp, nay còn lại 8 ấp.</p>"
    >>> document = document_from_html(f"<html><body>{body}</body></html>", id="trang-1")
    >>> document.title, document.published, [block.kind for block in document.blocks]
    ('Gọn bộ máy', '2021-10-12', ['title', 'dateline', 'lead'])
    """
    return read_web(raw, Origin(id=id, path=path, sha256=sha256), known)


def looks_like_html(text: str, named_html: bool = False) -> bool:
    """Whether ``text`` is a page of HTML: by how it opens, or by its name if there is any tag in it.

    >>> looks_like_html("<!DOCTYPE html><html>"), looks_like_html("Số ấp < 10")
    (True, False)
    >>> looks_like_html("Tin <br> tức", named_html=True)
    True
    """
    head = text[:5000].lstrip("\ufeff \n\r\t")
    if head.startswith("<") and (_DOCTYPE.match(head) or _OPENING.match(after_prolog(head))):
        return True
    return named_html and _ANY_TAG.search(head) is not None


def read_web(text: str, origin: Origin, known: Facts | None = None) -> Document | Reject:
    """The document in a page that was already decoded."""
    tree = page.parse(text)
    if tree is None:
        return Reject(origin.path, "parse", "The HTML cannot be parsed; open it in a browser and save it again.")
    depth = page.depth_of(tree)
    if depth is None:
        limits = f"{page.MAX_ELEMENTS} elements or {page.MAX_DEPTH} levels"
        return Reject(origin.path, "parse", f"too-large: the page has more than {limits}; it is no single article.")
    address, saved = saved_page(text)
    known = merge(known, known_facts(url=address, retrieved=saved)) if address else known
    head = metadata(tree)
    fallback_date = None if head.published else date_by_htmldate(tree)
    page.prune(tree)
    found = page.pieces(tree)
    title_at = _title_index(found, head.title)
    body = _body(found, title_at, _anchors(tree) if depth <= _DEEP else set())
    if not body and _WHOLE_PAGE.search(text[:_HEAD]) is None:
        body = found[0 if title_at is None else title_at + 1 :]  # a piece of a page is all article, however short
    return _document(found, title_at, body, head, fallback_date, origin, known)


def _document(
    found: list[Piece],
    title_at: int | None,
    body: list[Piece],
    head: Metadata,
    fallback_date: str | None,
    origin: Origin,
    known: Facts | None,
) -> Document | Reject:
    title = found[title_at].text if title_at is not None else head.title
    above = found[max(title_at - 6, 0) : title_at] if title_at is not None else []
    over = [piece.text for piece in above if is_date_line(piece.text)]
    under, body = _split_head(body)
    datelines = [text for text in [*over[-1:], *under] if text]
    visible = next((day for line in under if (day := parse_date(line))), None) or next(
        (day for line in over[::-1] if (day := parse_date(line))), None
    )
    day = head.published if head.published and len(head.published) == 10 else None
    published = day or visible or head.published or fallback_date
    parts = [Part(title, "title")] if title else []
    parts += [Part(line, "dateline") for line in (under if under and any(map(parse_date, under)) else datelines)]
    parts += _lead_first(
        body_parts([piece.text for piece in body], [_hint(piece, at) for at, piece in enumerate(body)])
    )
    if not any(part.kind != "title" for part in parts):
        return Reject(
            origin.path,
            "extract",
            "No article was found on the page; check that it is the article itself, not a list of links.",
        )
    author = next((name for part in parts if part.kind == "signature" and (name := author_of(part.text))), None)
    author = author or next((author_of(line) for line in under if is_byline(line)), None) or head.author
    outlet = head.outlet or next(
        (tagged for piece in body[:3] if (tagged := outlets().by_tag(piece.text, " ".join(p.text for p in parts)))),
        None,
    )
    read = replace(facts_of(outlet, title=title, published=published, author=author), url=head.url)
    return compose(parts, origin, merge(known, read))


def _key(text: str) -> str:
    return match_form(text)[:_KEY]


def _anchors(tree: Any) -> set[str]:
    """The beginnings of the paragraphs that trafilatura takes for the article."""
    from lxml import etree
    from trafilatura import bare_extraction

    try:
        extracted = bare_extraction(
            tree, favor_recall=True, include_comments=False, include_tables=True, with_metadata=False
        )
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, etree.LxmlError):
        return set()  # the page is then judged by its longest paragraphs alone
    body = getattr(extracted, "body", None)
    if body is None:
        return set()
    texts = {
        _key(normalise("".join(element.itertext()))) for element in body.iter("p", "head", "item", "quote", "cell")
    }
    texts |= {
        _key(normalise(text))
        for element in body.iter()
        for text in (element.text, element.tail)
        if text and len(text) > 20
    }
    return texts - {""}


def _title_index(found: list[Piece], stated: str | None) -> int | None:
    """The headline: the piece that says what the page's head says, else the first of the largest headings."""
    wanted = _key(stated) if stated else None
    heads = [at for at, piece in enumerate(found) if piece.tag == "h1" and not is_rubric(piece.text)]
    if wanted:
        same = [at for at, piece in enumerate(found) if _key(piece.text) == wanted and piece.words <= 60]
        best = [at for at in same if found[at].tag in ("h1", "h2", "h3")] or [
            at for at in same if found[at].linked < 0.5
        ]
        if best:
            return best[0]
    return heads[0] if heads else _title_above_prose(found)


def _title_above_prose(found: list[Piece]) -> int | None:
    """On a page that marks no headline, the line closest above the first paragraph that can be one."""
    first = next((at for at, piece in enumerate(found) if piece.is_prose), 0)
    for at in range(first - 1, max(first - 5, -1), -1):
        piece = found[at]
        if (
            piece.linked < 0.5
            and 3 <= piece.words <= 45
            and not piece.text.endswith((".", ":"))
            and not is_date_line(piece.text)
            and not is_rubric(piece.text)
        ):
            return at
    return None


def _body(found: list[Piece], title_at: int | None, anchors: set[str]) -> list[Piece]:
    """The pieces of the article below its title."""
    prose = [piece for piece in found if piece.is_prose and _key(piece.text) in anchors] or [
        piece for piece in found if piece.is_prose
    ]
    if not prose:
        prose = [piece for piece in found if piece.linked < 0.5 and piece.words >= 5]
    container = _container(prose)
    inside = [at for at, piece in enumerate(found) if container is not None and _is_within(piece.owner, container)]
    if not inside:
        return []
    first, last = inside[0], inside[-1] + 1
    if title_at is not None and title_at < last:
        first = title_at + 1
    elif title_at is None:
        first = next((at for at in inside if found[at] in prose), first)
    if (
        last < len(found)
        and (found[last].role == "author" or is_signature(found[last].text))
        and found[last].linked < 0.5
    ):
        last += 1
    return _without_boxes(
        found[first:last], {id(piece.owner.getparent()) for piece in prose if piece.owner is not None}
    )


def _container(prose: list[Piece]) -> Any | None:
    """The smallest element that holds nearly all of the prose."""
    weights: Counter[Any] = Counter()
    depths: dict[Any, int] = {}
    for piece in prose:
        if piece.owner is None:
            continue
        line = [piece.owner, *piece.owner.iterancestors()]
        for depth, element in enumerate(reversed(line)):
            weights[element] += piece.words
            depths[element] = depth
    if not weights:
        return None
    enough = max(weights.values()) * _ENOUGH
    return max((element for element in weights if weights[element] >= enough), key=lambda element: depths[element])


def _is_within(element: Any, container: Any) -> bool:
    return element is not None and (
        element is container or any(ancestor is container for ancestor in element.iterancestors())
    )


def _without_boxes(body: list[Piece], parents: set[int]) -> list[Piece]:
    """``body`` up to where the article ends, without the boxes of links in between."""
    kept: list[Piece] = []
    in_box = False
    for piece in body:
        begun = any(before.is_prose for before in kept)
        if begun and ends_article(piece.text):
            break
        if opens_box(piece.text) or (piece.linked > 0.3 and is_teaser(piece.text)):
            in_box = begun
            continue
        if in_box and not (
            piece.linked < 0.5 and (piece.is_prose or piece.role) and id(piece.owner.getparent()) in parents
        ):
            continue
        in_box = False
        if (piece.linked > 0.6 and piece.words < 40) or ends_article(piece.text):
            continue
        kept.append(piece)
    return kept


def _split_head(body: list[Piece]) -> tuple[list[str], list[Piece]]:
    """The lines of date and author under the title, and the rest; buttons and section names are neither."""
    under: list[str] = []
    at = 0
    while at < len(body) - 1 and at < 6:
        piece = body[at]
        is_date = is_date_line(piece.text)
        if not is_date and (
            piece.is_prose or piece.role in ("lead", "caption") or piece.words > 8 or piece.text.endswith(".")
        ):
            break
        if is_date or is_byline(piece.text):
            under.append(piece.text)
        elif not is_rubric(piece.text) and piece.tag in ("h2", "h3", "p"):
            break
        at += 1
    return under, body[at:]


def _hint(piece: Piece, at: int) -> BlockKind | None:
    """What the page's own markup says of a piece's kind, where that can be believed."""
    if piece.role == "caption" and piece.words <= 80:
        return "caption"
    if at <= 2 and piece.role == "lead" and piece.words >= 5:
        return "lead"
    if piece.role == "author" and at > 0 and piece.words <= 12:
        return "signature"
    if piece.tag in ("h2", "h3", "h4", "h5", "h6"):
        return "heading" if piece.words <= 25 and not (at == 0 and piece.text.endswith(".")) else None
    if piece.tag == "tr":
        return "row"
    return "item" if piece.tag in ("li", "dd") and piece.linked < 0.5 else None


def _lead_first(parts: list[Part]) -> list[Part]:
    """Where no class name told the lead, it is the first paragraph."""
    if any(part.kind == "lead" for part in parts):
        return parts
    for at, part in enumerate(parts[:3]):
        if part.kind == "paragraph":
            return [*parts[:at], part.as_kind("lead"), *parts[at + 1 :]]
    return parts
