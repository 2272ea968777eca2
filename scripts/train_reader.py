"""Train kaoju's reader: whether a passage answers a question, and where.

    python scripts/train_reader.py --out FOLDER --minutes 60 [--epochs 2] [--seed 1]
    python scripts/export_reader.py FOLDER

The reader is the shipped encoder's body reading question and passage together, as Devlin et al.
do (BERT, NAACL 2019): from the first token's last vector whether the passage answers, from every
token's whether the answer begins or ends there; where nothing answers, both stand on the first
token (Rajpurkar et al., Know what you don't know, ACL 2018). Input vectors of tokens stay the
encoder's, so that both models share one table and what is learned in one language serves the
other. Questions and passages: `training.reading`, from ``--shared``, which is not part of the
repository. The state goes to FOLDER every ``--save-minutes``; the same command goes on from
there. When a run ends by its epochs, the same seed on the same machine gives the same weights.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from kaoju.encoder import MODEL_FOLDER, open_tokenizer
from training.dequantised import body_of
from training.examples import Example
from training.reading import WRITTEN, reading_data

ROOT = Path(__file__).resolve().parent.parent
MAX_TOKENS, QUESTION_TOKENS = 256, 48
POWERS = 3
FIXED_LAYERS = 1  # of the body, from below
STATE = "state.pt"
Tensor = Any  # of torch, which comes without types here


class Reader(nn.Module):  # type: ignore[misc]
    """A body that reads question and passage, with heads for both answers.

    To a token's input vector comes how well the other text says it: the best cosine with an
    input vector there, in powers of it, as Chen et al. (Reading Wikipedia to answer open-domain
    questions, ACL 2017) mark words that the question has. The vectors of both languages were
    learned together, so that a translation counts.
    """

    def __init__(self) -> None:
        super().__init__()
        self.body = body_of(MODEL_FOLDER / "model.onnx")
        words = self.body.embeddings.word_embeddings.weight.requires_grad_(False)
        for layer in self.body.encoder.layer[:FIXED_LAYERS]:
            layer.requires_grad_(False)
        width = self.body.config.hidden_size
        self.register_buffer("middle", words.mean(0))
        self.heard = nn.Parameter(0.02 * torch.randn(2, POWERS, width))
        self.answers = nn.Linear(width, 1)
        self.places = nn.Linear(width, 2)

    def forward(self, ids: Tensor, segments: Tensor) -> tuple[Tensor, Tensor]:
        """Read (n, length) pairs: (n,) log odds of an answer, (n, length, 2) of its ends."""
        mask = ids != 0  # no pair has a [PAD] token of its own: its id is 0
        words = self.body.embeddings.word_embeddings(ids)
        words = words + self.said(words, segments, mask)
        with torch.autocast(ids.device.type, dtype=torch.bfloat16):
            hidden = self.body(
                inputs_embeds=words, attention_mask=mask.long(), token_type_ids=segments
            ).last_hidden_state
        hidden = hidden.float()
        places = self.places(hidden).masked_fill(~mask[..., None], -1e4)
        return self.answers(hidden[:, 0])[:, 0], places

    def said(self, words: Tensor, segments: Tensor, mask: Tensor) -> Tensor:
        """What is added to input vectors: (n, length, width), of how well the others say each."""
        unit = functional.normalize(words - self.middle, dim=-1)
        near = unit @ unit.transpose(1, 2)
        apart = (segments[:, :, None] != segments[:, None, :]) & mask[:, None, :]
        best = near.masked_fill(~apart, 0.0).amax(2).clamp(min=0)
        powers = torch.stack([best, best**2, best**8], dim=-1)
        of_segment: Any = self.heard[segments]
        return (powers[..., None] * of_segment).sum(2) * mask[..., None]


class Pair:
    """An example as token ids: where its passage begins, and the answer's first and last token."""

    __slots__ = ("ends", "ids", "kind", "starts")

    def __init__(self, tokenizer: Any, example: Example) -> None:
        asked = tokenizer.encode(example.question).ids[:-1][: QUESTION_TOKENS - 1]
        read = tokenizer.encode(example.passage)
        separator = read.ids[-1]
        room = MAX_TOKENS - len(asked) - 2
        self.ids = [*asked, separator, *read.ids[1:-1][:room], separator]
        self.starts = len(asked) + 1
        self.kind = f"{example.kind}{' across' if example.across else ''}"
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
    tokenizer = open_tokenizer(MODEL_FOLDER, 10_000)
    return [pair for e in examples if (pair := Pair(tokenizer, e)).ends[0] >= 0]


def batches(pairs: Sequence[Pair], tokens: int, draw: random.Random) -> Iterator[list[Pair]]:
    """Pairs of like length together, padding counted, in an order by chance."""
    order = sorted(pairs, key=lambda p: (len(p.ids) // 8, draw.random()))
    made: list[list[Pair]] = [[]]
    for pair in order:
        if made[-1] and (len(made[-1]) + 1) * (len(pair.ids) + 7) > tokens:
            made.append([])
        made[-1].append(pair)
    draw.shuffle(made)
    yield from made


def tensors(batch: Sequence[Pair], device: str) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, segments and ends of a batch."""
    width = max(len(p.ids) for p in batch)
    ids = np.zeros((len(batch), width), dtype=np.int64)
    segments = np.zeros_like(ids)
    for row, pair in enumerate(batch):
        ids[row, : len(pair.ids)] = pair.ids
        segments[row, pair.starts : len(pair.ids)] = 1
    ends = np.array([p.ends for p in batch])
    return (
        torch.from_numpy(ids).to(device),
        torch.from_numpy(segments).to(device),
        torch.from_numpy(ends).to(device),
    )


def loss_of(reader: Reader, batch: Sequence[Pair], device: str) -> Tensor:
    """Cross-entropy of both ends and of whether there is an answer."""
    ids, segments, ends = tensors(batch, device)
    answers, places = reader(ids, segments)
    there = (ends[:, 0] > 0).float()
    found = functional.cross_entropy(places[..., 0], ends[:, 0]) + functional.cross_entropy(
        places[..., 1], ends[:, 1]
    )
    return found / 2 + functional.binary_cross_entropy_with_logits(answers, there)


@torch.inference_mode()  # type: ignore[untyped-decorator]
def judge(reader: Reader, pairs: Sequence[Pair], device: str) -> dict[str, Any]:
    """How well a reader tells answers from near misses, and where it points, by kind."""
    told: dict[str, list[tuple[float, bool, float]]] = {}
    order = sorted(pairs, key=lambda p: len(p.ids))
    for begin in range(0, len(order), 32):
        batch = order[begin : begin + 32]
        ids, segments, _ = tensors(batch, device)
        answers, places = reader(ids, segments)
        for row, pair in enumerate(batch):
            inside = places[row, pair.starts : len(pair.ids) - 1]
            first = int(inside[:, 0].argmax())
            last = first + int(inside[first : first + 24, 1].argmax())
            point = float((inside[first, 0] + inside[last, 1]) - places[row, 0].sum())
            first, last = first + pair.starts, last + pair.starts
            hit = bool(pair.ends[0] and first <= pair.ends[1] and last >= pair.ends[0])
            told.setdefault(pair.kind, []).append((float(answers[row]), hit, point))
    found: dict[str, Any] = {}
    for right, wrong in (
        ("written", "near miss"), ("claim", "claim near miss"),
        ("written close", "near miss close"), ("claim close", "claim near miss close"),
        ("written close", "written close beside"), ("claim close", "claim close beside"),
    ):  # fmt: skip
        for across in ("", " across"):
            yes, no = told.get(right + across, []), told.get(wrong + across, [])
            for name, column in (("answers", 0), ("points", 2)) if yes and no else ():
                a, b = np.array([y[column] for y in yes]), np.array([n[column] for n in no])
                auc = float((a[:, None] > b[None]).mean())
                found[f"{right}{across} / {wrong}: {name}, auc"] = round(auc, 4)
    for kind, rows in sorted(told.items()):
        if not any(word in kind for word in ("near miss", "taken out", "beside")):
            found[f"{kind}: pointed right"] = round(float(np.mean([r[1] for r in rows])), 4)
    return found


class Run:
    """A training run: the reader, its optimiser and its place in the steps."""

    def __init__(self, settings: argparse.Namespace) -> None:
        self.settings = settings
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        torch.manual_seed(settings.seed)
        self.data = reading_data(settings.shared, settings.seed)
        draw = random.Random(f"{settings.seed} others")
        taken = [e for e in self.data.train if draw.random() < self._share(e.kind)]
        judged = [e for e in self.data.valid if draw.random() < settings.judged]
        self.pairs, self.judged = pairs_of(taken), pairs_of(judged)
        self.steps = [
            batch
            for epoch in range(settings.epochs)
            for batch in batches(
                self.pairs, settings.tokens, random.Random(f"{settings.seed} {epoch}")
            )
        ]
        self.reader = Reader().to(self.device)
        self.learned = [p for p in self.reader.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(
            self.learned, lr=settings.rate, betas=(0.9, 0.98), weight_decay=0.01
        )
        self.step, self.minutes = 0, 0.0
        self.state_file = settings.out / STATE
        settings.out.mkdir(parents=True, exist_ok=True)
        if self.state_file.is_file():
            self._resume()
        elif settings.start is not None:
            earlier = torch.load(settings.start / STATE, weights_only=False)
            self.reader.load_state_dict(earlier["reader"])

    def _share(self, kind: str) -> float:
        """Which share of the examples of a kind is drawn."""
        if kind.startswith("story"):
            return 1.0
        if "close" in kind:
            return float(self.settings.close)
        return float(self.settings.whole if kind in WRITTEN else self.settings.others)

    def train(self) -> None:
        """Step until the epochs or the minutes of the run are spent."""
        settings, mean = self.settings, 0.0
        began = saved = time.monotonic()
        before = self.minutes
        self.reader.train()
        while self.step < len(self.steps):
            self.minutes = before + (time.monotonic() - began) / 60
            place = max(self.step / len(self.steps), self.minutes / settings.minutes)
            if place >= 1:
                return
            for group in self.optimizer.param_groups:
                group["lr"] = settings.rate * min((self.step + 1) / 60, 1 - place)
            loss = loss_of(self.reader, self.steps[self.step], self.device)
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(self.learned, 1.0)
            self.optimizer.step()
            self.step += 1
            mean += (float(loss.detach()) - mean) / min(self.step, 50)
            if self.step % 50 == 0:
                print(f"{self.step}/{len(self.steps)} {self.minutes:.1f} min loss {mean:.3f}",
                      flush=True)  # fmt: skip
            if time.monotonic() - saved > settings.save_minutes * 60:
                saved = time.monotonic()
                self.save()

    def save(self) -> dict[str, Any]:
        """Keep the state, judge the reader as it is, and write its card; returns the card."""
        state = {
            "reader": self.reader.state_dict(), "optimizer": self.optimizer.state_dict(),
            "step": self.step, "minutes": self.minutes,
        }  # fmt: skip
        torch.save(state, self.state_file)
        settings = self.settings
        card = {
            "seed": settings.seed,
            "steps": self.step,
            "epochs": round(self.step / len(self.steps) * settings.epochs, 2),
            "rate": settings.rate,
            "whole": settings.whole,
            "close": settings.close,
            "others": settings.others,
            "tokens_a_step": settings.tokens,
            "started_from": str(settings.start.name) if settings.start else None,
            "examples": dict(Counter(pair.kind for pair in self.pairs)),
            "data_sha256": self.data.digest,
            "validation": judge(self.reader.eval(), self.judged, self.device),
            "made_with": {p: version(p) for p in ("torch", "transformers", "tokenizers")},
        }
        self.reader.train()
        text = json.dumps(card, indent=1) + "\n"
        (settings.out / "reader.json").write_text(text, encoding="utf-8")
        print(json.dumps(card["validation"]), flush=True)
        return card

    def _resume(self) -> None:
        state = torch.load(self.state_file, weights_only=False)
        self.reader.load_state_dict(state["reader"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.minutes = state["step"], state["minutes"]


def main(argv: Sequence[str] | None = None) -> int:
    """Train, judge and write the folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--start", type=Path, help="folder of an earlier run to go on from")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--whole", type=float, default=1, help="share of written passages")
    parser.add_argument("--close", type=float, default=1, help="share of their sentences")
    parser.add_argument("--others", type=float, default=1, help="share of all other examples")
    parser.add_argument("--judged", type=float, default=1, help="share of those for validation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tokens", type=int, default=4_000, help="of a step, padding included")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--save-minutes", type=float, default=5)
    run = Run(parser.parse_args(argv))
    tokens = sum(len(pair.ids) for pair in run.pairs)
    print(f"{len(run.pairs)} pairs of {tokens} tokens, {len(run.steps)} steps", flush=True)
    run.train()
    print(json.dumps(run.save()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
