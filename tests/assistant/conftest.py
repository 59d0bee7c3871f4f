"""One library over our own documents, built once; every answer is checked when it is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant, Settings
from assistant.candidates import Candidate, score
from assistant.features import Asked
from assistant.pieces import Pieces
from assistant.question import analyse
from assistant.soft import Sought, WordVectors
from assistant.terms import units, weigh
from index.embeddings import StaticEmbeddings
from index.library import Library
from index.questions import QuestionModel
from index.settings import Settings as IndexSettings
from tests.assistant.answer_checks import Ask, asker

DOCUMENTS = Path(__file__).parent / "documents"
DIFFERING = Path(__file__).parent / "differing"
PROVINCE = Path(__file__).parent / "province"
REGULATIONS = Path(__file__).parent / "regulations"
CandidatesOf = Callable[[str], list[Candidate]]


@pytest.fixture(scope="session")
def words(model: StaticEmbeddings) -> WordVectors:
    return WordVectors(model)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, model: StaticEmbeddings) -> Library:
    """The index of documents/: a plan, a paper on the same city, one each on 南京 and 扬州."""
    data = tmp_path_factory.mktemp("var")
    settings = IndexSettings(docs_dir=DOCUMENTS, data_dir=data)
    return Library.open(DOCUMENTS, settings=settings, model=model)


@pytest.fixture(scope="session")
def assistant(library: Library) -> Assistant:
    return Assistant(library, Settings())


@pytest.fixture(scope="session")
def ask(assistant: Assistant) -> Ask:
    """`ask(question, *earlier, doc_ids=None)`: the answer after these earlier questions."""
    return asker(assistant)


@pytest.fixture(scope="session")
def ask_differing(tmp_path_factory: pytest.TempPathFactory, model: StaticEmbeddings) -> Ask:
    """`ask` over differing/: a plan, a study and a newspaper that do not agree, with lists and a table."""
    settings = IndexSettings(docs_dir=DIFFERING, data_dir=tmp_path_factory.mktemp("var"))
    return asker(Assistant(Library.open(DIFFERING, settings=settings, model=model), Settings()))


@pytest.fixture(scope="session")
def ask_province(tmp_path_factory: pytest.TempPathFactory, model: StaticEmbeddings) -> Ask:
    """`ask` over province/: a province's report, its rules and a plan of the whole country."""
    settings = IndexSettings(docs_dir=PROVINCE, data_dir=tmp_path_factory.mktemp("var"))
    return asker(Assistant(Library.open(PROVINCE, settings=settings, model=model), Settings()))


@pytest.fixture(scope="session")
def ask_regulations(tmp_path_factory: pytest.TempPathFactory, model: StaticEmbeddings) -> Ask:
    """`ask` over regulations/: a city's rules, article by article, most of them enumerations."""
    settings = IndexSettings(docs_dir=REGULATIONS, data_dir=tmp_path_factory.mktemp("var"))
    return asker(Assistant(Library.open(REGULATIONS, settings=settings, model=model), Settings()))


@pytest.fixture(scope="session")
def candidates_of(library: Library, model: StaticEmbeddings, words: WordVectors) -> CandidatesOf:
    """The scored candidates of a question over the whole library."""
    pieces = Pieces(lambda texts: model.matrix(list(texts)), words)
    reads = QuestionModel(model)
    titles = {d.doc_id: frozenset(units(d.title)) for d in library.documents()}

    def run(text: str) -> list[Candidate]:
        question = analyse(text)
        terms = weigh(question.text, library.frequency, library.count())
        vector = np.asarray(model.embed_query(question.text), dtype=np.float32)
        hits = library.search(question.text, 40)
        read = reads.read(question.text)
        sought = Sought(read.words, read.weights[None])
        asked = Asked(question, terms, vector, vector, read.vector, sought, read.remembered)
        return score(asked, words, hits, pieces, titles)

    return run
