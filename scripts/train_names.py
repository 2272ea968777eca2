"""Learn how foreign names are written in Chinese, and the word lists that find names.

Four steps, about a quarter of an hour on two cores:

1. Expectation maximisation over all alignments of letters to characters: which letters a
   character stands for. It picks names that sound near, and is read for consonants.
2. Two transducers, letters for characters and characters for letters.
3. Their calibration, on names held out of step 2, each against the others that align with
   it best of a thousand.
4. The word lists.

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
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kaoju.sound_index import SoundIndex
from kaoju.sounds import (
    BACK_OFF,
    LONGEST_GROUP,
    sound_of,
    split_syllable,
    stored,
    syllable,
)
from kaoju.transducer import UNKNOWN, packed
from training import transducer
from training.transducer import Symbols, Transducer

ROOT = Path(__file__).resolve().parent.parent
LEXICON = ROOT / "src" / "kaoju" / "lexicon"
ORDER_LETTERS, ORDER_CHARACTERS = 4, 3
LEAST_COUNT = 0.3  # expected counts below this are noise
HELD, EPOCHS = 1570, 12  # pairs held out of the transducers' training; rounds of it
QUERIES, DRAWN, OTHERS = 700, 1000, 13

Pair = tuple[str, str]
GroupCounts = dict[tuple[str, str], float]


def split(pairs: Sequence[Pair], rng: random.Random) -> tuple[list[Pair], list[Pair]]:
    """The pairs to learn from and ``HELD`` others that share no string with them."""
    of: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        for side in pair:
            of[side].append(pair)
    seen: set[Pair] = set()
    joined: list[list[Pair]] = []
    for pair in pairs:
        found, ahead = [], [pair]
        while ahead:
            own = ahead.pop()
            if own not in seen:
                seen.add(own)
                found.append(own)
                ahead += [*of[own[0]], *of[own[1]]]
        joined.append(found)
    rng.shuffle(joined)
    held: set[Pair] = set()
    for found in joined:
        if len(held) < min(HELD, len(pairs) // 10):
            held |= set(found)
    return [p for p in pairs if p not in held], [p for p in pairs if p in held]


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
        size, read = len(english), [syllable(c) for c in chinese]
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


def grams(found: Iterable[str], order: int) -> Counter[str]:
    """Counts of the strings of 1 to ``order`` characters that end at each character."""
    counts: Counter[str] = Counter()
    for name in found:
        padded = "^" * (order - 1) + name + "$"
        for i in range(order - 1, len(padded)):
            counts.update(padded[i - length : i + 1] for length in range(order))
    return counts


def table_of(
    characters: GroupCounts, syllables: GroupCounts, pairs: Sequence[Pair], known: Sequence[str]
) -> dict[str, Any]:
    """The counts as they are shipped."""
    by_character, by_syllable = _sums(characters), _sums(syllables)
    told: dict[str, Any] = {
        "known": known,
        "characters": defaultdict(dict),
        "syllables": defaultdict(dict),
        "shares": {c: round(v, 1) for c, v in by_character.items()},
        "letter_counts": grams(sorted({e for _, e in pairs}), ORDER_LETTERS),
        "character_counts": grams(sorted({z for z, _ in pairs}), ORDER_CHARACTERS),
    }
    for (c, g), value in characters.items():
        if value >= LEAST_COUNT:
            told["characters"][c][g] = round(math.log(value / by_character[c]), 2)
    for (s, g), value in syllables.items():
        if value >= LEAST_COUNT:
            told["syllables"][s][g] = round(math.log(value / (by_syllable[s] + 1)), 2)
    return told


# 2. Transducers -------------------------------------------------------------------------


def symbols(pairs: Sequence[Pair]) -> tuple[Symbols, Symbols]:
    """The characters and the letters of names, characters with their initial and final."""
    known = sorted({c for z, _ in pairs for c in z})
    split = [split_syllable(c) for c in known]
    columns = []
    for at in (0, 1):
        numbers: dict[str, int] = {}
        columns.append([numbers.setdefault(part[at], len(numbers) + 1) for part in split])
    unknown = ((0, 0),) * (UNKNOWN + 1)
    han = Symbols(_numbered(known), (*unknown, *zip(*columns, strict=True)))
    plain = "abcdefghijklmnopqrstuvwxyz"
    return han, Symbols(_numbered(plain), ((),) * (len(plain) + UNKNOWN + 1))


def _numbered(found: Sequence[str]) -> dict[str, int]:
    return {symbol: number for number, symbol in enumerate(found, UNKNOWN + 1)}


def learn(
    kept: Sequence[Pair], held: Sequence[Pair], epochs: int
) -> tuple[Symbols, Symbols, Transducer, Transducer]:
    """The symbols of both sides, and the two transducers: spelling and writing."""
    han, latin = symbols(kept)
    read = [[(han.read(z), latin.read(e)) for z, e in part] for part in (kept, held)]
    print("letters for characters")
    spells = transducer.train(han, latin, read[0], read[1], epochs=epochs)
    print("characters for letters")
    turned = [[(b, a) for a, b in part] for part in read]
    writes = transducer.train(latin, han, turned[0], turned[1], epochs=epochs)
    return han, latin, spells, writes


# 3. Calibration -------------------------------------------------------------------------


def calibrate(
    held: Sequence[Pair], pairs: Sequence[Pair], seed: int
) -> tuple[list[float], list[list[float]]]:
    """Logistic weights of the evidence for a pair, and of each direction's ranking.

    A pair is told from those that linking would compare: of ``DRAWN`` other names the
    ``OTHERS`` that align best of those with near consonants. Reads the table that was just
    written, as the product does.
    """
    from sklearn.linear_model import LogisticRegression

    from kaoju import names, transliteration

    rng = random.Random(seed)
    queries = rng.sample(list(held), min(QUERIES, len(held)))
    right_english, right_chinese = _right(pairs)
    english, chinese = sorted({e for _, e in pairs}), sorted({z for z, _ in pairs})
    rows: tuple[list[list[Pair]], list[list[Pair]]] = ([], [])
    near: list[list[Pair]] = []
    for z, e in queries:
        others = rng.sample(english, min(DRAWN, len(english)))
        others = [x for x in others if x not in right_english[z]]
        rows[0].append([(z, e), *((z, x) for x in names.nearest(z, others)[:OTHERS])])
        near.append([(z, e), *_near(z, [(z, x) for x in others], 1)])
        others = rng.sample(chinese, min(DRAWN, len(chinese)))
        others = [x for x in others if x not in right_chinese[e]]
        rows[1].append([(z, e), *((x, e) for x in names.nearest(e, others)[:OTHERS])])
        near.append([(z, e), *_near(e, [(x, e) for x in others], 0)])

    def fitted(told: list[tuple[list[float], bool]]) -> list[float]:
        truth = np.array([true for _, true in told])
        weight = np.where(truth, (~truth).sum() / truth.sum(), 1.0)
        model = LogisticRegression(C=10, max_iter=1000)
        model.fit(np.array([x for x, _ in told]), truth, sample_weight=weight)
        return [*map(float, model.coef_[0]), float(model.intercept_[0])]

    every = [
        (transliteration.evidence(*pair), number == 0)
        for row in near
        for number, pair in enumerate(row)
    ]
    ranks = [
        [
            (transliteration.rank_evidence(*pair, direction), number == 0)
            for row in side
            for number, pair in enumerate(row)
        ]
        for direction, side in enumerate(rows)
    ]
    return fitted(every), [fitted(told) for told in ranks]


def _near(name: str, pairs: Sequence[Pair], side: int) -> list[Pair]:
    """Of pairs with a name those that linking would compare, by the other side's sound."""
    from kaoju.transliteration import fits

    index, by_sound = SoundIndex(), defaultdict(list)
    for pair in pairs:
        index.add(sound_of(pair[side]))
        by_sound[sound_of(pair[side])].append(pair)
    found = [
        pair for sound in islice(index.nearest(sound_of(name)), 100) for pair in by_sound[sound]
    ]
    found = [pair for pair in found if len(pair[0]) <= 16 and len(pair[1]) <= 32][:80]
    ordered = sorted(zip(fits(found), found, strict=True), reverse=True)
    return [pair for _, pair in ordered[:OTHERS]]


def _right(pairs: Sequence[Pair]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    english: dict[str, set[str]] = defaultdict(set)
    chinese: dict[str, set[str]] = defaultdict(set)
    for z, e in pairs:
        english[z].add(e)
        chinese[e].add(z)
    return english, chinese


def write_table(
    table: dict[str, Any], arrays: dict[str, npt.NDArray[np.generic]], path: Path
) -> str:
    """Write the table and return its sha256."""
    body = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
    counted = np.frombuffer(zlib.compress(body, 9), np.uint8)
    np.savez_compressed(path, tables=counted, **arrays)  # type: ignore[arg-type]
    return hashlib.sha256(path.read_bytes()).hexdigest()


# 4. Word lists --------------------------------------------------------------------------

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
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--calibrate", action="store_true", help="learn step 3 alone again")
    given = parser.parse_args()
    pairs = read_pairs(given.data / "names" / "train.tsv")[: given.limit]
    kept, held = split(pairs, random.Random(11))
    if given.calibrate:
        arrays, table = stored()
        print(f"transliteration.npz: sha256 {write_calibrated(dict(table), arrays, held, pairs)}")
        return
    if given.limit is None:
        write_word_lists(given.data, pairs)
    han, _, spells, writes = learn(kept, held, given.epochs)
    table = table_of(*expect_maximise(kept, 6), kept, list(han.ids))
    print(f"transliteration.npz: sha256 {write_all(table, spells, writes, held, pairs)}")


def write_all(
    table: dict[str, Any],
    spells: Transducer,
    writes: Transducer,
    held: Sequence[Pair],
    pairs: Sequence[Pair],
) -> str:
    """Write what was learned with its calibration; the table's sha256, put into the card."""
    arrays = {
        **packed(transducer.exported(spells), "spells_"),
        **packed(transducer.exported(writes), "writes_"),
    }
    return write_calibrated(table, arrays, held, pairs)


def write_calibrated(
    table: dict[str, Any],
    arrays: Mapping[str, npt.NDArray[np.generic]],
    held: Sequence[Pair],
    pairs: Sequence[Pair],
) -> str:
    """Write the table, calibrate what it says, write it again; its sha256, put into the card."""
    blank = {"pair": np.zeros(8, np.float32), "ranks": np.zeros((2, 4), np.float32)}
    arrays = {**arrays, **blank}
    path, card = LEXICON / "transliteration.npz", LEXICON / "transliteration.toml"
    write_table(table, arrays, path)
    stored.cache_clear()
    pair, ranks = calibrate(held, pairs, seed=3)
    arrays |= {"pair": np.array(pair, np.float32), "ranks": np.array(ranks, np.float32)}
    digest = write_table(table, arrays, path)
    told = re.sub(r'sha256 = ".*?"', f'sha256 = "{digest}"', card.read_text(encoding="utf-8"))
    card.write_text(told, encoding="utf-8")
    return digest


def write_word_lists(data: Path, pairs: Sequence[Pair]) -> None:
    """The characters of names, and ordinary words of English."""
    words_zh, words_en = [], []
    for file in sorted((data / "written").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            words_zh += [row["zh"], *row["q_zh"]]
            words_en += [row["en"], *row["q_en"]]
    plain = [t for name in _PLAIN.split() for t in _parallel(data / "train", name, 1)]
    write_words([*words_en, *plain], LEXICON / "english_words.txt")
    ordinary = [*words_zh, *_parallel(data / "train", "tatoeba_cmn", 0)]
    write_characters(pairs, ordinary, LEXICON / "name_characters.tsv")


if __name__ == "__main__":
    main()
