"""The queue of the review: its head is found without a look at every fact, and is the same."""

from __future__ import annotations

from store_building import GOLD, gold_claims, load

from tinhgon.store import FactBase
from tinhgon.store.review_queue import queue


def test_the_head_of_the_queue_is_the_beginning_of_all_of_it(base: FactBase) -> None:
    for path in GOLD[:12]:
        load(base, gold_claims(path)[1])
    facts = [row["id"] for row in base.rows("SELECT id FROM facts ORDER BY id")]
    with base.transaction() as execute:
        for number, fact in enumerate(facts):
            execute("UPDATE facts SET confidence = ? WHERE id = ?", (number * 37 % 100 / 100 or None, fact))
        for severity, fact in zip(("note", "error", "warning", "note"), facts[3:], strict=False):
            execute("INSERT INTO findings VALUES (?, 'percent-off', ?, 'off', '')", (fact, severity))
        execute("UPDATE facts SET repeat_of = ? WHERE id IN (?, ?)", (facts[0], facts[1], facts[4]))
    base.review(facts[5], "right", reviewer="Lan")

    every = queue(base)
    assert len(every) == len(facts) - 1
    for limit in (1, 2, 3, 5, 20, len(every) - 1, len(every), len(every) + 5):
        assert queue(base, limit) == every[:limit]
