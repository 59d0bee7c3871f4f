"""Whether a text gives a figure in the measure a question asks for (几座, 多少亿元). Knows no documents."""

from __future__ import annotations

import re
from functools import lru_cache

from index.records import Passage

# Measures of which one can't be taken for another; 家 and 个 often are.
_STRICT = re.compile(
    "亿?美元|[亿万]?元|公里|平方公里|平方米|公顷|亩|吨|岁|度|%|个百分点|万人|万?人次|批次"
)


def gives(measure: str, passage: Passage, text: str) -> bool:
    """Whether a piece of a passage gives a figure in this measure; True where it is none that is strict."""
    if not _STRICT.fullmatch(measure):
        return True
    if passage.row is not None and passage.row.unit:
        return passage.row.unit.split("/")[0] == measure  # 万元/人 is 万元, 人/亿元 is none
    return has_measure(measure, text)


def has_measure(measure: str, text: str) -> bool:
    """Whether the measure follows a figure in a text, or stands in a bracket as a label's unit."""
    return _pattern(measure).search(text) is not None


@lru_cache(maxsize=256)
def _pattern(measure: str) -> re.Pattern[str]:
    return re.compile(
        rf"[\d一二三四五六七八九十百千万亿多余](?:多|余|个)?{re.escape(measure)}|（[^（）]*{re.escape(measure)}"
    )
