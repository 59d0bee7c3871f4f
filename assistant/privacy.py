"""What must not leave in a question: numbers that name a person, and markings of state secrets.

    masked(text, words) -> (text with stars in their place, the kinds found)

Rules over the text alone, each with its standard's own check so that ordinary figures pass:
GB 11643 (identity numbers, ISO 7064 MOD 11-2), ISO/IEC 7812-1 (bank cards, Luhn), 工信部's plan of
numbers (mobile phones), GB/T 7156 (secrecy markings). Knows neither models nor logs: both call it.
The operator's own words come from a file that is looked at again for every text.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.errors import SettingError

Kind = Literal["身份证号", "银行卡号", "手机号", "涉密标识", "敏感词"]
STARS = "***"

# A run of digits with the spaces and hyphens people put between them, full-width digits too.
_DIGIT = r"[0-9０-９]"
_RUN = re.compile(rf"(?<![0-9０-９.]){_DIGIT}(?:[ \-－]?{_DIGIT}){{9,18}}[Xxｘ]?(?![0-9０-９])")
_MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")
_IDENTITY = re.compile(
    r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# 绝密★启用前, 机密★10年, 秘密级: the words alone (商业秘密, 秘密花园) are no marking.
_SECRET = re.compile(r"(?:绝密|机密|秘密)\s*(?:[★☆*]|级(?!别))[^，。；\s]{0,8}")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text fit to be sent or kept, and which kinds of things were taken out of it."""

    text: str
    kinds: tuple[Kind, ...] = ()


def masked(text: str, words: Iterable[str] = ()) -> Masked:
    """The text with stars for what must not leave. `words`: the operator's own list."""
    kinds: dict[Kind, None] = {}

    def number(found: re.Match[str]) -> str:
        kind = _kind_of(found[0])
        if kind is None:
            return found[0]
        kinds[kind] = None
        return STARS

    text = _RUN.sub(number, text)
    text, secrets = _SECRET.subn(STARS, text)
    if secrets:
        kinds["涉密标识"] = None
    for word in words:
        if word and word in text:
            text = text.replace(word, STARS)
            kinds["敏感词"] = None
    return Masked(text, tuple(kinds))


def word_list(lines: Iterable[str]) -> tuple[str, ...]:
    """The operator's words: one a line, # begins a remark; the longest first."""
    words = {line.partition("#")[0].strip() for line in lines}
    return tuple(sorted(words - {""}, key=lambda word: (-len(word), word)))


class WordList:
    """The operator's words as their file has them now: a change is taken up without a restart.

    Raises SettingError where the file can't be read at first; later on the words before it stay.
    """

    def __init__(self, file: Path | None = None, words: Iterable[str] = ()) -> None:
        self._file = file
        self._seen = _stamp(file)
        self._words = word_list(_lines(file) if file else words)

    def now(self) -> tuple[str, ...]:
        """The words; the same tuple as before where nothing has changed."""
        stamp = _stamp(self._file)
        if self._file is not None and stamp != self._seen:
            self._seen = stamp
            try:
                self._words = word_list(_lines(self._file))
            except SettingError as error:
                print(f"{error}原来的词表仍然有效。", file=sys.stderr, flush=True)
        return self._words


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(
            f"WENGUI_WORDS 指的文件“{file}”打不开：请填写一个 UTF-8 编码的文本文件，一行一个词。"
        ) from error


def _stamp(file: Path | None) -> tuple[int, int]:
    """What tells one state of a file from another; (0, 0) of one that is not there."""
    try:
        state = file.stat() if file else None
    except OSError:
        state = None
    return (state.st_mtime_ns, state.st_size) if state else (0, 0)


def _kind_of(run: str) -> Kind | None:
    digits = re.sub(r"[ \-－]", "", run).translate(_PLAIN).upper()
    if _IDENTITY.fullmatch(digits) and _identity_holds(digits):
        return "身份证号"
    if _MOBILE.fullmatch(digits):
        return "手机号"
    if digits.isdigit() and 15 <= len(digits) <= 19 and _luhn_holds(digits):
        return "银行卡号"
    return None


_PLAIN = str.maketrans("０１２３４５６７８９ｘ", "0123456789X")


def _identity_holds(digits: str) -> bool:
    total = sum(int(d) * w for d, w in zip(digits[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == digits[17]


def _luhn_holds(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and len(set(digits)) > 1
