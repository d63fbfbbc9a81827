"""Lists: how many different members were named, and what was named that is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizdl.grading.verdict import Feedback, Outcome, Verdict

if TYPE_CHECKING:
    from quizdl.grading.words.glossary import Glossary
    from quizdl.packs.items import Names

_LONGEST = 60
"""Characters of a wrong part that are repeated to the learner."""


def grade(
    members: Sequence[Names],
    need: int,
    response: str,
    *,
    rivals: Sequence[str] = (),
    glossary: Glossary | None = None,
) -> Verdict:
    """Judge a typed list.

    score = different members named / members asked for, at most 1.

    Args:
        members: the names of all that may be named.
        need: how many different ones are asked for.
        response: what was typed.
        rivals: names near to a member that are wrong.
        glossary: the names of all concepts.

    Returns:
        Feedback: `list.wrong` for each part that is no member, with what it is called where it is known
        (`list.rival`); `list.duplicate` for another name of a member that was there already; `list.missing`
        says how many are missing; `words.typo` shows the right spelling. A list that is empty, or says that
        one does not know, is wrong.

    Example:
        >>> from quizdl.packs.items import Names
        >>> members = [Names(ko=("드롭아웃",), en=("dropout",)), Names(ko=("조기 종료",)), Names(en=("L2",))]
        >>> grade(members, 2, "드랍아웃과 dropout").score
        0.5
    """
    from quizdl.grading.words.result import Member
    from quizdl.grading.words.sets import match_list

    known = [Member(str(at), names.all) for at, names in enumerate(members)]
    judged = match_list(response, need, known, rivals=rivals, glossary=glossary)
    if judged.reason == "too_long":
        return Verdict(Outcome.UNREADABLE, 0.0, (Feedback("words.too-long"),))
    if judged.reason:
        return Verdict(Outcome.WRONG, 0.0, (Feedback(f"words.{judged.reason.replace('_', '-')}"),))
    feedback = []
    for wrong in judged.wrong:
        said = {"part": wrong.text[:_LONGEST]}
        if wrong.match.rival:
            feedback.append(Feedback("list.rival", {**said, "rival": wrong.match.rival}))
        else:
            feedback.append(Feedback("list.wrong", said))
    feedback += [
        Feedback("list.duplicate", {"part": again.text[:_LONGEST], "name": again.match.name})
        for again in judged.duplicates
    ]
    missing = need - len(judged.found)
    if missing > 0:
        feedback.append(Feedback("list.missing", {"missing": missing, "need": need}))
    feedback += [
        Feedback("words.typo", {"name": part.match.name}) for part in judged.found if part.match.typo
    ]
    score = judged.score
    outcome = Outcome.CORRECT if score == 1 else Outcome.PARTIAL if score else Outcome.WRONG
    return Verdict(outcome, score, tuple(feedback))
