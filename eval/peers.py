"""The same cases through popular stacks at their default settings, side by side with ours.

    pip install -r eval/requirements-peers.txt
    python -m eval.peers [--docs DIR] [--cases FILE…] [--split dev|unseen]

Each stack splits the documents' cleaned text with its own splitter and embeds with the same model.
None has a chat model here, so what is compared is what a model would be given: the first passages.
A passage counts for every section it touches, which favours long passages; their length stands
beside. The only file that imports langchain_classic, langchain_community and jieba.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import InMemoryVectorStore
from tqdm import tqdm

from eval import answers, graders
from eval.answers import Library
from eval.asking import Opening
from eval.cases import CaseError, load, select
from eval.console import markdown_table
from eval.records import Case, GotEvidence
from eval.text import fold, squeeze
from index.errors import UserError

_TOP = 5
# The separators and sizes of Langchain-Chatchat's ChineseRecursiveTextSplitter (its defaults).
_CHINESE = ["\n\n", "\n", "。|！|？", r"\.\s|\!\s|\?\s", r"；|;\s", r"，|,\s"]
Search = Callable[[Case], Sequence[Sequence[GotEvidence]]]


@dataclass(frozen=True, slots=True)
class Row:
    """One stack: shares over the cases that have a gold section (facts: that have facts too)."""

    name: str
    cases: int
    recall_1: float
    recall_5: float
    facts_5: float
    chars_5: float


class Places:
    """Which sections a span of a document's cleaned text touches."""

    def __init__(self, library: Library) -> None:
        self._ends: dict[str, list[int]] = {}
        self._paths: dict[str, list[tuple[str, ...]]] = {}
        for document in library.documents():
            end, ends, paths = 0, [], []
            for section in library.sections(document.doc_id):
                end += sum(len(paragraph) + 1 for paragraph in section.paragraphs)
                ends.append(end)
                paths.append(section.heading_path)
            self._ends[document.doc_id], self._paths[document.doc_id] = ends, paths

    def touched(self, doc_id: str, start: int, text: str) -> list[GotEvidence]:
        """The passage once for each section it touches."""
        ends, paths = self._ends[doc_id], self._paths[doc_id]
        first = bisect_right(ends, start)
        last = bisect_right(ends, start + max(len(text) - 1, 0))
        found = dict.fromkeys(paths[first : last + 1])
        return [GotEvidence(doc_id, path, text, 0.0) for path in found]


def _documents(library: Library) -> list[Document]:
    return [
        Document(library.text(d.doc_id), metadata={"doc_id": d.doc_id}) for d in library.documents()
    ]


def _found(places: Places, documents: Sequence[Document]) -> list[list[GotEvidence]]:
    return [
        places.touched(d.metadata["doc_id"], d.metadata["start_index"], d.page_content)
        for d in documents[:_TOP]
    ]


def tutorial(library: Library, embeddings: Embeddings) -> Search:
    """LangChain's RAG tutorial: 1000 characters, 200 of them shared, similarity in memory."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=1000, chunk_overlap=200, add_start_index=True
    )
    store, places = InMemoryVectorStore(embeddings), Places(library)
    store.add_documents(splitter.split_documents(_documents(library)))
    return lambda case: _found(places, store.similarity_search(case.question, k=_TOP))


def ensemble(library: Library, embeddings: Embeddings) -> Search:
    """jieba words in BM25 and the vectors, fused half and half by rank, as in Langchain-Chatchat."""
    with warnings.catch_warnings():  # the package announces its own end
        warnings.simplefilter("ignore", DeprecationWarning)
        import jieba
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever
        from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=_CHINESE,
        is_separator_regex=True,
        chunk_size=750,
        chunk_overlap=150,
        add_start_index=True,
    )
    split = splitter.split_documents(_documents(library))
    store, places = InMemoryVectorStore(embeddings), Places(library)
    store.add_documents(split)
    words = BM25Retriever.from_documents(split, preprocess_func=jieba.lcut_for_search, k=_TOP)
    dense = store.as_retriever(search_kwargs={"k": _TOP})
    both = EnsembleRetriever(retrievers=[words, dense], weights=[0.5, 0.5])
    return lambda case: _found(places, both.invoke(case.question))


def ours(assistant: answers.Assistant) -> Search:
    """The passages the assistant itself answers from."""
    return lambda case: [[e] for e in answers.ask(assistant, case).evidence[:_TOP]]


def measure(name: str, search: Search, cases: Sequence[Case]) -> Row:
    """One stack over the cases."""
    recall: dict[int, list[float]] = {1: [], _TOP: []}
    facts, chars = [], []
    for case in tqdm(cases, desc=name, file=sys.stderr, mininterval=0.5):
        passages = search(case)
        for k, shares in recall.items():
            places = [place for passage in passages[:k] for place in passage]
            shares.append(graders.found(graders.targets(case), places))
        texts = [passage[0].text for passage in passages if passage]
        chars.append(float(sum(len(squeeze(text)) for text in texts)))
        if case.must:
            facts.append(not graders.missing_facts(case, fold("\n".join(texts))))
    return Row(name, len(cases), *(_mean(v) for v in (recall[1], recall[_TOP], facts, chars)))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def table(rows: Sequence[Row]) -> str:
    """The table that the README shows."""
    head = ["", "出处@1", "出处@5", "前5段含要点", "前5段字数"]
    shares = [
        [r.name, *(f"{v * 100:.1f}%" for v in (r.recall_1, r.recall_5, r.facts_5))] for r in rows
    ]
    return markdown_table(
        [head, *([*s, f"{r.chars_5:.0f}"] for s, r in zip(shares, rows, strict=True))]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; a user's error is one Chinese line."""
    parser = argparse.ArgumentParser(prog="python -m eval.peers", description="与常见做法并排")
    parser.add_argument("--docs", type=Path, help="文件所在的文件夹，缺省为 source_docs")
    parser.add_argument("--cases", type=Path, nargs="+", default=[], help="测试题文件")
    parser.add_argument("--split", default="", choices=["dev", "unseen"], help="只用这一部分")
    options = parser.parse_args(arguments)
    try:
        chosen = select(load(options.cases), split=options.split)
        cases = [c for c in chosen if c.gold and c.expect != "refuse"]
        assistant = Opening(options.docs).open()
        library, embeddings = assistant.library, assistant.library.embeddings
        try:
            peers = [("LangChain 教程", tutorial(library, embeddings))]
            peers += [("jieba BM25 + 向量", ensemble(library, embeddings))]
        except ImportError as error:
            raise CaseError(
                f"缺少 {error.name}：请先运行 pip install -r eval/requirements-peers.txt。"
            ) from error
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    rows = [measure(name, search, cases) for name, search in [*peers, ("问规", ours(assistant))]]
    print(f"{len(cases)} 道有出处的题，向量模型相同，都不用对话模型：\n\n{table(rows)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
