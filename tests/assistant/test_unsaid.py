"""What was not said yet, for another part of a question."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.candidates import Candidate
from assistant.facets import Facet
from assistant.pieces import Pieces
from assistant.question import analyse
from assistant.soft import WordVectors
from assistant.statements import Statement, from_sentence
from assistant.unsaid import said_of, unsaid
from index.embeddings import shipped
from index.records import Hit, Passage

model = shipped()

SENTENCE = "接待游客九百万人次，其中境外游客三十万人次。"
PASSAGE = Passage("p", "d", (), "", SENTENCE, "text", None, 0, 0, len(SENTENCE))


JOINT = "落实甲区、乙区规划。"
OWN = "乙区发展旅游。"


def candidate(text: str) -> Candidate:
    passage = Passage("p", "d", (), "", f"{JOINT}{OWN}", "text", None, 0, 0, 18)
    (pieces,) = Pieces(model.matrix, WordVectors(model)).of([passage])
    piece = next(p for p in pieces if p.text.strip() == text)
    return Candidate(Hit(passage, 1.0), 0, piece, np.zeros(1, np.float32), 1.0)


@pytest.mark.parametrize(
    ("asked", "left"), [("乙区发展什么", [OWN]), ("乙区面积多少", [JOINT, OWN])]
)
def test_a_sentence_on_two_things_gives_a_figure_of_each_and_tells_what_one_does(
    asked: str, left: list[str]
) -> None:
    facet = Facet(analyse(asked), ("d",), of=2, item="乙区")
    found = unsaid([candidate(JOINT), candidate(OWN)], facet, {("p", JOINT)}, "")
    assert [c.piece.text.strip() for c in found] == left


def test_only_a_sentence_said_whole_is_said() -> None:
    assert said_of([from_sentence(PASSAGE, SENTENCE)]) == {("p", SENTENCE)}
    assert said_of([Statement("接待游客九百万人次", SENTENCE, PASSAGE)]) == set()
