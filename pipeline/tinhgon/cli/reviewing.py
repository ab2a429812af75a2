"""What people say of the facts: ``review`` with ``add``, ``list``, ``queue``, ``withdraw``, ``export``, ``import``."""

from __future__ import annotations

import getpass
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from tinhgon.cli import console
from tinhgon.cli.shared import (
    REJECTED,
    Existing,
    ExistingFile,
    ExistingFolder,
    NewFile,
    Problem,
    leave,
    refuse_to_overwrite,
    say,
)

if TYPE_CHECKING:
    from tinhgon.records import Fact
    from tinhgon.store import FactBase
    from tinhgon.store.review_exchange import Imported
    from tinhgon.store.reviews import Review

VERDICTS = ("right", "wrong", "corrected")


def _whoever(context: click.Context, parameter: click.Parameter, name: str | None) -> str:
    """The name given, else that of the user of this machine."""
    try:
        return name or getpass.getuser()
    except (KeyError, OSError) as error:
        raise click.UsageError("say who reviews: --by NAME") from error


by = click.option(
    "--by",
    "reviewer",
    metavar="NAME",
    envvar="TINHGON_REVIEWER",
    callback=_whoever,
    help="Who says so; else $TINHGON_REVIEWER, else the user's name.",
)


@click.group()
def review() -> None:
    """Say what is right, wrong or to be corrected in a fact base, and take the corrections elsewhere."""


@review.command()
@click.argument("db", type=ExistingFile)
@click.argument("fact")
@click.option("--verdict", type=click.Choice(VERDICTS), required=True, help="Of what the program found in the text.")
@click.option("--set", "fields", multiple=True, metavar="FIELD=VALUE", help="What is otherwise: value=12, total=-.")
@click.option("--note", help="What others should know of it.")
@by
def add(db: Path, fact: str, verdict: str, fields: tuple[str, ...], note: str | None, reviewer: str) -> None:
    """Say of one fact whether it is right.

    FACT is the id that 'tinhgon compare' prints; its first few signs are enough. A fact that is wrong is no longer
    compared; a corrected one counts as corrected. Fields corrected before stay so; "-" says that a field is not told.
    "right" means what the program itself found, and undoes corrections made before.

    \b
    Example:
      tinhgon review add outputs/facts.db 3f2a9c --verdict corrected --set value=12 --set status=planned
    """
    from tinhgon.store import FactBase

    with FactBase.open(db) as base:
        fact_id = base.fact(fact).id
        corrected = _typed(fields)
        if verdict == "corrected":
            corrected = {**_corrected_before(base, fact_id), **corrected}
        noted = base.review(fact_id, verdict, corrected, reviewer=reviewer, note=note)
        stands = base.fact(fact_id).fact
    say(f"Review {noted.id}: {_told(noted)}\n  {'left out' if verdict == 'wrong' else 'stands'}: {_described(stands)}")


def _typed(fields: Iterable[str]) -> dict[str, Any]:
    from tinhgon.store.review_fields import parsed

    values = {}
    for field in fields:
        name, equals, text = field.partition("=")
        if not equals:
            raise click.UsageError(f"--set {field}: write a field and its value, value=12")
        values[name.strip()] = parsed(name.strip(), text)
    return values


def _corrected_before(base: FactBase, fact_id: str) -> Mapping[str, Any]:
    reviews = [review for review in base.reviews(base.fact(fact_id).document.id) if review.fact_id == fact_id]
    return reviews[-1].corrected if reviews else {}


@review.command()
@click.argument("db", type=ExistingFile)
@click.argument("number", type=int)
def withdraw(db: Path, number: int) -> None:
    """Take back the review with this number, as 'tinhgon review list' shows it.

    What was said of the fact before stands again, or else what the program found.

    \b
    Example:
      tinhgon review withdraw outputs/facts.db 7
    """
    from tinhgon.store import FactBase

    with FactBase.open(db) as base:
        withdrawn = base.withdraw(number)
    say(f"Withdrawn, review {withdrawn.id}: {_told(withdrawn)}")


@review.command(name="list")
@click.argument("db", type=ExistingFile)
@click.option("--verdict", type=click.Choice(VERDICTS), help="Only reviews that say this.")
@click.option("--orphaned", is_flag=True, help="Only reviews whose fact the program no longer finds.")
def list_(db: Path, verdict: str | None, orphaned: bool) -> None:
    """List the reviews, the oldest first.

    \b
    Example:
      tinhgon review list outputs/facts.db --orphaned
    """
    from tinhgon.store import FactBase

    with FactBase.open(db, readonly=True) as base:
        reviews = [
            review
            for review in base.reviews()
            if (verdict is None or review.verdict == verdict) and (review.orphaned or not orphaned)
        ]
        lines = [line for review in reviews for line in _lines(review, base)]
    say("\n".join(lines) or "No review says this.")


def _lines(review: Review, base: FactBase) -> list[str]:
    state = "orphaned" if review.orphaned else "" if review.stands else "judged again since"
    if not state and _changed_since(review, base):
        state = "the program says otherwise since, look again"
    lines = [f"{review.id}  {_told(review)}" + (f"  [{state}]" if state else "")]
    lines.append(_line(f"    {review.document_id}: {console.describe('facts', review.stated)}"))
    lines.append(_line(f"    {console.quoted(review.stated)}"))
    return lines + ([_line(f"    note: {review.note}")] if review.note else [])


def _changed_since(review: Review, base: FactBase) -> bool:
    """Whether a fact found wrong says something else by now; what is right or corrected is kept as it was judged."""
    from tinhgon.store.export import fact_item
    from tinhgon.store.review_fields import differences

    return review.verdict == "wrong" and bool(differences(review.stated, fact_item(base.fact(review.fact_id).fact)))


def _told(review: Review) -> str:
    """A review in one line: which fact, what of it, by whom, when."""
    from tinhgon.store.review_fields import written

    fields = ", ".join(
        f"{name}: {written(review.stated.get(name))} -> {written(value)}" for name, value in review.corrected.items()
    )
    told = f"{review.fact_id[:8]} {review.verdict}" + (f" ({fields})" if fields else "")
    return _line(f"{told}, by {review.reviewer}, {review.reviewed_at}").strip()


def _described(fact: Fact) -> str:
    from tinhgon.store.export import fact_item

    item = fact_item(fact)
    return _line(f"{console.describe('facts', item)} {console.quoted(item)}").strip()


def _line(text: str) -> str:
    """The text on one line, its indent kept: a line break in a note would pass for a line of ours."""
    return text[: len(text) - len(text.lstrip(" "))] + " ".join(text.split())


@review.command()
@click.argument("db", type=ExistingFile)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Most facts to show.")
def queue(db: Path, limit: int) -> None:
    """List the facts nobody has reviewed: those with findings first, then those the program is least sure of.

    \b
    Example:
      tinhgon review queue outputs/facts.db --limit 10
    """
    from tinhgon.store import FactBase
    from tinhgon.store.review_queue import queue as waiting

    lines = []
    with FactBase.open(db, readonly=True) as base:
        for one in waiting(base, limit):
            fact = base.fact(one.fact_id).fact
            sure = "" if one.confidence is None else f" ({one.confidence:.2f})"
            lines.append(_line(f"{one.fact_id}{sure} {one.document_id}: {_described(fact)}"))
            lines += [_line(f"    finding: {one.findings}")] if one.findings else []
            lines.append(_line(f"    {fact.provenance.sentence.text}"))
    say("\n".join(lines) or "Every fact is reviewed.")


@review.command()
@click.argument("db", type=ExistingFile)
@click.option(
    "--form",
    type=click.Choice(["gold", "label-studio", "label-studio-config", "patterns"]),
    required=True,
    help="Records of the codebook, tasks for Label Studio or its labelling configuration, or examples for patterns.",
)
@click.option("--complete-only", is_flag=True, help="With gold: only documents all of whose facts are reviewed.")
@click.option("--limit", type=click.IntRange(min=1), help="With label-studio: most tasks, those first in the queue.")
@click.option("--patterns", "folder", type=ExistingFolder, help="With patterns: a folder of your own patterns, too.")
@click.option("-o", "--output", type=NewFile, help="File to write to, instead of the screen.")
def export(
    db: Path, form: str, complete_only: bool, limit: int | None, folder: Path | None, output: Path | None
) -> None:
    """Write out what reviews say: as gold records, for Label Studio, or as examples for patterns.

    \b
    Example:
      tinhgon review export outputs/facts.db --form gold --complete-only -o gold.jsonl
      tinhgon review export outputs/facts.db --form label-studio --limit 200 -o tasks.json
    """
    for name, given, goes_with in (
        ("--complete-only", complete_only, "gold"),
        ("--limit", limit, "label-studio"),
        ("--patterns", folder, "patterns"),
    ):
        if given and form != goes_with:
            raise click.UsageError(f"{name} only goes with --form {goes_with}")
    from tinhgon.store import FactBase

    refuse_to_overwrite(db, output)
    with ExitStack() as stack:
        base = stack.enter_context(FactBase.open(db, readonly=True))
        out = stack.enter_context(output.open("w", encoding="utf-8", newline="\n")) if output else sys.stdout
        if form == "gold":
            _write_gold(base, out, complete_only)
        elif form == "label-studio":
            _write_tasks(base, out, limit)
        elif form == "label-studio-config":
            from tinhgon.store.review_tasks import labelling_config

            out.write(labelling_config())
        else:
            from tinhgon.store.review_examples import pattern_examples

            out.write(pattern_examples(base, _matcher(folder)))


def _write_gold(base: FactBase, out: TextIO, complete_only: bool) -> None:
    from tinhgon.store import write_jsonl
    from tinhgon.store.review_exchange import gold_records

    written = write_jsonl(gold_records(base, complete_only=complete_only), out)
    click.echo(f"{written} records", err=True)


def _write_tasks(base: FactBase, out: TextIO, limit: int | None) -> None:
    from tinhgon.store.review_tasks import label_studio_tasks

    separator = "[\n"
    for task in label_studio_tasks(base, limit):
        out.write(separator + json.dumps(task, ensure_ascii=False, allow_nan=False))
        separator = ",\n"
    out.write("[]\n" if separator == "[\n" else "\n]\n")


def _matcher(folder: Path | None) -> Callable[[str, str], Sequence[tuple[int, int]]]:
    """Finds where a pattern, by its id, matches in a sentence."""
    from tinhgon.detect.patterns import PatternSet
    from tinhgon.vietnamese import match_form

    single = {pattern.id: PatternSet([pattern]) for pattern in PatternSet.load(folder).patterns}

    def where(pattern: str, sentence: str) -> list[tuple[int, int]]:
        if pattern not in single:
            return []
        return [(found.start, found.end) for found in single[pattern].matches(sentence, match_form(sentence))]

    return where


@review.command(name="import")
@click.argument("db", type=ExistingFile)
@click.argument("file", type=Existing)
@click.option("--form", type=click.Choice(["gold", "label-studio"]), required=True, help="What FILE holds.")
@click.option("--rest-wrong", is_flag=True, help="With gold: facts that the records do not have are wrong.")
@by
def import_(db: Path, file: Path, form: str, rest_wrong: bool, reviewer: str) -> None:
    """Take in reviews made elsewhere: records of the codebook, or the annotations of Label Studio.

    A fact that a record has too is right; one that it has otherwise is corrected. Facts that it does not have are
    left open, unless --rest-wrong says that the records are complete. Importing twice changes nothing.

    The exit status is 1 where something in the file could not be noted.

    \b
    Example:
      tinhgon review import outputs/facts.db annotated.json --form label-studio --by Lan
    """
    if rest_wrong and form != "gold":
        raise click.UsageError("--rest-wrong only goes with --form gold")
    from tinhgon.quality import read_records
    from tinhgon.store import FactBase
    from tinhgon.store.review_exchange import from_gold
    from tinhgon.store.review_tasks import from_label_studio

    with FactBase.open(db) as base:
        if form == "gold":
            done = from_gold(base, read_records(file), reviewer=reviewer, rest_wrong=rest_wrong)
        else:
            done = from_label_studio(base, _json(file), reviewer=reviewer)
    _report(done)


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Problem(f"{file} is not JSON: {error}") from error


def _report(done: Imported) -> None:
    verdicts = Counter(str(review.verdict) for review in done.noted)
    counts = ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in VERDICTS)
    say(f"{len(done.noted)} reviews noted ({counts}), {done.unchanged} known before.")
    for head, entries in (("Facts that the program has not found:", done.missed), ("Not noted:", done.problems)):
        if entries:
            say("\n".join([head, *(_line(f"  {entry}") for entry in entries)]), err=True)
    if done.problems:
        leave(REJECTED)
