"""A small folder of documents of our own, and an index folder for each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.embeddings import StaticEmbeddings
from index.library import Library
from index.settings import Settings
from tests.documents import PLAN

PAPER = """云溪市产业发展研究

一、产业现状

2019年云溪市三次产业比重为1.0：48.0：51.0，工业是全市经济的支柱。

二、发展建议

建议培育物联网和集成电路产业集群，引进高端人才。
"""


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """An own data folder; with the parameter "milvus", an own Milvus Lite beside it."""
    lite = tmp_path / "lite.db" if getattr(request, "param", "") == "milvus" else ""
    return Settings(docs_dir=tmp_path / "docs", data_dir=tmp_path / "var", milvus_url=str(lite))


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Two documents and a catalog with a row for each."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "plan.md").write_text(PLAN, "utf-8")
    (folder / "paper.txt").write_text(PAPER, "utf-8")
    (folder / "catalog.csv").write_text(
        "doc_id,file,title,issuer,kind,published\n"
        "plan,plan.md,云溪市发展规划纲要,云溪市人民政府,规划纲要,2021\n"
        "paper,paper.txt,云溪市产业发展研究,,论文,2020\n",
        "utf-8",
    )
    return folder


@pytest.fixture
def reopen(docs: Path, settings: Settings, model: StaticEmbeddings) -> Callable[..., Library]:
    """Opens the index of `docs`; what is given goes to Library.open."""
    return lambda **given: Library.open(docs, **{"settings": settings, "model": model, **given})


@pytest.fixture
def library(reopen: Callable[..., Library]) -> Library:
    return reopen()
