"""An English question put into Chinese by a list of terms, clause by clause: no model is at hand.

The terms are those of planning documents (english_words.py). A question of which too much is not in
the list stays as it was, and is refused. Knows no documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.english_headings import marked, structure_question
from assistant.english_numbers import numbered
from assistant.english_order import is_amount, said, what_is_asked
from assistant.english_words import Item, items, spelled

# Of the words that say something so many may be unknown; they stay as they are, and count as unsaid.
_UNKNOWN = 0.34

# A follow-up that names a thing, a place or a year and no more.
_ABOUT = re.compile(
    r"^(?:and |then |ok,? ?)?(?:what|how) about\b|^and (?!wh|how|is|are|will|does|do|can)"
)
# A sentence that asks, of several; and clauses of one sentence.
_SENTENCE = re.compile(r"[^.?!…;\n]+(?:\.(?=\w)[^.?!…;\n]+)*[.?!…;\n]*")
_ASKS = (
    r"(?:what|which|how|who|whom|whose|when|where|why|is|are|was|were|will|do|does|did|can|has|have"
    r"|by how|(?:to|in|at|of) (?:what|which))\b"
)
_CLAUSES = re.compile(
    rf"\s*[,:;–—]+ (?=(?:and |or |but |then )?{_ASKS})|\s+and (?=(?:how|what|when|where|why|who)\b)"
)
# What leads in and names no subject: according to the plan, could you tell me.
_LEAD_IN = re.compile(
    r"^(?:(?:hi|hello|dear all|please|thanks|sorry|excuse me|ok|well|so|also)\b[,! ]*)+"
    r"|\b(?:could|can|would) you (?:please )?(?:tell|explain to|show|give|list for) (?:me|us)\b"
    r"|\b(?:i|we) (?:would|'?d) like to (?:know|ask)\b|\bi want to know\b|\bdo you know\b|\bi wonder\b"
    r"|\b(?:according to|under|as stated in|based on|in) (?:the|this|that|your)"
    r" (?:plan|outline|paper|text|documents?|articles?)\b(?! (?:about|on|of)\b)"
    r"|\baccording to (?:the )?(?:article|paper|plan|text) (?:about|on|of)\b"
)
_PRONOUN = re.compile(r"\b(?:it|its|they|their|them)\b")
_POINTING = re.compile(
    r"\b(of|in|on|for|at|from|to|about|with|does|do|did|is|are|was|were|will|by) (?:that|this)"
    r" (?!plan|document|outline|city|is|are|was|were|will|the|\W)"
)
# The case that a question puts stands before it: what is the rate if one is not insured.
_CASE = re.compile(rf"^(?P<asked>{_ASKS}[^,]*?),? (?:if|because|in case|provided) (?P<case>[^,]+)$")
_YEAR_BY = re.compile(r"\bby (?:the end of )?(?:19|20)\d\d")


def in_chinese(question: str) -> str:
    """The question in Chinese; '' where too little of it is known."""
    before, asking = _sentences(question)
    text = _read(asking)
    everything = items(text)
    known = [i for i in everything if i.tells]
    unknown = [i for i in everything if i.kind == "unknown"]
    if len(unknown) > _UNKNOWN * (len(known) + len(unknown)):
        return ""
    if _ABOUT.match(text) and (known or _time(everything)):
        thing = said(everything)
        named = [i for i in known if i.kind == ""]
        return f"{_time(everything)}{thing}{'是多少' if is_amount(thing) and len(named) > 1 else '呢'}？"
    if heading := structure_question(text, everything):
        return heading
    context = [i for i in items(_read(before)) if i.tells]
    if all(i.kind == "place" for i in (*known, *context)):
        return ""
    told = [
        said(context),
        *(_clause(c.strip()) for c in _CLAUSES.split(_cased(_pointed(text))) if c),
    ]
    return "，".join(filter(None, told)) + "？"


def _sentences(question: str) -> tuple[str, str]:
    """What is told before and after the sentences that ask, and these; all of them where none does."""
    sentences = _SENTENCE.findall(question)
    asking = [s for s in sentences if s.rstrip().endswith("?")]
    told = [s for s in sentences if s not in asking and not re.match(_ASKS, s.strip().lower())]
    return (" ".join(told), " ".join(asking)) if asking else ("", question)


def _read(text: str) -> str:
    """The text in one spelling, its numbers and headings in Chinese, what leads in left out."""
    text = marked(numbered(_LEAD_IN.sub(" ", spelled(text))))
    return _POINTING.sub(r"\1 这个 ", re.sub(r"\s+", " ", text)).strip(" ,")


def _pointed(text: str) -> str:
    """The text without the pronouns that stand for what it names itself."""
    for found in reversed(list(_PRONOUN.finditer(text))):
        if any(i.tells for i in items(text[: found.start()])):
            text = f"{text[: found.start()]} {text[found.end() :]}"
    return text


def _cased(text: str) -> str:
    """The text with the case it puts in front: if one is not insured, what is the rate."""
    found = _CASE.match(text.rstrip("?.! "))
    return f"{found['case']}, {found['asked']}" if found else text


def _clause(text: str) -> str:
    """A clause in Chinese, its years first; '' where it says nothing."""
    found = items(text)
    time = _time(found)
    by = "到" if time and _YEAR_BY.search(text) else ""
    told = what_is_asked(text, found)
    return f"{by}{time}{told}" if told or time else ""


def _time(found: Sequence[Item]) -> str:
    return "和".join(dict.fromkeys(i.text for i in found if i.kind in ("year", "period")))
