"""The sentences of feedback on expressions and derivations, in the language of the interface."""

from __future__ import annotations

from quizdl.grading.verdict import Feedback
from quizdl.locale import _


def sentence(feedback: Feedback) -> str:
    """What a code says with its parameters; the code itself where it is not known here.

    Example:
        >>> sentence(Feedback("expr.factor.ratio", {"ratio": "1/2"}))
        'Off by a constant factor: the answer given is 1/2 times the right one.'
    """
    room, _dot, rest = feedback.code.partition(".")
    text = _derivation(feedback) if room == "deriv" else _expression(rest, feedback)
    params = {"part": "", "other": "", **feedback.params}
    return text.format(**params) if text else feedback.code


def _expression(code: str, feedback: Feedback) -> str:
    return _wrong(code) or _factors(code) or _shapes(code) or _right(code) or _unread(code, feedback)


def _wrong(code: str) -> str:
    match code:
        case "sign" | "sign.flipped":
            return _("The sign is flipped.")
        case "sign.somewhere":
            return _("The size is right, but the sign is wrong for some values.")
        case "sign.ratio":
            return _("The sign is flipped and a factor is off: the answer is {ratio} times the right one.")
        case "sign.term" | "sign.throughout":
            return _("One sign is wrong: look at {part}.")
        case "term":
            return _("A term is missing: {part}.")
        case "term.extra":
            return _("There is a term too many: {part}.")
        case "term.name":
            return _("The terms with {part} are missing.")
        case "offset":
            return _("Off by a constant: the answer given is {offset} more than the right one.")
        case "offset.exponent" | "offset.limit" | "offset.by-one":
            return _("Off by one: look at {part}.")
        case "swapped" | "swapped.names":
            return _("{part} and {other} are swapped.")
        case "swapped.name" | "swapped.one-place":
            return _("{other} stands where {part} belongs.")
        case "swapped.complement":
            return _("{part} and 1 − {part} are swapped.")
        case "swapped.function":
            return _("max and min are swapped: look at {part}.")
        case "wrong-function":
            return _("That is another function.")
        case "wrong-function.dropped":
            return _("A function is lost or too many: look at {part}.")
        case "wrong-function.function":
            return _("Another function belongs in the place of {part}.")
        case "wrong-function.root":
            return _("The square root is lost: look at {part}.")
        case "wrong-function.norm":
            return _("That is another norm: look at {part}.")
        case "wrong-function.inside":
            return _("The square stands inside the function: look at {part}.")
        case "known-mistake":
            return _("That is a known mistake.")
        case "part-of-domain":
            return _("That is right for some values only.")
        case "part-of-domain.where":
            return _("That is right only where {where}.")
        case "chain":
            return _("The last side is right, but {part} is not equal to it.")
        case "counter":
            return _("For {point} it should be {expected}; the answer given is {received}.")
    return ""


def _factors(code: str) -> str:
    match code:
        case "factor" | "factor.missing":
            return _("A factor is missing: {part}.")
        case "factor.ratio":
            return _("Off by a constant factor: the answer given is {ratio} times the right one.")
        case "factor.mean":
            return _("A mean stands where there is none: {name} does not belong there.")
        case "factor.number":
            return _("A number is wrong: {other} should be looked at beside {part}.")
        case "factor.term":
            return _("The term {part} has the wrong coefficient: it is {ratio} times what it should be.")
        case "factor.extra":
            return _("There is a factor too many: {part}.")
        case "factor.missing-divisor":
            return _("The division by {part} is missing.")
        case "factor.extra-divisor":
            return _("The division by {part} is too much.")
        case "factor.square" | "factor.power":
            return _("A power is lost: look at {part}.")
        case "factor.square-extra":
            return _("A power is too high: look at {part}.")
        case "inverted":
            return _("A factor is upside down: {part}.")
        case "inverted.size":
            return _("{name} multiplies where it should divide, or the other way round.")
        case "inner-derivative":
            return _("The inner derivative is missing (chain rule): {part}.")
        case "missing-mean" | "missing-mean.mean":
            return _("The mean is forgotten: look at {name}.")
        case "missing-mean.extra":
            return _("The mean cancels here: {name} does not belong in one place only.")
        case "missing-sum" | "missing-sum.index":
            return _("A sum is missing.")
        case "missing-sum.axis":
            return _("A sum is missing: {expected} is asked for, received {received}.")
        case "index" | "index.other":
            return _("An index is wrong: {expected} is asked for; {index} is another index.")
        case "index.other-index":
            return _("An index is wrong: look at {part}.")
        case "index.delta":
            return _("{part} is missing: the case of equal indices differs from the others.")
        case "index.condition":
            return _("The sum must leave out a case: {part}.")
        case "index.summed":
            return _("Nothing is summed here: look at {part}.")
        case "index.entry-product":
            return _("The product is summed, not entry by entry: look at {part}.")
        case "diagonal-only":
            return _("That is the diagonal only.")
    return ""


def _shapes(code: str) -> str:
    match code:
        case "shape":
            return _("The shape is wrong: {expected} is asked for, received {received}.")
        case "shape.number":
            return _("A number stands where {expected} is asked for.")
        case "shape.factor":
            return _("The shape is wrong, because a factor is missing: {part}.")
        case "shape.product":
            return _("The shape is wrong: * works entry by entry here, a matrix product is needed.")
        case "transpose" | "transpose.row":
            return _("That is the transpose.")
        case "transpose.part":
            return _("A transpose is missing or too many: look at {part}.")
        case "transpose.only-shape":
            return _("The shape is transposed: {expected} is asked for, received {received}.")
        case "shapes":
            return _("The shapes do not fit: {message}.")
    return ""


def _right(code: str) -> str:
    match code:
        case "points":
            return _("Agrees at {points} points.")
        case "proved":
            return _("Proved equal.")
        case "used-law":
            return _("Equal because the entries of {names} add up to 1.")
        case "understood":
            return _("Understood as {plain}.")
        case "read-as":
            return _("Read as {reading}.")
        case "form.only":
            return _("The value is right, but it must be in terms of {only} only, without {word}.")
        case "form.without":
            return _("The value is right, but {word} must not occur.")
        case "form.factored":
            return _("The value is right, but it must be factored.")
        case "form.vectorised":
            return _("The value is right, but it must be vectorised: without sums over indices.")
        case "relation.wanted":
            return _("An equation or an inequality is asked for.")
        case "relation.different":
            return _("That holds for other values.")
    return ""


def _unread(code: str, feedback: Feedback) -> str:
    match code:
        case "undecided":
            return _("This could not be compared with the answer: it has no value anywhere, or is too large.")
        case "too-long":
            return _("That is too long: at most {most} characters.")
        case "item":
            return _("The item is broken: {message}.")
        case "unreadable":
            return {
                "bracket": _("A bracket is missing or too many: {message}."),
                "name": _("A name is not known here: {message}."),
                "limit": _("That is too large to be looked at: {message}."),
                "index": _("An index is not clear: {message}."),
            }.get(str(feedback.params.get("reason")), _("That cannot be read: {message}."))
    return ""


def _derivation(feedback: Feedback) -> str:
    match feedback.code:
        case "deriv.bad-line":
            return _("Line {line} does not follow from the one before.")
        case "deriv.not-there":
            return _("Every line follows, but the goal is not reached yet.")
        case "deriv.waypoint":
            return _("A step is missing: {part}.")
        case "deriv.used":
            return _("Line {line} used: {fact}.")
        case "deriv.empty":
            return _("Write at least one line.")
        case "deriv.too-many":
            return _("At most {most} lines.")
        case "deriv.line":
            return {
                "ok": _("Line {line}: ✓"),
                "bad": _("Line {line}: ✗"),
                "follows": _("Line {line}: ⇔ the line before"),
            }.get(str(feedback.params["status"]), _("Line {line}: ?"))
    return ""
