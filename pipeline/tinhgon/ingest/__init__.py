"""
Ingestion: archives of files -> ``Document`` or ``Reject``, and never an exception for bad input.

In: folders, globs and files of text, web pages, PDF and Word documents, tables, feeds, crawls and archives of these.
Out: documents with normalised text, blocks that tile it, title, date, outlet and author where they are told;
for everything else a reject that says why. A missing date is the warning "no-date".
Texts are normalised here once and never again; all offsets of later stages index ``Document.text``.
``archive.py`` finds the files and ``containers/`` the articles in them; ``read.py`` hands each to the reader of its
format: ``plain.py``, ``web.py`` or ``office/``. ``press.py`` and ``report.py`` know the two genres, ``kinds.py`` the
blocks, ``dates.py`` the dates; ``decoding.py`` knows old encodings.
"""

from tinhgon.ingest.archive import items, sources
from tinhgon.ingest.compose import Facts
from tinhgon.ingest.containers import Fields
from tinhgon.ingest.dates import parse_date
from tinhgon.ingest.item import MAX_BYTES, Item
from tinhgon.ingest.normalise import normalise
from tinhgon.ingest.plain import document_from_text
from tinhgon.ingest.read import NOTHING, read
from tinhgon.ingest.web import document_from_html

__all__ = [
    "MAX_BYTES",
    "NOTHING",
    "Facts",
    "Fields",
    "Item",
    "document_from_html",
    "document_from_text",
    "items",
    "normalise",
    "parse_date",
    "read",
    "sources",
]
