"""What the environment says to index/: where documents and indexes lie, which model, which Chroma.

The only file of index/ that reads the environment. A wrong value fails at start, by name.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from index.errors import SettingError

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of index/, with what holds where the environment is silent."""

    docs_dir: Path = ROOT / "source_docs"  # WENGUI_DOCS
    data_dir: Path = ROOT / "var"  # WENGUI_DATA
    embedding_model: str = ""  # EMBEDDING_MODEL; '': the shipped model
    chroma_url: str = ""  # CHROMA_URL; '': embedded, in the index folder
    reranker_model: str = ""  # RERANKER_MODEL; '': none


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings; raises SettingError naming the variable whose value can't be used."""
    source = os.environ if environ is None else environ
    given = {name: source.get(name, "").strip() for name in _FIELDS}
    plain = Settings()
    return Settings(
        docs_dir=_docs(given["WENGUI_DOCS"]) or plain.docs_dir,
        data_dir=_data(given["WENGUI_DATA"]) or plain.data_dir,
        embedding_model=_model("EMBEDDING_MODEL", given["EMBEDDING_MODEL"]),
        reranker_model=_model("RERANKER_MODEL", given["RERANKER_MODEL"]),
        chroma_url=_url(given["CHROMA_URL"]),
    )


_FIELDS = ("WENGUI_DOCS", "WENGUI_DATA", "EMBEDDING_MODEL", "RERANKER_MODEL", "CHROMA_URL")


def stay_offline() -> bool:
    """Keep Hugging Face's libraries off the network unless HF_HUB_OFFLINE=0 was asked for.

    Call it before they are imported. True where they are kept off: a model is then looked for on
    this machine alone, and one that is missing fails at once instead of after minutes of retries.
    """
    return os.environ.setdefault("HF_HUB_OFFLINE", "1") != "0"


def _docs(value: str) -> Path | None:
    if value and not Path(value).is_dir():
        raise SettingError(f"WENGUI_DOCS 指的文件夹“{value}”不存在：请填写文件所在的文件夹。")
    return Path(value) if value else None


def _data(value: str) -> Path | None:
    if value and Path(value).exists() and not Path(value).is_dir():
        raise SettingError(f"WENGUI_DATA 的值“{value}”不是文件夹：请填写存放索引的文件夹。")
    return Path(value) if value else None


def _model(name: str, value: str) -> str:
    looks_like_path = value.startswith((".", "/", "~", "\\"))
    if looks_like_path and not Path(value).expanduser().is_dir():
        raise SettingError(
            f"{name} 指的文件夹“{value}”不存在：请填写模型文件夹，或去掉这个设置。"
        )
    return str(Path(value).expanduser()) if looks_like_path else value


def _url(value: str) -> str:
    wrong = SettingError(
        f"CHROMA_URL 的值“{value}”不对：请填写 Chroma 服务的地址，例如 http://127.0.0.1:8000。"
    )
    try:
        parts = urlsplit(value)
        usable = not value or (parts.scheme in ("http", "https") and bool(parts.hostname))
        _ = parts.port
    except ValueError as error:
        raise wrong from error
    if not usable:
        raise wrong
    return value
