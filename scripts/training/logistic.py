"""Logistic regression with a ridge, small enough that its weights stand in the lexicon."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def fit(x: Floats, y: Floats, weight: Floats, ridge: float) -> Floats:
    """Weights of a logistic regression with a ridge, the bias last; Newton's method.

    Args:
        x: (rows, features).
        y: (rows,), 1 for right and 0 for wrong.
        weight: (rows,), how much each row counts.
        ridge: Penalty on the square of every weight but the bias.

    Returns:
        (features + 1,), the bias last.
    """
    x = np.hstack([x, np.ones((len(x), 1))])
    penalty = np.eye(x.shape[1]) * ridge
    penalty[-1, -1] = 1e-6  # keeps the system solvable where no row is of the other side
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        slope = x.T @ (weight * (p - y)) + penalty @ beta
        step = np.linalg.solve((x * (weight * p * (1 - p))[:, None]).T @ x + penalty, slope)
        beta -= step
        if np.abs(step).max() < 1e-8:
            break
    return beta
