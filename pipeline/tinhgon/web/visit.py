"""One request as the pages see it: the language, the page, and what its address asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from tinhgon.web.wording import Language, Words

Asked = tuple[tuple[str, str], ...]

_PREFIX: dict[Language, str] = {"vi": "", "en": "/en"}
_LONGEST = 500  # characters of one value; no name, symbol or query is longer
_MOST = 50  # values in one address


class NotFoundError(LookupError):
    """There is no such page, claim, place or article."""


class QuestionError(ValueError):
    """The address asks for what cannot be asked; the message says how it can."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What one address asks for; the same visit to the same fact base gives the same page.

    >>> visit = Visit.of("en", "/compare", "measure=merger&place=b%E1%BA%BFn+tre&level=")
    >>> visit.first("measure"), visit.first("place"), visit.number("page", 1)
    ('merger', 'bến tre', 1)
    >>> visit.again(page=2), visit.in_other_language()
    ('/en/compare?measure=merger&place=b%E1%BA%BFn+tre&page=2', '/compare?measure=merger&place=b%E1%BA%BFn+tre')
    """

    language: Language
    path: str  # without the language: "/compare"
    asked: Asked = ()

    @classmethod
    def of(cls, language: Language, path: str, query: str) -> Visit:
        """Raises ``QuestionError`` where the query is none that a person would send."""
        try:
            pairs = parse_qsl(query, max_num_fields=_MOST, errors="replace")
        except ValueError as error:
            raise QuestionError(f"more than {_MOST} values") from error
        given = [(name, value.strip()) for name, value in pairs if value.strip()]
        if any(len(value) > _LONGEST for _, value in given):
            raise QuestionError(f"more than {_LONGEST} characters")
        # No name holds a zero, and SQLite ends a text there.
        return cls(language, path, tuple((name, value.replace("\0", "")) for name, value in given))

    @property
    def words(self) -> Words:
        return Words.of(self.language)

    @property
    def last_part(self) -> str:
        """What stands behind the last slash: the id of ``/claim/3f2a9c``."""
        return self.path.rpartition("/")[2]

    def first(self, name: str, default: str = "") -> str:
        """The first value of this name."""
        return next((value for key, value in self.asked if key == name), default)

    def every(self, name: str) -> list[str]:
        """All values of this name, in their order."""
        return [value for key, value in self.asked if key == name]

    def number(self, name: str, default: int) -> int:
        """A whole number from 1 up; the default where there is none."""
        value = self.first(name)
        return int(value) if value.isascii() and value.isdigit() and 0 < len(value) < 7 and int(value) else default

    def choice(self, name: str, known: tuple[str, ...], default: str = "") -> str:
        """One of the known values; the default where another or none is asked for."""
        value = self.first(name)
        return value if value in known else default

    def to(self, path: str, **asked: object) -> str:
        """The address of a page in this language; what is empty is left out.

        >>> Visit("en", "/").to("/place", province="Bến Tre", district=None)
        '/en/place?province=B%E1%BA%BFn+Tre'
        """
        return _address(self.language, path, _told(asked))

    def again(self, **changed: object) -> str:
        """The address of this page with some values others; ``None`` takes a value away."""
        kept = tuple((name, value) for name, value in self.asked if name not in changed)
        return _address(self.language, self.path, (*kept, *_told(changed)))

    def in_other_language(self) -> str:
        """The address of the same page in the other language."""
        return _address("en" if self.language == "vi" else "vi", self.path, self.asked)


def _told(values: Mapping[str, object]) -> Asked:
    return tuple((name, str(value)) for name, value in values.items() if value is not None and value != "")


def _address(language: Language, path: str, asked: Asked) -> str:
    return _PREFIX[language] + quote(path) + (f"?{urlencode(asked)}" if asked else "")
