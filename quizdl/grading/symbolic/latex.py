"""The LaTeX of answers: which command is which character, word or nothing at all."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ",
    "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ",
    "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
VARIANTS = {"varepsilon": "ε", "vartheta": "θ", "varrho": "ρ", "varsigma": "σ", "varphi": "φ", "varpi": "π"}
GREEK_NAMES = {char: name for name, char in GREEK.items()}

CHARACTERS = {
    **GREEK, **VARIANTS,
    "cdot": "·", "bullet": "·", "times": "*", "ast": "*", "div": "/", "odot": "⊙", "circ": "⊙", "pm": "±",
    "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=",
    "geq": ">=", "geqslant": ">=", "lt": "<", "gt": ">",
    "ne": "!=", "neq": "!=", "equiv": "=", "coloneqq": "=", "triangleq": "=", "leftarrow": "=", "gets": "=",
    "approx": "≈", "simeq": "≈", "in": "∈",
    "top": "⊤", "intercal": "⊤", "transpose": "⊤", "prime": "'", "partial": "∂", "nabla": "∇",
    "vert": "|", "lvert": "|(", "rvert": ")|", "mid": "|",
    "Vert": "||", "lVert": "||(", "rVert": ")||", "|": "||",
    "parallel": "||", "{": "{", "}": "}", "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]",
    "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉",
    "land": "and", "wedge": "and", "lor": "or", "lnot": "not", "neg": "not", "%": "%", "_": "_", "\\": "\\\\",
    "ell": "l", "imath": "i", "jmath": "j", "infty": "inf",
    "sum": "sum", "prod": "prod", "lpar": "(", "rpar": ")",
    "dots": "…", "ldots": "…", "cdots": "…", "colon": ":",
}  # fmt: skip
"""Commands that are one token of another name."""

FUNCTIONS = _words(
    """
    log ln lg exp sin cos tan sec csc cot arcsin
    arccos arctan arcsec arccsc arccot sinh cosh tanh sech csch coth
    arsinh arcosh artanh max min sgn sign det tr gcd erf softmax relu ReLU diag Var
    """
)
"""Commands that are the word they spell."""

IGNORED = _words(
    """
    left right big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr Biggl Biggr middle limits nolimits
    displaystyle textstyle scriptstyle quad qquad enspace thinspace thickspace medspace negthinspace hspace
    , ; : ! space mathstrut strut nonumber notag mathord mathbin mathrel mathop relax boldmath
    """
) | {" ", "\n", "\t", "(", ")", "[", "]"}
"""Commands that change nothing; `\\(` and `\\[` only open and close the formula."""

FONTS = _words(
    """
    mathbf boldsymbol bm mathcal mathit mathsf mathtt mathfrak mathscr bf rm it sf mathbb mathds mathbbm pmb
    textbf textit vec
    """
)
"""Commands that change the look of their argument only."""

WORDS = _words("text operatorname mathrm textrm textsf texttt mbox textnormal hbox")
"""Commands whose argument is one word."""

ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304", "tilde": "\u0303",
    "widetilde": "\u0303", "dot": "\u0307",
}  # fmt: skip

STRUCTURES = _words("frac dfrac tfrac cfrac sqrt binom dbinom begin end")
"""Commands with arguments, left to the parser."""
