"""The assistant's settings: named values with their defaults, and what the environment overrides.

The only file of assistant/ that reads the environment. A wrong value fails at start, by name.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from assistant.privacy import WordList
from index.errors import SettingError


@dataclass(frozen=True, slots=True)
class Settings:
    """What shapes an answer. Every field counts towards `settings_hash`."""

    retrieve_k: int = (
        24  # passages looked at for an answer; 40 is no better and takes 28 ms, not 19
    )
    evidence_k: int = 12  # passages reported as evidence
    max_question: int = 500  # characters; a longer question is asked to be shortened
    answer_budget: int = 360  # characters of an answer that quotes several sentences
    fact_budget: int = 120  # characters of an answer to a single-fact question

    @property
    def settings_hash(self) -> str:
        """First 12 hex digits of sha256 over the fields, sorted by name."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def override(self, changes: Mapping[str, str]) -> Settings:
        """The same settings with fields replaced; names as in the dataclass, '.' as '_'."""
        known = {f.name: f for f in fields(self)}
        values: dict[str, int] = {}
        for name, value in changes.items():
            key = name.replace(".", "_")
            if key not in known:
                raise SettingError(f"没有名为 {name} 的设置；可用的有：{'、'.join(known)}。")
            values[key] = _positive(name, value)
        return replace(self, **values)


def words(environ: Mapping[str, str] | None = None) -> WordList:
    """The operator's words, from the file WENGUI_WORDS; raises SettingError where it can't be read."""
    source = os.environ if environ is None else environ
    name = source.get("WENGUI_WORDS", "").strip()
    return WordList(Path(name) if name else None)


def _positive(name: str, value: str) -> int:
    if not value.strip().isdigit() or int(value) <= 0:
        raise SettingError(f"设置 {name} 的值“{value}”不对：请填一个正整数。")
    return int(value)


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """Defaults, overridden by WENGUI_RETRIEVE_K and the like (a field's name in capitals)."""
    source = os.environ if environ is None else environ
    names = (f.name for f in fields(Settings))
    given = {n: source[f"WENGUI_{n.upper()}"] for n in names if f"WENGUI_{n.upper()}" in source}
    return Settings().override(given)
