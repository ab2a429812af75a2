"""The data package: it says what is in it, and what is in it is true."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile

import pytest

from tinhgon.publish import PublicationError, write_package
from tinhgon.publish.columns import TABLES
from tinhgon.publish.package import table_schema


@pytest.mark.parametrize("name", ["empty", "base", "hostile"])
@pytest.mark.parametrize("ending", ["", ".zip"])
def test_two_packages_are_the_same_bytes(name, ending, request, tmp_path):
    base = request.getfixturevalue(name)
    paths = [tmp_path / f"{number}{ending}" for number in (1, 2)]
    for path in paths:
        write_package(base, path)
    contents = [
        [file.read_bytes() for file in sorted(path.iterdir())] if not ending else path.read_bytes() for path in paths
    ]
    assert contents[0] == contents[1]


@pytest.mark.parametrize("name", ["empty", "base", "hostile"])
def test_the_descriptor_tells_the_truth(name, request, tmp_path):
    facts = write_package(request.getfixturevalue(name), tmp_path / "p.zip")
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        package = json.loads(archive.read("datapackage.json"))
        assert {one["path"] for one in package["resources"]} | {"datapackage.json"} == set(archive.namelist())
        for resource in package["resources"]:
            data = archive.read(resource["path"])
            assert (resource["bytes"], resource["hash"]) == (len(data), "sha256:" + hashlib.sha256(data).hexdigest())
            header, *rows = csv.reader(io.StringIO(data.decode(), newline=""))
            assert header == [field["name"] for field in resource["schema"]["fields"]]
            assert resource["name"] != "facts" or len(rows) == facts
    assert "licenses" not in package


@pytest.mark.parametrize("name", ["empty", "base", "hostile"])
def test_it_is_valid(name, request, tmp_path):
    import frictionless

    write_package(request.getfixturevalue(name), tmp_path / "p")
    report = frictionless.validate(str(tmp_path / "p" / "datapackage.json"))
    assert report.flatten(["type", "note"]) == []
    assert report.valid


def test_keys_point_to_keys():
    first = {table.name: table.columns[0].name for table in TABLES}
    for table in TABLES:
        schema = table_schema(table)
        assert all(field["description"] for field in schema["fields"])
        for key in schema.get("foreignKeys", []):
            reference = key["reference"]
            assert first[reference["resource"] or table.name] == reference["fields"]


def test_every_key_is_found(base, tmp_path):
    write_package(base, tmp_path / "p")
    package = json.loads((tmp_path / "p" / "datapackage.json").read_text("utf-8"))
    rows = {
        one["name"]: list(csv.DictReader((tmp_path / "p" / one["path"]).open(encoding="utf-8", newline="")))
        for one in package["resources"]
    }
    for one in package["resources"]:
        for key in one["schema"].get("foreignKeys", []):
            whole = key["reference"]["resource"] or one["name"]
            there = {row[key["reference"]["fields"]] for row in rows[whole]} | {""}
            assert {row[key["fields"]] for row in rows[one["name"]]} <= there


def test_a_file_is_not_taken_for_a_folder(base, tmp_path):
    (tmp_path / "p").write_text("mine")
    with pytest.raises(PublicationError, match="is a file"):
        write_package(base, tmp_path / "p")
    assert (tmp_path / "p").read_text() == "mine"
