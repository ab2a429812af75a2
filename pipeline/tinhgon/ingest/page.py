"""An HTML page as a row of pieces: its blocks of text in order, freed from what can never be article.

Everything is done by iteration over the tree: pages nest as deeply as they like.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tinhgon.ingest import furniture
from tinhgon.ingest.grid import grid_of
from tinhgon.ingest.normalise import ROW, normalise
from tinhgon.ingest.office.tables import table_lines

# More elements than any article's page has, and nested deeper; a tree beyond is refused, so that time is bounded.
MAX_ELEMENTS = 40_000
MAX_DEPTH = 500
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 "
    "header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LONGEST_JOINED = 20_000
# An element holding this much of the page's text is the article, whatever its class says.
_TOO_MUCH = 0.4


@dataclass(slots=True)
class Piece:
    """One block of text, its element, and how much of it is links."""

    text: str
    tag: str
    owner: Any
    linked: float = 0.0
    after_break: bool = False
    role: str | None = None

    @property
    def words(self) -> int:
        return self.text.count(" ") + 1

    @property
    def is_prose(self) -> bool:
        return self.words >= 12 and self.linked < 0.5 and self.tag not in _HEADS


def parse(text: str) -> Any | None:
    """The tree of an HTML page, or nothing where there is none or it is too large."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    return tree


def depth_of(tree: Any) -> int | None:
    """How deeply the page is nested; nothing where it has more elements, or more levels, than any article's page."""
    from lxml import etree

    depth = deepest = count = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth, count = depth + 1, count + 1
        deepest = max(deepest, depth)
        if count > MAX_ELEMENTS or deepest > MAX_DEPTH:
            return None
    return deepest


def prune(tree: Any) -> None:
    """Take out of ``tree`` what is never article: scripts, menus, comments, boxes of links, whatever is hidden."""
    lengths = _text_lengths(tree)
    whole = max(lengths.get(tree, 0), 1)
    holders = {ancestor for head in tree.iter("h1") for ancestor in (head, *head.iterancestors())}
    doomed = []
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("html", "body", "head"):
            continue
        share = lengths.get(element, 0) / whole
        is_article = element in holders or share > _TOO_MUCH
        is_never_article = element.tag in furniture.DROPPED_TAGS and element.tag not in furniture.GUARDED_TAGS
        is_beside = element.tag in furniture.DROPPED_TAGS or _is_beside(element)
        if is_never_article or (is_beside and not is_article) or (_is_hidden(element) and element not in holders):
            doomed.append(element)
    for element in doomed:
        if element.getparent() is not None:
            element.drop_tree()


def pieces(tree: Any) -> list[Piece]:
    """The blocks of text of a page, in order."""
    from lxml import etree

    collector = _Collector()
    body = tree.find("body")
    root = tree if body is None else body
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if not isinstance(element.tag, str):
            if event == "end":
                collector.add(element.tail)
            continue
        if event == "start":
            if element.tag == "table" and (grid := grid_of(element)) is not None:
                collector.flush()
                collector.found += _table_pieces(grid, element)
                walker.skip_subtree()
                continue
            collector.open(element)
        else:
            collector.close(element)
            if element is not root:
                collector.add(element.tail)
    collector.flush()
    return _rejoined(collector.found)


@dataclass(slots=True)
class _Collector:
    found: list[Piece] = field(default_factory=list)
    stack: list[Any] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    after_break: bool = False

    def open(self, element: Any) -> None:
        if element.tag in _BLOCKS:
            self.flush()
            self.stack.append(element)
        elif element.tag == "br":
            self.flush(at_break=True)
        elif element.tag == "a":
            self.links += 1
        if element.tag == "pre":
            lines = (element.text or "").split("\n")
            for line in lines[:-1]:
                self.add(line)
                self.flush(at_break=True)
            self.add(lines[-1])
        else:
            self.add(element.text)

    def close(self, element: Any) -> None:
        if element.tag in _BLOCKS:
            self.flush()
            if self.stack and self.stack[-1] is element:
                self.stack.pop()
        elif element.tag == "a":
            self.links -= 1

    def add(self, text: str | None) -> None:
        if text:
            self.buffer.append(text)
            if self.links:
                self.linked += len(text.strip())

    def flush(self, at_break: bool = False) -> None:
        text = normalise("".join(self.buffer)) if self.buffer else ""
        if any(letter.isalnum() for letter in text):
            owner = self.stack[-1] if self.stack else None
            tag = owner.tag if owner is not None else "body"
            self.found.append(
                Piece(text, tag, owner, min(self.linked / len(text), 1.0), self.after_break, _role(owner))
            )
        self.buffer.clear()
        self.linked = 0
        self.after_break = at_break


def _role(owner: Any) -> str | None:
    """What the class names of the element, or of the one or two around it, say of its part."""
    for element, _ in zip(_upwards(owner), range(3), strict=False):
        if element.tag in ("body", "article", "main"):
            break
        if element.tag == "figcaption":
            return "caption"
        if role := furniture.role_of(furniture.class_words(_names(element))):
            return role
    return None


def _upwards(element: Any) -> Any:
    while element is not None:
        yield element
        element = element.getparent()


def _rejoined(found: list[Piece]) -> list[Piece]:
    """Lines parted by ``<br>`` in the middle of a sentence put together again."""
    joined: list[Piece] = []
    for piece in found:
        before = joined[-1] if joined else None
        same_block = (
            before is not None
            and piece.after_break
            and before.owner is piece.owner
            and len(before.text) < _LONGEST_JOINED
        )
        if before is not None and same_block and piece.text[0].islower() and before.text[-1] not in ".!?:;…":
            before.text = f"{before.text} {piece.text}"
        else:
            joined.append(piece)
    return joined


def _table_pieces(grid: list[list[str]], table: Any) -> list[Piece]:
    """The rows of a data table, a line each; what runs over all columns is a line of text."""
    lines = table_lines(grid)
    return [Piece(line.removeprefix(ROW), "tr" if line.startswith(ROW) else "td", table) for line in lines]


def _text_lengths(tree: Any) -> dict[Any, int]:
    """For every element the length of the text in paragraphs and the like below it; link texts do not count."""
    from lxml import etree

    lengths: dict[Any, int] = {}
    total, links, starts = 0, 0, []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        silent = element.tag in ("script", "style", "a", "option", "textarea")
        if event == "start":
            links += silent
            starts.append(total)
            total += len(element.text or "") if not links else 0
        else:
            lengths[element] = total - starts.pop()
            links -= silent
            total += len((element.tail or "").strip()) if not links else 0
    return lengths


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_beside(element: Any) -> bool:
    return furniture.is_furniture(furniture.class_words(_names(element)))


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style or element.get("hidden") is not None
