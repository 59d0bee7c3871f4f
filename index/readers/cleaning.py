"""Mends single characters that conversion to text breaks, and nothing else.

Knows Unicode's radical blocks and invisible characters. Full NFKC is not used: it would turn
printed （：，％ into ASCII, and a quote must stand as printed.
"""

from __future__ import annotations

import unicodedata

# Unicode gives U+2E80-2EFF no compatibility mapping (two excepted). Pairs of radical and
# ideograph, after Unicode's EquivalentUnifiedIdeograph.txt; mere parts of characters are left.
_SUPPLEMENT = (
    "⺁厂⺅亻⺉刂⺋㔾⺎兀⺒巳⺓幺⺖忄⺘扌⺙攵⺛旡⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺥爫⺨犭⺩王⺪疋⺫目⺬示⺭礻"
    "⺯糹⺰纟⺱罓⺲罒⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶"
    "⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄"
    "⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe"
_CONTROL = (chr(code) for code in range(32) if chr(code) not in "\t\n\r\x0b\x0c")


def _table() -> dict[int, str | None]:
    mending: dict[int, str | None] = {
        code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)
    }
    pairs = zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)
    mending.update({ord(radical): ideograph for radical, ideograph in pairs})
    mending.update({ord(char): None for char in _INVISIBLE})
    mending.update({ord(char): None for char in _CONTROL})
    mending[0x7F] = None
    return mending


_MENDING = _table()


def clean(text: str) -> str:
    """The text with radicals mended and invisible or control characters dropped."""
    return text.translate(_MENDING)
