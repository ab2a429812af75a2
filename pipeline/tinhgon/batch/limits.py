"""How long the work on one article may take: first it is interrupted, then its process is ended.

Code that runs Python, or comes back to it, hears the interruption and the article is rejected. A library that hangs in
C does not; what is left then is to end the process it hangs in, which only a worker can do without ending the run.
"""

from __future__ import annotations

import faulthandler
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn, TextIO

# Between one interruption and the next, for a library that swallows whatever is raised in it.
_AGAIN = 1.0


class TookTooLong(BaseException):
    """The time for this work is up. No error, so that no ``except Exception`` on the way takes it for one."""


@contextmanager
def interrupted_after(seconds: float) -> Iterator[None]:
    """Raises ``TookTooLong`` in the block once it has taken so many seconds, 0 for never.

    Signals reach the main thread of a process only: elsewhere, and on Windows, there is no limit.

    >>> with interrupted_after(0.01):
    ...     while True:
    ...         pass
    Traceback (most recent call last):
    tinhgon.batch.limits.TookTooLong
    """
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    began = time.monotonic()
    heard_before = signal.signal(signal.SIGALRM, _interrupt)
    left_before, again_before = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, heard_before)
        if left_before:  # somebody else's alarm, late at worst
            passed = time.monotonic() - began
            signal.setitimer(signal.ITIMER_REAL, max(left_before - passed, 0.001), again_before)


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise TookTooLong


@contextmanager
def ended_after(seconds: float, last_words: TextIO) -> Iterator[None]:
    """Ends this process, whatever it is doing, once the block has taken so many seconds, 0 for never.

    The last words say where in the code it was.
    """
    if not seconds:
        yield
        return
    with suppress(RuntimeError):  # no memory for its thread: then the work will not last long either
        faulthandler.dump_traceback_later(seconds, exit=True, file=last_words)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
