"""The everyday words: the tables as data, and how they are matched."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from index.apart import GAP
from index.embeddings import StaticEmbeddings
from index.thesaurus import FOLDER, MOST, NEAR, Entry, Thesaurus, entries

KNOWN = (
    Entry("大专", ("高等职业教育",), "教育"),
    Entry("入学", ("义务教育",), "教育"),
    Entry("入学难", ("学位供给",), "教育"),
    Entry("娃上学", ("义务教育",), "教育"),
)


@pytest.fixture(scope="module")
def thesaurus(model: StaticEmbeddings) -> Thesaurus:
    return Thesaurus(model, KNOWN)


def found(thesaurus: Thesaurus, text: str) -> list[str]:
    return [m.entry.everyday for m in thesaurus.matches(text, ())]


def test_there_are_thousands_of_entries_in_dozens_of_fields() -> None:
    assert len(entries()) >= 4_000
    assert len({e.field for e in entries()}) >= 35


def test_no_key_stands_twice() -> None:
    twice = [k for k, n in Counter(e.everyday for e in entries()).items() if n > 1]
    assert twice == []


def test_no_column_is_empty_and_terms_are_words() -> None:
    for entry in entries():
        assert entry.everyday.strip() == entry.everyday and len(entry.everyday) >= 2, entry
        assert len(entry.everyday) <= 20 or GAP in entry.everyday, entry
        assert entry.field.strip() and entry.official, entry
        assert all(2 <= len(term) <= 20 for term in entry.official), entry
        assert entry.everyday not in entry.official, entry


def test_every_file_has_the_three_columns_on_every_line() -> None:
    for file in sorted(FOLDER.glob("*.tsv")):
        head, *lines = file.read_text(encoding="utf-8").splitlines()
        assert head.split("\t") == ["everyday", "official", "field"]
        assert lines and all(line.count("\t") == 2 for line in lines), file.name
        assert len({line.split("\t")[2] for line in lines}) == 1, file.name


def test_entries_are_read_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "b.tsv").write_text("everyday\tofficial\tfield\n乙\t丙 丁\t二\n", "utf-8")
    (tmp_path / "a.tsv").write_text("everyday\tofficial\tfield\n甲\t戊\t一\n", "utf-8")
    assert entries(tmp_path) == (Entry("甲", ("戊",), "一"), Entry("乙", ("丙", "丁"), "二"))


def test_a_key_is_matched_by_its_very_words(thesaurus: Thesaurus) -> None:
    (match,) = thesaurus.matches("我家娃上学怎么办", ())
    assert (match.entry.everyday, match.stretch, match.sure) == ("娃上学", "娃上学", 1.0)


def test_a_key_that_is_no_whole_word_is_not_matched(thesaurus: Thesaurus) -> None:
    assert found(thesaurus, "实施重大专项") == []
    assert found(thesaurus, "读大专") == ["大专"]


def test_a_longer_key_takes_the_place_of_the_one_inside(thesaurus: Thesaurus) -> None:
    assert found(thesaurus, "孩子入学难") == ["入学难"]
    assert found(thesaurus, "孩子入学") == ["入学"]


def test_a_near_stretch_is_matched_less_surely(thesaurus: Thesaurus) -> None:
    near = thesaurus.matches("大专学历", ("大专",))
    assert [m.sure for m in near] == [1.0]
    (match,) = thesaurus.matches("念高职", ("大专学校",))
    assert match.entry is KNOWN[0]
    assert NEAR <= match.sure <= 1.0


def test_what_is_far_from_every_key_is_not_matched(thesaurus: Thesaurus) -> None:
    assert thesaurus.matches("港口吞吐量", ("港口", "吞吐量")) == ()


def test_a_question_is_widened_by_so_many_keys_at_most(model: StaticEmbeddings) -> None:
    keys = ["桥", "路", "船", "车", "房", "树", "花", "草", "鱼"]
    known = [Entry(k, ("官方",), "物") for k in keys]
    assert len(Thesaurus(model, known).matches("、".join(keys), ())) == MOST


def test_an_empty_thesaurus_matches_nothing(model: StaticEmbeddings) -> None:
    assert Thesaurus(model, ()).matches("看病", ("看病",)) == ()


def test_the_shipped_entries_lead_from_everyday_to_official(model: StaticEmbeddings) -> None:
    shipped = Thesaurus(model)
    matches = shipped.matches("三胎有什么政策", ())
    assert any("生育" in term for m in matches for term in m.entry.official)


@pytest.mark.parametrize(
    ("question", "official"),
    [
        ("孩子改名要带什么材料", "姓名变更"),
        ("爸妈想迁户口过来", "投靠成年子女"),
        ("医保断缴了怎么办", "停止享受"),
        ("医保卡借给别人会罚多少", "使用他人社会保障卡"),
        ("卡丢了去哪办", "遗失"),
    ],
)
def test_the_shipped_entries_lead_to_the_words_of_rules(
    model: StaticEmbeddings, question: str, official: str
) -> None:
    matches = Thesaurus(model).matches(question, ())
    assert any(official in m.entry.official for m in matches)


def test_a_long_key_is_found_where_words_are_cut_otherwise(model: StaticEmbeddings) -> None:
    known = (Entry("活多少岁", ("人均预期寿命",), "健康"), Entry("大专", ("高职",), "教育"))
    own = Thesaurus(model, known)
    assert found(own, "平均能活多少岁") == ["活多少岁"]
    assert found(own, "重大专项") == []
    cover = Thesaurus(model, (Entry("林木覆盖", ("林木覆盖率", "森林覆盖率"), "生态"),))
    assert found(cover, "林木覆盖率是多少") == []


def test_words_that_stand_apart_come_first_and_are_near_to_nothing(model: StaticEmbeddings) -> None:
    known = (Entry("老人/爸妈…吃饭", ("老年助餐",), "养老"), Entry("吃饭", ("餐饮",), "消费"))
    own = Thesaurus(model, known)
    apart, whole = own.matches("爸妈中午吃饭", ("老人吃饭",))
    assert (apart.entry, apart.stretch, apart.sure) == (known[0], "爸妈 吃饭", 1.0)
    assert whole.entry == known[1]
