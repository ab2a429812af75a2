"""What part a paragraph of the body plays: heading, item, caption, signature or plain paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tinhgon.ingest.compose import Part
from tinhgon.ingest.wrapping import BULLETED, NUMBERED, SPEAKER, Paragraph
from tinhgon.records import BlockKind

_ROMAN = re.compile(r"[IVXL]{1,5}\s?[.)/]\s|(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)\s+(?:[IVXL\d]{1,4}|thứ\s)\b")
_CREDIT = re.compile(
    r"\(?\s*(?:ảnh|đồ họa|video|clip|ảnh minh họa|ảnh tư liệu)\s*[:/]\s*[^.;:]{1,50}\)?\s*\.?$", re.IGNORECASE
)
_CAPTION_HEAD = re.compile(
    r"(?:ảnh|trong ảnh|ảnh minh họa|video|clip|đồ họa|infographic)\s*(?:\d{1,2}\s*)?:", re.IGNORECASE
)
_BYLINE_HEAD = re.compile(
    r"(?P<head>(?:(?:bài|tin|ảnh|clip|video|đồ họa|thực hiện|nhóm thực hiện|nguồn|tác giả|tổng hợp|biên tập|theo|"
    r"người viết|"
    r"trình bày|kỹ thuật)(?:\s*(?:,|và|&|-|/)\s*)?){1,4})\s*(?P<mark>:|(?=\s))\s*(?P<name>\S.*)$",
    re.IGNORECASE,
)
_BYLINE_TAIL = re.compile(
    r"\s*+(?:\(\s*(?P<note>[^()]{2,50})\s*\)|[-–—,]?\s*+(?:thực hiện|tổng hợp|lược ghi|ghi|lược thuật|"
    r"thực\s+hiện))\s*+\.?$",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[A-ZÀ-ỸĐ][^\W\d_]*(?:[.'’-][^\W\d_]+)*\.?,?$|[-–—&+,/]$|và$|PV\.?,?$|CTV\.?,?$")
_LONGEST_HEADING, _LONGEST_CAPTION, _LONGEST_BYLINE = 110, 60, 9
_REACH = 8
_CREDITED = re.compile(r"\b(?:ảnh|video|clip|đồ họa)\b", re.IGNORECASE)
_SENTENCE_ENDS = (".", ";", ":", ",", "…")


def body_parts(texts: list[str], hints: list[BlockKind | None] | None = None) -> list[Part]:
    """Paragraphs of a body with their kinds; ``hints`` are what the page's own markup says.

    >>> texts = ["Bớt tầng nấc", "Xã có 15 ấp cũ, nay còn 8 ấp.", "- Ấp 1 nhập với ấp 2;", "LÊ AN"]
    >>> [part.kind for part in body_parts(texts)]
    ['heading', 'paragraph', 'item', 'signature']
    """
    hints = hints or [None] * len(texts)
    kinds = [hint or _kind_of(text, texts[at - 1] if at else "", texts[at + 1] if at + 1 < len(texts) else "")
             for at, (text, hint) in enumerate(zip(texts, hints, strict=True))]  # fmt: skip
    for at in range(len(texts) - 1, max(len(texts) - _REACH, 0), -1):
        if kinds[at] == "caption" and _CREDITED.search(texts[at]):
            continue  # pictures below the author's name
        if kinds[at] in ("item", "lead", "row") or not is_signature(texts[at], texts[at - 1]):
            break
        kinds[at] = "signature"
    return [Part(text, kind) for text, kind in zip(texts, kinds, strict=True)]


def row_hints(paragraphs: Sequence[Paragraph]) -> list[BlockKind | None]:
    """What is known of each paragraph's kind before it is read: the rows of tables."""
    return ["row" if paragraph.is_row else None for paragraph in paragraphs]


def _kind_of(text: str, before: str, after: str) -> BlockKind:
    if is_caption(text):
        return "caption"
    if is_heading(text, after):
        return "heading"
    if SPEAKER.match(text) or (
        BULLETED.match(text) and (before.endswith("?") or text.endswith("?") or _is_turn(text, before))
    ):
        return "paragraph"  # question or answer of an interview, whatever the dash or star before it
    return "item" if NUMBERED.match(text) or BULLETED.match(text) else "paragraph"


def _is_turn(text: str, before: str) -> bool:
    """Stars put questions and last words of thanks; a dash after a star's line answers."""
    return text.startswith("*") or before.startswith("*")


def is_heading(text: str, after: str) -> bool:
    """A short line that ends no sentence and stands above something.

    >>> is_heading("II. KẾT QUẢ THỰC HIỆN", "1. Biên chế"), is_heading("Giảm 5 thôn.", "Xã còn 10 thôn.")
    (True, False)
    """
    if len(text) > _LONGEST_HEADING + 60 * text.isupper() or text.endswith(_SENTENCE_ENDS) or not after:
        return False
    if _ROMAN.match(text):
        return True
    asks = text.endswith(("?", "!")) and not after[:1].isalnum()  # what follows it answers
    if asks or BULLETED.match(text) or SPEAKER.match(text):
        return False
    if NUMBERED.match(text):
        return len(text.split()) <= 16 and ": " not in text and ";" not in text
    return len(text.split()) <= 16 and len(text) < len(after) and not _is_part_of_list(text, after)


def _is_part_of_list(text: str, after: str) -> bool:
    return text[:1].islower() or after[:1].islower()


def is_caption(text: str) -> bool:
    """Words under a picture: they name its maker.

    >>> is_caption("Cán bộ xã tiếp dân. Ảnh: THANH TRÍ"), is_caption("Bài, ảnh: Thanh Nghị")
    (True, False)
    """
    if len(text.split()) > _LONGEST_CAPTION:
        return False
    if _CAPTION_HEAD.match(text):
        return True
    credit = _CREDIT.search(text)
    return credit is not None and not re.search(
        r"(?:^|[\s(])(?:tin|bài|thực hiện)\s*(?:,|và|&|-)?\s*$", text[: credit.start()], re.IGNORECASE
    )


def is_signature(text: str, before: str = "") -> bool:
    """The line that says who wrote it; ``before`` is the paragraph it follows.

    >>> is_signature("Bài, ảnh: Thanh Nghị"), is_signature("HÀ THANH (tổng hợp)")
    (True, True)
    >>> is_signature("Xã còn 5 thôn.", "Hết.")
    False
    """
    text = text.strip("* ")
    bare = _BYLINE_TAIL.sub("", text)
    words = bare.split()
    if not words or len(words) > _LONGEST_BYLINE or any(letter.isdigit() for letter in text) or NUMBERED.match(text):
        return False
    if (headed := _BYLINE_HEAD.match(text)) is not None and headed["mark"] == ":":
        return True
    if _BYLINE_HEAD.match(text) and text[:4].lower() == "theo" and len(words) <= 6:
        return all(_NAME_WORD.match(word) for word in words[1:])
    if all(_NAME_WORD.match(word) for word in words):
        return True
    after_the_end = before.endswith((".", "!", "?", "”", '"', ")", "…")) or len(before) > 200
    return (
        after_the_end
        and len(words) <= 6
        and words[0][0].isupper()
        and not text.endswith((".", "?", "!", ":", ";", "”", '"'))
    )


def author_of(signature: str) -> str | None:
    """The name in a signature, as written.

    >>> author_of("Bài, ảnh: Thanh Nghị"), author_of("Hoàng Thi (thực hiện)"), author_of("Theo TTXVN")
    ('Thanh Nghị', 'Hoàng Thi', None)
    """
    if re.match(r"(?:nguồn|theo|ảnh)\b", signature, re.IGNORECASE):
        return None
    headed = _BYLINE_HEAD.match(signature)
    name = headed["name"] if headed and headed["mark"] == ":" else signature
    return (
        _BYLINE_TAIL.sub("", name).strip(" *-–—.,:") + ("." if re.search(r"\b[A-ZĐ]\.[A-ZĐ]\.$", name) else "") or None
    )
