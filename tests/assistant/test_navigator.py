"""Answers about documents, periods, chapters and tables, over the real library."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.question import analyse
from assistant.scope import scope
from tests.assistant.answer_checks import Ask, headings, items, sources


def test_which_documents_there_are(ask: Ask) -> None:
    answer = ask("有哪些文件？")
    assert "现收录4份文件" in answer.text
    assert items(answer)[0].startswith("《云溪市国民经济和社会发展第十四个五年规划纲要》")
    assert "云溪市人民政府" in items(answer)[0]
    assert "读本" in items(answer)[3]


def test_the_documents_of_the_narrowed_choice_alone(ask: Ask) -> None:
    assert len(items(ask("有哪些文件？", doc_ids=["study", "nanjing"]))) == 2


def test_of_many_documents_the_first_are_named(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.navigator._MOST", 2)
    answer = ask("有哪些文件？")
    assert "现收录4份文件，前2份是：" in answer.text
    assert len(items(answer)) == 2


def test_the_period(ask: Ask) -> None:
    answer = ask("规划期是哪几年？")
    assert "2021年至2025年" in answer.text
    assert "2021—2025年" in answer.citations[0].quote


def test_how_many_chapters(ask: Ask) -> None:
    answer = ask("规划一共几章？")
    assert "共有5章" in answer.text
    assert items(answer)[1:3] == ["第二章 发展战略", "第三章 建设现代产业体系"]
    assert len(items(answer)) == 5


def test_how_many_parts_and_chapters(ask: Ask) -> None:
    answer = ask("规划有几篇几章？")
    assert "共有2篇、5章" in answer.text
    assert [i.split()[0] for i in items(answer)[:4]] == ["第一篇", "第一章", "第二章", "第二篇"]


def test_what_a_chapter_says(ask: Ask) -> None:
    answer = ask("第二章讲什么？")
    assert answer.text.startswith("第二章 发展战略")
    assert items(answer) == ["第一节 四大战略", "第二节 发展目标"]
    assert sources(answer) == {"plan"}


def test_what_a_section_without_headings_below_says(ask: Ask) -> None:
    answer = ask("第五章第一节讲什么？")
    assert answer.text.startswith("第一节 积极应对人口老龄化")
    assert items(answer) == ["健全养老服务体系", "发展银发经济"]


def test_what_a_section_with_a_box_says(ask: Ask) -> None:
    text = ask("第五章第二节讲什么？").text
    assert "专栏1" in text
    assert "防治青少年近视" in text


def test_a_chapter_that_is_not_there_is_refused(ask: Ask) -> None:
    answer = ask("第九章讲什么？")
    assert answer.refused and "共有5章，没有第九章" in answer.text


def test_a_heading_beside_another_one(ask: Ask) -> None:
    assert ask("第一章的下一章讲什么？").text.startswith("第二章 发展战略")
    assert ask("最后一章讲什么？").text.startswith("第五章")


def test_what_a_table_lists(ask: Ask) -> None:
    answer = ask("表1列的是什么？")
    assert answer.text.startswith("表1 云溪市“十四五”经济社会发展主要指标")
    assert "各列为：" in answer.text


def test_the_documents_on_a_subject(ask: Ask) -> None:
    answer = ask("关于产业升级的文件有哪些？")
    assert items(answer)[0].startswith("《云溪市产业升级研究》") and len(items(answer)) == 1


def test_every_place_where_a_thing_is_written(ask: Ask) -> None:
    answer = ask("哪些地方提到高新技术企业？")
    assert "写到“高新技术企业”" in answer.text
    assert all("高新技术企业" in c.quote for c in answer.citations) and len(items(answer)) > 1


def test_the_tables(ask: Ask) -> None:
    answer = ask("规划里有几张表？")
    assert "有2张表" in answer.text
    assert [i.split()[0] for i in items(answer)] == ["表1", "表2"]


def test_no_figures_are_made_up(ask: Ask) -> None:
    assert "有0幅" not in ask("附图有哪些？").text


@pytest.mark.parametrize("text", ["哪一章写养老服务？", "养老服务写在哪一节？"])
def test_where_a_subject_is_written(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert "第五章“增进民生福祉”第一节“积极应对人口老龄化”" in answer.text
    assert "《云溪市国民经济和社会发展第十四个五年规划纲要》" in answer.text
    assert "积极应对人口老龄化" in headings(answer)


def test_the_section_is_named_where_its_number_is_asked_for(ask: Ask) -> None:
    assert "第五章“增进民生福祉”[1]" in ask("民生福祉写在哪一章？").text
    assert "第五章“增进民生福祉”第" in ask("民生福祉写在哪一章哪一节？").text


def test_where_something_stands_in_a_box(ask: Ask) -> None:
    assert "“专栏1 民生实事工程”" in ask("青石港音乐节写在哪里？").text


def test_where_something_unwritten_is_written_is_never_said_surely(ask: Ask) -> None:
    assert ask("哪一章写核电站反应堆？").confidence != "high"


def test_other_questions_are_not_answered_from_the_structure(assistant: Assistant) -> None:
    for text in ("森林覆盖率是多少？", "怎么应对人口老龄化？", "港口吞吐量多少？"):
        question = analyse(text)
        allowed = scope(question, assistant.clerk.scopes)
        assert assistant.clerk.navigator.answer(question, allowed) == []


def test_a_library_without_documents_has_no_structure(assistant: Assistant) -> None:
    question = analyse("第二章讲什么？")
    nothing = scope(question, assistant.clerk.scopes, [])
    assert assistant.clerk.navigator.answer(question, nothing) == []


def test_how_a_document_without_chapters_is_divided(ask_differing: Ask) -> None:
    assert items(ask_differing("论文的结构是什么？")) == ["一、发展现状", "二、政策建议"]
    assert items(ask_differing("论文一共几章？")) == ["一、发展现状", "二、政策建议"]


def test_a_part_by_its_order(ask_differing: Ask) -> None:
    answer = ask_differing("论文第一部分讲什么？")
    assert items(answer) == ["（一）经济总量", "（二）开放水平", "（三）港口"]


def test_the_boxes_of_a_plan(ask_differing: Ask) -> None:
    answer = ask_differing("规划有几个专栏？")
    assert "有1个专栏" in answer.text and "一湾五园两带" in answer.text


def test_the_period_from_the_plans_name(ask_differing: Ask) -> None:
    assert "2021年至2025年" in ask_differing("这份规划管哪几年？").text


def test_the_mark_that_a_tables_note_explains(ask_differing: Ask) -> None:
    answer = ask_differing("表里的方括号是什么意思？")
    assert [c.quote for c in answer.citations] == ["注：[ ]内为五年累计数。"]
    assert "五年累计数" in answer.text


def test_each_of_two_documents_is_told_its_own(ask_differing: Ask) -> None:
    answer = ask_differing("那篇论文是谁写的？报纸专版是哪年发的？")
    assert "海岸大学课题组" in answer.text and "2024年" in answer.text


def test_a_name_in_quotation_marks_is_written_where_its_section_says_it(ask: Ask) -> None:
    assert "《云溪市国民经济和社会发展第十四个五年规划纲要》" in ask("“两廊一环”写在哪一章？").text
