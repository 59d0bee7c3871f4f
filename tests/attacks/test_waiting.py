"""Fifty visitors ask a real server at once that answers two at a time: all are answered, and told."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.attacks.ground import served
from tests.attacks.target import STRANGER, Target, can_come_from, last_html

pytestmark = pytest.mark.skipif(
    not can_come_from(STRANGER), reason="needs the addresses of 127.0.0.0/8"
)
CROWD = 50


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with served(tmp_path_factory.mktemp("narrow"), WENGUI_AT_ONCE="2") as target:
        yield target


def test_all_of_a_crowd_are_answered_and_told_how_many_are_before_them(narrow: Target) -> None:
    asked = {"question": "2025年每千人口托位数要达到多少？", "history": [], "documents": None}
    assert narrow.config

    def ask(n: int) -> str:
        return narrow.stream("submit", asked, address=f"127.0.1.{n + 1}")

    with ThreadPoolExecutor(CROWD) as crowd:
        streams = list(crowd.map(ask, range(CROWD)))
    assert [stream for stream in streams if "4.5" not in last_html(stream)] == []
    assert any("前面还有" in stream and "请不要关闭本页" in stream for stream in streams)
