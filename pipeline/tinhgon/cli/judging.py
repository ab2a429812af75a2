"""Judging the program: ``evaluate`` against records made by hand, ``diff`` against what it found before a change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tinhgon.cli import console
from tinhgon.cli.shared import DIFFERENT, REJECTED, Existing, ExistingFile, leave, say

if TYPE_CHECKING:
    from tinhgon.evaluate import Evaluation


@click.command()
@click.argument("db", type=Existing)
@click.argument("gold", type=Existing)
@click.option("--errors", is_flag=True, help="List, per document, what was missed and what is spurious.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--floors", type=ExistingFile, help="TOML file of the least F1 per layer; below it the exit status is 1.")
@click.option("--set-floors", is_flag=True, help="Raise the floors in that file to what was reached.")
@click.option("--allow-lower", is_flag=True, help="Let --set-floors lower them, too.")
def evaluate(
    db: Path, gold: Path, errors: bool, as_json: bool, floors: Path | None, set_floors: bool, allow_lower: bool
) -> None:
    """Compare a fact base with records made by hand: precision, recall and F1.

    DB is a fact base or an export (.jsonl); GOLD is a folder of JSON records or a .jsonl file.

    \b
    Example:
      tinhgon evaluate outputs/facts.db corpus/gold --errors
    """
    from tinhgon.evaluate import evaluate as compare_with_gold
    from tinhgon.quality import read_records

    if set_floors and floors is None:
        raise click.UsageError("--set-floors needs --floors FILE, the file to change")
    if allow_lower and not set_floors:
        raise click.UsageError("--allow-lower only goes with --set-floors")
    result = compare_with_gold(_records(db), read_records(gold))
    if as_json:
        click.echo(json.dumps(result.as_dict(), ensure_ascii=False, indent=1))
    else:
        say(console.evaluation_text(result, errors=errors))
    if floors is not None:
        _hold_to(floors, result, move=set_floors, allow_lower=allow_lower)


def _records(source: Path) -> list[Any]:
    from tinhgon.quality import read_records
    from tinhgon.store import FactBase

    if source.is_dir() or source.suffix in (".json", ".jsonl"):
        return list(read_records(source))
    with FactBase.open(source, readonly=True) as base:
        return list(base.records(as_extracted=True))


def _hold_to(path: Path, result: Evaluation, *, move: bool, allow_lower: bool) -> None:
    from tinhgon.quality import moved_floors, read_floors, write_floors

    floors = read_floors(path)
    if move:
        moved = moved_floors(floors, result, allow_lower=allow_lower)
        write_floors(path, moved)
        for layer, floor in floors.items():
            if moved[layer] != floor:
                click.echo(f"floor of {layer}: {floor:.2f} -> {moved[layer]:.2f}", err=True)
        floors = moved
    below = result.below(floors)
    for layer, (f1, floor) in below.items():
        click.echo(f"{layer}: F1 {f1:.3f} is below its floor of {floor:.2f} in {path}", err=True)
    if below:
        leave(REJECTED)


@click.command()
@click.argument("old", type=ExistingFile)
@click.argument("new", type=ExistingFile)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="Most facts to show of those gained, of those lost and of those changed.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(old: Path, new: Path, limit: int, form: str) -> None:
    """Show which facts a change of code or patterns gains, loses and changes.

    OLD and NEW are fact bases made from the same archive before and after the change. A fact that says the same in
    both is the same, wherever in its document it stands; an old and a new one that share measure and a number, or
    words of the text, are one that changed. Documents that only one base has are named and not compared.

    The exit status is 0 where the two are equal, and 1 where they differ.

    \b
    Example:
      tinhgon diff outputs/before.db outputs/after.db --limit 50
    """
    from tinhgon import compare as comparing
    from tinhgon.store import FactBase

    with FactBase.open(old, readonly=True) as old_base, FactBase.open(new, readonly=True) as new_base:
        differences = comparing.diff(old_base, new_base, limit=limit)
    if form == "json":
        click.echo(json.dumps(differences.as_dict(), ensure_ascii=False, indent=1))
    else:
        say(console.differences_text(differences))
    if not differences.equal:
        leave(DIFFERENT)
