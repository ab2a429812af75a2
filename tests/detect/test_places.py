"""Names of places as they stand: by a type word, in lists, inside bodies, bare; and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tinhgon.records import Mention

Finder = Callable[..., tuple[Mention, ...]]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Ở huyện Lộc Bình đã gọn.", [("Lộc Bình", "district")]),
        ("Ở tỉnh Bến Tre đã gọn.", [("Bến Tre", "province")]),
        ("Ở xã Bình Khánh đã gọn.", [("Bình Khánh", "commune")]),
        ("Ở thị trấn Chợ Lách đã gọn.", [("Chợ Lách", "commune")]),
        ("Ở ấp Phước Lý đã gọn.", [("Phước Lý", "hamlet")]),
        ("Ở TP. Cà Mau đã gọn.", [("Cà Mau", "city")]),
        ("Ở TP Cà Mau đã gọn.", [("Cà Mau", "city")]),
        ("Ở Phường 5 và Quận 1 đã gọn.", [("Phường 5", "commune"), ("Quận 1", "district")]),
        ("Huyện ủy Lộc Bình đã họp.", [("Lộc Bình", "district")]),
        ("UBND huyện Mỏ Cày Nam đã họp.", [("Mỏ Cày Nam", "district")]),
        ("HUYỆN ỦY LỘC BÌNH ĐÃ HỌP", [("LỘC BÌNH", "district")]),
        ("Xã Tân Hưng cũ đã gọn.", [("Tân Hưng", "commune")]),
    ],
)
def test_type_words(mentions_of: Finder, text: str, places: list[tuple[str, str]]) -> None:
    assert [(m.data["name"], m.label) for m in mentions_of("places", text)] == places


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Các xã Lợi Bác, Sàn Viên và Tú Đoạn đã gọn.", ["Lợi Bác", "Sàn Viên", "Tú Đoạn"]),
        ("Sáp nhập xã An Hóa và Giao Hòa.", ["An Hóa", "Giao Hòa"]),
        ("Hai huyện Giồng Trôm, Ba Tri đã gọn.", ["Giồng Trôm", "Ba Tri"]),
        ("Các phường 1, 3 và 9 đã gọn.", ["Phường 1", "Phường 3", "Phường 9"]),
        ("Thôn 9 và thôn 10 đã nhập.", ["Thôn 9", "Thôn 10"]),
    ],
)
def test_lists_under_one_type_word(mentions_of: Finder, text: str, names: list[str]) -> None:
    found = mentions_of("places", text)
    assert [m.data["name"] for m in found] == names
    assert len({m.label for m in found}) == 1


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("Xã Tân Hưng cũ", True),
        ("Huyện Ba Tri (cũ)", True),
        ("Tỉnh Bến Tre trước đây", True),
        ("Huyện Ba Tri mới", False),
    ],
)
def test_old_units_are_marked(mentions_of: Finder, text: str, old: bool) -> None:
    assert [m.data["old"] for m in mentions_of("places", f"{text} có 5 ấp.")] == [old]


@pytest.mark.parametrize(
    "text",
    [
        "Báo Đồng Khởi đưa tin.", "Sông Tiền cạn nước.", "Đường Lê Lợi đông xe.", "Nhà máy thủy điện Hòa Bình chạy lại.", "Người Việt Nam cần cù.",
        "Công ty Bình Minh làm ăn tốt.", "Mô hình Bí thư Đảng ủy đã có.",
    ],
)  # fmt: skip
def test_names_that_are_no_places(mentions_of: Finder, text: str) -> None:
    assert [m.text for m in mentions_of("places", text)] == []


def test_bare_names_need_a_capital_and_their_own_word(mentions_of: Finder) -> None:
    assert [m.text for m in mentions_of("places", "Tại Bến Tre, việc này đã xong.")] == ["Bến Tre"]
    assert mentions_of("places", "Thuyền vào bến tre neo đậu.") == ()


def test_offsets_hold(mentions_of: Finder) -> None:
    text = "Huyện ủy Lộc Bình, các xã Lợi Bác, Tú Đoạn, TP. Lạng Sơn và thôn 9."
    for mention in mentions_of("places", text):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start <= mention.data["name_start"] < mention.end
