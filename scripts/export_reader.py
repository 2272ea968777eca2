"""Export a trained reader into the folder of the encoder it reads with: int8 ONNX, no torch.

    python scripts/export_reader.py FOLDER [--out src/kaoju/model]

FOLDER was written by ``scripts/train_reader.py``. The reader shares the encoder's table of words
(`training.reader_graph`), so that it is to be trained and exported again when the encoder changes.
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

STATE = "state.pt"


def main(argv: Sequence[str] | None = None) -> int:
    """Write the graph and its card."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER)
    arguments = parser.parse_args(argv)
    import torch

    from train_reader import MAX_TOKENS, Reader

    reader = Reader()
    reader.load_state_dict(torch.load(arguments.folder / STATE, weights_only=False)["reader"])
    weights = {
        name.removeprefix("body."): tensor.numpy().astype(np.float32)
        for name, tensor in reader.state_dict().items()
    }
    kinds = "embeddings.token_type_embeddings.weight"
    weights["kinds"] = weights[kinds]
    weights[kinds] = np.zeros_like(weights[kinds])
    model = reader_graph(
        reader.body.config.to_dict(), weights, arguments.out / WEIGHTS_FILE, MAX_TOKENS
    )
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


if __name__ == "__main__":
    sys.exit(main())
