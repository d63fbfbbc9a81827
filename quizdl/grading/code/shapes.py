"""Why a shape is another than expected."""

from __future__ import annotations

from typing import Literal

Shape = tuple[int, ...]
Reason = Literal[
    "transposed", "keepdims", "squeezed", "broadcast", "flattened", "axis", "not-reduced", "other"
]


def reason(expected: Shape, got: Shape, inputs: tuple[Shape, ...] = ()) -> Reason:
    """The likeliest reason.

    Args:
        expected: what the reference returns.
        got: what came back.
        inputs: the shapes of the array inputs.

    Example:
        >>> reason((2, 3), (3, 2)), reason((2,), (2, 1)), reason((2, 1), (2,)), reason((4,), (4, 4))
        ('transposed', 'keepdims', 'squeezed', 'broadcast')
        >>> reason((2,), (3,), ((2, 3),)), reason((), (5,), ((5,),)), reason((2, 3), (6,))
        ('axis', 'not-reduced', 'flattened')
    """
    if len(expected) > 1 and got == expected[::-1]:
        return "transposed"
    if got != expected and _without_ones(got) == _without_ones(expected):
        return "keepdims" if len(got) > len(expected) else "squeezed"
    if got in inputs and len(got) > len(expected):
        return "not-reduced"
    for shape in inputs:
        if len(shape) > 1 and _is_reduction(shape, expected) and _is_reduction(shape, got):
            return "axis"
    if len(got) > len(expected) or (len(got) == len(expected) and _size(got) > _size(expected)):
        length = max(_without_ones(expected), default=0)
        if expected and got.count(length) > expected.count(length) and length > 1:
            return "broadcast"
    if _size(got) == _size(expected):
        return "flattened" if len(got) < len(expected) else "other"
    if len(got) > len(expected):
        return "not-reduced"
    return "other"


def _without_ones(shape: Shape) -> Shape:
    return tuple(length for length in shape if length != 1)


def _is_reduction(shape: Shape, result: Shape) -> bool:
    """Whether summing over one axis of `shape` gives `result`, kept as 1 or not."""
    return any(
        result in (shape[:axis] + shape[axis + 1 :], (*shape[:axis], 1, *shape[axis + 1 :]))
        for axis in range(len(shape))
    )


def _size(shape: Shape) -> int:
    size = 1
    for length in shape:
        size *= length
    return size
