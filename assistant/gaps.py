"""How far the last two figures of a conversation lie apart, or which is more: 那多出来多少,
少了几万, 跟之前比呢, 哪个多.

Knows words; knows neither the conversation nor documents.
"""

from __future__ import annotations

import re

from assistant.carried import plan_ends
from assistant.figures import YEAR
from assistant.followups import TIME, asks_itself, context, first_asked, names_itself, topic, where

_ASKED = re.compile(
    "(?:[相还]?差|多|少|高|低|增[加长]?|减少?|下?降低?|上升|上?涨|提高|扩大|缩小|翻)(?:出来?|了|掉|下来?|起来)*(?:要|定|建|做)?了?"
    "(?:多少|几)[^，,。？?]{0,5}[？?。]*$|(?:差距?|相差)(?:有)?多[大少远][？?。]*$|还[低高多少快慢][吗了吧]?[？?。]*$"
)
_BEFORE = re.compile(
    "^(?:[跟和与同比]|相比)(?:之前|以前|过去|原来|先前|早先|当初|现在|目前|眼下)(?:相比|比较|对比|比)?(?:起来)?(?:呢|怎么样|如何|有什么变化|变化(?:多少|大吗)|咋样)?[？?。]*$"
)
_WHICH = re.compile(
    r"^(?:那么?|这|它们|两[个者地]|二者|之中|中)*((?:哪一?[个边里座]|哪|谁)(?:更|最|比较)?[多高大少低小快强长])[一些点呢]*[？?]*$"
)
_NOW = re.compile("现在|目前")
_LONGEST = 18


def gap_asked(text: str, previous: str, earlier: str) -> str:
    """The difference of the two figures asked for last, as a question; '' where none is asked for.

    `previous`, `earlier`: the last question and the one before it that asked for a figure of the same
    thing at another time or place.
    """
    if _BEFORE.match(text) and topic(previous):
        return f"{context(previous, time=False)}{_without_time(topic(previous))}的现状和目标分别是多少？"
    if sided := _sided(text, previous):
        return sided
    said = TIME.sub("", text)
    if (
        len(text) > _LONGEST
        or not _ASKED.search(text)
        or where(text)
        or names_itself(_frame_out(said))
    ):
        return ""
    previous, asked = plan_ends(previous), plan_ends(first_asked(earlier))
    if not asked or not topic(previous):
        return ""
    new, old = TIME.search(previous), TIME.search(asked)
    if new and old and new[0] != old[0]:
        if asks_itself(asked) and YEAR.search(old[0]) and YEAR.search(new[0]):
            return f"{asked.rstrip('，,？?。')}，{previous.rstrip('？?。')}，相差多少？"
        of = f"{context(previous, time=False)}{_without_time(topic(previous))}"
        return f"{of}{new[0]}与{old[0]}相比变化多少？"
    both = _of_both(asked, previous)
    return f"{both}，相差多少？" if both else ""


def which_asked(text: str, previous: str, earlier: str) -> str:
    """哪个多 after 南京的有多少 and 无锡呢: both asked about; '' where the two name no two places."""
    asked = _WHICH.match(text)
    both = _of_both(earlier, previous) if asked else ""
    return f"{both}，{asked[1]}？" if asked and both else ""


def _of_both(earlier: str, previous: str) -> str:
    """The last question asked of its own place and of the one before it; '' where they name no two."""
    one, other = where(earlier)[:1], where(previous)[:1]
    if not one or not other or one == other or other[0] not in previous:
        return ""
    return previous.replace(other[0], f"{one[0]}和{other[0]}", 1).rstrip("？?。")


def _sided(text: str, previous: str) -> str:
    """跟2020年比多了多少, 比现在多多少, 南京比无锡高多少: what it is measured against is named."""
    asked, named = _ASKED.search(text), where(text)
    if (
        len(text) > _LONGEST
        or not asked
        or not re.search("[跟和与同比较]", text)
        or not topic(previous)
    ):
        return ""
    rest = re.sub("[跟和与同比较要会]|相比|起来", "", TIME.sub("", text[: asked.start()]))
    of, new, old = topic(previous), TIME.search(previous), TIME.search(text)
    if len(named) == 2 and not re.sub("|".join(named) + "|市", "", rest).strip("，,的"):
        year = new[0] if new else ""
        return f"{named[0]}和{named[1]}{year}{_without_time(of)}分别是多少，相差多少？"
    if rest.strip("，,的") or not old or named:
        return ""
    place = context(previous, time=False)
    if _NOW.fullmatch(old[0]):
        return f"{place}{_without_time(of)}的现状和目标分别是多少？"
    return f"{place}{_without_time(of)}{new[0]}与{old[0]}相比变化多少？" if new else ""


def _frame_out(text: str) -> str:
    """The text without what it measures against: 今年比去年, 五年."""
    return re.sub(
        "[一二两三四五六七八九十几]年|一共|总共|比(?:上次|之前)?"
        "|(?:[这它他]们?)?(?:两|二)[个座者地城省市](?:城市|地方|省份?|年|者)?(?:之间)?|彼此|相互",
        "",
        _ASKED.sub("", text),
    )


def _without_time(previous: str) -> str:
    return TIME.sub("", previous)
