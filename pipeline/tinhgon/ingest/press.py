"""Newspaper articles as plain text: rubric, title, date line, lead, body, signature."""

from __future__ import annotations

import re
from itertools import takewhile

from tinhgon.ingest.compose import Facts, Part
from tinhgon.ingest.dates import is_date_line, parse_date
from tinhgon.ingest.kinds import author_of, body_parts, is_caption, is_signature, row_hints
from tinhgon.ingest.outlets import Outlet, domains_in, outlets
from tinhgon.ingest.wrapping import Paragraph
from tinhgon.vietnamese import match_form

_RUBRICS = frozenset(
    (
        "chính trị|xã hội|thời sự|kinh tế|văn hóa|pháp luật|đời sống|giáo dục|y tế|quốc phòng|an ninh|"
        "quốc phòng an ninh|thế giới|tin tức|tin mới|tin trong tỉnh|trong tỉnh|trong nước|quốc tế|xây dựng đảng|"
        "đảng đoàn thể|xây dựng đảng chính quyền|xây dựng chính quyền|xây dựng hệ thống chính trị|nội chính|nội vụ|"
        "tổ chức cán bộ|công tác cán bộ|phóng sự|ký sự|phóng sự ký sự|ghi chép|bình luận|góc nhìn|diễn đàn|"
        "vấn đề hôm nay|vấn đề sự kiện|sự kiện|chuyên đề|chuyên mục|tiêu điểm|trang chủ|bạn đọc|nông thôn mới|"
        "khoa học|công nghệ|môi trường|du lịch|thể thao|đất nước|nhân dân|địa phương|tin địa phương|tin hoạt động|"
        "hoạt động|cải cách hành chính|chuyển đổi số|đưa nghị quyết vào cuộc sống|nghị quyết và cuộc sống|"
        "chính quyền|chính trị xã hội|văn hóa xã hội|thời sự chính trị|tin|đoàn thể|đảng|phỏng vấn|đối thoại|"
        "trò chuyện|tòa soạn|chính sách|nhịp cầu|dân vận|mặt trận|tổ chức bộ máy|xã luận|sự kiện bình luận"
    ).split("|")
)
_RUBRIC_JOINTS = re.compile(r"\s*(?:[-–—|/›»>•,:&]|\bvà\b)\s*")
_PORTAL = re.compile(
    r"(?:báo|cổng|trang|đài|tạp chí)\s.{0,60}(?:điện tử|online|thông tin|phát thanh|truyền hình)", re.IGNORECASE
)
_EVENT_DAY = re.compile(
    r"(?:\([^()]{1,30}\)\s*+[-–—]?\s*+|[^\W\d_]{2,12}\s*+[-–—]\s++)?"
    r"(?:(?:sáng|chiều|trưa|tối|hôm nay|vào)?[,\s]*+(?:ngày)?\s*+)(?=\d)",
    re.IGNORECASE,
)
_HEAD = 7
_LONGEST_TITLE = 45


def read_article(paragraphs: list[Paragraph], known: Facts | None = None) -> tuple[list[Part], Facts]:
    """The parts of an article and what its head, lead and end tell.

    >>> texts = ["Xây dựng Đảng", "Gọn từ ấp lên huyện", "Ngày đăng: 22/12/2020 16:48", "Xã còn 8 ấp.", "P.L"]
    >>> parts, facts = read_article([Paragraph(text, after_blank=True) for text in texts])
    >>> [part.kind for part in parts], facts.title, facts.published, facts.author
    (['dateline', 'title', 'dateline', 'lead', 'signature'], 'Gọn từ ấp lên huyện', '2020-12-22', 'P.L')
    """
    texts = [paragraph.text for paragraph in paragraphs]
    prose = [paragraph.text for paragraph in takewhile(lambda paragraph: not paragraph.is_row, paragraphs)]
    title_at = _title_index(prose)
    body_at = _body_index(prose, title_at)
    parts = [Part(text, "title" if at == title_at else "dateline") for at, text in enumerate(texts[:body_at])]
    rest = body_parts(texts[body_at:], row_hints(paragraphs[body_at:]))
    rest = _mark_trailing_date(_mark_lead(rest))
    parts += rest
    published, warning = _published(parts)
    signatures = [part.text for part in rest if part.kind == "signature"]
    bylines = [part.text for part in parts[:body_at] if part.kind == "dateline" and is_byline(part.text)]
    title = texts[title_at] if title_at is not None else None
    outlet = _outlet(parts, title or (known.title if known else None) or "")
    author = next(
        (name for line in (*signatures, *bylines) if not is_date_line(line) and (name := author_of(line))), None
    )
    return parts, facts_of(outlet, title=title, published=published, author=author, warning=warning)


def facts_of(
    outlet: Outlet | None, *, title: str | None, published: str | None, author: str | None, warning: str | None = None
) -> Facts:
    """The facts of an article whose outlet is known or not."""
    return Facts(
        title=title,
        published=published,
        source=outlet.domain if outlet else None,
        author=author,
        province=outlets().home(outlet, published) if outlet else None,
        warnings=(warning,) if warning else (),
    )


def is_rubric(text: str) -> bool:
    """Whether ``text`` is nothing but the names of sections, or of the outlet itself.

    >>> is_rubric("Chính trị - Xã hội"), is_rubric("Trang chủ › Xây dựng Đảng"), is_rubric("Xã hội hóa y tế ở Tân Phú")
    (True, True, False)
    """
    if len(text.split()) > 14:
        return False
    whole = " ".join(re.findall(r"[^\W_]+", match_form(text)))
    pieces = [" ".join(re.findall(r"[^\W_]+", piece)) for piece in _RUBRIC_JOINTS.split(match_form(text))]
    pieces = [piece for piece in pieces if piece]
    if whole in _RUBRICS or (bool(pieces) and all(piece in _RUBRICS for piece in pieces)):
        return True
    return outlets().by_name(text) is not None or _is_address(text) or _is_portal(text)


def is_byline(text: str) -> bool:
    """Whether a short line under the title names the author."""
    return len(text.split()) <= 6 and is_signature(text) and not is_date_line(text)


def _is_address(text: str) -> bool:
    """Whether a line is an outlet's address, with a word or two beside it: "Báo baolangson.vn"."""
    known = any(outlets().by_domain(domain) for domain in domains_in(text))
    return known and len(text.split()) <= 3 and not text.endswith((".", ":", "?"))


def _is_portal(text: str) -> bool:
    return _PORTAL.match(text) is not None and not text.endswith((".", "?", "!"))


def _title_index(texts: list[str]) -> int | None:
    """The first line that is neither rubric nor date line, if it can be a title."""
    for at, text in enumerate(texts[:_HEAD]):
        if is_date_line(text) or is_rubric(text):
            continue
        if len(text.split()) > _LONGEST_TITLE or (
            len(texts) > at + 1 and _is_sentence(text) and len(text.split()) > 25
        ):
            return None
        if _is_unknown_rubric(texts, at):
            return at + 1
        return at if len(texts) > at + 1 or not _is_sentence(text) else None
    return None


def _is_unknown_rubric(texts: list[str], at: int) -> bool:
    """A few words, then a line twice as long, then the date: section, title, date."""
    if at + 2 >= len(texts) or not is_date_line(texts[at + 2]):
        return False
    rubric, title = texts[at], texts[at + 1]
    plain = re.search(r"[\d:?!“\"]", rubric) is None
    return plain and len(rubric.split()) <= 5 and 2 * len(rubric) < len(title) <= 150 and not _is_sentence(title)


def _is_sentence(text: str) -> bool:
    return text.endswith((".", "…", ";"))


def _body_index(texts: list[str], title_at: int | None) -> int:
    """Where the body begins: behind the title and the lines of date and author under it."""
    at = 0 if title_at is None else title_at + 1
    end = at
    for index in range(at, min(at + 3, len(texts) - 1)):
        text = texts[index]
        if is_date_line(text) or is_rubric(text) or (is_byline(text) and _near_date(texts, index)):
            end = index + 1
        elif not is_byline(text):
            break
    if title_at is None:
        while end < len(texts) - 1 and (is_date_line(texts[end]) or is_rubric(texts[end])):
            end += 1
    return end


def _near_date(texts: list[str], index: int) -> bool:
    return any(is_date_line(text) for text in texts[max(index - 1, 0) : index + 2])


def _mark_lead(parts: list[Part]) -> list[Part]:
    """The first paragraph of the body is its lead, whatever pictures stand above it."""
    for at, part in enumerate(parts[:3]):
        if part.kind == "paragraph" and not is_caption(part.text):
            return [*parts[:at], part.as_kind("lead"), *parts[at + 1 :]]
    return parts


def _mark_trailing_date(parts: list[Part]) -> list[Part]:
    """A date line below the text is a date line, not a paragraph."""
    marked = list(parts)
    for at in range(max(len(parts) - 3, 1), len(parts)):
        if is_date_line(parts[at].text):
            marked[at] = parts[at].as_kind("dateline")
            before = parts[at - 1]
            if before.kind in ("paragraph", "heading") and is_signature(
                before.text, parts[at - 2].text if at > 1 else ""
            ):
                marked[at - 1] = before.as_kind("signature")
    return marked


def _published(parts: list[Part]) -> tuple[str | None, str | None]:
    """The date of the date line; without one the day on which the lead says it happened, with a warning.

    A news item's lead that opens with a whole date ("Ngày 22/10/2020, Ban Thường vụ ...") reports that day or
    the day before; dates anywhere else in the text say nothing of when it was printed.
    """
    for part in parts:
        if part.kind == "dateline" and (found := parse_date(part.text)) is not None:
            return found, None
    lead = next((part.text for part in parts if part.kind == "lead"), "")
    opening = _EVENT_DAY.match(lead)
    if opening is not None:
        rest = lead[opening.end() : opening.end() + 12]
        found = parse_date(rest)
        if found is not None and re.match(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4},?(?:\s|$)", rest):
            return found, "date-from-lead"
    return None, None


def _outlet(parts: list[Part], title: str) -> Outlet | None:
    """By the tag before the lead, else by the name or address above or below the text."""
    known = outlets()
    body = [part.text for part in parts if part.kind not in ("title", "dateline")]
    context = " ".join([title, *body])
    for text in body[:3]:
        if (tagged := known.by_tag(text, context)) is not None:
            return tagged
    for part in parts:
        tells = part.kind == "dateline" or (part.kind == "signature" and part.text[:5].lower() == "nguồn")
        if tells and (named := known.named_in(part.text)):
            return named
    return None
