"""Two runs compared: broke, mended, changed without effect, and what can't be compared."""

import pytest

from eval import diff
from eval.records import Result
from tests.eval.eval_fakes import case, citation, reply


def result(name: str, status: str, text: str = "甲", **fields: object) -> Result:
    scores = {"right": {"right": 1.0, "wrong": 0.0, "failed": 0.0, "unscored": None}[status]}
    return Result(case(id=name, **fields), reply(text), scores, status)


BEFORE = [
    result("a", "right"), result("b", "wrong"), result("c", "right"), result("d", "wrong"),
    result("e", "unscored"), result("f", "right"), result("gone", "right"),
]  # fmt: skip
NOW = [
    result("a", "failed"), result("b", "right"), result("c", "right", "乙"), result("d", "wrong"),
    result("e", "unscored", "乙"), result("f", "right", must=(("别的",),)), result("new", "wrong"),
]  # fmt: skip


def test_kinds() -> None:
    found = diff.compare("r1", BEFORE, NOW)
    assert {p.now.case.id: p.kind for p in found.pairs} == {
        "a": "broke", "b": "mended", "c": "changed", "d": "same", "e": "changed",
    }  # fmt: skip
    assert (found.added, found.gone, found.altered) == (1, 1, 1)
    assert diff.counted(found)["变坏"] == 1


def test_a_citation_that_moved_is_a_change() -> None:
    before = Result(case(), reply("甲", citations=(citation(1, "d", "第一章"),)), {}, "right")
    now = Result(case(), reply("甲", citations=(citation(1, "d", "第二章"),)), {}, "right")
    assert diff.kind_of(before, now) == "changed"
    assert diff.kind_of(before, before) == "same"


def test_shifts_are_paired() -> None:
    found = diff.compare("r1", BEFORE, NOW)
    (right,) = [s for s in found.shifts if s.key == "right"]
    assert (right.n, right.before, right.now) == (4, 0.5, 0.5)
    assert right.low < 0 < right.high
    assert diff.shift("right", [(0.0, 1.0)] * 20).low == 1.0


def test_the_data_names_no_unseen_case() -> None:
    secret = [result("s", "right", split="unseen")]
    worse = [result("s", "wrong", split="unseen")]
    data = diff.as_data(diff.compare("r1", [*BEFORE, *secret], [*NOW, *worse]))
    assert data["counts"]["broke"] == 2
    assert [c["id"] for c in data["cases"]] == ["a", "b", "c", "e"]
    assert data["cases"][0]["before"] == "甲"
    revealed = diff.as_data(diff.compare("r1", secret, worse), reveal=True)
    assert [c["id"] for c in revealed["cases"]] == ["s"]


@pytest.mark.parametrize(("before", "now"), [([], []), (BEFORE, []), ([], NOW)])
def test_nothing_to_pair(before: list, now: list) -> None:
    found = diff.compare("r1", before, now)
    assert (found.pairs, found.shifts) == ([], [])
