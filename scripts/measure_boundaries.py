"""Measure how well `kaoju.boundaries` tells several articles of one file apart.

    python scripts/measure_boundaries.py [--files 600] [--seed 19]

Files are made by putting one to four articles one after the other without any mark between
them: television news (xwlb), the same with short section headings made of their own clauses
(sectioned), financial news (fin), manual pages with their sections (d365), and all mixed.
The baseline cuts at every line that has the shape of a headline. Needs the shared data;
writes a record.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from evaluation.record import write_record  # noqa: E402
from kaoju.boundaries import parts_of  # noqa: E402
from kaoju.layout import is_headline, lines_of  # noqa: E402
from kaoju.tokens import stopwords, terms  # noqa: E402

PASSAGES = ROOT.parent / "shared" / "data" / "passages"
Article = list[str]  # its lines, the headline first


def grouped(name: str, key: str) -> dict[str, list[dict[str, str]]]:
    """The rows of a file by article."""
    found = defaultdict(list)
    with lzma.open(PASSAGES / name, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            found[row[key] if key == "source" else row["id"].rsplit("-", 1)[0]].append(row)
    return found


def articles(chance: random.Random) -> dict[str, list[Article]]:
    """Articles by kind."""
    found: dict[str, list[Article]] = defaultdict(list)
    for rows in grouped("xwlb_passages.jsonl.xz", "id").values():
        texts = [row["text"] for row in rows]
        if len(rows) >= 2:
            found["xwlb"].append([rows[0]["title"], *texts])
        if len(rows) >= 4 and len(rows[0]["title"]) >= 10:
            found["sectioned"].append([rows[0]["title"], *sectioned(texts, chance)])
    for rows in grouped("d365_zh_passages.jsonl.xz", "source").values():
        if len(rows) >= 3:
            lines = [rows[0]["title"].split(" - ")[0]]
            for row in rows:
                lines += [*row["title"].split(" - ")[1:][-1:], row["text"]]
            found["d365"].append(lines)
    with lzma.open(PASSAGES / "fin_news_passages.jsonl.xz", "rt", encoding="utf-8") as rows_of:
        for row in map(json.loads, rows_of):
            title, text = row["title"], row["text"]
            if 8 < len(title) < 60 and len(text) > 80 and text[-1] in "。！？.":
                found["fin"].append([title, text])
    return found


def sectioned(texts: list[str], chance: random.Random) -> list[str]:
    """Paragraphs with a heading before every one, two or three of them."""
    lines, i = texts[:1], 1
    while i < len(texts):
        some = texts[i : i + chance.choice([1, 2, 3])]
        i += len(some)
        clauses = re.split("[，。；：、！？,“”（）《》 ]", "".join(some))
        clauses = [clause for clause in clauses if 6 <= len(clause) <= 18]
        lines += [*([chance.choice(clauses)] if clauses else []), *some]
    return lines


def content(text: str) -> list[str]:
    """Terms as `kaoju.reading` hands them over."""
    return [term for term in terms(text) if term not in stopwords()]


def main() -> None:
    """Measure, print and record."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--files", type=int, default=600, help="files of each kind")
    parser.add_argument("--seed", type=int, default=19)
    options = parser.parse_args()
    if not PASSAGES.exists():
        sys.exit("the shared development data is not here")
    chance = random.Random(options.seed)
    pool = articles(chance)
    results = {}
    for kind in [*pool, "mixed"]:
        tally = {"ours": [0, 0, 0], "every headline": [0, 0, 0]}
        single, torn = 0, 0
        for _ in range(options.files):
            count = chance.choice([1, 1, 2, 2, 3, 4])
            kinds = [kind if kind != "mixed" else chance.choice(list(pool)) for _ in range(count)]
            text, true = written([chance.choice(pool[one]) for one in kinds], chance)
            found = {part.start for part in parts_of(text, terms=content)[1:]}
            shaped = {line.span.start for line in lines_of(text)[1:] if is_headline(line)}
            for name, cuts in (("ours", found), ("every headline", shaped)):
                for place, number in enumerate((cuts & true, cuts - true, true - cuts)):
                    tally[name][place] += len(number)
            single += count == 1
            torn += count == 1 and bool(found)
        results[kind] = {
            "single_articles": single,
            "torn": torn,
            **{name: quality(*counts) for name, counts in tally.items()},
        }
        print(kind, results[kind], flush=True)
    print(write_record("boundaries", results, files=options.files, seed=options.seed))


def written(some: list[Article], chance: random.Random) -> tuple[str, set[int]]:
    """One file's text, and where its second and later articles begin."""
    between = chance.choice(["\n", "\n\n"])
    text, starts = "", set()
    for lines in some:
        starts.add(len(text))
        lines = [line.strip().replace("\n", " ") for line in lines if line.strip()]
        text += between.join(lines) + chance.choice(["\n", "\n\n"])
    return text, starts - {0}


def quality(right: int, wrong: int, missed: int) -> dict[str, float]:
    """Precision and recall of the cuts."""
    return {
        "precision": round(right / max(1, right + wrong), 4),
        "recall": round(right / max(1, right + missed), 4),
    }


if __name__ == "__main__":
    main()
