"""python -m training.read_questions: the pretrained transformer learns to read questions.

Listwise: the right text of sixteen by the nearest words of each, and of all texts of a batch by the
vector (training/question_model.py). The words' rows stay as pretrained. Writes WORK/questions.pt;
prints how often the right text comes first on what is held out, beside the static words' and
vectors'. 22 s on a GPU; with --from it goes on from a model that is exported already, as the shipped
one did when there were more questions (900 steps, a quarter of an hour on one CPU core).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from index.embeddings import SHIPPED, StaticEmbeddings
from training import sources
from training.bags import encode
from training.prepare import normalised
from training.question_model import QuestionModel
from training.ranked import TEXTS, Ranked, all_ranked
from training.transformer import packed

STEPS, GROUPS, RATE, WARM_UP, DECAY = 1_200, 64, 2e-4, 50, 0.05
DROPPED = 0.25  # share of a question's words left out, of one with more than KEPT
KEPT = 4
BY_VECTOR = 0.7  # weight of the loss by the vector
WEIGHTS = {"report": 0.65, "rc": 0.14, "stard": 0.04, "everyday": 0.11, "ict": 0.06}
QUESTION, LEAD, TEXT = 32, 16, 64  # words
MASKED = -1e4


@dataclass(frozen=True)
class Group:
    """Ids on the device: questions x words; questions x TEXTS x words, 0 where there is none."""

    questions: Tensor
    leads: Tensor
    texts: Tensor

    def take(self, rows: Tensor) -> Group:
        """Some of the questions, as long as the longest of them and of their texts."""
        return Group(_cut(self.questions[rows]), _cut(self.leads[rows]), _cut(self.texts[rows]))


class Trainer:
    """A question model beside the static table."""

    def __init__(self, model: QuestionModel, static: Tensor) -> None:
        self.model, self.static = model, static
        self.unit = F.normalize(static, dim=1)
        self.device = static.device

    def scores(self, group: Group, read: tuple[Tensor, ...]) -> tuple[Tensor, Tensor, Tensor]:
        """By words and by vector, questions x TEXTS each; the texts' vectors."""
        vector, words, weights = read
        whole = torch.cat([group.leads, group.texts], dim=2)
        near = torch.einsum("gqd,gctd->gcqt", words, self.unit[whole])
        near = near.masked_fill((whole == 0)[:, :, None, :], -1).amax(dim=3)
        by_words = (near * weights[:, None, :]).sum(dim=2)
        texts = F.normalize(self.static[group.texts].sum(dim=2), dim=2)
        return by_words, torch.einsum("gd,gcd->gc", vector, texts), texts

    def loss(self, group: Group) -> Tensor:
        read = self.model(self._dropped(group.questions), self.static)
        by_words, _, texts = self.scores(group, read)
        absent = group.texts.sum(dim=2) == 0
        first = torch.zeros(len(by_words), dtype=torch.long, device=self.device)
        scales = self.model.sharpness.exp()
        listwise = F.cross_entropy((by_words * scales[0]).masked_fill(absent, MASKED), first)
        among = scales[1] * read[0] @ texts.flatten(0, 1).T
        right = torch.arange(len(by_words), device=self.device) * TEXTS
        keys = _keys(group.texts).flatten()
        same = keys[None] == keys[right][:, None]
        same[torch.arange(len(right), device=self.device), right] = False
        among = among.masked_fill(same | absent.flatten()[None], MASKED)
        return listwise + BY_VECTOR * F.cross_entropy(among, right)

    def _dropped(self, ids: Tensor) -> Tensor:
        draws = torch.rand(ids.shape, device=self.device)
        long = (ids > 0).sum(dim=1, keepdim=True) > KEPT
        kept = torch.where((draws < DROPPED) & long, 0, ids)
        return kept.gather(1, torch.argsort((kept == 0).int(), dim=1, stable=True))

    def run(self, groups: dict[str, Group], steps: int, rng: np.random.Generator) -> None:
        optimizer = torch.optim.AdamW(_parameters(self.model), lr=RATE, betas=(0.9, 0.98))
        names = list(WEIGHTS)
        shares = np.array([WEIGHTS[name] for name in names]) / sum(WEIGHTS.values())
        for step in range(1, steps + 1):
            for part in optimizer.param_groups:
                part["lr"] = RATE * min(1.0, step / WARM_UP) * (0.02 + 0.98 * (1 - step / steps))
            group = groups[names[rng.choice(len(names), p=shares)]]
            rows = rng.choice(
                len(group.questions), min(GROUPS, len(group.questions)), replace=False
            )
            loss = self.loss(group.take(torch.from_numpy(rows).to(self.device)))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            optimizer.step()

    @torch.no_grad()
    def first(self, group: Group, static: bool) -> tuple[float, float, float]:
        """How often the right text comes first: by words, by vector, by both together."""
        self.model.eval()
        hits = []
        for rows in torch.arange(len(group.questions), device=self.device).split(GROUPS):
            own = group.take(rows)
            read = self._static(own.questions) if static else self.model(own.questions, self.static)
            by_words, by_vector, _ = self.scores(own, read)
            absent = own.texts.sum(dim=2) == 0
            for scores in (by_words, by_vector, by_words + by_vector):
                hits.append(scores.masked_fill(absent, MASKED).argmax(dim=1) == 0)
        self.model.train()
        return tuple(torch.cat(hits[n::3]).float().mean().item() for n in range(3))

    def _static(self, ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        rows = self.static[ids]
        lengths = rows.norm(dim=2)
        shares = lengths / lengths.sum(dim=1, keepdim=True).clamp(min=1e-6)
        return F.normalize(rows.sum(dim=1), dim=1), self.unit[ids], shares


def _cut(ids: Tensor) -> Tensor:
    return ids[..., : max(1, int((ids > 0).sum(dim=-1).max()))]


def _keys(texts: Tensor) -> Tensor:
    """A number for each text: equal texts have equal ones."""
    places = torch.arange(1, texts.shape[-1] + 1, device=texts.device)
    return (texts * (places * 2_654_435_761 % 1_000_003)).sum(dim=-1)


def _parameters(model: QuestionModel) -> list[dict[str, object]]:
    for frozen in (model.layers.table, model.layers.places):
        frozen.requires_grad_(False)
    trained = [p for p in model.parameters() if p.requires_grad]
    return [
        {"params": [p for p in trained if p.ndim > 1], "weight_decay": DECAY},
        {"params": [p for p in trained if p.ndim < 2], "weight_decay": 0.0},
    ]


def grouped(ranked: Sequence[Ranked], tokenizer: Tokenizer, device: torch.device) -> Group:
    texts = [[*r.texts, *[("", "")] * (TEXTS - len(r.texts))] for r in ranked]
    leads = _ids(tokenizer, [lead for own in texts for lead, _ in own], LEAD)
    bodies = _ids(tokenizer, [text for own in texts for _, text in own], TEXT)
    asked = _ids(tokenizer, [r.question for r in ranked], QUESTION)
    shape = (len(ranked), TEXTS, -1)
    return Group(
        asked.to(device), leads.reshape(shape).to(device), bodies.reshape(shape).to(device)
    )


def _ids(tokenizer: Tokenizer, texts: Sequence[str], longest: int) -> Tensor:
    bags = encode(tokenizer, [normalised(text) for text in texts], longest)
    found = torch.zeros(len(texts), longest, dtype=torch.long)
    for n, (start, end) in enumerate(zip(bags.starts, bags.starts[1:], strict=False)):
        found[n, : end - start] = torch.from_numpy(bags.ids[start:end].astype(np.int64))
    return found


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m training.read_questions")
    options.add_argument("--data", type=Path, default=sources.DATA)
    options.add_argument("--work", type=Path, default=sources.WORK)
    options.add_argument("--steps", type=int, default=STEPS)
    options.add_argument(
        "--from", type=Path, dest="exported", help="an exported model to go on from"
    )
    given = options.parse_args()
    torch.manual_seed(0)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    static = torch.from_numpy(load_file(SHIPPED / "model.safetensors")["embedding.weight"]).float()
    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    if given.exported:
        model = QuestionModel.exported(given.exported).to(device)
    else:
        kept = torch.load(given.work / "pretrained.pt")
        model = QuestionModel.pretrained(kept, static.shape[1]).to(device)
    trainer = Trainer(model, static.to(device))
    found = all_ranked(given.data, StaticEmbeddings())
    groups = {name: grouped(ranked, tokenizer, device) for name, ranked in found.items()}
    trainer.run(groups, given.steps, np.random.default_rng(0))
    for name in (n for n in groups if n.endswith("_held")):
        for way, static_alone in (("static", True), ("read", False)):
            words, vector, both = trainer.first(groups[name], static_alone)
            print(f"{name:12} {way:6} words {words:.3f} vector {vector:.3f} both {both:.3f}")
    torch.save(packed(model.state_dict()), given.work / "questions.pt")


if __name__ == "__main__":
    main()
