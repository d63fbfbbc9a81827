from __future__ import annotations

import pytest

from quizdl.typeset.hangul import compose, decompose, fit_particles, from_keys, hangul_key, josa, nfc, to_keys


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        ("과적합", "rhkwjrgkq"), ("까쁘의", "RkQmdml"), ("닭이", "ekfrdl"), ("값", "rkqt"), ("했다", "goTek"),
        ("ㅋㅋ", "zz"),
        ("소프트맥스", "thvmxmaortm"), ("L2 정규화", "L2 wjdrbghk"), ("왜", "dho"), ("", ""),
    ],
)  # fmt: skip
def test_keyboard_both_ways(word: str, keys: str) -> None:
    assert to_keys(word) == keys
    if "L" not in keys:  # a Latin letter among Korean is a letter of the other mode
        assert from_keys(keys) == word


def test_a_consonant_moves_on_to_the_vowel_that_follows() -> None:
    assert from_keys("rkqtl") == "갑시"
    assert from_keys("rkqtdl") == "값이"
    assert from_keys("dkssud") == "안녕"
    assert from_keys("rrk") == "ㄱ가"


def test_every_syllable_survives_both_maps() -> None:
    syllables = [chr(code) for code in range(0xAC00, 0xD7A4)]
    assert all(compose(decompose(s)) == s and from_keys(to_keys(s)) == s for s in syllables)


@pytest.mark.parametrize(
    ("word", "particle", "form"),
    [
        ("softmax", "을/를", "를"), ("Adam", "을/를", "을"), ("과적합", "이/가", "이"),
        ("손실", "으로/로", "로"),
        ("기울기", "으로/로", "로"), ("학습률", "은/는", "은"), ("3", "을/를", "을"), ("2", "을/를", "를"),
        ("100", "을/를", "을"), ("2024", "을/를", "를"), ("0.5", "을/를", "를"), ("L1", "으로/로", "로"),
        ("과적합(overfitting)", "은/는", "은"), ("손실(loss)", "은/는", "은"), ("ReLU", "과/와", "와"),
        ("SGD", "을/를", "를"), ("L", "을/를", "을"), ("dropout", "을/를", "을"), ("epoch", "를/을", "를"),
        ("‘편향’", "이/가", "이"), ("`fit`", "을/를", "을"), ("α", "을/를", "를"), ("50%", "을/를", "를"),
        ("model", "으로/로", "로"), ("training", "이다/다", "이다"), ("", "을/를", "를"),
    ],
)  # fmt: skip
def test_particles(word: str, particle: str, form: str) -> None:
    assert josa(word, particle) == form


def test_an_unknown_particle_is_refused() -> None:
    with pytest.raises(ValueError, match="particle"):
        josa("손실", "에게/에")


def test_shortcuts_in_hangul_mode() -> None:
    assert [hangul_key(key) for key in "hujsqH?"] == ["ㅗ", "ㅕ", "ㅓ", "ㄴ", "ㅂ", "ㅗ", "?"]


def test_nfc() -> None:
    assert nfc("과적합") == "과적합"


def test_offered_particles_are_chosen_by_the_word_before_them() -> None:
    assert fit_particles("“ReLU”[은/는] “드롭아웃”[과/와] 달라요.") == "“ReLU”는 “드롭아웃”과 달라요."
    assert fit_particles("Adam[이에요/예요].") == "Adam이에요."
    assert fit_particles("[을/를]") == "[을/를]", "nothing stands before it"
