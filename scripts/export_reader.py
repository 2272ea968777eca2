"""Export a trained reader into the folder of the encoder it reads with: int8 ONNX, no torch.

    python scripts/export_reader.py FOLDER [--out src/kaoju/model]

FOLDER was written by ``scripts/train_reader.py``. The reader shares the encoder's table of words
(`training.reader_graph`), so that it is to be trained again when the encoder's words change, and
exported again whenever the encoder does. Weights are rounded together (`training.rounding`).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx

sys.path.insert(0, str(Path(__file__).resolve().parent))

from kaoju.encoder import MODEL_FOLDER, WEIGHTS_FILE, EncoderCard
from kaoju.reader import CARD_FILE, READER_FILE
from training.examples import Example
from training.pairs import PASSAGES, folded_passages
from training.reader_graph import reader_graph
from training.reading import written_examples
from training.rounding import watched

STATE = "state.pt"
CALIBRATION_ROWS = 60  # written passages whose questions rounding is fitted to


def main(argv: Sequence[str] | None = None) -> int:
    """Write the graph and its card."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER)
    arguments = parser.parse_args(argv)
    import torch

    from train_reader import MAX_TOKENS, Reader, pairs_of, tensors

    reader = Reader()
    reader.load_state_dict(torch.load(arguments.folder / STATE, weights_only=False)["reader"])
    weights = {
        name.removeprefix("body."): tensor.numpy().astype(np.float32)
        for name, tensor in reader.state_dict().items()
    }
    kinds = "embeddings.token_type_embeddings.weight"
    weights["kinds"] = weights[kinds]
    weights[kinds] = np.zeros_like(weights[kinds])
    with watched(reader.body) as grams, torch.no_grad():
        for pair in pairs_of(calibration_examples()):
            ids, segments, _ = tensors([pair], "cpu")
            reader(ids, segments)
    encoder_file = arguments.out / WEIGHTS_FILE
    model = reader_graph(reader.body.config.to_dict(), weights, encoder_file, MAX_TOKENS, grams)
    onnx.save(model, arguments.out / READER_FILE)
    onnx.checker.check_model(str(arguments.out / READER_FILE))
    card = {
        "digest": hashlib.sha256((arguments.out / READER_FILE).read_bytes()).hexdigest(),
        "encoder": EncoderCard.read(arguments.out).digest,
        "max_tokens": MAX_TOKENS,
    }
    trained = arguments.folder / "reader.json"
    if trained.is_file():
        card["training"] = json.loads(trained.read_text(encoding="utf-8"))
    text = json.dumps(card, ensure_ascii=False, indent=2)
    (arguments.out / CARD_FILE).write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0


def calibration_examples() -> list[Example]:
    """Questions and near misses of written passages, in all pairs of languages."""
    rows = folded_passages(PASSAGES)
    chosen = rows[:: len(rows) // CALIBRATION_ROWS]
    return [example for row in chosen for example in written_examples(row, row)[::3]]


if __name__ == "__main__":
    sys.exit(main())
