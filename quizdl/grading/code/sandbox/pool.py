"""Workers that are warm before they are needed."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Final

from quizdl.grading.code.job import Job
from quizdl.grading.code.sandbox.process import Ended, Worker, WorkerError

_SOON: Final = 0.02


class Workers:
    """A spare worker or two, each for one job; the next warms up while the verdict is read.

    Starting one takes a few milliseconds of this process; the hundred that NumPy needs are the worker's own.

    Args:
        spare: how many to keep warm; 2 where packs bring their own solutions.

    Example:
        >>> from quizdl.grading.code.job import Call, Source
        >>> with Workers() as workers:
        ...     ended = workers.run(Job((Source("def f(x): return x + 1", "f"),), ((1,),), (Call(0),)))
        >>> ended.report.programs[0].calls[0].value
        2
    """

    def __init__(self, spare: int = 1) -> None:
        self.spare = spare
        self._warm: list[Worker] = []
        self._lock = threading.Lock()
        self._closed = False

    def warm(self) -> None:
        """Start what is missing, in the background."""
        with self._lock:
            while not self._closed and len(self._warm) < self.spare:
                self._warm.append(Worker())

    def warm_soon(self) -> None:
        """Start what is missing once the verdict is out: not even the few milliseconds are waited for."""
        timer = threading.Timer(_SOON, self._warm_quietly)
        timer.daemon = True
        timer.start()

    def _warm_quietly(self) -> None:
        with suppress(WorkerError):  # whoever takes the next one hears of it
            self.warm()

    def wait_ready(self) -> None:
        """Start what is missing and wait until it is warm; only measurements need to.

        Raises:
            WorkerError: one could not be started.
        """
        self.warm()
        for worker in list(self._warm):
            worker.wait_ready()

    def run(self, job: Job) -> Ended:
        """Run one job.

        Raises:
            WorkerError: no worker could be started.
            WireError: inputs that cannot travel.
        """
        return self.run_all([job])[0]

    def run_all(self, jobs: Sequence[Job]) -> list[Ended]:
        """Run jobs side by side, each in a worker of its own.

        Raises:
            WorkerError: no worker could be started.
            WireError: inputs that cannot travel.
        """
        workers: list[Worker] = []
        try:
            for job in jobs:
                worker = self.take()
                workers.append(worker)
                worker.begin(job)
            return [worker.finish() for worker in workers]
        finally:
            for worker in workers:
                worker.close()
            self.warm_soon()

    @contextmanager
    def running(self, job: Job) -> Iterator[Worker]:
        """A worker that has begun a job, so that the caller can do something else before `finish`.

        Raises:
            WorkerError: no worker could be started.
            WireError: inputs that cannot travel.
        """
        worker = self.take()
        try:
            worker.begin(job)
            yield worker
        finally:
            worker.close()
            self.warm_soon()

    def take(self) -> Worker:
        """A worker, warm if there is one; whoever takes it closes it."""
        with self._lock:
            while self._warm:
                worker = self._warm.pop(0)
                if worker.alive():
                    return worker
                worker.close()
            return Worker()

    def close(self) -> None:
        """End the spare workers."""
        with self._lock:
            self._closed = True
            while self._warm:
                self._warm.pop().close()

    def __enter__(self) -> Workers:
        self.warm()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self.close()
