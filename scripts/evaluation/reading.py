"""Read sentences of news for drafts and questions of it, and see which the reader takes.

    python scripts/evaluate.py reading [--beside FOLDER ...]

A draft's sentence without one of its figures, or a question, is read with the sentences that answer
it, where one place in them does, and with the nearest of those that do not, as the draft checker
and the answers read them (`training.close_up`). Told are how often a sentence that answers scores
above one that does not (AUC), how often the likeliest place overlaps the answer, and for how many
the best sentence of all is one that answers. No reader has learned from the stories of
``corpus/gold/drafts``; those that checking and answering are tuned on are read. ``--beside`` names
folders of other readers.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.record import write_record
from kaoju.encoder import MODEL_FOLDER
from kaoju.reader import CARD_FILE, Reader, Text
from kaoju.types import Span
from training.close_up import GOLD, story_examples
from training.examples import Example

UNSEEN = "drafts"  # what no reader has learned from
SPLITS = ("tuned", "seen")


def run(argv: Sequence[str]) -> int:
    """Run the evaluation; returns the exit status."""
    parser = argparse.ArgumentParser(prog="evaluate.py reading", description=__doc__)
    parser.add_argument("--beside", nargs="*", type=Path, default=[], help="folders of readers")
    parser.add_argument("--no-record", action="store_true")
    options = parser.parse_args(argv)
    asked = GOLD / f"questions_{UNSEEN}.jsonl"
    examples = story_examples(random.Random(1), GOLD / UNSEEN, asked, SPLITS)
    results = {}
    for folder in (MODEL_FOLDER, *options.beside):
        card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
        results[card["digest"]] = _evaluate(Reader(folder), examples)
        print(card["digest"][:12], json.dumps(results[card["digest"]]))
    if not options.no_record:
        print(write_record("reading", results, examples=len(examples)))
    return 0


def _evaluate(reader: Reader, examples: Sequence[Example]) -> dict[str, Any]:
    readings = reader.read([(e.question, Text("", e.passage)) for e in examples])
    told: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    places: dict[str, list[bool]] = defaultdict(list)
    asked: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for example, reading in zip(examples, readings, strict=True):
        kind = example.kind.removesuffix(" beside") + (" across" if example.across else "")
        told[kind][example.answer is None].append(reading.answers)
        if "printed" not in kind:  # asked in the articles' own words, hardly one goes wrong
            asked[example.question].append((reading.answers, example.answer is not None))
        if example.answer is not None:
            best = reading.best()
            places[kind].append(best is not None and best[0].overlaps(Span(*example.answer)))
    found: dict[str, Any] = {}
    for kind, (right, wrong) in sorted(told.items()):
        if not right:  # what is asked in an article's own words is answered in its language
            continue
        # What is told in a whole sentence has no place in it, and the same sentences beside it.
        wrong = wrong or told[kind.replace("statement", "question")][1]
        above = np.array(right)[:, None] > np.array(wrong)[None]
        found[kind] = {
            "answered": len(right),
            "auc": round(float(above.mean()), 4),
            "pointed right": round(float(np.mean(places[kind])), 4),
        }
    mixed = [rows for rows in asked.values() if {answers for _, answers in rows} == {True, False}]
    first = [max(rows)[1] for rows in mixed]
    return found | {"first": {"asked": len(first), "right": round(float(np.mean(first)), 4)}}
