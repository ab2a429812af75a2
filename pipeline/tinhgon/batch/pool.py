"""Processes that work off tasks, each attended by a thread of its own that replaces it when it dies.

Each process has a pipe to itself, so that one that is killed in the middle of a word holds up no other, and so that it
is known what it was at. A pool of ``concurrent.futures`` knows neither: there all that is in flight is lost with it.
"""

from __future__ import annotations

import multiprocessing
import re
import signal
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory
from typing import Any

from tinhgon.batch.stopping import deaf_children

# One task that a process works on, and one in wait, so that it need not wait for the next.
IN_HAND = 2
# One that dies before it is ready may have been killed by chance.
STARTS = 3
_KILLED = -9
_WHERE = re.compile(r'^Current thread .*\n  File "(?P<file>[^"]*)", line (?P<line>\d+)', re.MULTILINE)
_FATAL = re.compile(r"^Fatal Python error: (?P<what>.*)$", re.MULTILINE)

# What a process runs, given its end of a pipe, a path for its last words, and arguments: it answers each (work,
# argument) that it gets with (whether that went well, result or error), and first, unasked, with what it has prepared.
Main = Callable[..., None]


class PoolError(RuntimeError):
    """No processes can be had; the message says what helps."""


class DiedError(Exception):
    """The process that was at a task died: its exit code, as ``multiprocessing`` has it, and its last words.

    >>> str(DiedError(-11, ""))
    'Segmentation fault'
    """

    def __init__(self, code: int | None, last_words: str) -> None:
        super().__init__(code, last_words)
        self.out_of_time = last_words.startswith("Timeout")
        # By the system for want of memory, most often; one that breaks down ends otherwise.
        self.was_killed = code == _KILLED
        self._code, self._last_words = code, last_words

    def __str__(self) -> str:
        """What happened, and where in the code if that is known."""
        fatal, where = _FATAL.search(self._last_words), _WHERE.search(self._last_words)
        if fatal:
            what = fatal["what"]
        elif self._code is not None and self._code < 0:
            what = signal.strsignal(-self._code) or f"signal {-self._code}"
        else:
            what = f"exit status {self._code}"
        return f"{what}, {Path(where['file']).name}:{where['line']}" if where else what


@dataclass(frozen=True, slots=True)
class _Task:
    work: Callable[[Any], Any]
    argument: Any
    done: Future[Any]


class Pool:
    """So many processes that run ``main`` with the ``arguments``, for the length of a ``with`` block."""

    def __init__(self, jobs: int, main: Main, arguments: tuple[Any, ...] = ()) -> None:
        self.main, self.arguments = main, arguments
        self.waiting: SimpleQueue[_Task | None] = SimpleQueue()
        self.first_prepared: Future[Any] = Future()
        self.closing = False
        # To start processes and to bury them: two threads that wait for one dead process take its exit code from
        # each other.
        self.registry = threading.Lock()
        self._folder = TemporaryDirectory(prefix="tinhgon-")
        self._attendants = [_Attendant(self, Path(self._folder.name, f"{number}.txt")) for number in range(jobs)]

    def prepared(self) -> Any:
        """What the first process that is ready has prepared. Raises what kept it from that."""
        return self.first_prepared.result()

    def submit(self, work: Callable[[Any], Any], argument: Any) -> Future[Any]:
        """Have a process do this. The result raises ``DiedError`` where it died, ``PoolError`` where there is none."""
        task = _Task(work, argument, Future())
        self.waiting.put(task)
        return task.done

    def __enter__(self) -> Pool:
        for attendant in self._attendants:
            attendant.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Nobody asks any longer for what is in hand, so that nothing is lost with processes that end at once."""
        with self.registry:
            self.closing = True
        for attendant in self._attendants:
            self.waiting.put(None)
            attendant.end_process(wait=False)
        for attendant in self._attendants:
            attendant.join()
        self._folder.cleanup()


class _Attendant(threading.Thread):
    """Starts one process, hands it tasks, and starts another one when it dies."""

    _process: BaseProcess | None = None
    _pipe: Connection

    def __init__(self, pool: Pool, last_words: Path) -> None:
        super().__init__(daemon=True)
        self._pool, self._last_words = pool, last_words
        self._in_hand: deque[_Task] = deque()

    def run(self) -> None:
        try:
            self._start_process()
            while self._hand_over():
                self._take_back()
        except Exception as error:  # noqa: BLE001 - it is raised where somebody waits for what is not done
            self._give_up(error)
        self.end_process(wait=True)

    def end_process(self, *, wait: bool) -> None:
        with self._pool.registry:
            if self._process is not None:
                self._process.kill()
                if wait:
                    self._process.join()

    def _start_process(self) -> None:
        """A process that is ready for tasks. Raises what keeps it from that."""
        for tries_left in reversed(range(STARTS)):
            self._spawn()
            try:
                went_well, prepared = self._pipe.recv()
                break
            except (EOFError, OSError):
                death = self._death()
                if not tries_left:
                    raise PoolError(
                        f"a worker process died while it was starting ({death}), perhaps for want of memory; what was "
                        "written stays: run the same command with fewer --jobs to go on"
                    ) from None
        if not went_well:
            raise prepared
        with suppress(InvalidStateError):  # another one was ready first
            self._pool.first_prepared.set_result(prepared)

    def _spawn(self) -> None:
        self._last_words.unlink(missing_ok=True)
        # Spawned, not forked: a forked copy of loaded models and their threads may hang.
        context = multiprocessing.get_context("spawn")
        self._pipe, other_end = context.Pipe()
        arguments = (other_end, self._last_words, *self._pool.arguments)
        with self._pool.registry, deaf_children(), other_end:  # the pipe is to end with the process
            if self._pool.closing:
                raise PoolError("nothing is begun any longer")
            self._process = context.Process(target=self._pool.main, args=arguments, daemon=True)
            self._process.start()

    def _hand_over(self) -> bool:
        """Hands over tasks, and waits for the first one; whether there is any left to be waited for."""
        while len(self._in_hand) < IN_HAND:
            try:
                task = self._pool.waiting.get(block=not self._in_hand)
            except Empty:
                return True
            if task is None:
                return False
            self._in_hand.append(task)
            try:
                self._pipe.send((task.work, task.argument))
            except OSError:
                return True  # it has died; what it answered before can still be taken
        return True

    def _take_back(self) -> None:
        try:
            went_well, answer = self._pipe.recv()
        except (EOFError, OSError):
            self._bury()
            return
        done = self._in_hand.popleft().done
        if went_well:
            done.set_result(answer)
        else:
            done.set_exception(answer)

    def _bury(self) -> None:
        """Tell what the process was at when it died, leave the rest to all, and start another one."""
        self._in_hand.popleft().done.set_exception(self._death())
        while self._in_hand:
            self._pool.waiting.put(self._in_hand.popleft())
        self._start_process()

    def _death(self) -> DiedError:
        self.end_process(wait=True)  # it may only have let go of its pipe
        self._pipe.close()
        words = self._last_words.read_text("utf-8", errors="replace") if self._last_words.exists() else ""
        return DiedError(self._process.exitcode if self._process else None, words)

    def _give_up(self, error: Exception) -> None:
        """Without a process, all that can be done for tasks is to say why."""
        with suppress(InvalidStateError):
            self._pool.first_prepared.set_exception(error)
        for task in self._in_hand:
            task.done.set_exception(error)
        while (task_or_end := self._pool.waiting.get()) is not None:
            task_or_end.done.set_exception(error)
