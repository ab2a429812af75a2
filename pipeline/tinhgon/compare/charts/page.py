"""The sheet a chart stands on: its size, what is written around the chart, and how it becomes a file.

An SVG keeps its text as text, and carries the letters it needs: the DejaVu Sans of matplotlib, cut down to the signs
that occur, so that it looks the same in every browser, offline too. Viewers that know no embedded fonts take one of
their own, for which there is room: DejaVu Sans is wider than most.
"""

from __future__ import annotations

import base64
import io
import textwrap
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinhgon.compare.charts.errors import ChartError
from tinhgon.compare.charts.words import clean

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SUFFIXES = (".svg", ".png")
FONT = "DejaVu Sans"
INK, GREY, FAINT = "#1a1a1a", "#555555", "#d9d9d9"
MARGIN = 0.45  # inches
TITLE, SUBTITLE, NORMAL, SMALL = 14.0, 10.0, 8.5, 7.0  # points
_LINE = 1.4  # of the size of the letters
_DOTS = 200  # of a PNG, for each inch
POINTS = 72  # to the inch
_STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "tinhgon",  # else the ids in the file are others each time
    "text.parse_math": False,  # a "$" in a title is a "$"
    "font.family": [FONT],
    "text.color": INK,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "hatch.linewidth": 0.7,
}
_FACES = (("400", "DejaVuSans.ttf"), ("700", "DejaVuSans-Bold.ttf"))


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart that was written: how many places it shows, and what it leaves out, a sentence each."""

    path: Path
    shown: int
    notes: tuple[str, ...]


class Page:
    """A white sheet. Lengths are inches, from the left and from the top."""

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.figure import Figure

        self.width, self.height = width, height
        self.figure = Figure(figsize=(width, height), facecolor="white")

    def write(self, left: float, top: float, text: str, size: float = NORMAL, **look: Any) -> None:
        """One line of text, its upper left corner at this point."""
        self.figure.text(
            left / self.width, 1 - top / self.height, text, fontsize=size, **{"va": "top", "ha": "left", **look}
        )

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Room for a chart, without the lines above and to the right."""
        bottom = 1 - (top + height) / self.height
        axes = self.figure.add_axes((left / self.width, bottom, width / self.width, height / self.height))
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(labelsize=SMALL)
        return axes

    def head(self, title: str, subject: str) -> None:
        self.write(MARGIN, MARGIN, clean(title, 70), TITLE, fontweight="bold")
        for number, line in enumerate(wrapped(subject, SUBTITLE, self.width - 2 * MARGIN)):
            self.write(MARGIN, MARGIN + 0.3 + number * line_height(SUBTITLE), line, SUBTITLE, color=GREY)

    def foot(self, notes: Sequence[str], footer: str) -> None:
        """The notes above the last line of the page, and that line."""
        top = self.height - foot_height(notes, self.width)
        for line in _note_lines(notes, self.width):
            self.write(MARGIN, top, line, SMALL, color=GREY)
            top += line_height(SMALL)
        self.write(MARGIN, self.height - MARGIN + 0.05, f"tinhgon · {footer}", SMALL, color=INK)

    def save(self, path: Path, title: str) -> None:
        """Write the file in one go: what cannot be drawn leaves none behind."""
        out = io.BytesIO()
        form = picture_format(path)
        with warnings.catch_warnings():
            # A sign that the font lacks is a box in the PNG and itself in the SVG.
            warnings.filterwarnings("ignore", message="Glyph .* missing from")
            if form == "png":
                self.figure.savefig(out, format=form, dpi=_DOTS, metadata={"Software": "tinhgon"})
                path.write_bytes(out.getvalue())
                return
            about = {"Title": clean(title), "Creator": "tinhgon", "Date": None}
            self.figure.savefig(out, format=form, metadata=about)
        path.write_text(_with_fonts(out.getvalue().decode("utf-8")), encoding="utf-8", newline="\n")


def picture_format(path: Path) -> str:
    """The format that the name of a file asks for.

    >>> picture_format(Path("map.SVG"))
    'svg'
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ChartError(f"{path.name}: a chart is written as {' or '.join(SUFFIXES)}; end the name of the file so")
    return suffix[1:]


@contextmanager
def house_style() -> Iterator[None]:
    """The settings every chart is drawn and saved with, whatever the user's own are."""
    from matplotlib import style

    with style.context(["default", _STYLE]):
        yield


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line is, in inches."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        width, *_ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / POINTS


def line_height(size: float) -> float:
    """From one line to the next, in inches."""
    return size * _LINE / POINTS


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Text broken into lines of about this width."""
    letters = max(10, int(width * len(text) / max(text_width(text, size), 0.01)) - 2)
    return textwrap.wrap(text, letters) if text else []


def head_height(subject: str, width: float) -> float:
    return MARGIN + 0.4 + line_height(SUBTITLE) * len(wrapped(subject, SUBTITLE, width - 2 * MARGIN))


def foot_height(notes: Sequence[str], width: float) -> float:
    return MARGIN + 0.05 + line_height(SMALL) * len(_note_lines(notes, width))


def _note_lines(notes: Sequence[str], width: float) -> list[str]:
    return [line for note in notes for line in wrapped(note, SMALL, width - 2 * MARGIN)]


def _with_fonts(svg: str) -> str:
    """The SVG with the letters it needs, set into its style sheet."""
    faces = "".join(
        f"@font-face{{font-family:'{FONT}';font-weight:{weight};"
        f"src:url(data:font/woff;base64,{_cut_down(file, svg)}) format('woff')}}"
        for weight, file in _FACES
    )
    return svg.replace('<style type="text/css">', f'<style type="text/css">{faces}', 1)


def _cut_down(file: str, letters: str) -> str:
    """A font of matplotlib with the signs of a text only, as WOFF in base 64."""
    import matplotlib

    # fontTools comes with matplotlib, and has no types of its own.
    subset: Any = import_module("fontTools.subset")
    options = subset.Options(flavor="woff", recalc_timestamp=False, hinting=False, layout_features=[])
    options.drop_tables += ["FFTM"]  # when the font was made; of no use, and warned of
    font = subset.load_font(str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / file), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    out = io.BytesIO()
    subset.save_font(font, out, options)
    return base64.b64encode(out.getvalue()).decode("ascii")
