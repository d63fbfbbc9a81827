"""What an attack is: source text that a learner could submit, and how one sees that it worked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sign = Literal[
    "token",  # what came back or was printed holds the secret
    "loot",  # a file was made or changed
    "connected",  # a listener was reached
    "signalled",  # the grader or a bystander got a signal
    "claimed",  # the function returned something true: it says honestly that it got through
    "correct",  # the verdict was "correct"
    "late",  # the grader got no answer in time
    "stray",  # a process is left
    "flood",  # more output than is kept
]


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack.

    Args:
        name: short; the row in the table.
        source: Python that defines `attack(x)`. `@SECRET@`, `@LOOT@`, `@PORT@`, `@UNIX@`, `@ABSTRACT@`,
            `@GRADER@`, `@VICTIM@`, `@ADDRESS@` and `@LENGTH@` are filled in.
        sign: how success shows.
        only_behind_seccomp: whether it would harm the machine of the tests if nothing stopped it.
    """

    name: str
    source: str
    sign: Sign
    only_behind_seccomp: bool = False


NUMBERS = {  # x86-64, aarch64
    "open": (2, None), "openat": (257, 56), "openat2": (437, 437), "creat": (85, None), "unlink": (87, None),
    "unlinkat": (263, 35), "truncate": (76, 45), "mkdirat": (258, 34), "symlinkat": (266, 36),
    "renameat2": (316, 276), "chroot": (161, 51), "mount": (165, 40), "memfd_create": (319, 279),
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200),
    "clone": (56, 220), "clone3": (435, 435), "execve": (59, 221), "execveat": (322, 281),
    "kill": (62, 129), "tgkill": (234, 131), "pidfd_open": (434, 434), "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424), "rt_sigqueueinfo": (129, 138), "ptrace": (101, 117),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "io_uring_setup": (425, 425),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "unshare": (272, 97),
    "setns": (308, 268), "prlimit64": (302, 261), "keyctl": (250, 219), "add_key": (248, 217),
    "shmget": (29, 194), "msgget": (68, 186), "semget": (64, 190), "personality": (135, 92),
    "prctl": (157, 167), "seccomp": (317, 277), "mmap": (9, 222), "mprotect": (10, 226),
    "pkey_mprotect": (329, 288), "inotify_init1": (294, 26), "epoll_create1": (291, 20),
    "timer_create": (222, 107), "setuid": (105, 146), "name_to_handle_at": (303, 264), "pipe2": (293, 59),
    "fsopen": (430, 430), "kcmp": (312, 272), "setitimer": (38, 103), "dup": (32, 23), "fcntl": (72, 25),
    "rt_sigaction": (13, 134), "reboot": (169, 142), "statx": (332, 291), "readlinkat": (267, 78),
}  # fmt: skip

PRELUDE = f"""
from quizdl.grading.code.sandbox.libc import libc
import ctypes
from quizdl.grading.code.sandbox.seccomp import machine, X86_64
NUMBERS = {NUMBERS!r}
def syscall(name, *arguments):
    number = NUMBERS[name][0 if machine() is X86_64 else 1]
    if number is None:
        return -1
    wide = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return libc().syscall(ctypes.c_long(number), *wide)
"""
"""For attacks in machine words: a C library that is loaded in the worker already, found without a search."""


def raw(body: str) -> str:
    """An attack that makes system calls itself, past everything that Python could refuse.

    Args:
        body: the lines of `attack(x)`.
    """
    lines = "\n".join("    " + line for line in body.strip().splitlines())
    return f"{PRELUDE}\ndef attack(x):\n{lines}\n"


def plain(body: str) -> str:
    """An attack in ordinary Python.

    Args:
        body: the lines of `attack(x)`.
    """
    lines = "\n".join("    " + line for line in body.strip().splitlines())
    return f"import gc, os, sys, time\nimport numpy as np\ndef attack(x):\n{lines}\n"
