"""Train kaoju's reader: whether a passage answers a question, and where.

    python scripts/train_reader.py prepare --out FOLDER [--start FOLDER]   # to FOLDER/data.npz
    python scripts/train_reader.py train --out FOLDER --minutes 60 [--epochs 2] [--seed 1]
    python scripts/train_reader.py average FOLDER FOLDER --out FOLDER
    python scripts/export_reader.py FOLDER

The reader is a body like the encoder's reading question and passage together, as Devlin et al.
do (BERT, NAACL 2019): from the first token's last vector whether the passage answers, from every
token's whether the answer begins or ends there; where nothing answers, both stand on the first
token (Rajpurkar et al., Know what you don't know, ACL 2018). It begins as the shipped encoder's
body, or as an earlier reader (``prepare --start``). Input vectors of tokens stay the encoder's, so
that both models share one table and what is learned in one language serves the other.

Questions and passages: `training.reading`, from ``corpus/gold``, ``scripts/training`` and
``--shared``, which is not part of the repository. An epoch draws from each kind the share that
``--whole``, ``--close`` and ``--others`` name; stories are taken whole. From the share
``--rounded`` of the run on, products are rounded as the exported graph's will be
(`training.body`). The state goes to FOLDER every ``--save-minutes``; the same command goes on
from there. With ``--minutes 0`` a run ends by its epochs, and the same seed on the same machine
gives the same weights. ``train`` needs torch and numpy alone, and uses a GPU when there is one.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parent))

from training.body import Body
from training.reading_pairs import WHOLE, WRITTEN, ReadingPairs
from training.token_rows import Ints

POWERS = 3
JUDGED_UNSEEN = 3_000  # rows of an unseen half that a run is judged by
DATA, BEGIN, STATE, RESULT = "data.npz", "begin.npz", "state.pt", "result.pt"
HEADS = ("heard", "answers.weight", "answers.bias", "places.weight", "places.bias")
# A kind that answers and one that does not: how well they are told apart is judged.
JUDGED = (
    ("written", "near miss"), ("claim", "claim near miss"),
    ("written close", "near miss close"), ("claim close", "claim near miss close"),
    ("written close", "written close beside"), ("claim close", "claim close beside"),
    ("story claim", "story claim beside"), ("story question", "story question beside"),
    ("story statement", "story question beside"), ("story printed", "story printed beside"),
)  # fmt: skip
Tensor = Any  # of torch, which comes without types here


class Reader(nn.Module):  # type: ignore[misc]
    """A body that reads question and passage, with heads for both answers.

    To a token's input vector comes how well the other text says it: the best cosine with an
    input vector there, in powers of it, as Chen et al. (Reading Wikipedia to answer open-domain
    questions, ACL 2017) mark words that the question has. The vectors of both languages were
    learned together, so that a translation counts.

    Args:
        words: (vocabulary, width) input vectors, which stay as they are.
        body: What reads.
    """

    def __init__(self, words: Tensor, body: Body) -> None:
        super().__init__()
        self.body = body
        self.register_buffer("words", words)
        self.register_buffer("middle", words.mean(0))
        self.heard = nn.Parameter(0.02 * torch.randn(2, POWERS, body.width))
        self.answers = nn.Linear(body.width, 1)
        self.places = nn.Linear(body.width, 2)

    @classmethod
    def of(cls, state: Mapping[str, Tensor]) -> Reader:
        """The reader of a state: ``words``, a body's tensors, and heads where it has any."""
        body = {n.removeprefix("body."): v for n, v in state.items() if n.startswith("body.")}
        reader = cls(state["words"].float(), Body.of(body))
        held = {name: state[name].float() for name in HEADS if name in state}
        reader.load_state_dict(held, strict=False)
        return reader

    def forward(self, ids: Tensor, segments: Tensor) -> tuple[Tensor, Tensor]:
        """Read (n, length) pairs: (n,) log odds of an answer, (n, length, 2) of its ends."""
        mask = ids != 0  # no pair has a [PAD] token of its own: its id is 0
        words = functional.embedding(ids, self.words)
        words = words + self.said(words, segments, mask)
        with torch.autocast(ids.device.type, dtype=torch.bfloat16):
            hidden = self.body(words, mask, segments)
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

    def as_rounded(self) -> dict[str, Tensor]:
        """All that was learned, products' weights on the steps that they round to."""
        body = {f"body.{name}": value for name, value in self.body.as_rounded().items()}
        names = (
            "middle",
            "heard",
            "answers.weight",
            "answers.bias",
            "places.weight",
            "places.bias",
        )
        own = self.state_dict()
        return body | {name: own[name].detach() for name in names}


def loss_of(reader: Reader, data: ReadingPairs, rows: Ints) -> Tensor:
    """Cross-entropy of both ends and of whether there is an answer."""
    ids, segments, ends = data.tensors(rows)
    answers, places = reader(ids, segments)
    there = (ends[:, 0] > 0).float()
    found = functional.cross_entropy(places[..., 0], ends[:, 0]) + functional.cross_entropy(
        places[..., 1], ends[:, 1]
    )
    return found / 2 + functional.binary_cross_entropy_with_logits(answers, there)


@torch.inference_mode()  # type: ignore[untyped-decorator]
def judge(reader: Reader, data: ReadingPairs, rows: Ints) -> dict[str, Any]:
    """How well a reader tells answers from near misses, and where it points, by kind."""
    told: dict[str, list[tuple[float, bool]]] = {}
    reader.eval()
    for part in data.ids.parts(rows, 16_384):
        own = rows[part]
        ids, segments, ends = data.tensors(own)
        answers, places = reader(ids, segments)
        inside = (segments == 1) & (ids != 0)
        starts = places[..., 0].masked_fill(~inside, -1e4).argmax(1)
        after = torch.arange(ids.shape[1], device=ids.device)[None] - starts[:, None]
        last = places[..., 1].masked_fill(~inside | (after < 0) | (after > 23), -1e4).argmax(1)
        hits = (ends[:, 0] > 0) & (starts <= ends[:, 1]) & (last >= ends[:, 0])
        for row, log_odds, hit in zip(own, answers.tolist(), hits.tolist(), strict=True):
            told.setdefault(data.kind(row), []).append((log_odds, hit))
    reader.train()
    found: dict[str, Any] = {}
    for right, wrong in JUDGED:
        for across in ("", " across"):
            yes, no = told.get(right + across, []), told.get(wrong + across, [])
            if yes and no:
                a, b = np.array([y[0] for y in yes]), np.array([n[0] for n in no])
                auc = float((a[:, None] > b[None]).mean())
                found[f"{right}{across} / {wrong}: auc"] = round(auc, 4)
    for kind, held in sorted(told.items()):
        if not any(word in kind for word in ("near miss", "taken out", "beside")):
            found[f"{kind}: pointed right"] = round(float(np.mean([r[1] for r in held])), 4)
    return found


class Run:
    """A training run: the reader, its optimiser and its place in the epochs."""

    def __init__(self, settings: argparse.Namespace) -> None:
        self.settings = settings
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        torch.manual_seed(settings.seed)
        self.data = ReadingPairs(settings.out / DATA, self.device)
        held = np.load(settings.out / BEGIN)
        state = {name: torch.from_numpy(held[name]) for name in held.files}
        if settings.words:
            state["words"] = torch.load(settings.words, weights_only=True)["words"]
        else:
            state["words"] = state["words"].float() * float(state["words.scale"])
        self.reader = Reader.of(state).to(self.device)
        self.reader.body.dropout = settings.dropout
        self.optimizer = torch.optim.AdamW(
            self.reader.parameters(), lr=settings.rate, betas=(0.9, 0.98), weight_decay=0.01,
            fused=self.device == "cuda",
        )  # fmt: skip
        data, half = self.data, settings.unseen_half
        self.learned = data.trained[data.half[data.trained] != (-1 if half is None else half)]
        unseen = data.trained[data.half[data.trained] == half]
        draw = random.Random(f"{settings.seed} judged")
        some = draw.sample(range(len(unseen)), min(len(unseen), JUDGED_UNSEEN))
        self.judged = np.concatenate([data.judged, unseen[sorted(some)]])
        self.steps = [
            batch
            for epoch in range(settings.epochs)
            for batch in self._batches(random.Random(f"{settings.seed} {epoch}"))
        ]
        self.step, self.minutes = 0, 0.0
        if (settings.out / STATE).is_file():
            self._resume()

    def _share(self, row: int) -> float:
        """Which share of the examples of a row's kind an epoch draws."""
        kind = self.data.kind(row).removesuffix(" across")
        if kind.startswith("story"):
            return 1.0 if self.data.half[row] != WHOLE else float(self.settings.stories)
        if "close" in kind:
            return float(self.settings.close)
        return float(self.settings.whole if kind in WRITTEN else self.settings.others)

    def _batches(self, draw: random.Random) -> Iterator[Ints]:
        """Pairs of like length together, padding counted, in an order by chance."""
        chosen = np.array([
            row for row in self.learned if draw.random() < self._share(row)
        ])  # fmt: skip
        play = np.array([draw.random() for _ in chosen])
        order = chosen[np.argsort(-(self.data.ids.lengths[chosen] // 8 + play))]
        made, at = [], 0
        while at < len(order):
            size = max(1, self.settings.tokens // (int(self.data.ids.lengths[order[at]]) + 8))
            made.append(order[at : at + size])
            at += size
        draw.shuffle(made)
        yield from made

    def train(self) -> None:
        """Step until the epochs or the minutes of the run are spent."""
        settings, mean = self.settings, 0.0
        began = saved = time.monotonic()
        before = self.minutes
        self.reader.train()
        while self.step < len(self.steps):
            self.minutes = before + (time.monotonic() - began) / 60
            spent = self.minutes / settings.minutes if settings.minutes else 0.0
            place = max(self.step / len(self.steps), spent)
            if place >= 1:
                return
            self.reader.body.rounds = place >= settings.rounded
            for group in self.optimizer.param_groups:
                group["lr"] = settings.rate * min((self.step + 1) / 60, 1 - place)
            loss = loss_of(self.reader, self.data, self.steps[self.step])
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(self.reader.parameters(), 1.0)
            self.optimizer.step()
            self.step += 1
            if self.step % 50 == 0:
                mean += (float(loss.detach()) - mean) / min(self.step // 50, 10)
                print(f"{self.step}/{len(self.steps)} {self.minutes:.2f} min loss {mean:.3f}",
                      flush=True)  # fmt: skip
            if settings.judge and self.step % settings.judge == 0:
                print(json.dumps(judge(self.reader, self.data, self.judged)), flush=True)
            if time.monotonic() - saved > settings.save_minutes * 60:
                saved = time.monotonic()
                self.save()

    def save(self) -> dict[str, Any]:
        """Keep the state and the result, and judge the reader as it is; returns its card."""
        settings = {
            name: value for name, value in vars(self.settings).items()
            if name in ("seed", "epochs", "rate", "whole", "close", "others", "stories",
                        "unseen_half", "tokens", "dropout", "rounded")
        }  # fmt: skip
        state = {
            "reader": self.reader.state_dict(), "optimizer": self.optimizer.state_dict(),
            "step": self.step, "minutes": self.minutes, "drawn": self._drawn(),
        }  # fmt: skip
        scratch = self.settings.out / f"{STATE}.new"
        torch.save(state, scratch)
        scratch.replace(self.settings.out / STATE)
        drawn = Counter(self.data.kind(row) for batch in self.steps[: self.step] for row in batch)
        card = settings | {
            "steps": self.step,
            "minutes": round(self.minutes, 1),
            "examples": dict(sorted(drawn.items())),
            "data_sha256": self.data.card["digest"],
            "validation": judge(self.reader, self.data, self.judged),
            "made_with": {
                "torch": str(torch.__version__),
                "on": torch.cuda.get_device_name() if self.device == "cuda" else "processor cores",
            },
        }
        result = {name: value.cpu().half() for name, value in self.reader.as_rounded().items()}
        torch.save(result | {"card": json.dumps(card)}, self.settings.out / RESULT)
        print(json.dumps(card["validation"]), flush=True)
        return card

    def _drawn(self) -> dict[str, Any]:
        """What the batches come of; a state of others is not gone on from."""
        names = ("seed", "epochs", "tokens", "whole", "close", "others", "stories", "unseen_half")
        return {"data": self.data.card["digest"]} | {n: getattr(self.settings, n) for n in names}

    def _resume(self) -> None:
        state = torch.load(self.settings.out / STATE, map_location=self.device, weights_only=True)
        if state["drawn"] != self._drawn():
            raise SystemExit(
                f"{self.settings.out / STATE} comes of other data or shares; name another --out"
            )
        self.reader.load_state_dict(state["reader"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.minutes = state["step"], state["minutes"]


def average(folders: Sequence[Path], out: Path) -> None:
    """Write the mean of readers that began alike as the result of a run.

    Readers that went on from one beginning lie in one basin, where the mean of their weights reads
    as well as both together (Wortsman et al., Model soups, ICML 2022): so those that have seen
    one half of the dispatches each make one that has seen them all.

    Raises:
        SystemExit: They were trained on different data.
    """
    states = [torch.load(folder / STATE, weights_only=True)["reader"] for folder in folders]
    results = [torch.load(folder / RESULT, weights_only=True) for folder in folders]
    cards = [json.loads(result["card"]) for result in results]
    if len({card["data_sha256"] for card in cards}) > 1:
        raise SystemExit("the readers were trained on different data; train them on the same")
    mean = {name: sum(state[name] for state in states) / len(states) for name in states[0]}
    reader = Reader.of(mean)
    held = {name: value.half() for name, value in reader.as_rounded().items()}
    card = {"mean_of": cards, "data_sha256": cards[0]["data_sha256"]}
    out.mkdir(parents=True, exist_ok=True)
    torch.save(held | {"card": json.dumps(card)}, out / RESULT)


def main(argv: Sequence[str] | None = None) -> int:
    """Prepare, train or average."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    preparing = commands.add_parser("prepare", help="tokenise the examples and the beginning")
    preparing.add_argument("--out", type=Path, required=True)
    preparing.add_argument("--shared", type=Path, default=Path("../shared"))
    preparing.add_argument("--start", type=Path, help="folder of an earlier run to go on from")
    preparing.add_argument("--judged", type=float, default=1, help="share of those for validation")
    preparing.add_argument("--seed", type=int, default=1)
    training = commands.add_parser("train", help="step until the epochs or minutes are spent")
    training.add_argument("--out", type=Path, required=True)
    training.add_argument("--words", type=Path, help="an encoder's result.pt whose words are read")
    training.add_argument("--minutes", type=float, default=60, help="0: as the epochs take")
    training.add_argument("--epochs", type=int, default=2)
    training.add_argument("--whole", type=float, default=1, help="share of written passages")
    training.add_argument("--close", type=float, default=1, help="share of their sentences")
    training.add_argument("--others", type=float, default=1, help="share of all other examples")
    training.add_argument("--stories", type=float, default=1, help="share of undivided stories")
    training.add_argument("--unseen-half", type=int, choices=(0, 1), help="of the dispatches")
    training.add_argument("--seed", type=int, default=1)
    training.add_argument("--tokens", type=int, default=4_000, help="of a step, padding included")
    training.add_argument("--rate", type=float, default=1.5e-4)
    training.add_argument("--dropout", type=float, default=0.1)
    training.add_argument("--rounded", type=float, default=0.6, help="share of the run before")
    training.add_argument("--judge", type=int, default=0, help="steps between two judgements")
    training.add_argument("--save-minutes", type=float, default=10)
    averaging = commands.add_parser("average", help="the mean of readers that began alike")
    averaging.add_argument("folders", type=Path, nargs="+")
    averaging.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args(argv)
    if arguments.command == "average":
        average(arguments.folders, arguments.out)
    elif arguments.command == "prepare":
        from training.reading_pairs import write_reading

        arguments.out.mkdir(parents=True, exist_ok=True)
        write_reading(
            arguments.shared, arguments.seed, arguments.judged, arguments.start, arguments.out
        )
    else:
        run = Run(arguments)
        run.train()
        run.save()
    return 0


if __name__ == "__main__":
    sys.exit(main())
