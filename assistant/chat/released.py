"""The answer as it grows: sentences that passed, their sources numbered, what was left out.

What has been released is never taken back: the finished text begins with it, letter for letter.
Knows the material and the default mode's answer; knows no model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.chat.material import Material
from assistant.chat.quoting import quote_for
from assistant.claims import Checked, markers_of
from assistant.figures import squeeze
from assistant.records import Answer, Citation
from assistant.statements import Citing, citation_of, pieces
from index.records import Passage, SourceDoc

BRIDGE = "以下由程序直接引自文件："
_MARKER = re.compile(r"\[(\d+)\]")
_MARKERS_AND_ENDS = re.compile(r"^- |\[\d+\]|[。；：！？\s]+$")
_ITEM = "- "


class Released:
    """Text and citations so far; `dropped` counts the sentences left out, `kept` those shown."""

    def __init__(
        self,
        material: Material,
        document: Callable[[str], SourceDoc],
        stands: Callable[[Citation], bool],
    ) -> None:
        self.text = ""
        self.kept = self.dropped = 0
        self._material = material
        self._document = document
        self._stands = stands
        self._citing = Citing(document)
        self._waiting = ""
        self._own = {_bare(s.text): s for s in material.picked}

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._citing.citations)

    def own(self, sentence: str) -> Checked | None:
        """The sentence as the default mode says it itself, with that mode's source; else None."""
        statement = self._own.get(_bare(sentence))
        if statement is None or statement.passage is None:
            return Checked(statement.text, (), ()) if statement else None
        marker = self._material.number(statement.passage)
        text = f"{statement.text}[{marker}]"
        return Checked(f"{_ITEM}{text}" if statement.item else f"{text}。", (marker,), ())

    def add(self, sentence: Checked) -> str:
        """Takes a checked sentence in; the piece to be shown, '' where there is none (yet).

        A sentence without a source says nothing by itself (包括以下几项：, or 抱歉，无法回答。): it is
        shown with the next one that has a source, or not at all. One whose quote does not stand is
        dropped.
        """
        if not sentence.markers and self.own(sentence.text) is None:
            self._waiting = sentence.text
            return ""
        quotes = self._quotes(sentence.text, markers_of(sentence.text))
        found = {
            n: citation_of(self._passage(n), quote, self._document) for n, quote in quotes.items()
        }
        if not all(map(self._stands, found.values())):
            self.dropped += 1
            return ""
        self.kept += 1
        marks = {n: self._citing.again(citation) for n, citation in found.items()}
        before, self._waiting = self._append(self._waiting), ""
        return before + self._append(_MARKER.sub(lambda m: f"[{marks[int(m[1])]}]", sentence.text))

    def rest(self, answer: Answer) -> Iterator[str]:
        """The default mode's answer behind what was released, its sources numbered on."""
        sources = {c.marker: c for c in answer.citations}
        marks = {n: self._citing.again(sources[n]) for n in markers_of(answer.text)}
        text = _MARKER.sub(lambda m: f"[{marks[int(m[1])]}]", answer.text)
        before = f"\n{BRIDGE}\n" if self.text else ""
        self.text += before + text
        yield from pieces(before + text)

    def _append(self, sentence: str) -> str:
        last = self.text.rpartition("\n")[2]
        new_line = sentence.startswith(_ITEM) or last.startswith(_ITEM) or sentence.endswith("：")
        piece = ("\n" if sentence and new_line and self.text else "") + sentence
        self.text += piece
        return piece

    def _quotes(self, sentence: str, markers: tuple[int, ...]) -> dict[int, str]:
        own = self._own.get(_bare(sentence))
        if own is not None and own.passage is not None:
            return {self._material.number(own.passage): own.quote}
        return {n: quote_for(self._passage(n), _MARKER.sub("", sentence)) for n in markers}

    def _passage(self, marker: int) -> Passage:
        return self._material.passages[marker - 1].passage


def _bare(sentence: str) -> str:
    return squeeze(_MARKERS_AND_ENDS.sub("", sentence))
