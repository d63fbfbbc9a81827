"""All lints: what every reading of a pack checks, and what `quizdl pack check` adds.

A lint takes a pack and the positions of its parts and yields problems. To add one, write the function and
name it here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeAlias

from quizdl.errors import Problem
from quizdl.packs.items import Pack
from quizdl.packs.lints import (
    choices,
    clozes,
    code,
    graph,
    ids,
    kinds,
    languages,
    latex,
    names,
    plots,
    prompts,
    sight,
    variants,
)
from quizdl.packs.positions import Positions

MAX_EACH = 1000
"""Problems of one lint that are told; the rest follows when these are mended."""

Lint: TypeAlias = Callable[[Pack, Positions], Iterator[Problem]]

# Errors that would make cards fail later: checked whenever YAML is read, so that a pack in use is sound.
# Those of single items are told whatever else is wrong with the pack; the others once all concepts are known.
SOUND_ITEMS: tuple[Lint, ...] = (
    ids.duplicate_concepts,
    ids.duplicate_items,
    choices.right_options,
    clozes.unreadable_gaps,
    clozes.different_gaps,
    kinds.members,
    kinds.alike,
    variants.unreadable,
    plots.undrawable,
    code.sources,
    code.sizes,
)
SOUND_WHOLE: tuple[Lint, ...] = (
    graph.unknown_concepts,
    graph.cycles,
    languages.missing_names,
)

# What a careful author wants to know: checked by `quizdl pack check` and before a pack is installed.
CAREFUL: tuple[Lint, ...] = (
    latex.unreadable,
    code.references,
    languages.missing_translations,
    choices.options_alike,
    choices.missing_feedback,
    variants.draws,
    sight.answer_beside_gap,
    sight.name_in_definition,
    names.shared,
    prompts.near_duplicates,
)


def told(lints: Iterable[Lint], pack: Pack, positions: Positions) -> list[Problem]:
    """What the lints say about a pack, by file, line and column."""
    found = [problem for lint in lints for problem in islice(lint(pack, positions), MAX_EACH)]
    return sorted(found, key=lambda problem: problem.where)
