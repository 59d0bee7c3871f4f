"""What the environment says to index/: where documents and indexes lie, which model and engine.

The only file of index/ that reads the environment. A wrong value fails at start, by name.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
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
    milvus_url: str = ""  # MILVUS_URL; '': words and vectors embedded, in the index folder
    milvus_token: str = field(default="", repr=False)  # MILVUS_TOKEN
    index_dir: Path | None = None  # WENGUI_INDEX; snapshots published by another; None: own index
    # DATABASE_URL where WENGUI_ORIGINALS=database: docs_dir is laid out from there; '': it is a folder
    originals_url: str = field(default="", repr=False)

    @property
    def one_process(self) -> bool:
        """Whether a second process can't open the index: Milvus Lite locks its folder."""
        return self.milvus_url.endswith(".db")


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings; raises SettingError naming the variable whose value can't be used."""
    source = os.environ if environ is None else environ
    given = {name: source.get(name, "").strip() for name in _FIELDS}
    plain = Settings()
    if given["CHROMA_URL"] and given["MILVUS_URL"]:
        raise SettingError("CHROMA_URL 和 MILVUS_URL 只能设置一个：请去掉其中一个。")
    data_dir = _data(given["WENGUI_DATA"]) or plain.data_dir
    originals_url = _originals(given)
    folder = data_dir / "originals" if originals_url else _docs(given["WENGUI_DOCS"])
    return Settings(
        docs_dir=folder or plain.docs_dir,
        data_dir=data_dir,
        embedding_model=_model("EMBEDDING_MODEL", given["EMBEDDING_MODEL"]),
        reranker_model=_model("RERANKER_MODEL", given["RERANKER_MODEL"]),
        chroma_url=_url(given["CHROMA_URL"]),
        milvus_url=_milvus(given["MILVUS_URL"]),
        milvus_token=given["MILVUS_TOKEN"],
        index_dir=_index(given["WENGUI_INDEX"]),
        originals_url=originals_url,
    )


_FIELDS = (
    "WENGUI_DOCS",
    "WENGUI_DATA",
    "WENGUI_INDEX",
    "WENGUI_ORIGINALS",
    "DATABASE_URL",
    "EMBEDDING_MODEL",
    "RERANKER_MODEL",
    "CHROMA_URL",
    "MILVUS_URL",
    "MILVUS_TOKEN",
)


def stay_offline() -> bool:
    """Keep Hugging Face's libraries off the network unless HF_HUB_OFFLINE=0 was asked for.

    Call it before they are imported. True where they are kept off: a model is then looked for on
    this machine alone, and one that is missing fails at once instead of after minutes of retries.
    """
    return os.environ.setdefault("HF_HUB_OFFLINE", "1") != "0"


def shield_from_pymilvus() -> None:
    """Call it before pymilvus is imported: it reads a .env file into this process's environment,
    and a variable MILVUS_URI, where a path makes the import fail. Ours is MILVUS_URL.
    """
    os.environ["PYTHON_DOTENV_DISABLED"] = "1"
    os.environ.pop("MILVUS_URI", None)


def _docs(value: str) -> Path | None:
    if value and not Path(value).is_dir():
        raise SettingError(f"WENGUI_DOCS 指的文件夹“{value}”不存在：请填写文件所在的文件夹。")
    return Path(value) if value else None


def _data(value: str) -> Path | None:
    if value and Path(value).exists() and not Path(value).is_dir():
        raise SettingError(f"WENGUI_DATA 的值“{value}”不是文件夹：请填写存放索引的文件夹。")
    return Path(value) if value else None


def _index(value: str) -> Path | None:
    if value and not Path(value).is_dir():
        raise SettingError(
            f"WENGUI_INDEX 指的文件夹“{value}”不存在：请填写发布索引的文件夹，"
            "先用 python -m index.publish 文件夹 发布一次；或去掉这个设置。"
        )
    return Path(value) if value else None


def _originals(given: Mapping[str, str]) -> str:
    value, url = given["WENGUI_ORIGINALS"], given["DATABASE_URL"]
    if value in ("", "folder"):
        return ""
    if value != "database":
        raise SettingError(
            f"WENGUI_ORIGINALS 的值“{value}”不对：请填写 folder（文件在文件夹里）"
            "或 database（文件在 DATABASE_URL 的 PostgreSQL 里）。"
        )
    if not url:
        raise SettingError(
            "设置了 WENGUI_ORIGINALS=database，但没有设置 DATABASE_URL：请填写 PostgreSQL 的地址。"
        )
    if given["WENGUI_DOCS"]:
        raise SettingError(
            "WENGUI_ORIGINALS=database 和 WENGUI_DOCS 只能设置一个：文件要么在数据库里，要么在文件夹里。"
        )
    return url


def _model(name: str, value: str) -> str:
    looks_like_path = value.startswith((".", "/", "~", "\\"))
    if looks_like_path and not Path(value).expanduser().is_dir():
        raise SettingError(f"{name} 指的文件夹“{value}”不存在：请填写模型文件夹，或去掉这个设置。")
    return str(Path(value).expanduser()) if looks_like_path else value


def _url(value: str) -> str:
    if value and not _is_address(value):
        raise SettingError(
            f"CHROMA_URL 的值“{value}”不对：请填写 Chroma 服务的地址，例如 http://127.0.0.1:8000。"
        )
    return value


def _milvus(value: str) -> str:
    """An address, or the path of a Milvus Lite folder, whole."""
    if not value:
        return ""
    if find_spec("pymilvus") is None or find_spec("milvus_lite") is None:
        raise SettingError(
            "设置了 MILVUS_URL，但没有安装 pymilvus 和 milvus-lite："
            "请运行 pip install -r requirements-milvus.txt，或去掉这个设置。"
        )
    if _is_address(value):
        return value
    path = Path(value).expanduser().absolute()
    if "://" in value or path.suffix != ".db":
        raise SettingError(
            f"MILVUS_URL 的值“{value}”不对：请填写 Milvus 的地址，例如 http://127.0.0.1:19530，"
            "或以 .db 结尾的路径（Milvus Lite）。"
        )
    if not path.parent.is_dir() or (path.exists() and not path.is_dir()):
        raise SettingError(
            f"MILVUS_URL 的路径“{value}”不能用：它所在的文件夹要已经存在，它自己不能是别的文件。"
        )
    return str(path)


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
