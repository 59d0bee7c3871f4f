"""What the model is given to read: the passages and the reader's own picks, fenced and sealed.

Every passage stands under an opaque token and every fence carries a seal; both come from a hash
of all that is fenced, so that no document, question or history can know and write them.
Knows the evidence; knows no prompt and no server.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.chat.grounds import Grounds
from assistant.chat.spending import estimated_tokens
from assistant.claims import Source, source_of
from assistant.drafts import Draft
from assistant.records import Evidence
from assistant.statements import Statement
from index.records import Passage

_LETTERS = "abcdefghjkmnpqrstuvwxyz"  # no digits: a token must not look like a year or a marker
_TOKEN = 4
# In a document [1] is a footnote's number; to the model it would look like a marker.
_FOOTNOTE = re.compile(r"[\[【［]\^?(\d{1,3})[\]】］]")
_NUMBERED = re.compile(r"\[(\d+)\]")
_LEAST = 2  # passages below which the material is not shortened any more
PICKED_NOTHING = "（没有摘出）"


@dataclass(frozen=True)
class Material:
    """Passages, best first, and the statements the default mode picked from them."""

    question: str
    passages: tuple[Evidence, ...]  # marker n is the n-th
    picked: tuple[Statement, ...]

    @cached_property
    def sources(self) -> dict[int, Source]:
        """The passages by their numbers, as they are checked against."""
        return {entry.marker: source_of(entry) for entry in self.passages}

    @cached_property
    def _digest(self) -> str:
        held = [self.question, *(e.passage.passage_id + e.passage.text for e in self.passages)]
        return hashlib.sha256("\0".join(held).encode()).hexdigest()

    @property
    def seal(self) -> str:
        """What the fences of this material are marked with."""
        return self._digest[:10]

    @cached_property
    def tokens(self) -> dict[str, int]:
        """token -> the passage's number."""
        found: dict[str, int] = {}
        attempt = 0
        while len(found) < len(self.passages):
            found.setdefault(_letters(f"{self._digest}{attempt}"), len(found) + 1)
            attempt += 1
        return found

    @cached_property
    def blocks(self) -> tuple[str, ...]:
        """Each passage under its token, with title and heading path."""
        return tuple(
            f"[{token}] {_place(source)}\n{_plain(source.text)}"
            for token, source in zip(self.tokens, self.sources.values(), strict=True)
        )

    @property
    def text(self) -> str:
        """All the blocks."""
        return "\n\n".join(self.blocks)

    @property
    def picks(self) -> str:
        """The statements picked, one a line, each with its passage's token."""
        return "\n".join(map(self._pick, self.picked)) or PICKED_NOTHING

    def _pick(self, statement: Statement) -> str:
        mark = self._token(statement)
        text = _plain(statement.text)
        if statement.basis:
            text = text.format("".join(dict.fromkeys(map(self._token, statement.basis))))
        return f"{'- ' if statement.item else ''}{text}{mark}"

    def _token(self, statement: Statement) -> str:
        """The token of the passage a statement is taken from; '' where it is our own words."""
        if statement.passage is None:
            return ""
        return self.in_tokens(f"[{self.number(statement.passage)}]")

    def number(self, passage: Passage) -> int:
        """The number of a passage of this material."""
        return next(e.marker for e in self.passages if e.passage.passage_id == passage.passage_id)

    def sealed(self, text: str) -> str:
        """Someone's words to be fenced: no marker, and nothing that closes the fence."""
        return _plain(text).replace(self.seal, "")

    def shortened(self) -> Material | None:
        """The better half of it; None where little is left to leave out."""
        half = len(self.passages) // 2
        return _cut(self, half) if half >= _LEAST else None

    def within(self, tokens: int) -> Material:
        """As many passages, by rank, as so many estimated tokens hold; one at the least."""
        held, used = 0, 0
        for source in self.sources.values():
            used += estimated_tokens(_place(source) + source.text) + _TOKEN
            if held and used > tokens:
                break
            held += 1
        return self if held == len(self.passages) else _cut(self, held)

    def only(self, markers: Sequence[int], most: int) -> str:
        """The text of these passages and then the best others, `most` in all; for a repair."""
        order = dict.fromkeys((*markers, *range(1, len(self.passages) + 1)))
        known = [n for n in order if 0 < n <= len(self.passages)][:most]
        return "\n\n".join(self.blocks[n - 1] for n in sorted(known))

    def in_tokens(self, sentence: str) -> str:
        """A checked sentence with the passages' tokens in place of their numbers."""
        names = {n: token for token, n in self.tokens.items()}
        return _NUMBERED.sub(lambda m: f"[{names.get(int(m[1]), '?')}]", sentence)


def material_of(question: str, draft: Draft, grounds: Grounds) -> Material:
    """The passages that the draft's statements cite, then its best hits."""
    scores = {hit.passage.passage_id: hit.score for hit in draft.hits}
    cited = [s.passage for s in draft.statements if s.passage]
    ranked: dict[str, Passage] = {
        p.passage_id: p
        for p in (*cited, *(hit.passage for hit in draft.hits[: grounds.evidence_k]))
    }
    passages = tuple(
        Evidence(n, p, grounds.document(p.doc_id).title, scores.get(p.passage_id, 0.0))
        for n, p in enumerate(ranked.values(), 1)
    )
    return Material(question, passages, draft.statements)


def _cut(material: Material, held: int) -> Material:
    passages = material.passages[:held]
    ids = {entry.passage.passage_id for entry in passages}
    picked = tuple(s for s in material.picked if not s.passage or s.passage.passage_id in ids)
    return Material(material.question, passages, picked)


def _letters(seed: str) -> str:
    digest = hashlib.sha256(seed.encode()).digest()
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:_TOKEN])


def _place(source: Source) -> str:
    parts = (f"《{source.title}》", *source.heading_path, source.lead)
    return _plain(" › ".join(part for part in parts if part))


def _plain(text: str) -> str:
    """The text on lines of its own, without what the model would take for a marker."""
    return re.sub(r"\n{2,}", "\n", _FOOTNOTE.sub(r"（\1）", text)).strip()
