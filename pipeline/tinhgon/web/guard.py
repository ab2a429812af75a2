"""What stands before every page: which hosts are answered, how large a request may be, which headers go out.

Article text is hostile and is escaped where it is printed; the Content-Security-Policy is the second wall: no script
but our own file, no style but our own, no request to anywhere else, no frame around the page.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from tinhgon.web.desk import Desk

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BYTES = 256 * 1024  # of a request's body: a correction with a long note has a few thousand
_LONGEST_ADDRESS = 8_000

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{styles}; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_STRICT = _POLICY.format(styles="")
# Datasette's own tables name their columns, on narrow screens, in a style sheet within the page.
_FOR_DATASETTE = _POLICY.format(styles=" 'unsafe-inline'")
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_DATASETTE = ("/facts", "/-/")


def guarded(app: App, desk: Desk) -> App:
    """The site behind its walls."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        refusal = _refusal(scope, desk)
        if refusal is not None:
            await _refuse(_with_headers(send, _STRICT), *refusal)
            return
        policy = _FOR_DATASETTE if str(scope["path"]).startswith(_DATASETTE) else _STRICT
        counted = _Counted(receive)
        try:
            await app(scope, counted, _with_headers(send, policy))
        except _TooLargeError:
            await _refuse(_with_headers(send, _STRICT), 413, "The request is too large.")

    return guard


class _TooLargeError(Exception):
    """More was sent than any form of ours holds."""


class _Counted:
    """Receives a request and stops where it grows too large, whatever length was announced."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._bytes = receive, 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        if self._bytes > MOST_BYTES:
            raise _TooLargeError
        return message


def _refusal(scope: Scope, desk: Desk) -> tuple[int, str] | None:
    """Why a request is not answered at all."""
    headers = {name.lower(): value for name, value in scope["headers"]}
    host = headers.get(b"host", b"").decode("latin-1")
    if desk.hosts and _name_of(host) not in desk.hosts:
        # A page elsewhere can make its own name point at this machine; its requests come under that name.
        return 421, "This site does not answer to that name. Start it with --allow-host NAME to let it."
    if len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"") > _LONGEST_ADDRESS:
        return 414, "The address is too long."
    if scope["method"] not in ("GET", "HEAD", "POST"):
        return 405, "Only GET, HEAD and POST are answered."
    length = headers.get(b"content-length", b"0")
    if not length.isdigit() or int(length) > MOST_BYTES:
        return 413, "The request is too large."
    return None


def _name_of(host: str) -> str:
    """A host without its port.

    >>> _name_of("127.0.0.1:8001"), _name_of("[::1]:8001"), _name_of("Localhost")
    ('127.0.0.1', '[::1]', 'localhost')
    """
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return name.lower()


async def _refuse(send: Send, status: int, why: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{why}\n".encode()})


def _with_headers(send: Send, policy: str) -> Send:
    ours = {**_HEADERS, "content-security-policy": policy}

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message.get("headers", ()) if name.decode().lower() not in ours]
            message = {**message, "headers": [*kept, *((n.encode(), v.encode()) for n, v in ours.items())]}
        await send(message)

    return sending
