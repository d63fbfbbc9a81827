"""Values on their way between the grader and a worker: exact types, checked sizes, nothing that runs.

A value is None, a bool, int, float, complex, str, a list, tuple or dict (keys: str or int) of values, or an
array of one of `DTYPES`. Subclasses are refused, so that no object with an `__eq__` of its own ever reaches
a comparison. NumPy scalars travel as arrays of shape (). Every value has exactly one encoding per type, and
`decode` refuses everything else.

A frame is `MAGIC`, the length of the payload as 8 bytes, and the payload: one value.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

Value: TypeAlias = Any
"""One of the types above; a recursive alias would say no more to a reader."""

MAGIC: Final = b"quizdl1\n"
HEADER: Final = len(MAGIC) + 8
MAX_BYTES: Final = 32 * 2**20
MAX_DEPTH: Final = 16
MAX_NODES: Final = 200_000
MAX_DIMENSIONS: Final = 8
MAX_LENGTH: Final = 2**31 - 1
MAX_INT_BYTES: Final = 512
"""1,233 digits: more than any exercise asks for, and less than what Python refuses to print."""

DTYPES: Final = (
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
    "float16", "float32", "float64", "complex64", "complex128",
)  # fmt: skip
_CODES: Final = {np.dtype(name): code for code, name in enumerate(DTYPES)}
_DTYPES: Final = tuple(np.dtype(name) for name in DTYPES)
_LITTLE: Final = tuple(np.dtype(name).newbyteorder("<") for name in DTYPES)

_U16, _U32, _U64 = struct.Struct("<H"), struct.Struct("<I"), struct.Struct("<Q")
_F64, _C128 = struct.Struct("<d"), struct.Struct("<dd")


class WireError(ValueError):
    """A value that cannot travel, or bytes that are not one value."""


def encode(value: Value, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Write a value as bytes.

    Args:
        value: see the module.
        max_bytes: the most the result may have.

    Returns:
        The payload, without the frame's head.

    Raises:
        WireError: a type that cannot travel, or too large, deep or many-membered a value.

    Example:
        >>> decode(encode((1.5, [None, "넘파이"])))
        (1.5, [None, '넘파이'])
        >>> encode({1, 2})
        Traceback (most recent call last):
        ...
        quizdl.grading.code.wire.WireError: a value of type set cannot travel
    """
    writer = _Writer(max_bytes)
    writer.write(value, 0)
    return b"".join(writer.parts)


def decode(payload: bytes | memoryview) -> Value:
    """Read one value; arrays come out writable, in C order and the machine's byte order.

    Args:
        payload: what `encode` wrote, or anything else.

    Raises:
        WireError: not exactly one value in exactly the form that `encode` writes.

    Example:
        >>> decode(encode(np.eye(2))).tolist()
        [[1.0, 0.0], [0.0, 1.0]]
        >>> decode(encode(1) + b"N")
        Traceback (most recent call last):
        ...
        quizdl.grading.code.wire.WireError: 1 bytes too many
    """
    if len(payload) > MAX_BYTES:
        raise WireError(f"at most {MAX_BYTES} bytes, received {len(payload)}")
    reader = _Reader(memoryview(payload))
    value = reader.read(0)
    if reader.at != len(payload):
        raise WireError(f"{len(payload) - reader.at} bytes too many")
    return value


def frame(payload: bytes) -> bytes:
    """Put the head before a payload.

    Example:
        >>> unframe(frame(b"N"))
        b'N'
    """
    return MAGIC + _U64.pack(len(payload)) + payload


def unframe(data: bytes) -> bytes:
    """The payload of exactly one frame.

    Raises:
        WireError: no frame, half a frame, or more than one.

    Example:
        >>> unframe(frame(b"N") * 2)
        Traceback (most recent call last):
        ...
        quizdl.grading.code.wire.WireError: a frame of 1 bytes, received 18
    """
    if len(data) < HEADER or data[: len(MAGIC)] != MAGIC:
        raise WireError("not a frame")
    (length,) = _U64.unpack_from(data, len(MAGIC))
    if length != len(data) - HEADER:
        raise WireError(f"a frame of {length} bytes, received {len(data) - HEADER}")
    return data[HEADER:]


def join(parts: Sequence[bytes]) -> bytes:
    """Several payloads as one, so that each is read within a budget of its own.

    Example:
        >>> [bytes(part) for part in split(join([b"N", b"T"]))]
        [b'N', b'T']
    """
    return b"".join(_U32.pack(len(part)) + part for part in parts)


def split(payload: bytes) -> list[memoryview]:
    """The payloads of `join`.

    Raises:
        WireError: the lengths do not fit, or too many parts.
    """
    reader = _Reader(memoryview(payload))
    parts: list[memoryview] = []
    while reader.at < len(payload):
        parts.append(reader.take(reader.length()))
        if len(parts) > MAX_NODES:
            raise WireError("too many parts")
    return parts


class _Writer:
    def __init__(self, max_bytes: int) -> None:
        self.parts: list[bytes] = []
        self.left = max_bytes
        self.nodes = MAX_NODES

    def put(self, part: bytes) -> None:
        self.left -= len(part)
        if self.left < 0:
            raise WireError("the value is too large")
        self.parts.append(part)

    def write(self, value: Value, depth: int) -> None:
        self.nodes -= 1
        if depth > MAX_DEPTH or self.nodes < 0:
            raise WireError("the value is nested too deeply or has too many members")
        kind = type(value)
        if value is None:
            self.put(b"N")
        elif kind is bool:
            self.put(b"T" if value else b"F")
        elif kind is float:
            self.put(b"f" + _F64.pack(value))
        elif kind is int:
            self.put(_int_bytes(value))
        elif kind is complex:
            self.put(b"c" + _C128.pack(value.real, value.imag))
        elif kind is str:
            self.put(_text_bytes(value))
        elif kind is list or kind is tuple:
            self.put((b"l" if kind is list else b"t") + _U32.pack(len(value)))
            for member in value:
                self.write(member, depth + 1)
        elif kind is dict:
            self.put(b"d" + _U32.pack(len(value)))
            for key, member in value.items():
                if type(key) not in (str, int):
                    raise WireError(f"a key of type {type(key).__name__} cannot travel")
                self.write(key, depth + 1)
                self.write(member, depth + 1)
        elif kind is np.ndarray:
            self.array(value)
        elif issubclass(kind, np.generic) and kind.__module__ == "numpy":
            self.array(np.asarray(value))
        else:
            raise WireError(f"a value of type {kind.__name__[:80]} cannot travel")

    def array(self, array: npt.NDArray[Any]) -> None:
        code = _CODES.get(array.dtype)
        if code is None:
            raise WireError(f"an array of dtype {str(array.dtype)[:80]} cannot travel")
        if array.ndim > MAX_DIMENSIONS or max(array.shape, default=0) > MAX_LENGTH:
            raise WireError("an array has too many dimensions or too long a one")
        if array.nbytes > self.left:  # before tobytes: a broadcast view may be far larger than its memory
            raise WireError("the value is too large")
        head = b"a" + bytes((code, array.ndim)) + b"".join(_U32.pack(length) for length in array.shape)
        self.put(head + array.astype(_LITTLE[code], copy=False).tobytes())


def _int_bytes(value: int) -> bytes:
    length = value.bit_length() // 8 + 1
    if length > MAX_INT_BYTES:
        raise WireError("an int has too many digits")
    return b"i" + _U16.pack(length) + value.to_bytes(length, "little", signed=True)


def _text_bytes(value: str) -> bytes:
    try:
        raw = value.encode()
    except UnicodeEncodeError as error:
        raise WireError("a text holds half a character") from error
    return b"s" + _U32.pack(len(raw)) + raw


class _Reader:
    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.at = 0
        self.nodes = MAX_NODES

    def take(self, count: int) -> memoryview:
        end = self.at + count
        if end > len(self.data):
            raise WireError("the bytes end in the middle of a value")
        part = self.data[self.at : end]
        self.at = end
        return part

    def length(self) -> int:
        return int(_U32.unpack(self.take(4))[0])

    def read(self, depth: int) -> Value:
        self.nodes -= 1
        if depth > MAX_DEPTH or self.nodes < 0:
            raise WireError("the value is nested too deeply or has too many members")
        match tag := bytes(self.take(1)):
            case b"N":
                return None
            case b"T" | b"F":
                return tag == b"T"
            case b"f":
                return float(_F64.unpack(self.take(8))[0])
            case b"i":
                return self.integer()
            case b"c":
                return complex(*_C128.unpack(self.take(16)))
            case b"s":
                return self.text()
            case b"l":
                return [self.read(depth + 1) for _ in range(self.length())]
            case b"t":
                return tuple([self.read(depth + 1) for _ in range(self.length())])
            case b"d":
                return self.mapping(depth)
            case b"a":
                return self.array()
        raise WireError(f"{tag!r} begins no value")

    def integer(self) -> int:
        (length,) = _U16.unpack(self.take(2))
        if not 1 <= length <= MAX_INT_BYTES:
            raise WireError(f"an int has 1 to {MAX_INT_BYTES} bytes, received {length}")
        value = int.from_bytes(self.take(length), "little", signed=True)
        if value.bit_length() // 8 + 1 != length:
            raise WireError("an int is longer than it must be")
        return value

    def text(self) -> str:
        try:
            return str(self.take(self.length()), "utf-8")
        except UnicodeDecodeError as error:
            raise WireError("a text is not UTF-8") from error

    def mapping(self, depth: int) -> dict[str | int, Value]:
        result: dict[str | int, Value] = {}
        for _ in range(self.length()):
            key = self.read(depth + 1)
            if type(key) not in (str, int) or key in result:
                raise WireError("a key is neither str nor int, or comes twice")
            result[key] = self.read(depth + 1)
        return result

    def array(self) -> npt.NDArray[Any]:
        code, dimensions = self.take(2)
        if code >= len(DTYPES) or dimensions > MAX_DIMENSIONS:
            raise WireError("an array of an unknown dtype or of too many dimensions")
        shape = tuple(self.length() for _ in range(dimensions))
        if max(shape, default=0) > MAX_LENGTH:
            raise WireError("an array has too long a dimension")
        size, stretch = 1, 1
        for length in shape:
            size *= length
            stretch *= max(length, 1)
        if stretch > 2**40:  # (0, 2**31, 2**31, …) is empty, and NumPy would still multiply its strides
            raise WireError("an array has too long dimensions")
        raw = self.take(size * _DTYPES[code].itemsize)
        if code == 0 and any(byte > 1 for byte in bytes(raw)):
            raise WireError("a bool is neither 0 nor 1")
        flat = np.frombuffer(raw, dtype=_LITTLE[code]) if size else np.empty(0, dtype=_DTYPES[code])
        return flat.astype(_DTYPES[code]).reshape(shape)
