"""SM-2 against golden vectors, against PyPI supermemo2 where the two must agree, and its edges."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizdl.errors import JournalError
from quizdl.scheduling.registry import scheduler
from quizdl.scheduling.sm2 import EASE_FLOOR, INTERVAL_CAP, SM2
from quizdl.scheduling.state import CardState


def run(qualities: list[int], start: CardState | None = None) -> list[CardState]:
    state, states = start or CardState(), []
    for quality in qualities:
        state = SM2().schedule(state, quality, state.due)
        states.append(state)
    return states


GOLDEN = [
    ([5] * 6, [1, 6, 16, 45, 131, 393], 310),
    ([4] * 6, [1, 6, 15, 38, 95, 238], 250),
    ([3] * 7, [1, 6, 13, 27, 52, 94, 156], 152),
    ([4, 4, 4, 2, 4, 4, 4], [1, 6, 15, 1, 1, 6, 13], 218),
    ([5, 4, 3, 2, 1, 0], [1, 6, 16, 1, 1, 1], 130),
    ([0, 0, 0, 0, 4, 4, 4], [1, 1, 1, 1, 1, 6, 8], 130),
]


@pytest.mark.parametrize(("qualities", "intervals", "ease"), GOLDEN)
def test_golden(qualities: list[int], intervals: list[int], ease: int) -> None:
    states = run(qualities)
    assert [state.interval for state in states] == intervals
    assert states[-1].ease == ease


@pytest.mark.parametrize("quality", range(6))
def test_ease_step_is_the_published_formula(quality: int) -> None:
    step = 100 * (0.1 - (5 - quality) * (0.08 + (5 - quality) * 0.02))
    after = SM2().schedule(CardState(ease=1000), quality, 0).ease
    assert after - 1000 == round(step)
    assert math.isclose(after - 1000, step, abs_tol=1e-9)


def test_interval_uses_the_ease_before_the_answer() -> None:
    """6 × 2.60 = 15.6 → 16 with the old ease; with the new ease 2.46 it would be 15."""
    assert SM2().schedule(CardState(repetitions=2, interval=6, ease=260, reviews=2), 3, 7).interval == 16


@pytest.mark.parametrize(
    ("interval", "ease", "expected"),
    [(10, 245, 25), (10, 244, 24), (2, 225, 5), (2, 224, 4), (5, 130, 7), (5, 220, 11)],
)
def test_half_a_day_rounds_up(interval: int, ease: int, expected: int) -> None:
    state = CardState(repetitions=4, interval=interval, ease=ease, reviews=4)
    assert SM2().schedule(state, 4, 50).interval == expected


def test_floor_and_cap() -> None:
    assert run([0] * 10)[-1].ease == EASE_FLOOR
    old = CardState(repetitions=30, interval=30_000, ease=300, reviews=30)
    assert SM2().schedule(old, 5, 0).interval == INTERVAL_CAP
    assert SM2().schedule(old, 2, 0).interval == 1


@pytest.mark.parametrize("quality", [-1, 6, 2.5, None])
def test_a_quality_outside_0_to_5_is_refused(quality: int) -> None:
    with pytest.raises(ValueError, match="quality must be in"):
        SM2().schedule(CardState(), quality, 0)


@given(
    st.builds(
        CardState,
        repetitions=st.integers(0, 30),
        ease=st.integers(130, 400),
        interval=st.integers(1, 40_000),
        reviews=st.integers(1, 100),
    ),
    st.integers(0, 30_000),
)
def test_preview_tells_what_schedule_does(state: CardState, day: int) -> None:
    previews = SM2().preview(state, day)
    for quality, days in enumerate(previews):
        after = SM2().schedule(state, quality, day)
        assert (after.interval, after.due) == (days, day + days)
        assert 1 <= days <= INTERVAL_CAP
        assert after.ease >= EASE_FLOOR


def test_again_lapses_and_leech() -> None:
    first = SM2().schedule(CardState(), 1, 10)
    assert first.lapses == 0, "the first answer to a new card is no lapse"
    assert first.again
    assert first.first == first.last == 10
    state = first
    for day in range(11, 18):
        state = SM2().schedule(state, 2, day)
    assert (state.lapses, state.leech) == (7, False)
    state = SM2().schedule(state, 0, 18)
    assert (state.lapses, state.leech, state.first) == (8, True, 10)
    assert SM2().schedule(state, 3, 19).again
    assert not SM2().schedule(state, 4, 19).again


def test_a_repeat_changes_neither_ease_nor_interval() -> None:
    state = SM2().schedule(CardState(), 2, 10)
    for quality in (0, 1, 3):
        assert state.repeated(quality) == state
    done = state.repeated(4)
    assert not done.again
    assert (done.ease, done.interval, done.due, done.reviews) == (218, 1, 11, 1)


def test_registry() -> None:
    assert scheduler("sm2").name == "sm2"
    with pytest.raises(JournalError, match="must be one of sm2, received 'sm17'"):
        scheduler("sm17")


@given(st.integers(0, 5), st.integers(130, 350), st.integers(1, 3000), st.integers(0, 12))
def test_agrees_with_supermemo2_up_to_its_rounding(
    quality: int, ease: int, interval: int, repetitions: int
) -> None:
    """Same ease, same repetitions; the interval is equal except where `ceil` must differ from half up."""
    supermemo2 = pytest.importorskip("supermemo2")
    other = supermemo2.review(quality, ease / 100, interval, repetitions, "2026-01-01 00:00:00")
    state = CardState(repetitions=repetitions, ease=ease, interval=interval, reviews=repetitions)
    ours = SM2().schedule(state, quality, 0)
    assert math.isclose(other["easiness"], ours.ease / 100, abs_tol=1e-9)
    assert other["repetitions"] == ours.repetitions
    hundredths = interval * ease % 100
    if quality < 3 or repetitions < 2 or hundredths >= 50:
        assert other["interval"] == ours.interval
    elif hundredths > 0:
        assert other["interval"] == ours.interval + 1
    else:  # an exact product, which the float may lift above itself
        assert other["interval"] - ours.interval in (0, 1)


def test_a_float_would_add_a_day_to_an_exact_product() -> None:
    """50 × 2.18 is 109 days; `supermemo2` says 110, because 2.18 has no exact double."""
    supermemo2 = pytest.importorskip("supermemo2")
    state = CardState(repetitions=5, interval=50, ease=218, reviews=5)
    assert SM2().schedule(state, 4, 0).interval == 109
    assert supermemo2.review(4, 2.18, 50, 5, "2026-01-01 00:00:00")["interval"] == 110
