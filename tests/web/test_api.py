"""The JSON of the desk against what docs/openapi.yaml promises of it, asked by schemathesis.

``TINHGON_THOROUGH=1`` asks hundreds of things of each address instead of some.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from web_site import Site

from tinhgon.records import Block, Claims, Document
from tinhgon.store import FactBase

CHECKOUT = Path(__file__).parents[2]
PROMISED = CHECKOUT / "docs" / "openapi.yaml"
THOROUGH = bool(os.environ.get("TINHGON_THOROUGH"))
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
)


def promised() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(PROMISED.read_text("utf-8"))
    return document


api = schemathesis.openapi.from_path(PROMISED)


@pytest.mark.timeout(3600 if THOROUGH else 120)
@api.parametrize()
@settings(
    max_examples=300 if THOROUGH else 8,
    deadline=None,
    derandomize=not THOROUGH,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_desk_keeps_what_is_promised_of_it(case: schemathesis.Case, site: Site) -> None:
    case.call_and_validate(base_url=site.url, checks=list(CHECKS), timeout=60)


def test_the_promise_is_made_from_the_schema() -> None:
    spec = importlib.util.spec_from_file_location("build_docs", CHECKOUT / "scripts" / "build_docs.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert PROMISED.read_text("utf-8") == script.openapi_page(), "run `make docs`"


def test_every_table_view_and_ready_question_is_promised(site: Site) -> None:
    told = site.get("/facts.json").json()
    shown = [table["name"] for table in told["tables"] if not table["hidden"] and not table["name"].startswith("_")]
    names = [*shown, *(one["name"] for one in (*told["views"], *told["queries"]))]
    assert {f"/facts/{name}.json" for name in names} - promised()["paths"].keys() == set()


@pytest.mark.parametrize("table", ["facts", "numbers", "documents", "holders", "places"])
def test_every_column_that_comes_is_promised_and_the_other_way_round(site: Site, table: str) -> None:
    (first, *_) = site.get(f"/facts/{table}.json?_shape=array&_size=1").json()
    assert list(first) == list(promised()["components"]["schemas"][table]["properties"])


def test_one_row_is_found_under_its_key(site: Site) -> None:
    with FactBase.open(site.db, readonly=True) as base:
        (fact, *_) = base.rows("SELECT id, value FROM facts ORDER BY id LIMIT 1")
    (row,) = site.get(f"/facts/facts/{fact['id']}.json?_shape=objects").json()["rows"]
    assert (row["id"], row["value"]) == (fact["id"], fact["value"])


@pytest.mark.parametrize(
    "path",
    [
        "facts.json?sql=select+1&",
        "facts/numbers_of_province.json?province=&",
        "facts/facts.json?",
        "facts/numbers.json?",
    ],
)
@pytest.mark.parametrize("shape", ["null", "object", "Objects"])
def test_a_shape_there_is_not_is_an_error(site: Site, path: str, shape: str) -> None:
    answer = site.get(f"/{path}_shape={shape}")
    if path.startswith("facts/facts") and shape == "object":
        assert answer.status_code == 200
    else:
        assert (answer.status_code, answer.json()["ok"]) == (400, False)


@pytest.mark.parametrize("written", ["%C3%A2%2Fb", "~C3~A2~2Fb", "%c3%a2~2fb"])
def test_a_key_may_be_written_as_in_any_address(open_site: Site, written: str) -> None:
    with FactBase.open(open_site.db) as base:
        base.add(
            [Claims(Document("â/b", "Văn bản", (Block(0, 7, "paragraph"),)))], run=1, patterns_hash="", version="0"
        )
    answer = open_site.get(f"/facts/documents/{written}.json?_shape=objects")
    assert answer.status_code == 200
    assert answer.json()["rows"][0]["id"] == "â/b"


def test_pages_follow_one_another_to_the_end(site: Site) -> None:
    seen: list[str] = []
    following: str | None = ""
    while following is not None:
        asked = {"_shape": "objects", "_size": "200"} | ({"_next": following} if following else {})
        page = site.get("/facts/facts.json", params=asked).json()
        seen += [row["id"] for row in page["rows"]]
        following = page["next"]
    assert len(seen) == len(set(seen)) == page["filtered_table_rows_count"]


@pytest.mark.parametrize(
    "otherwise",
    [{"type": "string"}, {"type": "number", "minimum": 10**9}, {"enum": [7]}],
    ids=["text", "large", "seven"],
)
def test_an_answer_that_breaks_the_promise_is_noticed(site: Site, otherwise: dict[str, Any]) -> None:
    document = promised()
    document["components"]["schemas"]["facts"]["properties"]["value"] = otherwise
    case = schemathesis.openapi.from_dict(document)["/facts/facts.json"]["GET"].Case(query={"_shape": "array"})
    with pytest.raises(FailureGroup, match="violates schema"):
        case.call_and_validate(base_url=site.url, checks=[response_schema_conformance])
