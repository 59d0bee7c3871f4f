"""What the assistant makes of a question, one frozen dataclass a stage."""

from __future__ import annotations

from dataclasses import dataclass, field

from index.records import Edition, Passage


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation so far."""

    role: str  # user | assistant
    content: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage the answer may lean on, best first."""

    marker: int  # 1-based rank among the evidence
    passage: Passage
    title: str  # the document's title
    score: float


@dataclass(frozen=True, slots=True)
class Citation:
    """The source of a sentence. `quote` stands word for word in the document, white space aside."""

    marker: int  # the n of [n] in Answer.text, counted from 1 in order of appearance
    doc_id: str
    title: str
    heading_path: tuple[str, ...]
    lead: str
    page: int | None
    quote: str
    edition: Edition = "原文"
    passage_id: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """What the chat model was asked to do for one answer."""

    calls: int  # requests sent: rewriting, the answer, repairs, retries
    prompt_tokens: int
    completion_tokens: int
    seconds: float  # from the first request to the last word used
    cost: float = 0.0  # yuan, by the prices set; 0 where none are
    estimated: bool = False  # the server reported no tokens: counted from the characters
    cached: bool = False  # nothing was sent: the figures are those of the answer kept


@dataclass(frozen=True, slots=True)
class Answer:
    """A cited answer, or a refusal (refused=True). A failure is an exception, never an Answer."""

    question: str
    standalone_question: str
    text: str  # with [n] at the end of each sentence; no citation lines
    citations: tuple[Citation, ...]
    evidence: tuple[Evidence, ...]
    refused: bool
    dropped_claims: int
    model: str  # "" in the default mode (no chat model)
    settings_hash: str
    seconds: float
    notes: tuple[str, ...] = field(
        default=()
    )  # said beside the answer: 读本, model down, sentences dropped
    confidence: str = "high"  # high | low (最接近的内容) | none (a refusal)
    # With a chat model; all empty in the default mode. `notes` says the same in sentences.
    model_label: str = ""  # the model as readers are told of it; "" where it wrote none of `text`
    model_filing: str = ""  # its 备案号, where set
    fallback: str = ""  # why the default mode wrote all or the rest of `text`; "" where it did not
    usage: Usage | None = None
