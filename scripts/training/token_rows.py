"""Token ids of many texts in one array, on the device that trains, padded there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

Tensor = Any  # of torch, which comes without types here
Ints = npt.NDArray[np.int64]


class TokenRows:
    """Rows of token ids.

    Args:
        flat: All ids, row after row.
        lengths: (rows,) how many each has.
        device: Where padded rows are made.
    """

    def __init__(self, flat: Any, lengths: Any, device: str = "cpu") -> None:
        self.lengths: Ints = np.asarray(lengths, dtype=np.int64)
        ends = np.cumsum(self.lengths)
        self.device = device
        self._flat = torch.from_numpy(np.asarray(flat, dtype=np.int64)).to(device)
        self._starts = torch.from_numpy(ends - self.lengths).to(device)
        self._lengths = torch.from_numpy(self.lengths).to(device)

    def __len__(self) -> int:
        return len(self.lengths)

    def padded(self, rows: Sequence[int] | Ints) -> Tensor:
        """(n, longest) ids of some rows, 0 after their end."""
        chosen = np.asarray(rows, dtype=np.int64)
        width = int(self.lengths[chosen].max())
        at = torch.from_numpy(chosen).to(self.device)
        column = torch.arange(width, device=self.device)
        inside = column[None] < self._lengths[at][:, None]
        places = (self._starts[at][:, None] + column[None]).clamp(max=len(self._flat) - 1)
        return torch.where(inside, self._flat[places], 0)

    def parts(self, rows: Sequence[int] | Ints, tokens: int) -> Iterator[Ints]:
        """Places in ``rows``, those of like length together, at most so many padded tokens each."""
        chosen = np.asarray(rows, dtype=np.int64)
        lengths = self.lengths[chosen]
        order = np.argsort(-lengths, kind="stable")
        at = 0
        while at < len(order):
            size = max(1, tokens // int(lengths[order[at]]))
            yield order[at : at + size]
            at += size


def flattened(rows: Sequence[Sequence[int]]) -> tuple[npt.NDArray[np.uint16], Any]:
    """Rows of ids as one array and their lengths, as `TokenRows` takes them."""
    lengths = np.array([len(row) for row in rows], dtype=np.uint16)
    flat = np.fromiter((i for row in rows for i in row), dtype=np.uint16, count=int(lengths.sum()))
    return flat, lengths
