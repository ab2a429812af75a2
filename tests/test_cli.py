"""Every command over a tiny fact base: what it prints, how it fails, and with which exit status."""

from __future__ import annotations

import csv
import importlib.util
import inspect
import io
import json
import os
import resource
import subprocess
import sys
import types
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner

from tinhgon import __version__
from tinhgon.cli import reading, tinhgon
from tinhgon.records import (
    Area,
    Citation,
    Claims,
    Document,
    Fact,
    Holder,
    Locality,
    Merger,
    Miss,
    Pairing,
    Provenance,
    Reject,
    Span,
)
from tinhgon.store import FactBase

CHECKOUT = Path(__file__).parents[1]
TEXT = (
    "Mỏ Cày Nam tinh gọn\n12/10/2021\nTheo Nghị quyết số 02-NQ/TU, 98 trong tổng số 127 ấp của huyện Mỏ Cày Nam có bí "
    "thư chi bộ là trưởng ấp; ông Trần Văn Lũy kiêm hai vai. Nhập Giao Long với Giao Hòa. Năm 2018, con số này là 21."
)


def proof(piece: str) -> Provenance:
    start = TEXT.index(piece)
    return Provenance((Span(start, start + len(piece), piece),), Span(0, len(TEXT), TEXT), ("p1",), ("có",))


def claims() -> Claims:
    roles, place = ("bi_thu_chi_bo", "truong_thon"), Area("Bến Tre", "Mỏ Cày Nam")
    document = Document("bai-1", TEXT, (), "Mỏ Cày Nam tinh gọn", "2021-10-12", path="bai-1.txt", sha256="0")
    common = {"measure": "concurrent_posts", "object": "hamlet", "roles": roles, "level": "hamlet"}
    return Claims(
        document,
        resolutions=(Citation("02-NQ/TU", "Bến Tre", None, proof("Nghị quyết số 02-NQ/TU")),),
        localities=(Locality("district", place, None, None, None, (), proof("huyện Mỏ Cày Nam")),),
        pairings=(Pairing(roles, "hamlet", "achieved", proof("bí thư chi bộ là trưởng ấp")),),
        holders=(Holder("Trần Văn Lũy", roles, "hamlet", place, "explicit", proof("Trần Văn Lũy kiêm hai vai")),),
        mergers=(Merger("commune", ("Giao Long", "Giao Hòa"), None, "commune", place, "achieved", proof("Giao Long")),),
        facts=(
            Fact(**common, provenance=proof("98 trong tổng số 127"), value=98, total=127, area=place),
            Fact(**common, provenance=proof("21"), value=21, area=Area("Bến Tre"), modifier="about"),
        ),
        misses=(Miss("the numbers count something else", "giảm ⟨count⟩", proof("2018")),),
    )


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "facts.db"
    with FactBase.open(path, create=True) as base:
        run = base.begin_run("0.1.0", "", {})
        base.add([claims()], run=run, patterns_hash="", version="0.1.0")
        base.end_run(run, {})
    return path


@pytest.fixture
def stand_in(monkeypatch):
    """An extractor that finds ``claims()`` in every article but breaks on the word "hỏng"."""

    class Extractor:
        patterns_hash = "stand-in"
        pattern_versions: ClassVar[dict[str, tuple[str, tuple[str, ...]]]] = {}

        @classmethod
        def load(cls, patterns=None):
            return cls()

        def claims(self, document):
            if "hỏng" in document.text:
                raise ValueError("broken")
            return Claims(document, **{name: getattr(claims(), name) for name in ("resolutions", "facts", "misses")})

        def explain(self, document):
            return f"state after {document.id}"

    module = types.ModuleType("tinhgon.extract")
    module.Extractor = Extractor
    monkeypatch.setitem(sys.modules, "tinhgon.extract", module)
    return module


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "bài viết"
    folder.mkdir()
    (folder / "bai-1.txt").write_text(TEXT, "utf-8")
    (folder / "bai-2.txt").write_text(TEXT + " Thêm một câu.", "utf-8")
    return folder


def call(*arguments: object):
    return CliRunner().invoke(tinhgon, [str(argument) for argument in arguments])


def ok(*arguments: object) -> str:
    result = call(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


class TestHelp:
    def every_command(self):
        return load_script("build_docs").commands(tinhgon, "tinhgon")

    def test_the_page_of_commands_is_what_the_commands_say(self):
        page = (CHECKOUT / "docs" / "commands.md").read_text("utf-8")
        # Apart from spaces: releases of click wrap lines differently.
        assert page.split() == load_script("build_docs").commands_page().split(), "run `make docs`"

    def test_every_command_has_help_with_an_example(self):
        for name, command in self.every_command():
            text = inspect.cleandoc(command.help or "")
            assert text, name
            if not hasattr(command, "commands"):
                assert f"Example:\n  {name} " in text, name

    def test_the_readme_names_every_command(self):
        readme = (CHECKOUT / "README.md").read_text("utf-8")
        for name, _ in self.every_command():
            assert f"`{name}" in readme or f"\n{name} " in readme, name

    @pytest.mark.slow
    def test_help_answers_at_once(self):
        run_module("--help")  # compiled once
        cheapest = min(cost_of_help() for _ in range(3))
        assert cheapest < 1

    def test_help_imports_no_stage(self):
        code = (
            "import sys, tinhgon.cli; print({'spacy', 'pandas', 'sqlite3', 'underthesea', 'yaml'} & set(sys.modules))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True
        )
        assert done.stdout.strip() == "set()"

    def test_version(self):
        assert __version__ in ok("--version")

    def test_measures_are_those_of_the_comparison(self):
        from tinhgon.compare import MEASURES

        assert reading.MEASURES == MEASURES


def load_script(name: str) -> types.ModuleType:
    spec = importlib.util.spec_from_file_location(name, CHECKOUT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(CHECKOUT / "pipeline"), **more}


def run_module(*arguments: object, **more: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "tinhgon", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env=environment(**more), check=False)


def cost_of_help() -> float:
    """Seconds of the processor, which do not hang on what else the machine does."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run_module("--help")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.usefixtures("stand_in")
class TestRun:
    def test_a_run_tells_what_it_did_and_what_to_do_next(self, articles, tmp_path):
        db = tmp_path / "new folder" / "facts.db"
        printed = ok("run", articles, "--db", db)
        assert "Read 2 of 2 documents" in printed
        assert "2 extracted, 0 passed over (done before), 0 rejected" in printed
        assert "4 facts" in printed
        assert f"Next: tinhgon compare {db}" in printed
        assert "0 extracted, 2 passed over" in ok("run", articles, "--db", db)

    def test_rejects_are_named_with_their_reason_and_give_status_1(self, articles, tmp_path):
        (articles / "bai-2.txt").write_text("Số liệu biên chế hỏng ở huyện Lộc Bình.", "utf-8")
        (articles / "bai-3.txt").write_bytes(b"")
        result = call("run", articles, "--db", tmp_path / "facts.db")
        assert result.exit_code == 1
        assert "Rejected (1 at stage 'read', 1 at stage 'extract')" in result.stdout
        assert "bai-2.txt: ValueError: broken" in result.stdout
        assert "bai-3.txt: The file is empty" in result.stdout

    def test_of_many_rejects_some_are_named(self, articles, tmp_path):
        for number in range(60):
            (articles / f"rong-{number}.txt").write_bytes(b"")
        printed = call("run", articles, "--db", tmp_path / "facts.db").stdout
        assert printed.count("The file is empty") == 50
        assert f"... and 10 more; all are in: tinhgon stats {tmp_path / 'facts.db'}" in printed

    def test_quiet_prints_only_trouble(self, articles, tmp_path):
        assert ok("run", articles, "--db", tmp_path / "facts.db", "--quiet") == ""
        (articles / "bai-3.txt").write_bytes(b"")
        result = call("run", articles, "--db", tmp_path / "facts.db", "--quiet")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "bai-3.txt" in result.stderr

    def test_documents_without_a_date_are_named(self, articles, tmp_path):
        (articles / "bai-1.txt").write_text("Huyện Lộc Bình thực hiện Nghị quyết.", "utf-8")
        assert "no date found" in ok("run", articles, "--db", tmp_path / "facts.db")

    def test_a_pattern_of_names_finds_its_files(self, articles, tmp_path):
        assert "Read 1 of 1 documents" in ok("run", articles / "*-2.txt", "--db", tmp_path / "facts.db")

    def test_nothing_to_read_is_no_success(self, tmp_path):
        result = call("run", tmp_path, "--db", tmp_path / "db" / "facts.db")
        assert result.exit_code == 1
        assert "No documents there" in result.stdout

    def test_a_misspelt_source_is_told_before_anything_is_made(self, tmp_path):
        result = call("run", tmp_path / "nowhere", "--db", tmp_path / "facts.db")
        assert result.exit_code == 2
        assert "there is no file or folder" in result.stderr
        assert not (tmp_path / "facts.db").exists()

    def test_a_file_that_is_no_database_is_left_alone(self, articles, tmp_path):
        other = tmp_path / "letter.db"
        other.write_text("Kính gửi " * 200, "utf-8")
        result = call("run", articles, "--db", other)
        assert result.exit_code == 2
        assert result.stderr.startswith("Error: ")
        assert result.stderr.count("\n") == 1
        assert other.read_text("utf-8").startswith("Kính gửi")

    def test_ctrl_c_gives_its_own_status_and_says_how_to_go_on(self, articles, tmp_path, monkeypatch):
        monkeypatch.setattr(sys.modules["tinhgon.batch.run"], "BATCH", 1)
        monkeypatch.setattr("tinhgon.batch.stopping.StopRequest.__init__", lambda self: setattr(self, "made", True))
        result = call("run", articles, "--db", tmp_path / "facts.db")
        assert result.exit_code == 130
        assert "Run the same command again to go on" in result.stdout


@pytest.mark.usefixtures("stand_in")
class TestExtract:
    def test_text(self, articles):
        printed = ok("extract", articles / "bai-1.txt")
        assert (
            "concurrent_posts: 98/127 hamlet, bi_thu_chi_bo + truong_thon, at hamlet level, Mỏ Cày Nam < Bến Tre"
            in printed
        )
        assert "“98 trong tổng số 127”" in printed
        assert "concurrent_posts: about 21 hamlet" in printed

    def test_json_is_the_record_of_the_export(self, articles):
        record = json.loads(ok("extract", articles / "bai-1.txt", "--format", "json"))
        assert record["id"] == "bai-1"
        assert record["facts"][0]["value"] == 98

    def test_explain(self, articles):
        assert ok("extract", articles / "bai-1.txt", "--explain") == "state after bai-1\n"

    def test_an_unreadable_file_is_told_in_one_line(self, tmp_path):
        (tmp_path / "empty.txt").write_bytes(b"")
        result = call("extract", tmp_path / "empty.txt")
        assert result.exit_code == 1
        assert "The file is empty" in result.stderr


class TestReading:
    def test_compare_as_a_table(self, db):
        printed = ok("compare", db, "--measure", "concurrent_posts", "--by", "district")
        assert "98/127" in printed
        assert "Mỏ Cày Nam" in printed

    def test_compare_as_csv(self, db):
        rows = list(csv.DictReader(io.StringIO(ok("compare", db, "--measure", "concurrent_posts", "--format", "csv"))))
        assert [(row["province"], row["value"], row["modifier"]) for row in rows] == [("Bến Tre", "21", "about")]

    def test_compare_as_markdown(self, db):
        printed = ok("compare", db, "--measure", "concurrent_posts", "--format", "markdown")
        assert printed.startswith("| place |")

    def test_compare_narrowed(self, db):
        ask = ("compare", db, "--measure", "concurrent_posts", "--by", "district", "--format", "csv")
        there = ok(*ask, "--roles", "truong_thon+bi_thu_chi_bo", "--level", "hamlet", "--object", "hamlet")
        assert "98" in there
        assert "98" not in ok(*ask, "--status", "planned")
        assert "98" not in ok(*ask, "--until", "2020")
        assert "98" in ok(*ask, "--since", "2021-10", "--all", "--parts")

    def test_compare_with_no_answer_says_so(self, db):
        result = call("compare", db, "--measure", "saving")
        assert result.exit_code == 0
        assert "No fact answers this" in result.stderr

    @pytest.mark.parametrize("bad", [("--measure", "savings"), ("--measure", "saving", "--since", "hôm qua"), ()])
    def test_compare_with_a_bad_question(self, db, bad):
        result = call("compare", db, *bad)
        assert result.exit_code == 2
        assert "Error: " in result.stderr

    def test_explain_shows_the_sentence(self, db):
        (row,) = csv.DictReader(io.StringIO(ok("compare", db, "--measure", "concurrent_posts", "--format", "csv")))
        assert "con số này là" in " ".join(ok("explain", db, row["fact_id"][:8]).split())

    def test_explain_of_an_unknown_fact(self, db):
        result = call("explain", db, "ffff")
        assert result.exit_code == 2
        assert "no fact has an id" in result.stderr

    def test_export_to_the_screen_and_to_a_file(self, db, tmp_path):
        printed = ok("export", db, "--format", "jsonl")
        assert json.loads(printed)["id"] == "bai-1"
        ok("export", db, "-o", tmp_path / "facts.jsonl")
        assert (tmp_path / "facts.jsonl").read_text("utf-8") == printed

    def test_export_into_a_folder_that_is_not_there(self, db, tmp_path):
        result = call("export", db, "-o", tmp_path / "nowhere" / "facts.jsonl")
        assert result.exit_code == 2
        assert "No such file or directory" in result.stderr

    def test_search_with_and_without_diacritics(self, db):
        assert "bai-1: Mỏ Cày Nam" in ok("search", db, "bi", "thu", "chi", "bo")
        assert "bai-1" in ok("search", db, "trưởng ấp")
        assert "No document has these words" in ok("search", db, "ngân hàng")

    def test_misses_by_shape(self, db):
        printed = ok("misses", db)
        assert printed.startswith("1 x giảm ⟨count⟩  (the numbers count something else)\n    bai-1: ")

    def test_stats(self, db):
        with FactBase.open(db) as base:
            base.reject([Reject("bai-2.txt", "read", "The file is empty.")], run=1)
        printed = ok("stats", db)
        assert "facts              2" in printed
        assert "concurrent_posts        achieved         2" in printed
        assert "bai-2.txt: The file is empty." in printed

    @pytest.mark.parametrize("command", ["compare", "explain", "export", "search", "misses", "stats"])
    def test_a_missing_fact_base(self, command, tmp_path):
        result = call(command, tmp_path / "none.db")
        assert result.exit_code == 2

    def test_something_else_in_place_of_a_fact_base(self, tmp_path):
        (tmp_path / "notes.txt").write_text("ghi chép", "utf-8")
        result = call("stats", tmp_path / "notes.txt")
        assert result.exit_code == 2
        assert "not an SQLite database" in result.stderr


class TestEvaluate:
    @pytest.fixture
    def gold(self, db, tmp_path):
        folder = tmp_path / "gold"
        folder.mkdir()
        record = json.loads(ok("export", db))
        record["resolutions"].append({"symbol": "18-NQ/TW", "issuer": "TW", "quote": "Nghị quyết 18"})
        (folder / "bai-1.json").write_text(json.dumps(record, ensure_ascii=False), "utf-8")
        return folder

    @pytest.fixture
    def floors(self, tmp_path):
        path = tmp_path / "floors.toml"
        path.write_text("# kept\nresolutions = 0.50\nfacts_core = 0.90\n", "utf-8")
        return path

    def test_a_table_of_layers(self, db, gold):
        printed = ok("evaluate", db, gold)
        (line,) = (line for line in printed.splitlines() if line.startswith("resolutions"))
        assert line.split() == ["resolutions", "1.000", "0.500", "0.667", "1", "1", "2"]
        assert "missed" not in printed

    def test_errors_show_what_was_missed_with_its_quote(self, db, gold):
        assert "missed    18-NQ/TW, TW  “Nghị quyết 18”" in ok("evaluate", db, gold, "--errors")

    def test_json(self, db, gold):
        assert json.loads(ok("evaluate", db, gold, "--json"))["layers"]["resolutions"]["f1"] == 0.6667

    def test_an_export_does_in_place_of_the_fact_base(self, db, gold, tmp_path):
        ok("export", db, "-o", tmp_path / "facts.jsonl")
        assert ok("evaluate", tmp_path / "facts.jsonl", gold) == ok("evaluate", db, gold)

    def test_floors_hold(self, db, gold, floors):
        assert call("evaluate", db, gold, "--floors", floors).exit_code == 0
        floors.write_text("resolutions = 0.70\n", "utf-8")
        result = call("evaluate", db, gold, "--floors", floors)
        assert result.exit_code == 1
        assert "resolutions: F1 0.667 is below its floor of 0.70" in result.stderr

    def test_floors_rise_but_fall_only_on_purpose(self, db, gold, floors):
        ok("evaluate", db, gold, "--floors", floors, "--set-floors")
        assert floors.read_text("utf-8") == "# kept\nresolutions = 0.66\nfacts_core = 1.00\n"
        floors.write_text("resolutions = 0.70\n", "utf-8")
        assert call("evaluate", db, gold, "--floors", floors, "--set-floors").exit_code == 1
        assert floors.read_text("utf-8") == "resolutions = 0.70\n"
        ok("evaluate", db, gold, "--floors", floors, "--set-floors", "--allow-lower")
        assert floors.read_text("utf-8") == "resolutions = 0.66\n"

    @pytest.mark.parametrize("flags", [("--set-floors",), ("--allow-lower",)])
    def test_flags_that_make_no_sense_alone(self, db, gold, flags):
        assert call("evaluate", db, gold, *flags).exit_code == 2

    def test_gold_that_is_not_json(self, db, gold):
        (gold / "bai-1.json").write_text("{", "utf-8")
        result = call("evaluate", db, gold)
        assert result.exit_code == 2
        assert "is not JSON" in result.stderr


class TestPatterns:
    def test_a_good_folder(self, tmp_path):
        assert "All patterns match" in ok("patterns", "check", "--patterns", tmp_path)

    def test_faults_are_listed(self, tmp_path):
        (tmp_path / "own.yaml").write_text("kind: roles\nentries:\n  - id: x\n", "utf-8")
        result = call("patterns", "check", "--patterns", tmp_path)
        assert result.exit_code == 1
        assert "own.yaml: entry 1 (x)" in result.stdout


class TestOutput:
    def test_an_article_cannot_steer_the_terminal(self, db):
        with FactBase.open(db) as base:
            base.reject([Reject("\x1b[2Jbai.txt", "read", "The file is\u202e empty.")], run=1)
        assert "  [2Jbai.txt: The file is  empty." in ok("stats", db)

    def test_vietnamese_comes_out_whole_in_the_c_locale(self, db):
        done = run_module("export", db, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
        assert done.returncode == 0, done.stderr
        assert "Mỏ Cày Nam" in done.stdout.decode("utf-8")

    def test_a_bug_keeps_its_traceback(self, db, monkeypatch):
        monkeypatch.setattr(FactBase, "counts", lambda self: 1 / 0)
        result = call("stats", db)
        assert isinstance(result.exception, ZeroDivisionError)

    def test_ctrl_c_outside_a_run(self, db, monkeypatch):
        def interrupted(self):
            raise KeyboardInterrupt

        monkeypatch.setattr(FactBase, "counts", interrupted)
        assert call("stats", db).exit_code == 130


@pytest.mark.slow
def test_the_real_program_from_article_to_export(tmp_path):
    """No stand-in here: facts come out, each proved by the text, and two processes give the very same bytes."""
    articles = [CHECKOUT / "corpus" / "texts" / f"nam-{number:02}.txt" for number in (1, 3, 4)]
    exports = []
    for jobs in (1, 2):
        db = tmp_path / f"facts-{jobs}.db"
        done = run_module("run", *articles, "--db", db, "--jobs", jobs)
        assert done.returncode == 0, done.stderr.decode()
        exports.append(run_module("export", db).stdout)
    assert exports[0] == exports[1]
    records = [json.loads(line) for line in exports[0].decode("utf-8").splitlines()]
    assert [record["id"] for record in records] == ["nam-01", "nam-03", "nam-04"]
    assert all(record["facts"] for record in records)
