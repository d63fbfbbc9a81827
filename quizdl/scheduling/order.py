"""The order of the concept graph: what must be known first comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush


def topological(requires: Mapping[str, Sequence[str]]) -> list[str]:
    """All concepts, each after those it requires; among equals, in the order given.

    Requirements that are not concepts of the mapping are ignored. Concepts on a cycle, and those that need
    them, cannot be ordered: they come last, in the order given (`cycles` names them).

    Args:
        requires: concept → the concepts it requires.

    Returns:
        Every key of `requires`, once.

    Example:
        >>> topological({"softmax": ["exp"], "loss": [], "exp": []})
        ['loss', 'exp', 'softmax']

    Reference:
        A. B. Kahn, "Topological sorting of large networks", Communications of the ACM 5 (1962).
    """
    names = list(requires)
    place = {name: index for index, name in enumerate(names)}
    missing = [len({other for other in requires[name] if other in place}) for name in names]
    needed_by: dict[str, list[int]] = {name: [] for name in names}
    for index, name in enumerate(names):
        for other in dict.fromkeys(requires[name]):
            if other in place:
                needed_by[other].append(index)

    ready = [index for index, count in enumerate(missing) if count == 0]
    heapify(ready)
    ordered = []
    while ready:
        name = names[heappop(ready)]
        ordered.append(name)
        for index in needed_by[name]:
            missing[index] -= 1
            if missing[index] == 0:
                heappush(ready, index)
    return ordered + [name for index, name in enumerate(names) if missing[index] > 0]


def cycles(requires: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The cycles that keep concepts from being ordered: one for each knot of concepts that need each other.

    Returns:
        Each cycle as a path in which every concept requires the next and the last requires the first; it
        starts at the concept given first. Empty for a sound graph.

    Example:
        >>> cycles({"a": ["b"], "b": ["c"], "c": ["b"], "d": ["d"]})
        [['b', 'c'], ['d']]
    """
    found = []
    done: set[str] = set()
    for name in requires:
        if name in done:
            continue
        path = _way_back(name, requires)
        if path:
            found.append(path)
            done.update(_knot(name, requires))
    return found


def _way_back(start: str, requires: Mapping[str, Sequence[str]]) -> list[str]:
    """The shortest path of requirements from a concept back to itself; empty if there is none."""
    came_from: dict[str, str] = {}
    frontier = [start]
    while frontier:
        following = []
        for name in frontier:
            for other in requires[name]:
                if other == start:
                    path = [name]
                    while path[-1] != start:
                        path.append(came_from[path[-1]])
                    return path[::-1]
                if other in requires and other not in came_from:
                    came_from[other] = name
                    following.append(other)
        frontier = following
    return []


def _knot(start: str, requires: Mapping[str, Sequence[str]]) -> set[str]:
    """The concepts that `start` needs and that need `start`."""
    needed_by: dict[str, list[str]] = {name: [] for name in requires}
    for name, others in requires.items():
        for other in others:
            if other in needed_by:
                needed_by[other].append(name)
    return _reach(start, requires) & _reach(start, needed_by)


def _reach(start: str, edges: Mapping[str, Sequence[str]]) -> set[str]:
    reached, stack = {start}, [start]
    while stack:
        for other in edges[stack.pop()]:
            if other in edges and other not in reached:
                reached.add(other)
                stack.append(other)
    return reached
