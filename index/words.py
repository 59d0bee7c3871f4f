"""Text as the terms that are indexed and searched: characters, their bigrams, longer words.

Knows nothing of documents or questions: both are cut by the same function. rjieba's dictionary
words of one or two characters are left out, for they are terms already as characters and bigrams.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from operator import add

import rjieba

from index.engine import Weights

HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
# A run of Han, or a Latin or digit run kept whole with the points, hyphens and per cent inside it.
_RUN = re.compile(rf"[{HAN}]+|[a-z0-9]+(?:[.\-+/][a-z0-9]+)*%?")
_HAN_START = re.compile(rf"[{HAN}]").match
_HAN_ONLY = re.compile(rf"[{HAN}]+").fullmatch
_SHORTEST_WORD = 3  # shorter ones are characters and bigrams already


def normalised(text: str) -> str:
    """NFKC and lower case: ２０２５ -> 2025, ％ -> %, PM2.5 -> pm2.5."""
    return unicodedata.normalize("NFKC", text).lower()


def terms(text: str) -> list[str]:
    """The terms of `text`, repeats kept: they count as term frequency in BM25.

    A number's run also gives itself joined with the character after it (3岁, 2025年), and a
    compound run its parts (pm2.5 -> pm2.5, pm2, 5), so that 65 finds 65%.
    """
    plain = normalised(text)
    found = [w for w in rjieba.cut(plain) if len(w) >= _SHORTEST_WORD and _HAN_ONLY(w)]
    last, last_end = "", -1
    for run in _RUN.finditer(plain):
        piece = run.group()
        if _HAN_START(piece):
            if last_end == run.start():
                found.append(last + piece[0])
            found += piece
            found += map(add, piece, piece[1:])
        else:
            found += _latin_terms(piece)
            last, last_end = piece, run.end()
    return found


def _latin_terms(run: str) -> Iterator[str]:
    yield run
    parts = [p for p in re.split(r"[.\-+/%]", run) if p]
    if parts != [run]:
        whole_number = run.rstrip("%")
        if whole_number != run and len(parts) > 1:
            yield whole_number
        yield from parts


def term_weights(query: str, expansion: Mapping[str, float]) -> Weights:
    """The query's terms by how often it has them, and the expansion's own by their weight."""
    weights: dict[str, float] = {t: float(n) for t, n in Counter(terms(query)).items()}
    added: dict[str, float] = {}
    for expression, weight in expansion.items():
        for term in terms(expression):  # in order: a sum's last digits depend on it
            if term not in weights:
                added[term] = max(weight, added.get(term, 0.0))
    return weights | {term: weight for term, weight in added.items() if weight > 0}
