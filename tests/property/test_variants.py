"""Laws of instances, for any parameters and any seed."""

from __future__ import annotations

from types import SimpleNamespace

from hypothesis import assume, given
from hypothesis import strategies as st

from quizdl.packs.formula.arrays import Value, flat
from quizdl.packs.formula.evaluate import evaluate
from quizdl.packs.formula.parser import parse
from quizdl.packs.formula.printer import literal
from quizdl.packs.parameters import Param
from quizdl.packs.templates import Format, write
from quizdl.packs.variants import values

SEEDS = st.integers(0, 2**32 - 1)
SIZES = st.sampled_from([(), (1,), (3,), (2, 2)])


def drawn(param: Param, seed: int) -> list[Value]:
    return list(flat(values(SimpleNamespace(params={"p": param}, derived={}, require=()), seed)["p"]))


@given(st.integers(-1000, 1000), st.integers(1, 1000), st.integers(1, 50), SIZES, SEEDS)
def test_ints_lie_on_their_steps(low: int, width: int, step: int, size: tuple[int, ...], seed: int) -> None:
    param = Param(type="int", min=low, max=low + width, step=step, size=size)
    for entry in drawn(param, seed):
        assert isinstance(entry, int)
        assert low <= entry <= low + width
        assert (entry - low) % step == 0
    assert drawn(param, seed) == drawn(param, seed)


@given(st.decimals(-100, 100, places=2), st.decimals("0.01", 50, places=2), st.integers(0, 4), SIZES, SEEDS)
def test_reals_have_no_more_digits_than_asked(
    low: float, width: float, digits: int, size: tuple[int, ...], seed: int
) -> None:
    low, high = float(low), float(low) + float(width)
    assume(round(low, digits) == low)
    for entry in drawn(Param(type="real", min=low, max=high, digits=digits, size=size), seed):
        assert isinstance(entry, float)
        assert low <= entry <= high + 1e-9
        assert len(repr(entry).partition(".")[2]) <= max(digits, 1) or "e" in repr(entry)


@given(
    st.recursive(
        st.integers(-(10**15), 10**15) | st.floats(-1e300, 1e300),
        lambda v: st.lists(v, max_size=3).map(tuple),
    )
)
def test_literals_read_back_as_they_were(value: Value) -> None:
    assert evaluate(parse(literal(value))) == value


@given(st.floats(-1e12, 1e12), st.sampled_from("fge%"), st.integers(0, 12), st.sampled_from(["", "+", "("]))
def test_no_number_is_written_as_negative_zero(number: float, style: str, places: int, sign: str) -> None:
    text = write(number, Format(style=style, places=places, sign=sign))
    if not text.strip("-+(0.)%e"):
        assert "-" not in text.partition("e")[0]
