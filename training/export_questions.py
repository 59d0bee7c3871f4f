"""python -m training.export_questions: a trained question model as the folder that is shipped.

Reads what training.questions_model kept (the table's rows in int8, the layers and heads); writes
layers.onnx, the layers and heads with 8-bit weights, rows.safetensors, the words' first vectors,
remembered.safetensors, the questions on the provinces' reports and the sentences that answer them as
vectors, without the provinces held for measuring (training.questions), and made_for.txt, the digest of
the embedding model beside which it was trained.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import save_file as save_arrays
from safetensors.torch import save_file
from torch import Tensor, nn

from index.embeddings import StaticEmbeddings
from index.questions import LAYERS, MADE_FOR, REMEMBERED, ROWS, SHIPPED, Matrix
from index.questions import QuestionModel as QuestionReader
from training.question_model import QuestionModel
from training.questions import Asked, is_remembered, load
from training.sources import DATA, WORK

OPSET = 17


class FromRows(nn.Module):
    """The model from its rows on: a start and the words' rows in, what is added to them out."""

    def __init__(self, model: QuestionModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, rows: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """1 x length x width -> what turns the text's vector, each word's, each word's weight."""
        read = self.model.layers.from_rows(rows, None)
        whole, words, weights = self.model.heads(read)
        return whole[0], words[0], weights[0]


def export(kept: Path, out: Path) -> None:
    """Writes the folder from a kept model, which remembers nothing yet."""
    found = torch.load(kept)
    model = QuestionModel.of(found)
    model.eval()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        whole = str(Path(folder) / "whole.onnx")
        torch.onnx.export(
            FromRows(model), (torch.zeros(1, 8, model.layers.table.embedding_dim),), whole,
            input_names=["rows"], output_names=["whole", "words", "weights"],
            dynamic_axes={"rows": {1: "length"}, "words": {0: "length"}, "weights": {0: "length"}},
            opset_version=OPSET, dynamo=False,
        )  # fmt: skip
        # 7 bits of range: where a processor adds pairs of products in 16 bits, 8 overflow.
        quantize_dynamic(
            whole, str(out / LAYERS), weight_type=QuantType.QInt8, reduce_range=True,
            per_channel=True,
        )  # fmt: skip
    save_file(
        {"rows": found["layers.table.int8"], "scale": found["layers.table.scale"]}, out / ROWS
    )
    dimension = model.whole.out_features
    _save_memory(np.zeros((0, 2 * dimension)), np.zeros((0, dimension)), out)
    (out / MADE_FOR).write_text(f"{StaticEmbeddings().identity.digest}\n", "utf-8")


def remember(asked: Sequence[Asked], folder: Path) -> None:
    """Writes what an exported model is to remember: each question by both its vectors, in int8."""
    static = StaticEmbeddings()
    model = QuestionReader(static, folder)
    texts = [one.question for one in asked]
    read = np.stack([model.read(text).vector for text in texts])
    questions = np.concatenate([static.matrix(texts), read], axis=1) / np.sqrt(2)
    _save_memory(questions, static.matrix([one.sentence for one in asked]), folder)


def _save_memory(questions: Matrix, answers: Matrix, folder: Path) -> None:
    tensors = {}
    for name, rows in (("question", questions), ("answer", answers)):
        scale = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-8) / 127
        tensors[f"{name}s"] = np.round(rows / scale).astype(np.int8)
        tensors[f"{name}_scale"] = scale.astype(np.float32)
    save_arrays(tensors, folder / REMEMBERED)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m training.export_questions")
    options.add_argument("kept", type=Path, nargs="?", default=WORK / "questions.pt")
    options.add_argument("--out", type=Path, default=SHIPPED)
    options.add_argument("--data", type=Path, default=DATA)
    given = options.parse_args()
    export(given.kept, given.out)
    remember([asked for asked in load(given.data) if is_remembered(asked)], given.out)


if __name__ == "__main__":
    main()
