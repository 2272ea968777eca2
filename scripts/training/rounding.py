"""Weights in whole numbers that change a layer's outputs least, for the texts it is to read.

Rounding each weight to the nearest step undoes what training changed by less than half a step: an
encoder trained on from rounded weights came out of the export as it had gone in (mean cosine of
questions 0.95 with the trained one, and half of the gain lost). Here the error of a row of
weights is made up for by the rows that follow, as Frantar et al. do (GPTQ: accurate post-training
quantization for generative pre-trained transformers, ICLR 2023).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
# Weights are seven bits wide: processors without VNNI add two products of an unsigned and a
# signed byte in sixteen bits, and 2 x 255 x 64 fits where 2 x 255 x 127 does not.
WIDEST_WEIGHT = 64
DAMPING = 0.01  # of the mean diagonal, so that inputs seldom seen do not carry all corrections


def rounded(weight: Array, widest: int, gram: Array | None = None) -> tuple[Array, Array]:
    """Round to whole steps of at most ``widest`` either way, one length of step an output.

    Args:
        weight: (inputs, outputs).
        widest: Of the whole numbers.
        gram: (inputs, inputs) sums of products of the layer's inputs over many tokens. Without it
            every weight goes to the nearest step.

    Returns:
        (inputs, outputs) int8, and (outputs,) float32 lengths of a step.
    """
    most = np.abs(weight).max(axis=0)
    steps = (np.where(most > 0, most, 1) / widest).astype(np.float32)
    if gram is None:
        return np.rint(weight / steps).astype(np.int8), steps
    left = weight.astype(np.float64)
    whole = np.zeros(weight.shape, dtype=np.int8)
    damped = gram.astype(np.float64) + DAMPING * np.diag(gram).mean() * np.eye(len(gram))
    # Inputs that carry most are rounded first, while there are others to make up for them.
    order = np.argsort(-np.diag(damped))
    left = left[order]
    upper = np.linalg.cholesky(np.linalg.inv(damped[np.ix_(order, order)])).T
    for row, place in enumerate(order):
        whole[place] = np.clip(np.rint(left[row] / steps), -widest, widest)
        missed = (left[row] - whole[place] * steps) / upper[row, row]
        left[row + 1 :] -= upper[row, row + 1 :, None] * missed
    return whole, steps


@contextmanager
def watched(body: Any) -> Iterator[dict[str, Array]]:
    """Sum the products of every linear layer's inputs while a body of torch runs.

    Yields:
        (inputs, inputs) float32 by the layer's name within the body, once the block has ended.
    """
    from torch import nn

    sums: dict[str, Any] = {}
    grams: dict[str, Array] = {}
    hooks = []
    for name, layer in body.named_modules():
        if isinstance(layer, nn.Linear):
            hooks.append(layer.register_forward_pre_hook(_adder(sums, name)))
    try:
        yield grams
    finally:
        for hook in hooks:
            hook.remove()
        grams.update((name, found.numpy()) for name, found in sums.items())


def _adder(sums: dict[str, Any], name: str) -> Callable[[Any, Any], None]:
    def add(_: Any, given: Any) -> None:
        rows = given[0].detach().float().reshape(-1, given[0].shape[-1])
        if name not in sums:
            sums[name] = rows.new_zeros(rows.shape[1], rows.shape[1])
        sums[name].addmm_(rows.T, rows)

    return add
