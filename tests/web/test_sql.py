"""Every parameter of every page, found in the sources that read it, against values that mean something to SQL.

``TINHGON_THOROUGH=1`` tries every value in every parameter of every page; otherwise some are drawn, always the same.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import datasette
import httpx
import pytest
from datasette.filters import Filters
from web_site import Site, serving

from tinhgon import web
from tinhgon.store import FactBase
from tinhgon.web.canned import QUERIES

VALUES = (
    *("'", '"', "`", "[", "]", "\\", "%", "~2F", "*", "NEAR(", '"open', "\0", "\0'", "\r\nX: y", "é" * 100, "a" * 3000),
    *(
        "-1",
        "1e999",
        "9" * 30,
        "-9223372036854775809",
        "NaN",
        "null",
        "[]",
        "{}",
        "[1",
        '{"a":',
        "$[",
        "$" + ".a" * 400,
    ),
    *(
        "' OR '1'='1",
        "'; DROP TABLE facts;--",
        "1; DELETE FROM facts",
        "1 UNION SELECT text FROM documents",
        "[" * 2000,
    ),
    *("') ; ATTACH 'x.db' AS y; --", "load_extension('x')", "1 AND (SELECT writefile('x', 'y'))", "../../etc/passwd"),
)
WRITES = (
    *("DELETE FROM facts", "DROP TABLE facts", "UPDATE facts SET value = 1", "INSERT INTO runs DEFAULT VALUES"),
    *("WITH a AS (SELECT 1) DELETE FROM facts", "REPLACE INTO runs (id) VALUES (1)", "CREATE TEMP TABLE t (a)"),
    *("ATTACH 'x.db' AS x", "VACUUM INTO 'x.db'", "PRAGMA query_only = 0", "PRAGMA journal_mode = DELETE", "REINDEX"),
    *("SELECT load_extension('x')", "SELECT writefile('x', 'y')", "SELECT readfile('/etc/passwd')", "SELECT edit('x')"),
    *(
        "SELECT 1; DELETE FROM facts",
        "/* */ DELETE FROM facts",
        "-- a\nDELETE FROM facts",
        "explain\tdelete from facts;",
    ),
    *("SELECT fts3_tokenizer('simple')", "INSERT INTO documents_exact(documents_exact) VALUES ('rebuild')"),
)
THOROUGH = bool(os.environ.get("TINHGON_THOROUGH"))
MOST_SECONDS = 20  # for any one answer; a question of SQL has one second, a page five


def fingerprint(db: Path) -> dict[str, str]:
    """Every file of the folder of a fact base, and what is in it."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in db.parent.iterdir()
        if path.suffix != ".db-shm"
    }


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory, run_base: Path) -> Iterator[Site]:
    """A desk in a folder of its own, whose files are the same in the end."""
    db = tmp_path_factory.mktemp("sql") / "facts.db"
    db.write_bytes(run_base.read_bytes())
    before = fingerprint(db)
    with serving(db) as found:
        yield found
    after = fingerprint(db)
    assert {name: told for name, told in after.items() if name in before} == before
    assert {Path(name).suffix for name in after.keys() - before.keys()} <= {".db-wal"}


def parameters_of_the_desk() -> set[str]:
    sources = [path.read_text("utf-8") for path in Path(web.__file__).parent.rglob("*.py")]
    asked = {name for source in sources for name in re.findall(r'\.(?:first|every|number|choice)\("(\w+)"', source)}
    return asked | {"object", "level", "status", "since", "until", "resolution"}  # read in a loop, see asked.py


def parameters_of_datasette() -> set[str]:
    folder = Path(datasette.__file__).parent
    named = ("views/*.py", "filters.py", "facets.py", "renderer.py", "blob_renderer.py")
    sources = [path.read_text("utf-8") for pattern in named for path in folder.glob(pattern)]
    return {name for source in sources for name in re.findall(r"""["'](_[a-z_]+)["']""", source)} | {"sql"}


def tables(db: Path) -> list[str]:
    with FactBase.open(db, readonly=True) as base:
        return [row["name"] for row in base.rows("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]


def asked_of_the_desk() -> list[tuple[str, str]]:
    pages = ("/", "/search", "/compare", "/compare.csv", "/compare.xlsx", "/article", "/place", "/resolution", "/pairing", "/contradictions", "/about")  # fmt: skip
    return [(page, name) for page in pages for name in sorted(parameters_of_the_desk())]


def asked_of_datasette() -> list[tuple[str, str]]:
    names = sorted(parameters_of_datasette())
    filters = [f"value__{one.key}" for one in Filters._filters]
    tried = [(f"/facts/{table}{form}", name) for table in ("facts", "numbers", "documents") for form in (".json", "", ".csv") for name in names]  # fmt: skip
    tried += [("/facts/facts.json", name) for name in (*filters, *VALUES, "_search_title", "_search_'", "x__gt")]
    tried += [(f"/facts{form}", name) for form in (".json", "", ".csv") for name in names]
    tried += [(f"/facts/{query}{form}", name) for query, one in QUERIES.items() for form in (".json", "", ".csv") for name in (*re.findall(r":(\w+)", one["sql"]), "_shape", "sql")]  # fmt: skip
    return tried


def test_the_parameters_are_found() -> None:
    assert {
        "measure",
        "by",
        "province",
        "symbol",
        "claim",
        "check",
        "layout",
        "sort",
        "q",
        "id",
    } <= parameters_of_the_desk()
    assert {
        "_where",
        "_sort",
        "_search",
        "_facet",
        "_next",
        "_shape",
        "_through",
        "_size",
        "_nl",
    } <= parameters_of_datasette()
    assert len(Filters._filters) > 15


@pytest.mark.filterwarnings("ignore:coroutine")  # which Datasette leaves behind where it stops at the first mistake
@pytest.mark.timeout(3600 if THOROUGH else 120)
@pytest.mark.parametrize("asked", [asked_of_the_desk(), asked_of_datasette()], ids=["the desk", "datasette"])
def test_no_value_of_any_parameter_breaks_out(
    target: Site, capfd: pytest.CaptureFixture[str], asked: list[tuple[str, str]]
) -> None:
    dice = random.Random(18)
    with httpx.Client(base_url=target.url, timeout=60) as client:
        for path, name in asked:
            for value in VALUES if THOROUGH else dice.sample(VALUES, 1):
                sent = {name: value} if name not in ("_next",) else {name: value, "_sort": "id"}
                began = time.monotonic()
                answer = client.get(path, params={"sql": "SELECT 1", **sent} if path.startswith("/facts.") else sent)
                assert answer.status_code in (200, 302, 400, 404), (path, sent, answer.status_code)
                assert time.monotonic() - began < MOST_SECONDS, (path, sent)
                assert not re.search(r"Traceback|sqlite3\.|File \"/", answer.text), (path, sent)
                assert str(target.db.parent) not in answer.text, (path, sent)
                assert "content-security-policy" in answer.headers
    assert "ERROR" not in capfd.readouterr().err  # what a stranger writes is not for the owner's screen


@pytest.mark.parametrize("form", [".json", "", ".csv"])
def test_every_table_and_view_is_shown_whole_and_in_every_order(target: Site, form: str) -> None:
    with httpx.Client(base_url=target.url, timeout=60) as client:
        for table in tables(target.db):
            for asked in ("", "?_size=max", "?_labels=on", "?_facet=rowid", "?_sort_desc=id"):
                assert client.get(f"/facts/{table}{form}{asked}").status_code in (200, 400), (table, asked)
            assert client.get(f"/facts/{table}{form}").status_code == 200


@pytest.mark.parametrize("sql", WRITES)
def test_nothing_is_written_loaded_or_opened(target: Site, sql: str) -> None:
    before = fingerprint(target.db)
    for address in ("/facts.json", "/facts", "/facts.csv"):
        answer = target.get(address, params={"sql": sql})
        refused = answer.status_code == 400 or (address == "/facts.csv" and not answer.text.strip())
        assert refused or sql.lower().startswith("explain"), (address, answer.text[:200])
    assert target.get("/facts/facts.json", params={"_where": f"1 = ({sql})"}).status_code == 400
    assert fingerprint(target.db) == before


LARGE = {
    "long values": "SELECT printf('%.*c', 90000, 'a') FROM facts LIMIT 200",
    "many cells": f"SELECT {','.join('1' * 900)} FROM facts",  # noqa: S608 - a test's own
    "a long row": f"SELECT {','.join('a' * 200)} FROM (SELECT printf('%.*c', 90000, 'a') AS a)",  # noqa: S608
    "bytes": "SELECT zeroblob(90000) FROM facts LIMIT 200",
}


@pytest.mark.parametrize("sql", LARGE.values(), ids=LARGE.keys())
@pytest.mark.parametrize("form", [".json", "", ".csv"])
def test_an_answer_too_large_to_be_written_down_is_not_begun(target: Site, sql: str, form: str) -> None:
    answer = target.get(f"/facts{form}", params={"sql": sql})
    assert answer.status_code == 400
    assert ("too large" if form == ".json" else "Kết quả quá lớn") in answer.text


def test_two_questions_in_a_row_are_measured_apart(target: Site) -> None:
    for _ in range(12):  # each a fifth of what one may have, in the same three threads
        sql = "SELECT printf('%.*c', 90000, 'a') FROM facts LIMIT 22"
        assert target.get("/facts.json", params={"sql": sql}).status_code == 200


def test_a_question_that_took_too_long_is_told_in_words(target: Site) -> None:
    endless = {"sql": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"}
    assert target.get("/facts.json", params=endless).json()["error"] == "The SQL took too long and was stopped."
    assert "Câu SQL chạy quá lâu nên đã bị dừng." in target.get("/facts", params=endless).text
    assert target.get("/facts.csv", params=endless).status_code == 400


def test_an_address_does_not_ask_for_hundreds_of_things(target: Site) -> None:
    assert target.get("/facts/facts.json?" + "&".join(["_facet=province"] * 101)).status_code == 400
    assert target.get("/facts/facts.json?" + "&".join(["_facet=province"] * 20)).status_code == 200


def test_a_question_that_is_not_read_to_its_end_does_not_hold_the_base(open_site: Site) -> None:
    """Rows are counted as they come; a cursor kept for it would keep an old state of the base, and its log growing."""
    fact = open_site.fact("value = 38 AND total = 75")
    for number in range(8):
        with FactBase.open(open_site.db) as base:
            base.review(fact, "right", reviewer=f"Lan {number}")
        assert open_site.get("/facts.json?sql=SELECT+*+FROM+evidence,+facts").json()["truncated"]
    with sqlite3.connect(open_site.db, timeout=0) as other:
        (busy, *_) = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    other.close()
    assert busy == 0
