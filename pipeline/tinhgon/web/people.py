"""People who hold several posts: those a text says so of, and apart from them those it only gives several titles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tinhgon.web.shown import place_text
from tinhgon.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Person:
    """A person at a place, with the article that tells it last and in how many it is told."""

    name: str
    place: str
    roles: str
    roles_address: str
    sentence: str
    article_address: str
    published: str
    articles: int


def people(rows: Iterable[Mapping[str, Any]], visit: Visit) -> dict[str, list[Person]]:
    """The people of some rows of ``holders``, the latest first, each once: ``explicit`` and ``titles`` by basis."""
    told: dict[tuple[str, str, str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        key = row["basis"], row["name"], place_text(row, visit.words), row["roles_key"]
        told.setdefault(key, []).append(row)
    found: dict[str, list[Person]] = {"explicit": [], "titles": []}
    for (basis, name, place, roles), same in told.items():
        found[basis].append(
            Person(
                name=name,
                place=place,
                roles=visit.words.roles(roles),
                roles_address=visit.to("/pairing", roles=roles),
                sentence=same[0]["sentence"],
                article_address=visit.to("/article", id=same[0]["document_id"]),
                published=visit.words.date(same[0]["published"]),
                articles=len({row["document_id"] for row in same}),
            )
        )
    return found
