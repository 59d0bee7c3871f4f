"""Rerankers are tiny random models made here: what is tested is the wiring, not their judgement."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.errors import SettingError
from index.records import Hit, Passage
from index.rerank import Reranker, load_reranker

needs_torch = pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is None, reason="needs sentence-transformers"
)
TEXTS = ("健全养老服务体系。", "森林覆盖率达到28%。", "建设过江通道。", "增加公办幼儿园学位。")


def hits(texts: tuple[str, ...] = TEXTS) -> list[Hit]:
    """Found in this order, the first with the highest score."""
    return [
        Hit(
            Passage(f"p{i}", "plan", ("第一章",), "", text, "text", None, i, 0, len(text)),
            score=float(len(texts) - i),
            lexical=10.0 + i,
            dense=0.1 * i,
        )
        for i, text in enumerate(texts)
    ]


def cross_encoder(folder: Path, labels: int = 1) -> Path:
    """A BERT of one layer over characters, random weights, saved as a CrossEncoder."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder.mkdir()
    characters = sorted({c for text in TEXTS for c in text} | set("养老院够不第一章"))
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizerFast(vocab={w: i for i, w in enumerate(vocabulary)}).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=labels,
        initializer_range=1.0,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def reranker(tmp_path_factory: pytest.TempPathFactory) -> Reranker:
    pytest.importorskip("sentence_transformers")
    import torch

    torch.manual_seed(0)
    return Reranker(str(cross_encoder(tmp_path_factory.mktemp("models") / "tiny")))


class Judge:
    """Stands in for the CrossEncoder: scores a pair by a function of the passage's text."""

    def __init__(self, score: Callable[[str], float]) -> None:
        self._score = score

    def predict(self, pairs: list[tuple[str, str]], show_progress_bar: bool) -> list[list[float]]:
        return [[self._score(text)] for _, text in pairs]


def judged_by(score: Callable[[str], float]) -> Reranker:
    reranker = Reranker.__new__(Reranker)
    reranker._model = Judge(score)
    return reranker


def test_the_model_orders_and_the_scores_stay_in_their_unit() -> None:
    found = judged_by(lambda text: float("学位" in text)).rerank("幼儿园", hits(), 3)
    assert [h.passage.passage_id for h in found] == ["p3", "p0", "p1"]
    assert [h.score for h in found] == [4.0, 3.0, 2.0]
    assert (found[0].lexical, found[0].dense) == (13.0, pytest.approx(0.3))


def test_it_reads_where_a_passage_stands() -> None:
    seen: list[str] = []
    judged_by(lambda text: float(len(seen.append(text) or seen))).rerank("养老", hits(), 1)
    assert seen[0] == "第一章\n健全养老服务体系。"


@pytest.mark.parametrize(("given", "top"), [([], 3), (hits(), 0), (hits(), -1)])
def test_nothing_in_or_wanted_gives_nothing(given: list[Hit], top: int) -> None:
    assert judged_by(lambda _: 0.0).rerank("养老", given, top) == []


@pytest.mark.long
@needs_torch
def test_a_folder_s_model_orders_by_its_own_scores(reranker: Reranker) -> None:
    found = reranker.rerank("养老院够不够", hits(), 10)
    pairs = [("养老院够不够", f"第一章\n{text}") for text in TEXTS]
    judged = np.asarray(reranker._model.predict(pairs)).reshape(-1)
    assert [h.passage.order for h in found] == np.argsort(-judged, kind="stable").tolist()
    assert len(set(judged.tolist())) == len(TEXTS)


@pytest.mark.long
@needs_torch
def test_a_folder_without_a_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="RERANKER_MODEL.*打不开"):
        Reranker(str(tmp_path))


@pytest.mark.long
@needs_torch
def test_a_classifier_of_several_labels_is_no_reranker(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="一个分数"):
        Reranker(str(cross_encoder(tmp_path / "classes", labels=3)))


def test_no_name_no_reranker() -> None:
    assert load_reranker("") is None
