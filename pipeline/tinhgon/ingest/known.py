"""What a container, a crawler or a saved page tells of an article besides its text, in one form."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from tinhgon.ingest.compose import Facts
from tinhgon.ingest.dates import local_day, parse_timestamp
from tinhgon.ingest.normalise import normalise
from tinhgon.ingest.outlets import outlets

_EPOCH = range(631_152_000, 4_102_444_800)  # 1990 to 2099, in seconds
_PLAIN_DAYS = range(1990_01_01, 2099_12_32)
_LONGEST_NUMBER = 14


def known_facts(
    *, title: str = "", date: object = None, url: str = "", source: str = "", author: str = "", retrieved: object = None
) -> Facts:
    """What a container tells of an article, in the form that readers of texts use."""
    day = day_of(date)
    outlet = outlets().by_domain(_host(source or url)) or outlets().by_name(source)
    unread = date not in (None, "") and day is None
    return Facts(
        title=title or None,
        published=day,
        source=outlet.domain if outlet else _host(source) or _host(url) or normalise(source) or None,
        author=normalise(author) or None,
        url=url.strip() or None,
        retrieved=day_of(retrieved),
        warnings=("unread-date",) if unread else (),
    )


def day_of(value: object) -> str | None:
    """The day that a cell of a table tells, as ISO; times with a zone are taken to Vietnam's.

    >>> day_of("12/10/2021 06:15"), day_of(1633993200), day_of("Tue, 12 Oct 2021 20:30:00 GMT"), day_of("hôm qua")
    ('2021-10-12', '2021-10-12', '2021-10-13', None)
    >>> day_of(20211012), day_of(float("nan")), day_of(10**400), day_of("²")
    ('2021-10-12', None, None, None)
    """
    if isinstance(value, datetime):
        return local_day(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _day_of_number(value)
    text = str(value).strip() if isinstance(value, str) else ""
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER:
        return _day_of_number(int(text))
    return (parse_timestamp(text) or _mail_date(text)) if text else None


def _day_of_number(value: float) -> str | None:
    """Seconds or milliseconds since 1970, or a day written as one number: 20211012."""
    if abs(value) > _EPOCH.stop * 1000 or not math.isfinite(value):
        return None
    if int(value) in _PLAIN_DAYS:
        digits = str(int(value))
        return parse_timestamp(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
    seconds = value / 1000 if value > _EPOCH.stop else value
    return local_day(datetime.fromtimestamp(seconds, UTC)) if int(seconds) in _EPOCH else None


def _mail_date(value: str) -> str | None:
    try:
        return local_day(parsedate_to_datetime(value))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _host(address: str) -> str:
    """The host in a whole address or in a bare one."""
    bare = re.sub(r"^[a-z]+://", "", address.strip().lower()).split("/", 1)[0].split(":", 1)[0]
    return bare.removeprefix("www.") if re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", bare) else ""
