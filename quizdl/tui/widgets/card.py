"""The card itself: what is asked, options and plot with it, and, once turned over, the answer and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from quizdl.locale import _
from quizdl.study import wording
from quizdl.tui.widgets.formatted import Block, Formatted
from quizdl.tui.widgets.options import Options
from quizdl.tui.widgets.plot import PlotView

if TYPE_CHECKING:
    from quizdl.grading.verdict import Verdict
    from quizdl.packs.items import Text
    from quizdl.study.values import Language, Question


def spoken(text: Text, shown: Language) -> Sequence[str]:
    """A text in the languages shown, Korean first, and only once when both are alike."""
    if shown == "both" and text.ko and text.en and text.ko != text.en:
        return (text.ko, text.en)
    return (text.in_("en" if shown == "en" else "ko"),) if text else ()


class Card(VerticalScroll):
    """One card, scrolled when it is longer than the screen."""

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

    def compose(self) -> ComposeResult:
        self.prompt = Formatted()
        self.plot = PlotView()
        self.options = Options()
        self.back = Formatted()
        self.back.id = "back"
        yield from (self.prompt, self.plot, self.options, self.back)

    def ask(self, question: Question, hints: Sequence[Text], shown: Language) -> None:
        """Show the front of a card, nothing chosen and nothing revealed."""
        face = question.face
        self.remove_class("-open", "-correct", "-partial", "-wrong")
        self.plot.show(face.plot, rows=8 if self.app.size.height < 30 else 14)
        options = [option for _index, option in question.rows]
        self.options.show(options, several=question.several, spoken=lambda text: spoken(text, shown))
        self.back.show(())
        self.front(question, hints, shown)
        self.scroll_home(animate=False, immediate=True)
        (self.options if options else self).focus(scroll_visible=False)

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
        self.border_title = wording.instruction(question)
        self.prompt.show(blocks)

    def speak(self, shown: Language) -> None:
        """The options in other languages; `front` and `turn` do the rest."""
        self.options.speak(lambda text: spoken(text, shown))

    def turn(
        self, question: Question, verdict: Verdict | None, remarks: Sequence[str], shown: Language
    ) -> None:
        """Show the back: the verdict, the answer, and why it is so.

        Args:
            question: what was asked.
            verdict: what grading said, `None` where the learner judges.
            remarks: sentences of feedback that belong to no option.
            shown: the languages.
        """
        outcome = verdict.outcome.value if verdict else "open"
        self.add_class(f"-{outcome}")
        sign = {"correct": "✓ ", "partial": "◐ ", "wrong": "✗ "}.get(outcome, "")
        title = sign + wording.outcome(verdict) if verdict else ""
        self.border_title = " · ".join(filter(None, (title, _names(question, shown))))
        if question.face.options and not self.options.graded:
            self.options.grade()
        self.back.show(_back(question, remarks, shown))
        if self.has_focus_within and not self.has_focus:
            self.focus(scroll_visible=False)
        self.call_after_refresh(self._to_back)

    def _to_back(self) -> None:
        """Bring what matters into sight, and scroll no further than that needs."""
        if self.max_scroll_y:
            if self.options.display:
                self.scroll_to_region(self.options.telling, animate=False)
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


def _names(question: Question, shown: Language) -> str:
    names = question.concept.names
    every = (*(names.ko[:1] if shown != "en" else ()), *(names.en[:1] if shown != "ko" else ()))
    return " · ".join(dict.fromkeys(every or names.ko[:1] or names.en[:1]))


def _back(question: Question, remarks: Sequence[str], shown: Language) -> list[Block | Content]:
    face, item, concept = question.face, question.item, question.concept
    blocks: list[Block | Content] = [
        Block(remark, "", Content.styled("→ ", "bold $warning"), tight=bool(number))
        for number, remark in enumerate(remarks)
    ]
    if not face.options:  # Options show themselves which were right.
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
