"""The functions everyone knows, under every name they are known by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Family = Literal["entry", "reduce", "vector", "linear", "build", "rewrite"]


@dataclass(frozen=True, slots=True)
class Function:
    """A known function.

    Args:
        name: its canonical name.
        family: `entry` acts on each entry, `reduce` folds an axis, `vector` maps along an axis, `linear` is
            linear algebra, `build` makes an array, `rewrite` is only another way to write an operator.
        least, most: how many arguments it takes.
        bare: whether it may stand without parentheses, as in `sin x`.
    """

    name: str
    family: Family
    least: int = 1
    most: int = 1
    bare: bool = False


def _make() -> tuple[dict[str, Function], dict[str, Function]]:
    catalogue: dict[str, Function] = {}
    spoken: dict[str, Function] = {}

    def know(family: Family, lines: str, least: int = 1, most: int = 1, bare: bool = False) -> None:
        for line in lines.strip().splitlines():
            name, *aliases = line.split()
            catalogue[name] = Function(name, family, least, most, bare)
            for alias in (name, *aliases):
                spoken[alias] = catalogue[name]

    know(
        "entry",
        """
        exp
        log10 lg
        log2 lb
        log1p
        expm1
        exp2
        sqrt
        cbrt
        sin
        cos
        tan tg
        sec
        csc cosec
        cot ctg cotan
        asin arcsin
        acos arccos
        atan arctan arctg
        asec arcsec
        acsc arccsc
        acot arccot arcctg
        sinh
        cosh
        tanh
        sech
        csch cosech
        coth
        asinh arcsinh arsinh
        acosh arccosh arcosh
        atanh arctanh artanh
        asech arcsech arsech
        acsch arccsch arcsch
        acoth arccoth arcoth
        abs Abs fabs absolute
        sign sgn signum Sign
        sigmoid logistic expit Sigmoid
        softplus Softplus
        relu ReLU Relu RELU
        erf
        erfc
        """,
        bare=True,
    )
    know(
        "entry",
        """
        floor
        ceil ceiling
        round rint
        gamma Gamma
        loggamma lgamma gammaln
        digamma psi
        trigamma
        logit Logit
        silu SiLU swish Swish
        gelu GELU
        softsign
        hardtanh
        relu6
        mish
        log_sigmoid logsigmoid logσ
        sinpi
        cospi
        logical_not
        """,
    )
    know("entry", "log ln", 1, 2, bare=True)
    know("entry", "elu ELU\nleaky_relu LeakyReLU leakyrelu lrelu", 1, 2)
    know("entry", "step heaviside Heaviside unit_step", 1, 2)
    know("entry", "clip clamp", 3, 3)
    know("entry", "atan2 arctan2", 2, 2)
    know("entry", "selu SELU")
    know("entry", "factorial")
    know("entry", "binomial binom comb", 2, 2)
    know("entry", "maximum Max fmax\nminimum Min fmin", 2, 20)
    know("entry", "xlogy", 2, 2)
    know("reduce", "sum reduce_sum nansum", 1, 2)
    know("rewrite", "Sum Product", 2, 2)
    know("reduce", "mean reduce_mean average avg Mean", 1, 2)
    know("reduce", "prod product reduce_prod", 1, 2)
    know("reduce", "var Var variance", 1, 2)
    know("reduce", "std", 1, 2)
    know("reduce", "amax reduce_max nanmax\namin reduce_min nanmin", 1, 2)
    know("reduce", "max\nmin", 1, 20)
    know("reduce", "logsumexp reduce_logsumexp LSE lse", 1, 2)
    know("reduce", "any\nall", 1, 2)
    know("vector", "softmax Softmax SoftMax", 1, 2)
    know("vector", "log_softmax logsoftmax LogSoftmax", 1, 2)
    know("vector", "argmax\nargmin", 1, 2)
    know("vector", "cumsum", 1, 2)
    know("linear", "norm Norm", 1, 2)
    know("linear", "dot\ninner vdot\nmatmul mm bmm\nouter\nsolve", 2, 2)
    know("linear", "transpose\ninv inverse\npinv\ndet\ntrace tr Tr\ndiag diagonal Diag")
    know("build", "eye identity\nones\nzeros", 1, 2)
    know("build", "ones_like\nzeros_like\nlen")
    know("build", "full\none_hot onehot", 2, 2)
    know("rewrite", "square\nreciprocal\nnegative\npos positive")
    know("rewrite", "pow power\nadd\nsubtract\nmultiply mul\ndivide true_divide div\nRational Fraction", 2, 2)
    know(
        "rewrite", "equal\nnot_equal\ngreater\ngreater_equal\nless\nless_equal\nlogical_and\nlogical_or", 2, 2
    )
    know("rewrite", "KroneckerDelta kronecker kron_delta krondelta delta δ", 2, 2)
    know("rewrite", "where Where", 3, 3)
    know("rewrite", "Derivative diff D Diff", 2, 6)
    know("rewrite", "Piecewise", 1, 12)
    know("rewrite", "root nthroot", 2, 2)
    know("rewrite", "array asarray tensor vector Matrix", 1, 2)
    know("rewrite", "float int float32 float64 asfloat simplify squeeze ravel flatten")
    know("rewrite", "indicator Indicator")
    return catalogue, spoken


CATALOGUE, SPOKEN = _make()
"""Functions by canonical name, and by every name."""

ENTRY = frozenset(name for name, function in CATALOGUE.items() if function.family == "entry")
MODULES = frozenset(
    [
        "np",
        "numpy",
        "jnp",
        "onp",
        "math",
        "cmath",
        "torch",
        "tf",
        "tensorflow",
        "keras",
        "K",
        "F",
        "nn",
        "sp",
        "sympy",
        "scipy",
        "special",
        "linalg",
        "jax",
        "functional",
    ]
)
"""What may stand before a dot as the home of a function."""

CONSTANTS = {
    "pi": "pi",
    "π": "pi",
    "e": "e",
    "inf": "inf",
    "infty": "inf",
    "infinity": "inf",
    "oo": "inf",
    "E": "e",
}
SPLITTABLE = frozenset(
    name
    for name, f in SPOKEN.items()
    if f.bare and len(name) > 1 and name.islower() and name not in ("abs", "sec")
) | {"max", "min", "abs", "sec"}
"""Names that are recognised inside letters run together: `xsinx`."""
