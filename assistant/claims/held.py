"""A chat model's stream held back until a sentence or a list item is whole, in clean form.

Takes away what is no answer (<think> parts, code fences, headings' and bold marks), says a
markdown table row by row, and stops where the model repeats itself. Knows nothing of passages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.claims.lines import Lines
from assistant.claims.markers import MARKER, clean_markers
from assistant.claims.thinking import Thinking
from index.sentences import enclosed

_STOPS = "。！？!?"
_CLOSERS = "”’」』）)》"
# What may still follow a full stop and belong to the sentence: a marker in any of its forms.
_MARKER_START = re.compile(r"\s*[\[【［〔(（^<“\"①-⑳¹²³⁴-⁹]")
_MARKERS_AFTER = re.compile(
    r"(?:\s*(?:[\[【［〔][^\[\]【】［］〔〕。！？\n]{1,40}[\]】］〕]+(?:\([^)\s]*\))?"
    r"|[(（](?:参?见|来源|材料|资料|文献|证据|引自)[^()（）。\n]{0,40}[)）]"
    r"|<sup>[^<\n]{1,20}</sup>|\^\[?\d{1,3}\]?\^|[①-⑳]+|[¹²³⁴-⁹]+))+"
)
_STAMMER = re.compile(r"(.{2,60}?)\1{5,}$|(.)\2{15,}$", re.DOTALL)
_SAME = re.compile(r"[\s\W_]+")
# A sentence that comes a third time is a loop, not emphasis.
_MOST_REPEATS = 3
# A quotation that is still open after so many characters will not be closed.
_LONGEST_QUOTE = 300


class Held:
    """Feed the stream's pieces; whole sentences and list items come back, each once.

    An item starts with "- ". `opaque`: the tokens that stand for the passages in the prompt.
    After `close`: `half` is an unfinished last sentence that was left out, `looped` says the
    model repeated itself (what came after is dropped), `restarted` that all returned before
    belonged to a reasoning part without an opening mark and must be taken back.
    """

    def __init__(self, opaque: Mapping[str, int] | None = None) -> None:
        self.half = ""
        self.looped = False
        self.restarted = False
        self._opaque = opaque
        self._thinking = Thinking()
        self._lines = Lines()
        self._rest = ""
        self._seen: dict[str, int] = {}

    def feed(self, piece: str) -> list[str]:
        """The sentences that this piece completes, in order."""
        if self.looped:
            return []
        text = self._thinking.feed(piece)
        if self._thinking.restarted:
            self._restart()
        self._rest += text
        return self._released(self._whole())

    def close(self, cut: bool = False) -> list[str]:
        """What is left at the stream's end; `cut`: the stream broke off or ran into its limit.

        The last sentence counts as whole with its full stop, or, where not cut, with its marker.
        """
        if self.looped:
            return []
        self._rest += self._thinking.close()
        found = self._whole(last=True)
        rest, self._rest = self._rest, ""
        ended = "" if cut else self._clean(rest)
        if ended and (MARKER.search(ended[-6:]) or ended.endswith("|")):
            found += self._lines.take(rest, whole=True)
        elif rest.strip():
            self.half = rest.strip()
        return self._released(found)

    def _restart(self) -> None:
        self.restarted = bool(self._seen) or self.restarted
        self._thinking.restarted = False
        self._rest, self._seen, self._lines = "", {}, Lines()

    def _whole(self, last: bool = False) -> list[str]:
        """Sentences cut off the front of what is held."""
        found: list[str] = []
        while (end := self._end(last)) is not None:
            part, self._rest = self._rest[:end], self._rest[end:]
            found += self._lines.take(part, whole=part.endswith("\n"))
        if _STAMMER.search(self._rest[-400:]):
            self.looped, self._rest = True, ""
        return found

    def _end(self, last: bool) -> int | None:
        """Where the first whole line or sentence ends; None where it is not certain yet."""
        line, newline, _ = self._rest.partition("\n")
        if self._lines.holds_lines(line):
            return len(line) + 1 if newline else None
        inside = enclosed(line)
        for at, character in enumerate(line):
            if character not in _STOPS or inside[at] or self._quoting(line[:at]):
                continue
            end = at + 1
            while end < len(line) and line[end] in _STOPS + _CLOSERS:
                end += 1
            if markers := _MARKERS_AFTER.match(line, end):
                end = markers.end()
            certain = newline or last or line[end:].strip()
            if not certain or (not newline and not last and self._marker_begins(line[end:])):
                return None
            return end
        return len(line) + 1 if newline else None

    @staticmethod
    def _quoting(before: str) -> bool:
        """Whether a quotation mark is still open that may yet be closed."""
        at = max(before.rfind("“"), before.rfind("《"))
        closed = max(before.rfind("”"), before.rfind("》"))
        return at > closed and len(before) - at < _LONGEST_QUOTE

    @staticmethod
    def _marker_begins(rest: str) -> bool:
        """Whether a marker has begun behind the full stop and is not whole yet."""
        begun = _MARKER_START.match(rest)
        return begun is not None and len(rest) < 45 and not re.search(r"[\]】］〕)）>”\"]", rest)

    def _clean(self, text: str) -> str:
        return clean_markers(text.strip(), self._opaque)

    def _released(self, found: list[str]) -> list[str]:
        """The sentences in clean form, repeated ones left out; a third time ends the answer."""
        fresh: list[str] = []
        for text in found:
            sentence = self._clean(text)
            key = _SAME.sub("", MARKER.sub("", sentence))
            if not key:
                continue
            self._seen[key] = self._seen.get(key, 0) + 1
            if self._seen[key] >= _MOST_REPEATS:
                self.looped, self._rest = True, ""
                break
            if self._seen[key] == 1:
                fresh.append(sentence)
        return fresh
