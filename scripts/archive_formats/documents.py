"""Pages to print and word processor files. The libraries are asked for only when such a format is written."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from archive_formats.articles import RETRIEVED, Article, Formats, MissingToolError, one_file_each

_POINTS_PER_MM = 72 / 25.4
_SCAN_DPI = 200
_SECONDS_FOR_SOFFICE = 300


class _Sheet(NamedTuple):
    """What a PDF page looks like, in points."""

    width: float
    height: float
    margin: float
    size: float  # of the type
    columns: int
    gap: float = 0.0
    heading: float = 0.0  # height of the room above the columns of the first page


_A4 = _Sheet(210 * _POINTS_PER_MM, 297 * _POINTS_PER_MM, 20 * _POINTS_PER_MM, 12, columns=1)
_PAPER = _Sheet(
    *(148 * _POINTS_PER_MM, 210 * _POINTS_PER_MM, 13 * _POINTS_PER_MM, 9.5),
    columns=2,
    gap=6 * _POINTS_PER_MM,
    heading=26 * _POINTS_PER_MM,
)


def _pdf(article: Article, sheet: _Sheet) -> bytes:
    """The article with a text layer; where there are columns, title and date stand above them."""
    from reportlab.platypus import BaseDocTemplate, FrameBreak, NextPageTemplate, PageTemplate

    out = io.BytesIO()
    document = BaseDocTemplate(
        out, pagesize=(sheet.width, sheet.height), title=article.title, author=article.author, invariant=1
    )

    def furniture(canvas: Any, _: Any) -> None:
        canvas.setFont("DejaVuSans", 7)
        if sheet.columns > 1:
            canvas.drawString(sheet.margin, sheet.height - 0.7 * sheet.margin, f"Báo {article.source}")
            when = f"{article.weekday}, ngày {article.moment:%d/%m/%Y}"
            canvas.drawRightString(sheet.width - sheet.margin, sheet.height - 0.7 * sheet.margin, when)
        canvas.drawCentredString(sheet.width / 2, 0.6 * sheet.margin, f"Trang {canvas.getPageNumber()}")

    first, later = _frames(sheet, sheet.heading), _frames(sheet, 0.0)
    document.addPageTemplates(
        [PageTemplate("first", first, onPage=furniture), PageTemplate("later", later, onPage=furniture)]
    )
    head, body = _flow(article, sheet)
    document.build([NextPageTemplate("later"), *head, *([FrameBreak()] if sheet.heading else []), *body])
    return out.getvalue()


def _frames(sheet: _Sheet, heading: float) -> list[Any]:
    from reportlab.platypus import Frame

    whole = sheet.width - 2 * sheet.margin
    width = (whole - (sheet.columns - 1) * sheet.gap) / sheet.columns
    height = sheet.height - 2 * sheet.margin - heading
    none = {f"{side}Padding": 0 for side in ("left", "right", "top", "bottom")}
    above = [Frame(sheet.margin, sheet.margin + height, whole, heading, **none)] if heading else []
    lefts = [sheet.margin + column * (width + sheet.gap) for column in range(sheet.columns)]
    return [*above, *(Frame(left, sheet.margin, width, height, **none) for left in lefts)]


def _flow(article: Article, sheet: _Sheet) -> tuple[list[Any], list[Any]]:
    """Title and date line, and what comes below them."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    _register_fonts()
    common = {"leading": 1.35 * sheet.size, "spaceAfter": 0.6 * sheet.size, "fontSize": sheet.size}
    plain = ParagraphStyle("plain", fontName="DejaVuSans", alignment=4, **common)
    bold = ParagraphStyle("bold", fontName="DejaVuSans-Bold", **common)
    right = ParagraphStyle("right", parent=bold, alignment=2)
    large = ParagraphStyle("large", parent=bold, fontSize=1.5 * sheet.size, leading=1.9 * sheet.size)
    head = [Paragraph(escape(article.title), large), Paragraph(f"Ngày đăng: {article.date_line}", plain)]
    body = [Paragraph(escape(article.lead), bold)]
    body += [Paragraph(escape(text), bold if kind == "heading" else plain) for kind, text in article.paragraphs]
    return head, [*body, Paragraph(escape(article.signature), right)]


def _register_fonts() -> None:
    import matplotlib
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in ("DejaVuSans", "DejaVuSans-Bold"):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, Path(matplotlib.get_data_path(), "fonts", "ttf", f"{name}.ttf")))


def _scanned(article: Article) -> bytes:
    """The printed article as a scanner stores it: one grey picture a page, and no text."""
    import pypdfium2
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    with pypdfium2.PdfDocument(_pdf(article, _A4)) as printed:
        for sheet in printed:
            picture = io.BytesIO()
            sheet.render(scale=_SCAN_DPI / 72, grayscale=True).to_pil().save(picture, "JPEG", quality=60)
            canvas.setPageSize(sheet.get_size())
            canvas.drawImage(ImageReader(picture), 0, 0, *sheet.get_size())
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def docx(article: Article) -> bytes:
    """The article as a word processor file, with the document's dates those of its last saving."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = Document()
    document.add_heading(article.title, level=0)
    document.add_paragraph(f"Ngày đăng: {article.date_line}")
    document.add_paragraph().add_run(article.lead).bold = True
    for kind, text in article.paragraphs:
        if kind == "heading":
            document.add_heading(text, level=2)
        else:
            document.add_paragraph(text)
    document.add_paragraph(article.signature).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    properties = document.core_properties
    properties.title, properties.author = article.title, article.author
    properties.created = properties.modified = RETRIEVED.replace(tzinfo=None)
    out = io.BytesIO()
    document.save(out)
    return _with_fixed_times(out.getvalue(), RETRIEVED)


def _with_fixed_times(packed: bytes, when: datetime) -> bytes:
    """The same zip file with all its members stored at one time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, when.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return out.getvalue()


def pdf(article: Article) -> bytes:
    """The article as a PDF file of one column."""
    return _pdf(article, _A4)


def _write_doc(articles: Sequence[Article], folder: Path) -> None:
    """Old Word files, which only an office suite can write; all in one run of it, as it is slow to start."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise MissingToolError("soffice (LibreOffice) is not installed, and nothing else here writes .doc files")
    with tempfile.TemporaryDirectory() as scratch:
        sources = [Path(scratch, f"{article.id}.docx") for article in articles]
        for source, article in zip(sources, articles, strict=True):
            source.write_bytes(docx(article))
        profile = f"-env:UserInstallation={Path(scratch, 'profile').as_uri()}"  # one that is open elsewhere is locked
        convert = ["--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(folder)]
        command = [office, profile, *convert, *map(str, sources)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS_FOR_SOFFICE)
        except (subprocess.SubprocessError, OSError) as error:
            raise MissingToolError(f"soffice did not convert the files ({type(error).__name__})") from error
    if missing := [article.id for article in articles if not (folder / f"{article.id}.doc").exists()]:
        raise MissingToolError(f"soffice wrote no .doc file for {', '.join(missing)}")


FORMATS: Formats = {
    "pdf": one_file_each(pdf, "pdf"),
    "pdf-columns": one_file_each(lambda article: _pdf(article, _PAPER), "pdf"),
    "pdf-scanned": one_file_each(_scanned, "pdf"),
    "docx": one_file_each(docx, "docx"),
    "doc": _write_doc,
}
