"""What names a person or a secret is not sent to a model: not in a question, not in a history."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Turn
from assistant.chat.settings import from_environment
from assistant.privacy import WordList
from index.errors import SettingError
from tests.assistant.chat.scripted import FOREST, TRUE, Talk

GIVEN = {"LLM_BASE_URL": "http://127.0.0.1:1/v1", "LLM_MODEL": "m"}


def test_no_request_holds_a_number_a_marking_or_a_word_of_the_list(talk: Talk) -> None:
    talking = talk(TRUE, words=WordList(words=("蓝湖工程",)))
    before = Turn("user", "机密★10年文件里的蓝湖工程，打13812345678问问")
    talking.ask(f"我是13912345678，{FOREST}", before, Turn("assistant", "好"))
    assert talking.server.requests
    sent = repr(talking.server.requests)
    assert not any(text in sent for text in ("13812345678", "13912345678", "机密★", "蓝湖"))
    assert "***" in sent


def test_the_words_come_from_the_operators_file(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("蓝湖  # 代号\n", "utf-8")
    settings = from_environment(GIVEN | {"WENGUI_WORDS": str(file)})
    assert settings is not None
    assert settings.words.now() == ("蓝湖",)
    with pytest.raises(SettingError, match="WENGUI_WORDS"):
        from_environment(GIVEN | {"WENGUI_WORDS": str(tmp_path / "none.txt")})
