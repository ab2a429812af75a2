"""Datasette's own tables as CSV: what articles say is made inert there too, as in every table of ours."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from tinhgon.compare.render import inert

if TYPE_CHECKING:
    from tinhgon.web.guard import Message, Send

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
_LONGEST_CELL = 100_000_000


class InertTable:
    """Sends an answer, and where it is a table as CSV, without cells that a spreadsheet would run."""

    def __init__(self, send: Send) -> None:
        self._send, self._is_table, self._body = send, False, list[bytes]()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kinds = [value for name, value in message["headers"] if name.lower() == b"content-type"]
            # Datasette calls its CSV plain text, so that a browser shows it, and CSV where it is to be saved.
            self._is_table = message["status"] == 200 and any(k.startswith((b"text/plain", b"text/csv")) for k in kinds)
            if self._is_table:
                kept = [(name, value) for name, value in message["headers"] if name.lower() != b"content-length"]
                message = {**message, "headers": kept}
        elif self._is_table and message["type"] == "http.response.body":
            self._body.append(message.get("body", b""))
            if message.get("more_body", False):
                return
            message = {**message, "body": inert_csv(b"".join(self._body).decode("utf-8")).encode()}
        await self._send(message)


def inert_csv(text: str) -> str:
    """A table with its texts made inert; numbers stay as they are.

    >>> inert_csv("a,b\\n=1+1,-5\\n").split()
    ['a,b', "'=1+1,-5"]
    """
    csv.field_size_limit(_LONGEST_CELL)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in csv.reader(io.StringIO(text, newline="")):
        writer.writerow([cell if _NUMBER.fullmatch(cell) else inert(cell) for cell in row])
    return out.getvalue()
