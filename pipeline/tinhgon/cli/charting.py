"""From a fact base to a picture: ``chart``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tinhgon.cli.reading import MEASURES, min_confidence
from tinhgon.cli.shared import REJECTED, ExistingFile, NewFile, leave, refuse_to_overwrite, say
from tinhgon.records import LEVELS

if TYPE_CHECKING:
    import pandas as pd

    from tinhgon.compare.charts import Picture


@click.command()
@click.argument("db", type=ExistingFile)
@click.option("--measure", type=click.Choice(MEASURES), required=True, help="What to compare.")
@click.option("--roles", default="", help="Only these roles in one hand, by code: bi_thu_cap_uy+chu_tich_ubnd.")
@click.option("--by", type=click.Choice(["province", "district"]), default="province", show_default=True)
@click.option(
    "--kind",
    type=click.Choice(["bar", "trend", "map"]),
    default="bar",
    show_default=True,
    help="A ranking, numbers over time, or provinces as a map of squares.",
)
@click.option(
    "--places",
    type=click.Choice(["2024", "2025"]),
    default="2024",
    show_default=True,
    help="For a map: the 63 provinces before 1 July 2025, or the 34 since.",
)
@click.option(
    "--show", type=click.Choice(["rate", "value"]), help="By rate or by count; else by what more places have."
)
@click.option("--level", type=click.Choice(LEVELS), help="Only posts or units of this tier.")
@click.option("--object", "counted", help="Only what counts this: commune, hamlet, payroll, money ...")
@click.option("--place", "only", multiple=True, metavar="NAME", help="Only this place; can be given several times.")
@min_confidence
@click.option("--top", type=click.IntRange(min=1), help="Most places to draw: 63 in a ranking, 12 over time.")
@click.option("--title", help="Title of the picture, instead of the usual one.")
@click.option("-o", "--output", type=NewFile, required=True, help="File to write: .svg or .png.")
def chart(db: Path, kind: str, output: Path, only: tuple[str, ...], **asked: Any) -> None:
    """Draw a comparison: a ranking, numbers over time, or a map of squares.

    One picture shows one thing counted, that of which most places have a number; what it leaves out is written below
    it. Planned and required numbers are hatched, hollow or framed with dashes. Nothing is added up.

    \b
    Example:
      tinhgon chart outputs/facts.db --measure concurrent_posts --level commune -o posts.svg
      tinhgon chart outputs/facts.db --measure reduction --object commune --kind map --places 2025 -o map.png
      tinhgon chart outputs/facts.db --measure reduction --kind trend --place "Bến Tre" -o trend.svg
    """
    from tinhgon.compare import charts

    if kind == "map" and (asked["by"] != "province" or asked["top"]):
        raise click.UsageError("A map has a square for every province: leave out --by and --top.")
    charts.picture_format(output)
    refuse_to_overwrite(db, output)
    frame = _compared(db, latest=kind != "trend", **asked)
    places = _known(frame, only)
    try:
        picture = _drawn(frame, output, kind, only=places, **asked)
    except charts.NothingToDrawError as error:
        say(str(error), err=True)
        leave(REJECTED)
    for note in picture.notes:
        say(note, err=True)
    click.echo(f"{picture.shown} place{'s' * (picture.shown != 1)} drawn, written to {output}", err=True)


def _compared(db: Path, *, latest: bool, counted: str | None, **asked: Any) -> pd.DataFrame:
    from tinhgon.compare import compare
    from tinhgon.store import FactBase

    narrowed = {name: asked[name] for name in ("measure", "roles", "by", "level", "min_confidence")}
    with FactBase.open(db, readonly=True) as base:
        return compare(base, object=counted, latest=latest, **narrowed)


def _known(frame: pd.DataFrame, only: Sequence[str]) -> list[str]:
    """The places asked for as the comparison writes them, however their tone marks and hyphens were typed."""
    from tinhgon.gazetteer import name_key

    written = {name_key(name): name for column in ("province", "place") for name in frame[column].dropna()}
    unknown = [name for name in only if name_key(name) not in written]
    if unknown:
        say(f"No number on {', '.join(unknown)}; 'tinhgon compare' with the same options lists the places.", err=True)
        leave(REJECTED)
    return [written[name_key(name)] for name in only]


def _drawn(frame: pd.DataFrame, output: Path, kind: str, **asked: Any) -> Picture:
    from tinhgon.compare import charts

    given = {name: asked[name] for name in ("measure", "title", "show", "only")}
    if kind == "map":
        return charts.tile_map(frame, output, places=asked["places"], **given)
    if asked["top"]:
        given["top"] = asked["top"]
    return (charts.bar_chart if kind == "bar" else charts.trend_chart)(frame, output, **given)
