"""Articles made of the sentences: everyday news, news with officials in it, and news of the reform."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from benchmark.wording import Template
from benchmark.world import SENTENCES, Setting
from tinhgon.detect.relevance import can_hold_claim

Kind: TypeAlias = Literal["mixed", "dense", "plain"]
KINDS: tuple[Kind, ...] = ("mixed", "dense", "plain")

# Lengths of the press texts at hand: quartiles 2.1, 2.9 and 4.3 KB for all, 2.5, 3.5 and 5.0 KB for those with a cue,
# without title and date. Drawn from a log-normal distribution of that spread, between 2 and 8 KB.
_MEDIAN, _SPREAD = 3_500, 0.42
_SHORTEST, _LONGEST = 2_000, 7_900
# On-subject articles are longer.
_MEDIAN_DENSE = 4_100
# Of a mixed archive: articles with claims, and of the others those that hold a cue and claim no number.
SHARE_DENSE = 0.02
SHARE_CUED = 0.15
# Sentences of an article's own beat; the rest is of any, as in a column of local news. Were all of one beat, two
# articles would have so many words in a row in common that they were taken for copies.
_OWN_BEAT = 0.45
# Of so many sentences drawn the one with the fewest figures is told: on-subject press texts hold five a kilobyte.
_DRAWN = 8
_PARAGRAPH = ((1, 0.55), (2, 0.85), (3, 1.0))
_CLAIMS = (4, 6)  # sentences that claim numbers, in an article of two to eight kilobytes
_LEADINGS = (2, 4)
_OF_THE_PLACE = (
    "Nếp sống",
    "Thời tiết",
    "Nông nghiệp",
    "Giao thông",
    "Văn hóa",
    "Du lịch - Ẩm thực",
    "Giáo dục",
    "Y tế",
    "Đời sống",
)
_GAPS = re.compile(r"  +")


@dataclass(frozen=True, slots=True)
class Article:
    """One article, free of any format."""

    id: str
    title: str
    published: str  # ISO
    outlet: str
    author: str
    beat: str
    lead: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The plain text as papers hand it on: title, date line, lead, paragraphs, name."""
        year, month, day = self.published[:10].split("-")
        line = f"{day}/{month}/{year} - {self.published[11:16]}"
        return "\n\n".join((self.title, line, self.lead, *self.paragraphs, self.author)) + "\n"


@dataclass(frozen=True, slots=True)
class Beat:
    """The sentences of one beat, by the part they play."""

    name: str
    titles: tuple[Template, ...]
    leads: tuple[Template, ...]
    sentences: tuple[Template, ...]


def articles(kind: Kind, count: int, seed: int, first: int = 0) -> Iterator[Article]:
    """``count`` articles; each is drawn by its number and the seed, so a smaller archive begins a larger one."""
    for number in range(first, first + count):
        yield article(kind, number, seed)


def article(kind: Kind, number: int, seed: int) -> Article:
    """The article of that number; a plain one is drawn anew where two words made a cue ("Điện Biên chế tạo")."""
    dice = random.Random(f"{seed} {kind} {number}")
    drawn = _drawn(kind, number, dice)
    while kind == "plain" and can_hold_claim(drawn.text):
        drawn = _drawn(kind, number, dice)
    return drawn


def _drawn(kind: Kind, number: int, dice: random.Random) -> Article:
    setting = Setting(dice)
    of_reform = kind == "dense" or (kind == "mixed" and dice.random() < SHARE_DENSE)
    cued = kind == "mixed" and not of_reform and dice.random() < SHARE_CUED
    length = _length(dice, _MEDIAN_DENSE if of_reform else _MEDIAN)
    own = _reform() if of_reform else dice.choice(everyday())
    headed = _officials() if cued and dice.random() < 0.5 else own
    title, lead = dice.choice(headed.titles).tell(setting), dice.choice(own.leads).tell(setting)
    outlet = setting.word("to_bao")
    hour, minute = dice.randint(5, 21), dice.randint(0, 59)
    author = setting.word("but_danh")
    room = length - sum(len(part.encode()) for part in (title, lead, author)) - 30
    body = _reform_body(setting, room, length) if of_reform else _news_body(setting, own, cued, room)
    return Article(
        id=f"bai-{number:06}",
        title=_GAPS.sub(" ", title),
        published=f"{setting.year}-{setting.month:02}-{setting.day:02}T{hour:02}:{minute:02}",
        outlet=outlet,
        author=author,
        beat=own.name,
        lead=_GAPS.sub(" ", f"({''.join(word[0] for word in outlet.split())}) - {lead}"),
        paragraphs=tuple(_paragraphs(dice, body)),
    )


def headline(kind: Kind, dice: random.Random) -> str:
    """The title of some other article, for the lists of links around one."""
    setting = Setting(dice)
    chance = dice.random() if kind == "mixed" else 1.0
    if kind == "dense" or chance < SHARE_DENSE:
        beat = _reform()
    elif chance < SHARE_DENSE + SHARE_CUED / 2:
        beat = _officials()
    else:
        beat = dice.choice(everyday())
    return _GAPS.sub(" ", dice.choice(beat.titles).tell(setting))


def _length(dice: random.Random, median: int) -> int:
    drawn = median * math.exp(dice.gauss(0, _SPREAD))
    return int(min(_LONGEST, drawn)) if drawn >= _SHORTEST else dice.randint(_SHORTEST, _MEDIAN)


def _news_body(setting: Setting, own: Beat, cued: bool, room: int) -> list[str]:
    """Sentences of everyday news up to ``room`` bytes; with a cue in some of them where it is ``cued``."""
    dice, told = setting.dice, _Told(setting, room)
    officials = dice.sample(_officials().sentences, max(1, min(5, room // 800))) if cued else []
    own_ones = dice.sample(own.sentences, len(own.sentences))
    for template in officials:
        told.add(template)
    while told.room > 0:
        at_home = own_ones and dice.random() < _OWN_BEAT
        told.add_long(own_ones.pop() if at_home else _another(dice, everyday(), told), _another(dice, everyday(), told))
    dice.shuffle(told.sentences)
    return told.sentences


def _reform_body(setting: Setting, room: int, length: int) -> list[str]:
    """Claims with their introductions, between ordinary sentences about the place."""
    dice, told = setting.dice, _Told(setting, room)
    count = dice.randint(*_CLAIMS) - (length < _MEDIAN)
    for template in (*dice.sample(_reform().sentences, count), *dice.sample(_leadings(), dice.randint(*_LEADINGS))):
        told.add(template)
    while told.room > 0:
        told.add_long(_another(dice, _of_the_place(), told), _another(dice, everyday(), told))
    dice.shuffle(told.sentences)
    return told.sentences


def _another(dice: random.Random, beats: Sequence[Beat], told: _Told) -> Template:
    """A sentence of any of the beats, most often one without figures, if possible one not told yet."""
    drawn = [dice.choice(dice.choice(beats).sentences) for _ in range(_DRAWN)]
    return min(drawn, key=lambda template: (template.has_figures, template in told.used))


class _Told:
    """Sentences as they are told, what they were told by, and how many bytes of the article are left."""

    def __init__(self, setting: Setting, room: int) -> None:
        self.setting, self.room = setting, room
        self.sentences: list[str] = []
        self.used: set[Template] = set()

    def add(self, template: Template) -> None:
        self._put(self._tell(template))

    def add_long(self, template: Template, other: Template) -> None:
        """Two in one sentence: that is how long those of the press are."""
        first, second = self._tell(template), self._tell(other)
        begins_with_name = not second.partition(" ")[2][:1].islower()
        self._put(f"{first.rstrip('.')}; {second if begins_with_name else second[0].lower() + second[1:]}")

    def _tell(self, template: Template) -> str:
        self.used.add(template)
        return _GAPS.sub(" ", template.tell(self.setting))

    def _put(self, sentence: str) -> None:
        self.sentences.append(sentence)
        self.room -= len(sentence.encode()) + 1


def _paragraphs(dice: random.Random, sentences: Sequence[str]) -> Iterator[str]:
    """One to three sentences each."""
    at = 0
    while at < len(sentences):
        chance = dice.random()
        size = next(size for size, share in _PARAGRAPH if chance < share)
        yield " ".join(sentences[at : at + size])
        at += size


@cache
def everyday() -> tuple[Beat, ...]:
    """The beats of everyday news, none of which holds a cue."""
    return _beats("everyday.txt")


@cache
def _of_the_place() -> tuple[Beat, ...]:
    return tuple(beat for beat in everyday() if beat.name in _OF_THE_PLACE)


def _officials() -> Beat:
    return _beats("officials.txt")[0]


def _reform() -> Beat:
    return _beats("reform.txt")[0]


def _leadings() -> tuple[Template, ...]:
    return _beats("reform.txt")[1].sentences


@cache
def _beats(name: str) -> tuple[Beat, ...]:
    """The beats of a file: ``##`` a name, ``=`` a title, ``>`` a lead, ``-`` a sentence of the body."""
    found: list[Beat] = []
    for section in (SENTENCES / name).read_text("utf-8").split("## ")[1:]:
        beat, *lines = section.splitlines()
        parts = {
            mark: tuple(Template(line[2:].strip()) for line in lines if line.startswith(f"{mark} ")) for mark in "=>-"
        }
        found.append(Beat(beat, parts["="], parts[">"], parts["-"]))
    return tuple(found)
