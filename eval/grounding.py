"""Whether every sentence of an answer stands on what it cites. Knows texts and citations only.

Independent of the assistant's own check: figures are looked up one by one, the words by the share
of their character pairs. It can't tell a true sentence from a false one made of the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from eval.checks import Documents
from eval.records import Got, GotCitation
from eval.text import fold, stands_in

# Of 2,192 sentences that cite something (826 answers without a chat model) the lowest share is 0.69;
# held against another answer's sources, 95 % of them have less than 0.53 (the rest are on the same
# subject).
WORDS_SHARE = 0.6
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?(?:\s*\[\d+\])*[。！？；]?")
_MARKER = re.compile(r"\[(\d+)\]")
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?%?")
# What was worked out from the figures before it: 4.5−1.7=2.8个, （20−12）÷12≈66.7%.
_NUMBER = r"\d+(?:\.\d+)?"
_WORKED = re.compile(
    rf"\(?(?P<a>{_NUMBER})(?:[−-](?P<b>{_NUMBER}))?\)?(?:÷(?P<by>{_NUMBER}))?"
    rf"[=≈](?P<result>[−-]?{_NUMBER})(?P<percent>%)?"
)
_WORKING_WORDS = re.compile(
    r"文件没有直接写出[^,，]*[,，]|由?\s*计算得?|比较|和|倍|个?百分点|\([^()]*按所列数计\)"
)
_HAN = re.compile("[\u4e00-\u9fff]{2,}")
# Says that the documents say nothing, which no quotation can carry.
_ABSENCE = re.compile("文件(?:中|里)?(?:还|都|均)?没有|您问的是")


def sentences(text: str) -> list[str]:
    """The answer's sentences with their markers, without blank ones."""
    return [s.strip() for s in _SENTENCE.findall(text) if _HAN.search(s) or _FIGURE.search(s)]


class Sources:
    """What each citation gives to stand on: its quote, its headings, the section it names.

    Of a table it gives the row that is quoted, with the columns' heads, and no other row.
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._known: dict[tuple[str, tuple[str, ...], str], str] = {}

    def of(self, markers: Sequence[int], citations: Sequence[GotCitation]) -> str:
        """The folded text behind the markers; '' where none is a citation's."""
        return "\n".join(self._one(c) for c in citations if c.marker in markers)

    def _one(self, citation: GotCitation) -> str:
        key = (citation.doc_id, citation.heading_path, citation.quote)
        if key not in self._known:
            own = (citation.quote, citation.title, *citation.heading_path, citation.lead)
            self._known[key] = "\n".join([fold("\n".join(own)), *self._places(*key)])
        return self._known[key]

    def _places(self, doc_id: str, path: tuple[str, ...], quote: str) -> Iterator[str]:
        quoted = fold(quote)
        for part in self._documents.get(doc_id, ()):
            if part.heading_path == path:
                yield from (row for row in part.rows if quoted in row)
                yield "" if part.rows else part.text
            elif path and part.heading_path[: len(path)] == path:
                yield part.text  # what is said of a chapter is said of its sections


def words_share(sentence: str, source: str) -> float:
    """The share of the sentence's Chinese character pairs that stand in the folded source."""
    pairs = [run[i : i + 2] for run in _HAN.findall(sentence) for i in range(len(run) - 1)]
    return sum(pair in source for pair in pairs) / len(pairs) if pairs else 1.0


def _has(figure: str, source: str) -> bool:
    """A percentage may stand in a table as a bare number under a (%)."""
    bare = figure.removesuffix("%")
    return stands_in(figure, source) or ("(%)" in source and stands_in(bare, source))


def stands_on(sentence: str, source: str) -> bool:
    """Whether the sentence's figures all stand in the folded source, and most of its words."""
    bare = _without_results(fold(_MARKER.sub(" ", sentence)))
    figures = all(_has(figure, source) for figure in _FIGURE.findall(bare))
    return figures and words_share(bare, source) >= WORDS_SHARE


def _without_results(text: str) -> str:
    """The text without results that are rightly worked out: their operands need a source, not they."""
    worked = _WORKED.sub(
        lambda m: f"{m['a']} {m['b'] or ''} {m['by'] or ''} " * _right(m) or m[0], text
    )
    return _WORKING_WORDS.sub(" ", worked) if worked != text else text


def _right(worked: re.Match[str]) -> bool:
    """Whether a difference, a multiple or a growth rate comes out as said, to its decimals."""
    if not (worked["b"] or worked["by"]):
        return False
    value = Decimal(worked["a"]) - Decimal(worked["b"] or 0)
    if worked["by"]:
        value = value / Decimal(worked["by"]) * (100 if worked["percent"] else 1)
    said = Decimal(worked["result"].replace("−", "-"))
    return abs(value - said) <= Decimal(5).scaleb(min(int(said.as_tuple().exponent), 0) - 1)


def needs_source(sentence: str) -> bool:
    """A list's opening line and a statement of absence need none."""
    return not (sentence.endswith(("：", ":")) or _ABSENCE.search(sentence))


def ungrounded(got: Got, sources: Sources) -> list[str]:
    """The sentences of an answer that their own citations don't carry, or that cite nothing."""
    found = []
    pieces = sentences(got.text)
    for i, sentence in enumerate(pieces):
        later = next((m for s in pieces[i:] if (m := _MARKER.findall(s))), [])
        markers = [int(n) for n in _MARKER.findall(sentence) or _carried(sentence, later)]
        if not markers and not needs_source(sentence):
            continue
        if not markers or not stands_on(sentence, sources.of(markers, got.citations)):
            found.append(sentence)
    return found


def _carried(sentence: str, later: Sequence[str]) -> Sequence[str]:
    """A clause before a ； is carried by the marker at its sentence's end."""
    return later if sentence.endswith("；") else ()


def grounded_share(got: Got, sources: Sources) -> float:
    """The share of the sentences that need a source and have it; 1 where none needs one."""
    needing = [s for s in sentences(got.text) if needs_source(s) or _MARKER.search(s)]
    return 1 - len(ungrounded(got, sources)) / len(needing) if needing else 1.0
