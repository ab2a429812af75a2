"""What stands before every page: which hosts are answered, how large a request may be, which headers go out.

Article text is hostile and is escaped where it is printed; the Content-Security-Policy is the second wall: no script
but our own file, no style but our own, no request to anywhere else, no frame around the page.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from tinhgon.web.desk import DATABASE, Desk
from tinhgon.web.inert import InertTable

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BYTES = 256 * 1024  # of a request's body: a correction with a long note has a few thousand
_LONGEST_ADDRESS = 8_000
_MOST_VALUES = 100

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{styles}; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_STRICT = _POLICY.format(styles="")
# Datasette's own tables name their columns, on narrow screens, in a style sheet within the page.
_FOR_DATASETTE = _POLICY.format(styles=" 'unsafe-inline'")
HEADERS = {
    "content-security-policy": _STRICT,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_DATASETTE = ("/facts", "/-/")
_ELSEWHERE = (b"cross-site", b"same-site")  # what a browser says of a request that a page of another site makes
_HERE = (b"same-origin", b"none")  # of one that our own page makes, or whoever types the address
_NOT_FROM_THERE = "Pages of other sites may link to the desk, and not use it. Open the address yourself."
_FORM = b"application/x-www-form-urlencoded"
_TAKES_FORMS = re.compile("(/en)?/review(/|$)")
_TOO_LARGE = 413
_PATIENCE_SECONDS = 15.0  # for all of a request's body; less than a connection is waited for, so that it can be told
_LOG = logging.getLogger(__name__)


def guarded(app: App, desk: Desk) -> App:
    """The site behind its walls."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        refused = _with_headers(send, _STRICT)
        refusal = _refusal(scope, desk)
        if refusal is not None and refusal.status == _TOO_LARGE:
            await _refuse(refused, refusal)
            return
        try:
            # Whole before anything is refused or answered: a connection that is closed upon unread bytes loses the
            # answer too, and no page waits for who sends slowly.
            body = await _whole(receive)
        except TooLargeError:
            refusal = Refusal(_TOO_LARGE, "The request is too large.")
        except TimeoutError:
            refusal = Refusal(408, "The request did not come to its end.")
        except GoneError:
            return
        if refusal is not None:
            await _refuse(refused, refusal)
            return
        is_datasettes = str(scope["path"]).startswith(_DATASETTE)
        answer = _with_headers(send, _FOR_DATASETTE if is_datasettes else _STRICT)
        begun = _Begun(InertTable(answer) if is_datasettes else answer)
        try:
            await app(_as_datasette_writes_it(scope), _again(body, receive), begun)
        except (ValueError, TypeError, LookupError):
            # What is raised before any page is asked: a form that is none, letters that are none.
            _LOG.info("%s could not be read", scope["path"], exc_info=True)
            await begun.refuse(Refusal(400, "The request could not be read."))

    return guard


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered, and for a wrong method which are right."""

    status: int
    why: str
    allowed: str = ""


class TooLargeError(Exception):
    """More was sent than any form of ours holds."""


class GoneError(Exception):
    """Who asked has gone before the request was whole."""


async def _whole(receive: Receive) -> bytes:
    """The body of a request, whatever length was announced.

    Raises ``TooLargeError`` and ``TimeoutError`` where it is too large or too long in coming, and ``GoneError``.
    """
    body = bytearray()
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise GoneError
            body += message.get("body", b"")
            if len(body) > MOST_BYTES:
                raise TooLargeError
            if not message.get("more_body", False):
                return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """Receives a body that has come already, and after it whatever still comes."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receiving() -> Message:
        return waiting.pop() if waiting else await receive()

    return receiving


class _Begun:
    """Sends an answer, and knows whether it has begun: then it cannot become another one."""

    def __init__(self, send: Send) -> None:
        self._send, self._has_begun = send, False

    async def __call__(self, message: Message) -> None:
        self._has_begun = True
        await self._send(message)

    async def refuse(self, refusal: Refusal) -> None:
        if not self._has_begun:
            await _refuse(self._send, refusal)


def _refusal(scope: Scope, desk: Desk) -> Refusal | None:
    """Why a request is not answered at all."""
    headers = {name.lower(): value for name, value in scope["headers"]}
    host = headers.get(b"host", b"").decode("latin-1")
    if desk.hosts and _name_of(host) not in desk.hosts:
        # A page elsewhere can make its own name point at this machine; its requests come under that name.
        return Refusal(421, "This site does not answer to that name. Start it with --allow-host NAME to let it.")
    if desk.was_replaced:
        return Refusal(503, "The fact base was replaced by another file. Start the site again.")
    path, sent_path = str(scope["path"]), bytes(scope.get("raw_path") or b"/")
    if not sent_path.startswith(b"/") or b"\\" in sent_path:
        # Some pages answer with the path, put in order; of these a browser would make the address of another site.
        return Refusal(400, "That is no path of this site.")
    if path.startswith("/-/") and not path.startswith("/-/static"):
        return Refusal(404, "There is no such page.")  # Datasette's, on itself: versions, paths, settings
    if headers.get(b"sec-fetch-site") in _ELSEWHERE and (
        path.startswith(_DATASETTE) or headers.get(b"sec-fetch-mode") != b"navigate"
    ):
        return Refusal(403, _NOT_FROM_THERE)
    if scope["method"] == "POST" and _is_sent_from_elsewhere(headers, desk):
        return Refusal(403, _NOT_FROM_THERE)
    if b"transfer-encoding" in headers and b"content-length" in headers:
        # A server in front may go by the one where we go by the other, and take what follows for another request.
        return Refusal(400, "The request tells its length in two ways.")
    if len(sent_path) + len(scope.get("query_string") or b"") > _LONGEST_ADDRESS:
        return Refusal(414, "The address is too long.")
    if bytes(scope.get("query_string") or b"").count(b"&") >= _MOST_VALUES:
        return Refusal(
            400, f"The address asks for more than {_MOST_VALUES} things."
        )  # each facet is a question of its own
    if scope["method"] not in _methods(path):
        allowed = ", ".join(_methods(path))
        return Refusal(405, f"Only {allowed} are answered here.", allowed)
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if scope["method"] == "POST" and kind != _FORM:
        return Refusal(415, "Only forms are taken.")
    length = headers.get(b"content-length", b"0")
    if not length.isdigit() or int(length) > MOST_BYTES:
        return Refusal(_TOO_LARGE, "The request is too large.")
    return None


def _methods(path: str) -> tuple[str, ...]:
    """What may be done with an address: forms are taken by the review alone.

    >>> _methods("/en/review/close"), _methods("/facts")
    (('GET', 'HEAD', 'POST'), ('GET', 'HEAD'))
    """
    return ("GET", "HEAD", *(["POST"] if _TAKES_FORMS.match(path) else []))


def _as_datasette_writes_it(scope: Scope) -> Scope:
    """The address of a row with ~C3 for %C3: Datasette's own way from the one to the other loses the ".json"."""
    if not str(scope["path"]).startswith(f"/{DATABASE}/"):
        return scope
    return {**scope, "raw_path": bytes(scope.get("raw_path") or b"").replace(b"%", b"~")}


def _is_sent_from_elsewhere(headers: Mapping[bytes, bytes], desk: Desk) -> bool:
    """Whether a form was on a page of another site, as the browser tells it; an old one tells the origin alone."""
    if b"sec-fetch-site" in headers:
        return headers[b"sec-fetch-site"] not in _HERE
    # "null" is what our own pages send too, since they are not to be named to anyone.
    place = headers.get(b"origin", b"").decode("latin-1").partition("://")[2].lower()
    host = headers.get(b"host", b"").decode("latin-1").lower()
    # A web server in front may put its own name for the site in the place of the one that the browser knows.
    is_in_front = _name_of(place) in desk.hosts and _name_of(place) != _name_of(host)
    return place not in ("", host) and not is_in_front


def _name_of(host: str) -> str:
    """A host without its port.

    >>> _name_of("127.0.0.1:8001"), _name_of("[::1]:8001"), _name_of("Localhost")
    ('127.0.0.1', '[::1]', 'localhost')
    """
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return name.lower()


async def _refuse(send: Send, refusal: Refusal) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    if refusal.allowed:
        headers.append((b"allow", refusal.allowed.encode()))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{refusal.why}\n".encode()})


def _with_headers(send: Send, policy: str) -> Send:
    ours = {**HEADERS, "content-security-policy": policy}

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message.get("headers", ()) if name.decode().lower() not in ours]
            message = {**message, "headers": [*kept, *((n.encode(), v.encode()) for n, v in ours.items())]}
        await send(message)

    return sending
