"""Tree to LaTeX, as it would stand in a book."""

from __future__ import annotations

from quizdl.grading.symbolic.latex import GREEK
from quizdl.grading.symbolic.plain_form import FACTOR, OPERAND, PRODUCT, SUM, number_text
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

_NAMED = frozenset(
    {"log", "exp", "sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "coth"}
    | {"max", "min", "det", "arcsin", "arccos", "arctan"}
)
_SPOKEN = {
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "amax": "max", "amin": "min", "maximum": "max",
    "minimum": "min", "sign": "sgn", "relu": "ReLU", "trace": "tr",
}  # fmt: skip
_OPS = {"=": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "≈": r"\approx"}
_BIG = {"sum": r"\sum", "prod": r"\prod", "mean": r"\operatorname{mean}", "max": r"\max", "min": r"\min"}
_ACCENTS = {"hat": r"\hat", "bar": r"\bar", "tilde": r"\tilde", "dot": r"\dot"}


def latex(tree: Node) -> str:
    """The tree as LaTeX for `typeset.math`.

    Example:
        >>> from quizdl.grading.symbolic.parser import parse
        >>> latex(parse("sum_k (p_k - y_k)^2 / n").tree)
        '\\\\frac{\\\\sum_{k} (p_k - y_k)^{2}}{n}'
    """
    return _whole(tree)


def _whole(node: Node) -> str:
    if isinstance(node, Relation):
        text = _whole(node.items[0])
        for op, item in zip(node.ops, node.items[1:], strict=True):
            text += f" {_OPS[op]} {_at(item, SUM)}"
        return text
    if isinstance(node, Logic):
        if node.op == "not":
            return rf"\lnot ({_whole(node.items[0])})"
        return rf" \text{{ {node.op} }} ".join(_whole(item) for item in node.items)
    return _at(node, SUM)


def _at(node: Node, place: int) -> str:
    text, binding = _value(node)
    return text if binding >= place else rf"\left({text}\right)" if r"\frac" in text else f"({text})"


def _value(node: Node) -> tuple[str, int]:
    if isinstance(node, Add):
        text = _at(node.terms[0], SUM)
        for term in node.terms[1:]:
            text += f" - {_at(term.body, PRODUCT)}" if isinstance(term, Neg) else f" + {_at(term, PRODUCT)}"
        return text, SUM
    if isinstance(node, Neg):
        return f"-{_at(node.body, PRODUCT)}", SUM
    if isinstance(node, Mul):
        return _product(node), PRODUCT
    if isinstance(node, Div):
        return rf"\frac{{{_whole(node.top)}}}{{{_whole(node.bottom)}}}", FACTOR
    if isinstance(node, Pow):
        return f"{_at(node.base, OPERAND)}^{{{_whole(node.exponent)}}}", FACTOR
    if isinstance(node, Transpose):
        return rf"{_at(node.body, OPERAND)}^\top", FACTOR
    if isinstance(node, (BigOp, Derivative, Gradient)):
        return _notation(node)
    if isinstance(node, (Relation, Logic)):
        return _whole(node), -1
    return _operand(node)


def _product(node: Mul) -> str:
    parts = [_at(factor, FACTOR) for factor in node.factors]
    if node.op == "⊙":
        return r" \odot ".join(parts)
    if node.op == "·":
        return r" \cdot ".join(parts)
    text = parts[0]
    for part in parts[1:]:
        tight = text[-1].isalnum() and part[0] == "(" and len(text) > 1
        dot = part[0].isdigit() or (tight and text[-1].isdigit())
        text += (r" \cdot " if dot else r" \, " if len(part) > 1 and len(text) > 1 else " ") + part
    return text


def _notation(node: Node) -> tuple[str, int]:
    if isinstance(node, Derivative):
        order = len(node.wrt)
        power = f"^{{{order}}}" if order > 1 else ""
        below = r" \, ".join(rf"\partial {_at(name, OPERAND)}" for name in node.wrt)
        return rf"\frac{{\partial{power}}}{{{below}}} {_at(node.body, FACTOR)}", PRODUCT
    if isinstance(node, Gradient):
        below = f"_{{{_whole(node.wrt)}}}" if node.wrt is not None else ""
        return rf"\nabla{below} {_at(node.body, FACTOR)}", PRODUCT
    assert isinstance(node, BigOp)
    below = _name(node.index)
    if node.lower is not None:
        below += f"={_whole(node.lower)}"
    if node.condition is not None:
        below = _whole(node.condition)
    above = f"^{{{_whole(node.upper)}}}" if node.upper is not None else ""
    return f"{_BIG[node.op]}_{{{below}}}{above} {_at(node.body, PRODUCT)}", PRODUCT


def _operand(node: Node) -> tuple[str, int]:
    if isinstance(node, Number):
        if not node.decimal and node.value.denominator != 1:
            return rf"\frac{{{node.value.numerator}}}{{{node.value.denominator}}}", FACTOR
        mantissa, _, exponent = number_text(node).partition("e")
        if exponent:
            return rf"{mantissa} \cdot 10^{{{exponent}}}", PRODUCT
        return mantissa, OPERAND if node.value >= 0 else SUM
    if isinstance(node, Name):
        return _name(node.name), OPERAND
    if isinstance(node, Constant):
        return {"pi": r"\pi", "inf": r"\infty"}.get(node.name, node.name), OPERAND
    if isinstance(node, Index):
        inside = [_index(index) for index in node.indices]
        joined = (", " if any(len(part) > 1 for part in inside) else "").join(inside)
        foot = (
            f"[{', '.join(inside)}]"
            if node.python
            else f"_{joined}"
            if len(joined) == 1
            else f"_{{{joined}}}"
        )
        base = _at(node.base, OPERAND)
        if not node.python and "_" in base and base[-1] not in ")":
            base = f"({base})"
        return base + foot, OPERAND
    if isinstance(node, Call):
        return _call(node)
    if isinstance(node, Apply):
        args = ", ".join(_at(arg, SUM) for arg in node.args)
        return f"{_function(node.function)}{chr(39) * node.primes}({args})", OPERAND
    if isinstance(node, Delta):
        return rf"\delta_{{{_index(node.left)}{_index(node.right)}}}", OPERAND
    if isinstance(node, Indicator):
        return rf"\mathbb{{1}}\{{{_whole(node.condition)}\}}", OPERAND
    if isinstance(node, Piecewise):
        return _cases(node), FACTOR
    return _fenced(node)


def _fenced(node: Node) -> tuple[str, int]:
    if isinstance(node, Bars):
        return rf"\left|{_whole(node.body)}\right|", OPERAND
    if isinstance(node, Norm):
        order = {"2": "", "inf": r"_\infty"}.get(node.order, f"_{node.order}")
        return rf"\left\|{_whole(node.body)}\right\|{order}", OPERAND
    if isinstance(node, Array):
        rows = [
            " & ".join(map(_whole, item.items)) if isinstance(item, Array) else _whole(item)
            for item in node.items
        ]
        return r"\begin{pmatrix}" + r" \\ ".join(rows) + r"\end{pmatrix}", OPERAND
    if isinstance(node, Size):
        what = "size" if node.axis is None else f"shape[{node.axis}]"
        return rf"{_at(node.body, OPERAND)}\text{{.{what}}}", OPERAND
    if isinstance(node, Label):
        return node.text if "\\" in node.text else rf"\text{{{_escaped(node.text)}}}", OPERAND
    return r"\text{?}", OPERAND


def _cases(node: Piecewise) -> str:
    rows = [
        rf"{_whole(value)} & {_whole(condition)}"
        for value, condition in zip(node.values, node.conditions, strict=True)
    ]
    if node.otherwise is not None:
        rows.append(rf"{_whole(node.otherwise)} & \text{{otherwise}}")
    return r"\begin{cases}" + r" \\ ".join(rows) + r"\end{cases}"


def _call(node: Call) -> tuple[str, int]:
    name, args = node.function, node.args
    if name == "sqrt":
        return rf"\sqrt{{{_whole(args[0])}}}", FACTOR
    if name == "cbrt":
        return rf"\sqrt[3]{{{_whole(args[0])}}}", FACTOR
    if name == "abs":
        return rf"\left|{_whole(args[0])}\right|", OPERAND
    if name == "inv":
        return f"{_at(args[0], OPERAND)}^{{-1}}", FACTOR
    if name == "inner":
        return rf"\langle {_whole(args[0])}, {_whole(args[1])} \rangle", OPERAND
    if name == "factorial":
        return f"{_at(args[0], OPERAND)}!", OPERAND
    if name in ("floor", "ceil"):
        return rf"\l{name} {_whole(args[0])} \r{name}", OPERAND
    inside = ", ".join(_whole(arg) for arg in args)
    axis = f"_{{{node.axis}}}" if node.axis is not None else ""
    tall = r"\frac" in inside or r"\sum" in inside
    brackets = rf"\left({inside}\right)" if tall else f"({inside})"
    return f"{_function(name)}{axis}{brackets}", OPERAND


def _function(name: str) -> str:
    name = _SPOKEN.get(name, name)
    if name in _NAMED:
        return f"\\{name}"
    if name in ("sigmoid", "σ"):
        return r"\sigma"
    if len(name) == 1:
        return name
    if name in GREEK:
        return f"\\{name}"
    return rf"\operatorname{{{_escaped(name)}}}"


def _name(name: str) -> str:
    head, _, tail = name.partition("_")
    letters = head.rstrip("0123456789")
    digits = head[len(letters) :]
    base = f"\\{letters}" if letters in GREEK else letters if len(letters) <= 1 else rf"\text{{{letters}}}"
    if tail in _ACCENTS:
        return f"{_ACCENTS[tail]}{{{base}}}" + (f"_{{{digits}}}" if digits else "")
    below = ",".join(part for part in (digits, *tail.split("_")) if part)
    if not below:
        return base
    plain = below if len(below) == 1 or below.isdigit() else rf"\text{{{_escaped(below)}}}"
    return f"{base}_{{{plain}}}"


def _index(node: Node) -> str:
    if isinstance(node, All):
        return ":"
    if isinstance(node, NewAxis):
        return r"\text{None}"
    return _whole(node)


def _escaped(text: str) -> str:
    return "".join(char for char in text.replace("_", " ") if char.isalnum() or char in " ,.'()/=+-").strip()
