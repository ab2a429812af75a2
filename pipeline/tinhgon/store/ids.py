"""Ids that come out the same whenever the same archive is loaded, and text that SQLite can hold."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from tinhgon.records import Area, Span

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with what UTF-8 cannot hold (lone surrogates) replaced one for one, so that offsets stay true.

    >>> storable("xã \\ud83d Lộc Bình")
    'xã � Lộc Bình'
    """
    return _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def unique_id(document_id: str, path: str) -> str:
    """The id of a document whose file has the same name as another one's: its path decides, nothing else.

    >>> unique_id("bai-1", "bao/2019/bai-1.html")
    'bai-1~5a2f0042'
    """
    return f"{document_id}~{_digest(path)[:8]}"


def place_id(area: Area, hamlet: str | None = None) -> str | None:
    """The id of a place by its names; ``None`` where there is no name at all.

    >>> place_id(Area("Lạng Sơn", "Lộc Bình")) == place_id(Area("Lạng Sơn", "Lộc Bình"))
    True
    >>> place_id(Area()) is None
    True
    """
    names = (area.province, area.district, area.commune, hamlet)
    return _hash(names) if any(names) else None


class ClaimIds:
    """Gives the claims of one document their ids: same document, offsets and content, same id.

    What the extraction thinks of a claim (patterns, cues, confidence) is left out, so that a retrained model
    does not rename what it finds again. Twins are told apart by their order.
    """

    def __init__(self, document_id: str) -> None:
        self._document_id = document_id
        self._seen: Counter[str] = Counter()

    def next(self, kind: str, quote: tuple[Span, ...], content: dict[str, Any]) -> str:
        offsets = [(piece.start, piece.end) for piece in quote]
        twins = _hash((self._document_id, kind, offsets, content))
        ordinal = self._seen[twins]
        self._seen[twins] += 1
        return _hash((twins, ordinal))


def roles_key(roles: Iterable[str]) -> str:
    """Role codes in one canonical order, to find a pairing whichever role was named first.

    >>> roles_key(("chu_tich_ubnd", "bi_thu_cap_uy"))
    'bi_thu_cap_uy+chu_tich_ubnd'
    """
    return "+".join(sorted(set(roles)))


def _hash(content: object) -> str:
    return _digest(json.dumps(content, ensure_ascii=False, sort_keys=True))[:16]


def _digest(text: str) -> str:
    # File names that are not UTF-8 reach Python as lone surrogates; they must have ids as well.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
