"""What the encoder is trained on, as token ids: one file that a trainer needs no text for.

A *pair* says one thing in both languages. A *unit* is what was written together: the passages of
a subject in either language, and questions or draft sentences with the passages that answer them.
Units are the written passages, passages with a sentence taken out (`training.pairs`), and the
stories of ``corpus/gold`` that the reader learns from, cut into passages as kaoju cuts articles.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from training.token_rows import TokenRows, flattened

GOLD = Path(__file__).resolve().parents[2] / "corpus" / "gold"
MAX_TOKENS, MAX_PAIR_TOKENS = 256, 160
LANGUAGES = ("zh", "en")


@dataclass(slots=True)
class Unit:
    """Passages and what asks for them.

    Attributes:
        passages: (language, text), folded.
        told: Of each passage, the place of its English telling among them; -1 where there is none.
        asked: (question, places of the passages that answer).
    """

    passages: list[tuple[str, str]] = field(default_factory=list)
    told: list[int] = field(default_factory=list)
    asked: list[tuple[str, list[int]]] = field(default_factory=list)


def write_data(
    shared: Path, seed: int, target: Path, caps: float, crops: int, made_size: int = 9_000
) -> dict[str, Any]:
    """Read, draw, tokenise and write everything a run trains on and is judged by.

    Args:
        shared: Folder with ``data``.
        seed: Of every draw.
        target: An ``.npz`` file.
        caps: Times as many pairs of each capped source as `training.pairs.SOURCES` says.
        crops: Most passages of a source that ask for a sentence taken out of them.
        made_size: How often a template is filled.

    Returns:
        The card: pairs taken from each source, units and questions, and the digest.
    """
    from kaoju.encoder import MODEL_FOLDER, open_tokenizer
    from training.measure import tasks
    from training.pairs import training_data

    data = training_data(shared, seed, made_size, caps, crops)
    units = [*map(_written_unit, data.written), *_stories("stories"), *_stories("reports")]
    long, short = (open_tokenizer(MODEL_FOLDER, n) for n in (MAX_TOKENS, MAX_PAIR_TOKENS))

    def ids(tokenizer: Any, texts: list[str]) -> dict[str, Any]:
        rows = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
        flat, lengths = flattened(rows)
        return {"flat": flat, "lengths": lengths}

    arrays: dict[str, Any] = {}

    def put(name: str, held: dict[str, Any]) -> None:
        arrays.update({f"{name}.{key}": value for key, value in held.items()})

    put("zh", ids(short, [zh for zh, _ in data.pairs]))
    put("en", ids(short, [en for _, en in data.pairs]))
    put("passages", ids(long, [text for unit in units for _, text in unit.passages]))
    put("questions", ids(long, [text for unit in units for text, _ in unit.asked]))
    begins = np.cumsum([0, *(len(unit.passages) for unit in units)])
    arrays["passages.english"] = np.array(
        [
            begin + told if told >= 0 else -1
            for begin, unit in zip(begins, units, strict=False)
            for told in unit.told
        ]
    )
    arrays["unit.passages"] = np.array([len(unit.passages) for unit in units])
    arrays["unit.questions"] = np.array([len(unit.asked) for unit in units])
    rights = [
        [int(begin) + place for place in places]
        for begin, unit in zip(begins, units, strict=False)
        for _, places in unit.asked
    ]
    arrays["rights"] = np.array([place for places in rights for place in places])
    arrays["rights.lengths"] = np.array([len(places) for places in rights])
    for task in tasks(shared):
        put(f"judged.{task.name}.questions", ids(long, _folded([q for _, q, _ in task.questions])))
        put(f"judged.{task.name}.passages", ids(long, _folded([p for _, p, _ in task.passages])))
        for name, rows in (("questions", task.questions), ("passages", task.passages)):
            arrays[f"judged.{task.name}.{name}.language"] = np.array([lang for lang, _, _ in rows])
            arrays[f"judged.{task.name}.{name}.group"] = np.array([str(g) for _, _, g in rows])
    card = {
        "taken": data.taken,
        "units": len(units),
        "passages": int(begins[-1]),
        "questions": len(rights),
        "digest": _digest(data.digest, units),
        "seed": seed,
    }
    arrays["card"] = np.array(json.dumps(card, ensure_ascii=False))
    np.savez_compressed(target, **arrays)
    return card


def _written_unit(row: dict[str, Any]) -> Unit:
    asked = [(q, [0, 1]) for side in LANGUAGES for q in row[f"q_{side}"]]
    return Unit([(side, row[side]) for side in LANGUAGES], [1, 1], asked)


def _stories(name: str) -> Iterator[Unit]:
    """The stories of a folder of gold: their passages, draft sentences and questions."""
    from kaoju.encoder import readable_text
    from kaoju.passages import split
    from kaoju.reading import read_path

    units: dict[str, Unit] = {}
    places: dict[str, list[tuple[int, str]]] = {}
    for path in sorted((GOLD / name / "articles").rglob("*.md")):
        (document,) = read_path(path)
        language, article = path.parent.name, f"{path.stem}-{path.parent.name}"
        unit = units.setdefault(_story_of(path.stem), Unit())
        for passage in split(document):
            text = readable_text(f"{document.title}\n{passage.text}", folded=True)
            place = len(unit.passages)
            places.setdefault(article, []).append((place, readable_text(passage.text, folded=True)))
            unit.passages.append((language, text))
            unit.told.append(place if language == "en" else -1)
    asked = [
        (r["sentence"], r["story"], _evidence(r)) for r in _rows(GOLD / name / "sentences.jsonl")
    ]
    asked += [
        (r["question"], _story_of(r["evidence"][0]["document"].rsplit("-", 1)[0]), [
            (e["document"], e["quote"]) for e in r["evidence"]
        ])
        for r in _rows(GOLD / f"questions_{name}.jsonl")
        if r["evidence"]
    ]  # fmt: skip
    for text, story, evidence in asked:
        found = {
            place
            for article, quote in evidence
            for place, held in places.get(article, ())
            if readable_text(quote, folded=True)[:40] in held
        }
        if found:
            units[story].asked.append((readable_text(text, folded=True), sorted(found)))
    yield from (unit for unit in units.values() if unit.asked)


def _evidence(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(e["article"], e["quote"]) for figure in row["figures"] for e in figure["evidence"]]


def _story_of(stem: str) -> str:
    head, _, last = stem.rpartition("-")
    return head if last.isdigit() else stem


def _folded(texts: list[str]) -> list[str]:
    from kaoju.encoder import readable_text

    return [readable_text(text, folded=True) for text in texts]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _digest(pairs: str, units: list[Unit]) -> str:
    from hashlib import sha256

    told = json.dumps([(u.passages, u.asked) for u in units], ensure_ascii=False)
    return sha256((pairs + told).encode()).hexdigest()


class Arrays:
    """The written file on the device that trains.

    Attributes:
        zh, en: Both sides of the pairs.
        passages, questions: Of all units, one after another.
        english: (passages,) the place of a passage's English telling, -1 where there is none.
        unit_passages, unit_questions: (units + 1,) where each unit begins among them.
        rights: Of each question, the passages that answer.
        judged: By name, the validation tasks: rows, languages and groups of both sides.
    """

    def __init__(self, source: Path, device: str) -> None:
        held = np.load(source)
        self.card: dict[str, Any] = json.loads(str(held["card"]))

        def rows(name: str) -> TokenRows:
            return TokenRows(held[f"{name}.flat"], held[f"{name}.lengths"], device)

        self.zh, self.en = rows("zh"), rows("en")
        self.passages, self.questions = rows("passages"), rows("questions")
        self.english = held["passages.english"]
        self.unit_passages = np.cumsum([0, *held["unit.passages"]])
        self.unit_questions = np.cumsum([0, *held["unit.questions"]])
        ends = np.cumsum(held["rights.lengths"])
        self.rights = np.split(held["rights"], ends[:-1])
        names = sorted({name.split(".")[1] for name in held.files if name.startswith("judged.")})
        self.judged = {
            name: {
                side: (
                    rows(f"judged.{name}.{side}"),
                    held[f"judged.{name}.{side}.language"],
                    held[f"judged.{name}.{side}.group"],
                )
                for side in ("questions", "passages")
            }
            for name in names
        }
