"""What the tables of words are written from: links, best first, in order of bytes."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

import train_translations
from train_translations import BEST, Link, write


def _table(path: Path, links: list[Link]) -> dict[str, list[str]]:
    count = write(path, links)
    lines = path.read_text("utf-8").splitlines()
    assert count == len(lines)
    keys = [line.split("\t")[0] for line in lines]
    assert keys == sorted(keys, key=str.encode)
    return {line.split("\t")[0]: line.split("\t")[1:] for line in lines}


def test_lines_hold_the_best_links_in_hundredths(tmp_path: Path) -> None:
    table = _table(
        tmp_path / "table.tsv",
        [("国债", "debt", 0.0, 0.126), ("国债", "treasury", 0.263, 0.75), ("债", "bond", 0.5, 0.0)],
    )
    assert table == {"国债": ["treasury:26:75", "debt:0:13"], "债": ["bond:50:0"]}


def test_a_link_is_kept_for_its_weight_or_for_its_chance(tmp_path: Path) -> None:
    many: list[Link] = [("word", f"w{n:02}", 0.9 - n / 100, 0.0) for n in range(20)]
    sure: list[Link] = [("word", "proven", 0.0, 0.8)]
    (told,) = _table(tmp_path / "table.tsv", many + sure).values()
    assert "proven:0:80" in told
    assert [pair.split(":")[0] for pair in told[:BEST]] == [f"w{n:02}" for n in range(BEST)]
    assert len(told) <= BEST + train_translations.PROVEN
