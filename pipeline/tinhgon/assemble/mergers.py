"""Mergers: which bodies or places become one (codebook, section 7).

A sentence is read as a row of signs: U a unit (place or body), J a joining verb, T "thành", V "vào/về", F "từ", B "trên
cơ sở", ``,`` what lines units up, ``(`` ``)`` ``;`` marks and w any other word. The shapes below are expressions over
these signs, so that each states one way Vietnamese says a merger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from tinhgon.assemble.places import Resolved
from tinhgon.assemble.units import COUNTS, Unit, units_of
from tinhgon.detect.analysis import Analysis
from tinhgon.detect.text import Sentence
from tinhgon.vietnamese import match_form

_SIGNS: tuple[tuple[str, str], ...] = (
    ("J", r"(?:được |đã |sẽ |bị |cũng |đang )*(?:sáp nhập|sát nhập|hợp nhất|hợp lại|hợp thành|gộp|ghép|chập|gom|dồn|tan(?= vào)|(?:dắt nhau )?về chung(?: (?:một )?(?:mái )?nhà| trong| một mái nhà)?|nhập(?! (?:khẩu|học|viện|ngũ|cảnh|siêu|cuộc))|tổ chức lại)(?: toàn bộ| lại| tiếp| nguyên trạng)*(?!\w)"),
    ("C", r"(?:được )?(?:chuyển|đưa)(?!\w)"),
    ("B", r"trên cơ sở(?! (?:vật chất|đó|pháp))(?: hợp nhất| sáp nhập| nhập| ghép| sắp xếp| của)?(?: nguyên trạng| toàn bộ)?(?!\w)"),
    ("M", r"(?:trở|làm|lập|hợp) thành(?! (?:viên|phần|lập))(?!\w)"),
    ("T", r"(?:(?<=gộp )|(?<=ghép )|(?<=nhập )|(?<=hợp nhất ))làm(?= (?:xã|phường|thị trấn|huyện|thôn|ấp|bản|một))|(?:để )?(?:lại )?thành(?: lập)?(?! (?:viên|phần|tích|ủy|công|tựu))(?: mới)?(?!\w)|lấy tên(?: chung)?(?: gọi)?(?: là)?|(?:để )?mang tên(?: chung)?(?: gọi)?(?: là)?|thành một mối|tên gọi(?: mới)?(?: là)?|hình thành"),
    ("V", r"(?:vào|về(?: một mối với)?)(?!\w)"),
    ("F", r"từ(?!\w)"),
    ("G", r"gồm(?!\w)"),
    ("W", r"(?:cùng )?với(?: các| hai| nguyên)?(?!\w)"),
    ("A", r"(?:và|cùng)(?: các| hai| nguyên| của)?(?!\w)"),
    (",", r",|;(?= (?:xã|phường|thị trấn|sở|ban))"),
    (";", r";"),
    (":", r":"),
    ("(", r"\("),
    (")", r"\)"),
    ("N", r"\d+|(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?!\w)"),
    ("k", r"(?:(?:toàn bộ|một phần|phần|nguyên trạng)(?: (?:diện tích|đất|tự nhiên|và|quy mô|dân số|còn lại))+ của|một phần|các|những|cả|hai|ba|toàn bộ|nguyên trạng|xã|phường|thị trấn|huyện|tỉnh|thôn|ấp|bản|khu phố|quận|thành phố|thị xã|của|cũ|tỉnh mới|một|làm|mới|chung|đơn vị|trạm|trường|cơ quan|tỉnh,|tiếp)(?!\w)"),
    ("w", r"[\w.]+|."),
)  # fmt: skip
# The first sign that fits, as one expression: a word is looked at once, not once for each sign.
_SIGN = regex.compile("|".join(f"(?P<sign_{number}>{words})" for number, (_, words) in enumerate(_SIGNS)))
_LIST = "U(?:k*[,AW]{1,2}k*U)*"
_PAIR = "Uk*Wk*U"
_SHAPES: tuple[tuple[str, regex.Pattern[str]], ...] = tuple(
    (name, regex.compile(shape))
    for name, shape in (
        # hợp nhất A với B, C với D: two mergers in one breath
        ("pairs", rf"J[kNw,]{{0,6}}[;:]?k*(?P<pairs>{_PAIR}(?:[,;A]{{1,2}}k*{_PAIR})+)"),
        # A (và B, được đề xuất) sáp nhập với C và D thành E
        (
            "with_host",
            r"(?<!Vk*)(?P<parties>U(?:k*Ak*U)?)[kw]{0,4}JWk*(?P<host>U(?:k*[,AW]{1,2}k*U)*)(?:[,kw]{0,3}[TM]k*(?P<result>U))?",
        ),
        # xã X ra đời trên cơ sở nhập A với B; C được nhập từ A, B
        (
            "from",
            r"(?P<result>U)[wk]{0,6}(?:,?[wk]{0,4})T?(?:J?B[J]?|JF|BJ|(?<=T)F)[kN]*(?P<parties>U(?:k*[,AW]{1,2}k*U)+)",
        ),
        ("from_bracket", r"(?P<result>U)\([wk]?JF?k*(?P<parties>U(?:k*[,AW]{1,2}k*U)+)"),
        # nhập sáu xã thành ba xã X (A, B), Y (C, D)
        ("bracketed", r"(?P<result>U)\(k*(?P<parties>U(?:k*[,AW]{1,2}k*U)+)\)"),
        # hợp nhất A với B (thành C); sáp nhập A vào B
        ("into_one", rf"J[kN]*(?P<parties>{_LIST})V[kw]?(?P<host>U)(?:[,kw]{{0,3}}Tk*(?P<result>U))?"),
        ("joined_as", r"J[kNG]*(?P<parties>U(?:k*[,AW]{1,2}k*U)+)(?:[,kwN]{0,4}Tk*(?P<result>U))?"),
        # hợp nhất ba văn phòng gồm A, B và C
        (
            "counted",
            r"JN[kw]{1,4}[G:]k*(?P<parties>U(?:k*[,AW]{1,2}k*U)+)(?:[,kwN]{0,4}Tk*(?P<result>U))?",
        ),
        # hợp nhất A với B thành C; D với E thành F
        ("with_into", r"(?<=J.*)(?P<parties>U)k*Wk*(?P<host>U)[,kw]{0,3}Tk*(?P<result>U)"),
        # sáp nhập các huyện: A vào B, C vào D
        ("into_pairs", r"(?<=J.*)(?P<parties>U)Vk*(?P<host>U)"),
        # chuyển A về B; đưa A về một mối với B
        ("moved", rf"C[kN]*(?P<parties>{_LIST})Vk*(?P<host>U)"),
        ("moved_after", r"(?P<parties>U),?[wk]{0,3}CVk*(?P<host>U)"),
        # A nhập vào B; A nhập với B thành C; A và B hợp nhất thành C; A với B thành C
        ("go_into", rf"(?P<parties>{_LIST})(?:w|k{{0,2}})JVk*(?P<host>U)(?:[,kw]{{0,3}}Tk*(?P<result>U))?"),
        (
            "with_others",
            rf"(?P<parties>{_LIST})[kw]?J(?:[AW]|k)+(?P<host>U(?:k*[,AW]{{1,2}}k*U)*)(?:[,kw]{{0,8}}Tk*(?P<result>U))?",
        ),
        # sau khi hợp nhất với A, B còn ...
        ("with_subject", r"JWk*(?P<parties>U),k*(?P<host>U)"),
        ("become", r"(?P<parties>U(?:k*[,AW]{1,2}k*U)+)k{0,4}[wk]{0,2}JT?k*(?P<result>U)?"),
        # A cùng B làm thành C
        ("become_short", r"(?P<parties>U(?:k*[,AW]{1,2}k*U)+)[kw]{0,2}[TM]k*(?P<result>U)"),
    )
)
_WRITTEN_OUT = {
    "hđnd": "hội đồng nhân dân", "ubnd": "ủy ban nhân dân", "mttq": "mặt trận tổ quốc", "đbqh": "đại biểu quốc hội",
}  # fmt: skip
_COUNTED_LIST = regex.compile(r"(?<!\w)(\d+|hai|ba|bốn) [^\d.;,]{1,40}?(?:gồm|:)[ :]*$")
_WHERE = regex.compile(
    r"(?<!\w)(?:ở|tại|trong|trên địa bàn)(?: các| hai| ba| \d+)?(?: (?:xã|phường|huyện|quận|tỉnh))? ?$"
)
_DROPPED = regex.compile(r"[^.;,]{0,25}(?:thì thôi|rút lại|không thực hiện|bị bác|tạm dừng)")


_BRACKETED = regex.compile(r"\([^()JB]*\)")
_JOINED_INTO = regex.compile("J.*T")
_LISTED_IN_BRACKETS = regex.compile(r"\(k*U(?:k*[,AW]{1,2}k*U)+\)")
_SERVICE = regex.compile(
    r"(?i)trung tâm|trạm|trường|đài|bệnh viện|thư viện|bảo tàng|nhà|ban quản lý|hạt|báo|tạp chí|đoàn (?:ca|nghệ)|viện|học viện|quỹ"
)


@dataclass(frozen=True, slots=True)
class Joining:
    """One merger as the text says it."""

    parties: tuple[Unit, ...]
    result: Unit | None
    start: int
    end: int
    shape: str
    sentence: Sentence


class MergerReader:
    """Finds the mergers of one document."""

    def __init__(self, analysis: Analysis, places: Sequence[Resolved]) -> None:
        self.analysis = analysis
        self.low = analysis.view.low
        self.places = places

    def all(self) -> list[Joining]:
        found: list[Joining] = []
        for sentence in self.analysis.view.sentences:
            if (
                any(m.label in ("join", "into") for m in self.analysis.within("measures", sentence.start, sentence.end))
                or "về " in self.low[sentence.start : sentence.end]
            ):
                found.extend(self.sentence(sentence))
        return found

    def sentence(self, sentence: Sentence) -> list[Joining]:
        """The mergers of one sentence: each shape is tried in turn on what the shapes before it left."""
        units = units_of(self.analysis, self.places, sentence)
        if len(units) < 2:
            return []
        signs, at = self._signs(sentence, units)
        if not set("JBCM") & set(signs):
            return []
        found: list[Joining] = []
        for name, shape in _SHAPES:
            for match in shape.finditer(signs):
                if name == "pairs":
                    joinings = self._pairs(match, signs, at, units, sentence)
                else:
                    joining = self._joining(name, match, signs, at, units, sentence)
                    joinings = [joining] if joining else []
                if joinings:
                    found.extend(joinings)
                    signs = signs[: match.start()] + "#" * (match.end() - match.start()) + signs[match.end() :]
        return sorted(found, key=lambda j: j.start)

    # ------------------------------------------------------------ signs

    def _signs(self, sentence: Sentence, units: Sequence[Unit]) -> tuple[str, list[int]]:
        """The sentence as a row of signs, and for each U sign which unit it is (-1 for other signs)."""
        signs, at = [], []
        position, number = sentence.start, 0
        while position < sentence.end:
            if number < len(units) and units[number].start <= position:
                signs.append("k" if units[number].kind == "parent" else "U")
                at.append(number)
                position = max(position, units[number].end)
                number += 1
                continue
            if self.low[position] in " \"'":
                position += 1
                continue
            limit = units[number].start if number < len(units) else sentence.end
            sign, position = self._sign(position, limit)
            signs.append(sign)
            at.append(-1)
        row = "".join(signs)
        return self._without_brackets(row, at)

    def _sign(self, position: int, limit: int) -> tuple[str, int]:
        """The sign of the word at an offset and where it ends."""
        match = _SIGN.match(self.low, position, limit)
        if match is None or match.lastgroup is None:
            return "w", position + 1
        return _SIGNS[int(match.lastgroup.removeprefix("sign_"))][0], match.end()

    def _without_brackets(self, row: str, at: list[int]) -> tuple[str, list[int]]:
        """Brackets that hold no join ("(Quế Sơn)", "(huyện Mang Thít)") say nothing about the merger: out they go.

        After "nhập ... thành" a bracket of two or more units names the parties: it stays.
        """
        kept = list(range(len(row)))
        for bracket in _BRACKETED.finditer(row):
            if _JOINED_INTO.search(row[: bracket.start()]) and _LISTED_IN_BRACKETS.fullmatch(bracket[0]):
                continue
            kept = [k for k in kept if not bracket.start() <= k < bracket.end()]
        return "".join(row[k] for k in kept), [at[k] for k in kept]

    # ------------------------------------------------------------ results

    def _pairs(
        self, match: regex.Match[str], signs: str, at: Sequence[int], units: Sequence[Unit], sentence: Sentence
    ) -> list[Joining]:
        """The mergers of "A với B, C với D"."""
        found = [units[at[i]] for i in range(*match.span("pairs")) if signs[i] == "U"]
        pairs = [found[i : i + 2] for i in range(0, len(found), 2)]
        if any((a.kind == "body") != (b.kind == "body") for a, b in pairs):
            return []
        return [
            Joining(tuple(pair), None, pair[0].start, pair[1].end, "merger.pairs", sentence)
            for pair in pairs
            if all(u.public for u in pair)
        ]

    def _joining(
        self,
        name: str,
        match: regex.Match[str],
        signs: str,
        at: Sequence[int],
        units: Sequence[Unit],
        sentence: Sentence,
    ) -> Joining | None:
        def within(group: str) -> list[Unit]:
            if group not in match.re.groupindex or match[group] is None:
                return []
            return [units[at[i]] for i in range(*match.span(group)) if signs[i] == "U"]

        parties, hosts, results = within("parties"), within("host"), within("result")
        result = (
            results[0]
            if results
            else (hosts[0] if len(hosts) == 1 and name in ("into_one", "into_pairs", "go_into", "moved") else None)
        )
        parties = self._of_one_kind([*parties, *hosts], name)
        if name == "become" and results and results[0].kind != parties[-1].kind if parties else False:
            result = None
        if len(parties) < 2 or not all(u.public for u in parties) or len({u.name.lower() for u in parties}) < 2:
            return None
        if name in ("counted", "joined_as") and not self._as_many_as_told(parties, name == "counted"):
            return None  # "sáp nhập 53 xã, gồm A, B ...": not all of them become one
        if name == "moved" and any(u.kind != "body" for u in parties):
            return None
        if parties[0].resolved is not None and _WHERE.search(self.low[: parties[0].start][-24:]):
            return None  # "12 trường ở các xã A, B sẽ ghép": where it happens
        if _DROPPED.match(self.low, max(u.end for u in parties)):
            return None
        everything = [*parties, *([result] if result else [])]
        start, end = min(u.start for u in everything), max(u.end for u in everything)
        return Joining(tuple(parties), result, start, end, f"merger.{name}", sentence)

    def _as_many_as_told(self, parties: Sequence[Unit], must_be_told: bool) -> bool:
        told = _COUNTED_LIST.search(self.low, max(0, parties[0].start - 50), parties[0].start)
        return not must_be_told if told is None else COUNTS.get(told[1]) == len(parties)

    def _of_one_kind(self, parties: Sequence[Unit], name: str) -> list[Unit]:
        """The parties that are of the kind of the one nearest to the verb; bodies join bodies, communes communes."""
        if not parties:
            return []
        anchor = (
            parties[-1] if name in ("become", "become_short", "go_into", "with_others", "into_pairs") else parties[0]
        )
        same = [u for u in parties if (u.kind == "body") == (anchor.kind == "body")]
        return [u for u in same if u.kind == anchor.kind or anchor.kind == "body"]


def merger_kind(joining: Joining) -> str:
    """The kind of what results: the tier of a place, else service_unit or agency by the body's head word."""
    unit = joining.result or joining.parties[0]
    if unit.kind != "body":
        return unit.kind
    service = _SERVICE.match(unit.name)
    return "service_unit" if service else "agency"


def distinct(joinings: Sequence[Joining]) -> Iterator[Joining]:
    """The first, or the fuller (with a result), of mergers of the same parties, however fully they are named."""
    best: list[Joining] = []
    # A name is the same as one that has all its words, or some of them: the first party of the one is found by the
    # longest of its words, or by the rarest of the other's.
    by_longest: dict[str, list[int]] = defaultdict(list)
    by_word: dict[str, list[int]] = defaultdict(list)

    def note(number: int) -> None:
        words = _words(best[number].parties[0].name)
        by_longest[max(words, key=lambda word: (len(word), word), default="")].append(number)
        for word in words:
            by_word[word].append(number)

    for joining in joinings:
        near: set[int] = set()
        for unit in joining.parties:
            words = _words(unit.name)
            near.update(*(by_longest.get(word, ()) for word in words))
            rare = min(words, key=lambda word: len(by_word.get(word, ())), default="")
            near.update(by_word.get(rare, ()))
        twin = min((number for number in near if _same(best[number], joining)), default=None)
        if twin is None:
            best.append(joining)
            note(len(best) - 1)
        elif _fullness(joining) > _fullness(best[twin]):
            best[twin] = joining
            note(twin)
    yield from sorted(best, key=lambda j: j.start)


def _fullness(joining: Joining) -> tuple[bool, int]:
    return joining.result is not None, sum(len(u.name.split()) for u in joining.parties)


def _same(a: Joining, b: Joining) -> bool:
    """Whether two have the same parties: "Ban Tổ chức với Sở Nội vụ", "Ban tổ chức Tỉnh ủy với Sở Nội vụ"."""
    results = {u.name.lower() for u in (a.result, b.result) if u is not None}
    if len(a.parties) != len(b.parties) or len(results) > 1:
        return False
    free = [_words(u.name) for u in b.parties]
    for unit in a.parties:
        words = _words(unit.name)
        other = next((o for o in free if o == words or (unit.kind == "body" and (o <= words or words <= o))), None)
        if other is None:
            return False
        free.remove(other)
    return True


@lru_cache(maxsize=4096)
def _words(name: str) -> frozenset[str]:
    """The words of a name, abbreviations written out: "HĐND" and "Hội đồng nhân dân" are one."""
    name = match_form(name)
    for short, full in _WRITTEN_OUT.items():
        name = name.replace(short, full)
    return frozenset(name.split())
