"""Sentences are encoded once in a check, and no more of them than it allows."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from threading import Event
from threading import enumerate as enumerate_threads
from typing import Any

import numpy as np
import pytest

from drafting import paired, told
from kaoju.errors import EncoderError
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


def test_what_was_begun_before_is_not_encoded_again() -> None:
    encoder = _Encoder()
    encoded = Encoded(encoder)  # type: ignore[arg-type]
    encoded.begin(["a", "b"])
    encoded.begin(["b", "c"])
    assert encoded.lacking(["d", "a", "d", "b"], 2) == ["d", "a"]  # none is at hand yet
    assert set(encoded.add(["a", "b", "d"], 9)) == {"a", "b", "d"}
    assert encoded.lacking(["d", "a", "c"], 2) == ["c"]
    assert set(encoded.add(["c"], 9)) == {"a", "b", "c", "d"}
    assert sorted(encoder.asked) == ["a", "b", "c", "d"]


def test_what_goes_wrong_meanwhile_is_told_to_who_asks_for_it() -> None:
    class Broken(_Encoder):
        def encode(self, texts: Sequence[str]) -> Any:
            raise EncoderError("no weights")

    encoded = Encoded(Broken())  # type: ignore[arg-type]
    encoded.begin(["a"])
    with pytest.raises(EncoderError, match="no weights"):
        encoded.add(["a"], 9)


def test_a_pair_is_held_when_both_its_sentences_are() -> None:
    claim = told("The fleet numbers 14 ships.")
    pair = paired(claim, told("It runs 13 ships.", article="a", title="Ferries"))
    encoded = Encoded(_Encoder())  # type: ignore[arg-type]
    encoded.add(["The fleet numbers … ships.", "It runs … ships."], 9)
    assert not encoded.holds(pair)
    encoded.add(["Ferries\nIt runs … ships."], 9)
    assert encoded.holds(pair)


def test_what_is_closed_leaves_no_thread_and_begins_no_more() -> None:
    class Slow(_Encoder):
        def encode(self, texts: Sequence[str]) -> Any:
            begun.set()
            go_on.wait(10)
            return super().encode(texts)

    begun, go_on = Event(), Event()
    encoder = Slow()
    others = set(enumerate_threads())
    with closing(Encoded(encoder)) as encoded:  # type: ignore[arg-type]
        encoded.begin(["a"])
        assert begun.wait(10)
        (own,) = (
            t for t in enumerate_threads() if t.name.startswith("encoded") and t not in others
        )
        encoded.begin(["b"])
    go_on.set()
    own.join(10)
    assert not own.is_alive()
    assert encoder.asked == ["a"]
