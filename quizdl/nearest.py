"""The name that was probably meant, for "did you mean" hints."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The name nearest to `word` by keystroke edits, or None when none is near.

    Near is a normalised Damerau-Levenshtein (optimal string alignment) similarity of at least 0.6, case
    aside, or a name that begins with what was typed.

    Args:
        word: what was typed.
        names: what there is.

    Returns:
        The nearest name; the first one among equals.

    Example:
        >>> nearest("sofmax", ["softmax", "sigmoid"])
        'softmax'
        >>> nearest("quantum", ["softmax", "sigmoid"]) is None
        True
    """
    from rapidfuzz.distance import OSA  # 15 ms, only on the way to an error

    typed = word.casefold()
    best, best_score = None, 0.0
    for name in names:
        folded = name.casefold()
        score = OSA.normalized_similarity(typed, folded)
        if len(typed) >= 3 and folded.startswith(typed):
            score = max(score, 0.9)
        if score >= 0.6 and score > best_score:
            best, best_score = name, score
    return best
