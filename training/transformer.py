"""A small transformer over the shipped tokenizer's words, and its heads.

Knows word ids; nothing of texts, pairs or losses. The layers are built by hand, for they are also
exported as they stand (training.export_questions).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

LONGEST = 128  # words of a sequence
HEAD = 64  # width of an attention head
SPECIALS = 3  # start, separator, mask; after the tokenizer's words


class Block(nn.Module):
    """Attention and feed-forward, normalised before each."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.before_attention, self.before_forward = nn.LayerNorm(width), nn.LayerNorm(width)
        self.queries_keys_values = nn.Linear(width, 3 * width)
        self.attended = nn.Linear(width, width)
        self.wide, self.narrow = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x: Tensor, shown: Tensor | None) -> Tensor:
        """`shown`: batch x 1 x 1 x length, what is added to each score: 0 or very little."""
        batch, length, width = x.shape
        split = self.queries_keys_values(self.before_attention(x))
        split = split.reshape(batch, length, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4).unbind(0)
        found = F.scaled_dot_product_attention(query, key, value, attn_mask=shown)
        x = x + self.attended(found.transpose(1, 2).reshape(batch, length, width))
        return x + self.narrow(F.gelu(self.wide(self.before_forward(x)), approximate="tanh"))


class Transformer(nn.Module):
    """Words x `width` at first, or from a table of vectors; gives each a vector in its context."""

    def __init__(self, rows: int, width: int, layers: int) -> None:
        """`rows`: words and specials."""
        super().__init__()
        self.words = rows - SPECIALS
        self.start, self.separator, self.mask = range(self.words, rows)
        self.table = nn.Embedding(rows, width)
        self.places = nn.Embedding(LONGEST, width)
        self.blocks = nn.ModuleList(Block(width, width // HEAD) for _ in range(layers))
        self.first, self.last = nn.LayerNorm(width), nn.LayerNorm(width)
        for module in self.modules():
            if isinstance(module, (nn.Linear, nn.Embedding)):
                nn.init.normal_(module.weight, std=0.02)
            if isinstance(module, nn.Linear):
                nn.init.zeros_(module.bias)

    def forward(self, ids: Tensor, full: bool = False) -> Tensor:
        """Batch x length ids, 0 where there is none (nowhere if `full`) -> batch x length x width."""
        rows = self.table(ids)
        shown = None if full else (-1e4 * (ids == 0).to(rows.dtype))[:, None, None, :]
        return self.from_rows(rows, shown)

    def from_rows(self, rows: Tensor, shown: Tensor | None) -> Tensor:
        """The same from the ids' rows of the table on."""
        x = self.first(rows + self.places.weight[: rows.shape[1]])
        for block in self.blocks:
            x = block(x, shown)
        return self.last(x)


TABLE = "table.weight"


def packed(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """A model's weights made small: its table's rows in int8 with a scale each, all else fp16."""
    found: dict[str, Tensor] = {}
    for name, tensor in state.items():
        if name.endswith(TABLE):
            rows, stem = tensor.float().cpu(), name.removesuffix("weight")
            scale = rows.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
            found[stem + "int8"] = (rows / scale).round().to(torch.int8)
            found[stem + "scale"] = scale
        else:
            found[name] = tensor.half().cpu()
    return found


def unpacked(kept: dict[str, Tensor]) -> dict[str, Tensor]:
    """What `packed` made, as weights to load."""
    found: dict[str, Tensor] = {}
    for name, tensor in kept.items():
        if name.endswith("table.int8"):
            stem = name.removesuffix("int8")
            found[stem + "weight"] = tensor.float() * kept[stem + "scale"]
        elif not name.endswith("table.scale"):
            found[name] = tensor.float()
    return found
