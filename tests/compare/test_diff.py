"""Two fact bases side by side: what is gained, lost and changed, and what counts as the same."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from store_building import GOLD, document, gold_claims, load, proof

from tinhgon.compare import Change, Differences, FieldChange, Tally, diff
from tinhgon.records import Area, Claims, Fact
from tinhgon.store import FactBase

TEXT = "Huyện Lộc Bình giảm 10 xã, còn 21 xã; 71 trong 106 thôn có bí thư kiêm trưởng thôn. Cả tỉnh cũng giảm 10 xã."
Make = Callable[..., FactBase]


@pytest.fixture
def base_of(tmp_path: Path) -> Iterator[Make]:
    """``base_of(*claims)``: a fact base of its own with these documents."""
    with ExitStack() as stack:

        def make(*claims: Claims) -> FactBase:
            path = tmp_path / f"{len(list(tmp_path.glob('*.db')))}.db"
            base = stack.enter_context(FactBase.open(path, create=True))
            load(base, *claims)
            return base

        yield make


def fact(*pieces: str, text: str = TEXT, **fields: Any) -> Fact:
    given = {"measure": "reduction", "object": "commune", **fields}
    return Fact(provenance=proof(text, *(pieces or ("giảm 10 xã",)), patterns=("p1",), cues=("giảm",)), **given)


def article(*facts: Fact, text: str = TEXT, id: str = "bai-1") -> Claims:
    return Claims(document(text, id=id), facts=facts)


def one_change(differences: Differences) -> Change:
    assert (differences.gained, differences.lost, len(differences.changed)) == ((), (), 1)
    return differences.changed[0]


@pytest.fixture
def told(base_of: Make) -> Callable[[list[Fact], list[Fact]], Differences]:
    """The differences of two lists of facts of one article."""
    return lambda old, new: diff(base_of(article(*old)), base_of(article(*new)))


Told = Callable[[list[Fact], list[Fact]], Differences]


class TestTheSame:
    def test_a_base_and_itself(self, base_of: Make) -> None:
        base = base_of(*(claims for _, claims in map(gold_claims, GOLD[:6])))
        differences = diff(base, base)
        assert differences.equal
        assert (differences.documents, differences.differing_documents) == (6, 0)
        assert differences.total == Tally(same=base.counts()["facts"])

    def test_empty_bases(self, base_of: Make) -> None:
        assert diff(base_of(), base_of()).equal

    def test_place_in_the_text_patterns_cues_and_confidence_are_not_looked_at(self, told: Told) -> None:
        old = fact("giảm 10 xã", value=10, confidence=0.5)
        elsewhere = proof(TEXT, "10 xã.", patterns=("p2",), cues=("cũng",))
        assert told([old], [replace(old, provenance=elsewhere, confidence=0.9)]).equal

    def test_the_order_of_roles_and_of_resolutions_says_nothing(self, told: Told) -> None:
        roles, resolutions = ("bi_thu_chi_bo", "truong_thon"), ("18-NQ/TW", "02-NQ/TU")
        old = fact(value=10, roles=roles, resolutions=resolutions)
        assert told([old], [replace(old, roles=roles[::-1], resolutions=resolutions[::-1])]).equal

    def test_whatever_the_order_of_the_facts(self, told: Told) -> None:
        facts = [fact(value=10), fact("còn 21 xã", after=21)]
        assert told(facts, facts[::-1]).equal


class TestGainedAndLost:
    def test_a_fact_that_only_the_new_base_has_is_gained(self, told: Told) -> None:
        kept, new = fact(value=10), fact("71 trong 106 thôn", measure="concurrent_posts", value=71, total=106)
        differences = told([kept], [kept, new])
        assert [finding.fact for finding in differences.gained] == [new]
        assert (differences.lost, differences.changed, differences.equal) == ((), (), False)
        assert differences.measures == {"concurrent_posts": Tally(gained=1), "reduction": Tally(same=1)}
        assert (differences.documents, differences.differing_documents) == (1, 1)

    def test_a_fact_that_only_the_old_base_has_is_lost(self, told: Told) -> None:
        kept, gone = fact(value=10), fact("71 trong 106 thôn", measure="concurrent_posts", value=71, total=106)
        differences = told([kept, gone], [kept])
        assert [finding.fact for finding in differences.lost] == [gone]
        assert differences.total == Tally(same=1, lost=1)

    def test_neither_number_nor_words_in_common(self, told: Told) -> None:
        assert told([fact(value=10)], [fact("còn 21 xã", after=21)]).total == Tally(gained=1, lost=1)

    def test_a_number_of_another_measure_is_another_one(self, told: Told) -> None:
        stock = fact("71 trong 106 thôn", measure="stock", value=10)
        assert told([fact(value=10)], [stock]).total == Tally(gained=1, lost=1)

    def test_one_number_in_two_fields_is_two_numbers(self, told: Told) -> None:
        assert told([fact(value=10)], [fact("còn 21 xã", after=10)]).total == Tally(gained=1, lost=1)

    def test_of_twins_the_one_that_is_gone_is_named(self, told: Told) -> None:
        first = fact("giảm 10 xã", value=10)
        second = replace(first, provenance=proof(TEXT, "cũng giảm 10 xã"))
        assert [one.fact for one in told([first, second], [second]).lost] == [first]
        assert [one.fact for one in told([first, second], [first]).lost] == [second]
        assert [one.fact for one in told([second], [first, second]).gained] == [first]

    def test_it_is_kept_under_the_id_that_explains_it(self, base_of: Make) -> None:
        old, new = base_of(article()), base_of(article(fact(value=10)))
        (gained,) = diff(old, new).gained
        assert new.fact(gained.fact_id).fact == gained.fact
        assert gained.document_id == "bai-1"


class TestChanged:
    @pytest.mark.parametrize(
        ("fields", "change"),
        [
            ({"status": "planned"}, FieldChange("status", "achieved", "planned")),
            ({"level": "commune"}, FieldChange("level", None, "commune")),
            ({"area": Area("Lạng Sơn")}, FieldChange("province", None, "Lạng Sơn")),
            ({"roles": ("b", "a")}, FieldChange("roles", (), ("a", "b"))),
            ({"object": "hamlet"}, FieldChange("object", "commune", "hamlet")),
            ({"as_of": "2019"}, FieldChange("as_of", None, "2019")),
            ({"modifier": "over"}, FieldChange("modifier", "exact", "over")),
            ({"percent": 47.6}, FieldChange("percent", None, 47.6)),
            ({"value_max": 12}, FieldChange("value_max", None, 12)),
            ({"body": "Công an"}, FieldChange("body", None, "Công an")),
            ({"part_of": "còn 21 xã"}, FieldChange("part_of", None, "còn 21 xã")),
        ],
    )
    def test_what_differs_is_told_field_by_field(self, told: Told, fields: dict[str, Any], change: FieldChange) -> None:
        differences = told([fact(value=10)], [fact(value=10, **fields)])
        assert one_change(differences).fields == (change,)
        assert differences.total == Tally(changed=1)
        back = told([fact(value=10, **fields)], [fact(value=10)])
        assert one_change(back).fields == (FieldChange(change.name, change.new, change.old),)

    def test_overlapping_words_are_enough(self, told: Told) -> None:
        plan = fact("giảm 10 xã, còn 21 xã", measure="merger", value=21)
        differences = told([fact("10 xã, còn", value=10)], [plan])
        assert {field.name for field in one_change(differences).fields} == {"measure", "value"}
        assert differences.measures == {"reduction": Tally(changed=1)}, "it counts under the old measure"

    def test_words_side_by_side_do_not_overlap(self, told: Told) -> None:
        assert told([fact("giảm ", value=10)], [fact("10 xã,", value=11)]).total == Tally(gained=1, lost=1)

    def test_a_fact_without_a_quote_is_proved_by_its_sentence(self, told: Told) -> None:
        bare = replace(fact(value=10), provenance=replace(proof(TEXT, sentence="giảm 10 xã, còn 21 xã"), quote=()))
        assert told([bare], [fact("còn 21 xã", value=21)]).total == Tally(changed=1)

    def test_a_shared_number_is_enough_in_another_place(self, told: Told) -> None:
        elsewhere = fact("Cả tỉnh cũng giảm 10 xã", value=10, status="planned")
        assert one_change(told([fact("giảm 10 xã", value=10)], [elsewhere])).fields[0].name == "status"

    def test_offsets_into_another_text_prove_nothing(self, base_of: Make) -> None:
        longer = f"Tin mới. {TEXT}"
        old = base_of(article(fact("giảm 10 xã", value=10)))
        new = base_of(article(fact("Bình giảm", text=longer, value=11), text=longer))
        (before,), (after,) = (base.facts("bai-1").values() for base in (old, new))
        assert after.provenance.quote[0].end > before.provenance.quote[0].start, "as offsets they overlap"
        assert diff(old, new).total == Tally(gained=1, lost=1)

    def test_the_likest_go_together(self, told: Told) -> None:
        old = [fact("giảm 10 xã", value=10), fact("giảm 10 xã", value=21, object="hamlet")]
        new = [replace(old[1], status="planned"), replace(old[0], status="planned")]
        changes = told(old, new).changed
        assert [(change.old.fact, change.new.fact) for change in changes] == [(old[0], new[1]), (old[1], new[0])]

    def test_words_in_common_weigh_more_than_a_number_elsewhere(self, told: Told) -> None:
        old = fact("giảm 10 xã", value=10)
        there, misread = fact("Cả tỉnh cũng giảm 10 xã", value=10, level="commune"), fact("giảm 10 xã", value=1)
        differences = told([old], [there, misread])
        assert [change.new.fact for change in differences.changed] == [misread]
        assert [finding.fact for finding in differences.gained] == [there]

    def test_numbers_in_common_weigh_more_than_fields(self, told: Told) -> None:
        old = fact(value=10, before=31)
        other_number = fact(value=10, before=41)
        other_fields = fact(value=10, before=31, object="hamlet", level="hamlet", status="planned", as_of="2019")
        assert [change.new.fact for change in told([old], [other_number, other_fields]).changed] == [other_fields]

    def test_fields_in_common_decide_between_equal_numbers(self, told: Told) -> None:
        old = fact(value=10)
        farther, nearer = fact(value=10, status="planned", level="commune"), fact(value=10, status="planned")
        assert [change.new.fact for change in told([old], [farther, nearer]).changed] == [nearer]

    def test_a_fact_changes_into_one_only(self, told: Told) -> None:
        old = [fact(value=10)]
        new = [fact(value=10, status="planned"), fact(value=10, status="required")]
        assert told(old, new).total == Tally(gained=1, changed=1)
        assert told(new, old).total == Tally(lost=1, changed=1)


class TestDocuments:
    def test_those_of_one_base_only_are_told_apart(self, base_of: Make) -> None:
        shared = article(fact(value=10))
        alone = [article(fact(value=10), id=f"bai-{number}") for number in (2, 3)]
        differences = diff(base_of(shared, alone[0]), base_of(shared, alone[1]))
        assert (differences.only_in_old, differences.only_in_new) == (("bai-2",), ("bai-3",))
        assert (differences.documents, differences.total) == (1, Tally(same=1))
        assert not differences.equal

    def test_facts_are_matched_within_their_document(self, base_of: Make) -> None:
        here, there = article(fact(value=10)), article(fact(value=10), id="bai-2")
        nothing_here, nothing_there = article(), article(id="bai-2")
        differences = diff(base_of(here, nothing_there), base_of(nothing_here, there))
        assert [finding.document_id for finding in differences.lost] == ["bai-1"]
        assert [finding.document_id for finding in differences.gained] == ["bai-2"]
        assert differences.differing_documents == 2

    def test_ids_of_all_alphabets_over_many_pages(self, base_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:
        # By its name: as an attribute of the package, ``diff`` is the function.
        monkeypatch.setattr(sys.modules["tinhgon.compare.diff"], "_PAGE", 2)
        ids = ["a", "Z", "ấp", "đảo", "a\0b", "\uffee", "\U0001f600", "10", "9"]
        old, new = ids[:-1], ids[1:]
        differences = diff(base_of(*(article(id=one) for one in old)), base_of(*(article(id=one) for one in new)))
        assert (differences.documents, differences.only_in_old, differences.only_in_new) == (7, ("a",), ("9",))

    def test_the_limit_cuts_what_is_listed_and_not_what_is_counted(self, base_of: Make) -> None:
        old = base_of(*(article(id=f"bai-{number}") for number in range(5)))
        new = base_of(*(article(fact(value=10), id=f"bai-{number}") for number in range(5)))
        differences = diff(old, new, limit=2)
        assert [finding.document_id for finding in differences.gained] == ["bai-0", "bai-1"]
        assert differences.total == Tally(gained=5)
        assert diff(old, new, limit=0).gained == ()
        assert len(diff(old, new).gained) == 5


def test_as_plain_values(told: Told) -> None:
    differences = told(
        [fact(value=10), fact("còn 21 xã", after=21)], [fact(value=10, status="planned"), fact("71 trong", total=71)]
    )
    plain = json.loads(json.dumps(differences.as_dict(), allow_nan=False))
    assert plain["total"] == {"same": 0, "gained": 1, "lost": 1, "changed": 1}
    assert plain["measures"] == {"reduction": plain["total"]}
    assert plain["changed"][0]["fields"] == {"status": {"old": "achieved", "new": "planned"}}
    assert plain["changed"][0]["old"]["status"] == "achieved"
    assert (plain["gained"][0]["total"], plain["gained"][0]["document"]) == (71, "bai-1")
    assert (plain["lost"][0]["quote"], plain["lost"][0]["sentence"]) == ("còn 21 xã", TEXT)
    assert (plain["only_in_old"], plain["only_in_new"], plain["documents"]) == ([], [], 1)
