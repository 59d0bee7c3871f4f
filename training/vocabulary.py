"""The vocabulary: frequent words, all characters, short Latin words and numbers.

Knows word counts; makes a tokenizer that cuts a text into the likeliest row of known words.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter

from sentencepiece import sentencepiece_model_pb2 as proto
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

SIZE = 40_000  # with 256 floats of two bytes 20.5 MB
LONGEST_WORD = 5
LATIN = 2_500  # Latin words and numbers kept
SEEN = 5  # a character must be seen so often
UNKNOWN = "<unk>"
_HAN = re.compile(r"^[\u4e00-\u9fff]+$")
_LATIN = re.compile(r"^(?:[a-z]{1,12}|[0-9]{1,4})$")
_SINGLE = "0123456789abcdefghijklmnopqrstuvwxyz.%+-"


def is_han(word: str) -> bool:
    return bool(_HAN.match(word))


def make_tokenizer(counts: Counter[str], size: int = SIZE) -> Tokenizer:
    """A Unigram tokenizer over NFKC, lower-case text; word 0 is the unknown one."""
    characters: Counter[str] = Counter()
    for word, count in counts.items():
        if is_han(word):
            for character in word:
                characters[character] += count
    characters = Counter({c: n for c, n in characters.items() if n >= SEEN})
    latin = _most({w: n for w, n in counts.items() if _LATIN.match(w)}, LATIN)
    han = {w: n for w, n in counts.items() if is_han(w) and 1 < len(w) <= LONGEST_WORD}
    words = _most(han, size - len(characters) - len(latin) - len(_SINGLE) - 1)
    total = sum(counts.values())
    scored = {word: math.log(count / total) for word, count in words + latin}
    for character in characters:
        scored[character] = math.log((counts[character] + 1) / total)
    for character in _SINGLE:
        scored.setdefault(character, -16.0)
    return _tokenizer([(UNKNOWN, -30.0), *scored.items()])


def _most(counts: dict[str, int], size: int) -> list[tuple[str, int]]:
    """The most frequent, ties in order of the words, so that the same counts give the same."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:size]


def _tokenizer(scored: list[tuple[str, float]]) -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[\u4e00-\u9fff]+|[a-z]+|[0-9]+"), behavior="isolated"),
            pre_tokenizers.Split(Regex(r"[^\u4e00-\u9fffa-z0-9.%+\-]+"), behavior="removed"),
        ]
    )
    return tokenizer


def pieces(tokenizer: Tokenizer) -> bytes:
    """The same words and scores as a sentencepiece model, for texts that are normalised already.

    No word holds both kinds of what the tokenizer parts (Chinese, letters, digits), and none what
    it removes, so the best row of words is the same without parting.
    """
    model = proto.ModelProto()
    spec, plain = model.trainer_spec, model.normalizer_spec
    spec.model_type, spec.unk_id = spec.UNIGRAM, 0
    spec.bos_id = spec.eos_id = spec.pad_id = -1
    plain.name = "identity"
    plain.add_dummy_prefix = plain.remove_extra_whitespaces = plain.escape_whitespaces = False
    for place, (word, score) in enumerate(json.loads(tokenizer.to_str())["model"]["vocab"]):
        piece = model.pieces.add(piece=word, score=score)
        piece.type = piece.NORMAL if place else piece.UNKNOWN
    return bytes(model.SerializeToString())
