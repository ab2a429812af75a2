"""Which claims stand, as SQL picks them from an index, against the same told plainly over all of them."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import Any

import pytest
from store_building import document, load, proof

from tinhgon.compare.question import By, Question, scope_of, standing
from tinhgon.compare.reform import REFORM, changed_names
from tinhgon.records import STATUSES, Area, Claims, Fact
from tinhgon.store import FactBase

SEED = 18
PLACES = ("Bến Tre", "Tuyên Quang", "Vĩnh Long")  # two of them are other provinces since the reform
NAMES = ("measure", "roles", "object", "level", "status", "since", "until", "resolution", "place")


def tell_of_much(base: FactBase) -> None:
    dice = random.Random(SEED)
    for number in range(40):
        text = f"Bài {number}: " + " ".join(f"{number}-{n} xã" for n in range(8))
        facts = tuple(
            Fact(
                dice.choice(("concurrent_posts", "reduction")),
                dice.choice(("commune", "person")),
                proof(text, f"{number}-{n} xã"),
                value=dice.randint(1, 9),
                area=Area(dice.choice((None, *PLACES)), dice.choice((None, None, "A", "B"))),
                roles=dice.choice(((), ("bi_thu_cap_uy", "chu_tich_ubnd"))),
                level=dice.choice((None, "commune")),
                body=dice.choice((None, None, "Sở Y tế")),
                status=dice.choice(STATUSES),
                as_of=dice.choice((None, "2019", "2020-06", "2025-08-01", "2026-01-01")),
            )
            for n in range(8)
        )
        published = dice.choice((None, "2020-07-01", "2025-09-09"))
        load(base, Claims(document(text, id=f"bai-{number}", published=published), facts=facts))


def is_of_today(row: dict[str, Any]) -> bool:
    told = row["status"] in ("achieved", "ongoing") or (row["published"] or "") >= REFORM
    return row["province"] in changed_names() and (row["holds_on"] or "") >= REFORM and told


@pytest.mark.parametrize("by", ["province", "district", "document"])
@pytest.mark.parametrize("measure", ["concurrent_posts", "reduction"])
def test_what_stands_is_the_most_real_and_then_the_latest(base: FactBase, measure: str, by: By) -> None:
    tell_of_much(base)
    values: dict[str, Any] = {**dict.fromkeys(NAMES), "measure": measure, "min_confidence": 0.0}
    things: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in standing(base, Question(values, by, latest=False)):
        counted = None if measure == "concurrent_posts" else row["object"]
        names = row["province"], row["district"], row["commune"]
        thing = scope_of(row, by), names, row["level"], row["roles"], row["body"], counted, is_of_today(row)
        things[thing].append(row)
    expected = set()
    for rows in things.values():
        best = max((-STATUSES.index(row["status"]), row["holds_on"] or "") for row in rows)
        expected |= {row["fact_id"] for row in rows if (-STATUSES.index(row["status"]), row["holds_on"] or "") == best}

    assert {row["fact_id"] for row in standing(base, Question(values, by))} == expected
    assert 0 < len(expected) < sum(map(len, things.values()))
