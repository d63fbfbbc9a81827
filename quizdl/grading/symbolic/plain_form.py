"""Tree to plain text that reads back to the same tree."""

from __future__ import annotations

from decimal import Context, Decimal

from quizdl.grading.symbolic.functions import SPOKEN
from quizdl.grading.symbolic.latex import GREEK
from quizdl.grading.symbolic.names import FREE_FUNCTIONS
from quizdl.grading.symbolic.symbols import OPEN, Symbols
from quizdl.grading.symbolic.tree import (
    Add,
    All,
    Apply,
    Array,
    Bars,
    BigOp,
    Call,
    Constant,
    Delta,
    Derivative,
    Div,
    Gradient,
    Index,
    Indicator,
    Label,
    Logic,
    Mul,
    Name,
    Neg,
    NewAxis,
    Node,
    Norm,
    Number,
    Piecewise,
    Pow,
    Relation,
    Size,
    Transpose,
)
from quizdl.grading.symbolic.words import vocabulary

SUM, PRODUCT, FACTOR, OPERAND = range(4)
"""How tightly a place binds: a term, the left of a product, any factor, what an exponent stands on."""
_DECIMALS = Context(prec=500)
_JOINTS = {"": " ", "*": "*", "·": " · ", "⊙": " ⊙ ", "@": " @ "}


def plain(tree: Node, symbols: Symbols = OPEN) -> str:
    """The tree as text in ASCII as far as possible, with every bracket that is needed.

    Example:
        >>> from quizdl.grading.symbolic.parser import parse
        >>> plain(parse(r"\\frac{1}{2} x^2 - \\log\\left(1+e^{-x}\\right)").tree)
        '(1/2) x^2 - log(1 + e^(-x))'
    """
    return PlainForm(symbols).whole(tree)


class PlainForm:
    """Prints nodes by how tightly the place they stand in binds."""

    def __init__(self, symbols: Symbols) -> None:
        self.words = vocabulary(symbols)
        self.bound: list[str] = []

    def whole(self, node: Node) -> str:
        """A condition, an equation or a value."""
        if isinstance(node, Relation):
            parts = [item.text if isinstance(item, Label) else self.at(item, SUM) for item in node.items]
            text = parts[0]
            for op, part in zip(node.ops, parts[1:], strict=True):
                text += f" {op} {part}"
            return text
        if isinstance(node, Logic):
            items = [self._condition(item) for item in node.items]
            return f"not {items[0]}" if node.op == "not" else f" {node.op} ".join(items)
        if isinstance(node, Piecewise):
            return self._piecewise(node)
        return self.at(node, SUM)

    def _condition(self, node: Node) -> str:
        text = self.whole(node)
        return f"({text})" if isinstance(node, (Logic, Piecewise)) else text

    def _piecewise(self, node: Piecewise) -> str:
        parts = [
            f"{self.at(value, SUM)} if {self._condition(condition)}"
            for value, condition in zip(node.values, node.conditions, strict=True)
        ]
        text = " else ".join(parts)
        return text if node.otherwise is None else f"{text} else {self.at(node.otherwise, SUM)}"

    def at(self, node: Node, place: int) -> str:
        """A value where a certain binding is wanted, in brackets if it binds more loosely."""
        text, binding = self._value(node)
        return text if binding >= place else f"({text})"

    def _value(self, node: Node) -> tuple[str, int]:
        if isinstance(node, Add):
            text = self.at(node.terms[0], SUM if isinstance(node.terms[0], Neg) else PRODUCT)
            for term in node.terms[1:]:
                minus = isinstance(term, Neg)
                text += f" - {self._negated(term)}" if minus else f" + {self.at(term, PRODUCT)}"
            return text, SUM
        if isinstance(node, Neg):
            return "-" + self._negated(node), SUM
        if isinstance(node, Mul):
            return self._product(node), PRODUCT
        if isinstance(node, Div):
            top = "(d)" if node.top == Name("d") else self._left(node.top)
            bottom = "(d)" if node.bottom == Name("d") else self.at(node.bottom, FACTOR)
            return f"{top}/{bottom}", PRODUCT
        if isinstance(node, Pow):
            exponent = self.at(node.exponent, SUM)
            simple = isinstance(node.exponent, (Name, Constant)) and exponent.isalnum() and exponent != "T"
            if not (simple or (isinstance(node.exponent, Number) and exponent.isdigit())):
                exponent = f"({exponent})"
            return f"{self.at(node.base, OPERAND)}{node.op}{exponent}", FACTOR
        if isinstance(node, (BigOp, Derivative, Gradient)):
            return self._notation(node)
        if isinstance(node, (Relation, Logic, Piecewise)):
            return self.whole(node), -2
        return self._operand(node)

    def _negated(self, node: Node) -> str:
        assert isinstance(node, Neg)
        return self.at(node.body, PRODUCT)

    def _left(self, node: Node) -> str:
        text, binding = self._value(node)
        return text if binding >= PRODUCT and not isinstance(node, BigOp) else f"({text})"

    def _product(self, node: Mul) -> str:
        first = node.factors[0]
        loose = isinstance(first, Mul) and first.op not in (node.op, "") and node.op != ""
        loose = loose or (isinstance(first, Div) and node.op != "")
        parts = [self._left(first) if loose else self.at(first, FACTOR)]
        parts = ["(d)"] if parts == ["d"] else parts
        for factor in node.factors[1:]:
            right = self.at(factor, FACTOR)
            right = "(d)" if right == "d" else right
            sharp = right[0].isdigit() or right[0] in "[|.∇" or isinstance(factor, (Array, Bars, Norm))
            if node.op == "" and sharp:
                right = f"({right})"
            parts.append(right)
        for place in range(len(parts) - 2, -1, -1):
            if node.op == "" and parts[place + 1][0] == "(" and self._would_apply(parts[place]):
                parts[place] = f"({parts[place]})"
        return _JOINTS[node.op].join(parts)

    def _would_apply(self, text: str) -> bool:
        """Whether a bracket behind this text would be read as an argument."""
        tail = ""
        for char in reversed(text):
            if not char.isalnum():
                break
            tail = char + tail
        return tail in SPOKEN or (self.words.symbols.open and (tail in FREE_FUNCTIONS or tail == "sigma"))

    def _notation(self, node: Node) -> tuple[str, int]:
        if isinstance(node, Derivative):
            inside = ", ".join(self.at(part, SUM) for part in (node.body, *node.wrt))
            return f"Derivative({inside})", OPERAND
        if isinstance(node, Gradient):
            below = f"_{{{self.at(node.wrt, SUM)}}}" if node.wrt is not None else ""
            return f"∇{below} ({self.at(node.body, SUM)})", PRODUCT
        assert isinstance(node, BigOp)
        below = f"{{{node.index}={self.at(node.lower, SUM)}}}" if node.lower is not None else node.index
        if isinstance(node.condition, Relation):
            below = f"{{{node.index} {node.condition.ops[0]} {self.at(node.condition.items[1], SUM)}}}"
        above = f"^{{{self.at(node.upper, SUM)}}}" if node.upper is not None else ""
        self.bound.append(node.index)
        body = self.at(node.body, FACTOR)
        self.bound.pop()
        return f"{node.op}_{below}{above} {body}", PRODUCT - 1

    def _operand(self, node: Node) -> tuple[str, int]:
        if isinstance(node, Number):
            text = number_text(node)
            return text, OPERAND if text[0].isdigit() else -1
        if isinstance(node, Name):
            return self._name(node.name), OPERAND
        if isinstance(node, Constant):
            declared = self.words.canonical(node.name) is not None
            return f"np.{node.name}" if declared else node.name, OPERAND
        if isinstance(node, Index):
            inside = ", ".join(self._index(index) for index in node.indices)
            base = self._base(node.base)
            if isinstance(node.base, Name) and self._would_join(node):
                base = f"({base})"
            if node.python:
                return f"{base}[{inside}]", OPERAND
            short = inside.isalnum() and isinstance(node.indices[0], (Name, Number))
            return f"{base}_{inside}" if short else f"{base}_{{{inside}}}", OPERAND
        if isinstance(node, Transpose):
            return f"{self._base(node.body)}.T", OPERAND
        if isinstance(node, Size):
            base = self._base(node.body)
            return f"{base}.size" if node.axis is None else f"{base}.shape[{node.axis}]", OPERAND
        if isinstance(node, Call):
            return self._call(node), OPERAND
        if isinstance(node, Apply):
            inside = ", ".join(self.at(arg, SUM) for arg in node.args)
            return f"{node.function}{chr(39) * node.primes}({inside})", OPERAND
        if isinstance(node, Delta):
            return self._delta(node), OPERAND
        if isinstance(node, Indicator):
            text = self.whole(node.condition)
            if isinstance(node.condition, Relation) and len(text) < 60 and "(" not in text:
                return f"1{{{text}}}", OPERAND
            return f"indicator({text})", OPERAND
        if isinstance(node, Array):
            comma = "," if len(node.items) == 1 else ""
            return f"[{', '.join(self.at(item, SUM) for item in node.items)}{comma}]", OPERAND
        if isinstance(node, (Bars, Norm)):
            return self._barred(node), OPERAND
        if isinstance(node, Label):
            return node.text, OPERAND
        raise TypeError(f"{type(node).__name__} has no plain form")

    def _name(self, name: str) -> str:
        head, _, tail = name.partition("_")
        accent, _, rest = tail.partition("_")
        letters = head.rstrip("0123456789")
        rest = ",".join(part for part in (head[len(letters) :], rest) if part)
        if self.words.symbols.open and accent in ("hat", "bar", "tilde", "dot"):
            letter = f"\\{letters}" if letters in GREEK else letters
            return f"\\{accent}{{{letter}}}" + (f"_{{{rest}}}" if rest else "")
        if tail and not all(part.isalpha() or part.isdigit() for part in tail.split("_")):
            return f"{head}_{{{tail}}}"
        letters = head.rstrip("0123456789")
        if (
            self.words.symbols.open
            and len(letters) > 1
            and letters not in GREEK
            and name not in self.words.keys
        ):
            return rf"\text{{{head}}}" + (f"_{tail}" if tail else "")
        return name

    def _base(self, node: Node) -> str:
        text = self.at(node, OPERAND)
        return f"({text})" if isinstance(node, Number) else text

    def _would_join(self, node: Index) -> bool:
        """Whether a name and its index would be read as one free name."""
        declared = isinstance(node.base, Name) and node.base.name in self.words.symbols
        bound = any(isinstance(index, Name) and index.name in self.bound for index in node.indices)
        return self.words.symbols.open and not declared and not bound and not node.python

    def _index(self, node: Node) -> str:
        if isinstance(node, All):
            return ":"
        if isinstance(node, NewAxis):
            return "None"
        return self.at(node, SUM)

    def _call(self, node: Call) -> str:
        if node == Call("eye", ()):
            return "I"
        name = {"gamma": "Gamma"}.get(node.function, node.function)
        if self.words.canonical(name) is not None:
            name = f"np.{name}"
        inside = [self.at(arg, SUM) for arg in node.args]
        if node.axis is not None:
            inside.append(f"axis={node.axis}")
        if node.keepdims:
            inside.append("keepdims=True")
        return f"{name}({', '.join(inside)})"

    def _delta(self, node: Delta) -> str:
        parts = node.left, node.right
        symbol = self.words.symbols.get(self.words.canonical("delta") or "")
        free = symbol is None or symbol.domain.name == "kronecker"
        if free and all(isinstance(part, (Name, Number)) for part in parts):
            return f"δ_{{{self._index(node.left)},{self._index(node.right)}}}"
        return f"KroneckerDelta({self.at(node.left, SUM)}, {self.at(node.right, SUM)})"

    def _barred(self, node: Bars | Norm) -> str:
        inside = self.at(node.body, SUM)
        if isinstance(node, Norm) and node.order not in ("1", "2", "inf"):
            return f"np.linalg.norm({inside}, {node.order})"
        if "|" in inside:
            inside = f"({inside})"
        if isinstance(node, Bars):
            return f"|{inside}|"
        return f"||{inside}||" + ("" if node.order == "2" else f"_{node.order}")


def number_text(node: Number) -> str:
    """A number as it would be typed.

    Example:
        >>> from fractions import Fraction
        >>> number_text(Number(Fraction(1, 10), True)), number_text(Number(Fraction(1, 3)))
        ('0.1', '1/3')
    """
    value = node.value
    if not node.decimal:
        return str(value)
    exact = _DECIMALS.divide(Decimal(value.numerator), Decimal(value.denominator))
    if -7 <= exact.adjusted() <= 20:
        text = format(exact, "f")
        return text if "." in text else text + ".0"
    return str(exact.normalize(_DECIMALS)).replace("E+", "e").replace("E", "e") if exact else "0.0"
