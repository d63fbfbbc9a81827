"""Print what each layer of the sandbox stops: `python -m tests.security.attack_table [--all-layers-only]`.

The first column has a fresh process with an empty environment, closed descriptors, data on the wire and
time-outs; each further one adds one layer to that; the last has all. Attacks that would harm the machine are
left out where nothing but seccomp stops them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from quizdl.grading.code.job import ALL_LAYERS
from tests.security.world import ATTACKS, World

COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("process", ()),
    *((layer, (layer,)) for layer in ALL_LAYERS),
    ("all", ALL_LAYERS),
)


def main(arguments: list[str]) -> int:
    """Print the table; the exit code is the number of attacks that got through all layers."""
    columns = COLUMNS[-1:] if "--all-layers-only" in arguments else COLUMNS
    print(f"| attack | {' | '.join(name for name, _ in columns)} |")
    print(f"| --- | {' | '.join('---' for _ in columns)} |")
    stopped = dict.fromkeys([name for name, _ in columns], 0)
    tried = dict(stopped)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o755)
        world = World(home)
        try:
            for attack in ATTACKS:
                row = []
                for name, layers in columns:
                    if attack.only_behind_seccomp and "seccomp" not in layers:
                        row.append("not tried")
                        continue
                    through = world.attempt(attack, layers).succeeded
                    tried[name] += 1
                    stopped[name] += not through
                    row.append("THROUGH" if through else "stopped")
                print(f"| {attack.name} | {' | '.join(row)} |", flush=True)
        finally:
            world.close()
    print(f"| **stopped** | {' | '.join(f'{stopped[name]} of {tried[name]}' for name, _ in columns)} |")
    return tried["all"] - stopped["all"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
