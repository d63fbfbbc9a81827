"""The sentences of feedback on code, in the language of the interface."""

from __future__ import annotations

from quizdl.grading.code.job import ALL_LAYERS
from quizdl.grading.verdict import Feedback
from quizdl.locale import _
from quizdl.typeset.cells import cell_width


def sentence(feedback: Feedback) -> str:
    """What a code says with its parameters; the code itself where it is not known here.

    Example:
        >>> sentence(Feedback("code.not-defined", {"entry": "softmax"}))
        'The function softmax is not defined.'
        >>> sentence(Feedback("code.raised", {"type": "KeyError", "message": "{x}", "line": 3}))
        'Line 3 raises KeyError: {x}'
    """
    params = feedback.params
    text = _not_run(feedback) or _form(feedback) or _values(feedback)
    if text is None:
        return feedback.code
    return text.format(**params).rstrip(": ")


def details(feedback: Feedback) -> tuple[str, ...]:
    """The lines below the sentence: the example with its arrays, or what the code printed.

    Example:
        >>> details(Feedback("code.example", {"input": "x = 2", "expected": "[[1,\\n 2]]", "got": ""}))
        ('    x = 2', 'expected: [[1,', '           2]]')
    """
    params = feedback.params
    if feedback.code == "code.printed":
        lines = [f"    {line}" for line in str(params["text"]).splitlines()]
        return (*lines, _("    … (cut)")) if params.get("cut") else tuple(lines)
    if feedback.code != "code.example":
        return ()
    told = [f"    {line}" for line in str(params["input"]).splitlines()]
    for label, value in ((_("expected"), params["expected"]), (_("got"), params["got"])):
        if value != "":
            first, *rest = str(value).splitlines()
            indent = " " * (cell_width(label) + 2)
            told += [f"{label}: {first}", *(indent + line for line in rest)]
    return tuple(told)


def layer(name: str) -> str:
    """What a layer of the sandbox does, for `quizdl doctor` and the exercise screen.

    Example:
        >>> layer("limits")
        'limits on time, memory, files and processes'
    """
    match name:
        case "landlock":
            return _("Landlock: no files, no network ports")
        case "user":
            return _("no rights of an administrator")
        case "limits":
            return _("limits on time, memory, files and processes")
        case "seccomp":
            return _("seccomp: no system calls but those that computing needs")
        case "audit":
            return _("Python refuses files, sockets and processes")
    return name


def missing_layers(active: tuple[str, ...]) -> tuple[str, ...]:
    """The layers that this machine does not give.

    Example:
        >>> missing_layers(("user", "limits", "audit"))
        ('landlock', 'seccomp')
    """
    return tuple(name for name in ALL_LAYERS if name not in active)


def _not_run(feedback: Feedback) -> str | None:
    params = feedback.params
    match feedback.code:
        case "code.too-large":
            return _("The code is longer than {most} KB.")
        case "code.syntax":
            return _("Line {line} is not Python: {message}")
        case "code.not-defined":
            return _("The function {entry} is not defined.")
        case "code.too-long":
            if params.get("line"):
                return _("Stopped: it took too long and was in line {line}. Does a loop there end?")
            return _("Stopped: it took too long.")
        case "code.no-worker":
            return _("No process could be started for your code: {why}")
        case "code.flood":
            return _("Stopped: it sent back more than fits.")
        case "code.died":
            if params.get("signal"):
                return _("The process of your code ended before it gave a result (signal {signal}).")
            return _("The process of your code ended before it gave a result.")
        case "code.returned-none":
            return _("{entry} returned None. Is a return missing?")
        case "code.printed-not-returned":
            return _("{entry} printed something but returned None. Return the result.")
        case "code.raised":
            if params.get("line"):
                return _("Line {line} raises {type}: {message}")
            return _("The call raises {type}: {message}")
        case "code.arity":
            return _("The function must take the parameters ({wanted}); yours takes ({given}).")
        case "code.argument-order":
            return _("The order of the parameters must be ({wanted}); yours is ({given}).")
    return None


def _form(feedback: Feedback) -> str | None:
    match feedback.code:
        case "code.type":
            return _("What came back cannot be compared: {why}.")
        case "code.structure":
            return _("{expected} was expected; yours is {got}.")
        case "code.shape.transposed":
            return _("The result is transposed: shape {got} where {expected} was expected.")
        case "code.shape.keepdims":
            return _("Shape {got} where {expected} was expected: leave out keepdims, or squeeze.")
        case "code.shape.squeezed":
            return _("Shape {got} where {expected} was expected: an axis of length 1 is lost. keepdims=True?")
        case "code.shape.broadcast":
            return _(
                "Shape {got} where {expected} was expected: two arrays were broadcast against each other."
            )
        case "code.shape.flattened":
            return _("Shape {got} where {expected} was expected: the right size, but axes are merged.")
        case "code.shape.axis":
            return _("Shape {got} where {expected} was expected: reduced over the wrong axis.")
        case "code.shape.not-reduced":
            return _(
                "Shape {got} where {expected} was expected: not summed or averaged over all it should be."
            )
        case "code.shape.other":
            return _("Shape {got} where {expected} was expected.")
        case "code.dtype":
            return _("The dtype is {got}; {expected} was expected.")
        case "code.overflow":
            if feedback.params.get("line"):
                return _("The result holds {value}: {what}, in line {line}.")
            return _("The result holds {value}: {what}.")
        case "code.not-finite":
            return _("The result holds {value} where a number was expected.")
        case "code.modified":
            return _("The input {parameter} is changed by the call. Work on a copy.")
        case "code.random":
            return _("Two calls with the same input give different results.")
    return None


def _values(feedback: Feedback) -> str | None:
    match feedback.code:
        case "code.factor.sign":
            return _("Right but for the sign: everything is negated.")
        case "code.factor.double":
            return _("Everything is twice what it should be.")
        case "code.factor.half":
            return _("Everything is half of what it should be.")
        case "code.factor.times-rows":
            return _("Too large by the number of rows (the batch): divide by it.")
        case "code.factor.over-rows":
            return _("Too small by the number of rows (the batch): do not divide by it.")
        case "code.factor.times-elements":
            return _("Too large by the number of elements: the mean, not the sum?")
        case "code.factor.over-elements":
            return _("Too small by the number of elements: the sum, not the mean?")
        case "code.factor.times-columns":
            return _("Too large by the number of columns: divide by it.")
        case "code.factor.over-columns":
            return _("Too small by the number of columns: do not divide by it.")
        case "code.factor.number":
            return _("Everything is {factor} times what it should be.")
        case "code.transposed":
            return _("The right numbers, but rows and columns are exchanged.")
        case "code.mistake":
            return _("That is a known mistake.")
        case "code.edges":
            if feedback.params.get("names"):
                return _("Right but for edge cases: {names}.")
            return _("Right but for edge cases.")
        case "code.values":
            return _("{failed} of {total} cases give other values.")
        case "code.example":
            return _("The smallest input on which it differs:")
        case "code.printed":
            return _("It printed:")
        case "code.differences":
            return _("By finite differences the slope at {at} is {slope}; yours is {got}.")
        case "code.not-vectorised":
            return _(
                "It runs {few} lines for {short} numbers and {many} for {long}: do without a Python loop."
            )
    return None
