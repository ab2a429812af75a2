"""The fact base as a local site: ``serve``."""

from __future__ import annotations

from pathlib import Path

import click

from tinhgon.cli.shared import ExistingFile


@click.command()
@click.argument("db", type=ExistingFile)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 lets others in.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes any free one.")
@click.option("--review", is_flag=True, help="Let whoever has the token that is printed correct the facts.")
@click.option(
    "--allow-host",
    "allowed",
    multiple=True,
    metavar="NAME",
    help="Answer to this name too, where another server stands in front; can be given several times.",
)
def serve(db: Path, host: str, port: int, review: bool, allowed: tuple[str, ...]) -> None:
    """Open the fact base as a site on this machine: map, comparison, sentences, contradictions.

    It is in Vietnamese with an English switch, and asks nothing of any other site. The fact base is only read, unless
    --review is given: then the address with the token opens the pages that judge and correct facts. Ctrl-C ends it.

    \b
    Example:
      tinhgon serve outputs/facts.db
      tinhgon serve outputs/facts.db --review --port 9000
    """
    from tinhgon.web import serve as serving

    def ready(address: str) -> None:
        click.echo(f"{'Review' if 'token=' in address else 'Open'}: {address}")

    serving(db, host=host, port=port, review=review, allowed=allowed, ready=ready)
