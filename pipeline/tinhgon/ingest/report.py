"""Administrative documents: head in two columns, number, place and date, kind of document and subject, signature."""

from __future__ import annotations

import re

from tinhgon.ingest.compose import Facts, Part
from tinhgon.ingest.dates import is_date_line, parse_date
from tinhgon.ingest.issuer import home_province, issuing_body
from tinhgon.ingest.kinds import body_parts, row_hints
from tinhgon.ingest.wrapping import NUMBERED, Paragraph
from tinhgon.vietnamese import match_form

_KINDS = (
    "báo cáo|báo cáo tóm tắt|tờ trình|kế hoạch|đề án|thông báo|nghị quyết|quyết định|kết luận|chương trình|"
    "chương trình hành động|"
    "hướng dẫn|chỉ thị|quy định|công văn|biên bản|phương án|quy chế|công điện|thông cáo báo chí|báo cáo tổng kết|"
    "báo cáo sơ kết|"
    "báo cáo chính trị|dự thảo báo cáo"
)
# "BÁO CÁO THAM LUẬN", "KẾ HOẠCH HÀNH ĐỘNG": the kind of document may be told more closely.
_KIND_LINE = re.compile(rf"(?:{_KINDS})(?: \S+){{0,3}}$")
_NUMBER = re.compile(r"số\s*+:?\s*+[\d.…_]*+\s*+[-/]\s*+\S|số\s*+:\s*+\S|số\s++\d++\s*+[-/]", re.IGNORECASE)
_MOTTO = re.compile(r"cộng hòa xã hội chủ nghĩa việt nam|đảng cộng sản việt nam|độc lập\s*-\s*tự do", re.IGNORECASE)
_ISSUER = re.compile(
    r"(?:ủy ban|ubnd|hđnd|hội đồng|tỉnh|huyện|thành|thị|quận|đảng (?:bộ|ủy)|sở|ban|phòng|bộ|văn phòng)\b"
)
_SUBJECT = re.compile(r"v/v\b|về việc\b", re.IGNORECASE)
_END = re.compile(
    r"nơi nhận\b|(?:t/m|tm|t\.m|kt|k/t|tuq|tl|t/l)[.\s]\s*[^\W\d_]|người (?:báo cáo|lập biểu)\b", re.IGNORECASE
)
_CLOSING = re.compile(r"kính gửi\b|căn cứ\b|thực hiện\b", re.IGNORECASE)
_HEAD_PARAGRAPHS = 16
_LONGEST_SUBJECT = 70


def is_report(paragraphs: list[Paragraph]) -> bool:
    """Whether the head is that of an administrative document.

    >>> is_report([Paragraph("UBND HUYỆN LỤC YÊN"), Paragraph("BÁO CÁO"), Paragraph("Kết quả năm 2022")])
    True
    """
    at = _kind_line(paragraphs)
    above = [match_form(paragraph.text) for paragraph in paragraphs[: _HEAD_PARAGRAPHS if at is None else at]]
    marks = sum(any(pattern.match(line) for line in above) for pattern in (_NUMBER, _MOTTO))
    if at is None:
        return marks == 2
    issuers = any(
        paragraph.text.isupper() and _ISSUER.match(match_form(paragraph.text)) for paragraph in paragraphs[:at]
    )
    return marks > 0 or issuers or (at == 0 and _tail(paragraphs) < len(paragraphs))


def read_report(paragraphs: list[Paragraph]) -> tuple[list[Part], Facts]:
    """The parts of an administrative document and what its head and end tell."""
    at = _kind_line(paragraphs)
    tail = _tail(paragraphs)
    if at is None:
        at = next(
            (i for i, found in enumerate(paragraphs[:_HEAD_PARAGRAPHS]) if _SUBJECT.match(found.text)),
            _after_head(paragraphs),
        )
    body = min(_after_title(paragraphs, at), len(paragraphs))
    head = [paragraph.text for paragraph in paragraphs[:at]]
    title = " ".join(paragraph.text for paragraph in paragraphs[at:body]) or None
    end = [paragraph.text for paragraph in paragraphs[max(tail, body) :]]
    parts = [Part(text, "dateline") for text in head]
    parts += [Part(title, "title")] if title else []
    rest = paragraphs[body : max(tail, body)]
    parts += body_parts([paragraph.text for paragraph in rest], row_hints(rest))
    parts += [Part(text, "signature") for text in end]
    facts = Facts(title=title, published=_issued(head, end), source=issuing_body(head), province=home_province(head))
    return parts, facts


def _kind_line(paragraphs: list[Paragraph]) -> int | None:
    for at, paragraph in enumerate(paragraphs[:_HEAD_PARAGRAPHS]):
        if paragraph.text.isupper() and _KIND_LINE.match(_unspaced(paragraph.text)):
            return at
    return None


def _unspaced(line: str) -> str:
    """The kind of the document, also where its letters are set apart: "B Á O C Á O"."""
    small = match_form(line).strip(" *.:-_")
    if re.fullmatch(r"(?:\S )+\S", small):
        letters = small.replace(" ", "")
        return next((kind for kind in _KINDS.split("|") if kind.replace(" ", "") == letters), small)
    return small


def _after_head(paragraphs: list[Paragraph]) -> int:
    """Where the head ends when no line names the kind of the document."""
    at = 0
    for index, paragraph in enumerate(paragraphs[:_HEAD_PARAGRAPHS]):
        line = match_form(paragraph.text)
        if _NUMBER.match(line) or _MOTTO.match(line) or is_date_line(paragraph.text) or paragraph.alone:
            at = index + 1
    return at


def _after_title(paragraphs: list[Paragraph], at: int) -> int:
    """The index behind the title: the kind of document and its subject, one paragraph or what runs on from it."""
    end = at + 1
    while end < len(paragraphs) and end - at <= 3:
        text, before = paragraphs[end].text, paragraphs[end - 1].text
        is_subject = (
            len(text.split()) <= _LONGEST_SUBJECT and not text.endswith((".", ":")) and not NUMBERED.match(text)
        )
        if (
            not is_subject
            or _CLOSING.match(text)
            or (end > at + 1 and not text[0].islower() and not before.endswith(","))
        ):
            break
        if end > at + 1 and paragraphs[end].after_blank:
            break
        end += 1
    return end


def _tail(paragraphs: list[Paragraph]) -> int:
    """Where the list of recipients and the signature begin."""
    for at in range(max(len(paragraphs) // 2, len(paragraphs) - 40), len(paragraphs)):
        if _END.match(paragraphs[at].text) and len(paragraphs[at].text) <= 80:
            return at
    return len(paragraphs)


def _issued(head: list[str], end: list[str]) -> str | None:
    """The date of issue: by its line in the head, else by one at the very end."""
    for line in (*head, *end):
        if len(line) <= 120 and re.search(r"\bngày\b|\d", line) and not _NUMBER.match(line) and is_date_line(line):
            return parse_date(line)
    combined = [line for line in (*head, *end) if len(line) <= 120 and re.search(r"\bngày\s+\d+\s+tháng\b", line)]
    return parse_date(combined[0]) if combined else None
