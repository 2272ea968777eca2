"""A small transducer between two ways of writing a name, trained with torch.

Source symbols are read by three gated convolutions; at each source position the model
writes target symbols, each given the three before it, until it moves on. The probability
of a target is summed over all ways of doing so (Graves 2012), so no alignment is needed,
and what has been written is known, unlike in a tagger. ``kaoju.transducer`` is the same
model in NumPy; `exported` gives it what it reads.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

CONTEXT, LAYERS, WIDTH, DIMENSIONS = 3, 3, 3, 128
EDGE, UNKNOWN = 0, 1  # ids: what stands before and after a name; a symbol that is rare
DROPOUT, BATCH, RATE, DECAY = 0.3, 96, 3e-3, 1e-2
_NOTHING = -1e9

Pairs = Sequence[tuple[Sequence[int], Sequence[int]]]  # ids of source and target


@dataclass(frozen=True, slots=True)
class Symbols:
    """The ids of symbols, and for each id the classes it shares its meaning with."""

    ids: dict[str, int]
    classes: tuple[tuple[int, ...], ...]  # one row an id

    def read(self, name: str) -> list[int]:
        """The ids of a name."""
        return [self.ids.get(symbol, UNKNOWN) for symbol in name]


class Vectors(nn.Module):  # type: ignore[misc]
    """A vector for each symbol: its own and those of its classes, added up."""

    def __init__(self, symbols: Symbols) -> None:
        super().__init__()
        self.own = nn.Embedding(len(symbols.classes), DIMENSIONS)
        columns = list(zip(*symbols.classes, strict=True))
        self.shared = nn.ModuleList(nn.Embedding(max(c) + 1, DIMENSIONS) for c in columns)
        for number, column in enumerate(columns):
            self.register_buffer(f"classes_{number}", torch.tensor(column))
        for table in (self.own, *self.shared):
            nn.init.normal_(table.weight, 0, DIMENSIONS**-0.5)

    def table(self) -> Tensor:
        """All vectors, one row an id."""
        found = self.own.weight
        for number, table in enumerate(self.shared):
            found = found + table(getattr(self, f"classes_{number}"))
        return found


class Transducer(nn.Module):  # type: ignore[misc]
    """Gives the log probability of targets given sources."""

    def __init__(self, source: Symbols, target: Symbols) -> None:
        super().__init__()
        d = DIMENSIONS
        self.source, self.target, self.written = Vectors(source), Vectors(target), Vectors(target)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(d, 2 * d, WIDTH, padding=WIDTH // 2) for _ in range(LAYERS)
        )
        self.norms = nn.ModuleList(nn.LayerNorm(d) for _ in range(LAYERS))
        self.read, self.before = nn.Linear(d, d), nn.Linear(CONTEXT * d, d)
        self.out, self.blank = nn.Linear(d, d), nn.Linear(d, 1)
        self.bias = nn.Parameter(torch.zeros(len(target.classes)))
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, sources: Tensor, lengths: Tensor, targets: Tensor, sizes: Tensor) -> Tensor:
        """Log probabilities, (n,).

        Args:
            sources: (n, T) ids, an edge before and after each name, padded with edges.
            lengths: (n,) how many of them count, edges included.
            targets: (n, U) ids, padded with edges.
            sizes: (n,) how many of them count.
        """
        n, longest = sources.shape
        widest = targets.shape[1]
        kept = (torch.arange(longest)[None] < lengths[:, None]).float()[..., None]
        hidden = self.dropout(functional.embedding(sources, self.source.table())) * kept
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            moved = convolution((norm(hidden) * kept).transpose(1, 2))
            hidden = (hidden + self.dropout(functional.glu(moved, 1).transpose(1, 2))) * kept
        padded = functional.pad(targets, (CONTEXT, 0))
        history = self.dropout(functional.embedding(padded, self.target.table()))
        states = torch.cat([history[:, k : k + widest + 1] for k in range(CONTEXT)], -1)
        joint = torch.tanh(self.read(hidden)[:, :, None] + self.before(states)[:, None])
        joint = self.dropout(joint)
        blank = self.blank(joint)
        written = self.out(joint) @ self.written.table().T + self.bias
        written = torch.cat([torch.full_like(blank, -1e4), written[..., 1:]], -1)
        total = torch.logsumexp(torch.cat([written, blank], -1), -1)
        index = targets[:, None, :, None].expand(n, longest, widest, 1)
        label = torch.gather(written[:, :, :-1], 3, index)[..., 0] - total[:, :, :-1]
        return _summed(blank[..., 0] - total, label, lengths, sizes)


def _summed(blank: Tensor, label: Tensor, lengths: Tensor, sizes: Tensor) -> Tensor:
    """The log probability of each target, over all ways of writing it."""
    n, longest, states = blank.shape
    row = [torch.zeros(n), *(torch.full((n,), _NOTHING) for _ in range(states - 1))]
    ends = []
    for t in range(longest):
        for u in range(1, states):
            row[u] = torch.logaddexp(row[u], row[u - 1] + label[:, t, u - 1])
        moved = torch.stack(row, 1) + blank[:, t]
        ends.append(moved)
        row = list(moved.unbind(1))
    every = torch.arange(n)
    return torch.stack(ends, 1)[every, lengths - 1, sizes]


def _tensors(pairs: Pairs) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    lengths = torch.tensor([len(source) + 2 for source, _ in pairs])
    sizes = torch.tensor([len(target) for _, target in pairs])
    sources = torch.full((len(pairs), int(lengths.max())), EDGE)
    targets = torch.full((len(pairs), int(sizes.max())), EDGE)
    for row, (source, target) in enumerate(pairs):
        sources[row, 1 : 1 + len(source)] = torch.tensor(source)
        targets[row, : len(target)] = torch.tensor(target)
    return sources, lengths, targets, sizes


def train(
    source: Symbols, target: Symbols, pairs: Pairs, held: Pairs, *, epochs: int, seed: int = 0
) -> Transducer:
    """A transducer that has learned ``pairs``; what it makes of ``held`` is printed."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = Transducer(source, target)
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=RATE, weight_decay=DECAY, betas=(0.9, 0.98)
    )
    steps, step = epochs * math.ceil(len(pairs) / BATCH), 0
    for epoch in range(epochs):
        model.train()
        started, total = time.perf_counter(), 0.0
        for batch in _batches(pairs, rng):
            step += 1
            share = min(1.0, step / 200) * max(0.02, 0.5 * (1 + math.cos(math.pi * step / steps)))
            for group in optimiser.param_groups:
                group["lr"] = RATE * share
            found = model(*_tensors(batch))
            optimiser.zero_grad()
            (-found.mean()).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            total += float(found.detach().sum())
        unseen = sum(scores(model, held)) / max(len(held), 1)
        spent = time.perf_counter() - started
        print(
            f"  epoch {epoch + 1}: log probability {total / len(pairs):.3f} learned,"
            f" {unseen:.3f} unseen, {spent:.0f} s",
            flush=True,
        )
    model.eval()
    return model


def _batches(pairs: Pairs, rng: random.Random) -> list[Pairs]:
    """Batches of pairs of about one size, in no order."""
    order = list(pairs)
    rng.shuffle(order)
    block = BATCH * 20
    made: list[Pairs] = []
    for at in range(0, len(order), block):
        alike = sorted(order[at : at + block], key=lambda p: (len(p[1]), len(p[0])))
        made += [alike[k : k + BATCH] for k in range(0, len(alike), BATCH)]
    rng.shuffle(made)
    return made


def scores(model: Transducer, pairs: Pairs) -> list[float]:
    """The log probability of each pair."""
    model.eval()
    found: list[float] = []
    with torch.no_grad():
        for at in range(0, len(pairs), 256):
            found += model(*_tensors(pairs[at : at + 256])).tolist()
    return found


def exported(model: Transducer) -> dict[str, npt.NDArray[np.float32]]:
    """The weights as `kaoju.transducer.Transducer` reads them.

    What depends on a symbol alone is multiplied out; the last column of ``write`` is that
    of moving on.
    """
    with torch.no_grad():
        told: dict[str, Any] = {"source": model.source.table()}
        table = model.target.table()
        for k in range(CONTEXT):
            weight = model.before.weight[:, k * DIMENSIONS : (k + 1) * DIMENSIONS]
            told[f"before_{k}"] = table @ weight.T
        written = model.written.table()
        told["write"] = torch.cat([model.out.weight.T @ written.T, model.blank.weight.T], 1)
        bias = model.out.bias @ written.T + model.bias
        bias[EDGE] = -1e4
        told["write_bias"] = torch.cat([bias, model.blank.bias])
        told["read"], told["read_bias"] = model.read.weight.T, model.read.bias + model.before.bias
        for k, (convolution, norm) in enumerate(zip(model.convolutions, model.norms, strict=True)):
            # (out, in, width) -> (width * in, out), as a window of positions is read.
            kernel = convolution.weight.permute(2, 1, 0).reshape(WIDTH * DIMENSIONS, -1)
            told[f"kernel_{k}"], told[f"kernel_bias_{k}"] = kernel, convolution.bias
            told[f"norm_{k}"], told[f"norm_bias_{k}"] = norm.weight, norm.bias
        return {name: value.numpy().astype(np.float32) for name, value in told.items()}
