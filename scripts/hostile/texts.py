"""Long texts of one kind of thing each: what a stage would go through again and again if it were careless."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping

from tinhgon.records import Block, Document

Piece = Callable[[int, str], str]  # of its number and a name that is hardly ever given twice


def _same(text: str) -> Piece:
    return lambda number, name: text


PIECES: Mapping[str, Piece] = {
    "one sentence": _same("huyện Lộc Bình có 10/21 xã bí thư đảng ủy kiêm chủ tịch UBND, "),
    "numbers": _same("12 xã, "),
    "bare numbers": _same("123 "),
    "clauses": _same("từ 24 xã còn 20 xã, "),
    "districts": _same("huyện Lộc Bình, "),
    "bare places": _same("Bến Tre "),
    "communes": lambda number, name: f"xã {name}, ",
    "hamlets": lambda number, name: f"thôn {number % 90}, ",
    "roles": _same("bí thư đảng ủy kiêm chủ tịch UBND xã, "),
    "resolutions": lambda number, name: f"Nghị quyết số {number}-NQ/TU, ",
    "dated resolutions": _same("Nghị quyết số 18-NQ/TW ngày 25/10/2017, "),
    "documents carried out": lambda number, name: f"Kế hoạch số {number}-KH/TU thực hiện Nghị quyết {number}-NQ/TW, ",
    "dates": _same("ngày 20/12/2019, "),
    "people": lambda number, name: f"ông Nguyễn {name}, ",
    "holders": lambda number, name: f"Ông Nguyễn {name}, Bí thư Đảng ủy kiêm Chủ tịch UBND xã {name}. ",
    "bodies": _same("Sở Nội vụ và Ban Tổ chức, "),
    "mergers": lambda number, name: f"Sáp nhập xã {name} và xã {name[::-1].title()} thành xã {name} Hạ. ",
    "mergers of bodies": lambda number, name: f"Hợp nhất Sở {name} với Sở {name[::-1].title()}. ",
    "facts": lambda number, name: f"Huyện Lộc Bình có {number}/{number + 7} xã bí thư kiêm chủ tịch UBND. ",
    "facts of one total": lambda number, name: f"Huyện Lộc Bình có {number}/100000 xã bí thư kiêm chủ tịch UBND. ",
    "the same fact": _same("Huyện Lộc Bình có 10/21 xã bí thư đảng ủy kiêm chủ tịch UBND. "),
    "headings": lambda number, name: f"# Xã {name} giảm {number} thôn\nXã giảm {number} thôn.\n",
    "paragraphs": lambda number, name: f"Huyện Lộc Bình giảm từ {2 * number + 3} xã còn {number} xã.\n",
    "cues": _same("đến nay toàn huyện đã sẽ phải "),
    "words for numbers": _same("năm mươi "),
    "names": lambda number, name: f"{name} ",
    "brackets": _same("(((("),
    "quotes": _same("“\""),
    "unbalanced": _same("xã Giao Long (huyện Giao Thủy, giảm 2 ấp; "),
    "blank lines": _same("\n \n"),
    "letters": _same("a"),
    "capitals": _same("A"),
    "digits": _same("1"),
    "spaces": _same(" "),
    "grouped digits": _same("1.017."),
    "combining marks": _same("a\u0301\u0302"),
}  # fmt: skip


def text_of(kind: str, letters: int) -> str:
    """About so many letters of one kind; the same ones each time."""
    return "".join(_pieces(PIECES[kind], letters))


def _pieces(piece: Piece, letters: int) -> Iterator[str]:
    chance, number, length = random.Random(7), 0, 0
    while length < letters:
        number += 1
        told = piece(number, f"{_name(chance)} {_name(chance)}")
        length += len(told)
        yield told


def _name(chance: random.Random) -> str:
    return "".join(chance.choice("bcdghklmnt") + chance.choice("aeiou") for _ in range(2)).capitalize()


def document_of(text: str) -> Document:
    """A document of the lines of ``text``: "# " opens a heading, all else is a paragraph."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    blocks, start = list[Block](), 0
    bare = [line.removeprefix("# ") for line in lines]
    for line, said in zip(lines, bare, strict=True):
        blocks.append(Block(start, start + len(said), "heading" if line.startswith("# ") else "paragraph"))
        start += len(said) + 1
    return Document("bai", "\n".join(bare), tuple(blocks), None, "2019-12-20")
