"""Many readers at once, in short; ``make siege`` is the same for longer."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("scripts")


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process holds: no siege")
def test_two_hundred_readers_at_once_get_their_answers_and_leave_nothing_behind(run_base: Path) -> None:
    from siege import run

    with ThreadPoolExecutor(1) as apart:  # the browser of other tests keeps a loop of its own in this thread
        siege, faults = apart.submit(run, run_base, readers=200, seconds=20).result()
    assert faults == []
    assert sum(siege.statuses.values()) >= 200
    assert set(siege.statuses) == {"200"}


def test_what_is_kept_or_goes_wrong_is_a_fault() -> None:
    from siege import Held, Siege, faults

    calm = [Held(200, 20, 9), Held(230, 220, 9), Held(231, 220, 9), Held(231, 20, 9)]
    assert faults(Siege(held=calm)) == []
    assert "memory grew from 200 MB over 231 half way to 500" in faults(
        Siege(held=[*calm, *calm[1:3], Held(500, 20, 9)])
    )
    assert "20 files were open at first, 220 when all readers were gone" in faults(Siege(held=calm[:3]))
    assert "9 threads at first, 99 when all readers were gone" in faults(Siege(held=[calm[0], Held(200, 20, 99)]))
    assert faults(Siege(wrong=["500 /"], held=calm)) == ["500 /"]
