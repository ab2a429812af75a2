"""A desk that answers over HTTP, for the length of a test."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from tinhgon.store import FactBase
from tinhgon.web import open_desk

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
    """A site over a fact base, on a free port, for as long as the block lasts."""
    config = uvicorn.Config(open_desk(db, **desk).app(), port=0, log_level="error", lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the site did not start"
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Site(f"http://127.0.0.1:{port}", db)
    finally:
        server.should_exit = True
        thread.join(timeout=10)
