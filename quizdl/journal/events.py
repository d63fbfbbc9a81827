"""Events: what the journal keeps. Each says what happened to one card, when, and on which device."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypedDict, get_args

Kind = Literal["review", "undo", "suspend", "unsuspend", "bury", "unbury"]
Phase = Literal["scheduled", "repeat", "cram"]

KINDS: frozenset[str] = frozenset(get_args(Kind))
PHASES: frozenset[str] = frozenset(get_args(Phase))


class ReviewData(TypedDict, total=False):
    """What a review keeps in `Event.data`; `quality` must be there, the rest has defaults.

    quality: 0..5, as the learner chose; suggested: as grading proposed;
    phase: "scheduled" moves the schedule, "repeat" only says whether the card must come again today,
    "cram" changes nothing; took_ms: from the prompt to the rating;
    scheduler: the algorithm's name, which replay uses again;
    was: the card's interval in days before this answer (0 = new), filled in by the journal;
    response, outcome, score, hints, tries, lang: the answer itself and how it was graded;
    item: the kind of item; answer_ms: from the prompt to the answer; seed, order: what was shown, where an
    item has parameters or rows that are shuffled.
    """

    quality: int
    suggested: int | None
    phase: Phase
    took_ms: int
    scheduler: str
    was: int
    response: Any
    outcome: str | None
    score: float | None
    hints: int
    tries: int
    lang: str
    item: str
    answer_ms: int
    seed: int | None
    order: list[int]


class Event(NamedTuple):
    """One thing that happened, never changed afterwards.

    Args:
        id: UUIDv7 with random bits: unique over all devices.
        device: the random name of the journal that wrote it.
        seq: 1, 2, 3 … on that device.
        at_ms: UTC milliseconds; within one journal each event is later than all before it.
        offset_minutes: local time minus UTC at that moment.
        day: the study day it counts for, fixed when it happened.
        kind: what happened.
        card: "pack/item/face".
        data: for a review see `ReviewData`; for an undo {"target": id}; else usually empty.
    """

    id: str
    device: str
    seq: int
    at_ms: int
    offset_minutes: int
    day: int
    kind: str
    card: str
    data: Mapping[str, Any]

    @property
    def order(self) -> tuple[int, str, int, str]:
        """The place of this event among all events of all devices: the same wherever they meet."""
        return self.at_ms, self.device, self.seq, self.id


def uuid7(at_ms: int, random: bytes) -> str:
    """A UUID of version 7: 48 bits of milliseconds, then 74 random bits.

    Args:
        at_ms: milliseconds since 1970 UTC; only its lowest 48 bits are used.
        random: ten random bytes.

    Returns:
        The canonical 36 characters.

    Raises:
        ValueError: not exactly ten bytes.

    Example:
        >>> uuid7(0x017F22E279B0, bytes.fromhex("0cc318c4dc0c0c07398f"))
        '017f22e2-79b0-7cc3-98c4-dc0c0c07398f'

    Reference:
        RFC 9562, section 5.7.
    """
    if len(random) != 10:
        raise ValueError(f"random must be 10 bytes, received {len(random)}")
    low = int.from_bytes(random, "big")
    number = (at_ms & 0xFFFF_FFFF_FFFF) << 80 | low
    number = number & ~(0xF << 76) | 0x7 << 76  # version
    number = number & ~(0x3 << 62) | 0x2 << 62  # variant
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def check(kind: str, card: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data of an event with its defaults filled in, or a clear refusal.

    Raises:
        ValueError: the caller asks for an event that must not exist.

    Example:
        >>> check("review", "dl/softmax/front", {"quality": 4})["phase"]
        'scheduled'
        >>> check("review", "dl/softmax/front", {"quality": 6})
        Traceback (most recent call last):
        ValueError: quality must be in 0..5, received 6
    """
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(sorted(KINDS))}, received {kind!r}")
    if not card or "\n" in card:
        raise ValueError(f"card must be one line of text, received {card!r}")
    full = dict(data)
    if kind == "review":
        full.setdefault("phase", "scheduled")
        full.setdefault("took_ms", 0)
        full.setdefault("scheduler", "sm2")
        if full.get("quality") not in range(6):
            raise ValueError(f"quality must be in 0..5, received {full.get('quality')!r}")
        if full["phase"] not in PHASES:
            raise ValueError(f"phase must be one of {', '.join(sorted(PHASES))}, received {full['phase']!r}")
        if full["took_ms"] < 0:
            raise ValueError(f"took_ms must be ≥ 0, received {full['took_ms']}")
        full["quality"], full["took_ms"] = int(full["quality"]), int(full["took_ms"])
    return full
