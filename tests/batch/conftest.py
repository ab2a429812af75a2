"""An archive with everything that can go one way or the other, and what a run makes of it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tinhgon.store import FactBase

Content = dict[str, list[Any]]


@pytest.fixture
def stand_in(monkeypatch):
    # On the path, so that a spawned worker can import it as well.
    monkeypatch.syspath_prepend(Path(__file__).parent)
    import stand_in

    return stand_in


def article(name: str) -> str:
    return f"Tinh gọn bộ máy ở {name}\n\n12/10/2021\n\n{name} thực hiện Nghị quyết số 18-NQ/TW.\n"


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Namesakes, twins in one batch and in neighbours, containers, what cannot be read, what is none of ours.

    45 articles: 27 to be extracted and 8 twins of these, 3 without a cue, 7 that are rejected.
    """
    folder = tmp_path / "kho"
    for outlet in ("bao-a", "bao-b", "bao-c"):
        (folder / outlet).mkdir(parents=True)
        for number in range(7):
            # Every third one is the same in all outlets, word for word and under one name.
            name = f"huyện Số {number}" if number % 3 == 0 else f"huyện Số {number} theo {outlet}"
            (folder / outlet / f"bai-{number}.txt").write_text(article(name), "utf-8")
        (folder / outlet / "bai-7.txt").write_text("Đội nhà thắng 2-0 trên sân khách.\n", "utf-8")
        (folder / outlet / "bai-8.txt").write_text("Số liệu biên chế hỏng ở huyện Lộc Bình.\n", "utf-8")
        (folder / outlet / "bai-9.txt").write_bytes(b"")
    rows = [json.dumps({"id": f"bai-{n}", "text": article(f"xã Số {n}")}) for n in range(9)]
    (folder / "bao-d.jsonl").write_text("\n".join([*rows[:5], "không phải JSON", *rows[5:]]), "utf-8")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as container:
        for number in range(5):
            container.writestr(f"bai-{number}.txt", article(f"huyện Số {number}"))
    (folder / "bao-e.zip").write_bytes(packed.getvalue())
    return folder


@pytest.fixture
def content() -> Callable[[Path], Content]:
    return _content


def _content(db: Path) -> Content:
    """All that a run writes but the times of day, and by how many the work was done."""
    with FactBase.open(db, readonly=True) as base:
        out = io.StringIO()
        base.export_jsonl(out)
        tables = {
            table: base.rows(f"SELECT * FROM {table} ORDER BY rowid")  # noqa: S608 - names of our own
            for table in ("documents", "provenance", "evidence", "citations", "rejects", "skipped")
        }
        patterns = base.rows("SELECT * FROM pattern_versions ORDER BY patterns_hash, id")
        runs = base.rows("SELECT version, patterns_hash, counts FROM runs")
        return {"export": [out.getvalue()], **tables, "patterns": patterns, "runs": runs}
