"""The words on the pictures: what is measured, what is counted, whose posts, how real."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tinhgon.compare.render import plain_number, printable

# Of each measure the title, the name of an axis of counts and that of one of rates; {} is what is counted.
_MEASURES = {
    "concurrent_posts": ("Posts held by one person", "number of {}", "share of {}, %"),
    "merger": ("Merging of {}", "{} that were merged", "share of {}, %"),
    "reduction": ("Fewer {}", "{} fewer than before", "{} fewer than before, %"),
    "dissolution": ("Dissolved {}", "{} dissolved", "share of {}, %"),
    "rotation": ("Officials moved to other posts", "number of {}", "share of {}, %"),
    "nonlocal_appointment": ("Leaders from elsewhere", "number of {}", "share of {}, %"),
    "saving": ("Money saved", "{}", "share, %"),
    "stock": ("How many {} there are", "number of {}", "share of {}, %"),
}
STATUSES = {"achieved": "achieved", "ongoing": "under way", "planned": "planned", "required": "required"}
_OBJECTS = {
    "province": "provinces",
    "district": "districts",
    "commune": "communes",
    "hamlet": "hamlets",
    "unit": "units",
    "agency": "agencies",
    "phong": "offices (phòng)",
    "division": "divisions",
    "party_org": "Party organisations",
    "service_unit": "public service units",
    "payroll": "payroll posts",
    "nonspecialist": "part-time staff",
    "deputy": "deputies",
    "leader": "leaders",
    "person": "people",
    "post": "posts",
    "model": "models",
    "money": "đồng",
}
_TIERS = {"province": "provincial", "district": "district", "commune": "commune", "hamlet": "hamlet"}
_ROLES = {
    "bi_thu": "bí thư",
    "bi_thu_cap_uy": "bí thư cấp ủy",
    "bi_thu_chi_bo": "bí thư chi bộ",
    "bi_thu_doan": "bí thư Đoàn",
    "chanh_thanh_tra": "chánh thanh tra",
    "chanh_van_phong_cap_uy": "chánh văn phòng cấp ủy",
    "chanh_van_phong_hdnd_ubnd": "chánh văn phòng HĐND và UBND",
    "chi_huy_truong_quan_su": "chỉ huy trưởng quân sự",
    "chu_nhiem_ubkt": "chủ nhiệm UBKT",
    "chu_tich": "chủ tịch",
    "chu_tich_cong_doan": "chủ tịch công đoàn",
    "chu_tich_hdnd": "chủ tịch HĐND",
    "chu_tich_hoi_ccb": "chủ tịch Hội Cựu chiến binh",
    "chu_tich_hoi_nong_dan": "chủ tịch Hội Nông dân",
    "chu_tich_hoi_phu_nu": "chủ tịch Hội Phụ nữ",
    "chu_tich_mttq": "chủ tịch MTTQ",
    "chu_tich_ubnd": "chủ tịch UBND",
    "giam_doc_so_noi_vu": "giám đốc Sở Nội vụ",
    "giam_doc_ttbdct": "giám đốc trung tâm chính trị",
    "pho_bi_thu_cap_uy": "phó bí thư cấp ủy",
    "pho_bi_thu_chi_bo": "phó bí thư chi bộ",
    "pho_chu_tich_hdnd": "phó chủ tịch HĐND",
    "pho_chu_tich_mttq": "phó chủ tịch MTTQ",
    "pho_chu_tich_ubnd": "phó chủ tịch UBND",
    "pho_truong_thon": "phó trưởng thôn",
    "truong_ban_ctmt": "trưởng ban công tác mặt trận",
    "truong_ban_dan_van": "trưởng ban dân vận",
    "truong_ban_to_chuc": "trưởng ban tổ chức",
    "truong_ban_tuyen_giao": "trưởng ban tuyên giáo",
    "truong_cong_an": "trưởng công an",
    "truong_khoi_mttq": "trưởng khối MTTQ và đoàn thể",
    "truong_phong_noi_vu": "trưởng phòng nội vụ",
    "truong_thon": "trưởng thôn",
}
_SIGNS = {"about": "≈", "over": ">", "under": "<"}
_MILLION, _BILLION = 1e6, 1e9
# No XML file may hold these, and no font has them.
_NO_LETTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")


def clean(text: object, longest: int = 200) -> str:
    """Text on one line, without what steers or breaks a file, cut where it is too long to print.

    >>> clean("Bến\\x1b Tre\\n$x$"), clean("An Giang", longest=5)
    ('Bến Tre $x$', 'An G…')
    """
    plain = " ".join(_NO_LETTERS.sub("�", printable(str(text))).split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def roles_text(key: str) -> str:
    """Roles as people write them; a code that is not known stays as it is.

    >>> roles_text("bi_thu_cap_uy+chu_tich_ubnd")
    'bí thư cấp ủy + chủ tịch UBND'
    """
    return " + ".join(_ROLES.get(code, code) for code in key.split("+") if code)


def noun(thing: str | None) -> str:
    """What is counted, in the plural.

    >>> noun("service_unit"), noun(None)
    ('public service units', 'cases')
    """
    return _OBJECTS.get(thing, thing) if thing else "cases"


def tier_text(level: str | None) -> str:
    """The tier that posts or units are of; nothing where none is told.

    >>> tier_text("commune"), tier_text(None)
    ('commune level', '')
    """
    return f"{_TIERS.get(level, level)} level" if level else ""


def scale(thing: str | None, largest: float) -> tuple[float, str]:
    """What numbers are divided by to be read at a glance, and what they then count: money comes in billions.

    >>> scale("money", 1.25e12), scale("commune", 141)
    ((1000000000.0, 'billion đồng'), (1.0, 'communes'))
    """
    if thing == "money":
        for size, name in ((_BILLION, "billion đồng"), (_MILLION, "million đồng")):
            if largest >= size:
                return size, name
    return 1.0, noun(thing)


def titles(measure: str, thing: str | None, unit: str) -> tuple[str, str, str]:
    """The title of a chart, the name of its axis where it shows counts, and where it shows rates.

    >>> titles("reduction", "commune", "communes")
    ('Fewer communes', 'communes fewer than before', 'communes fewer than before, %')
    """
    title, values, rates = _MEASURES.get(measure, (measure, "number of {}", "share of {}, %"))
    return title.format(noun(thing)), values.format(unit), rates.format(unit)


def rate_text(row: Mapping[str, object]) -> str:
    """A rate with its sign, and an asterisk where it was computed.

    >>> rate_text({"percent": 77.17, "rate_basis": "computed"}), rate_text({"percent": 80.0, "modifier": "over"})
    ('77.17%*', '>80%')
    """
    number = plain_number(_number(row, "percent"))
    return f"{_sign(row)}{number}%{'*' if row.get('rate_basis') == 'computed' else ''}"


def value_text(row: Mapping[str, object], divisor: float = 1.0) -> str:
    """A value with its sign, and both ends of a range.

    >>> value_text({"value": 12.0, "value_max": 15.0}), value_text({"value": 1.25e12, "modifier": "about"}, 1e9)
    ('12-15', '≈1250')
    """
    ends = [_number(row, name) for name in ("value", "value_max")]
    return _sign(row) + "-".join(plain_number(end / divisor) for end in ends if end is not None)


def beside_text(row: Mapping[str, object], *, rate: bool) -> str:
    """What stands beside a number: the counts behind a rate, the total of a value, what there was and is left.

    >>> beside_text({"value": 98.0, "total": 127.0}, rate=True), beside_text({"value": 7.0, "after": 157.0}, rate=False)
    ('98/127', '→ 157')
    """
    value, total = (plain_number(_number(row, name)) for name in ("value", "total"))
    before, after = (plain_number(_number(row, name)) for name in ("before", "after"))
    counts = "/".join(number for number in (value, total) if number) if rate else f"of {total}" if total else ""
    change = " ".join((before, "→", after)).strip() if before or after else ""
    return ", ".join(part for part in (counts, change) if part)


def _sign(row: Mapping[str, object]) -> str:
    return _SIGNS.get(str(row.get("modifier")), "")


def _number(row: Mapping[str, object], name: str) -> float | None:
    number = row.get(name)
    return float(number) if isinstance(number, int | float) else None
