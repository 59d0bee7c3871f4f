"""kill -9 during a build: the index before stays in force, and the next build goes through."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.build import build
from index.embeddings import StaticEmbeddings
from index.library import Library
from index.settings import Settings

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
]

# One interpreter loads everything once, then forks a build for each moment and kills it there:
# a function is replaced by one that runs the original and then kills its own process (or, with
# "before", kills it first).
KILLER = """
import os, signal, sys
from pathlib import Path
from index import build as module
from index.derived import write_derived
from index.generations import Home
from index.settings import Settings
from index.store_writer import StoreWriter

docs, data = Path(sys.argv[1]), Path(sys.argv[2])

def dying(function, before):
    def replaced(*given, **named):
        if not before:
            function(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)
    return replaced

MOMENTS = [
    (module, "take", False),
    (StoreWriter, "add", False),
    (StoreWriter, "finish", True),
    (StoreWriter, "finish", False),
    (module, "write_derived", True),
    (module, "write_derived", False),
    (Path, "replace", True),
]
for owner, name, before in MOMENTS:
    child = os.fork()
    if child == 0:
        setattr(owner, name, dying(getattr(owner, name), before))
        module.build(docs, settings=Settings(docs, data))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(name, "killed" if os.WIFSIGNALED(status) else "survived", flush=True)
"""


def test_the_index_before_stays_in_force(
    docs: Path, settings: Settings, model: StaticEmbeddings
) -> None:
    first = build(docs, settings=settings, model=model)
    (docs / "plan.md").write_text("# 新规划\n\n## 第一章 新\n\n新的正文。\n", "utf-8")
    said = subprocess.run(
        [sys.executable, "-c", KILLER, str(docs), str(settings.data_dir)],
        capture_output=True,
        text=True,
        check=True,
    )
    moments = said.stdout.split("\n")[:-1]
    assert len(moments) == 7 and all(moment.endswith(" killed") for moment in moments)

    library = Library.open(docs, build_if_needed=False, settings=settings, model=model)
    assert library.index_hash == first.index_hash
    assert any("65%" in hit.passage.text for hit in library.search("护理型床位占比"))

    after = build(docs, settings=settings, model=model)
    assert not after.unchanged
    kept = {p.name for p in after.folder.parent.iterdir() if p.is_dir()}
    assert kept == {first.folder.name, after.folder.name}
    library = Library.open(docs, build_if_needed=False, settings=settings, model=model)
    assert library.search("新的正文", 1)[0].passage.text == "新的正文。"
