"""Things named side by side, each asked about by itself."""

from __future__ import annotations

import pytest

from assistant.conjuncts import as_level, compares, conjuncts, gives_each, how_much


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("老人和小孩的照护分别怎么说？", ["老人的照护分别怎么说？", "小孩的照护分别怎么说？"]),
        (
            "城镇和农村居民人均收入，2020年相差多少元？",
            ["城镇居民人均收入，2020年是多少", "农村居民人均收入，2020年是多少"],
        ),
        (
            "物联网、造船、生物医药这三个产业，2025年规模哪个最大？",
            [f"{i}，2025年规模是多少？" for i in ("物联网", "造船", "生物医药")],
        ),
        (
            "养老、医疗、失业三种保险，哪种覆盖率最高？",
            [f"{i}保险，覆盖率是多少？" for i in ("养老", "医疗", "失业")],
        ),
        (
            "人均预期寿命和医生数，2025年比2020年哪个增加得更多？",
            [f"{i}，2025年比2020年增加多少？" for i in ("人均预期寿命", "医生数")],
        ),
        (
            "幼儿园就读比例和每个街道的托育机构目标各是多少？",
            ["幼儿园就读比例是多少？", "每个街道的托育机构目标是多少？"],
        ),
        (
            "江苏城镇居民和农村居民人均收入各是多少？",
            ["江苏城镇居民人均收入是多少？", "江苏农村居民人均收入是多少？"],
        ),
        (
            "江苏大学和无锡高新区各建设什么？",  # a body's name begins with its province
            ["江苏大学建设什么？", "无锡高新区建设什么？"],
        ),
        (
            "茶馆经营的现状、问题和建议分别是什么？",
            ["茶馆经营的现状有哪些", "茶馆经营的问题有哪些", "茶馆经营的建议有哪些"],
        ),
        ("物联网和集成电路产业怎么发展？", []),  # asked together
        ("全市有多少医院和学校？", []),
    ],
)
def test_each_is_asked_alone(text: str, asked: list[str]) -> None:
    assert [q for _, q in conjuncts(text)] == asked


def test_a_question_by_size() -> None:
    assert compares("甲和乙哪个更高？") and compares("甲和乙相差多少个百分点？")
    assert not compares("甲和乙分别是多少？") and not compares("哪个部门负责？")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("港口吞吐量比2020年增加了多少？", "港口吞吐量2020年是多少？"),
        ("GDP要提高几个百分点", "GDP是几个百分点"),
        ("港口吞吐量是多少？", "港口吞吐量是多少？"),
        ("单位能耗降低的目标是什么？", "单位能耗降低的目标是什么？"),
    ],
)
def test_how_much_it_is_for_how_much_it_changes(text: str, level: str) -> None:
    assert as_level(text) == level


def test_how_much_each_is_for_which_is_more() -> None:
    assert how_much("2022年进出口哪个更多？") == "2022年进出口是多少？"


@pytest.mark.parametrize(
    ("items", "text", "each"),
    [
        (["一级", "二级", "三级医院"], "一级医院200元、二级医院400元、三级医院800元。", True),
        (["住院起付标准一级", "二级"], "起付标准按等级定，一级200元、二级400元。", True),
        (["一级", "二级"], "一级和二级医院200元。", False),
        (
            ["农业贡献率", "全市贡献率"],
            "到2025年，全市优质农产品比重达到85%，农业贡献率75%。",
            False,
        ),
    ],
)
def test_a_sentence_that_gives_a_figure_for_each(items: list[str], text: str, each: bool) -> None:
    assert gives_each(items, text) is each


def test_what_stands_before_all_of_them_is_of_each() -> None:
    asked = [q for _, q in conjuncts("无锡2022年茶叶产值和人均收入各是多少")]
    assert asked == ["无锡2022年茶叶产值是多少", "无锡2022年人均收入是多少"]
    assert [i for i, _ in conjuncts("南京都市圈和苏锡常都市圈各怎么说")][0] == "南京都市圈"


def test_fields_between_在_and_the_word_for_all_of_them() -> None:
    asked = conjuncts("规划在采茶、制茶和卖茶三个环节分别有几条措施")
    assert [q for _, q in asked] == [f"规划{i}有几条措施" for i in ("采茶", "制茶", "卖茶")]


def test_things_asked_about_together_are_taken_apart_where_that_is_wanted() -> None:
    assert conjuncts("托位数和养老床位现在多少") == []
    assert [i for i, _ in conjuncts("托位数和养老床位现在多少", together=True)] == [
        "托位数",
        "养老床位",
    ]


def test_what_stands_before_all_that_is_asked_of_each() -> None:
    named = conjuncts("健身、喝茶，规划里的步行圈分别是几分钟？")
    assert [i for i, _ in named] == ["健身", "喝茶"]
    assert named[1][1] == "喝茶，规划里的步行圈是几分钟？"
