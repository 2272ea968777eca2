"""A BERT-like encoder as one ONNX graph of int8 products, written node by node.

Traced graphs carry masks, casts and shapes that no text needs which runs alone, and hide from
onnxruntime what it could do in one step. Here every step is one node: each layer two matrix
products with dynamic scales, three for attention that share one scale, attention itself
(blockwise, without the matrix of scores in memory), and plain sums and norms. The operators of
the domain ``com.microsoft`` are part of every onnxruntime (its docs/ContribOperators.md).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from training.rounding import WIDEST_WEIGHT, rounded

Array = np.ndarray[Any, Any]

OPSET, IR_VERSION = 18, 10  # read by every onnxruntime since 1.18
CONTRIB = "com.microsoft"


class Unsupported(ValueError):
    """The configuration asks for something that the graph does not hold."""


def int8_graph(
    config: dict[str, Any],
    weights: dict[str, Array],
    max_tokens: int,
    grams: dict[str, Array] | None = None,
) -> Any:
    """Write the graph: ids of tokens in, mean of the last layer at unit length out.

    Args:
        config: ``config.json`` of a BERT model: exact GELU, absolute positions.
        weights: Its tensors by their names in transformers, of any float type.
        max_tokens: Longest input, special tokens included.
        grams: What the layers are given, by their names (`training.rounding`); nothing rounds
            each weight alone.

    Returns:
        An onnx ``ModelProto`` from ``input_ids``, (texts, tokens) int64 without padding, to
        ``sentence_embedding``, (texts, dimension) float32. One scale of activations is taken
        over the whole run, so texts are to be run one at a time.

    Raises:
        Unsupported: Another architecture, activation or kind of position, or too few positions.
    """
    _check(config, max_tokens)
    full = {name: w.astype(np.float32) for name, w in weights.items()}
    return _Graph(config, full, grams).write(max_tokens)


def set_words_apart(model: Any, words_file: Path) -> None:
    """Move a graph's table of words into a file of its own, as ONNX lays down for external data.

    It is two thirds of all bytes: outside the graph it is mapped into memory instead of parsed, and
    other graphs may name it.
    """
    words = next(tensor for tensor in model.graph.initializer if tensor.name == "words")
    words_file.write_bytes(words.raw_data)
    place = {"location": words_file.name, "offset": 0, "length": len(words.raw_data)}
    words.ClearField("raw_data")
    words.data_location = TensorProto.EXTERNAL
    for key, value in place.items():
        words.external_data.add(key=key, value=str(value))


def read_weights(folder: Path) -> dict[str, Array]:
    """Read ``model.safetensors`` of a folder."""
    from safetensors.numpy import load_file

    return dict(load_file(folder / "model.safetensors"))


def _check(config: dict[str, Any], max_tokens: int) -> None:
    wanted = {
        "model_type": "bert",
        "hidden_act": "gelu",
        "position_embedding_type": "absolute",
        "is_decoder": False,
    }
    for name, value in wanted.items():
        if config.get(name, value) != value:
            raise Unsupported(f"{name} is {config[name]!r}; only {value!r} can be exported")
    if max_tokens > config["max_position_embeddings"]:
        raise Unsupported(
            f"{max_tokens} tokens, but positions for {config['max_position_embeddings']}"
        )


class _Graph:
    """Nodes and constants as they are added; a method for each kind of step."""

    def __init__(
        self,
        config: dict[str, Any],
        weights: dict[str, Array],
        grams: dict[str, Array] | None = None,
    ) -> None:
        self.config = config
        self.weights = weights
        self.grams = grams or {}
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def write(self, max_tokens: int) -> Any:
        hidden = self.layers(self.embeddings(self.words(), max_tokens))
        mean = self.add("ReduceMean", hidden, self.constant("axis", np.array([1])), keepdims=0)
        length = self.add("ReduceL2", mean, "axis", keepdims=1)
        self.nodes.append(helper.make_node("Div", [mean, length], ["sentence_embedding"]))
        model = self.model(
            "encoder", ["input_ids"], "sentence_embedding", ["texts", self.config["hidden_size"]]
        )
        onnx.checker.check_model(model)
        return model

    def model(self, name: str, inputs: list[str], output: str, shape: list[Any]) -> Any:
        """Everything added so far, with (texts, tokens) int64 inputs and a float output."""
        given = [
            helper.make_tensor_value_info(each, TensorProto.INT64, ["texts", "tokens"])
            for each in inputs
        ]
        out = helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)
        return helper.make_model(
            helper.make_graph(self.nodes, name, given, [out], self.constants),
            producer_name="kaoju",
            ir_version=IR_VERSION,
            opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)],
        )

    def words(self) -> str:
        words = self.weights["embeddings.word_embeddings.weight"]
        scale = np.float32(np.abs(words).max() / 127)
        table = self.constant("words", np.rint(words / scale).astype(np.int8))
        return self.looked_up(table, scale)

    def looked_up(self, table: str, scale: np.float32) -> str:
        rows = self.add("Gather", table, "input_ids")
        return self.add("DequantizeLinear", rows, self.constant("words.scale", scale))

    def embeddings(self, words: str, max_tokens: int) -> str:
        # All tokens are of the first segment: its vector is part of every position's.
        places = (
            self.weights["embeddings.position_embeddings.weight"][:max_tokens]
            + self.weights["embeddings.token_type_embeddings.weight"][0]
        )
        zero = self.constant("zero", np.array([0]))
        count = self.add("Shape", "input_ids", start=1, end=2)
        here = self.add("Slice", self.constant("positions", places), zero, count, zero)
        return self.norm("embeddings.LayerNorm", self.add("Add", words, here))

    def layers(self, hidden: str) -> str:
        for layer in range(self.config["num_hidden_layers"]):
            hidden = self.layer(f"encoder.layer.{layer}.", hidden)
        return hidden

    def layer(self, name: str, hidden: str) -> str:
        inner = self.add_wide("DynamicQuantizeLinear", hidden, outputs=3)
        parts = [
            self.product(f"{name}attention.self.{part}", *inner)
            for part in ("query", "key", "value")
        ]
        seen = self.add(
            "MultiHeadAttention",
            *parts,
            domain=CONTRIB,
            num_heads=self.config["num_attention_heads"],
        )
        seen = self.product(f"{name}attention.output.dense", seen)
        hidden = self.norm(f"{name}attention.output.LayerNorm", self.add("Add", seen, hidden))
        wide = self.add("Gelu", self.product(f"{name}intermediate.dense", hidden), domain=CONTRIB)
        narrow = self.product(f"{name}output.dense", wide)
        return self.norm(f"{name}output.LayerNorm", self.add("Add", narrow, hidden))

    def product(self, name: str, given: str, scale: str = "", zero: str = "") -> str:
        """Multiply with int8 weights, one scale an output, and add the bias.

        ``given`` is float, or unsigned bytes when their scale and zero are given.
        """
        weight = self.weights[f"{name}.weight"].T
        whole, scales = rounded(weight, WIDEST_WEIGHT, self.grams.get(name))
        matrix = self.constant(f"{name}.weight", whole)
        column = self.constant(f"{name}.scale", scales)
        bias = self.constant(f"{name}.bias", self.weights[f"{name}.bias"])
        if scale:
            return self.add(
                "MatMulIntegerToFloat", given, matrix, scale, column, zero, "", bias, domain=CONTRIB
            )
        return self.add("DynamicQuantizeMatMul", given, matrix, column, "", bias, domain=CONTRIB)

    def norm(self, name: str, given: str) -> str:
        return self.add(
            "LayerNormalization",
            given,
            self.constant(f"{name}.weight", self.weights[f"{name}.weight"]),
            self.constant(f"{name}.bias", self.weights[f"{name}.bias"]),
            axis=-1,
            epsilon=self.config["layer_norm_eps"],
        )

    def constant(self, name: str, value: Any) -> str:
        self.constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def add(self, kind: str, *inputs: str, domain: str = "", **settings: Any) -> str:
        """Add a node; returns the name of its output."""
        return self.add_wide(kind, *inputs, outputs=1, domain=domain, **settings)[0]

    def add_wide(
        self, kind: str, *inputs: str, outputs: int, domain: str = "", **settings: Any
    ) -> list[str]:
        """Add a node of several outputs; returns their names."""
        name = f"{kind}_{len(self.nodes)}"
        made = [name, *(f"{name}_{number}" for number in range(1, outputs))]
        node = helper.make_node(kind, inputs, made, name=name, domain=domain, **settings)
        self.nodes.append(node)
        return made
