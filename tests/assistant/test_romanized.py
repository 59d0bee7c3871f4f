"""Names in pinyin in characters."""

from __future__ import annotations

import pytest

from assistant.romanized import in_characters, is_name

JOINED = {"云溪": 3, "溪湖": 2, "运西": 1, "石桥": 4, "西安": 9, "桥头": 1}


def frequency(bigram: str) -> int:
    return JOINED.get(bigram, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yunxi湿地是多少？", "云溪湿地是多少？"),
        ("yunxihu的水质", "云溪湖的水质"),
        ("shiqiao和shiqiaotou", "石桥和石桥头"),
        ("zaozhuang公园是多少？", "zaozhuang公园是多少？"),
    ],
)
def test_a_name_is_written_as_the_documents_join_its_sounds(text: str, expected: str) -> None:
    assert in_characters(text, frequency) == expected


@pytest.mark.parametrize("word", ["bridge", "strong", "x", "greenhouse"])
def test_a_word_that_is_not_whole_syllables_is_no_name(word: str) -> None:
    assert not is_name(word)
