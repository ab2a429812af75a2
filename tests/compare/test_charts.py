"""Charts: what stands on them is what the comparison has, whatever names it holds, and the same every time."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest
from lxml import etree

from tinhgon.compare import COLUMNS, NATIONAL
from tinhgon.compare.charts import ChartError, NothingToDrawError, Picture, bar_chart, tile_map, trend_chart
from tinhgon.compare.charts.colours import ACHIEVED, LADDER, WHITE, contrast, ink_on, luminance
from tinhgon.compare.charts.page import GREY, INK
from tinhgon.compare.charts.pick import Claim
from tinhgon.compare.charts.tilemap import classes
from tinhgon.compare.charts.tiles import read_tiles

POSTS = {"level": "commune", "object": "commune", "roles": "bi_thu_cap_uy+chu_tich_ubnd"}
HOSTILE = (
    "$x_1$ <b>&amp;</b>",
    '"><script>alert(1)</script>',
    "]]> \x1b[31m\x00 \u202exyz",
    "\\frac{1}{2}$",
    "\ufffe北京",
)
KINDS = (bar_chart, trend_chart, tile_map)


def row(place: str, percent: float | None = None, **fields: Any) -> dict[str, Any]:
    told = {"percent": percent, "status": "achieved", "modifier": "exact", "as_of": "2020-05-28", "claims": 1, **POSTS}
    return {**dict.fromkeys(COLUMNS), "place": place, "province": place, **told, **fields}


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(COLUMNS))


def every_province(places: Any = "2024") -> pd.DataFrame:
    names = [tile.province for tile in read_tiles(places)]
    return frame(*(row(name, 1.25 + number, total=100.0) for number, name in enumerate(names)))


def draw(
    kind: Any, rows: pd.DataFrame, path: Path, measure: str = "concurrent_posts", **more: Any
) -> tuple[list[str], Picture]:
    """The texts on the picture, and what is told of it."""
    picture = kind(rows, path / "chart.svg", measure=measure, **more)
    root = etree.parse(str(picture.path)).getroot()
    return ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")], picture


class TestRanking:
    def test_every_place_has_its_number_and_date(self, tmp_path: Path) -> None:
        texts, picture = draw(bar_chart, every_province(), tmp_path)
        assert picture.shown == 63
        for number, tile in enumerate(read_tiles("2024")):
            assert {tile.province, f"{1.25 + number}%"} <= {*texts}
        assert texts.count("2020-05-28") == 63

    def test_highest_first_then_by_the_alphabet(self, tmp_path: Path) -> None:
        names = ["Đồng Nai", "Yên Bái", "Bắc Ninh", "An Giang"]
        texts, _ = draw(bar_chart, frame(*(row(name, 90.0 if name == "Yên Bái" else 7.0) for name in names)), tmp_path)
        assert [text for text in texts if text in names] == ["Yên Bái", "An Giang", "Bắc Ninh", "Đồng Nai"]

    def test_title_subject_axis_and_footer(self, tmp_path: Path) -> None:
        rows = frame(row("Bến Tre", 9.55), row("Long An"), row("Cà Mau", status=None))
        texts, _ = draw(bar_chart, rows, tmp_path)
        assert {"Posts held by one person", "bí thư cấp ủy + chủ tịch UBND, commune level", "share of communes, %"} <= {
            *texts
        }
        assert "tinhgon · 1 claim drawn · 2 places named in the articles have none · as of 2020-05-28" in texts

    def test_stated_and_computed_rates_are_told_apart(self, tmp_path: Path) -> None:
        stated = row("A", 80.0, rate_basis="stated", modifier="over")
        computed = row("B", 50.0, rate_basis="computed", value=3.0, total=6.0)
        texts, picture = draw(bar_chart, frame(stated, computed), tmp_path)
        assert {">80%", "50%*", "3/6", "> more than."} <= {*texts}
        assert any(note.startswith("* computed") for note in picture.notes)
        _, picture = draw(bar_chart, frame(stated), tmp_path)
        assert not any(note.startswith("*") for note in picture.notes)

    def test_what_has_not_happened_is_hatched(self, tmp_path: Path) -> None:
        def patterns(*statuses: str) -> int:
            rows = frame(*(row(f"P{number}", 10.0, status=status) for number, status in enumerate(statuses)))
            texts, picture = draw(bar_chart, rows, tmp_path)
            assert (len({*statuses}) > 1) == ("achieved" in texts)
            return picture.path.read_text("utf-8").count("<pattern")

        assert patterns("achieved") == 0
        assert patterns("achieved", "ongoing") == 0
        assert patterns("achieved", "planned", "required", "planned") == 2

    def test_unlike_numbers_stand_on_no_picture_together(self, tmp_path: Path) -> None:
        cut: dict[str, Any] = {"roles": None, "level": None}
        rows = frame(
            row("A", value=1200.0, **{**cut, "object": "payroll"}),
            row("A", value=7.0, **{**cut, "object": "commune"}),
            row("B", value=9.0, after=157.0, **{**cut, "object": "commune"}),
        )
        texts, picture = draw(bar_chart, rows, tmp_path, measure="reduction")
        assert {"Fewer communes", "communes fewer than before", "7", "9", "→ 157"} <= {*texts}
        assert "1200" not in texts
        assert "Not drawn, as they count something else: 1 more number." in picture.notes

    def test_places_told_of_otherwise_are_named(self, tmp_path: Path) -> None:
        rows = frame(row("A", 10.0), row("B", value=17.0), row(NATIONAL, 7.0, province=None, modifier="about"))
        texts, picture = draw(bar_chart, rows, tmp_path)
        assert NATIONAL not in texts
        assert "Told, but not as a rate: B (17)." in picture.notes
        assert "Not drawn, the whole country or place not known: ≈7%." in picture.notes

    def test_by_count_where_asked_or_where_few_have_a_rate(self, tmp_path: Path) -> None:
        rows = [row("A", 10.0, value=5.0), row("B", value=17.0), row("C", value=2.0)]
        assert "17" in draw(bar_chart, frame(*rows), tmp_path)[0]
        assert "17" not in draw(bar_chart, frame(*rows), tmp_path, show="rate")[0]
        assert "10%" not in draw(bar_chart, frame(rows[0]), tmp_path, show="value")[0]

    def test_money_comes_in_billions(self, tmp_path: Path) -> None:
        rows = frame(row("A", value=1.25e12, object="money", level=None, roles=None, modifier="about"))
        assert {"≈1250", "billion đồng", "Money saved"} <= {*draw(bar_chart, rows, tmp_path, measure="saving")[0]}

    def test_only_the_first_are_drawn(self, tmp_path: Path) -> None:
        texts, picture = draw(bar_chart, every_province(), tmp_path, top=3)
        assert picture.shown == 3
        assert "63.25%" in texts
        assert "Not drawn: 60 places further down." in picture.notes

    @pytest.mark.parametrize("number", [0.0, 1e-9, 5.0, 1e15, -4.0])
    def test_one_place(self, number: float, tmp_path: Path) -> None:
        texts, picture = draw(bar_chart, frame(row("Bến Tre", value=number)), tmp_path)
        assert "Bến Tre" in texts
        assert picture.shown == 1

    def test_of_all_claims_of_a_place_the_one_that_stands(self, tmp_path: Path) -> None:
        rows = frame(
            row("A", 90.0, status="planned", as_of="2025"), row("A", 10.0, as_of="2019"), row("A", 20.0, as_of="2020")
        )
        texts, _ = draw(bar_chart, rows, tmp_path)
        assert [text for text in texts if text in {"90%", "10%", "20%"}] == ["20%"]


class TestOverTime:
    def test_every_claim_of_a_place_is_a_point(self, tmp_path: Path) -> None:
        rows = frame(*(row("Bến Tre", share, as_of=day) for share, day in ((5.0, "2018"), (9.0, "2019-06"))))
        texts, picture = draw(trend_chart, rows, tmp_path)
        assert {"Bến Tre", "5%", "2018", "9%", "2019-06"} <= {*texts}
        assert picture.shown == 1

    def test_a_line_joins_what_was_achieved_alone(self, tmp_path: Path) -> None:
        def points(*statuses: str) -> int:
            rows = frame(*(row("A", 10.0, status=s, as_of=f"20{18 + n}") for n, s in enumerate(statuses)))
            picture = draw(trend_chart, rows, tmp_path)[1]
            svg = picture.path.read_text("utf-8")
            lines = [line for line in svg.split("<path ") if f"stroke: {ACHIEVED}; stroke-width: 1.3" in line]
            return sum(line.count("L ") + 1 for line in lines)

        assert points("achieved", "achieved", "achieved") == 3
        assert points("achieved", "planned", "achieved", "required") == 2
        assert points("planned", "required") == 0

    def test_places_with_several_numbers_come_first_and_single_ones_when_named(self, tmp_path: Path) -> None:
        rows = frame(row("A", 1.0), *(row("B", 2.0, as_of=day) for day in ("2018", "2020")), row("C", 3.0))
        texts, picture = draw(trend_chart, rows, tmp_path)
        assert [text for text in texts if text in {"A", "B", "C"}] == ["B"]
        assert "Not drawn: 2 more places with fewer dated numbers." in picture.notes
        texts, _ = draw(trend_chart, rows, tmp_path, only=["A", "C"])
        assert [text for text in texts if text in {"A", "B", "C"}] == ["A", "C"]

    def test_without_dates_there_is_nothing_to_draw(self, tmp_path: Path) -> None:
        for day in (None, "năm ngoái"):
            with pytest.raises(NothingToDrawError, match="date"):
                draw(trend_chart, frame(row("A", 1.0, as_of=day)), tmp_path)


class TestMap:
    @pytest.mark.parametrize(("places", "count"), [("2024", 63), ("2025", 34)])
    def test_every_tile_has_its_label_number_and_date(self, places: Any, count: int, tmp_path: Path) -> None:
        texts, picture = draw(tile_map, every_province(places), tmp_path, places=places)
        assert picture.shown == count
        bare = [text.rstrip("†") for text in texts]
        for number, tile in enumerate(read_tiles(places)):
            assert {tile.label, f"{1.25 + number}%"} <= {*bare}
        assert texts.count("2020-05-28") == count

    def test_a_province_without_number_has_an_empty_tile(self, tmp_path: Path) -> None:
        texts, _ = draw(tile_map, frame(row("Hà Nội", 12.0), row("Cà Mau", status=None)), tmp_path)
        assert {tile.label for tile in read_tiles("2024")} <= {*texts}
        assert texts.count("–") == 62 + 1, "and one in the legend"
        assert "tinhgon · 1 claim drawn · 62 of 63 provinces have none · as of 2020-05-28" in texts

    def test_a_number_of_other_borders_is_marked(self, tmp_path: Path) -> None:
        rows = frame(row("Phú Thọ", 12.0), row("Hà Nội", 13.0), row("Cà Mau", 14.0, as_of="2025-12-03"))
        old, picture = draw(tile_map, rows, tmp_path)
        assert {"12%", "13%", "14%†"} <= {*old}
        assert any(note.startswith("†") for note in picture.notes)
        assert {"12%†", "13%", "14%"} <= {*draw(tile_map, rows, tmp_path, places="2025")[0]}

    def test_provinces_of_the_other_map_are_named(self, tmp_path: Path) -> None:
        rows = frame(row("Hà Nội", 13.0), row("Long An", 14.0), row("Bến Tre", 15.0))
        _, picture = draw(tile_map, rows, tmp_path, places="2025")
        assert "Not drawn, no province of this map: Bến Tre, Long An." in picture.notes
        with pytest.raises(NothingToDrawError, match="--places 2024"):
            draw(tile_map, frame(row("Long An", 14.0)), tmp_path, places="2025")

    def test_a_district_is_no_province(self, tmp_path: Path) -> None:
        with pytest.raises(NothingToDrawError):
            draw(tile_map, frame(row("Lộc Bình (Lạng Sơn)", 3.0, province="Lạng Sơn")), tmp_path)

    def test_it_says_whose_the_islands_are(self, tmp_path: Path) -> None:
        assert "Hoàng Sa is part of Đà Nẵng, Trường Sa of Khánh Hòa" in " ".join(
            draw(tile_map, every_province(), tmp_path)[0]
        )

    @pytest.mark.parametrize(
        "numbers", [[0], [7.5], [0, 100], [3, 21.3, 99.3], [-5, 5], [1e12, 3], [0.001, 0.002], [41.7, 42.6]]
    )
    def test_ranges_are_few_and_hold_every_number(self, numbers: list[float]) -> None:
        ranges = classes(numbers)
        assert 1 <= ranges.count <= len(LADDER)
        for number in numbers:
            assert ranges.low <= number <= ranges.low + ranges.count * ranges.step
            assert 0 <= ranges.place(number) < ranges.count
        shades = [luminance(ranges.colour(ranges.low + (n + 0.5) * ranges.step)) for n in range(ranges.count)]
        assert shades == sorted(shades, reverse=True)

    def test_what_is_under_the_end_of_a_range_is_in_the_one_below(self) -> None:
        ranges = classes([0, 50])
        exact = Claim("Kiên Giang", "Kiên Giang", 10.0, "10%", "", "2020", "2020-12-31", "achieved", False, "exact")
        assert ranges.step == 10
        assert [ranges.of(replace(exact, modifier=limit)) for limit in ("exact", "over", "under")] == [1, 1, 0]
        assert ranges.of(replace(exact, number=0.0, modifier="under")) == 0


class TestColours:
    def test_letters_stand_out(self) -> None:
        assert all(contrast(ink_on(ground), ground) >= 4.5 for ground in LADDER)
        assert contrast(GREY, WHITE) >= 4.5
        assert contrast(INK, WHITE) >= 7

    def test_steps_are_told_apart_in_grey(self) -> None:
        assert all(contrast(one, other) >= 1.3 for one, other in pairwise(LADDER))
        assert contrast(ACHIEVED, WHITE) >= 3


@pytest.mark.parametrize("kind", KINDS)
class TestEveryKind:
    @pytest.mark.parametrize("suffix", [".svg", ".PNG"])
    def test_the_same_frame_gives_the_same_bytes(self, kind: Any, suffix: str, tmp_path: Path) -> None:
        rows = frame(row("Hà Nội", 3.0), row("Cà Mau", 20.0, status="planned"), row("Hà Nội", 5.0, as_of="2021"))
        paths = [tmp_path / f"{name}{suffix}" for name in "ab"]
        for path in paths:
            kind(rows, path, measure="concurrent_posts")
            mpl.rcParams["font.size"] = 20.0  # someone else's settings
        mpl.rcParams["font.size"] = mpl.rcParamsDefault["font.size"]
        assert paths[0].read_bytes() == paths[1].read_bytes()
        assert paths[0].read_bytes()[:4] == (b"<?xm" if suffix == ".svg" else b"\x89PNG")

    @pytest.mark.parametrize(
        "empty", [frame(), frame(row("A", status=None)), frame(row(NATIONAL, 7.0)), frame(row("A", float("inf")))]
    )
    def test_nothing_to_draw_leaves_no_file(self, kind: Any, empty: pd.DataFrame, tmp_path: Path) -> None:
        with pytest.raises(NothingToDrawError, match="tinhgon compare"):
            draw(kind, empty, tmp_path)
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize("name", ["chart", "chart.pdf", "chart.svg.gz"])
    def test_other_files_are_refused(self, kind: Any, name: str, tmp_path: Path) -> None:
        with pytest.raises(ChartError, match=r"\.svg or \.png"):
            kind(every_province(), tmp_path / name, measure="concurrent_posts")

    @pytest.mark.parametrize("hostile", HOSTILE)
    @pytest.mark.parametrize("suffix", [".svg", ".png"])
    def test_hostile_text_is_text(self, kind: Any, hostile: str, suffix: str, tmp_path: Path) -> None:
        fields = {"as_of": "2020", "body": hostile, "level": None, "object": hostile, "roles": hostile}
        rows = frame(row("Hà Nội", 3.0, **fields), row(hostile, 4.0, **fields))
        picture = kind(rows, tmp_path / f"a{suffix}", measure="concurrent_posts", title=hostile, only=())
        if suffix == ".svg":
            tags = {etree.QName(one).localname for one in etree.parse(str(picture.path)).iter(etree.Element)}
            assert not tags & {"script", "b"}
            kept = " ".join(hostile.replace("\ufffe", "�").translate(dict.fromkeys((0, 0x1B, 0x202E), " ")).split())
            assert kept in draw(kind, rows, tmp_path, title=hostile)[0]

    def test_an_svg_carries_its_text_and_letters(self, kind: Any, tmp_path: Path) -> None:
        picture = kind(frame(row("Đắk Lắk", 3.0)), tmp_path / "a.svg", measure="concurrent_posts")
        svg = picture.path.read_text("utf-8")
        assert svg.count("@font-face") == 2
        assert ">Đắk Lắk<" in svg
        assert "<dc:date>" not in svg
        assert picture.path.stat().st_size < 150_000


def test_names_that_are_too_long_are_cut(tmp_path: Path) -> None:
    texts, _ = draw(bar_chart, frame(row("Xã " * 100, 3.0)), tmp_path, title="Dài " * 100)
    assert max(map(len, texts)) < 120


def test_a_title_that_is_no_unicode_is_mended(tmp_path: Path) -> None:
    assert "a�b" in draw(bar_chart, frame(row("A", 3.0)), tmp_path, title="a\udcffb")[0]


def test_matplotlib_waits_until_a_chart_is_drawn() -> None:
    code = "import sys, tinhgon.compare.charts, tinhgon.cli.charting; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
