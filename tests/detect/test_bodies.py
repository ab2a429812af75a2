"""Names of public bodies, as far as they reach."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.detect.bodies import bodies
from tinhgon.detect.text import View


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Hợp nhất Văn phòng Huyện ủy với Văn phòng HĐND và UBND huyện.",
            ["Văn phòng Huyện ủy", "Văn phòng HĐND và UBND huyện"],
        ),
        ("Sáp nhập Trung tâm Dạy nghề vào Trung tâm Y tế.", ["Trung tâm Dạy nghề", "Trung tâm Y tế"]),
        ("Hợp nhất Ban Tổ chức và Phòng Nội vụ thành một.", ["Ban Tổ chức", "Phòng Nội vụ"]),
        ("Sở Nội vụ đã họp.", ["Sở Nội vụ"]),
        ("Sở Nông nghiệp và Phát triển nông thôn đã họp.", ["Sở Nông nghiệp và Phát triển nông thôn"]),
        ("Ủy ban Kiểm tra Huyện ủy được giao việc.", ["Ủy ban Kiểm tra Huyện ủy"]),
        ("Sở Giáo dục và đào tạo đã họp.", ["Sở Giáo dục và đào tạo"]),
        ("Sở Thông tin - truyền thông đã họp.", ["Sở Thông tin - truyền thông"]),
        ("Sở Văn hóa, thể thao và du lịch đã họp.", ["Sở Văn hóa, thể thao và du lịch"]),
        ("Sở Nội vụ và các xã đã họp.", ["Sở Nội vụ"]),
        ("Hợp nhất văn phòng cấp ủy với văn phòng HĐND và UBND huyện.", ["văn phòng cấp ủy", "văn phòng HĐND và UBND huyện"]),
        ("Nhập phòng nội vụ vào ban tổ chức.", ["phòng nội vụ"]),
        ("Cảnh sát phòng cháy, chữa cháy nhập vào Công an tỉnh.", ["Cảnh sát phòng cháy, chữa cháy", "Công an tỉnh"]),
        ("Một văn phòng rộng, một phòng họp và trạm xăng.", []),
        ("Công an đã họp, thanh tra viên đã về.", ["Công an"]),
        ("Cả sở và phòng đều bận.", []),
        ("Phòng họp chật người.", ["Phòng họp chật người"]),
    ],
)  # fmt: skip
def test_extent(view_of: Callable[..., View], text: str, names: list[str]) -> None:
    assert [m.data["name"] for m in bodies(view_of(text), ())] == names


def test_companies_are_not_public(view_of: Callable[..., View]) -> None:
    text = "Trung tâm Thương mại Công ty Hòa Phát và Trung tâm Y tế đã mở."
    assert [m.data["public"] for m in bodies(view_of(text), ())] == [False, True]


def test_no_body_where_a_role_was_found(view_of: Callable[..., View]) -> None:
    text = "Trưởng ban Sở Nội vụ."
    assert list(bodies(view_of(text), [(0, len(text))])) == []


def test_the_head_of_a_body_names_no_body(view_of: Callable[..., View]) -> None:
    assert list(bodies(view_of("Giám đốc Sở Nội vụ đã nói."), ())) == []
