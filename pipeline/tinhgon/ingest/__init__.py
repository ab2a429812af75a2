"""
Ingestion: archives of files -> ``Document`` or ``Reject``, and never an exception for bad input.

In: folders, globs and files of plain text or HTML, in UTF-8, UTF-16 or older encodings.
Out: documents with normalised text, blocks that tile it, title, date, outlet and author where they are told;
for everything else a reject that says why. A missing date is the warning "no-date".
Texts are normalised here once and never again; all offsets of later stages index ``Document.text``.
Begin with ``archive.py`` (finding and reading files); then ``plain.py`` or ``web.py``, one reader per format.
``press.py`` and ``report.py`` know the two genres, ``kinds.py`` the blocks, ``dates.py`` the dates.
"""

from tinhgon.ingest.archive import MAX_BYTES, read, sources
from tinhgon.ingest.compose import Facts
from tinhgon.ingest.dates import parse_date
from tinhgon.ingest.normalise import normalise
from tinhgon.ingest.plain import document_from_text
from tinhgon.ingest.web import document_from_html

__all__ = [
    "MAX_BYTES",
    "Facts",
    "document_from_html",
    "document_from_text",
    "normalise",
    "parse_date",
    "read",
    "sources",
]
