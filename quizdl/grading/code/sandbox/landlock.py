"""Landlock: no file, no network port, no abstract socket and no signal beyond this process.

A ruleset that handles every right and grants none. What is open already stays usable.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final

from quizdl.grading.code.sandbox.libc import libc, no_new_privs

_CREATE, _RESTRICT = 444, 446  # the same numbers on every architecture
_VERSION = 1
_FILE_RIGHTS: Final = {1: 13, 2: 14, 3: 15, 5: 16}
"""ABI version -> how many file rights it knows: 13, then refer, truncate, and ioctl on devices."""
_BIND_CONNECT_TCP: Final = 3  # from ABI 4
_ABSTRACT_SOCKETS_AND_SIGNALS: Final = 3  # from ABI 6


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


def abi() -> int:
    """The version of Landlock that the kernel offers, 0 for none.

    Example:
        >>> abi() >= 0
        True
    """
    if sys.platform != "linux":
        return 0
    return max(0, int(libc().syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION)))


def restrict() -> bool:
    """Give up every right that Landlock knows, for this thread and what it starts, for good.

    Returns:
        False where the kernel has no Landlock or refuses.
    """
    version = abi()
    if not version or not no_new_privs():
        return False
    rights = max(count for since, count in _FILE_RIGHTS.items() if since <= version)
    ruleset = _Ruleset(
        files=2**rights - 1,
        net=_BIND_CONNECT_TCP if version >= 4 else 0,
        scoped=_ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0,
    )
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    descriptor = int(libc().syscall(_CREATE, ctypes.byref(ruleset), ctypes.c_size_t(size), 0))
    if descriptor < 0:
        return False
    try:
        return bool(libc().syscall(_RESTRICT, descriptor, 0) == 0)
    finally:
        os.close(descriptor)
