"""The model that reads a question: a transformer, and what it adds to the question's static words.

    vector   unit(static mean + whole)            compared with a text's static mean
    words    unit(static word + words)            each compared with a text's nearest static word
    weights  length of the static word x exp(w)   of the words in that comparison, sum 1

Texts are never read by it: what is compared with is the shipped table's, as ever.
"""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from onnx.numpy_helper import to_array
from safetensors import safe_open
from torch import Tensor, nn
from torch.nn import functional as F

from index.questions import LAYERS, ROWS
from training.transformer import Transformer, unpacked

LIMIT = 6.0  # of a weight's logarithm, either way
SHARPNESS = 3.0  # logarithm of the scale of scores before the softmax, at first
DROPOUT = 0.25
# The matrices of an exported model in the order in which they are used, as its file keeps them.
_IN_A_BLOCK = ("queries_keys_values", "attended", "wide", "narrow")
_HEADS = ("weight.weight", "whole.weight", "word.weight")


class QuestionModel(nn.Module):
    """`dimension`: of the static vectors."""

    def __init__(self, layers: Transformer, dimension: int) -> None:
        super().__init__()
        width = layers.table.embedding_dim
        self.layers = layers
        self.whole, self.word = nn.Linear(width, dimension), nn.Linear(width, dimension)
        self.weight = nn.Linear(width, 1)
        self.sharpness = nn.Parameter(torch.full((2,), SHARPNESS))
        for head in (self.whole, self.word, self.weight):
            nn.init.normal_(head.weight, std=1e-3)
            nn.init.zeros_(head.bias)

    @classmethod
    def of(cls, kept: dict[str, Tensor]) -> QuestionModel:
        """The model of kept weights (`training.transformer.packed`)."""
        model = cls(_layers(unpacked(kept), "layers."), kept["whole.bias"].shape[0])
        model.load_state_dict(unpacked(kept))
        return model

    @classmethod
    def exported(cls, folder: Path) -> QuestionModel:
        """The model of an exported folder, to go on from: its 8-bit weights as numbers again."""
        graph = onnx.load(str(folder / LAYERS)).graph
        found = {i.name: torch.from_numpy(to_array(i).copy()) for i in graph.initializer}
        state = {
            name.removeprefix("model."): t for name, t in found.items() if name.startswith("model.")
        }
        depth = sum(name.endswith(".wide.bias") for name in state)
        names = [f"layers.blocks.{n}.{part}.weight" for n in range(depth) for part in _IN_A_BLOCK]
        matrices = [name for name in found if name.endswith("_quantized")]
        for name, own in zip([*names, *_HEADS], matrices, strict=True):
            scale = found[own.replace("_quantized", "_scale")]
            state[name] = (found[own].float() * scale).T.contiguous()
        with safe_open(folder / ROWS, framework="pt") as rows:
            table = rows.get_tensor("rows").float() * rows.get_tensor("scale")
        state["layers.table.weight"] = table
        state = {name: t for name, t in state.items() if "_Transposed" not in name}
        model = cls(_layers(state, "layers."), state["whole.bias"].shape[0])
        # The scales of the losses are not exported: they start anew.
        model.load_state_dict(state | {"sharpness": model.sharpness.detach()})
        return model

    @classmethod
    def pretrained(cls, kept: dict[str, Tensor], dimension: int) -> QuestionModel:
        """The model of a pretrained transformer's kept weights, its heads new."""
        state = unpacked(kept)
        layers = _layers(state)
        layers.load_state_dict(state)
        return cls(layers, dimension)

    def heads(self, read: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Of what the layers gave: whole, words and exp(w); the first place is the start's."""
        own = read[:, 1:]
        weights = self.weight(own)[..., 0].clamp(-LIMIT, LIMIT).exp()
        return self.whole(read[:, 0]), self.word(own), weights

    def forward(self, ids: Tensor, static: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Batch x length ids, 0 at the end -> vector, words and weights; `static`: the table."""
        start = torch.full_like(ids[:, :1], self.layers.start)
        read = self.layers(torch.cat([start, ids], dim=1)).float()
        whole, words, weights = self.heads(F.dropout(read, DROPOUT, self.training))
        rows = static[ids]
        lengths = rows.norm(dim=2)
        vector = F.normalize(F.normalize(rows.sum(dim=1), dim=1) + whole, dim=1)
        words = F.normalize(rows / lengths.clamp(min=1e-6)[..., None] + words, dim=2)
        weights = lengths * weights
        return vector, words, weights / weights.sum(dim=1, keepdim=True).clamp(min=1e-6)


def _layers(state: dict[str, Tensor], prefix: str = "") -> Transformer:
    rows, width = state[f"{prefix}table.weight"].shape
    depth = sum(name.endswith(".wide.bias") for name in state)
    return Transformer(rows, width, depth)
