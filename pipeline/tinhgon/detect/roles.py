"""Roles: gives each match of the role patterns its code, its tier and its whole extent (codebook, section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import regex

from tinhgon.detect.spans import between
from tinhgon.detect.text import View
from tinhgon.records import Level, Mention
from tinhgon.vietnamese import strip_diacritics

# Which tier the words of a role tell; the first that fits wins.
_TIERS: tuple[tuple[Level, regex.Pattern[str]], ...] = (
    (
        "hamlet",
        regex.compile(
            r"\b(?:chi bộ|thôn|ấp|bản|khóm|khu phố|xóm|tiểu khu|tổ dân phố|tdp|chi hội|chi đoàn|công tác mặt trận)\b"
        ),
    ),
    ("province", regex.compile(r"\b(?:tỉnh|tỉnh ủy|tỉnh đoàn|sở)\b")),
    ("commune", regex.compile(r"\b(?:xã|phường|thị trấn|đặc khu)\b")),
    ("district", regex.compile(r"\b(?:huyện|quận|thị xã|thị ủy|huyện ủy|quận ủy|huyện đoàn)\b")),
    ("commune", regex.compile(r"\b(?:đảng ủy|đu)\b")),
)
_TIER_WORDS = regex.compile(r"\b(?:cấp )?(?:tỉnh|huyện|quận|thị xã|thành phố|xã|phường|thị trấn|việt nam|thôn|ấp)\b.*$")
# Roles whose own name says at which tier they sit, where no word does.
HAMLET_ROLES = frozenset({"bi_thu_chi_bo", "pho_bi_thu_chi_bo", "truong_thon", "pho_truong_thon", "truong_ban_ctmt"})


_HEAD = regex.compile(r"(?:phó )?\w+(?: \w+)?")


def tier_of(text: str) -> Level | None:
    """The tier the words of a role tell ("Chủ tịch UBND xã" -> commune)."""
    return next((tier for tier, words in _TIERS if words.search(text)), None)


def code_of(position: str) -> str:
    """The code of a role that has no name in the codebook: its words without diacritics, joined by "_".

    >>> code_of("giám đốc trung tâm phục vụ hành chính công"), code_of("trưởng ban xây dựng đảng huyện")
    ('giam_doc_trung_tam_phuc_vu_hanh_chinh_cong', 'truong_ban_xay_dung_dang')
    """
    words = position.replace("gđ ", "giám đốc ")
    head = _HEAD.match(words)
    cut = _TIER_WORDS.sub("", words[head.end() :]) if head else ""
    return "_".join(strip_diacritics((head[0] if head else "") + cut).lower().split())


def roles(view: View, matches: Iterable[Mention], names: Iterable[int]) -> Iterator[Mention]:
    """The role mentions with ``data``: ``level`` (tier or None), ``bare`` (the body is not told), final ``label``.

    ``names``: where the names of people and places begin; a role's tail ends there.
    """
    starts = sorted(names)
    for match in matches:
        end = next(iter(between(starts, match.start + 1, match.end, begins=int)), match.end)
        text = view.text[match.start : end].rstrip(" ,-")
        low = view.low[match.start : match.start + len(text)]
        level = tier_of(low)
        label = match.label
        if label == "other":
            label = code_of(low)
            if "_" not in label:
                continue
        elif label in HAMLET_ROLES:
            level = "hamlet"
        yield replace(
            match, end=match.start + len(text), text=text, label=label,
            data={**match.data, "level": level, "other": match.label == "other"},
        )  # fmt: skip
