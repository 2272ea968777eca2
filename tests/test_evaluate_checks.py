"""How the checker is measured: what counts as right, a false alarm and a missed error."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kaoju.types import Span, Status

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
try:
    from evaluation import answers, checks
    from evaluation.checks import GoldFigure, GoldSentence, Judged, Place, judge, summary
finally:
    sys.path.remove(str(ROOT / "scripts"))

QUOTE: Place = ("a", Span(10, 40))


def _sentence(
    *figures: tuple[Status, Span], name: str = "s-1", accepted: frozenset[Status] = frozenset()
) -> GoldSentence:
    return GoldSentence(
        name,
        "tuned",
        "zh-en",
        "verbatim",
        "x" * 60,
        tuple(
            GoldFigure("x", span, verdict, accepted | {verdict}, (QUOTE,))
            for verdict, span in figures
        ),
    )


def _judged(gold: Status, given: Status, *quotes: Place) -> Judged:
    (found,) = judge(_sentence((gold, Span(5, 9))), [(Span(4, 9), given, quotes)])
    return found


@pytest.mark.parametrize(
    ("given", "quotes", "verdict_right", "right"),
    [
        (Status.SUPPORTED, [("a", Span(0, 11))], True, True),
        (Status.SUPPORTED, [("a", Span(40, 50))], True, False),
        (Status.SUPPORTED, [("b", Span(10, 40))], True, False),
        (Status.SUPPORTED, [("b", Span(10, 40)), QUOTE], True, False),  # the first quote counts
        (Status.SUPPORTED, [], True, False),
        (Status.CONTRADICTED, [QUOTE], False, False),
    ],
)
def test_a_figure_is_right_by_its_verdict_and_its_first_quote(
    given: Status, quotes: list[Place], verdict_right: bool, right: bool
) -> None:
    found = _judged(Status.SUPPORTED, given, *quotes)
    assert (found.verdict_right, found.right) == (verdict_right, right)


def test_a_verdict_without_evidence_needs_no_quote() -> None:
    assert _judged(Status.NOT_FOUND, Status.NOT_FOUND).right
    accepted = frozenset({Status.NOT_FOUND})
    sentence = _sentence((Status.SUPPORTED, Span(5, 9)), accepted=accepted)
    (found,) = judge(sentence, [(Span(5, 9), Status.NOT_FOUND, [])])
    assert found.right


def test_the_figure_that_shares_most_is_the_one_judged() -> None:
    sentence = _sentence((Status.SUPPORTED, Span(5, 9)))
    told = [
        (Span(0, 6), Status.CONTRADICTED, [QUOTE]),
        (Span(6, 12), Status.SUPPORTED, [QUOTE]),
    ]
    (found,) = judge(sentence, told)
    assert found.given is Status.SUPPORTED
    (missing,) = judge(sentence, [(Span(9, 12), Status.SUPPORTED, [QUOTE])])
    assert (missing.given, missing.right) == (None, False)


def test_an_accused_right_figure_is_a_false_alarm_and_a_passed_wrong_one_an_error_missed() -> None:
    accused = _judged(Status.SUPPORTED_ROUNDED, Status.CONTRADICTED, QUOTE)
    assert (accused.false_alarm, accused.missed) == (True, False)
    passed = _judged(Status.CONTRADICTED, Status.SUPPORTED_ROUNDED, QUOTE)
    assert (passed.false_alarm, passed.missed) == (False, True)
    unseen = _judged(Status.CONTRADICTED, Status.NOT_FOUND)
    assert (unseen.false_alarm, unseen.missed, unseen.right) == (False, False, False)


def test_a_sentence_is_right_when_all_its_figures_are() -> None:
    two = _sentence((Status.SUPPORTED, Span(0, 5)), (Status.CONTRADICTED, Span(20, 25)))
    one = _sentence((Status.SUPPORTED, Span(0, 5)), name="s-2")
    told = [(Span(0, 5), Status.SUPPORTED, [QUOTE]), (Span(20, 25), Status.SUPPORTED, [QUOTE])]
    counts = summary([*judge(two, told), *judge(one, told)])["tuned"]
    assert counts["all"] == {
        "sentences_right": [1, 2],
        "figures_right": [2, 3],
        "verdicts_right": [2, 3],
        "false_alarms": [0, 2],
        "missed_errors": [1, 1],
    }
    assert counts["zh-en"] == counts["kinds"]["verbatim"] == counts["all"]
    assert counts["confusion"] == {
        "supported": {"supported": 2},
        "contradicted": {"supported": 1},
    }


def test_a_quote_is_found_in_the_article_named_or_in_whichever_has_it() -> None:
    texts = {"a": "It sold 500 cars.", "b": "He said it sold 500 cars."}
    row = {"article": "b", "quote": "sold 500"}
    assert checks._places([row], texts) == (("b", Span(11, 19)),)
    unnamed = {"article": "elsewhere", "quote": "sold 500"}
    assert checks._places([unnamed], texts) == (("a", Span(3, 11)), ("b", Span(11, 19)))
    with pytest.raises(ValueError, match="no article holds"):
        checks._places([{"article": "a", "quote": "sold 600"}], texts)


@pytest.mark.parametrize(("split", "shown"), [("tuned", True), ("held", False), ("blind", False)])
def test_what_went_wrong_is_shown_of_tuned_rows_alone_and_each_split_has_its_own_counts(
    split: str, shown: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    found = _judged(Status.SUPPORTED, Status.CONTRADICTED, QUOTE)
    found = replace(found, sentence=replace(found.sentence, split=split))
    checks._show([found])
    assert bool(capsys.readouterr().out) is shown
    assert list(summary([found])) == [split]


def test_blind_questions_are_counted_apart() -> None:
    assert answers.counted_in("seen") == ("seen", "all")
    assert answers.counted_in("blind") == ("blind",)
