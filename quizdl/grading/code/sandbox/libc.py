"""The C library through ctypes, and the two process attributes that Python does not offer."""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Final

_SET_DUMPABLE: Final = 4
_SET_NO_NEW_PRIVS: Final = 38


@cache
def libc() -> ctypes.CDLL:
    """The C library of this process; `syscall` takes and returns a long."""
    library = ctypes.CDLL(None, use_errno=True)
    if hasattr(library, "syscall"):
        library.syscall.restype = ctypes.c_long
    return library


def no_new_privs() -> bool:
    """Let no exec from here on gain rights (setuid, file capabilities); needed for seccomp and Landlock.

    Returns:
        False where there is no such attribute.
    """
    return _prctl(_SET_NO_NEW_PRIVS, 1)


def undumpable() -> bool:
    """Keep other processes of this user from reading this one's memory (ptrace, /proc/PID/mem); no core.

    Returns:
        False where there is no such attribute.

    Example:
        >>> undumpable() == (sys.platform == "linux")
        True
    """
    return _prctl(_SET_DUMPABLE, 0)


def _prctl(option: int, value: int) -> bool:
    if sys.platform != "linux":
        return False
    numbers = [ctypes.c_ulong(number) for number in (option, value, 0, 0, 0)]
    return bool(libc().prctl(*numbers) == 0)
