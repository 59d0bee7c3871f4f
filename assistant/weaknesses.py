"""Where something falls short: 短板有哪些, 缺什么, 差在哪. Measures name the same things and aren't asked for.

Rules over a question's words and over what tells of a weakness. Knows no documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.features import is_abstract

# A sentence that tells of a weakness goes before others that stand no further above it than this.
WEAK_MARGIN = 3.0
_NAMES = (
    "不足|短板|弱项|薄弱(?:环节|之处)?|问题|瓶颈|困难|挑战|差距|难题|缺陷|缺点|隐患|矛盾|难点|欠缺"
)
_ASKED = re.compile(
    rf"(?:什么|哪些|哪几|啥|几[个大方]|多少).{{0,8}}?(?:{_NAMES})"
    rf"|(?:{_NAMES})(?:主要|具体|分别)?(?:又|都)?(?:有|是|在|包括|体现在|表现在|出在)?(?:于|些)?(?:什么|哪|啥|多大)"
    rf"|(?:{_NAMES})(?:呢|之处)?[？?。]?$"
    "|缺(?:什么|啥|哪|少(?:什么|哪|啥)|乏(?:什么|哪|啥))|(?:差|弱|输|落后|不如人?)在(?:哪|什么|何)"
    "|有待(?:加强|改进|提高|提升|完善)的?.{0,4}(?:什么|哪)|(?:什么|哪些|哪).{0,6}(?:有待|不够|仍待|跟不上)"
)
_MENDING = "解决|应对|破解|补齐|补上|弥补|攻克|突破|化解|消除|克服|缩小"
# What is to be done about it is asked for, or a thing is called so.
_MENDS = re.compile(
    rf"{_MENDING}|针对|怎么办|如何|怎[么样]|措施|举措|对策|建议"
    "|问题导向|(?:什么|啥)问题都|提出.{0,4}问题|困难(?:群众|家庭|学生|人员|职工|群体|企业)|矛盾(?:纠纷|调解)|收入差距"
)
_TELLS = re.compile(
    "缺乏|缺少|欠缺|尚缺|仍缺|短缺|不足|短板|[仍尚有亟]待|[仍尚]须|偏低|偏少|偏弱|偏小|较低|较少|较弱|较为?单一|不够|不[高强优大多畅广](?=[，。、；,;和且]|$)"
    "|受限|受制|制约|薄弱|瓶颈|困难|难以|滞后|落后|落差|隐患|堵点|差距|低于|远低|下降|压力|风险|矛盾|不平衡|不充分|问题(?:和|与|突出|仍|依然)"
)
# A weakness that is being mended: 补齐现代服务业发展的短板.
_MENDED = re.compile(f"(?:{_MENDING})[^，。；]*")
_HEADS = re.compile("问题|不足|薄弱|短板|瓶颈|困难|挑战|差距|弱项|制约")


def asks_weakness(text: str) -> bool:
    """Whether a question asks where something falls short, and not what is done about it."""
    return bool(_ASKED.search(text)) and not _MENDS.search(text)


def weak_first(text: str, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """What tells of a weakness alone, where one is asked for and such is near the top; else all."""
    if not candidates or not asks_weakness(text):
        return candidates
    telling = [c for c in candidates if _tells(c)]
    near = telling and telling[0].score >= candidates[0].score - WEAK_MARGIN
    return telling if near else candidates


def tells_weakness(text: str) -> bool:
    """Whether a sentence says that something falls short, and not that it is mended."""
    return bool(_TELLS.search(_MENDED.sub("", text)))


def _tells(candidate: Candidate) -> bool:
    headings = candidate.passage.heading_path
    if is_abstract(headings):
        return False
    return any(_HEADS.search(h) for h in headings) or tells_weakness(candidate.piece.text)
