"""Readers who send slowly, take slowly or not at all, and requests that are none: nobody else waits for them."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from unittest.mock import MagicMock
from urllib.parse import quote, urlsplit

import httpx
import pytest
from uvicorn.server import ServerState
from web_site import TOKEN, Site, serving

from tinhgon.web import connections

resource = pytest.importorskip("resource", reason="this system does not count open files")

FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
HALVES = {
    "nothing": "",
    "half a line": "GET / HT",
    "half a header": "GET / HTTP/1.1\r\nHost: 127.",
    "half a form": f"POST /review/enter HTTP/1.1\r\nHost: 127.0.0.1\r\n{FORM}Content-Length: 100\r\n\r\nname=",
    "a body that nobody asked for": "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nx",
    "half a chunk": f"POST /review/enter HTTP/1.1\r\nHost: 127.0.0.1\r\n{FORM}Transfer-Encoding: chunked\r\n\r\nff\r\nx",
}
NO_REQUESTS = {
    "no words": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"a" * 200 + b"\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
    "a length below nothing": b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
    "length and chunks": b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "an encoding there is not": b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a chunk that is none": b"POST /review/enter HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    + FORM.encode()
    + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx",
    "a space before the colon": b"GET / HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n",
    "a header of a megabyte": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: " + b"a" * 1_000_000 + b"\r\n\r\n",
    "an address elsewhere": b"GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    "a backslash": b"GET /\\evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
}


@pytest.fixture
def many_files() -> Iterator[None]:
    """As many open files as hundreds of connections take, both of whose ends are in this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 4096:
        pytest.skip("this machine lets a process open fewer than 4,096 files: hundreds of connections are not tried")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 4096), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> float:
    """Waits for nobody longer than this, in seconds."""
    monkeypatch.setattr(connections, "PATIENCE_SECONDS", 1.0)
    return 1.0


@contextmanager
def connected(site: Site, sent: bytes = b"") -> Iterator[socket.socket]:
    address = urlsplit(site.url)
    with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
        with suppress(ConnectionError):
            connection.sendall(sent)
        yield connection


def heard(connection: socket.socket) -> bytes:
    """All that is still answered until the connection is closed, by its end or broken off."""
    pieces = []
    with suppress(ConnectionError):
        pieces = list(iter(lambda: connection.recv(65_536), b""))
    return b"".join(pieces)


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES.keys())
def test_hundreds_of_halves_of_requests_keep_no_reader_out(run_base: Path, many_files: None, half: str) -> None:
    with serving(run_base, token=TOKEN) as site, ExitStack() as held:
        for _ in range(connections.MOST_CONNECTIONS + 100):
            held.enter_context(connected(site, half.encode()))
        assert site.get("/about").status_code == 200
        assert site.get("/").status_code == 200


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES.keys())
def test_the_other_half_is_not_waited_for_for_ever(run_base: Path, impatient: float, half: str) -> None:
    with serving(run_base, token=TOKEN) as site, connected(site, half.encode()) as connection:
        began = time.monotonic()
        heard(connection)
        assert time.monotonic() - began < 20 * impatient


@pytest.mark.parametrize("half", ["GET / HTTP/1.1\r\nX-A: ", HALVES["half a form"]], ids=["header", "body"])
def test_nor_where_it_comes_letter_by_letter(
    run_base: Path, impatient: float, monkeypatch: pytest.MonkeyPatch, half: str
) -> None:
    monkeypatch.setattr("tinhgon.web.guard._PATIENCE_SECONDS", 3600)  # then the connection's own time is what ends it
    with serving(run_base, token=TOKEN) as site, connected(site, half.encode()) as connection:
        with pytest.raises(ConnectionError):  # noqa: PT012 - one of many letters is the first to find no one
            for _ in range(90):
                time.sleep(impatient / 5)
                connection.sendall(b"x")
        assert heard(connection) == b""


def test_who_asks_again_in_time_keeps_the_connection(run_base: Path, impatient: float) -> None:
    ask = b"GET /desk/icon.svg HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with serving(run_base) as site, connected(site) as connection:
        for _ in range(12):
            connection.sendall(ask)
            answer = b""
            while not answer.endswith(b"</svg>\n"):
                answer += connection.recv(65_536)
            assert answer.startswith(b"HTTP/1.1 200")
            time.sleep(impatient / 4)


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves what a reader does not take with the site, where the system would keep megabytes of it."""
    made = connections.Connection.connection_made

    def connection_made(self: connections.Connection, transport: asyncio.Transport) -> None:
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8192)
        made(self, transport)

    monkeypatch.setattr(connections.Connection, "connection_made", connection_made)


LONG = b"GET /facts/facts.json?_shape=array&_size=max HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
END = b"\r\n0\r\n\r\n"


@pytest.mark.usefixtures("narrow")
def test_who_takes_no_answer_is_let_go(run_base: Path, impatient: float) -> None:
    with serving(run_base) as site, connected(site, LONG) as connection:
        time.sleep(4 * impatient)
        answer = heard(connection)
    assert answer.startswith(b"HTTP/1.1 200")
    assert not answer.endswith(END)


@pytest.mark.usefixtures("narrow", "impatient")
def test_who_takes_an_answer_slowly_gets_it(run_base: Path) -> None:
    with serving(run_base) as site, connected(site, LONG) as connection:
        pieces = []
        for piece in iter(lambda: connection.recv(16_384), b""):
            pieces.append(piece)
            time.sleep(0.08)
    answer = b"".join(pieces)
    assert answer.endswith(END)
    assert len(answer) > 300_000


def test_where_all_are_being_answered_the_last_is_told_so(run_base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_CONNECTIONS", 2)
    endless = quote("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
    ask = f"GET /facts.json?sql={endless} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
    with serving(run_base) as site, connected(site, ask) as first, connected(site, ask) as second:
        time.sleep(0.3)
        with connected(site, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n") as third:
            answer = heard(third)
        assert answer.startswith(b"HTTP/1.1 503 Service Unavailable")
        assert b"content-security-policy" in answer
        assert [heard(one)[:12] for one in (first, second)] == [b"HTTP/1.1 400"] * 2


@pytest.mark.parametrize("sent", NO_REQUESTS.values(), ids=NO_REQUESTS.keys())
def test_what_is_no_request_is_refused_with_all_headers(site: Site, logged: Callable[[], str], sent: bytes) -> None:
    with connected(site, sent) as connection:
        answer = heard(connection)
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert answer.startswith(b"HTTP/1.1 400 Bad Request")
    for header in (
        b"content-security-policy: default-src 'none'",
        b"x-content-type-options: nosniff",
        b"connection: close",
    ):
        assert header in head
    assert b"\r\nserver:" not in head
    assert logged() == ""
    assert site.get("/about").status_code == 200


@pytest.fixture
def logged() -> Iterator[Callable[[], str]]:
    """What the server tells its owner of."""
    told: list[str] = []

    def listen(record: logging.LogRecord) -> bool:
        told.append(record.getMessage())
        return True

    server = logging.getLogger("uvicorn.error")  # whose handlers each server sets anew
    server.addFilter(listen)
    yield lambda: "\n".join(told)
    server.removeFilter(listen)


def test_a_form_that_was_refused_half_way_is_not_answered_again(
    open_site: Site, monkeypatch: pytest.MonkeyPatch, logged: Callable[[], str]
) -> None:
    monkeypatch.setattr("tinhgon.web.guard._PATIENCE_SECONDS", 0.2)
    with connected(open_site, NO_REQUESTS["a chunk that is none"]) as connection:
        assert heard(connection).startswith(b"HTTP/1.1 400")
        time.sleep(1)
    assert logged() == ""


def test_garbage_behind_a_request_does_not_spoil_its_answer(site: Site, logged: Callable[[], str]) -> None:
    with connected(site, b"GET /about HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n\x00\x01 garbage\r\n\r\n") as connection:
        answer = heard(connection)
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"</html>" in answer
    assert logged() == ""


def test_who_goes_in_the_middle_of_a_form_is_no_fault_of_the_desk(open_site: Site, logged: Callable[[], str]) -> None:
    for cookie in ("", "Cookie: ds_csrftoken=x\r\n"):
        head = HALVES["half a form"].replace("\r\n", f"\r\n{cookie}", 1)
        for _ in range(20):
            with connected(open_site, head.encode()):
                pass
    assert open_site.get("/about").status_code == 200
    assert logged() == ""


def test_a_site_that_closes_waits_for_nobody(run_base: Path, logged: Callable[[], str]) -> None:
    with ExitStack() as held:
        with serving(run_base, token=TOKEN) as site:
            for half in HALVES.values():
                held.enter_context(connected(site, half.encode()))
            held.enter_context(connected(site, b"GET /facts/facts.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 400))
            time.sleep(0.5)
            began = time.monotonic()
        assert time.monotonic() - began < 15
    assert logged() == ""


def test_a_crowd_that_comes_at_once_does_not_open_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_CONNECTIONS", 5)

    async def crowd() -> int:
        config = connections.configured(MagicMock())
        state = ServerState()
        for _ in range(40):  # without a pause in which those who were let go would be seen off
            connections.Connection(config, state, {}).connection_made(MagicMock(asyncio.Transport))
        return len(state.connections)

    with ThreadPoolExecutor(1) as apart:  # the browser of other tests keeps a loop of its own in this thread
        assert apart.submit(asyncio.run, crowd()).result() == 5


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a machine has one address of its own: no crowd is tried")
def test_one_address_does_not_push_out_another(run_base: Path, many_files: None) -> None:
    with serving(run_base) as site, ExitStack() as held, ThreadPoolExecutor(8) as readers:
        port, asked = urlsplit(site.url).port, []
        client = held.enter_context(httpx.Client(base_url=site.url, timeout=30))
        early = held.enter_context(connected(site, b"GET /about HTTP/1.1\r\nHost: 127."))
        for number in range(3 * connections.MOST_CONNECTIONS):
            crowd = socket.create_connection(("127.0.0.1", port), timeout=30, source_address=("127.0.0.2", 0))
            held.enter_context(crowd).sendall(b"GET / HTTP/1.1\r\nHost: 127.")
            if number % 50 == 0:
                asked.append(readers.submit(client.get, "/about"))
        early.sendall(b"0.0.1\r\nConnection: close\r\n\r\n")
        assert heard(early).startswith(b"HTTP/1.1 200")
        assert {one.result().status_code for one in asked} == {200}
