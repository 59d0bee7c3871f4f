"""A question read in its context: what a small transformer adds to its static words.

    vector   turned towards the texts that answer      -> cosine with a text's own vector
    words    each in the sense it has here, weighted   -> nearest word of a text, as in ColBERT

Knows questions alone: texts keep their static vectors (index/embeddings.py), so that an index costs
what it did. Served by onnxruntime, 8-bit weights, one thread; made by training/ (figures there).
"""

from __future__ import annotations

from dataclasses import dataclass
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
LONGEST = 32  # words of a question; what follows is not read


@dataclass(frozen=True, slots=True)
class Read:
    """A question of n known words; all empty or zero where it has none."""

    vector: Matrix  # dimension; of length one
    words: Matrix  # n x dimension; each of length one
    weights: Matrix  # n; sum 1


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
            layers = (folder / LAYERS).read_bytes()
            self._session = InferenceSession(layers, options, providers=["CPUExecutionProvider"])
        except (OSError, SafetensorError, Fail, InvalidProtobuf, NoSuchFile) as error:
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
            return Read(np.zeros(rows.shape[1], np.float32), rows, np.zeros(0, np.float32))
        own = [self._start, *ids]
        given = (self._rows[own] * self._scale[own])[None].astype(np.float32)
        whole, words, weights = self._session.run(None, {"rows": given})
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        weights = weights * lengths[:, 0]
        return Read(
            _unit(_unit(rows.sum(axis=0)) + whole),
            _unit(rows / np.maximum(lengths, 1e-6) + words),
            weights / max(float(weights.sum()), 1e-6),
        )


def _unit(rows: Matrix) -> Matrix:
    lengths = np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-6)
    unit: Matrix = (rows / lengths).astype(np.float32)
    return unit
