"""Where a run of the encoder begins, and the folder that comes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from kaoju.encoder import open_tokenizer
from training.body import WIDEST_WORD
from training.model import (
    ROOT,
    WORDS,
    read_state,
    save_folder,
    surfaces,
    teacher_folder,
)
from training.start import begin_vectors, is_chinese

TOKENIZER = ROOT / "src" / "kaoju" / "model" / "tokenizer.json"


def write_beginning(shared: Path, words: Path | None, target: Path) -> None:
    """Write the teacher's body and the input vectors that a run begins from.

    Args:
        shared: Folder with ``data/train``.
        words: ``model.onnx`` of an earlier run whose input vectors are taken; without it Chinese
            ones begin as mixtures of the English ones.
        target: An ``.npz`` file: int8 ``words`` in steps of ``words.scale``, ids of the
            ``chinese`` ones, and the body's float16 tensors by their names.
    """
    state = read_state(teacher_folder())
    tokens = surfaces(TOKENIZER)
    chinese = np.array([i for i, token in enumerate(tokens) if is_chinese(token)])
    if words is not None:
        from training.dequantised import held_weights

        whole = held_weights(words)[WORDS].numpy()
    else:
        whole = _mixtures(shared, state[WORDS].float().numpy(), tokens, chinese)
    scale = np.float32(np.abs(whole).max() / WIDEST_WORD)
    arrays: dict[str, Any] = {
        name: tensor.half().numpy()
        for name, tensor in state.items()
        if name.startswith(("embeddings.", "encoder.")) and name != WORDS
    }
    arrays.pop("embeddings.position_ids", None)
    arrays |= {"words": np.rint(whole / scale).astype(np.int8), "words.scale": scale}
    np.savez(target, **arrays, chinese=chinese)


def _mixtures(shared: Path, english: Any, tokens: list[str], chinese: Any) -> Any:
    from training.pairs import SOURCES, read_pairs

    pairs = [pair for source in SOURCES for pair in read_pairs(shared, source)]
    ours, theirs = (open_tokenizer(p, 64) for p in (TOKENIZER.parent, teacher_folder()))
    zh = [encoding.ids for encoding in ours.encode_batch([zh for zh, _ in pairs])]
    en = [encoding.ids for encoding in theirs.encode_batch([en for _, en in pairs])]
    whole = np.concatenate([english, np.zeros((len(tokens) - len(english), english.shape[1]))])
    whole[chinese] = begin_vectors(zh, en, english, tokens, chinese)
    return whole


def write_folder(out: Path, state: dict[str, Any]) -> None:
    """Write what a run came to as a sentence-transformers folder, rounded as it ended."""
    words = state["words"].float()
    weights = {name.removeprefix("body."): value for name, value in state.items()
               if name.startswith("body.")}  # fmt: skip
    weights[WORDS] = words
    save_folder(weights, TOKENIZER, out, card(state))


def card(state: dict[str, Any]) -> str:
    """The README of the folder: what it was made from and how, in the open."""
    from training.pairs import SOURCES

    settings, data = state["settings"], state["data"]
    step, seen, minutes = state["place"]
    terms = {source.name: source.terms for source in SOURCES}
    rows = "\n".join(
        f"| {name} | {terms.get(name, 'original')} | {count} |"
        for name, count in data["taken"].items()
    )
    return f"""---
language: [zh, en]
license: apache-2.0
library_name: sentence-transformers
pipeline_tag: sentence-similarity
---

# kaoju-bilingual, full weights

A Chinese and English sentence encoder: 6 layers, 384 dimensions, mean pooling, unit length.
Texts are folded (NFKC, traditional to simplified) before they are encoded.

Made by `scripts/train_encoder.py` of kaoju. Body, English vocabulary and teacher:
sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0).

## Data

Pairs of openly licensed sources and texts written for kaoju; nothing for research only,
non-commercial or without stated terms. Digest of all of it (SHA-256): `{data["digest"]}`

| source | terms | pairs taken |
|---|---|---|
{rows}

{data["questions"]} questions and draft sentences with the passages that answer them, in
{data["units"]} units of {data["passages"]} passages; those of the gold shelf and a fifth of the
written ones were never trained on. The sources, with repositories and commits, are those of
`SOURCES.md` of the training data.

## Training

{step} steps, {seen} tokens, {minutes:.1f} minutes on {state["device"]}, torch {state["torch"]},
settings {json.dumps(settings)}.
"""
