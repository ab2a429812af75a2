"""Which bodies or places become one (codebook, section 7)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.records import Area, Claims


@pytest.mark.parametrize(
    ("text", "kind", "parties", "result"),
    [
        ("Hợp nhất Văn phòng Huyện ủy với Văn phòng HĐND và UBND huyện.", "agency", ["Văn phòng Huyện ủy", "Văn phòng HĐND và UBND huyện"], None),
        ("Sáp nhập Trung tâm Dạy nghề vào Trung tâm Y tế.", "service_unit", ["Trung tâm Dạy nghề", "Trung tâm Y tế"], "Trung tâm Y tế"),
        ("Sáp nhập Sở Tài chính với Sở Kế hoạch và Đầu tư.", "agency", ["Sở Tài chính", "Sở Kế hoạch và Đầu tư"], None),
        ("Chuyển Trung tâm Khuyến nông về Phòng Nông nghiệp.", "agency", ["Trung tâm Khuyến nông", "Phòng Nông nghiệp"], "Phòng Nông nghiệp"),
        ("Tổ chức lại Trạm Thú y, Trạm Bảo vệ thực vật thành Trung tâm Dịch vụ nông nghiệp.", "service_unit", ["Trạm Thú y", "Trạm Bảo vệ thực vật"], "Trung tâm Dịch vụ nông nghiệp"),
        ("Sáp nhập xã Giao Long và xã Giao Hòa.", "commune", ["Giao Long", "Giao Hòa"], None),
        ("Nhập các xã Giao Long và Giao Hòa thành xã Giao Long.", "commune", ["Giao Long", "Giao Hòa"], "Giao Long"),
        ("Nhập xã Giao Hòa vào xã Giao Long.", "commune", ["Giao Hòa", "Giao Long"], "Giao Long"),
        ("Xã Bình Khánh ra đời trên cơ sở nhập Bình Khánh Đông với Bình Khánh Tây, huyện Mỏ Cày Nam.", "commune", ["Bình Khánh Đông", "Bình Khánh Tây"], "Bình Khánh"),
        ("Thôn 9 và thôn 10 hợp nhất thành thôn 8.", "hamlet", ["Thôn 9", "Thôn 10"], "Thôn 8"),
        ("Hợp nhất tỉnh Bến Tre, tỉnh Trà Vinh và tỉnh Vĩnh Long thành tỉnh Vĩnh Long.", "province", ["Bến Tre", "Trà Vinh", "Vĩnh Long"], "Vĩnh Long"),
    ],
)  # fmt: skip
def test_parties_and_result(
    claims_of: Callable[..., Claims], text: str, kind: str, parties: list[str], result: str | None
) -> None:
    found = [(m.kind, list(m.parties), m.result) for m in claims_of(text, date="2025-04-20").mergers]
    assert found == [(kind, parties, result)]


def test_several_mergers_in_one_breath(claims_of: Callable[..., Claims]) -> None:
    text = "Tỉnh sáp nhập các xã Giao Long với Giao Hòa, An Hóa với An Phước."
    assert [m.parties for m in claims_of(text).mergers] == [("Giao Long", "Giao Hòa"), ("An Hóa", "An Phước")]


@pytest.mark.parametrize(
    "text",
    [
        "Hai công ty Hòa Phát và Hoa Sen sáp nhập.",
        "Ngân hàng Phương Nam sáp nhập vào Ngân hàng Sài Gòn.",
        "Huyện Lộc Bình sáp nhập 6 thôn.",
        "Sáp nhập xã Giao Long.",
        "Chuyển chức năng quản lý chợ từ Phòng Kinh tế về Phòng Nông nghiệp.",
        "Xã Giao Long và xã Giao Hòa cùng họp bàn.",
    ],
)
def test_what_is_no_merger(claims_of: Callable[..., Claims], text: str) -> None:
    assert claims_of(text).mergers == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Đã sáp nhập xã Giao Long và xã Giao Hòa.", "achieved"),
        ("Sẽ sáp nhập xã Giao Long và xã Giao Hòa.", "planned"),
        ("Dự kiến sáp nhập xã Giao Long và xã Giao Hòa.", "planned"),
        ("Phải sáp nhập xã Giao Long và xã Giao Hòa.", "required"),
        ("Đang sáp nhập xã Giao Long và xã Giao Hòa.", "ongoing"),
    ],
)
def test_status(claims_of: Callable[..., Claims], text: str, status: str) -> None:
    assert [m.status for m in claims_of(text).mergers] == [status]


def test_where_places_merge(claims_of: Callable[..., Claims], in_short: Callable[[Area], str]) -> None:
    text = "Sáp nhập xã Giao Long và xã Giao Hòa, huyện Châu Thành, tỉnh Bến Tre."
    assert [(m.level, in_short(m.area)) for m in claims_of(text).mergers] == [("commune", "Châu Thành < Bến Tre")]


@pytest.mark.parametrize(
    "text",
    [
        "Huyện Lộc Bình hợp nhất Văn phòng Huyện ủy với Văn phòng HĐND và UBND huyện.",
        pytest.param(
            "Hợp nhất Văn phòng Huyện ủy với Văn phòng HĐND và UBND huyện.",
            marks=pytest.mark.xfail(
                strict=True,
                reason="the tier in the parties' own names ('Huyện ủy') is not used where no place is named",
            ),
        ),
    ],
)
def test_the_tier_of_bodies(claims_of: Callable[..., Claims], text: str) -> None:
    assert [m.level for m in claims_of(text).mergers] == ["district"]


def test_the_fuller_telling_stands(claims_of: Callable[..., Claims]) -> None:
    text = "Sáp nhập xã Giao Long và xã Giao Hòa. Sau đó, nhập xã Giao Long và xã Giao Hòa thành xã Giao Long."
    assert [m.result for m in claims_of(text).mergers] == ["Giao Long"]
