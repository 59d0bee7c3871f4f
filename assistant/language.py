"""What language and script a question is written in. Knows no documents.

Traditional characters are read as simplified ones (OpenCC's t2s table); an English question is
put into Chinese (english.py) and answered so, with a note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import opencc

from assistant.english import in_chinese

_HAN = re.compile(r"[\u4e00-\u9fff]")
_SAID = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
# Letters, digits and the signs between them typed in full width; full-width punctuation stays.
_FULL_WIDTH = {
    code: code - 0xFEE0
    for code in range(0xFF01, 0xFF5F)
    if chr(code - 0xFEE0).isalnum() or chr(code - 0xFEE0) in "%&'*+-./#@"
}
# Clauses set apart by a space, as on a phone: one that asks, or is long, and one that says something.
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff\d]{6}) (?=[\u4e00-\u9fff\d]{3})")
_HALVES = re.compile("[\ud800-\udfff]")
# Signs of a program, which no sentence has: SELECT * FROM x;--
_CODE = re.compile(r"[;*={}<>|\\]|--")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")

# A clause that tells the program how to behave is no question; it is left out of the search.
_INSTRUCTION = re.compile(
    r"(?:忽略|无视|忘[记掉]).{0,8}(?:以上|之前|前面|所有|规则|指令|提示|限制|要求)|扮演|假装|假设你|你现在是|从现在起"
    r"|不受.{0,8}限制|系统提示|提示词|越狱|用.{0,6}(?:口吻|语气|诗|英[语文]|[法德日韩俄]语)|全都?改成"
    r"|(?:回答|答复|输出)(?:的?时候?)|不(?:要|许|准|用)(?:再?写|给出?|引用|说明?|带|附|提供|加上?|输出)|(?:只|必须)(?:能|准|许)?(?:用|回?答|输出)(?![什哪])"
    r"|[“\"][^”\"]{0,40}[”\"]开头|用(?:base64|json|拼音|文言文|表情|一个字|暗号)|(?:重复|循环|反复)(?:输出|说|念|写|打印)"
    r"|(?:随便|胡乱?|瞎)(?:编|写|说)|(?:文件|规则|规定)(?:全部|都|已)?作废"
    r"|ignore\b.*\b(?:instruction|rule|previous)|system\s*prompt|</?system>|\bpretend\b",
    re.IGNORECASE,
)
# Scolding, left out where something else is said: 你懂个屁。第三章讲什么.
_SCOLDING = re.compile(
    "^滚|傻|蠢|笨蛋|废物|个?屁|妈的|他妈|混蛋|王八|去死|脑残|智障|破(?:机器人?|系统|软件|玩意|网站|东西)|垃圾(?:系统|软件|机器人|东西|网站)"
)
_CLAUSE = re.compile(r"(?:[^，。；：！？,;:!?.]|\.(?!\s))+(?:[，。；：！？,;:!?]|\.\s+)*")

# What people say around a question out of courtesy.
_OPENING = re.compile(
    "^(?:(?:谢谢[您你]?|您好|你好|哈喽|(?:hello|hi)(?![a-z])|老师|同志|打扰一?下?了?|不好意思|麻烦(?:问一?下|您|你)?|劳驾|请问一?下?"
    "|我?(?:就是)?想(?:要)?(?:请|咨)?(?:问|询|知道|了解|请教)(?:一下|问)?|请教一?下?|咨询一?下"
    r"|(?:请?帮我?|给我)(?:查|看|问)(?:一?下|查|看|问)?)[，,。！!～~：:\s]*)+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"[，,。！!？?～~\s]*(?:谢谢|多谢|感谢|谢了|辛苦|拜托|麻烦)(?:[您你]们?)?[了啦哈呀]*[，,。！!～~\s]*$"
)
_ASKS = re.compile("多少|什么|啥|哪|谁|几|怎|如何|吗|为何|是否|有没有")
_SOFTLY = re.compile(r"[呢呀啊哈](?=[？?。！!\s]*$)")
# Asking words people mix in, with what stands for them after the rest.
_MIXED = (
    (re.compile(r"\bhow (?:many|much)\b(?: is| are)?", re.IGNORECASE), "多少"),
    (re.compile(r"\bwhat(?:'s| is)\b", re.IGNORECASE), "是什么"),
    (re.compile(r"\bwhat are\b", re.IGNORECASE), "有哪些"),
    (re.compile(r"\bhow to\b", re.IGNORECASE), "怎么"),
)

NOTE_INSTRUCTION = "问题中要求改变回答方式的部分没有采用。"
NOTE_TRADITIONAL = "问题按简体字理解。"
NOTE_ENGLISH = (
    "文件和回答都是中文（The documents are in Chinese; please ask in Chinese for best results）。"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A question in simplified characters, and what the asker should know about its reading."""

    text: str
    notes: tuple[str, ...]


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def sound(text: str) -> str:
    """The text without lone halves of characters, which neither an index nor a file can take."""
    return _HALVES.sub("", text)


def read(question: str) -> Wording:
    """The question as it is looked up."""
    text = _SPACED.sub("，", " ".join(question.translate(_FULL_WIDTH).split()))
    simplified = str(_converter().convert(text))
    notes = []
    clauses = _CLAUSE.findall(simplified)
    kept = [c for c in clauses if not _INSTRUCTION.search(c)]
    civil = [c for c in kept if not _SCOLDING.search(c)]
    kept = civil if _ASKS.search("".join(civil)) else kept
    if any(_INSTRUCTION.search(c) for c in clauses):
        notes.append(NOTE_INSTRUCTION)
    if simplified != text:
        notes.append(NOTE_TRADITIONAL)
    wanted = _plain("".join(kept).strip("，；：,;: "))
    prose = len(_LATIN_WORD.findall(text)) >= 2 and not _CODE.search(text)
    if not _HAN.search(text) and prose:
        notes.append(NOTE_ENGLISH)
        wanted = in_chinese(wanted) or wanted
    return Wording(wanted, tuple(notes))


def _plain(question: str) -> str:
    """The question without courtesies, English asking words in Chinese; as it is where no more is left."""
    text = _CLOSING.sub("", _OPENING.sub("", question))
    if _ASKS.search(text):
        text = _SOFTLY.sub("", text)
    if _HAN.search(text):
        for words, chinese in _MIXED:
            if words.search(text):
                rest = words.sub("", text).strip(" ？?。.")
                text = f"{chinese}{rest}？" if chinese == "怎么" else f"{rest}{chinese}？"
                break
    return text if len(_SAID.findall(text)) >= 2 else question
