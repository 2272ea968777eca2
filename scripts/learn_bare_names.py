"""Learn what tells names without a title in Chinese text, written to lexicon/bare_names.toml.

    scripts/learn_bare_names.py --names TRANSLITERATIONS.tsv SENTENCES.tsv.xz...

Positive examples are the names of the gold that may be tuned on and of the marked sentences of
``scripts/training/names_zh.txt``, and the same sentences with other names in the same places: put
together of the characters of jieba's dictionary (MIT), Japanese ones of common parts, foreign ones
of CedPane (public domain, the first column of the file named). Everything else in them that begins
like a name is a negative one, and so is what does in sentences about other things than people (the
first column of the other files): laws, manuals, articles on software.
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
import sys
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from evaluation.names import SETS, TUNED, read_gold  # noqa: E402
from kaoju import chinese_foreigners, chinese_natives  # noqa: E402
from kaoju.chinese_words import tag, total_odds  # noqa: E402
from kaoju.gazetteer import lexicon_lines, surnames, words  # noqa: E402
from kaoju.text import fold  # noqa: E402

SENTENCES = ROOT / "scripts" / "training" / "names_zh.txt"
TARGET = ROOT / "src" / "kaoju" / "lexicon" / "bare_names.toml"
MOST = 800  # sentences of a file without names
COPIES = 5  # of a text, with other names in it
SHARE = {
    "own": 1.0,
    "copy": 0.5,
    "other": 0.4,
    "list": 0.1,
}  # what a window counts by where it comes from
RIDGE = 1.0
RARE = [-9.0, -9.0, -9.0, -9.0]  # odds of a character that the table has not
MOST_LISTED = 3  # commas of a list in a sentence that names nobody

HEADER = """\
# Signs of a person's name without a title and their weights, in log odds: native, of Chinese,
# Korean, Vietnamese and Japanese names; foreign, of transliterated ones. See kaoju.chinese_signs.
# Learned by scripts/learn_bare_names.py from texts written for kaoju, jieba's dictionary (MIT),
# CedPane (public domain), Taiwan's laws (no copyright), documents and interface texts of Odoo
# (LGPL), Kubernetes and the Open Source Guides (CC BY 4.0), Python (CC0), Dynamics 365 (CC BY 4.0),
# Bitcoin Optech and Ethereum (MIT), TICO-19 and Plurality (CC0), the captions of 3AM (MIT) and
# Hugging Face (Apache 2.0).
"""
# Japanese given names, the commonest.
GIVEN_JAPANESE = """
太郎 健一 健二 隆志 美雪 由纪 直人 真央 一郎 次郎 三郎 大辅 翔太 拓也 和也 裕子 惠子 洋子 幸子 智子
早苗 百合子 纯一郎 进次郎 龙之介 健三郎 康成 漱石 由纪夫 圭吾 春树 英机 博文 信长 秀吉 家康 隆盛
正义 孝之 雄大 翼 茂 诚 勋 让 骏 淳 弘 薰 彩 美咲 结衣 爱 朔太郎 治 正雄 浩二 哲也 修平 真由美 千寻
"""

Text = tuple[str, list[tuple[int, int]], list[tuple[int, int]]]  # people's names, all names


def marked(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """A line without its marks, and what they mark: {P|贝森特}, {O|财政部}."""
    text, found, at = "", [], 0
    for match in re.finditer(r"\{([PO])\|([^}]*)\}", line):
        text += line[at : match.start()]
        found.append((len(text), len(text) + len(match[2]), match[1]))
        text, at = text + match[2], match.end()
    return text + line[at:], found


def texts() -> Iterator[Text]:
    """Chinese texts that may be tuned on, with the names in them."""
    for path in [*SETS.values(), TUNED]:
        for row in read_gold(path):
            if row.split != "held_out" and row.language == "zh":
                people = [(s, e) for s, e, kind, _ in row.names if kind == "person"]
                yield row.text, people, [(s, e) for s, e, _, _ in row.names]
    for line in SENTENCES.read_text("utf-8").splitlines():
        text, found = marked(line)
        yield text, [(s, e) for s, e, k in found if k == "P"], [(s, e) for s, e, _ in found]


def invented(chance: random.Random) -> Iterator[str]:
    """Names of two to four characters, family names as common as in the dictionary."""
    rows = (line.split("\t") for line in lexicon_lines("given_characters.tsv"))
    odds = {row[0]: [float(value) for value in row[1:]] for row in rows}
    longer, shorter = [], []
    for line in (files("jieba") / "dict.txt").read_text("utf-8").splitlines():
        word, _, flag = line.split(" ")
        if not flag.startswith("nr") or word[0] not in surnames():
            continue
        first, last = odds.get(word[1:2], RARE), odds.get(word[-1], RARE)
        if len(word) == 3 and first[1] + last[2] > 0:
            longer.append(word)
        elif len(word) == 2 and last[3] > 0.5:
            shorter.append(word)
    every, japanese = sorted(surnames()), sorted(words("surnames", "japanese"))
    while True:
        if chance.random() < 0.12:
            yield chance.choice(japanese) + chance.choice(GIVEN_JAPANESE.split())
            continue
        family = chance.choice(longer)[0] if chance.random() < 0.85 else chance.choice(every)
        if chance.random() < 0.7 or len(family) == 2:
            yield family + chance.choice(longer)[1] + chance.choice(longer)[2]
        else:
            yield family + chance.choice(shorter)[1]


def foreign(path: Path, chance: random.Random) -> Iterator[str]:
    """Transliterated names, as they come."""
    found = [line.split("\t")[0] for line in path.read_text("utf-8").splitlines()]
    some = [name for name in found if is_foreign(name)]
    while True:
        yield chance.choice(some)


Rows = list[tuple[dict[str, float], bool]]


def examples(text: Text) -> tuple[Rows, Rows]:
    """The signs of every stretch that could be a name, native or foreign, and whether it is one."""
    plain, people, names = text
    folded = fold(plain, lower=False).text
    native: Rows = []
    other: Rows = []
    if len(folded) != len(plain):
        return native, other
    tagged, own = tag(folded), set(people)

    def counts(start: int, end: int) -> bool:
        inside = any(s <= start and end <= e for s, e in names if (s, e) not in own)
        return (start, end) in own or not inside

    for start, end, size in chinese_natives.windows(folded):
        told = is_native(folded[start:end])
        if counts(start, end):
            named = (start, end) in own and told
            signs = dict(chinese_natives.signs(tagged, start, end, size))
            native.append((signs, named))
    for start, end in chinese_foreigners.windows(tagged):
        named = (start, end) in own and is_foreign(folded[start:end])
        if named or (start, end) not in own:
            other.append((dict(chinese_foreigners.signs(tagged, start, end)), named))
    return native, other


def renamed(text: Text, fresh: Iterator[str], strange: Iterator[str]) -> Text:
    """The same text with other people in it."""
    plain, people, names = text
    told, at = "", 0
    new_people: list[tuple[int, int]] = []
    new_names: list[tuple[int, int]] = []
    for start, end in sorted(names):
        told += plain[at:start]
        begin, name = len(told), plain[start:end]
        if (start, end) in people and (is_native(name) or is_foreign(name)):
            told += next(fresh if is_native(name) else strange)
        else:
            told += name
        if (start, end) in people:
            new_people.append((begin, len(told)))
        new_names.append((begin, len(told)))
        at = end
    return told + plain[at:], new_people, new_names


def is_native(name: str) -> bool:
    """Whether a name begins with a family name and is as long as such names are."""
    plain = fold(name, lower=False).text
    if any(plain.startswith(family) for family in words("surnames", "japanese")):
        return 3 <= len(plain) <= 5
    return 2 <= len(plain) <= 4 and (plain[0] in surnames() or plain[:2] in surnames())


def is_foreign(name: str) -> bool:
    """Whether a name is written with the characters of transliterated names."""
    return "·" not in name and 2 <= len(name) <= 8 and total_odds(name) >= len(name)


def fit(rows: Sequence[tuple[dict[str, float], bool, float]]) -> dict[str, float]:
    """Weights of the signs by logistic regression with a ridge (Newton's method)."""
    keys = sorted({key for told, _, _ in rows for key in told})
    column = {key: number for number, key in enumerate(keys)}
    table = np.zeros((len(rows), len(keys)))
    for number, (told, _, _) in enumerate(rows):
        for key, value in told.items():
            table[number, column[key]] = value
    named = np.array([float(named) for _, named, _ in rows])
    counts = np.array([share for _, _, share in rows])
    weights = np.zeros(len(keys))
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (counts * (chance - named)) + RIDGE * weights
        curve = (table * (counts * chance * (1 - chance))[:, None]).T @ table
        weights -= np.linalg.solve(curve + RIDGE * np.eye(len(keys)), slope)
    return dict(zip(keys, weights.tolist(), strict=True))


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--names", type=Path, required=True)
    parser.add_argument("files", nargs="+", type=Path)
    arguments = parser.parse_args()
    chance = random.Random(5)
    fresh, strange = invented(chance), foreign(arguments.names, chance)
    rows: dict[str, list[tuple[dict[str, float], bool, float]]] = {"native": [], "foreign": []}

    def add(text: Text, share: float) -> None:
        for kind, some in zip(rows, examples(text), strict=True):
            rows[kind] += [(*row, share) for row in some]

    for text in texts():
        listed = text[0].count("、") > MOST_LISTED and not text[2]
        add(text, SHARE["list" if listed else "own"])  # long lists are no sentences
        for _ in range(COPIES if text[1] else 0):
            add(renamed(text, fresh, strange), SHARE["copy"])
    for path in arguments.files:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            sentences = [line.split("\t")[0] for line in lines if "·" not in line]
        for sentence in chance.sample(sentences, min(MOST, len(sentences))):
            add((sentence, [], []), SHARE["other"])
    told = HEADER
    for kind, some in rows.items():
        print(f"{kind}: {len(some)} windows, {sum(named for _, named, _ in some)} of them names")
        weights = sorted(fit(some).items())
        told += f"\n[{kind}]\n" + "".join(f"{key} = {value:.2f}\n" for key, value in weights)
    TARGET.write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
