"""Values that travel come back the same to the last bit; everything else is refused, never guessed."""

from __future__ import annotations

import math
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from quizdl.grading.code import wire
from quizdl.grading.code.wire import WireError, decode, encode, frame, unframe

ARRAYS = st.sampled_from(wire.DTYPES).flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(min_value=-(2**900), max_value=2**900)
    | st.floats()
    | st.complex_numbers()
    | st.text(st.characters(exclude_categories=["Cs"]))
)
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text("abc한글", max_size=3) | st.integers(), inner, max_size=4)
    ),
    max_leaves=12,
)


def same(one: Any, other: Any) -> bool:
    """Equal in type and in every bit."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return (
            one.dtype == other.dtype
            and one.shape == other.shape
            and one.tobytes() == other.tobytes()
            and bool(other.flags.writeable)
        )
    if isinstance(one, float):
        return struct.pack("<d", one) == struct.pack("<d", other)
    if isinstance(one, complex):
        return same(one.real, other.real) and same(one.imag, other.imag)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return bool(one == other)


@given(VALUES)
@example(-0.0)
@example(np.array(-0.0))
@example(True)
@example({1: np.empty((0, 3))})
def test_a_value_comes_back_the_same(value: Any) -> None:
    assert same(value, decode(encode(value)))


@given(VALUES)
def test_there_is_one_encoding(value: Any) -> None:
    payload = encode(value)
    assert encode(decode(payload)) == payload
    assert unframe(frame(payload)) == payload


def test_numpy_scalars_travel_as_arrays_without_dimensions() -> None:
    value = decode(encode(np.float32(1.5)))
    assert type(value) is np.ndarray
    assert value.shape == ()
    assert value.dtype == np.float32


def test_views_arrive_in_order() -> None:
    array = np.arange(12.0).reshape(3, 4).T[::-1, ::2]
    assert decode(encode(array)).tolist() == array.tolist()
    swapped = array.astype(">f8")
    with pytest.raises(WireError, match="dtype >f8"):
        encode(swapped)


class Always(float):
    """Equal to everything: must not travel."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


class Named(np.ndarray):
    """A subclass of array."""


DEEP: Any = []
for _ in range(wire.MAX_DEPTH + 1):
    DEEP = [DEEP]
LOOP: list[Any] = []
LOOP.append(LOOP)


@pytest.mark.parametrize(
    "value",
    [
        Always(1), {1, 2}, b"bytes", object(), lambda: 0, float, range(3), (n for n in [1]), Ellipsis,
        np.zeros(3).view(Named), np.ma.masked_array([1.0]), np.array([None]), np.array(["a"]),
        np.array([(1, 2.0)], dtype=[("a", int), ("b", float)]), np.array(["2020-01-01"], dtype="M8[D]"),
        {1.5: 0}, {True: 0}, {(1,): 0}, {Always(1): 0}, "\ud800", 10**2000, DEEP, LOOP,
        [0] * (wire.MAX_NODES + 1), np.broadcast_to(np.zeros(1), (10**9,)), np.empty((0, 2**31)),
        np.zeros((1,) * (wire.MAX_DIMENSIONS + 1)), np.float64,
        np.longdouble(1),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_may_not_travel(value: Any) -> None:
    with pytest.raises(WireError):
        encode(value)


def test_neighbours_that_may_travel() -> None:
    shallow: Any = []
    for _ in range(wire.MAX_DEPTH - 1):
        shallow = [shallow]
    for value in (1.0, [1, 2], "bytes", {1: 0}, 10**1200, shallow, np.zeros((1,) * wire.MAX_DIMENSIONS)):
        assert same(value, decode(encode(value)))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_refused(data: bytes) -> None:
    try:
        value = decode(data)
    except WireError:
        return
    assert encode(value) == data  # there is one encoding, so what is read must be what is written


@given(VALUES, st.data())
def test_damage_is_refused_or_is_other_data(value: Any, data: st.DataObject) -> None:
    payload = bytearray(encode(value))
    at = data.draw(st.integers(0, len(payload) - 1))
    payload[at] ^= data.draw(st.integers(1, 255))
    try:
        read = decode(bytes(payload))
    except WireError:
        return
    assert encode(read) == bytes(payload)


@given(VALUES)
def test_half_a_value_is_refused(value: Any) -> None:
    payload = encode(value)
    for cut in {0, len(payload) // 2, len(payload) - 1}:
        with pytest.raises(WireError):
            decode(payload[:cut])


U32 = struct.Struct("<I").pack


@pytest.mark.parametrize(
    "data",
    [
        b"", b"?", b"l" + U32(2**32 - 1), b"l" + U32(10**6) + b"N" * 10**6, (b"l" + U32(1)) * 100 + b"N",
        b"s" + U32(2) + b"\xff\xff", b"s" + U32(3) + b"\xed\xa0\x80", b"i\x00\x00", b"i\x02\x00\x01\x00",
        b"i" + struct.pack("<H", 513) + b"\x01" * 513, b"a\xff\x00", b"a\x0b\x09" + U32(1) * 9 + b"0" * 8,
        b"a\x0b\x01" + U32(2**31) + b"0" * 8, b"a\x0b\x03" + U32(0) + U32(2**31 - 1) * 2,
        b"a\x00\x00\x02", b"d" + U32(2) + b"TN" * 2, b"d" + U32(2) + (b"i\x01\x00\x01" + b"N") * 2,
        b"d" + U32(1) + b"f" + b"0" * 8 + b"N", b"d" + U32(1) + b"l" + U32(0) + b"N",
    ],
)  # fmt: skip
def test_hostile_bytes(data: bytes) -> None:
    with pytest.raises(WireError):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [b"", b"quizdl1\n", frame(b"N") + b"N", frame(b"N")[:-1], b"x" + frame(b"N"), frame(b"N") * 2,
     wire.MAGIC + b"\xff" * 8 + b"N"],
)  # fmt: skip
def test_exactly_one_frame(data: bytes) -> None:
    with pytest.raises(WireError):
        unframe(data)


def test_a_nan_keeps_its_bits() -> None:
    quiet = struct.unpack("<d", struct.pack("<Q", 0xFFF8000000000123))[0]
    assert math.isnan(decode(encode(quiet)))
    assert same(np.array([quiet]), decode(encode(np.array([quiet]))))
