"""Every place where a thing is written, where all of them are asked for: 哪些章节提到大运河.

Knows passages that a search found; scores nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.clauses import clauses
from assistant.figures import fold, squeeze
from assistant.followups import core
from assistant.question import Question
from index.records import Hit, Passage
from index.sentences import sentences

_PART = "(?:文件|文章|文档|材料|资料|章节|段落|地方|部分|内容|论文|规划|篇|章|节|处)"
_EVERYWHERE = re.compile(
    rf"(?:都有?|分别)?(?:在(?:规划|纲要|论文|文章|报纸|文件)?[里中]?的?)?(?:哪些|哪几个?|有几|几)(?:[份个篇]?{_PART}(?:[或和、]{_PART})?)"
    "(?:里面?|中|上)?(?:都|分别)?(?:提到|讲到|写到|说到|谈到|提及|提过|涉及|出现)(?:过|了)?"
)
# Places named in one answer at most.
_MOST = 8
# Characters shown of the sentence that holds it.
_SHOWN = 60


def asked_everywhere(question: Question) -> str:
    """What is looked for in all its places; '' where no such thing is asked."""
    if not _EVERYWHERE.search(question.text):
        return ""
    return core(_EVERYWHERE.sub("，", question.text)).strip('“”"')


def occurrences(thing: str, hits: Sequence[Hit]) -> list[tuple[Passage, str]]:
    """One passage for each section that writes the thing out, in the hits' order, with its words."""
    wanted = squeeze(fold(thing))
    found: dict[tuple[str, tuple[str, ...]], tuple[Passage, str]] = {}
    for passage in (h.passage for h in hits):
        for start, end in sentences(passage.text):
            text = passage.text[start:end]
            if wanted in squeeze(fold(text)):
                place = (passage.doc_id, passage.heading_path)
                found.setdefault(place, (passage, _around(text, wanted)))
                break
    return list(found.values())[:_MOST]


def _around(sentence: str, wanted: str) -> str:
    """The clauses about the first that holds the thing, as many as there is room for."""
    spans = clauses(sentence)
    at = next((i for i, (a, b) in enumerate(spans) if wanted in squeeze(fold(sentence[a:b]))), 0)
    start, end = spans[at] if spans else (0, len(sentence))
    for first, _ in reversed(spans[:at]):
        if end - first > _SHOWN:
            break
        start = first
    for _, last in spans[at + 1 :]:
        if last - start > _SHOWN:
            break
        end = last
    return sentence[start:end].strip()
