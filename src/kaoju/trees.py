"""Decision trees that boosting has learned, as arrays: what they make of named features.

The sum over the trees of a class is its score, and the softmax of the scores gives chances, as
Friedman (Greedy function approximation: a gradient boosting machine, Annals of Statistics, 2001)
has it for several classes. scikit-learn grows them (``scripts/learn_trust.py``); here they are
only walked, so that nothing of it is needed at run time.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kaoju.errors import LexiconError


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees of one forest, their nodes one after another.

    Attributes:
        names: Of the features, in the order of `feature`. Those with a ``=`` tell whether
            something is so and are 0 where nothing is told; the others are missing then.
        classes: What is told apart.
        roots: (trees,) the first node of each tree.
        of: (trees,) the class that each tree is of.
        feature: (nodes,) which feature a node asks for; -1 at a leaf.
        threshold: (nodes,) a feature up to this goes left.
        left, right: (nodes,) the next node.
        missing_left: (nodes,) whether a missing feature goes left.
        value: (nodes,) what a leaf adds to its class.
        base: (classes,) the scores before any tree.
    """

    names: npt.NDArray[np.str_]
    classes: npt.NDArray[np.str_]
    roots: npt.NDArray[np.int32]
    of: npt.NDArray[np.int8]
    feature: npt.NDArray[np.int16]
    threshold: npt.NDArray[np.float64]
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    missing_left: npt.NDArray[np.bool_]
    value: npt.NDArray[np.float32]
    base: npt.NDArray[np.float64]
    _asked: tuple[str, ...] = field(init=False, repr=False)  # the names, and what each counts
    _untold: tuple[float, ...] = field(init=False, repr=False)  # where nothing is told of it
    # (nodes,) the same as public ones, but that a leaf asks for the first and leads to itself
    _for: npt.NDArray[np.intp] = field(init=False, repr=False)
    _ways: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Make ready what every figure asks for."""
        leaf = self.feature < 0
        own = np.arange(len(leaf))
        object.__setattr__(self, "_for", np.where(leaf, 0, self.feature).astype(np.intp))
        ways = (np.where(leaf, own, self.left), np.where(leaf, own, self.right))
        object.__setattr__(self, "_ways", ways)
        asked: list[str] = self.names.tolist()
        object.__setattr__(self, "_asked", tuple(asked))
        untold = tuple(0.0 if "=" in name else math.nan for name in asked)
        object.__setattr__(self, "_untold", untold)

    @classmethod
    def read(cls, path: Path) -> Trees:
        """Read a file that `write` made.

        Raises:
            LexiconError: There is no such file, or it holds something else.
        """
        try:
            with np.load(path, allow_pickle=False) as held:
                return cls(**{f.name: held[f.name] for f in fields(cls) if f.init})
        except (OSError, EOFError, KeyError, ValueError) as error:
            raise LexiconError(f"{path}: no file of trees: {error}") from error

    def write(self, path: Path) -> None:
        """Write the arrays to a file."""
        np.savez_compressed(
            path,
            allow_pickle=False,
            **{f.name: getattr(self, f.name) for f in fields(self) if f.init},
        )

    def row(self, features: Mapping[str, float]) -> npt.NDArray[np.float32]:
        """The features in order, (names,); NaN where one is missing."""
        told = map(features.get, self._asked, self._untold)
        return np.fromiter(told, dtype=np.float32, count=len(self._asked))

    def chances(self, features: Mapping[str, float]) -> dict[str, float]:
        """How likely each class is."""
        row = self.row(features)
        # Every node is asked at once: a step down all trees is then one look-up.
        goes_left = row[self._for] <= self.threshold  # what is missing is not
        goes_left |= np.isnan(row)[self._for] & self.missing_left
        following = np.where(goes_left, *self._ways)
        at = self.roots
        while ((further := following[at]) != at).any():
            at = further
        scores = self.base + np.bincount(
            self.of, weights=self.value[at], minlength=len(self.classes)
        )
        shares = np.exp(scores - scores.max())
        return dict(zip(map(str, self.classes), map(float, shares / shares.sum()), strict=True))
