"""Every question is limited, logged and counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pages.limits import Allowance, Busy, Limits
from pages.logbook import Logbook
from pages.metrics import Metrics
from pages.records import Audit, open_database
from pages.watch import Visitor, Watch
from tests.pages.test_logbook import ANSWER

VISITOR = Visitor("10.0.0.7", "Browser/1", "visit-1")


def test_an_answer_is_on_the_log_before_it_is_handed_on(tmp_path: Path) -> None:
    records = open_database(tmp_path)
    watch = Watch(Limits(), Limits(), Metrics(), Logbook(records, "index-1"))
    pieces = watch.over(VISITOR, iter(["到2025年", ANSWER]))
    assert next(pieces) == "到2025年"
    assert list(Audit(records).entries()) == []
    assert next(pieces) is ANSWER
    (entry,) = Audit(records).entries()
    assert json.loads(entry.data)["answer"] == ANSWER.text
    records.close()


def test_one_visit_too_many_is_turned_away_and_another_visit_is_not() -> None:
    metrics = Metrics()
    watch = Watch(Limits(Allowance(burst=1)), Limits(), metrics)
    assert list(watch.over(VISITOR, iter([ANSWER]))) == [ANSWER]
    with pytest.raises(Busy):
        list(watch.over(VISITOR, iter([ANSWER])))
    other = Visitor("10.0.0.7", "Browser/1", "visit-2")
    assert list(watch.over(other, iter([ANSWER]))) == [ANSWER]
    assert metrics.registry.get_sample_value("wengui_busy_total") == 1


def test_a_visitor_who_leaves_gives_the_place_back() -> None:
    watch = Watch(Limits(Allowance(at_once=1)), Limits(), Metrics())
    pieces = watch.over(VISITOR, iter(["a", ANSWER]))
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert list(watch.over(VISITOR, iter([ANSWER]))) == [ANSWER]
