"""The prover: proofs upgrade, time-outs and dead children change nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from quizdl.grading.symbolic.grade import grade_expression
from quizdl.grading.symbolic.parser import parse
from quizdl.grading.symbolic.prove.client import Prover
from quizdl.grading.symbolic.prove.upgrade import upgraded
from quizdl.grading.symbolic.prove.wire import pair
from quizdl.grading.symbolic.question import Question
from quizdl.grading.symbolic.symbols import OPEN


@pytest.fixture(scope="module")
def prover() -> Iterator[Prover]:
    with Prover() as made:
        yield made


def test_a_proof_upgrades_agreement(prover: Prover) -> None:
    asked = Question(answer="1 - tanh(x)^2")
    graded = grade_expression(asked, "4/(e^x + e^(-x))^2")
    assert [one.code for one in graded.verdict.feedback] == ["expr.points"]
    found = upgraded(graded, asked, prover)
    assert found.proved
    assert [one.code for one in found.verdict.feedback] == ["expr.proved"]
    assert found.verdict.outcome == "correct"


def test_a_wrong_answer_stays_as_it_is(prover: Prover) -> None:
    asked = Question(answer="1 - tanh(x)^2")
    graded = grade_expression(asked, "1 + tanh(x)^2")
    assert upgraded(graded, asked, prover) == graded


def test_what_is_different_is_not_proved(prover: Prover) -> None:
    assert prover.prove(parse("x^2").tree, parse("x^3").tree, OPEN) is False


def test_running_out_of_time_changes_nothing_and_the_next_proof_works(prover: Prover) -> None:
    asked = Question(answer="sin(x)^2")
    graded = grade_expression(asked, "1 - cos(x)^2")
    assert upgraded(graded, asked, prover, seconds=0.0) == graded
    assert not prover.running
    assert upgraded(graded, asked, prover).proved


def test_a_child_that_is_killed_changes_nothing(prover: Prover) -> None:
    assert prover.prove(parse("x").tree, parse("x").tree, OPEN)
    assert prover._child is not None
    os.kill(prover._child.pid, signal.SIGTERM)
    prover._child.wait()
    assert prover.prove(parse("x + x").tree, parse("2*x").tree, OPEN)


def test_sums_are_not_handed_over() -> None:
    assert pair(parse("sum_{k=1}^{n} k").tree, parse("n").tree, OPEN) is None
