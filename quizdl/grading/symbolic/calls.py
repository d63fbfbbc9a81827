"""Functions with their arguments: `np.sum(x, axis=1)`, `softmax(z)`, `where(c, a, b)`."""

from __future__ import annotations

from typing import Literal

from quizdl.grading.symbolic.cursor import Cursor, as_condition, as_value
from quizdl.grading.symbolic.functions import CATALOGUE, Function
from quizdl.grading.symbolic.lexer import Token
from quizdl.grading.symbolic.tree import (
    Add,
    Array,
    BigOp,
    Call,
    Delta,
    Derivative,
    Div,
    Index,
    Indicator,
    Logic,
    Mul,
    Name,
    Neg,
    Node,
    Norm,
    Number,
    Piecewise,
    Pow,
    Relation,
    Size,
    Transpose,
    number,
)
from quizdl.grading.symbolic.unreadable import Unreadable

_OPTIONS = frozenset({"axis", "dim", "keepdims", "keepdim", "ord", "p", "dtype", "k", "base", "offset"})
_COMPARISONS = {
    "equal": "=", "not_equal": "!=", "greater": ">", "greater_equal": ">=", "less": "<", "less_equal": "<=",
}  # fmt: skip
_ORDERS = {"fro": "2", "F": "2", "2": "2", "1": "1", "inf": "inf", "0": "0", "nuc": "nuc"}
MAX_AXES = 6


class Calls(Cursor):
    """Reads arguments and builds the node of a known function."""

    def arguments(self) -> tuple[list[Node], dict[str, Node | None]]:
        """`(a, b, axis=1)`: what stands between parentheses, and the options by name."""
        opened = self.next()
        closing = {"(": ")", "[": "]", "{": "}"}[opened.text]
        args: list[Node] = []
        options: dict[str, Node | None] = {}
        with self.deeper(), self.fresh_bars():
            while not self.at(closing):
                token = self.token
                if token.kind == "word" and token.text in _OPTIONS and self.ahead().text == "=":
                    self.place += 2
                    options[token.text] = self._option()
                else:
                    args.append(self._argument())
                    if self.at_word("for") and len(args) == 1:
                        args[0] = self._generator(args[0], opened)
                if not (self.take(",") or self.take(";")):
                    break
            self.expect(closing, opened)
        return args, options

    def _argument(self) -> Node:
        return self.expression()

    def _option(self) -> Node | None:
        if self.at_word("None", "True", "False"):
            word = self.next().text
            return None if word == "None" else number(int(word == "True"))
        if self.token.kind == "word" and self.token.text in ("fro", "inf", "F", "nuc"):
            return Name(self.next().text)
        return self.expression()

    def _generator(self, body: Node, opened: Token) -> Node:
        raise Unreadable(
            "a loop cannot be read in an answer",
            self.token.start,
            "write sum_i … instead",
            reason="syntax",
        )

    def build(
        self, function: Function, args: list[Node], options: dict[str, Node | None], token: Token
    ) -> Node:
        """The node of a known function with its arguments.

        Raises:
            Unreadable: too few or too many arguments, or an axis that is no whole number.
        """
        axis = options.get("axis", options.get("dim"))
        if (
            axis is None
            and function.family == "reduce"
            and function.name not in ("max", "min")
            and len(args) == 2
        ) or (axis is None and function.family == "vector" and len(args) == 2):
            axis = args.pop()
        if not function.least <= len(args) <= function.most:
            wanted = str(function.least) if function.least == function.most else (
                f"{function.least} to {function.most}"
            )  # fmt: skip
            raise Unreadable(
                f"{token.text} takes {wanted} arguments, received {len(args)}",
                token.start,
                reason="arguments",
                params={"function": token.text, "received": len(args)},
            )
        keep = options.get("keepdims", options.get("keepdim"))
        if function.family == "rewrite":
            return self._rewrite(function.name, args, token)
        values = tuple(as_value(arg) for arg in args)
        name = function.name
        if name in ("max", "min"):
            if len(values) > 1:
                return Call(name + "imum", values)
            name = "a" + name
        if name == "log" and len(values) == 2:
            return Div(Call("log", values[:1]), Call("log", values[1:]))
        if name == "step":
            values = values[:1]
        if name == "norm":
            return self._norm(values, options, token)
        if name == "transpose":
            return Transpose(values[0])
        if name == "len":
            return Size(values[0], 0)
        if name in ("dot", "matmul") and len(values) == 2:
            return Mul(values, "@")
        whole = self._axis(axis, token) if axis is not None else None
        return Call(name, values, whole, keep is not None and keep != number(0))

    def _axis(self, node: Node, token: Token) -> int:
        sign = 1
        if isinstance(node, Neg):
            node, sign = node.body, -1
        if not isinstance(node, Number) or node.value.denominator != 1 or node.value > MAX_AXES:
            raise Unreadable(
                f"the axis of {token.text} must be a whole number such as 0, 1 or -1",
                token.start,
                reason="arguments",
            )
        return sign * int(node.value)

    def _norm(self, values: tuple[Node, ...], options: dict[str, Node | None], token: Token) -> Node:
        order = options.get("ord", options.get("p", values[1] if len(values) > 1 else None))
        name = "2"
        if isinstance(order, Number):
            name = str(order.value)
        elif order is not None:
            name = getattr(order, "name", "?")
        if name not in _ORDERS:
            raise Unreadable(
                f"the order of a norm must be 1, 2 or inf, received {name}", token.start, reason="arguments"
            )
        return Norm(values[0], _ORDERS[name])

    def _rewrite(self, name: str, args: list[Node], token: Token) -> Node:
        """Functions that are only another way to write an operator."""
        if name in _COMPARISONS:
            return Indicator(Relation((as_value(args[0]), as_value(args[1])), (_COMPARISONS[name],)))
        if name in ("logical_and", "logical_or"):
            conditions = as_condition(args[0]), as_condition(args[1])
            return Indicator(Logic("and" if name.endswith("and") else "or", conditions))
        if name == "where":
            return Piecewise((as_value(args[1]),), (as_condition(args[0]),), as_value(args[2]))
        if name == "Piecewise":
            return self._piecewise(args, token)
        if name == "Sum":
            return self._bounded_sum(args, token)
        if name == "indicator":
            return Indicator(as_condition(args[0]))
        first, *rest = (as_value(arg) for arg in args)
        if name == "Derivative":
            return Derivative(first, self._wrt(rest, token))
        simple: dict[str, Node] = {}
        if rest:
            second = rest[0]
            simple = {
                "pow": Pow(first, second, "**" if self.is_tensor(first) else "^"),
                "add": Add((first, second)),
                "subtract": Add((first, Neg(second))),
                "multiply": Mul((first, second), "⊙"),
                "divide": Div(first, second),
                "Rational": Div(first, second),
                "KroneckerDelta": Delta(first, second),
                "root": Pow(first, Div(number(1), second)),
            }
        simple |= {
            "square": Pow(first, number(2), "**" if self.is_tensor(first) else "^"),
            "reciprocal": Div(number(1), first),
            "negative": Neg(first),
            "pos": first,
            "array": first,
            "float": first,
        }
        return simple[name]

    def _bounded_sum(self, args: list[Node], token: Token) -> Node:
        """`Sum(f, (k, 1, n))`."""
        body, limits = args
        if not isinstance(limits, Array) or len(limits.items) != 3 or not isinstance(limits.items[0], Name):
            raise Unreadable(
                f"{token.text} must name its index and limits", token.start, "as in Sum(k, (k, 1, n))"
            )
        index, lower, upper = limits.items
        assert isinstance(index, Name)
        op: Literal["sum", "prod"] = "sum" if token.text == "Sum" else "prod"
        return BigOp(op, index.name, as_value(body), lower, upper)

    def _piecewise(self, args: list[Node], token: Token) -> Node:
        values: list[Node] = []
        conditions: list[Node] = []
        otherwise = None
        for arg in args:
            if not isinstance(arg, Array) or len(arg.items) != 2:
                raise Unreadable(
                    "each case must be a pair (value, condition)", token.start, reason="arguments"
                )
            value, condition = arg.items
            if condition == Name("True"):
                otherwise = value
                break
            values.append(value)
            conditions.append(as_condition(condition))
        if not values and otherwise is not None:
            return otherwise
        return Piecewise(tuple(values), tuple(conditions), otherwise)

    def _wrt(self, nodes: list[Node], token: Token) -> tuple[Node, ...]:
        """`x, y` or `x, 2` or `(x, 2)`: the names to differentiate by."""
        wrt: list[Node] = []
        for node in nodes:
            base, order = node, 1
            if isinstance(node, Array) and len(node.items) == 2:
                base, count = node.items
                order = _order(count, token)
            elif isinstance(node, Number) and wrt:
                base, order = wrt[-1], _order(node, token) - 1
            if not isinstance(base, (Name, Index)):
                raise Unreadable("a derivative must be taken by a name", token.start, reason="arguments")
            wrt.extend([base] * order)
        return tuple(wrt)


def _order(node: Node, token: Token) -> int:
    if isinstance(node, Number) and node.value.denominator == 1 and 1 <= node.value <= 4:
        return int(node.value)
    raise Unreadable("the order of a derivative must be 1 to 4", token.start, reason="limit")


def known(name: str) -> Function:
    """A function by its canonical name."""
    return CATALOGUE[name]
