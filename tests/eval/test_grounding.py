"""Sentences against the places they cite."""

import pytest

from eval.grounding import Sources, grounded_share, sentences, ungrounded
from eval.lint import documents_of
from tests.eval.eval_fakes import CHAPTER, SECTIONS, TABLE, FakeLibrary, citation, reply

SOURCES = Sources(documents_of(FakeLibrary()))
TEXT = (citation(1, "plan", *CHAPTER, quote=SECTIONS[0].paragraphs[0]),)
ROW = (citation(1, "plan", *TABLE, quote="1 每千人口托位数（个） 1.7 4.5 预期性"),)


def test_sentences_keep_their_markers() -> None:
    text = "甲方案[1]。乙方案；丙方案[2]。\n- 丁方案[3]\n。\n"
    assert sentences(text) == ["甲方案[1]。", "乙方案；", "丙方案[2]。", "- 丁方案[3]"]


@pytest.mark.parametrize(
    ("text", "citations", "bad"),
    [
        ("到2025年，托位达到4.5个[1]。", TEXT, 0),
        ("到2025年，托位达到4.6个[1]。", TEXT, 1),
        ("到2025年，托位达到14.5个[1]。", TEXT, 1),
        ("新建20家托育[1]。", TEXT, 0),
        ("新建20家[2]。", TEXT, 1),  # no such marker
        ("托位达到4.5个；新建20家[1]。", TEXT, 0),  # carried by the marker at the sentence's end
        ("托位达到4.5个。新建20家[1]。", TEXT, 1),
        ("主要内容如下：\n- 新建20家[1]", TEXT, 0),
        ("苏州：现有文件没有给出这项内容。", TEXT, 0),
        ("每千人口托位数：2025年4.5个，属预期性[1]。", ROW, 0),
        ("每千人口床位数：2025年60张[1]。", ROW, 1),  # another row of the same table
        ("由[1]计算：4.5−1.7=2.8个。", ROW, 0),
        ("由[1]计算：4.5−1.7=2.9个。", ROW, 1),  # wrongly worked out
        ("由[1]计算：（4.5−1.7）÷1.7≈164.7%。", ROW, 0),
        ("由[1]计算：4.5÷1.7≈2.65倍。", ROW, 0),
        ("由[1]计算：9.5−1.7=7.8个。", ROW, 1),  # a figure that stands nowhere
        ("市民可以到街道领取补贴并参加各种活动[1]。", TEXT, 1),
    ],
)
def test_what_is_ungrounded(text: str, citations: tuple, bad: int) -> None:
    assert len(ungrounded(reply(text, citations=citations), SOURCES)) == bad


def test_the_share() -> None:
    got = reply("托位达到4.5个[1]。托位达到9个[1]。", citations=TEXT)
    assert grounded_share(got, SOURCES) == 0.5
    assert grounded_share(reply("请看：", citations=()), SOURCES) == 1.0
    assert grounded_share(reply("托位很多。", citations=()), SOURCES) == 0.0


def test_without_the_documents_a_quote_is_all_there_is() -> None:
    got = reply("新建20家[1]。", citations=(citation(1, "plan", *CHAPTER, quote="扩大托育"),))
    assert ungrounded(got, Sources({}))
    assert not ungrounded(got, SOURCES)
