"""The schedulers by name: the journal writes the name beside each review, replay looks it up here."""

from __future__ import annotations

from quizdl.errors import JournalError
from quizdl.scheduling.sm2 import SM2, Scheduler

DEFAULT = SM2.name

# A new algorithm is one module with a class, and one entry here.
SCHEDULERS: dict[str, Scheduler] = {SM2.name: SM2()}


def scheduler(name: str = DEFAULT) -> Scheduler:
    """The scheduler of that name.

    Raises:
        JournalError: no scheduler has this name (the journal was written by a newer quizdl).

    Example:
        >>> scheduler("sm2").name
        'sm2'
    """
    try:
        return SCHEDULERS[name]
    except KeyError:
        known = ", ".join(sorted(SCHEDULERS))
        raise JournalError(
            f"the scheduler must be one of {known}, received {name!r}",
            hint="update quizdl to its newest version",
        ) from None
