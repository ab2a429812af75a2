"""``tinhgon review``: what its commands do to a fact base, what they print, and how they fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from tinhgon.cli.reviewing import review
from tinhgon.cli.shared import PlainErrors
from tinhgon.compare import compare
from tinhgon.records import Area, Claims, Document, Fact, Provenance, Span
from tinhgon.store import FactBase

TEXT = "Bến Tre giảm 10 xã. Long An giảm 21 xã."
SENTENCES = (Span(0, 19, TEXT[:19]), Span(20, 39, TEXT[20:]))


def fact(value: float, province: str, sentence: Span, confidence: float) -> Fact:
    start = TEXT.index(f"giảm {value}")
    quote = Span(start, sentence.end - 1, TEXT[start : sentence.end - 1])
    why = Provenance((quote,), sentence, ("measure.drop", "made.up"))
    return Fact("reduction", "commune", why, value=value, area=Area(province), confidence=confidence)


FACTS = (fact(10, "Bến Tre", SENTENCES[0], 0.9), fact(21, "Long An", SENTENCES[1], 0.6))


def add_to(path: Path, *facts: Fact) -> Path:
    with FactBase.open(path, create=True) as base:
        run = base.begin_run("0.1.0", "", {})
        base.add([Claims(Document("bai-1", TEXT, ()), facts=facts)], run=run, patterns_hash="", version="0.1.0")
    return path


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return add_to(tmp_path / "facts.db", *FACTS)


@pytest.fixture
def ids(db: Path) -> list[str]:
    with FactBase.open(db, readonly=True) as base:
        return list(base.facts("bai-1"))


def call(*arguments: object, **environment: str) -> Result:
    group = PlainErrors(commands={"review": review})
    return CliRunner(env=environment).invoke(group, ["review", *map(str, arguments)])


def ok(*arguments: object, **environment: str) -> str:
    result = call(*arguments, **environment)
    assert result.exit_code == 0, result.output
    return result.stdout


def reductions(db: Path) -> list[tuple[str, float]]:
    frame = compare(db, measure="reduction")
    return [(row["place"], row["value"]) for _, row in frame.iterrows()]


def test_a_correction_wins_and_can_be_withdrawn(db: Path, ids: list[str]) -> None:
    assert reductions(db) == [("Long An", 21), ("Bến Tre", 10)]
    printed = ok(
        "add", db, ids[0][:6], "--verdict", "corrected", "--set", "value=32", "--set", "total=-", "--by", "Lan"
    )
    assert printed.splitlines()[0].startswith(f"Review 1: {ids[0][:8]} corrected (value: 10 -> 32), by Lan, 20")
    assert printed.splitlines()[1] == "  stands: reduction: 32 commune, Bến Tre, achieved “giảm 10 xã”"
    assert reductions(db) == [("Bến Tre", 32), ("Long An", 21)]
    assert ok("withdraw", db, 1).startswith("Withdrawn, review 1:")
    assert reductions(db) == [("Long An", 21), ("Bến Tre", 10)]
    assert call("withdraw", db, 1).exit_code == 2


def test_a_wrong_fact_is_left_out(db: Path, ids: list[str]) -> None:
    assert "left out: reduction: 10" in ok("add", db, ids[0], "--verdict", "wrong", "--note", "tiêu đề bài khác")
    assert reductions(db) == [("Long An", 21)]


def test_a_second_correction_builds_on_the_first(db: Path, ids: list[str]) -> None:
    ok("add", db, ids[0], "--verdict", "corrected", "--set", "value=12")
    ok(
        "add",
        db,
        ids[0],
        "--verdict",
        "corrected",
        "--set",
        "status=planned",
        "--set",
        "roles=bi_thu_cap_uy+chu_tich_ubnd",
    )
    with FactBase.open(db, readonly=True) as base:
        stands = base.fact(ids[0]).fact
    assert (stands.value, stands.status, stands.roles) == (12, "planned", ("bi_thu_cap_uy", "chu_tich_ubnd"))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--verdict", "corrected"], "needs a field"),
        (["--verdict", "corrected", "--set", "value"], "value=12"),
        (["--verdict", "corrected", "--set", "value=1.017"], "two ways"),
        (["--verdict", "corrected", "--set", "value=NaN"], "finite"),
        (["--verdict", "corrected", "--set", "status=done"], "one of achieved"),
        (["--verdict", "corrected", "--set", "số=1"], "no field"),
        (["--verdict", "right", "--set", "value=12"], "call it corrected"),
        (["--verdict", "perhaps"], "--verdict"),
        ([], "--verdict"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(arguments: list[str], says: str, db: Path, ids: list[str]) -> None:
    result = call("add", db, ids[0], *arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert ok("list", db) == "No review says this.\n"


def test_an_unknown_fact_is_refused(db: Path) -> None:
    assert "no fact has an id" in call("add", db, "zz", "--verdict", "right").stderr


def test_the_reviewer_is_told_or_known(db: Path, ids: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    ok("add", db, ids[0], "--verdict", "right", TINHGON_REVIEWER="Minh")
    monkeypatch.setattr("getpass.getuser", lambda: "lan")
    ok("add", db, ids[0], "--verdict", "wrong")
    assert [line.split(", ")[1] for line in ok("list", db).splitlines() if "by " in line] == ["by Minh", "by lan"]

    def nobody() -> str:
        raise KeyError("uid")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert "--by NAME" in call("add", db, ids[0], "--verdict", "right").stderr


def test_the_list_tells_what_became_of_each_review(db: Path, ids: list[str]) -> None:
    ok("add", db, ids[0], "--verdict", "right")
    ok("add", db, ids[0], "--verdict", "wrong", "--note", "dòng một\n9  giả mạo\x1b[31m")
    ok("add", db, ids[1], "--verdict", "corrected", "--set", "value=22")
    lines = ok("list", db).splitlines()
    assert lines[0].endswith("[judged again since]")
    assert "    note: dòng một 9 giả mạo [31m" in lines
    assert [line.split()[0] for line in ok("list", db, "--verdict", "corrected").splitlines()[:1]] == ["3"]
    assert ok("list", db, "--orphaned") == "No review says this.\n"
    first = Fact("reduction", "hamlet", FACTS[0].provenance, value=10, area=Area("Bến Tre"))
    add_to(db, first)
    assert "[the program says otherwise since, look again]" in ok("list", db, "--verdict", "wrong")
    assert ok("list", db, "--orphaned").splitlines()[0].endswith("[orphaned]")


def test_the_queue_has_what_is_open(db: Path, ids: list[str]) -> None:
    with FactBase.open(db) as base, base.transaction() as run:
        run(
            "INSERT INTO findings (fact_id, check_id, severity, message) VALUES (?, 'x', 'error', 'không khớp')",
            (ids[0],),
        )
    lines = ok("queue", db).splitlines()
    assert lines[0].startswith(f"{ids[0]} (0.90) bai-1: reduction: 10 commune")
    assert lines[1:3] == ["    finding: không khớp", "    Bến Tre giảm 10 xã."]
    assert ok("queue", db, "--limit", 1).splitlines()[0] == lines[0]
    for key in ids:
        ok("add", db, key, "--verdict", "right")
    assert ok("queue", db) == "Every fact is reviewed.\n"


def test_gold_out_and_in(db: Path, ids: list[str], tmp_path: Path) -> None:
    ok("add", db, ids[0], "--verdict", "corrected", "--set", "value=12")
    ok("add", db, ids[1], "--verdict", "wrong")
    gold = tmp_path / "gold.jsonl"
    assert call("export", db, "--form", "gold", "--complete-only", "-o", gold).stderr == "1 records\n"
    (record,) = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    assert [one["value"] for one in record["facts"]] == [12]
    other = add_to(tmp_path / "other.db", *FACTS)
    done = ok("import", other, gold, "--form", "gold", "--rest-wrong", "--by", "Lan")
    assert done == "2 reviews noted (0 right, 1 wrong, 1 corrected), 0 known before.\n"
    assert reductions(other) == reductions(db) == [("Bến Tre", 12)]
    assert "0 reviews noted" in ok("import", other, gold, "--form", "gold", "--rest-wrong", "--by", "Lan")


def test_what_gold_says_beyond_the_facts_is_told(db: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.json"
    facts = [{"measure": "merger", "object": "commune", "value": 7, "quote": "7 xã"}]
    gold.write_text(json.dumps({"id": "bai-1", "facts": facts}), "utf-8")
    result = call("import", db, gold, "--form", "gold")
    assert (result.exit_code, result.stderr) == (0, "Facts that the program has not found:\n  bai-1: 7 xã\n")
    gold.write_text(json.dumps({"id": "bai-9", "facts": facts}), "utf-8")
    result = call("import", db, gold, "--form", "gold")
    assert result.exit_code == 1
    assert "bai-9: the fact base has no such document" in result.stderr


def test_label_studio_out_and_in(db: Path, ids: list[str], tmp_path: Path) -> None:
    ok("add", db, ids[0], "--verdict", "corrected", "--set", "value=12", "--note", "xem lại")
    tasks = tmp_path / "tasks.json"
    ok("export", db, "--form", "label-studio", "-o", tasks)
    assert [len(task["annotations"]) for task in json.loads(tasks.read_text("utf-8"))] == [0, 1]
    assert len(json.loads(ok("export", db, "--form", "label-studio", "--limit", 1))) == 1
    other = add_to(tmp_path / "other.db", *FACTS)
    assert "1 reviews noted" in ok("import", other, tasks, "--form", "label-studio", "--by", "Lan")
    assert reductions(other) == reductions(db)
    assert ok("export", db, "--form", "label-studio-config").startswith("<View>")
    assert json.loads(ok("export", add_to(tmp_path / "empty.db"), "--form", "label-studio")) == []


@pytest.mark.parametrize("content", ["", "{", "[" * 100_000, '{"a": 1}', '[{"text": "x", "verdict": "right"}]'])
def test_a_file_of_another_kind_is_refused(content: str, db: Path, tmp_path: Path) -> None:
    file = tmp_path / "tasks.json"
    file.write_text(content, "utf-8")
    result = call("import", db, file, "--form", "label-studio")
    assert result.exit_code in (1, 2)
    assert "JSON" in result.stderr
    assert "Traceback" not in result.output


def test_examples_match_where_they_are_marked(db: Path, ids: list[str]) -> None:
    ok("add", db, ids[0], "--verdict", "right")
    ok("add", db, ids[1], "--verdict", "wrong")
    assert yaml.safe_load(ok("export", db, "--form", "patterns")) == [
        {
            "id": "measure.drop",
            "examples": ["Bến Tre «giảm» 10 xã."],
            "counterexamples": ["Long An giảm 21 xã."],
        }
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "--form", "patterns", "--complete-only"),
        ("export", "--form", "gold", "--limit", "2"),
        ("import", "--form", "label-studio", "--rest-wrong"),
    ],
)
def test_options_that_do_not_go_together(arguments: tuple[str, ...], db: Path) -> None:
    command, *more = arguments
    files = [db, db] if command == "import" else [db]
    result = call(command, *files, *more)
    assert result.exit_code == 2
    assert "only goes with" in result.stderr
