"""The shipped encoder as a sentence-transformers module.

Named in ``model/modules.json``, so that ``SentenceTransformer(folder, trust_remote_code=True)``
loads the folder that kaoju itself runs without torch. Only sentence-transformers imports this.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import torch
from sentence_transformers.base.modules import InputModule

from kaoju.encoder import (
    CARD_FILE,
    TOKENIZER_FILE,
    WEIGHTS_FILE,
    WORDS_FILE,
    EncoderCard,
    open_session,
    open_tokenizer,
    readable_text,
    run_alone,
)


class OnnxTransformer(InputModule):  # type: ignore[misc]
    """Runs an exported encoder; pooling and unit length are part of its graph.

    For inference: the weights are int8 and do not train.
    """

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = Path(folder)
        self.card = EncoderCard.read(self.folder)
        self.tokenizer = open_tokenizer(self.folder, self.card.max_tokens)
        self.session = open_session(self.folder / WEIGHTS_FILE)

    def preprocess(
        self, inputs: Sequence[str], prompt: str | None = None, **_: Any
    ) -> dict[str, torch.Tensor]:
        """Cut texts into token ids: two (n, longest) tensors, ids and mask."""
        texts = [readable_text((prompt or "") + text, folded=self.card.folded) for text in inputs]
        rows = [torch.tensor(self.tokenizer.encode(text).ids) for text in texts]
        return {
            "input_ids": torch.nn.utils.rnn.pad_sequence(rows, batch_first=True),
            "attention_mask": torch.nn.utils.rnn.pad_sequence(
                [torch.ones_like(row) for row in rows], batch_first=True
            ),
        }

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Add ``sentence_embedding``, (n, dimension) float32 of unit rows.

        Every row runs alone, as in `kaoju.encoder.OnnxEncoder`: the scale of int8
        activations is taken over a whole run, padding and neighbours included.
        """
        vectors = []
        for row, mask in zip(features["input_ids"], features["attention_mask"], strict=True):
            ids = row[mask.bool()].tolist()
            vectors.append(torch.from_numpy(run_alone(self.session, ids)))
        features["sentence_embedding"] = torch.stack(vectors).to(features["input_ids"].device)
        return features

    @property
    def max_seq_length(self) -> int:
        """Longest input in tokens; what is longer is cut."""
        return self.card.max_tokens

    def get_embedding_dimension(self) -> int:
        """Length of every vector."""
        return self.card.dimension

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Copy the exported files; the weights are what they were."""
        for name in (CARD_FILE, WEIGHTS_FILE, WORDS_FILE, TOKENIZER_FILE):
            if name == WORDS_FILE and not (self.folder / name).is_file():
                continue
            shutil.copyfile(self.folder / name, Path(output_path) / name)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **_: Any) -> Self:
        """Open an exported folder on this machine."""
        return cls(str(Path(model_name_or_path) / subfolder))
