"""The study screen over the real session, journal and pack: what is pressed is what the next start finds."""

from __future__ import annotations

import pytest
from look import rows, settled, text

from quizdl.journal.store import Journal
from quizdl.settings import Settings
from quizdl.study.session import Session
from quizdl.tui.app import QuizdlApp
from quizdl.tui.widgets.options import Options

SIZES = [(60, 20), (80, 24), (140, 45)]


def app_on(session: Session) -> QuizdlApp:
    return QuizdlApp(session, Settings())


async def test_each_quality_is_on_the_disk_before_the_next_card_shows(desk) -> None:
    app = app_on(desk.session(kind="cloze"))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "[…숫자…]" in text(app) or "숫자" in text(app)
        await pilot.press("space")
        assert "하나" in text(app)
        assert desk.reviews() == []
        await pilot.press("4")
        assert desk.reviews() == [("test/softmax.cloze/c1", 4)]


async def test_the_next_start_goes_on_where_this_one_stopped(desk) -> None:
    app = app_on(desk.session())
    asked = []
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(2):
            asked.append(app._session.question.card.key)
            await pilot.press("enter", "enter", "5")
        await pilot.pause()
    assert [card for card, _quality in desk.reviews()] == asked
    again = desk.session()
    assert again.question.card.key not in asked


async def test_a_low_quality_brings_the_card_again_and_says_so(desk) -> None:
    app = app_on(desk.session(kind="cloze"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "1")
        assert "Once more" in text(app)
        await pilot.press("space", "4")
        await pilot.pause()
        assert "Well done" in text(app)
    assert [quality for _card, quality in desk.reviews()] == [1, 4]


async def test_options_are_shuffled_but_judged_as_the_author_wrote_them(desk) -> None:
    app = app_on(desk.session(kind="choice"))
    async with app.run_test(size=(80, 30)) as pilot:
        for _ in range(2):
            question = app._session.question
            rows_right = [row for row, (_, option) in enumerate(question.rows) if option.right]
            await pilot.press(*(str(row + 1) for row in rows_right), "enter")
            assert (await settled(pilot)).title.startswith("✓ Correct"), question.item.id
            await pilot.press("enter")
    assert [quality for _card, quality in desk.reviews()] == [4, 4]


async def test_a_wrong_option_is_wrong(desk) -> None:
    app = app_on(desk.session(kind="choice"))
    async with app.run_test(size=(80, 30)) as pilot:
        question = app._session.question
        wrong = next(row for row, (_, option) in enumerate(question.rows) if not option.right)
        await pilot.press(str(wrong + 1), "enter")
        assert (await settled(pilot)).title.startswith("✗ Wrong")
        assert app._session.verdict.score == 0


async def test_undo_bury_and_suspend_reach_the_journal(desk) -> None:
    app = app_on(desk.session())
    async with app.run_test(size=(80, 24)) as pilot:
        first = app._session.question.card.key
        await pilot.press("b")
        assert app._session.question.card.key != first
        await pilot.press("u")
        assert app._session.question.card.key == first
        assert (await settled(pilot)).notice.startswith("Undone: burying")
        await pilot.press("ㄴ")
        await pilot.pause()
        assert app._session.question.card.key != first
        await pilot.press("ㅕ")
        await pilot.pause()
        assert app._session.question.card.key == first
        await pilot.press("s")
    with Journal.open(desk.home / "journal.db") as journal:
        assert journal.state(first).suspended
        kinds = [event.kind for event in journal.events()]
    assert kinds == ["bury", "undo", "suspend", "undo", "suspend"]


async def test_the_language_that_was_shown_is_kept_in_the_journal(desk) -> None:
    app = app_on(desk.session(kind="cloze"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ㅣ")
        await pilot.pause()
        assert "소프트맥스" in text(app)
        assert "Softmax outputs" not in text(app)
        await pilot.press("l")
        await pilot.pause()
        assert "Softmax outputs" in text(app)
        await pilot.press("space", "4")
    with Journal.open(desk.home / "journal.db") as journal:
        assert next(journal.events()).data["lang"] == "en"


async def test_with_nothing_due_the_summary_says_when_to_come_back(desk) -> None:
    app = app_on(desk.session(kind="cloze"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "4")
    app = app_on(desk.session(kind="cloze"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Nothing is due now." in text(app)
        assert "Cards due tomorrow: 1" in text(app)
        await pilot.press("enter")
        await pilot.pause()
    assert app.return_code == 0


async def test_a_journal_that_became_read_only_is_one_sentence(desk) -> None:
    journal = desk.journal()
    app = app_on(desk.session(kind="cloze", journal=journal))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        journal.connection.execute("PRAGMA query_only = on")
        await pilot.press("4")
        assert "✗" in text(app)
        assert "Traceback" not in text(app)
        assert app._session.question.card.key == "test/softmax.cloze/c1"
        assert desk.reviews() == []
        journal.connection.execute("PRAGMA query_only = off")
        await pilot.press("4")
    assert desk.reviews() == [("test/softmax.cloze/c1", 4)]


async def test_a_locked_journal_is_one_sentence_and_can_be_tried_again(desk) -> None:
    journal = desk.journal()
    app = app_on(desk.session(kind="cloze", journal=journal))
    other = desk.journal()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        journal.connection.execute("PRAGMA busy_timeout = 50")
        with other.transaction():
            await pilot.press("4")
            look = await settled(pilot)
            assert look.notice
            assert "Traceback" not in text(app)
            assert "✗" in text(app)
        await pilot.press("4")
    assert desk.reviews() == [("test/softmax.cloze/c1", 4)]


@pytest.mark.parametrize("size", SIZES)
async def test_a_whole_session_fits_every_size(desk, size: tuple[int, int]) -> None:
    app = app_on(desk.session())
    async with app.run_test(size=size) as pilot:
        for _ in range(12):
            if app._session.question is None:
                break
            rows(app)
            await pilot.press("enter", "enter")
            await pilot.pause()
            rows(app)
            await pilot.press("pagedown", "4")
            await pilot.pause()
        rows(app)
        await pilot.pause()
        assert "Well done" in text(app)
        assert not app.screen_stack[0].query_one(Options).has_focus
