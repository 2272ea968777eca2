"""Export a sentence-transformers encoder to the folder that kaoju ships: int8 ONNX, no torch.

    python scripts/export_encoder.py MODEL_FOLDER [--out src/kaoju/model] [--probe FILE.jsonl ...]

MODEL_FOLDER holds a BERT-like transformer with mean pooling and unit length. Matrix products
become int8 with a scale for each output, seven bits wide, because the eighth overflows on
processors without VNNI; word vectors become int8. The probe files' texts (any JSON lines with
text, passage, zh, en, question or query) are encoded with both weights and the cosines between
the two written into the card. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from kaoju.encoder import (
    CARD_FILE,
    MODEL_FOLDER,
    SHIPPED,
    TOKENIZER_FILE,
    WEIGHTS_FILE,
    OnnxEncoder,
    content_digest,
    readable_text,
)

MODULES = [{"idx": 0, "name": "0", "path": "", "type": "kaoju.onnx_module.OnnxTransformer"}]
SENTENCE_TRANSFORMERS: dict[str, object] = {
    "model_type": "SentenceTransformer",
    "prompts": {},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}
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

    model = FullModel(arguments.model, arguments.max_tokens)
    arguments.out.mkdir(parents=True, exist_ok=True)
    export(model, arguments.out / WEIGHTS_FILE)
    shutil.copyfile(arguments.model / TOKENIZER_FILE, arguments.out / TOKENIZER_FILE)
    digest = content_digest(arguments.out, max_tokens=arguments.max_tokens, folded=True)
    card = {
        "name": arguments.name,
        "digest": digest,
        "dimension": model.dimension,
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
        self.dimension = int(body.config.hidden_size)
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


def export(model: FullModel, target: Path) -> None:
    """Write the graph as int8 ONNX with free batch and length."""
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    ids = torch.tensor([[101, 2000, 2001, 102], [101, 2000, 102, 0]])
    mask = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])
    names = ("input_ids", "attention_mask")
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracing exporter speaks of its own deprecation
        full, products = Path(scratch, "full.onnx"), Path(scratch, "products.onnx")
        torch.onnx.export(
            model.module,
            (ids, mask),
            str(full),
            input_names=list(names),
            output_names=["sentence_embedding"],
            dynamic_axes={
                **{name: {0: "texts", 1: "tokens"} for name in names},
                "sentence_embedding": {0: "texts"},
            },
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            full,
            products,
            op_types_to_quantize=["MatMul"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
        )
        quantize_dynamic(
            products, target, op_types_to_quantize=["Gather"], weight_type=QuantType.QInt8
        )


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
