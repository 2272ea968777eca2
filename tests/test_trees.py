"""Trees that are walked here tell what the model that they are from tells."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from kaoju.errors import LexiconError
from kaoju.trees import Trees

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from training.forest import planted

NAMES = ("rain", "wind=north", "sun")


@pytest.fixture(scope="module")
def grown() -> tuple[list[HistGradientBoostingClassifier], Trees, np.ndarray]:
    draw = np.random.default_rng(7)
    x = draw.normal(size=(400, 3)).astype(np.float32)
    x[:, 1] = x[:, 1] > 0
    x[draw.random(400) < 0.2, 0] = np.nan
    x[draw.random(400) < 0.2, 2] = np.nan
    wet = np.nan_to_num(x[:, 0], nan=1.5) + x[:, 1]
    labels = np.where(wet > 1, "flood", np.where(np.nan_to_num(x[:, 2]) > 0.3, "drought", "plain"))
    models = [
        HistGradientBoostingClassifier(max_iter=12, max_leaf_nodes=leaves, random_state=1)
        for leaves in (6, 3)
    ]
    for model in models:
        model.fit(x, labels)
    return models, planted(models, NAMES), x


def _softmax(scores: np.ndarray) -> np.ndarray:
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def test_chances_are_those_of_the_mean_of_the_models(
    grown: tuple[list[HistGradientBoostingClassifier], Trees, np.ndarray],
) -> None:
    models, trees, x = grown
    one, other = (model._raw_predict(x) for model in models)
    assert not np.allclose(one, other, atol=1e-3)
    for row, told in zip(x, _softmax((one + other) / 2), strict=True):
        features = {n: float(v) for n, v in zip(NAMES, row, strict=True) if not np.isnan(v)}
        found = trees.chances(features)
        assert list(found) == ["drought", "flood", "plain"]
        assert np.allclose(list(found.values()), told, atol=1e-6)


def test_two_classes_are_told_apart_as_the_models_do(
    grown: tuple[list[HistGradientBoostingClassifier], Trees, np.ndarray],
) -> None:
    _, _, x = grown
    models = [
        HistGradientBoostingClassifier(max_iter=9, max_leaf_nodes=4, random_state=seed).fit(
            x, np.nan_to_num(x[:, 0]) + x[:, 1] > 1
        )
        for seed in range(2)
    ]
    trees = planted(models, NAMES)
    raw = np.mean([model._raw_predict(x)[:, 0] for model in models], axis=0)
    for row, score in zip(x, raw, strict=True):
        features = {n: float(v) for n, v in zip(NAMES, row, strict=True) if not np.isnan(v)}
        found = trees.chances(features)
        assert list(found) == ["False", "True"]
        assert found["True"] == pytest.approx(1 / (1 + np.exp(-score)), abs=1e-6)


def test_what_is_not_told_is_missing_or_not_so(
    grown: tuple[list[HistGradientBoostingClassifier], Trees, np.ndarray],
) -> None:
    _, trees, _ = grown
    assert np.isnan(trees.row({"unheard": 1.0})).tolist() == [True, False, True]
    assert trees.chances({}) == trees.chances({"wind=north": 0.0})


def test_trees_are_read_as_they_were_written(
    grown: tuple[list[HistGradientBoostingClassifier], Trees, np.ndarray], tmp_path: Path
) -> None:
    _, trees, _ = grown
    trees.write(tmp_path / "trees.npz")
    again = Trees.read(tmp_path / "trees.npz")
    assert again.chances({"rain": 2.0, "sun": -1.0}) == trees.chances({"rain": 2.0, "sun": -1.0})


@pytest.mark.parametrize("content", [None, b"", b"not an archive"])
def test_a_file_that_holds_no_trees_is_named(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "trees.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LexiconError, match=r"trees\.npz"):
        Trees.read(path)


def test_a_file_without_all_arrays_is_named(tmp_path: Path) -> None:
    np.savez(tmp_path / "some.npz", names=np.array(["rain"]))
    with pytest.raises(LexiconError, match=r"some\.npz"):
        Trees.read(tmp_path / "some.npz")
