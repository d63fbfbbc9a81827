"""The smallest input that shows a fault, as text."""

from __future__ import annotations

from quizdl.grading.code.display import show, show_pair
from quizdl.grading.code.task import Task
from quizdl.grading.code.trial import Tried
from quizdl.grading.verdict import Feedback


def example(task: Task, shown: Tried) -> Feedback:
    """The smallest input that shows the fault: input, expected, got."""
    inputs = "\n".join(
        f"{name} = {show(value)}".replace("\n", "\n" + " " * (len(name) + 3))
        for name, value in zip(task.parameters, shown.case.inputs, strict=True)
    )
    if shown.returned:
        right, got = show_pair(shown.expected, shown.call.value)
    else:
        right, got = show(shown.expected), ""
    params = {"input": inputs, "expected": right, "got": got, "case": shown.case.name}
    return Feedback("code.example", params)
