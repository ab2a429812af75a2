"""Patterns as data: loads, validates and compiles ``patterns/*.yaml`` and matches them in one pass.

Every entry names the literals it can start with; one Aho-Corasick scan finds those, and only there the expression is
tried. So the cost of a text grows with what it speaks of, not with the number of patterns.
"""

from __future__ import annotations

import codecs
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import ahocorasick_rs
import regex
import yaml

from tinhgon.records import Mention
from tinhgon.resources import patterns_dir, read_yaml
from tinhgon.vietnamese import match_form

FILE_KEYS = {"kind", "about", "macros", "entries"}
ENTRY_KEYS = {"id", "label", "starts", "match", "data", "upper", "capital", "examples", "counterexamples"}
REQUIRED_KEYS = {"id", "label", "starts", "examples"}
_LISTS = ("starts", "examples", "counterexamples")  # of texts
_LONGEST = 100_000  # letters of an expression with its macros written out: macros of macros can swell without end
# Seconds one expression may take at one place: a second wall behind the linear form of the expressions themselves.
# Minding the clock takes ten times as long as most matches do, so that it is left out for the shipped patterns in texts
# where nothing can grow; a user's own are always timed.
TIMEOUT = 0.5
_UNTIMED = 20_000


class PatternError(ValueError):
    """A pattern file that cannot be used: names the file, the entry and what to mend."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry: an expression over the matching form of the text, tried where one of its literals stands."""

    id: str
    kind: str
    label: str
    starts: tuple[str, ...]
    expression: regex.Pattern[str]
    data: Mapping[str, Any]
    upper: bool  # the text must be in capitals there: "BT", "TDP"
    capital: bool  # the text must begin with a capital there
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    shipped: bool = False


def expand(expression: str, macros: Mapping[str, str]) -> str:
    """The expression with ``{name}`` replaced by the macro of that name, nested ones too."""
    for _ in range(10):
        replaced = regex.sub(r"\{([a-z_]+)\}", lambda m: f"(?:{macros[m[1]]})" if m[1] in macros else m[0], expression)
        if replaced == expression:
            return replaced
        if len(replaced) > _LONGEST:
            raise PatternError(f"with its macros the expression has more than {_LONGEST:,} letters")
        expression = replaced
    raise PatternError(f"macros refer to each other in a circle: {expression}")


def compile_entry(raw: Mapping[str, Any], kind: str, macros: Mapping[str, str], where: str) -> Pattern:
    """Check one entry's keys and types and compile it; raises PatternError."""
    unknown, missing = set(map(str, raw)) - ENTRY_KEYS, REQUIRED_KEYS - set(raw)
    if unknown or missing:
        raise PatternError(f"{where}: unknown keys {sorted(unknown)}, missing keys {sorted(missing)}")
    _check_shape(raw, where)
    starts = tuple(match_form(s) for s in raw["starts"])
    if not starts or any(not s.strip() for s in starts):
        raise PatternError(f"{where}: 'starts' needs at least one literal")
    source = raw.get("match") or "|".join(regex.escape(s) for s in sorted(starts, key=len, reverse=True))
    plain = regex.sub(r"\\p\{\w+\}|\\.|\(\?P", "", source)
    if plain != match_form(plain):
        raise PatternError(f"{where}: write the expression in lower case, with tone marks as in {match_form(plain)!r}")
    try:
        expression = regex.compile(rf"(?:{expand(source, macros)})(?!\w)", regex.VERSION1)
    except regex.error as error:
        raise PatternError(f"{where}: the expression does not compile: {error}") from error
    return Pattern(
        id=str(raw["id"]),
        kind=kind,
        label=str(raw["label"]),
        starts=starts,
        expression=expression,
        data=dict(raw.get("data") or {}),
        upper=bool(raw.get("upper")),
        capital=bool(raw.get("capital")),
        examples=tuple(raw.get("examples") or ()),
        counterexamples=tuple(raw.get("counterexamples") or ()),
    )


def _check_shape(raw: Mapping[str, Any], where: str) -> None:
    """Raises PatternError where an entry holds a text for a list, a number for a text and the like."""
    for key in _LISTS:
        told = raw.get(key) or []
        if not isinstance(told, list) or not all(isinstance(text, str) for text in told):
            raise PatternError(f"{where}: {key!r} needs a list of texts; put those that look like numbers in quotes")
    if not isinstance(raw.get("match") or "", str):
        raise PatternError(f"{where}: 'match' needs an expression; put it in quotes")
    if not isinstance(raw.get("data") or {}, dict):
        raise PatternError(f"{where}: 'data' needs names with values")


def read_file(path: Path) -> list[Pattern]:
    """The patterns of one YAML file; raises PatternError naming file and entry."""
    try:
        raw = read_yaml(path)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PatternError(f"{path.name}: cannot be read as YAML: {error}") from error
    if not isinstance(raw, dict) or set(raw) - FILE_KEYS or "kind" not in raw:
        raise PatternError(f"{path.name}: the keys of a pattern file are {sorted(FILE_KEYS)}")
    told, entries = raw.get("macros") or {}, raw.get("entries") or []
    if not isinstance(told, dict) or not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise PatternError(f"{path.name}: 'macros' needs names with expressions, 'entries' a list of entries")
    if not all(isinstance(text, str) for text in (raw["kind"], *told, *told.values())):
        raise PatternError(f"{path.name}: the kind, and each macro and its name, need to be texts; put them in quotes")
    macros: dict[str, str] = told
    return [
        compile_entry(entry, raw["kind"], macros, f"{path.name}: entry {n} ({entry.get('id', 'without id')})")
        for n, entry in enumerate(entries, 1)
    ]


def pattern_files(folder: Path) -> list[Path]:
    """The files that hold patterns: those at the top of the folder that have a ``kind``; the rest is other data."""
    return [p for p in sorted(folder.glob("*.yaml")) if _without_mark(p.read_bytes()).lstrip().startswith(b"kind:")]


def _without_mark(raw: bytes) -> bytes:
    """Bytes without the mark that some editors put before UTF-8."""
    return raw.removeprefix(codecs.BOM_UTF8)


class PatternSet:
    """All patterns, compiled, with one automaton over their starting literals."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        seen: set[str] = set()
        for pattern in patterns:
            if pattern.id in seen:
                raise PatternError(f"two patterns have the id {pattern.id}")
            seen.add(pattern.id)
        self.patterns = tuple(patterns)
        by_start: dict[str, list[Pattern]] = defaultdict(list)
        for pattern in patterns:
            for start in pattern.starts:
                by_start[start].append(pattern)
        self._literals = sorted(by_start)
        self._by_literal = [tuple(by_start[literal]) for literal in self._literals]
        self._automaton = ahocorasick_rs.AhoCorasick(self._literals)

    @classmethod
    def load(cls, extra: Path | None = None) -> PatternSet:
        """The shipped patterns and, where given, the user's own folder after them."""
        folders = [patterns_dir()] + ([extra] if extra else [])
        shipped = folders[0]
        return cls(
            [
                replace(pattern, shipped=folder == shipped)
                for folder in folders
                for file in pattern_files(folder)
                for pattern in read_file(file)
            ]
        )

    def matches(self, text: str, low: str) -> Iterator[Mention]:
        """Every match of every pattern, in order of position; ``low`` is ``match_form(text)``.

        >>> patterns = PatternSet.load()
        >>> text = "Bí thư Đảng ủy kiêm Chủ tịch UBND xã"
        >>> [m.label for m in patterns.matches(text, match_form(text)) if m.kind == "roles"][:1]
        ['bi_thu_cap_uy']
        """
        long = len(low) > _UNTIMED
        for index, start, _ in self._automaton.find_matches_as_indexes(low, overlapping=True):
            if start and (low[start - 1].isalnum() or low[start - 1] == "_"):
                continue
            for pattern in self._by_literal[index]:
                expression = pattern.expression
                timed = long or not pattern.shipped
                found = expression.match(low, start, timeout=TIMEOUT) if timed else expression.match(low, start)
                if found and found.end() > start:
                    piece = text[start : found.end()]
                    if (pattern.upper and piece != piece.upper()) or (pattern.capital and not piece[0].isupper()):
                        continue
                    data = pattern.data
                    if expression.groupindex:
                        data = {
                            **data,
                            **{name: value for name, value in found.groupdict().items() if value is not None},
                        }
                    yield Mention(start, found.end(), piece, pattern.kind, pattern.label, pattern.id, data)

    def scan(self, text: str, low: str) -> dict[str, list[Mention]]:
        """Per kind the longest matches that do not overlap, leftmost first."""
        by_kind: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.matches(text, low):
            by_kind[mention.kind].append(mention)
        return {kind: longest(mentions) for kind, mentions in by_kind.items()}

    def versions(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Of each pattern the fingerprint of what it says, and the words at which alone it is tried."""
        return {p.id: (hashlib.sha256(_said(p).encode()).hexdigest()[:16], p.starts) for p in self.patterns}

    def digest(self) -> str:
        """A hash over all that the patterns say, for the record of a run."""
        return hashlib.sha256("\n".join(map(_said, self.patterns)).encode()).hexdigest()


def _said(pattern: Pattern) -> str:
    """All that decides what a pattern finds."""
    told = (pattern.id, pattern.kind, pattern.label, pattern.starts, pattern.expression.pattern, pattern.upper)
    return f"{told}\t{pattern.capital}\t{sorted(pattern.data.items())}"


def longest(mentions: Iterable[Mention]) -> list[Mention]:
    """The longest of overlapping mentions, in text order; one marked ``fallback`` only where no other begins there."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, bool(m.data.get("fallback")), m.start - m.end)):
        if kept and mention.start < kept[-1].end:
            if mention.end - mention.start > kept[-1].end - kept[-1].start and not mention.data.get("fallback"):
                kept[-1] = mention
            continue
        kept.append(mention)
    return kept


def marked(example: str) -> tuple[str, str]:
    """An example's text and the piece that must match: all of it, or what stands between « and ».

    >>> marked("«huyện» đã tinh giản")
    ('huyện đã tinh giản', 'huyện')
    """
    inside = regex.search("«(.*?)»", example)
    return example.replace("«", "").replace("»", ""), inside[1] if inside else example


def faults(patterns: Sequence[Pattern]) -> list[str]:
    """What is wrong with the examples: each must match whole, no counterexample may keep the match among all patterns."""
    found: list[str] = []
    together = PatternSet(patterns)
    for pattern in patterns:
        single = PatternSet([pattern])
        for example in pattern.examples:
            text, wanted = marked(example)
            texts = [m.text for m in single.matches(text, match_form(text))]
            if wanted not in texts:
                found.append(f"{pattern.id}: the example {example!r} does not come out whole, but as {texts}")
        for example in pattern.counterexamples:
            kept = together.scan(example, match_form(example)).get(pattern.kind, [])
            if texts := [m.text for m in kept if m.pattern == pattern.id]:
                found.append(f"{pattern.id}: the counterexample {example!r} yields {texts}")
    return found


def check(folder: Path | None = None) -> list[str]:
    """Everything wrong with a folder of patterns (the shipped one by default), one line each; empty = all well."""
    try:
        patterns = [p for file in pattern_files(folder or patterns_dir()) for p in read_file(file)]
        PatternSet(patterns)
    except PatternError as error:
        return [str(error)]
    return faults(patterns)
