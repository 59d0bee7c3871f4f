"""Text to vectors: the small model shipped in the repository, or any sentence-transformers model.

Knows nothing of passages or of where vectors are kept. The shipped model needs neither torch nor
a network; another one is loaded only where the setting names it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from index.errors import SettingError
from index.settings import stay_offline
from index.vocabulary import cutter

Matrix = NDArray[np.float32]
SHIPPED = Path(__file__).parent / "embedding_model"
BATCH = 256  # texts pooled at once: about 256 x 200 tokens x 256 floats = 50 MB


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which model made an index's vectors. Two indexes mix only where all three agree."""

    name: str
    digest: str  # first 16 hex digits of sha256 over the model's files; '' for a hub name
    dimension: int


class StaticEmbeddings(Embeddings):
    """A table of word vectors: a text's vector is the mean of its words', at length one.

    `folder` holds its words (index/vocabulary.py) and model.safetensors with `embedding.weight`
    (words x dimension, fp16, fp32, or int8 with one `embedding.scale` a word). A text without a known word (punctuation
    alone) gives the zero vector. Raises SettingError where the folder holds no such model.
    """

    def __init__(self, folder: Path = SHIPPED) -> None:
        try:
            self._cut = cutter(folder)
            with safe_open(folder / "model.safetensors", framework="numpy") as tensors:
                # Held as fp32: converting each text's rows anew took four times as long (40 MB).
                self._rows: Matrix = tensors.get_tensor("embedding.weight").astype(np.float32)
                if "embedding.scale" in tensors.keys():  # noqa: SIM118 (not a mapping)
                    self._rows *= tensors.get_tensor("embedding.scale").reshape(-1, 1)
        except (OSError, SafetensorError, ValueError) as error:
            raise SettingError(
                f"向量模型文件夹 {folder} 不完整，请重新取得其中的全部文件。"
            ) from error
        self.identity = ModelIdentity("问规自带", _digest(folder), int(self._rows.shape[1]))

    def matrix(self, texts: list[str]) -> Matrix:
        """Vectors of `texts`, one row each, of length one (or zero)."""
        parts = [self._pool(texts[i : i + BATCH]) for i in range(0, len(texts), BATCH)]
        empty = np.zeros((0, self.identity.dimension), dtype=np.float32)
        return np.concatenate(parts) if parts else empty

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in row] for row in self.matrix(texts)]

    def embed_query(self, text: str) -> list[float]:
        return [float(x) for x in self.matrix([text])[0]]

    def ids(self, texts: list[str]) -> list[list[int]]:
        """The vocabulary ids of each text's words, in order."""
        return self._cut(texts)

    def rows(self) -> Matrix:
        """The whole word table, fp32: words x dimension; not to be written to."""
        return self._rows

    def _pool(self, texts: list[str]) -> Matrix:
        pooled = np.zeros((len(texts), self.identity.dimension), dtype=np.float32)
        for at, ids in enumerate(self._cut(texts)):
            if ids:
                # The sum: a mean has the same direction.
                self._rows.take(ids, axis=0).sum(axis=0, out=pooled[at])
        return _unit(pooled)


class SentenceTransformer(Embeddings):
    """Any sentence-transformers model, by folder or name, with its query prompt if it has one."""

    def __init__(self, name: str) -> None:
        folder = Path(name)
        local = folder.is_dir()
        offline = stay_offline()
        # Here and not above: sentence_transformers takes nine seconds and 450 MB to import.
        from langchain_huggingface import HuggingFaceEmbeddings

        try:
            self._model = HuggingFaceEmbeddings(
                model_name=name,
                model_kwargs={"local_files_only": local or offline},
                encode_kwargs={"normalize_embeddings": True},
            )
            client = self._model._client
            if client.prompts.get("query"):
                self._model.query_encode_kwargs = {
                    "prompt_name": "query",
                    "normalize_embeddings": True,
                }
        except (OSError, ValueError) as error:
            raise SettingError(
                f"EMBEDDING_MODEL 指的模型“{name}”打不开：请填写本机上一个完整的 "
                "sentence-transformers 模型文件夹，或去掉这个设置以使用自带的模型；"
                "如要联网下载，请同时设置 HF_HUB_OFFLINE=0。"
            ) from error
        dimension = len(self._model.embed_query("问"))
        digest = _digest(folder) if local else ""
        self.identity = ModelIdentity(str(folder.resolve()) if local else name, digest, dimension)

    def matrix(self, texts: list[str]) -> Matrix:
        """Vectors of `texts`, one row each."""
        shape = (len(texts), self.identity.dimension)
        return np.asarray(self.embed_documents(texts), dtype=np.float32).reshape(shape)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._model.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        return self._model.embed_query(text)


Model = StaticEmbeddings | SentenceTransformer


def load_embeddings(name: str = "") -> Model:
    """The shipped model, or the one a setting names (a folder or a hub's name)."""
    return SentenceTransformer(name) if name else shipped()


def shipped() -> StaticEmbeddings:
    """The shipped model; the same object for as long as its files are the same: a server that goes over
    to another index holds both for a minute, and would hold 50 MB twice.
    """
    return _shipped(_state(SHIPPED))


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    found = sorted((path.name, path.stat()) for path in folder.iterdir())
    return tuple((name, about.st_mtime_ns, about.st_size) for name, about in found)


@lru_cache(maxsize=1)
def _shipped(_: tuple[tuple[str, int, int], ...]) -> StaticEmbeddings:
    return StaticEmbeddings()


def _unit(rows: Matrix) -> Matrix:
    lengths: Matrix = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def _digest(folder: Path) -> str:
    whole = hashlib.sha256()
    # A model card says nothing about vectors.
    for file in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".md"):
        whole.update(file.relative_to(folder).as_posix().encode())
        with file.open("rb") as stream:
            whole.update(hashlib.file_digest(stream, "sha256").digest())
    return whole.hexdigest()[:16]
