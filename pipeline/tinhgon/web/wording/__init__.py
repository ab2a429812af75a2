"""The words of the desk, in Vietnamese and in English: ``vi.yaml`` and ``en.yaml``, and numbers and dates as each
language writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import yaml

from tinhgon.compare.charts.words import roles_text
from tinhgon.compare.render import plain_number

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_ISO = re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d{2}))?(?:-(?P<d>\d{2}))?")
_BILLION, _MILLION = 1e9, 1e6
# Letters of a sentence of ours with names in it; others are not gone through for places where a value might end.
_LONGEST_SAID = 400
_ISO_DAY = re.compile(r"(?<!\d)\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?![\d-])")
_DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")
_GROUP = re.compile(r"\\(\d)")
_BETWEEN = "; "


class Words:
    """What the desk says in one language.

    >>> vi, en = Words.of("vi"), Words.of("en")
    >>> vi("compare.rows", n=3), en.name("status", "achieved"), vi.number(1017.0), en.number(47.6), vi.date("2019-10")
    ('3 dòng', 'achieved', '1.017', '47.6', '10/2019')
    """

    def __init__(self, language: Language, entries: Mapping[str, Any]) -> None:
        self.language = language
        self._entries = entries
        self._said = [(re.compile(said), meant) for said, meant in entries["said"]]

    @staticmethod
    @cache
    def of(language: Language) -> Words:
        """The words of a language, read once."""
        text = (files("tinhgon.web.wording") / f"{language}.yaml").read_text("utf-8")
        return Words(language, yaml.safe_load(text))

    def __call__(self, key: str, **values: object) -> str:
        """The words under a key such as ``compare.title``, with values put in; raises ``KeyError`` for no such key."""
        group, _, name = key.partition(".")
        text = str(self._entries[group][name])
        return text.format(**values) if values else text

    def name(self, group: str, code: str | None) -> str:
        """What a code of the codebook is called; one that is not known stays as it is.

        >>> Words.of("vi").name("object", "commune"), Words.of("vi").name("object", "bí mật")
        ('xã', 'bí mật')
        """
        return "" if code is None else str(self._entries[group].get(code, code))

    def roles(self, key: str | None) -> str:
        """Posts as people write them; their names are Vietnamese in both languages.

        >>> Words.of("en").roles("bi_thu_cap_uy+chu_tich_ubnd")
        'bí thư cấp ủy + chủ tịch UBND'
        """
        return roles_text(key or "")

    def number(self, value: float | None) -> str:
        """A number with the signs of the language, nothing where there is none."""
        plain = plain_number(value).replace(" ", "")
        if not plain:
            return ""
        whole, _, fraction = plain.partition(".")
        signs = self._entries["signs"]
        grouped = f"{int(whole):,}".replace(",", signs["thousands"])
        return grouped + (signs["decimal"] + fraction if fraction else "")

    def money(self, value: float | None) -> str:
        """An amount in đồng, in billions or millions where it is that large.

        >>> Words.of("vi").money(21.7e9), Words.of("en").money(5000.0)
        ('21,7 tỷ đồng', '5,000 đồng')
        """
        if value is None:
            return ""
        for size, unit in ((_BILLION, "billion"), (_MILLION, "million")):
            if abs(value) >= size:
                return f"{self.number(round(value / size, 3))} {self.name('money', unit)}"
        return f"{self.number(value)} {self.name('money', 'dong')}"

    def date(self, iso: str | None) -> str:
        """A date, a month or a year as the language writes it; what is no date stays as it is."""
        found = _ISO.fullmatch(iso or "")
        if found is None:
            return iso or ""
        form = "day" if found["d"] else "month" if found["m"] else "year"
        return str(self._entries["dates"][form]).format(**found.groupdict())

    def sentence(self, english: str | None) -> str:
        """What a check or a comparison says of a number, in this language; several things are said with ``;`` between.

        >>> Words.of("vi").sentence("130 are counted out of 127, more than there are.")
        'Đếm được 130 trên tổng số 127, nhiều hơn số hiện có.'
        >>> Words.of("vi").sentence("46.7% is stated, but 10 of 21 are 47.62%.")
        'Nêu 46,7%, nhưng 10 trên 21 là 47,62%.'
        """
        told = (english or "").split(_BETWEEN)
        meant = [self._one_sentence(part) for part in told]
        return _BETWEEN.join(meant) if all(meant) else self._one_sentence(english or "") or english or ""

    def _one_sentence(self, english: str) -> str:
        """What is meant by a sentence; nothing where it is not among those the language has words for."""
        if len(english) > _LONGEST_SAID:
            return ""
        for said, meant in self._said:
            if found := said.fullmatch(english):
                values = [self._as_written(group) for group in found.groups()]
                return _GROUP.sub(lambda group: values[int(group[1]) - 1], meant)  # noqa: B023 - used at once
        return ""

    def _as_written(self, english: str) -> str:
        """Dates and decimals of an English sentence as this language writes them."""
        dated = _ISO_DAY.sub(lambda day: self.date(day[0]), english)
        return _DECIMAL.sub(str(self._entries["signs"]["decimal"]), dated)
