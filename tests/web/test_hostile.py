"""Articles that attack their reader: in every field, in a browser that would run what is not escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from web_site import Site, serving

from tinhgon.cli import tinhgon
from tinhgon.records import Area, Block, Claims, Document, Fact, Provenance, Span
from tinhgon.store import FactBase

RUN_ME = (
    "<script>alert(1)</script><img src=x onerror=alert(2)><svg/onload=alert(3)>\"'><a href='javascript:alert(4)'>x</a>"
)
TURNED = "\u202egnort iàl yâđ\u202c\u2066\u200f"
FACT = "Đến ngày 31/5/2021, tỉnh Hậu Giang có 38/75 xã, phường, thị trấn bí thư đảng ủy kiêm chủ tịch UBND"
MEGABYTES = 5
IN_SQL = ("' OR '1'='1\";--\\%\x00", "{{7*7}}{% raw %}](javascript:alert(1))")


def articles() -> list[dict[str, str]]:
    return [
        {"id": f"a{RUN_ME}", "title": f"Tin {RUN_ME}", "date": "2021-06-15", "source": RUN_ME, "author": RUN_ME,
         "url": "javascript:alert(document.cookie)", "text": f"{FACT} {RUN_ME}.\n\nNghị quyết số 18-NQ/TW {RUN_ME}"},
        {"id": "b", "title": f"Tin {TURNED}", "date": "2021-06-16", "source": TURNED, "author": TURNED, "url": "data:text/html,x",
         "text": f"{FACT.replace('38', '39')} {TURNED}."},
    ]  # fmt: skip


def endless() -> Claims:
    """An article of one paragraph, too long for any page."""
    text = FACT.replace("38", "40") + ". " + "xã " * (MEGABYTES * 1_000_000 // 4)
    start = text.index("40/75")
    proof = Provenance((Span(start, start + 5, "40/75"),), Span(0, len(FACT), text[: len(FACT)]))
    fact = Fact("concurrent_posts", "commune", proof, value=40, total=75, area=Area("Hậu Giang"), as_of="2021-05-31")
    return Claims(Document("c", text, (Block(0, len(text), "paragraph"),), "Đoạn văn rất dài"), facts=(fact,))


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("hostile")
    lines = [json.dumps(article, ensure_ascii=False) for article in articles()]
    (folder / "archive.jsonl").write_text("\n".join(lines), encoding="utf-8")
    db = folder / "facts.db"
    done = CliRunner().invoke(tinhgon, ["run", str(folder / "archive.jsonl"), "--db", str(db), "--quiet"])
    assert done.exit_code == 0, done.output
    with FactBase.open(db) as base:
        # A run rejects so long a text; another program may have put it there all the same.
        base.add([endless()], run=1, patterns_hash="", version="0")
    CliRunner().invoke(tinhgon, ["check", str(db)])
    with serving(db) as site:
        yield site


def addresses(site: Site) -> list[str]:
    with FactBase.open(site.db, readonly=True) as base:
        facts = [row["id"] for row in base.rows("SELECT id FROM facts")]
        documents = [row["id"] for row in base.rows("SELECT id FROM documents")]
    fixed = ["/", "/compare?every=1", "/contradictions", "/place?province=Hậu+Giang", "/resolution?symbol=18-NQ/TW",
        "/pairing?roles=bi_thu_cap_uy%2Bchu_tich_ubnd", "/search?q=tin"]  # fmt: skip
    return [*fixed, *(f"/claim/{fact}" for fact in facts), *(f"/article?id={quote(one, safe='')}" for one in documents)]


def test_nothing_of_an_article_is_run(hostile_site: Site, new_page: Callable[..., Any]) -> None:
    page = new_page(hostile_site)  # fails on any dialog, any error of a script, any request to elsewhere
    for address in addresses(hostile_site):
        page.goto(address)
        assert page.locator("main script, main img, main iframe, main [onerror], main [onload]").count() == 0
        hrefs = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert all(href.startswith(("/", "#")) for href in hrefs), address


def test_the_attack_itself_is_shown_as_text(hostile_site: Site, new_page: Callable[..., Any]) -> None:
    page = new_page(hostile_site)
    page.goto("/claim/" + hostile_site.fact("value = 38"))
    assert "<script>alert(1)</script>" in page.inner_text("main")


def test_nothing_turns_the_direction_of_writing(hostile_site: Site) -> None:
    for address in (*addresses(hostile_site), "/facts/documents", "/facts/numbers"):
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", hostile_site.get(address).text), address


def test_a_paragraph_of_five_megabytes_is_shown_in_parts(hostile_site: Site) -> None:
    first = hostile_site.get("/article?id=c")
    assert first.status_code == 200
    assert len(first.text) < 200_000
    pages = int(re.search(r"Phần 1/(\d+)", first.text)[1])  # type: ignore[index]
    last = hostile_site.get(f"/article?id=c&page={pages}")
    assert pages > 100
    assert f"Phần {pages}/{pages}" in last.text


PARAMETERS = (
    "q measure roles level object status since until resolution place min_confidence places totals coverage by sort order "
    "page province district commune symbol id claim check layout"
).split()


@pytest.mark.parametrize(
    "page",
    ["/", "/search", "/compare", "/compare.csv", "/place", "/resolution", "/pairing", "/article", "/contradictions"],
)
def test_no_value_of_an_address_reaches_the_sql_or_the_page(hostile_site: Site, page: str) -> None:
    for parameter in PARAMETERS:
        for value in (*IN_SQL, RUN_ME):
            answer = hostile_site.get(page, params={parameter: value})
            assert answer.status_code in (200, 400, 404), (parameter, value, answer.status_code)
            assert "<script>alert" not in answer.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=60), page=st.sampled_from(["search?q", "place?province", "compare?place", "article?id"]))
def test_any_text_may_be_asked_for(hostile_site: Site, query: str, page: str) -> None:
    path, _, name = page.partition("?")
    asked = query.encode("utf-8", "replace").decode()
    assert hostile_site.get(f"/{path}", params={name: asked}).status_code in (200, 400, 404)


def test_a_reader_may_ask_with_bytes_that_are_no_text(hostile_site: Site) -> None:
    for address in (
        "/search?q=%ff%fe",
        "/place?province=%c3%28",
        "/claim/%00",
        "/?layout=%",
        "/compare?" + "a=1&" * 60,
    ):
        assert hostile_site.get(address).status_code < 500
