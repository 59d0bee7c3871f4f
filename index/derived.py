"""The two indexes that are derived from a store: words and vectors, written and opened together.

Knows where each lies and that it must hold as many passages as its store. Neither needs a document:
whatever is broken is written again from the store.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.errors import NotWritten
from index.generations import Generation
from index.lexical import WordIndex, WordIndexBroken
from index.passages import indexed_text
from index.store import Store
from index.vectors import VectorIndex, VectorIndexBroken, discard, embedded, served
from index.words import terms
from index.working import Working

IN_FOLDER = "passages"  # the collection's name where Chroma lies in the generation's folder
Step = Callable[[int], None]  # told how many passages have been indexed since the last call


class DerivedBroken(Exception):
    """Words or vectors are missing, torn, or of another store."""


@dataclass(frozen=True, slots=True)
class Derived:
    """Both, open for searching, and the working copy they are read from."""

    words: WordIndex
    vectors: VectorIndex
    working: Working

    def close(self) -> None:
        """Lets go of files and memory; nothing can be searched after."""
        self.vectors.close()
        self.working.close()


def write_derived(store: Store, generation: Generation, chroma_url: str, step: Step) -> None:
    """Write both from the store into an empty generation."""
    try:
        with closing(
            _vectors(generation.vectors, generation, chroma_url, store.count())
        ) as vectors:
            _write(store, WordIndex(generation.words, create=True), vectors, step)
    except (WordIndexBroken, VectorIndexBroken) as error:
        raise NotWritten(
            f"索引写不进 {generation.folder}，原来的索引不受影响：请检查磁盘空间和写入权限。"
        ) from error


def _write(store: Store, words: WordIndex, vectors: VectorIndex, step: Step) -> None:
    titles = {d.doc_id: d.title for d in store.documents()}
    with words.writing() as writer:
        for passages, rows in store.portions():
            for passage in passages:
                text = indexed_text(passage, titles[passage.doc_id])
                writer.add(passage.passage_id, passage.doc_id, terms(text))
            vectors.add([p.passage_id for p in passages], [p.doc_id for p in passages], rows)
            step(len(passages))


def open_derived(store: Store, generation: Generation, chroma_url: str) -> Derived:
    """Both, ready to search. Raises DerivedBroken where one has to be written again."""
    if not generation.derived_is_sound:
        raise DerivedBroken(f"{generation.folder} is not what was written")
    here = (part for part in (generation.words, generation.vectors) if part.is_dir())
    working = Working(*here)
    try:
        folder = working.folder
        words = WordIndex(folder / generation.words.name)
        vectors = _vectors(folder / generation.vectors.name, generation, chroma_url)
        derived = Derived(words, vectors, working)
        counts = derived.words.count(), derived.vectors.count()
        _probe(store, derived)
    except (WordIndexBroken, VectorIndexBroken) as error:
        raise DerivedBroken(str(error)) from error
    if counts != (store.count(),) * 2:
        raise DerivedBroken(f"{counts} of {store.count()} passages")
    return derived


def _probe(store: Store, derived: Derived) -> None:
    """A search of each: files can be torn where opening them does not look."""
    for passages, rows in store.portions():
        words = dict.fromkeys(terms(passages[0].text)[:3], 1.0)
        derived.words.search(words, 1)
        derived.vectors.search(rows[0], 1)
        return


def drop_served(chroma_url: str, current: Generation) -> None:
    """On a Chroma server, remove the collections of generations that are no more."""
    if not chroma_url:
        return
    client = served(chroma_url)
    home = current.folder.parent
    for name in (collection.name for collection in client.list_collections()):
        family, _, generation = name.rpartition(".")
        if family == home.name and not (home / generation).is_dir():
            discard(client, name)


def _vectors(
    folder: Path, generation: Generation, chroma_url: str, expected: int | None = None
) -> VectorIndex:
    if chroma_url:
        return VectorIndex(served(chroma_url), generation.name, expected)
    if expected is None and not folder.is_dir():
        raise VectorIndexBroken(str(folder))
    return VectorIndex(embedded(folder), IN_FOLDER, expected)
