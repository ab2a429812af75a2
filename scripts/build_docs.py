"""Write what the docs quote from the program: commands.md, schema.md, openapi.yaml, outputs and a table in README.md.

An output in the README stands below a comment that names its command, ``<!-- output of: tinhgon ... -->``, with
``, first N lines`` where it is cut. ``make docs`` runs the commands anew, so that no page shows what was never printed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import yaml

from tinhgon.cli import tinhgon
from tinhgon.store.describe import schema_page
from tinhgon.web.api import openapi

CHECKOUT = Path(__file__).parents[1]
WIDTH = 100
HEAD = """# Commands

Made from the program's own help by `make docs`; a test keeps it true.

Exit status: 0 all well; 1 the command ran, and something in the data was not in order (a document could not be read,
a layer fell below its floor, a pattern fails its examples), or two fact bases differ; 2 wrong usage, or a file that
cannot be used; 130 stopped with Ctrl-C.
"""
OPENAPI_HEAD = "# Made from the schema itself by `make docs`; a test holds it against the running desk.\n"
OUTPUT = re.compile(
    r"(?P<mark><!-- output of: tinhgon (?P<arguments>[^>]*?)(, first (?P<lines>\d+) lines)? -->\n)```text\n.*?```\n",
    re.S,
)
TABLE = re.compile(r"(?P<head><!-- table of: patterns/judge.yaml -->\n\|[^\n]*\n\|[-|]+\n)(?:\|[^\n]*\n)*")


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """The command and all below it, each with its full name."""
    yield name, command
    if isinstance(command, click.Group):
        for below in command.list_commands(click.Context(command)):
            yield from commands(command.commands[below], f"{name} {below}")


def commands_page() -> str:
    parts = [HEAD]
    for name, command in commands(tinhgon, "tinhgon"):
        context = click.Context(command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH)
        context.help_option_names = ["-h", "--help"]
        text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        parts.append(f"## {name}\n\n```\n{text}\n```\n")
    return "\n".join(parts)


def with_outputs(page: str) -> str:
    """The page with the output of each command that it quotes."""
    return OUTPUT.sub(lambda match: f"{match['mark']}```text\n{_printed(match)}\n```\n", page)


def openapi_page() -> str:
    whole = json.loads(json.dumps(openapi()))  # nothing twice the same object, which YAML would write as a reference
    return OPENAPI_HEAD + yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=WIDTH)


def with_reliability(page: str) -> str:
    """The page with the judge's table of reliability, as it stands in its file."""
    judge = yaml.safe_load((CHECKOUT / "patterns" / "judge.yaml").read_text("utf-8"))
    rows = [
        f"| {band['from']:.2f} to {band['to']:.2f} | {band['facts']} | {band['right']:.1%} | {band['whole']:.1%} |"
        for band in judge["reliability"]
    ]
    return TABLE.sub(lambda match: match["head"] + "\n".join(rows) + "\n", page)


def _printed(match: re.Match[str]) -> str:
    command = [sys.executable, "-m", "tinhgon", *match["arguments"].split()]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, check=True)
    lines = done.stdout.decode("utf-8").rstrip().splitlines()
    limit = int(match["lines"] or len(lines))
    return "\n".join(lines[:limit] + (["..."] if len(lines) > limit else []))


def main() -> None:
    (CHECKOUT / "docs" / "commands.md").write_text(commands_page(), "utf-8")
    (CHECKOUT / "docs" / "schema.md").write_text(schema_page(), "utf-8")
    (CHECKOUT / "docs" / "openapi.yaml").write_text(openapi_page(), "utf-8")
    readme = CHECKOUT / "README.md"
    readme.write_text(with_reliability(with_outputs(readme.read_text("utf-8"))), "utf-8")


if __name__ == "__main__":
    main()
