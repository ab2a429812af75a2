"""The archives of ``scripts/bench_archive.py``: always the same, and what their kinds promise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tinhgon.detect.relevance import can_hold_claim
from tinhgon.extract import Extractor
from tinhgon.ingest import document_from_html, document_from_text
from tinhgon.records import Document

pytestmark = pytest.mark.usefixtures("scripts")


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("format", ["txt", "html", "jsonl"])
def test_one_seed_gives_the_same_bytes_and_another_one_other_bytes(tmp_path: Path, format: Any) -> None:
    from benchmark.archive import write_archive

    for name, seed in (("one", 18), ("again", 18), ("other", 19)):
        write_archive(tmp_path / name, 12, seed=seed, kind="mixed", format=format)
    assert bytes_below(tmp_path / "one") == bytes_below(tmp_path / "again") != bytes_below(tmp_path / "other")


def test_a_smaller_archive_begins_a_larger_one() -> None:
    from benchmark.articles import articles

    assert list(articles("mixed", 5, 18)) == list(articles("mixed", 9, 18))[:5]


def test_articles_are_as_long_as_those_of_the_press() -> None:
    from benchmark.articles import articles

    lengths = sorted(len(article.text.encode()) for article in articles("mixed", 400, 18))
    assert 1_900 < lengths[0] < 2_300
    assert 3_300 < lengths[200] < 4_000
    assert 7_000 < lengths[-1] < 8_500


def test_plain_articles_and_their_pages_hold_no_cue() -> None:
    from benchmark.articles import articles
    from benchmark.pages import page

    for article in articles("plain", 300, 18):
        assert not can_hold_claim(article.text), article.text
    for article in articles("plain", 20, 18):
        assert not can_hold_claim(page(article, "plain", 18))


def test_no_sentence_of_everyday_news_holds_a_cue() -> None:
    """All options of a gap at once: what is drawn seldom too."""
    from benchmark.world import SENTENCES

    for name in ("everyday.txt", "words.txt"):
        for line in (SENTENCES / name).read_text("utf-8").splitlines():
            assert not can_hold_claim(line), line


def test_a_mixed_archive_holds_the_shares_it_promises() -> None:
    from benchmark.articles import SHARE_CUED, SHARE_DENSE, articles

    cued = sum(can_hold_claim(article.text) for article in articles("mixed", 1500, 18)) / 1500
    assert cued == pytest.approx(SHARE_DENSE + (1 - SHARE_DENSE) * SHARE_CUED, abs=0.03)


def test_dense_articles_give_facts_and_their_pages_the_same_ones() -> None:
    from benchmark.articles import articles
    from benchmark.pages import page

    extractor = Extractor.load()
    for article in articles("dense", 25, 18):
        text = document_from_text(article.text, id=article.id, path="")
        web = document_from_html(page(article, "dense", 18), id=article.id, path="")
        assert isinstance(text, Document)
        assert isinstance(web, Document)
        assert (text.title, text.published) == (web.title, web.published) == (article.title, article.published[:10])
        facts, others = extractor.claims(text).facts, extractor.claims(web).facts
        assert facts
        assert [(fact.measure, fact.value, fact.area) for fact in facts] == [
            (fact.measure, fact.value, fact.area) for fact in others
        ]


def test_rows_hold_title_date_address_and_text(tmp_path: Path) -> None:
    from benchmark.archive import write_archive

    write_archive(tmp_path, 3, seed=18, kind="plain", format="jsonl")
    rows = [json.loads(line) for line in (tmp_path / "articles.jsonl").read_text("utf-8").splitlines()]
    assert [set(row) for row in rows] == [{"title", "date", "url", "text"}] * 3
