"""Backup and restore: everything comes back, damage is found before anything is touched."""

from __future__ import annotations

import errno
import io
import itertools
import shutil
import tarfile
from pathlib import Path
from threading import Event, Thread

import pytest

from pages.records import Audit, Feedback, Queue, command, open_database
from pages.records.backup import BackupError, back_up, restore
from pages.records.database import RecordsUnusable
from pages.staff.folder import Folder


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    docs, data = tmp_path / "docs", tmp_path / "data"
    (docs / "附件").mkdir(parents=True)
    (docs / "规划.md").write_text("# 规划\n", "utf-8")
    (docs / "附件" / "表.csv").write_text("a,b\n", "utf-8")
    database = open_database(data)
    Queue(database).add(Feedback(False, "问", "答", "数字不对"))
    Audit(database).add("answer", "device", {"n": 1})
    database.close()
    return docs, data


def counts(data: Path) -> dict[str, int]:
    database = open_database(data)
    found = Queue(database).counts() | {"audit": Audit(database).verify().entries}
    database.close()
    return found


def test_all_comes_back_and_the_present_is_moved_aside(
    places: tuple[Path, Path], tmp_path: Path
) -> None:
    docs, data = places
    target = tmp_path / "backup.tar.gz"
    assert back_up(target, docs, data) == 3
    (docs / "规划.md").write_text("改过", "utf-8")
    (docs / "新.md").write_text("新", "utf-8")
    database = open_database(data)
    Queue(database).add(Feedback(True, "问", "答"))
    database.close()
    count, aside = restore(target, docs, data)
    assert count == 3
    assert sorted(p.name for p in docs.rglob("*")) == sorted(["规划.md", "附件", "表.csv"])
    assert (docs / "规划.md").read_text("utf-8") == "# 规划\n"
    assert counts(data) == {"数字不对": 1, "audit": 1}
    assert any((place / "新.md").exists() for place in aside)


def test_a_database_that_is_written_meanwhile_is_copied_whole(
    places: tuple[Path, Path], tmp_path: Path
) -> None:
    docs, data = places
    stop, database = Event(), open_database(data)

    def write() -> None:
        while not stop.is_set():
            Audit(database).add("answer", "device", {"text": "字" * 500})

    writer = Thread(target=write)
    writer.start()
    try:
        back_up(tmp_path / "backup.tar.gz", docs, data)
    finally:
        stop.set()
        writer.join()
        database.close()
    restore(tmp_path / "backup.tar.gz", tmp_path / "docs2", tmp_path / "data2")
    restored = open_database(tmp_path / "data2")
    assert Audit(restored).verify().holds
    restored.close()


def test_a_backup_never_replaces_another(places: tuple[Path, Path], tmp_path: Path) -> None:
    target = tmp_path / "backup.tar.gz"
    target.write_bytes(b"precious")
    with pytest.raises(BackupError, match="已经存在"):
        back_up(target, *places)
    assert target.read_bytes() == b"precious"


def damaged(whole: bytes, kind: str) -> bytes:
    if kind == "cut":
        return whole[: len(whole) // 2]
    if kind == "flipped":
        middle = len(whole) // 2
        return whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :]
    return b"no archive" if kind == "other" else b""


@pytest.mark.parametrize("kind", ["cut", "flipped", "other", "empty"])
def test_a_damaged_backup_changes_nothing(
    places: tuple[Path, Path], tmp_path: Path, kind: str
) -> None:
    docs, data = places
    target = tmp_path / "backup.tar.gz"
    back_up(target, docs, data)
    target.write_bytes(damaged(target.read_bytes(), kind))
    (docs / "规划.md").write_text("现在的", "utf-8")
    with pytest.raises(BackupError, match="不是完整的备份"):
        restore(target, docs, data)
    assert (docs / "规划.md").read_text("utf-8") == "现在的"
    assert [p.name for p in data.iterdir() if p.name.startswith("restore-")] == []


def test_no_flipped_byte_passes(places: tuple[Path, Path], tmp_path: Path) -> None:
    docs, data = places
    target = tmp_path / "backup.tar.gz"
    back_up(target, docs, data)
    whole = target.read_bytes()
    # Before 40 stands gzip's header: a changed time or file name of its own harms nothing.
    for place in range(40, len(whole) - 8, max(1, len(whole) // 60)):
        flipped = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        target.write_bytes(flipped)
        with pytest.raises(BackupError):
            restore(target, tmp_path / "docs2", tmp_path / "data2")
    assert not (tmp_path / "docs2").exists()


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "documents/../../evil", "other/file"])
def test_a_backup_writes_nowhere_else(places: tuple[Path, Path], tmp_path: Path, name: str) -> None:
    target = tmp_path / "evil.tar.gz"
    with tarfile.open(target, "w:gz") as tar:
        member = tarfile.TarInfo(name)
        member.size = 1
        tar.addfile(member, io.BytesIO(b"x"))
    with pytest.raises(BackupError, match="不是完整的备份"):
        restore(target, *places)
    assert list(tmp_path.rglob("evil")) == []


def test_the_commands_do_both(
    places: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    docs, data = places
    monkeypatch.setenv("WENGUI_DATA", str(data))
    monkeypatch.setenv("WENGUI_DOCS", str(docs))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    target = str(tmp_path / "b.tar.gz")
    assert command.main(["backup", target]) == 0
    assert command.main(["backup", target]) == 1
    assert command.main(["restore", target]) == 0
    assert command.main(["restore", str(tmp_path / "none.tar.gz")]) == 1
    shown = capsys.readouterr()
    assert "已备份3个文件" in shown.out
    assert "已恢复3个文件" in shown.out
    assert "没有找到备份" in shown.err


def test_a_restore_under_a_running_server_is_refused(
    places: tuple[Path, Path], tmp_path: Path
) -> None:
    docs, data = places
    target = tmp_path / "backup.tar.gz"
    back_up(target, docs, data)
    running = open_database(data)
    number = Queue(running).add(Feedback(True, "新问", "答"))
    with pytest.raises(BackupError, match="先停止服务"):
        restore(target, docs, data)
    assert Queue(running).get(number) is not None
    running.close()
    restore(target, docs, data)
    assert counts(data) == {"数字不对": 1, "audit": 1}


def test_a_restore_that_is_cut_off_is_told_at_the_next_start_and_made_again(
    places: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs, data = places
    target = tmp_path / "backup.tar.gz"
    back_up(target, docs, data)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "move", lambda new, place: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            restore(target, docs, data)
    assert not docs.exists()
    with pytest.raises(RecordsUnusable, match=f"restore {target}"):
        open_database(data)
    restore(target, docs, data)
    assert (docs / "规划.md").read_text("utf-8") == "# 规划\n"
    assert counts(data) == {"数字不对": 1, "audit": 1}


def test_a_place_that_cannot_be_changed_leaves_all_as_it_was(
    places: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs, data = places
    target = tmp_path / "backup.tar.gz"
    back_up(target, docs, data)

    def busy(*_: object) -> None:
        raise OSError(errno.EBUSY, "busy")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", busy)
        with pytest.raises(BackupError, match="没有删除"):
            restore(target, docs, data)
    assert counts(data) == {"数字不对": 1, "audit": 1}


def test_a_volume_keeps_its_place(
    places: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs, data = places
    target, again = tmp_path / "backup.tar.gz", tmp_path / "again.tar.gz"
    back_up(target, docs, data)
    (docs / "新.md").write_text("新", "utf-8")
    monkeypatch.setattr(Path, "is_mount", lambda path: path == docs)
    _, aside = restore(target, docs, data)
    assert sorted(p.name for p in docs.iterdir() if not p.name.startswith(".")) == [
        "规划.md",
        "附件",
    ]
    assert (aside[0] / "新.md").exists() and aside[0].parent == docs
    assert back_up(again, docs, data) == 3  # what went aside is no part of the next backup


def test_the_trash_and_the_accepted_cases_come_back(
    places: tuple[Path, Path], tmp_path: Path
) -> None:
    docs, data = places
    folder = Folder(docs, data)
    folder.remove("规划.md", "张三")
    (data / "cases").mkdir()
    (data / "cases" / "dev-accepted.jsonl").write_text("{}\n", "utf-8")
    back_up(tmp_path / "backup.tar.gz", docs, data)
    restore(tmp_path / "backup.tar.gz", tmp_path / "docs2", tmp_path / "data2")
    assert (tmp_path / "data2" / "cases" / "dev-accepted.jsonl").read_text("utf-8") == "{}\n"
    trash = next((tmp_path / "data2" / "trash").rglob("content"))
    assert trash.read_text("utf-8") == "# 规划\n"


def test_one_file_under_two_names_is_saved_twice(places: tuple[Path, Path], tmp_path: Path) -> None:
    docs, data = places
    (docs / "同.md").hardlink_to(docs / "规划.md")
    back_up(tmp_path / "backup.tar.gz", docs, data)
    restore(tmp_path / "backup.tar.gz", tmp_path / "docs2", tmp_path / "data2")
    assert (tmp_path / "docs2" / "同.md").read_text("utf-8") == "# 规划\n"


def test_a_backup_made_while_documents_come_and_go_is_whole(
    places: tuple[Path, Path], tmp_path: Path
) -> None:
    docs, data = places
    folder, stop = Folder(docs, data), Event()
    texts = [f"# 规划\n\n## 目标\n\n{'字' * (9_000 * n)}。\n".encode() for n in (1, 2)]

    def work() -> None:
        for n in itertools.count():
            if stop.is_set():
                return
            folder.take(folder.receive("变.md", io.BytesIO(texts[n % 2])).token, "张三")
            folder.remove("变.md", "张三")
            folder.restore(folder.trashed()[0].id)

    worker = Thread(target=work)
    worker.start()
    try:
        made = [tmp_path / f"{n}.tar.gz" for n in range(12)]
        for target in made:
            back_up(target, docs, data)
    finally:
        stop.set()
        worker.join()
    for n, target in enumerate(made):
        restore(target, tmp_path / f"docs{n}", tmp_path / f"data{n}")
        for changing in (tmp_path / f"docs{n}").glob("变.md"):
            assert changing.read_bytes() in texts
