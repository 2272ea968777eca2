"""The regression whose weights the lexicon holds."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from training.logistic import fit


def test_the_bias_alone_learns_the_share_of_right_rows() -> None:
    y = np.array([1.0, 1.0, 1.0, 0.0])
    (bias,) = fit(np.zeros((4, 0)), y, np.ones(4), 1.0)
    assert bias == pytest.approx(np.log(3), abs=1e-5)


def test_a_row_that_counts_twice_is_two_rows() -> None:
    x, y = np.array([[0.0], [1.0], [0.5]]), np.array([0.0, 1.0, 1.0])
    twice = fit(x, y, np.array([1.0, 1.0, 2.0]), 0.5)
    again = fit(np.vstack([x, x[2:]]), np.append(y, y[2:]), np.ones(4), 0.5)
    assert twice == pytest.approx(again, abs=1e-9)


def test_a_heavier_ridge_draws_weights_to_nothing_and_leaves_the_bias() -> None:
    x, y = np.array([[0.0], [0.0], [1.0], [1.0]]), np.array([0.0, 1.0, 1.0, 1.0])
    light, heavy = fit(x, y, np.ones(4), 0.1), fit(x, y, np.ones(4), 1e6)
    assert light[0] > 1
    assert heavy[0] == pytest.approx(0, abs=1e-4)
    assert heavy[1] == pytest.approx(np.log(3), abs=1e-3)
