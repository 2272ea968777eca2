"""The weights of an exported graph as torch trains them, from their int8 steps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np


def held_weights(weights_file: Path) -> dict[str, Any]:
    """The tensors of an encoder that ``scripts/export_encoder.py`` wrote.

    What int8 lost stays lost: products are within a hundredth of what the encoder was trained to.

    Args:
        weights_file: ``model.onnx`` as `training.graph` writes it.

    Returns:
        float32 tensors by their names in transformers' ``BertModel``. The vector of the first
        segment is part of every position's, so both segments begin at zero.

    Raises:
        ValueError: The graph is of another make.
    """
    held = _held(weights_file)
    words = held["words"].astype(np.float32) * held["words.scale"]
    state = _body(held) | {
        "embeddings.word_embeddings.weight": words,
        "embeddings.token_type_embeddings.weight": np.zeros((2, words.shape[1]), np.float32),
    }
    return _tensors(state)


def held_reader(reader_file: Path) -> dict[str, Any]:
    """The tensors of a reader that ``scripts/export_reader.py`` wrote, but for its words.

    Args:
        reader_file: ``reader.onnx`` as `training.reader_graph` writes it.

    Returns:
        float32 tensors by their names in ``scripts/train_reader.py``.

    Raises:
        ValueError: The graph is of another make.
    """
    held = _held(reader_file)
    body = _body(held) | {"embeddings.token_type_embeddings.weight": held["kinds"]}
    heads, bias = held["heads"].T, held["heads.bias"]
    return _tensors(
        {f"body.{name}": value for name, value in body.items()}
        | {
            "heard": np.stack([held["heard.0"], held["heard.1"]]),
            "answers.weight": heads[:1],
            "answers.bias": bias[:1],
            "places.weight": heads[1:],
            "places.bias": bias[1:],
        }
    )


def _held(graph_file: Path) -> dict[str, Any]:
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(graph_file).graph
    held = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    if "positions" not in held or "words.scale" not in held:
        raise ValueError(f"{graph_file} is not a graph that training.graph wrote")
    return held


def _body(held: Mapping[str, Any]) -> dict[str, Any]:
    """What layers and positions hold, without the kinds of tokens."""
    state = {"embeddings.position_embeddings.weight": held["positions"]}
    for name, value in held.items():
        if not name.startswith(("embeddings.", "encoder.")) or name.endswith(".scale"):
            continue
        if value.dtype == np.int8:
            value = (value * held[name.removesuffix("weight") + "scale"]).T
        state[name] = value
    return state


def _tensors(state: Mapping[str, Any]) -> dict[str, Any]:
    import torch

    return {name: torch.from_numpy(np.array(value, np.float32)) for name, value in state.items()}
