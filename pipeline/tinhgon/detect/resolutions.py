"""Cited documents: full symbols, lists of numbers, short forms and plenums (codebook, section 2).

``label``: symbol · short · plenum · titled (a law or resolution named by its title alone, ``title``). ``data`` of a symbol: ``symbol`` (canonical), ``number``, ``type``, ``body``; of a
short form: ``number``, ``type`` and ``body`` where the words behind it tell ("của Tỉnh ủy"). What a short form stands
for is decided in assembly, where all citations of the document are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import ahocorasick_rs
import regex

from tinhgon.detect.anchors import anchored
from tinhgon.detect.spans import Taken
from tinhgon.detect.text import View
from tinhgon.records import Mention
from tinhgon.resources import patterns_dir, read_yaml
from tinhgon.vietnamese import match_form

TYPES = {
    "nghị quyết": "NQ", "nq": "NQ", "kết luận": "KL", "kl": "KL", "đề án": "ĐA", "đa": "ĐA", "kế hoạch": "KH", "kh": "KH",
    "chỉ thị": "CT", "ct": "CT", "chương trình hành động": "CTr", "chương trình": "CTr", "ctr": "CTr", "ctrhđ": "CTrHĐ",
    "quyết định": "QĐ", "quy định": "QĐ", "qđ": "QĐ", "qđi": "QĐi", "nghị định": "NĐ", "nđ": "NĐ", "thông tư": "TT", "tt": "TT",
    "thông tư liên tịch": "TTLT", "ttlt": "TTLT", "thông báo": "TB", "tb": "TB", "hướng dẫn": "HD", "hd": "HD", "quy chế": "QC",
    "qc": "QC", "báo cáo": "BC", "bc": "BC", "công văn": "CV", "cv": "CV", "tờ trình": "TTr", "ttr": "TTr", "vbhn": "VBHN",
    "thông tri": "TT",
}  # fmt: skip
_CASED = {"TTG": "TTg", "CTR": "CTr", "THU": "ThU", "TTR": "TTr", "CTRHĐ": "CTrHĐ", "QĐI": "QĐi", "HD": "HD"}
_NAMES = tuple(name for name in TYPES if len(name) > 4)
_WORDS = "|".join(sorted((regex.escape(name) for name in _NAMES), key=len, reverse=True))
_CODES = "nq|kl|đa|kh|ctrhđ|ctr|ct|qđi|qđ|nđ|ttlt|ttr|tt|tb|hd|qc|bc|cv|vbhn"
_BODY = r"(?:ubtvqh\d{0,2}|qh\d{1,2}|hđnd|ubnd|ttg|tw|thu|tu|hu|qu|cp|đuk|đu|đcs|bcs\p{L}*|b[a-zđ]{1,6}|tư|mttq\p{L}*|vpcp|btctw|ubktttw)"
_SYMBOL = anchored(
    rf"(?<![\w/])(?:(?<=(?:{_WORDS}|nq|kl|nđ|đa|kh)(?: số)?:? )(?P<list>(?:\d{{1,4}} ?(?:,|và) ?){{1,4}}))?(?<![\w/])(?P<n>\d{{1,4}}[a-z]?) ?(?P<rest>"
    rf"/ ?(?P<year>(?:19|20)\d\d) ?/ ?(?:(?P<type>{_CODES}) ?[-/] ?(?P<body>{_BODY})|(?P<body>ubtvqh\d\d|qh\d\d))"
    rf"|[-/] ?(?P<type>{_CODES}) ?[-/] ?(?P<body>{_BODY})"
    rf"|/ ?(?P<body>ubtvqh\d\d))(?!\w)",
    digits=True,
)
_NAMED = regex.compile(rf"(?<!\w)(?:{_WORDS}|nq|kl|nđ|đa|kh|qđ)(?: liên tịch| hành động)?(?: số)?:? $", regex.VERSION1)
_SHORT = anchored(
    rf"(?<!\w)(?P<type>{_WORDS}|nq|kl|đa|kh|nđ|qđ)(?: số)? (?P<n>\d{{1,4}})(?P<more>(?:(?:, | và )(?:số )?\d{{1,4}})*)"
    rf"(?!\w| ?[-/] ?(?:{_CODES})\b| ?%|[.,/]\d| (?:năm|tháng|ngày(?! \d{{1,2}}[/.-]\d)|xã|thôn|huyện|ấp|đơn vị|cơ quan|đồng|tỷ|người|nội dung|nhiệm vụ|chỉ tiêu|tiêu chí))",
    *_NAMES,
    "nq",
    "kl",
    "đa",
    "kh",
    "nđ",
    "qđ",
)
# "Nghị định 178/2024": decrees are the government's, so number and year are the whole symbol
_YEARED = anchored(
    r"(?<!\w)(?:nghị định|nđ)(?: số)? (?P<n>\d{1,3})/(?P<year>(?:19|20)\d\d)(?![\d/])",
    "nghị định",
    "nđ",
)
_BODY_WORDS: tuple[tuple[str, str], ...] = (
    ("TW", r"bộ chính trị|ban bí thư|ban chấp hành trung ương|trung ương|bch trung ương|bchtw|tw|hội nghị (?:lần thứ \w+ )?(?:trung ương|tw|ban chấp hành)|khóa xi{0,3}v?"),
    ("UBTVQH", r"ủy ban thường vụ quốc hội|ubtvqh"),
    ("QH", r"quốc hội"),
    ("TTg", r"thủ tướng"),
    ("CP", r"chính phủ"),
    ("TU", r"tỉnh ủy|thành ủy|đảng bộ tỉnh"),
    ("HU", r"huyện ủy|đảng bộ huyện"),
    ("QU", r"quận ủy"),
    ("ThU", r"thị ủy"),
    ("HĐND", r"hđnd|hội đồng nhân dân"),
    ("UBND", r"ubnd|ủy ban nhân dân"),
    ("BNV", r"bộ nội vụ"),
)  # fmt: skip
_OF = regex.compile(
    r"^[,\s]*(?:(?:ngày )?[\d/.\-]{5,10}|,? năm \d{4}|\([^)]{0,30}\)|\s|,)*(?:của |\(|của)?\s*(?:ban thường vụ |ban chấp hành |btv |bch |thường trực )?(?P<body>"
    + "|".join(f"(?P<b{n}>{words})" for n, (_, words) in enumerate(_BODY_WORDS))
    + r")(?!\w)",
    regex.VERSION1,
)
_PLENUM = anchored(
    r"(?<!\w)(?:nghị quyết|nq) (?:của )?hội nghị (?:lần thứ (?P<n>\d{1,2}|tư|năm|sáu|bảy|tám|chín|mười) )?(?:ban chấp hành |bch )?(?:trung ương|tw)(?: đảng)?(?: lần thứ (?P<n>\d{1,2}|tư|năm|sáu|bảy|tám|chín|mười))?,? \(?khóa (?P<k>[ivx]+)\)?"
    r"|(?<!\w)(?:(?:nghị quyết|nq) )?(?:hội nghị )?(?:lần thứ )?(?:trung ương|tw) (?:lần thứ )?(?P<n>\d{1,2}|tư|năm|sáu|bảy|tám|chín|mười)[,\s]*\(?,? ?khóa (?P<k>[ivx]+)\)?"
    r"|(?<!\w)(?:nghị quyết|nq) (?:trung ương|tw) (?P<n>\d{1,2})(?![\d/%])",
    "nghị quyết",
    "nq",
    "hội nghị",
    "lần thứ",
    "trung ương",
    "tw",
)
# "các Nghị quyết Trung ương 5, 6 khóa XII"
_PLENUMS = anchored(
    r"(?<!\w)(?:nghị quyết|nq) (?:hội nghị )?(?:trung ương|tw|tư) (?P<n>\d{1,2}(?:(?:, | và )\d{1,2})*)[,\s]*\(?,? ?khóa (?P<k>[ivx]+|1[0-4])(?:(?:, | và )(?P<k2>[ivx]+))?\)?",
    "nghị quyết",
    "nq",
)
FORMS = (_SYMBOL, _SHORT, _YEARED, _PLENUM, _PLENUMS)
_TERMS = {"10": "X", "11": "XI", "12": "XII", "13": "XIII", "14": "XIV"}
_DRAFT = regex.compile(r"(?:dự án|dự thảo|sửa đổi[^.;]{0,40}|phòng[^.;]{0,8})(?: của)? ?$")
_PLENUM_WORDS = {"tư": "4", "năm": "5", "sáu": "6", "bảy": "7", "tám": "8", "chín": "9", "mười": "10"}


_SPACE = regex.compile(r"\s+")
_LETTERS = regex.compile(r"[^\W\d_]+")
_DIGITS = regex.compile(r"\d+")
_NUMBERED_BEFORE = regex.compile(r"(?:\d|/tw),? ?(?:của )?(?:hội nghị )?(?:lần thứ )?$")


def canonical(piece: str) -> str:
    """A symbol as the codebook writes it: no spaces, capitals but for TTg, CTr and their like.

    >>> canonical("18- nq/tw"), canonical("439/qđ-ttg"), canonical("49-ctr/tu")
    ('18-NQ/TW', '439/QĐ-TTg', '49-CTr/TU')
    """
    bare = _SPACE.sub("", piece).upper()
    return _LETTERS.sub(lambda m: _CASED.get(m[0], m[0]), bare)


def build_symbol(number: str, kind: str, body: str) -> str | None:
    """The symbol a body gives a document of a type and number; None where a year or term would be needed."""
    match body:
        case "HĐND" | "UBND" | "CP" | "TTg":
            return f"{number}/{kind}-{body}" if body != "CP" or kind == "NQ" else None
        case "TW" | "TU" | "HU" | "QU" | "ThU":
            return f"{number}-{kind}/{body}"
    return None


def body_after(low: str, end: int) -> str | None:
    """The code of the issuing body named right behind a citation ("của Ban Thường vụ Tỉnh ủy" -> TU)."""
    found = _OF.match(low[end : end + 90])
    if not found:
        return None
    return next(code for n, (code, _) in enumerate(_BODY_WORDS) if found[f"b{n}"])


def named_from(low: str, start: int) -> int:
    """Where the citation begins: at its type word ("Nghị quyết số"), where one stands before the number."""
    found = _NAMED.search(low, max(0, start - 40), start)
    return found.start() if found else start


def resolutions(view: View) -> Iterator[Mention]:
    """Every citation of the text in order; lists of numbers give one mention each, over the same span."""
    low, found = view.low, list[Mention]()
    taken = Taken(len(low))
    for m in view.find(_SYMBOL):
        kind, body = (m["type"] or "nq").upper(), canonical(m["body"])
        rest = m["rest"] if m["type"] or m["year"] else f"/nq-{m['body']}"
        rest = rest.replace("tư", "tw") if m["body"] == "tư" else rest
        taken.add(*m.span())
        start = named_from(low, m.start())
        for number in [*_DIGITS.findall(m["list"] or ""), m["n"]]:
            symbol = canonical(number + rest)
            found.append(
                view.mention(start, m.end(), "resolutions", "symbol", "resolution.symbol", symbol=symbol, number=number, type=canonical(kind), body=body, of=body_after(low, m.end()))
            )  # fmt: skip
    for m in view.find(_YEARED):
        if taken.touches(*m.span()):
            continue
        taken.add(*m.span())
        symbol = f"{m['n']}/{m['year']}/NĐ-CP"
        found.append(
            view.mention(*m.span(), "resolutions", "symbol", "resolution.decree", symbol=symbol, number=m["n"], type="NĐ", body="CP", of=None)
        )  # fmt: skip
    for m in view.find(_PLENUMS):
        taken.add(*m.span())
        for number in _DIGITS.findall(m["n"]):
            for term in filter(None, (m["k"], m["k2"])):
                found.append(
                    view.mention(*m.span(), "resolutions", "plenum", "resolution.plenum", number=number, term=_TERMS.get(term, term.upper()))
                )  # fmt: skip
    for m in view.find(_PLENUM):
        if taken.touches(*m.span()):
            continue
        # "Nghị quyết số 18-NQ/TW Hội nghị Trung ương 6": the number before it is the document, not the plenum
        if _NUMBERED_BEFORE.search(low[max(0, m.start() - 25) : m.start()]):
            continue
        if m["n"] is None:
            continue
        number = _PLENUM_WORDS.get(m["n"], m["n"])
        term = (m["k"] or "").upper()
        taken.add(*m.span())
        found.append(view.mention(*m.span(), "resolutions", "plenum", "resolution.plenum", number=number, term=term))
    for m in view.find(_SHORT):
        if taken.touches(*m.span()):
            continue
        for number in [m["n"], *_DIGITS.findall(m["more"])]:
            found.append(
                view.mention(*m.span(), "resolutions", "short", "resolution.short", number=number, type=TYPES[m["type"]], body=body_after(low, m.end()))
            )  # fmt: skip
    found.extend(_titled(view, taken))
    yield from sorted(found, key=lambda r: (r.start, r.end))


@cache
def _titles() -> tuple[tuple[str, ...], ahocorasick_rs.AhoCorasick]:
    """The titles by which well-known documents are cited, and one automaton over them."""
    raw = read_yaml(patterns_dir() / "resolutions.yaml")
    phrases = tuple(sorted({match_form(phrase) for entry in raw["titles"] for phrase in entry["phrases"]}))
    return phrases, ahocorasick_rs.AhoCorasick(phrases)


def _titled(view: View, taken: Taken) -> Iterator[Mention]:
    """Documents cited by their title alone; drafts and amendments of them are other documents."""
    phrases, automaton = _titles()
    for index, start, end in automaton.find_matches_as_indexes(view.low, overlapping=False):
        drafted = _DRAFT.search(view.low[max(0, start - 50) : start])
        if not drafted and not taken.touches(start, end):
            yield view.mention(start, end, "resolutions", "titled", "resolution.title", title=phrases[index])
