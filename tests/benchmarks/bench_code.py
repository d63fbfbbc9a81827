"""How soon code is judged, beside what one would wait for otherwise: NumPy's import, pytest on one test.

    python -m tests.benchmarks.bench_code

A submission is measured from the source text to the verdict, with a worker that warmed up while the learner
typed, on a task the grader has not seen before; then again with a wrong answer and five known mistakes.
"""

# ruff: noqa: E501 - a row is easier to read in one line
from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from quizdl.grading.code.grade import Grader
from quizdl.grading.code.sandbox.process import Worker
from quizdl.grading.code.task import Case, EngineFunction, Mistake, Task
from quizdl.grading.verdict import Outcome

Row = tuple[str, float, str, float]
"""What was measured, its value, the unit, and the most it may be."""

CASES = 100
TIMES = 40
BESIDE = 7

RIGHT = """
import numpy as np

def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
"""
WRONG = RIGHT.replace("x.max(axis=-1, keepdims=True)", "x.max()").replace(
    "e.sum(axis=-1, keepdims=True)", "e.sum()"
)
TEST = (
    RIGHT
    + """
def test_softmax():
    x = np.array([[1.0, 2.0, 3.0], [1000.0, 0.0, -1000.0]])
    assert np.allclose(softmax(x).sum(axis=-1), 1.0)
"""
)


def task(seed: int) -> Task:
    """Softmax on 100 batches of up to 32 rows and 10 classes, with every check that has a cost."""
    rng = np.random.default_rng(seed)
    cases = [Case((rng.normal(size=(rng.integers(1, 33), rng.integers(2, 11))),)) for _ in range(CASES - 2)]
    edges = [
        Case((np.array([[1000.0, 0.0]]),), "large", edge=True),
        Case((np.zeros((1, 1)),), "one", edge=True),
    ]
    mistakes = [Mistake(f"m{at}", WRONG.replace("return e", f"return {at} + e")) for at in range(5)]
    return Task(
        "softmax",
        ("x",),
        (*cases, *edges),
        EngineFunction("activations.softmax"),
        checks=frozenset({"value", "dtype", "input_unchanged", "deterministic", "vectorised"}),
        mistakes=tuple(mistakes),
        growing=(Case((rng.normal(size=(4, 3)),)), Case((rng.normal(size=(64, 3)),))),
    )


def rows() -> list[Row]:
    """The table; see the module."""
    with Grader() as grader:
        right = submissions(grader, RIGHT, Outcome.CORRECT, prepared=False)
        wrong = submissions(grader, WRONG, Outcome.WRONG, prepared=True)
    numpy_import, pytest_run = beside()
    start, memory = worker()
    median = statistics.median(right)
    return [
        (f"code: submit to verdict, {CASES} cases, median", 1000 * median, "ms", 40),
        ("code: the same, 95th percentile", 1000 * percentile(right), "ms", 150),
        ("code: a wrong answer with its diagnosis and known mistake, median", 1000 * statistics.median(wrong), "ms", 40),
        ("code: the same, 95th percentile", 1000 * percentile(wrong), "ms", 150),
        (f"code: a verdict beside `python -c 'import numpy'` ({1000 * numpy_import:.0f} ms)",
         median / numpy_import, "×", 1),
        (f"code: a verdict beside pytest on one test ({1000 * pytest_run:.0f} ms)", median / pytest_run, "×", 1),
        ("code: a worker starts, in the background", 1000 * start, "ms", 250),
        ("code: memory of a worker that waits", memory, "MB", 60),
    ]  # fmt: skip


def submissions(grader: Grader, source: str, outcome: Outcome, *, prepared: bool) -> list[float]:
    """Seconds of each submission; a new task every time, prepared as on the screen or not at all."""
    taken = []
    for seed in range(TIMES + 2):
        exercise = task(seed)
        if prepared:
            grader.prepare(exercise)
        grader.workers.wait_ready()
        start = time.perf_counter()
        graded = grader.check(exercise, source)
        taken.append(time.perf_counter() - start)
        assert graded.verdict.outcome is outcome, graded
    return taken[2:]


def percentile(values: list[float]) -> float:
    """The 95th."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def beside() -> tuple[float, float]:
    """Median seconds of NumPy's import and of pytest on one test, in turns."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "test_softmax.py"
        path.write_text(TEST, encoding="utf-8")
        pytest = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--rootdir",
            folder,
            str(path),
        ]
        pairs = [(run([sys.executable, "-c", "import numpy"]), run(pytest)) for _ in range(BESIDE)]
    return statistics.median(one for one, _ in pairs), statistics.median(two for _, two in pairs)


def run(command: list[str]) -> float:
    """Seconds a command takes."""
    return measured(lambda: subprocess.run(command, check=True, capture_output=True))


def measured(action: Callable[[], object]) -> float:
    """Seconds an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def worker() -> tuple[float, float]:
    """Median seconds until a worker is ready, and the most memory it had in MB."""
    taken, memory = [], 0.0
    for _ in range(BESIDE):
        start = time.perf_counter()
        each = Worker()
        each.wait_ready()
        taken.append(time.perf_counter() - start)
        status = Path(f"/proc/{each.pid}/status")
        if status.exists():
            high = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
            memory = max(memory, int(high.split()[1]) / 1024)
        each.close()
    return statistics.median(taken), memory


if __name__ == "__main__":
    for name, value, unit, budget in rows():
        print(f"{name:75} {value:8.2f} {unit:3} (at most {budget:g})")
