"""What a case asks for, what the assistant gave, and how it was graded. Imports nothing local."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Expect = Literal["answer", "refuse", "correct", "validate"]
GoldMode = Literal["all", "any", "each-doc"]
Split = Literal["dev", "unseen"]
# failed: the question raised; wrong: graded and not right; unscored: nothing to grade it by.
Status = Literal["right", "wrong", "failed", "unscored"]

EXPECTS: tuple[str, ...] = ("answer", "refuse", "correct", "validate")
GOLD_MODES: tuple[str, ...] = ("all", "any", "each-doc")
SPLITS: tuple[str, ...] = ("dev", "unseen")


@dataclass(frozen=True, slots=True)
class Gold:
    """A section that carries the answer. Each element of `path` is a heading or its number.

    An empty path is the text before the document's first heading.
    """

    doc: str
    path: tuple[str, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what a right answer holds; `file` and `line` say where it is written."""

    id: str
    group: str
    question: str
    expect: Expect
    history: tuple[tuple[str, str], ...] = ()  # (role, content), oldest first
    gold: tuple[Gold, ...] = ()
    gold_mode: GoldMode = "all"
    also_ok: tuple[Gold, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()  # one alternative of each inner tuple
    must_not: tuple[str, ...] = ()
    note: str = ""
    absent: tuple[tuple[str, ...], ...] = ()  # each: words that no paragraph of a document joins
    computed: tuple[tuple[str, ...], ...] = ()  # as `must`, but worked out: no document states it
    origin: Mapping[str, Any] = field(default_factory=dict)  # the complaint it was made of
    split: Split = "dev"
    file: str = ""
    line: int = 0

    @property
    def facts(self) -> tuple[tuple[str, ...], ...]:
        """All that a right answer says, stated by the documents or worked out from them."""
        return self.must + self.computed


@dataclass(frozen=True, slots=True)
class GotEvidence:
    """A passage the assistant retrieved; the best stands first."""

    doc_id: str
    heading_path: tuple[str, ...]
    text: str
    score: float
    lead: str = ""


@dataclass(frozen=True, slots=True)
class GotCitation:
    """A source the assistant named."""

    marker: int
    doc_id: str
    title: str
    heading_path: tuple[str, ...]
    lead: str
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class Got:
    """What came back for a case: an answer, or `error` (the exception as one line).

    `user_error` says that the exception is one made for users (a plain sentence in Chinese).
    """

    question: str
    standalone_question: str = ""
    text: str = ""
    refused: bool = False
    citations: tuple[GotCitation, ...] = ()
    evidence: tuple[GotEvidence, ...] = ()
    dropped_claims: int = 0
    model: str = ""
    seconds: float | None = None
    fallback: str = ""  # why the default mode wrote in the chat model's place
    usage: Json | None = None  # the chat model's calls, tokens, cost and time
    error: str = ""
    user_error: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """A graded case. A figure that does not apply to it is None and stays out of its mean."""

    case: Case
    got: Got
    scores: Mapping[str, float | None]
    status: Status
    miss: str = ""  # why it is wrong or failed, in Chinese; '' where right
    missing: tuple[str, ...] = ()  # the `must` groups not met, alternatives joined by ' / '
    unfaithful: tuple[int, ...] = ()  # markers whose quote does not stand in the document
    ungrounded: tuple[str, ...] = ()  # sentences that their own citations do not carry


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a figure over `n` cases with its 95 % bootstrap interval."""

    n: int
    mean: float
    low: float
    high: float


Summary = Mapping[str, Mapping[str, Mean]]  # scope (全部, a group, a split) -> figure -> mean
Json = dict[str, Any]
