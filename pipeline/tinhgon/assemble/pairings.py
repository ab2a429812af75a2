"""Pairings: which roles of a sentence one person is to hold (codebook, section 5).

Two roles are joined by a marker that stands between them with nothing else of weight; a comma never joins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import regex

from tinhgon.detect.analysis import Analysis
from tinhgon.detect.roles import HAMLET_ROLES
from tinhgon.detect.text import Sentence
from tinhgon.records import Level, Mention

# What may stand between a role and the marker besides names of people and places.
_FILLER = regex.compile(
    r"(?:\s|,|\(|\)|người|các|những|một|cấp|của|ở|tại|xã|phường|thị trấn|huyện|tỉnh|thành phố|thị xã|thôn|ấp|bản|khu phố|khu|cơ quan|hiện|đã|sẽ|cũng|để|chức|danh|vụ|"
    r"được|bố trí|này|ông|bà|anh|chị|đồng chí|việt nam|\d+ tuổi|địa phương|ủy|vị trí|đều|cùng|luôn|làm|từ năm \d{4}|từ tháng [\d/]+|thì|nhiệm vụ|thực hiện|ngay|luôn cả)*"
)
_LINE_UP = regex.compile(r"^(?: ?- ?| ?– ?)$")
_AND = regex.compile(r"^(?:,? (?:và|với|cùng|cùng với) (?:chức danh |chức vụ |chức |ghế |vai )?|, (?=\w)|/| ?- ?)$")
_MODEL_BEFORE = regex.compile(r"(?:mô hình|chức danh|hai vai|vai|cặp|2 trong 1|một người)[^.;,]{0,12}$")
# "ghế bí thư và ghế chủ tịch UBND về tay một người"; "trưởng ấp do bí thư chi bộ đảm đương"
_BY_ONE = regex.compile(
    r"^[^.;,]{0,14}?(?: đều)?(?: về tay| do| trong tay| thuộc về| là| cùng)(?: chỉ| cùng)? (?:một|1|01) (?:người|đồng chí|cán bộ|tay)(?!\w)"
)
_IN_CHARGE = regex.compile(r"^[^.;,]{0,20}? (?:đảm đương|đảm nhiệm|đảm nhận|kiêm|phụ trách|nắm giữ|nắm|gánh|giữ)(?!\w)")
_CHAIN_COMMA = regex.compile(r"^(?:, | và |, và |/|; | - )(?:các )?$")
_CLAUSE_END = regex.compile(r"^\s*(?:[.;)]|$)")
_OUT_OF = regex.compile(r"trong(?: tổng)?(?: số)? [\d.]+ [^.,;:]{3,30}$")
_SO_MANY = regex.compile(r", (?:có )?[\d.]+(?= )")
_SAME_ROLE = regex.compile(r"^ (?:này|đó|trên)\b")
# The tier a role sits at where no word tells it.
_DEFAULT_LEVELS: dict[str, Level] = {
    **dict.fromkeys(
        ("truong_ban_to_chuc", "truong_phong_noi_vu", "chu_nhiem_ubkt", "chanh_thanh_tra", "truong_ban_tuyen_giao", "giam_doc_ttbdct",
         "truong_ban_dan_van", "truong_khoi_mttq", "chanh_van_phong_cap_uy", "chanh_van_phong_hdnd_ubnd"), "district"
    ),
    **dict.fromkeys(("giam_doc_so_noi_vu",), "province"),
    **dict.fromkeys((*HAMLET_ROLES, "cong_an_vien"), "hamlet"),
}  # fmt: skip
# Roles of the committee, council and front, which stand at every tier; without a word the commune is meant.
_COMMUNE_ROLES = frozenset(
    (
        "bi_thu_cap_uy",
        "pho_bi_thu_cap_uy",
        "chu_tich_ubnd",
        "pho_chu_tich_ubnd",
        "chu_tich_hdnd",
        "chu_tich_mttq",
        "chi_huy_truong_quan_su",
        "pho_chu_tich_hdnd",
        "pho_chu_tich_mttq",
        "chu_tich_hoi_phu_nu",
        "chu_tich_hoi_nong_dan",
        "chu_tich_hoi_ccb",
        "bi_thu_doan",
        "truong_cong_an",
    )
)
_HAMLET_MARKS = HAMLET_ROLES - {"bi_thu_chi_bo", "pho_bi_thu_chi_bo"}


@dataclass(frozen=True, slots=True)
class Joined:
    """One place where the text joins roles: from the first role to the last, as it stands."""

    start: int
    end: int
    roles: tuple[str, ...]
    mentions: tuple[Mention, ...]
    level: Level | None
    told: bool  # the words of the roles themselves tell the level
    markers: tuple[str, ...]
    sentence: Sentence


def settle(labels: Sequence[str]) -> tuple[str, ...]:
    """Role codes with the bare ones decided by their company, each once, in text order.

    >>> settle(["bi_thu", "truong_thon"]), settle(["bi_thu", "chu_tich"])
    (('bi_thu_chi_bo', 'truong_thon'), ('bi_thu_cap_uy', 'chu_tich_ubnd'))
    """
    hamlet = bool(set(labels) & _HAMLET_MARKS)
    bare = {
        "bi_thu": "bi_thu_chi_bo" if hamlet else "bi_thu_cap_uy",
        "pho_bi_thu_cap_uy": "pho_bi_thu_chi_bo" if hamlet else "pho_bi_thu_cap_uy",
        "chu_tich": "chu_tich_ubnd",
    }
    return tuple(dict.fromkeys(bare.get(label, label) for label in labels))


class PairingReader:
    """Finds the joined roles of one document's sentences, in order; knows the last pairing for what refers to it."""

    def __init__(self, analysis: Analysis, home: Level | None = None) -> None:
        """``home``: the tier of the place the document is about."""
        self.analysis, self.home = analysis, home
        self.low = analysis.view.low
        self.last: Joined | None = None

    def all(self) -> list[Joined]:
        return [joined for sentence in self.analysis.view.sentences for joined in self.sentence(sentence)]

    def sentence(self, sentence: Sentence) -> list[Joined]:
        """The joined roles of one sentence, in text order."""
        roles = self.analysis.within("roles", sentence.start, sentence.end)
        found: list[Joined] = []
        index = 0
        while index < len(roles):
            chain = [roles[index]]
            markers: list[str] = []
            while index + 1 < len(roles) and (link := self._link(roles, index, bool(markers), sentence)):
                chain.append(roles[index + 1])
                markers.append(link)
                index += 1
            index += 1
            joined = self._joined(chain, markers, sentence)
            joined = joined or self._referring(chain[0], sentence)
            if joined:
                found.append(joined)
                self.last = joined
        return found

    # ------------------------------------------------------------ links

    def _link(self, roles: Sequence[Mention], index: int, joined: bool, sentence: Sentence) -> str | None:
        """The id of the marker that joins two neighbouring roles; "" never, None where nothing joins them."""
        left, right = roles[index], roles[index + 1]
        gap = self.low[left.end : right.start]
        if left.label == right.label and _CHAIN_COMMA.match(gap) and left.label in ("truong_thon", "pho_truong_thon"):
            return "same role"
        markers = self.analysis.within("markers", left.end, right.start)
        for marker in markers:
            if marker.label == "pairing" and self._bare_gap(left.end, right.start, marker):
                if marker.data.get("weak") and not self._weak_ok(left, right):
                    continue
                if marker.data.get("counted") and not self._is_counted(sentence):
                    continue
                return marker.pattern
        if gap.strip() == "+":
            return "marker.plus"
        behind = self.low[right.end : right.end + 40]
        if (_AND.match(gap) and _BY_ONE.match(behind)) or (gap == " do " and _IN_CHARGE.match(behind)):
            return "marker.one_person"
        if markers or len(gap) > 30:
            return None
        before = self.low[max(sentence.start, left.start - 40) : left.start]
        unify = [m for m in self.analysis.within("markers", sentence.start, left.start) if m.label == "unify"]
        if unify and len(self.low[unify[-1].end : left.start].strip()) < 25 and _AND.match(gap) and "," not in gap:
            return unify[-1].pattern
        if _LINE_UP.match(gap) and (_MODEL_BEFORE.search(before) or self._is_pair(left, right)):
            return "marker.dash"
        if joined and _CHAIN_COMMA.match(gap) and "," in gap and self._closes(roles, index + 1, sentence):
            return "marker.list"
        return None

    def _bare_gap(self, start: int, end: int, marker: Mention) -> bool:
        """Whether between two roles there is nothing but the marker, names and filler words."""
        # "Trong 126 bí thư, 125 người kiêm chủ tịch HĐND": the count of those who hold both
        counted = _OUT_OF.search(self.low[max(0, start - 40) : start]) and _SO_MANY.match(self.low, start, marker.start)
        pieces = [(counted.end() if counted else start, marker.start), (marker.end, end)]
        names = [*self.analysis.within("people", start, end), *self.analysis.within("places", start, end)]
        for low, high in pieces:
            rest = self.low[low:high]
            for name in names:
                if low <= name.start and name.end <= high:
                    rest = rest.replace(self.low[name.start : name.end], " ")
            if not _FILLER.fullmatch(rest) or len(rest.strip()) > 45:
                return False
        return True

    def _weak_ok(self, left: Mention, right: Mention) -> bool:
        """ "là" joins only two named roles, close together, where the first is not part of a longer title row."""
        guards = regex.compile(r"(?:ấp|thôn|xóm|bản|khu) đội")  # a named hamlet post, though without a code of its own
        if (
            any(r.data["other"] and not guards.match(r.text.lower()) for r in (left, right))
            or right.start - left.end > 22
        ):
            return False
        rows = self.low[max(0, left.start - 2) : left.start]
        return left.label != right.label and not rows.startswith("(")

    def _is_counted(self, sentence: Sentence) -> bool:
        """Whether a sentence counts cases and moves nobody from one post to another."""
        moved = [m for m in self.analysis.within("measures", sentence.start, sentence.end) if m.label == "rotate"]
        return bool(self.analysis.within("numbers", sentence.start, sentence.end)) and not moved

    def _is_pair(self, left: Mention, right: Mention) -> bool:
        return left.label in ("bi_thu", "bi_thu_cap_uy", "bi_thu_chi_bo") and right.label in (
            "chu_tich",
            "chu_tich_ubnd",
            "truong_thon",
        )

    def _closes(self, roles: Sequence[Mention], index: int, sentence: Sentence) -> bool:
        """Whether a role after a comma ends its statement, so that it belongs to the chain before it."""
        role = roles[index]
        follows = roles[index + 1].start if index + 1 < len(roles) else sentence.end
        if self.analysis.within("markers", role.end, min(follows, role.end + 60)):
            return False
        return bool(_CLAUSE_END.match(self.low[role.end : sentence.end]))

    # ------------------------------------------------------------ results

    def _joined(self, chain: Sequence[Mention], markers: Sequence[str], sentence: Sentence) -> Joined | None:
        codes = settle([m.label for m in chain])
        if len(codes) < 2 or not any(m.startswith("marker") for m in markers):
            return None
        told = [m.data["level"] for m in chain if m.data["level"]]
        hamlet = bool(set(codes) & _HAMLET_MARKS) or ("hamlet" in told and set(codes) <= HAMLET_ROLES | {"bi_thu_doan"})
        if not hamlet:
            told = [
                tier for tier in told if tier != "hamlet" or not set(codes) & {"bi_thu_chi_bo", "pho_bi_thu_chi_bo"}
            ]
        level: Level | None = "hamlet" if hamlet else (told[0] if told else None)
        if level is None:
            level = self._level_around(codes, chain[0].start, chain[-1].end, sentence)
        used = tuple(m for m in markers if m.startswith("marker"))
        return Joined(chain[0].start, chain[-1].end, codes, tuple(chain), level, bool(told) or hamlet, used, sentence)

    def _level_around(self, codes: Sequence[str], start: int, end: int, sentence: Sentence) -> Level | None:
        """The tier the sentence speaks of nearest to the roles, else the passage's, else the roles' usual one."""
        if self.low.startswith(" các cấp", end):
            return None
        usual = next((_DEFAULT_LEVELS[c] for c in codes if c in _DEFAULT_LEVELS), None)
        if usual is None and any(c.startswith("truong_phong_") for c in codes):
            usual = "district"
        if self.home == "commune" and set(codes) & _COMMUNE_ROLES and usual != "hamlet":
            return "commune"  # a commune's own report speaks of its own posts
        if usual in ("province", "hamlet"):
            return usual
        block = self.analysis.view.document.blocks[sentence.block]
        near = [
            (abs(m.start - start) + (0 if m.start < start else 15), m.data["level"])
            for kind in ("objects", "cues")
            for m in self.analysis.within(kind, sentence.start, sentence.end)
            if m.data.get("level") in ("province", "district", "commune")
            and not (start <= m.start < end) and m.label != "anaphor"
            and (m.label in ("tier", "district", "commune"))
        ]  # fmt: skip
        if near:
            level: Level = min(near)[1]
            return usual if usual and level == "province" else level
        tiers = [
            m.data["level"]
            for m in self.analysis.within("cues", block.start, start)
            if m.label == "tier" and m.data["level"] != "hamlet"
        ]
        if tiers and not usual:
            return tiers[-1]  # type: ignore[no-any-return]
        return usual or ("commune" if set(codes) & _COMMUNE_ROLES else None)

    def _referring(self, role: Mention, sentence: Sentence) -> Joined | None:
        """A role joined to a pairing told before: "kiêm cả trưởng ban công tác mặt trận", "kiêm chức danh này"."""
        last = self.last
        if last is None or sentence.index - last.sentence.index > 1:
            return None
        before = [
            m
            for m in self.analysis.within("markers", max(sentence.start, role.start - 40), role.start)
            if m.label == "pairing"
        ]
        if (
            before
            and before[-1].text.lower().split()[-1] in ("cả", "thêm", "việc")
            and not self.low[before[-1].end : role.start].strip()
        ):
            codes = settle([*last.roles, role.label])
            return replace(
                last,
                start=before[-1].start,
                end=role.end,
                roles=codes,
                mentions=(role,),
                markers=(before[-1].pattern,),
                sentence=sentence,
            )
        after = self.analysis.within("markers", role.end, role.end + 40)
        if after and _SAME_ROLE.match(self.low[after[0].end :]) and not self.low[role.end : after[0].start].strip():
            codes = settle([role.label, *last.roles[1:]])
            if len(codes) > 1:
                return replace(
                    last,
                    start=role.start,
                    end=after[0].end + 4,
                    roles=codes,
                    mentions=(role,),
                    markers=(after[0].pattern,),
                    sentence=sentence,
                )
        return None


def distinct(items: Iterable[Joined]) -> list[Joined]:
    """The first of each set of roles and level."""
    seen: dict[tuple[frozenset[str], Level | None], Joined] = {}
    for item in items:
        seen.setdefault((frozenset(item.roles), item.level), item)
    return list(seen.values())
