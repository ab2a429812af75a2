"""Which outlet a text comes from: by address, by name, or by the tag before its lead; and that outlet's home.

What is known of the outlets is data: ``patterns/outlets.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from tinhgon.resources import patterns_dir, read_yaml
from tinhgon.vietnamese import match_form, strip_diacritics

# "(QNO) - ", "BDK - ", "(GLO)- ", "(Baohatinh.vn) - ": the tag and what parts it from the lead.
_TAG = re.compile(r"\(\s*(?P<closed>[^()\n]{1,40}?)\s*\)\s*[-–—:.]?\s*|(?P<open>[^\W\d_][\w.&+/ -]{0,24}?)\s*[-–—]\s+")
_DOMAIN = re.compile(r"(?<![\w@.-])(?:[a-z0-9-]{2,40}\.){1,3}(?:vn|net|com|org)(?![\w-])")
_WORDS = re.compile(r"[^\W_]+")
_LONGEST_HOST = 253
_KEYS = {"domains", "names", "tags", "province"}
_HOUSES = (
    "báo và phát thanh truyền hình",
    "báo và đài phát thanh truyền hình",
    "báo và đài ptth",
    "báo điện tử",
    "cơ quan báo",
)
_TRAILING = (" điện tử", " online", " trực tuyến", " điện tử online")


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newspaper, station or portal."""

    domain: str
    province: str | None


class Outlets:
    """The known outlets, to be asked by domain, name and tag."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._by_domain: dict[str, Outlet] = {}
        self._by_name: dict[str, Outlet] = {}
        self._by_tag: dict[str, list[Outlet]] = {}
        self._successors = [(str(change["from"]), dict(change["provinces"])) for change in data["successors"]]
        for entry in data["outlets"]:
            if unknown := set(entry) - _KEYS:
                raise ValueError(f"outlets.yaml: unknown keys {sorted(unknown)} in {entry}")
            outlet = Outlet(entry["domains"][0], entry.get("province"))
            self._by_domain |= dict.fromkeys(entry["domains"], outlet)
            self._by_name |= {_folded(name): outlet for name in entry.get("names", ())}
            for tag in entry.get("tags", ()):
                self._by_tag.setdefault(_folded(tag), []).append(outlet)
        homes = {entry["province"] for entry in data["outlets"] if entry.get("province")}
        self._portals = {_slug(home): home for home in homes}
        self._longest_name = max(len(name.split()) for name in self._by_name)

    def by_domain(self, host: str) -> Outlet | None:
        """The outlet at ``host`` or at a domain above it; offices of a province lie below its name and ".gov.vn"."""
        if len(host) > _LONGEST_HOST:
            return None
        labels = host.lower().removeprefix("www.").split(".")
        above = (".".join(labels[at:]) for at in range(len(labels) - 1))
        if found := next((self._by_domain[domain] for domain in above if domain in self._by_domain), None):
            return found
        home = self._portals.get(labels[-3]) if labels[-2:] == ["gov", "vn"] and len(labels) > 2 else None
        return Outlet(".".join(labels[-3:]), home) if home else None

    def by_name(self, name: str) -> Outlet | None:
        """The outlet of that name, with or without "điện tử" and "phát thanh, truyền hình"."""
        return self._by_name.get(_plain_name(name)) if len(name) <= _LONGEST_HOST else None

    def named_in(self, text: str) -> Outlet | None:
        """The outlet whose address or full name stands in ``text``; nothing where two do."""
        found = {outlet for domain in domains_in(text) if (outlet := self.by_domain(domain))}
        if not found:
            words = _folded(_without_houses(text)).split()[:400]
            for at, word in enumerate(words):
                if word != "báo":
                    continue
                for size in range(self._longest_name, 1, -1):
                    if outlet := self._by_name.get(" ".join(words[at : at + size])):
                        found.add(outlet)
                        break
        return found.pop() if len(found) == 1 else None

    def by_tag(self, lead: str, context: str) -> Outlet | None:
        """The outlet whose tag opens ``lead``; of several with one tag the one whose province ``context`` names."""
        match = _TAG.match(lead)
        if match is None:
            return None
        tag = match["closed"] or match["open"]
        if outlet := self.by_domain(tag):
            return outlet
        candidates = self._by_tag.get(_folded(tag), [])
        if len(candidates) < 2:
            return candidates[0] if candidates else None
        words = f" {_folded(context)} "
        named = [outlet for outlet in candidates if outlet.province and f" {_folded(outlet.province)} " in words]
        nationwide = [outlet for outlet in candidates if outlet.province is None]
        fitting = named or nationwide
        return fitting[0] if len(fitting) == 1 else None

    def home(self, outlet: Outlet, published: str | None) -> str | None:
        """The outlet's province by its name at that date; without a date by its older name."""
        province = outlet.province
        for since, successors in self._successors:
            if province is not None and published is not None and "-" in published and published[:7] >= since[:7]:
                province = successors.get(province, province)
        return province


@lru_cache(maxsize=1)
def outlets() -> Outlets:
    """The outlets of the shipped patterns, read once.

    >>> known = outlets()
    >>> known.by_domain("www.baolongan.vn").province, known.by_name("Báo Gia Lai điện tử").domain
    ('Long An', 'baogialai.com.vn')
    >>> known.by_tag("(KGO) - Sáng nay, Tỉnh ủy họp.", "").domain, known.by_tag("Xã Tân Phú - Thanh Bình", "")
    ('baokiengiang.vn', None)
    """
    return Outlets(read_yaml(patterns_dir() / "outlets.yaml"))


def domains_in(text: str) -> Iterable[str]:
    """The web addresses' hosts that stand in ``text``, without ``www``.

    >>> list(domains_in("Bản quyền thuộc baotayninh.vn. Thư: a@bao.vn"))
    ['baotayninh.vn']
    """
    return dict.fromkeys(match[0].removeprefix("www.") for match in _DOMAIN.finditer(text.lower()))


def host_of(url: str) -> str | None:
    """The host of a whole address.

    >>> host_of("https://www.baohatinh.vn/chinh-tri/a.html"), host_of("/chinh-tri/a.html")
    ('baohatinh.vn', None)
    """
    try:
        host = urlsplit(url.strip()).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None


def _slug(province: str) -> str:
    """A province's name as its offices write it in addresses.

    >>> _slug("Thừa Thiên Huế"), _slug("Lạng Sơn")
    ('thuathienhue', 'langson')
    """
    return "".join(_WORDS.findall(strip_diacritics(province).lower()))


def _folded(text: str) -> str:
    return " ".join(_WORDS.findall(match_form(text)))


def _without_houses(text: str) -> str:
    """ "Báo và phát thanh, truyền hình Lâm Đồng" is Báo Lâm Đồng since the houses were joined."""
    folded = _folded(text)
    for house in _HOUSES:
        folded = folded.replace(f"{house} ", "báo ")
    return folded


def _plain_name(name: str) -> str:
    folded = _without_houses(name)
    for trailing in sorted(_TRAILING, key=len, reverse=True):
        folded = folded.removesuffix(trailing)
    return folded
