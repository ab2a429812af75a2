"""Roles with their code, tier and extent (codebook, section 4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.detect.roles import code_of, tier_of
from tinhgon.records import Mention

Finder = Callable[..., tuple[Mention, ...]]


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [
        ("Bí thư Đảng ủy xã", "bi_thu_cap_uy", "commune"),
        ("Bí thư Đảng uỷ xã", "bi_thu_cap_uy", "commune"),
        ("bí thư cấp ủy", "bi_thu_cap_uy", None),
        ("Bí thư Huyện ủy", "bi_thu_cap_uy", "district"),
        ("Bí thư Tỉnh ủy", "bi_thu_cap_uy", "province"),
        ("Phó Bí thư Thường trực Huyện ủy", "pho_bi_thu_cap_uy", "district"),
        ("Bí thư Chi bộ thôn", "bi_thu_chi_bo", "hamlet"),
        ("phó bí thư chi bộ", "pho_bi_thu_chi_bo", "hamlet"),
        ("Chủ tịch UBND xã", "chu_tich_ubnd", "commune"),
        ("Chủ tịch Ủy ban nhân dân huyện", "chu_tich_ubnd", "district"),
        ("Phó Chủ tịch UBND tỉnh", "pho_chu_tich_ubnd", "province"),
        ("Chủ tịch HĐND xã", "chu_tich_hdnd", "commune"),
        ("Phó Chủ tịch HĐND huyện", "pho_chu_tich_hdnd", "district"),
        ("Chủ tịch Ủy ban MTTQ Việt Nam huyện", "chu_tich_mttq", "district"),
        ("Chủ tịch UBMTTQ xã", "chu_tich_mttq", "commune"),
        ("Trưởng Ban Tổ chức Huyện ủy", "truong_ban_to_chuc", "district"),
        ("Trưởng phòng Nội vụ", "truong_phong_noi_vu", None),
        ("Giám đốc Sở Nội vụ", "giam_doc_so_noi_vu", "province"),
        ("Chủ nhiệm UBKT Huyện ủy", "chu_nhiem_ubkt", "district"),
        ("Chánh Thanh tra huyện", "chanh_thanh_tra", "district"),
        ("Trưởng Ban Tuyên giáo", "truong_ban_tuyen_giao", None),
        ("Giám đốc TTBDCT", "giam_doc_ttbdct", None),
        ("GĐ TTBDCT", "giam_doc_ttbdct", None),
        ("Giám đốc Trung tâm Chính trị", "giam_doc_ttbdct", None),
        ("Trưởng Ban Dân vận", "truong_ban_dan_van", None),
        ("Chánh Văn phòng Huyện ủy", "chanh_van_phong_cap_uy", "district"),
        ("Chánh Văn phòng HĐND và UBND huyện", "chanh_van_phong_hdnd_ubnd", "district"),
        ("trưởng thôn", "truong_thon", "hamlet"),
        ("trưởng khu phố", "truong_thon", "hamlet"),
        ("tổ trưởng tổ dân phố", "truong_thon", "hamlet"),
        ("Phó Trưởng ấp", "pho_truong_thon", "hamlet"),
        ("Trưởng ban Công tác Mặt trận", "truong_ban_ctmt", "hamlet"),
        ("Bí thư Huyện đoàn", "bi_thu_doan", "district"),
        pytest.param(
            "Bí thư Đoàn Thanh niên",
            "bi_thu_doan",
            None,
        ),
        ("Chủ tịch Hội LHPN xã", "chu_tich_hoi_phu_nu", "commune"),
        ("Chủ tịch Hội Nông dân xã", "chu_tich_hoi_nong_dan", "commune"),
        ("Chủ tịch Hội Cựu chiến binh xã", "chu_tich_hoi_ccb", "commune"),
        ("Chỉ huy trưởng Ban Chỉ huy Quân sự xã", "chi_huy_truong_quan_su", "commune"),
        ("Trưởng Công an xã", "truong_cong_an", "commune"),
        ("hiệu trưởng", "hieu_truong", None),
    ],
)
def test_codes_and_tiers(mentions_of: Finder, text: str, code: str, level: str | None) -> None:
    found = mentions_of("roles", f"Nay có {text}.")
    assert [(m.label, m.data["level"], m.text) for m in found] == [(code, level, text)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("BT kiêm CT UBND xã", ["bi_thu", "chu_tich_ubnd"]),
        ("Trưởng ban Dân vận kiêm Chủ tịch UBMTTQ", ["truong_ban_dan_van", "chu_tich_mttq"]),
        ("Bí thư Đảng ủy, Chủ tịch HĐND xã", ["bi_thu_cap_uy", "chu_tich_hdnd"]),
    ],
)
def test_several_roles(mentions_of: Finder, text: str, codes: list[str]) -> None:
    assert [m.label for m in mentions_of("roles", f"Nay có {text}.")] == codes


@pytest.mark.parametrize(
    "text", ["Chủ tịch nước đã ký.", "Chủ tịch Quốc hội đã ký.", "Ủy viên Ban Thường vụ đã họp.", "bt đã họp.", "Đảng bộ xã đã họp."]
)  # fmt: skip
def test_what_is_no_role(mentions_of: Finder, text: str) -> None:
    assert mentions_of("roles", text) == ()


def test_a_role_ends_where_a_name_begins(mentions_of: Finder) -> None:
    text = "Giám đốc Trung tâm Y tế Nguyễn Văn Dần nói."
    assert [(m.label, m.text) for m in mentions_of("roles", text)] == [
        ("giam_doc_trung_tam_y_te", "Giám đốc Trung tâm Y tế")
    ]


def test_codes_of_other_roles() -> None:
    assert code_of("phó giám đốc sở nội vụ") == "pho_giam_doc_so_noi_vu"
    assert code_of("trưởng phòng tài chính huyện") == "truong_phong_tai_chinh"


@pytest.mark.parametrize(
    ("text", "tier"),
    [("bí thư xã", "commune"), ("chủ tịch tỉnh", "province"), ("trưởng thôn", "hamlet"), ("bí thư thị ủy", "district"), ("bí thư", None)],
)  # fmt: skip
def test_tiers(text: str, tier: str | None) -> None:
    assert tier_of(text) == tier
