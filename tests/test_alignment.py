"""Whether two numbers agree as a draft and an article state them, and are of one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kaoju.alignment import (
    AGREEMENT,
    FEATURES,
    Conflict,
    Pair,
    alike,
    bounds_cross,
    compare,
    completed,
    conflicts_of,
    could_pair,
    days_of,
    features_of,
    periods_meet,
    same_digits,
    scored,
    share_of_words,
)
from kaoju.figures import find_figures
from kaoju.frames import Frame, frame, statements
from kaoju.lexicon import section
from kaoju.types import Agreement, EntityKind, Language, Mention, Span


def _frame(text: str, *names: str, day: date | None = None, language: str = "en") -> Frame:
    """The frame of the last figure of a sentence; its names are organisations."""
    mentions = []
    for name in names:
        span = Span(text.index(name), text.index(name) + len(name))
        mentions.append(
            Mention(span, name, EntityKind.ORGANISATION, name, Language(language), entity_id=name)
        )
    (statement,) = statements(
        text, 0, find_figures(text), mentions, [], language=Language(language), published_on=day
    )
    return frame(statement, statement.figures[-1])


# Numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draft", "article", "relation", "rule"),
    [
        ("It has at least 50 stores.", "It has at most 50 stores.", "different", "bound_crossed"),
        ("It has at most 50 stores.", "It has at least 50 stores.", "different", "bound_crossed"),
        ("It has at least 50 stores.", "It has at least 50 stores.", "same", "equal"),
        ("Profit exceeded $5 billion.", "Profit was $5.2 billion.", "compatible", "bound"),
        ("Profit exceeded $5 billion.", "Profit exceeded $5.8 billion.", "compatible", "bound"),
        ("Profit exceeded $6 billion.", "Profit exceeded $5 billion.", "different", None),
        ("Sales were under 7 million.", "Sales were 6 million.", "compatible", "bound"),
        ("Sales were under 6 million.", "Sales were 7 million.", "different", "outside_bound"),
        ("Profit exceeded $5 billion.", "Profit was $50 billion.", "different", "outside_bound"),
        ("销售额超过5亿元。", "销售额为5.6亿元。", "compatible", "bound"),
    ],
)
def test_a_bound_holds_what_lies_on_its_side_and_near(
    draft: str, article: str, relation: str, rule: str | None
) -> None:
    found = compare(_frame(draft), _frame(article))
    assert found.relation == relation
    assert rule in (None, found.rule)


def test_a_bound_that_is_kept_from_afar_says_nothing() -> None:
    found = compare(_frame("It has at least 50 stores."), _frame("It has 5,000 stores."))
    assert (found.relation, found.rule) != (Agreement.COMPATIBLE, "bound")


def test_over_a_round_number_and_the_number_are_one_way_of_speaking() -> None:
    loose = compare(_frame("Debt is over 30 trillion yuan."), _frame("Debt is 30 trillion yuan."))
    assert (loose.relation, loose.rule) == (Agreement.COMPATIBLE, "about")
    tight = compare(
        _frame("Debt is over 31.56 trillion yuan."), _frame("Debt is 31.56 trillion yuan.")
    )
    assert (tight.relation, tight.rule) == (Agreement.DIFFERENT, "excluded")


def test_bounds_cross_on_the_same_number_alone() -> None:
    (least,) = find_figures("at least 50 stores")
    (most,) = find_figures("at most 50 stores")
    (other,) = find_figures("at most 60 stores")
    assert bounds_cross(least, most)
    assert not bounds_cross(least, least)
    assert not bounds_cross(least, other)


@pytest.mark.parametrize(
    ("draft", "article", "relation"),
    [
        ("The rate is 25 basis points.", "The rate is 0.25%.", "same"),
        ("The rate rose by 2 percentage points.", "The rate rose by 2%.", "incomparable"),
        ("利率上升2个百分点。", "The rate rose by 2%.", "incomparable"),
        ("共有4,280套。", "It has 4,280 homes.", "same"),
        ("共有4,280套。", "It has 4,820 homes.", "different"),
        ("A couple pays 1.4 million.", "A couple pays 1.4 million yuan.", "same"),
        ("It costs $5 million.", "It costs 5 million euros.", "incomparable"),
    ],
)
def test_what_a_number_counts_may_be_named_otherwise_and_its_money_may_not(
    draft: str, article: str, relation: str
) -> None:
    assert compare(_frame(draft), _frame(article)).relation == relation


def test_periods_of_numbers_are_left_to_the_conflicts() -> None:
    one = _frame("Sales were $5 million in 2023.")
    one = frame(one.statement, one.statement.figures[0])
    other = _frame("Sales were $5 million in 2024.")
    other = frame(other.statement, other.statement.figures[0])
    assert compare(one, other).relation is Agreement.SAME
    assert conflicts_of(one, other) == {Conflict.PERIOD}


@pytest.mark.parametrize(
    ("draft", "article", "fits"),
    [
        ("It opened on 5 March 2024.", "It has 2024 stores.", False),
        ("It opened on 5 March 2024.", "It opened in 2023.", True),
        ("Sales rose 12%.", "Sales rose 12 percentage points.", True),
        ("It costs $12 million.", "It weighs 12 tonnes.", True),
        ("It costs $12 million.", "It weighs 13 tonnes.", False),
    ],
)
def test_figures_of_two_kinds_stand_for_each_other_by_their_digits_alone(
    draft: str, article: str, fits: bool
) -> None:
    assert could_pair(_frame(draft), _frame(article)) is fits


# Dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draft", "article", "relation", "rule"),
    [
        ("It opened on 5 March 2024.", "本店2024年3月5日开业。", "same", "equal"),
        ("It opened on March 5.", "It opened on 5 March 2024.", "same", "equal"),
        ("It opened on March 5.", "It opened on 5 March.", "same", "equal"),
        ("It opened on March 5.", "本店3月6日开业。", "different", "date"),
        ("It opened on 29 February.", "本店2月29日开业。", "same", "equal"),
        ("It opened in March 2024.", "It opened on 5 March 2024.", "compatible", "period_within"),
        ("It opened on 5 March 2024.", "It opened in March 2024.", "incomparable", "coarser"),
        ("It opened in 2023.", "It opened on 5 March 2024.", "different", "date"),
        ("It opened in the first quarter of 2024.", "It opened in May 2024.", "different", "date"),
    ],
)
def test_a_date_is_right_when_the_articles_lies_within_it(
    draft: str, article: str, relation: str, rule: str
) -> None:
    found = compare(_frame(draft), _frame(article))
    assert (found.relation, found.rule) == (relation, rule)


def test_a_day_without_a_year_is_of_the_year_of_the_article() -> None:
    assert completed("XXXX-03-05", "2024", date(2023, 3, 9)) == "2024-03-05"
    assert completed("XXXX-03-05", "2024-03", None) == "2024-03-05"
    assert completed("XXXX-03-05", "", date(2023, 3, 9)) == "2023-03-05"
    assert completed("XXXX-03-05", "2024-04-01", None) == "XXXX-03-05"
    assert completed("XXXX-03-05/XXXX-03-09", "", date(2023, 3, 9)) == "2023-03-05/2023-03-09"
    assert completed("2022-03-05", "2024", date(2023, 3, 9)) == "2022-03-05"


def test_periods_meet_when_one_lies_in_the_other_whatever_is_left_open() -> None:
    assert periods_meet("2024-03", "2024")
    assert periods_meet("XXXX-03-05", "2024-03-05")
    assert periods_meet("199X", "1997")
    assert not periods_meet("XXXX-03-05", "2024-03-06")
    assert not periods_meet("2023", "2024")
    assert not periods_meet("XXXX-03-05", "")


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-H1", date(2024, 1, 1), date(2024, 6, 30)),
        ("FY2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("2024-03-05T09:30", date(2024, 3, 5), date(2024, 3, 5)),
        ("2024-03/2024-05", date(2024, 3, 1), date(2024, 5, 31)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(period: str, first: date, last: date) -> None:
    assert days_of(period) == (first, last)


@pytest.mark.parametrize("period", ["XXXX-03-05", "2024-02-30", "2024-Q5", "", "0000", "P3M"])
def test_what_is_no_period_of_a_year_has_no_days(period: str) -> None:
    assert days_of(period) is None


# What speaks against a pair -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draft", "article", "conflicts"),
    [
        ("10年期国债收益率报4.1%。", "The 30-year yield rose to 4.1%.", {Conflict.KEY}),
        ("10年期国债收益率报4.1%。", "The 10-year yield rose to 4.1%.", set()),
        ("营收120亿元。", "Net profit was 12 billion yuan.", {Conflict.MEASURE}),
        ("营收120亿元。", "Revenue was 12 billion yuan.", set()),
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
    assert conflicts_of(_frame(draft), _frame(article)) == conflicts


def test_another_subject_of_its_kind_speaks_against_a_pair() -> None:
    draft = _frame("Acme sold 500 cars.", "Acme")
    assert conflicts_of(draft, _frame("Bolt sold 500 cars.", "Bolt")) == {Conflict.SUBJECT}
    assert conflicts_of(draft, _frame("Acme sold 500 cars.", "Acme")) == set()
    assert conflicts_of(draft, _frame("It sold 500 cars.")) == set()


def test_a_name_of_the_other_language_is_another_only_if_the_shelf_knows_both() -> None:
    draft = _frame("安踏售出500辆汽车。", "安踏", language="zh")
    article = _frame("Bolt sold 500 cars.", "Bolt")
    assert Conflict.SUBJECT not in conflicts_of(draft, article)
    known = replace(draft, statement=replace(draft.statement, bilingual=frozenset({"安踏"})))
    assert conflicts_of(known, article) == {Conflict.SUBJECT}


def test_an_article_of_an_earlier_day_states_no_later_period() -> None:
    draft = _frame("In March 2024 sales were $5 million.")
    before = _frame("Sales were $5 million.", day=date(2024, 2, 1))
    after = _frame("Sales were $5 million.", day=date(2024, 4, 2))
    undated = _frame("Sales were $5 million.")
    assert conflicts_of(draft, before) == {Conflict.PERIOD}
    assert conflicts_of(draft, after) == conflicts_of(draft, undated) == set()


def test_names_are_alike_when_one_begins_or_holds_the_other() -> None:
    assert alike("Bessent", "Scott Bessent")
    assert alike("中国人民银行", "中国银行")
    assert alike("Apple Inc", "APPLE")
    assert not alike("Apple", "Acme")
    assert not alike("", "Acme")


# Scores ---------------------------------------------------------------------------------------


def _pair(draft: Frame, article: Frame) -> Pair:
    comparison = compare(draft, article)
    features = features_of(draft, article, comparison, near=0.5, words=0.5, topic=0.5, company=None)
    return scored(Pair(draft, article, comparison, conflicts_of(draft, article), features))


def test_every_feature_has_a_weight_and_every_weight_a_feature() -> None:
    assert list(section("checking", "alignment")) == [*FEATURES, "bias"]
    assert list(section("checking", "agreement")) == [*FEATURES, *AGREEMENT, "bias"]
    pair = _pair(_frame("It has 50 stores."), _frame("It has 50 stores."))
    assert set(pair.features) == {*FEATURES, *AGREEMENT}


def test_the_alignment_does_not_see_whether_the_numbers_agree() -> None:
    draft = _frame("It has 512 stores.")
    right, wrong = (
        _pair(draft, _frame("It has 512 stores.")),
        _pair(draft, _frame("It has 9 shops.")),
    )
    assert right.agrees
    assert not wrong.agrees
    assert right.features["agrees"] == right.features["same_unit"] == 1.0
    assert wrong.features["agrees"] == 0.0
    bare = replace(right, features=right.features | dict.fromkeys(AGREEMENT, 0.0))
    assert scored(bare).aligned == right.aligned
    assert scored(bare).score < right.score


def test_the_more_digits_two_numbers_share_the_more_they_tell() -> None:
    one = _frame("It has 50 stores.")
    assert same_digits(one, _frame("It has 50,000 stores.")) == 0.25
    assert same_digits(_frame("It has 51,234 stores."), _frame("It has 51,234 homes.")) == 1.0
    assert same_digits(one, _frame("It has 60 stores.")) == 0.0
    day = _frame("It opened on 5 March 2023.")
    assert same_digits(day, _frame("It opened on 5 March 2024.")) == 0.5
    assert same_digits(day, _frame("It opened on 6 March 2023.")) == 0.0


def test_words_are_shared_within_a_language_alone() -> None:
    draft = _frame("Acme sold fast cars 5 times.").statement
    article = _frame("Acme built fast trains 5 times.").statement
    chinese = _frame("安踏售出5辆汽车。", language="zh").statement

    def weight(term: str) -> float:
        return 3.0 if term == "fast" else 1.0

    held = frozenset({"fast"})
    terms = len(draft.terms)
    expected = 3.0 / (terms + 2)
    assert share_of_words(draft, article, held, weight) == pytest.approx(expected)
    assert share_of_words(draft, article, draft.terms, weight) == pytest.approx(1.0)
    assert share_of_words(draft, chinese, held, weight) == 0.0


def test_a_difference_is_counted_in_the_drafts_unit() -> None:
    found = compare(_frame("It weighs 2.0 tonnes."), _frame("It weighs 2,500 kilograms."))
    assert found.relation is Agreement.DIFFERENT
    assert found.factor == Decimal("1.25")
