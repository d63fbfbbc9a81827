"""Each rule of the matcher: an answer it accepts beside one, as near, that must be rejected."""

from __future__ import annotations

import pytest

from quizdl.grading.words.glossary import Glossary
from quizdl.grading.words.matcher import match
from quizdl.packs.items import Names

KNOWN = Glossary.build(
    [
        ("overfitting", Names(ko=("과대적합", "과적합", "오버피팅"), en=("overfitting",))),
        ("underfitting", Names(ko=("과소적합",), en=("underfitting",))),
        ("adam", Names(ko=("아담",), en=("Adam", "adaptive moment estimation"))),
        ("nadam", Names(ko=("나담",), en=("Nadam",))),
        ("adamw", Names(en=("AdamW",))),
        ("mse", Names(ko=("평균 제곱 오차",), en=("mean squared error", "MSE"))),
        ("rmse", Names(ko=("평균 제곱근 오차",), en=("root mean squared error", "RMSE"))),
        ("mae", Names(ko=("평균 절댓값 오차",), en=("mean absolute error", "MAE"))),
        ("activation", Names(ko=("활성화 함수",), en=("activation function",))),
        ("softmax", Names(ko=("소프트맥스",), en=("softmax",))),
        ("sigmoid", Names(ko=("시그모이드",), en=("sigmoid",))),
        ("lr", Names(ko=("학습률",), en=("learning rate",))),
        ("dropout", Names(ko=("드롭아웃",), en=("dropout",))),
        ("early", Names(ko=("조기 종료",), en=("early stopping",))),
        ("relu", Names(ko=("렐루",), en=("ReLU",))),
        ("optimizer", Names(ko=("옵티마이저",), en=("optimizer",))),
        ("bn", Names(ko=("배치 정규화",), en=("batch normalization", "BN"))),
        ("weight-decay", Names(ko=("가중치 감쇠",), en=("weight decay",))),
        ("one-hot", Names(ko=("원-핫 인코딩",), en=("one-hot encoding",))),
        ("test", Names(ko=("테스트 세트",), en=("test set",))),
        ("val", Names(ko=("검증 세트",), en=("validation set",))),
        ("arrow", Names(ko=("시간의 방향",), en=("arrow of time",))),
        ("l1", Names(ko=("L1 규제", "라쏘"), en=("L1 regularization", "lasso"))),
        ("l2", Names(ko=("L2 규제",), en=("L2 regularization",))),
    ]
)


def judge(concept: str, answer: str) -> object:
    names = next(KNOWN.names(number) for number in range(len(KNOWN)) if KNOWN.id(number) == concept)
    return match(answer, names[:1], glossary=KNOWN)


RIGHT = {
    "exact": [("overfitting", "과대적합"), ("adam", "ADAM"), ("mse", "mse"), ("relu", "relu")],
    "spacing": [
        *(
            ("overfitting", "과대 적합"),
            ("mse", "m.s.e."),
            ("mse", "Mean-Squared_Error"),
            ("early", "EarlyStopping"),
        ),
        *(
            ("bn", "BatchNormalization"),
            ("mse", "평균제곱오차"),
            ("softmax", "소프트 맥스!!"),
            ("lr", "학습률 😀"),
        ),
    ],
    "ending": [
        *(
            ("overfitting", "과적합입니다"),
            ("overfitting", "그건 과적합이에요"),
            ("dropout", "드롭아웃을 적용합니다"),
        ),
        *(
            ("adam", "Adam optimizer"),
            ("softmax", "소프트맥스 함수라고 한다"),
            ("early", "조기 종료 기법이죠"),
        ),
        *(
            ("softmax", "the softmax function"),
            ("mse", "MSE 손실"),
            ("l1", "라쏘 규제"),
            ("overfitting", "it's called overfitting"),
        ),
    ],
    "spelling_variant": [
        *(
            ("optimizer", "옵티마이져"),
            ("optimizer", "optimiser"),
            ("mse", "mean square error"),
            ("lr", "학습율"),
        ),
        *(
            ("dropout", "드랍아웃"),
            ("overfitting", "오버핏팅"),
            ("softmax", "소프트멕스"),
            ("early", "early stop"),
        ),
        *(
            ("test", "테스트용 데이터"),
            ("arrow", "시간 방향"),
            ("mse", "엠에스이"),
        ),
        *(("sigmoid", "씨그모이드"), ("sigmoid", "시그모이드")),
    ],
    "other_language": [("weight-decay", "weight 감쇠"), ("weight-decay", "웨이트 감쇠입니다")],
    "keyboard_mode": [
        *(
            ("overfitting", "rhkwjrgkq"),
            ("relu", "ㄱ디ㅕ"),
            ("adam", "ㅁㅇ므"),
            ("l2", "L2 rbwp"),
            ("mse", "ㅡㄴㄷ"),
        ),
    ],
    "typo": [
        *(
            ("overfitting", "overfiting"),
            ("overfitting", "과접합"),
            ("dropout", "dropuot"),
            ("early", "조기 종려"),
        ),
        *(("sigmoid", "sigmodi"), ("mse", "mean squared eror"), ("weight-decay", "wieght decay")),
    ],
}


@pytest.mark.parametrize(
    ("reason", "concept", "answer"), [(r, c, a) for r, pairs in RIGHT.items() for c, a in pairs]
)
def test_right_answers_and_how_they_are_recognised(reason: str, concept: str, answer: str) -> None:
    judged = judge(concept, answer)
    assert judged.accepted  # type: ignore[attr-defined]
    if answer != "시그모이드":
        assert judged.reason == reason  # type: ignore[attr-defined]


WRONG = {
    "rival": [
        *(
            ("overfitting", "과소적합"),
            ("adam", "나담"),
            ("adam", "AdamW"),
            ("adam", "Nadam"),
            ("mse", "RMSE"),
        ),
        *(("mse", "MAE"), ("mse", "평균 제곱근 오차"), ("mse", "root mean squared error"), ("l2", "L1 규제")),
        *(("overfitting", "rhkthwjrgkq"), ("test", "검증 데이터"), ("overfitting", "underfiting")),
    ],
    "no_match": [
        *(
            ("activation", "비활성화 함수"),
            ("activation", "deactivation function"),
            ("relu", "ReLU6"),
            ("relu", "rleu"),
        ),
        *(
            ("overfitting", "적합"),
            ("one-hot", "two-hot encoding"),
            ("one-hot", "one-hot decoding"),
            ("mse", "제곱 오차"),
        ),
        *(
            ("mae", "median absolute error"),
            ("early", "조기 졸업"),
            ("dropout", "dropdown"),
            ("softmax", "softmax loss"),
        ),
        *(
            ("overfitting", "과적합 과소적합"),
            ("early", "late stopping"),
            ("softmax", "맥스"),
            ("lr", "학습량"),
        ),
    ],
    "second_name_wrong": [
        *(
            ("overfitting", "과적합(underfitting)"),
            ("mse", "MSE (RMSE)"),
            ("overfitting", "과적합 = underfitting"),
        ),
        *(("dropout", "드롭아웃(드롭인)"), ("lr", "학습률(learning)")),
    ],
    "negated": [
        *(
            ("overfitting", "과적합이 아님"),
            ("overfitting", "not overfitting"),
            ("overfitting", "과적합이 아니라 과소적합"),
        ),
        *(("softmax", "softmax가 아닌 다른 것"), ("overfitting", "no overfitting")),
    ],
    "hedged": [("dropout", "아마 드롭아웃"), ("dropout", "probably dropout"), ("dropout", "드롭아웃인가요?")],
    "several_answers": [
        *(
            ("overfitting", "과적합 또는 과소적합"),
            ("adam", "아담이나 나담"),
            ("softmax", "softmax, sigmoid"),
        ),
        *(("relu", "relu or something"), ("overfitting", "과적합? 과소적합?")),
    ],
    "dont_know": [
        ("adam", "모르겠다"),
        ("adam", "I don't know"),
        ("adam", "idk"),
        ("adam", "ㅋㅋ 몰라"),
        ("adam", "pass"),
    ],
    "empty": [("adam", ""), ("adam", " ?!"), ("adam", "\u200b\u3000")],
    "too_long": [("adam", "adam " * 200)],
}


@pytest.mark.parametrize(
    ("reason", "concept", "answer"), [(r, c, a) for r, pairs in WRONG.items() for c, a in pairs]
)
def test_wrong_answers_and_why(reason: str, concept: str, answer: str) -> None:
    judged = judge(concept, answer)
    assert (judged.accepted, judged.reason) == (False, reason)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("answer", "accepted"),
    [
        ("과적합(overfitting)", True),
        ("과적합 overfitting", True),
        ("과적합 = 오버피팅", True),
        ("과적합 / overfitting", True),
        ("과적합, 즉 훈련 데이터를 외워 버리는 것", True),
        ("과적합(훈련 데이터만 외움)", True),
        ("과소적합이 아니라 과적합", True),
        ("overfitting, not underfitting", True),
        ("과적합, 과소적합", False),
        ("과적합(일반화)", False),
    ],
)
def test_what_else_an_answer_says(answer: str, accepted: bool) -> None:
    assert judge("overfitting", answer).accepted is accepted  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("accepted", "right", "wrong"),
    [
        (
            "0.001",
            ["1e-3", "1E-3", "10^-3", ".001", "0.0010", "０．００１", "0.001입니다"],
            ["1e3", "0.01", "0001", "-0.001", "0.001%"],
        ),
        ("3x3", ["3×3", "3 X 3", "3x3 크기"], ["33", "3 3", "3x4", "3x3x3"]),
        ("C++", ["c ++"], ["C", "C+", "C#"]),
        ("1000", ["1,000", "1e3"], ["100", "1.000", "1 000"]),
        ("L2", ["l-2", "L₂"], ["L1", "L", "L22"]),
        ("네스테로프 가속 경사", ["네스테로프 가속 겅사"], ["네스테로프 감속 경사"]),
        ("F1 score", ["F1-socre"], ["F2 score"]),
        ("confusion matrix", ["confusion matrices"], ["matrix"]),
        ("tanh", ["tanh()", "tf.keras.activations.tanh"], ["atanh", "tan", "tanh2"]),
        ("미니배치", ["미니 배치"], ["미니배치 크기", "배치"]),
        ("Dropout", ["layers.Dropout(0.5)", "dropoutt"], ["dropoutx"]),
    ],
)
def test_digits_and_signs_are_never_folded_away(accepted: str, right: list[str], wrong: list[str]) -> None:
    for answer in right:
        assert match(answer, [accepted]).accepted, answer
    for answer in wrong:
        assert not match(answer, [accepted]).accepted, answer


def test_an_accepted_name_brings_its_concept_but_a_listed_rival_stays_out() -> None:
    assert match("오버피팅", ["과대적합"], glossary=KNOWN).accepted
    assert not match("오버피팅", ["과대적합"]).accepted
    assert not match("오버피팅", ["과대적합"], rivals=["오버피팅"], glossary=KNOWN).accepted


def test_a_name_that_two_concepts_share_brings_only_the_one_it_is_canonical_of() -> None:
    shared = Glossary.build(
        [
            ("reg", Names(ko=("규제", "정규화"), en=("regularization",))),
            ("norm", Names(ko=("정규화",), en=("normalization",))),
        ]
    )
    assert match("normalization", ["정규화"], glossary=shared).accepted
    assert not match("regularization", ["정규화"], glossary=shared).accepted
    assert match("regularization", ["정규화", "규제"], glossary=shared).accepted


def test_a_typo_shows_the_right_spelling() -> None:
    judged = match("overfiting", ["과대적합"], glossary=KNOWN)
    assert (judged.typo, judged.exact, judged.name) == (True, False, "overfitting")
    assert match("overfitting", ["과대적합"], glossary=KNOWN).exact
