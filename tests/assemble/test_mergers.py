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
        ("Bến Tre được đề xuất sáp nhập với Trà Vinh và Vĩnh Long thành tỉnh Vĩnh Long.", "province", ["Bến Tre", "Trà Vinh", "Vĩnh Long"], "Vĩnh Long"),
        ("Sở Y tế được đề xuất hợp nhất với Sở Lao động và Sở Dân số thành Sở Xã hội.", "agency", ["Sở Y tế", "Sở Lao động", "Sở Dân số"], "Sở Xã hội"),
        ("Hợp nhất ba Văn phòng UBND, HĐND và Đoàn đại biểu Quốc hội.", "agency", ["Văn phòng UBND", "Văn phòng HĐND", "Văn phòng Đoàn đại biểu Quốc hội"], None),
        ("Hợp nhất ba văn phòng Đoàn đại biểu Quốc hội, Hội đồng nhân dân và Ủy ban nhân dân tỉnh.", "agency", ["văn phòng Đoàn đại biểu Quốc hội", "văn phòng Hội đồng nhân dân", "văn phòng Ủy ban nhân dân tỉnh"], None),
        ("Hợp nhất ba văn phòng gồm Văn phòng UBND, Văn phòng HĐND và Văn phòng Đoàn đại biểu Quốc hội.", "agency", ["Văn phòng UBND", "Văn phòng HĐND", "Văn phòng Đoàn đại biểu Quốc hội"], None),
        ("Sáp nhập xã Giao Long với xã Giao Hòa và một phần diện tích tự nhiên, dân số của xã An Hóa.", "commune", ["Giao Long", "Giao Hòa"], None),
        ("Sáp nhập xã Giao Long với xã Giao Hòa và một phần diện tích tự nhiên và dân số của xã An Hóa.", "commune", ["Giao Long", "Giao Hòa", "An Hóa"], None),
        ("Hợp nhất Thanh tra tỉnh với Ủy ban Kiểm tra Tỉnh ủy thành Cơ quan Kiểm tra - Thanh tra tỉnh.", "agency", ["Thanh tra tỉnh", "Ủy ban Kiểm tra Tỉnh ủy"], "Cơ quan Kiểm tra - Thanh tra tỉnh"),
        ("Tại huyện Châu Thành, tỉnh Bến Tre, xã Giao Long và xã Giao Hòa nhập với xã An Hóa, lấy tên là xã An Hóa.", "commune", ["Giao Long", "Giao Hòa", "An Hóa"], "An Hóa"),
        ("Trường Tiểu học 2 Giao Long được sáp nhập vào Trường Tiểu học 1 Giao Long.", "service_unit", ["Trường Tiểu học 2 Giao Long", "Trường Tiểu học 1 Giao Long"], "Trường Tiểu học 1 Giao Long"),
        ("Trường Tiểu học Giao Long B1 và Trường Tiểu học Giao Long B2 nhập thành Trường Tiểu học Giao Long B.", "service_unit", ["Trường Tiểu học Giao Long B1", "Trường Tiểu học Giao Long B2"], "Trường Tiểu học Giao Long B"),
        ("Hợp nhất Sở Giáo dục và đào tạo với Sở Khoa học và công nghệ.", "agency", ["Sở Giáo dục và đào tạo", "Sở Khoa học và công nghệ"], None),
        ("Sáp nhập Sở Thông tin - truyền thông vào Sở Khoa học - công nghệ.", "agency", ["Sở Thông tin - truyền thông", "Sở Khoa học - công nghệ"], "Sở Khoa học - công nghệ"),
        ("Hợp nhất văn phòng cấp ủy với văn phòng HĐND và UBND huyện.", "agency", ["văn phòng cấp ủy", "văn phòng HĐND và UBND huyện"], None),
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


def test_a_list_before_is_not_drawn_in(claims_of: Callable[..., Claims]) -> None:
    text = "Xã An Hóa nhập vào xã An Phước và xã Giao Long nhập với xã Giao Hòa."
    assert [m.parties for m in claims_of(text).mergers] == [("An Hóa", "An Phước"), ("Giao Long", "Giao Hòa")]


def test_pairs_behind_a_colon_and_pairs_with_results(claims_of: Callable[..., Claims]) -> None:
    text = "Tỉnh thí điểm hợp nhất, cụ thể: Sở Nội vụ với Ban Tổ chức tỉnh, thành ủy; Thanh tra tỉnh với Ủy ban kiểm tra tỉnh, thành ủy."
    assert [m.parties for m in claims_of(text).mergers] == [
        ("Sở Nội vụ", "Ban Tổ chức tỉnh, thành ủy"),
        ("Thanh tra tỉnh", "Ủy ban kiểm tra tỉnh, thành ủy"),
    ]
    text = "Tỉnh hợp nhất Sở Nội vụ với Ban Tổ chức Tỉnh ủy thành Ban Tổ chức - Nội vụ; Sở Y tế với Sở Lao động thành Sở Xã hội."
    assert [(m.parties, m.result) for m in claims_of(text).mergers] == [
        (("Sở Nội vụ", "Ban Tổ chức Tỉnh ủy"), "Ban Tổ chức - Nội vụ"),
        (("Sở Y tế", "Sở Lao động"), "Sở Xã hội"),
    ]


@pytest.mark.parametrize(
    ("text", "mergers"),
    [
        (
            "Tỉnh Cao Bằng sáp nhập các huyện: Thông Nông vào Hà Quảng, Phục Hòa vào Quảng Uyên.",
            [(("Thông Nông", "Hà Quảng"), "Hà Quảng"), (("Phục Hòa", "Quảng Uyên"), "Quảng Uyên")],
        ),
        (
            "Huyện Lộc Bình sáp nhập các xã: Tú Đoạn vào Khánh Xuân, Lợi Bác vào Sàn Viên.",
            [(("Tú Đoạn", "Khánh Xuân"), "Khánh Xuân"), (("Lợi Bác", "Sàn Viên"), "Sàn Viên")],
        ),
    ],
)
def test_each_into_its_own(
    claims_of: Callable[..., Claims], text: str, mergers: list[tuple[tuple[str, ...], str]]
) -> None:
    assert [(m.parties, m.result) for m in claims_of(text, date="2019-12-20").mergers] == mergers


@pytest.mark.parametrize(
    "text",
    [
        "12 trường ở các xã Giao Long, Giao Hòa sẽ ghép thành 6.",
        "12 trường tại xã Giao Long và xã Giao Hòa sẽ ghép thành 6 trường.",
        "Sáp nhập 12 trường ở xã Giao Long và xã Giao Hòa.",
    ],
)
def test_where_it_happens_is_no_party(claims_of: Callable[..., Claims], text: str) -> None:
    claims = claims_of(text, date="2019-12-20")
    assert claims.mergers == ()
    assert [(f.object, f.value) for f in claims.facts] == [("service_unit", 12)]


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
        ("Đề xuất sáp nhập xã Giao Long với xã Giao Hòa.", "planned"),
        ("Xã Giao Long và xã Giao Hòa sẽ sáp nhập.", "planned"),
        ("Xã Giao Long sẽ sáp nhập với xã Giao Hòa.", "planned"),
        ("Xã Giao Long được đề xuất sáp nhập với xã Giao Hòa.", "planned"),
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
