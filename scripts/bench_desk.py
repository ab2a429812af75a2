"""How long the pages of the desk take over a large fact base: ``python scripts/bench_desk.py [--db FILE]``.

Serves the base of ``bench_base.py`` (made where it is not there), asks every page over HTTP, and prints for each the
first answer and the median of several, none of them remembered from before, in milliseconds.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx

from tinhgon.store import FactBase
from tinhgon.web import serving
from tinhgon.web.serve import warm_up

sys.path.insert(0, str(Path(__file__).parent))
from bench_base import ROLES, make

LIMIT_MS = 300
POSTS = {"measure": "concurrent_posts", "roles": ROLES[0]}
NGHE_AN = {"province": "Nghệ An"}


def pages(db: Path) -> dict[str, tuple[str, dict[str, str]]]:
    """Every page with the addresses that cost most."""
    with FactBase.open(db, readonly=True) as base:
        fact, document, name = (
            base.rows(sql)[0]["value"]
            for sql in (
                "SELECT fact_id AS value FROM findings ORDER BY 1 LIMIT 1",
                "SELECT document_id AS value FROM facts ORDER BY id LIMIT 1",
                "SELECT district AS value FROM facts WHERE province = 'Nghệ An' AND district > '' ORDER BY 1 LIMIT 1",
            )
        )
    return {
        "front, 63 provinces": ("/", {}),
        "front, 34 provinces": ("/", {**POSTS, "layout": "2025"}),
        "front, all reductions": ("/", {"measure": "reduction"}),
        "compare, posts by province": ("/compare", POSTS),
        "compare, all posts by province": ("/compare", {"measure": "concurrent_posts"}),
        "compare, reductions by province": ("/compare", {"measure": "reduction"}),
        "compare, as of 2020": ("/compare", {**POSTS, "until": "2020"}),
        "compare, under the 34": ("/compare", {**POSTS, "places": "2025"}),
        "compare, tied to 18-NQ/TW": ("/compare", {**POSTS, "resolution": "18-NQ/TW"}),
        "compare, posts by district": ("/compare", {**POSTS, "by": "district"}),
        "compare, communes (too many)": ("/compare", {**POSTS, "by": "commune"}),
        "compare, communes of a province": ("/compare", {**POSTS, "by": "commune", "place": "Nghệ An"}),
        "claim": (f"/claim/{fact}", {}),
        "article": ("/article", {"id": document}),
        "places": ("/place", {}),
        "place, a province": ("/place", NGHE_AN),
        "place, a district": ("/place", {**NGHE_AN, "district": name}),
        "resolutions": ("/resolution", {}),
        "resolution": ("/resolution", {"symbol": "18-NQ/TW"}),
        "pairings": ("/pairing", {}),
        "pairing": ("/pairing", {"roles": ROLES[0]}),
        "contradictions": ("/contradictions", {}),
        "contradictions of a province": ("/contradictions", NGHE_AN),
        "search, a place": ("/search", {"q": "nghe an"}),
        "search, a word of every article": ("/search", {"q": "bi thu"}),
        "search, a resolution": ("/search", {"q": "18-NQ"}),
    }


def milliseconds(client: httpx.Client, address: str, asked: dict[str, str]) -> float:
    started = time.perf_counter()
    answer = client.get(address, params=asked)
    took = 1000 * (time.perf_counter() - started)
    assert answer.status_code == 200, (address, asked, answer.status_code)
    return took


def review_queue(db: Path) -> None:
    """The head of the queue has no page without a reviewer; it is asked for directly."""
    from tinhgon.store.review_queue import queue

    with FactBase.open(db, readonly=True) as base:
        started = time.perf_counter()
        queue(base, 1)
        print(f"{'head of the review queue':<36}{1000 * (time.perf_counter() - started):>10.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--db", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        db = options.db or Path(folder) / "bench.db"
        if not db.exists():
            make(db, options.facts)
        warm_up()
        slow = 0
        print(f"{'page':<36}{'first':>10}{'median':>10}  ms")
        with serving(db) as url, httpx.Client(base_url=url, timeout=60) as client:
            for name, (address, asked) in pages(db).items():
                # What no page asks for makes it another visit, so that no answer is remembered.
                times = [milliseconds(client, address, {**asked, "n": str(n)}) for n in range(options.rounds)]
                slow += statistics.median(times) > LIMIT_MS
                print(f"{name:<36}{times[0]:>10.0f}{statistics.median(times):>10.0f}")
        review_queue(db)
        print(f"{slow} pages over {LIMIT_MS} ms")


if __name__ == "__main__":
    main()
