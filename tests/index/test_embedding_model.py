"""The shipped model's folder, and a model of one's own by EMBEDDING_MODEL (marked long)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer, models

from index.embeddings import SHIPPED, SentenceTransformer, StaticEmbeddings, load_embeddings
from index.errors import SettingError

MOST_BYTES = 24_000_000
TEXTS = [
    "养老院收不收失能老人？",
    "到2025年，全市养老机构护理型床位占比达到65%。",
    "ＧＤＰ增长６．５％，地铁里程达到300km",
    "PM2.5浓度",
    "增加公办幼儿园学位，扩大普惠性托育服务供给。" * 30,
    "𠮷野家",
    "。",
]


def words_of(texts: list[str]) -> list[str]:
    return sorted({character for text in texts for character in text})


def static_folder(folder: Path, prompts: dict[str, str] | None = None) -> Path:
    """A sentence-transformers model of random vectors, a word a character."""
    sentence_transformers = pytest.importorskip("sentence_transformers")
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    words = [(word, -1.0) for word in ["<unk>", *words_of(TEXTS), "查", "询", "："]]
    words = list(dict.fromkeys(words))
    rows = np.random.default_rng(0).standard_normal((len(words), 8)).astype(np.float32)
    module = StaticEmbedding(Tokenizer(models.Unigram(words, unk_id=0)), embedding_weights=rows)
    sentence_transformers.SentenceTransformer(modules=[module], prompts=prompts, device="cpu").save(
        str(folder), create_model_card=False
    )
    return folder


def test_the_shipped_folder_is_small_and_has_a_card() -> None:
    files = {file.name: file.stat().st_size for file in SHIPPED.iterdir()}
    assert sum(files.values()) <= MOST_BYTES
    assert {"README.md", "config_sentence_transformers.json", "modules.json"} <= files.keys()


@pytest.mark.long
def test_sentence_transformers_gives_the_same_vectors() -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers")
    model = sentence_transformers.SentenceTransformer(
        str(SHIPPED), device="cpu", local_files_only=True
    )
    theirs = model.encode(TEXTS).astype(np.float32)
    ours = StaticEmbeddings().matrix(TEXTS)
    assert ours.shape == theirs.shape == (len(TEXTS), 256)
    lengths = np.linalg.norm(theirs, axis=1)
    assert ((ours * theirs).sum(axis=1)[:-1] / lengths[:-1]).min() > 0.99999  # theirs are fp16
    assert not ours[-1].any() and not theirs[-1].any()


@pytest.mark.long
def test_a_folder_named_by_the_setting_is_used(tmp_path: Path) -> None:
    model = load_embeddings(str(static_folder(tmp_path / "model")))
    assert isinstance(model, SentenceTransformer)
    rows = model.matrix(TEXTS[:3])
    assert rows.shape == (3, 8) == (3, model.identity.dimension)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert model.embed_query(TEXTS[0]) == pytest.approx(rows[0].tolist(), abs=1e-6)
    assert model.matrix([]).shape == (0, 8)
    assert len(model.identity.digest) == 16


@pytest.mark.long
def test_a_question_gets_the_model_s_query_prompt(tmp_path: Path) -> None:
    plain = load_embeddings(str(static_folder(tmp_path / "plain")))
    prompted = load_embeddings(
        str(static_folder(tmp_path / "prompted", {"query": "查询：", "document": ""}))
    )
    asked = prompted.embed_query("养老")
    assert asked == pytest.approx(plain.embed_query("查询：养老"), abs=1e-6)
    assert asked != pytest.approx(plain.embed_query("养老"), abs=1e-3)
    assert prompted.embed_documents(["养老"])[0] == pytest.approx(
        plain.embed_query("养老"), abs=1e-6
    )


@pytest.mark.long
def test_a_folder_without_a_model_says_what_to_do(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    with pytest.raises(SettingError, match="EMBEDDING_MODEL"):
        load_embeddings(str(tmp_path))
