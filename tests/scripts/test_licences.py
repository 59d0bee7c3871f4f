"""The list of licences sees what can't be used."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from tests.scripts.loading import loaded


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    return loaded("licences")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("MIT", False),
        ("Apache-2.0 OR BSD-3-Clause", False),
        ("LGPL-3.0-only", False),
        ("GNU Lesser General Public License v3", False),
        ("AGPL-3.0-or-later", True),
        ("GNU Affero General Public License v3", True),
        ("GPL-3.0", True),
        ("Server Side Public License", True),
        ("", True),
    ],
)
def test_a_licence_that_can_not_be_used_is_seen(
    licences: ModuleType, words: str, expected: bool
) -> None:
    assert licences.refused(words) is expected


def test_what_we_bring_can_be_used(
    licences: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert licences.main([]) == 0
    shown = capsys.readouterr().out
    assert "gradio==" in shown
    assert "tantivy==" in shown
    assert "不能用的：没有" in shown


def test_a_list_that_can_not_be_read_is_said(licences: ModuleType, tmp_path: Path) -> None:
    assert licences.main([str(tmp_path / "none.txt")]) == 2
