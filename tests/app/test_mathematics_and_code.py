"""Expressions, derivations and functions over the real session: read along, judged in a thread, explained."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Desk
from items import both
from look import rows, settled, text

from quizdl.journal.store import Journal
from quizdl.packs.items import Code, Derivation, Expression
from quizdl.packs.items_code import Parameter
from quizdl.packs.items_symbolic import SymbolSpec
from quizdl.settings import Settings
from quizdl.study import attempt
from quizdl.tui.app import QuizdlApp
from quizdl.tui.widgets.code_editor import CodeEditor
from quizdl.tui.widgets.editor import Editor
from quizdl.tui.widgets.math_line import MathLine

SIZES = [(60, 20), (140, 45)]

SLOPE = Expression(
    id="softmax.slope",
    concept="softmax",
    prompt=both("$s'$를 $s$로 쓰라.", "Write $s'$ in terms of $s$."),
    symbols=(SymbolSpec(name="s", domain="unit"),),
    answer="s(1 - s)",
    hints=(both("몫의 미분", "The quotient rule."),),
)
STEPS = Derivation(
    id="softmax.steps",
    concept="softmax",
    prompt=both("$(x+1)^2 - 1$을 인수분해하라.", "Factor $(x+1)^2 - 1$."),
    open=True,
    start="(x + 1)^2 - 1",
    goal="x(x + 2)",
    lines=("x^2 + 2x", "x(x + 2)"),
)
RELU = Code(
    id="softmax.relu",
    concept="softmax",
    prompt=both("음수를 0으로 바꾸라.", "Make negatives 0."),
    entry="relu",
    parameters={"x": Parameter(shape=("n",))},
    reference="activations.relu",
    solution="def relu(x):\n    return x * (x > 0)\n",
)


@pytest.fixture
def symbolic(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, (SLOPE, STEPS, RELU))
    yield made
    for journal in made.journals:
        journal.close()


def app_on(desk: Desk, kind: str) -> QuizdlApp:
    return QuizdlApp(desk.session(kind=kind), Settings())


async def judged(app: QuizdlApp, pilot: object) -> None:
    """The thread has come to its verdict, and the screen shows it."""
    await app.workers.wait_for_complete()
    await settled(pilot)


def last(desk: Desk) -> dict:
    with Journal.open(desk.home / "journal.db") as journal:
        return [event for event in journal.events() if event.kind == "review"][-1].data


def marks(app: QuizdlApp, *lines: str) -> list[str]:
    """The sign before each of these lines on the screen."""
    found = []
    for line in lines:
        row = next(row for row in rows(app) if line in row)
        found.append(row[: row.index(line)].split()[-1])
    return found


# -- expressions ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("typed", "outcome", "said"),
    [("s - s^2", "correct", "✓ Correct"), ("s(1 + s)", "wrong", "sign")],
)
async def test_an_expression_is_judged(symbolic, size, typed: str, outcome: str, said: str) -> None:
    app = app_on(symbolic, "expression")
    async with app.run_test(size=size) as pilot:
        await pilot.press(*typed, "enter")
        await judged(app, pilot)
        assert app._session.verdict.outcome == outcome
        assert said in text(app)
        assert "You wrote: " + typed in text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert (last(symbolic)["response"], last(symbolic)["outcome"]) == (typed, outcome)


@pytest.mark.parametrize("size", SIZES)
async def test_what_cannot_be_read_costs_nothing_and_stays(symbolic, size) -> None:
    app = app_on(symbolic, "expression")
    async with app.run_test(size=size) as pilot:
        await pilot.press(*"s(1 - ", "enter")
        await judged(app, pilot)
        assert not app._session.answered
        assert "▲" in text(app)
        assert (await settled(pilot)).notice
        assert app.screen.query_one(MathLine).line.value == "s(1 - "
        await pilot.press(*"s)", "enter")
        await judged(app, pilot)
        assert app._session.verdict.outcome == "correct"


async def test_an_expression_is_read_along(symbolic) -> None:
    app = app_on(symbolic, "expression")
    async with app.run_test(size=(140, 45)) as pilot:
        await pilot.press(*"1/(1+s)")
        await pilot.pause(0.2)
        await judged(app, pilot)
        assert "Understood as" in text(app)
        assert any("───" in row for row in rows(app)), "a fraction of three rows where there is room"
        await pilot.press("+", "q")
        await pilot.pause(0.2)
        await judged(app, pilot)
        assert "Understood as" not in text(app)
        assert "▲" in text(app), "q is no name here"


async def test_a_narrow_terminal_reads_along_in_one_row(symbolic) -> None:
    app = app_on(symbolic, "expression")
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press(*"1/(1+s)")
        await pilot.pause(0.2)
        await judged(app, pilot)
        assert "Understood as 1/(1 + s)" in text(app)
        await pilot.press("backspace")
        await pilot.pause(0.2)
        await judged(app, pilot)
        assert "a closing ) is missing" in text(app), "wrapped, not cut"


async def test_keys_while_an_answer_is_judged_do_nothing_and_esc_stops_waiting(symbolic, monkeypatch) -> None:
    gate, judge = threading.Event(), attempt.judge

    def slow(*given):
        gate.wait(10)
        return judge(*given)

    monkeypatch.setattr(attempt, "judge", slow)
    app = app_on(symbolic, "expression")
    async with app.run_test(size=(80, 24)) as pilot:
        line = app.screen.query_one(MathLine).line
        await pilot.press(*"s-s^2", "enter")
        assert "Checking" in text(app)
        await pilot.press("s", "5", "enter", "q")  # else: suspend, grade, leave
        assert app.screen.busy
        assert line.value == "s-s^2"
        await pilot.press("escape")
        assert not app.screen.busy
        gate.set()
        await pilot.pause(0.1)
        assert not app._session.answered, "a verdict that nobody waits for"
        await pilot.press("+", "s", "enter")
        await judged(app, pilot)
        assert app._session.verdict.outcome == "wrong"


@pytest.mark.parametrize(("kind", "key"), [("expression", "enter"), ("derivation", "ctrl+s")])
async def test_nothing_twice_shows_the_answer_as_wrong(symbolic, kind: str, key: str) -> None:
    app = app_on(symbolic, kind)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press(key)
        assert "Once more" in (await settled(pilot)).notice
        assert not app._session.answered
        await pilot.press(key)
        assert app._session.verdict.outcome == "wrong"


# -- derivations ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_each_line_of_a_derivation_has_its_mark(symbolic, size) -> None:
    app = app_on(symbolic, "derivation")
    async with app.run_test(size=size) as pilot:
        assert "Ctrl+S" in text(app)
        await pilot.press(*"= x^2 + 2x", "enter", *"= x(x+2)", "ctrl+s")
        await judged(app, pilot)
        assert app._session.verdict.outcome == "correct"
        assert marks(app, "= x^2 + 2x", "= x(x+2)") == ["✓", "✓"]


@pytest.mark.parametrize("size", SIZES)
async def test_a_bad_line_is_marked_and_can_be_mended(symbolic, size) -> None:
    app = app_on(symbolic, "derivation")
    async with app.run_test(size=size) as pilot:
        await pilot.press(*"= x^2 + 1 - 1", "enter", *"= x^2", "ctrl+s")
        await judged(app, pilot)
        assert app._session.verdict.outcome == "wrong"
        assert marks(app, "= x^2 + 1 - 1", "= x^2") == ["✗", "✗"] or size == SIZES[0]
        assert "⇔" in text(app)
        await pilot.press("r")
        assert app.screen.query_one(Editor).area.text == "= x^2 + 1 - 1\n= x^2"


@pytest.mark.parametrize("size", SIZES)
async def test_the_cursor_goes_to_what_a_line_has_unreadable(symbolic, size) -> None:
    app = app_on(symbolic, "derivation")
    async with app.run_test(size=size) as pilot:
        await pilot.press(*"= x^2 + 2x", "enter", "enter", *"= x(x+", "ctrl+s")
        await judged(app, pilot)
        assert not app._session.answered
        assert (await settled(pilot)).notice
        assert app.screen.query_one(Editor).area.cursor_location[0] == 2


# -- code ----------------------------------------------------------------------------------------------------


async def write(pilot, app: QuizdlApp, source: str) -> None:
    area = app.screen.query_one(CodeEditor).area
    await pilot.press("ctrl+end")
    area.load_text("")
    await pilot.press(*(("enter" if c == "\n" else "space" if c == " " else c) for c in source))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("source", "outcome", "said"),
    [
        ("def relu(x):\nreturn x * (x > 0)", "correct", "✓ Correct"),
        ("def relu(x):\nreturn -x * (x > 0)", "wrong", "expected"),
    ],
)
async def test_code_is_run(symbolic, size, source: str, outcome: str, said: str) -> None:
    app = app_on(symbolic, "code")
    async with app.run_test(size=size) as pilot:
        assert "def relu(x):" in text(app), "the signature is there"
        await write(pilot, app, source)
        written = app.screen.query_one(CodeEditor).area.text
        assert written == source.replace("\n", "\n    "), "indented by itself"
        await pilot.press("ctrl+s")
        await judged(app, pilot)
        assert app._session.verdict.outcome == outcome
        seen = text(app)
        for _page in range(6):
            await pilot.press("pagedown")
            await pilot.pause()
            seen += text(app)
        assert said in seen
        await pilot.press("2")
        await pilot.pause()
        assert last(symbolic)["response"] == written


@pytest.mark.parametrize("size", SIZES)
async def test_code_that_is_no_python_stays_to_be_mended(symbolic, size) -> None:
    app = app_on(symbolic, "code")
    async with app.run_test(size=size) as pilot:
        await write(pilot, app, "def relu(x)")
        await pilot.press("ctrl+s")
        await judged(app, pilot)
        assert not app._session.answered
        assert (await settled(pilot)).notice
        await pilot.press(":", "enter", *"x", "tab")
        assert app.screen.query_one(CodeEditor).area.text == "def relu(x):\n    x   ", "tab stops of 4"


async def test_the_starter_is_no_answer(symbolic) -> None:
    app = app_on(symbolic, "code")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+s")
        assert not app._session.answered
        await pilot.press("ctrl+s")
        assert app._session.answered
        assert app._session.verdict is None, "who gives none judges alone"


async def test_an_editor_that_cannot_be_used_loses_nothing(symbolic, monkeypatch) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor-here")
    app = app_on(symbolic, "code")
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, app, "def relu(x):")
        await pilot.press("ctrl+o")
        assert "no-such-editor-here" in (await settled(pilot)).notice
        assert app.screen.query_one(CodeEditor).area.text == "def relu(x):"
