"""MHTML, a web page as browsers save it in one file, and e-mails; both are MIME messages."""

from __future__ import annotations

import email
import email.policy
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage, MIMEPart

from tinhgon.ingest.containers.fields import Fields
from tinhgon.ingest.containers.streams import Stream
from tinhgon.ingest.item import Item
from tinhgon.ingest.known import day_of, known_facts
from tinhgon.ingest.normalise import normalise
from tinhgon.records import Reject

_BODIES = ("html", "plain")
_SUFFIXES = {"text/html": ".html", "text/plain": ".txt"}
_MAX_PARTS = 1000


def parts(stream: Stream, fields: Fields) -> Iterator[Item | Reject | Stream]:
    """The page or the body of the mail, and each article attached to it."""
    message = email.message_from_bytes(stream.read_all(), policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        raise ValueError("no MIME message")
    body = message.get_body(preferencelist=_BODIES)
    if body is None:
        yield Reject(stream.path, "parse", "The message has no text; look whether the article is a picture in it.")
    else:
        yield _item_of(message, body, stream)
    names: Counter[str] = Counter()
    for number, part in enumerate(message.iter_attachments()):
        if number >= _MAX_PARTS:
            yield Reject(
                stream.path, "parse", f"The mail has more than {_MAX_PARTS} attachments; the others are left out."
            )
            break
        if _is_of_the_page(message, part):
            continue
        forwarded = part.get_content_type() == "message/rfc822"
        raw = _forwarded(part) if forwarded else part.get_payload(decode=True)
        name = normalise(part.get_filename() or ("mail.eml" if forwarded else ""))
        if name and isinstance(raw, bytes):
            names[name] += 1
            yield stream.within(io.BytesIO(raw), name if names[name] == 1 else f"{names[name]}-{name}")


def _forwarded(part: MIMEPart) -> bytes | None:
    """A mail within the mail, as it was sent."""
    inner = part.get_payload()
    first = inner[0] if isinstance(inner, list) and inner else None
    return first.as_bytes() if isinstance(first, EmailMessage) else None


def _item_of(message: EmailMessage, body: MIMEPart, stream: Stream) -> Item | Reject:
    raw = body.get_payload(decode=True)
    if not isinstance(raw, bytes) or not raw.strip():
        return Reject(stream.path, "read", "The message has no text; look whether the article is a picture in it.")
    page = _header(message, "Snapshot-Content-Location") or _header(body, "Content-Location")
    # A saved page is dated when it was saved, which says nothing of when the article was published.
    if page:
        known = known_facts(url=page, retrieved=_header(message, "Date"))
    else:
        known = replace(
            known_facts(title=normalise(_header(message, "Subject"))), sent=day_of(_header(message, "Date"))
        )
    return stream.as_item(_in_utf8(raw, body), _SUFFIXES.get(body.get_content_type(), ""), known)


def _in_utf8(raw: bytes, body: MIMEPart) -> bytes:
    """``raw`` in UTF-8 where the part names an encoding that fits; else as it is, for its reader to find out."""
    charset = body.get_content_charset() or "utf-8"
    try:
        return raw.decode(charset).encode()
    except (LookupError, UnicodeError):
        return raw


def _header(part: MIMEPart, name: str) -> str:
    """A header's text; one that cannot be parsed is none."""
    try:
        return str(part.get(name) or "")
    except (ValueError, IndexError, TypeError, AttributeError):
        return ""


def _is_of_the_page(message: EmailMessage, part: MIMEPart) -> bool:
    """Whether a part is a picture, a style or a script that belongs to the page."""
    return message.get_content_type() == "multipart/related" or part.get_content_maintype() in ("image", "audio")
