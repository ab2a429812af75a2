"""Named people, and names that belong to places."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml

from tinhgon.detect.people import people
from tinhgon.detect.text import View
from tinhgon.gazetteer import Gazetteer
from tinhgon.records import Mention
from tinhgon.resources import patterns_dir


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ông Nguyễn Văn Dần nói vậy.", ["Nguyễn Văn Dần"]),
        ("Đồng chí Trần Thị Mười nói vậy.", ["Trần Thị Mười"]),
        ("Theo đ/c Lê Hữu Phước thì được.", ["Lê Hữu Phước"]),
        ("Bí thư Đảng ủy xã Phạm Quốc Thới nói.", ["Phạm Quốc Thới"]),
        ("Bí thư Chi bộ là Lò Văn Pâng.", ["Lò Văn Pâng"]),
        ("Anh Y Bhăm Niê gật đầu.", ["Y Bhăm Niê"]),
        ("Ông K’Brểu và bà H'Ngăm cùng nói.", ["K’Brểu", "H'Ngăm"]),
        ("Ông ấy và bà con chưa nghe.", []),
        ("Huyện Lộc Bình có 20 xã.", []),
        ("Bí thư Thành ủy Hà Nội kiêm Chủ tịch Ủy ban Bảo vệ Hà Nội.", []),
        ("Ông Hà Nam và bà Hà Nam Phương có mặt.", ["Hà Nam", "Hà Nam Phương"]),
    ],
)
def test_names(view_of: Callable[..., View], text: str, names: list[str]) -> None:
    assert [m.text for m in people(view_of(text))] == names


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Chủ tịch UBND xã Tân Hưng Nguyễn Phước Lành nói.", "Nguyễn Phước Lành"),
        ("Bí thư Huyện ủy Lê Minh Thắng nói.", "Lê Minh Thắng"),
        ("Bí thư Đảng ủy phường Tân Xuyên Trần Quốc Bảo nói.", "Trần Quốc Bảo"),
    ],
)
def test_a_person_behind_a_place_or_a_body(
    mentions_of: Callable[..., tuple[Mention, ...]], text: str, person: str
) -> None:
    assert [m.text for m in mentions_of("people", text)] == [person]
    assert not any(person in m.text for m in mentions_of("places", text))
    assert not any(person in m.text for m in mentions_of("roles", text))


def test_every_province_that_sounds_like_a_person_is_listed() -> None:
    data = yaml.safe_load((patterns_dir() / "people.yaml").read_text("utf-8"))
    surnames = set(data["surnames"].split())
    provinces = {place.name for place in Gazetteer.load() if place.level == "province"}
    # Hồ Chí Minh is a person too.
    alike = {name for name in provinces if " " in name and name.split()[0] in surnames} - {"Hồ Chí Minh"}
    assert alike <= set(data["provinces"]) <= provinces
