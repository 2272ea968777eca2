"""The weights of an exported graph as torch trains them, from their int8 steps."""

from __future__ import annotations

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
    import onnx
    import torch
    from onnx import numpy_helper

    held = {
        tensor.name: numpy_helper.to_array(tensor)
        for tensor in onnx.load(weights_file).graph.initializer
    }
    if "positions" not in held or "words.scale" not in held:
        raise ValueError(f"{weights_file} is not a graph that training.graph wrote")
    words, places = held["words"], held["positions"]
    state = {
        "embeddings.word_embeddings.weight": words.astype(np.float32) * held["words.scale"],
        "embeddings.position_embeddings.weight": places,
        "embeddings.token_type_embeddings.weight": np.zeros((2, words.shape[1]), np.float32),
    }
    for name, value in held.items():
        if not name.startswith(("embeddings.", "encoder.")) or name.endswith(".scale"):
            continue
        if value.dtype == np.int8:
            value = (value * held[name.removesuffix("weight") + "scale"]).T
        state[name] = value
    return {name: torch.from_numpy(np.array(value, np.float32)) for name, value in state.items()}
