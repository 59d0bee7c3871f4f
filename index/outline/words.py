"""The words by which Chinese documents name their own parts and kinds.

General words of official and academic writing only; no document's, city's or field's terms.
"""

from __future__ import annotations

import re

from index.outline.text import squeeze

_PARTS = re.compile(
    r"^[【\[]?(?:前言|序言|自序|代序|引言|导言|导语|绪言|结语|结束语|结论与?建议?|后记|跋|摘要|内容摘要"
    r"|内容提要|关键词|名词解释|术语解释|名词术语解释|附录|附件|附表|附图|参考文献|注释|编者按|编制说明"
    r"|编写说明|致谢)[】\]]?[:：]?$"
)
_RUN_IN_PART = re.compile(
    r"^[【\[]?((?:内容)?(?:摘[\s\u3000]*要|提[\s\u3000]*要)|关[\s\u3000]*键[\s\u3000]*词|编者按"
    r"|引[\s\u3000]*言|结[\s\u3000]*语)(?:[】\]][\s\u3000]*[:：]?|[\s\u3000]*[:：])[\s\u3000]*(?=\S)"
)
_KIND = re.compile(
    r"(?:规划|纲要|办法|规定|规则|细则|条例|规范|规程|标准|意见|方案|计划|通知|决定|决议|报告|公告|通告|批复"
    r"|制度|章程|预案|指南|指引|导则|准则|法|函|令|清单|目录|要点|措施|政策)$"
)
_PAPER = re.compile(
    r"(?:研究|分析|探索|探讨|思考|对策|建议|方略|路径|评价|述评|综述|展望|启示|实践|初探)$"
)
_QUALIFIER = re.compile(r"[（(][^（）()]{1,12}[)）]$")
_DOCUMENT_NUMBER = re.compile(r"[〔\[（(【]?(?:19|20)\d{2}[〕\]）)】]\s*第?\s*\d+\s*号|第\d+号$")
_DATE = re.compile(
    r"^[（(]?(?:\d{4}|[一二三四五六七八九〇○零]{4})\s*年.{0,12}[日月](?:起施行|施行|通过|发布|印发)?[)）]?$"
)
_QUOTED = re.compile(r"《([^《》]{4,80})》(?:[（(]([^（）()]{1,8})[)）])?")


def is_part(text: str) -> bool:
    """Whether a line is 前言, 名词解释, 结语, 附件 or the like and nothing else."""
    return bool(_PARTS.match(squeeze(text)))


def run_in_part(text: str) -> tuple[str, str] | None:
    """【摘 要】：text as ("摘要", text); None where a paragraph opens with no such word."""
    found = _RUN_IN_PART.match(text)
    return (squeeze(found.group(1)), text[found.end() :].strip()) if found else None


def names_document(text: str) -> bool:
    """Whether a line ends as titles of official documents do: …规划, …办法（试行）."""
    bare = squeeze(text)
    while _QUALIFIER.search(bare):
        bare = _QUALIFIER.sub("", bare)
    return bool(_KIND.search(bare))


def names_paper(text: str) -> bool:
    """Whether a line ends as titles of papers do: …研究, …路径探索."""
    return bool(_PAPER.search(squeeze(text)))


def is_formal(text: str) -> bool:
    """Whether a line is a document number or a date, which no heading is."""
    bare = squeeze(text)
    return bool(_DOCUMENT_NUMBER.search(bare) and len(bare) < 30 or _DATE.match(bare))


def quoted_names(text: str) -> set[str]:
    """The names in 《》, without white space; a （试行） after the bracket also as part of it."""
    names: set[str] = set()
    for name, qualifier in _QUOTED.findall(text):
        names.add(squeeze(name))
        if qualifier:
            names.add(f"{squeeze(name)}（{squeeze(qualifier)}）")
    return names
