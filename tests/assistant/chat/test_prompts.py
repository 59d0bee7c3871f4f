"""The prompts in prompts/: their variables, the words they share with the code, their hash."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.chat.prompts import FOLDER, VARIABLES, fingerprint, prompt
from assistant.refusal import REFUSAL
from index.errors import SettingError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "prompts"))


def filled(name: str) -> list[str]:
    values = {variable: f"〈{variable}〉" for variable in VARIABLES[name] - {"refusal"}}
    return [str(message.content) for message in prompt(name).messages(**values)]


@pytest.mark.parametrize("name", VARIABLES)
def test_every_variable_is_put_in(name: str) -> None:
    text = "\n".join(filled(name))
    assert all(f"〈{variable}〉" in text for variable in VARIABLES[name] - {"refusal"})
    assert "{" not in text


def test_every_file_is_a_prompt_the_code_knows() -> None:
    assert {file.stem for file in FOLDER.glob("*")} == set(VARIABLES)


def test_the_refusal_is_the_codes_own() -> None:
    assert REFUSAL in filled("answer")[0]
    assert REFUSAL not in (FOLDER / "answer.md").read_text("utf-8")


def test_braces_in_a_document_are_no_variables() -> None:
    given = dict.fromkeys(VARIABLES["answer"] - {"refusal"}, "{question} {nothing}")
    assert "{question} {nothing}" in str(prompt("answer").messages(**given)[1].content)


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        prompt("answer").messages(seal="x")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("{material}", ""), "material"),
        (lambda text: text + "{secret}", "secret"),
        (lambda text: text + "{", "花括号"),
        (lambda text: text.replace("# 用户", ""), "# 用户"),
    ],
)
def test_a_prompt_not_as_it_must_be_fails_by_name(folder: Path, change: object, said: str) -> None:
    file = folder / "answer.md"
    assert callable(change)
    file.write_text(change(file.read_text("utf-8")), "utf-8")
    with pytest.raises(SettingError, match=r"prompts/answer\.md") as caught:
        prompt("answer", folder)
    assert said in str(caught.value)


def test_a_missing_prompt_fails_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"prompts/repair\.md"):
        prompt("repair", tmp_path)


def test_the_hash_follows_the_words(folder: Path) -> None:
    before = fingerprint(folder)
    assert before == fingerprint()
    prompt.cache_clear()
    (folder / "repair.md").write_text(
        (folder / "repair.md").read_text("utf-8").replace("改正", "更正"), "utf-8"
    )
    assert fingerprint(folder) != before
