"""The body of the shipped encoder as torch trains it, from its int8 weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np


def body_of(weights_file: Path) -> Any:
    """A BERT body with the weights of an exported encoder.

    What int8 lost stays lost: products are within a hundredth of what the encoder was trained to.

    Args:
        weights_file: ``model.onnx`` as `training.graph` writes it.

    Returns:
        A transformers ``BertModel`` without pooler. The vector of the first segment is part of
        every position's, so both segments begin at zero.
    """
    import onnx
    import torch
    from onnx import numpy_helper
    from transformers import BertConfig, BertModel

    held = {
        tensor.name: numpy_helper.to_array(tensor)
        for tensor in onnx.load(weights_file).graph.initializer
    }
    words, places = held["words"], held["positions"]
    layers = sum(name.endswith(".attention.self.query.weight") for name in held)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=words.shape[1],
        num_hidden_layers=layers,
        num_attention_heads=12,
        intermediate_size=held["encoder.layer.0.intermediate.dense.weight"].shape[1],
        max_position_embeddings=len(places),
        layer_norm_eps=1e-12,
        attn_implementation="eager",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    body = BertModel(config, add_pooling_layer=False)
    state = {
        "embeddings.word_embeddings.weight": words.astype(np.float32) * held["words.scale"],
        "embeddings.position_embeddings.weight": places,
        "embeddings.token_type_embeddings.weight": np.zeros((2, words.shape[1]), np.float32),
    }
    for name, value in held.items():
        if name.endswith(".scale") or name in ("words", "zero", "axis", "positions"):
            continue
        if value.dtype == np.int8:
            value = (value * held[name.removesuffix("weight") + "scale"]).T
        state[name] = value
    missing = body.load_state_dict(
        {name: torch.from_numpy(np.array(value, np.float32)) for name, value in state.items()},
        strict=False,
    )
    if missing.unexpected_keys or [k for k in missing.missing_keys if "position_ids" not in k]:
        raise ValueError(f"{weights_file} is not a body that training.graph wrote: {missing}")
    return body
