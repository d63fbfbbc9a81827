"""Study days roll over at the learner's own hour, on the learner's own clock."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizdl.scheduling.days import date_of, day_of, study_day


def ms(text: str) -> int:
    return int(datetime.datetime.fromisoformat(text).timestamp() * 1000)


@pytest.mark.parametrize(
    ("local", "start", "date"),
    [
        ("2026-03-01T03:59:59.999+09:00", 4, "2026-02-28"),
        ("2026-03-01T04:00:00+09:00", 4, "2026-03-01"),
        ("2026-03-01T00:00:00+09:00", 0, "2026-03-01"),
        ("2026-02-28T23:59:59+09:00", 0, "2026-02-28"),
        ("2026-03-01T03:59:00-08:00", 4, "2026-02-28"),
        ("1969-12-31T05:00:00+00:00", 4, "1969-12-31"),
    ],
)
def test_rollover(local: str, start: int, date: str) -> None:
    offset = datetime.datetime.fromisoformat(local).utcoffset()
    assert offset is not None
    day = study_day(ms(local), int(offset.total_seconds() // 60), start)
    assert date_of(day).isoformat() == date
    assert day_of(date_of(day)) == day


@given(st.integers(0, 4_000_000_000_000), st.integers(-720, 840), st.integers(0, 23))
def test_a_day_later_is_the_next_day(at_ms: int, offset: int, start: int) -> None:
    day = study_day(at_ms, offset, start)
    assert study_day(at_ms + 86_400_000, offset, start) == day + 1
    assert study_day(at_ms + 1, offset, start) in (day, day + 1)


@pytest.mark.parametrize("hour", [-1, 24])
def test_an_impossible_hour_is_refused(hour: int) -> None:
    with pytest.raises(ValueError, match="day_start_hour"):
        study_day(0, 0, hour)
