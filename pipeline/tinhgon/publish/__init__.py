"""Stage ``publish``: a fact base -> files that other programs read, and citations.

In goes a ``store.FactBase`` (for the copy of the file its path); out come tables, a data package, annotations, spaCy
documents, a record of provenance, a smaller fact base, or the citation of one fact.
Open first ``columns.py``, the flat tables column by column; ``reading.py`` fills them page by page, so that a base
of any size goes through; ``tables.py`` writes them as CSV, XLSX and Parquet, ``package.py`` as a Data Package.
``annotations.py`` (W3C), ``docbin.py`` (spaCy) and ``provenance.py`` (W3C PROV) tell the same claims in other forms;
``citation.py`` cites one of them; ``facts_only.py`` copies the file without article texts; ``files.py`` sees to it
that a file is whole or not there. Facts that a review found wrong are in none of these but the copy.
The same base gives the same bytes; names of folders on the computer it was made on are in none of them.
"""

from __future__ import annotations

from tinhgon.publish.annotations import write_annotations, write_collection
from tinhgon.publish.citation import STYLES, cite
from tinhgon.publish.columns import FACTS, TABLES, Column, Table
from tinhgon.publish.docbin import write_docbin
from tinhgon.publish.facts_only import write_copy, write_without_text
from tinhgon.publish.files import PublicationError, replacing
from tinhgon.publish.package import write_package
from tinhgon.publish.provenance import write_provenance
from tinhgon.publish.reading import table_rows
from tinhgon.publish.tables import csv_into, write_csv, write_parquet, write_xlsx

__all__ = [
    "FACTS",
    "STYLES",
    "TABLES",
    "Column",
    "PublicationError",
    "Table",
    "cite",
    "csv_into",
    "replacing",
    "table_rows",
    "write_annotations",
    "write_collection",
    "write_copy",
    "write_csv",
    "write_docbin",
    "write_package",
    "write_parquet",
    "write_provenance",
    "write_without_text",
    "write_xlsx",
]
