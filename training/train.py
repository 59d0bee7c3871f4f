"""python -m training.train --seed N: one table of word vectors from what prepare wrote.

First self-supervised pairs, then those mixed with questions; InfoNCE over the other passages of a
batch, which is of one source. The first stage is the same for all seeds and kept in the work
folder, so that tables of several seeds lie near each other and can be averaged (training.export).
Writes WORK/seed-N, a folder index.embeddings serves.
"""

from __future__ import annotations

import argparse
import shutil
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from torch import Tensor

from training.bags import Bags
from training.sources import WORK
from training.table import WordTable, pooled

SCALE = 20.0  # of cosines before the softmax
BATCH = 1_024
DROPPED = 0.2  # share of words left out of each text
BACKWARD = 0.3  # weight of the loss from passage to question
MASKED = -1e4
NEAREST = (2, 12)  # ranks a hard negative is drawn from; the very nearest is often right
POOL = 10_000  # a larger source gets no hard negatives


@dataclass(frozen=True, slots=True)
class Source:
    """Query i belongs to passage i."""

    queries: Bags
    passages: Bags


@dataclass(frozen=True, slots=True)
class Stage:
    """Steps with a learning rate over sources by weight."""

    name: str
    steps: int
    rate: float
    weights: dict[str, float]


FIRST = Stage(
    "self-supervised", 250, 3e-3,
    {"news_ict": 4, "news_lead": 2, "law_head": 2, "law_ict": 1.5, "report_ict": 1, "cilin": 0.7},
)  # fmt: skip
SECOND = Stage(
    "mixed", 400, 2e-3,
    {
        "cmrc_trial": 0.5, "drcd": 2, "stard": 1.5, "cilin": 1.5, "news_ict": 1.5, "news_lead": 1,
        "law_head": 1, "law_ict": 0.5, "report_ict": 1.5, "terms": 0.75, "everyday": 1.5,
    },
)  # fmt: skip
MINED = ("cmrc_trial", "drcd", "stard")


class Trainer:
    """A table, its sources and the random draws of one seed."""

    def __init__(self, work: Path) -> None:
        self.rng = np.random.default_rng(0)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
        words = [tokenizer.id_to_token(i) for i in range(tokenizer.get_vocab_size())]
        self.table = WordTable(np.load(work / "first.npy"), words).to(self.device)
        self.sources = _sources(work / "pairs.npz")
        self.hard: dict[str, NDArray[np.int64]] = {}

    def first_stage(self, kept: Path) -> None:
        """The self-supervised stage, or what an earlier run kept of it."""
        if kept.exists():
            self.table.load_state_dict(torch.load(kept, map_location=self.device))
            return
        self.run(FIRST)
        torch.save(self.table.state_dict(), kept)

    def second_stage(self, seed: int, changed: Mapping[str, float], hard: bool) -> None:
        """The mixed stage with the draws of a seed; `changed` weights replace the recipe's."""
        self.rng = np.random.default_rng(seed)
        for name in MINED if hard else ():
            self.mine(name)
        weights = {n: w for n, w in (SECOND.weights | changed).items() if w > 0}
        self.run(replace(SECOND, weights=weights))

    def run(self, stage: Stage) -> None:
        """All steps of a stage; prints the mean loss of each source's last draws."""
        started, losses = time.perf_counter(), defaultdict(list)
        names = list(stage.weights)
        chances = np.array([stage.weights[n] for n in names])
        chances = chances / chances.sum()
        optimizer = torch.optim.Adam(
            self.table.parameters(), lr=stage.rate, betas=(0.9, 0.98), fused=True
        )
        for step in range(stage.steps):
            for group in optimizer.param_groups:
                warm, left = (step + 1) / 20, 1 - step / stage.steps
                group["lr"] = stage.rate * min(1, warm) * max(0.05, left)
            name = names[self.rng.choice(len(names), p=chances)]
            loss = self.loss(name)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses[name].append(loss.item())
        shown = " ".join(f"{n} {np.mean(v[-5:]):.2f}" for n, v in sorted(losses.items()))
        print(f"{stage.name}: {time.perf_counter() - started:.0f} s; {shown}", flush=True)

    def loss(self, name: str) -> Tensor:
        """InfoNCE of a batch of one source; the same passage twice is no negative."""
        source = self.sources[name]
        size = min(BATCH, len(source.queries))
        rows = self.rng.choice(len(source.queries), size, replace=False)
        texts = [(source.queries, rows), (source.passages, rows)]
        if name in self.hard:
            texts.append((source.passages, self.hard[name][rows]))
        asked, given, *drawn = self._vectors(texts, DROPPED).split(size)
        keys = source.passages.keys(rows)
        # The same question with another passage of its own is right as well.
        own = source.queries.keys(rows)
        same = (keys[:, None] == keys[None, :]) | (own[:, None] == own[None, :])
        np.fill_diagonal(same, False)
        scores = SCALE * asked @ given.T
        scores = scores.masked_fill(torch.from_numpy(same).to(self.device), MASKED)
        right = torch.arange(size, device=self.device)
        cross_entropy = torch.nn.functional.cross_entropy
        backward = cross_entropy(scores.T, right)
        for hard in drawn:
            # Each question against its own hard negative alone.
            scores = torch.cat([scores, SCALE * (asked * hard).sum(dim=1, keepdim=True)], dim=1)
        return (1 - BACKWARD) * cross_entropy(scores, right) + BACKWARD * backward

    def mine(self, name: str) -> None:
        """For each question a passage the table ranks high and that is not its own."""
        source = self.sources[name]
        rows = np.arange(len(source.queries))
        if len(rows) > POOL:
            return
        keys, own = source.passages.keys(rows), source.queries.keys(rows)
        right = {(q, p) for q, p in zip(own.tolist(), keys.tolist(), strict=True)}
        with torch.no_grad():
            _, unique = np.unique(keys, return_index=True)
            asked, passages = self._vectors(
                [(source.queries, rows), (source.passages, unique)], 0.0
            ).split([len(rows), len(unique)])
            nearest = (asked @ passages.T).topk(min(20, len(unique)), dim=1).indices
            ranked = unique[nearest.cpu().numpy()]
        drawn = np.empty(len(rows), np.int64)
        for i, best in enumerate(ranked):
            wrong = [j for j in best if (int(own[i]), int(keys[j])) not in right]
            drawn[i] = wrong[min(self.rng.integers(*NEAREST), len(wrong) - 1)]
        self.hard[name] = drawn

    def _vectors(self, texts: Sequence[tuple[Bags, NDArray[np.int64]]], dropped: float) -> Tensor:
        """All of them, one below the other: one pass over the table is half the time of two."""
        flat, starts, length = [], [], 0
        for bags, rows in texts:
            ids, offsets = bags.take(rows, dropped, self.rng)
            flat.append(ids)
            starts.append(offsets + length)
            length += len(ids)
        return pooled(
            self.table(),
            torch.from_numpy(np.concatenate(flat)).to(self.device),
            torch.from_numpy(np.concatenate(starts)).to(self.device),
        )

    def save(self, work: Path, folder: Path) -> None:
        """The folded table in fp32, the unknown word's row zero, with its tokenizer."""
        folder.mkdir(parents=True, exist_ok=True)
        with torch.no_grad():
            rows = self.table().cpu().numpy()
        rows[0] = 0
        save_file({"embedding.weight": rows}, folder / "model.safetensors")
        shutil.copyfile(work / "tokenizer.json", folder / "tokenizer.json")


def _sources(file: Path) -> dict[str, Source]:
    arrays = np.load(file)

    def bags(name: str, side: str) -> Bags:
        return Bags(arrays[f"{name}.{side}.ids"], arrays[f"{name}.{side}.starts"])

    names = dict.fromkeys(key.split(".")[0] for key in arrays.files)
    return {name: Source(bags(name, "query"), bags(name, "passage")) for name in names}


def _weights(text: str) -> dict[str, float]:
    pairs = (part.partition("=") for part in text.split(",") if part)
    return {name: float(value) for name, _, value in pairs}


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m training.train")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--work", type=Path, default=WORK)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--weights", default="", help="other ones: terms=0,everyday=2")
    options.add_argument("--hard", action="store_true", help="mined hard negatives")
    options.add_argument("--name", default="", help="of the folder, instead of seed-N")
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    trainer = Trainer(given.work)
    trainer.first_stage(given.work / "first-stage.pt")
    trainer.second_stage(given.seed, _weights(given.weights), given.hard)
    trainer.save(given.work, given.work / (given.name or f"seed-{given.seed}"))


if __name__ == "__main__":
    main()
