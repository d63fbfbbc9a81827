"""Run every benchmark and print one table: `make bench`, or `python -m tests.benchmarks [--write]`.

Each `bench_*.py` offers `rows()`: what was measured, the value, its unit and the budget. A budget that is a
ratio is measured against something run in the same process minutes, so that the table means the same on
another machine. `--write` puts the table into RESULTS.md beside this file.
"""

from __future__ import annotations

import platform
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent


def main(arguments: list[str]) -> int:
    """Print the table; the exit code is 1 when a budget is missed, so that a script can tell."""
    lines = ["| what | measured | budget | |", "| --- | ---: | ---: | --- |"]
    missed = 0
    for path in sorted(HERE.glob("bench_*.py")):
        print(f"running {path.name} ...", file=sys.stderr)
        for name, value, unit, budget in import_module(f"tests.benchmarks.{path.stem}").rows():
            met = value <= budget
            missed += not met
            shown, limit, word = _number(value), _number(budget), "met" if met else "missed"
            lines.append(f"| {name} | {shown} {unit} | ≤ {limit} {unit} | {word} |")
    table = "\n".join(lines)
    print(table)
    if "--write" in arguments:
        machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
        (HERE / "RESULTS.md").write_text(
            f"# Benchmarks\n\nMade by `make bench` on {machine}.\n\n{table}\n", encoding="utf-8"
        )
    return 1 if missed else 0


def _number(value: float) -> str:
    """Three digits that mean something: 1,230 and 46.7 and 0.0082."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _number(value: float) -> str:
    """Three digits that mean something: 1,230 and 46.7 and 0.0082."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
