"""A RawDocument as JSON and back, for the pipe between this process and the child.

JSON and not pickle: what comes back was made from a stranger's file and must not be able to run.
"""

from __future__ import annotations

import json
from typing import Any

from index.records import Block, RawDocument


def dump(raw: RawDocument) -> bytes:
    """One line of UTF-8 JSON without its line end."""
    blocks = [[block.text, block.page, block.level, block.grid] for block in raw.blocks]
    return json.dumps(
        {
            "blocks": blocks,
            "title": raw.title,
            "hard_lines": raw.hard_lines,
            "warnings": raw.warnings,
        },
        ensure_ascii=False,
    ).encode("utf-8", "replace")


def load(fields: dict[str, Any]) -> RawDocument:
    """The document; raises KeyError, TypeError or ValueError where the fields are not one."""
    blocks = tuple(
        Block(
            text=str(text),
            page=None if page is None else int(page),
            level=None if level is None else int(level),
            grid=tuple(tuple(str(cell) for cell in row) for row in grid),
        )
        for text, page, level, grid in fields["blocks"]
    )
    return RawDocument(
        blocks=blocks,
        title=str(fields["title"]),
        hard_lines=bool(fields["hard_lines"]),
        warnings=tuple(str(warning) for warning in fields["warnings"]),
    )
