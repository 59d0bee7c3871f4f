"""Which words of a passage are quoted for a model's sentence."""

from __future__ import annotations

import pytest

from assistant.chat.quoting import quote_for
from index.records import Passage, TableRow

TEXT = (
    "完善养老服务体系。到2025年，护理型床位占比达到65%。居家社区养老服务中心实现街道全覆盖。"
    "建设老年大学12所，培训护理员二千人；支持社会力量办养老机构。"
)


def passage(text: str = TEXT, row: TableRow | None = None) -> Passage:
    return Passage("p", "d", ("第一章",), "", text, "text", None, 0, 0, len(text), row)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("2025年护理型床位要占到65%。", "到2025年，护理型床位占比达到65%。"),
        ("二〇二五年护理型床位占比为百分之六十五。", "到2025年，护理型床位占比达到65%。"),
        ("街道都要有居家社区养老服务中心。", "居家社区养老服务中心实现街道全覆盖。"),
        (
            "床位占比达到65%，居家社区养老服务中心实现街道全覆盖。",
            "到2025年，护理型床位占比达到65%。居家社区养老服务中心实现街道全覆盖。",
        ),
        ("将培训2000名护理员，建12所老年大学。", "建设老年大学12所，培训护理员二千人；"),
    ],
)
def test_the_sentence_that_carries_it(sentence: str, quote: str) -> None:
    assert quote_for(passage(), sentence) == quote
    assert quote in TEXT


def test_a_row_is_quoted_as_printed() -> None:
    row = TableRow("3", "", "", "托位数（个）", "个", (("2025年", "4.5"),), "3 托位数（个） 4.5")
    assert quote_for(passage(row=row), "托位数为4.5个") == "3 托位数（个） 4.5"


@pytest.mark.parametrize("text", ["没有句号", "一", "。"])
def test_whatever_the_passage_something_of_it_is_quoted(text: str) -> None:
    assert quote_for(passage(text), "完全无关") == text
