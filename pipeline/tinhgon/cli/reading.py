"""From a fact base to the reader: compare, explain, search, resolutions, misses, stats and schema."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tinhgon.cli import console
from tinhgon.cli.shared import ExistingFile, NewFile, refuse_to_overwrite, say
from tinhgon.records import LEVELS, STATUSES

if TYPE_CHECKING:
    import pandas as pd

PAGE = 120
MEASURES = (
    "concurrent_posts",
    "merger",
    "reduction",
    "dissolution",
    "rotation",
    "nonlocal_appointment",
    "saving",
    "stock",
)


min_confidence = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="SHARE",
    help="Only facts at least this sure: 0.9.",
)


@click.command()
@click.argument("db", type=ExistingFile)
@click.option("--measure", type=click.Choice(MEASURES), required=True, help="What to compare.")
@click.option("--roles", default="", help="Only these roles in one hand, by code: bi_thu_cap_uy+chu_tich_ubnd.")
@click.option(
    "--by", type=click.Choice(["province", "district", "commune", "document"]), default="province", show_default=True
)
@click.option("--level", type=click.Choice(LEVELS), help="Only posts or units of this tier.")
@click.option("--object", "counted", help="Only what counts this: commune, hamlet, payroll, money ...")
@click.option("--status", type=click.Choice(STATUSES), help="Only what is achieved, ongoing, planned or required.")
@click.option("--since", metavar="DATE", help="Only what holds on this day or later: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--until", metavar="DATE", help="Only what holds on this day or earlier.")
@min_confidence
@click.option("--resolution", metavar="SYMBOL", help="Only numbers tied to this resolution: 18-NQ/TW.")
@click.option("--place", multiple=True, metavar="NAME", help="Only this place, typed with or without diacritics.")
@click.option(
    "--places", type=click.Choice(["own", "2025"]), default="own", show_default=True,
    help="Provinces as they were, or carried to the 34 of today, with the sums of merged ones.",
)  # fmt: skip
@click.option(
    "--totals", type=click.Choice(["stated", "gazetteer"]), default="stated", show_default=True,
    help="Rates against totals that the text tells, or also against the number of units there were.",
)  # fmt: skip
@click.option("--coverage", is_flag=True, help="Also the provinces of which nothing is claimed.")
@click.option("--top", type=click.IntRange(min=1), help="Only the first so many rows.")
@click.option("--all", "every", is_flag=True, help="All claims of a place, not only the one that stands.")
@click.option("--trend", is_flag=True, help="All claims of each place in the order of time.")
@click.option("--parts", is_flag=True, help="Also the parts of a whole that is shown.")
@click.option("--copies", is_flag=True, help="Count a number again in every copy of an article.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "markdown", "json", "xlsx"]), default="table",
    show_default=True,
)  # fmt: skip
@click.option("-o", "--output", type=NewFile, help="File to write to, instead of the screen; xlsx needs one.")
def compare(
    db: Path,
    form: str,
    output: Path | None,
    counted: str | None,
    every: bool,
    trend: bool,
    top: int | None,
    **narrowed: Any,
) -> None:
    """Compare places by what the articles say of them.

    Each number stands with the words that prove it and the id of its fact. Of several claims on one thing the most
    real one is shown (achieved before planned), then the latest.

    \b
    Example:
      tinhgon compare outputs/facts.db --measure concurrent_posts --by province --level commune
      tinhgon compare outputs/facts.db --measure reduction --object commune --places 2025 --coverage
      tinhgon compare outputs/facts.db --measure concurrent_posts --place "ben tre" --trend
    """
    from tinhgon import compare as comparing
    from tinhgon.store import FactBase

    if form == "xlsx" and output is None:
        raise click.UsageError("--format xlsx needs a file to write to: -o comparison.xlsx")
    refuse_to_overwrite(db, output)
    with FactBase.open(db, readonly=True) as base:
        narrowed["order"] = "time" if trend else "rank"
        frame = comparing.compare(base, object=counted, latest=not (every or trend), **narrowed)
    frame = frame if top is None else frame.head(top)
    if form == "xlsx" and output is not None:
        comparing.write_xlsx(frame, output)
    elif frame.empty and form in ("table", "markdown"):
        click.echo(f"No fact answers this. Ask for less, or see what there is: tinhgon stats {db}", err=True)
    else:
        _print(_rendered(frame, form, output), output)


def _rendered(frame: pd.DataFrame, form: str, output: Path | None) -> str:
    from tinhgon import compare as comparing

    if form == "table":
        colour = output is None and sys.stdout.isatty()
        return comparing.render_table(frame, width=_width() if output is None else PAGE, colour=colour)
    return {"csv": comparing.render_csv, "markdown": comparing.render_markdown, "json": comparing.render_json}[form](
        frame
    )


def _print(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, "utf-8")


def _width() -> int:
    """The width of the terminal; in a pipe what a page takes."""
    return shutil.get_terminal_size((PAGE, 24)).columns if sys.stdout.isatty() else PAGE


@click.command()
@click.argument("db", type=ExistingFile)
@click.argument("fact")
def explain(db: Path, fact: str) -> None:
    """Show the sentence behind a number, and what made it a fact.

    FACT is the id that 'tinhgon compare' prints; its first few signs are enough.

    \b
    Example:
      tinhgon explain outputs/facts.db 3f2a9c
    """
    from tinhgon import compare as comparing
    from tinhgon.store import FactBase

    with FactBase.open(db, readonly=True) as base:
        explanation = comparing.explain(base, fact)
    click.echo(explanation.render_text(colour=sys.stdout.isatty(), width=_width()), nl=False)


@click.command()
@click.argument("db", type=ExistingFile)
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Most documents to show.")
def search(db: Path, words: tuple[str, ...], limit: int) -> None:
    """Find documents by their words, typed with or without diacritics.

    \b
    Example:
      tinhgon search outputs/facts.db bi thu chi bo
    """
    from tinhgon.store import FactBase

    with FactBase.open(db, readonly=True) as base:
        hits = base.search(" ".join(words), limit=limit)
    say(console.hits_text(hits) or "No document has these words. Try fewer of them.")


@click.command()
@click.argument("db", type=ExistingFile)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Most shapes to show.")
@click.option("--examples", type=click.IntRange(min=0), default=3, show_default=True, help="Most sentences per shape.")
def misses(db: Path, limit: int, examples: int) -> None:
    """List sentences that look like facts but were left open, commonest shapes first.

    A shape is the words between the cue and the number, with names, nouns and numbers written as their kinds: where
    many sentences share one, a pattern is wanting.

    \b
    Example:
      tinhgon misses outputs/facts.db --limit 10
    """
    from tinhgon.store import FactBase

    with FactBase.open(db, readonly=True) as base:
        rows = base.rows(
            "SELECT shape, reason, sentence, misses.document_id FROM misses JOIN provenance USING (id) "
            "ORDER BY misses.document_id, position"
        )
    say(console.misses_text(rows, limit, examples) or "Nothing was left open.")


@click.command()
@click.argument("db", type=ExistingFile)
@click.option(
    "--skipped", is_flag=True, help="List the articles passed over: other languages, nothing of ours in them."
)
def stats(db: Path, skipped: bool) -> None:
    """Count what a fact base holds, and list what could not be read.

    \b
    Example:
      tinhgon stats outputs/facts.db
    """
    from tinhgon.store import FactBase

    with FactBase.open(db, readonly=True) as base:
        counts = base.counts()
        measures = base.rows("SELECT measure, status, count(*) AS n FROM facts GROUP BY measure, status")
        rejects = base.rows("SELECT path, reason FROM rejects ORDER BY path, stage")
        passed_over = base.rows("SELECT path, reason FROM skipped ORDER BY path") if skipped else []
    say(console.stats_text(counts, measures, rejects, passed_over))


@click.command()
@click.argument("db", type=ExistingFile)
@click.option("--symbol", help="One document: which provinces cite it, since when, and how they carry it out.")
@click.option("--limit", type=click.IntRange(min=1), default=30, show_default=True, help="Rows to show.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def resolutions(db: Path, symbol: str | None, limit: int, form: str) -> None:
    """List the documents that articles cite: how many articles and provinces, first when, carried out by which.

    \b
    Example:
      tinhgon resolutions outputs/facts.db
      tinhgon resolutions outputs/facts.db --symbol 18-NQ/TW
    """
    from tinhgon import compare as comparing

    frame = comparing.resolutions(db, symbol).head(limit)
    if form == "csv":
        click.echo(comparing.render_csv(frame), nl=False)
    elif form == "json":
        click.echo(comparing.render_json(frame), nl=False)
    elif frame.empty:
        click.echo("No article cites it." if symbol else "No article cites a document.", err=True)
    else:
        say(console.rows_text(frame.to_dict("records")))


@click.command()
@click.option("--datasette", is_flag=True, help="As metadata for Datasette, in JSON.")
@click.option("--name", default="facts", show_default=True, help="Name of the database file, for Datasette.")
def schema(datasette: bool, name: str) -> None:
    """Tell what the tables, columns and views of a fact base mean.

    \b
    Example:
      tinhgon schema --datasette > metadata.json
    """
    from tinhgon.store.describe import datasette_metadata, schema_page

    click.echo(json.dumps(datasette_metadata(name), ensure_ascii=False, indent=1) if datasette else schema_page())
