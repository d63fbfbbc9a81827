"""What an item declares about the names in its answers: kinds, shapes, domains, aliases, definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any, Literal

Kind = Literal["scalar", "index", "vector", "matrix", "tensor", "function"]
Extent = str | int
"""The length of an axis: the name of a size (`n`) or a whole number."""

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+|inf|∞)"
_INTERVAL = re.compile(rf"([\[(])\s*({_NUMBER})\s*,\s*({_NUMBER})\s*([\])])")
_BOUND = re.compile(rf"(integer|real)?\s*(>=|≥|<=|≤|>|<)\s*({_NUMBER})")
_NAMED: dict[str, tuple[float, float, bool, bool, bool]] = {
    # name: low, high, low excluded, high excluded, integer
    "real": (-inf, inf, True, True, False),
    "nonzero": (-inf, inf, True, True, False),
    "positive": (0, inf, True, True, False),
    "negative": (-inf, 0, True, True, False),
    "nonnegative": (0, inf, False, True, False),
    "unit": (0, 1, True, True, False),
    "unit-interval": (0, 1, True, True, False),
    "probability": (0, 1, True, True, False),
    "integer": (-inf, inf, True, True, True),
    "nonnegative integer": (0, inf, False, True, True),
    "positive integer": (1, inf, False, True, True),
    "natural": (1, inf, False, True, True),
    "size": (1, inf, False, True, True),
    "binary": (0, 1, False, False, True),
    "boolean": (0, 1, False, False, True),
    "simplex": (0, 1, True, True, False),
    "one-hot": (0, 1, False, False, True),
    "kronecker": (0, 1, False, False, True),
    "identity": (0, 1, False, False, True),
    "orthogonal": (-1, 1, False, False, False),
    "symmetric": (-inf, inf, True, True, False),
    "positive-definite": (-inf, inf, True, True, False),
}


@dataclass(frozen=True, slots=True)
class Domain:
    """The values an entry may take, and the law that ties the entries of one tensor together.

    Args:
        name: as declared; `simplex`, `one-hot`, `kronecker`, `identity`, `nonzero`, … are laws by name.
        low, high: the least and the greatest value (±inf).
        open_low, open_high: whether that bound itself is excluded.
        integer: whole numbers only.

    Example:
        >>> Domain.read("[0, 1)")
        Domain(name='[0, 1)', low=0.0, high=1.0, open_low=False, open_high=True, integer=False)
        >>> Domain.read("integer>=1").integer
        True
    """

    name: str = "real"
    low: float = -inf
    high: float = inf
    open_low: bool = True
    open_high: bool = True
    integer: bool = False

    @classmethod
    def read(cls, text: str) -> Domain:
        """A domain by its name or as an interval.

        Raises:
            ValueError: the text names no domain.
        """
        wanted = text.strip().lower().replace("_", "-")
        wanted = {"onehot": "one-hot", "unit interval": "unit-interval", "non-zero": "nonzero"}.get(
            wanted, wanted
        )
        wanted = re.sub(r"^(positive|nonnegative)-integer$", r"\1 integer", wanted)
        if wanted in _NAMED:
            low, high, open_low, open_high, integer = _NAMED[wanted]
            return cls(wanted, low, high, open_low, open_high, integer)
        whole = wanted.startswith("integer")
        if match := _INTERVAL.fullmatch(wanted.removeprefix("integer").removeprefix(" in").strip()):
            left, low_text, high_text, right = match.groups()
            return cls(wanted, _bound(low_text), _bound(high_text), left == "(", right == ")", whole)
        if match := _BOUND.fullmatch(wanted):
            _, sign, value = match.groups()
            bound, strict = _bound(value), sign in "<>"
            if sign in (">", ">=", "≥"):
                return cls(wanted, bound, inf, strict, True, whole)
            return cls(wanted, -inf, bound, True, strict, whole)
        raise ValueError(f"a domain must be one of {', '.join(_NAMED)} or an interval, received {text!r}")


def _bound(text: str) -> float:
    return float(text.replace("∞", "inf"))


REAL = Domain()


@dataclass(frozen=True, slots=True)
class Symbol:
    """One declared name.

    Args:
        name: the canonical name, as in `theta` or `W_1`.
        kind: scalar, index, vector, matrix, tensor or function.
        shape: the lengths of the axes, names of sizes or numbers; () for a scalar, an index, a function.
        domain: what values its entries take.
        aliases: what else it is called, in any notation: `θ`, `\\theta`, `theta_t`, `σ(x)`.
        definition: its value through other names, as in `p_i = exp(z_i)/sum_k exp(z_k)`; prose is ignored.
        range: of an index, the size it runs up to, from 1.

    Example:
        >>> Symbol("p", "vector", ("K",), Domain.read("simplex")).domain.high
        1
    """

    name: str
    kind: Kind = "scalar"
    shape: tuple[Extent, ...] = ()
    domain: Domain = REAL
    aliases: tuple[str, ...] = ()
    definition: str = ""
    range: Extent = ""

    @property
    def is_tensor(self) -> bool:
        """Whether it has axes."""
        return bool(self.shape)

    @classmethod
    def read(cls, fields: Mapping[str, Any]) -> Symbol:
        """A symbol from the mapping an item writes.

        Raises:
            ValueError: an unknown kind or domain.

        Example:
            >>> Symbol.read({"name": "X", "kind": "matrix", "shape": ["n", "d"]}).shape
            ('n', 'd')
        """
        kind = fields.get("kind", "scalar")
        if kind not in ("scalar", "index", "vector", "matrix", "tensor", "function"):
            raise ValueError(
                f"a kind must be scalar, index, vector, matrix, tensor or function, received {kind!r}"
            )
        return cls(
            name=str(fields["name"]),
            kind=kind,
            shape=tuple(fields.get("shape", ())),
            domain=Domain.read(str(fields.get("domain", "real"))),
            aliases=tuple(fields.get("aliases", ())),
            definition=str(fields.get("definition", "")),
            range=fields.get("range", ""),
        )


@dataclass(frozen=True)
class Symbols:
    """All the names of an item, and whether others may occur.

    Args:
        declared: the symbols, in the order of the item.
        open: undeclared letters are free real scalars (a generic expression) instead of an error.

    Example:
        >>> table = Symbols((Symbol("X", "matrix", ("n", "d")), Symbol("i", "index", range="n")))
        >>> table["X"].kind, "y" in table, table.sizes
        ('matrix', False, ('n', 'd'))
    """

    declared: tuple[Symbol, ...] = ()
    open: bool = False
    _by_name: dict[str, Symbol] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {symbol.name: symbol for symbol in self.declared})

    @classmethod
    def read(cls, symbols: Iterable[Mapping[str, Any]], *, open: bool = False) -> Symbols:
        """The symbols of an item from its list of mappings."""
        return cls(tuple(Symbol.read(fields) for fields in symbols), open)

    def __getitem__(self, name: str) -> Symbol:
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __iter__(self) -> Iterator[Symbol]:
        return iter(self.declared)

    def get(self, name: str) -> Symbol | None:
        """The symbol of that canonical name, if it is declared."""
        return self._by_name.get(name)

    def also(self, more: Sequence[Symbol]) -> Symbols:
        """These symbols and more; one that has a name already declared replaces it."""
        fresh = {symbol.name for symbol in more}
        return Symbols((*(s for s in self.declared if s.name not in fresh), *more), self.open)

    @property
    def sizes(self) -> tuple[str, ...]:
        """The names of all axis lengths and index ranges, in the order of their first use."""
        found: dict[str, None] = {}
        for symbol in self.declared:
            for extent in (*symbol.shape, symbol.range):
                if isinstance(extent, str) and extent.isidentifier():
                    found.setdefault(extent)
        return tuple(found)


OPEN = Symbols(open=True)
"""No declarations: every letter is a free real scalar."""
