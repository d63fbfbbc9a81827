"""The filter, run by a BPF interpreter written here: it decides the same where there is no seccomp."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizdl.grading.code.sandbox import seccomp
from quizdl.grading.code.sandbox.seccomp import AARCH64, ALLOWED, WITHOUT_EXEC, X86_64, Machine, program

ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000
MACHINES = pytest.mark.parametrize("machine", [X86_64, AARCH64], ids=["x86_64", "aarch64"])


def decide(machine: Machine, number: int, arch: int | None = None, third: int = 0) -> int:
    """What the program returns for one system call."""
    data = struct.pack("<IIQ6Q", number, machine.audit if arch is None else arch, 0, 0, 0, third, 0, 0, 0)
    lines = list(struct.iter_unpack("=HBBI", program(machine)))
    at, accumulator = 0, 0
    while True:
        code, yes, no, k = lines[at]
        at += 1
        if code == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, k)
        elif code == 0x06:
            return int(k)
        else:
            holds = {0x15: accumulator == k, 0x35: accumulator >= k, 0x45: bool(accumulator & k)}[code]
            at += yes if holds else no


@MACHINES
def test_what_computing_needs_is_allowed(machine: Machine) -> None:
    for name in (*ALLOWED, *WITHOUT_EXEC):
        assert decide(machine, machine.numbers[name], third=3) == ALLOW, name


@MACHINES
def test_every_other_number_is_refused(machine: Machine) -> None:
    known = {machine.numbers[name] for name in (*ALLOWED, *WITHOUT_EXEC)}
    for number in set(range(1024)) - known:
        assert decide(machine, number) == REFUSE, number


@MACHINES
@pytest.mark.parametrize("name", WITHOUT_EXEC)
@given(third=st.integers(0, 2**64 - 1))
def test_no_executable_memory(machine: Machine, name: str, third: int) -> None:
    assert decide(machine, machine.numbers[name], third=third) == (REFUSE if third & 4 else ALLOW)


@MACHINES
@given(
    number=st.integers(0, 2**32 - 1),
    arch=st.sampled_from([0x40000003, 0x40000028, 0, 0xC00000B7, 0xC000003E]),
)
def test_another_architecture_is_killed(machine: Machine, number: int, arch: int) -> None:
    if arch != machine.audit:
        assert decide(machine, number, arch) == KILL


@given(st.integers(0x40000000, 2**32 - 1))
def test_x32_is_killed(number: int) -> None:
    assert decide(X86_64, number) == KILL


FORBIDDEN = {
    "open": (2, None), "openat": (257, 56), "openat2": (437, 437), "socket": (41, 198), "execve": (59, 221),
    "execveat": (322, 281), "fork": (57, None), "vfork": (58, None), "clone": (56, 220), "clone3": (435, 435),
    "kill": (62, 129), "ptrace": (101, 117), "io_uring_setup": (425, 425), "setitimer": (38, 103),
    "rt_sigaction": (13, 134), "prlimit64": (302, 261), "ioctl": (16, 29), "pkey_mprotect": (329, 288),
}  # fmt: skip


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_reaches_out_is_refused(name: str) -> None:
    for machine, number in zip((X86_64, AARCH64), FORBIDDEN[name], strict=True):
        if number is not None:
            assert decide(machine, number) == REFUSE


HEADERS = {
    "x86_64": (X86_64, "/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": (AARCH64, "/usr/include/asm-generic/unistd.h"),
}


@pytest.mark.parametrize("name", HEADERS)
def test_the_numbers_are_the_kernels(name: str) -> None:
    machine, header = HEADERS[name]
    if not Path(header).exists():
        pytest.skip("the kernel's headers are not installed")
    official = {}
    for line in Path(header).read_text().splitlines():
        words = line.split()
        if len(words) >= 3 and words[0] == "#define" and words[1].startswith("__NR") and words[2].isdigit():
            official[words[1].removeprefix("__NR3264_").removeprefix("__NR_")] = int(words[2])
    assert {call: official[call] for call in machine.numbers} == machine.numbers


def test_the_program_is_short_enough_for_its_jumps() -> None:
    for machine in (X86_64, AARCH64):
        assert len(program(machine)) // 8 < 255
    assert seccomp.machine() in (None, X86_64, AARCH64)
