"""Learn how foreign names are written in Chinese, and the word lists that find names.

Three steps, about half an hour on two cores:

1. Expectation maximisation over all alignments of letters to characters, on the whole list
   and on four parts of it, so that what follows is learned from scores of names unseen.
2. For each name, others to be told from it: the nearest by letters among thousands drawn
   at random, and those that align best among hundreds drawn at random.
3. Weights for the features of the best alignments, by cross entropy of the true name among
   the others, in both directions; then the calibration of the score.

Writes ``transliteration.npz`` and its card, ``name_characters.tsv`` and ``english_words.txt``
into ``src/kaoju/lexicon/``. Needs torch and scikit-learn, which the product does not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import math
import random
import re
import textwrap
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kaoju import names
from kaoju.names import BACK_OFF, LONGEST_GROUP, Counts, Row, Sources

ROOT = Path(__file__).resolve().parent.parent
LEXICON = ROOT / "src" / "kaoju" / "lexicon"
FOLDS, BITS, WIDTH, DENSE = 4, 19, 20, 12
OTHERS_ENGLISH, OTHERS_CHINESE = 13, 6  # WIDTH = 1 + both
MOST_CHARACTERS, MOST_LETTERS = 6, 16
LEAST_COUNT = 0.3  # expected counts below this are noise

Pair = tuple[str, str]
GroupCounts = dict[tuple[str, str], float]


def read_pairs(path: Path) -> list[Pair]:
    """(Chinese, letters) pairs of a list of names."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [(row[0], row[1]) for row in rows]


# 1. Expectation maximisation -----------------------------------------------------------


def expect_maximise(pairs: Sequence[Pair], rounds: int) -> tuple[GroupCounts, GroupCounts]:
    """Expected counts of (character, letters) and (syllable, letters)."""
    characters: GroupCounts = {}
    syllables: GroupCounts = {}
    start = (0.02, 0.15, 0.5, 0.5, 0.25, 0.08, 0.03)  # by number of letters, for round one

    def initial(_c: str, _s: str, group: str) -> float:
        return start[len(group)]

    probability: Callable[[str, str, str], float] = initial
    for number in range(rounds):
        characters, syllables, fit = _expect(pairs, probability)
        probability = _maximise(characters, syllables)
        print(f"  round {number + 1}: log likelihood {fit:.0f}, {len(characters)} groups")
    return characters, syllables


def _expect(
    pairs: Sequence[Pair], probability: Callable[[str, str, str], float]
) -> tuple[GroupCounts, GroupCounts, float]:
    by_character: GroupCounts = defaultdict(float)
    by_syllable: GroupCounts = defaultdict(float)
    fit = 0.0
    for chinese, english in pairs:
        size, read = len(english), [names.syllable(c) for c in chinese]
        edges = [
            {
                (j, k): p
                for j in range(size + 1)
                for k in range(j, min(size, j + LONGEST_GROUP) + 1)
                if (p := probability(c, s, english[j:k])) > 0
            }
            for c, s in zip(chinese, read, strict=True)
        ]
        forward = [[0.0] * (size + 1) for _ in range(len(chinese) + 1)]
        forward[0][0] = 1.0
        for i, edge in enumerate(edges):
            for (j, k), p in edge.items():
                if forward[i][j]:
                    forward[i + 1][k] += forward[i][j] * p
        total = forward[-1][size]
        if total <= 0:
            continue
        fit += math.log(total)
        backward = [0.0] * (size + 1)
        backward[size] = 1.0
        for i in range(len(chinese) - 1, -1, -1):
            before = [0.0] * (size + 1)
            for (j, k), p in edges[i].items():
                tail = p * backward[k]
                if tail:
                    before[j] += tail
                    share = forward[i][j] * tail / total
                    if share > 1e-4:
                        by_character[chinese[i], english[j:k]] += share
                        by_syllable[read[i], english[j:k]] += share
            backward = before
    return dict(by_character), dict(by_syllable), fit


def _sums(counts: GroupCounts) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for (key, _), value in counts.items():
        found[key] += value
    return found


def _maximise(characters: GroupCounts, syllables: GroupCounts) -> Callable[[str, str, str], float]:
    by_character, by_syllable = _sums(characters), _sums(syllables)

    def probability(c: str, s: str, group: str) -> float:
        backed = syllables.get((s, group), 0.0) / (by_syllable.get(s, 0.0) + 1)
        backed += 1e-6 * 0.1 ** len(group)
        own = characters.get((c, group), 0.0)
        return (own + BACK_OFF * backed) / (by_character.get(c, 0.0) + BACK_OFF)

    return probability


# 2. Names to be told from each other ----------------------------------------------------


def grams(found: Iterable[str], order: int) -> Counter[str]:
    """Counts of the strings of 1 to ``order`` characters that end at each character."""
    counts: Counter[str] = Counter()
    for name in found:
        padded = "^" * (order - 1) + name + "$"
        for i in range(order - 1, len(padded)):
            counts.update(padded[i - length : i + 1] for length in range(order))
    return counts


def sources_of(characters: GroupCounts, syllables: GroupCounts, pairs: Sequence[Pair]) -> Sources:
    """What the counted features are read from, for a model learned on ``pairs``."""
    table = table_of(characters, syllables, pairs)
    rows: dict[str, Row] = {}

    def row(character: str) -> Row:
        if character not in rows:
            seen = table["shares"].get(character, 0.0)
            own: dict[str, float] = {
                g: BACK_OFF / (seen + BACK_OFF) * math.exp(v)
                for g, v in table["syllables"].get(names.syllable(character), {}).items()
            }
            for g, v in table["characters"].get(character, {}).items():
                own[g] = own.get(g, 0.0) + seen / (seen + BACK_OFF) * math.exp(v)
            rows[character] = {g: math.log(p) for g, p in own.items()}
        return rows[character]

    spelled: dict[str, str] = {}

    def spell(chinese: str) -> str:
        if chinese not in spelled:
            spelled[chinese] = "".join(
                max(r, key=r.__getitem__) if (r := row(c)) else "" for c in chinese
            )
        return spelled[chinese]

    return Sources(
        row,
        table["reverse"],
        Counts(table["letter_counts"], 4),
        Counts(table["character_counts"], 3),
        spell,
    )


def table_of(
    characters: GroupCounts, syllables: GroupCounts, pairs: Sequence[Pair]
) -> dict[str, Any]:
    """The counts as they are shipped."""
    by_character, by_syllable = _sums(characters), _sums(syllables)
    by_group: dict[str, float] = defaultdict(float)
    for (_, group), value in characters.items():
        by_group[group] += value
    told: dict[str, Any] = {
        "characters": defaultdict(dict),
        "syllables": defaultdict(dict),
        "shares": {c: round(v, 1) for c, v in by_character.items()},
        "reverse": {},
        "letter_counts": grams(sorted({e for _, e in pairs}), 4),
        "character_counts": grams(sorted({z for z, _ in pairs}), 3),
    }
    for (c, g), value in characters.items():
        if value >= LEAST_COUNT:
            told["characters"][c][g] = round(math.log(value / by_character[c]), 2)
            told["reverse"][c + g] = round(math.log(value / (by_group[g] + 2)), 1)
    for (s, g), value in syllables.items():
        if value >= LEAST_COUNT:
            told["syllables"][s][g] = round(math.log(value / (by_syllable[s] + 1)), 2)
    return told


Encoded = tuple[list[int], list[float]]


def encode(sources: Sources, chinese: str, english: str) -> Encoded:
    """The hashed and the counted features of a pair."""
    alignment = names.align(sources.row, chinese, english)
    if alignment is None:
        return [], [-20.0] + [0.0] * (DENSE - 1)
    found = names.features(chinese, english, alignment[1])
    return names.hashed(found, (1 << BITS) - 1), names.counted(sources, chinese, english, alignment)


def nearest(
    sources: Sources, queries: Sequence[Pair], pairs: Sequence[Pair], seed: int
) -> list[list[Pair]]:
    """Each query with the others nearest by letters, of thousands drawn at random."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    english, chinese = sorted({e for _, e in pairs}), sorted({z for z, _ in pairs})
    right_english, right_chinese = _right(pairs)
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 3), sublinear_tf=True)
    by_letters = vectors.fit_transform(english)
    spelled = vectors.transform([sources.spell(z) or "a" for z in chinese])
    row_of = {z: i for i, z in enumerate(chinese)}, {e: i for i, e in enumerate(english)}
    drawn, rng = np.random.default_rng(seed), random.Random(seed)
    told: list[list[Pair]] = []
    for at in range(0, len(queries), 500):
        block = queries[at : at + 500]
        some_e = drawn.choice(len(english), min(5000, len(english)), replace=False)
        some_z = drawn.choice(len(chinese), min(4000, len(chinese)), replace=False)
        like_e = (spelled[[row_of[0][z] for z, _ in block]] @ by_letters[some_e].T).toarray()
        like_z = (by_letters[[row_of[1][e] for _, e in block]] @ spelled[some_z].T).toarray()
        for r, (z, e) in enumerate(block):
            best_e = [english[some_e[i]] for i in np.argpartition(-like_e[r], 13)[:13]]
            best_z = [chinese[some_z[i]] for i in np.argpartition(-like_z[r], 8)[:8]]
            others_e = [x for x in best_e if x not in right_english[z]][: OTHERS_ENGLISH - 2]
            others_z = [
                x for x in best_z if x not in right_chinese[e] and len(x) <= MOST_CHARACTERS
            ]
            told.append(_filled(z, e, others_e, others_z, english, chinese, rng))
    return told


def best_aligned(
    sources: Sources, queries: Sequence[Pair], pairs: Sequence[Pair], seed: int
) -> list[list[Pair]]:
    """Each query with the others that align best, of hundreds drawn at random."""
    rng = random.Random(seed)
    english = sorted({e for _, e in pairs if len(e) <= MOST_LETTERS})
    chinese = sorted({z for z, _ in pairs if len(z) <= MOST_CHARACTERS})
    right_english, right_chinese = _right(pairs)
    told: list[list[Pair]] = []
    for z, e in queries:
        scored: list[tuple[float, str]] = []
        for x in rng.sample(english, min(200, len(english))):
            found = names.align(sources.row, z, x)
            if found is not None and x not in right_english[z]:
                scored.append((names.rough(names.counted(sources, z, x, found), 0), x))
        others_e = [x for _, x in sorted(scored, reverse=True)[:OTHERS_ENGLISH]]
        scored = []
        for x in rng.sample(chinese, min(120, len(chinese))):
            found = names.align(sources.row, x, e)
            if found is not None and x not in right_chinese[e]:
                scored.append((names.rough(names.counted(sources, x, e, found), 1), x))
        others_z = [x for _, x in sorted(scored, reverse=True)[:OTHERS_CHINESE]]
        told.append(_filled(z, e, others_e, others_z, english, chinese, rng))
    return told


def _right(pairs: Sequence[Pair]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    english: dict[str, set[str]] = defaultdict(set)
    chinese: dict[str, set[str]] = defaultdict(set)
    for z, e in pairs:
        english[z].add(e)
        chinese[e].add(z)
    return english, chinese


def _filled(
    z: str,
    e: str,
    others_e: list[str],
    others_z: list[str],
    english: Sequence[str],
    chinese: Sequence[str],
    rng: random.Random,
) -> list[Pair]:
    while len(others_e) < OTHERS_ENGLISH:
        others_e.append(rng.choice(english))
    others_z = others_z[:OTHERS_CHINESE]
    while len(others_z) < OTHERS_CHINESE:
        others_z.append(rng.choice(chinese))
    return [(z, e), *((z, x) for x in others_e), *((x, e) for x in others_z)]


# 3. Weights -----------------------------------------------------------------------------


def learn(
    rows: Sequence[Sequence[Encoded]], rounds: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32], tuple[float, ...]]:
    """Weights of the hashed and counted features, and the calibration."""
    import torch
    from sklearn.linear_model import LogisticRegression
    from torch.nn import functional

    torch.manual_seed(0)
    pad, longest = 1 << BITS, max(len(ids) for row in rows for ids, _ in row)
    ids = torch.full((len(rows), WIDTH, longest), pad, dtype=torch.int32)
    dense = torch.zeros(len(rows), WIDTH, DENSE)
    for r, row in enumerate(rows):
        for c, (places, values) in enumerate(row):
            ids[r, c, : len(places)] = torch.tensor(places, dtype=torch.int32)
            dense[r, c] = torch.tensor(values)
    order = torch.randperm(len(rows), generator=torch.Generator().manual_seed(1))
    held, kept = order[: len(rows) // 20], order[len(rows) // 20 :]
    weights = torch.zeros(pad + 1, 1, requires_grad=True)
    start = torch.zeros(2, DENSE)
    start[:, 0], start[0, 2], start[1, 9], start[:, 5] = 5.0, -3.5, -3.5, -1.0
    counted = start.requires_grad_(True)
    optimiser = torch.optim.Adam([weights, counted], lr=0.02)

    def scores(which: Any) -> tuple[Any, Any]:
        flat = ids[which].long().view(-1, longest)
        own = functional.embedding_bag(flat, weights, mode="sum", padding_idx=pad)
        own = own.view(len(which), WIDTH)
        return own + dense[which] @ counted[0], own + dense[which] @ counted[1]

    cut = 1 + OTHERS_ENGLISH
    for number in range(rounds):
        shuffled = kept[torch.randperm(len(kept))]
        for at in range(0, len(shuffled), 256):
            which = shuffled[at : at + 256]
            english, chinese = scores(which)
            true = torch.zeros(len(which), dtype=torch.long)
            loss = functional.cross_entropy(english[:, :cut], true) + functional.cross_entropy(
                torch.cat([chinese[:, :1], chinese[:, cut:]], 1), true
            )
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        with torch.no_grad():
            english, _ = scores(held)
            right = (english[:, :cut].argmax(1) == 0).float().mean().item()
        print(f"  round {number + 1}: {right:.4f} right of the held-out queries")
    with torch.no_grad():
        english, chinese = scores(held)
    size = (ids[held] != pad).sum(-1).numpy() // names.FEATURES_PER_CHARACTER
    inputs = np.stack([english.numpy(), chinese.numpy(), size], -1).reshape(-1, 3)
    truth = np.zeros((len(held), WIDTH))
    truth[:, 0] = 1
    weight = np.where(truth > 0, WIDTH - 1.0, 1.0).reshape(-1)
    fitted = LogisticRegression(C=10).fit(inputs, truth.reshape(-1), sample_weight=weight)
    calibration = (*map(float, fitted.coef_[0]), float(fitted.intercept_[0]))
    return weights.detach().numpy()[:-1, 0], counted.detach().numpy(), calibration


def write_table(
    table: dict[str, Any],
    weights: npt.NDArray[np.float32],
    dense: npt.NDArray[np.float32],
    calibration: Sequence[float],
    path: Path,
) -> str:
    """Write the table, weights as one byte each, and return its sha256."""
    scale = float(np.abs(weights).max()) / 127
    body = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
    np.savez_compressed(
        path,
        weights=np.round(weights / scale).astype(np.int8),
        scale=np.float32(scale),
        dense=dense.astype(np.float32),
        calibration=np.array(calibration, np.float32),
        tables=np.frombuffer(zlib.compress(body, 9), np.uint8),
    )
    return hashlib.sha256(path.read_bytes()).hexdigest()


# Word lists -----------------------------------------------------------------------------

_HAN = re.compile("[\u4e00-\u9fff]")
_PLAIN = (
    "tatoeba_cmn tico19 plurality_book ethereum_org 3am_captions opensource_guide "
    "bitcoinops_newsletters python_docs taiwan_law"
)


def write_characters(pairs: Sequence[Pair], ordinary: Iterable[str], path: Path) -> None:
    """Log odds of each character in transliterated names against ordinary text."""
    anywhere: Counter[str] = Counter(c for z, _ in pairs for c in z)
    first, last = Counter(z[0] for z, _ in pairs), Counter(z[-1] for z, _ in pairs)
    background: Counter[str] = Counter()
    for text in ordinary:
        background.update(_HAN.findall(text))
    names_total, text_total = anywhere.total(), background.total()

    def odds(c: str, counts: Counter[str], total: int, prior: float) -> float:
        own = (counts[c] + prior * 25 * anywhere[c] / names_total + 0.02) / (
            total + (51 if prior else 1)
        )
        return round(math.log(own / ((background[c] + 2) / (text_total + 6000))), 2)

    header = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
    rows = [
        f"{c}\t{odds(c, anywhere, names_total, 0)}\t{odds(c, first, len(pairs), 1)}"
        f"\t{odds(c, last, len(pairs), 1)}"
        for c in sorted(anywhere)
        if anywhere[c] >= 2
    ]
    path.write_text("\n".join([*header, *rows]) + "\n", encoding="utf-8")


def write_words(texts: Iterable[str], path: Path) -> None:
    """Words written without a capital at least twice as often as with one."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts:
        for match in re.finditer(r"[A-Za-z][a-z]+", text):
            before = text[: match.start()].rstrip()
            if match.group()[0].islower():
                small[match.group()] += 1
            elif before and before[-1] not in '.!?:"“(-•\n':
                capital[match.group().lower()] += 1
    found = sorted(w for w, n in small.items() if n >= 3 and n >= 2 * capital[w])
    header = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
    body = textwrap.fill(" ".join(found), width=110, break_long_words=False)
    path.write_text("\n".join([*header, body]) + "\n", encoding="utf-8")


def _parallel(folder: Path, name: str, side: int) -> Iterable[str]:
    with lzma.open(folder / f"{name}.tsv.xz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            cells = line.rstrip("\n").split("\t")
            if number < 40000 and len(cells) > side:
                yield cells[side]


def main() -> None:
    """Learn everything and write it into the lexicon."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="folder with names/, train/ and written/")
    parser.add_argument("--limit", type=int, help="only so many names, to try the script")
    parser.add_argument("--out", type=Path, default=LEXICON)
    given = parser.parse_args()
    pairs = read_pairs(given.data / "names" / "train.tsv")[: given.limit]
    words_zh, words_en = [], []
    for file in sorted((given.data / "written").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            words_zh += [row["zh"], *row["q_zh"]]
            words_en += [row["en"], *row["q_en"]]
    if given.limit is None:
        plain = [t for name in _PLAIN.split() for t in _parallel(given.data / "train", name, 1)]
        write_words([*words_en, *plain], given.out / "english_words.txt")
        ordinary = [*words_zh, *_parallel(given.data / "train", "tatoeba_cmn", 0)]
        write_characters(pairs, ordinary, given.out / "name_characters.tsv")
    fold = {e: i % FOLDS for i, e in enumerate(random.Random(5).sample(*_shuffled(pairs)))}
    rows: list[list[Encoded]] = []
    for part in range(FOLDS):
        print(f"part {part + 1} of {FOLDS}")
        rest = [p for p in pairs if fold[p[1]] != part]
        sources = sources_of(*expect_maximise(rest, 5), rest)
        queries = [
            (z, e)
            for z, e in pairs
            if fold[e] == part and len(z) <= MOST_CHARACTERS and len(e) <= MOST_LETTERS
        ]
        hard = random.Random(part).sample(queries, min(3200, len(queries)))
        for row in nearest(sources, queries, pairs, part):
            rows.append([encode(sources, z, e) for z, e in row])
        for row in best_aligned(sources, hard, pairs, part):
            rows.append([encode(sources, z, e) for z, e in row])
    weights, dense, calibration = learn(rows, rounds=2)
    table = table_of(*expect_maximise(pairs, 6), pairs)
    digest = write_table(table, weights, dense, calibration, given.out / "transliteration.npz")
    card = given.out / "transliteration.toml"
    if card.exists():
        told = re.sub(r'sha256 = ".*?"', f'sha256 = "{digest}"', card.read_text(encoding="utf-8"))
        card.write_text(told, encoding="utf-8")
    print(f"transliteration.npz: sha256 {digest}")


def _shuffled(pairs: Sequence[Pair]) -> tuple[list[str], int]:
    found = sorted({e for _, e in pairs})
    return found, len(found)


if __name__ == "__main__":
    main()
