"""Where batches of work are done: in processes of this machine, or on the workers of a Dask cluster.

Both give the results in the order of the batches, whoever was done first, take batches only as fast as they are done,
and run nothing that is not told to them in `work`.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from kg.errors import KgError, UsageError

In = TypeVar("In")
Out = TypeVar("Out")

AHEAD = 2
"""Batches that wait for each process: one that it works on, and one that it need not wait for."""


def run_in_processes(batches: Iterator[In], work: Callable[[In], Out], workers: int) -> Generator[Out, None, None]:
    """The work on each batch, done by `workers` processes."""
    # Processes are started afresh, not forked: the encoder's library has threads, which do not survive a fork.
    start = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=start, initializer=_live_with_the_parent)
    waiting: deque[Future[Out]] = deque()
    try:
        for batch in batches:
            waiting.append(pool.submit(work, batch))
            if len(waiting) > AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise KgError("A worker process died, perhaps for lack of memory. Try again with fewer --workers.") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _live_with_the_parent() -> None:
    """Leaves Ctrl-C to the parent, and ends when the parent does, however it ended: a pool's workers would stay."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def run_on_cluster(batches: Iterator[In], work: Callable[[In], Out], scheduler: str) -> Generator[Out, None, None]:
    """The work on each batch, done by the workers of the Dask scheduler at that address.

    A worker that is lost costs what it was doing: Dask gives its batches to the others.
    """
    try:
        from distributed import Client, KilledWorker
    except ModuleNotFoundError:
        raise UsageError("A cluster needs the package distributed. Install it: pip install 'kg[cluster]'") from None
    try:
        client = Client(scheduler, set_as_default=False, timeout=20)
    except (OSError, ValueError) as error:
        raise UsageError(f"{scheduler}: no Dask scheduler answers there ({error}). Check --scheduler.") from None
    with client:
        waiting: deque[object] = deque()
        try:
            for batch in batches:
                # Not pure: a result is used once, so Dask need not hash a batch to know it again.
                waiting.append(client.submit(work, batch, pure=False))
                if len(waiting) > AHEAD * max(1, sum(client.nthreads().values())):
                    yield waiting.popleft().result()  # type: ignore[attr-defined]
            while waiting:
                yield waiting.popleft().result()  # type: ignore[attr-defined]
        except KilledWorker as error:
            raise KgError(f"The cluster lost one worker after another over the same articles: {error}.") from None
