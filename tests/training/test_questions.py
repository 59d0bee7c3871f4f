"""The written questions: read on a small report of our own, and all of them where the data is."""

from __future__ import annotations

import csv
import io
import json
import lzma
import tarfile
from pathlib import Path

import pytest

pytest.importorskip("opencc")

from training import questions, sources
from training.questions import QuestionError, load, paragraph_id

LINES = ["各位代表：", "全年新修公路30公里；建成食堂12个，老人吃饭打六折。新增床位50张。"]
ID = paragraph_id("河南省", 2, LINES[1])
GOOD = {
    "id": ID,
    "question": "老人下馆子便宜点不",
    "kind": "everyday",
    "field": "pensions",
    "answer": "老人吃饭",
}
MISS = {
    "id": ID,
    "question": "食堂在哪条街",
    "kind": "near-miss",
    "field": "pensions",
    "note": "no address",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An archive of two reports, one of a held-out province."""
    table = io.StringIO(newline="")
    csv.writer(table).writerows([["full_text"], ["\r\n\r\n ".join(LINES)]])
    content = table.getvalue().encode("utf-8-sig")
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for province in ("河南省", "四川省"):
            member = tarfile.TarInfo(f"output/2026_{province}_政府工作报告.csv")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    (tmp_path / "gov_reports_2026.tar.xz").write_bytes(lzma.compress(packed.getvalue()))
    return tmp_path


def _load(data: Path, *items: dict[str, str]) -> list[questions.Asked]:
    lines = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)
    (data / "some.jsonl").write_text(lines, "utf-8")
    return load(data, data)


def test_a_question_comes_with_its_paragraph_and_the_sentence_that_answers(data: Path) -> None:
    (asked,) = _load(data, GOOD)
    assert (asked.question, asked.paragraph) == (GOOD["question"], LINES[1])
    assert asked.sentence == "建成食堂12个，老人吃饭打六折。"
    assert asked.paragraph[asked.answer_at :].startswith(GOOD["answer"])


def test_a_near_miss_has_no_sentence(data: Path) -> None:
    (asked,) = _load(data, MISS)
    assert (asked.sentence, asked.answer_at) == ("", -1)


def test_an_id_is_province_number_and_digest() -> None:
    assert paragraph_id("河南省", 7, "甲") == "河南省-7-33e3580c0931"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": ID[:-1] + "x"}, "no paragraph"),
        ({"id": paragraph_id("四川省", 2, LINES[1])}, "held out"),
        ({"answer": "老人出行"}, "stands 0 times"),
        ({"answer": "新"}, "stands 2 times"),
        ({"answer": LINES[1][:21]}, "has 21 characters"),
        ({"kind": "other"}, "unknown kind other"),
        ({"kind": "near-miss"}, "a near miss has a note"),
    ],
)
def test_what_does_not_fit_is_named_with_file_and_line(
    data: Path, change: dict[str, str], message: str
) -> None:
    with pytest.raises(QuestionError, match=rf"^some\.jsonl:2: .*{message}"):
        _load(data, MISS, {**GOOD, "note": "x", **change})


def test_a_line_without_an_answer_is_named(data: Path) -> None:
    with pytest.raises(QuestionError, match="some.jsonl:1: the line lacks 'answer'"):
        _load(data, {name: value for name, value in GOOD.items() if name != "answer"})


def test_a_question_stands_once_in_a_file(data: Path) -> None:
    with pytest.raises(QuestionError, match="some.jsonl:2: the question stands twice"):
        _load(data, GOOD, GOOD)


def test_the_written_questions_fit_the_reports() -> None:
    if not (sources.DATA / "gov_reports_2026.tar.xz").is_file():
        pytest.skip("the reports are not there")
    found = load()
    assert {asked.kind for asked in found} == set(questions.KINDS)
    assert len({asked.question for asked in found}) == len(found)
