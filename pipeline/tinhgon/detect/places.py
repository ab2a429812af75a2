"""Names of places as they stand: with a type word, in a list under one type word, inside a body's name, or bare.

``label``: province · district · commune · hamlet where a type word tells, else bare. ``data``: ``name`` (without its
type word), ``type`` ("huyện"), ``named_by`` (type, body, list, bare), ``old`` ("Long An cũ"). Which unit is meant is decided in
assembly, where the other places of the text are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import ahocorasick_rs
import regex

from tinhgon.detect.anchors import anchored
from tinhgon.detect.spans import Spans, Taken
from tinhgon.detect.text import View
from tinhgon.gazetteer import Gazetteer
from tinhgon.records import Mention
from tinhgon.vietnamese import match_form

TYPES = {
    "tỉnh": "province", "thành phố": "city", "tp.": "city", "tp": "city", "tp ": "city", "huyện": "district", "h.": "district",
    "quận": "district", "q.": "district", "thị xã": "district", "tx.": "district", "tx": "district", "xã": "commune", "x.": "commune",
    "phường": "commune", "p.": "commune", "thị trấn": "commune", "tt.": "commune", "đặc khu": "commune", "tỉnh ủy": "province",
    "hđnd tỉnh": "province", "huyện ủy": "district", "quận ủy": "district", "thị ủy": "district", "thành ủy": "city", "huyện đoàn": "district",
    "tỉnh đoàn": "province", "thành đoàn": "city", "sở nội vụ": "province", "ubnd": "any", "hđnd": "any", "đảng bộ": "any",
    "đảng ủy": "any",
    **dict.fromkeys(
        ("thôn", "ấp", "bản", "làng", "buôn", "bon", "khóm", "khu phố", "tổ dân phố", "tdp", "tiểu khu", "xóm", "khối phố", "khối", "khu"), "hamlet"
    ),
}  # fmt: skip
LEVEL_TYPES = {
    "tp.": "thành phố", "tp": "thành phố", "h.": "huyện", "q.": "quận", "tx.": "thị xã", "tx": "thị xã", "x.": "xã", "p.": "phường",
    "tt.": "thị trấn", "tdp": "tổ dân phố", "huyện ủy": "huyện", "tỉnh ủy": "tỉnh", "quận ủy": "quận", "thị ủy": "thị xã", "thành ủy": "thành phố",
}  # fmt: skip
_TYPE_WORDS = "|".join(regex.escape(t) for t in sorted(TYPES, key=len, reverse=True))
_SYLLABLE = r"(?:\p{Lu}[\p{L}\p{M}]*(?:['’]\p{L}+)*)"
_RUN = rf"{_SYLLABLE}(?:(?: - | – |-| ){_SYLLABLE}){{0,6}}"
_NUMBER = r"\d{1,2}(?![\d.,/%]*\d|%|\w| (?:xã|thôn|ấp|phường|huyện|người|hộ|đơn vị))"
# Type words are sought in the matching form, names in the text as written: the two have the same offsets.
_TYPE = anchored(
    rf"(?<!\w)(?P<type>{_TYPE_WORDS})(?:(?: (?:biên giới|miền núi|vùng cao|cù lao|đảo|mới|cũ|nghèo|thuần nông))? |(?<=\.))",
    *TYPES,
)
FORMS = (_TYPE,)
_NAME = regex.compile(rf"(?P<name>{_RUN}|{_NUMBER})", regex.VERSION1)
_NEXT = regex.compile(r"(?: ?\([^()]{1,40}\))?(?:, | và | với | cùng | hay )(?:và |với |các )?", regex.VERSION1)
_PLURAL = regex.compile(
    r"(?:\d+|các|những|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mấy|toàn bộ)(?: trong số)?(?: đơn vị| địa phương)?(?: [\p{L}]+,)? ?$|(?:các|những|\d+|hai|ba|bốn|năm|sáu|bảy|tám)(?: xã,| huyện, thị xã,| huyện,| phường,)++ $"
)
# "quận 3, 4, 5 và Phú Nhuận mỗi nơi": a number goes on in a list of numbered places
_NUMBER_LISTED = regex.compile(r", (?:\d{1,2}(?!\d)|\p{Lu})| và (?:\p{Lu}|\d)| mỗi | đều | có (?:một|\d)")
_NUMBERED = regex.compile(r" \d{1,2}(?![\d.,/%]*\d|%|\w)")  # "phường Hà Giang 2"
_NOT_A_PLACE_BEFORE = regex.compile(
    r"(?:^|[\s(\"])(?:báo|đường|phố|cầu|sông|núi|hồ|chợ|chùa|đèo|cảng|sân bay|nhà máy|công ty|khu công nghiệp|kcn|trường|thpt|thcs|tiểu học|bệnh viện|clb|quảng trường|dự án|thủy điện|"
    r"quốc lộ|đại học|đài|nguồn|ảnh|người|dân tộc|đồng bào|đảo|biển|vịnh|rạch|kênh|ga|tập đoàn|ngân hàng|nxb|giải|khách sạn|đội|tuyển)\s*$"
)
_NOT_HAMLETS = {"Đảng", "Dân vận", "Nhà", "Mặt", "Hiến", "Kinh", "Quy", "Kế", "Di"}
_OLD_AFTER = regex.compile(r"^ ?\(? ?(?:cũ|trước đây)\b")
_UPPER_LINE = regex.compile(r"[^\p{Ll}]+")


_PART_END = regex.compile(r" - | – |-| ")
_PART_GAP = regex.compile(r"[ \-–]+")
_WORD_BEFORE = regex.compile(r"(?P<w>[\p{L}'’]+) $")
_CAPITAL_AFTER = regex.compile(r" (?P<w>\p{Lu}\p{Ll}+)")


class PlaceFinder:
    """Finds place names with the help of a gazetteer's surface forms; built once, used for many documents."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._surfaces = sorted(s for s in gazetteer.surfaces() if not s.isdigit() and len(s) > 1)
        self._automaton = ahocorasick_rs.AhoCorasick(self._surfaces)

    def known(self, name: str) -> bool:
        return bool(self.gazetteer.named(name))

    def places(self, view: View, people: Iterable[Mention], taken: Iterable[tuple[int, int]]) -> Iterator[Mention]:
        """Every place name, longest reading first, in text order; ``taken`` are spans where bare names do not count."""
        named = [p for p in people if len(p.text.split()) > (1 if p.label == "addressed" else 2)]
        found = list(self._typed(view, {p.start: p.end for p in people}))
        busy = Taken(len(view.text), ((m.start, m.end) for m in found))
        # "Bùi La Nhân" may be a commune: a name that is wholly a place's is left for assembly to judge
        closed = Spans([*taken, *((p.start, p.end) for p in named if p.label == "addressed" or not self.known(p.text))])
        for bare in self._bare(view):
            if not busy.touches(bare.start, bare.end) and not closed.touch(bare.start, bare.end):
                busy.add(bare.start, bare.end)
                found.append(bare)
        yield from sorted(found, key=lambda m: m.start)

    def _typed(self, view: View, person_ends: dict[int, int]) -> Iterator[Mention]:
        position = 0
        while kind := view.search(_TYPE, position):
            position = kind.end()
            name = _NAME.match(view.text, kind.end())
            type_word = kind["type"]
            end = self._name_end(view, *name.span(), type_word) if name else None
            if name and end and self._is_no_person(view, name.start(), end, person_ends):
                plural = bool(_PLURAL.search(view.low[max(0, kind.start() - 40) : kind.start()]))
                yield self._mention(
                    view, kind.start(), name.start(), end, type_word, "body" if TYPES[type_word] == "any" else "type"
                )
                for further in self._list(view, end, type_word, plural):
                    yield further
                    end = further.end
                position = end

    def _is_no_person(self, view: View, start: int, end: int, person_ends: dict[int, int]) -> bool:
        """Whether a name behind a type word is a place's: "Huyện ủy Lê Minh Thắng" names the secretary."""
        return start not in person_ends or (person_ends[start] <= end and self.known(view.text[start:end]))

    def _list(self, view: View, position: int, type_word: str, plural: bool) -> Iterator[Mention]:
        """The further names under one type word: "các xã Lợi Bác, Sàn Viên và Tú Đoạn"."""
        while TYPES[type_word] != "any" and (step := _NEXT.match(view.low, position)):
            name = _NAME.match(view.text, step.end())
            if not name or (name[0].isdigit() and not view.text[position - 1].isdigit()):
                return
            if name[0].isdigit() and not plural and not _NUMBER_LISTED.match(view.text, name.end()):
                return
            end = self._name_end(view, *name.span(), type_word, strict=not plural)
            if end is None:
                return
            yield self._mention(view, name.start(), name.start(), end, type_word, "list")
            position = end

    def _name_end(self, view: View, start: int, end: int, type_word: str, strict: bool = False) -> int | None:
        """Where a capitalised run stops being the place's name: at the longest known name, else before a new word.

        ``strict`` accepts only names of the gazetteer.
        """
        run = view.text[start:end]
        if TYPES[type_word] == "hamlet" and ((run.split()[0].isupper() and not run.isdigit()) or run in _NOT_HAMLETS):
            return None  # "khối MTTQ", "khối Đảng"
        if run.isdigit():
            return end if type_word in ("phường", "p.", "quận", "q.") or TYPES[type_word] == "hamlet" else None
        cuts = [m.start() for m in _PART_END.finditer(run)] + [len(run)]
        for cut in reversed(cuts):
            if self.known(run[:cut]) and self._fits(run[:cut], type_word):
                numbered = _NUMBERED.match(view.text, start + cut) if cut == len(run) else None
                known = numbered is not None and self.known(view.text[start : numbered.end()])
                return numbered.end() if numbered is not None and known else start + cut
        if strict or TYPES[type_word] in ("any", "province") or len(run) < 3 or run.lower().startswith(("hội", "đảng")):
            return None
        stop = next((c for c in cuts if run[c : c + 3] in (" - ", " – ")), len(run))
        spaces = [c for c in cuts if c <= stop][:3]
        return start + (spaces[-1] if spaces else stop)

    def _fits(self, name: str, type_word: str) -> bool:
        level = TYPES[type_word]
        if level in ("any", "hamlet"):
            return True
        levels = {place.level for place in self.gazetteer.named(name)}
        return bool(levels & ({"province", "district"} if level == "city" else {level}))

    def _mention(self, view: View, start: int, name_start: int, end: int, type_word: str, named_by: str) -> Mention:
        name = view.text[name_start:end]
        level, type_name = TYPES[type_word], LEVEL_TYPES.get(type_word, type_word)
        if name.isdigit():
            name = f"{type_name.capitalize()} {int(name)}"
        label = "bare" if level == "any" else level
        old = bool(_OLD_AFTER.match(view.low[end : end + 12]))
        return view.mention(
            start, end, "places", label, f"place.{named_by}", name=name, type=type_name, named_by=named_by, name_start=name_start, old=old
        )  # fmt: skip

    def _bare(self, view: View) -> Iterator[Mention]:
        hits = self._automaton.find_matches_as_indexes(view.low, overlapping=True)
        text, low = view.text, view.low
        for _, start, end in sorted(hits, key=lambda h: (h[1] - h[2], h[1])):
            if (start and (text[start - 1].isalnum() or text[start - 1] in "'’")) or (
                end < len(text) and (text[end].isalnum() or text[end] in "'’")
            ):
                continue
            if not all(part[:1].isupper() for part in _PART_GAP.split(text[start:end]) if part):
                continue
            if _NOT_A_PLACE_BEFORE.search(low[max(0, start - 18) : start]):
                continue
            before = _WORD_BEFORE.search(text[max(0, start - 15) : start])
            after = _CAPITAL_AFTER.match(text[end : end + 15])
            shouted = _UPPER_LINE.fullmatch(_line(text, start, end)) is not None
            if not shouted and ((before and before["w"][0].isupper() and not _opens(text, start, before)) or after):
                continue
            old = bool(_OLD_AFTER.match(low[end : end + 12]))
            yield view.mention(
                start,
                end,
                "places",
                "bare",
                "place.bare",
                name=text[start:end],
                type=None,
                named_by="bare",
                name_start=start,
                old=old,
            )


def _line(text: str, start: int, end: int) -> str:
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return text[first : last if last >= 0 else len(text)]


def _opens(text: str, start: int, before: regex.Match[str]) -> bool:
    """Whether the capitalised word before a name opens its sentence ("Ở Bến Tre", "Tại Long An") rather than a name."""
    return match_form(before["w"]) in _OPENERS


_OPENERS = {
    "ở", "tại", "từ", "theo", "riêng", "còn", "như", "với", "và", "cùng", "qua", "về", "đến", "trong", "khi", "sau", "trước", "vùng", "nhưng",
    "thực", "nếu", "hiện", "nay", "ủy", "bộ", "cả", "hai", "ba", "đưa", "nhập", "dân", "các", "toàn", "tỉnh", "huyện",
}  # fmt: skip
