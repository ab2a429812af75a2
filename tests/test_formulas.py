"""Whatever way a table leaves the program, no cell of text is a formula, and numbers stay numbers."""

from __future__ import annotations

import ast
from pathlib import Path

import tinhgon

FOLDER = Path(tinhgon.__file__).parent
# Each of these makes the text of a cell inert; ``tests/publish/test_tables.py``, ``tests/compare/test_render.py``
# and ``tests/web/test_guard.py`` hold them to it.
WRITERS = {"publish/tables.py", "compare/render.py", "web/inert.py"}


def test_tables_are_written_in_three_places_alone() -> None:
    """What writes CSV or workbooks elsewhere would need defences of its own."""
    found = set()
    for file in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in {
                "writer",
                "DictWriter",
                "to_csv",
                "to_excel",
                "Workbook",
            }:
                found.add(file.relative_to(FOLDER).as_posix())
    assert found == WRITERS
