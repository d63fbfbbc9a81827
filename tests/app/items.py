"""Items for the tests of the screens: short and long, one language and both, with and without formulas."""

from __future__ import annotations

from quizdl.packs.items import (
    Choice,
    Cloze,
    Concept,
    Curve,
    Flashcard,
    Listing,
    Match,
    Member,
    Names,
    Numeric,
    Option,
    Order,
    Pair,
    Plot,
    Short,
    Term,
    Text,
)
from quizdl.packs.parameters import Param


def both(ko: str, en: str) -> Text:
    return Text(ko=ko, en=en)


SOFTMAX = Concept(
    id="softmax",
    names=Names(ko=("소프트맥스", "소프트맥스 함수"), en=("softmax", "softmax function")),
    formula=r"\sigma(z)_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}",
)

TERM = Term(
    id="softmax.term",
    concept="softmax",
    definition=both(
        "실수 벡터를 합이 1인 확률 분포로 바꾸는 함수.",
        "A function that turns a vector of real numbers into a probability distribution.",
    ),
    explanation=both("지수를 쓰므로 모든 출력이 양수이다.", "The exponential makes every output positive."),
)

ONE = Choice(
    id="softmax.gradient",
    concept="softmax",
    prompt=both(
        "소프트맥스와 교차 엔트로피를 함께 쓸 때 로짓 $z_i$에 대한 기울기는?",
        "With softmax and cross-entropy, what is the gradient with respect to the logit $z_i$?",
    ),
    options=(
        Option(
            text=Text(ko="$s_i - y_i$", en="$s_i - y_i$"),
            right=True,
            feedback=both(r"$$\frac{\partial L}{\partial z_i} = s_i - y_i$$", "The famous difference."),
        ),
        Option(
            text=Text(ko="$y_i - s_i$", en="$y_i - s_i$"),
            feedback=both("부호가 반대다.", "The sign is flipped."),
        ),
        Option(text=both("항상 0이다", "always zero")),
    ),
    hints=(both("부호를 조심하라.", "Mind the sign."),),
)

MANY = Choice(
    id="softmax.overfitting",
    concept="softmax",
    prompt=both("과적합을 줄이는 것을 모두 고르라.", "Which of these reduce overfitting?"),
    options=(
        Option(text=both("드롭아웃", "dropout"), right=True),
        Option(text=both("큰 학습률", "a larger learning rate")),
        Option(text=both("데이터 증강", "data augmentation"), right=True),
        Option(text=both("층을 더 쌓기", "more layers")),
    ),
)

LONG = Flashcard(
    id="softmax.long",
    concept="softmax",
    front=both("역전파의 네 단계를 말하라. " * 12, "Name the four steps of backpropagation. " * 12),
    back=both("순전파, 손실, 역전파, 갱신. " * 30, "Forward, loss, backward, update. " * 30),
)

CLOZE = Cloze(
    id="softmax.cloze",
    concept="softmax",
    text=both(
        "소프트맥스 출력의 합은 {{c1::하나::숫자}}이다.", "Softmax outputs sum to {{c1::one::a number}}."
    ),
)

PLOT = Choice(
    id="softmax.plot",
    concept="softmax",
    prompt=both("이 곡선은 어떤 함수인가?", "Which function is this curve?"),
    options=(
        Option(text=both("시그모이드", "sigmoid"), right=True),
        Option(text=both("쌍곡 탄젠트", "tanh")),
    ),
    plot=Plot(curves=(Curve(fn="sigmoid"),)),
)

SHORT = Short(
    id="softmax.short",
    concept="softmax",
    prompt=both("확률을 만드는 출력 함수는?", "Which output function makes probabilities?"),
    accept=Names(ko=("소프트맥스",), en=("softmax",)),
    hints=(both("지수 함수를 쓴다.", "It uses exponentials."),),
)

LIST = Listing(
    id="softmax.list",
    concept="softmax",
    prompt=both("과적합을 막는 방법 세 가지를 쓰라.", "Name three ways to prevent overfitting."),
    need=3,
    members=(
        Member(names=Names(ko=("드롭아웃",), en=("dropout",))),
        Member(names=Names(ko=("조기 종료",), en=("early stopping",))),
        Member(names=Names(ko=("데이터 증강",), en=("data augmentation",))),
        Member(names=Names(ko=("가중치 감쇠",), en=("weight decay",))),
    ),
)

ORDER = Order(
    id="softmax.order",
    concept="softmax",
    prompt=both("학습 한 단계를 순서대로 놓으라.", "Put one training step in order."),
    steps=(
        both("순전파로 예측을 계산한다", "compute predictions with a forward pass"),
        both("손실을 계산한다", "compute the loss"),
        both("역전파로 기울기를 구한다", "get the gradients by backpropagation"),
        both("가중치를 갱신한다", "update the weights"),
    ),
)

MATCH = Match(
    id="softmax.match",
    concept="softmax",
    prompt=both("함수와 식을 짝지으라.", "Match each function with its formula."),
    pairs=(
        Pair(left=both("렐루", "ReLU"), right=Text(ko=r"$\max(0, x)$", en=r"$\max(0, x)$")),
        Pair(
            left=both("시그모이드", "sigmoid"),
            right=Text(ko=r"$\frac{1}{1+e^{-x}}$", en=r"$\frac{1}{1+e^{-x}}$"),
        ),
        Pair(left=both("항등", "identity"), right=Text(ko="$x$", en="$x$")),
    ),
    extra=(both("$x^2$ (제곱)", "$x^2$ (square)"),),
)

NUMBER = Numeric(
    id="softmax.number",
    concept="softmax",
    prompt=both("$\\sigma(<<x>>)$의 값은?", "What is $\\sigma(<<x>>)$?"),
    params={"x": Param(type="int", min=1, max=3)},
    answer="sigmoid(x)",
)

GAPS = Cloze(
    id="softmax.gaps",
    concept="softmax",
    text=both(
        "{{c1::아담}}은 {{c1::모멘텀}}과 RMSprop을 합친 것이다.",
        "{{c1::Adam}} combines {{c1::momentum}} with RMSprop.",
    ),
)
