"""The gold questions are what their README promises: quotes are slices, splits are known."""

from __future__ import annotations

import json
import re
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kaoju.reading import read_path

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "corpus" / "gold"
FILES = (
    *["questions.jsonl", "questions_written.jsonl", "questions_drafts.jsonl"],
    *[
        "questions_stories.jsonl",
        "questions_reports.jsonl",
        "questions_dispatches.jsonl",
        "questions_fresh.jsonl",
    ],
)
FIELDS = [
    *["id", "lang", "question", "kind", "answerable", "evidence", "value", "split", "fact", "tags"]
]
SPLITS = {"seen", "held_out", "unseen", "blind"}
KINDS = {
    *["figure", "date", "person", "organisation", "place", "reason", "definition", "list"],
    "statement",
}
TAGS = {
    *["paraphrase", "surname", "english_name", "chinese_name", "traditional", "full_width"],
    *["short", "long", "verbatim", "near", "off_topic", "second", "plain"],
}


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines()]


ROWS = {name: _rows(name) for name in FILES}
EVERY = [row for rows in ROWS.values() for row in rows]
BLIND = [row for row in EVERY if row["split"] == "blind"]


def _read(folder: Path) -> dict[str, str]:
    paths = sorted(folder.rglob("*.md"))
    return {document.id: document.text for path in paths for document in read_path(path)}


@pytest.fixture(scope="module")
def shelves() -> dict[str, dict[str, str]]:
    """The texts on each file's shelf, by the document names that evidence uses."""
    written = {
        f"{row['id']}-{language}": row[language]
        for row in _rows("written_articles.jsonl")
        for language in ("zh", "en")
    }
    own = [
        _read(GOLD / name / "articles")
        for name in ("drafts", "stories", "reports", "dispatches", "fresh")
    ]
    return dict(zip(FILES, (_read(ROOT / "corpus" / "articles"), written, *own), strict=True))


def test_every_row_has_the_fields_in_order_and_a_name_of_its_own() -> None:
    for row in EVERY:
        assert list(row) == FIELDS, row["id"]
        assert row["lang"] in ("zh", "en"), row["id"]
        assert row["kind"] in KINDS, row["id"]
        assert row["split"] in SPLITS, row["id"]
        assert set(row["tags"]) <= TAGS, row["id"]
    assert len({row["id"] for row in EVERY}) == len(EVERY)


def test_every_quote_is_a_slice_of_its_article(shelves: dict[str, dict[str, str]]) -> None:
    for name, rows in ROWS.items():
        for row in rows:
            for quote in row["evidence"]:
                assert quote["quote"] in shelves[name][quote["document"]], row["id"]
                assert quote["quote"] == quote["quote"].strip() != "", row["id"]


def test_what_can_be_answered_has_evidence_and_a_fact_and_nothing_else_has() -> None:
    for row in EVERY:
        assert bool(row["evidence"]) == row["answerable"] == (row["fact"] is not None), row["id"]
        if not row["answerable"]:
            assert row["value"] is None, row["id"]
            assert len({"near", "off_topic"} & set(row["tags"])) == 1, row["id"]
        if row["value"] is not None:
            assert row["value"]["kind"] == row["kind"], row["id"]
            assert row["value"]["accept"], row["id"]


def test_a_blind_question_is_nobody_elses() -> None:
    asked = Counter(re.sub(r"\W", "", row["question"]).casefold() for row in EVERY)
    for row in BLIND:
        assert asked[re.sub(r"\W", "", row["question"]).casefold()] == 1, row["id"]


def test_a_blind_quote_is_a_whole_sentence_or_list_line(
    shelves: dict[str, dict[str, str]],
) -> None:
    for name, rows in ROWS.items():
        for row in rows:
            for quote in row["evidence"] if row["split"] == "blind" else ():
                text = shelves[name][quote["document"]]
                before, after = text.split(quote["quote"], 1)
                assert re.search(r"(^|\n|\n- |[。.!?][”」\"]? ?)$", before), row["id"]
                assert re.search(r"[。.!?][”」\"]?$", quote["quote"]) or after[:1] == "\n", row[
                    "id"
                ]


def test_a_blind_value_is_said_in_its_evidence() -> None:
    for row in BLIND:
        if row["value"] is not None:
            quotes = " ".join(quote["quote"] for quote in row["evidence"])
            assert any(form in quotes for form in row["value"]["accept"]), row["id"]


def test_there_are_as_many_blind_ones_as_promised() -> None:
    assert Counter((row["lang"], row["answerable"]) for row in BLIND) == {
        ("zh", True): 67,
        ("en", True): 67,
        ("zh", False): 43,
        ("en", False): 43,
    }
    readme = (GOLD / "README.md").read_text("utf-8")
    told = re.findall(
        r"^\| `(questions\w*\.jsonl)` \| (\d+) / (\d+) \| (\d+) / (\d+) \|", readme, re.M
    )
    counts = Counter(
        (name, row["lang"], row["answerable"])
        for name, rows in ROWS.items()
        for row in rows
        if row["split"] == "blind"
    )
    assert {name: [int(count) for count in some] for name, *some in told} == {
        name: [counts[name, lang, can] for lang in ("zh", "en") for can in (True, False)]
        for name in FILES
    }


def test_the_manifest_has_every_file_with_its_digest() -> None:
    lines = (ROOT / "corpus" / "MANIFEST.tsv").read_text("utf-8").splitlines()[1:]
    listed = {line.split("\t")[0]: line.split("\t")[1] for line in lines}
    for name in FILES:
        assert listed[f"gold/{name}"] == sha256((GOLD / name).read_bytes()).hexdigest(), name
