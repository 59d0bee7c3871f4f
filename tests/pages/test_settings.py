"""What the environment says to pages/, and wrong values by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import SettingError
from pages import site
from pages.settings import Settings, from_environment, spare_statistics
from tests.pages.fakes import FakeAssistant


def test_silence_gives_the_defaults() -> None:
    assert from_environment({}) == Settings()


def test_what_is_set_is_taken(tmp_path: Path) -> None:
    found = from_environment(
        {
            "DATABASE_URL": " postgresql://u@h/d ",
            "WENGUI_AUDIT_DAYS": "30",
            "WENGUI_PER_MINUTE": "5",
            "WENGUI_BURST": "2",
            "WENGUI_AUDIT_ARCHIVE": str(tmp_path),
            "WENGUI_AT_ONCE": "3",
        }
    )
    assert found.database_url == "postgresql://u@h/d"
    assert (found.audit_days, found.per_minute, found.burst) == (30, 5, 2)
    assert (found.audit_archive, found.at_once) == (tmp_path, 3)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WENGUI_AUDIT_DAYS", "0"),
        ("WENGUI_AUDIT_DAYS", "一年"),
        ("WENGUI_PER_MINUTE", "-1"),
        ("WENGUI_BURST", "1.5"),
        ("WENGUI_AUDIT_ARCHIVE", "/nowhere"),
        ("WENGUI_AT_ONCE", "0"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        from_environment({name: value})


def test_gradio_keeps_no_statistics_unless_it_is_asked_to() -> None:
    asked = {"GRADIO_ANALYTICS_MAX_EVENTS": "7"}
    spare_statistics(asked)
    assert asked["GRADIO_ANALYTICS_MAX_EVENTS"] == "7"
    # Gradio reads them when the pages are built.
    assert site.build(FakeAssistant())._queue.ANAYLTICS_CACHE_FREQUENCY > 1_000_000
