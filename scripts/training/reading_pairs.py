"""What the reader is trained on, as token ids: one file that a trainer needs no text for."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.close_up import half_of
from training.examples import Example
from training.token_rows import Ints, TokenRows, flattened

MAX_TOKENS, QUESTION_TOKENS = 256, 48
WHOLE = 2  # the half of an example that is in neither
# Kinds of examples that were written as questions or claims about a passage.
WRITTEN = ("written", "near miss", "claim", "claim near miss")
Tensor = Any  # of torch, which comes without types here


class Pair:
    """An example as token ids: where its passage begins, and the answer's first and last token."""

    __slots__ = ("ends", "half", "ids", "kind", "starts")

    def __init__(self, tokenizer: Any, example: Example) -> None:
        asked = tokenizer.encode(example.question).ids[:-1][: QUESTION_TOKENS - 1]
        read = tokenizer.encode(example.passage)
        separator = read.ids[-1]
        room = MAX_TOKENS - len(asked) - 2
        self.ids = [*asked, separator, *read.ids[1:-1][:room], separator]
        self.starts = len(asked) + 1
        self.kind = f"{example.kind}{' across' if example.across else ''}"
        self.half = half_of(example.story) if example.story else WHOLE
        self.ends = (0, 0)
        if example.answer is not None:
            start, end = example.answer
            covering = [
                at
                for at, (first, last) in enumerate(read.offsets[1:-1][:room])
                if first < end and last > start
            ]
            self.ends = (
                (self.starts + covering[0], self.starts + covering[-1]) if covering else (-1, -1)
            )


def pairs_of(examples: Sequence[Example]) -> list[Pair]:
    """All examples as token ids, without those whose answer lies beyond the longest input."""
    from kaoju.encoder import MODEL_FOLDER, open_tokenizer

    tokenizer = open_tokenizer(MODEL_FOLDER, 10_000)
    return [pair for e in examples if (pair := Pair(tokenizer, e)).ends[0] >= 0]


def write_reading(
    shared: Path, seed: int, judged: float, start: Path | None, out: Path
) -> dict[str, int]:
    """Write ``data.npz`` and ``begin.npz``, which `scripts/train_reader.py` trains from.

    Args:
        shared: Folder with ``data``.
        seed: Of every draw.
        judged: Share of the validation examples that are kept.
        start: Folder of an earlier run whose reader is the beginning, or of a shipped reader;
            without it the shipped encoder's body is.
        out: A folder.

    Returns:
        How many examples there are of each kind.
    """
    from kaoju.encoder import MODEL_FOLDER, WEIGHTS_FILE
    from kaoju.reader import READER_FILE
    from training.dequantised import held_reader, held_weights
    from training.reading import reading_data

    data = reading_data(shared, seed)
    draw = random.Random(f"{seed} judged")
    told = [e for e in data.valid if draw.random() < judged]
    trained, valid = pairs_of(data.train), pairs_of(told)
    every = [*trained, *valid]
    flat, lengths = flattened([pair.ids for pair in every])
    kinds = sorted({pair.kind for pair in every})
    number = {kind: at for at, kind in enumerate(kinds)}
    card = {"digest": data.digest, "seed": seed}
    np.savez_compressed(
        out / "data.npz",
        flat=flat,
        lengths=lengths,
        starts=np.array([pair.starts for pair in every], dtype=np.uint8),
        ends=np.array([pair.ends for pair in every], dtype=np.int16),
        kind=np.array([number[pair.kind] for pair in every], dtype=np.uint8),
        kinds=np.array(kinds),
        half=np.array([pair.half for pair in every], dtype=np.uint8),
        trained=len(trained),
        card=json.dumps(card),
    )
    shipped = held_weights(MODEL_FOLDER / WEIGHTS_FILE)
    words = shipped.pop("embeddings.word_embeddings.weight").numpy()
    state = {f"body.{name}": tensor for name, tensor in shipped.items()}
    if start is not None and (start / READER_FILE).is_file():
        state = held_reader(start / READER_FILE)
    elif start is not None:
        state = torch.load(start / "state.pt", map_location="cpu", weights_only=True)["reader"]
    arrays: dict[str, Any] = {
        name: tensor.half().numpy()
        for name, tensor in state.items()
        if not name.endswith("word_embeddings.weight") and name not in ("middle", "words")
        and "position_ids" not in name
    }  # fmt: skip
    scale = np.float32(np.abs(words).max() / 127)
    arrays["words"] = np.rint(words / scale).astype(np.int8)
    arrays["words.scale"] = scale
    np.savez(out / "begin.npz", **arrays)
    return dict(Counter(pair.kind for pair in every))


class ReadingPairs:
    """The written file on the device that trains.

    Attributes:
        ids: Question and passage of each example.
        trained, judged: Rows to learn from, and to validate with.
        half: Which half of the dispatches' stories each row is of, `WHOLE` where of none.
        card: Digest and seed of the data.
    """

    def __init__(self, source: Path, device: str) -> None:
        held = np.load(source)
        self.card: dict[str, Any] = json.loads(str(held["card"]))
        self.ids = TokenRows(held["flat"], held["lengths"], device)
        self._starts = torch.from_numpy(held["starts"].astype(np.int64)).to(device)
        self._ends = torch.from_numpy(held["ends"].astype(np.int64)).to(device)
        self._kind = held["kind"]
        self.half: Ints = held["half"].astype(np.int64)
        self._kinds: list[str] = [str(kind) for kind in held["kinds"]]
        self.trained: Ints = np.arange(int(held["trained"]))
        self.judged: Ints = np.arange(int(held["trained"]), len(self.ids))

    def kind(self, row: int) -> str:
        """Of an example, `` across`` after it where its languages differ."""
        return self._kinds[int(self._kind[row])]

    def tensors(self, rows: Ints) -> tuple[Tensor, Tensor, Tensor]:
        """(n, length) ids and segments, and (n, 2) ends of the answer, 0 where there is none."""
        ids = self.ids.padded(rows)
        at = torch.from_numpy(rows).to(ids.device)
        column = torch.arange(ids.shape[1], device=ids.device)
        segments = ((column[None] >= self._starts[at][:, None]) & (ids != 0)).long()
        return ids, segments, self._ends[at]
