"""Why an answer is wrong: every explanation in order, the first that holds."""

from __future__ import annotations

import numpy as np

from quizdl.grading.symbolic.diagnose import search, shapes, values
from quizdl.grading.symbolic.diagnose.case import Case
from quizdl.grading.symbolic.diagnose.reasons import Reason
from quizdl.grading.symbolic.equality.compare import Comparison


def explain(case: Case, comparison: Comparison | None = None) -> Reason:
    """Why an answer is wrong.

    Args:
        case: the answer beside the right one.
        comparison: what comparing them found; None when their axes do not fit.

    Returns:
        The first explanation that holds, in the order: shape, constant ratio, constant offset, one term,
        one factor, index or diagonal, swapped names, another function.

    Example:
        >>> from quizdl.grading.symbolic.diagnose.build import case_of
        >>> explain(case_of("p - y", "y - p")).word, explain(case_of("a + b*c", "a + c")).word
        ('sign', 'factor')
    """
    with np.errstate(all="ignore"):
        return _explained(case, comparison)


def _explained(case: Case, comparison: Comparison | None) -> Reason:
    if not case.probes:
        return Reason("wrong-function")
    if case.fitted is None:
        return search.slip(case) or shapes.misshapen(case)
    return (
        values.constant_ratio(case)
        or values.diagonal(case)
        or values.constant_offset(case)
        or search.term_slip(case)
        or search.slip(case)
        or (values.part_of_domain(case, comparison) if comparison is not None else None)
        or Reason("wrong-function")
    )
