"""The targets of ``make fuzz`` in short: any bytes, and sound files of every format with pieces of them replaced."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostile.seeds import damaged, files
from hostile.targets import TARGETS

QUICK = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
INSTEAD = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(
        [b"", b"\xff\xff\xff\xff", b"\0" * 8, b"99999999999", b"<", b"]]>", b'"', b"\r", b"../../x", b"&a;"]
    ),
    st.sampled_from(["́", "\u202e", "½", "Nghị quyết số 18-NQ/TW", "10/21 xã", "{", "["]).map(str.encode),
)
CUTS = st.lists(st.tuples(st.integers(0, 60_000), st.integers(0, 40), INSTEAD), min_size=1, max_size=6)


@cache
def sound() -> list[bytes]:
    return files()


@cache
def some_texts() -> list[bytes]:
    corpus = Path(__file__).parents[2] / "corpus" / "texts"
    return [path.read_bytes()[:4_000] for path in sorted(corpus.iterdir())[:12]]


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
@QUICK
@given(data=st.binary(max_size=400))
def test_any_bytes(name: str, data: bytes) -> None:
    TARGETS[name](data)


@pytest.mark.slow
@QUICK
@given(number=st.integers(0, 1000), cuts=CUTS)
def test_damaged_files_of_every_format(number: int, cuts: list[tuple[int, int, bytes]]) -> None:
    TARGETS["file"](damaged(sound()[number % len(sound())], cuts))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["normalise", "text", "page", "numbers", "extraction", "store"])
@QUICK
@given(number=st.integers(0, 1000), cuts=CUTS)
def test_damaged_articles(name: str, number: int, cuts: list[tuple[int, int, bytes]]) -> None:
    texts = some_texts()
    TARGETS[name](damaged(texts[number % len(texts)], cuts))
