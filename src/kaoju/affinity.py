"""How near words are in meaning, within a language and across, by the encoder.

An encoder made for sentences reads a word as a short one: yield and 收益率, leap and jumped
lie near each other. What counts as near is told by the words at hand, most pairs of which
have nothing to do with each other, so that no number here belongs to one encoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from kaoju.encoder import encoded_once
from kaoju.lexicon import load
from kaoju.text import has_han

if TYPE_CHECKING:
    from kaoju.encoder import Encoder

_CHANCE = 1.5  # standard deviations above the mean that chance alone reaches
_FEWEST = 60  # pairs that tell what chance is; with fewer, `_USUAL` stands in
_USUAL = 0.5

Floats = npt.NDArray[np.float32]


def affinities(encoder: Encoder, asked: Sequence[str], said: Sequence[str]) -> Floats:
    """How surely each word asked for is meant by each word said.

    Args:
        encoder: Reads the words, each once a process.
        asked: Words of a question, as printed or folded.
        said: Words of articles, in either language.

    Returns:
        (asked, said) values in [0, 1]: 0 up to what unrelated words reach, 1 for the same
        word. Names of numbers and codes mean one thing only and are 0 unless equal.
    """
    if not asked or not said:
        return np.zeros((len(asked), len(said)), dtype=np.float32)
    near = encoded_once(encoder, asked) @ encoded_once(encoder, said).T
    chance = float(near.mean() + _CHANCE * near.std()) if near.size >= _FEWEST else _USUAL
    found = np.clip((near - chance) / max(1e-6, 1 - chance), 0.0, 1.0)
    loose = np.array([not is_exact(word) for word in asked], dtype=np.float32)
    other = np.array([not is_exact(word) for word in said], dtype=np.float32)
    found *= loose[:, None] * other[None, :]
    for row, word in enumerate(asked):
        for column, told in enumerate(said):
            if word == told:
                found[row, column] = 1.0
    return np.asarray(found, dtype=np.float32)


@cache
def _numbering() -> frozenset[str]:
    return frozenset(
        word for line in load("answering")["numbering"]["words"] for word in line.split()
    )


def is_exact(word: str) -> bool:
    """Whether a word stands for itself alone: a number, an ordinal, a code, a single character."""
    if any(character.isdigit() for character in word) or word in _numbering():
        return True
    return len(word) == 1 and has_han(word)
