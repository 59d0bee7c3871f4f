"""The prompts of prompts/, read once: their parts, their variables checked, their hash.

A file holds a line `# 系统`, the rules, a line `# 用户`, the material. Knows no evidence.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant.refusal import REFUSAL
from index.errors import SettingError

FOLDER = Path(__file__).resolve().parents[2] / "prompts"
_PARTS = re.compile(r"\A# 系统\n(?P<system>.+?)\n# 用户\n(?P<user>.+)\Z", re.DOTALL)
# What each prompt is filled with: neither more nor less may stand in its file.
VARIABLES = {
    "answer": frozenset({"example", "refusal", "seal", "material", "picked", "question"}),
    "repair": frozenset({"example", "seal", "material", "question", "sentence", "hints"}),
    "rewrite": frozenset({"seal", "history", "question", "ruled"}),
    "suggest": frozenset({"count", "seal", "sections", "question"}),
}
# What the chain knows itself: the model refuses in the very words of the code.
_SHARED = {"refusal": REFUSAL}


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt: rules for the model, and the material it is asked about."""

    name: str
    system: str
    user: str

    def messages(self, **values: str) -> list[BaseMessage]:
        """The prompt filled in; raises KeyError where a variable is missing.

        A value is put in as it is: braces in a document are no variables.
        """
        given = _SHARED | values
        return [
            SystemMessage(self.system.format(**given)),
            HumanMessage(self.user.format(**given)),
        ]


@cache
def prompt(name: str, folder: Path = FOLDER) -> Prompt:
    """A prompt by its name; raises SettingError where its file is missing or not as it must be."""
    file = folder / f"{name}.md"
    try:
        found = _PARTS.match(file.read_text("utf-8").strip())
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"提示词 prompts/{name}.md 读不了：请从仓库恢复这个文件。") from error
    if found is None:
        raise SettingError(f"提示词 prompts/{name}.md 要有“# 系统”和“# 用户”两部分。")
    _require_variables(name, found["system"] + found["user"])
    return Prompt(name, found["system"].strip(), found["user"].strip())


def fingerprint(folder: Path = FOLDER) -> str:
    """sha256 over all prompts; part of an answer's settings_hash."""
    texts = [prompt(name, folder) for name in sorted(VARIABLES)]
    return hashlib.sha256("\0".join(p.system + "\0" + p.user for p in texts).encode()).hexdigest()


def _require_variables(name: str, text: str) -> None:
    try:
        used = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
    except ValueError as error:
        raise SettingError(
            f"提示词 prompts/{name}.md 里有不成对的花括号：花括号只用来写变量。"
        ) from error
    if used != VARIABLES[name]:
        odd = "、".join(sorted(used ^ VARIABLES[name]))
        raise SettingError(f"提示词 prompts/{name}.md 里的变量多了或少了：{odd}。")
