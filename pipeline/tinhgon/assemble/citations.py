"""Citations: short forms settled by the full ones of the document, the catalogue and the words around (codebook, 2)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import regex

from tinhgon.detect.analysis import Analysis, told_year
from tinhgon.detect.resolutions import build_symbol
from tinhgon.detect.spans import between
from tinhgon.records import Mention
from tinhgon.resources import patterns_dir, read_yaml
from tinhgon.vietnamese import match_form

_BODIES = {
    "TW": "TW", "CP": "CP", "TTg": "TTg", "QH": "QH", "UBTVQH": "UBTVQH",
}  # fmt: skip
_OWN = regex.compile(r"^số ?:? ?\d", regex.VERSION1)
_LOCAL = {"TU": "province", "HU": "district", "QU": "district", "ThU": "district", "ĐU": "commune"}
_TERMS = (("2011", "2015", "XI"), ("2016", "2020", "XII"), ("2021", "2025", "XIII"))
_YEAR_BEHIND = regex.compile(r" (?:năm |\()?((?:19|20)\d\d)(?!\d)")
_APPARATUS = regex.compile(r"trung ương|khóa xii|bộ máy|tinh gọn|tinh giản|sắp xếp")


_TYPE_CODE = regex.compile(r"(?<=[-/])(?:NQ|KL|ĐA|KH|CT|QĐ|NĐ|TT)(?=[-/])")
_SLASH = regex.compile(r"[-/]")
_ASSEMBLY = regex.compile(r"(?:UBTVQH|QH)")
_CAPITALS = regex.compile(r"[A-Z]+")
_BODY_OF_TIER_AFTER = regex.compile(r"(?:hđnd|ubnd|hội đồng nhân dân|ủy ban nhân dân) (tỉnh|thành phố|huyện|xã)")
_BODY_OF_TIER_BEFORE = regex.compile(r"(?:hđnd|ubnd) (tỉnh|thành phố|huyện|xã)")
_LIST_GAP = regex.compile(r",? ?(?:và |, )?")
_DATE_GAP = regex.compile(r",? ?(?:ngày )?")


@dataclass(frozen=True, slots=True)
class Known:
    """A central document of the catalogue."""

    symbol: str
    number: str
    type: str
    issuer: str
    date: str
    known_by: tuple[str, ...]
    bare: bool


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation as it stands: the mention, its symbol, and whose document it is."""

    mention: Mention
    symbol: str
    issuer: str | None
    local: str | None  # the tier of the place whose document it is: province, district, commune
    date: str | None


@cache
def catalogue() -> tuple[Known, ...]:
    """The central documents of ``patterns/resolutions.yaml``."""
    raw = read_yaml(patterns_dir() / "resolutions.yaml")
    return tuple(_known(entry) for entry in raw["documents"])


@cache
def _editions() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """By title the documents that bear it: symbol, in force from, in force to."""
    raw = read_yaml(patterns_dir() / "resolutions.yaml")
    found: dict[str, list[tuple[str, str, str]]] = {}
    for entry in raw["titles"]:
        for phrase in entry["phrases"]:
            period = (str(entry.get("from", "")), str(entry.get("to", "9999")))
            found.setdefault(match_form(phrase), []).append((str(entry["symbol"]), *period))
    return {title: tuple(editions) for title, editions in found.items()}


def _known(entry: dict[str, Any]) -> Known:
    symbol = str(entry["symbol"])
    number = symbol[: len(symbol) - len(symbol.lstrip("0123456789"))]
    return Known(
        symbol,
        number,
        _type_of(symbol),
        entry["issuer"],
        str(entry["date"]),
        tuple(entry["known_by"]),
        bool(entry.get("bare")),
    )


def _type_of(symbol: str) -> str:
    found = _TYPE_CODE.search(symbol)
    return found[0] if found else "NQ"


class CitationReader:
    """Settles the citations of one document."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.low = analysis.view.low
        self.mentions = analysis.of("resolutions")
        self.own = self._own_numbers()
        self.full: dict[tuple[str, str], str] = {}
        for m in self.mentions:
            if m.label == "symbol" and m.data["symbol"] not in self.own:
                self.full.setdefault((m.data["number"].lstrip("0"), m.data["type"]), m.data["symbol"])

    def all(self) -> list[Cited]:
        """Every settled citation in text order, repeated ones too; what cannot be settled is left out."""
        return [cited for mention in self.mentions if (cited := self._cited(mention))]

    def _own_numbers(self) -> set[str]:
        """The numbers a report bears in its own head ("Số 372-BC/HU"), which are no citations."""
        own: set[str] = set()
        for mention in self.mentions:
            if mention.label != "symbol":
                continue
            line = self.low[self.low.rfind("\n", 0, mention.start) + 1 : mention.start]
            if _OWN.match(line.strip() + self.low[mention.start : mention.start + 2]) or line.strip() in ("số", "số:"):
                own.add(mention.data["symbol"])
        return own

    def _cited(self, mention: Mention) -> Cited | None:
        symbol = {"symbol": self._full, "short": self._short, "plenum": self._plenum, "titled": self._titled}[
            mention.label
        ](mention)
        if symbol is None or symbol in self.own:
            return None
        issuer, local = self._issuer(symbol, mention)
        return Cited(mention, symbol, issuer, local, self._date(mention, symbol))

    def _full(self, mention: Mention) -> str | None:
        return str(mention.data["symbol"])

    def _term_then(self) -> str:
        """The term of the Central Committee at the article's time, where that is known; congresses met in January."""
        year = (self.analysis.view.document.published or told_year(self.analysis) or "")[:4]
        return next((term for begins, ends, term in _TERMS if begins <= year <= ends), "")

    def _titled(self, mention: Mention) -> str | None:
        """The edition of the year told behind the title, else the one in force at the article's time, if any."""
        editions = _editions()[str(mention.data["title"])]
        year = _YEAR_BEHIND.match(self.low, mention.end)
        if year:
            return next((symbol for symbol, _, _ in editions if f"/{year[1]}/" in symbol), None)
        date = self.analysis.view.document.published or told_year(self.analysis)
        if date is None:
            return editions[0][0] if len(editions) == 1 else None
        return next((symbol for symbol, begins, ends in editions if begins[: len(date)] <= date <= ends), None)

    def _plenum(self, mention: Mention) -> str | None:
        term = mention.data["term"] or self._term_then() or ("XII" if mention.data["number"] == "6" else "")
        return f"TW{mention.data['number']}-{term}" if term else None

    def _short(self, mention: Mention) -> str | None:
        number, kind, body = mention.data["number"], mention.data["type"], mention.data["body"]
        if symbol := self.full.get((number.lstrip("0"), kind)):
            return symbol
        dated = self._date(mention, "")
        if kind == "NĐ" and body in (None, "CP") and dated:
            return f"{number}/{dated[:4]}/NĐ-CP"  # "Nghị định số 24 ngày 15/3/2010 của Chính phủ"
        sentence = self.analysis.sentence_at(mention.start)
        around = self.low[max(sentence.start, mention.start - 80) : min(sentence.end, mention.end + 120)]
        for known in catalogue():
            if (known.number, known.type) == (number, kind) and body in (None, known.issuer):
                if known.bare or body == known.issuer or any(word in around for word in known.known_by):
                    return known.symbol
                if known.issuer == "TW" and _APPARATUS.search(self.low[sentence.start : sentence.end]):
                    return known.symbol
        return build_symbol(number, kind, body) if body else None

    def _issuer(self, symbol: str, mention: Mention) -> tuple[str | None, str | None]:
        """(issuer code, None) for central documents, (None, tier) for local ones."""
        if symbol.startswith("TW"):
            return "TW", None
        body = _SLASH.split(symbol)[-1]
        if body in _LOCAL:
            return None, _LOCAL[body]
        if _ASSEMBLY.match(body):
            return _CAPITALS.match(body)[0], None  # type: ignore[index]
        if body in ("HĐND", "UBND"):
            after = self.low[mention.end : mention.end + 60]
            tier = _BODY_OF_TIER_AFTER.search(after)
            before = self.low[max(0, mention.start - 60) : mention.start]
            tier = tier or _BODY_OF_TIER_BEFORE.search(before)
            words = {"tỉnh": "province", "thành phố": "province", "huyện": "district", "xã": "commune"}
            return None, words[tier[1]] if tier else "province"
        return _BODIES.get(body, body), None

    def _date(self, mention: Mention, symbol: str) -> str | None:
        """The date of issue told right behind: "ngày 25/10/2017"; one date serves citations joined before it."""
        behind = bisect_left(self.mentions, mention.end, key=lambda m: m.start)
        goes_on = behind < len(self.mentions) and self._lists_on(mention, self.mentions[behind])
        end = self._list_ends[behind] if goes_on else mention.end
        for date in between(self.analysis.of("dates"), end, end + 3 + 5 + 1):
            if _DATE_GAP.fullmatch(self.low[end : date.start]):
                value = date.data["value"]
                return value if isinstance(value, str) and len(value) == 10 else None
        return None

    def _lists_on(self, mention: Mention, follower: Mention) -> bool:
        return _LIST_GAP.fullmatch(self.low[mention.end : follower.start]) is not None

    @cached_property
    def _list_ends(self) -> list[int]:
        """Where the list ends that goes on from each citation to those behind it, read from the last one back."""
        ends: list[int] = []
        for mention, follower in zip(reversed(self.mentions), (None, *reversed(self.mentions)), strict=False):
            ends.append(ends[-1] if follower is not None and self._lists_on(mention, follower) else mention.end)
        return ends[::-1]


def cited_between(cited: Sequence[Cited], start: int, end: int) -> Sequence[Cited]:
    """Those of ``cited``, which are in text order, that begin at ``start`` or behind it and before ``end``."""
    return between(cited, start, end, begins=lambda one: one.mention.start)


def distinct(cited: list[Cited]) -> Iterator[Cited]:
    """The first citation of each symbol, with the date where any of them tells it."""
    dates = {c.symbol: c.date for c in reversed(cited) if c.date}
    seen: set[str] = set()
    for item in cited:
        if item.symbol not in seen:
            seen.add(item.symbol)
            yield Cited(item.mention, item.symbol, item.issuer, item.local, dates.get(item.symbol))
