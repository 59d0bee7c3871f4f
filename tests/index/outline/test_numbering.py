"""Numbers at the start of a line."""

import pytest

from index.outline.numbering import attachment_of, chapter_spans, chinese_number, marker_of


@pytest.mark.parametrize(
    ("text", "number"),
    [("十", 10), ("十二", 12), ("二十", 20), ("一百十", 110), ("一百一十", 110), ("二百零五", 205),
     ("一千二百六十", 1260), ("二〇三五", 2035), ("１２", 12)],
)  # fmt: skip
def test_chinese_numbers(text: str, number: int) -> None:
    assert chinese_number(text) == number


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not a Chinese number"):
        chinese_number("甲")


@pytest.mark.parametrize(
    ("text", "style", "numbers", "rest"),
    [
        ("第三章  水利建设", "章", (3,), "水利建设"),
        ("第一百十条为了", "条", (110,), "为了"),
        ("第一条中小企业", "条", (1,), "中小企业"),
        ("第 二 节 供水", "节", (2,), "供水"),
        ("二、主要任务", "一、", (2,), "主要任务"),
        ("（十一）供水", "（一）", (11,), "供水"),
        ("(3)供水", "（1）", (3,), "供水"),
        ("1．供水", "1.", (1,), "供水"),
        ("12. 供水", "1.", (12,), "供水"),
        ("4．2　供水", "1.1", (4, 2), "供水"),
        ("1.2.3 供水", "1.1.1", (1, 2, 3), "供水"),
        ("3 供水", "1", (3,), "供水"),
        ("②供水", "①", (2,), "供水"),
        ("三是供水", "一是", (3,), "供水"),
    ],
)
def test_styles(text: str, style: str, numbers: tuple[int, ...], rest: str) -> None:
    marker = marker_of(text)
    assert marker is not None
    assert (marker.style, marker.numbers, marker.rest) == (style, numbers, rest)


@pytest.mark.parametrize(
    "text",
    ["2022 年为丰水年", "2.5D封装", "1.4 万亿元", "20 个县", "GB/T 18508", "（陆港型、空港型）",
     "第三条规定的情形", "第三条、第四条", "第三章的要求", "1:50000", "5 月 3 日", "3"],
)  # fmt: skip
def test_quantities_and_references_are_no_numbers(text: str) -> None:
    assert marker_of(text) is None


@pytest.mark.parametrize(
    ("text", "kind", "number", "title"),
    [
        ("附件2：任务表", "附件", "2", "任务表"),
        ("附图1", "附图", "1", ""),
        ("表2  主要指标", "表", "2", "主要指标"),
        ("专栏 3　重点工程", "专栏", "3", "重点工程"),
        ("附录A", "附录", "A", ""),
        ("附件：任务表", "附件", "", "任务表"),
    ],
)
def test_attachments(text: str, kind: str, number: str, title: str) -> None:
    found = attachment_of(text)
    assert found is not None
    assert (found.kind, found.number, found.title) == (kind, number, title)


@pytest.mark.parametrize("text", ["表示感谢", "附件齐全的，应当受理", "图书馆建设", "表"])
def test_words_that_begin_like_attachments(text: str) -> None:
    assert attachment_of(text) is None


def test_headings_run_together_on_a_line() -> None:
    assert chapter_spans("第三篇水利第七章供水第一节水源") == [0, 5, 10]
