"""Tell the counts of the gold folders' READMEs and the digests of the manifest anew.

    scripts/describe_gold.py

To be run when rows or articles were added under corpus/gold: the tests hold the READMEs and
corpus/MANIFEST.tsv to what there is. Only numbers are written, the words around them never.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
FOLDERS = ("drafts", "stories", "reports", "dispatches", "fresh")
DIRECTIONS = ("zh-zh", "en-en", "zh-en", "en-zh")
INVENTED = "written for kaoju; invented\tApache-2.0 OR CC-BY-4.0"


def describe(folder: Path) -> None:
    """Write the numbers of articles, of rows, and of rows of each kind into a folder's README."""
    lines = (folder / "sentences.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    articles = list((folder / "articles").rglob("*.md"))
    readme = folder / "README.md"
    text = readme.read_text("utf-8")
    text = re.sub(
        r"\d+ news-like articles and \d+ draft sentences",
        f"{len(articles)} news-like articles and {len(rows)} draft sentences",
        text,
        count=1,
    )
    header = re.search(r"^\| kind \| ((?:tuned|held|blind)(?: / \w+)*) \|", text, re.MULTILINE)
    if header is None:
        raise SystemExit(f"{readme} has no table of kinds")
    splits = header[1].split(" / ")
    kinds = Counter((r["kind"], r["split"]) for r in rows)
    ways = Counter((r["kind"], r["direction"]) for r in rows)
    whole = Counter(r["split"] for r in rows)
    whole_ways = Counter((r["direction"], r["split"]) for r in rows)

    def row(match: re.Match[str]) -> str:
        kind = match[1]
        if kind == "all":
            numbers = [whole[split] for split in splits]
            directions = [
                _slashed(whole_ways[way, split] for split in splits) for way in DIRECTIONS
            ]
        else:
            numbers = [kinds[kind, split] for split in splits]
            directions = [str(ways[kind, way]) for way in DIRECTIONS]
        return f"| {' | '.join([kind, _slashed(numbers), *directions])} |"

    readme.write_text(re.sub(r"^\| (\w+) \| \d.*$", row, text, flags=re.MULTILINE), "utf-8")


def _slashed(numbers: Iterable[int]) -> str:
    return " / ".join(map(str, numbers))


def list_files() -> int:
    """Write the manifest: every file that it had with its digest of now, and every new article."""
    manifest = CORPUS / "MANIFEST.tsv"
    head, *lines = manifest.read_text("utf-8").splitlines()
    said: dict[str, Any] = {line.split("\t")[0]: line.split("\t", 2)[2] for line in lines}
    for folder in FOLDERS:
        for path in (CORPUS / "gold" / folder / "articles").rglob("*.md"):
            said.setdefault(path.relative_to(CORPUS).as_posix(), INVENTED)
    there = {name: CORPUS / name for name in sorted(said) if (CORPUS / name).is_file()}
    rows = [f"{n}\t{sha256(p.read_bytes()).hexdigest()}\t{said[n]}" for n, p in there.items()]
    manifest.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return len(rows)


def main() -> None:
    """Describe every folder, and list every file."""
    for folder in FOLDERS:
        describe(CORPUS / "gold" / folder)
    print(f"{list_files()} files in the manifest")


if __name__ == "__main__":
    main()
