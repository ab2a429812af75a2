"""Articles -> parts, made by the workers of a Dask cluster; ``merging.py`` writes them into a fact base."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from tinhgon.batch.articles import PLAINLY, InForce, LoadExtractor, Reading, load_extractor, sources_besides
from tinhgon.batch.fingerprint import code_version
from tinhgon.batch.parts import Order, make_part
from tinhgon.batch.plan import Made, Plan, note_made, of_all, partitions_of
from tinhgon.batch.progress import Progress, Report, silent
from tinhgon.batch.stopping import StopRequest, stop_on_interrupt
from tinhgon.ingest.archive import STDIN

if TYPE_CHECKING:
    from distributed import Client, Future

# Partitions that the scheduler knows of at once: work for hundreds of workers and in wait for as many more, and no
# burden for it, however large the archive is.
IN_FLIGHT = 1_000
# A file system that stumbles is asked again. Of workers that die Dask itself gives up after the third.
RETRIES = 2
_SECONDS_DEAF = 0.5  # to Ctrl-C, at most


class ClusterError(RuntimeError):
    """A cluster that cannot be used, or lost its workers, and what to do."""


def make_parts(
    sources: Sequence[str],
    folder: Path,
    address: str,
    *,
    patterns: Path | None = None,
    reading: Reading = PLAINLY,
    load: LoadExtractor = load_extractor,
    report: Report = silent,
    besides: Sequence[Path] = (),
) -> bool:
    """Have the scheduler at ``address`` make the parts of every source in ``folder``; whether all of them are made.

    ``besides`` are files of the program's own that may lie among the sources: the fact base that the parts are for.

    Those that are there from an earlier run, of the same bytes, code and patterns, are taken as they are. Ctrl-C stops
    it. All machines must see the sources, the patterns and the folder under the same paths.
    """
    if str(STDIN) in sources:
        raise ClusterError("what is piped in cannot be shared among machines: give a file or a folder")
    started = time.monotonic()
    with _connected(address) as client, stop_on_interrupt() as stop:
        partitions = tuple(partitions_of(sources_besides(sources, folder, *besides)))
        plan = Plan(code_version(), InForce.of(load(patterns)), reading, tuple(sources), partitions)
        folder.mkdir(parents=True, exist_ok=True)
        plan.write(folder)
        order = Order(
            folder=Path.cwd(),
            parts=folder.resolve(),
            patterns=patterns.resolve() if patterns else None,
            reading=reading,
            version=plan.version,
            patterns_hash=plan.in_force.patterns_hash,
            load=load,
        )
        files, articles, facts, rejected, count = of_all(partitions), 0, 0, 0, 0
        for number, made in _made(client, order, partitions, stop):
            note_made(folder, number, made)
            count += 1
            files -= len(partitions[number])
            articles, facts, rejected = articles + made.articles, facts + made.facts, rejected + made.rejected
            report(Progress(articles, articles + files, facts, rejected, time.monotonic() - started))
        if count == len(partitions):
            for left_by_the_dead in folder.glob("*.tmp"):
                left_by_the_dead.unlink(missing_ok=True)
        return count == len(partitions)


def _made(
    client: Client, order: Order, partitions: Sequence[tuple[str, ...]], stop: StopRequest
) -> Iterator[tuple[int, Made]]:
    """The partitions by their numbers as they are made, in no order."""
    done: SimpleQueue[Future] = SimpleQueue()
    waiting = iter(enumerate(partitions))
    flight: dict[str, tuple[int, Future]] = {}
    while not stop.made:
        for number, paths in islice(waiting, IN_FLIGHT - len(flight)):
            future = client.submit(make_part, order, paths, pure=False, retries=RETRIES)
            flight[future.key] = number, future
            future.add_done_callback(done.put)
        if not flight:
            return
        try:
            future = done.get(timeout=_SECONDS_DEAF)
        except Empty:
            if client.status != "running":
                raise ClusterError("the scheduler is gone; run the same command again to go on") from None
            continue
        number, _ = flight.pop(future.key)
        yield number, _result_of(future, partitions[number])


def _result_of(future: Future, paths: Sequence[str]) -> Made:
    from distributed import CancelledError, KilledWorker

    try:
        made = future.result()
    except KilledWorker as error:
        raise ClusterError(
            f"workers died again and again over {paths[0]} and the {len(paths) - 1} files after it, perhaps for want "
            "of memory; the other parts stay: give workers more memory, or leave the file out, and run it again"
        ) from error
    except RuntimeError as error:  # what Dask makes of a module that is not there
        said = str(error).splitlines()[0]
        raise ClusterError(
            f"the cluster does not understand the task ({said}): install the same version of tinhgon for the scheduler "
            "and all workers"
        ) from error
    except (CancelledError, OSError) as error:
        raise ClusterError(f"the cluster lost a task ({error}); run the same command again to go on") from error
    assert isinstance(made, Made)
    return made


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError("--dask needs Dask's scheduler: pip install 'tinhgon[cluster]'") from error
    try:
        client = Client(scheduler_file=address) if Path(address).is_file() else Client(address)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no Dask scheduler answers at {address}: {error}") from error
    with client:
        yield client
