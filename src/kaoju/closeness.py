"""How closely a passage says each word of a question: late interaction over word vectors.

Every token of the question takes its nearest token of the passage, as ColBERT does (Khattab and
Zaharia, SIGIR 2020), but over the encoder's own input vectors instead of its last layer, cut to
128 numbers: a look-up and one small product for each passage. Rare tokens count more. Since
Chinese input vectors began as mixtures of English ones, it hears translations and synonyms that
share no letter. The tables, ``lexicon/token_vectors.npy`` and ``token_weights.npy``, belong to the
shipped tokenizer and are used whatever encoder a shelf was made with; their card is
``token_vectors.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kaoju.encoder import MODEL_FOLDER, readable_text, shared_tokenizer

LONGEST = 256  # tokens of a passage, as the encoder cuts it


def closeness(question: str, passages: Sequence[str]) -> list[float]:
    """How closely each passage says the words of a question.

    Args:
        question: As typed, in either language.
        passages: In either language.

    Returns:
        For each passage the weighted mean of the best cosine of each question token, at most 1;
        0 where either has no token. Scores of one question may be compared, no others.
    """
    vectors, weights = _table()
    asked = _tokens(question)
    if not asked.size:
        return [0.0] * len(passages)
    weight = weights[asked]
    weight /= weight.sum()
    wanted = _unit(vectors[asked])
    found = []
    for text in passages:
        held = np.unique(_tokens(text))
        if not held.size:
            found.append(0.0)
            continue
        nearest = (wanted @ _unit(vectors[held]).T).max(axis=1)
        found.append(float(weight @ nearest))
    return found


def _tokens(text: str) -> npt.NDArray[np.int64]:
    ids = shared_tokenizer(MODEL_FOLDER, LONGEST).encode(readable_text(text, folded=True)).ids
    return np.array(ids[1:-1], dtype=np.int64)


def _unit(rows: npt.NDArray[np.int8]) -> npt.NDArray[np.float32]:
    whole = rows.astype(np.float32)
    whole /= np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), 1e-6)
    return whole


_KEPT = 50_000  # words of one process whose vectors are remembered
_vectors: dict[str, npt.NDArray[np.float32]] = {}


def word_vectors(words: Sequence[str]) -> npt.NDArray[np.float32]:
    """The vectors of words, folded or as printed: the weighted means of their tokens' own.

    Returns:
        (words, 128) of unit length; a row of noughts for a word without a token. Unrelated words
        of two languages have a cosine of 0.1 on the average, one in twenty above 0.33.
    """
    if not words:
        return np.zeros((0, _table()[0].shape[1]), dtype=np.float32)
    if len(_vectors) + len(words) > _KEPT:
        _vectors.clear()
    for word in words:
        if word not in _vectors:
            _vectors[word] = _mean(_tokens(word))
    return np.stack([_vectors[word] for word in words])


def _mean(tokens: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    vectors, weights = _table()
    found = weights[tokens] @ _unit(vectors[tokens])
    return np.asarray(found / max(float(np.linalg.norm(found)), 1e-6), dtype=np.float32)


@cache
def _table() -> tuple[Any, npt.NDArray[np.float32]]:
    """(vocabulary, 128) int8 on the disk, and (vocabulary,) weights."""
    folder = Path(str(files("kaoju") / "lexicon"))
    vectors = np.load(folder / "token_vectors.npy", mmap_mode="r")
    return vectors, np.load(folder / "token_weights.npy").astype(np.float32)
