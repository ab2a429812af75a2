"""
Office documents: bytes of a PDF or Word file -> ``Extracted``, or ``Unreadable`` with the reason.

In: PDF with a text layer or, where asked for, scanned; .docx; the old .doc. Nothing is known of the file but its bytes.
Out: plain text for the reader of plain texts, one printed line or paragraph a line, a blank line between paragraphs,
a form feed between pages, the rows of tables as lines that begin with ``ROW``; a title where the file tells one.
Lines must be parted with ``split("\\n")``: ``splitlines`` would also cut at ``ROW`` and at form feeds.
Begin with ``extracted.py`` (what comes out), then ``pdf.py`` or ``word.py``; ``layout.py`` finds the reading order of
a printed page, ``glyphs.py`` reads its letters and ruled tables within limits, ``ocr.py`` reads pictures of pages.
"""

from tinhgon.ingest.normalise import ROW
from tinhgon.ingest.office.extracted import Extracted, Unreadable, row_line
from tinhgon.ingest.office.pdf import read_pdf
from tinhgon.ingest.office.word import read_doc, read_docx

__all__ = ["ROW", "Extracted", "Unreadable", "read_doc", "read_docx", "read_pdf", "row_line"]
