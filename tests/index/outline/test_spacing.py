"""Texts whose characters a conversion set apart."""

from __future__ import annotations

from index.outline import parse
from index.outline.spacing import unspaced
from index.records import Block, RawDocument


def raw(*lines: str) -> RawDocument:
    return RawDocument(tuple(Block(text=line) for line in lines))


def texts(document: RawDocument) -> list[str]:
    return [block.text for block in document.blocks]


def test_digits_and_signs_that_stand_apart_are_closed_up() -> None:
    found = unspaced(
        raw(
            "　　到2 0 0 5年 , 森林覆盖率提高到4 8 .5 % , 水库 、 湖泊1 2 0 0座 。",
            "人均住房2 5平方米 , 2 0 0 0年为1 8平方米 ,推行Open Data和B O T 。",
        )
    )
    assert texts(found) == [
        "　　到2005年,森林覆盖率提高到48.5%,水库、湖泊1200座。",
        "人均住房25平方米,2000年为18平方米,推行Open Data和B O T。",
    ]


def test_the_blank_before_a_title_stays() -> None:
    figures = "2 0 0 5年1 2 0 0座 , 2 0 0 6年1 3 0 0座 。"
    found = unspaced(raw("# 第一章 总 则", figures))
    assert texts(found)[0] == "# 第一章 总则"


def test_a_text_whose_digits_stand_together_is_left_alone() -> None:
    plain = raw("2021年 建成1200座 ， 2022年建成1300座 。", "第 1 2 项到第 1 3 项")
    assert unspaced(plain) is plain


def test_a_few_digits_apart_are_no_evidence() -> None:
    few = raw("第一组 1 2 3", "第二组 4 5 6")
    assert unspaced(few) is few


def test_a_grid_keeps_its_cells() -> None:
    grid = Block(text="", grid=(("区", "2 0"), ("东区", "1 5")))
    lines = raw("到2 0 0 5年1 2 0 0座 , 2 0 0 6年1 3 0 0座 。").blocks
    assert unspaced(RawDocument((*lines, grid))).blocks[-1] is grid


def test_what_is_parsed_holds_the_figures_whole() -> None:
    parsed = parse(
        raw(
            "第一章 目标", "到2 0 0 5年 , 粮食产量1 6 0 0万吨 , 水库1 2 0 0座 , 公路1 3 0 0公里 。"
        ),
        "x",
    )
    assert parsed.sections[-1].paragraphs == (
        "到2005年,粮食产量1600万吨,水库1200座,公路1300公里。",
    )


def test_a_heading_that_says_something_by_itself_is_text_too() -> None:
    lines = (
        "第一条",
        "居民缴费分为两档，由各户自行选择，全户选择同一档。",
        "（一）甲档：每人每年120元",
        "（二）乙档：每人每年200元",
        "困难群众由财政承担。学生按乙档缴费，由学校代收。",
        "第二条",
        "本办法由市人民政府负责解释，自公布之日起施行。",
    )
    sections = parse(raw(*lines), "x").sections
    found = {s.heading_path[-1]: s.paragraphs for s in sections if s.heading_path}
    assert found["（一）甲档：每人每年120元"] == ("（一）甲档：每人每年120元",)
    assert found["（二）乙档：每人每年200元"][0] == "（二）乙档：每人每年200元"
    assert found["第一条"] == (lines[1],)
