"""What a reader of office documents hands on: text with rows of tables marked, or the reason why there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tinhgon.ingest.normalise import ROW, normalise

# What programs write into the title when nobody did: names of files and of their own kinds of documents.
_PLACEHOLDER = re.compile(
    r"microsoft (?:word|excel|powerpoint)\b|\S+$|.*\.(?:docx?|pdf|rtf|odt|indd|pmd|qxd|xlsx?|pptx?)$|"
    r"(?:document|doc|untitled|book|slide|presentation|tài liệu|văn bản|scan|img)[\s\d_-]*$|\(anonymous\)",
    re.IGNORECASE,
)
# Word takes the first line for the title, which in an administrative document names the state or the office.
_HEAD = re.compile(
    r"(?:cộng hòa xã hội|cộng hoà xã hội|đảng cộng sản|ủy ban nhân dân|uỷ ban nhân dân|ubnd|hội đồng nhân dân|hđnd|"
    r"(?:tỉnh|thành|huyện|thị|quận|đảng) (?:ủy|uỷ|bộ)|độc lập)\b",
    re.IGNORECASE,
)
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a document as the reader of plain texts takes it."""

    text: str
    title: str | None = None
    author: str | None = None
    warnings: tuple[str, ...] = ()


class Unreadable(Exception):  # noqa: N818 - it is told of a file, and is no fault of the program
    """A file without text for us; the message tells a lay reader what is wrong and what to do."""

    def __init__(self, reason: str, stage: Literal["parse", "read"] = "parse") -> None:
        super().__init__(reason)
        self.stage = stage


def row_line(cells: Sequence[str]) -> str:
    r"""The line of one row of a table.

    >>> row_line(["Xã Tân\nPhú", "", "5 | 3"])
    '\x1eXã Tân Phú |  | 5 / 3'
    """
    return ROW + " | ".join(" ".join(plain(cell).replace("|", "/").split()) for cell in cells)


def plain(text: str) -> str:
    r"""``text`` without the mark of rows, which only ``row_line`` may write.

    >>> plain("Xã\x1eTân Phú")
    'Xã Tân Phú'
    """
    return text.replace(ROW, " ")


def plausible_title(given: str | None, text: str) -> str | None:
    """The title told by a file's properties, if it is one and its text has it too; templates hand down stale titles.

    >>> text = "UBND HUYỆN TÂN LẬP\\n\\nBÁO CÁO\\nKết quả sáp nhập thôn"
    >>> plausible_title("Kết quả sáp  nhập thôn", text)
    'Kết quả sáp nhập thôn'
    >>> plausible_title("Microsoft Word - bao cao.doc", text), plausible_title("UBND huyện Tân Lập", text)
    (None, None)
    """
    title = normalise(plain(given or ""))
    if not title or len(title) > _LONGEST_TITLE or _PLACEHOLDER.match(title) or _HEAD.match(title):
        return None
    return title if title.casefold() in normalise(plain(text)).casefold() else None
