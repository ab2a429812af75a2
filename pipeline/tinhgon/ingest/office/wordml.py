"""The body of a .docx -> lines: its paragraphs, lists, text boxes and tables as they follow one another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tinhgon.ingest.office.extracted import plain
from tinhgon.ingest.office.numbering import Numbering, W
from tinhgon.ingest.office.tables import table_lines

if TYPE_CHECKING:
    from lxml.etree import _Element

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PARAGRAPH, _TABLE, _ROW, _CELL = W + "p", W + "tbl", W + "tr", W + "tc"
_BOX = W + "txbxContent"
_FALLBACK = _COMPATIBILITY + "Fallback"  # the same text box again, for programs of old
# Deleted and moved-away text of tracked changes, and marks that are no text.
_LEFT_OUT = frozenset({W + "del", W + "moveFrom", W + "pPr", W + "rPr", W + "instrText", W + "rt", _FALLBACK})
_SIGNS = {W + "tab": "    ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "    "}
# A table of Word has 63 columns at most; cells that claim to span more are damaged.
_MOST_COLUMNS = 63


def body_lines(body: _Element, numbering: Numbering) -> list[str]:
    """The lines of ``body``, with an empty one between paragraphs and around tables."""
    lines: list[str] = []
    for block in _blocks(body, numbering):
        lines += [*block, ""]
    return lines


def _blocks(parent: _Element, numbering: Numbering) -> Iterator[list[str]]:
    for element in parent:
        if element.tag == _PARAGRAPH:
            yield from _paragraph(element, numbering)
        elif element.tag == _TABLE:
            if lines := table_lines(list(_grid(element, numbering))):
                yield lines
        elif isinstance(element.tag, str) and element.tag not in _LEFT_OUT:
            yield from _blocks(element, numbering)  # content controls, tracked insertions


def _paragraph(paragraph: _Element, numbering: Numbering) -> Iterator[list[str]]:
    """The paragraph, then the text boxes that hang on it."""
    texts: list[str] = []
    boxes: list[_Element] = []
    _collect(paragraph, texts, boxes)
    text = plain("".join(texts))
    if text.strip():
        yield [line.rstrip() for line in (numbering.label(paragraph) + text.strip()).split("\n") if line.strip()]
    for box in boxes:
        yield from _blocks(box, numbering)


def _collect(element: _Element, texts: list[str], boxes: list[_Element]) -> None:
    for child in element:
        if child.tag in _LEFT_OUT or (child.tag == W + "r" and _is_hidden(child)):
            continue
        if child.tag == W + "t":
            texts.append(child.text or "")
        elif child.tag in _SIGNS:
            texts.append(_SIGNS[child.tag])
        elif child.tag == _BOX:
            boxes.append(child)
        else:
            _collect(child, texts, boxes)


def _is_hidden(run: _Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(W + "val") not in ("0", "false", "off")


def _grid(table: _Element, numbering: Numbering) -> Iterator[list[str]]:
    """The table's cells; a merged one repeats its text in each row and column that it covers."""
    above: list[str] = []
    for row in _children(table, _ROW):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        cells = [""] * _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        for cell in _children(row, _CELL):
            properties = cell.find(W + "tcPr")
            merged = None if properties is None else properties.find(W + "vMerge")
            if merged is not None and merged.get(W + "val") != "restart":
                text = above[len(cells)] if len(cells) < len(above) else ""
            else:
                text = "\n".join(line for block in _blocks(cell, numbering) for line in block)
            cells += [text] * _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
        above = cells[:_MOST_COLUMNS]
        yield above


def _children(parent: _Element, tag: str) -> Iterator[_Element]:
    """The rows or cells of ``parent``, also those in content controls and tracked insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            yield from _children(child, tag)


def _number(element: _Element | None, otherwise: int) -> int:
    value = "" if element is None else element.get(W + "val") or ""
    return min(int(value), _MOST_COLUMNS) if value.isdecimal() and len(value) < 6 else otherwise
