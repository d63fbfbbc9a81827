"""How long packs take: a pack of 10,000 items cold and cached, and the memory of 100,000 cards.

    python tests/benchmarks/bench_packs.py

Each measurement runs in a process of its own, so that nothing is warm that a learner would find cold.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

Row = tuple[str, float, str, float]
"""What was measured, its value, the unit, and the most it may be."""

ITEMS = 10_000
CARDS = 100_000
CONCEPTS = 200

_MEASURE = """
import sys, time
from pathlib import Path
start = time.perf_counter()
from quizdl.packs.library import Library
imported = time.perf_counter()
library = Library.open(Path(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]])
opened = time.perf_counter()
first = library.item(library.cards[-1])
decoded = time.perf_counter()
assert not library.problems, library.problems[:3]
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else ["VmHWM: 0"]
high = [line.split()[1] for line in lines if line.startswith("VmHWM")]
print(imported - start, opened - imported, decoded - opened, len(library.cards), int(high[0]) / 1024)
"""


def write_pack(folder: Path, name: str, items: int) -> None:
    """Write a pack of choices, clozes, flashcards and terms in both languages, 500 items a file."""
    folder.mkdir(parents=True)
    concepts = "".join(
        f"  - id: c{at}\n    names: {{ko: [개념 {at}], en: [concept {at}]}}\n"
        f"    requires: [{f'c{at - 1}' if at else ''}]\n"
        for at in range(CONCEPTS)
    )
    head = f"pack: {{id: {name}, title: {{ko: 큰 묶음, en: Big pack}}, version: '1.0'}}\nconcepts:\n"
    (folder / "pack.yaml").write_text(head + concepts, encoding="utf-8")
    for start in range(0, items, 500):
        body = "".join(map(_item, range(start, min(start + 500, items))))
        (folder / f"items-{start:06}.yaml").write_text("items:\n" + body, encoding="utf-8")


def _item(at: int) -> str:
    head = f"  - id: c{at % CONCEPTS}.n{at}\n    concept: c{at % CONCEPTS}\n    difficulty: {at % 5 + 1}\n"
    match at % 4:
        case 0:
            options = "".join(
                f"      - text: {{ko: 보기 {at}의 {nth}, en: option {nth} of {at}}}\n"
                f"        right: {'true' if nth == at % 3 else 'false'}\n"
                f"        feedback:\n          ko: 왜 그런지 말하는 까닭 {nth}.\n"
                f"          en: The reason why it is so {nth}.\n"
                for nth in range(3)
            )
            prompt = f"    prompt:\n      ko: 질문 $s_{{{at}}}$\n      en: What is $s_{{{at}}}$?\n"
            return f"{head}    kind: choice\n{prompt}    options:\n{options}"
        case 1:
            return (
                f"{head}    kind: cloze\n    text:\n"
                f"      ko: '{at}의 {{{{c1::가나다}}}}와 {{{{c2::라마바}}}}'\n"
                f"      en: 'The {{{{c1::first}}}} and the {{{{c2::second}}}} of {at}'\n"
            )
        case 2:
            return (
                f"{head}    kind: flashcard\n    reversed: true\n"
                f"    front: {{ko: 앞면 {at}, en: The front of {at}}}\n"
                f"    back: {{ko: 뒷면 {at}, en: The back of {at}}}\n"
            )
        case _:
            return (
                f"{head}    kind: term\n    names: {{ko: [용어 {at}], en: [term {at}]}}\n"
                f"    definition: {{ko: 뜻풀이 {at}, en: The definition of {at}}}\n"
            )


def _measure(home: Path, *packs: Path) -> list[float]:
    command = [sys.executable, "-c", _MEASURE, str(home), *map(str, packs)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(word) for word in done.stdout.split()]


def rows(repeats: int = 5) -> list[Row]:
    """Measure everything: the median of `repeats` runs in fresh processes."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_pack(folder / "big", "big", ITEMS)
        cold = [_measure(folder / f"cold{nth}", folder / "big") for nth in range(3)]
        _measure(folder / "warm", folder / "big")
        warm = [_measure(folder / "warm", folder / "big") for _ in range(repeats)]
        for nth in range(5):
            write_pack(folder / "many" / f"p{nth}", f"p{nth}", CARDS // 10)
        packs = [folder / "many" / f"p{nth}" for nth in range(5)]
        _measure(folder / "warm", *packs)
        _, _, _, cards, memory = _measure(folder / "warm", *packs)
    return [
        (f"pack of {ITEMS:,} items, cold", _median(cold, 1), "ms", 3000.0),
        (f"pack of {ITEMS:,} items, cached", _median(warm, 1), "ms", 150.0),
        ("first item decoded", _median(warm, 2), "ms", 1.0),
        ("import quizdl.packs.library", _median(warm, 0), "ms", 60.0),
        (f"peak memory, library of {cards:,.0f} cards", memory, "MiB", 150.0),
    ]


def _median(runs: list[list[float]], column: int) -> float:
    return 1000 * statistics.median(run[column] for run in runs)


def main() -> None:
    """Print the table."""
    for name, value, unit, budget in rows():
        print(
            f"{name:<50} {value:>10.1f} {unit:<4} budget {budget:>8.1f} {'ok' if value <= budget else 'OVER'}"
        )


if __name__ == "__main__":
    main()
