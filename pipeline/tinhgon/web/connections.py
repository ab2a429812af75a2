"""Who holds a connection: a request must come within its time, an answer be taken, and whoever waits makes room.

uvicorn waits for ever for the second half of a header and for a reader who takes no answer, and turns everyone away
once its connections are full of such. Here nobody is waited for longer than ``PATIENCE_SECONDS``, and where all
connections are taken, a newcomer has that of whoever let the site wait longest at the address that holds most of them.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any, cast

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from tinhgon.web.guard import HEADERS, App

PATIENCE_SECONDS = 20.0  # for a request to come whole, and for the next piece of an answer to be taken
MOST_CONNECTIONS = 500  # a process may commonly open 1,024 files
_LOOKS = 4  # that are taken at a connection within that time
_KEEP_ALIVE_SECONDS = 5
_GOODBYE_SECONDS = 3


def configured(app: App) -> uvicorn.Config:
    """The one way in which the site is put on the network.

    uvicorn tells what readers do wrong as warnings of its own; a stranger is not to fill the screen with them.
    """
    return uvicorn.Config(
        cast(Any, app),
        http=Connection,
        ws="none",  # what would come in so, whatever is installed, would come in past the guard
        lifespan="on",
        log_level="error",
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_GOODBYE_SECONDS,
    )


class Connection(H11Protocol):
    """One connection of a reader, in limited time."""

    _since = 0.0  # when the reader was last seen to do his part
    _left = 0  # bytes of the answer that he had not taken at the last look
    _is_refused = False
    _next_look: asyncio.TimerHandle

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(transport)
        self._since = self.loop.time()
        self._look_again()
        if len(self.connections) > MOST_CONNECTIONS:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        self._next_look.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if not self._is_refused:
            super().data_received(data)

    def on_response_complete(self) -> None:
        self._since = self.loop.time()
        super().on_response_complete()

    @property
    def address(self) -> str:
        """Where the reader is, or the server in front that asks for him."""
        return self.client[0] if self.client else ""

    @property
    def waits_for_its_reader(self) -> bool:
        """Whether it is the reader's turn: to send a request, or the rest of one, or to take an answer."""
        is_answered = self.cycle is None or self.cycle.response_complete
        return is_answered or self.cycle.more_body or self.transport.get_write_buffer_size() > 0

    def send_400_response(self, msg: str) -> None:
        """What is said to a request that is none; uvicorn's own has no headers, and fails where an answer has begun."""
        if self.cycle is not None:
            self.cycle.disconnected = True  # its page has no one to answer any more
            self.cycle.message_event.set()
        self._refuse(400, msg)

    def shutdown(self) -> None:
        """The site closes: what is being answered is, and nobody else is waited for."""
        if self.waits_for_its_reader:
            self.transport.abort()
        else:
            super().shutdown()

    def _look(self) -> None:
        left = self.transport.get_write_buffer_size()
        if not self.waits_for_its_reader or left < self._left:
            self._since = self.loop.time()
        self._left = left
        if self.loop.time() - self._since < PATIENCE_SECONDS:
            self._look_again()
        else:
            self.transport.abort()

    def _look_again(self) -> None:
        self._next_look = self.loop.call_later(PATIENCE_SECONDS / _LOOKS, self._look)

    def _make_room(self) -> None:
        """Let go of one who lets the site wait; where all are being answered, of the one who came last."""
        others = [one for one in self.connections if isinstance(one, Connection) and one is not self]
        waiting = [one for one in others if one.waits_for_its_reader]
        if not waiting:
            self._refuse(503, "Too many ask at once. Try again.")
            return
        # From the address that has most of them, so that one alone cannot push out all others.
        held = Counter(one.address for one in waiting)
        longest = max(waiting, key=lambda one: (held[one.address], -one._since))
        longest.transport.abort()
        self.connections.discard(longest)  # at once: the next newcomer is to find another one

    def _refuse(self, status: int, why: str) -> None:
        self._is_refused = True
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
        elif not self.transport.is_closing():
            told = {"content-type": "text/plain; charset=utf-8", "connection": "close", **HEADERS}
            answer = h11.Response(status_code=status, headers=list(told.items()), reason=STATUS_PHRASES[status])
            for part in (answer, h11.Data(data=f"{why}\n".encode()), h11.EndOfMessage()):
                self.transport.write(self.conn.send(part) or b"")
            # Not closed at once: what is still sent to a closed connection takes the answer away from its reader.
            self.transport.write_eof()
