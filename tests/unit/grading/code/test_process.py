"""However a job ends, the grader learns how, in time, and nothing is left."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from quizdl.grading.code import wire
from quizdl.grading.code.job import Call, Clock, Job, Source
from quizdl.grading.code.results import NOTHING, read_report
from quizdl.grading.code.sandbox.pool import Workers
from quizdl.grading.code.sandbox.process import Ended, Worker, WorkerError
from quizdl.grading.code.wire import WireError

QUICK = Clock(soft=0.4, watchdog=0.8, hard=1.5)


def run(*sources: str, inputs: tuple[object, ...] = (1.5,), clock: Clock = QUICK, calls: int = 1) -> Ended:
    programs = tuple(Source(source, "f") for source in sources)
    worker = Worker()
    worker.begin(Job(programs, (inputs,), (Call(0),) * calls, clock))
    ended = worker.finish()
    assert not Path(f"/proc/{worker.pid}").exists()
    assert worker.closed
    return ended


def test_values_warnings_output_and_changes_come_back() -> None:
    source = "import numpy as np\ndef f(x):\n    print('één')\n    x[0] = 7\n    return np.log(x - 7)\n"
    ended = run(source, inputs=(np.array([1.0, 8.0]),), calls=2)
    assert ended.how == "reported"
    assert ended.report is not None
    first, second = ended.report.programs[0].calls
    assert first.value.tolist() == second.value.tolist() == [-np.inf, 0.0]
    assert [(warning.message, warning.line) for warning in first.warned] == [
        ("divide by zero encountered in log", 5)
    ]
    assert [(index, value.tolist()) for index, value in first.changed] == [(0, [7.0, 8.0])]
    assert ended.printed.decode() == "één\n" * 2
    assert ended.printed[first.printed : second.printed].decode() == "één\n"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("    while True:\n        pass", (2, 3)),
        ("    try:\n        while True: pass\n    except BaseException:\n        pass", (3,)),
        ("    import time\n    time.sleep(9)", (3,)),
        ("    return g(x)\ndef g(x):\n    return sum(iter(int, 1))", (4,)),
        ("    import itertools\n    return max(itertools.repeat(0))", (3,)),
    ],
)
def test_the_line_in_which_time_was_up(body: str, line: tuple[int, ...]) -> None:
    ended = run(f"def f(x):\n{body}\n")
    told = ended.line if ended.report is None else ended.report.programs[0].line
    assert told in line, ended
    assert ended.how in ("reported", "too-long")


def test_a_worker_that_stops_its_clocks_is_killed() -> None:
    source = """
import faulthandler, signal, time
def f(x):
    faulthandler.cancel_dump_traceback_later()
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    while True:
        time.sleep(1)
"""
    begun = time.monotonic()
    ended = run(source)
    assert (ended.how, ended.report) == ("killed", None)
    assert 1.4 < time.monotonic() - begun < 10


def test_an_end_without_a_frame_is_not_a_result() -> None:
    assert run("import os\ndef f(x): os._exit(0)").how == "died"
    assert run("import os\nfor fd in range(3, 30):\n  try: os.write(fd, b'passed')\n  except OSError: pass\nos._exit(0)").how == "malformed"  # fmt: skip  # noqa: E501


def test_each_program_has_its_own_time_and_the_next_ones_run() -> None:
    endless = "def f(x):\n    while True: pass"
    ended = run("def f(x): return x + 1", endless, "syntax error", "def f(x): return x + 2", "y = 1",
                clock=Clock(0.3, 5, 6))  # fmt: skip
    assert ended.report is not None
    first, second, third, fourth, fifth = ended.report.programs
    assert first.calls[0].value == 2.5
    assert (second.too_long, second.line, second.calls) == (True, 2, ())
    assert third.raised is not None
    assert (third.raised.type, third.raised.line, third.raised.syntax) == ("SyntaxError", 1, True)
    assert fourth.calls[0].value == 3.5
    assert not fifth.defined


def test_output_is_cut() -> None:
    ended = run("def f(x):\n    print('a' * 100_000)\n    return x")
    assert (len(ended.printed), ended.cut) == (64 * 1024, True)
    assert ended.report is not None
    assert ended.report.programs[0].calls[0].value == 1.5


def test_what_is_too_large_to_send_costs_that_call_alone() -> None:
    source = "import numpy as np\nlengths = [10, 10**6, 10**7, 10]\ndef f(x): return np.zeros(lengths.pop(0))"
    ended = run(source, calls=4, clock=Clock(3, 4, 5))
    assert ended.report is not None
    calls = ended.report.programs[0].calls
    assert [call.value is NOTHING for call in calls] == [False, False, True, False]


def test_large_inputs_arrive_whole() -> None:
    array = np.arange(400_000.0)
    ended = run("def f(x): return x[::-1]", inputs=(array,), clock=Clock())
    assert ended.report is not None
    assert np.array_equal(ended.report.programs[0].calls[0].value, array[::-1])


def test_a_pool_keeps_one_warm_and_leaves_none() -> None:
    with Workers() as workers:
        first = workers._warm[0]
        first.wait_ready()
        job = Job((Source("def f(x): return x", "f"),), ((1,),), (Call(0),))
        assert workers.run(job).report is not None
        workers.wait_ready()
        second = workers._warm[0]
        assert second is not first
        os.kill(second.pid, 9)  # by the kernel, say, when memory is short
        os.waitid(os.P_PID, second.pid, os.WEXITED | os.WNOWAIT)
        assert workers.run(job).report is not None
        workers.wait_ready()
        third = workers._warm[0]
    assert third.closed


def test_workers_end_when_their_grader_does() -> None:
    script = (
        "import os\nfrom quizdl.grading.code.sandbox.pool import Workers\n"
        "w = Workers(2); w.warm(); [each.wait_ready() for each in w._warm]\n"
        "print(*(each.pid for each in w._warm), flush=True); os._exit(0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    until = time.monotonic() + 10
    for pid in done.stdout.split():
        while Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes():
            assert time.monotonic() < until
            time.sleep(0.01)


def test_a_worker_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizdl.grading.code.sandbox.process._BOOT", "raise SystemExit('no such luck')")
    worker = Worker()
    with pytest.raises(WorkerError, match="no such luck"):
        worker.wait_ready()
    assert worker.closed


CALL = {"raised": None, "warned": [], "lines": 0, "refused": "", "value": 0, "after": -1, "printed": 0}
PROGRAM = {"defined": True, "parameters": None, "raised": None, "calls": [CALL], "too_long": False, "line": 0}


@pytest.mark.parametrize(
    "program",
    [
        {**PROGRAM, "defined": 1}, {**PROGRAM, "calls": {}}, {**PROGRAM, "line": 1.0},
        {**PROGRAM, "parameters": [1]},
        {**PROGRAM, "calls": [{**CALL, "value": 7}]}, {**PROGRAM, "calls": [{**CALL, "lines": True}]},
        {**PROGRAM, "calls": [{**CALL, "after": 0}]}, {**PROGRAM, "raised": "no"}, {}, None, [1],
    ],
)  # fmt: skip
def test_a_report_of_other_types_is_none(program: object) -> None:
    def data(of: object) -> bytes:
        return wire.frame(wire.join([wire.encode({"layers": [], "programs": [of]}), wire.encode(1.0)]))

    assert read_report(data(PROGRAM)).programs[0].calls[0].value == 1.0
    with pytest.raises(WireError):
        read_report(data(program))
