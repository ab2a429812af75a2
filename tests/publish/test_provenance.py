"""PROV-JSON: everything spoken of is there, and every fact leads back to a file and a run."""

from __future__ import annotations

import io
import json

import pytest
from publish_building import SHA256, ids_of, judge

from tinhgon.publish import write_provenance


def told(base, least: float = 0.0) -> dict:
    out = io.StringIO()
    count = write_provenance(base, out, least)

    def no_twins(pairs):
        assert len({key for key, _ in pairs}) == len(pairs)
        return dict(pairs)

    record = json.loads(out.getvalue(), object_pairs_hook=no_twins)
    assert count == len(record["entity"])
    return record


@pytest.mark.parametrize("name", ["empty", "base", "hostile"])
def test_two_exports_are_the_same(name, request):
    assert told(request.getfixturevalue(name)) == told(request.getfixturevalue(name))


@pytest.mark.parametrize("name", ["empty", "base", "hostile"])
def test_what_relations_speak_of_is_there(name, request):
    record = told(request.getfixturevalue(name))
    known = {key for section in ("agent", "activity", "entity") for key in record[section]}
    for section in ("wasAssociatedWith", "used", "wasGeneratedBy", "wasDerivedFrom"):
        assert all(set(relation.values()) <= known for relation in record[section].values())
    prefixes = {key.split(":")[0] for key in known}
    assert prefixes <= set(record["prefix"])


def test_every_fact_leads_back_to_its_file_and_run(base):
    record = told(base)
    origin = {one["prov:generatedEntity"]: one["prov:usedEntity"] for one in record["wasDerivedFrom"].values()}
    made_by = {one["prov:entity"]: one["prov:activity"] for one in record["wasGeneratedBy"].values()}
    for fact in ids_of(base):
        document = origin[f"fact:{fact}"]
        file = record["entity"][origin[document]]
        assert (file["prov:label"], file["term:sha256"]) == (document.split(":")[1] + ".html", SHA256)
        assert made_by[f"fact:{fact}"] == made_by[document] == "run:1"


def test_times_are_those_of_the_run(base):
    (run,) = base.rows("SELECT started_at, ended_at FROM runs")
    (activity,) = told(base)["activity"].values()
    assert (activity["prov:startTime"], activity["prov:endTime"]) == (run["started_at"], run["ended_at"])


def test_a_run_that_was_broken_off_has_no_end(empty):
    empty.begin_run("0.1.0", "patterns", [])
    empty.begin_run("0.1.0", "patterns", [])
    record = told(empty)
    assert [set(run) for run in record["activity"].values()] == [{"prov:startTime", "term:patterns"}] * 2
    assert list(record["agent"]) == ["agent:tinhgon-0.1.0"]


def test_the_wrong_and_the_doubtful_are_left_out(base):
    judge(base, ids_of(base)[0], "wrong")
    assert len([key for key in told(base)["entity"] if key.startswith("fact:")]) == 5
    assert len([key for key in told(base, 0.99)["entity"] if key.startswith("fact:")]) in (1, 2)
