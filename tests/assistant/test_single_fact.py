"""Which questions one sentence answers."""

from __future__ import annotations

import pytest

from assistant.question import analyse
from assistant.single_fact import is_single_fact, names_one


@pytest.mark.parametrize(
    ("text", "single"),
    [
        ("森林覆盖率是多少？", True),
        ("什么时候通车？", True),
        ("由哪个部门牵头？", True),
        ("有哪些战略？", False),
        ("怎么应对老龄化？", False),
        ("为什么有压力？", False),
        ("什么是链长制？", False),
    ],
)
def test_which_questions_ask_for_a_single_fact(text: str, single: bool) -> None:
    assert is_single_fact(analyse(text)) is single


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("规划支持哪家银行发展？", True),
        ("要传承的流派是哪一派", True),
        ("要办哪两个校区", True),
        ("工作品牌叫什么", True),
        ("两个率哪个高", False),
        ("支持哪家银行发展，有什么措施？", False),
        ("云溪和石桥各支持哪家银行", False),
        ("支持哪些银行发展", False),
    ],
)
def test_one_thing_asked_for_by_name(text: str, one: bool) -> None:
    assert names_one(analyse(text)) is one
