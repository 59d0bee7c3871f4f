from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import SettingError
from index.settings import ROOT, Settings, from_environment


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
