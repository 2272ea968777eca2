"""Two figures of one thing that an article sets beside each other, each from somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from drafting import paired, told
from kaoju.alignment import Conflict, Pair
from kaoju.figures import find_figures
from kaoju.frames import frame, statements
from kaoju.text import has_han
from kaoju.types import Claim, Language, Span, Status
from kaoju.verdicts import decide

DAY = date(2026, 5, 4)
FAR = 0.01


def _beside(draft: str, *sentences: str, at: int = 0) -> tuple[Status, list[str]]:
    """The verdict on a draft's figure that an article has beside another, and the numbers quoted.

    The draft fits the first of the article's figures alone: ``at`` is the one that it states.
    """
    space = "" if has_han(sentences[0]) else " "
    text = space.join(sentences)
    claims = []
    for sentence in sentences:
        span = Span(text.index(sentence), text.index(sentence) + len(sentence))
        claims.append(Claim("c", "", "a", span, sentence))
    language = Language.ZH if has_han(text) else Language.EN
    stated = statements(
        text,
        0,
        find_figures(text),
        [],
        claims,
        language=language,
        document_id="a",
        published_on=DAY,
    )
    claim = told(draft, at=-1)
    pairs: list[Pair] = []
    for place, one in enumerate(frame(s, f) for s in stated for f in s.figures):
        pair = paired(claim, one)
        if place:
            pair = replace(pair, aligned=FAR, score=0.3, conflicts=frozenset({Conflict.SUBJECT}))
        pairs.append(pair)
    decided = decide(claim, pairs)
    return decided.status, [p.evidence.figure.surface for p in decided.pairs]


@pytest.mark.parametrize(
    ("draft", "sentences"),
    [
        (
            "The mine lost 640 jobs.",
            ("The mine lost 640 jobs, it says; the union puts it at 780 jobs.",),
        ),
        (
            "The mine lost 780 jobs.",
            ("The mine lost 640 jobs, it says; the union puts it at 780 jobs.",),
        ),
        (
            "The flood cost 52 million dollars.",
            ("The flood cost 52 million dollars.", "Insurers dispute that and say $41 million."),
        ),
        (
            "The gap is 310 tonnes.",
            ("The gap is 310 tonnes according to the board, 450 tonnes according to growers.",),
        ),
        ("矿区裁员640人。", ("公司称裁员640人，工会的统计则是780人。",)),
        ("矿区裁员780人。", ("公司称裁员640人，工会的统计则是780人。",)),
        ("矿区裁员780人。", ("工会说裁员780人；公司只承认640人。",)),
        ("洪灾损失4.2亿元。", ("民政部门公布洪灾损失4.2亿元。", "不过保险公司估计只有3.1亿元。")),
        (
            "The port moved 4.93 million containers.",
            (
                "The port says it moved 4.93 million containers in 2025.",
                "Quayline, a consultancy that leaves out boxes shifted between terminals, puts the"
                " port's total for 2025 at 4.71 million.",
            ),
        ),
        (
            "全国幼儿入托率已达41%。",
            (
                "教育部称，全国幼儿入托率已达41%。",
                "家庭研究会走访了2,400户家庭，得出的幼儿入托率只有29%。",
            ),
        ),
    ],
)
def test_either_of_two_bodies_figures_is_disputed(draft: str, sentences: tuple[str, ...]) -> None:
    status, quoted = _beside(draft, *sentences)
    assert status is Status.CONFLICTING_SOURCES
    assert len(set(quoted)) > 1


@pytest.mark.parametrize(
    ("draft", "sentences"),
    [
        ("The mine lost 640 jobs.", ("The mine lost 640 jobs, and the port now counts 780 jobs.",)),
        (
            "Sales were 52 million dollars.",
            ("Sales were 52 million dollars and profit 41 million.",),
        ),
        ("The mine lost 640 jobs.", ("The mine lost 640 jobs; the union puts it at 6,800 jobs.",)),
        ("公司营收4.2亿元。", ("公司称营收4.2亿元，去年则称3.1亿元。",)),
        ("公司裁员640人。", ("公司称裁员640人，新增780人。",)),
        (
            "Calder Lines carried 890,000 passengers.",
            (
                "Calder Lines carried 890,000 passengers in the first half, the port said.",
                "Norden Ferries, its rival, carried 635,000.",
            ),
        ),
        ("市里将建1200套住房。", ("市政府原定建1200套住房。", "市政府昨日宣布减为900套。")),
    ],
)
def test_what_is_of_another_time_or_measure_disputes_nothing(
    draft: str, sentences: tuple[str, ...]
) -> None:
    assert _beside(draft, *sentences)[0] is Status.SUPPORTED


def test_a_draft_that_says_whose_figure_it_is_takes_no_side() -> None:
    claim = told("It lost 640 jobs, said Jane Moor.", people=("Jane Moor",), speaker="Jane Moor")
    text = "The mine lost 640 jobs, it says; the union puts it at 780 jobs."
    stated = [told(text, at=at, article="a", day=DAY) for at in (0, 1)]
    pairs = [paired(claim, stated[0]), paired(claim, stated[1], sure=FAR)]
    assert decide(claim, pairs).status is Status.SUPPORTED


@pytest.mark.parametrize("number", ["$203", "$218"])
def test_a_figure_is_rejected_as_somebody_elses(number: str) -> None:
    claim = told(f"A stand at the fair costs {number}.")
    rejects = "The council put a stand at the fair at $203, not the $218 announced by its hosts."
    pairs = [
        paired(claim, told("A stand at the fair costs $218.", article="a", day=DAY)),
        *(paired(claim, told(rejects, at=at, article="b", day=DAY)) for at in (0, 1)),
    ]
    assert decide(claim, pairs).status is Status.CONFLICTING_SOURCES
