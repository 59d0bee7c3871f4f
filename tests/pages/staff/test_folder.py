"""The documents folder: nothing leaves it but into the trash, and everything comes back."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from index.errors import UserError
from pages.staff import collection
from pages.staff import folder as module
from pages.staff.collection import CollectionError
from pages.staff.folder import Folder

TEXT = "# 云溪市规划\n\n## 第一章 目标\n\n到2027年，新建公园33个。\n".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "旧.md").write_bytes(TEXT)
    (docs / "catalog.csv").write_text("doc_id,file\n", "utf-8")
    return Folder(docs, tmp_path / "data")


def test_a_file_is_looked_at_before_it_is_taken_in(folder: Folder) -> None:
    waiting = folder.receive("新.md", io.BytesIO(TEXT))
    assert [s.heading_path[-1] for s in waiting.parsed.sections if s.paragraphs] == ["第一章 目标"]
    assert (waiting.same, waiting.replaces) == ("旧.md", False)
    assert folder.files() == ["旧.md"]
    assert folder.take(waiting.token, "张三") == "新.md"
    assert folder.files() == ["新.md", "旧.md"]
    assert (folder.docs_dir / "新.md").read_bytes() == TEXT
    assert not list(folder.docs_dir.glob(".*"))


def test_what_is_replaced_or_removed_can_be_restored(folder: Folder) -> None:
    waiting = folder.receive("旧.md", io.BytesIO(TEXT.replace(b"33", b"44")))
    assert waiting.replaces
    folder.take(waiting.token, "张三")
    (replaced,) = folder.trashed()
    assert (replaced.file, replaced.by) == ("旧.md", "张三")
    with pytest.raises(CollectionError, match="已有"):
        folder.restore(replaced.id)
    folder.remove("旧.md", "李四")
    assert folder.files() == []
    assert folder.restore(replaced.id) == "旧.md"
    assert (folder.docs_dir / "旧.md").read_bytes() == TEXT
    assert [one.by for one in folder.trashed()] == ["李四"]


def test_a_write_that_fails_leaves_the_folder_as_it_was(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = folder.receive("旧.md", io.BytesIO(b"# \xe7\x94\xb2\n\n" + TEXT))

    def full(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr(module, "_write", full)
    with pytest.raises(CollectionError, match="磁盘空间"):
        folder.take(waiting.token, "张三")
    with pytest.raises(CollectionError, match="磁盘空间"):
        folder.remove("旧.md", "张三")
    assert (folder.docs_dir / "旧.md").read_bytes() == TEXT
    assert folder.trashed() == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.exe", TEXT, "不支持"),
        (".hidden.md", TEXT, "不能用的字符"),
        ("a<b>.md", TEXT, "不能用的字符"),
        ("catalog.csv", TEXT, "目录"),
        ("长" * 130 + ".md", TEXT, "改短"),
        ("空.md", b"", "空的"),
        ("a.docx", b"PK nothing", "内容却不是"),
    ],
)
def test_what_cannot_be_taken_in_is_said_and_not_kept(
    folder: Folder, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        folder.receive(name, io.BytesIO(content))
    assert folder.files() == ["旧.md"]


def test_a_path_in_a_name_leads_nowhere(folder: Folder) -> None:
    assert folder.receive("../../外面.md", io.BytesIO(TEXT)).name == "外面.md"
    with pytest.raises(CollectionError):
        folder.remove("../data", "张三")
    with pytest.raises(CollectionError):
        folder.waiting("../../docs")


def test_a_file_too_large_is_refused(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "LARGEST", 1 << 20)
    with pytest.raises(CollectionError, match="超过1 MB"):
        folder.receive("大.md", io.BytesIO(b"x" * ((1 << 20) + 1)))


def test_files_nobody_takes_in_give_way(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 1)
    first = folder.receive("一.md", io.BytesIO(TEXT))
    folder.receive("二.md", io.BytesIO(TEXT))
    with pytest.raises(CollectionError, match="重新上传"):
        folder.take(first.token, "张三")


def test_a_file_replaced_after_it_was_looked_at_is_not_overwritten(folder: Folder) -> None:
    mine, theirs = TEXT.replace(b"33", b"44"), TEXT.replace(b"33", b"55")
    first, second = (folder.receive("旧.md", io.BytesIO(content)) for content in (mine, theirs))
    folder.take(second.token, "李四")
    with pytest.raises(CollectionError, match="在您查看之后已由李四换成另一份（20.*重新上传"):
        folder.take(first.token, "张三")
    assert (folder.docs_dir / "旧.md").read_bytes() == theirs
    folder.take(folder.receive("旧.md", io.BytesIO(mine)).token, "张三")
    assert (folder.docs_dir / "旧.md").read_bytes() == mine
    assert [one.by for one in folder.trashed()].count("李四") == 1


def test_two_who_send_a_new_name_are_told_too(folder: Folder) -> None:
    first, second = (folder.receive("新.md", io.BytesIO(TEXT)) for _ in range(2))
    folder.take(second.token, "李四")
    with pytest.raises(CollectionError, match="在您查看之后已换成另一份，没有覆盖它"):
        folder.take(first.token, "张三")
    folder.remove("新.md", "李四")
    assert folder.take(first.token, "张三") == "新.md"
