"""A BERT body in plain torch, which can learn to be rounded to int8 as the shipped graphs are.

Names of weights are those of transformers' ``BertModel``, whose states load here and the other
way round. Beside it this runs attention without the matrix of scores, and rounds, when told to,
what `training.graph` will round: each product's weights to whole steps, one length of step an
output, and its inputs to 256 steps between the lowest and the highest of a text. Gradients pass
through the rounding as if it were not there (Jacob et al., Quantization and training of neural
networks for efficient integer-arithmetic-only inference, CVPR 2018), so that what training
changes survives the export.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from training.rounding import WIDEST_WEIGHT

Tensor = Any  # of torch, which comes without types here

WIDEST_WORD = 127  # of int8 input vectors
EPSILON = 1e-12
HEADS = 12


class _Words(nn.Module):  # type: ignore[misc]
    """What becomes of input vectors before the first layer."""

    def __init__(self, width: int, positions: int) -> None:
        super().__init__()
        self.position_embeddings = nn.Embedding(positions, width)
        self.token_type_embeddings = nn.Embedding(2, width)
        self.LayerNorm = nn.LayerNorm(width, eps=EPSILON)


class _Layer(nn.Module):  # type: ignore[misc]
    """A layer, its parts nested as transformers names them."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        seen = {name: nn.Linear(width, width) for name in ("query", "key", "value")}
        self.attention = nn.ModuleDict(
            {
                "self": nn.ModuleDict(seen),
                "output": nn.ModuleDict(
                    {
                        "dense": nn.Linear(width, width),
                        "LayerNorm": nn.LayerNorm(width, eps=EPSILON),
                    }
                ),
            }
        )
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(width, inner)})
        self.output = nn.ModuleDict(
            {"dense": nn.Linear(inner, width), "LayerNorm": nn.LayerNorm(width, eps=EPSILON)}
        )


class Body(nn.Module):  # type: ignore[misc]
    """Layers over input vectors, without a table of words of its own.

    Attributes:
        rounds: Whether products are rounded as the exported graph's are.
        dropout: Chance that an output of a layer's part is left out in training.
    """

    def __init__(
        self, layers: int = 6, width: int = 384, heads: int = HEADS, inner: int = 1536,
        positions: int = 512,
    ) -> None:  # fmt: skip
        super().__init__()
        self.width, self.heads = width, heads
        self.rounds, self.dropout = False, 0.0
        self.embeddings = _Words(width, positions)
        self.encoder = nn.ModuleDict(
            {"layer": nn.ModuleList(_Layer(width, inner) for _ in range(layers))}
        )

    @classmethod
    def of(cls, state: Mapping[str, Tensor]) -> Body:
        """The body whose weights a state holds; what else it holds is passed over."""
        places = state["embeddings.position_embeddings.weight"]
        layers = sum(name.endswith("attention.self.query.weight") for name in state)
        inner = state["encoder.layer.0.intermediate.dense.weight"].shape[0]
        body = cls(layers, places.shape[1], inner=inner, positions=len(places))
        own = body.state_dict().keys()
        body.load_state_dict({name: torch.as_tensor(state[name]).float() for name in own})
        return body

    def forward(self, words: Tensor, mask: Tensor, segments: Tensor | None = None) -> Tensor:
        """Read (n, length, width) input vectors, (n, length) true where a token stands.

        Returns:
            (n, length, width) vectors of the last layer.
        """
        held = self.embeddings
        kinds = held.token_type_embeddings.weight
        hidden = words + held.position_embeddings.weight[: words.shape[1]]
        hidden = hidden + (kinds[0] if segments is None else kinds[segments])
        hidden = self._dropped(held.LayerNorm(hidden))
        for layer in self.encoder["layer"]:
            hidden = self._layer(layer, hidden, mask)
        return hidden

    def _layer(self, layer: Any, hidden: Tensor, mask: Tensor) -> Tensor:
        given = self._bytes(hidden, mask)
        own = layer.attention["self"]
        n, length, width = hidden.shape
        query, key, value = (
            self._product(own[name], given)
            .view(n, length, self.heads, width // self.heads)
            .transpose(1, 2)
            for name in ("query", "key", "value")
        )
        seen = functional.scaled_dot_product_attention(
            query,
            key,
            value,
            attn_mask=mask[:, None, None, :],
            dropout_p=self.dropout if self.training else 0.0,
        )
        seen = seen.transpose(1, 2).reshape(n, length, width)
        out = layer.attention["output"]
        told = self._dropped(self._product(out["dense"], self._bytes(seen, mask)))
        hidden = out["LayerNorm"](hidden + told)
        wide = self._product(layer.intermediate["dense"], self._bytes(hidden, mask))
        wide = functional.gelu(wide)
        told = self._dropped(self._product(layer.output["dense"], self._bytes(wide, mask)))
        found: Tensor = layer.output["LayerNorm"](hidden + told)
        return found

    def _dropped(self, hidden: Tensor) -> Tensor:
        return functional.dropout(hidden, self.dropout, self.training)

    def _product(self, layer: Any, given: Tensor) -> Tensor:
        weight = stepped(layer.weight) if self.rounds else layer.weight
        return functional.linear(given, weight, layer.bias)

    def _bytes(self, given: Tensor, mask: Tensor) -> Tensor:
        """Inputs of a product in 256 steps a text, its padding apart."""
        if not self.rounds:
            return given
        with torch.no_grad():
            inside = given.float() * mask[..., None]
            low = inside.amin((1, 2), keepdim=True).clamp(max=0)
            high = inside.amax((1, 2), keepdim=True).clamp(min=0)
            step = (high - low).clamp(min=1e-6) / 255
            missed = torch.round(inside / step) * step - inside
        return given + missed.to(given.dtype)

    def as_rounded(self) -> dict[str, Tensor]:
        """The state, its products' weights on the steps that they round to."""
        products = {
            f"{name}.weight" for name, part in self.named_modules() if isinstance(part, nn.Linear)
        }
        return {
            name: stepped(value).detach() if name in products else value.detach()
            for name, value in self.state_dict().items()
        }


def stepped(weight: Tensor) -> Tensor:
    """(outputs, inputs) weights on whole steps; the gradient passes as through nothing."""
    with torch.no_grad():
        step = weight.abs().amax(1, keepdim=True).clamp(min=1e-9) / WIDEST_WEIGHT
        missed = torch.round(weight / step) * step - weight
    return weight + missed


def pooled(hidden: Tensor, mask: Tensor) -> Tensor:
    """The mean of (n, length, width) vectors over what stands there, at unit length."""
    weights = mask[..., None].float()
    return functional.normalize((hidden.float() * weights).sum(1) / weights.sum(1), dim=1)
