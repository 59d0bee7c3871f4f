"""What was not said yet, for another part of a question."""

from __future__ import annotations

from assistant.statements import Statement, from_sentence
from assistant.unsaid import said_of
from index.records import Passage

SENTENCE = "接待游客九百万人次，其中境外游客三十万人次。"
PASSAGE = Passage("p", "d", (), "", SENTENCE, "text", None, 0, 0, len(SENTENCE))


def test_only_a_sentence_said_whole_is_said() -> None:
    assert said_of([from_sentence(PASSAGE, SENTENCE)]) == {("p", SENTENCE)}
    assert said_of([Statement("接待游客九百万人次", SENTENCE, PASSAGE)]) == set()
