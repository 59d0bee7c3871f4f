"""What lint finds in cases, and that it leaves sound ones alone."""

import pytest

from eval import checks
from eval.lint import documents_of
from eval.records import Gold
from tests.eval.eval_fakes import CHAPTER, FakeLibrary, case

DOCS = documents_of(FakeLibrary())
GOLD = Gold("plan", ("第二章", "第三节"))
TABLE = Gold("plan", ("第二章", "表2"))


def said(**fields: object) -> list[str]:
    """The messages on a case, each with 错误 or 提醒 before it."""
    found = checks.findings(case(**fields), DOCS)
    return [f"{'错误' if f.error else '提醒'} {f.message}" for f in found]


@pytest.mark.parametrize(
    "fields",
    [
        {"gold": (GOLD,), "must": (("4.5个",), ("20 家", "二十家"))},
        {"gold": (TABLE,), "must": (("4.5",), ("预期性",), ("个",))},
        {"gold": (Gold("plan", ("第二章", "表2"), "床位数"),), "must": (("60",),)},
        {"gold": (Gold("paper", ("3.3",)),), "must": (("1.27％",),)},
        {"gold": (GOLD, Gold("paper", ("1",))), "gold_mode": "each-doc", "must": (("公路",),)},
        {"expect": "refuse", "question": "明天下雨吗？"},
        {"expect": "validate", "question": ""},
        {"expect": "refuse", "question": "公路几米？", "absent": (("公路", "托位"), ("米宽",))},
        {"expect": "refuse", "question": "床位？", "absent": (("床位数", "4.5"),)},  # two rows
    ],
)
def test_sound_cases(fields: dict) -> None:
    assert said(**fields) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"gold": (Gold("gone", ()),)}, "错误 没有这份文件：gone"),
        ({"gold": (Gold("plan", ("第二章", "第九节")),)}, "从“第九节”起不符"),
        ({"gold": (Gold("plan", ("第三节", "第二章")),)}, "从“第二章”起不符"),
        ({"gold": (Gold("plan", ("第一篇", "没有")),)}, "错误 找不到章节"),
        ({"also_ok": (Gold("plan", ("没有",)),), "gold": (GOLD,)}, "错误 找不到章节"),
        ({"gold": (Gold("plan", (*GOLD.path,), "缩小"),)}, "错误 章节里没有段首语“缩小”"),
        ({"gold": (GOLD,), "must": (("14.5",),)}, "错误 要点“14.5”不在出处的文字里"),
        ({"gold": (GOLD,), "must": (("4",),)}, "错误 要点“4”不在"),
        ({"gold": (GOLD,), "must": (("是",),), "expect": "correct"}, "提醒 要点“是”不在"),
        ({"gold": (Gold("plan", ("表2",), "床位数"),), "must": (("4.5",),)}, "错误 要点“4.5”"),
        ({}, "错误 应当回答的题没有写出处"),
        ({"gold": (GOLD,)}, "提醒 应当回答的题没有要点"),
        ({"gold": (GOLD,), "gold_mode": "each-doc"}, "错误 gold_mode"),
        ({"gold": (GOLD,), "must": (("4.5个",),), "must_not": ("4.5",)}, "没有答案能对"),
        ({"question": " "}, "错误 问题是空的"),
        ({"file": "unseen-a.jsonl"}, "错误 split 是 dev"),
        ({"expect": "refuse", "gold": (GOLD,)}, "提醒 应当拒答的题写了出处"),
        (
            {"expect": "refuse", "absent": (("甲",), ("公路", "100公里"))},
            "错误 题目说文件里没有“公路",
        ),
        ({"expect": "refuse", "absent": (("床位数", "60"),)}, "错误 题目说文件里没有“床位数 + 60”"),
        ({"gold": (GOLD,), "absent": (("甲",),)}, "提醒 应当回答的题写了 absent"),
        ({"expect": "refuse", "question": "新建公路多少公里？"}, "第一节 公路"),
    ],
)
def test_defects(fields: dict, message: str) -> None:
    assert any(message in line for line in said(**fields)), said(**fields)


def test_a_heading_that_repeats_needs_its_parent() -> None:
    twice = [checks.Part((c, "第一节 目标"), "") for c in ("第一章 甲", "第二章 乙")]
    found = list(checks.gold_findings(Gold("d", ("第一节",)), {"d": twice}))
    assert "不唯一" in found[0].message
    assert not list(checks.gold_findings(Gold("d", ("第二章", "第一节")), {"d": twice}))


def test_a_section_with_parts_under_it_is_one_place() -> None:
    nested = [checks.Part(("第一章 甲",), ""), checks.Part(("第一章 甲", "专栏1 乙"), "")]
    assert not list(checks.gold_findings(Gold("d", ("第一章",)), {"d": nested}))


def test_facts_of_a_table_stand_in_one_row() -> None:
    row_facts = said(gold=(TABLE,), must=(("60",), ("4.5",)))
    assert row_facts == []  # each group has its own row
    assert said(gold=(TABLE,), must=(("4.5 60",),)) != []


def test_the_full_heading_is_a_path_as_well() -> None:
    assert said(gold=(Gold("plan", CHAPTER),), must=(("4.5",),)) == []


def test_duplicates() -> None:
    cases = [
        case(id="a", file="f", line=1),
        case(id="a", question="别的？", file="f", line=2),
        case(id="b", question="托位　多少?", file="f", line=3),
        case(id="c", history=(("user", "前"),), file="f", line=4),
    ]
    found = [(c.line, text) for c, text in checks.duplicates(cases)]
    assert [line for line, _ in found] == [2, 3]
    assert "编号与 f:1 重复" in found[0][1]
    assert "问题与 f:1（a）重复" in found[1][1]


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        ("2025年每千人口托位数的目标是多少？", "2025年每千人口托位数目标是多少", True),
        ("2025年每千人口托位数的目标是多少？", "2020年每千人口托位数的目标是多少？", False),
        ("请问高新技术企业有多少家", "高新技术企业有多少家？", True),
        ("高新技术企业有多少家？", "国家级开发区有多少个？", False),
        ("托位？", "托位", False),  # too short to tell
    ],
)
def test_near_duplicates(first: str, second: str, near: bool) -> None:
    pair = [case(id="a", question=first, file="f", line=1), case(id="b", question=second)]
    found = list(checks.near_duplicates(pair))
    assert [text for _, text in found] == (["问题与 f:1（a）几乎相同"] if near else [])


def test_other_facts_or_another_talk_make_another_question() -> None:
    asked = case(id="a", question="每千人口托位数的目标是多少？")
    for other in ({"must": (("4.5",),)}, {"history": (("user", "前"),)}, {"gold": (GOLD,)}):
        assert not list(
            checks.near_duplicates([asked, case(id="b", question=asked.question, **other)])
        )


def test_terms() -> None:
    assert checks.terms("请问2025年公路有多少公里？") == ["2025年", "公路", "公里"]
