"""Passages: whole paragraphs or sentences of one section, at exact offsets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.passages import (
    PASSAGE_CHARS,
    SMALL_PARAGRAPH,
    WHOLE_CHARS,
    cleaned_text,
    indexed_text,
    split,
)
from index.records import ParsedDocument, Passage, Section, SectionKind
from index.sentences import sentences
from index.tables import describe, from_grid

LEAD = "健全公园体系。"
SENTENCE = "新建一批口袋公园并向市民免费开放。"
PLAIN = f"各区和有关部门都要按照全市统一的建设和管护标准{SENTENCE * 18}"  # without a lead


def section(*paragraphs: str, kind: SectionKind = "text", order: int = 0) -> Section:
    return Section("doc", ("第一章 绿地", f"第{order}节"), kind, paragraphs, 3, order)


def document(*sections: Section) -> ParsedDocument:
    return ParsedDocument("测试规划", sections)


def passages_of(*paragraphs: str, kind: SectionKind = "text") -> tuple[Passage, ...]:
    return split(document(section(*paragraphs, kind=kind)))


def squeezed(text: str) -> str:
    return "".join(text.split())


class TestText:
    def test_a_paragraph_that_fits_is_one_passage(self) -> None:
        (passage,) = passages_of(SENTENCE * 10)
        assert passage.text == SENTENCE * 10
        assert (passage.doc_id, passage.page, passage.order) == ("doc", 3, 0)

    def test_a_long_paragraph_is_cut_between_sentences_into_even_pieces(self) -> None:
        passages = passages_of(SENTENCE * 30)
        assert len(passages) == 2
        assert {len(p.text) for p in passages} == {len(SENTENCE) * 15}

    def test_the_lead_goes_with_every_piece_of_its_paragraph(self) -> None:
        passages = passages_of(LEAD + SENTENCE * 30, "另一段。" + SENTENCE * 9)
        assert [p.lead for p in passages[:-1]] == [LEAD[:-1]] * (len(passages) - 1)

    def test_a_short_sentence_of_an_article_is_no_lead(self) -> None:
        of = replace(section(LEAD + SENTENCE * 8), heading_path=("第二章 登记", "第十条"))
        assert [p.lead for p in split(document(of))] == [""]
        other = replace(of, heading_path=("第十章 登记",))
        assert [p.lead for p in split(document(other))] == [LEAD[:-1]]

    def test_the_name_of_a_lists_item_is_its_lead(self) -> None:
        items = ["机场：" + PLAIN, "2．快速路（含隧道）：" + PLAIN * 2]
        names = ["机场", "快速路（含隧道）", "快速路（含隧道）"]
        assert [p.lead for p in passages_of(*items)] == names
        assert [p.lead for p in passages_of(*items, PLAIN, kind="box")] == [*names, ""]
        assert {p.lead for p in passages_of(*items, PLAIN)} == {""}
        assert {p.lead for p in passages_of(items[0])} == {""}

    def test_names_change_no_passage(self) -> None:
        short = ["机场：扩建跑道。", "航道：疏浚河段。"]
        for kind in ("text", "box"):
            (whole,) = passages_of(*short, kind=kind)
            assert (whole.text, whole.lead) == ("\n".join(short), "")

    @pytest.mark.parametrize(
        "opening", ["注：", "会议指出，要做到：", "比例为1：", "一是（含：", ""]
    )
    def test_what_is_no_name(self, opening: str) -> None:
        body = PLAIN
        named = passages_of("机场：" + body, "航道：" + body, opening + body, kind="box")
        assert [p.lead for p in named] == ["机场", "航道", ""]
        alone = passages_of("机场：" + body, opening + body, body, kind="box")
        assert [p.lead for p in alone] == ["", "", ""]

    def test_small_neighbours_without_lead_share_a_passage(self) -> None:
        passages = passages_of("下列情形除外：", "（一）正在施工的道路；", "（二）已经种树的绿地。")
        assert [p.text.count("\n") for p in passages] == [2]

    def test_a_paragraph_with_a_lead_stands_alone(self) -> None:
        passages = passages_of(LEAD + SENTENCE * 2, "短段落。", LEAD + SENTENCE * 3)
        assert [p.lead for p in passages] == [LEAD[:-1], "", LEAD[:-1]]

    def test_large_neighbours_stay_apart(self) -> None:
        large = SENTENCE * (SMALL_PARAGRAPH // len(SENTENCE) + 1)
        assert len(passages_of(large, large)) == 2

    def test_a_sentence_without_any_stop_is_cut_at_commas(self) -> None:
        passages = passages_of("新建口袋公园和林荫小道，" * 100)
        assert all(len(p.text) <= PASSAGE_CHARS and p.text.endswith("，") for p in passages)

    def test_passages_do_not_cross_sections(self) -> None:
        parsed = document(section("短一。", order=0), section("短二。", order=1))
        assert [p.heading_path[-1] for p in split(parsed)] == ["第0节", "第1节"]

    def test_a_contents_list_gives_no_passage_but_keeps_its_place(self) -> None:
        parsed = document(section("目录", kind="contents"), section("正文。", order=1))
        (passage,) = split(parsed)
        assert cleaned_text(parsed)[passage.start : passage.end] == "正文。"


class TestOtherKinds:
    TABLE = from_grid(
        [["指标", "2025年目标"], ["公园（个）", "5"], ["林带（公里）", "6"]], title="表1 绿地"
    )

    def table_section(self) -> Section:
        texts = (*(row.text for row in self.TABLE.rows), "注：不含林场。" + SENTENCE * 30)
        return replace(section(*texts, kind="table"), table=self.TABLE)

    def test_a_table_gives_a_passage_a_row_and_one_for_its_note(self) -> None:
        passages = split(document(self.table_section()))
        assert [p.row for p in passages] == [*self.TABLE.rows, None]
        assert [p.text for p in passages[:2]] == ["公园（个） 5", "林带（公里） 6"]
        assert passages[2].text.startswith("注：")

    def test_a_small_box_is_whole_and_a_large_one_goes_item_by_item(self) -> None:
        item = SENTENCE * 12
        fits = item[: WHOLE_CHARS // 3]
        assert len(passages_of(fits, fits, fits, kind="box")) == 1
        assert len(passages_of(item, item, item, item, kind="box")) == 4

    def test_each_footnote_is_a_passage(self) -> None:
        assert len(passages_of("甲是绿地。", "乙是公园。", kind="footnotes")) == 2


class TestIndexedText:
    def test_path_and_lead_stand_before_the_text(self) -> None:
        passages = passages_of(LEAD + SENTENCE * 30)
        path = "测试规划 第一章 绿地 第0节"
        assert indexed_text(passages[0], "测试规划") == f"{path}\n{passages[0].text}"
        assert indexed_text(passages[1], "测试规划") == f"{path} {LEAD[:-1]}\n{passages[1].text}"

    def test_a_row_is_described(self) -> None:
        passages = split(document(TestOtherKinds().table_section()))
        assert indexed_text(passages[0], "").endswith(describe(TestOtherKinds.TABLE.rows[0]))
        assert "2025年目标：5" in indexed_text(passages[0], "")


def test_ids_depend_on_document_place_text_and_path() -> None:
    base = section("甲。")
    variants = [
        document(base),
        document(replace(base, doc_id="other")),
        document(replace(base, heading_path=("第二章",))),
        document(section("前。", order=1), replace(base, order=0)),
        document(section("乙。")),
    ]
    ids = [split(parsed)[-1].passage_id for parsed in variants]
    assert len(set(ids)) == len(ids)
    assert all(len(passage_id) == 16 for passage_id in ids)
    assert split(variants[0]) == split(variants[0])


WORDS = st.sampled_from(
    ["绿地", "公园，", "种树。", "修路；", "“快。办”", "（含桥。）", "2.5D", " ", "好！", "\u3000"]
)
PARAGRAPHS = st.lists(
    st.lists(WORDS, max_size=30).map("".join)
    | st.lists(WORDS, max_size=3).map(lambda words: LEAD + "".join(words) * 40),
    max_size=8,
)
KINDS = st.sampled_from(["text", "box", "footnotes", "table"])
SECTIONS = st.lists(st.tuples(KINDS, PARAGRAPHS), max_size=4).map(
    lambda parts: document(
        *(section(*texts, kind=kind, order=order) for order, (kind, texts) in enumerate(parts))
    )
)


@settings(derandomize=True)
@given(SECTIONS)
def test_passages_cover_each_section_in_order(parsed: ParsedDocument) -> None:
    passages = split(parsed)
    for part in parsed.sections:
        own = [p.text for p in passages if p.heading_path == part.heading_path]
        assert squeezed("".join(own)) == squeezed("".join(part.paragraphs))


@settings(derandomize=True)
@given(SECTIONS)
def test_offsets_ids_and_order(parsed: ParsedDocument) -> None:
    passages = split(parsed)
    text = cleaned_text(parsed)
    assert all(text[p.start : p.end] == p.text == p.text.strip() != "" for p in passages)
    assert [p.order for p in passages] == list(range(len(passages)))
    assert len({p.passage_id for p in passages}) == len(passages)
    assert split(parsed) == passages


@settings(derandomize=True)
@given(SECTIONS)
def test_a_text_passage_is_small_or_a_single_sentence(parsed: ParsedDocument) -> None:
    for passage in split(parsed):
        if passage.kind == "text" and len(passage.text) > PASSAGE_CHARS:
            assert len(sentences(passage.text)) == 1


@pytest.mark.parametrize("kind", ["text", "box", "footnotes", "table"])
def test_empty_sections_give_nothing(kind: SectionKind) -> None:
    assert passages_of(kind=kind) == ()
    assert passages_of("", "  ", kind=kind) == ()
