"""One worker seen from the grader: started, given a job, read with a deadline, killed, reaped.

A worker serves once. It is a fresh process (never a fork of this one) in a session of its own, with an empty
environment and no descriptor but its pipes. Whatever it does, `finish` returns within the hard time-out.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from quizdl.grading.code.job import Job
from quizdl.grading.code.results import FILE, Report, read_report
from quizdl.grading.code.sandbox.libc import undumpable
from quizdl.grading.code.wire import HEADER, MAX_BYTES, WireError

MAX_PRINTED: Final = 64 * 1024
READY: Final = b"ready\n"
_MAX_TRACE: Final = 16 * 1024
_GRACE: Final = 0.2
_READY_SECONDS: Final = 20.0
_BOOT: Final = (
    "import sys; sys.path += sys.argv[3:]; from quizdl.grading.code.sandbox.worker import main; "
    "main(int(sys.argv[1]), int(sys.argv[2]))"
)
_THREADS: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_KEPT: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""Where the loader finds NumPy's libraries on some systems; the worker forgets them before it runs code."""

Ending = Literal["reported", "too-long", "killed", "died", "malformed", "flood"]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a job ended.

    Args:
        how: `reported`; `too-long` (the watchdog ended a loop in C); `killed` (the hard time-out); `died`
            (without a frame); `malformed` (what came is no frame); `flood` (more than a frame may have).
        report: what the worker said, if it said something readable.
        printed: the first 64 KB of its output.
        cut: whether there was more.
        line: the learner's line that the watchdog saw, 0 for none.
        signal: the signal that ended the process, 0 for none.
    """

    how: Ending
    report: Report | None = None
    printed: bytes = b""
    cut: bool = False
    line: int = 0
    signal: int = 0


class WorkerError(RuntimeError):
    """A worker that could not be started; its output says why."""


class Worker:
    """A process that will run one job."""

    def __init__(self) -> None:
        undumpable()  # the grader: no process of this user may read the expected values in its memory
        self._result, result = os.pipe()
        self._trace, trace = os.pipe()
        roots = dict.fromkeys([_root("quizdl"), _root("numpy")])
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-X", "utf8", "-c", _BOOT, str(result), str(trace), *roots],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                pass_fds=(result, trace),
                env=_environment(),
                cwd="/",
                start_new_session=True,  # Ctrl-C in the terminal is not for the worker
                bufsize=0,
            )
        except OSError as error:
            os.close(self._result)
            os.close(self._trace)
            raise WorkerError(f"a worker could not be started: {error}") from error
        finally:
            os.close(result)
            os.close(trace)
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        self._stdin, self._stdout = stdin, stdout
        self._traced = b""
        self._job = b""
        self._hard = 0.0
        self._until = 0.0
        self.ready = False
        self.closed = False

    @property
    def pid(self) -> int:
        """The process id, for measurements."""
        return self._process.pid

    def alive(self) -> bool:
        """Whether the process is still there."""
        return not self.closed and self._process.poll() is None

    def wait_ready(self, seconds: float = _READY_SECONDS) -> None:
        """Wait until NumPy is loaded.

        Raises:
            WorkerError: it ended before, or took longer.
        """
        until = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self._trace, selectors.EVENT_READ)
            while not self.ready:
                left = until - time.monotonic()
                if left <= 0 or not selector.select(left):
                    self.close()
                    raise WorkerError(f"a worker was not ready within {seconds:g} s")
                part = os.read(self._trace, 64)
                self._traced += part
                self.ready = self._traced.startswith(READY)
                if not part and not self.ready:
                    said = os.read(self._stdout.fileno(), _MAX_TRACE).decode("utf-8", "replace")
                    self.close()
                    raise WorkerError(f"a worker ended while it was starting: {said.strip()[-500:]}")

    def begin(self, job: Job) -> None:
        """Send a job off; `finish` gets what came of it.

        Raises:
            WireError: inputs that cannot travel.
            WorkerError: the worker is not there.
        """
        self._job = job.frame()
        self.wait_ready()
        self._hard = job.clock.hard
        self._until = time.monotonic() + self._hard
        os.set_blocking(self._stdin.fileno(), False)
        self._send()

    def finish(self) -> Ended:
        """Read until the worker ends or its time is up; afterwards nothing of it is left."""
        result, printed, traced = _Kept(HEADER + MAX_BYTES), _Kept(MAX_PRINTED), _Kept(_MAX_TRACE)
        pipes = {self._result: result, self._stdout.fileno(): printed, self._trace: traced}
        until, late = self._until, False
        try:
            with selectors.DefaultSelector() as selector:
                for pipe in pipes:
                    selector.register(pipe, selectors.EVENT_READ)
                if self._job:
                    selector.register(self._stdin.fileno(), selectors.EVENT_WRITE)
                open_pipes = set(pipes)
                while open_pipes and not result.cut:
                    left = until - time.monotonic()
                    events = selector.select(max(left, 0))
                    if not events:
                        late = self._result in open_pipes
                        break
                    for key, _ in events:
                        if key.fd not in pipes:
                            if not self._send():
                                selector.unregister(key.fd)
                        elif part := os.read(key.fd, 1 << 18):
                            pipes[key.fd].keep(part)
                        else:
                            selector.unregister(key.fd)
                            open_pipes.discard(key.fd)
                            if key.fd == self._result:  # it ended, or gave up: the rest is there already
                                until = min(until, time.monotonic() + _GRACE)
                    if left <= 0:
                        late = self._result in open_pipes
                        break
        finally:
            self.close()
        return self._ended(result, printed, bytes(traced.data), late)

    def close(self) -> None:
        """Kill what is still there, reap it, close the pipes; twice does no harm."""
        if self.closed:
            return
        self.closed = True
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._stdin, self._stdout):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        os.close(self._result)
        os.close(self._trace)

    def _send(self) -> bool:
        """Write as much of the job as fits; whether there is more."""
        try:
            while self._job:
                self._job = self._job[os.write(self._stdin.fileno(), self._job) :]
        except BlockingIOError:
            return True
        except BrokenPipeError:
            self._job = b""
            return False
        self._stdin.close()
        return False

    def _ended(self, result: _Kept, printed: _Kept, traced: bytes, late: bool) -> Ended:
        ended_by = max(0, -self._process.returncode)
        line = _traced_line(traced)
        report: Report | None = None
        how: Ending = "died"
        if late:
            how = "killed"
        elif result.cut:
            how = "flood"
        elif traced.removeprefix(READY).startswith(b"Timeout"):
            how = "too-long"
        elif result.data:
            try:
                report, how = read_report(bytes(result.data)), "reported"
            except WireError:
                how = "malformed"
        return Ended(how, report, bytes(printed.data), printed.cut, line, ended_by)


class _Kept:
    """The first bytes of a pipe; the rest is read and forgotten, so that the writer never waits."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.data = bytearray()
        self.cut = False

    def keep(self, part: bytes) -> None:
        room = self.most - len(self.data)
        self.data += part[:room]
        self.cut = self.cut or len(part) > room


def _traced_line(traced: bytes) -> int:
    """The innermost line of learner code in a traceback that the watchdog wrote.

    Example:
        >>> _traced_line(b'Timeout!' + bytes([10]) + b'  File "answer.py", line 7 in f')
        7
    """
    found = re.search(rf'File "{re.escape(FILE)}", line (\d{{1,9}})'.encode(), traced)
    return int(found[1]) if found else 0


def _root(package: str) -> str:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise WorkerError(f"{package} is not installed")
    return str(Path(spec.origin).resolve().parent.parent)


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, **dict.fromkeys(_THREADS, "1"), "MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8"}
