"""Failed, wrong and unscored kept apart; a failed case is in every mean with its zero."""

import pytest

from eval.grade import grade
from eval.records import Gold
from tests.eval.eval_fakes import CHAPTER, OTHER, case, citation, evidence, reply

GOLD = (Gold("plan", ("第二章", "第三节")),)
TEXTS = {"plan": "到2025年，托位达到4.5个。"}
RIGHT = reply(
    "托位4.5个[1]。",
    citations=(citation(1, "plan", *CHAPTER, quote="托位达到4.5个"),),
    evidence=(evidence("plan", *CHAPTER, text="托位达到4.5个"),),
    seconds=0.01,
)
SIZES = ("length", "chars_5", "seconds", "tokens")  # and no chat model was asked: written, kept
ASKED = case(gold=GOLD, must=(("4.5",),))


def test_right() -> None:
    result = grade(ASKED, RIGHT, TEXTS)
    assert result.status == "right"
    assert result.miss == ""
    figures = {k: v for k, v in result.scores.items() if k not in SIZES}
    for missing in (
        "lead_5",
        "forbidden",
        "corrected",
        "written",
        "kept",
    ):  # nothing in the case to grade them by
        assert figures.pop(missing) is None
    assert set(figures.values()) == {1.0}
    assert result.scores["length"] == len("托位4.5个[1]。")
    assert result.scores["seconds"] == 0.01


def test_failed_counts_zero_everywhere_it_would_have_counted() -> None:
    answered = grade(ASKED, RIGHT, TEXTS)
    failed = grade(ASKED, reply(error="ValueError: x"), TEXTS)
    assert failed.status == "failed"
    assert failed.miss == "出错"
    for figure, value in answered.scores.items():
        if figure in SIZES:
            assert failed.scores[figure] is None
        else:
            assert failed.scores.get(figure) == (None if value is None else 0.0), figure


def test_a_refusal_that_raises_is_no_refusal() -> None:
    result = grade(case(expect="refuse"), reply(error="连不上", user_error=True), TEXTS)
    assert (result.status, result.scores["refusal"], result.scores["right"]) == ("failed", 0, 0)


def test_unscored_is_neither_right_nor_wrong() -> None:
    result = grade(case(gold=GOLD), RIGHT, TEXTS)
    assert result.status == "unscored"
    assert result.scores["right"] is None
    assert result.scores["all_facts"] is None
    assert result.scores["recall_5"] == 1


def test_refused_without_facts_to_check_is_wrong_all_the_same() -> None:
    result = grade(case(gold=GOLD), reply("没有。", refused=True), TEXTS)
    assert (result.status, result.miss) == ("wrong", "不该拒答而拒答")


def test_a_refusal_that_lists_the_facts_is_still_wrong() -> None:
    result = grade(ASKED, reply("没有。最接近的内容：4.5个", refused=True), TEXTS)
    assert result.scores["all_facts"] == 1
    assert result.scores["right"] == 0


def test_refuse() -> None:
    asked = case(expect="refuse", must_not=("4.5",))
    assert grade(asked, reply("没有。", refused=True), TEXTS).status == "right"
    said = grade(asked, reply("没有，但有4.5个。", refused=True), TEXTS)
    assert (said.status, said.miss) == ("wrong", "说了不该说的内容")
    answered = grade(asked, RIGHT, TEXTS)
    assert (answered.status, answered.miss) == ("wrong", "该拒答而未拒答")
    assert answered.scores["recall_5"] is None
    assert answered.scores["all_facts"] is None


def test_correct_by_answer_or_by_refusal_with_the_right_figure() -> None:
    asked = case(expect="correct", gold=GOLD, must=(("4.5",),))
    assert grade(asked, RIGHT, TEXTS).status == "right"
    assert grade(asked, reply("没有；为4.5个。", refused=True), TEXTS).status == "right"
    assert grade(asked, reply("没有。", refused=True), TEXTS).status == "wrong"


@pytest.mark.parametrize(
    ("got", "status"),
    [
        (reply("请写出问题。"), "right"),
        (reply("请写出问题。", refused=True), "right"),
        (reply(error="请写出问题。", user_error=True), "right"),
        (reply(error="IndexError: x"), "failed"),
        (RIGHT, "wrong"),
    ],
)
def test_unusable_question_is_sent_back(got, status: str) -> None:
    assert grade(case(expect="validate", question=""), got, TEXTS).status == status


def test_statement_to_validate_is_graded_as_an_answer() -> None:
    asked = case(expect="validate", gold=GOLD, must=(("4.5",),))
    assert grade(asked, RIGHT, TEXTS).status == "right"
    assert grade(asked, reply("是的。"), TEXTS).status == "wrong"


def test_unfaithful_quote_is_found_even_in_a_refusal() -> None:
    got = reply("没有。", refused=True, citations=(citation(4, "plan", quote="没有这句"),))
    result = grade(case(expect="refuse"), got, TEXTS)
    assert result.scores["quotes"] == 0
    assert result.unfaithful == (4,)


def test_no_quote_is_no_faithful_quote() -> None:
    assert grade(ASKED, reply("4.5个"), TEXTS).scores["quotes"] is None


@pytest.mark.parametrize(
    ("passages", "miss"),
    [
        ([evidence("plan", *CHAPTER, text="4.5")], "前5段有要点，答案没写"),
        ([evidence("plan", *CHAPTER, text="别的")], "出处找到，段落缺要点"),
        ([evidence("plan", *OTHER)] * 5 + [evidence("plan", text="4.5")], "要点只在第6至10段"),
        ([evidence("plan", *OTHER)], "没有找到"),
    ],
)
def test_why_it_is_missed(passages: list, miss: str) -> None:
    assert grade(ASKED, reply("不清楚", evidence=tuple(passages)), TEXTS).miss == miss


def test_every_sentence_has_to_stand_on_its_source() -> None:
    cited = (citation(1, "plan", *CHAPTER, quote="托位达到4.5个"),)
    invented = reply("托位4.5个[1]。另建学校30所[1]。公园很多。", citations=cited)
    result = grade(ASKED, invented, TEXTS)
    assert result.scores["grounded"] == pytest.approx(1 / 3)
    assert result.ungrounded == ("另建学校30所[1]。", "公园很多。")
    assert grade(ASKED, reply("没有。", refused=True), TEXTS).scores["grounded"] is None


def test_forbidden_and_corrected_have_figures_of_their_own() -> None:
    asked = case(expect="correct", gold=GOLD, must=(("4.5",),), must_not=("约束性",))
    assert grade(asked, RIGHT, TEXTS).scores["corrected"] == 1
    uncited = grade(asked, reply("4.5个，是约束性指标"), TEXTS).scores
    assert (uncited["corrected"], uncited["forbidden"]) == (0, 0)
    assert grade(asked, reply("是4.5个"), TEXTS).scores["corrected"] == 0  # no source


def test_tokens_of_the_chat_model() -> None:
    usage = {"prompt_tokens": 900, "completion_tokens": 100}
    assert grade(ASKED, reply("4.5", usage=usage), TEXTS).scores["tokens"] == 1000
    assert grade(ASKED, RIGHT, TEXTS).scores["tokens"] == 0


def test_what_a_chat_model_wrote_itself() -> None:
    wrote = grade(ASKED, reply("托位4.5个。", model="m", dropped_claims=1), TEXTS).scores
    fell = grade(ASKED, reply("托位4.5个。", fallback="连不上"), TEXTS).scores
    assert (wrote["written"], wrote["kept"]) == (1, 0.5)
    assert (fell["written"], fell["kept"]) == (0, None)
