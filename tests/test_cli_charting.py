"""``tinhgon chart``: from a fact base to a picture, and what is said where there is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tinhgon.cli.charting import chart
from tinhgon.cli.shared import PlainErrors
from tinhgon.records import Area, Claims, Document, Fact, Provenance, Span
from tinhgon.store import FactBase

TEXT = "Bến Tre có 15 xã, đạt 9,55%; Lạng Sơn có 20 xã, riêng Lộc Bình 10/21 xã bí thư kiêm chủ tịch."
ROLES = ("bi_thu_cap_uy", "chu_tich_ubnd")
POSTS = ("--measure", "concurrent_posts")


def fact(piece: str, area: Area, **numbers: Any) -> Fact:
    start = TEXT.index(piece)
    why = Provenance((Span(start, start + len(piece), piece),), Span(0, len(TEXT), TEXT))
    told = {"roles": ROLES, "level": "commune", "area": area, "confidence": 0.9, **numbers}
    return Fact("concurrent_posts", "commune", why, **told)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "facts.db"
    facts = (
        fact("15 xã", Area("Bến Tre"), value=15, percent=9.55),
        fact("20 xã", Area("Lạng Sơn"), value=20, total=200),
        fact("10/21 xã", Area("Lạng Sơn", "Lộc Bình"), value=10, total=21),
    )
    with FactBase.open(path, create=True) as base:
        run = base.begin_run("0.1.0", "", {})
        document = Document("bai-1", TEXT, (), published="2020-05-28")
        base.add([Claims(document, facts=facts)], run=run, patterns_hash="", version="0.1.0")
    return path


def call(*arguments: object) -> Result:
    group = PlainErrors("tinhgon", commands=[chart])
    return CliRunner().invoke(group, ["chart", *map(str, arguments)])


def svg(db: Path, *more: object) -> str:
    path = db.with_name("chart.svg")
    result = call(db, *POSTS, *more, "-o", path)
    assert result.exit_code == 0, result.output
    assert f"written to {path}" in result.stderr
    return path.read_text("utf-8")


def test_a_ranking(db: Path) -> None:
    drawn = svg(db)
    assert all(f">{text}<" in drawn for text in ("Bến Tre", "9.55%", "Lạng Sơn", "10%*", "20/200", "2020-05-28"))


def test_districts(db: Path) -> None:
    assert ">Lộc Bình (Lạng Sơn)<" in svg(db, "--by", "district")


@pytest.mark.parametrize(("places", "tiles"), [("2024", 63), ("2025", 34)])
def test_a_map(places: str, tiles: int, db: Path) -> None:
    drawn = svg(db, "--kind", "map", "--places", places)
    assert f"of {tiles} provinces have none" in drawn
    assert ">10%*<" in drawn
    assert (">9.55%<" in drawn) == (places == "2024")


def test_over_time(db: Path) -> None:
    drawn = svg(db, "--kind", "trend", "--place", "bến tre")
    assert ">Bến Tre<" in drawn
    assert ">Lạng Sơn<" not in drawn


def test_options_narrow(db: Path) -> None:
    drawn = svg(db, "--roles", "chu_tich_ubnd+bi_thu_cap_uy", "--level", "commune", "--show", "value", "--top", "1")
    assert ">Lạng Sơn<" in drawn
    assert ">Bến Tre<" not in drawn
    assert "of 200" in drawn
    assert ">Một &lt;tên&gt; $x$<" in svg(db, "--title", "Một <tên> $x$")


def test_what_is_left_out_is_said(db: Path) -> None:
    result = call(db, *POSTS, "--top", "1", "-o", db.with_name("a.png"))
    assert "Not drawn: 1 place further down." in result.stderr


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--min-confidence", "0.95"), "tinhgon compare"),
        (("--object", "hamlet"), "tinhgon compare"),
        (("--place", "Cà Mau"), "No number on Cà Mau"),
        (("--kind", "map", "--places", "2025", "--place", "Bến Tre"), "--places 2024"),
    ],
)
def test_where_there_is_nothing_to_draw(asked: tuple[str, ...], told: str, db: Path) -> None:
    path = db.with_name("chart.svg")
    result = call(db, *POSTS, *asked, "-o", path)
    assert result.exit_code == 1
    assert told in result.stderr
    assert not path.exists()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("-o", "chart.pdf"), ".svg or .png"),
        (("-o", "/nowhere/at/all/chart.svg"), "/nowhere/at/all/chart.svg"),
        (("--kind", "map", "--by", "district", "-o", "chart.svg"), "every province"),
        (("--kind", "pie", "-o", "chart.svg"), "--kind"),
        ((), "--output"),
    ],
)
def test_wrong_usage_is_told_in_a_line(asked: tuple[str, ...], told: str, db: Path) -> None:
    result = call(db, *POSTS, *asked)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.output


def test_help_has_examples() -> None:
    result = call("--help")
    assert result.exit_code == 0
    assert "tinhgon chart outputs/facts.db" in result.output
