"""The reader as an ONNX graph that shares the encoder's table of words.

Both models look their tokens up in one table, a file beside them, so that it is shipped, and
mapped into memory, once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, numpy_helper

from training.body import EPSILON, HEADS
from training.graph import _Graph

OUTPUTS = 3  # of a token: whether there is an answer (the first one's), its start, its end


def reader_graph(weights: dict[str, Any], encoder_file: Path, max_tokens: int) -> Any:
    """Write the graph of a reader trained by ``scripts/train_reader.py``.

    Args:
        weights: Its tensors by their names; ``heard`` (2, powers, width), ``middle`` (width,),
            ``answers`` and ``places`` beside those of the body.
        encoder_file: ``model.onnx``, beside which the reader is to lie.
        max_tokens: Longest input, special tokens included.

    Returns:
        An onnx ``ModelProto`` from ``input_ids`` and ``segments`` (0 in the question, 1 in the
        passage), (1, tokens) int64, to ``found``, (1, tokens, 3) float32 log odds.
    """
    config = {
        "num_hidden_layers": sum(name.endswith(".self.query.weight") for name in weights),
        "num_attention_heads": HEADS,
        "layer_norm_eps": EPSILON,
    }
    return _ReaderGraph(config, weights).write_reader(encoder_file, max_tokens)


class _ReaderGraph(_Graph):
    def write_reader(self, encoder_file: Path, max_tokens: int) -> Any:
        words = self.looked_up(*self.shared_words(encoder_file))
        inside = self.add("Gather", self.constant("kinds", self.weights["kinds"]), "segments")
        given = self.add("Add", self.add("Add", words, self.said(words)), inside)
        hidden = self.layers(self.embeddings(given, max_tokens))
        heads = np.concatenate([self.weights["answers.weight"], self.weights["places.weight"]])
        bias = np.concatenate([self.weights["answers.bias"], self.weights["places.bias"]])
        found = self.add("MatMul", hidden, self.constant("heads", heads.T))
        self.nodes.append(
            onnx.helper.make_node("Add", [found, self.constant("heads.bias", bias)], ["found"])
        )
        return self.model(
            "reader", ["input_ids", "segments"], "found", ["texts", "tokens", OUTPUTS]
        )

    def shared_words(self, encoder_file: Path) -> tuple[str, np.float32]:
        """The encoder's table of words, a constant in a file of its own, and its scale."""
        graph = onnx.load(encoder_file, load_external_data=False).graph
        held = {tensor.name: tensor for tensor in graph.initializer}
        self.constants.append(held["words"])
        return "words", np.float32(numpy_helper.to_array(held["words.scale"]))

    def said(self, words: str) -> str:
        """What is added to each token for how well the other text says it."""
        unit = self.add(
            "LpNormalization",
            self.add("Sub", words, self.constant("middle", self.weights["middle"])),
            axis=-1,
            p=2,
        )
        near = self.add("MatMul", unit, self.add("Transpose", unit, perm=[0, 2, 1]))
        here = self.add("Unsqueeze", "segments", self.constant("last", np.array([2])))
        there = self.add("Unsqueeze", "segments", self.constant("first", np.array([1])))
        nothing = self.constant("nothing", np.float32(0))
        apart = self.add("Where", self.add("Equal", here, there), nothing, near)
        best = self.add("Relu", self.add("ReduceMax", apart, "last", keepdims=1))
        square = self.add("Mul", best, best)
        fourth = self.add("Mul", square, square)
        powers = self.add("Concat", best, square, self.add("Mul", fourth, fourth), axis=-1)
        asked, read = (
            self.add("MatMul", powers, self.constant(f"heard.{n}", self.weights["heard"][n]))
            for n in range(2)
        )
        return self.add("Where", self.add("Cast", here, to=TensorProto.BOOL), read, asked)
