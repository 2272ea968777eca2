"""Numbers that a draft reckons from two that articles print."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from drafting import told
from kaoju.frames import Frame, frame
from kaoju.reckoned import Source, reckoned


def _sources(*articles: str, gap: float = 0.0, day: date | None = None) -> list[Source]:
    found = []
    for at, text in enumerate(articles):
        statement = told(text, article=f"a{at}", day=day).statement
        found.append(Source([frame(statement, f) for f in statement.figures], gap))
    return found


def _sums(claim: Frame, *articles: str, fit: float = 0.5, gap: float = 0.0) -> list[Frame]:
    return [f for _, f in reckoned(claim, _sources(*articles, gap=gap), lambda *_: fit)]


@pytest.mark.parametrize(
    ("draft", "article", "rule"),
    [
        (
            "Selwick owes 46 million dollars less than Northmoor.",
            "Northmoor owes 231 million dollars and Selwick 185 million dollars.",
            "difference",
        ),
        ("两家的分店差了127家。", "甲公司有分店642家,乙公司有分店515家。", "difference"),
        (
            "Support among women is 7.4 percentage points higher.",
            "Some 58.6% of women and 51.2% of men are in favour.",
            "difference",
        ),
        (
            "Together the two mines gave 74,300 tonnes.",
            "The north mine gave 41,200 tonnes and the south mine 33,100 tonnes.",
            "sum",
        ),
        (
            "The harbour handled nearly three times the airport's cargo.",
            "The harbour handled 86,400 tonnes and the airport 29,100 tonnes.",
            "multiple",
        ),
        (
            "About a quarter of the staff are striking.",
            "Of the 2,480 workers about 610 workers are striking.",
            "part",
        ),
        ("市里为此出资5.25亿元。", "工程总造价15亿元,其中市里负担35%。", "share"),
        ("县里掏了9.75亿元。", "工程总造价15亿元,其中市里负担35%,其余由县里出。", "rest"),
    ],
)
def test_a_draft_may_state_what_two_printed_figures_make(
    draft: str, article: str, rule: str
) -> None:
    claim = told(draft)
    found = _sums(claim, article)
    assert [f.reckoned.rule for f in found if f.reckoned is not None] == [rule]
    (sum_,) = found
    assert sum_.reckoned is not None
    assert sum_.reckoned.asked
    assert all(part.printed for part in sum_.reckoned.parts)
    assert not sum_.printed
    assert sum_.figure.surface in article


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        # Nothing says that the number is a difference, or a total.
        ("Selwick owes 46 million dollars.", "Northmoor owes 231 million, Selwick 185 million."),
        ("The mine gave 74,300 tonnes.", "One gave 41,200 tonnes and the other 33,100 tonnes."),
        # It is a bound, not a comparison.
        ("Selwick owes more than 46 million dollars.", "They owe $231 million and $185 million."),
        # What something has grown to is no difference.
        ("公司的债务减少到4600万美元。", "甲公司负债2.31亿美元,乙公司负债1.85亿美元。"),
        # Another number.
        ("Selwick owes 52 million dollars less.", "They owe 231 million and 185 million dollars."),
        # The smaller number hardly counts.
        ("他们合计投了29.5亿元。", "公司募资29.4亿元,每股26元。"),
        # A growth is no share of what grew.
        ("市里为此出资5.25亿元。", "市里去年出资15亿元,增长35%。"),
    ],
)
def test_a_sum_that_is_not_meant_or_does_not_come_out_is_none(draft: str, article: str) -> None:
    assert not _sums(told(draft), article)


def test_the_fewer_digits_the_nearer_the_parts_must_be() -> None:
    apart = ["The queue at Ellerby stood at 341 days.", "Homes in Vale took 318 days to sell."]
    claim = told("The wait is 23 days longer.")
    assert _sums(claim, *apart, fit=0.5)
    assert not _sums(claim, *apart, fit=0.15)
    assert not _sums(claim, *apart, fit=0.5, gap=0.08)
    short = told("The wait is 3 days longer.")
    apart = ["The queue at Ellerby stood at 21 days.", "Homes in Vale took 18 days to sell."]
    assert not _sums(short, *apart, fit=0.15)
    alike = ["The wait at Ellerby is 21 days.", "The wait at Vale is 18 days."]
    assert _sums(short, *alike, fit=0.15)


def test_what_rose_in_a_draft_must_not_have_fallen_in_the_articles() -> None:
    days = [date(2026, 3, 2), date(2026, 6, 1)]
    texts = ["Net debt stood at 312 million pounds.", "Net debt stood at 288 million pounds."]
    sources = [_sources(text, day=day)[0] for text, day in zip(texts, days, strict=True)]
    fell = told("Net debt fell by 24 million pounds.")
    rose = told("Net debt rose by 24 million pounds.")
    assert reckoned(fell, sources, lambda *_: 0.5)
    assert not reckoned(rose, sources, lambda *_: 0.5)


def test_a_sum_keeps_its_value_to_the_last_digit() -> None:
    (found,) = _sums(told("两家的分店差了127家。"), "甲公司有分店642家,乙公司有分店515家。")
    assert found.figure.value == Decimal(127)
    assert found.digits == "127"
