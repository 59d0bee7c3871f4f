"""Particulars that a text has to name to answer."""

from __future__ import annotations

import pytest

from assistant.particulars import lacks_particular
from tests.assistant.answer_checks import Ask


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("那种贷款的年利率是多少", "扩大信贷投放规模"),
        ("众创空间的租金怎么收", "建成众创空间200家"),
        ("去年马拉松的冠军是谁", "持续办好马拉松"),
        ("社保卡丢了上哪补", "推行综合窗口改革"),
        ("那个平台怎么注册", "完善那个平台"),
        ("今天下雨吗", "统筹雨洪管理"),
        ("哪家馆子好吃", "中国民族工商业博物馆"),
        ("“五型经济”是哪五型", "深度对接“五型经济”"),
        ("体育馆是哪家设计院设计的", "规划建设体育馆，提升城市中心功能"),
        ("评估由哪个局牵头", "坚持自我评估和社会评估相结合"),
        ("那条高铁在城东设不设站", "加快那条高铁前期工作"),
        ("“四千四万”精神，四千和四万分别是哪些话", "丰富“四千四万”精神内涵"),
        ("“465”产业集群，4、6、5分别代表什么", "聚焦“465”产业集群"),
    ],
)
def test_what_is_not_named_is_lacking(question: str, text: str) -> None:
    assert lacks_particular(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("那种贷款的年利率是多少", "年利率降到3%"),
        ("房租都七百，能涨点工资吗", "健全工资增长机制"),
        ("借钱难、利息高，市里怎么帮", "发挥信保基金作用"),
        ("“三治”是哪三治", "自治、法治、德治融合的“三治”体系"),
        ("“五型经济”是哪五型", "“五型经济”（创新、服务等）"),
        ("哪三市要共建都市圈", "苏锡常都市圈"),
        ("办了哪两样事", "办好养老和托育"),
        ("手续归哪个部门办", "由派出所办理"),
        ("“465”分别指什么", "聚焦“465”产业集群"),
        ("“一推两治”里推什么、治什么", "“一推两治”即推动改厕，治水、治污"),
    ],
)
def test_what_is_named_or_not_asked_for_is_not(question: str, text: str) -> None:
    assert not lacks_particular(question, text)


def test_a_question_whose_parts_have_no_answer_is_asked_as_one(ask: Ask) -> None:
    assert ask("市长是谁，书记是谁").refused
