"""Fixtures for the outline: documents written as plain text, parsed in one call."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.outline import parse
from index.records import Block, ParsedDocument, RawDocument

SENTENCE = (
    "推进河湖水系连通，完善防洪排涝体系，提升供水保障能力，加快智慧水利建设，健全长效管护机制。"
)


@pytest.fixture()
def sentence() -> str:
    """A sentence as long as a paragraph's, which no rule takes for a heading."""
    return SENTENCE


@pytest.fixture()
def parsed() -> Callable[..., ParsedDocument]:
    """Parses a text, a line a block; `T` in it stands for a long sentence."""

    def run(text: str, title: str = "") -> ParsedDocument:
        lines = text.strip("\n").replace("{T}", SENTENCE).split("\n")
        return parse(RawDocument(tuple(Block(line) for line in lines)), "doc", title)

    return run


@pytest.fixture()
def outline(parsed: Callable[..., ParsedDocument]) -> Callable[..., list[str]]:
    """The heading paths of a text's sections, levels joined by ' > '."""

    def run(text: str, title: str = "") -> list[str]:
        return [" > ".join(section.heading_path) for section in parsed(text, title).sections]

    return run
