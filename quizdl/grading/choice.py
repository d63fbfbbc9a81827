"""Choices: one or several right options, partial credit for several, feedback per option."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from quizdl.grading.verdict import Feedback, Outcome, Verdict

if TYPE_CHECKING:
    from quizdl.packs.items import Choice


def grade(item: Choice, chosen: Collection[int]) -> Verdict:
    """Judge the chosen options.

    With one right option it is all or nothing. With several, the score is
    max(0, (right chosen − wrong chosen) / right): a wrong choice takes back a right one.

    Args:
        item: the choice item.
        chosen: indexes into `item.options` as the author wrote them (not as shuffled); repeats count once.

    Returns:
        Correct only when exactly the right options were chosen. Feedback, in this order: each wrong option
        that was chosen (`choice.wrong`), each right one that was not (`choice.missed`, several right only),
        each right one that was (`choice.right`, when the author says something about it).
        Unreadable: nothing chosen (`choice.none`), more than one where one is right (`choice.only-one`), an
        option that does not exist (`choice.no-such`).

    Example:
        >>> from quizdl.packs.items import Choice, Option, Text
        >>> both = lambda words: Text(ko=words, en=words)
        >>> item = Choice(id="relu.zero", kind="choice", concept="relu", prompt=both("ReLU(-2) = ?"),
        ...               options=(Option(text=both("0"), right=True), Option(text=both("-2"))))
        >>> grade(item, [0]).outcome.value, grade(item, [1]).outcome.value
        ('correct', 'wrong')
    """
    options = item.options
    picked = sorted(set(chosen))
    right = [index for index, option in enumerate(options) if option.right]
    strange = [index for index in picked if not 0 <= index < len(options)]
    if strange:
        return _unreadable("choice.no-such", option=strange[0] + 1, options=len(options))
    if not picked:
        return _unreadable("choice.none")
    if len(right) == 1 and len(picked) > 1:
        return _unreadable("choice.only-one", chosen=len(picked))

    hits = [index for index in picked if options[index].right]
    false = [index for index in picked if not options[index].right]
    missed = [index for index in right if index not in hits]
    feedback = [_about(item, "choice.wrong", index) for index in false]
    if len(right) > 1:
        feedback += [_about(item, "choice.missed", index) for index in missed]
    feedback += [_about(item, "choice.right", index) for index in hits if options[index].feedback]

    if not false and not missed:
        return Verdict(Outcome.CORRECT, 1.0, tuple(feedback))
    score = (len(hits) - len(false)) / len(right) if right else 0.0
    if score <= 0:
        return Verdict(Outcome.WRONG, 0.0, tuple(feedback))
    return Verdict(Outcome.PARTIAL, score, tuple(feedback))


def _about(item: Choice, code: str, index: int) -> Feedback:
    # What the author wrote about a right option that was missed would read as praise; the code says enough.
    words = item.options[index].feedback if code != "choice.missed" else None
    return Feedback(code, {"option": index}, words or None)


def _unreadable(code: str, **params: int) -> Verdict:
    return Verdict(Outcome.UNREADABLE, 0.0, (Feedback(code, params),))
