"""What docs/fact-base.md says can be asked of exported Parquet can be asked."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from publish_building import full_claims, load

from tinhgon.publish import write_parquet
from tinhgon.records import Area, Claims
from tinhgon.store import FactBase

duckdb = pytest.importorskip("duckdb")
PAGE = Path(__file__).parents[2] / "docs" / "fact-base.md"


def of_a_province(document: str, published: str, value: float) -> Claims:
    """An article with one number of a province's posts."""
    claims = full_claims(document, published=published)
    fact = replace(
        claims.facts[0], measure="concurrent_posts", object="commune", roles=("bi_thu_cap_uy", "chu_tich_ubnd"),
        value=value, total=127, area=Area("Bến Tre"), status="achieved", as_of=None, part_of=None,
    )  # fmt: skip
    return replace(claims, facts=(fact,))


def test_the_documented_question_gives_the_last_word_of_each_province(empty: FactBase, tmp_path: Path) -> None:
    load(empty, of_a_province("bai-1", "2020-05-20", 98), of_a_province("bai-2", "2019-01-03", 61))
    write_parquet(empty, tmp_path / "facts.parquet")
    (question,) = re.findall(r"```sql\n(SELECT.*?'facts\.parquet'.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    (row,) = duckdb.sql(question.replace("facts.parquet", str(tmp_path / "facts.parquet"))).fetchall()
    assert row[:5] == ("Bến Tre", 98.0, 127.0, "2020-05-20", 2)
