"""A sample of the damaged and hostile documents, and that the run would see what it looks for."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from index import readers
from index.errors import DocumentError
from index.records import Block, RawDocument
from tests.index import mutants


def test_a_sample_is_read_or_refused_in_words(tmp_path: Path) -> None:
    tally = mutants.run(72, seed=2, folder=tmp_path)
    assert tally.wrong == []
    assert tally.outcomes["read"] >= 10
    assert tally.outcomes["read"] + tally.outcomes["refused"] == 72


def test_the_same_seed_gives_the_same_files() -> None:
    one, other = (list(mutants.mutants(24, 5, "/t", "http://h")) for _ in range(2))
    assert one == other
    assert len({data for _, data in one}) == 24


def test_a_reader_that_misbehaves_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = iter(range(5))

    def bad(path: Path, root: Path) -> RawDocument:
        turn = next(turns)
        if turn == 0:
            return RawDocument(blocks=(Block((root.parent / "outside.txt").read_text("utf-8")),))
        if turn == 1:
            raise DocumentError(path.name, "坏\n了")
        if turn == 2:
            raise RecursionError
        if turn == 3:
            monkeypatch.setattr(mutants, "SECONDS", -1.0)
        return RawDocument(blocks=(Block("公园"),))

    monkeypatch.setattr(readers, "read", bad)
    wrong = mutants.run(4, seed=1, folder=tmp_path).wrong
    assert [line.split(": ", 1)[1].split(" ")[0] for line in wrong] == [
        "the", "message", "RecursionError:", "0",
    ]  # fmt: skip


def test_a_connection_is_counted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        assert mutants._connections(listening) == 0
        with socket.create_connection(listening.getsockname()):
            assert mutants._connections(listening) == 1
