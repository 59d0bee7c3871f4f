"""English questions in Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import english_words
from assistant.english import in_chinese
from assistant.english_words import spelled


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the forest coverage target for 2025?", "2025年森林覆盖率目标是多少？"),
        ("What was Suzhou's GDP in 2020?", "2020年苏州地区生产总值是多少？"),
        ("How much is R&D spending as a share of GDP?", "研发经费投入占GDP比重是多少？"),
        ("Which metro lines will be built by 2025?", "到2025年建成的地铁线路有哪些？"),
        ("When will the airport expansion be completed?", "机场扩建什么时候建成？"),
        ("How many kindergartens will be built?", "幼儿园建成多少？"),
        ("What measures are planned for elderly care?", "养老服务的措施有哪些？"),
        ("How will Suzhou protect wetlands?", "苏州保护湿地有哪些举措？"),
        ("What are the problems of Suzhou's logistics industry?", "苏州物流产业的问题有哪些？"),
        ("Who is responsible for hydrogen energy?", "氢能由谁负责？"),
        ("Compare Suzhou with Nantong in foreign trade", "苏州和南通的外贸比较？"),
        ("What about 2020?", "2020年呢？"),
        ("And how about Nantong?", "南通呢？"),
        ("And Nantong?", "南通呢？"),
        ("How many 5G base stations are there?", "5G基站是多少？"),
        ("What are the tasks of the 14th Five-Year Plan?", "“十四五”任务有哪些？"),
        ("How many parks will Suzhou have by 2025?", "到2025年苏州公园是多少？"),
        ("How long is the greenway?", "绿道有多长？"),
        ("Will the plan support unicorns?", "支持独角兽企业吗？"),
        # Headings, and how many of them.
        ("What is chapter 7 about?", "第七章讲什么？"),
        ("What does the second section of chapter 4 cover?", "第四章第二节讲什么？"),
        ("How many chapters does the plan have?", "规划有几章？"),
        ("Which chapter deals with elderly care?", "养老服务在哪一章？"),
        # Periods, amounts, shares per so many.
        ("Patents from 2016 to 2020?", "“十三五”专利？"),
        ("Patents from 2017 to 2021?", "2017—2021年专利？"),
        ("How many doctors per 1,000 residents are there?", "每千人口医师是多少？"),
        (
            "How many projects of 100 million yuan will Suzhou attract?",
            "苏州1亿元的项目引进多少？",
        ),
        ("How many hectares of wetland are protected?", "湿地保护多少公顷？"),
        # What has a share of what.
        ("What share of GDP is tourism?", "旅游占GDP比重是多少？"),
        ("What proportion of travel is by bus?", "公交占出行比重是多少？"),
        # The asked noun stands behind what is said of it; the passive is turned.
        ("What measures protect wetlands?", "保护湿地的措施有哪些？"),
        ("Which hospitals does Suzhou support?", "苏州支持的医院有哪些？"),
        ("How are carbon emissions to be reduced?", "降低碳排放有哪些举措？"),
        ("By how much must energy consumption fall?", "能耗降低多少？"),
        ("What are the projects to improve logistics?", "提升物流的项目有哪些？"),
        (
            "Is forest coverage a binding or an anticipatory indicator?",
            "森林覆盖率是约束性还是预期性指标？",
        ),
        ("Name three universities", "3个大学有哪些？"),
        ("Who prepares the budget?", "预算由谁编制？"),
        ("Who is the mayor of Suzhou?", "苏州的市长是谁？"),
        ("How do I apply for a residence permit?", "居住证的申请怎么办理？"),
        ("What does “urban renewal” mean?", "城市更新是什么意思？"),
        # Clauses, what leads in, what is told before.
        (
            "According to the plan, how many parks are there, and where are they?",
            "公园是多少，在哪里？",
        ),
        ("We live in Nantong. Are there nursing homes?", "南通，养老机构吗？"),
        ("What is its population?", "它的人口是多少？"),
        (
            "What is the reimbursement rate if I see a doctor in Nantong?",
            "南通看病，报销比例是多少？",
        ),
        (
            "What was the urbanisation rate at the end of the 13th plan?",
            "“十三五”末城镇化率是多少？",
        ),
        ("What about the third one?", "第三个呢？"),
        ("And the share of services?", "服务业的比重是多少？"),
        ("Which costs are not covered?", "不覆盖的费用有哪些？"),
        ("Will the water quality of the lake rise?", "湖泊的水质增长吗？"),
        ("How many days does the approval take?", "行政审批是多少天？"),
        # What is paid is asked for in money, an hour as one, a way to count as one.
        ("How much is the childcare subsidy?", "育儿补贴多少元？"),
        ("Which roads will start construction?", "开工建设的道路有哪些？"),
        ("When will the tunnel begin construction?", "隧道什么时候开工建设？"),
        ("What is the growth rate of wages?", "工资的增长率是多少？"),
        ("How many people work in tourism?", "旅游是多少人？"),
        ("When does the library open?", "图书馆几点开门？"),
        ("How is the pension calculated?", "养老金怎么计算？"),
    ],
)
def test_a_question_is_put_into_chinese_order(question: str, expected: str) -> None:
    assert in_chinese(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "How is the weather today?",
        "Who wrote Hamlet?",
        "What is Suzhou?",
        "Tell me a joke about cats",
        "“”",
        "of the and or",
    ],
)
def test_one_that_is_not_in_planners_words_stays_as_it_was(question: str) -> None:
    assert in_chinese(question) == ""


def test_an_unknown_word_stays_and_counts_as_unsaid() -> None:
    assert "zorbing" in in_chinese("How many zorbing parks are planned for tourists?")


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("Which sports centres are planned?", "Which sports centers are planned?"),
        ("How is urbanisation promoted?", "How is urbanization promoted?"),
        ("What about old-age care?", "What about old age care?"),
    ],
)
def test_british_and_american_spelling_are_read_alike(british: str, american: str) -> None:
    assert in_chinese(british) == in_chinese(american) != ""


def test_no_term_stands_twice_in_the_list() -> None:
    rows = (Path(english_words.__file__).parent / "data" / "english.tsv").read_text("utf-8")
    terms = [spelled(row.split("\t")[0]) for row in rows.splitlines()[1:]]
    assert len(terms) == len(set(terms))
