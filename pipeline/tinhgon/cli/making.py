"""From articles to facts: ``run``, ``merge``, ``extract`` and ``patterns check``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tinhgon.cli import console
from tinhgon.cli.shared import REJECTED, STOPPED, ExistingFile, ExistingFolder, NewFile, NewFolder, Problem, leave, say

if TYPE_CHECKING:
    from tinhgon.batch import Reading, Summary
    from tinhgon.batch.progress import Report
    from tinhgon.records import Document

DEFAULT_DB = Path("outputs/facts.db")

quiet_option = click.option("--quiet", is_flag=True, help="Print only what went wrong.")
log_option = click.option(
    "--log-json", is_flag=True, help="Tell progress and outcome as JSON lines on the error stream."
)
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
@click.option("--dask", metavar="ADDRESS", help="Work on a Dask cluster: its scheduler's address or file.")
@click.option("--parts", type=NewFolder, help="Folder for what the cluster makes.  [default: DB.parts]")
@click.option("--ocr", is_flag=True, help="Read scanned PDF pages too; needs tesseract and its Vietnamese data.")
@click.option("--all", "everything", is_flag=True, help="Also articles without any word that can make a claim.")
@click.option(
    "--time-limit",
    "seconds",
    type=click.FloatRange(min=0),
    default=300.0,
    show_default=True,
    metavar="SECONDS",
    help="Reject an article that takes longer to read, or to extract from; 0: never.",
)
@field_options
@quiet_option
@log_option
def run(
    sources: tuple[str, ...],
    db: Path,
    patterns: Path | None,
    jobs: int,
    dask: str | None,
    parts: Path | None,
    quiet: bool,
    log_json: bool,
    **how: Any,
) -> None:
    """Extract the facts of articles into a fact base.

    SOURCE is a file, a folder, a quoted pattern like 'news/2019*.html', or - for what is piped in. Files may be plain
    text, web pages (HTML, MHTML), PDF, Word (.docx, .doc), e-mails, RSS or Atom feeds, crawls (WARC, WACZ), tables of
    articles (JSON lines, JSON, CSV, Parquet, SQLite), and archives of these (zip, tar, gz, bz2, xz, zst). The columns
    of a table are known by their usual names; the --...-field options name others.

    Documents done before, with the same text, patterns and program, are passed over, so the command can be stopped
    with Ctrl-C and started again. What cannot be read is named with the reason and does not stop the rest; the exit
    status is then 1. The same becomes of an article that takes longer than --time-limit and, with two --jobs or more,
    of one that its process dies of. Articles in other languages, and those without a word that can make a claim, are
    counted and listed by tinhgon stats.

    With --dask the workers of a cluster read and extract, into files in a folder that all machines share, and this
    process writes these into the fact base; docs/scale.md tells how to begin. The fact base comes out the same.

    \b
    Example:
      tinhgon run my-articles/ --db facts.db --jobs 2
      tinhgon run crawl.jsonl.gz --text-field noi_dung --date-field ngay_dang
      tinhgon run /shared/archive --db /shared/facts.db --dask tcp://10.0.0.5:8786
    """
    from tinhgon import batch

    if dask is None and parts is not None:
        raise click.UsageError("--parts goes with --dask.")
    if dask is not None and jobs > 1:
        raise click.UsageError("--jobs is for this machine; with --dask the cluster's workers do the work.")
    db.parent.mkdir(parents=True, exist_ok=True)
    reading = _reading(**how)
    with _telling(quiet, log_json) as report:
        if dask is None:
            summary = batch.run(sources, db, patterns=patterns, jobs=jobs, reading=reading, report=report)
        else:
            folder = parts or db.with_name(f"{db.name}.parts")
            summary = _on_cluster(sources, folder, db, dask, patterns, reading, report)
    _conclude(summary, db, quiet, log_json)


def _reading(*, ocr: bool, everything: bool, seconds: float, **columns: str | None) -> Reading:
    from tinhgon.batch import Reading
    from tinhgon.ingest import Fields

    return Reading(Fields(**columns), ocr=ocr, everything=everything, seconds=seconds)


def _on_cluster(
    sources: tuple[str, ...],
    folder: Path,
    db: Path,
    address: str,
    patterns: Path | None,
    reading: Reading,
    report: Report,
) -> Summary:
    from tinhgon.batch.cluster import make_parts
    from tinhgon.batch.merging import merge

    if not make_parts(sources, folder, address, patterns=patterns, reading=reading, report=report, besides=(db,)):
        say(f"Stopped. What is made stays in {folder}: run the same command again to go on.", err=True)
        leave(STOPPED)
    return merge(folder, db, report=report)


@click.command()
@click.argument("folder", metavar="DIR", type=ExistingFolder)
@click.option("--db", type=NewFile, default=DEFAULT_DB, show_default=True, help="Fact base to write to.")
@quiet_option
@log_option
def merge(folder: Path, db: Path, quiet: bool, log_json: bool) -> None:
    """Write what a cluster made into a fact base.

    DIR is the folder of parts of tinhgon run --dask, which does this itself at its end; this is for when it was
    stopped there, or for a fact base on another machine. The fact base comes out as that of a run on one machine, and
    what it has already is passed over.

    \b
    Example:
      tinhgon merge /shared/facts.db.parts --db facts.db
    """
    from tinhgon.batch.merging import merge

    db.parent.mkdir(parents=True, exist_ok=True)
    with _telling(quiet, log_json) as report:
        summary = merge(folder, db, report=report)
    _conclude(summary, db, quiet, log_json)


@contextmanager
def _telling(quiet: bool, log_json: bool) -> Iterator[Report]:
    """What is told while articles are read: a bar, JSON, or nothing."""
    from tinhgon.batch.progress import JsonLines, progress_bar

    with progress_bar(quiet=quiet or log_json) as bar:
        yield JsonLines(sys.stderr).report if log_json else bar


def _conclude(summary: Summary, db: Path, quiet: bool, log_json: bool) -> None:
    """Tell the outcome, and leave with the status that it has."""
    if log_json:
        _tell_outcome(summary)
    elif not quiet:
        say(console.summary_text(summary, db))
    elif trouble := console.trouble_lines(summary, db):
        say("\n".join(trouble), err=True)
    if summary.interrupted:
        leave(STOPPED)
    if summary.rejected or summary.read == 0:
        leave(REJECTED)


def _tell_outcome(summary: Summary) -> None:
    """The outcome for a machine: the first rejects (the fact base has them all), and the counts."""
    from tinhgon.batch.progress import JsonLines

    lines = JsonLines(sys.stderr)
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
