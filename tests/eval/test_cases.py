"""Cases read and refused line by line."""

import json
from pathlib import Path

import pytest

from eval.cases import CaseError, files_of, fingerprint, load, select
from eval.records import Gold
from tests.eval.eval_fakes import case

FULL = {
    "id": "a",
    "group": "数字",
    "question": "多少？",
    "history": [{"role": "user", "content": "前"}, {"role": "assistant", "content": "后"}],
    "expect": "answer",
    "gold": [{"doc": "plan", "path": ["第二章", "（一）"], "lead": "扩大"}],
    "gold_mode": "any",
    "also_ok": [{"doc": "plan", "path": []}],
    "must": [["20家", "二十家"], ["2025年"]],
    "must_not": ["30"],
    "note": "注",
}


def write(folder: Path, *items: object, name: str = "dev-a.jsonl") -> Path:
    file = folder / name
    lines = [i if isinstance(i, str) else json.dumps(i, ensure_ascii=False) for i in items]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_every_field_arrives(tmp_path: Path) -> None:
    found = load([write(tmp_path, FULL)])[0]
    assert found.history == (("user", "前"), ("assistant", "后"))
    assert found.gold == (Gold("plan", ("第二章", "（一）"), "扩大"),)
    assert found.also_ok == (Gold("plan", ()),)
    assert found.must == (("20家", "二十家"), ("2025年",))
    assert (found.gold_mode, found.must_not, found.note) == ("any", ("30",), "注")
    assert (found.file, found.line, found.split) == ("dev-a.jsonl", 1, "dev")


def test_defaults_blank_lines_and_byte_order_mark(tmp_path: Path) -> None:
    file = write(tmp_path, "\ufeff", {"id": "b", "question": "什么？", "expect": "refuse"}, "")
    found = load([file])[0]
    assert (found.line, found.gold, found.gold_mode, found.must) == (2, (), "all", ())


def test_a_line_separator_inside_a_text_ends_no_line(tmp_path: Path) -> None:
    assert (
        load([write(tmp_path, FULL | {"note": "甲\u2028乙\u0085丙"})])[0].note
        == "甲\u2028乙\u0085丙"
    )


def test_split_by_file_name_and_by_field(tmp_path: Path) -> None:
    file = write(tmp_path, FULL, FULL | {"id": "b", "split": "dev"}, name="unseen-x.jsonl")
    cases = load([file])
    assert [c.split for c in cases] == ["unseen", "dev"]
    assert [c.id for c in select(cases, split="unseen")] == ["a"]
    assert select(cases, group="别的") == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": ""}, "id"),
        ({"id": 3}, "id"),
        ({"question": None}, "question"),
        ({"expect": "maybe"}, "maybe"),
        ({"gold_mode": "some"}, "some"),
        ({"must": ["20家"]}, "must"),
        ({"must": [[]]}, "must"),
        ({"must": [[20]]}, "引号"),
        ({"must_not": "30"}, "must_not"),
        ({"gold": [{"path": []}]}, "doc"),
        ({"gold": [{"doc": "a", "path": "第一章"}]}, "path"),
        ({"history": [{"role": "system", "content": "x"}]}, "role"),
        ({"split": "test"}, "split"),
    ],
)
def test_a_wrong_field_is_named_with_its_line(tmp_path: Path, change: dict, said: str) -> None:
    file = write(tmp_path, FULL | {"id": "ok"}, FULL | change)
    with pytest.raises(CaseError, match=said) as raised:
        load([file])
    assert f"{file}:2" in str(raised.value)


@pytest.mark.parametrize("line", ["{", "[]", '"x"', "3"])
def test_no_object(tmp_path: Path, line: str) -> None:
    with pytest.raises(CaseError, match=":1"):
        load([write(tmp_path, line)])


def test_an_id_is_used_once_over_all_files(tmp_path: Path) -> None:
    files = [write(tmp_path, FULL), write(tmp_path, FULL, name="dev-b.jsonl")]
    with pytest.raises(CaseError, match="编号重复：a"):
        load(files)


def test_missing_and_badly_coded_files(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="读不出来"):
        load([tmp_path / "none.jsonl"])
    (tmp_path / "gbk.jsonl").write_bytes("多少".encode("gbk"))
    with pytest.raises(CaseError, match="UTF-8"):
        load([tmp_path / "gbk.jsonl"])
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(CaseError, match="没有找到"):
        load([empty])


def test_a_folder_stands_for_its_files(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl", "c.txt"):
        (tmp_path / name).touch()
    assert [f.name for f in files_of([tmp_path])] == ["a.jsonl", "b.jsonl"]


def test_fingerprint_sees_what_is_asked_and_expected_only() -> None:
    asked = case(must=(("20",),))
    assert fingerprint(asked) == fingerprint(case(must=(("20",),), note="改了注", group="改了组"))
    assert fingerprint(asked) != fingerprint(case(must=(("20", "21"),)))
    assert fingerprint(asked) != fingerprint(case(must=(("20",),), gold=(Gold("a", ()),)))
