"""Resource limits of a worker, and the rights of root given away."""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path
from typing import Final

MEMORY: Final = 512 * 2**20
"""Bytes that learner code may add to what the interpreter and NumPy have mapped."""

_WATCHDOG: Final = 16 * 2**20
"""The stack of the watchdog's thread."""
_NOBODY: Final = 65534


def limit(cpu_seconds: int, mapped: int) -> bool:
    """Bound CPU seconds, memory, files, processes and core dumps, for good.

    Args:
        cpu_seconds: after these the kernel kills the process, whatever it ignores.
        mapped: bytes of address space that are not counted, 0 for unknown; see `mapped_bytes`.

    Returns:
        False when one of the limits could not be set (macOS has no working RLIMIT_AS).
    """
    wanted = {
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_NOFILE: 0,  # what is open stays open
    }
    if mapped:
        wanted[resource.RLIMIT_AS] = mapped + _WATCHDOG + MEMORY
    done = [_set(kind, most) for kind, most in wanted.items()]
    return all(done) and bool(mapped)


def _set(kind: int, most: int) -> bool:
    try:
        resource.setrlimit(kind, (most, most))
    except (OSError, ValueError):
        return False
    return True


def mapped_bytes() -> int:
    """The size of this process's address space, 0 where it is not known.

    Example:
        >>> mapped_bytes() > 0 or sys.platform != "linux"
        True
    """
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * resource.getpagesize()


def drop_root() -> bool:
    """Become `nobody` when started by root: limits on processes and rights on files count only then.

    Returns:
        True when this process has no special rights any more (or never had), False when it keeps them.
    """
    if os.geteuid() != 0:
        return os.getuid() != 0
    try:
        os.setgroups([])
        if sys.platform == "linux":
            os.setresgid(_NOBODY, _NOBODY, _NOBODY)
            os.setresuid(_NOBODY, _NOBODY, _NOBODY)
        else:
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
    except OSError:  # a container that maps one user only
        return False
    return True
