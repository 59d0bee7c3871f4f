"""Training's parts on small texts of our own; the whole is run by hand (training/README.md)."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("sklearn")

from index.embeddings import StaticEmbeddings
from index.thesaurus import Entry
from training import bm25, metrics
from training.bags import Bags, encode
from training.evaluate import fused
from training.export import averaged
from training.pairs import _cloze, in_context
from training.train import Source, Stage, Trainer
from training.vocabulary import make_tokenizer

COUNTS = Counter(
    {"养老": 90, "服务": 80, "养老服务": 70, "幼儿园": 60, "学位": 50, "gdp": 9, "的": 99}
)
# Forty pairs of three words each, no word in both texts of a pair.
WORDS = [a + b for a in "甲乙丙丁戊己庚辛壬癸" for b in "子丑寅卯辰巳午未申酉戌亥"]
QUESTIONS = [WORDS[i] + WORDS[i + 1] + WORDS[i + 2] for i in range(40)]
PASSAGES = [WORDS[i + 60] + WORDS[i + 61] + WORDS[i + 62] for i in range(40)]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What prepare leaves, of forty pairs."""
    folder = tmp_path_factory.mktemp("work")
    tokenizer = make_tokenizer(Counter(dict.fromkeys(WORDS, 9)))
    tokenizer.save(str(folder / "tokenizer.json"))
    arrays = {}
    for side, texts in (("query", QUESTIONS), ("passage", PASSAGES)):
        bags = encode(tokenizer, texts, 10)
        arrays |= {f"drcd.{side}.ids": bags.ids, f"drcd.{side}.starts": bags.starts}
    np.savez(folder / "pairs.npz", **arrays)
    first = np.random.default_rng(0).standard_normal((tokenizer.get_vocab_size(), 16))
    np.save(folder / "first.npy", first.astype(np.float32))
    return folder


def test_the_tokenizer_prefers_known_words_and_knows_every_character() -> None:
    tokenizer = make_tokenizer(COUNTS)
    assert tokenizer.encode("养老服务的ＧＤＰ，学务").tokens == [
        "养老服务",
        "的",
        "gdp",
        "学",
        "务",
    ]
    assert tokenizer.token_to_id("<unk>") == 0
    assert make_tokenizer(COUNTS).to_str() == tokenizer.to_str()


def test_bags_are_taken_whole_or_with_words_dropped() -> None:
    bags = encode(make_tokenizer(COUNTS), ["养老服务学位", "。", "幼儿园"], 10)
    assert [len(bags), *np.diff(bags.starts)] == [3, 2, 0, 1]
    ids, offsets = bags.take(np.array([2, 1, 0]), 0.0, np.random.default_rng(0))
    assert offsets.tolist() == [0, 1, 1]
    assert ids.tolist() == [*bags.ids[2:], *bags.ids[:2]]
    dropped, _ = bags.take(np.array([0, 2]), 1.0, np.random.default_rng(0))
    assert dropped.tolist() == bags.ids.tolist()  # two words and one are left whole
    longer = encode(make_tokenizer(COUNTS), ["养老服务学位的"], 10)
    assert len(longer.take(np.array([0]), 1.0, np.random.default_rng(0))[0]) == 0
    keys = bags.keys(np.array([0, 1, 2, 0]))
    assert keys[0] == keys[3] and len(set(keys.tolist())) == 3


def test_training_brings_pairs_together_and_is_repeatable(work: Path, tmp_path: Path) -> None:
    stage = Stage("test", 30, 3e-2, {"drcd": 1})
    rows = []
    for name in ("one", "two"):
        trainer = Trainer(work)
        before = trainer.loss("drcd").item()
        trainer.run(stage)
        assert trainer.loss("drcd").item() < before - 1
        trainer.save(work, tmp_path / name)
        rows.append(StaticEmbeddings(tmp_path / name).rows())
    assert np.allclose(rows[0], rows[1], atol=1e-4)
    assert not rows[0][0].any()
    assert np.allclose(averaged([tmp_path / "one", tmp_path / "two"]), rows[0], atol=1e-4)


def test_a_hard_negative_is_never_a_passage_of_the_same_question(work: Path) -> None:
    trainer = Trainer(work)
    given = trainer.sources["drcd"]
    twice = np.arange(40) // 2  # each question has two passages
    ids, starts = given.queries.take(twice, 0.0, trainer.rng)
    asked = Bags(ids.astype(np.int32), np.append(starts, len(ids)))
    trainer.sources["drcd"] = Source(asked, given.passages)
    trainer.mine("drcd")
    assert all(i // 2 != drawn // 2 for i, drawn in enumerate(trainer.hard["drcd"]))
    assert trainer.loss("drcd").item() > 0


def test_a_sentence_is_taken_out_of_its_paragraph() -> None:
    own = [f"这是第{n}句说明养老服务怎样发展的完整的话。" for n in range(6)]
    for asked, rest in _cloze("".join(own), 5, random.Random(0)):
        assert asked in own and asked not in rest and "完整的话" in rest
    assert list(_cloze(own[0], 5, random.Random(0))) == []


def test_an_expression_is_shown_where_its_official_term_stands() -> None:
    entries = [Entry("看病", ("医疗服务", "没有的词"), "卫生")]
    corpus = ["公园绿地" * 5, f"{'前' * 300}提高医疗服务水平{'后' * 300}"] * 3
    found = list(in_context(entries, corpus, random.Random(0)))
    assert found and {e for e, _ in found} == {"看病"}
    assert all("医疗服务" in text and "公园" not in text and len(text) <= 400 for _, text in found)


def test_figures_count_what_was_not_found_as_nothing() -> None:
    scores = np.array([[3.0, 2, 1], [1, 2, 3], [1, 1, 1]])
    ranks = metrics.reciprocal_ranks(scores, [frozenset([0]), frozenset([1]), frozenset([9])])
    assert ranks.tolist() == [1, 0.5, 0]
    found = metrics.figures(ranks)
    assert (found.first, found.five, found.ten) == pytest.approx((1 / 3, 2 / 3, 2 / 3))
    assert found.mrr == pytest.approx(0.5)


def test_a_difference_comes_with_bounds_around_it() -> None:
    one, other = np.zeros(50), np.array([0.0, 1.0] * 25)
    mean, low, high = metrics.difference(one, other)
    assert low < mean == 0.5 < high
    assert metrics.difference(one, one) == (0, 0, 0)


def test_bm25_is_tantivy_s_formula() -> None:
    found = bm25.scores(["幼儿"], ["幼儿", "老人", "老人"])
    # Three terms (two characters and their bigram), each in one of three passages of equal length.
    assert found[0] == pytest.approx([3 * np.log(1 + 2.5 / 1.5), 0, 0], rel=1e-5)


def test_fusion_ranks_what_both_like_first() -> None:
    lexical, dense = np.array([[9.0, 8, 0, 0]]), np.array([[0.1, 0.9, 0.2, 0.3]])
    assert fused(lexical, dense).argmax() == 1
    assert fused(lexical, dense, weight=0.0).argmax() == 0
