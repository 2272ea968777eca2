"""The draft sentences are what their README promises: slices are slices, splits are apart."""

from __future__ import annotations

import json
import re
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kaoju.reading import read_path
from kaoju.types import Document

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "corpus" / "gold"
FOLDERS = ("drafts", "stories", "reports", "dispatches", "fresh")
# Splits of each folder; in `fresh` every row is blind.
SPLITS = {
    "drafts": {"tuned", "held", "blind"},
    "stories": {"tuned"},
    "reports": {"tuned"},
    "dispatches": {"tuned"},
    "fresh": {"blind"},
}
VERDICTS = {
    "supported",
    "supported_rounded",
    "contradicted",
    "outdated",
    "conflicting_sources",
    "needs_context",
    "not_found",
    "not_checkable",
}
WITHOUT_EVIDENCE = {"not_found", "not_checkable"}
RIGHT_KINDS = {
    "verbatim",
    "paraphrase",
    "translated",
    "rounded",
    "converted",
    "reordered",
    "numeral_form",
    "entailed",
}
WRONG_KINDS = {
    "digit_changed",
    "scale_slip",
    "unit_swap",
    "percent_for_point",
    "level_for_change",
    "direction_reversed",
    "wrong_subject",
    "wrong_period",
    "wrong_speaker",
    "bound_crossed",
    "date_changed",
}
OTHER_KINDS = {"outdated", "conflicting", "needs_context", "not_found", "not_checkable"}
OF: dict[str, list[dict[str, Any]]] = {
    folder: [
        json.loads(line)
        for line in (GOLD / folder / "sentences.jsonl").read_text("utf-8").splitlines()
    ]
    for folder in FOLDERS
}
ROWS = [row for rows in OF.values() for row in rows]
FIGURES = [(row, figure) for row in ROWS for figure in row["figures"]]


def _articles_of(*folders: Path) -> dict[str, Document]:
    paths = [path for folder in folders for path in sorted(folder.rglob("*.md"))]
    read = [document for path in paths for document in read_path(path)]
    assert len(read) == len(paths)
    return {document.id: document for document in read}


@pytest.fixture(scope="module")
def articles() -> dict[str, Document]:
    folders = [GOLD / folder / "articles" for folder in FOLDERS]
    return _articles_of(ROOT / "corpus" / "articles", *folders)


def _story(article: str, stories: set[str]) -> str:
    found = [story for story in stories if article.startswith(story + "-")]
    assert len(found) == 1, article
    return found[0]


def _lines(text: str) -> list[str]:
    """The lines of a text; the marks of a list's items are not part of what is read."""
    return [line.removeprefix("- ").strip() for line in text.splitlines() if line.strip()]


def test_every_article_is_read_with_its_title_date_language_and_name(
    articles: dict[str, Document],
) -> None:
    paths = [p for folder in FOLDERS for p in sorted((GOLD / folder / "articles").rglob("*.md"))]
    for path in paths:
        language = path.parent.name
        article = articles[f"{path.stem}-{language}"]
        assert article.title
        assert article.source
        assert article.published_on is not None
        assert article.language == language
        assert _lines(article.text) == _lines(path.read_text("utf-8").split("---\n", 2)[2])


def test_every_row_has_a_name_of_its_own_and_a_sentence_of_its_own() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert len({row["sentence"] for row in ROWS}) == len(ROWS)


def test_a_folder_has_its_splits_alone() -> None:
    for folder, rows in OF.items():
        assert {row["split"] for row in rows} == SPLITS[folder], folder


def test_every_figure_is_a_slice_of_its_sentence_and_they_do_not_overlap() -> None:
    for row in ROWS:
        assert row["figures"], row["id"]
        end = 0
        for figure in row["figures"]:
            assert end <= figure["start"] < figure["end"] <= len(row["sentence"]), row["id"]
            end = figure["end"]
            assert row["sentence"][figure["start"] : end] == figure["surface"], row["id"]


def test_every_quote_is_a_slice_of_its_article(articles: dict[str, Document]) -> None:
    for row, figure in FIGURES:
        for quote in figure["evidence"]:
            text = articles[quote["article"]].text
            assert text[quote["start"] : quote["end"]] == quote["quote"] != "", row["id"]


def test_what_a_figure_should_have_been_stands_in_the_quote() -> None:
    marked = [(f, e) for _, f in FIGURES for e in f["evidence"] if "figure" in e]
    assert sum(figure["verdict"] == "contradicted" for figure, _ in marked) > 2000
    for figure, quote in marked:
        assert figure["verdict"] != "needs_context"
        assert quote["figure"] in quote["quote"]
        assert quote["figure"]


def test_every_verdict_is_one_of_the_eight_and_rests_on_quotes_where_it_must() -> None:
    for row, figure in FIGURES:
        assert {figure["verdict"], *figure["accept"]} <= VERDICTS, row["id"]
        assert figure["verdict"] not in figure["accept"], row["id"]
        assert bool(figure["evidence"]) == (figure["verdict"] not in WITHOUT_EVIDENCE), row["id"]


def test_the_kind_of_a_row_goes_with_its_verdicts() -> None:
    for row in ROWS:
        verdicts = {figure["verdict"] for figure in row["figures"]}
        kind = row["kind"]
        if kind in RIGHT_KINDS:
            assert verdicts <= {"supported", "supported_rounded"}, row["id"]
            assert ("supported_rounded" in verdicts) == (kind == "rounded"), row["id"]
        elif kind in WRONG_KINDS:
            assert verdicts & {"contradicted", "needs_context"}, row["id"]
        else:
            assert kind in OTHER_KINDS, row["id"]
            assert (kind if kind != "conflicting" else "conflicting_sources") in verdicts, row["id"]


def test_every_story_has_one_split_and_its_evidence_is_its_own() -> None:
    splits: dict[str, set[str]] = {}
    for row in ROWS:
        splits.setdefault(row["story"], set()).add(row["split"])
    assert all(len(own) == 1 for own in splits.values())
    for row, figure in FIGURES:
        for quote in figure["evidence"]:
            assert _story(quote["article"], set(splits)) == row["story"], row["id"]


def test_the_direction_is_that_of_the_tellings_there_are(articles: dict[str, Document]) -> None:
    stories = {row["story"] for row in ROWS}
    told: dict[str, set[str]] = {}
    for article in articles.values():
        assert article.language is not None
        told.setdefault(_story(article.id, stories), set()).add(article.language)
    for row in ROWS:
        languages = told[row["story"]]
        own = row["language"]
        source = own if own in languages else next(iter(languages))
        assert row["direction"] == f"{own}-{source}", row["id"]


def test_there_are_as_many_as_promised() -> None:
    told = {folder: list((GOLD / folder / "articles").rglob("*.md")) for folder in FOLDERS}
    assert len(told["drafts"]) >= 82
    every = [(folder, row) for folder, rows in OF.items() for row in rows]
    directions = Counter((folder, row["split"], row["direction"]) for folder, row in every)
    for direction in ("zh-zh", "en-en", "zh-en", "en-zh"):
        for folder, split, least in (
            ("drafts", "tuned", 70),
            ("drafts", "held", 70),
            ("drafts", "blind", 40),
            ("stories", "tuned", 200),
            ("reports", "tuned", 200),
            ("dispatches", "tuned", 200),
            ("fresh", "blind", 30),
        ):
            assert directions[folder, split, direction] >= least, (folder, split, direction)
    kinds = Counter((folder, row["split"], row["kind"]) for folder, row in every)
    for kind in RIGHT_KINDS | WRONG_KINDS | OTHER_KINDS:
        for folder, splits in SPLITS.items():
            for split in splits:
                # `training.altered` takes what is printed word for word from the dispatches.
                least = 0 if (folder, kind) == ("dispatches", "verbatim") else 4
                assert kinds[folder, split, kind] >= least, (folder, split, kind)
    # A number copied from its neighbour is what is missed most: there is much to tune that on.
    assert kinds["drafts", "tuned", "wrong_subject"] >= 40
    assert kinds["drafts", "tuned", "wrong_period"] >= 20
    for folder, splits in SPLITS.items():
        for split in splits:
            rows = [row for row in OF[folder] if row["split"] == split]
            right = sum(row["kind"] in RIGHT_KINDS for row in rows)
            assert 0.35 < right / len(rows) < 0.5, (folder, split)
            several = sum(len(row["figures"]) > 1 for row in rows)
            assert several >= len(rows) / 12, (folder, split)


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_readme_counts_what_there_is(folder: str) -> None:
    rows = OF[folder]
    readme = (GOLD / folder / "README.md").read_text("utf-8")
    splits = [split for split in ("tuned", "held", "blind") if split in SPLITS[folder]]
    counts = r" / ".join([r"(\d+)"] * len(splits))
    kinds = Counter((row["kind"], row["split"]) for row in rows)
    told = re.findall(rf"^\| (\w+) \| {counts} \|", readme, re.MULTILINE)
    whole = Counter(row["split"] for row in rows)
    expected = {kind: [kinds[kind, split] for split in splits] for kind, _ in kinds}
    expected["all"] = [whole[split] for split in splits]
    assert {kind: [int(count) for count in numbers] for kind, *numbers in told} == expected
    assert f"{len(rows)} draft sentences" in readme
    articles = len(list((GOLD / folder / "articles").rglob("*.md")))
    assert f"{articles} news-like articles" in readme


def test_the_manifest_has_every_file_with_its_digest() -> None:
    lines = (ROOT / "corpus" / "MANIFEST.tsv").read_text("utf-8").splitlines()[1:]
    listed = {line.split("\t")[0]: line.split("\t")[1] for line in lines}
    for folder in FOLDERS:
        files = [*(GOLD / folder / "articles").rglob("*.md"), GOLD / folder / "sentences.jsonl"]
        found = {path.relative_to(ROOT / "corpus").as_posix(): path for path in files}
        assert {name for name in listed if name.startswith(f"gold/{folder}/")} == set(found)
        for name, path in found.items():
            assert listed[name] == sha256(path.read_bytes()).hexdigest(), name
