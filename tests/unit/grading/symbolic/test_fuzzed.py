"""A short run of the fuzz; `python tests/fuzz_grading.py 1000000` is the long one."""

from __future__ import annotations

from tests.fuzz_grading import run


def test_random_answers_get_a_verdict_each() -> None:
    assert run(400, seed=3) == []
