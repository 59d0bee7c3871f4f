"""Retrieval checked against ir-measures; citations, quotes, facts and refusals by hand."""

import ir_measures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import RR, R, nDCG

from eval import graders
from eval.records import Case, Gold
from eval.text import fold
from tests.eval.eval_fakes import case, citation, evidence

A, B, C = Gold("d", ("第一章",)), Gold("d", ("第二章",)), Gold("e", ("3.3",))


def ev(*names: str):
    places = {"A": ("d", "第一章 甲"), "B": ("d", "第二章 乙"), "C": ("e", "3 分析", "3.3 丙")}
    return [evidence(*places.get(name, ("d", f"第九章 {name}"))) for name in names]


@pytest.mark.parametrize(
    ("mode", "names", "at_5", "at_1"),
    [
        ("all", "AxxBx", 2 / 3, 1 / 3),
        ("all", "ABCxx", 1, 1 / 3),
        ("all", "xxxxxABC", 0, 0),
        ("any", "xxxCx", 1, 0),
        ("any", "xxxxxA", 0, 0),
        ("each-doc", "ABxxx", 1 / 2, 1 / 2),  # B adds nothing: both are of d
        ("each-doc", "xBxCx", 1, 0),
        ("all", "", 0, 0),
    ],
)
def test_recall(mode: str, names: str, at_5: float, at_1: float) -> None:
    asked = case(gold=(A, B, C), gold_mode=mode)
    assert graders.recall_at(asked, ev(*names), 5) == pytest.approx(at_5)
    assert graders.recall_at(asked, ev(*names), 1) == pytest.approx(at_1)


def test_recall_asks_for_the_paragraph_only_at_lead_level() -> None:
    asked = case(gold=(Gold("d", ("第一章",), "扩大托育"),))
    found = [evidence("d", "第一章 甲", lead="其他"), evidence("d", "第一章 甲", lead="扩大托育。")]
    assert graders.recall_at(asked, found, 1) == 1
    assert graders.recall_at(asked, found, 1, lead=True) == 0
    assert graders.recall_at(asked, found, 2, lead=True) == 1


def test_a_whole_document_as_gold() -> None:
    asked = case(gold=(Gold("d", ()),))
    assert graders.recall_at(asked, [evidence("d")], 1) == 1
    assert graders.recall_at(asked, [evidence("d", "第一章 甲")], 1) == 1
    assert graders.recall_at(asked, [evidence("e")], 1) == 0


def measured(asked: Case, names: str) -> dict[str, float]:
    """The same ranking by ir-measures: a passage is its target's first meeting, or noise."""
    wanted = graders.targets(asked)
    qrels = [ir_measures.Qrel("q", f"t{i}", 1) for i in range(len(wanted))]
    left, run = dict(enumerate(wanted)), []
    for rank, passage in enumerate(ev(*names)):
        met = [i for i, w in left.items() if graders.found([w], [passage])]
        run.append(ir_measures.ScoredDoc("q", f"t{met[0]}" if met else f"x{rank}", -rank))
        for i in met:
            del left[i]
    found = ir_measures.calc_aggregate([R @ 5, R @ 1, RR, nDCG @ 10], qrels, run)
    return {str(measure): value for measure, value in found.items()}


@settings(deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from("ABCx"), min_size=1, max_size=10),
    st.sampled_from(["all", "any", "each-doc"]),
)
def test_agrees_with_ir_measures(names: list[str], mode: str) -> None:
    asked, found = case(gold=(A, B, C), gold_mode=mode), ev(*names)
    expected = measured(asked, "".join(names))
    assert graders.recall_at(asked, found, 5) == pytest.approx(expected["R@5"])
    assert graders.recall_at(asked, found, 1) == pytest.approx(expected["R@1"])
    assert graders.reciprocal_rank(asked, found) == pytest.approx(expected["RR"])
    assert graders.ndcg_at(asked, found) == pytest.approx(expected["nDCG@10"])


def test_ndcg_of_nested_targets_stays_within_one() -> None:
    nested = case(gold=(Gold("d", ("第一章",)), Gold("d", ("第一章", "表2"))))
    assert graders.ndcg_at(nested, [evidence("d", "第一章 甲", "表2 乙")]) == 1


def test_citations() -> None:
    asked = case(gold=(A, B), also_ok=(C,))
    cited = [
        citation(1, "d", "第一章 甲"),
        citation(2, "d", "第一章 甲"),  # the same section again counts once
        citation(3, "e", "3 分析", "3.3 丙"),
        citation(4, "d", "第八章 丁"),
    ]
    assert graders.citation_recall(asked, cited) == 0.5
    assert graders.citation_precision(asked, cited) == pytest.approx(2 / 3)
    assert graders.citation_precision(asked, []) == 0


@pytest.mark.parametrize(
    ("quote", "right"),
    [
        ("托位达到4.5个", True),
        ("托位\n达到 4.5 个", True),
        ("托位达到4.5個", False),
        ("托位达到４.5个", False),  # word for word: width counts here
        ("托位……4.5个", False),
        ("", False),
        ("  ", False),
    ],
)
def test_quotes(quote: str, right: bool) -> None:
    texts = {"d": "到2025年，托位达到4.5个。"}
    assert graders.faithful(citation(1, "d", quote=quote), texts) == right
    assert not graders.faithful(citation(1, "unknown", quote=quote), texts)


def test_facts() -> None:
    asked = case(must=(("20家", "二十家"), ("2025年",)), must_not=("30",))
    assert graders.fact_share(asked, fold("２０ 家")) == 0.5
    assert graders.missing_facts(asked, fold("20家")) == ("2025年",)
    assert graders.all_facts(asked, fold("2025年二十家，130项"))
    assert not graders.all_facts(asked, fold("2025年20家，30项"))
    assert graders.fact_share(case(must_not=("30",)), fold("30家")) == 0


def test_a_marker_is_no_fact() -> None:
    folded = graders.answer_for_facts("有很多[3]。", [citation(3, "d")])
    assert graders.missing_facts(case(must=(("3",),)), folded) == ("3",)


@pytest.mark.parametrize(
    ("expect", "must", "refused", "met", "right"),
    [
        ("answer", (), False, False, True),
        ("answer", (), True, True, False),
        ("refuse", (), True, False, True),
        ("refuse", (), False, True, False),
        ("correct", (("4.5",),), False, False, True),
        ("correct", (("4.5",),), True, True, True),
        ("correct", (("4.5",),), True, False, False),
        ("correct", (), True, True, False),
        ("validate", (), True, True, False),
    ],
)
def test_refusal(expect: str, must: tuple, refused: bool, met: bool, right: bool) -> None:
    assert graders.refusal_right(case(expect=expect, must=must), refused, met) == right


@pytest.mark.parametrize(
    ("path", "level"),
    [
        (("第一篇 总则", "第二章 公共服务", "第三节 一老一小"), 1.0),
        (("第一篇 总则", "第二章 公共服务", "第三节 一老一小", "专栏1 托育"), 1.0),
        (("第一篇 总则", "第二章 公共服务"), 0.0),  # a place above: too high
        (("第一篇 总则", "第三章 交通"), 0.0),  # not on the line
    ],
)
def test_level_of_heading(path: tuple[str, ...], level: float) -> None:
    asked = case(gold=(Gold("d", ("第一篇", "第二章", "第三节")),))
    assert graders.citation_level(asked, [citation(1, "d", *path)]) == level
    both = [
        citation(1, "d", *path),
        citation(2, "d", "第一篇 总则", "第二章 公共服务", "第三节 一"),
    ]
    assert graders.citation_level(asked, both) == (0.5 if path[-1] == "第二章 公共服务" else 1.0)
