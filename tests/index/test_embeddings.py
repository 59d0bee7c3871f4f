from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from index.embeddings import SHIPPED, StaticEmbeddings, load_embeddings
from index.errors import SettingError
from index.vocabulary import PIECES, cutter


def test_vectors_have_length_one_and_punctuation_none(model: StaticEmbeddings) -> None:
    rows = model.matrix(["健全养老服务体系", "，。——", ""])
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 0, 0], abs=1e-5)
    assert rows.shape == (3, model.identity.dimension)
    assert model.matrix([]).shape == (0, model.identity.dimension)


def test_related_texts_are_nearer(model: StaticEmbeddings) -> None:
    care, elderly, chips = model.matrix(["养老服务", "老年人照料", "集成电路产业"])
    assert care @ elderly > care @ chips


def test_one_text_gives_the_same_alone_and_among_others(model: StaticEmbeddings) -> None:
    texts = [f"第{n}章 重点任务" for n in range(300)]
    assert np.array_equal(model.matrix(texts)[299], model.matrix(texts[299:])[0])
    assert model.embed_query(texts[0]) == model.embed_documents(texts)[0]


def test_int8_rows_with_a_scale_give_nearly_the_same(
    model: StaticEmbeddings, tmp_path: Path
) -> None:
    rows = load_file(SHIPPED / "model.safetensors")["embedding.weight"].astype(np.float32)
    scale = np.maximum(np.abs(rows).max(axis=1), 1e-9) / 127
    small = np.round(rows / scale[:, None]).astype(np.int8)
    save_file(
        {"embedding.weight": small, "embedding.scale": scale.astype(np.float32)},
        tmp_path / "model.safetensors",
    )
    shutil.copy(SHIPPED / "tokenizer.json", tmp_path)
    text = "到2025年，全市养老机构护理型床位占比达到65%。"
    (own,), (packed,) = model.matrix([text]), StaticEmbeddings(tmp_path).matrix([text])
    assert own @ packed > 0.999


def test_both_forms_of_the_words_cut_alike(tmp_path: Path) -> None:
    shutil.copy(SHIPPED / "tokenizer.json", tmp_path)
    texts = [
        "到2025年，ＧＤＰ增长６．５％，PM2.5浓度下降；地铁里程300km。",
        "第一节 “一老一小”服务体系——㍿、𠮷野家、①！",
        "WiFi6 and 5G,x-y+z 3.14%",
        "",
        "。",
    ]
    for quick, plain in zip(cutter(SHIPPED)(texts), cutter(tmp_path)(texts), strict=True):
        assert [i for i in quick if i] == [i for i in plain if i]


def test_a_torn_tokenizer_says_so(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "copy")
    (tmp_path / "copy" / PIECES).unlink()
    (tmp_path / "copy" / "tokenizer.json").write_bytes(b"{")
    with pytest.raises(SettingError, match="不完整"):
        StaticEmbeddings(tmp_path / "copy")


def test_another_folder_is_another_model(model: StaticEmbeddings, tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "copy")
    assert StaticEmbeddings(tmp_path / "copy").identity == model.identity
    (tmp_path / "copy" / "note.txt").write_text("changed")
    assert StaticEmbeddings(tmp_path / "copy").identity != model.identity


@pytest.mark.parametrize("torn", [PIECES, "model.safetensors"])
def test_an_incomplete_model_says_so(torn: str, tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "copy")
    (tmp_path / "copy" / torn).write_bytes(b"{")
    with pytest.raises(SettingError, match="不完整"):
        StaticEmbeddings(tmp_path / "copy")


@pytest.mark.long
def test_the_default_path_never_imports_torch() -> None:
    code = (
        "import sys, index.library\n"
        "from index.embeddings import load_embeddings\n"
        "load_embeddings().embed_query('规划')\n"
        "print([m for m in ('torch', 'sentence_transformers', 'transformers') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


class FakeHuggingFace:
    """Stands for langchain_huggingface's class: one vector for all, remembers how it was made."""

    made: ClassVar[dict[str, object]] = {}

    def __init__(self, model_name: str, **given: object) -> None:
        if model_name == "missing":
            raise OSError(model_name)
        FakeHuggingFace.made = given
        self._client = SimpleNamespace(prompts={"query": "为这个句子生成表示："})
        self.query_encode_kwargs: dict[str, object] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[0.6, 0.8]] * len(texts)

    def embed_query(self, text: str) -> list[float]:
        return [1.0, 0.0] if "prompt_name" in self.query_encode_kwargs else [0.6, 0.8]


@pytest.fixture
def hugging_face(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        sys.modules,
        "langchain_huggingface",
        SimpleNamespace(HuggingFaceEmbeddings=FakeHuggingFace),
    )
    monkeypatch.setenv("HF_HUB_OFFLINE", "")
    monkeypatch.delenv("HF_HUB_OFFLINE")


@pytest.mark.usefixtures("hugging_face")
def test_a_named_model_uses_its_query_prompt_and_stays_offline() -> None:
    named = load_embeddings("some/model")
    assert named.embed_query("问") == [1.0, 0.0]
    assert named.matrix(["甲", "乙"]).shape == (2, 2)
    assert (named.identity.name, named.identity.dimension) == ("some/model", 2)
    assert FakeHuggingFace.made["model_kwargs"] == {"local_files_only": True}
    assert os.environ["HF_HUB_OFFLINE"] == "1"


@pytest.mark.usefixtures("hugging_face")
def test_the_network_is_used_only_where_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    load_embeddings("some/model")
    assert FakeHuggingFace.made["model_kwargs"] == {"local_files_only": False}


@pytest.mark.usefixtures("hugging_face")
def test_a_folder_is_told_apart_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "weights").write_text("1")
    before = load_embeddings(str(tmp_path)).identity
    (tmp_path / "weights").write_text("2")
    assert load_embeddings(str(tmp_path)).identity != before


@pytest.mark.usefixtures("hugging_face")
def test_a_named_model_that_is_not_there_says_so() -> None:
    with pytest.raises(SettingError, match="EMBEDDING_MODEL.*missing"):
        load_embeddings("missing")


def test_no_name_gives_the_shipped_model(model: StaticEmbeddings) -> None:
    assert load_embeddings("").identity == model.identity


def test_the_shipped_model_is_loaded_once_and_anew_where_its_files_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_embeddings("")
    assert load_embeddings("") is first
    shutil.copytree(SHIPPED, tmp_path / "other")
    (tmp_path / "other" / "README.md").write_text("changed", "utf-8")
    monkeypatch.setattr("index.embeddings.SHIPPED", tmp_path / "other")
    assert load_embeddings("") is not first
