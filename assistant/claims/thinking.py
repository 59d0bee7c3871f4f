"""Takes the reasoning out of a stream: <think>…</think> and its kin, whole, unclosed or unopened."""

from __future__ import annotations

import re

_NAMES = "think|thinking|thought|reasoning|reflection|analysis|scratchpad|思考|推理"
_OPENING = re.compile(rf"<\s*(?:{_NAMES})\s*>|<\|(?:{_NAMES})\|>|◁think▷", re.I)
_CLOSING = re.compile(rf"<\s*/\s*(?:{_NAMES})\s*>|<\|/(?:{_NAMES})\|>|◁/think▷", re.I)
_FRAME = re.compile(r"<\|[^|<>\n]{1,30}\|>|</?(?:answer|final|response|output|回答|答案)>", re.I)
_HEAD = re.compile(r"^\s*[#*【\[\s]*(?:思考|推理|分析)(?:过程|步骤|如下)?[】\]*\s]*[:：\n]")
_ANSWER = re.compile(
    r"(?:^|\n)[ \t#*【\[]*(?:最终|正式|以下是)?(?:回答|答案|答复|结论)(?:如下)?[】\]* \t]*[:：\n][* \t]*"
)
_LONGEST_TAG = 24


class Thinking:
    """`feed` gives the text outside the reasoning; what may be a tag half arrived is held.

    `restarted` is set where a closing mark comes without an opening one: all before was reasoning.
    """

    def __init__(self) -> None:
        self.restarted = False
        self._held = ""
        self._inside = False
        self._head: str | None = ""  # the stream's beginning, until it is clear what it is

    def feed(self, piece: str) -> str:
        """The answer's text that has become certain with this piece."""
        self._held += piece
        out = ""
        while True:
            mark = (_CLOSING if self._inside else _OPENING).search(self._held)
            unopened = None if self._inside else _CLOSING.search(self._held)
            if unopened and (not mark or unopened.start() < mark.start()):
                out, self._held, self.restarted = "", self._held[unopened.end() :], True
                self._head = ""
                continue
            if not mark:
                break
            out += "" if self._inside else self._held[: mark.start()]
            self._held = self._held[mark.end() :]
            self._inside = not self._inside
        return self._without_head(out + self._certain())

    def close(self) -> str:
        """What is still held, where it is no reasoning; an unclosed reasoning part is dropped."""
        rest, self._held = ("" if self._inside else self._held), ""
        return self._without_head(rest, last=True)

    def _certain(self) -> str:
        """All that is held, less a tag that may be half here."""
        if self._inside:
            self._held = self._held[-_LONGEST_TAG:]
            return ""
        at = max(self._held.rfind("<"), self._held.rfind("◁"))
        keep = len(self._held) - at if at >= 0 and len(self._held) - at < _LONGEST_TAG else 0
        cut = len(self._held) - keep
        out, self._held = self._held[:cut], self._held[cut:]
        return out

    def _without_head(self, text: str, last: bool = False) -> str:
        """The text less frames; less a written-out 思考过程 before 回答： where the stream opens so."""
        text = _FRAME.sub("", text)
        if self._head is None:
            return text
        self._head += text
        if len(self._head.strip()) < 8 and "\n" not in self._head.strip() and not last:
            return ""
        if _HEAD.match(self._head):
            answer = _ANSWER.search(self._head)
            if not answer:
                return ""
            text, self._head = self._head[answer.end() :], None
            return text
        text, self._head = self._head, None
        return text
