"""The log probability of a name in one writing given it in another, with NumPy alone.

The model is a transducer (Graves 2012): source symbols are read by gated convolutions, and
at each source position target symbols are written, each given the three before it, until the
next position is turned to. What is summed over is every way of writing the target.
``scripts/training/transducer.py`` is the same model where it is trained.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from threading import RLock

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

EDGE, UNKNOWN = 0, 1  # ids: what stands before and after a name; a symbol that is rare
_CONTEXT, _LAYERS, _WIDTH = 3, 3, 3
_NOTHING = np.float32(-1e9)
_MOST_AT_ONCE = 256  # pairs scored in one go
_CELLS = 512  # of a pair's position and what is written: more would not fit the caches

Array = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int64]

_turn = RLock()
_alone = False  # whether this is so already, for the thread whose turn it is


@cache
def _pools() -> ThreadpoolController:
    return ThreadpoolController()


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep NumPy's products on the calling thread.

    They are small: to share them among threads takes longer than they do, thirty times
    where another process holds a core. Who scores many names can hold it for all of them.
    """
    global _alone
    with _turn:
        if _alone:
            yield
            return
        with _pools().limit(limits=1, user_api="blas"):
            _alone = True
            try:
                yield
            finally:
                _alone = False


class Transducer:
    """Gives the log probability of targets given sources, both as ids of symbols."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        """Take the weights that the training script exports."""
        self._source = weights["source"]
        self._kernels = [
            (
                weights[f"kernel_{k}"],
                weights[f"kernel_bias_{k}"],
                weights[f"norm_{k}"],
                weights[f"norm_bias_{k}"],
            )
            for k in range(_LAYERS)
        ]
        self._read, self._read_bias = weights["read"], weights["read_bias"]
        self._before = [weights[f"before_{k}"] for k in range(_CONTEXT)]
        self._write, self._write_bias = weights["write"], weights["write_bias"]

    @cached_property
    def _first(self) -> Array:
        """What each symbol adds to the first convolution where it stands before, at and after.

        A third of all that is multiplied for a name, worked out once.
        """
        kernel, _, norm, norm_bias = self._kernels[0]
        plain = _normal(self._source, norm, norm_bias)
        return np.stack([plain @ part for part in np.split(kernel, _WIDTH)])

    def read(self, sources: Sequence[Sequence[int]]) -> list[Array]:
        """What is read of each source: one row of numbers a position, its edges included."""
        # One long row of all sources with a gap of nothing before, between and after them.
        sizes = [len(source) + 2 for source in sources]
        starts = np.cumsum([1, *(size + 1 for size in sizes)])
        ids = np.full(starts[-1], EDGE)
        kept = np.ones((starts[-1], 1), np.float32)
        kept[0] = 0
        kept[starts[1:] - 1] = 0
        for start, source in zip(starts.tolist(), sources, strict=False):
            ids[start + 1 : start + 1 + len(source)] = source
        hidden = self._source[ids] * kept
        half = hidden.shape[-1]
        with one_thread():
            before, own, after = self._first
            moved = before[ids[:-2]] * kept[:-2]
            moved += own[ids[1:-1]] * kept[1:-1]
            moved += after[ids[2:]] * kept[2:]
            for layer in range(_LAYERS):
                kernel, bias, norm, norm_bias = self._kernels[layer]
                if layer:
                    plain = _normal(hidden, norm, norm_bias) * kept
                    moved = np.concatenate([plain[:-2], plain[1:-1], plain[2:]], -1) @ kernel
                moved += bias
                gate = 1 / (1 + np.exp(-moved[:, half:]))
                hidden[1:-1] = (hidden[1:-1] + moved[:, :half] * gate) * kept[1:-1]
            told = hidden @ self._read + self._read_bias
        return [told[start : start + size] for start, size in zip(starts, sizes, strict=False)]

    def score(self, read: Sequence[Array], targets: Sequence[Sequence[int]]) -> list[float]:
        """The log probability of each target given the source read for it."""
        order = sorted(range(len(read)), key=lambda i: (len(read[i]), len(targets[i])))
        found = [0.0] * len(read)
        for at in range(0, len(order), _MOST_AT_ONCE):
            some = order[at : at + _MOST_AT_ONCE]
            own = self._score([read[i] for i in some], [targets[i] for i in some])
            for i, value in zip(some, own, strict=True):
                found[i] = float(value)
        return found

    def _score(self, read: Sequence[Array], targets: Sequence[Sequence[int]]) -> Array:
        lengths = np.array([len(own) for own in read])
        sizes = np.array([len(target) for target in targets])
        n, longest, widest = len(read), int(lengths.max()), int(sizes.max())
        ids = np.full((n, _CONTEXT + widest + 1), EDGE)
        for number, target in enumerate(targets):
            ids[number, _CONTEXT : _CONTEXT + len(target)] = target
        states = self._before[0][ids[:, : widest + 1]]
        for k in range(1, _CONTEXT):
            states = states + self._before[k][ids[:, k : k + widest + 1]]
        # Only the cells that a pair has: at each position, with so much of the target written.
        every = np.ones((n, longest, widest + 1), bool)
        every &= np.arange(longest)[None, :, None] < lengths[:, None, None]
        every &= np.arange(widest + 1) <= sizes[:, None, None]
        row, position, written = np.nonzero(every)
        hidden, starts = np.concatenate(read), np.cumsum([0, *lengths])
        place = starts[row] + position
        following = ids[row, _CONTEXT + written]
        blank = np.zeros((n, longest, widest + 1), np.float32)
        label = np.zeros_like(blank)
        with one_thread():
            for at in range(0, len(row), _CELLS):
                cells = slice(at, at + _CELLS)
                r, t, u = row[cells], position[cells], written[cells]
                logits = np.tanh(hidden[place[cells]] + states[r, u]) @ self._write
                logits += self._write_bias
                total = _log_sum(logits)
                blank[r, t, u] = logits[:, -1] - total
                label[r, t, u] = logits[np.arange(len(r)), following[cells]] - total
        return _summed(blank, label, lengths, sizes)


def _normal(hidden: Array, scale: Array, shift: Array) -> Array:
    centred = hidden - hidden.mean(-1, keepdims=True)
    spread: Array = np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5)
    told: Array = centred / spread * scale + shift
    return told


def _log_sum(logits: Array) -> Array:
    most = logits.max(-1)
    found: Array = most + np.log(np.exp(logits - most[:, None]).sum(-1))
    return found


def _summed(blank: Array, label: Array, lengths: Whole, sizes: Whole) -> Array:
    """The log probability of each target, over all ways of writing it."""
    n, longest, states = blank.shape
    row = np.full((states, n), _NOTHING, np.float32)
    row[0] = 0
    told = np.zeros(n, np.float32)
    every, ends, size = np.arange(n), lengths - 1, sizes
    for t in range(longest):
        for u in range(1, states):
            row[u] = np.logaddexp(row[u], row[u - 1] + label[:, t, u - 1])
        row = row + blank[:, t].T
        done = ends == t
        told[done] = row[size[done], every[done]]
    return told


def packed(weights: Mapping[str, Array], prefix: str) -> dict[str, npt.NDArray[np.generic]]:
    """Weights as they are shipped: tables as one byte a number with a scale for each row."""
    told: dict[str, npt.NDArray[np.generic]] = {}
    for name, value in weights.items():
        if value.ndim == 1:
            told[f"{prefix}{name}"] = value.astype(np.float16)
            continue
        scale = np.abs(value).max(-1, keepdims=True) / 127 + 1e-9
        told[f"{prefix}{name}"] = np.round(value / scale).astype(np.int8)
        told[f"{prefix}{name}_scale"] = scale[:, 0].astype(np.float16)
    return told


def unpacked(stored: Mapping[str, npt.NDArray[np.generic]], prefix: str) -> dict[str, Array]:
    """Weights as `Transducer` takes them, from what `packed` made."""
    told: dict[str, Array] = {}
    for name in stored:
        if not name.startswith(prefix) or name.endswith("_scale"):
            continue
        value = stored[name].astype(np.float32)
        if value.ndim == 2:
            value = value * stored[f"{name}_scale"].astype(np.float32)[:, None]
        told[name.removeprefix(prefix)] = value
    return told
