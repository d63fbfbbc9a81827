"""Small faults put into a right solution: whatever an exercise checks must notice them.

Each mutant changes one place: an operator, a comparison, a constant by one, an axis, `keepdims`, the order of
two arguments, or it leaves out a statement or a keyword.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final

MAX_MUTANTS: Final = 400

_BINARY: Final[dict[type[ast.operator], tuple[type[ast.operator], ...]]] = {
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Div,), ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,), ast.MatMult: (ast.Mult,), ast.FloorDiv: (ast.Mult,), ast.Mod: (ast.FloorDiv,),
    ast.BitAnd: (ast.BitOr,), ast.BitOr: (ast.BitAnd,),
}  # fmt: skip
_COMPARISON: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt, ast.GtE), ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE), ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip

Change = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A solution with one fault.

    Args:
        text: the whole program.
        line: of the original where the fault is.
        before: that statement in the original.
        after: the statement now; "" where it was left out.
    """

    text: str
    line: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.before}  →  {self.after or '(left out)'}"


def mutants(source: str) -> list[Mutant]:
    """All mutants of a program, each different from it and from the others.

    Raises:
        SyntaxError: the program is not Python.

    Example:
        >>> for mutant in mutants("def f(x):\\n    return x.sum(axis=0) > 1"):
        ...     print(mutant)
        line 2: return x.sum(axis=0) > 1  →  return x.sum(axis=1) > 1
        line 2: return x.sum(axis=0) > 1  →  return x.sum(axis=-1) > 1
        line 2: return x.sum(axis=0) > 1  →  return x.sum() > 1
        line 2: return x.sum(axis=0) > 1  →  return x.sum(axis=0) > 2
        line 2: return x.sum(axis=0) > 1  →  return x.sum(axis=0) > 0
        line 2: return x.sum(axis=0) > 1  →  return x.sum(axis=0) >= 1
        line 2: return x.sum(axis=0) > 1  →  return x.sum(axis=0) < 1
        line 2: return x.sum(axis=0) > 1  →  (left out)
    """
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    found: list[Mutant] = []
    for at, (_, node) in enumerate(_nodes(tree)):
        for choice in range(len(list(_changes(node, tree)))):
            mutant = _mutant(source, at, choice)
            if mutant.text not in seen and len(found) < MAX_MUTANTS:
                seen.add(mutant.text)
                found.append(mutant)
    found.sort(key=lambda mutant: mutant.line)
    return found


def _nodes(tree: ast.Module) -> Iterator[tuple[ast.stmt, ast.AST]]:
    """All nodes with their innermost statement, expressions before the statement itself."""

    def walk(node: ast.AST, statement: ast.stmt) -> Iterator[tuple[ast.stmt, ast.AST]]:
        for child in ast.iter_child_nodes(node):
            inner = child if isinstance(child, ast.stmt) else statement
            yield from walk(child, inner)
        yield statement, node

    for child in tree.body:
        yield from walk(child, child)


def _mutant(source: str, at: int, choice: int) -> Mutant:
    """The program with the given change at one node."""
    tree = ast.parse(source)
    statement, node = next(islice(_nodes(tree), at, None))
    change = list(_changes(node, tree))[choice]
    before = _head(statement)
    change()
    ast.fix_missing_locations(tree)
    left_out = all(each is not statement for each in ast.walk(tree))
    return Mutant(ast.unparse(tree), statement.lineno, before, "" if left_out else _head(statement))


def _head(statement: ast.stmt) -> str:
    """The first line of a statement, which for a block holds its condition."""
    return ast.unparse(statement).splitlines()[0]


def _changes(node: ast.AST, tree: ast.Module) -> Iterator[Change]:
    """The changes that can be made at a node of a tree; each is made when it is called."""
    match node:
        case ast.BinOp() | ast.AugAssign():
            for operation in _BINARY.get(type(node.op), ()):
                yield partial(setattr, node, "op", operation())
            if isinstance(node, ast.AugAssign):
                yield partial(_become, node, tree, ast.Pass())
        case ast.Compare():
            for comparison in _COMPARISON.get(type(node.ops[0]), ()):
                yield partial(operator.setitem, node.ops, 0, comparison())
        case ast.BoolOp():
            yield partial(setattr, node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.USub(), operand=operand) if not isinstance(operand, ast.Constant):
            yield partial(_become, node, tree, operand)
        case ast.UnaryOp(op=ast.Not() | ast.Invert(), operand=operand):
            yield partial(_become, node, tree, operand)
        case ast.Constant(value=bool() as truth):
            yield partial(setattr, node, "value", not truth)
        case ast.Constant(value=int() | float() as number):
            for step in (1, -1):
                yield partial(setattr, node, "value", number + step)
        case ast.Call():
            for one in range(min(2, len(node.args) - 1)):
                yield partial(_swap, node.args, one, one + 1)
            for keyword in node.keywords:
                if keyword.arg in ("axis", "keepdims", "ddof"):
                    yield partial(node.keywords.remove, keyword)
        case ast.If() | ast.While() | ast.IfExp():
            yield partial(setattr, node, "test", ast.UnaryOp(ast.Not(), node.test))
        case ast.Assign() | ast.Expr() | ast.Return() | ast.AnnAssign() | ast.Assert() | ast.Raise():
            if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):  # a docstring
                yield partial(_become, node, tree, ast.Pass())


def _swap(members: list[ast.expr], one: int, other: int) -> None:
    members[one], members[other] = members[other], members[one]


def _become(node: ast.AST, tree: ast.Module, new: ast.AST) -> None:
    """Put another node in the place of one."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, field, new)
                return
            if isinstance(value, list) and any(member is node for member in value):
                value[:] = [new if member is node else member for member in value]
                return
