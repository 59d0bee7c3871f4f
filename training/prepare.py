"""python -m training.prepare: from the data sets to word ids, pairs and first vectors.

Writes tokenizer.json, pairs.npz and first.npy to the work folder; the same each time.
--thesaurus-alone renews the thesaurus' pairs and leaves words, vectors and other pairs as they are.
"""

from __future__ import annotations

import argparse
import random
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import rjieba
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.thesaurus import Entry, entries
from training import sources
from training.bags import encode
from training.cooccurrence import word_vectors
from training.pairs import Pairs, all_pairs, corpus, halves, thesaurus_pairs
from training.vocabulary import make_tokenizer

Arrays = dict[str, NDArray[Any]]
DIMENSION = 256
QUERY_WORDS, PASSAGE_WORDS, TEXT_WORDS = 96, 200, 300
TEXT_CHARACTERS = 600  # of each text that counts and first vectors are made from
REPORT_WEIGHT = 8  # of a report's words in the counts: 0.4M characters beside 70M
QUESTION_WEIGHT = 4  # of a question's words
ASKED = ("cmrc_trial", "drcd", "stard")


def normalised(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def prepare(data: Path, known: Sequence[Entry], work: Path) -> None:
    """Everything training reads, written to `work`."""
    work.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    pairs = all_pairs(data, known, random.Random(0))
    for name, found in pairs.items():
        print(f"{name:12} {len(found):8,} pairs")
    print(f"{time.perf_counter() - started:.0f} s", flush=True)
    texts = list(_texts(data))
    tokenizer = make_tokenizer(_counts(texts, pairs))
    tokenizer.save(str(work / "tokenizer.json"))
    print(f"{tokenizer.get_vocab_size():,} words, {time.perf_counter() - started:.0f} s")
    np.savez(work / "pairs.npz", **_arrays(pairs, tokenizer))
    shown = [t[:TEXT_CHARACTERS] for _, t in texts]
    shown += sorted({b for name in ASKED for _, b in pairs[name]})
    bags = encode(tokenizer, shown, TEXT_WORDS)
    np.save(work / "first.npy", word_vectors(bags, tokenizer.get_vocab_size(), DIMENSION))
    print(f"{len(bags):,} texts, {len(bags.ids):,} words, {time.perf_counter() - started:.0f} s")


def renew_thesaurus(data: Path, known: Sequence[Entry], work: Path) -> None:
    """Only the thesaurus' pairs anew, in the words of an earlier run."""
    pairs = thesaurus_pairs(known, list(corpus(data)), random.Random(0))
    for name, found in pairs.items():
        print(f"{name:12} {len(found):8,} pairs")
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    with np.load(work / "pairs.npz") as kept:
        arrays = dict(kept) | _arrays(pairs, tokenizer)
    np.savez(work / "pairs.npz", **arrays)


def _texts(data: Path) -> Iterator[tuple[int, str]]:
    """(weight, text) of the corpus."""
    for article in sources.news(data):
        yield 1, normalised(article)
    for law in sources.laws(data):
        yield 1, normalised(f"{law.title}|{law.heading}|{law.text}")
    for paragraph in sources.reports(data, held_out=False):
        yield REPORT_WEIGHT, normalised(paragraph)


def _counts(texts: list[tuple[int, str]], pairs: Pairs) -> Counter[str]:
    counts: Counter[str] = Counter()
    for weight, text in texts:
        for word in rjieba.cut(text):
            counts[word] += weight
    for name in (*ASKED, "cilin", "terms"):
        weight = QUESTION_WEIGHT if name in ASKED else 1
        for first, second in pairs[name]:
            for word in rjieba.cut(normalised(first)):
                counts[word] += weight
            counts.update(rjieba.cut(normalised(second)))
    return counts


def _arrays(pairs: Pairs, tokenizer: Tokenizer) -> Arrays:
    """name.query.ids, name.query.starts, name.passage.ids, name.passage.starts of each source."""
    arrays: Arrays = {}
    for name, found in pairs.items():
        for side, texts, longest in (
            ("query", [normalised(a) for a, _ in found], QUERY_WORDS),
            ("passage", [normalised(b) for _, b in found], PASSAGE_WORDS),
        ):
            bags = encode(tokenizer, texts, longest)
            arrays[f"{name}.{side}.ids"], arrays[f"{name}.{side}.starts"] = bags.ids, bags.starts
    return arrays


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m training.prepare")
    options.add_argument("--data", type=Path, default=sources.DATA)
    options.add_argument("--work", type=Path, default=sources.WORK)
    options.add_argument("--thesaurus-alone", action="store_true")
    options.add_argument("--half", action="store_true", help="every second field of the thesaurus")
    given = options.parse_args()
    known = halves(entries())[0] if given.half else entries()
    make = renew_thesaurus if given.thesaurus_alone else prepare
    make(given.data, known, given.work)


if __name__ == "__main__":
    main()
