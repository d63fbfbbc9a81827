"""`quizdl grade`: judge answers without a session, one or a stream of them."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizdl.errors import QuizdlError, UsageError

if TYPE_CHECKING:
    from quizdl.grading.verdict import Verdict
    from quizdl.grading.words.glossary import Glossary
    from quizdl.packs.faces import Face
    from quizdl.packs.items import AnyItem, Concept

UNREADABLE = 2
"""The exit code of an answer that could not be understood."""


@click.command()
@click.argument("pack")
@click.argument("item")
@click.option("--answer", "answers", metavar="TEXT", multiple=True, help="The answer to judge.")
@click.option(
    "--answers", "stream", metavar="FILE", help="Judge each line of a JSONL file, or of - (standard input)."
)
@click.option(
    "--seed", type=click.IntRange(0, 2**32 - 1), default=0, help="Of an item with parameters; 0 by default."
)
@click.option(
    "--face",
    "name",
    metavar="FACE",
    help="Which card of the item, such as ko-en or c1; by default definition, else the first.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--lang", type=click.Choice(["ko", "en"]), help="The language of the messages.")
def grade(
    pack: str,
    item: str,
    answers: tuple[str, ...],
    stream: str | None,
    seed: int,
    name: str | None,
    as_json: bool,
    lang: str | None,
) -> int:
    """Judge an answer to ITEM of PACK, a pack that is studied or a path.

    Options and steps are lettered as authored: A is the first. An order is answered by "B A C", pairs by
    "1-b 2-a". Exit code 0: correct. 1: wrong or partly right. 2: not understood, or a wrong call.

    \b
    quizdl grade deep-learning relu.term --face en-ko --answer 렐루
    quizdl grade ./my-pack relu.at --seed 7 --answer 2/3 --json
    quizdl grade ./my-pack relu.at --answers - < answers.jsonl

    Each line of a stream is {"answer": …, "seed": …, "id": …}; the answer is text, a number or a list. Each
    gives one line of JSON, in the same order. A line that cannot be read gives {"error": …}.
    """
    from quizdl.cli.study import speak

    speak(lang or "auto")
    if (stream is None) == (len(answers) != 1):
        raise UsageError("give one --answer TEXT, or --answers FILE")
    judge = Judge.find(pack, item, name)
    if stream is not None:
        _stream(judge, stream, seed)
        return 0
    result = judge(answers[0], seed)
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
    else:
        score = f" {result['score']:.2f}" if result["verdict"] == "partial" else ""
        click.echo(result["verdict"] + score)
        for entry in result["feedback"]:
            click.echo(entry["message"])
            for line in (*entry.get("details", ()), *_authored(entry)):
                click.echo(line)
    return {"correct": 0, "partial": 1, "wrong": 1}.get(result["verdict"], UNREADABLE)


class Judge:
    """Judges answers to one item.

    Args:
        item: the item.
        concept: what it is about.
        face: the name of the face.
        concepts: all concepts by (pack, id), for the glossary.
        pack: the id of the pack.
    """

    def __init__(
        self, item: AnyItem, concept: Concept, face: str, concepts: dict[tuple[str, str], Concept], pack: str
    ) -> None:
        self._item, self._concept, self._face, self._concepts, self._pack = (
            item,
            concept,
            face,
            concepts,
            pack,
        )
        self._glossary: Glossary | None = None
        self._asked: dict[int | None, tuple[AnyItem, Face]] = {}

    @classmethod
    def find(cls, pack: str, item: str, face: str | None) -> Judge:
        """The judge for an item of an installed pack or of one at a path.

        Raises:
            UsageError: there is no such pack, item or face.
            PackError: the pack is not valid.
        """
        from quizdl.packs.cards import faces_of

        found, concepts, name = _items(pack, item)
        faces = faces_of(found)
        if face is not None and face not in faces:
            raise UsageError(f"{item} has no face {face!r}", hint=f"its faces: {', '.join(faces)}")
        # The definition of a term takes its name in either language, as one would expect without a --face.
        usual = "definition" if "definition" in faces else faces[0]
        return cls(found, concepts[name, found.concept], face or usual, concepts, name)

    def __call__(self, answer: str, seed: int) -> dict[str, Any]:
        """Judge one answer.

        Returns:
            verdict, score, feedback (code, params, message, and text where the author says something),
            milliseconds and seed (None where the item has no parameters).
        """
        from quizdl.grading.registry import grade as judge

        begin = time.perf_counter()
        varied = bool(self._item.params or self._item.derived)
        item, face = self._put(seed if varied else None)
        verdict = judge(item, face, answer, glossary=self._names)
        took = round(1000 * (time.perf_counter() - begin), 3)
        return {**plain(verdict), "milliseconds": took, "seed": seed if varied else None}

    def _put(self, seed: int | None) -> tuple[AnyItem, Face]:
        if seed not in self._asked:
            from quizdl.packs.faces import face

            item = self._item
            if seed is not None:
                from quizdl.packs.variants import instantiate

                item = instantiate(item, seed)
            self._asked.clear()  # a stream mostly asks the same seed again
            self._asked[seed] = item, face(item, self._concept, self._face, self._named)
        return self._asked[seed]

    def _named(self, name: str) -> Concept | None:
        return self._concepts.get((self._pack, name))

    def _names(self) -> Glossary:
        if self._glossary is None:
            from quizdl.grading.registry import glossary_of

            self._glossary = glossary_of(self._concepts)
        return self._glossary


def _items(pack: str, item: str) -> tuple[AnyItem, dict[tuple[str, str], Concept], str]:
    """The item, all concepts, and the id of the pack: of a studied pack, else of one at a path."""
    from quizdl.packs.library import Library
    from quizdl.paths import home

    path = Path(pack)
    library = Library.open(home())
    concepts = dict(library.concepts)
    if any(info.id == pack for info in library.packs):
        items = {card.item: card for card in library.cards if card.pack == pack}
        _known("item", item, items)
        return library.item(items[item]), concepts, pack
    if not path.exists():
        _known("pack", pack, [info.id for info in library.packs], more="or give the path of a pack")
    from quizdl.packs.source import read_pack  # YAML and pydantic: a pack that is not installed is not cached

    read = read_pack([path])
    by_id = {one.id: one for one in read.items}
    _known("item", item, by_id)
    # Its own names stand for those of an installed version of the same pack.
    concepts = {key: concept for key, concept in concepts.items() if key[0] != read.info.id}
    concepts |= {(read.info.id, concept.id): concept for concept in read.concepts}
    return by_id[item], concepts, read.info.id


def _known(what: str, given: str, names: Iterable[str], more: str = "") -> None:
    names = list(names)
    if given in names:
        return
    from quizdl.nearest import nearest

    near = nearest(given, names)
    raise UsageError(f"there is no {what} {given!r}", hint=f"did you mean {near!r}?" if near else more)


def _stream(judge: Judge, file: str, seed: int) -> None:
    if file == "-":
        _lines(judge, sys.stdin.buffer, seed)
        return
    try:
        with Path(file).open("rb") as lines:
            _lines(judge, lines, seed)
    except OSError as error:
        raise UsageError(f"the answers must be readable, received: {error.strerror}") from error


def _lines(judge: Callable[[str, int], dict[str, Any]], lines: Iterable[bytes], seed: int) -> None:
    for number, line in enumerate(lines, 1):
        if line.strip():
            # Written at once: who feeds the stream by hand or by program waits for each line.
            print(json.dumps(_judged(judge, line, seed, number), ensure_ascii=False), flush=True)


def _judged(
    judge: Callable[[str, int], dict[str, Any]], line: bytes, seed: int, number: int
) -> dict[str, Any]:
    known: dict[str, Any] = {}
    try:
        given = json.loads(line)
        if not isinstance(given, dict):
            raise UsageError(f"a line must be an object, received {_short(given)}")
        known = {"id": given["id"]} if "id" in given else {}
        if "answer" not in given:
            raise UsageError("a line must have the key 'answer'")
        chosen = given.get("seed")
        if chosen is None:
            chosen = seed
        if not isinstance(chosen, int) or isinstance(chosen, bool) or not 0 <= chosen < 2**32:
            raise UsageError(f"a seed must be a whole number from 0 to 2^32 - 1, received {_short(chosen)}")
        return {**known, **judge(as_text(given["answer"]), chosen)}
    except (QuizdlError, ValueError, RecursionError) as error:
        message = error.message if isinstance(error, QuizdlError) else "a line must be JSON in UTF-8"
        return {**known, "error": message, "line": number}


def as_text(answer: Any) -> str:
    """An answer of a stream as a learner would type it.

    Raises:
        UsageError: it is no text, number or list of these.

    Example:
        >>> as_text("ReLU"), as_text(0.5), as_text([0.1, 0.9]), as_text(["L1", "L2"]), as_text([2, 1, 3])
        ('ReLU', '0.5', '[0.1, 0.9]', 'L1; L2', '[2, 1, 3]')
    """
    if isinstance(answer, str):
        return answer
    if isinstance(answer, (int, float)) and not isinstance(answer, bool):
        return repr(answer)
    if isinstance(answer, list):
        if answer and all(isinstance(entry, str) for entry in answer):
            return "; ".join(answer)
        return f"[{', '.join(map(as_text, answer))}]"
    raise UsageError(f"an answer must be text, a number or a list, received {_short(answer)}")


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:39] + "…"


def _authored(entry: dict[str, Any]) -> tuple[str, ...]:
    """What the author says, in the language of the messages."""
    from quizdl.locale import current

    text = entry.get("text", {})
    said = text.get(current()) or text.get("en") or text.get("ko")
    return (said,) if said else ()


def plain(verdict: Verdict) -> dict[str, Any]:
    from quizdl.grading.messages import details, sentence

    feedback = []
    for entry in verdict.feedback:
        said: dict[str, Any] = {"code": entry.code, "params": dict(entry.params), "message": sentence(entry)}
        if lines := details(entry):
            said["details"] = lines
        if entry.text:
            said["text"] = {"ko": entry.text.ko, "en": entry.text.en}
        feedback.append(said)
    return {"verdict": verdict.outcome.value, "score": verdict.score, "feedback": feedback}
