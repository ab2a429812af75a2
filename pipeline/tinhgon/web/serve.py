"""From the path of a fact base to a running site."""

from __future__ import annotations

import secrets
import socket
import threading
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import wait
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from datasette import handle_exception
from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm

from tinhgon.store import FactBase, StoreError
from tinhgon.store.connection import connect_readonly
from tinhgon.web import plugin
from tinhgon.web.answers import rows_as_json
from tinhgon.web.connections import configured
from tinhgon.web.desk import DATABASE, SECONDS, Desk
from tinhgon.web.pages import front
from tinhgon.web.visit import Visit

HERE = Path(__file__).parent
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_SETTINGS: dict[str, Any] = {
    "sql_time_limit_ms": 1_000,  # of a reader's own SQL
    "max_returned_rows": 1_000,
    "allow_download": False,  # of the whole file: "tinhgon export" makes one that may be published
    "allow_csv_stream": False,
    "suggest_facets": False,
    "default_cache_ttl": 0,
}


class AddressError(Exception):
    """The address cannot be listened on; the message says why and what helps."""


def open_desk(
    db: Path, *, token: str | None = None, hosts: Collection[str] = (), seconds: float | None = None
) -> Datasette:
    """A Datasette over one fact base with the pages of the desk; ``.app()`` is the site.

    ``token`` opens the review; without one nothing can be written. ``hosts`` are the names it answers to, empty for
    any; ``seconds`` how long a page may take. Raises ``StoreError`` where the file is no fact base of this version.
    """
    return _opened(db, token=token, hosts=hosts, seconds=seconds)[0]


def _opened(
    db: Path, *, seconds: float | None = None, token: str | None, hosts: Collection[str]
) -> tuple[Datasette, Desk]:
    with FactBase.open(db, readonly=True):
        pass
    if not pm.is_registered(plugin):
        pm.register(plugin, name="tinhgon")
        pm.unregister(handle_exception)  # ours hands on to it what is not of a desk
    datasette = Datasette(
        template_dir=str(HERE / "templates"),
        static_mounts=[("desk", str(HERE / "static"))],
        settings=_SETTINGS,
        metadata={"title": "tinhgon"},
        # The cookie that opens the review is signed with it, and so is good for as long as this process lives.
        secret=secrets.token_urlsafe(32),
    )
    # Its hook for this is called before anyone can say whose Datasette this is.
    datasette.renderers["json"] = (rows_as_json, lambda: True)
    desk = Desk(db, token, frozenset(host.lower() for host in hosts), SECONDS if seconds is None else seconds)
    desk.serve_on(datasette)
    datasette.add_database(_File(datasette, str(db)), name=DATABASE)
    datasette.remove_database("_memory")
    return datasette, desk


def serve(
    db: Path, *, host: str, port: int, review: bool, allowed: Collection[str], ready: Callable[[str], None]
) -> None:
    """Serve a fact base until Ctrl-C; ``ready`` is told each address as soon as the site can be reached there.

    Raises ``AddressError`` where the address cannot be listened on, and ``StoreError`` as ``open_desk`` does.
    """
    token = secrets.token_urlsafe(32) if review else None
    # A name that is not of this machine alone may be anyone's; then whoever starts it must know who can reach it.
    hosts = {*_LOOPBACK, "[::1]", *allowed} if host in _LOOPBACK or allowed else ()
    datasette, desk = _opened(db, token=token, hosts=hosts)
    listening = _listening(host, port)
    site = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"
    server = uvicorn.Server(configured(datasette.app()))
    warm_up()
    desk.warm(front.show, Visit("vi", "/"))
    ready(site)
    if token is not None:
        ready(f"{site}review/enter?token={token}")
    try:
        server.run(sockets=[listening])
    finally:
        desk.close()


@contextmanager
def serving(db: Path, **desk: Any) -> Iterator[str]:
    """A site on a free port of this machine for as long as the block lasts; gives its address.

    ``desk`` is what ``open_desk`` takes besides. Raises as it does.
    """
    datasette, opened = _opened(db, **{"token": None, "hosts": (), **desk})
    listening = _listening("127.0.0.1", 0)
    server = uvicorn.Server(configured(datasette.app()))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        wait(opened.warm(front.show, Visit("vi", "/")))
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
        opened.close()


def warm_up() -> None:
    """Load what the first page would have to wait for."""
    import pandas  # noqa: F401

    from tinhgon.compare.reform import changed_names
    from tinhgon.web.pages.place import units_named
    from tinhgon.web.spans import extractor
    from tinhgon.web.wording import LANGUAGES, Words

    changed_names()
    extractor()
    units_named("Hà Nội", None, None)
    for language in LANGUAGES:
        Words.of(language)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with ExitStack() as unless_it_listens:
            # With the protocol named, answers leave at once; without, small ones wait 40 ms for company.
            listening = unless_it_listens.enter_context(socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP))
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((host, port))
            listening.listen()  # whoever comes from now on waits for the server, and is not turned away
            unless_it_listens.pop_all()
    except OSError as error:
        raise AddressError(
            f"{host}, port {port}, cannot be listened on: {error.strerror or error}. Give another one with --port"
        ) from error
    return listening


class _File(Database):  # type: ignore[misc]  # Datasette has no types
    """The fact base as Datasette reads it: as a URI, so that "?" or "#" in its path cannot pass for options."""

    def connect(self, write: bool = False) -> Any:
        if write:
            raise StoreError(f"{self.path} is open for reading only")
        connection = connect_readonly(self.path)
        self._all_file_connections.append(connection)
        return connection

    async def execute(self, *asked: Any, log_sql_errors: bool = True, **limits: Any) -> Any:
        # What is wrong with a reader's SQL is told to the reader; on the owner's screen his words could steer it.
        return await super().execute(*asked, log_sql_errors=False, **limits)
