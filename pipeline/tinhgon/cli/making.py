"""From articles to facts: ``run``, ``extract`` and ``patterns check``."""

from __future__ import annotations

import json
import os
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tinhgon.cli import console
from tinhgon.cli.shared import REJECTED, STOPPED, ExistingFile, ExistingFolder, NewFile, Problem, leave, say

if TYPE_CHECKING:
    from tinhgon.batch import Summary
    from tinhgon.batch.progress import JsonLines
    from tinhgon.records import Document

DEFAULT_DB = Path("outputs/facts.db")

patterns_option = click.option(
    "--patterns", type=ExistingFolder, help="Folder with patterns of your own, used after the shipped ones."
)


FIELDS = {
    "text": "text", "title": "title", "lead": "lead, put above the text", "date": "date of publication",
    "url": "address", "source": "outlet", "author": "author", "id": "record's own id",
    "retrieved": "day it was fetched",
}  # fmt: skip


def field_options(command: Any) -> Any:
    """The options that name the columns of a table of articles, and the table of a database."""
    table = click.option("--table", default=None, help="SQLite: the table with the articles.")
    command = table(command)
    for field, what in reversed(FIELDS.items()):
        command = click.option(f"--{field}-field", field, default=None, help=f"Column with the {what}.")(command)
    return command


def _there(sources: tuple[str, ...]) -> tuple[str, ...]:
    for source in sources:
        if source != "-" and not os.path.lexists(source) and not set(source) & set("*?["):
            raise click.BadParameter(f"there is no file or folder {source!r}; check the spelling.")
    return sources


@click.command()
@click.argument(
    "sources", metavar="SOURCE...", nargs=-1, required=True, callback=lambda ctx, param, value: _there(value)
)
@click.option("--db", type=NewFile, default=DEFAULT_DB, show_default=True, help="Fact base to write to.")
@patterns_option
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes to use.")
@click.option("--ocr", is_flag=True, help="Read scanned PDF pages too; needs tesseract and its Vietnamese data.")
@click.option("--all", "everything", is_flag=True, help="Also articles without any word that can make a claim.")
@field_options
@click.option("--quiet", is_flag=True, help="Print only what went wrong.")
@click.option("--log-json", is_flag=True, help="Tell progress and outcome as JSON lines on the error stream.")
def run(
    sources: tuple[str, ...],
    db: Path,
    patterns: Path | None,
    jobs: int,
    ocr: bool,
    everything: bool,
    quiet: bool,
    log_json: bool,
    **columns: str | None,
) -> None:
    """Extract the facts of articles into a fact base.

    SOURCE is a file, a folder, a quoted pattern like 'news/2019*.html', or - for what is piped in. Files may be plain
    text, web pages (HTML, MHTML), PDF, Word (.docx, .doc), e-mails, RSS or Atom feeds, crawls (WARC, WACZ), tables of
    articles (JSON lines, JSON, CSV, Parquet, SQLite), and archives of these (zip, tar, gz, bz2, xz, zst). The columns
    of a table are known by their usual names; the --...-field options name others.

    Documents done before, with the same text, patterns and program, are passed over, so the command can be stopped
    with Ctrl-C and started again. What cannot be read is named with the reason and does not stop the rest; the exit
    status is then 1. Articles in other languages, and those without a word that can make a claim, are counted and
    listed by tinhgon stats.

    \b
    Example:
      tinhgon run my-articles/ --db facts.db --jobs 2
      tinhgon run crawl.jsonl.gz --text-field noi_dung --date-field ngay_dang
    """
    from tinhgon import batch
    from tinhgon.batch.progress import JsonLines, progress_bar
    from tinhgon.ingest import Fields

    db.parent.mkdir(parents=True, exist_ok=True)
    reading = batch.Reading(Fields(**columns), ocr=ocr, everything=everything)
    lines = JsonLines(sys.stderr) if log_json else None
    with progress_bar(quiet=quiet or log_json) as bar:
        report = bar if lines is None else lines.report
        summary = batch.run(sources, db, patterns=patterns, jobs=jobs, reading=reading, report=report)
    if lines is not None:
        _tell_outcome(summary, lines)
    elif not quiet:
        say(console.summary_text(summary, db))
    elif trouble := console.trouble_lines(summary, db):
        say("\n".join(trouble), err=True)
    if summary.interrupted:
        leave(STOPPED)
    if summary.rejected or summary.read == 0:
        leave(REJECTED)


def _tell_outcome(summary: Summary, lines: JsonLines) -> None:
    """The outcome for a machine: the first rejects (the fact base has them all), and the counts."""
    for reject in summary.rejects:
        lines.tell("reject", path=reject.path, stage=reject.stage, reason=reject.reason)
    seconds = round(summary.seconds, 3)
    lines.tell("end", **summary.counts(), seconds=seconds, interrupted=summary.interrupted)


@click.command()
@click.argument("file", type=ExistingFile)
@click.option("--explain", is_flag=True, help="Show every step: what was found, what was weighed, what was left open.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@patterns_option
def extract(file: Path, explain: bool, form: str, patterns: Path | None) -> None:
    """Show what one article claims, without writing anything.

    \b
    Example:
      tinhgon extract corpus/texts/nam-01.txt --explain
    """
    from tinhgon.extract import Extractor

    document = _document(file)
    if explain:
        say(Extractor.load(patterns).explain(document))
        return
    from tinhgon.store import codebook_record

    record = codebook_record(Extractor.load(patterns).claims(document))
    if form == "json":
        click.echo(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        say(console.record_text(record))


def _document(file: Path) -> Document:
    """The one article in a file; a container of several is for ``run``."""
    from tinhgon import ingest
    from tinhgon.records import Reject

    found = list(islice(ingest.items(file), 2))
    if len(found) != 1:
        how_many = "several articles; tinhgon run reads them all" if found else "no article"
        raise Problem(f"{file} holds {how_many}.")
    outcome = found[0] if isinstance(found[0], Reject) else ingest.read(found[0])
    if isinstance(outcome, Reject):
        say(f"{outcome.path}: {outcome.reason}", err=True)
        leave(REJECTED)
    return outcome


@click.group()
def patterns() -> None:
    """Work with the patterns: what the program knows of the language."""


@patterns.command()
@click.option("--patterns", "folder", type=ExistingFolder, help="Folder to check, instead of the shipped patterns.")
def check(folder: Path | None) -> None:
    """Test every pattern against its own examples and counterexamples.

    \b
    Example:
      tinhgon patterns check --patterns my-patterns/
    """
    from tinhgon.detect.patterns import check as faults_of

    faults = faults_of(folder)
    say("\n".join(faults) or "All patterns match their examples and none of their counterexamples.")
    if faults:
        leave(REJECTED)
