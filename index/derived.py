"""What is derived from a store, written and opened together, in the engine that the settings name.

Knows which engine it is and that it must hold as many passages as the store. None needs a document:
whatever is broken or in another engine is written again from the store.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from index.embedded import EmbeddedEngine
from index.embedded import drop_unused as drop_unused_vectors
from index.engine import Engine, EngineBroken, Entry, Step, Vectors
from index.errors import NotWritten
from index.generations import Generation
from index.passages import indexed_text
from index.plan import model_of
from index.settings import Settings
from index.store import Store
from index.vectors import TO_CONNECT, served
from index.words import terms


def write_derived(store: Store, generation: Generation, settings: Settings, step: Step) -> None:
    """Write everything from the store into an empty generation."""
    titles = {d.doc_id: d.title for d in store.documents()}

    def portions() -> Iterator[tuple[list[Entry], Vectors]]:
        for passages, rows in store.portions():
            texts = [(p, indexed_text(p, titles[p.doc_id])) for p in passages]
            yield [Entry(p.passage_id, p.doc_id, terms(text)) for p, text in texts], rows

    try:
        with closing(_created(store, generation, settings)) as engine:
            engine.add(portions, step)
    except EngineBroken as error:
        where = settings.milvus_url or generation.folder
        raise NotWritten(
            f"索引写不进 {where}，原来的索引不受影响：请检查磁盘空间和写入权限。"
        ) from error


def open_derived(store: Store, generation: Generation, settings: Settings) -> Engine:
    """Ready to search. Raises EngineBroken where it has to be written again."""
    engine = _opened(generation, settings)
    found = engine.count()
    if found != store.count():
        raise EngineBroken(f"{found} of {store.count()} passages")
    _probe(store, engine)
    return engine


def require_engine(settings: Settings) -> None:
    """Raises IndexUnusable where a server does not answer: before hours of reading, not after."""
    if settings.milvus_url:
        from index.milvus import connected

        connected(settings)
    elif settings.chroma_url:
        served(settings.chroma_url, TO_CONNECT).close()


def drop_unused(current: Generation, settings: Settings) -> None:
    """On a server, remove what belongs to generations that are no more."""
    if settings.milvus_url:
        from index import milvus

        milvus.drop_unused(current, settings)
    else:
        drop_unused_vectors(current, settings.chroma_url)


def _probe(store: Store, engine: Engine) -> None:
    """A search of each: files can be torn where opening them does not look."""
    for passages, rows in store.portions():
        words = dict.fromkeys(terms(passages[0].text)[:3], 1.0)
        engine.by_words(words, 1)
        engine.by_vector(rows[0], 1)
        return


# pymilvus is an optional extra, and 0.5 s and 60 MB: it is imported where it was asked for.
def _created(store: Store, generation: Generation, settings: Settings) -> Engine:
    if settings.milvus_url:
        from index.milvus import MilvusEngine

        dimension = model_of(store).dimension
        return MilvusEngine.create(generation, settings, store.count(), dimension)
    return EmbeddedEngine.create(generation, settings.chroma_url, store.count())


def _opened(generation: Generation, settings: Settings) -> Engine:
    if settings.milvus_url:
        from index.milvus import MilvusEngine

        return MilvusEngine.open(generation, settings)
    return EmbeddedEngine.open(generation, settings.chroma_url)
