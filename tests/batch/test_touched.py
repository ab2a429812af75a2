"""A change of patterns asks for the articles it can touch, and for no others; the outcome is that of a clean run."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from tinhgon.batch import Reading, run
from tinhgon.batch.touched import ChangedPatterns
from tinhgon.records import Document
from tinhgon.store import FactBase

CORPUS = Path(__file__).parents[2] / "corpus" / "texts"
OWN = """kind: cues
about: a cue of the user's own
entries:
  - id: own.plan
    label: planned
    starts: ["{words}"]
    examples: ["{words}"]
"""


def exported(db: Path) -> str:
    out = io.StringIO()
    with FactBase.open(db, readonly=True) as base:
        base.export_jsonl(out)
    return out.getvalue()


@pytest.fixture
def go(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(Path(__file__).parent)
    import stand_in

    archive = tmp_path / "archive"
    archive.mkdir()
    for name, text in (("a", "Thực hiện Nghị quyết số 18-NQ/TW."), ("b", "Luân chuyển cán bộ."), ("c", "Sáp nhập xã.")):
        (archive / f"{name}.txt").write_text(text, "utf-8")

    def go(patterns_hash: str):
        class Changed(stand_in.StandIn):
            pass

        return run(
            [str(archive)],
            tmp_path / "facts.db",
            reading=Reading(everything=True),
            load=lambda patterns: Changed(patterns_hash),
        )

    return go


def test_only_what_holds_a_word_of_the_changed_pattern_is_done_again(go, tmp_path):
    go("one")
    summary = go("two")
    assert summary.changed_patterns == ("cited",)
    assert (summary.extracted, summary.passed_over, summary.untouched) == (1, 2, 2)
    again = go("two")
    assert (again.extracted, again.passed_over, again.untouched, again.changed_patterns) == (0, 3, 0, ())
    with FactBase.open(tmp_path / "facts.db", readonly=True) as base:
        assert base.rows("SELECT DISTINCT patterns_hash FROM documents") == [{"patterns_hash": "two"}]


def test_patterns_of_which_nothing_was_noted_ask_for_everything(go, tmp_path):
    go("one")
    with FactBase.open(tmp_path / "facts.db") as base, base.transaction() as execute:
        execute("DELETE FROM pattern_versions")
    assert go("two").extracted == 3


def test_new_and_dropped_patterns_are_changes():
    before, after = {"a": ("1", ("xã",))}, {"b": ("1", ("thôn",))}
    changed = ChangedPatterns(before, after)
    assert changed.ids == ("a", "b")
    assert all(changed.touch(Document("d", text, ())) for text in ("XÃ An", "Thôn An"))
    assert not changed.touch(Document("d", "Ấp An", ()))


@pytest.mark.slow
@pytest.mark.parametrize("words", ["đang tính", "bí thư"])
def test_the_outcome_is_that_of_a_clean_run(words, tmp_path):
    archive, own = tmp_path / "archive", tmp_path / "own"
    archive.mkdir()
    own.mkdir()
    for path in sorted(CORPUS.glob("*.txt"))[:8]:
        shutil.copy(path, archive)
    (own / "cues.yaml").write_text(OWN.format(words="chưa có chữ này"), "utf-8")
    run([str(archive)], tmp_path / "resumed.db", patterns=own)
    (own / "cues.yaml").write_text(OWN.format(words=words), "utf-8")
    resumed = run([str(archive)], tmp_path / "resumed.db", patterns=own)
    assert resumed.changed_patterns == ("own.plan",)
    clean = run([str(archive)], tmp_path / "clean.db", patterns=own)
    assert clean.extracted == 8
    assert exported(tmp_path / "resumed.db") == exported(tmp_path / "clean.db")
