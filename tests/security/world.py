"""Something to attack: a secret, a folder, listeners, a bystander, and a grader that knows right answers."""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import select
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

import numpy as np
import numpy.typing as npt

from quizdl.grading.code.grade import Graded, Grader, _Known
from quizdl.grading.code.job import ALL_LAYERS, Clock, Source
from quizdl.grading.code.jobs import learner_job
from quizdl.grading.code.sandbox.process import MAX_PRINTED, Ended, Worker
from quizdl.grading.code.task import Case, Task
from quizdl.grading.verdict import Outcome
from tests.security.attacks import cheating, exhausting, kernel, reaching
from tests.security.attacks.attack import Attack

Array = npt.NDArray[np.float64]
ATTACKS = reaching.ATTACKS + kernel.ATTACKS + exhausting.ATTACKS + cheating.ATTACKS
SECRET = "QUIZDL-SECRET-"
CLOCK = Clock(soft=0.6, watchdog=1.0, hard=2.0)
_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Attempt:
    """What an attack did: whether it got through, and what one would be told of it."""

    succeeded: bool
    ended: Ended
    graded: Graded
    seconds: float


class World:
    """One process's surroundings; every attempt gets a new secret and an empty folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.signals = 0
        self.token = SECRET + secrets.token_hex(12)
        self.memory = ctypes.create_string_buffer(self.token.encode())
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.unix = socket.socket(socket.AF_UNIX)
        self.unix.bind(str(home / "socket"))
        self.unix.listen()
        self.abstract = socket.socket(socket.AF_UNIX)
        self.name = "quizdl-" + secrets.token_hex(6)
        self.abstract.bind("\0" + self.name)
        self.abstract.listen()
        self.victim = subprocess.Popen(["sleep", "600"])
        self.before = signal.signal(signal.SIGUSR1, self.signalled)
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)  # so that daemons become children of this process
        self.grader = Grader()

    def signalled(self, _number: int, _frame: FrameType | None) -> None:
        self.signals += 1

    def close(self) -> None:
        for listener in (self.tcp, self.unix, self.abstract):
            listener.close()
        self.victim.kill()
        self.victim.wait()
        self.grader.close()
        signal.signal(signal.SIGUSR1, self.before)
        ctypes.CDLL(None).prctl(_SUBREAPER, 0, 0, 0, 0)

    def attempt(
        self, attack: Attack, layers: tuple[str, ...] = ALL_LAYERS, right: Array | None = None
    ) -> Attempt:
        """Submit an attack as an answer, behind some layers or all; what is right is random by default."""
        folder = Path(tempfile.mkdtemp(dir=self.home))
        folder.chmod(0o777)
        secret, loot = folder / "secret", folder / "loot"
        secret.write_text(self.token)
        secret.chmod(0o666)
        loot.mkdir()
        loot.chmod(0o777)
        self.signals = 0
        if right is None:
            right = np.random.default_rng(secrets.randbits(64)).normal(size=3)
        task = Task("attack", ("x",), tuple(Case((np.arange(3.0) + at,)) for at in range(3)), Source("", "a"))
        text = attack.source
        for mark, value in {
            "@SECRET@": secret, "@LOOT@": loot, "@PORT@": self.tcp.getsockname()[1],
            "@UNIX@": self.home / "socket", "@ABSTRACT@": self.name, "@GRADER@": os.getpid(),
            "@VICTIM@": self.victim.pid, "@ADDRESS@": ctypes.addressof(self.memory),
            "@LENGTH@": len(self.token),
        }.items():  # fmt: skip
            text = text.replace(mark, str(value))
        job = replace(learner_job(task, task.cases, text), layers=layers, clock=CLOCK)
        with open_and_inheritable(secret):
            worker = Worker()
        worker.begin(job)
        begun = time.monotonic()
        ended = worker.finish()
        seconds = time.monotonic() - begun
        graded = self.grader._judge(_Known(task, task.cases, [right, right + 1, right + 2]), ended)
        return Attempt(self.succeeded(attack, ended, graded, seconds, folder), ended, graded, seconds)

    def succeeded(self, attack: Attack, ended: Ended, graded: Graded, seconds: float, folder: Path) -> bool:
        values = [
            call.value
            for program in (ended.report.programs if ended.report else ())
            for call in program.calls
            if call.raised is None and not call.refused
        ]
        strays = self.strays()
        checks = {
            "token": self.token in repr(values) + graded.printed,
            "loot": self.looted(folder),
            "connected": self.reached(),
            "signalled": bool(self.signals) or self.disturbed(),
            "claimed": any(
                value is not None and not isinstance(value, np.ndarray) and value for value in values
            ),
            "correct": graded.verdict.outcome is Outcome.CORRECT,
            "late": seconds > CLOCK.hard + 2.0,
            "stray": strays,
            "flood": len(ended.printed) > MAX_PRINTED,
        }
        never = ("token", "loot", "connected", "signalled", "correct", "stray", "flood")
        return checks[attack.sign] or any(checks[sign] for sign in never)

    def looted(self, folder: Path) -> bool:
        secret = folder / "secret"
        return any((folder / "loot").iterdir()) or not secret.exists() or secret.read_text() != self.token

    def reached(self) -> bool:
        listeners = [self.tcp, self.unix, self.abstract]
        reached = False
        while ready := select.select(listeners, [], [], 0)[0]:
            reached = True
            for listener in ready:
                listener.accept()[0].close()
        return reached

    def disturbed(self) -> bool:
        """Whether the bystander is dead or was stopped; there is a new one then."""
        state = Path(f"/proc/{self.victim.pid}/stat").read_text().rpartition(")")[2].split()[0]
        if state in "SR":
            return False
        self.victim.kill()
        self.victim.wait()
        self.victim = subprocess.Popen(["sleep", "600"])
        return True

    def strays(self) -> bool:
        """Whether workers or their children are left; they are not any more afterwards."""
        time.sleep(0.02)
        found = False
        for status in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                pid, fields = int(status.parent.name), status.read_text().rpartition(")")[2].split()
                if int(fields[1]) != os.getpid() or pid == self.victim.pid:
                    continue
                if b"sandbox.worker" not in (status.parent / "cmdline").read_bytes() and fields[0] != "Z":
                    continue
                found = found or fields[0] != "Z"
                if fields[0] != "Z":
                    os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
        return found


@contextlib.contextmanager
def open_and_inheritable(path: Path) -> Iterator[None]:
    """A careless descriptor in the grader that a child could inherit."""
    descriptor = os.open(path, os.O_RDONLY)
    os.set_inheritable(descriptor, True)
    try:
        yield
    finally:
        os.close(descriptor)
