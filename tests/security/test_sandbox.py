# ruff: noqa: E501 - code of learners is easier to read in one line
"""No attack gets through all layers; and the kernel holds even where Python is talked into anything.

`python -m tests.security.attack_table` prints what each layer stops. A machine without seccomp skips these:
there the sandbox promises less, says so, and asks before it runs code of packs.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from quizdl.grading.code.job import ALL_LAYERS
from quizdl.grading.code.sandbox import landlock, seccomp
from quizdl.grading.code.sandbox.machine import layers, probe
from quizdl.grading.code.sandbox.pool import Workers
from tests.security.attacks.attack import Attack, plain
from tests.security.world import ATTACKS, World

pytestmark = pytest.mark.skipif(not seccomp.available(), reason="this kernel filters no system calls")


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o755)  # where root runs the tests, the worker is another user
        world = World(home)
        yield world
        world.close()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_all_layers_stop(world: World, attack: Attack) -> None:
    attempt = world.attempt(attack)
    assert not attempt.succeeded, attempt


def test_there_are_enough_attacks_and_none_comes_twice() -> None:
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 40


REACHING = ["open a secret", "openat by system call", "connect to a port", "fork by system call",
            "signal by system call", "write a file", "executable memory by mprotect",
            "shared memory", "a daemon"]  # fmt: skip


@pytest.mark.parametrize("name", REACHING)
def test_attacks_do_get_through_where_nothing_stops_them(world: World, name: str) -> None:
    attack = next(attack for attack in ATTACKS if attack.name == name)
    attempt = world.attempt(attack, ())
    assert attempt.succeeded, attempt


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read any memory")
@pytest.mark.parametrize("name", ["process_vm_readv", "/proc/GRADER/mem", "pidfd_getfd"])
def test_the_graders_memory_is_closed_without_any_layer(world: World, name: str) -> None:
    attack = next(attack for attack in ATTACKS if attack.name == name)
    assert not world.attempt(attack, ()).succeeded


@pytest.mark.parametrize("name", REACHING)
def test_seccomp_alone_stops_them(world: World, name: str) -> None:
    attack = next(attack for attack in ATTACKS if attack.name == name)
    assert not world.attempt(attack, ("seccomp",)).succeeded


@pytest.mark.skipif(not landlock.abi(), reason="this kernel has no Landlock")
@pytest.mark.parametrize(
    "name", ["open a secret", "openat by system call", "write a file", "openat2 by system call"]
)
def test_landlock_alone_stops_files(world: World, name: str) -> None:
    attack = next(attack for attack in ATTACKS if attack.name == name)
    assert not world.attempt(attack, ("landlock",)).succeeded


def test_a_right_answer_would_be_taken_for_one(world: World) -> None:
    attack = Attack("its input", plain("return x"), "correct")
    assert world.attempt(attack, right=np.arange(3.0)).succeeded
    assert not world.attempt(attack, right=np.arange(3.0) + 1e-3).succeeded


def test_what_a_worker_has_is_what_the_machine_offers() -> None:
    with Workers() as workers:
        assert layers(workers).active == probe().active
    assert set(probe().active) <= set(ALL_LAYERS)
    assert not probe().needs_consent


HONEST = {
    "linear algebra": "a = np.eye(300) * 2 + 0.1\nreturn [np.linalg.inv(a), np.linalg.svd(a)[1], "
    "np.linalg.eigvalsh(a), np.linalg.solve(a, a[0]), np.linalg.norm(a), np.einsum('ij,jk', a, a)]",
    "random": "rng = np.random.default_rng(1)\nnp.random.seed(2)\nnp.random.default_rng()\n"
    "return [rng.normal(size=4), rng.permutation(9), np.random.rand(3), rng.choice(5, 2)]",
    "fft and polynomials": "return [np.abs(np.fft.fft(x)), np.polyfit(x, x, 1), np.polynomial.Polynomial([1, 2])(x)]",
    "printing": "print(x, np.ones((3, 3)), f'{x[0]:.3f}', 'é 한글')\nreturn repr(x)",
    "large arrays": "a = np.ones((2000, 2000))\nb = a @ a\nreturn float(b.sum())",
    "text and sorting": "return [sorted('hangul'), '한글'.encode().decode(), np.sort(-x), np.argsort(x), 'ß'.upper()]",
    "imports": "import math, itertools, functools, collections, typing, dataclasses, random, re, enum, copy\n"
    "from collections import Counter, defaultdict\nfrom numpy.linalg import norm\n"
    "return [math.pi, random.random() < 2, Counter('aa')['a'], norm(x)]",
    "clocks": "import time\nt = time.perf_counter()\ntime.sleep(0.01)\nreturn time.perf_counter() > t and time.time() > 0",
    "classes": "from dataclasses import dataclass\n@dataclass\nclass Point:\n    x: float\n    y: 'float' = 0.0\n"
    "return Point(1.0).x",
    "recursion": "def f(n): return 0 if n == 0 else 1 + f(n - 1)\nreturn f(800)",
    "warnings": "import warnings\nwarnings.warn('careful')\nwith np.errstate(all='ignore'):\n    return np.exp(x * 1e9)",
    "garbage": "import gc\nfor _ in range(50):\n    a = [np.ones(10000)]\n    a.append(a)\nreturn gc.collect() >= 0",
    "memory within bounds": "return float(np.ones(2**24).sum())",
}  # fmt: skip


@pytest.mark.parametrize("body", HONEST.values(), ids=HONEST.keys())
def test_honest_code_works_behind_all_layers(world: World, body: str) -> None:
    ended = world.attempt(Attack("honest", plain(body), "late")).ended
    assert ended.report is not None, ended
    for call in ended.report.programs[0].calls:
        assert call.raised is None, call
        assert not call.refused
