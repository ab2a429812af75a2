"""The command line. Thin: each command calls one function of a stage and prints what ``console`` makes of it.

Stages are imported inside the commands: spaCy and pandas take seconds, and ``tinhgon --help`` needs neither.

    making.py      run, merge, extract, patterns check: from articles to facts
    reading.py     compare, explain, search, resolutions, misses, stats, schema: from a fact base to the reader
    charting.py    chart: pictures of a comparison
    checking.py    check: numbers that do not fit
    reviewing.py   review: what readers say of facts
    publishing.py  export, cite: what goes out
    serving.py     serve: the site
    judging.py     evaluate, diff: the program against records made by hand, and against itself before a change
    shared.py      kinds of arguments, exit statuses, how errors are told
    console.py     results as text
"""

from __future__ import annotations

import io
import sys

import click

from tinhgon import __version__
from tinhgon.cli import charting, checking, judging, making, publishing, reading, reviewing, serving
from tinhgon.cli.shared import PlainErrors

__all__ = ["main", "tinhgon"]


@click.group(cls=PlainErrors, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="tinhgon")
def tinhgon() -> None:
    """Turns Vietnamese news about the merging of administrative bodies into facts that can be compared.

    \b
    Begin with two commands:
      tinhgon run my-articles/ --db facts.db
      tinhgon compare facts.db --measure concurrent_posts --by province
    """


for _command in (
    making.run,
    making.merge,
    making.extract,
    reading.compare,
    charting.chart,
    reading.explain,
    publishing.cite,
    reading.search,
    reading.resolutions,
    checking.check,
    serving.serve,
    reviewing.review,
    publishing.export,
    reading.stats,
    reading.misses,
    reading.schema,
    judging.evaluate,
    judging.diff,
    making.patterns,
):
    tinhgon.add_command(_command)


def main() -> None:
    """The entry point of the ``tinhgon`` command."""
    for stream in (sys.stdout, sys.stderr):
        # Vietnamese must come out whole whatever the locale; a stray surrogate in a file name must not end a run.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    tinhgon()
