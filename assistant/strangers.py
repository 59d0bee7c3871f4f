"""A question about something that the documents never name: who somebody is, what a term means.

What is nowhere named can be neither explained nor introduced, however near the words around it
come. Knows the question and the passages found for it; knows nothing of weights.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import rjieba

from assistant.candidates import Candidate
from assistant.question import Question
from assistant.terms import Terms, topic_words

_WHAT_IS = re.compile(
    "^(?:什么是|啥是|何谓|什么叫做?|解释一?下(?:什么是)?)(.{2,12})$"
    "|^(.{2,12}?)(?:是什么(?:意思|概念|东西)?|是啥(?:意思)?|是指什么|指的?是什么|什么意思|啥意思)$"
)
_WHO_IS = re.compile("^([\u4e00-\u9fff·]{2,8}?)(?:是谁|是哪一?位|是什么人|何许人)")
# What stands beside the name of somebody who is introduced.
_ROLE = (
    "(?:主席|总理|总统|书记|[省市区县镇乡村院校局厅部处馆所会]长|主任|委员|代表|教授|研究员|院士|博士|作者|课题组|负责人|总经理"
    "|董事长|专家|学者|代言人|大使|创始人|发明人|诗人|作家|画家|科学家|名人|先生|女士|记者|编辑)"
)
# Works and goods are recommended by no plan.
_RECOMMEND = re.compile("推荐.{0,3}[几一两三][部首本款道支只集]")
_RECOMMENDED = re.compile("^(?:请|能不能|可以)?(?:给|帮|向)?我?推荐(?:一下|几个|一些)?(.{2,12})$")


def strange(question: Question, terms: Terms, candidates: Sequence[Candidate]) -> bool:
    """Whether a question asks who or what something is that nothing found for it names."""
    text = question.text.rstrip("？?。！ ")
    if _RECOMMEND.search(text):
        return True
    found = [p.text + "".join(p.heading_path) for p in {c.passage for c in candidates}]
    who = _WHO_IS.match(text)
    if who and any(word == who[1] and tag.startswith("nr") for word, tag in rjieba.tag(who[1])):
        return not any(_introduces(around, who[1]) for around in found)
    if recommended := _RECOMMENDED.match(text):
        return _is_unnamed(recommended[1], found)
    what = _WHAT_IS.match(text)
    if not what or terms.alternatives:
        return False
    return _is_unnamed(what[1] or what[2], found)


def _is_unnamed(thing: str, found: Sequence[str]) -> bool:
    words = topic_words(thing)
    return bool(words) and not any(word in around for word in words for around in found)


def _introduces(text: str, name: str) -> bool:
    """Whether a text says who somebody is: 省长 某某, 某某（研究员）; 某某主席 only addresses him."""
    name = re.escape(name)
    return bool(
        re.search(f"{_ROLE}[\\s：:、]{{0,2}}{name}|{name}[（(，,：:是系].{{0,12}}{_ROLE}", text)
    )
