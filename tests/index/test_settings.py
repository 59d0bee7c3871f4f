from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.errors import SettingError
from index.settings import ROOT, Settings, from_environment, shield_from_pymilvus


def test_a_silent_environment_gives_the_defaults() -> None:
    assert from_environment({}) == Settings()
    assert Settings().docs_dir == ROOT / "source_docs"


def test_each_variable_is_read(tmp_path: Path) -> None:
    given = from_environment(
        {
            "WENGUI_DOCS": str(tmp_path),
            "WENGUI_DATA": str(tmp_path / "new"),
            "EMBEDDING_MODEL": "some/model",
            "RERANKER_MODEL": "some/reranker",
            "CHROMA_URL": " http://127.0.0.1:8000 ",
        }
    )
    assert given == Settings(
        tmp_path, tmp_path / "new", "some/model", "http://127.0.0.1:8000", "some/reranker"
    )


def test_milvus_is_an_address_or_a_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.settings.find_spec", lambda _: object())
    given = from_environment({"MILVUS_URL": "https://milvus.example", "MILVUS_TOKEN": "a:b"})
    assert (given.milvus_url, given.milvus_token) == ("https://milvus.example", "a:b")
    assert "a:b" not in repr(given)
    monkeypatch.chdir(tmp_path)
    assert from_environment({"MILVUS_URL": "own.db"}).milvus_url == str(tmp_path / "own.db")
    (tmp_path / "file.db").write_text("not a folder", "utf-8")
    for wrong in ("milvus:19530", "ftp://host", "http://", "own.sqlite", "none/own.db", "file.db"):
        with pytest.raises(SettingError, match="MILVUS_URL"):
            from_environment({"MILVUS_URL": wrong})
    with pytest.raises(SettingError, match="CHROMA_URL 和 MILVUS_URL"):
        from_environment({"MILVUS_URL": "http://a", "CHROMA_URL": "http://b"})


def test_missing_pymilvus_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.settings.find_spec", lambda _: None)
    with pytest.raises(SettingError, match="requirements-milvus.txt"):
        from_environment({"MILVUS_URL": "http://127.0.0.1:19530"})
    assert from_environment({}).milvus_url == ""


def test_pymilvus_finds_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILVUS_URI", "./some.db")  # with it, pymilvus can't be imported
    monkeypatch.delenv("PYTHON_DOTENV_DISABLED", raising=False)
    shield_from_pymilvus()
    assert "MILVUS_URI" not in os.environ
    assert os.environ["PYTHON_DOTENV_DISABLED"] == "1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WENGUI_DOCS", "/no/such/folder"),
        ("WENGUI_DATA", __file__),
        ("EMBEDDING_MODEL", "./no-such-model"),
        ("RERANKER_MODEL", "./no-such-model"),
        ("CHROMA_URL", "127.0.0.1:8000"),
        ("CHROMA_URL", "http://"),
        ("CHROMA_URL", "http://host:port"),
        ("CHROMA_URL", "ftp://host"),
    ],
)
def test_a_wrong_value_fails_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        from_environment({name: value})
