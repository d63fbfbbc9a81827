"""The suggested quality: what raises it, what lowers it, and in which order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizdl.grading.quality import ENOUGH, is_fast, suggest
from quizdl.grading.verdict import Feedback, Outcome, Verdict

RIGHT = Verdict(Outcome.CORRECT, 1.0)
TYPO = Verdict(Outcome.CORRECT, 1.0, (Feedback("words.typo", {"name": "ReLU"}),))
SPELLING = Verdict(Outcome.CORRECT, 1.0, (Feedback("words.spelling", {"name": "드롭아웃"}),))
EXTRA = Verdict(Outcome.CORRECT, 1.0, (Feedback("list.rival", {"part": "x", "rival": "y"}),))
WRONG = Verdict(Outcome.WRONG, 0.0)


@pytest.mark.parametrize(
    ("verdict", "circumstances", "quality"),
    [
        (RIGHT, {}, 4),
        (RIGHT, {"fast": True}, 5),
        (RIGHT, {"fast": True, "hints": 1}, 3),
        (RIGHT, {"fast": True, "tries": 2}, 3),
        (TYPO, {"fast": True}, 3),
        (EXTRA, {"fast": True}, 3),
        (SPELLING, {}, 4),
        (SPELLING, {"fast": True}, 5),
        (Verdict(Outcome.PARTIAL, 0.5), {"fast": True}, 2),
        (Verdict(Outcome.PARTIAL, 0.49), {}, 1),
        (WRONG, {"fast": True}, 1),
        (None, {}, 4),
        (None, {"fast": True}, 4),
        (None, {"hints": 2}, 3),
    ],
)
def test_suggestions(verdict: Verdict | None, circumstances: dict[str, int], quality: int) -> None:
    assert suggest(verdict, **circumstances) == quality  # type: ignore[arg-type]


def test_what_was_not_understood_has_no_quality() -> None:
    with pytest.raises(ValueError, match="no quality"):
        suggest(Verdict(Outcome.UNREADABLE, 0.0))


times = st.lists(st.integers(0, 300_000), min_size=ENOUGH, max_size=60)


@given(times, st.integers(0, 300_000))
def test_fast_means_the_fastest_quarter(earlier: list[int], now: int) -> None:
    slower = sum(other > now for other in earlier)
    if is_fast(now, earlier):
        assert slower >= len(earlier) * 0.7 or now in earlier
        assert is_fast(max(0, now - 1), earlier), "faster is fast too"
    assert is_fast(min(earlier), earlier)
    assert not is_fast(max(earlier) + 1, earlier)
    assert not is_fast(now, earlier[: ENOUGH - 1]), "too few to know"
