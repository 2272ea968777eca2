"""Cut an encoder's input vectors down for late interaction, and weigh its tokens.

    python scripts/learn_token_vectors.py MODEL_FOLDER [--shared FOLDER]

MODEL_FOLDER is the sentence-transformers folder with full weights that the shipped encoder was
exported from. Its input vectors, less their mean, are turned onto their first 128 principal
axes, scaled to length 127 and rounded to int8. A token weighs its inverse document frequency,
log(1 + (n - df + 0.5) / (df + 0.5)), over one side each of the openly licensed pairs that the
encoder is trained on (`training.pairs`). Writes ``token_vectors.npy``, ``token_weights.npy`` and
their card ``token_vectors.toml`` into ``src/kaoju/lexicon/``. The same input gives the same bytes
on one machine.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kaoju.encoder import MODEL_FOLDER, TOKENIZER_FILE, open_tokenizer
from training.graph import read_weights
from training.pairs import training_data

ROOT = Path(__file__).resolve().parent.parent
LEXICON = ROOT / "src" / "kaoju" / "lexicon"
DIMENSION = 128
LONGEST = 256
SEED = 7  # of the draw of pairs


def main(argv: Sequence[str] | None = None) -> int:
    """Write both tables and their card."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    arguments = parser.parse_args(argv)
    weights = read_weights(arguments.model)
    whole = np.asarray(weights["embeddings.word_embeddings.weight"], dtype=np.float64)
    whole = whole - whole.mean(axis=0)
    _, axes = np.linalg.eigh(whole.T @ whole)
    short = whole @ axes[:, ::-1][:, :DIMENSION]
    short /= np.maximum(np.linalg.norm(short, axis=1, keepdims=True), 1e-9)
    np.save(LEXICON / "token_vectors.npy", np.rint(short * 127).astype(np.int8))

    data = training_data(arguments.shared, SEED)
    tokenizer = open_tokenizer(MODEL_FOLDER, LONGEST)
    seen = np.zeros(len(whole))
    texts = [side for pair in data.pairs for side in pair]
    for begin in range(0, len(texts), 4096):
        for row in tokenizer.encode_batch(texts[begin : begin + 4096]):
            seen[list(set(row.ids[1:-1]))] += 1
    # A text is of one language: half of them could hold a token at all.
    half = len(data.pairs)
    rarity = np.log1p(np.maximum(half - seen + 0.5, 0.0) / (seen + 0.5))
    np.save(LEXICON / "token_weights.npy", rarity.astype(np.float16))
    (LEXICON / "token_vectors.toml").write_text(
        f'''# Card of token_vectors.npy and token_weights.npy, behind kaoju.closeness.
trained_by = "scripts/learn_token_vectors.py"
made_of = "input vectors of the full weights of the shipped encoder; see src/kaoju/model/README.md"
model_sha256 = "{_sha256(arguments.model / "model.safetensors")}"
tokenizer_sha256 = "{_sha256(MODEL_FOLDER / TOKENIZER_FILE)}"
pairs = {len(data.pairs)}
pairs_sha256 = "{data.digest}"

[files]
"token_vectors.npy" = "{_sha256(LEXICON / "token_vectors.npy")}"
"token_weights.npy" = "{_sha256(LEXICON / "token_weights.npy")}"
''',
        encoding="utf-8",
    )
    return 0


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
