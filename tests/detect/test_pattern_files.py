"""Pattern files as people write them: what cannot be used is refused with the file and the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tinhgon.detect import patterns
from tinhgon.detect.patterns import PatternError, PatternSet

ENTRY = "kind: roles\nentries:\n- {id: a, label: b, starts: [bí thư], examples: [bí thư]}\n"
SWELLING = "macros:\n" + "".join(
    f"  m{c}: '{{m{d}}}{{m{d}}}{{m{d}}}{{m{d}}}{{m{d}}}{{m{d}}}'\n" for c, d in ["ab", "bc", "cd", "de", "ef", "fg"]
)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("kind: roles\nentries: 3", "'entries' a list"),
        ("kind: roles\nentries:\n- 3", "'entries' a list"),
        ("kind: roles\nmacros: [1]", "'macros' needs names"),
        ("kind: roles\nmacros: {a: 3}", "put them in quotes"),
        ("kind: 3\nentries: []", "put them in quotes"),
        ("kind: roles\nentries: [{1: 2, a: 3}]", "unknown keys"),
        ("kind: roles\nentries: [{id: a, label: b, starts: 3, examples: []}]", "'starts' needs a list of texts"),
        ("kind: roles\nentries: [{id: a, label: b, starts: [2019], examples: []}]", "'starts' needs a list of texts"),
        ("kind: roles\nentries: [{id: a, label: b, starts: xã, examples: []}]", "'starts' needs a list of texts"),
        ("kind: roles\nentries: [{id: a, label: b, starts: [xã], examples: [2019]}]", "'examples' needs a list"),
        ("kind: roles\nentries: [{id: a, label: b, starts: [xã], match: [1], examples: []}]", "'match' needs"),
        ("kind: roles\nentries: [{id: a, label: b, starts: [xã], data: 3, examples: []}]", "'data' needs"),
        ("kind: roles\nentries: " + "[" * 5000, "cannot be read as YAML"),
        (f"kind: roles\n{SWELLING}  mg: xxxx\nentries: [{{id: a, label: b, starts: [x], match: '{{ma}}', examples: []}}]", "100,000 letters"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_says_why(text: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "rieng.yaml").write_text(text, "utf-8")
    with pytest.raises(PatternError, match=why):
        PatternSet.load(tmp_path)


def test_bytes_that_are_no_utf_8_say_so(tmp_path: Path) -> None:
    (tmp_path / "rieng.yaml").write_bytes("kind: roles\n# xã".encode() + b"\xb7")
    with pytest.raises(PatternError, match=r"rieng\.yaml: cannot be read"):
        PatternSet.load(tmp_path)
    assert "cannot be read" in patterns.check(tmp_path)[0]


def test_a_byte_order_mark_hides_no_file(tmp_path: Path) -> None:
    (tmp_path / "rieng.yaml").write_bytes(b"\xef\xbb\xbf" + ENTRY.encode())
    assert "a" in {pattern.id for pattern in PatternSet.load(tmp_path).patterns}
