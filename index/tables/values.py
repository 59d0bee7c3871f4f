"""What a single cell says: its text without line breaks, its number, the unit in its bracket.

Knows one cell at a time; not what the number measures, nor whether two cells may be compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_SPACE = re.compile(r"\s+")
_INTEGER = re.compile(r"\d+")

_TO_HALF = str.maketrans(
    "０１２３４５６７８９．，％＜＞＋－–−［］〔〕【】（）", "0123456789.,%<>+---[][][]()"
)
_SCALES = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "万亿": 1e12}
_BEFORE = (
    r"(?:年均|平均|累计|合计|预计|力争|大于等于|小于等于|不低于|不少于|不高于|不超过|高于|低于"
    r"|大于|小于|超过|达到|增长|提高|提升|增加|上升|下降|降低|减少|保持|稳定|控制|完成"
    r"|约|近|超|达|在|到|至|>=|<=|[≥≤≧≦<>~≈±])*+"
)
_AFTER = r"(?:左右|以上|以下|以内|以后|之内|次以上|上下)*[*＊①-⑳]?"

# The words units are made of. A bracket holds a unit when nothing but these stands in it, so that
# 南山区（不含前海） or 医师（助理） is not taken for one.
_UNIT_WORD = (
    r"(?:个百分点|百分点|人民币|标准煤|标准箱|标箱|平方米|立方米|平方公里|平方千米|公里|千米|海里"
    r"|公顷|公斤|千克|毫克|微克|千瓦时|千瓦|兆瓦|车公里|当量|美元|欧元|日元|港元|人次|人天|小时"
    r"|分钟|户次|架次|班次|车次|件次|批次|万分之|千分之|百分之|兆|升|吨|斤|克|米|亩|元|人|户|家"
    r"|个|件|项|条|张|台|套|辆|艘|架|座|处|所|间|栋|册|部|种|株|头|只|次|年|月|日|天|岁|分|秒|度"
    r"|级|位|名|床|名次|篇|例|起|宗|对|组|班|站|井|口|点|片|份|笔|盏|根|瓦|帕|伏|赫|页"
    r"|TEU|GB|TB|Mbps|Gbps|MW|GW|kW|KW|kWh|km|km2|km²|m2|m²|m3|m³|ha|kg|mg|ug|μg|t|L|EFLOPS|PFLOPS"
    r"|[%‰℃])"
)
_UNIT = re.compile(
    rf"(?:每?[\d.]*[十百千万亿]*{_UNIT_WORD}+|[十百千万亿]+)"
    rf"(?:[/·•.]?每?\d*[十百千万亿]*{_UNIT_WORD}+|/[十百千万亿]+)*"
)
_LAST_BRACKET = re.compile(r"[（(]([^（）()]{1,16})[）)]$")
_NUMBER = re.compile(rf"{_BEFORE}(?P<number>[+-]?\d+(?:,\d{{3}})*(?:\.\d+)?)(?P<rest>.*)")
_REST = re.compile(rf"(?P<scale>万亿|[百千万亿]?)(?:{_UNIT_WORD}(?:/.{{1,8}})?)?{_AFTER}")
_YEAR = re.compile(r"(?:19|20)\d\d年")


def clean(text: str) -> str:
    """A cell's text on one line: bookmarks dropped, broken lines closed up."""
    lines = _BOOKMARK.sub("", text).splitlines()
    return closed_up(lines)


def closed_up(lines: Sequence[str]) -> str:
    """Lines of one cell as one text; a space stays only where latin words or numbers meet."""
    text = ""
    for line in (_SPACE.sub(" ", line).strip() for line in lines):
        meets = bool(text and line) and _is_latin(text[-1]) and _is_latin(line[0])
        text += f" {line}" if meets else line
    return text


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def squeeze(text: str) -> str:
    """Without white space: the form in which column names are compared."""
    return _SPACE.sub("", text)


def is_integer(text: str) -> bool:
    """Whether the cell is a bare whole number, as a running number is."""
    return bool(_INTEGER.fullmatch(text.strip()))


def unit_of(name: str) -> str:
    """The unit in the bracket that closes a label or a column's name, '' where there is none.

    >>> unit_of("每千人口执业（助理）医师数（人）")
    '人'
    """
    bracket = _LAST_BRACKET.search(squeeze(name))
    if bracket is None:
        return ""
    inside = re.sub(r"^(?:单位|计量单位)[:：]", "", bracket.group(1)).replace("％", "%")
    return inside if _UNIT.fullmatch(inside) else ""


def numeric(value: str) -> float | None:
    """The one number a cell states, or None where it states none, several, or a range.

    Rules, in order: full-width forms are read as half-width; a bracket around the whole cell
    ([180.44], a five-year total) is taken off; words and signs of degree before the number (年均,
    累计, ≥, >, 下降 …) and after it (左右, 以上) are passed over and do not change its sign; 万
    and 亿 written in the cell multiply; % and other units are dropped (5% is 5.0, as the column's
    figures are); a footnote mark behind it is passed over. A year (2025年), a dash, a star and
    words alone (待省核定) are no numbers.
    The caller must see to it that two cells mean the same: 31 and 年均5% both give a number.
    """
    text = squeeze(value).translate(_TO_HALF)
    wrapped = re.fullmatch(r"\[(.*)\]|\((.*)\)", text)
    if wrapped is not None:
        text = wrapped.group(1) or wrapped.group(2) or ""
    found = _NUMBER.fullmatch(text)
    if found is None or _YEAR.fullmatch(text):
        return None
    rest = _REST.fullmatch(found["rest"])
    if rest is None:
        return None
    return float(found["number"].replace(",", "")) * _SCALES[rest["scale"]]
