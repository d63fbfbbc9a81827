"""The card itself: what is asked, options and plot with it, and, once turned over, the answer and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region

from quizdl.locale import _
from quizdl.study import wording
from quizdl.tui.widgets.formatted import Block, Formatted
from quizdl.tui.widgets.lines import Folded
from quizdl.tui.widgets.plot import PlotView

if TYPE_CHECKING:
    from textual.widget import Widget

    from quizdl.grading.verdict import Verdict
    from quizdl.packs.items import Text
    from quizdl.study.values import Language, Question, Response
    from quizdl.tui.widgets.entry import Entry


def spoken(text: Text, shown: Language) -> Sequence[str]:
    """A text in the languages shown, Korean first, and only once when both are alike."""
    if shown == "both" and text.ko and text.en and text.ko != text.en:
        return (text.ko, text.en)
    return (text.in_("en" if shown == "en" else "ko"),) if text else ()


class Card(VerticalScroll):
    """One card, scrolled when it is longer than the screen.

    Args:
        entry: by what the first card is answered, when that stands in the card.
    """

    DEFAULT_CSS = """
    Card {
        background: $surface; border: round $border-blurred; padding: 0 2;
        border-title-color: $text-muted; border-title-style: bold;
        border-subtitle-color: $accent; border-subtitle-style: bold;
        scrollbar-size-vertical: 1; scrollbar-background: $surface;
        &.-roomy { padding: 1 3; }
        &.-open { border: round $primary; border-title-color: $primary; }
        &.-correct { border: round $success; border-title-color: $success; }
        &.-partial { border: round $warning; border-title-color: $warning; }
        &.-wrong { border: round $error; border-title-color: $error; }
        #back { margin-top: 1; }
    }
    """

    def __init__(self, entry: Widget | None = None) -> None:
        super().__init__()
        self._entry = entry

    def compose(self) -> ComposeResult:
        self.prompt = Formatted()
        self.plot = PlotView()
        self.back = Formatted()
        self.back.id = "back"
        yield from (self.prompt, self.plot, *([self._entry] if self._entry else []), self.back)

    def ask(self, question: Question, hints: Sequence[Text], shown: Language) -> None:
        """Show the front of a card, nothing chosen and nothing revealed."""
        face = question.face
        self.remove_class("-open", "-correct", "-partial", "-wrong")
        self.plot.show(face.plot, rows=8 if self.app.size.height < 30 else 14)
        self.back.show(())
        self.front(question, hints, shown)
        self.scroll_home(animate=False, immediate=True)

    def front(self, question: Question, hints: Sequence[Text], shown: Language) -> None:
        """The prompt with the hints so far."""
        face = question.face
        blocks: list[Block | Content] = []
        for number, words in enumerate(spoken(face.prompt, shown)):
            blocks.append(Block(words, "$text-muted" if number else ""))
        for hint in hints:
            for number, words in enumerate(spoken(hint, shown)):
                sign = Content.styled("  " if number else "? ", "bold $warning")
                blocks.append(Block(words, "", sign, tight=bool(number)))
        self.border_title = _instruction(question)
        self.prompt.show(blocks)

    def turn(
        self,
        question: Question,
        verdict: Verdict | None,
        response: Response,
        entry: Entry | None,
        shown: Language,
    ) -> None:
        """Show the back: the verdict, what was given, the answer, and why it is so.

        Args:
            question: what was asked.
            verdict: what grading said, `None` where the learner judges.
            response: what was given.
            entry: how it was given; options, steps and pairs show themselves what was right.
            shown: the languages.
        """
        outcome = verdict.outcome.value if verdict else "open"
        self.add_class(f"-{outcome}")
        sign = {"correct": "✓ ", "partial": "◐ ", "wrong": "✗ "}.get(outcome, "")
        title = sign + wording.outcome(verdict) if verdict else ""
        self.border_title = " · ".join(filter(None, (title, _names(question, shown))))
        self.back.show(_back(question, verdict, response, shown))
        self.call_after_refresh(self._to_back, entry)

    def _to_back(self, entry: Entry | None) -> None:
        """Bring what matters into sight, and scroll no further than that needs."""
        if self.max_scroll_y:
            telling: Region | None = getattr(entry, "telling", None)
            if telling is not None:
                self.scroll_to_region(telling, animate=False)
            elif self.back.display:
                self.scroll_to_widget(self.back, animate=False)
        self.more()

    def more(self) -> None:
        """Say at the lower edge whether the card goes on above or below."""
        above, below = self.scroll_offset.y > 0, self.scroll_offset.y < self.max_scroll_y
        signs = {
            (True, True): "▲▼ " + _("more above and below"),
            (True, False): "▲ " + _("more above"),
            (False, True): "▼ " + _("more below") + " · PgDn",
        }
        self.border_subtitle = signs.get((above, below), "")

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.more()

    def watch_virtual_size(self) -> None:
        # What is below is known only when the new text has been laid out.
        self.call_after_refresh(self.more)


def _instruction(question: Question) -> str:
    match question.face.ask:
        case "expression":
            return _("Give the expression.")
        case "derivation":
            return _("Derive it, line by line.")
    return wording.instruction(question)


def _names(question: Question, shown: Language) -> str:
    names = question.concept.names
    every = (*(names.ko[:1] if shown != "en" else ()), *(names.en[:1] if shown != "ko" else ()))
    return " · ".join(dict.fromkeys(every or names.ko[:1] or names.en[:1]))


def _back(
    question: Question, verdict: Verdict | None, response: Response, shown: Language
) -> list[Block | Content | Folded]:
    face, item, concept = question.face, question.item, question.concept
    blocks: list[Block | Content | Folded] = []
    if verdict is not None or response is not None:
        from quizdl.tui.widgets import result  # not before a card was answered

        blocks += result.typed(question, verdict, response)
        blocks += result.remarks(question, verdict, lambda text: spoken(text, shown))
    # Options and pairs show themselves what was right, and a right order is the right order.
    right = verdict is not None and verdict.outcome.value == "correct"
    if not (face.options or face.pairs or (face.steps and right)):
        for number, words in enumerate(spoken(face.answer, shown)):
            sign = Content.styled("  " if number else "▌ ", "$success")
            blocks.append(
                Block(words, "$text-muted" if number else "bold $success", sign, tight=bool(number))
            )
    definition = getattr(item, "definition", None) if face.ask != "term.definition" else None
    for text in filter(None, (definition, item.explanation)):
        blocks += [Block(words, "$text-muted" if n else "") for n, words in enumerate(spoken(text, shown))]
    if item.kind == "term" and concept.formula:
        blocks.append(Block(f"$${concept.formula}$$"))
    if item.corrects:
        for number, words in enumerate(spoken(item.corrects, shown)):
            sign = Content.styled("  " if number else "! ", "bold $warning")
            blocks.append(Block(words, "$text-muted" if number else "", sign))
    return blocks
