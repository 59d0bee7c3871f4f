"""python -m training.export: the tables of several seeds, averaged, as the shipped model's folder.

fp16 rows, for SentenceTransformer loads no int8 rows; the folder's model card stays as it is. The
new folder is made beside the old one and then takes its place.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from index.embeddings import SHIPPED
from index.vocabulary import PIECES
from training.cooccurrence import Vectors
from training.sources import WORK
from training.vocabulary import pieces

CARD = "README.md"


def averaged(folders: Sequence[Path]) -> Vectors:
    """The mean of the folders' tables, which have the same words and the same first stage."""
    tables = [load_file(folder / "model.safetensors")["embedding.weight"] for folder in folders]
    mean: Vectors = np.mean(tables, axis=0, dtype=np.float32)
    return mean


def export(folders: Sequence[Path], out: Path) -> None:
    """Writes the model's folder; an older one of that name gives its model card and goes."""
    tokenizer = Tokenizer.from_file(str(folders[0] / "tokenizer.json"))
    module = StaticEmbedding(tokenizer, embedding_weights=averaged(folders))
    made = out.with_name(f"{out.name}.new")
    shutil.rmtree(made, ignore_errors=True)
    model = SentenceTransformer(modules=[module], device="cpu").half()
    model.save(str(made), create_model_card=False)
    (made / PIECES).write_bytes(pieces(tokenizer))
    if (out / CARD).exists():
        shutil.copyfile(out / CARD, made / CARD)
    for file in made.iterdir():
        file.chmod(0o644)
    _swap(made, out)


def _swap(made: Path, out: Path) -> None:
    """Two renames: nobody opens a folder half written."""
    old = out.with_name(f"{out.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    made.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m training.export")
    options.add_argument("folders", nargs="*", type=Path, help="default: all of WORK/seed-*")
    options.add_argument("--out", type=Path, default=SHIPPED)
    given = options.parse_args()
    export(given.folders or sorted(WORK.glob("seed-*")), given.out)


if __name__ == "__main__":
    main()
