"""Random answers through the whole grader: a verdict comes, nothing is raised, and it comes soon.

Run as a script with a number of answers and a seed: `python tests/fuzz_grading.py 1000000 1`. The answers are
real ones with pieces changed, and random pieces of the notations (those of `fuzz_symbolic`).
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

from quizdl.grading.symbolic.derivation import Way, grade_derivation
from quizdl.grading.symbolic.grade import grade_expression
from quizdl.grading.symbolic.question import Question
from quizdl.grading.symbolic.symbols import Symbols
from tests.fuzz_symbolic import PIECES

DATA = Path(__file__).parent / "data"
SLOW = 1.0
"""Seconds of computing after which an answer counts as hanging."""


def questions() -> list[tuple[Question | Way, list[str]]]:
    """The problems of the development corpus, with their answers to start from."""
    found: list[tuple[Question | Way, list[str]]] = [(Question(answer="x^2 + 1"), ["x^2 + 1", "2x"])]
    for line in (DATA / "derivations-dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        symbols, free = Symbols.read(row["symbols"]), tuple(row.get("free", ()))
        if "lines" in row:
            found.append((Way(symbols, row["start"], row["goal"], free), ["\n".join(row["lines"])]))
        else:
            asked = Question(symbols, row["truth"], free=free, entry=tuple(row.get("entry", ())))
            found.append((asked, [answer["text"] for answer in row["answers"]]))
    return found


def changed(text: str, rng: random.Random) -> str:
    """A text with a few pieces put in, taken out or repeated."""
    for _ in range(rng.randint(1, 4)):
        at = rng.randint(0, len(text))
        match rng.randrange(3):
            case 0:
                text = text[:at] + rng.choice(PIECES) + text[at:]
            case 1:
                text = text[:at] + text[at + rng.randint(1, 3) :]
            case _:
                text = text[:at] + text[max(0, at - rng.randint(1, 8)) : at] + text[at:]
    return text


def run(count: int, seed: int) -> list[str]:
    """The answers on which grading raised or took too long, with what happened."""
    rng = random.Random(seed)
    asked = questions()
    found: list[str] = []
    for _ in range(count):
        question, answers = rng.choice(asked)
        text = changed(rng.choice(answers), rng)
        if rng.random() < 0.2:
            text = "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 25)))
        begin = time.process_time()
        try:
            if isinstance(question, Way):
                grade_derivation(question, text)
            else:
                grade_expression(question, text)
        except Exception as error:  # noqa: BLE001 - the point of this script
            found.append(f"{type(error).__name__}: {error}: {text!r}")
        if time.process_time() - begin > SLOW:
            found.append(f"{time.process_time() - begin:.1f} s: {text!r}")
    return found


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    failures = run(wanted, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    print("\n".join(failures) or f"{wanted:,} answers: a verdict each")
    sys.exit(bool(failures))
