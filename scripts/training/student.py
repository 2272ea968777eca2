"""The student: input vectors of two languages and a body, from token ids to unit vectors.

English input vectors stay the teacher's. Chinese ones are a table of their own, so that it
alone takes the high rate that new vectors need.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional

from training.body import WIDEST_WORD, Body, pooled

Tensor = Any  # of torch, which comes without types here


class TwoTables(nn.Module):  # type: ignore[misc]
    """Input vectors: the teacher's, fixed, and those of Chinese tokens, which learn.

    Args:
        whole: (vocabulary, dimension) all input vectors.
        chinese: Ids of the rows that learn.
        step: What int8 input vectors are whole multiples of.

    Attributes:
        rounds: Whether those that learn are rounded to whole steps.
    """

    def __init__(self, whole: Tensor, chinese: Any, step: float) -> None:
        super().__init__()
        chosen = torch.as_tensor(chinese).long()
        place = torch.full((len(whole),), -1)
        place[chosen] = torch.arange(len(chosen))
        self.register_buffer("whole", whole)
        self.register_buffer("chinese", chosen)
        self.register_buffer("place", place)
        self.learned = nn.Parameter(whole[chosen].clone())
        self.step, self.rounds = step, False

    def forward(self, ids: Tensor) -> Tensor:
        """Look up (n, length) ids: (n, length, dimension)."""
        place: Any = self.place[ids]
        fixed = functional.embedding(ids, self.whole)
        learned = functional.embedding(place.clamp(min=0), self.learned)
        if self.rounds:
            learned = self._stepped(learned)
        return torch.where((place >= 0)[..., None], learned, fixed)

    def merged(self) -> Tensor:
        """All input vectors as they are now, rounded when they are: (vocabulary, dimension)."""
        whole: Any = self.whole.clone()
        learned = self.learned.detach()
        whole[self.chinese] = self._stepped(learned) if self.rounds else learned
        return whole

    def _stepped(self, vectors: Tensor) -> Tensor:
        with torch.no_grad():
            whole = torch.round(vectors / self.step).clamp(-WIDEST_WORD, WIDEST_WORD)
            missed = whole * self.step - vectors
        return vectors + missed


class Encoder(nn.Module):  # type: ignore[misc]
    """Input vectors and a body: ids to unit vectors."""

    def __init__(self, words: nn.Module, body: Body) -> None:
        super().__init__()
        self.words, self.body = words, body

    def forward(self, ids: Tensor) -> Tensor:
        """Encode (n, length) ids, 0 after a row's end: (n, width) of unit rows."""
        mask = ids != 0  # no text has a [PAD] token of its own: its id is 0
        with torch.autocast(ids.device.type, dtype=torch.bfloat16):
            hidden = self.body(self.words(ids), mask)
        return pooled(hidden, mask)
