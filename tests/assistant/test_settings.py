"""Settings of the assistant and what the environment says."""

from __future__ import annotations

from dataclasses import fields

import pytest

from assistant.settings import Settings, from_environment
from index.errors import SettingError


def test_the_environment_overrides_by_name() -> None:
    found = from_environment({"WENGUI_RETRIEVE_K": "7", "WENGUI_MAX_QUESTION": " 50 ", "X": "x"})
    assert (found.retrieve_k, found.max_question) == (7, 50)
    assert found.evidence_k == Settings().evidence_k


def test_a_silent_environment_gives_the_defaults() -> None:
    assert from_environment({}) == Settings()


@pytest.mark.parametrize("value", ["", "0", "-3", "many", "1.5"])
def test_a_wrong_value_fails_by_name(value: str) -> None:
    with pytest.raises(SettingError, match="evidence_k"):
        from_environment({"WENGUI_EVIDENCE_K": value})


def test_dots_stand_for_underscores() -> None:
    assert Settings().override({"retrieve.k": "9"}).retrieve_k == 9


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(SettingError, match="没有名为 colour 的设置.*retrieve_k"):
        Settings().override({"colour": "1"})


def test_the_hash_changes_with_every_field_and_with_nothing_else() -> None:
    plain = Settings().settings_hash
    assert plain == Settings().settings_hash
    assert len(plain) == 12
    changed = {Settings().override({f.name: "987"}).settings_hash for f in fields(Settings)}
    assert plain not in changed
    assert len(changed) == len(fields(Settings))
