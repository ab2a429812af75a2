"""The fact base as a Frictionless Data Package: a CSV file per table, and ``datapackage.json`` that explains them.

A folder, or a zip file where the path ends in ".zip". Under which licence it goes out is for its publisher to say:
``licenses`` is left for them to fill in. See https://specs.frictionlessdata.io/data-package/.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Any

from tinhgon.publish.columns import FACTS, TABLES, Column, Kind, Table
from tinhgon.publish.files import PublicationError, replacing
from tinhgon.publish.reading import table_rows
from tinhgon.publish.tables import csv_into
from tinhgon.store import FactBase

Opener = Callable[[str], AbstractContextManager[IO[bytes]]]

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # day of every file in a zip, so that the same content gives the same bytes
_TYPES: dict[Kind, str] = {"number": "number", "integer": "integer", "list": "array", "json": "array"}
_DESCRIPTION = (
    "Facts on the merging of administrative bodies in Viet Nam, from news and reports, each with the words that prove "
    "it. Offsets count characters of the normalised article text, which is not part of the package. Text that a "
    "spreadsheet would run as a formula begins with an apostrophe."
)


def write_package(base: FactBase, path: Path, min_confidence: float = 0.0) -> int:
    """Write the package into the folder ``path``, or into the zip file of that name. Counts the facts."""
    if path.suffix.lower() == ".zip" and not path.is_dir():
        with replacing(path) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            return _write(base, min_confidence, _into_zip(archive))
    if path.exists() and not path.is_dir():
        raise PublicationError(f"{path} is a file. A package is a folder or a .zip file; give the path of one")
    path.mkdir(parents=True, exist_ok=True)
    return _write(base, min_confidence, _into_folder(path))


def _write(base: FactBase, min_confidence: float, opened: Opener) -> int:
    resources = []
    facts = 0
    for table in TABLES:
        with opened(f"{table.name}.csv") as file:
            measured = _Measured(file)
            out = io.TextIOWrapper(io.BufferedWriter(measured), encoding="utf-8", newline="")
            rows = csv_into(out, table, table_rows(base, table, min_confidence))
            out.close()
        facts += rows if table is FACTS else 0
        resources.append(_resource(table, measured))
    with opened("datapackage.json") as file:
        file.write((json.dumps(_package(resources), ensure_ascii=False, indent=2) + "\n").encode())
    return facts


def _into_folder(folder: Path) -> Opener:
    @contextmanager
    def opened(name: str) -> Iterator[IO[bytes]]:
        with replacing(folder / name) as part, part.open("wb") as file:
            yield file

    return opened


def _into_zip(archive: zipfile.ZipFile) -> Opener:
    def opened(name: str) -> IO[bytes]:
        member = zipfile.ZipInfo(name, _EARLIEST)
        member.compress_type = zipfile.ZIP_DEFLATED
        member.create_system = 3  # else it would tell on what system it was made
        member.external_attr = 0o644 << 16
        return archive.open(member, "w", force_zip64=True)

    return opened


class _Measured(io.RawIOBase):
    """Passes bytes on and keeps their number and fingerprint; closing it leaves the file open."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._file.write(data)
        self._digest.update(data)
        self.size += len(data)
        return len(data)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def _package(resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "tinhgon-facts",
        "title": "Facts on the consolidation of Viet Nam's political apparatus",
        "description": _DESCRIPTION,
        "resources": resources,
    }


def _resource(table: Table, written: _Measured) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": written.size,
        "hash": f"sha256:{written.sha256}",
        "schema": table_schema(table),
    }


def table_schema(table: Table) -> dict[str, Any]:
    """The Table Schema: fields with their types and meanings, the key, and to which tables the others point.

    >>> from tinhgon.publish.columns import PAIRINGS
    >>> schema = table_schema(PAIRINGS)
    >>> schema["primaryKey"], schema["foreignKeys"]
    (['pairing_id'], [{'fields': 'document_id', 'reference': {'resource': 'documents', 'fields': 'document_id'}}])
    """
    own_key = table.columns[0].name
    schema: dict[str, Any] = {"fields": [_field(column, table) for column in table.columns], "missingValues": [""]}
    if table.unique:
        schema["primaryKey"] = [own_key]
    schema["foreignKeys"] = [_foreign_key(column, table) for column in table.columns if column.points_to]
    return {key: value for key, value in schema.items() if value != []}


def _field(column: Column, table: Table) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.kind, "string"),
        "description": column.description,
    }
    if table.unique and column is table.columns[0]:
        field["constraints"] = {"required": True, "unique": True}
    return field


def _foreign_key(column: Column, table: Table) -> dict[str, Any]:
    (whole,) = [other for other in TABLES if other.name == column.points_to]
    # An empty name is the specification's word for the table itself.
    resource = "" if whole is table else whole.name
    return {"fields": column.name, "reference": {"resource": resource, "fields": whole.columns[0].name}}
