"""Sentences of articles as drafts, some with a figure altered."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from kaoju import KnowledgeBase, compare_figures, find_figures
from kaoju.types import Agreement, Status

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from evaluation.checks import GoldSentence
from training.altered import altered

BODY = (
    "Harlow Mills sold 3.4 million tonnes of flour last year, 12% more than the year before. "
    "It runs 47 mills in six provinces and paid 88 million crowns for the last of them."
)


TEXTS = {
    "mill-1-en": BODY,
    "told-1-en": BODY.replace("Harlow", "Quill"),
    "told-1-zh": "奎尔磨坊去年卖出340万吨面粉，比前年多12%，并为最后一座磨坊付了8800万克朗。",
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[GoldSentence]:
    folder = tmp_path_factory.mktemp("articles")
    for name, text in (*TEXTS.items(), ("mill-2-en", BODY.replace("Harlow", "Orrin"))):
        folder_of = "dispatches" if name in TEXTS else "drafts"
        url = f"urn:kaoju:{folder_of}:{name}"
        head = f"---\nid: {name}\ntitle: Flour\nurl: {url}\nlanguage: {name[-2:]}\n---\n\n"
        (folder / f"{name}.md").write_text(head + text + "\n", encoding="utf-8")
    with KnowledgeBase.open(folder / "shelf") as kb:
        kb.add([folder])
        found = [
            s
            for seed in range(40)
            for s in altered(kb, "urn:kaoju:dispatches:", random.Random(seed))
        ]
    assert found
    return found


def test_only_articles_of_the_folder_are_taken(rows: list[GoldSentence]) -> None:
    assert {article for s in rows for f in s.figures for article, _ in f.evidence} == set(TEXTS)
    assert {s.id.rpartition("-")[0] for s in rows} == {"mill-en", "told-en", "told-zh"}


def test_figures_stand_where_they_are_said_to(rows: list[GoldSentence]) -> None:
    for sentence in rows:
        for figure in sentence.figures:
            assert figure.span.of(sentence.text) == figure.surface


def test_an_altered_figure_is_another_number_and_the_only_wrong_one(
    rows: list[GoldSentence],
) -> None:
    kinds = {s.kind for s in rows}
    assert kinds == {"verbatim", "digit_changed", "scale_slip"}
    for sentence in rows:
        (article,) = {name for f in sentence.figures for name, _ in f.evidence}
        wrong = [f for f in sentence.figures if f.verdict is Status.CONTRADICTED]
        if sentence.kind == "verbatim":
            assert sentence.text in TEXTS[article]
            assert not wrong
            continue
        assert sentence.text not in TEXTS[article]
        (figure,) = wrong
        ((_, place),) = figure.evidence
        printed = place.of(TEXTS[article])
        before = next(f for f in find_figures(printed) if f.span.start == figure.span.start)
        after = next(f for f in find_figures(sentence.text) if f.span.start == figure.span.start)
        assert compare_figures(after, before).relation is Agreement.DIFFERENT
