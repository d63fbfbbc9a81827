"""What matching found: plain values, no texts (those are `messages`' to write)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal[
    "exact",
    "spacing",
    "ending",
    "spelling_variant",
    "other_language",
    "keyboard_mode",
    "typo",
    "rival",
    "second_name_wrong",
    "negated",
    "hedged",
    "several_answers",
    "dont_know",
    "empty",
    "too_long",
    "no_match",
]


@dataclass(frozen=True, slots=True)
class Match:
    """How a typed name compares with the names that are right.

    Attributes:
        accepted: whether it names the right thing.
        reason: a stable code: how it was recognised, or why it was not.
        name: the right spelling of what was recognised; "" where nothing was.
        rival: the other concept that was named or is just as near; "" where none is.

    Example:
        >>> Match(True, "typo", "softmax").typo
        True
    """

    accepted: bool
    reason: Reason
    name: str = ""
    rival: str = ""

    @property
    def exact(self) -> bool:
        """Typed as the author wrote it, case aside."""
        return self.reason == "exact"

    @property
    def typo(self) -> bool:
        """Accepted in spite of a slip: the right spelling should be shown, and costs a point."""
        return self.reason == "typo"


@dataclass(frozen=True, slots=True)
class Member:
    """Something a list may contain: an id and everything it may be called."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A part of a list that names a member."""

    id: str
    text: str
    match: Match


@dataclass(frozen=True, slots=True)
class Wrong:
    """A part of a list that names no member; `match.rival` is the concept it does name, if known."""

    text: str
    match: Match


@dataclass(frozen=True, slots=True)
class ListMatch:
    """How a typed list compares with its members.

    Attributes:
        need: how many different members were asked for.
        found: the first mention of each member, in the order typed.
        duplicates: further mentions of members that had been named already.
        wrong: parts that name nothing of the list: another concept, or nothing known.
        reason: "" or why the entire list was not read (empty, dont_know, too_long).

    Example:
        >>> ListMatch(2, (Found("relu", "ReLU", Match(True, "exact", "ReLU")),)).score
        0.5
    """

    need: int
    found: tuple[Found, ...] = ()
    duplicates: tuple[Found, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    reason: Reason | Literal[""] = ""

    @property
    def score(self) -> float:
        """Different right members over those asked for, at most 1."""
        return min(len(self.found), self.need) / self.need

    @property
    def accepted(self) -> bool:
        """Enough different members were named."""
        return len(self.found) >= self.need
