"""The layers a worker takes on, in order, once NumPy is loaded and the job is read.

landlock    no file, TCP port, abstract socket or signal beyond this process       (Linux 5.13)
user        root becomes nobody
limits      CPU, +512 MB, no file growth, no new descriptor, process or core dump
seccomp     only the calls that computing needs                                    (x86-64, aarch64)
audit       Python refuses files, sockets and processes by name                   (everywhere)

The watchdog's thread starts between `user` and `limits`: later no thread can start.
"""

from __future__ import annotations

import faulthandler
import math
import sys
from collections.abc import Collection

from quizdl.grading.code.sandbox import audit, landlock, limits, seccomp


def lock(layers: Collection[str], trace: int, watchdog: float, hard: float) -> list[str]:
    """Take on the layers, for good.

    Args:
        layers: names, see above.
        trace: the descriptor that the watchdog writes the current line to.
        watchdog: seconds until it ends this process.
        hard: seconds of CPU until the kernel does.

    Returns:
        The layers that this machine gave.
    """
    active = []
    mapped = limits.mapped_bytes()  # Landlock hides /proc
    if "landlock" in layers and landlock.restrict():
        active.append("landlock")
    if "user" in layers and limits.drop_root():
        active.append("user")
    faulthandler.dump_traceback_later(watchdog, exit=True, file=trace)
    if "limits" in layers and limits.limit(math.ceil(hard) + 1, mapped):
        active.append("limits")
    sys.path.clear()  # what is not loaded now is not there: no search, a plain ModuleNotFoundError
    sys.path_importer_cache.clear()
    if "seccomp" in layers and seccomp.install():
        active.append("seccomp")
    if "audit" in layers and audit.refuse():
        active.append("audit")
    return active
