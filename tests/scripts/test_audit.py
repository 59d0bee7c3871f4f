"""The audit of dependencies says what was looked up, and never takes a skipped package for a sound one."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.scripts.loading import loaded

SOUND: dict[str, Any] = {"name": "a", "version": "1", "vulns": []}
WEAK: dict[str, Any] = {
    "name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"], "aliases": []}]
}  # fmt: skip
UNKNOWN: dict[str, Any] = {"name": "c", "skip_reason": "not found"}


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    return loaded("audit")


@pytest.mark.parametrize(
    ("packages", "code", "words"),
    [
        ([SOUND], 0, "查了1个，有已知漏洞的：0处"),
        ([SOUND, WEAK], 1, "b==2：PYSEC-1，修复于 2.1"),
        ([SOUND, UNKNOWN], 2, "没有查到的1个：c"),
        ([UNKNOWN, UNKNOWN], 3, "一个也没有查到"),
        ([], 3, "一个也没有查到"),
    ],
)
def test_it_says_what_was_looked_up(
    audit: ModuleType, packages: list[dict[str, Any]], code: int, words: str
) -> None:
    told, given = audit.said(audit.found({"dependencies": packages}))
    assert given == code
    assert words in told


def test_without_a_network_it_says_so(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(place: Path) -> Path:
        raise audit.NotAudited("装不上")

    monkeypatch.setattr(audit, "_tool", fails)
    assert audit.main([]) == 3
    assert "装不上" in capsys.readouterr().err
