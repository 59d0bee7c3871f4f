"""A question read in its context: what a small transformer adds to its static words.

    vector      turned towards the texts that answer      -> cosine with a text's own vector
    words       each in the sense it has here, weighted   -> nearest word of a text, as in ColBERT
    remembered  what answered the questions most like it  -> the same, as in kNN-LM

Knows questions alone: texts keep their static vectors (index/embeddings.py), so that an index costs
what it did. Served by onnxruntime, 8-bit weights, one thread; made by training/ (figures there).
Remembered are the questions that training wrote, as vectors alone: where they lie, and where the
sentences lie that answered them (Khandelwal et al., Generalization through Memorization, 2020).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidProtobuf, NoSuchFile
from safetensors import SafetensorError, safe_open

from index.embeddings import StaticEmbeddings
from index.errors import SettingError

Matrix = NDArray[np.float32]
SHIPPED = Path(__file__).parent / "question_model"
LAYERS, ROWS, MADE_FOR = "layers.onnx", "rows.safetensors", "made_for.txt"
REMEMBERED = "remembered.safetensors"
LONGEST = 32  # words of a question; what follows is not read
# How many questions are remembered for one, and how fast they count less the less they are like it.
# Right sentence first, by folds, everyday cases / held provinces: without 65.4 / 83.5 %, 8 at 0.05
# 69.8 / 85.6, 16 at 0.05 71.7 / 85.2, 16 at 0.1 and 32 less (docs/LOG.md).
NEIGHBOURS, TEMPERATURE = 16, 0.05


@dataclass(frozen=True, slots=True)
class Read:
    """A question of n known words; all empty or zero where it has none."""

    vector: Matrix  # dimension; of length one
    words: Matrix  # n x dimension; each of length one
    weights: Matrix  # n; sum 1
    remembered: Matrix  # dimension; shorter than one the less the answers agree
    familiar: float  # the cosine of the question remembered that is most like it


class Memory:
    """Questions and the sentences that answered them, as vectors in int8 with a scale each."""

    def __init__(self, file: Path) -> None:
        with safe_open(file, framework="numpy") as tensors:
            found = {name: tensors.get_tensor(name) for name in tensors.keys()}  # noqa: SIM118
        self._questions = found["questions"] * found["question_scale"]
        self._answers: NDArray[np.int8] = found["answers"]
        self._scale: Matrix = found["answer_scale"]

    def of(self, static: Matrix, read: Matrix) -> tuple[Matrix, float]:
        """What answered the questions nearest by both vectors, each of length one: their mean.

        And how near the nearest is.
        """
        if not len(self._questions):
            return np.zeros_like(static), 0.0
        near = self._questions @ (np.concatenate([static, read]) / np.float32(np.sqrt(2)))
        first = np.argpartition(-near, min(NEIGHBOURS, len(near) - 1))[:NEIGHBOURS]
        shares = np.exp((near[first] - near[first].max()) / TEMPERATURE)
        answers = self._answers[first] * self._scale[first]
        mean: Matrix = ((shares / shares.sum()) @ answers).astype(np.float32)
        return mean, float(near[first].max())


class QuestionModel:
    """Ready to read. Raises SettingError where the folder is torn or made for other vectors."""

    def __init__(self, static: StaticEmbeddings, folder: Path = SHIPPED) -> None:
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        try:
            made_for = (folder / MADE_FOR).read_text("utf-8").strip()
            with safe_open(folder / ROWS, framework="numpy") as tensors:
                self._rows: NDArray[np.int8] = tensors.get_tensor("rows")
                self._scale: Matrix = tensors.get_tensor("scale")
            self._memory = Memory(folder / REMEMBERED)
            layers = (folder / LAYERS).read_bytes()
            self._session = InferenceSession(layers, options, providers=["CPUExecutionProvider"])
        except (OSError, KeyError, SafetensorError, Fail, InvalidProtobuf, NoSuchFile) as error:
            raise SettingError(
                f"问句模型文件夹 {folder} 不完整，请重新取得其中的全部文件。"
            ) from error
        if made_for != static.identity.digest:
            raise SettingError(
                f"问句模型文件夹 {folder} 与现在的向量模型不配套，请一起取得 embedding_model 和 "
                "question_model 两个文件夹。"
            )
        self._static = static
        self._start = len(static.rows())  # the first row after the words'

    def read(self, text: str) -> Read:
        """The question's vector, words and weights."""
        ids = [i for i in self._static.ids([text])[0] if i][:LONGEST]
        rows = self._static.rows()[ids]
        if not ids:
            nothing = np.zeros(rows.shape[1], np.float32)
            return Read(nothing, rows, np.zeros(0, np.float32), nothing, 0.0)
        own = [self._start, *ids]
        given = (self._rows[own] * self._scale[own])[None].astype(np.float32)
        whole, words, weights = self._session.run(None, {"rows": given})
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        weights = weights * lengths[:, 0]
        static = _unit(rows.sum(axis=0))
        vector = _unit(static + whole)
        return Read(
            vector,
            _unit(rows / np.maximum(lengths, 1e-6) + words),
            weights / max(float(weights.sum()), 1e-6),
            *self._memory.of(static, vector),
        )


@lru_cache(maxsize=1)
def question_model(static: StaticEmbeddings) -> QuestionModel:
    """The shipped one for these vectors, loaded once: 50 MB that nothing writes to."""
    return QuestionModel(static)


def _unit(rows: Matrix) -> Matrix:
    lengths = np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-6)
    unit: Matrix = (rows / lengths).astype(np.float32)
    return unit
