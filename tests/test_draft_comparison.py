"""Whether two numbers agree as a draft and an article state them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from drafting import frame_of, told
from kaoju.alignment import Conflict, conflicts_of
from kaoju.draft_comparison import bounds_cross, compare, could_pair
from kaoju.figures import find_figures
from kaoju.frames import frame
from kaoju.types import Agreement


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
        ("Guests keep up to 500 dollars.", "Guests keep up to 400 dollars.", "different", None),
        ("The minimum stake is 50 dollars.", "每笔最低20美元。", "different", "outside_bound"),
        ("The minimum stake is 20 dollars.", "每笔最低20美元。", "same", "equal"),
        ("流通量超过总量的两成。", "流通占18.5%。", "different", "outside_bound"),
        ("流通量不到总量的两成。", "流通占18.5%。", "compatible", "bound"),
    ],
)
def test_a_bound_holds_what_lies_on_its_side_and_near(
    draft: str, article: str, relation: str, rule: str | None
) -> None:
    found = compare(frame_of(draft), frame_of(article))
    assert found.relation == relation
    assert rule in (None, found.rule)


@pytest.mark.parametrize(
    ("draft", "article", "rule"),
    [
        ("19 million people live there.", "It has some 18.6 million people.", "rounding"),
        ("About 19 million people live there.", "It has some 18.6 million people.", "about"),
        ("Roughly 700 more teams came.", "742 more teams came.", "about"),
        ("18.6 million people live there.", "It has some 18.6 million people.", "about"),
        ("那里有1900万人。", "那里约有1860万人。", "rounding"),
        ("They shipped 24,000 cars.", "They shipped 24,310 cars.", "rounding"),
        ("成交配额2000万吨。", "成交配额1960万吨。", "rounding"),
        ("They shipped 3,000 cars.", "They shipped 2,950 cars.", "rounding"),
    ],
)
def test_a_plain_number_that_rounds_to_a_hedged_one_is_rounded(
    draft: str, article: str, rule: str
) -> None:
    found = compare(frame_of(draft), frame_of(article))
    assert (found.relation, found.rule) == (Agreement.COMPATIBLE, rule)


@pytest.mark.parametrize(
    ("draft", "article", "relation"),
    [
        ("Homes cost 13,650 yuan per square foot.", "均价为每平方米13,650元。", "different"),
        ("Homes cost 13,650 yuan per square metre.", "均价为每平方米13,650元。", "same"),
        ("Homes cost 13,650 yuan.", "均价为每平方米13,650元。", "same"),
    ],
)
def test_a_price_of_another_measure_is_another_price(
    draft: str, article: str, relation: str
) -> None:
    assert compare(frame_of(draft), frame_of(article)).relation == relation


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("They shipped 24,000 cars.", "They shipped 24,610 cars."),
        ("They have 300 ships.", "They have 297 ships."),
        ("They have roughly 700 ships.", "They have 648 ships."),
        ("They have roughly 500 ships.", "They have 545 ships."),
        ("They have roughly 740 ships.", "They have 792 ships."),
        ("They shipped 24,310 cars.", "They shipped 24,000 cars."),
        ("They shipped exactly 5,000 cars.", "They shipped 4,890 cars."),
        ("They shipped 5,000 cars exactly.", "They shipped 4,890 cars."),
        ("他们正好运出5000辆。", "They shipped 4,890 cars."),
        ("他们运出整整5000辆。", "They shipped 4,890 cars."),
        ("Gold was at $4,000 an ounce.", "Gold was at $3,905 an ounce."),
        ("每吨4000元。", "每吨3905元。"),
    ],
)
def test_a_number_that_does_not_round_is_another(draft: str, article: str) -> None:
    assert compare(frame_of(draft), frame_of(article)).relation is Agreement.DIFFERENT


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("They shipped 5,000 cars.", "They shipped 4,890 cars."),
        ("They knew exactly where 5,000 cars went.", "They shipped 4,890 cars."),
        ("Gold was at $3,910 an ounce.", "Gold was at $3,907.2 an ounce."),
    ],
)
def test_a_number_that_is_not_said_to_be_exact_may_be_rounded(draft: str, article: str) -> None:
    assert compare(frame_of(draft), frame_of(article)).relation is Agreement.COMPATIBLE


def test_more_barrels_are_counted_as_barrels_are_measured() -> None:
    claim = frame_of("They pumped 60 thousand more barrels a day.")
    told = frame_of("That was 60,000 barrels a day more.")
    assert could_pair(claim, told)
    assert compare(claim, told).relation in (Agreement.SAME, Agreement.COMPATIBLE)


def test_a_bound_that_is_kept_from_afar_says_nothing() -> None:
    found = compare(frame_of("It has at least 50 stores."), frame_of("It has 5,000 stores."))
    assert (found.relation, found.rule) != (Agreement.COMPATIBLE, "bound")


def test_over_a_round_number_and_the_number_are_one_way_of_speaking() -> None:
    loose = compare(
        frame_of("Debt is over 30 trillion yuan."), frame_of("Debt is 30 trillion yuan.")
    )
    assert (loose.relation, loose.rule) == (Agreement.COMPATIBLE, "about")
    tight = compare(
        frame_of("Debt is over 31.56 trillion yuan."), frame_of("Debt is 31.56 trillion yuan.")
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
    assert compare(frame_of(draft), frame_of(article)).relation == relation


def test_periods_of_numbers_are_left_to_the_conflicts() -> None:
    one = frame_of("Sales were $5 million in 2023.")
    one = frame(one.statement, one.statement.figures[0])
    other = frame_of("Sales were $5 million in 2024.")
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
    assert could_pair(frame_of(draft), frame_of(article)) is fits


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
    found = compare(frame_of(draft), frame_of(article))
    assert (found.relation, found.rule) == (relation, rule)


def test_a_difference_is_counted_in_the_drafts_unit() -> None:
    found = compare(frame_of("It weighs 2.0 tonnes."), frame_of("It weighs 2,500 kilograms."))
    assert found.relation is Agreement.DIFFERENT
    assert found.factor == Decimal("1.25")


@pytest.mark.parametrize(
    ("draft", "article", "agrees"),
    [
        ("It will earn $500 million.", "It will earn at least $520 million.", False),
        ("It will earn $540 million.", "It will earn at least $520 million.", True),
        ("It will earn $540 million.", "It will earn at most $520 million.", False),
        ("It has 19 million users.", "It has at least 19.3 million users.", True),
    ],
)
def test_a_plain_number_outside_the_articles_bound_is_another(
    draft: str, article: str, agrees: bool
) -> None:
    found = compare(frame_of(draft), frame_of(article)).relation
    assert (found in (Agreement.SAME, Agreement.COMPATIBLE)) is agrees


def test_money_of_another_country_is_not_the_drafts() -> None:
    article = frame_of("每月回购200亿索兰元的国债。", language="zh")
    assert compare(frame_of("It buys back 20 billion US dollars."), article).rule == "currency"
    assert compare(frame_of("It buys back 20 billion."), article).rule == "equal"


@pytest.mark.parametrize(
    ("draft", "article", "rule"),
    [
        ("Barley costs 1.96 yuan a kilogram.", "大麦现货每吨1960元。", "converted"),
        ("The ferry makes 98 trips a week.", "The ferry makes 14 trips a day.", "converted"),
        ("Two thirds of the homes are sold.", "Buyers have taken 66% of the homes.", "rounding"),
        ("It has grown for 14 months on end.", "It grew for a 14th month running.", "equal"),
        ("It has grown for 14 months on end.", "这项指标连续第14个月增长。", "equal"),
    ],
)
def test_what_is_said_by_another_measure_or_as_a_run_agrees(
    draft: str, article: str, rule: str
) -> None:
    claim, evidence = told(draft), told(article)
    assert could_pair(claim, evidence)
    found = compare(claim, evidence)
    assert (found.relation in (Agreement.SAME, Agreement.COMPATIBLE), found.rule) == (True, rule)


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("Barley costs 1.96 yuan a kilogram.", "Barley costs 1,690 yuan a tonne."),
        ("Two thirds of the homes are sold.", "Buyers have taken 64% of the homes."),
        ("It has grown for 14 months on end.", "It was the 14th month of the war."),
    ],
)
def test_what_only_looks_like_another_measure_does_not(draft: str, article: str) -> None:
    claim, evidence = told(draft), told(article)
    found = compare(claim, evidence)
    assert not (
        could_pair(claim, evidence) and found.relation in (Agreement.SAME, Agreement.COMPATIBLE)
    )


@pytest.mark.parametrize(
    ("draft", "article", "fits"),
    [
        ("货架上还剩37个。", "37%的顾客会再来。", False),
        ("Some 37% of shoppers come back.", "货架上还剩37个。", False),
        ("物价涨了3个多点。", "物价涨了3%。", True),
        ("每一百个学员里有37个再报名。", "The rate of return is 37%.", True),
        ("货架上还剩37个。", "There are 37 jars left.", True),
    ],
)
def test_so_many_things_are_no_share(draft: str, article: str, fits: bool) -> None:
    assert could_pair(frame_of(draft), frame_of(article)) is fits


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("Castrel got 6,000 new homes.", "The city completed 5,600 homes."),
        ("They sold 50 cars.", "They sold 49 cars."),
        ("They sold 3,000 cars.", "They sold 4,000 cars."),
        ("成交配额2000万吨。", "成交配额1940万吨。"),
    ],
)
def test_one_digit_with_noughts_is_no_rounding_of_what_is_further_off(
    draft: str, article: str
) -> None:
    found = compare(frame_of(draft), frame_of(article))
    assert (found.relation, found.rule) == (Agreement.DIFFERENT, "value")


def test_a_bare_number_has_the_unit_that_its_sentence_told_before() -> None:
    draft = frame_of("The wait was 28 days, not 42.")
    assert compare(draft, frame_of("交车周期原来是六周。")).rule == "equal"
    assert compare(draft, frame_of("交车周期原来是四周。")).relation is Agreement.DIFFERENT


@pytest.mark.parametrize(
    ("draft", "article", "relation"),
    [
        ("补贴将减掉一半。", "Subsidies would be halved.", "same"),
        ("Subsidies would be cut in half.", "补贴将减半。", "same"),
        ("补贴将减少三分之一。", "Subsidies would be halved.", "different"),
        ("补贴将增加一半。", "Subsidies would be halved.", "different"),
        ("Output rose by half.", "产量翻了一番。", "different"),
        ("It holds a half.", "It halved.", "incomparable"),
    ],
)
def test_a_part_that_was_taken_away_is_what_a_multiple_leaves(
    draft: str, article: str, relation: str
) -> None:
    assert compare(frame_of(draft), frame_of(article)).relation == relation


@pytest.mark.parametrize(
    ("draft", "article", "rule"),
    [
        ("You may transfer more than 200,000 yuan a day.", "转账限额:单日20万元", "excluded"),
        ("Transfers of more than 200,000 yuan are not made.", "转账限额:单日20万元", "about"),
        ("Members must be over 30.", "Members must be at least 18.", "far_bound"),
        ("Members must be over 18.", "Members must be at least 18.", "bound"),
    ],
)
def test_more_than_a_limit_and_a_higher_floor_agree_with_nothing(
    draft: str, article: str, rule: str
) -> None:
    assert compare(told(draft), told(article)).rule == rule
