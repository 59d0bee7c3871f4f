"""Citation markers in the forms chat models write them, brought to [1][2]. Knows no passages.

The forms are those seen of DeepSeek ([citation:1]), Qwen, GLM (【1†来源】), and of papers and web
pages that models imitate ([^1], ［1］, [1-3], (见1), ¹, ①, <sup>1</sup>).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

MARKER = re.compile(r"\[(\d{1,3})\]")
_OPEN, _CLOSE = r"[\[【〔［(（〈<「]", r"[\]】〕］)）〉>」]"
_WORD = r"(?:参?见|引自|来自|出自|出处|来源|资料|材料|文献|文档|证据|引文|引用|注|sources?|citations?|refs?|docs?|id)"
_LIST = r"\d{1,3}(?:\s*(?:[,，、;；和及~～\-—–至到]|\]\s*\[)+\s*(?:\^|" + _WORD + r")?\s*\d{1,3})*"
# Square and lenticular brackets hold a marker by themselves; round ones only with a word.
_SQUARE = re.compile(
    rf"[\[【〔［]+\s*(?:\^|{_WORD}[:：_\s\-]*)*({_LIST})\s*(?:†[^\]】〕］]*)?[\]】〕］]+", re.I
)
_ROUND = re.compile(
    rf"{_OPEN}\s*(?:{_WORD}[:：_\s\-]*)+[\[【［]?({_LIST})[\]】］]?\s*{_CLOSE}", re.I
)
_QUOTED = re.compile(
    rf"[“\"]?(?:来源|材料|资料|证据|文献)\s*[:：]?\s*({_LIST})[”\"]?(?=[。；，,;.]|\s*$)"
)
_RAISED = re.compile(
    r"<sup>\s*\[?(\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)\]?\s*</sup>|\^\[?(\d{1,3})\]?\^", re.I
)
_LINKED = re.compile(r"(\[\^?\d{1,3}\])\([^)\s]*\)")
_SUPERSCRIPT = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
_RAISED_DIGITS = re.compile("(?<![mM米])[¹²³⁴⁵⁶⁷⁸⁹⁰]+(?=[。；，,;]|$)")
# A circled number is a marker at a sentence's end only: at the start it numbers an item.
_CIRCLED = re.compile(r"(?<=.)([①-⑳❶-❿]+)(?=[。！？；]?\s*$)")
_LAST_STOP = re.compile(r"([。！？!?；;]+[”’」』]?)((?:\s*\[\d{1,3}\])+)\s*$")
_SPACED = re.compile(r"(?:\s+|(?:参?见))(?=\[\d{1,3}\])|(?<=\])\s*[、,，和]\s*(?=\[\d{1,3}\])")
_LONGEST_RANGE = 20
_GROUP = re.compile(r"[\[【〔［(（]([^\[\]【】〔〕［］()（）]{1,60})[\]】〕］)）]")


def clean_markers(sentence: str, opaque: Mapping[str, int] | None = None) -> str:
    """The sentence with every marker as [n], before its full stop; [1-3] becomes [1][2][3].

    `opaque`: the tokens under which the model was given the passages, with their numbers. A token
    in brackets that is none of them becomes [0], which no passage has.
    """
    text = _opaque(sentence, opaque) if opaque else sentence
    text = _LINKED.sub(r"\1", text)
    text = _RAISED.sub(lambda m: _brackets(m[1] or m[2]), text)
    text = _SQUARE.sub(lambda m: _brackets(m[1]), text)
    text = _ROUND.sub(lambda m: _brackets(m[1]), text)
    text = _QUOTED.sub(lambda m: _brackets(m[1]), text)
    text = _RAISED_DIGITS.sub(lambda m: f"[{m[0].translate(_SUPERSCRIPT)}]", text)
    text = _CIRCLED.sub(lambda m: "".join(f"[{int(unicodedata.numeric(c))}]" for c in m[1]), text)
    text = _SPACED.sub("", text)
    return _LAST_STOP.sub(lambda m: "".join(m[2].split()) + m[1], text)


def markers_of(text: str) -> tuple[int, ...]:
    """The numbers of the [n] in a text, in order, each once."""
    return tuple(dict.fromkeys(int(n) for n in MARKER.findall(text)))


def without_markers(text: str) -> str:
    """The text less its [n]."""
    return MARKER.sub("", text)


def _brackets(numbers: str) -> str:
    found: list[int] = []
    for part in re.split(r"[,，、;；和及\[\]\s]+", numbers):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        if len(ends) == 2 and 0 < ends[1] - ends[0] <= _LONGEST_RANGE:
            found += range(ends[0], ends[1] + 1)
        else:
            found += ends
    return "".join(f"[{n}]" for n in dict.fromkeys(found))


def _opaque(text: str, opaque: Mapping[str, int]) -> str:
    """Bracketed tokens to numbers; another token in square brackets, a bare number too, to [0]."""
    numbers = {token.lower(): n for token, n in opaque.items()}
    sizes = {len(token) for token in numbers}

    def replaced(match: re.Match[str]) -> str:
        inside = re.findall(r"[A-Za-z0-9]+", match[1])
        found = [numbers[t.lower()] for t in inside if t.lower() in numbers]
        if found:
            return "".join(f"[{n}]" for n in dict.fromkeys(found))
        alone = len(inside) == 1 and match[0][0] in "[【［"
        return "[0]" if alone and (inside[0].isdigit() or len(inside[0]) in sizes) else match[0]

    return _GROUP.sub(replaced, text)
