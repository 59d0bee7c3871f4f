"""The layers hold: imports run one way, and engines, environment and pins have one place each."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RUN_TIME = ("index", "assistant", "pages", "app")
LOCAL = (*RUN_TIME, "eval", "training", "tests")

# What each part may import besides itself; a dotted name stands for that module alone.
MAY_IMPORT = {
    "index": (),
    "assistant": ("index",),
    "pages": (
        "assistant", "index.records", "index.errors", "index.library", "index.settings",
        "index.tables.values", "index.catalog", "index.intake", "index.locks",
        "index.originals", "index.readers.kinds",
    ),
    "app": ("pages", "assistant", "index", "eval.desk"),
    "eval": (
        "assistant", "index.records", "index.errors", "index.build", "index.library",
        "index.settings",
    ),
    "training": ("index", "assistant", "eval"),
}  # fmt: skip
RECORDS = {
    "index/records.py": (),
    "assistant/records.py": ("index.records",),
    "eval/records.py": (),
}
ENGINES = {
    "chromadb": "index/vectors.py",
    "tantivy": "index/lexical.py",
    "pymilvus": "index/milvus.py",
}
SETTINGS_FILES = {
    "index/settings.py",
    "assistant/settings.py",
    "assistant/chat/settings.py",
    "pages/settings.py",
}
LONGEST_FILE = 300

# Pinned and not imported by name: why they are there.
NOT_IMPORTED = {
    "transformers": "sentence-transformers loads it",
    "langchain": "the project's own base, with langchain-core",
    "langchain-openai": "chat models that speak the OpenAI protocol",
    "langchain-chroma": "LangChain programs of others that open the same collection",
    "python-multipart": "FastAPI reads forms with it",
    "psycopg": "SQLAlchemy opens PostgreSQL with it",
    "cryptography": "pypdf opens AES-encrypted files with it",
}
OPTIONAL_NOT_IMPORTED = {"milvus-lite": "pymilvus opens a path ending in .db with it"}
PIN = re.compile(r"[A-Za-z0-9._-]+(?:\[[a-z]+\])?==[0-9][A-Za-z0-9.]*")


def sources(part: str) -> list[Path]:
    """A part's Python files; a part is a package or a module at the top."""
    single = ROOT / f"{part}.py"
    return [single] if single.is_file() else sorted((ROOT / part).rglob("*.py"))


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imports(code: str, package: str) -> Iterator[str]:
    """Every module the code imports, wherever it stands; `from a import b` gives a.b."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package if node.level else node.module or ""
            yield from (f"{base}.{alias.name}" for alias in node.names)


@cache
def imports_of(file: Path) -> set[str]:
    package = file.parent.relative_to(ROOT).as_posix().replace("/", ".")
    return set(imports(file.read_text("utf-8"), package))


def within(module: str, allowed: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in allowed)


def reads_environment(code: str) -> bool:
    tree = ast.parse(code)
    named = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    named |= {a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names}
    return bool(named & {"environ", "environb", "getenv"})


def test_the_checks_see_what_they_look_for() -> None:
    code = "import chromadb.api\ndef f():\n    from index import store\n    from . import own\n"
    assert set(imports(code, "pages")) == {"chromadb.api", "index.store", "pages.own"}
    assert within("index.records.Hit", ("index.records",))
    assert not within("index.recordings", ("index.records",))
    assert reads_environment("import os\nos.environ['A']")
    assert reads_environment("from os import getenv")
    assert not reads_environment("import os\nos.fsencode('a')")
    assert all(sources(part) for part in MAY_IMPORT)


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_imports_run_one_way(part: str) -> None:
    allowed = (part, *MAY_IMPORT[part])
    wrong = [
        f"{name_of(file)}: {module}"
        for file in sources(part)
        for module in sorted(imports_of(file))
        if within(module, LOCAL) and not within(module, allowed)
    ]
    assert wrong == []


@pytest.mark.parametrize("file", RECORDS)
def test_records_import_nothing_local(file: str) -> None:
    local = {m for m in imports_of(ROOT / file) if within(m, LOCAL)}
    assert {m for m in local if not within(m, RECORDS[file])} == set()


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_is_imported_in_one_file(engine: str) -> None:
    files = [f for part in MAY_IMPORT for f in sources(part)]
    using = {name_of(f) for f in files if any(within(m, (engine,)) for m in imports_of(f))}
    assert using == {ENGINES[engine]}


def test_the_environment_is_read_in_the_settings_files_alone() -> None:
    files = [f for part in (*RUN_TIME, "eval") for f in sources(part)]
    reading = {name_of(f) for f in files if reads_environment(f.read_text("utf-8"))}
    assert reading == SETTINGS_FILES


@pytest.mark.parametrize("part", ["index", "assistant"])
def test_files_are_short(part: str) -> None:
    lengths = {name_of(f): len(f.read_text("utf-8").splitlines()) for f in sources(part)}
    assert {name: n for name, n in lengths.items() if n >= LONGEST_FILE} == {}


def test_mcp_is_imported_in_one_file() -> None:
    using = {name_of(f) for part in MAY_IMPORT for f in sources(part) if "mcp" in {
        m.partition(".")[0] for m in imports_of(f)
    }}  # fmt: skip
    assert using == {"assistant/mcp_server.py"}


@pytest.mark.long
def test_the_default_path_loads_no_torch_and_no_other_layer(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "plan.md").write_text("# 规划\n\n## 目标\n\n到2025年，新增公园12个。\n", "utf-8")
    code = (
        "import json, sys\nfrom pathlib import Path\n"
        "from assistant import open_assistant\n"
        "answer = open_assistant(Path(sys.argv[1])).ask('到2025年新增多少个公园？')\n"
        "print(json.dumps([answer.text, sorted({name.partition('.')[0] for name in sys.modules})]))"
    )
    unset = ("EMBEDDING_MODEL", "LLM_", "MILVUS_")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(unset)}
    done = subprocess.run(
        [sys.executable, "-c", code, str(docs)],
        cwd=ROOT,
        env=environment | {"WENGUI_DATA": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=True,
    )
    text, loaded = json.loads(done.stdout)
    assert "12" in text
    heavy = {
        "torch", "transformers", "sentence_transformers", "gradio", "langchain_openai", "openai", "pymilvus",
    }  # fmt: skip
    assert set(loaded) & (heavy | {"pages", "eval", "training"}) == set()
    assert {"chromadb", "tantivy"} <= set(loaded)


def requirement_lines(file: str) -> list[str]:
    lines = (ROOT / file).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def pinned(file: str) -> set[str]:
    pins = [line for line in requirement_lines(file) if not line.startswith("-r ")]
    return {normal(re.split(r"==|\[", pin)[0]) for pin in pins}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported_distributions(*parts: str) -> set[str]:
    """The installed packages that these parts import by name."""
    known = packages_distributions()
    tops = {m.partition(".")[0] for part in parts for f in sources(part) for m in imports_of(f)}
    return {normal(name) for top in tops - sys.stdlib_module_names for name in known.get(top, ())}


@pytest.mark.parametrize(
    "file",
    [
        "requirements.txt",
        "requirements-dev.txt",
        "requirements-mcp.txt",
        "requirements-milvus.txt",
        "eval/requirements-peers.txt",
    ],
)
def test_requirements_are_pinned(file: str) -> None:
    lines = [line for line in requirement_lines(file) if not line.startswith("-r requirements")]
    assert [line for line in lines if not PIN.fullmatch(line)] == []


def test_requirements_are_what_the_code_imports() -> None:
    run_time, dev = pinned("requirements.txt"), pinned("requirements-dev.txt")
    peers = pinned("eval/requirements-peers.txt")
    optional = pinned("requirements-mcp.txt") | pinned("requirements-milvus.txt")
    imported = imported_distributions(*RUN_TIME, "eval") - peers
    assert imported - run_time == optional - OPTIONAL_NOT_IMPORTED.keys()
    assert run_time - imported - NOT_IMPORTED.keys() == set()
    assert NOT_IMPORTED.keys() <= run_time
    assert imported_distributions("tests", "training") - run_time - dev == set()


def test_other_stacks_are_imported_in_one_file() -> None:
    stacks = ("langchain_classic", "langchain_community", "langchain_text_splitters", "jieba")
    files = [f for part in MAY_IMPORT for f in sources(part)]
    using = {name_of(f) for f in files if any(within(m, stacks) for m in imports_of(f))}
    assert using == {"eval/peers.py"}
