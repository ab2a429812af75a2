"""A desk that answers over HTTP, for the length of a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tinhgon import web
from tinhgon.store import FactBase

TOKEN = "mã-chỉ-dùng-trong-kiểm-thử"


@dataclass(frozen=True)
class Site:
    """A desk that answers, and the fact base it shows."""

    url: str
    db: Path

    def get(self, path: str, **given: Any) -> httpx.Response:
        return httpx.get(self.url + path, timeout=30, **given)

    def fact(self, condition: str) -> str:
        """The id of the only fact of which this is true, as SQL over ``numbers``."""
        with FactBase.open(self.db, readonly=True) as base:
            (row,) = base.rows(f"SELECT fact_id FROM numbers WHERE {condition}")  # noqa: S608 - a test's own
        return str(row["fact_id"])


@contextmanager
def serving(db: Path, **desk: Any) -> Iterator[Site]:
    """A site over a fact base for as long as the block lasts."""
    with web.serving(db, **desk) as url:
        yield Site(url, db)
