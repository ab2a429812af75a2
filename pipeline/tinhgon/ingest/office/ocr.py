"""Pictures of pages -> text, by the program ``tesseract`` with its Vietnamese data."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from tinhgon.ingest.office.extracted import Unreadable, plain

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

HOW_TO_INSTALL = "tesseract and its Vietnamese data (Debian: apt install tesseract-ocr tesseract-ocr-vie)"

# Print for administration is scanned at 200 to 300 dots an inch; tesseract reads small marks of tones best at 300.
_DOTS_PER_INCH = 300
# A sheet of A3 at 300 dpi; larger sheets, and pages that claim to be metres wide, are rendered coarser.
_MOST_PIXELS = 18_000_000
# Seconds; a newspaper's page takes about thirty on one core.
_LONGEST_PAGE = 180
_LONGEST_LISTING = 20


def require_tesseract() -> None:
    """Refuse where the program or its Vietnamese data is missing."""
    if shutil.which("tesseract") is None:
        raise Unreadable(f"scanned: the program tesseract is missing; install {HOW_TO_INSTALL}.")
    try:
        listed = subprocess.run(
            ["tesseract", "--list-langs"], capture_output=True, timeout=_LONGEST_LISTING, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unreadable(f"scanned: tesseract does not start; install {HOW_TO_INSTALL} again.") from error
    if b"vie" not in (listed.stdout + listed.stderr).split():
        raise Unreadable(f"scanned: tesseract has no Vietnamese data; install {HOW_TO_INSTALL}.")


def read_picture(document: PdfDocument, number: int, seconds_left: float) -> str:
    """The text of the page at index ``number`` of ``document``."""
    try:
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", "vie", "--dpi", str(_DOTS_PER_INCH)],
            input=_picture(document, number),
            capture_output=True,
            timeout=min(_LONGEST_PAGE, max(seconds_left, 1.0)),
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # the pages of an archive are read side by side already
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(
            f"scanned: tesseract took too long on page {number + 1}; split the file or scan it again."
        ) from error
    except OSError as error:
        raise Unreadable(f"scanned: tesseract does not start; install {HOW_TO_INSTALL} again.") from error
    if done.returncode != 0:
        raise Unreadable(f"scanned: tesseract could not read page {number + 1}; scan the page again.")
    return plain(done.stdout.decode("utf-8", errors="replace")).replace("\f", "").rstrip()


def _picture(document: PdfDocument, number: int) -> bytes:
    """The page in grey, as PNG."""
    from pypdfium2 import PdfiumError

    try:
        page = document[number]
        width, height = page.get_size()
        scale = min(_DOTS_PER_INCH / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        picture = page.render(scale=scale, grayscale=True).to_pil()
        page.close()
    except (PdfiumError, MemoryError, ValueError) as error:
        raise Unreadable(f"damaged: page {number + 1} cannot be rendered; fetch the file again.") from error
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    return file.getvalue()
