from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from index.words import normalised, terms


def test_han_gives_characters_bigrams_and_longer_words() -> None:
    assert Counter(terms("养老服务体系")) == Counter(
        ["养", "老", "服", "务", "体", "系", "养老", "老服", "服务", "务体", "体系", "服务体系"]
    )


def test_numbers_and_latin_stay_whole_and_join_what_follows() -> None:
    found = terms("到2025年，PM2.5为3岁以下65%。")
    assert {"2025", "2025年", "pm2.5", "pm2.5为", "3", "3岁", "65%", "65"} <= set(found)
    assert "2" not in found


def test_full_and_half_width_are_one() -> None:
    assert terms("２０２５年６５％ＰＭ") == terms("2025年65%pm")


def test_a_space_joins_no_number_to_a_word() -> None:
    assert "3岁" not in terms("3 岁")


def test_punctuation_gives_nothing() -> None:
    assert terms("，。？！——…") == []


@given(st.text())
def test_terms_are_fit_for_a_white_space_tokenizer(text: str) -> None:
    assert all(term and term.split() == [term] for term in terms(text))


@given(st.text())
def test_normalised_text_gives_the_same_terms(text: str) -> None:
    # Lower case of NFKC is not always NFKC again (İ); the same text must still find itself.
    once = normalised(text)
    if normalised(once) == once:
        assert terms(once) == terms(text)
