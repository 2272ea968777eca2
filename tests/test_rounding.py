"""Weights rounded together change what a layer gives less than each rounded alone."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from training.rounding import rounded, watched


def _inputs(rows: int = 600, width: int = 48) -> np.ndarray:
    draw = np.random.default_rng(3)
    # Inputs of a layer go together: a few causes, many columns.
    return draw.normal(size=(rows, 8)) @ draw.normal(size=(8, width)) + 0.1 * draw.normal(
        size=(rows, width)
    )


def _missed(inputs: np.ndarray, weight: np.ndarray, whole: np.ndarray, steps: np.ndarray) -> float:
    return float(np.square(inputs @ (whole * steps - weight)).mean())


def test_rounding_together_misses_less_of_what_the_layer_gives() -> None:
    inputs, weight = _inputs(), np.random.default_rng(4).normal(size=(48, 20))
    alone = _missed(inputs, weight, *rounded(weight, 16))
    together = _missed(inputs, weight, *rounded(weight, 16, inputs.T @ inputs))
    assert together < alone / 3


def test_a_change_of_less_than_half_a_step_is_not_lost() -> None:
    inputs = _inputs()
    before, steps = rounded(np.random.default_rng(5).normal(size=(48, 20)), 16)
    trained = (before + 0.3 * (abs(before) < 16)) * steps  # the widest stay, so steps do
    change = inputs @ (trained - before * steps)
    alone, _ = rounded(trained, 16)
    assert (alone == before).all()
    whole, lengths = rounded(trained, 16, inputs.T @ inputs)
    kept = inputs @ (whole * lengths - before * steps)
    assert np.corrcoef(change.ravel(), kept.ravel())[0, 1] > 0.9


@pytest.mark.parametrize("gram", [None, np.eye(48)])
def test_weights_on_whole_steps_stay_and_none_is_wider(gram: np.ndarray | None) -> None:
    whole, steps = rounded(np.random.default_rng(6).normal(size=(48, 20)), 64, gram)
    assert whole.dtype == np.int8
    assert np.abs(whole).max() == 64
    again, lengths = rounded(whole * steps, 64, gram)
    assert (again == whole).all()
    assert lengths == pytest.approx(steps)


def test_a_column_of_nothing_has_a_step_all_the_same() -> None:
    whole, steps = rounded(np.zeros((48, 2)), 64, np.eye(48))
    assert not whole.any()
    assert (steps > 0).all()


def test_what_layers_are_given_is_summed_while_watched_and_no_longer() -> None:
    torch = pytest.importorskip("torch", reason="layers are torch's")
    body = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.Linear(2, 4))
    given = torch.randn(2, 5, 3)
    with watched(body) as grams:
        body(given[:1])
        body(given[1:])
    rows = given.reshape(-1, 3).numpy()
    assert grams["0"] == pytest.approx(rows.T @ rows, rel=1e-4)
    assert grams["1"].shape == (2, 2)
    before = grams["0"].copy()
    body(given)
    assert (grams["0"] == before).all()
