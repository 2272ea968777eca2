"""What speaks for and against two figures being of the same thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from drafting import frame_of, told
from kaoju import accusation, blanks, contest
from kaoju.alignment import (
    AGREEMENT,
    FEATURES,
    JUDGED,
    SIFTED,
    Conflict,
    Pair,
    conflicts_of,
    features_of,
    scored,
    sifted,
)
from kaoju.binding import bound
from kaoju.draft_comparison import compare
from kaoju.frames import Frame
from kaoju.lexicon import section
from kaoju.likeness import alike, same_digits
from kaoju.word_likeness import share_of_words


@pytest.mark.parametrize(
    ("draft", "article", "conflicts"),
    [
        ("10年期国债收益率报4.1%。", "The 30-year yield rose to 4.1%.", {Conflict.KEY}),
        ("10年期国债收益率报4.1%。", "The 10-year yield rose to 4.1%.", set()),
        ("营收120亿元。", "Net profit was 12 billion yuan.", {Conflict.MEASURE}),
        ("营收120亿元。", "Revenue was 12 billion yuan.", set()),
        ("It ran a trade surplus of 200 million euros.", "盈余为2亿欧元。", set()),
        ("It ran a trade surplus of 200 million euros.", "财政盈余为2亿欧元。", {Conflict.MEASURE}),
        ("It ran a trade surplus of 200 million euros.", "贸易逆差为2亿欧元。", {Conflict.MEASURE}),
        ("Customers wait 70 days.", "Deliveries are ten weeks behind.", set()),
        ("It has 70 customers.", "Deliveries were 70.", {Conflict.MEASURE}),
        ("裁员300人。", "It cut 300 jobs.", set()),
        ("出口同比增长5%。", "出口环比增长5%。", {Conflict.BASE}),
        ("赤字占GDP的6%。", "赤字占财政收入的6%。", {Conflict.SHARE}),
        ("赤字占国内生产总值的6%。", "The deficit was 6% of GDP.", set()),
        (
            "March 2024 sales were 5 million.",
            "First-quarter 2024 sales were 5 million.",
            {Conflict.PERIOD},
        ),
    ],
)
def test_another_measure_period_key_or_base_speaks_against_a_pair(
    draft: str, article: str, conflicts: set[Conflict]
) -> None:
    assert conflicts_of(frame_of(draft), frame_of(article)) == conflicts


def test_another_subject_of_its_kind_speaks_against_a_pair() -> None:
    draft = frame_of("Acme sold 500 cars.", "Acme")
    assert conflicts_of(draft, frame_of("Bolt sold 500 cars.", "Bolt")) == {Conflict.SUBJECT}
    assert conflicts_of(draft, frame_of("Acme sold 500 cars.", "Acme")) == set()
    assert conflicts_of(draft, frame_of("It sold 500 cars.")) == set()
    overheard = frame_of("Bolt said that Acme sold 500 cars.", "Bolt")
    assert conflicts_of(draft, overheard) == set()
    beside = frame_of("Bolt sold 500 cars for Acme, its chair Acme Kit said.", "Bolt", "Acme Kit")
    assert conflicts_of(draft, beside) == set()
    told = frame_of("Bolt said, as Acme did, that Bolt sold 500 cars.", "Bolt", "Acme")
    assert conflicts_of(frame_of("Core sold 500 cars.", "Core"), told) == {Conflict.SUBJECT}


def test_a_name_of_the_other_language_is_another_only_if_the_shelf_knows_both() -> None:
    draft = frame_of("安踏售出500辆汽车。", "安踏", language="zh")
    article = frame_of("Bolt sold 500 cars.", "Bolt")
    assert Conflict.SUBJECT not in conflicts_of(draft, article)
    known = replace(draft, statement=replace(draft.statement, bilingual=frozenset({"安踏"})))
    assert conflicts_of(known, article) == {Conflict.SUBJECT}


def test_an_article_of_an_earlier_day_states_no_later_period() -> None:
    draft = frame_of("In March 2024 sales were $5 million.")
    before = frame_of("Sales were $5 million.", day=date(2024, 2, 1))
    after = frame_of("Sales were $5 million.", day=date(2024, 4, 2))
    undated = frame_of("Sales were $5 million.")
    assert conflicts_of(draft, before) == {Conflict.PERIOD}
    assert conflicts_of(draft, after) == conflicts_of(draft, undated) == set()


@pytest.mark.parametrize(
    ("draft", "article", "conflicts"),
    [
        # What changed over a stretch is told of its end beside its beginning.
        ("2024年10月到2025年1月降了0.3%。", "2025年1月利率比2024年10月低0.3%。", 0),
        ("2024年10月到2025年1月降了0.3%。", "2025年1月利率比2024年5月低0.3%。", 1),
        ("2024年10月到2025年1月降了0.3%。", "2025年1月利率降了0.3%。", 1),
        ("2025年9月环比上涨0.8%。", "2025年8月到9月上涨0.8%。", 0),
        ("2025年9月同比上涨0.8%。", "2025年8月到9月上涨0.8%。", 1),
        ("2025年9月环比上涨0.8%。", "2025年7月到9月上涨0.8%。", 1),
        # What something came from may be of any time before.
        ("In 2015 it was 2.6%.", "It has shrunk to 2.3% from 2.6%.", 0),
        ("In 2015 it was 2.3%.", "It is now 2.3%.", 1),
        ("In May 2025 it was 5.0%.", "In June 2025 it fell from 5.0%.", 0),
        ("In May 2025 it was 5.0%.", "In June 2025 it fell to 5.0%.", 1),
    ],
)
def test_a_change_over_a_stretch_is_told_of_its_end(
    draft: str, article: str, conflicts: int
) -> None:
    day = date(2025, 11, 20)
    found = conflicts_of(frame_of(draft, day=day), frame_of(article, day=day))
    assert (Conflict.PERIOD in found) is bool(conflicts)


def test_the_last_july_may_be_meant_as_well_as_the_next() -> None:
    article = frame_of("The council owes 5 million euros.", day=date(2026, 2, 25))
    assert conflicts_of(frame_of("In July it owed 5 million euros."), article) == set()
    later = frame_of("In July 2026 it owed 5 million euros.")
    assert conflicts_of(later, article) == {Conflict.PERIOD}


def test_a_day_that_no_other_number_of_the_sentence_is_of_may_be_the_figures() -> None:
    draft = frame_of("By July 24 it had paid 370 million yuan.")
    article = "Its June bill came to 370 million yuan, it said on July 24."
    assert told(article, at=1).period == "XXXX-06"
    assert Conflict.PERIOD not in conflicts_of(draft, told(article, at=1))
    taken = frame_of("It paid 20 million yuan by July 24 and 370 million yuan in June.")
    assert Conflict.PERIOD in conflicts_of(draft, taken)


def test_a_month_told_by_what_it_was_may_be_any_of_its_year() -> None:
    article = told("The busiest month was December, with 407 parcels.", day=date(2026, 2, 24))
    draft = frame_of("In its busiest month of 2025 it carried 407 parcels.")
    assert Conflict.PERIOD not in conflicts_of(draft, article)
    whole = frame_of("In 2025 it carried 407 parcels.")
    assert Conflict.PERIOD in conflicts_of(whole, article)


def test_a_rate_over_the_year_to_a_month_is_told_of_that_month() -> None:
    article = told("Prices rose 4.6% in the year to February.", at=0, day=date(2026, 3, 24))
    assert Conflict.PERIOD not in conflicts_of(told("2月物价同比上涨4.6%。"), article)
    assert Conflict.PERIOD in conflicts_of(told("1月物价同比上涨4.6%。"), article)
    money = told("It took in $4 million in the year to February.", at=0, day=date(2026, 3, 24))
    assert money.period == "2025-03/2026-02"
    half = told("Prices rose 4.6% in the six months to February.", at=0, day=date(2026, 3, 24))
    assert Conflict.PERIOD in conflicts_of(half, article)


def test_two_months_together_are_not_the_second_of_them() -> None:
    article = told("1至2月出口增长9.3%。", day=date(2026, 3, 24))
    assert conflicts_of(told("Exports rose 9.3% in January and February.", at=0), article) == set()
    assert Conflict.PERIOD in conflicts_of(told("2月出口增长9.3%。"), article)


def test_a_time_that_the_draft_compares_with_is_not_when_it_holds() -> None:
    draft = frame_of("3月卖得比去年同月多，交出12.9万辆。")
    assert draft.period == "XXXX-03"
    assert frame_of("More than in 2024, it sold 500 cars.").period is None
    assert told("A dividend of 10.4 pence for the year (2024: 9.6 pence).", at=0).period is None


@pytest.mark.parametrize(
    ("draft", "article", "share"),
    [
        ("About 400 tonnes were dug.", "380 tonnes were dug.", 1.0),
        ("Nearly 400 tonnes were dug.", "393 tonnes were dug.", 1.0),
        ("At least 300 tonnes were dug.", "380 tonnes were dug.", 0.3),
    ],
)
def test_a_hedged_number_that_is_near_agrees_as_a_rounded_one_does(
    draft: str, article: str, share: float
) -> None:
    assert _pair(frame_of(draft), frame_of(article)).features["agrees"] == share


def test_the_best_passage_is_read_before_a_chance_meeting_of_numbers() -> None:
    draft = frame_of("The mine employs 640 people.")
    own, other = (
        replace(pair, features={**pair.features, "near": near, "titled": near, "content": near})
        for pair, near in (
            (_pair(draft, frame_of("It has 460 people.")), 0.8),
            (_pair(draft, frame_of("The choir has 640 people.")), 0.1),
        )
    )
    first, second = sifted([own, other])
    assert first.aligned > second.aligned
    assert first.features["content_behind"] == 0 > second.features["content_behind"]


def test_names_are_alike_when_one_begins_or_holds_the_other() -> None:
    assert alike("Bessent", "Scott Bessent")
    assert alike("中国人民银行", "中国银行")
    assert alike("Apple Inc", "APPLE")
    assert not alike("Apple", "Acme")
    assert not alike("", "Acme")


# Scores ---------------------------------------------------------------------------------------


def _pair(draft: Frame, article: Frame) -> Pair:
    comparison = compare(draft, article)
    features = features_of(
        draft, article, comparison, near=0.5, words=0.5, topic=0.5, content=0.5, company=None
    )
    return scored(Pair(draft, article, comparison, conflicts_of(draft, article), features))


def test_every_feature_has_a_weight_and_every_weight_a_feature() -> None:
    assert list(section("checking", "alignment")) == [*FEATURES, "bias"]
    assert list(section("checking", "agreement")) == [*FEATURES, *AGREEMENT, "bias"]
    assert list(section("checking", "contest")) == [*contest.EVERY, "bias"]
    accused = [*accusation.FEATURES, *accusation.RULES, "bias"]
    assert list(section("checking", "accused")) == accused
    assert list(section("checking", "sift")) == [*SIFTED, "bias"]
    assert list(section("checking", "sift_agreement")) == [*SIFTED, *AGREEMENT, "bias"]
    # Two figures of a kind, so that one is read without the other, too.
    pair = _pair(frame_of("It has 20 shops and 50 stores."), frame_of("It has 50 stores."))
    (pair,) = bound([pair], lambda term: 1.0)
    ((_, (pair,)),) = blanks.read([(pair.claim, [pair])])
    assert set(pair.features) == {*FEATURES, *JUDGED, *AGREEMENT}


def test_the_alignment_does_not_see_whether_the_numbers_agree() -> None:
    draft = frame_of("It has 512 stores.")
    right, wrong = (
        _pair(draft, frame_of("It has 512 stores.")),
        _pair(draft, frame_of("It has 9 shops.")),
    )
    assert right.agrees
    assert not wrong.agrees
    assert right.features["agrees"] == right.features["same_unit"] == 1.0
    assert wrong.features["agrees"] == 0.0
    bare = replace(right, features=right.features | dict.fromkeys(AGREEMENT, 0.0))
    assert scored(bare).aligned == right.aligned
    assert scored(bare).score < right.score


def test_the_more_digits_two_numbers_share_the_more_they_tell() -> None:
    one = frame_of("It has 50 stores.")
    assert same_digits(one, frame_of("It has 50,000 stores.")) == 0.25
    assert same_digits(frame_of("It has 51,234 stores."), frame_of("It has 51,234 homes.")) == 1.0
    assert same_digits(one, frame_of("It has 60 stores.")) == 0.0
    day = frame_of("It opened on 5 March 2023.")
    assert same_digits(day, frame_of("It opened on 5 March 2024.")) == 0.5
    assert same_digits(day, frame_of("It opened on 6 March 2023.")) == 0.0


def test_a_day_shares_either_end_of_an_interval_and_its_kind_with_an_hour() -> None:
    period = frame_of("Dates: 5 March 2023, 10:00 - 28 March 2023, 18:00")
    opened, closes = frame_of("It opened on 5 March 2023."), frame_of("It closes on 28 March.")
    assert same_digits(opened, period) == same_digits(closes, period) == 0.5
    assert same_digits(frame_of("It closes on 27 March."), period) == 0.0
    assert same_digits(frame_of("It closes at 6 p.m."), frame_of("10:00 - 18:00")) == 0.5
    assert same_digits(frame_of("In January 2023"), frame_of("January to March 2023")) == 0.0
    assert _pair(opened, period).features["same_unit"] == 1.0
    assert _pair(opened, period).features["role"] == 1.0
    assert _pair(closes, frame_of("It opened on 28 March.")).features["role"] == -1.0


def test_words_are_shared_within_a_language_alone() -> None:
    draft = frame_of("Acme sold fast cars 5 times.").statement
    article = frame_of("Acme built fast trains 5 times.").statement
    chinese = frame_of("安踏售出5辆汽车。", language="zh").statement

    def weight(term: str) -> float:
        return 3.0 if term == "fast" else 1.0

    held = frozenset({"fast"})
    terms = len(draft.terms)
    expected = 3.0 / (terms + 2)
    assert share_of_words(draft, article, held, weight) == pytest.approx(expected)
    assert share_of_words(draft, article, draft.terms, weight) == pytest.approx(1.0)
    assert share_of_words(draft, chinese, held, weight) == 0.0
