"""From a fact base to other programs and to footnotes: ``export`` and ``cite``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

import click

from tinhgon.cli.reading import min_confidence
from tinhgon.cli.shared import ExistingFile, refuse_to_overwrite, say

if TYPE_CHECKING:
    from tinhgon.store import FactBase

FileOrFolder = click.Path(path_type=Path)
FORMS = ("jsonl", "csv", "xlsx", "parquet", "package", "annotations", "docbin", "prov", "sqlite")
STYLES = ("text", "bibtex", "csl-json")

_FOR_THE_SCREEN = ("jsonl", "csv", "annotations", "prov")
_OF_ONE_FILE = ("jsonl", "xlsx", "annotations", "prov", "sqlite")
_COUNTED = {"jsonl": "records", "annotations": "annotations", "docbin": "documents", "prov": "entities"}


@click.command()
@click.argument("db", type=ExistingFile)
@click.option("--format", "form", type=click.Choice(FORMS), default="jsonl", show_default=True)
@min_confidence
@click.option("--without-text", is_flag=True, help="Leave the articles' texts out of the copy; only for sqlite.")
@click.option("-o", "--output", type=FileOrFolder, metavar="FILE", help="File to write to, instead of the screen.")
def export(db: Path, form: str, min_confidence: float, without_text: bool, output: Path | None) -> None:
    """Write out everything in a fact base, for other programs.

    jsonl is one record per document. csv and parquet are the facts as one table, or all tables where FILE is a
    folder; xlsx is all tables in one workbook, package a Frictionless Data Package (a folder or a .zip).
    annotations are W3C Web Annotations, one a line, or one collection where FILE ends in .json or .jsonld; docbin is
    for spaCy, prov for provenance (W3C PROV). sqlite is a copy of the fact base, with --without-text one that may be
    handed on where the articles may not.

    \b
    Example:
      tinhgon export outputs/facts.db --format jsonl -o facts.jsonl
      tinhgon export outputs/facts.db --format xlsx -o facts.xlsx
      tinhgon export outputs/facts.db --format sqlite --without-text -o facts-only.db
    """
    from tinhgon import publish
    from tinhgon.store import FactBase

    _check(db, form, min_confidence, without_text, output)
    if output is None:
        with FactBase.open(db, readonly=True) as base, base.snapshot():
            _write_text(base, form, sys.stdout, min_confidence)
    elif form == "sqlite":
        (publish.write_without_text if without_text else publish.write_copy)(db, output)
        click.echo(f"the fact base copied to {output}", err=True)
    else:
        with FactBase.open(db, readonly=True) as base, base.snapshot():
            written = _write_file(base, form, output, min_confidence)
        click.echo(f"{written} {_COUNTED.get(form, 'facts')} written to {output}", err=True)


def _check(db: Path, form: str, min_confidence: float, without_text: bool, output: Path | None) -> None:
    """Refuse what does not go together, before anything is written."""
    if without_text and form != "sqlite":
        raise click.UsageError("--without-text is only for --format sqlite.")
    if min_confidence and form == "sqlite":
        raise click.UsageError("--min-confidence is not for --format sqlite, which copies the whole fact base.")
    if output is None:
        if form not in _FOR_THE_SCREEN:
            raise click.UsageError(f"--format {form} is not for the screen; name a file with -o.")
        return
    if output.is_dir() and form in _OF_ONE_FILE:
        raise click.UsageError(f"{output} is a folder; --format {form} needs the name of a file.")
    refuse_to_overwrite(db, output)


def _write_file(base: FactBase, form: str, output: Path, min_confidence: float) -> int:
    from tinhgon import publish

    writers = {
        "csv": publish.write_csv,
        "xlsx": publish.write_xlsx,
        "parquet": publish.write_parquet,
        "package": publish.write_package,
        "docbin": publish.write_docbin,
    }
    if form in writers:
        return writers[form](base, output, min_confidence)
    as_whole = output.suffix in (".json", ".jsonld")
    with publish.replacing(output) as part, part.open("w", encoding="utf-8", newline="\n") as out:
        return _write_text(base, form, out, min_confidence, as_whole=as_whole)


def _write_text(base: FactBase, form: str, out: TextIO, min_confidence: float, *, as_whole: bool = False) -> int:
    from tinhgon import publish

    if form == "jsonl":
        return base.export_jsonl(out, min_confidence)
    if form == "csv":
        return publish.csv_into(out, publish.FACTS, publish.table_rows(base, publish.FACTS, min_confidence))
    if form == "prov":
        return publish.write_provenance(base, out, min_confidence)
    return (publish.write_collection if as_whole else publish.write_annotations)(base, out, min_confidence)


@click.command()
@click.argument("db", type=ExistingFile)
@click.argument("fact")
@click.option("--style", type=click.Choice(STYLES), default="text", show_default=True, help="Footnote or entry.")
def cite(db: Path, fact: str, style: Literal["text", "bibtex", "csl-json"]) -> None:
    """Cite a number with its article: who wrote it, where and when, and the words that prove it.

    FACT is the id that 'tinhgon compare' prints; its first few signs are enough.

    \b
    Example:
      tinhgon cite outputs/facts.db 3f2a9c --style bibtex
    """
    from tinhgon import publish
    from tinhgon.store import FactBase

    with FactBase.open(db, readonly=True) as base:
        say(publish.cite(base, fact, style).removesuffix("\n"))
