"""Pattern files: the shipped ones hold their own examples; a file that cannot be used says what to mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from tinhgon.detect.patterns import PatternError, PatternSet, check, expand, longest
from tinhgon.records import Mention
from tinhgon.vietnamese import match_form

ENTRY = """kind: measures
entries:
  - id: own.fold
    label: drop
    starts: ["xếp gọn"]
    examples: ["xếp gọn"]
"""


def write(folder: Path, text: str, name: str = "own.yaml") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder


def test_every_shipped_example_holds() -> None:
    assert check() == []


def test_a_good_file_has_no_faults(tmp_path: Path) -> None:
    assert check(write(tmp_path, ENTRY)) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("    label: drop", "    label: drop\n    colour: red"), "unknown keys ['colour']"),
        (("    label: drop\n", ""), "missing keys ['label']"),
        (('    examples: ["xếp gọn"]\n', ""), "missing keys ['examples']"),
        (("    label: drop", '    label: drop\n    match: "xếp (gọn"'), "does not compile"),
        (("    label: drop", '    label: drop\n    match: "Xếp gọn"'), "in lower case"),
        (("    label: drop", '    label: drop\n    match: "hoà giải"'), "hòa giải"),
        (('starts: ["xếp gọn"]', "starts: []"), "at least one literal"),
        (('starts: ["xếp gọn"]', 'starts: [" "]'), "at least one literal"),
        (("kind: measures", "kind: measures\nversion: 2"), "the keys of a pattern file are"),
        (("  - id", "  - : [id"), "cannot be read as YAML"),
        (('examples: ["xếp gọn"]', 'examples: ["xếp vào"]'), "does not come out whole"),
        (('examples: ["xếp gọn"]', 'examples: ["xếp gọn"]\n    counterexamples: ["đã xếp gọn"]'), "yields ['xếp gọn']"),
    ],
)
def test_a_faulty_file_says_what_to_mend(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    faults = check(write(tmp_path, ENTRY.replace(*change)))
    assert len(faults) == 1
    assert complaint in faults[0]
    assert "own" in faults[0], "the fault names its file or entry"


def test_an_id_stands_once(tmp_path: Path) -> None:
    write(tmp_path, ENTRY, "a.yaml")
    assert check(write(tmp_path, ENTRY, "b.yaml")) == ["two patterns have the id own.fold"]


def test_macros_in_a_circle_are_an_error() -> None:
    with pytest.raises(PatternError, match="circle"):
        expand("{a}", {"a": "x{b}", "b": "{a}"})


def test_macros_nest() -> None:
    assert expand("{unit} này", {"unit": "{small}|huyện", "small": "xã|phường"}) == "(?:(?:xã|phường)|huyện) này"


def test_the_users_folder_adds_to_the_shipped_patterns(tmp_path: Path) -> None:
    text = "Xã đã xếp gọn 3 ấp."
    own = PatternSet.load(write(tmp_path, ENTRY))
    assert [m.text for m in own.scan(text, match_form(text))["measures"]] == ["xếp gọn"]
    assert "measures" not in PatternSet.load().scan(text, match_form(text))
    assert own.digest() != PatternSet.load().digest()


def test_a_faulty_users_folder_is_not_loaded(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match=r"own\.yaml: entry 1 \(own\.fold\)"):
        PatternSet.load(write(tmp_path, ENTRY.replace("label", "lable")))


def test_other_yaml_data_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    assert check(write(tmp_path, "about: places\nnames: [An]\n")) == []


def test_a_literal_begins_at_a_word(tmp_path: Path) -> None:
    own = PatternSet.load(write(tmp_path, ENTRY.replace('["xếp gọn"]', '["gom"]')))
    for text, found in (("đã gom lại", ["gom"]), ("xagom lại", []), ("gomx lại", [])):
        hits = [m.text for m in own.matches(text, match_form(text)) if m.pattern == "own.fold"]
        assert hits == found, text


def test_the_longest_of_overlapping_mentions_stands() -> None:
    def mention(start: int, end: int, **data: object) -> Mention:
        return Mention(start, end, "x" * (end - start), "roles", "r", "p", data)

    short, long, later, spare = mention(0, 4), mention(2, 12), mention(13, 15), mention(13, 20, fallback=True)
    assert longest([spare, later, long, short]) == [long, later]


def test_a_match_may_ask_for_capitals(tmp_path: Path) -> None:
    own = PatternSet.load(
        write(tmp_path, ENTRY.replace("label: drop", "label: drop\n    upper: true").replace('["xếp gọn"]', '["xg"]'))
    )
    for text, found in (("Mô hình XG mới", ["XG"]), ("mô hình xg mới", [])):
        assert [m.text for m in own.matches(text, match_form(text)) if m.pattern == "own.fold"] == found


def test_a_slow_pattern_of_ones_own_is_ended_in_a_short_text_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = '{id: own.slow, label: drop, starts: ["a"], match: "(?:a|b|ab)*c", examples: ["ac"]}'
    (tmp_path / "own.yaml").write_text(f"kind: measures\nentries:\n  - {entry}\n", "utf-8")
    monkeypatch.setattr("tinhgon.detect.patterns.TIMEOUT", 0.05)
    slow = "ab" * 40 + " c"
    with pytest.raises(TimeoutError):
        list(PatternSet.load(tmp_path).matches(slow, slow))
