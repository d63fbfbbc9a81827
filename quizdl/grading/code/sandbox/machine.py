"""What this machine offers to keep code in, before any runs."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass

from quizdl.grading.code.job import ALL_LAYERS, Call, Job, Source
from quizdl.grading.code.sandbox import landlock, seccomp
from quizdl.grading.code.sandbox.pool import Workers


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers of the sandbox.

    Args:
        active: of `job.ALL_LAYERS`, in that order.
        landlock_abi: the version of Landlock, 0 for none.
    """

    active: tuple[str, ...]
    landlock_abi: int = 0

    @property
    def kernel(self) -> bool:
        """Whether the kernel itself holds the code, whatever Python can be talked into."""
        return "seccomp" in self.active

    @property
    def needs_consent(self) -> bool:
        """Whether code of packs other than the bundled one may run only once the learner agreed to it.

        Example:
            >>> Layers(("limits", "audit")).needs_consent, Layers(("seccomp",)).needs_consent
            (True, False)
        """
        return not self.kernel


def probe() -> Layers:
    """What this machine should give; a millisecond, and starts nothing.

    Example:
        >>> "audit" in probe().active
        True
    """
    abi = landlock.abi()
    has = {
        "landlock": abi > 0,
        "user": True,
        "limits": sys.platform == "linux" and importlib.util.find_spec("resource") is not None,
        "seccomp": seccomp.available(),
        "audit": True,
    }
    return Layers(tuple(name for name in ALL_LAYERS if has[name]), abi)


def layers(workers: Workers) -> Layers:
    """What a worker really has: one is started and asked. For `quizdl doctor` and the exercise screen.

    Args:
        workers: one of them does it.

    Raises:
        WorkerError: no worker could be started.

    Example:
        >>> with Workers() as workers:
        ...     set(layers(workers).active) <= set(ALL_LAYERS)
        True
    """
    ended = workers.run(Job((Source("def nothing(): return None", "nothing"),), ((),), (Call(0),)))
    active = ended.report.layers if ended.report is not None else ()
    return Layers(tuple(name for name in ALL_LAYERS if name in active), landlock.abi())
