"""The log probability of a name in one writing given it in another, with NumPy alone.

The model is a transducer (Graves 2012): source symbols are read by gated convolutions, and
at each source position target symbols are written, each given the three before it, until the
next position is turned to. What is summed over is every way of writing the target.
``scripts/training/transducer.py`` is the same model where it is trained.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

EDGE, UNKNOWN = 0, 1  # ids: what stands before and after a name; a symbol that is rare
_CONTEXT, _LAYERS, _WIDTH = 3, 3, 3
_NOTHING = np.float32(-1e9)
_MOST_AT_ONCE = 64  # pairs scored in one go: more would not fit the processor's caches

Array = npt.NDArray[np.float32]


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

    def read(self, sources: Sequence[Sequence[int]]) -> list[Array]:
        """What is read of each source: one row of numbers a position, its edges included."""
        longest = max(map(len, sources)) + 2
        ids = np.full((len(sources), longest), EDGE)
        kept = np.zeros((len(sources), longest, 1), np.float32)
        for row, source in enumerate(sources):
            ids[row, 1 : 1 + len(source)] = source
            kept[row, : len(source) + 2] = 1
        hidden = self._source[ids] * kept
        half = hidden.shape[-1]
        for kernel, bias, norm, norm_bias in self._kernels:
            plain = _normal(hidden, norm, norm_bias) * kept
            padded = np.pad(plain, ((0, 0), (1, 1), (0, 0)))
            windows = np.concatenate([padded[:, k : k + longest] for k in range(_WIDTH)], -1)
            moved = windows @ kernel + bias
            gate = 1 / (1 + np.exp(-moved[..., half:]))
            hidden = (hidden + moved[..., :half] * gate) * kept
        told = hidden @ self._read + self._read_bias
        return [told[row, : len(source) + 2] for row, source in enumerate(sources)]

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
        n, longest, widest = len(read), max(map(len, read)), max(map(len, targets))
        hidden = np.zeros((n, longest, read[0].shape[-1]), np.float32)
        ids = np.full((n, _CONTEXT + widest), EDGE)
        for row, (own, target) in enumerate(zip(read, targets, strict=True)):
            hidden[row, : len(own)] = own
            ids[row, _CONTEXT : _CONTEXT + len(target)] = target
        states = self._before[0][ids[:, : widest + 1]]
        for k in range(1, _CONTEXT):
            states = states + self._before[k][ids[:, k : k + widest + 1]]
        joint = np.tanh(hidden[:, :, None] + states[:, None])
        logits = joint @ self._write + self._write_bias
        total = _log_sum(logits)
        blank = logits[..., -1] - total
        index = np.broadcast_to(ids[:, None, _CONTEXT:, None], (n, longest, widest, 1))
        label = np.take_along_axis(logits[:, :, :-1], index, 3)[..., 0] - total[:, :, :-1]
        lengths, sizes = [len(own) for own in read], [len(target) for target in targets]
        return _summed(blank, label, lengths, sizes)


def _normal(hidden: Array, scale: Array, shift: Array) -> Array:
    centred = hidden - hidden.mean(-1, keepdims=True)
    spread: Array = np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5)
    told: Array = centred / spread * scale + shift
    return told


def _log_sum(logits: Array) -> Array:
    most = logits.max(-1)
    found: Array = most + np.log(np.exp(logits - most[..., None]).sum(-1))
    return found


def _summed(blank: Array, label: Array, lengths: Sequence[int], sizes: Sequence[int]) -> Array:
    """The log probability of each target, over all ways of writing it."""
    n, longest, states = blank.shape
    row = np.full((states, n), _NOTHING, np.float32)
    row[0] = 0
    told = np.zeros(n, np.float32)
    every, ends, size = np.arange(n), np.array(lengths) - 1, np.array(sizes)
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
