"""Who wrote a document and when it came out."""

from __future__ import annotations

import pytest

from assistant.bylines import about, asked_of
from index.records import Passage, SourceDoc
from tests.assistant.answer_checks import Ask

TITLE = "云溪市产业升级研究"


def _doc(issuer: str, published: str = "2022") -> SourceDoc:
    return SourceDoc("study", TITLE, issuer, "论文", published, "原文", "0" * 64, "study.md")


def _passage(text: str, order: int = 0) -> Passage:
    return Passage(f"study-{order}", "study", (), "", text, "text", None, order, 0, len(text))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("是谁写的", {"who"}),
        ("的作者是哪个学校的", {"who", "body"}),
        ("由哪个部门编制", {"who", "body"}),
        ("是哪年发表的？", {"when"}),
        ("是谁写的，什么时候发布的", {"who", "when"}),
        ("产业升级研究的作者是谁", {"who"}),
        ("里谁提出了城市国际化的概念", set()),
        ("由哪个部门负责实施", set()),
        ("提出哪年实现碳达峰", set()),
        ("说哪个单位发布了白皮书", set()),
    ],
)
def test_what_is_asked_of_a_document_itself(text: str, asked: set[str]) -> None:
    assert asked_of(text, [TITLE]) == asked


def test_the_byline_is_cited_where_it_names_the_authors() -> None:
    passages = [_passage("云溪大学 王一 李二"), _passage("本文讨论产业升级的条件。", 1)]
    told = about(_doc("王一 李二"), passages, frozenset({"who", "body"}))
    assert [s.quote for s in told] == ["云溪大学 王一 李二"]
    assert "王一、李二" in told[0].text and "云溪大学" in told[0].text


def test_what_an_article_says_of_its_authors_is_told() -> None:
    passages = [_passage("本文讨论产业升级的条件。"), _passage("（作者系云溪大学教授）", 1)]
    told = about(_doc("王一"), passages, frozenset({"who", "body"}))
    assert told[0].passage is None and told[0].text.startswith("按文件目录")
    assert told[1].quote == "作者系云溪大学教授" and told[1].passage == passages[1]


def test_a_body_that_is_written_nowhere_is_said_to_be_unknown() -> None:
    told = about(_doc("王一"), [_passage("王一")], frozenset({"who", "body"}))
    assert told[-1].text == "文件没有写明作者的单位。"


def test_the_date_is_the_catalogs() -> None:
    assert "2022年" in about(_doc("王一"), [], frozenset({"when"}))[0].text
    assert "没有写" in about(_doc("王一", ""), [], frozenset({"when"}))[0].text


def test_asked_in_an_answer(ask: Ask) -> None:
    assert "云溪大学课题组" in ask("产业升级那篇论文是谁写的？").text
    assert "2021年" in ask("规划纲要是哪年发布的？").text


def test_the_number_of_a_document_as_printed() -> None:
    assert asked_of("的发文字号是什么", [TITLE]) == {"number"}
    assert asked_of("是几号文件", [TITLE]) == {"number"}
    passages = [_passage("云政发〔2021〕36号\n各县人民政府："), _passage("正文。", 1)]
    (told,) = about(_doc("云溪市"), passages, frozenset({"number"}))
    assert told.text.endswith("云政发〔2021〕36号") and told.quote == "云政发〔2021〕36号"
    (none,) = about(_doc("云溪市"), passages[1:], frozenset({"number"}))
    assert none.passage is None and "没有写文号" in none.text


def test_without_a_date_in_the_catalog_the_one_it_is_signed_with_counts() -> None:
    passages = [_passage("请认真执行。\n云溪市人民政府\n2021年12月30日"), _passage("正文。", 1)]
    (told,) = about(_doc("云溪市", ""), passages, frozenset({"when"}))
    assert "2021年12月30日" in told.text and told.quote == "2021年12月30日"
