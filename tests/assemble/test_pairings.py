"""Which roles one person is to hold, at which tier, with which status (codebook, section 5)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.assemble.pairings import settle
from tinhgon.records import Claims

PARTY_OFFICE = {"bi_thu_cap_uy", "chu_tich_ubnd"}
CELL_HAMLET = {"bi_thu_chi_bo", "truong_thon"}


@pytest.mark.parametrize(
    ("text", "roles", "level"),
    [
        ("Xã bố trí bí thư đảng ủy kiêm chủ tịch UBND.", PARTY_OFFICE, "commune"),
        ("Xã bố trí bí thư đảng ủy kiêm nhiệm chủ tịch UBND.", PARTY_OFFICE, "commune"),
        ("Xã bố trí bí thư đảng ủy đồng thời là chủ tịch UBND.", PARTY_OFFICE, "commune"),
        ("Xã bố trí bí thư đảng ủy đồng thời giữ chức chủ tịch UBND.", PARTY_OFFICE, "commune"),
        ("Bí thư đảm nhiệm luôn chức chủ tịch UBND xã.", PARTY_OFFICE, "commune"),
        ("Nhất thể hóa chức danh bí thư đảng ủy và chủ tịch UBND xã.", PARTY_OFFICE, "commune"),
        ("Nhất thể hóa bí thư đảng ủy với chủ tịch UBND xã.", PARTY_OFFICE, "commune"),
        ("Mô hình bí thư - chủ tịch xã đã chạy tốt.", PARTY_OFFICE, "commune"),
        ("Xã bố trí BT kiêm CT UBND.", PARTY_OFFICE, "commune"),
        ("Huyện có bí thư huyện ủy đồng thời là chủ tịch UBND huyện.", PARTY_OFFICE, "district"),
        ("Bí thư chi bộ kiêm luôn trưởng thôn.", CELL_HAMLET, "hamlet"),
        ("Bí thư kiêm trưởng ấp.", CELL_HAMLET, "hamlet"),
        ("Ông vừa là bí thư chi bộ vừa làm trưởng thôn.", CELL_HAMLET, "hamlet"),
        ("Trưởng ban Tổ chức Huyện ủy kiêm Trưởng phòng Nội vụ.", {"truong_ban_to_chuc", "truong_phong_noi_vu"}, "district"),
        ("Chủ nhiệm Ủy ban Kiểm tra đồng thời là Chánh Thanh tra huyện.", {"chu_nhiem_ubkt", "chanh_thanh_tra"}, "district"),
        ("Trưởng ban Tuyên giáo kiêm GĐ TTBDCT huyện.", {"truong_ban_tuyen_giao", "giam_doc_ttbdct"}, "district"),
        ("Trưởng ban Dân vận Huyện ủy là Chủ tịch UBMTTQ huyện.", {"truong_ban_dan_van", "chu_tich_mttq"}, "district"),
        ("Bí thư chi bộ kiêm trưởng thôn kiêm trưởng ban công tác mặt trận.", CELL_HAMLET | {"truong_ban_ctmt"}, "hamlet"),
        ("Bí thư chi bộ kiêm trưởng thôn, trưởng ban công tác mặt trận.", CELL_HAMLET | {"truong_ban_ctmt"}, "hamlet"),
        ("Bí thư đảng ủy xã giữ luôn chức chủ tịch UBND.", PARTY_OFFICE, "commune"),
        ("Bí thư đảng ủy xã nắm cả cương vị chủ tịch UBND.", PARTY_OFFICE, "commune"),
        ("Bí thư đảng ủy xã ngồi ghế chủ tịch UBND.", PARTY_OFFICE, "commune"),
        ("Bí thư đảng ủy xã sang ngồi ghế chủ tịch UBND.", PARTY_OFFICE, "commune"),
        ("Bí thư chi bộ được giao thêm phần việc của trưởng thôn.", CELL_HAMLET, "hamlet"),
        ("Bí thư chi bộ gánh thêm việc trưởng thôn.", CELL_HAMLET, "hamlet"),
        ("Bí thư chi bộ nhận thêm cương vị trưởng thôn.", CELL_HAMLET, "hamlet"),
        ("Bí thư chi bộ được bầu làm trưởng thôn.", CELL_HAMLET, "hamlet"),
        ("Mô hình bí thư chi bộ + trưởng thôn đã chạy tốt.", CELL_HAMLET, "hamlet"),
        ("Chức trưởng thôn do bí thư chi bộ đảm nhiệm.", CELL_HAMLET, "hamlet"),
        ("Chức chủ tịch UBND xã do bí thư đảng ủy đảm nhiệm.", PARTY_OFFICE, "commune"),
        ("Bí thư chi bộ và trưởng thôn do một người đảm nhiệm.", CELL_HAMLET, "hamlet"),
        ("14 xã có phó bí thư giữ chức chủ tịch HĐND.", {"pho_bi_thu_cap_uy", "chu_tich_hdnd"}, "commune"),
        (
            "Bí thư cấp ủy đồng thời là chủ tịch HĐND các cấp.",
            {"bi_thu_cap_uy", "chu_tich_hdnd"},
            None,
        ),
    ],
)  # fmt: skip
def test_markers(claims_of: Callable[..., Claims], text: str, roles: set[str], level: str | None) -> None:
    assert [(set(p.roles), p.level) for p in claims_of(text).pairings] == [(roles, level)]


@pytest.mark.parametrize(
    "text",
    [
        "Bí thư Đảng ủy, Chủ tịch UBND cấp xã không là người địa phương.",
        "Dự họp có Bí thư Huyện ủy, Chủ tịch UBND huyện.",
        "Bí thư Đảng ủy và Chủ tịch UBND xã đã họp.",
        "Trưởng thôn, bí thư chi bộ, trưởng ban công tác mặt trận đều dự.",
        "Thủ trưởng cơ quan Tổ chức - Nội vụ huyện đã nhận việc.",
        "Người đứng đầu cơ quan của cấp ủy kiêm người đứng đầu cơ quan chuyên môn.",
        "Bí thư chi bộ và trưởng thôn do hai người đảm nhiệm.",
        "Bí thư đảng ủy giao thêm việc cho chủ tịch UBND xã.",
    ],
)
def test_a_list_of_titles_is_no_pairing(claims_of: Callable[..., Claims], text: str) -> None:
    assert claims_of(text).pairings == ()


@pytest.mark.parametrize(
    "text",
    [
        "Huyện điều động chủ tịch UBND huyện giữ chức bí thư huyện ủy.",
        "Luân chuyển 14 chủ tịch UBND huyện giữ chức bí thư huyện ủy.",
    ],
)
def test_a_move_from_post_to_post_is_no_pairing(claims_of: Callable[..., Claims], text: str) -> None:
    assert claims_of(text).pairings == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Xã đã bố trí bí thư đảng ủy kiêm chủ tịch UBND.", "achieved"),
        ("Xã đang thí điểm bí thư đảng ủy kiêm chủ tịch UBND.", "ongoing"),
        ("Huyện sẽ bố trí bí thư đảng ủy kiêm chủ tịch UBND xã.", "planned"),
        ("Tiếp tục thực hiện mô hình bí thư chi bộ kiêm trưởng thôn.", "planned"),
        ("Tỉnh yêu cầu bố trí bí thư chi bộ kiêm trưởng thôn.", "required"),
        ("Chưa xã nào bố trí bí thư đảng ủy kiêm chủ tịch UBND.", "required"),
        (
            "Đến năm 2025, huyện Lộc Bình có 90% thôn bí thư chi bộ kiêm trưởng thôn.",
            "planned",
        ),
    ],
)
def test_status(claims_of: Callable[..., Claims], text: str, status: str) -> None:
    assert [p.status for p in claims_of(text).pairings] == [status]


def test_a_denial_holds_in_its_clause(claims_of: Callable[..., Claims]) -> None:
    text = "Trong 12 xã, 3 nơi bí thư kiêm chủ tịch UBND, chưa nơi nào chủ tịch MTTQ kiêm trưởng ban dân vận."
    assert [p.status for p in claims_of(text).pairings] == ["achieved", "required"]


def test_the_most_real_status_stands(claims_of: Callable[..., Claims]) -> None:
    text = "Huyện sẽ bố trí bí thư đảng ủy kiêm chủ tịch UBND xã. Đến nay, xã Lợi Bác đã có bí thư đảng ủy kiêm chủ tịch UBND."
    assert [p.status for p in claims_of(text).pairings] == ["achieved"]


def test_one_item_per_set_of_roles_and_level(claims_of: Callable[..., Claims]) -> None:
    text = (
        "Bí thư kiêm chủ tịch UBND xã. Chủ tịch UBND xã kiêm bí thư đảng ủy. Bí thư huyện ủy kiêm chủ tịch UBND huyện."
    )
    assert [(set(p.roles), p.level) for p in claims_of(text).pairings] == [(PARTY_OFFICE, "commune"), (PARTY_OFFICE, "district")]  # fmt: skip


def test_an_explicit_holder_yields_a_pairing_too(claims_of: Callable[..., Claims]) -> None:
    claims = claims_of("Ông Nguyễn Văn Dần vừa là bí thư chi bộ vừa làm trưởng thôn.")
    assert [(set(p.roles), p.status) for p in claims.pairings] == [(CELL_HAMLET, "achieved")]


@pytest.mark.parametrize(
    ("labels", "codes"),
    [
        (["bi_thu", "truong_thon"], ("bi_thu_chi_bo", "truong_thon")),
        (["bi_thu", "chu_tich"], ("bi_thu_cap_uy", "chu_tich_ubnd")),
        (["bi_thu", "chu_tich_hdnd"], ("bi_thu_cap_uy", "chu_tich_hdnd")),
        (["bi_thu", "bi_thu"], ("bi_thu_cap_uy",)),
    ],
)
def test_bare_roles_are_settled_by_their_company(labels: list[str], codes: tuple[str, ...]) -> None:
    assert settle(labels) == codes
