"""python -m training.export_questions: a trained question model as the folder that is shipped.

Reads what training.questions_model kept (the table's rows in int8, the layers and heads); writes
layers.onnx, the layers and heads with 8-bit weights, rows.safetensors, the words' first vectors,
and made_for.txt, the digest of the embedding model beside which it was trained.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import save_file
from torch import Tensor, nn

from index.embeddings import StaticEmbeddings
from index.questions import LAYERS, MADE_FOR, ROWS, SHIPPED
from training.question_model import QuestionModel
from training.sources import WORK

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
    """Writes the folder from a kept model."""
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
    (out / MADE_FOR).write_text(f"{StaticEmbeddings().identity.digest}\n", "utf-8")


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m training.export_questions")
    options.add_argument("kept", type=Path, nargs="?", default=WORK / "questions.pt")
    options.add_argument("--out", type=Path, default=SHIPPED)
    given = options.parse_args()
    export(given.kept, given.out)


if __name__ == "__main__":
    main()
