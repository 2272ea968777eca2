"""Sentences are encoded once in a check, and no more of them than it allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from drafting import paired, told
from kaoju.pairing import Encoded


class _Encoder:
    """An encoder that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        # Vectors are remembered by the encoder's digest.
        self.digest, self.dimension = f"of a test {id(self)}", 4

    def encode(self, texts: Sequence[str]) -> Any:
        self.asked += texts
        return np.ones((len(texts), 4), dtype=np.float32)


def test_a_text_is_encoded_once_and_only_so_many_are() -> None:
    encoder = _Encoder()
    encoded = Encoded(encoder)  # type: ignore[arg-type]
    assert set(encoded.add(["a", "b", "a"], 9)) == {"a", "b"}
    assert set(encoded.add(["b", "c", "d"], 1)) == {"a", "b", "c"}
    assert encoder.asked == ["a", "b", "c"]


def test_a_pair_is_held_when_both_its_sentences_are() -> None:
    claim = told("The fleet numbers 14 ships.")
    pair = paired(claim, told("It runs 13 ships.", article="a", title="Ferries"))
    encoded = Encoded(_Encoder())  # type: ignore[arg-type]
    encoded.add(["The fleet numbers … ships.", "It runs … ships."], 9)
    assert not encoded.holds(pair)
    encoded.add(["Ferries\nIt runs … ships."], 9)
    assert encoded.holds(pair)
