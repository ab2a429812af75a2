"""What programs may rely on: the JSON of the desk as an OpenAPI document, made from the schema of the fact base."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import tinhgon
from tinhgon.store import FactBase
from tinhgon.store.describe import TABLES
from tinhgon.store.schema import column_descriptions
from tinhgon.store.views import view_descriptions
from tinhgon.web.canned import QUERIES

Schema = dict[str, Any]

_TYPES = {"TEXT": "string", "INTEGER": "integer", "REAL": "number"}
_COMPARISONS = "exact not contains startswith endswith gt gte lt lte like isnull notnull".split()
_ABOUT = """The JSON that `tinhgon serve` answers with, on the machine where it runs. It is Datasette's, so that more is
answered than is promised here. Nothing can be written. An answer has at most 1,000 rows and 10 MB; SQL of your own has
a second. A value that is no text comes as `{"$base64": true, "encoded": "..."}`."""
_SHAPE = (
    "`objects`: a page with its rows, each by the names of its columns; `arrays`: without them; `array`: rows alone"
)


def openapi() -> Schema:
    """The document, as docs/openapi.yaml has it.

    >>> sorted(openapi()["paths"])[:2]
    ['/facts.json', '/facts/bands.json']
    """
    columns = _columns()
    rows = {name: _row(name, told) for name, told in columns.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "tinhgon",
            "description": _ABOUT,
            "version": tinhgon.__version__,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "http://127.0.0.1:8001"}],
        "paths": {
            "/facts.json": _get("Ask in SQL", _FREE, {"anyOf": [_ref("Answer"), _ref("Rows"), _ref("Contents")]}),
            **{f"/facts/{name}.json": _ready_question(query) for name, query in QUERIES.items()},
            **{f"/facts/{name}.json": _table(name, told) for name, told in columns.items()},
            **{f"/facts/{name}/{{key}}.json": _one(name) for name in columns if name in _WITH_ONE_KEY},
        },
        "components": {"schemas": {**_SHARED, **rows}, "parameters": _PARAMETERS, "responses": _REFUSALS},
    }


def _columns() -> dict[str, list[tuple[str, str, bool]]]:
    """Of every table and view the columns: name, type, whether there may be nothing in it."""
    with tempfile.TemporaryDirectory() as folder, FactBase.open(Path(folder) / "empty.db", create=True) as base:
        return {
            name: [
                (row["name"], row["type"], not row["notnull"] and not row["pk"])
                for row in base.rows("SELECT * FROM pragma_table_info(?)", (name,))
            ]
            for name in (*view_descriptions(), *sorted(TABLES))
        }


def _row(name: str, columns: Iterable[tuple[str, str, bool]]) -> Schema:
    told = column_descriptions().get(name, {})
    properties = {}
    for column, kind, may_be_nothing in columns:
        schema: Schema = _ref("Value")
        if kind in _TYPES:
            schema = {"type": [_TYPES[kind], "null"] if may_be_nothing else _TYPES[kind]}
        properties[column] = {**schema, **({"description": told[column]} if column in told else {})}
    about = TABLES.get(name) or view_descriptions()[name]
    return {"type": "object", "description": about, "properties": properties}


def _table(name: str, columns: Iterable[tuple[str, str, bool]]) -> Schema:
    names = [column for column, *_ in columns]
    filters = {
        "name": "filters",
        "in": "query",
        "style": "form",
        "explode": True,
        "description": "`province=...`, `value__gte=12`: only rows of which this is true",
        "schema": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "propertyNames": {"pattern": f"^({'|'.join(names)})(__({'|'.join(_COMPARISONS)}))?$"},
        },
    }
    orders = [
        {
            "name": name,
            "in": "query",
            "description": f"in {way} order of this; pages after the first may then repeat rows",
            "schema": {"enum": names},
        }
        for name, way in (("_sort", "rising"), ("_sort_desc", "falling"))
    ]
    page = {"allOf": [_ref("Page"), {"properties": {"rows": _rows(_ref(name))}}]}
    shared = [{"$ref": f"#/components/parameters/{one}"} for one in ("shape", "size", "next", "where", "facet")]
    about = TABLES.get(name) or view_descriptions()[name]
    answer = {"anyOf": [page, {"type": "array", "items": _ref(name)}]}
    return _get(about, [*shared, *orders, filters], answer)


def _one(name: str) -> Schema:
    key = {"name": "key", "in": "path", "required": True, "schema": {"type": "string", "pattern": _TILDE}}
    row = {"allOf": [_ref("One"), {"properties": {"rows": _rows(_ref(name))}}]}
    answer = {"anyOf": [row, {"type": "array", "items": _ref(name)}]}
    return _get(f"one row of {name}", [{**key, "description": _TILDE_TOLD}, _SHAPED], answer)


def _ready_question(query: Mapping[str, Any]) -> Schema:
    asked = [
        {"name": name, "in": "query", "required": True, "schema": {"type": "string"}}
        for name in dict.fromkeys(re.findall(r":(\w+)", query["sql"]))
    ]
    return _get(query["title"], [*asked, _SHAPED], {"anyOf": [_ref("Answer"), _ref("Rows")]})


def _get(summary: str, parameters: list[Schema], answer: Schema) -> Schema:
    answers: Schema = {
        "200": {"description": "what was asked for", "content": {"application/json": {"schema": answer}}}
    }
    answers |= {status: {"$ref": f"#/components/responses/{name}"} for status, name in _REFUSED.items()}
    return {"get": {"summary": summary, "parameters": parameters, "responses": answers}}


def _rows(row: Schema) -> Schema:
    return {"type": "array", "items": {"anyOf": [row, {"type": "array", "items": _ref("Value")}]}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


_TEXT, _NUMBER, _FLAG = {"type": "string"}, {"type": "number"}, {"type": "boolean"}
_TEXTS = {"type": "array", "items": _TEXT}
_MAYBE_TEXT = {"type": ["string", "null"]}
_ASKED = _object(sql=_TEXT, params={"type": "object"})
_WITH_ONE_KEY = ("facts", "documents", "places", "provenance", "holders", "pairings", "citations")
_TILDE = "^([A-Za-z0-9_-]|~[0-9A-F]{2})+$"
_TILDE_TOLD = "the key of the row; what is no letter of it, digit, `_` or `-` is `~` and two hexadecimal digits a byte"
_SHAPED = {"$ref": "#/components/parameters/shape"}
_FREE: list[Schema] = [
    {"name": "sql", "in": "query", "description": "one SELECT; without it, what there is", "schema": _TEXT},
    _SHAPED,
]
_PARAMETERS: Schema = {
    "shape": {
        "name": "_shape",
        "in": "query",
        "description": _SHAPE,
        "schema": {"enum": ["objects", "arrays", "array"], "default": "arrays"},
    },
    "size": {
        "name": "_size",
        "in": "query",
        "description": "rows of a page",
        "schema": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 1000}, {"const": "max"}]},
    },
    "next": {"name": "_next", "in": "query", "description": "`next` of the page before", "schema": _TEXT},
    "where": {"name": "_where", "in": "query", "description": "a condition in SQL", "schema": _TEXT},
    "facet": {"name": "_facet", "in": "query", "description": "a column to count the values of", "schema": _TEXT},
}
_SHARED: dict[str, Schema] = {
    "Value": {"type": ["string", "number", "null", "object"], "description": "text, a number, bytes, or nothing"},
    "Rows": {"type": "array", "items": {"type": "object", "additionalProperties": _ref("Value")}},
    "Answer": _object(
        ok={"const": True},
        rows=_rows({"type": "object", "additionalProperties": _ref("Value")}),
        columns=_TEXTS,
        truncated={**_FLAG, "description": "whether there were more than 1,000 rows"},
        query=_ASKED,
        query_ms=_NUMBER,
    ),
    "Page": _object(
        table=_TEXT,
        rows={"type": "array"},
        columns=_TEXTS,
        primary_keys=_TEXTS,
        truncated=_FLAG,
        filtered_table_rows_count={"type": ["integer", "null"]},
        facet_results={"type": "object"},
        next={**_MAYBE_TEXT, "description": "what `_next` of the following page is; null on the last"},
        next_url=_MAYBE_TEXT,
        query=_ASKED,
        query_ms=_NUMBER,
    ),
    "One": _object(table=_TEXT, rows={"type": "array"}, columns=_TEXTS, primary_keys=_TEXTS, primary_key_values=_TEXTS),
    "Contents": _object(
        database={"const": "facts"},
        tables={"type": "array", "items": _object(name=_TEXT, columns=_TEXTS, count={"type": ["integer", "null"]})},
        views={"type": "array", "items": _object(name=_TEXT)},
        queries={"type": "array", "items": _object(name=_TEXT, sql=_TEXT)},
    ),
    "Refusal": _object(ok={"const": False}, error={**_TEXT, "description": "why, in English"}),
}
_REFUSED = {"400": "Refused", "404": "NotThere", "414": "TooLong"}
_JSON = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
_REFUSALS: Schema = {
    "Refused": {"description": "what cannot be asked", "content": {**_JSON, "text/plain": {"schema": _TEXT}}},
    "NotThere": {"description": "what there is not", "content": _JSON},
    "TooLong": {"description": "an address over 8,000 characters", "content": {"text/plain": {"schema": _TEXT}}},
}
