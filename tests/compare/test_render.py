"""Printed comparisons: aligned, safe for terminals, spreadsheets and Markdown."""

from __future__ import annotations

import csv
import io
from typing import Any

import pandas as pd
import pytest
from rich.cells import cell_len

from tinhgon.compare import COLUMNS, render_csv, render_markdown, render_table

QUOTE = "10/21 xã, thị trấn có bí thư đảng ủy đồng thời là chủ tịch Ủy ban nhân dân, chiếm 47,6% số xã toàn huyện"


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(COLUMNS))


def row(**fields: Any) -> dict[str, Any]:
    known = {"place": "Lộc Bình", "value": 10.0, "total": 21.0, "percent": 47.6, "rate_basis": "stated", "claims": 2}
    return {**known, "status": "achieved", "modifier": "exact", "quote": QUOTE, "fact_id": "0123456789abcdef", **fields}


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_a_table_keeps_to_its_width_and_loses_no_word(width: int) -> None:
    text = render_table(frame(row(), row(place="Tràng Định")), width=width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert all(word in text for word in ("10/21", "47.6%", "01234567", "Tràng", "huyện"))


def test_a_computed_rate_carries_a_star() -> None:
    text = render_table(frame(row(rate_basis="computed"), row()))
    assert "47.6%*" in text
    assert text.endswith("* computed from value and total, not stated in the text\n")
    assert "*" not in render_table(frame(row()))


def test_what_is_not_known_is_a_dash() -> None:
    empty = {**dict.fromkeys(COLUMNS), "place": "Lạng Sơn", "claims": 3}
    line = render_table(frame(row(), empty)).splitlines()[-1]
    assert line.split() == ["Lạng", "Sơn", "–", "–", "–", "3", "–", "–"]


def test_ranges_signs_and_changes_are_shown() -> None:
    text = render_table(frame(row(value_max=15.0, total=None, modifier="over", before=2100.0, after=1500.0)), width=160)
    assert ">10-15" in text
    assert "2100 → 1500" in text


def test_the_terminal_is_not_steered() -> None:
    hostile = row(quote="\x1b[2Jxóa\x07\u202e [bold]đậm[/bold]", place="a\rb\nc")
    text = render_table(frame(hostile))
    assert not {"\x1b", "\x07", "\r", "\u202e"} & set(text)
    assert "[bold]đậm[/bold]" in text


def test_colour_only_when_asked() -> None:
    assert "\x1b[" not in render_table(frame(row()))
    assert "\x1b[1m" in render_table(frame(row()), colour=True)


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5 xã", "@SUM(A1)", "\t=1", "\n=1", "＝1"])
def test_csv_text_is_no_formula(text: str) -> None:
    (_, cells) = csv.reader(io.StringIO(render_csv(frame(row(quote=text)))))
    assert cells[COLUMNS.index("quote")] == "'" + text


def test_a_carriage_return_does_not_end_a_csv_row() -> None:
    (_, cells) = csv.reader(io.StringIO(render_csv(frame(row(quote="một\r=1+1\r\nhai")))))
    assert cells[COLUMNS.index("quote")] == "một\n=1+1\nhai"


def test_csv_numbers_stay_numbers() -> None:
    (names, cells) = csv.reader(io.StringIO(render_csv(frame(row(value=-5.0, before=2.1e10)))))
    told = dict(zip(names, cells, strict=True))
    assert (told["value"], told["before"], told["percent"], told["after"]) == ("-5", "21000000000", "47.6", "")


def test_csv_keeps_quotes_and_line_ends_in_their_cell() -> None:
    text = 'ông nói: "được", rồi\nđi'
    (_, cells) = csv.reader(io.StringIO(render_csv(frame(row(quote=text)))))
    assert cells[COLUMNS.index("quote")] == text


def test_markdown_cells_are_text() -> None:
    text = render_markdown(frame(row(quote="a | b\n<script>alert(1)</script> [x](javascript:y) `z`")))
    lines = text.splitlines()
    assert len(lines) == 3
    assert r"a \| b \<script\>alert(1)\</script\> \[x\](javascript:y) \`z\`" in lines[2]


def test_nothing_to_show_is_no_error() -> None:
    assert render_csv(frame()).startswith("place,")
    assert render_markdown(frame()) == ""
    assert render_table(frame()).strip() == ""
