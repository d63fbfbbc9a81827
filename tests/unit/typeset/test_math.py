"""Formulas by eye: what each must look like, character by character."""

from __future__ import annotations

from textwrap import dedent

import pytest

from quizdl.typeset.box import Box
from quizdl.typeset.latex import MAX_DEPTH, MAX_LENGTH, LatexError, parse
from quizdl.typeset.math import break_lines, inline, layout

PICTURES = {
    r"\frac{\partial L}{\partial z_i} = s_i - y_i": """
        ∂L
        ─── = sᵢ − yᵢ
        ∂zᵢ
        """,
    r"s_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}": """
                 zᵢ
                e
        sᵢ = ─────────
                    zⱼ
             ∑ⱼ₌₁ᴷ e
        """,
    r"\theta_{t+1} \leftarrow \theta_t - \eta \frac{\hat m_t}{\sqrt{\hat v_t} + \epsilon}": """
                        m̂ₜ
        θₜ₊₁ ← θₜ − η ───────
                      √v̂ₜ + ϵ
        """,
    r"\sqrt{\frac{1}{n}\sum_{i=1}^n (y_i-\hat y_i)^2}": """
         ┌───────────────────
         │1
         │─ ∑ᵢ₌₁ⁿ (yᵢ − ŷᵢ)²
        ╲│n
        """,
    r"\sqrt{v_t + \epsilon}, \sqrt[3]{x}, \sqrt[n]{a+b}": """
         ______         _____
        √vₜ + ϵ, ³√x, ⁿ√a + b
        """,
    r"\mathrm{ReLU}(x) = \begin{cases} x & \text{if } x > 0 \\ 0 & \text{그 외} \end{cases}": """
                  ⎧ x   if x > 0
        ReLU(x) = ⎨
                  ⎩ 0   그 외
        """,
    r"J = \begin{bmatrix} \frac{\partial y_1}{\partial x_1} & \cdots \\ \vdots & \\ a & b\end{bmatrix}": """
            ⎡∂y₁/∂x₁  ⋯⎤
        J = ⎢   ⋮      ⎥
            ⎣   a     b⎦
        """,
    r"A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}, \begin{vmatrix} a & b \\ c & d\end{vmatrix}": """
            ⎛1  2⎞  │a  b│
        A = ⎜    ⎟, │    │
            ⎝3  4⎠  │c  d│
        """,
    r"\begin{aligned} z &= W^\top x + b \\ a &= \sigma(z) \end{aligned}": """
        z = Wᵀx + b
        a = σ(z)
        """,
    r"\left( \frac{a}{b} \right)^2 + \left[\frac{x}{y}\right]_i^{n}": """
        ⎛a⎞²   ⎡x⎤ⁿ
        ⎜─⎟  + ⎢─⎥
        ⎝b⎠    ⎣y⎦ᵢ
        """,
    r"\underbrace{x^2 + 2x + 1}_{\text{제곱}} + \overbrace{a+b}^{n}": """
                        n
                      ╭─┴─╮
        x² + 2x + 1 + a + b
        ╰────┬────╯
           제곱
        """,
    r"\hat{\theta} = \arg\max_\theta \prod_{i=1}^n p(x_i \mid \theta)": """
                     n
        θ̂ = arg max  ∏  p(xᵢ ∣ θ)
                 θ  i=1
        """,
    r"\lim_{n \to \infty} \left(1 + \frac{1}{n}\right)^n = e": """
            ⎛    1⎞ⁿ
        lim ⎜1 + ─⎟  = e
        n→∞ ⎝    n⎠
        """,
    r"\int_0^\infty e^{-x^2} dx = \frac{\sqrt{\pi}}{2}": """
         ∞  −x²     √π
        ∫₀ e   dx = ──
                    2
        """,
    r"\mathbf{W} \in \mathbb{R}^{m \times n}, \mathbb{1}[x>0], \mathcal{L}, \bar{x}, \overline{x+y}": """
             m×n                  _____
        𝐖 ∈ ℝ   , 𝟙[x > 0], ℒ, x̄, x + y
        """,
    r"\cfrac{1}{1+\cfrac{1}{1+x}}": """
             1
        ───────────
               1
         1 + ─────
             1 + x
        """,
    r"a \xrightarrow{\text{학습}} b \overset{!}{=} c": """
           학습    !
        a ─────→ b = c
        """,
    r"\boxed{E = mc^2}": """
        ┌─────────┐
        │ E = mc² │
        └─────────┘
        """,
    r"x^{(i)}_j, W^{[l]}, w_{\text{new}}, x_{i,j}, a_n^{[2]}": """
                [l]               [2]
        xⱼ⁽ⁱ⁾, W   , w   , x   , aₙ
                      new   i,j
        """,
    r"\text{정확도} = \frac{\text{맞은 개수}}{\text{전체 개수}} \times 100": """
                 맞은 개수
        정확도 = ───────── × 100
                 전체 개수
        """,
    r"\sum_{\substack{i=1\\i\ne j}}^n x_i": """
         n
         ∑  xᵢ
        i=1
        i≠j
        """,
    r"\left.\frac{df}{dx}\right|_{x=0}": """
        df│
        ──│
        dx│ₓ₌₀
        """,
    r"\hat{x} = \frac{x - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}}": """
              x − μ
                   B
        x̂ = ───────────
              ┌───────
              │σ² + ϵ
             ╲│ B
        """,
    r"\binom{n}{k}": """
        ⎛n⎞
        ⎜ ⎟
        ⎝k⎠
        """,
    r"-\frac{1}{N}\sum_{n=1}^{N} \log p_n": """
          1  N
        − ─  ∑  log pₙ
          N n=1
        """,
}


@pytest.mark.parametrize("latex", PICTURES)
def test_a_formula_looks_like_mathematics(latex: str) -> None:
    assert str(layout(latex)).rstrip() == dedent(PICTURES[latex]).strip("\n").rstrip()


@pytest.mark.parametrize(
    ("latex", "row"),
    [
        (r"\frac{\partial L}{\partial z_i} = s_i - y_i", "∂L/∂zᵢ = sᵢ − yᵢ"),
        (r"L = -\sum_i y_i \log s_i", "L = −∑ᵢ yᵢ log sᵢ"),
        (r"f: X \to Y, x \mapsto -x, (-1), 2\cdot(-3), 10^{-6}", "f : X → Y, x ↦ −x, (−1), 2 · (−3), 10⁻⁶"),
        (r"\|w\|_2^2 + |x| + x \odot y", "‖w‖₂² + |x| + x ⊙ y"),
        (r"\sigma'(x) = \sigma(x)(1-\sigma(x)) \le \frac14", "σ′(x) = σ(x)(1 − σ(x)) ≤ 1/4"),
        (r"\text{GELU}(x) = 0.5x\left(1+\tanh\left(\sqrt{\frac{2}{\pi}}x\right)\right)",
         "GELU(x) = 0.5x(1 + tanh(√(2/π)x))"),
        (r"\log_2 x + \log(x) + \mathrm{lr}x", "log₂ x + log(x) + lr x"),
        (r"1{,}000 \ne f(1,2)", "1,000 ≠ f(1, 2)"),
        (r"x \not= y \implies x \not\in A", "x ≠ y ⟹ x ∉ A"),
    ],
)  # fmt: skip
def test_simple_formulas_take_one_row_of_text(latex: str, row: str) -> None:
    assert layout(latex, display=False) == Box.of(row)


def test_a_fraction_that_a_slash_would_make_ambiguous_stays_upright() -> None:
    assert layout(r"\frac{1}{n} x", display=False).height == 3
    assert layout(r"\frac{1}{n} = x", display=False).height == 1


@pytest.mark.parametrize(
    ("latex", "row"),
    [
        (r"\frac{1}{n}x - \frac{a+b}{2n}", "(1/n)x − (a + b)/(2n)"),
        (r"e^{\frac{x}{2}} + e^{z_i}", "e^(x/2) + e^(zᵢ)"),
        (r"\cfrac{1}{1+\cfrac{1}{1+x}}", "1/(1 + 1/(1 + x))"),
        (r"\sqrt{a+b} \sqrt{c}", "√(a + b)√c"),
        (r"\begin{pmatrix}1\\2\end{pmatrix}", None),
    ],
)
def test_one_row_keeps_the_meaning_with_brackets(latex: str, row: str | None) -> None:
    assert inline(latex) == row


@pytest.mark.parametrize(
    ("latex", "position", "word"),
    [
        (r"x + \fracc{1}{2}", 4, r"\frac"),
        (r"\softmax(x)", 0, r"\operatorname{softmax}"),
        ("x^{2", 2, "}"),
        ("x}", 1, "{"),
        (r"\frac{1}", 8, "argument"),
        ("x^1^2", 3, "braces"),
        (r"\left( x", 5, r"\right"),
        (r"\left x)", 7, "delimiter"),
        (r"x \right)", 2, r"\left"),
        (r"\begin{cases} x", 6, r"\end"),
        (r"\begin{pmatrix} x \end{bmatrix}", 31, "pmatrix"),
        (r"\begin{tikz} x \end{tikz}", 6, "environment"),
        ("a & b", 2, "&"),
        (r"a \\ b", 2, "aligned"),
        ("100$", 3, r"\$"),
        ("x_", 2, "argument"),
        ("\\", 0, "command"),
        ("a\x1bb", 1, "visible"),
    ],
)
def test_unreadable_latex_says_where_and_what(latex: str, position: int, word: str) -> None:
    with pytest.raises(LatexError) as caught:
        parse(latex)
    assert caught.value.position == position
    assert word in f"{caught.value.message} {caught.value.hint}"


def test_length_and_depth_are_limited() -> None:
    assert parse("x" * MAX_LENGTH)
    with pytest.raises(LatexError, match="characters"):
        parse("x" * (MAX_LENGTH + 1))
    shallow = MAX_DEPTH - 1
    assert parse("{" * shallow + "x" + "}" * shallow)
    with pytest.raises(LatexError, match="deep"):
        parse("{" * (MAX_DEPTH + 1) + "x" + "}" * (MAX_DEPTH + 1))


def test_a_wide_formula_breaks_before_relations_then_operators() -> None:
    rows = [str(box) for box in break_lines(r"f(x) = aaaa + bbbb = cccc + dddd", 18) or []]
    assert rows == ["f(x) = aaaa + bbbb", "  = cccc + dddd"]
    rows = [str(box) for box in break_lines(r"y = aaaa + bbbb + cccc", 16) or []]
    assert rows == ["y = aaaa + bbbb", "  + cccc"]


def test_what_cannot_be_broken_is_refused() -> None:
    assert break_lines(r"\frac{aaaaaaaaaaaaaaaaaaaaaaaaaa}{b}", 10) is None


NOTES = r"""
\alpha\beta\gamma\delta\epsilon\varepsilon\zeta\eta\theta\iota\kappa\lambda\mu\nu\xi\pi\rho\sigma\tau\upsilon\phi\varphi
\chi\psi\omega\Gamma\Delta\Theta\Lambda\Xi\Pi\Sigma\Upsilon\Phi\Psi\Omega
\partial \nabla \infty \top \prime \ell \forall x \exists y \emptyset \dots \ldots \cdots \vdots \ddots
a \odot b \cdot c \times d \pm e \oplus f \otimes g \circ h \ast i \cup j \cap k \setminus l
a \le b \ge c \ne d \approx e \equiv f \sim g \propto h \ll i \gg j \in A \subset B \subseteq C \notin D
a \leftarrow b \to c \rightarrow d \Rightarrow e \implies f \iff g \mapsto h \leftrightarrow i
\lVert x \rVert_2 \quad \| w \|_1 \quad \lvert x \rvert \quad p(y \mid x) \quad \lfloor x \rfloor \lceil x \rceil
\log x \ln x \exp x \max_i x_i \min_i x_i \arg\max_x f \argmax_x f \argmin_x f \tanh x \sin x \lim_{n\to\infty} a_n \sup S
\hat y \bar x \tilde x \vec v \dot x \ddot x \widehat{xy} \widetilde{abc} \overline{AB} \underline{x+y} \overrightarrow{AB}
\mathbb{R}^n \mathbb{1}_{x>0} \mathbf{x} \boldsymbol{\theta} \bm{w} \mathcal{N}(0, 1) \mathrm{softmax} \mathsf{T} \mathit{lr}
\text{손실 함수} \textbf{굵게} \operatorname{ReLU}(x) \operatorname*{arg\,max}_\theta \mathop{\mathrm{E}}_x
\tfrac12 \dfrac{a}{b} \cfrac{1}{x} {a \over b} \binom nk \stackrel{?}{=} \overset{iid}{\sim} \underset{x}{\min}
\bigl( x \bigr) \Big[ y \Big] \left\{ x \middle| y \right\} \left\langle x, y \right\rangle \left\lfloor \frac n2 \right\rfloor
\begin{matrix} a & b \\ c & d \end{matrix} \begin{Vmatrix} a \end{Vmatrix} \begin{array}{l|r} a & b \\ \hline c & d \end{array}
\begin{align*} a &= b & c &= d \\ e &= f \end{align*} \begin{gathered} a \\ b \end{gathered} \begin{smallmatrix} a & b \end{smallmatrix}
x\,y\;z\:w\!v\quad u\qquad t~s \hspace{1em} \phantom{x} \color{red} \textcolor{blue}{x} \label{eq:1} \tag{1} \nonumber
\underbrace{a + b}_{\text{합}} \overbrace{c}^{n} \xrightarrow[a]{b} \sqrt[3]{x} \iint \oint \bigcup_i A_i \bigoplus x \pmod n \bmod
f' f'' f'^2 x_i^2 x^2_i {}_a^b \sum\limits_{i} \int\nolimits_0^1 5\% \$3 \{x\} \_ \& \# x! n\in\{1,\ldots,n\} a/b 'x \not\subset
\frac12 \frac1n \sqrt2 x^\frac12 x^\alpha_\beta \displaystyle \sum_{i=1}^n \mathstrut 가중치 \times 입력 ≤ ∑ α × −
""".strip().split("\n")  # noqa: E501


@pytest.mark.parametrize("latex", NOTES)
@pytest.mark.parametrize("display", [True, False])
def test_the_latex_of_notes_on_deep_learning_is_readable(latex: str, display: bool) -> None:
    box = layout(latex, display=display)
    assert box.width > 0
    assert "\\" not in "".join(box.rows)
