"""The clock as a parameter: the session asks it, tests set it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

from quizdl.scheduling.days import study_day


class Clock(Protocol):
    """What a session needs to know about time."""

    def now_ms(self) -> int:
        """UTC, in milliseconds since 1970."""
        ...

    def offset_minutes(self) -> int:
        """The local offset from UTC now, east positive (Seoul: 540)."""
        ...

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back, for durations."""
        ...


def today(clock: Clock, day_start: int) -> int:
    """The study day it is now, when days begin at the hour `day_start`.

    Example:
        >>> today(HeldClock(at_ms=18 * 3_600_000, offset=540), 4)  # three in the morning in Seoul
        0
    """
    return study_day(clock.now_ms(), clock.offset_minutes(), day_start)


class SystemClock:
    """The clock of this machine.

    Example:
        >>> clock = SystemClock()
        >>> clock.monotonic() <= clock.monotonic()
        True
    """

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def offset_minutes(self) -> int:
        return time.localtime().tm_gmtoff // 60

    def monotonic(self) -> float:
        return time.monotonic()


@dataclass
class HeldClock:
    """A clock that stands still until it is told to go: for tests and scripted sessions.

    Args:
        at_ms: UTC ms it shows.
        offset: minutes east of UTC.

    Example:
        >>> clock = HeldClock(at_ms=0)
        >>> clock.advance(2.5)
        >>> clock.now_ms(), clock.monotonic()
        (2500, 2.5)
    """

    at_ms: int
    offset: int = 540

    def advance(self, seconds: float) -> None:
        self.at_ms += round(seconds * 1000)

    def now_ms(self) -> int:
        return self.at_ms

    def offset_minutes(self) -> int:
        return self.offset

    def monotonic(self) -> float:
        return self.at_ms / 1000
