"""python -m training.pretrain: a transformer that fills in words left out of the public text.

Takes the news, laws and reports (not the held-out provinces') as one row of word ids of the shipped
tokenizer; words start from the shipped vectors. Writes WORK/pretrained.pt. Wants a GPU: 4,200 steps
took 215 s on one, the loss fell from 7.8 to 3.41.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from index.embeddings import SHIPPED
from training import sources
from training.bags import encode
from training.prepare import normalised
from training.transformer import LONGEST, SPECIALS, Transformer, packed

STEPS, TOKENS = 4_200, 131_072  # of a batch
LENGTHS = (LONGEST, LONGEST, LONGEST, 32)  # in turn
HIDDEN = 0.2  # share of the words to be filled in: 8 of 10 masked, 1 another word, 1 as it is
RATE, LAST_RATE, WARM_UP, DECAY = 1e-3, 0.02, 0.05, 0.01
WIDTH, LAYERS = 256, 4
SHORTEST = 8  # words of a text
MOST_WORDS = 1 << 16  # of a text
SHOWN = 200  # steps between two lines


def text_ids(data: Path, tokenizer: Tokenizer, separator: int) -> NDArray[np.int32]:
    """All texts in a row, a separator after each; an article of law that ends like another once."""
    bags = encode(tokenizer, [normalised(text) for text in _texts(data)], MOST_WORDS)
    parts = []
    for start, end in zip(bags.starts, bags.starts[1:], strict=False):
        if end - start > SHORTEST:
            parts += [bags.ids[start:end], np.array([separator], np.int32)]
    return np.concatenate(parts)


def _texts(data: Path) -> Iterator[str]:
    ends = set()
    for law in sources.laws(data):
        if law.text[-60:] not in ends:
            ends.add(law.text[-60:])
            yield law.text
    reports = list(sources.reports(data, held_out=False))
    yield from (*reports, *reports)
    yield from sources.news(data)


def started(rows: NDArray[np.float32], layers: int = LAYERS) -> Transformer:
    """A transformer whose words start from these vectors' directions."""
    model = Transformer(len(rows) + SPECIALS, rows.shape[1], layers)
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    with torch.no_grad():
        unit = torch.from_numpy((rows / lengths).astype(np.float32))
        model.table.weight[: len(rows)] = unit * 0.02 * rows.shape[1] ** 0.5
    return model


def batch(
    text: Tensor, model: Transformer, length: int, tokens: int
) -> tuple[Tensor, Tensor, Tensor]:
    """(ids with words hidden, places hidden in the flat batch, the words there)."""
    device, rows = text.device, tokens // length
    starts = torch.randint(len(text) - length, (rows, 1), device=device)
    ids = text[starts + torch.arange(length, device=device)].long()
    ids[:, 0] = model.start
    draws = torch.rand(ids.shape, device=device)
    draws[:, 0] = 2  # the start is never hidden
    chosen = draws.argsort(dim=1)[:, : max(1, int(HIDDEN * length))]
    places = (chosen + torch.arange(rows, device=device)[:, None] * length).flatten()
    flat = ids.flatten()
    right = flat[places]
    kind = torch.rand(len(places), device=device)
    shown = torch.where(kind < 0.8, model.mask, right)
    other = torch.randint(1, model.words, right.shape, device=device)
    flat = flat.index_copy(0, places, torch.where(kind > 0.9, other, shown))
    return flat.reshape(rows, length), places, right


def rate_at(part: float) -> float:
    """The share of RATE after this part of the steps."""
    if part < WARM_UP:
        return part / WARM_UP
    turn = math.pi * (part - WARM_UP) / (1 - WARM_UP)
    return LAST_RATE + (1 - LAST_RATE) * 0.5 * (1 + math.cos(turn))


def pretrain(model: Transformer, text: Tensor, steps: int, tokens: int = TOKENS) -> None:
    """All steps; prints the loss."""
    bias = torch.nn.Parameter(torch.zeros(model.table.num_embeddings, device=text.device))
    optimizer = torch.optim.AdamW(_groups(model, bias), lr=RATE, betas=(0.9, 0.98))
    begun, losses = time.perf_counter(), []
    for step in range(1, steps + 1):
        for group in optimizer.param_groups:
            group["lr"] = RATE * rate_at(step / steps)
        hidden, places, right = batch(text, model, LENGTHS[step % len(LENGTHS)], tokens)
        with torch.autocast(text.device.type, dtype=torch.bfloat16):
            found = model(hidden, full=True).flatten(0, 1)[places]
            scores = F.linear(found, model.table.weight, bias)
            loss = F.cross_entropy(scores.float(), right)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.detach())
        if step % SHOWN == 0 or step == steps:
            mean = torch.stack(losses[-SHOWN:]).mean().item()
            print(f"{step:6} {time.perf_counter() - begun:5.0f} s  loss {mean:.3f}", flush=True)


def _groups(model: Transformer, bias: Tensor) -> list[dict[str, object]]:
    """Weight decay for the layers' matrices alone."""
    named = list(model.named_parameters())
    heavy = [p for name, p in named if p.ndim > 1 and "table" not in name]
    light = [p for name, p in named if p.ndim < 2 or "table" in name]
    return [
        {"params": heavy, "weight_decay": DECAY},
        {"params": [*light, bias], "weight_decay": 0.0},
    ]


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m training.pretrain")
    options.add_argument("--data", type=Path, default=sources.DATA)
    options.add_argument("--work", type=Path, default=sources.WORK)
    options.add_argument("--steps", type=int, default=STEPS)
    given = options.parse_args()
    torch.manual_seed(0)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    rows = load_file(SHIPPED / "model.safetensors")["embedding.weight"].astype(np.float32)
    model = started(rows).to(device)
    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    text = torch.from_numpy(text_ids(given.data, tokenizer, model.separator)).to(device)
    print(f"{len(text):,} words", flush=True)
    pretrain(model, text, given.steps)
    given.work.mkdir(parents=True, exist_ok=True)
    torch.save(packed(model.state_dict()), given.work / "pretrained.pt")


if __name__ == "__main__":
    main()
