"""The documents a conversation is about, as long as a follow-up names no others.

Knows the questions as they were understood and what each document is about as a whole; knows no
passages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.mentions import mentions
from assistant.question import analyse
from assistant.scope import DocumentScope, plan_periods, scope

# What asks beyond the document that the conversation is in: 别的省呢, 另外那份里有没有, 哪个省最高.
_BEYOND = re.compile(
    "(?:别|其他|其它|另外?|另一)[的那一几]*[个份篇本]?(?:地方|省|市|城市|文件|规划|报告|文章|论文)"
    "|(?:哪|各|每|[两三四几])[个份篇]?(?:省(?!级)|文件|报告)|(?:这些|所有|全部)文件"
)


def staying(
    standalone: str,
    earlier: Sequence[str],
    documents: Sequence[DocumentScope],
    answered_in: Callable[[str], tuple[str, ...]],
) -> tuple[str, ...]:
    """The documents a follow-up is asked of first; () where it may be of any.

    `earlier`: the questions before it, standalone, the last one first. The last that names a place,
    a document or a plan tells; where none does, it is where the last question had its answer
    (`answered_in`: the ids of the documents that answer a question).
    """
    if not earlier or _leaves(standalone, documents):
        return ()
    named = (named_documents(text, documents) for text in earlier)
    found = next((ids for ids in named if ids), ()) or answered_in(earlier[0])
    return found if len(found) < len(documents) else ()


def _leaves(text: str, documents: Sequence[DocumentScope]) -> bool:
    """Whether a question says itself of which place or document it is, or that it is of another."""
    named = analyse(text).places or _BEYOND.search(text)
    return bool(named) or bool(named_documents(text, documents))


def named_documents(text: str, documents: Sequence[DocumentScope]) -> tuple[str, ...]:
    """The documents that a question names by kind, title, place or plan; () where it names none."""
    allowed = scope(analyse(text), documents).allowed
    meant = {i for m in mentions(text, documents) for i in m.doc_ids}
    asked = set(plan_periods(text))
    of_plan = {d.doc.doc_id for d in documents if asked & set(plan_periods(d.doc.title))}
    for kept in (meant, of_plan):
        allowed = tuple(i for i in allowed if i in kept) or allowed
    return allowed if len(allowed) < len(documents) else ()
