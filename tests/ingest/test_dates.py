"""Date lines are read in all their forms; impossible days and running text are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.ingest.dates import date_in_url, is_date_line, parse_date, parse_timestamp


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Thứ ba, 24/05/2022", "2022-05-24"), ("9:2' 24/9/2021", "2021-09-24"), ("11/02/2019 - 06:49", "2019-02-11"),
        ("ngày 23-9-2021", "2021-09-23"), ("Thứ Ba, 11.7.2023, 08:11", "2023-07-11"), ("16:45, 18/12/2024", "2024-12-18"),
        ("Cập nhật, 06:20, Thứ Ba, 16/08/2022 (GMT+7)", "2022-08-16"), ("Ngày đăng: 22/12/2020 16:48", "2020-12-22"),
        ("12/10/2021 - 06:15", "2021-10-12"), ("Ngày 5 tháng 3 năm 2020", "2020-03-05"), ("28/05/2020 | 15:20", "2020-05-28"),
        ("Chủ nhật, 6/6/2021 lúc 8h30", "2021-06-06"), ("Đăng lúc: 08:30 - 12/03/2020 | Lượt xem: 1.234", "2020-03-12"),
        ("TP. Tân Lập, ngày 01 tháng 02 năm 2020", "2020-02-01"), ("Hà Vy - 12/10/2021 06:15", "2021-10-12"),
        ("2021-10-12 06:15:00", "2021-10-12"), ("20/08/2019 05:39 GMT+7", "2019-08-20"),
    ],
)  # fmt: skip
def test_date_lines(line: str, day: str) -> None:
    assert is_date_line(line)
    assert parse_date(line) == day


@pytest.mark.parametrize(
    "line",
    ["31/02/2021", "00/05/2021", "12/13/2021", "10/21 xã", "6/7 thôn", "24/5/21", "653/2019/UBTVQH14", "20/08/0019"],
)
def test_no_dates(line: str) -> None:
    assert parse_date(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "Ngày 22/10/2020, Huyện ủy tổ chức hội nghị.",
        "Kế hoạch số 58-KH/HU ngày 05/4/2018",
        "Tính đến 30/6/2022 còn 12 xã",
        "Trong 3 ngày, từ 22 đến 24/7/2020:",
    ],
)
def test_sentences_are_no_date_lines(line: str) -> None:
    assert not is_date_line(line)


def test_addresses_and_timestamps() -> None:
    assert date_in_url("https://bao.example/bai-viet-20251019130843114.htm") == "2025-10-19"
    assert date_in_url("https://bao.example/bai-99999999.html") is None
    assert parse_timestamp("2025-12-31T18:00:00Z") == "2026-01-01"
    assert parse_timestamp("hôm qua") is None


@given(st.dates(min_value=__import__("datetime").date(1950, 1, 1), max_value=__import__("datetime").date(2090, 12, 31)))
def test_every_day_is_read_in_every_form(day: object) -> None:
    from datetime import date

    assert isinstance(day, date)
    forms = (
        f"{day.day}/{day.month}/{day.year}",
        f"ngày {day.day:02} tháng {day.month:02} năm {day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d-%m-%Y}",
    )
    assert {parse_date(form) for form in forms} == {day.isoformat()}


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    assert isinstance(is_date_line(text), bool)
    assert isinstance(date_in_url(text), str | None)
    assert isinstance(parse_timestamp(text), str | None)
