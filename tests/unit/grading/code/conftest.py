"""One grader for all tests of the room: its workers stay warm."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from quizdl.grading.code.grade import Grader


@pytest.fixture(scope="session")
def grader() -> Iterator[Grader]:
    with Grader() as grader:
        yield grader
