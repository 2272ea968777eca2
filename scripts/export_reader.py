"""Export a trained reader into the folder of the encoder it reads with: int8 ONNX, no torch.

    python scripts/export_reader.py FOLDER [--out src/kaoju/model]

FOLDER was written by ``scripts/train_reader.py``. The reader shares the encoder's table of words
(`training.reader_graph`), so that it is to be trained again when the encoder's words change, and
exported again whenever the encoder does. It was trained to the steps that its weights round to
(`training.body`).
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
from training.reader_graph import reader_graph
from training.reading_pairs import MAX_TOKENS

RESULT = "result.pt"


def main(argv: Sequence[str] | None = None) -> int:
    """Write the graph and its card."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER)
    arguments = parser.parse_args(argv)
    import torch

    state = torch.load(arguments.folder / RESULT, weights_only=True)
    trained = json.loads(state.pop("card"))
    weights = {
        name.removeprefix("body."): tensor.numpy().astype(np.float32)
        for name, tensor in state.items()
    }
    kinds = "embeddings.token_type_embeddings.weight"
    weights["kinds"] = weights[kinds]
    weights[kinds] = np.zeros_like(weights[kinds])
    encoder_file = arguments.out / WEIGHTS_FILE
    model = reader_graph(weights, encoder_file, MAX_TOKENS)
    onnx.save(model, arguments.out / READER_FILE)
    onnx.checker.check_model(str(arguments.out / READER_FILE))
    card = {
        "digest": hashlib.sha256((arguments.out / READER_FILE).read_bytes()).hexdigest(),
        "encoder": EncoderCard.read(arguments.out).digest,
        "max_tokens": MAX_TOKENS,
        "training": trained,
    }
    text = json.dumps(card, ensure_ascii=False, indent=2)
    (arguments.out / CARD_FILE).write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
