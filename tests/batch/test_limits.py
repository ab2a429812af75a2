"""The clock over an article: heard in the end by code that listens, and good manners towards other alarms."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

import pytest
import regex

from tinhgon.batch.limits import TookTooLong, ended_after, interrupted_after


def test_work_in_time_is_let_be():
    with interrupted_after(60):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 50
    assert signal.getitimer(signal.ITIMER_REAL)[0] <= 120  # none, or that of the test runner


@pytest.mark.parametrize("engine", [re, regex])
def test_an_expression_that_explodes_is_interrupted(engine):
    with pytest.raises(TookTooLong), interrupted_after(0.1):
        engine.fullmatch("(?:(?:x|xx)+)+[yz]", "x" * 60 + "y.")


def test_what_catches_every_error_does_not_catch_it():
    def catch_everything():
        while True:
            with suppress(Exception):
                time.sleep(60)

    with pytest.raises(TookTooLong), interrupted_after(0.05):
        catch_everything()


def test_who_swallows_it_hears_it_again(monkeypatch):
    monkeypatch.setattr("tinhgon.batch.limits._AGAIN", 0.02)
    swallowed = []

    def swallow():
        while len(swallowed) < 3:
            try:
                time.sleep(60)
            except BaseException as error:  # noqa: BLE001
                swallowed.append(error)
        time.sleep(60)

    with pytest.raises(TookTooLong), interrupted_after(0.02):
        swallow()
    assert len(swallowed) == 3


def test_somebody_elses_alarm_goes_off_all_the_same():
    heard = []
    before = signal.signal(signal.SIGALRM, lambda *_: heard.append("theirs"))
    left = signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        with pytest.raises(TookTooLong), interrupted_after(0.02):
            time.sleep(60)
        assert signal.getsignal(signal.SIGALRM) is not before
        time.sleep(0.3)
        assert heard == ["theirs"]
    finally:
        signal.setitimer(signal.ITIMER_REAL, *left)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("seconds", [0, 0.01])
def test_there_is_no_limit_where_none_is_wanted_or_none_can_be(seconds):
    outcome = []

    def work():
        with interrupted_after(seconds):
            time.sleep(0.05)
            outcome.append("done")

    if seconds:
        thread = threading.Thread(target=work)  # signals are not heard there
        thread.start()
        thread.join()
    else:
        work()
    assert outcome == ["done"]


DEAF = """
import sys, time
from tinhgon.batch.limits import ended_after
with open(sys.argv[1], "w") as words, ended_after(float(sys.argv[2]), words):
    time.sleep(float(sys.argv[3]))
print("done")
"""


@pytest.mark.parametrize(("limit", "work", "said"), [("0.2", "60", b""), ("60", "0", b"done"), ("0", "0.1", b"done")])
def test_a_process_that_hears_nothing_is_ended_and_says_where_it_was(tmp_path, limit, work, said):
    words = tmp_path / "words.txt"
    command = [sys.executable, "-c", DEAF, os.fspath(words), limit, work]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout.strip()) == (0 if said else 1, said)
    assert words.read_text().startswith("" if said else "Timeout")
    assert ("line 5 in <module>" in words.read_text()) == (not said)


def test_the_end_is_called_off_with_the_block(tmp_path):
    with (tmp_path / "words.txt").open("w") as words:
        with ended_after(0.1, words):
            pass
        time.sleep(0.3)  # this process is still here
