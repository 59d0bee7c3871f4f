"""A second look at what was found: a sentence-transformers CrossEncoder, by folder or name.

Off unless the setting RERANKER_MODEL names one. Knows hits and their texts; not how they were
found. The model reads question and passage together, so it is slow: some hundred pairs a second
for a small one on a CPU.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.errors import SettingError
from index.passages import indexed_text
from index.records import Hit
from index.settings import stay_offline

# Hits given to the model: what lies deeper costs time and is left in its place.
DEPTH = 30
LONGEST = 512  # tokens of question and passage together; longer ones are cut


class Reranker:
    """A CrossEncoder ready to be asked. Raises SettingError where the name opens no such model."""

    def __init__(self, name: str) -> None:
        folder = Path(name).expanduser()
        local = folder.is_dir()
        offline = stay_offline()
        # Here and not above: sentence_transformers takes nine seconds and 450 MB to import.
        from sentence_transformers import CrossEncoder
        from torch.nn import Identity

        try:
            self._model = CrossEncoder(
                str(folder) if local else name,
                max_length=LONGEST,
                local_files_only=local or offline,
                activation_fn=Identity(),  # a sigmoid rounds all high scores to the same 1.0
            )
        except (OSError, ValueError) as error:
            raise _unusable(name) from error
        if self._model.num_labels != 1:
            raise _unusable(name)
        self.name = str(folder.resolve()) if local else name

    def rerank(self, query: str, hits: Sequence[Hit], top: int) -> list[Hit]:
        """The `top` hits in the model's order, best first; equal ones in the order they came.

        The model decides the order alone: the scores that came with the hits are given out anew,
        the highest to the first. Whoever compares scores further on (how far a hit lies behind the
        best, whether to refuse) goes on reading z-score units. BM25 and cosine stay each hit's own.
        """
        if not hits or top <= 0:
            return []
        pairs = [(query, indexed_text(hit.passage, "")) for hit in hits]
        judged = self._model.predict(pairs, show_progress_bar=False)
        order = np.argsort(-np.asarray(judged, dtype=np.float64).reshape(-1), kind="stable")
        scores = sorted((hit.score for hit in hits), reverse=True)
        return [
            replace(hits[i], score=score)
            for i, score in zip(order.tolist()[:top], scores, strict=False)
        ]


def load_reranker(name: str) -> Reranker | None:
    """The reranker a setting names, None for ''."""
    return Reranker(name) if name else None


def _unusable(name: str) -> SettingError:
    return SettingError(
        f"RERANKER_MODEL 指的模型“{name}”打不开：请填写本机上一个完整的 CrossEncoder 重排模型文件夹"
        "（输出一个分数），或去掉这个设置，不做重排。"
    )
