"""Trees as scikit-learn grew them, planted in the arrays that kaoju walks (`kaoju.trees`)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from kaoju.trees import Trees


def planted(models: Sequence[HistGradientBoostingClassifier], names: Sequence[str]) -> Trees:
    """The trees of models of the same classes as arrays, which tell their mean.

    Of two classes a model has trees of the second alone: the first is where their sum is 0, so
    that the softmax is the logistic function of it.
    """
    nodes, roots, of = [], [], []
    start = 0
    two = len(models[0].classes_) == 2
    for each in (row for model in models for row in model._predictors):
        for number, predictor in enumerate(each):
            own = predictor.nodes.copy()
            own["value"] /= len(models)
            for way in ("left", "right"):
                own[way] += start
            roots.append(start)
            of.append(1 if two else number)
            start += len(own)
            nodes.append(own)
    every = np.concatenate(nodes)
    leaf = every["is_leaf"].astype(bool)
    base = np.mean([np.ravel(model._baseline_prediction) for model in models], axis=0)
    return Trees(
        names=np.array(names),
        classes=np.array([str(name) for name in models[0].classes_]),
        roots=np.array(roots, dtype=np.int32),
        of=np.array(of, dtype=np.int8),
        feature=np.where(leaf, -1, every["feature_idx"]).astype(np.int16),
        threshold=every["num_threshold"].astype(np.float64),
        left=every["left"].astype(np.int32),
        right=every["right"].astype(np.int32),
        missing_left=every["missing_go_to_left"].astype(bool),
        value=every["value"].astype(np.float32),
        base=np.array([0.0, *base]) if two else base,
    )
