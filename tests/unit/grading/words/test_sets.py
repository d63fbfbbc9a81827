"""Lists of names: how they may be written, and what is said about their parts."""

from __future__ import annotations

import pytest

from quizdl.grading.words.glossary import Glossary
from quizdl.grading.words.result import Member
from quizdl.grading.words.sets import match_list

KNOWN = Glossary.build([("mse", ["평균 제곱 오차", "MSE"]), ("lr", ["학습률", "learning rate"])])
WAYS = [
    Member("drop", ("드롭아웃", "dropout")),
    Member("stop", ("조기 종료", "early stopping")),
    Member("reg", ("규제", "regularization")),
    Member("l1", ("L1 규제",)),
    Member("l2", ("L2 규제",)),
    Member("aug", ("데이터 증식", "data augmentation")),
    Member("train", ("훈련 세트", "training set")),
    Member("val", ("검증 세트", "validation set")),
    Member("nag", ("네스테로프 모멘텀", "Nesterov")),
    Member("mom", ("모멘텀", "momentum")),
    Member("both", ("L1L2",)),
]


@pytest.mark.parametrize(
    ("answer", "ids"),
    [
        ("드롭아웃, 조기 종료, 규제", "drop stop reg"),
        ("규제;dropout;early stopping", "reg drop stop"),
        ("드롭아웃\n조기종료\n데이터 증식", "drop stop aug"),
        ("1. 드롭아웃 2. 조기종료 3. 규제", "drop stop reg"),
        ("1)드롭아웃 2)조기종료 3)규제", "drop stop reg"),
        ("①드롭아웃 ②규제", "drop reg"),
        ("- 드롭아웃\n- 규제", "drop reg"),
        ("드롭아웃과 조기 종료 및 규제", "drop stop reg"),
        ("dropout, early stopping and data augmentation", "drop stop aug"),
        ("dropout early stopping regularization", "drop stop reg"),
        ("드롭아웃 조기종료 데이터증식", "drop stop aug"),
        ("드롭아웃(dropout), 규제(regularization)", "drop reg"),
        ("드랍아웃을 쓴다, 조기종료한다", "drop stop"),
        ("ㅇ개ㅔㅐㅕㅅ, rbwp", "drop reg"),
        ("droput, early stoping", "drop stop"),
        ("훈련, 검증 세트", "train val"),
        ("training and validation sets", "train val"),
        ("L1, L2 규제", "l1 l2"),
        ("모멘텀, 네스테로프 모멘텀", "mom nag"),
        ("L1L2", "both"),
        ("드롭아웃", "drop"),
        ("드롭아웃, 드롭아웃(조기 종료)", "drop"),
        ("드롭아웃은 아니고, 규제", "reg"),
        ("아마 드롭아웃, 규제", "reg"),
        ("드롭아웃, 모르겠음", "drop"),
        ("L3 규제, 드롭아웃", "drop"),
        ("드롭아웃 and hard 규제", "drop"),
        ("hard dropout momentum regularization", "mom reg"),
        ("드롭아웃 회귀, 규제", "reg"),
        ("모델에 드롭아웃을 쓰고 규제를 더한다", "drop reg"),
    ],
)
def test_members_are_found_in_any_writing(answer: str, ids: str) -> None:
    result = match_list(answer, 3, WAYS, glossary=KNOWN)
    assert [part.id for part in result.found] == ids.split()


def test_names_of_one_member_count_once_and_wrong_parts_are_named() -> None:
    result = match_list("드롭아웃, dropout, MSE, 사과, droput", 3, WAYS, rivals=["가지치기"], glossary=KNOWN)
    assert [part.id for part in result.found] == ["drop"]
    assert [part.text for part in result.duplicates] == ["dropout", "droput"]
    assert [(part.text, part.match.reason, part.match.rival) for part in result.wrong] == [
        ("mse", "rival", "MSE"),
        ("사과", "no_match", ""),
    ]
    assert result.score == pytest.approx(1 / 3)
    assert not result.accepted


def test_a_slip_in_a_list_keeps_its_right_spelling() -> None:
    found = match_list("early stoping", 1, WAYS).found[0]
    assert (found.match.typo, found.match.name) == (True, "early stopping")


def test_more_than_needed_is_no_more_than_right() -> None:
    result = match_list("드롭아웃, 규제, 모멘텀", 2, WAYS)
    assert (result.accepted, result.score, len(result.found)) == (True, 1.0, 3)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [("", "empty"), (" , ; ", "empty"), ("잘 모르겠어요", "dont_know"), ("x" * 900, "too_long")],
)
def test_nothing_to_read(answer: str, reason: str) -> None:
    result = match_list(answer, 2, WAYS)
    assert (result.reason, result.found, result.score) == (reason, (), 0.0)
