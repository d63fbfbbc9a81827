"""What LaTeX commands stand for: the characters, and the class that decides the space around them.

The tables are written as "name character" pairs, one class after another, to be read like a chart.
"""

from __future__ import annotations

from typing import Literal

Class = Literal["ord", "word", "fn", "bigop", "bin", "rel", "open", "close", "punct", "inner"]
"""TeX's atom classes; "word" is upright text of several letters, "fn" a named function such as log."""


def words(text: str) -> list[str]:
    """The words of a table written as text."""
    return text.split()


def _chart(text: str) -> dict[str, str]:
    parts = words(text)
    return dict(zip(parts[::2], parts[1::2], strict=True))


ORDINARY = _chart(
    """
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
    varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ
    upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω digamma ϝ
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    varGamma Γ varDelta Δ varTheta Θ varLambda Λ varPi Π varSigma Σ varPhi Φ varPsi Ψ varOmega Ω
    partial ∂ nabla ∇ infty ∞ ell ℓ hbar ℏ hslash ℏ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ imath ı jmath ȷ
    forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ emptyset ∅ varnothing ∅ angle ∠ measuredangle ∡
    prime ′ backprime ‵ degree ° dagger † ddagger ‡ checkmark ✓ flat ♭ natural ♮ sharp ♯ surd √ complement ∁
    triangle △ square □ Box □ blacksquare ■ Diamond ◇ lozenge ◊ bigstar ★ clubsuit ♣ diamondsuit ♢
    heartsuit ♡ spadesuit ♠ S § P ¶ copyright © pounds £ yen ¥ euro € eth ð mho ℧
    ldots … dots … dotsc … dotso … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱ iddots ⋰ adots ⋰
    mathellipsis … textellipsis … blacktriangle ▴ blacktriangledown ▾ triangledown ▽ aa å AA Å ss ß o ø O Ø
    ae æ AE Æ i ı j ȷ lq ‘ rq ’ textbackslash \\ textasciitilde ~ textasciicircum ^ textdegree °
    """
)

BINARY = _chart(
    """
    pm ± mp ∓ times × div ÷ cdot · centerdot · cdotp · ast ∗ star ⋆ circ ∘ bullet • odot ⊙ oplus ⊕ ominus ⊖
    otimes ⊗ oslash ⊘ cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ wedge ∧ lor ∨ land ∧ setminus ∖
    smallsetminus ∖ wr ≀ amalg ⨿ diamond ⋄ bigtriangleup △ bigtriangledown ▽ triangleleft ◁ triangleright ▷
    boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡ ltimes ⋉ rtimes ⋊ intercal ⊺ dotplus ∔ barwedge ⊼ veebar ⊻
    circledast ⊛ circledcirc ⊚ circleddash ⊝ bmod mod divideontimes ⋇ Cap ⋒ Cup ⋓
    """
)

RELATION = _chart(
    """
    le ≤ leq ≤ leqslant ≤ ge ≥ geq ≥ geqslant ≥ ne ≠ neq ≠ lt < gt > ll ≪ gg ≫ lll ⋘ ggg ⋙ equiv ≡ sim ∼
    simeq ≃ approx ≈ thickapprox ≈ thicksim ∼ approxeq ≊ cong ≅ ncong ≇ doteq ≐ doteqdot ≑
    triangleq ≜ coloneqq ≔ coloneq ≔ eqqcolon ≕
    propto ∝ varpropto ∝ in ∈ ni ∋ owns ∋ notin ∉ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊
    supsetneq ⊋ nsubseteq ⊈ sqsubseteq ⊑ sqsupseteq ⊒ prec ≺ succ ≻ preceq ⪯ succeq ⪰ preccurlyeq ≼
    succcurlyeq ≽ lesssim ≲ gtrsim ≳ lessgtr ≶ asymp ≍ bowtie ⋈ mid ∣ nmid ∤ parallel ∥ nparallel ∦ perp ⟂
    vdash ⊢ dashv ⊣ models ⊨ vDash ⊨ smile ⌣ frown ⌢ between ≬ nless ≮ ngtr ≯ nleq ≰ ngeq ≱ eqsim ≂
    to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ implies ⟹ Leftarrow ⇐ impliedby ⟸
    Leftrightarrow ⇔ iff ⟺ mapsto ↦ longmapsto ⟼ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷
    Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺ hookrightarrow ↪ hookleftarrow ↩ uparrow ↑
    downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖
    rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼ leftharpoondown ↽ rightleftharpoons ⇌
    leftrightharpoons ⇋ rightleftarrows ⇄ leftrightarrows ⇆ rightrightarrows ⇉ leftleftarrows ⇇
    twoheadrightarrow ↠ rightarrowtail ↣ leadsto ⇝ rightsquigarrow ⇝ curvearrowright ↷ curvearrowleft ↶
    circlearrowright ↻ circlearrowleft ↺ nrightarrow ↛ nleftarrow ↚ nRightarrow ⇏ nLeftarrow ⇍ therefore ∴
    because ∵ vcentcolon : dashrightarrow ⇢ dashleftarrow ⇠ upharpoonright ↾ restriction ↾ multimap ⊸
    """
)

BIG = _chart(
    """
    sum ∑ prod ∏ coprod ∐ int ∫ intop ∫ smallint ∫ iint ∬ iiint ∭ oint ∮ oiint ∯ bigcup ⋃ bigcap ⋂
    bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄ bigvee ⋁ bigwedge ⋀ bigsqcup ⨆
    """
)
INTEGRALS = frozenset("∫∬∭∮∯")
"""Their limits stand beside the sign, the others' above and below it in display."""

FUNCTIONS = {
    name: name
    for name in words(
        """
        log ln lg exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth max min sup inf lim det
        gcd dim ker deg hom arg Pr argmax argmin
        """
    )
} | {"limsup": "lim sup", "liminf": "lim inf", "injlim": "inj lim", "projlim": "proj lim"}
LIMIT_FUNCTIONS = frozenset(
    words("max min sup inf lim det gcd Pr argmax argmin limsup liminf injlim projlim")
)
"""Named functions whose subscript stands below them in display."""

OPENING = _chart(
    "lbrace { { { lbrack [ langle ⟨ lfloor ⌊ lceil ⌈ lVert ‖ lvert | lgroup ⟮ llbracket ⟦ ulcorner ⌜"
)
CLOSING = _chart(
    "rbrace } } } rbrack ] rangle ⟩ rfloor ⌋ rceil ⌉ rVert ‖ rvert | rgroup ⟯ rrbracket ⟧ urcorner ⌝"
)
NEUTRAL = {"|": "‖", "Vert": "‖", "vert": "|", "backslash": "\\"}
"""Delimiters that open and close alike."""

PUNCTUATION = {"colon": ":", "semicolon": ";", "comma": ","}

PLAIN = {"%": "%", "$": "$", "#": "#", "&": "&", "_": "_"}
"""Escaped characters."""

SPACES = {
    ",": 1, "thinspace": 1, ":": 1, "medspace": 1, ">": 1, ";": 1, "thickspace": 1, " ": 1,
    "~": 1, "enspace": 1, "space": 1, "nobreakspace": 1, "quad": 2, "qquad": 4, "!": 0, "negthinspace": 0,
    "/": 0, "enskip": 1, "hfill": 2, "hfil": 2,
}  # fmt: skip

ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "widetilde": "\u0303",
    "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "dddot": "\u20db", "check": "\u030c",
    "breve": "\u0306", "acute": "\u0301", "grave": "\u0300", "mathring": "\u030a", "widecheck": "\u030c",
}  # fmt: skip
"""The combining mark that one character takes."""

WIDE_ACCENTS = {
    "\u0302": "^", "\u0304": "_", "\u0303": "~", "\u20d7": "→", "\u0307": ".", "\u0308": "..",
    "\u20db": "...", "\u030c": "v", "\u0306": "u", "\u0301": "´", "\u0300": "`", "\u030a": "o",
}  # fmt: skip
"""What stands on the row above several characters instead."""

STRETCHED = {
    "overline": ("_", True), "underline": ("‾", False), "overbrace": ("╭┴╮", True),
    "underbrace": ("╰┬╯", False),
    "overrightarrow": ("→", True), "overleftarrow": ("←", True), "underbar": ("‾", False),
    "overbracket": ("┌┴┐", True), "underbracket": ("└┬┘", False), "underrightarrow": ("→", False),
    "underleftarrow": ("←", False), "overleftrightarrow": ("↔", True),
}  # fmt: skip
"""Marks as long as what they cover, and whether they go above."""

CHARACTERS: dict[str, tuple[str, Class]] = {
    "-": ("−", "bin"), "+": ("+", "bin"), "*": ("∗", "bin"), "=": ("=", "rel"), "<": ("<", "rel"),
    ">": (">", "rel"), ":": (":", "rel"), ",": (",", "punct"), ";": (";", "punct"), "(": ("(", "open"),
    "[": ("[", "open"), ")": (")", "close"), "]": ("]", "close"), "!": ("!", "close"), "?": ("?", "close"),
    "|": ("|", "ord"), "…": ("…", "ord"), "⋯": ("⋯", "ord"),
}  # fmt: skip
"""Characters typed as themselves."""
for _table, _class in (
    (BINARY, "bin"),
    (RELATION, "rel"),
    (BIG, "bigop"),
    (OPENING, "open"),
    (CLOSING, "close"),
):
    for _text in _table.values():
        if len(_text) == 1 and not _text.isascii():
            CHARACTERS.setdefault(_text, (_text, _class))  # type: ignore[arg-type]
CHARACTERS["‖"] = ("‖", "ord")

NEGATED = {
    "=": "≠", "∈": "∉", "∋": "∌", "⊂": "⊄", "⊃": "⊅", "⊆": "⊈", "⊇": "⊉", "≡": "≢", "∼": "≁", "≈": "≉",
    "≤": "≰", "≥": "≱", "<": "≮", ">": "≯", "∣": "∤", "∥": "∦", "→": "↛", "←": "↚", "⇒": "⇏", "∃": "∄",
    "≅": "≇", "≃": "≄",
}  # fmt: skip

_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _alphabet(first: int, exceptions: str = "", digits: int = 0) -> dict[str, str]:
    """Mathematical letters: 52 in a row from a code point, but those Unicode had placed elsewhere before."""
    letters = {letter: chr(first + index) for index, letter in enumerate(_LATIN)}
    letters |= _chart(exceptions)
    if digits:
        letters |= {str(digit): chr(digits + digit) for digit in range(10)}
    return letters


ALPHABETS: dict[str, dict[str, str]] = {
    "bb": _alphabet(0x1D538, "C ℂ H ℍ N ℕ P ℙ Q ℚ R ℝ Z ℤ", 0x1D7D8),
    "cal": _alphabet(0x1D49C, "B ℬ E ℰ F ℱ H ℋ I ℐ L ℒ M ℳ R ℛ e ℯ g ℊ o ℴ"),
    "frak": _alphabet(0x1D504, "C ℭ H ℌ I ℑ R ℜ Z ℨ"),
    "bf": _alphabet(0x1D400, "", 0x1D7CE)
    | dict(
        zip(
            "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ",
            map(chr, range(0x1D6A8, 0x1D6E2)),
            strict=True,
        )
    ),
}
"""Letters that Unicode has a mathematical alphabet for; upright and italic stay plain letters."""

FONTS = {
    "mathbb": "bb", "mathbbm": "bb", "mathds": "bb", "Bbb": "bb", "mathcal": "cal", "mathscr": "cal",
    "mathfrak": "frak", "mathbf": "bf", "boldsymbol": "bf", "bm": "bf", "pmb": "bf", "symbf": "bf",
    "mathrm": "rm", "mathsf": "rm", "mathtt": "rm", "mathit": "rm", "mathnormal": "", "symup": "rm",
}  # fmt: skip
TEXTS = frozenset(
    words("text textrm textit textbf textsf texttt textnormal textup mbox hbox emph textmd textsc")
)

SUPERSCRIPT = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW′⊤∗†‡∘°⋆",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ′ᵀ*†‡°°*",
        strict=True,
    )
)
SUBSCRIPT = dict(zip("0123456789+−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
