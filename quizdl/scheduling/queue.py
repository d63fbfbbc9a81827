"""Today's queue: which cards come, and in what order. A pure function of values."""

from __future__ import annotations

from typing import NamedTuple


class DueCard(NamedTuple):
    """A card that is due, or that must come again today.

    Args:
        key: "pack/item/face".
        due: the study day it was due.
        interval: its interval in days (≥ 1).
        again: an answer below 4 was given today and the card must come again in the session.
    """

    key: str
    due: int
    interval: int
    again: bool = False
