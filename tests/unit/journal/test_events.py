"""Ids are UUIDv7: time first, then random bits, with version and variant in their places."""

from __future__ import annotations

import os
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizdl.journal.events import uuid7


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_version_variant_and_time(at_ms: int, random: bytes) -> None:
    text = uuid7(at_ms, random)
    parsed = uuid.UUID(text)
    assert str(parsed) == text
    assert parsed.version == 7
    assert parsed.variant == uuid.RFC_4122
    assert parsed.int >> 80 == at_ms


@given(st.integers(0, 2**48 - 2), st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_a_later_time_sorts_later(at_ms: int, one: bytes, two: bytes) -> None:
    assert uuid7(at_ms, one) < uuid7(at_ms + 1, two)


def test_74_bits_are_random() -> None:
    ids = {uuid7(0, os.urandom(10)) for _ in range(1_000)}
    assert len(ids) == 1_000
    zeros, ones = uuid.UUID(uuid7(0, bytes(10))).int, uuid.UUID(uuid7(0, b"\xff" * 10)).int
    assert (zeros ^ ones).bit_count() == 74


def test_other_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="10 bytes, received 16"):
        uuid7(0, bytes(16))
