"""A question for more than was said: 还有呢, 还有别的措施吗, 除此之外还有什么.

Knows words; knows neither the conversation nor documents.
"""

from __future__ import annotations

import re

from assistant.carried import document_asked
from assistant.followups import context, entity, names_itself

_MORE = re.compile(
    r"^(?:还有(?:吗|呢|没有|哪些|什么)?|(?:还有)?(?:别的|其他的?|其它的?)(?:呢|吗)?|除此之外呢?|除了这些(?:呢|还有(?:什么|哪些|吗|呢)?)|另外呢|继续(?:说)?|接着说|再说说)[呢吗？?。]*$"
)
_MORE_OF = re.compile(
    "^(?:还有(?:没有|什么|哪些)?)?(?:别的|其他的?|其它的?|(?<=有)(?:什么|哪些))(?P<what>[\u4e00-\u9fff]{2,8}?)(?:吗|呢|没有)?[？?]?$"
)
_BESIDES_OF = re.compile(
    "^(?:除此[之以]外|除了?(?:这些|这个|这几[个条项]|上面(?:说的|这些|的)?|上述|刚才说的)(?:[之以]?外)?|此外)[，,]?(?:还|又|也)?(?P<rest>.{2,}?)[？?。]*$"
)

# How a question that asks for more than was said begins.
BESIDES = "除了上面说的"


def further(text: str, previous: str) -> str:
    """The last question asked for what was not said yet; '' where the text asks for no more."""
    stem = previous.strip("？?。")
    if _MORE.match(text):
        if "哪些" in stem:
            return f"{BESIDES}，{re.sub('都?有?哪些', '还有哪些', stem, count=1)}？"
        return f"{BESIDES}，{stem}还有哪些？"
    if besides := _BESIDES_OF.match(text):
        if not names_itself(besides["rest"]):
            return further("还有呢", previous)
        return f"{BESIDES}，{document_asked(previous)}{context(previous)}还{besides['rest']}？"
    if (asked := _MORE_OF.match(text)) and not names_itself(asked["what"]):
        return f"{context(previous)}{entity(previous)}还有哪些{asked['what']}？"
    return ""
