"""Every text of the fact base made hostile, column by column, and every page looked at for what came through as markup."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import lxml.html
import pytest
from web_site import TOKEN, Site, serving

from tinhgon.store import FactBase

# What breaks out of text, of an attribute in either kind of quotes, of a script, a style, a comment and a textarea.
ATTACK = (
    "javascript:alert(1)//\"'></script></style></textarea></title>--><x-mark x-attr=1></x-mark><script>alert(1)</script>"
    "<img src=x onerror=alert(2)><svg/onload=alert(3)>\" x-attr=2 onmouseover=alert(4) ' x-attr=3 onfocus=alert(5) {{7*7}}"
)
# Keys that tie rows together, and codes that the program itself writes, of which each page knows the few there are.
KEYS = re.compile(r"(^|_)(id|key|hash|kind|of)$|^(migration_set|name_folded|hash)$")
CODES = set(
    "measure object level status modifier per verdict basis severity check_id rate_basis as_of_basis claim_kind roles "
    "resolutions blocks warnings corrected counts arguments type patterns cues".split()
)
DATES = re.compile(r"(^|_)(at|on|date|published|retrieved|as_of|since|baseline|from|to|effective|valid_from|valid_to)$")


def hostile(value: str) -> str:
    """A text with the attack behind it; of a list or an object in JSON, each of its texts."""
    if not value.startswith(("[", "{")):
        return value + ATTACK
    parsed = json.loads(value)
    return json.dumps(deep(parsed), ensure_ascii=False)


def deep(value: Any) -> Any:
    if isinstance(value, str):
        return value + ATTACK
    if isinstance(value, list):
        return [deep(one) for one in value]
    return {name: deep(one) for name, one in value.items()} if isinstance(value, dict) else value


def poisoned(db: Path) -> list[tuple[str, str]]:
    """Append the attack to every column of text; returns those where it stands now."""
    done = []
    with sqlite3.connect(db) as base:
        base.execute("PRAGMA foreign_keys = OFF")
        base.create_function("hostile", 1, hostile, deterministic=True)
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            if table.startswith(("_", "sqlite_", "documents_")):
                continue  # migrations, and the index of words, which is made of the texts
            for _, column, kind, *_ in base.execute(f"PRAGMA table_info([{table}])").fetchall():
                if kind != "TEXT" or KEYS.search(column) or column in CODES or DATES.search(column) or column == "text":
                    continue
                try:
                    told = f"UPDATE [{table}] SET [{column}] = hostile([{column}]) WHERE [{column}] IS NOT NULL"  # noqa: S608
                    base.execute(told)
                except sqlite3.IntegrityError:
                    continue  # the schema itself keeps it out
                done.append((table, column))
    base.close()
    return done


@pytest.fixture(scope="module")
def poisoned_site(
    tmp_path_factory: pytest.TempPathFactory, run_base: Path
) -> Iterator[tuple[Site, list[tuple[str, str]]]]:
    db = tmp_path_factory.mktemp("every") / "a'b\"&<x-mark x-attr=1>%0d%0a.db"
    db.write_bytes(run_base.read_bytes())
    with FactBase.open(db) as base:
        for row in base.rows("SELECT id FROM facts ORDER BY id LIMIT 3"):
            base.review(row["id"], "corrected", {"body": "cơ quan"}, reviewer="Lan", note="bài in nhầm")
    columns = poisoned(db)
    with serving(db, token=TOKEN) as site:
        yield site, columns


def addresses(site: Site) -> list[str]:
    with FactBase.open(site.db, readonly=True) as base:

        def some(sql: str) -> list[str]:
            return [str(row["value"]) for row in base.rows(f"SELECT {sql} LIMIT 8")]

        facts = [
            *some("fact_id AS value FROM reviews"),
            *some("id AS value FROM facts"),
            *some("fact_id AS value FROM findings"),
        ]
        documents = some("id AS value FROM documents ORDER BY path DESC")
        provinces, symbols = (
            some("DISTINCT province AS value FROM numbers WHERE province IS NOT NULL"),
            some("DISTINCT symbol AS value FROM citations"),
        )
        tables = [row["name"] for row in base.rows("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    found = [
        "/",
        "/en/",
        "/?layout=2025",
        "/compare?every=1",
        "/compare?measure=reduction&by=commune&every=1",
        "/place",
    ]
    found += ["/contradictions", "/pairing", "/pairing?roles=bi_thu_cap_uy%2Bchu_tich_ubnd", "/resolution", "/about"]
    found += [
        "/search?q=nghi+quyet",
        "/search?" + urlencode({"q": ATTACK}),
        "/facts",
        "/nowhere" + quote(ATTACK, safe=""),
    ]
    found += [f"/claim/{fact}" for fact in dict.fromkeys(facts)] + [
        f"/article?{urlencode({'id': one})}" for one in documents
    ]
    found += ["/place?" + urlencode({"province": one}) for one in provinces]
    found += ["/resolution?" + urlencode({"symbol": one}) for one in symbols]
    return (
        found
        + [f"/facts/{quote(table)}?_size=20" for table in tables]
        + ["/facts?" + urlencode({"sql": f"SELECT '{ATTACK.replace(chr(39), chr(34))}'"})]
    )


def broken_out(page: str) -> list[str]:
    """What stands on a page as markup that is none of ours."""
    tree = lxml.html.document_fromstring(page.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    found = []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        told = dict(element.attrib)
        wrong = [name for name in told if str(name).startswith(("x-attr", "on"))]
        wrong += [str(value) for name, value in told.items() if name in ("href", "src", "action", "formaction", "xlink:href")
                  and re.match(r"\s*(javascript|data|vbscript):", str(value), re.I)]  # fmt: skip
        if element.tag == "x-mark" or wrong:
            found.append(f"<{element.tag}> {wrong}")
        if element.tag == "script" and (element.text or "").strip().startswith("alert"):
            found.append("<script>")
    return found


def test_every_kind_of_text_is_poisoned(poisoned_site: tuple[Site, list[tuple[str, str]]]) -> None:
    _, columns = poisoned_site
    told = {f"{table}.{column}" for table, column in columns}
    needed = {
        "documents.title",
        "documents.source",
        "documents.author",
        "documents.path",
        "documents.url",
        "rejects.path",
    }
    needed |= {"holders.name", "facts.body", "reviews.note", "reviews.reviewer", "findings.message", "evidence.quote"}
    assert needed <= told, needed - told
    assert len(told) > 30


def test_no_text_of_the_base_becomes_markup(poisoned_site: tuple[Site, list[tuple[str, str]]]) -> None:
    site, _ = poisoned_site
    shown = 0
    with httpx.Client(base_url=site.url, timeout=60, follow_redirects=True) as client:
        form = client.get("/review/enter").text
        csrf = re.search(r'name="csrftoken" value="([^"]+)"', form)
        assert csrf is not None
        client.post("/review/enter", data={"token": TOKEN, "name": ATTACK[:100], "csrftoken": csrf[1]})
        for address in (*addresses(site), "/review", "/en/review", "/review/log"):
            answer = client.get(address)
            assert answer.status_code in (200, 400, 404), (address, answer.status_code)
            assert answer.headers["content-type"].startswith("text/html")
            assert broken_out(answer.text) == [], address
            shown += "x-mark" in answer.text
    assert shown > 40  # the attack itself stands there, as text


def test_what_breaks_out_is_seen() -> None:
    assert broken_out(f"<p>{ATTACK}</p>")
    assert broken_out(f'<p title="{ATTACK}">x</p>')
    assert broken_out(f"<a href='{ATTACK}'>x</a>")
    assert broken_out('<a href=" javascript:alert(1)">x</a>')
    assert broken_out('<p title="&quot; x-attr=1">x</p>') == []


@pytest.mark.parametrize("form", ["json", "csv"])
def test_data_is_sent_as_data(poisoned_site: tuple[Site, list[tuple[str, str]]], form: str) -> None:
    site, columns = poisoned_site
    kinds = {"json": "application/json", "csv": "text/plain"}  # so that a browser shows the one and the other as text
    for table in sorted({table for table, _ in columns}):
        answer = site.get(f"/facts/{table}.{form}?_size=10")
        assert answer.headers["content-type"].startswith(kinds[form]), table
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_file_has_a_plain_name_and_no_formulas(poisoned_site: tuple[Site, list[tuple[str, str]]]) -> None:
    site, _ = poisoned_site
    for asked in ("?every=1", "?measure=" + quote('x"\r\nSet-Cookie: a=b'), "?every=1&by=document"):
        for form in ("csv", "xlsx"):
            answer = site.get(f"/compare.{form}{asked}")
            assert answer.status_code == 200
            assert re.fullmatch(
                rf'attachment; filename="tinhgon-[a-z_]+\.{form}"', answer.headers["content-disposition"]
            )
            assert "set-cookie" not in answer.headers
            if form == "csv":
                cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
                assert not [cell for cell in cells if cell.startswith(("=", "@", "\t", "\r"))]


def test_nothing_of_it_is_run(poisoned_site: tuple[Site, list[tuple[str, str]]], new_page: Callable[..., Any]) -> None:
    site, _ = poisoned_site
    page = new_page(site)  # fails on any dialog, any error of a script, any request to elsewhere
    page.goto(f"/review/enter?token={TOKEN}")
    page.fill("#name", ATTACK[:90])
    page.click("main form button")
    every = addresses(site)
    for address in (*every[:14], *every[14:60:4], "/review", "/review/log", "/facts/documents", "/facts/reviews"):
        page.goto(address)
        assert page.locator("x-mark, [x-attr], [onerror], [onload], [onmouseover], [onfocus]").count() == 0, address
