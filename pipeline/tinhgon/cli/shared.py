"""What the commands share: kinds of arguments, exit statuses, and how errors are told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NoReturn

import click

REJECTED = 1  # the command ran, and something in the data was not in order
DIFFERENT = 1  # two fact bases are not equal; the number is that of diff(1)
UNUSABLE = 2  # wrong usage, or a file that cannot be used; click's own number for it
STOPPED = 130  # what shells give a program that Ctrl-C ended

ExistingFile = click.Path(exists=True, dir_okay=False, path_type=Path)
ExistingFolder = click.Path(exists=True, file_okay=False, path_type=Path)
Existing = click.Path(exists=True, path_type=Path)
NewFolder = click.Path(file_okay=False, path_type=Path)
NewFile = click.Path(dir_okay=False, path_type=Path)

# Control characters but for the new line, and the marks that turn the direction of writing.
_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class Problem(click.ClickException):
    """One line for the reader: what is wrong and what to do."""

    exit_code = UNUSABLE


class PlainErrors(click.Group):
    """Tells the errors that are the user's to mend in one line; what is left is a bug and keeps its traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\nStopped.", err=True)
            ctx.exit(STOPPED)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except OSError as error:
            raise Problem(f"{error.filename or 'file'}: {error.strerror or error}") from error
        except Exception as error:
            if _is_ours(error):
                raise Problem(" ".join(str(error).split())) from error
            raise


def _is_ours(error: Exception) -> bool:
    """Whether the error is of a class of this package: those are written for the reader."""
    return any(kind.__module__.split(".")[0] == "tinhgon" for kind in type(error).__mro__)


def say(text: str, *, err: bool = False) -> None:
    """Print what may quote articles or file names, without what could steer the terminal it is read on."""
    click.echo(_STEERING.sub(" ", text), err=err)


def leave(status: int) -> NoReturn:
    click.get_current_context().exit(status)


def refuse_to_overwrite(db: Path, output: Path | None) -> None:
    """Stop before a fact base, or what SQLite keeps beside it, is written over."""
    if output is None:
        return
    beside = {db.resolve(), *(db.with_name(f"{db.name}{ending}").resolve() for ending in ("-wal", "-shm", "-journal"))}
    if output.resolve() in beside:
        raise Problem(f"{output} is the fact base itself. Give another file to write to")
