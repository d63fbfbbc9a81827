"""A seccomp filter as raw BPF: which system calls a worker may still make once its code arrives.

The list holds what CPython, NumPy and glibc need to compute, to print and to end. There is no `open`, no
socket, no process, no signal, no new mapping of executable memory; every other call fails with EPERM, which
Python shows as PermissionError. Another architecture's calls (i386 or x32 on x86-64, arm on aarch64) have
other numbers, so a process that makes one is killed.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from dataclasses import dataclass
from typing import Final

from quizdl.grading.code.sandbox.libc import libc, no_new_privs

_EXEC: Final = 4  # PROT_EXEC
_LD_W_ABS, _JEQ_K, _JGE_K, _JSET_K, _RET_K = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_SET_MODE_FILTER, _TSYNC, _GET_ACTION_AVAIL = 1, 1, 2
_NR, _ARCH, _ARG2_LOW = 0, 4, 32  # offsets in struct seccomp_data, little-endian machines
_X32_BIT = 0x40000000

ALLOWED: Final = (
    "read", "write", "close", "fstat", "lseek",  # on the pipes that are open already
    "brk", "munmap", "mremap", "madvise", "futex", "sched_yield",
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "times", "getrusage",
    "getpid", "gettid", "getrandom", "restart_syscall", "exit", "exit_group",
    "rt_sigreturn", "rt_sigprocmask", "set_robust_list", "rseq",  # the timers, and the end of their thread
)  # fmt: skip
WITHOUT_EXEC: Final = ("mmap", "mprotect")
"""Allowed unless the third argument asks for executable memory."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The numbers of one architecture: its audit constant, `seccomp` itself, and the calls by name."""

    audit: int
    seccomp: int
    numbers: dict[str, int]


X86_64: Final = Machine(
    audit=0xC000003E,
    seccomp=317,
    numbers={
        "read": 0, "write": 1, "close": 3, "fstat": 5, "lseek": 8, "mmap": 9, "mprotect": 10, "munmap": 11,
        "brk": 12, "rt_sigprocmask": 14, "rt_sigreturn": 15, "sched_yield": 24, "mremap": 25, "madvise": 28,
        "nanosleep": 35, "getpid": 39, "exit": 60, "gettimeofday": 96, "getrusage": 98, "times": 100,
        "gettid": 186, "futex": 202, "restart_syscall": 219, "clock_gettime": 228, "clock_getres": 229,
        "clock_nanosleep": 230, "exit_group": 231, "set_robust_list": 273, "getrandom": 318, "rseq": 334,
    },
)  # fmt: skip
AARCH64: Final = Machine(
    audit=0xC00000B7,
    seccomp=277,
    numbers={
        "read": 63, "write": 64, "close": 57, "fstat": 80, "lseek": 62, "mmap": 222, "mprotect": 226,
        "munmap": 215, "brk": 214, "rt_sigprocmask": 135, "rt_sigreturn": 139, "sched_yield": 124,
        "mremap": 216, "madvise": 233, "nanosleep": 101, "getpid": 172, "exit": 93, "gettimeofday": 169,
        "getrusage": 165, "times": 153, "gettid": 178, "futex": 98, "restart_syscall": 128,
        "clock_gettime": 113, "clock_getres": 114, "clock_nanosleep": 115, "exit_group": 94,
        "set_robust_list": 99, "getrandom": 278, "rseq": 293,
    },
)  # fmt: skip


def machine() -> Machine | None:
    """The table for this process, or None where there is none (not Linux, another or a 32-bit CPU).

    Example:
        >>> machine() in (None, X86_64, AARCH64)
        True
    """
    if sys.platform != "linux" or sys.byteorder != "little" or struct.calcsize("P") != 8:
        return None
    return {"x86_64": X86_64, "aarch64": AARCH64}.get(platform.machine())


def program(machine: Machine) -> bytes:
    """The BPF program, eight bytes an instruction.

    Example:
        >>> len(program(X86_64)) // 8
        42
    """
    lines = [
        (_LD_W_ABS, 0, 0, _ARCH),
        (_JEQ_K, 1, 0, machine.audit),
        (_RET_K, 0, 0, _KILL),
        (_LD_W_ABS, 0, 0, _NR),
    ]
    if machine is X86_64:
        lines += [(_JGE_K, 0, 1, _X32_BIT), (_RET_K, 0, 0, _KILL)]
    checked = [machine.numbers[name] for name in WITHOUT_EXEC]
    plain = [machine.numbers[name] for name in ALLOWED]
    for at, number in enumerate(checked):  # jump over the rest of both lists and the refusal and the consent
        lines.append((_JEQ_K, len(checked) - at - 1 + len(plain) + 2, 0, number))
    for at, number in enumerate(plain):
        lines.append((_JEQ_K, len(plain) - at, 0, number))
    refusal = (_RET_K, 0, 0, _ERRNO | errno.EPERM)
    lines += [
        refusal,
        (_RET_K, 0, 0, _ALLOW),
        (_LD_W_ABS, 0, 0, _ARG2_LOW),
        (_JSET_K, 0, 1, _EXEC),
        refusal,
        (_RET_K, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def available() -> bool:
    """Whether this kernel filters system calls; changes nothing.

    Example:
        >>> available() in (True, False)
        True
    """
    found = machine()
    if found is None:
        return False
    action = ctypes.c_uint32(_ERRNO)
    return bool(libc().syscall(found.seccomp, _GET_ACTION_AVAIL, 0, ctypes.byref(action)) == 0)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def install() -> bool:
    """Filter the calls of every thread of this process from now on, for good.

    Returns:
        False where the kernel refuses or has no such thing.
    """
    found = machine()
    if found is None or not no_new_privs():
        return False
    code = program(found)
    buffer = ctypes.create_string_buffer(code, len(code))
    passed = _Program(len(code) // 8, ctypes.addressof(buffer))
    return bool(libc().syscall(found.seccomp, _SET_MODE_FILTER, _TSYNC, ctypes.byref(passed)) == 0)
