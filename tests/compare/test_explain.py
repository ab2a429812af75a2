"""Explanations: the proof marked where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_building import GOLD, document, gold_claims, load, proof

from tinhgon.compare import Explanation, explain
from tinhgon.compare.checks import run_checks
from tinhgon.compare.explain import mark
from tinhgon.records import Area, Claims, Fact, Provenance, Span
from tinhgon.store import FactBase, UnknownClaimError

SENTENCE = "Đến nay, toàn huyện có 106 thôn, tại 71 thôn bí thư kiêm trưởng thôn."
TEXT = f"Lộc Bình gọn bộ máy\n{SENTENCE}\nHết năm 2019."
ROLES = ("bi_thu_chi_bo", "truong_thon")


def one(base: FactBase, *pieces: str, text: str = TEXT, sentence: str = SENTENCE) -> Explanation:
    why = proof(text, *pieces, sentence=sentence, patterns=("measure.kiem",), cues=("đến nay",))
    area = Area("Lạng Sơn", "Lộc Bình")
    fact = Fact("concurrent_posts", "hamlet", why, value=71, total=106, percent=67, roles=ROLES, area=area)
    load(base, Claims(document(text, title="Gọn", published="2019-12-31", source="baolangson.vn"), facts=(fact,)))
    return explain(base, base.rows("SELECT id FROM facts")[0]["id"])


def test_the_proof_is_marked_in_its_sentence(base: FactBase) -> None:
    why = one(base, "106 thôn", "tại 71 thôn")
    assert "".join(piece.text for piece in why.sentence) == SENTENCE
    assert [piece.text for piece in why.sentence if piece.label] == ["106 thôn", "tại 71 thôn"]
    assert "toàn huyện có ⟦106 thôn⟧, ⟦tại 71 thôn⟧ bí thư" in why.render_text()


def test_proof_outside_the_sentence_is_shown_in_its_own_line(base: FactBase) -> None:
    why = one(base, "71 thôn", "năm 2019")
    assert ["".join(piece.text for piece in line) for line in why.elsewhere] == ["Hết năm 2019."]
    assert "Hết ⟦năm 2019⟧." in why.render_text()


def test_where_else_it_is_told_is_shown(base: FactBase) -> None:
    text = "Lộc Bình còn 106 thôn sau nhập. Toàn huyện có 106 thôn."
    first, last = text.index("106 thôn"), text.rindex("106 thôn")
    sentence = Span(text.index("Toàn"), len(text), text[text.index("Toàn") :])
    why = Provenance((Span(last, last + 8, "106 thôn"),), sentence, retold=(Span(first, first + 8, "106 thôn"),))
    load(base, Claims(document(text), facts=(Fact("stock", "hamlet", why, value=106),)))
    told = explain(base, base.rows("SELECT id FROM facts")[0]["id"])
    assert "told again:" in told.render_text()
    assert ["".join(piece.text for piece in line if piece.label) for line in told.retold] == ["106 thôn"]
    assert "told again:" not in one(base, "71 thôn").render_text()


def test_everything_behind_the_number_is_told(base: FactBase) -> None:
    text = one(base, "71 thôn").render_text()
    assert text.splitlines()[0] == "concurrent_posts, hamlet: 71/106, 67%; achieved"
    for told in ("Lộc Bình (Lạng Sơn)", "bi_thu_chi_bo + truong_thon", "Gọn, baolangson.vn, 2019-12-31",
                 "archive/bai-1.txt", "patterns: measure.kiem", "cues: đến nay"):  # fmt: skip
        assert told in text


@pytest.mark.parametrize(
    ("confidence", "told"), [(0.876, ["confidence: 0.88"]), (1.0, ["confidence: 1.00"]), (None, [])]
)
def test_the_confidence_is_told_where_it_is_known(base: FactBase, confidence: float | None, told: list[str]) -> None:
    fact = Fact("stock", "hamlet", proof(TEXT, "106 thôn", sentence=SENTENCE), value=106, confidence=confidence)
    load(base, Claims(document(TEXT), facts=(fact,)))
    why = explain(base, base.rows("SELECT id FROM facts")[0]["id"])
    assert why.fact.confidence == confidence
    assert [line for line in why.render_text().splitlines() if "confidence" in line] == told


def test_other_claims_on_the_same_thing_are_listed(base: FactBase) -> None:
    one(base, "71 thôn")
    for number, (area, roles) in enumerate(
        [(Area("Lạng Sơn", "Lộc Bình"), ROLES[::-1]), (Area("Lạng Sơn"), ROLES), (Area("Lạng Sơn", "Lộc Bình"), ())]
    ):
        text = f"có {50 + number} thôn"
        fact = Fact("concurrent_posts", "hamlet", proof(text, text), value=50 + number, roles=roles, area=area)
        load(base, Claims(document(text, id=f"other-{number}"), facts=(fact,)))
    why = explain(base, base.rows("SELECT id FROM facts WHERE value = 71")[0]["id"])
    assert [(other.value, other.quote) for other in why.others] == [(50, "có 50 thôn")]
    assert "“có 50 thôn”" in why.render_text(width=200)


def test_what_the_checks_have_against_it_is_told(base: FactBase) -> None:
    why = one(base, "71 thôn")
    assert why.findings == ()
    assert "checks:" not in why.render_text()
    text = "có 50 trên 106 thôn"
    area = Area("Lạng Sơn", "Lộc Bình")
    fact = Fact(
        "concurrent_posts", "hamlet", proof(text, text), value=50, total=106, percent=97, roles=ROLES, area=area
    )
    load(base, Claims(document(text, id="other", published="2019-12-31"), facts=(fact,)))
    run_checks(base)
    [other] = [row["id"] for row in base.rows("SELECT id FROM facts WHERE value = 50")]
    lines = explain(base, why.fact_id).render_text(width=200).splitlines()
    [told] = lines[lines.index("checks:") + 1 :][:1]
    assert sorted(told.split(": ")[-1].rstrip(".").split(", and ")) == ["50/106 (97%)", "71/106 (67%)"]
    assert told.startswith(f" warning, sources-disagree with {other[:8]}: Two articles differ on Lộc Bình (Lạng Sơn)")
    checks = [(finding.check_id, finding.severity) for finding in explain(base, other).findings]
    assert checks == [("percent-off", "warning"), ("sources-disagree", "warning")]
    assert " warning, percent-off: 97% is stated, but 50 of 106 are 47.17%.\n" in explain(base, other).render_text()


def test_a_prefix_of_the_id_will_do(base: FactBase) -> None:
    why = one(base, "71 thôn")
    assert explain(base, why.fact_id[:6]) == why
    with pytest.raises(UnknownClaimError, match="no fact"):
        explain(base, "0" * 16 if not why.fact_id.startswith("0000") else "f" * 16)


def test_a_prefix_of_several_ids_is_refused(base: FactBase) -> None:
    text = " ".join(f"{number} thôn" for number in range(40))
    facts = tuple(Fact("stock", "hamlet", proof(text, f"{number} thôn"), value=number) for number in range(10, 40))
    load(base, Claims(document(text), facts=facts))
    first = base.rows("SELECT substr(id, 1, 1) AS letter FROM facts GROUP BY 1 HAVING count(*) > 1")[0]["letter"]
    with pytest.raises(UnknownClaimError, match="several"):
        base.fact(first)


def test_colour_only_when_asked_and_no_control_characters_from_the_text(base: FactBase) -> None:
    text = "có \x1b[31m71 thôn\x1b[0m\u202e [red]kiêm[/red]"
    why = one(base, "71 thôn", text=text, sentence=text)
    plain = why.render_text()
    assert "\x1b" not in plain
    assert "\u202e" not in plain
    assert "[red]kiêm[/red]" in plain
    coloured = why.render_text(colour=True)
    assert "\x1b[1;32m⟦71 thôn⟧" in coloured
    assert "\x1b[31m" not in coloured


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=5))
def test_marked_pieces_always_join_to_the_text(text: str, offsets: list[tuple[int, int]]) -> None:
    spans = [Span(start, end, text[start:end]) for start, end in offsets]
    pieces = mark(text, 0, len(text), spans)
    assert "".join(piece.text for piece in pieces) == text
    proven = {at for start, end in offsets for at in range(start, min(end, len(text)))}
    at = 0
    for piece in pieces:
        assert {position in proven for position in range(at, at + len(piece.text))} == {bool(piece.label)}
        at += len(piece.text)


@pytest.mark.skipif(not GOLD, reason="no gold records in corpus/gold")
def test_every_gold_fact_is_marked_word_for_word(base: FactBase) -> None:
    load(base, *(gold_claims(path)[1] for path in GOLD))
    for row in base.rows("SELECT id FROM facts ORDER BY id LIMIT 60"):
        why = explain(base, row["id"])
        marked = "".join(piece.text for line in (why.sentence, *why.elsewhere) for piece in line if piece.label)
        for span in why.fact.provenance.quote:
            assert span.text in marked
