"""Where Chinese input vectors begin: as mixtures of the English ones they occur beside.

A Chinese token z and an English one e that occur together c times, alone nz and ne times,
are as good as translations of each other when c * c / (nz * ne) is near one. The best six
make the mixture; a token seen with nothing takes the mean of its characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

BEST = 6
_HAN = re.compile("[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff]")


def is_chinese(token: str) -> bool:
    """Whether a token of the vocabulary is Chinese: its input vector is learned anew."""
    return _HAN.search(token) is not None


def begin_vectors(
    zh_rows: Sequence[Sequence[int]],
    en_rows: Sequence[Sequence[int]],
    english: Any,
    tokens: Sequence[str],
    chinese: Any,
) -> Any:
    """Mixtures for the Chinese tokens of a vocabulary.

    Args:
        zh_rows: Token ids of the Chinese sides, special tokens included.
        en_rows: Token ids of the English sides, of the teacher's vocabulary.
        english: (e, dimension) the teacher's input vectors.
        tokens: A surface of every id, without ``##``.
        chinese: Ids of the Chinese tokens, in order.

    Returns:
        (len(chinese), dimension) float32, each scaled to the mean length of English words.
    """
    size = len(tokens)
    place = np.full(size, -1)
    place[chinese] = np.arange(len(chinese))
    left = _presence(zh_rows, size)[:, chinese]
    right = _presence(en_rows, len(english))
    together = (left.T @ right).tocoo()
    times_zh = np.asarray(left.sum(axis=0)).ravel()
    times_en = np.asarray(right.sum(axis=0)).ravel()
    weight = together.data**2 / (times_zh[together.row] * times_en[together.col])
    order = np.lexsort((-weight, together.row))
    rows, columns, weight = together.row[order], together.col[order], weight[order]
    first = np.searchsorted(rows, np.arange(len(chinese)))
    last = np.searchsorted(rows, np.arange(len(chinese)), side="right")
    vectors = np.zeros((len(chinese), english.shape[1]), dtype=np.float32)
    length = float(np.linalg.norm(english, axis=1).mean())
    middle = english.mean(axis=0)
    missing = []
    single = {token: i for i, token in enumerate(tokens) if len(token) == 1}
    for number, (begin, end) in enumerate(zip(first, last, strict=True)):
        end = min(end, begin + BEST)
        if begin == end:
            missing.append(number)
            continue
        share = weight[begin:end] / weight[begin:end].sum()
        vectors[number] = share @ english[columns[begin:end]]
    for number in missing:
        token = tokens[chinese[number]]
        characters = [place[single[c]] for c in token if c in single and c != token]
        known = [vectors[i] for i in characters if i >= 0 and vectors[i].any()]
        vectors[number] = np.mean(known, axis=0) if known else middle
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.maximum(norms, 1e-6) * length


def _presence(rows: Sequence[Sequence[int]], size: int) -> Any:
    from scipy import sparse  # type: ignore[import-untyped]

    kept = [sorted(set(row[1:-1])) for row in rows]
    columns = np.fromiter((i for row in kept for i in row), dtype=np.int32)
    starts = np.cumsum([0, *map(len, kept)])
    data = np.ones(len(columns), dtype=np.float32)
    return sparse.csr_matrix((data, columns, starts), shape=(len(rows), size))
