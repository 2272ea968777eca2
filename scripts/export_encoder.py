"""Export a sentence-transformers encoder to the folder that kaoju ships: int8 ONNX, no torch.

    python scripts/export_encoder.py MODEL_FOLDER [--out src/kaoju/model] [--probe FILE.jsonl ...]

MODEL_FOLDER holds a BERT-like transformer with mean pooling and unit length. Matrix products
become int8 with a scale for each output, rounded together for the texts of
``scripts/training/passages.jsonl`` (`training.rounding`), word vectors int8 with one scale;
`training.graph` says how. The probe files' texts (any JSON lines with text, passage, zh, en,
question or query) are encoded with both weights and the cosines between the two written into the
card. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import onnx

sys.path.insert(0, str(Path(__file__).resolve().parent))

from kaoju.encoder import (
    CARD_FILE,
    MODEL_FOLDER,
    SHIPPED,
    TOKENIZER_FILE,
    WEIGHTS_FILE,
    WORDS_FILE,
    OnnxEncoder,
    content_digest,
    readable_text,
)
from training.graph import int8_graph, read_weights, set_words_apart
from training.pairs import PASSAGES
from training.rounding import watched

MODULES = [{"idx": 0, "name": "0", "path": "", "type": "kaoju.onnx_module.OnnxTransformer"}]
SENTENCE_TRANSFORMERS: dict[str, object] = {
    "model_type": "SentenceTransformer",
    "prompts": {},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}
CALIBRATION_ROWS = 80  # written passages, with their questions, that rounding is fitted to
TEXT_FIELDS = ("text", "passage", "question", "query", "zh", "en")


def main(argv: Sequence[str] | None = None) -> int:
    """Write the folder and print its digest and its closeness to the full weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("model", type=Path, help="sentence-transformers folder to export")
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--name", default=SHIPPED)
    parser.add_argument("--max-tokens", type=int, default=256)
    parser.add_argument("--probe", type=Path, nargs="*", default=[])
    parser.add_argument("--probe-size", type=int, default=400)
    arguments = parser.parse_args(argv)

    arguments.out.mkdir(parents=True, exist_ok=True)
    model = FullModel(arguments.model, arguments.max_tokens)
    with watched(model.body) as grams:
        model.encode(calibration_texts())
    dimension = export(arguments.model, arguments.max_tokens, arguments.out / WEIGHTS_FILE, grams)
    shutil.copyfile(arguments.model / TOKENIZER_FILE, arguments.out / TOKENIZER_FILE)
    digest = content_digest(arguments.out, max_tokens=arguments.max_tokens, folded=True)
    card = {
        "name": arguments.name,
        "digest": digest,
        "dimension": dimension,
        "max_tokens": arguments.max_tokens,
        "folded": True,
        "source_sha256": _file_digest(arguments.model / "model.safetensors"),
        "made_with": {p: version(p) for p in ("torch", "transformers", "onnx", "onnxruntime")},
    }
    write_json(arguments.out / CARD_FILE, card)
    write_json(arguments.out / "modules.json", MODULES)
    write_json(arguments.out / "config_sentence_transformers.json", SENTENCE_TRANSFORMERS)
    if arguments.probe:
        card["closeness"] = closeness(model, arguments.out, arguments.probe, arguments.probe_size)
        write_json(arguments.out / CARD_FILE, card)
    print(json.dumps(card, ensure_ascii=False, indent=2))
    return 0


class FullModel:
    """The transformer with its full weights, mean pooling and unit length, as one graph."""

    def __init__(self, folder: Path, max_tokens: int) -> None:
        import torch
        from transformers import AutoModel, PreTrainedTokenizerFast

        body = AutoModel.from_pretrained(
            folder, attn_implementation="eager", dtype=torch.float32, local_files_only=True
        ).eval()
        # The BERT tokenizer class would cut Chinese words into characters again.
        self.tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / TOKENIZER_FILE))
        self.max_tokens = max_tokens

        class Pooled(torch.nn.Module):  # type: ignore[misc]
            def __init__(self) -> None:
                super().__init__()
                self.body = body

            def forward(self, input_ids: Any, attention_mask: Any) -> Any:
                tokens = self.body(input_ids=input_ids, attention_mask=attention_mask)
                weights = attention_mask.unsqueeze(-1).to(torch.float32)
                pooled = (tokens.last_hidden_state * weights).sum(1) / weights.sum(1)
                return torch.nn.functional.normalize(pooled, dim=1)

        # Export puts the mode back that it found, dropout and all.
        self.module = Pooled().eval()
        self.body = body

    def encode(self, texts: Sequence[str]) -> np.ndarray[Any, Any]:
        """Encode texts with the full weights, one at a time: (n, dimension) float32."""
        import torch

        rows = []
        with torch.inference_mode():
            for text in texts:
                ids = self.tokenizer.encode(
                    readable_text(text, folded=True), truncation=True, max_length=self.max_tokens
                )
                row = torch.tensor([ids])
                rows.append(self.module(row, torch.ones_like(row)).numpy()[0])
        return np.stack(rows)


def calibration_texts() -> list[str]:
    """Passages and questions in both languages, those written for training."""
    rows = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    rows = rows[:: len(rows) // CALIBRATION_ROWS]
    passages = [row[side] for row in rows for side in ("zh", "en")]
    return passages + [q for row in rows for side in ("q_zh", "q_en") for q in row[side]]


def export(folder: Path, max_tokens: int, target: Path, grams: dict[str, Any]) -> int:
    """Write a folder's weights as int8 ONNX; returns the length of its vectors."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    model = int8_graph(config, read_weights(folder), max_tokens, grams)
    set_words_apart(model, target.with_name(WORDS_FILE))
    onnx.save(model, target)
    return int(config["hidden_size"])


def closeness(
    model: FullModel, folder: Path, probes: Sequence[Path], size: int
) -> dict[str, object]:
    """Compare int8 with full weights on texts drawn evenly from the probe files."""
    texts = sorted({text for path in probes for text in _texts(path)})
    texts = texts[:: max(1, len(texts) // size)][:size]
    cosines = np.sum(model.encode(texts) * OnnxEncoder(folder).encode(texts), axis=1)
    return {
        "texts": len(texts),
        "probes": {path.name: _file_digest(path) for path in probes},
        "cosine_mean": round(float(cosines.mean()), 4),
        "cosine_p01": round(float(np.quantile(cosines, 0.01)), 4),
        "cosine_min": round(float(cosines.min()), 4),
    }


def _texts(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield from (row[name] for name in TEXT_FIELDS if isinstance(row.get(name), str))


def _file_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_json(path: Path, value: object) -> None:
    """Write JSON as people read it, with a line end."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
