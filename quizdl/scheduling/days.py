"""Study days: the day a review counts for, which ends in the night and not at midnight."""

from __future__ import annotations

import datetime

_DAY_MS = 86_400_000
_HOUR_MS = 3_600_000
_MINUTE_MS = 60_000
_EPOCH = datetime.date(1970, 1, 1)


def study_day(at_ms: int, offset_minutes: int, day_start_hour: int = 4) -> int:
    """The number of the study day that holds an instant.

    day = ⌊(at_ms + offset − day_start) / 24 h⌋, counted from 1970-01-01 on the learner's own clock.

    Args:
        at_ms: the instant, in milliseconds since 1970-01-01 00:00 UTC.
        offset_minutes: how far local time is ahead of UTC then, in minutes (Seoul: 540).
        day_start_hour: the local hour at which a new study day begins, 0..23.

    Returns:
        Days since 1970-01-01.

    Raises:
        ValueError: the hour is not in 0..23.

    Example:
        Three in the morning in Seoul still belongs to the evening before; four does not.

        >>> three = 1_700_000_000_000 - 1_700_000_000_000 % 86_400_000 + 18 * 3_600_000
        >>> study_day(three + 3_600_000, 540) - study_day(three, 540)
        1
    """
    if not 0 <= day_start_hour <= 23:
        raise ValueError(f"day_start_hour must be in 0..23, received {day_start_hour}")
    return (at_ms + offset_minutes * _MINUTE_MS - day_start_hour * _HOUR_MS) // _DAY_MS


def date_of(day: int) -> datetime.date:
    """The calendar date of a study day.

    Example:
        >>> date_of(19_700).isoformat()
        '2023-12-09'
    """
    return _EPOCH + datetime.timedelta(days=day)


def day_of(date: datetime.date) -> int:
    """The study-day number of a calendar date; the inverse of `date_of`.

    Example:
        >>> day_of(datetime.date(2023, 12, 9))
        19700
    """
    return (date - _EPOCH).days
