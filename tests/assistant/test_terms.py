"""What a question is about, and how much of it a text says."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.terms import Terms, stretches, topic_units, topic_words, units, weigh
from index.thesaurus import Entry, Match

COUNTS = {"森林": 3, "林覆": 1, "覆盖": 9, "盖率": 1}


def frequency(unit: str) -> int:
    return COUNTS.get(unit, 0)


def test_units_are_bigrams_and_whole_runs_of_digits_and_letters() -> None:
    assert units("养老床位4.5个，AI") == ("养老", "老床", "床位", "4.5", "个", "ai")
    assert units("养老、养老") == ("养老",)
    assert units("，。") == ()


def test_a_percentage_is_one_unit_however_it_is_written() -> None:
    assert units("１２％") == units("百分之十二") == ("12%",)


def test_asking_words_and_years_are_no_topic() -> None:
    assert topic_units("请问2025年森林覆盖率是多少？") == ("森林", "林覆", "覆盖", "盖率")
    assert topic_units("为什么呢？") == ()


def test_a_verb_said_twice_is_said_once() -> None:
    assert "限行" in topic_units("外地车限不限行")
    assert "收费" in topic_words("停车收不收费")
    assert topic_units("能不能落户") == ("落户",)


def test_topic_words_leave_out_places_and_common_planning_words() -> None:
    found = topic_words("南京市2025年森林覆盖率的规划目标是多少？")
    assert found and not {"南京", "规划", "目标", "2025"} & set(found)
    assert "森林" in "".join(found)


def test_stretches_are_words_and_pairs_of_neighbours() -> None:
    found = stretches("娃上学怎么办？")
    assert "上学" in found
    assert all(s in "娃上学怎么办？" for s in found)


def test_a_rare_unit_weighs_more_than_a_common_one() -> None:
    terms = weigh("森林覆盖率是多少？", frequency, 10)
    assert terms.weights["林覆"] > terms.weights["森林"] > terms.weights["覆盖"] > 0
    assert terms.weights["林覆"] == pytest.approx(math.log(1 + 10 / 2))


def test_a_question_without_topic_is_weighed_by_all_its_units() -> None:
    assert weigh("是什么？", frequency, 10).weights


def test_coverage_is_the_weighted_share() -> None:
    terms = Terms({"甲乙": 3.0, "乙丙": 1.0})
    assert terms.coverage(["甲乙"]) == 0.75
    assert terms.coverage({"甲乙", "乙丙", "其他"}) == 1.0
    assert terms.coverage([]) == 0.0
    assert Terms({}).coverage(["甲乙"]) == 0.0


def test_match_punishes_a_name_that_says_more() -> None:
    terms = Terms({"甲乙": 1.0, "乙丙": 1.0})
    assert terms.match(["甲乙", "乙丙"]) == 1.0
    assert terms.match(["甲乙", "乙丙", "丁戊", "己庚"]) < 1.0
    assert terms.match(["丁戊"]) == 0.0


def test_official_words_cover_the_everyday_ones_a_little_less() -> None:
    match = Match(Entry("没人带娃", ("托育服务",), "托育"), "没人带娃", 1.0)
    terms = weigh("没人带娃怎么办？", lambda unit: 0, 10, [match])
    other_words = terms.coverage(units("发展普惠托育服务"))
    assert 0.0 < other_words < terms.coverage(units("没人带娃"))
    assert terms.coverage(units("托育机构服务")) == 0.0  # the term is not said as a whole


@settings(derandomize=True, deadline=None)
@given(
    st.text(alphabet="森林覆盖率养老托育服务多少没人带娃12%", max_size=20),
    st.text(alphabet="森林托育服务养老5% ，a", max_size=20),
)
def test_coverage_and_match_stay_between_none_and_all(question: str, text: str) -> None:
    match = Match(Entry("没人带娃", ("托育服务", "养老"), "托育"), "没人带娃", 1.0)
    terms = weigh(question, frequency, 10, [match])
    for value in (terms.coverage(units(text)), terms.match(units(text))):
        assert 0.0 <= value <= 1.0 + 1e-9
    asked = topic_units(question) or units(question)
    assert terms.coverage(asked) == pytest.approx(1.0 if asked else 0.0)


@pytest.mark.parametrize(
    ("text", "word"),
    [("湖北省长是谁", "省长"), ("无锡市长叫什么", "市长"), ("四川人能活多少岁", "")],
)
def test_an_office_is_no_part_of_its_places_name(text: str, word: str) -> None:
    assert (word in topic_words(text)) is bool(word)
    assert not any("四川" in w for w in topic_words(text))


def test_units_that_no_term_counts_change_no_coverage() -> None:
    offered = [Match(Entry("绿地", ("森林覆盖",), "绿化"), "绿地", 0.9)]
    terms = weigh("绿地多少？", frequency, 50, offered)
    for text in ("森林覆盖率23%", "扩大绿地面积", "危桥"):
        have = frozenset(units(text))
        assert terms.coverage(have) == terms.coverage(have & terms.counted)


@pytest.mark.parametrize("year", ["今年", "去年", "一年", "每年", "全年", "2025年"])
def test_a_year_pointed_at_is_no_subject_matter(year: str) -> None:
    assert topic_words(f"{year}新增就业多少") == topic_words("新增就业多少")


def test_the_first_form_is_no_year() -> None:
    assert "一年级" in topic_words("一年级学生有多少")


def test_how_long_is_no_word_of_the_subject() -> None:
    assert topic_units("公示多长时间") == topic_units("公示多久") == topic_units("公示")
