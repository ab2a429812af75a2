"""Where every fact comes from, as PROV-JSON (W3C PROV-DM).

A run of tinhgon used a file and generated a document and its facts; the document was derived from the file, the fact
from the document. Times are those of the runs. See https://www.w3.org/submissions/prov-json/.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TextIO
from urllib.parse import quote

from tinhgon.publish.columns import DOCUMENTS, FACTS
from tinhgon.publish.reading import table_rows
from tinhgon.store import FactBase

Items = Iterator[tuple[str, Any]]

_PREFIXES = {kind: f"urn:tinhgon:{kind}:" for kind in ("agent", "document", "fact", "file", "run", "term")}
_RUNS = "SELECT id, version, patterns_hash, started_at, ended_at FROM runs ORDER BY id"
_RUN_OF = "SELECT run_id FROM documents WHERE id = ?"
_SOFTWARE = {"$": "prov:SoftwareAgent", "type": "prov:QUALIFIED_NAME"}


def write_provenance(base: FactBase, out: TextIO, min_confidence: float = 0.0) -> int:
    """Write the record as one JSON object, a thing or relation a line; returns how many files, documents and facts."""
    record = _Record(base, min_confidence)
    out.write("{")
    _write_section(out, "prefix", _PREFIXES.items(), first=True)
    _write_section(out, "agent", record.agents())
    _write_section(out, "activity", record.activities())
    entities = _write_section(out, "entity", record.entities())
    _write_section(out, "wasAssociatedWith", record.associations())
    _write_section(out, "used", record.uses())
    _write_section(out, "wasGeneratedBy", record.generations())
    _write_section(out, "wasDerivedFrom", record.derivations())
    out.write("\n}\n")
    return entities


class _Record:
    """What there is to tell, section by section; each is read from the base when it is written."""

    def __init__(self, base: FactBase, min_confidence: float) -> None:
        self._base = base
        self._least = min_confidence
        self._runs = base.rows(_RUNS)
        self._run_of = lru_cache(maxsize=1)(self._ask_run_of)  # the facts of a document follow each other

    def agents(self) -> Items:
        for version in sorted({run["version"] for run in self._runs}):
            yield _name("agent", f"tinhgon-{version}"), {"prov:type": _SOFTWARE, "prov:label": f"tinhgon {version}"}

    def activities(self) -> Items:
        for run in self._runs:
            times = {"prov:startTime": run["started_at"], "prov:endTime": run["ended_at"]}
            yield _name("run", run["id"]), _known({**times, "term:patterns": run["patterns_hash"]})

    def entities(self) -> Items:
        for document in table_rows(self._base, DOCUMENTS):
            key = document["document_id"]
            yield _name("file", key), _known({"prov:label": document["file"], "term:sha256": document["sha256"]})
            told = {f"term:{name}": document[name] for name in ("source", "published", "url", "retrieved")}
            yield _name("document", key), _known({"prov:label": document["title"], **told})
        for fact in self._facts():
            yield _name("fact", fact["fact_id"]), {"prov:label": fact["quote"], "term:measure": fact["measure"]}

    def associations(self) -> Items:
        for run in self._runs:
            who = {"prov:activity": _name("run", run["id"]), "prov:agent": _name("agent", f"tinhgon-{run['version']}")}
            yield f"_:a{run['id']}", who

    def uses(self) -> Items:
        for number, document in enumerate(self._documents(), 1):
            yield f"_:u{number}", {"prov:activity": self._run_of(document), "prov:entity": _name("file", document)}

    def generations(self) -> Items:
        for number, document in enumerate(self._documents(), 1):
            made = {"prov:entity": _name("document", document), "prov:activity": self._run_of(document)}
            yield f"_:d{number}", made
        for number, fact in enumerate(self._facts(), 1):
            made = {"prov:entity": _name("fact", fact["fact_id"]), "prov:activity": self._run_of(fact["document_id"])}
            yield f"_:f{number}", made

    def derivations(self) -> Items:
        for number, document in enumerate(self._documents(), 1):
            yield f"_:s{number}", _derived(_name("document", document), _name("file", document))
        for number, fact in enumerate(self._facts(), 1):
            yield f"_:q{number}", _derived(_name("fact", fact["fact_id"]), _name("document", fact["document_id"]))

    def _documents(self) -> Iterator[Any]:
        return (document["document_id"] for document in table_rows(self._base, DOCUMENTS))

    def _facts(self) -> Iterator[Mapping[str, Any]]:
        return table_rows(self._base, FACTS, self._least)

    def _ask_run_of(self, document_id: str) -> str:
        return _name("run", self._base.rows(_RUN_OF, (document_id,))[0]["run_id"])


def _write_section(out: TextIO, name: str, items: Iterable[tuple[str, Any]], *, first: bool = False) -> int:
    out.write(("" if first else ",") + f"\n{_json(name)}: {{")
    written = 0
    for key, value in items:
        out.write(("," if written else "") + f"\n{_json(key)}: {_json(value)}")
        written += 1
    out.write("}")
    return written


def _name(kind: str, key: object) -> str:
    """A qualified name; what a name may not hold is percent-encoded.

    >>> _name("document", "bài 1")
    'document:b%C3%A0i%201'
    """
    return f"{kind}:{quote(str(key), safe='')}"


def _derived(what: str, source: str) -> dict[str, str]:
    return {"prov:generatedEntity": what, "prov:usedEntity": source}


def _known(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value not in (None, "")}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
