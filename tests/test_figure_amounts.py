"""Numbers that a verb beside them does not move, and how far two things are apart."""

from __future__ import annotations

import pytest

from kaoju.figures import find_figures
from kaoju.types import Direction, Relation

_LEVEL, _BY, _TO = Relation.LEVEL, Relation.BY, Relation.TO
_UP, _DOWN = Direction.UP, Direction.DOWN


@pytest.mark.parametrize(
    ("text", "relation", "direction"),
    [
        # lost, lent and raised: an amount; a price and a worth move
        ("It lost 310 million marks.", _LEVEL, None),
        ("It lost $310 million.", _LEVEL, None),
        ("It was $310 million in the red.", _LEVEL, None),
        ("公司亏损3.1亿元。", _LEVEL, None),
        ("公司赚了3.1亿元。", _LEVEL, None),
        ("The shares lost $3.", _BY, _DOWN),
        ("It lost $310 million in market value.", _BY, _DOWN),
        ("It lost 2 million users.", _BY, _DOWN),
        ("The fund advanced 9.6 billion yuan.", _LEVEL, None),
        ("Profit advanced 3 million yuan.", _BY, _UP),
        ("They picked up 25% of the bonds.", _LEVEL, None),
        ("Growth picked up 2%.", _BY, _UP),
        # so many more to come, and how many more there were
        ("The mill means to hire 1,500 more", _LEVEL, None),
        ("The mill will build 20 more homes", _LEVEL, None),
        ("The mill hired 300 more people than planned", _BY, _UP),
        ("The mill sold 300 more", _BY, _UP),
        # too few, more and fewer
        ("They built 5 jets short of plan.", _BY, _DOWN),
        ("The crop was 700,000 tonnes short of the forecast.", _BY, _DOWN),
        ("The island is short of 4,800 tappers.", _BY, _DOWN),
        ("Sales were short of 4,800 cars.", _LEVEL, None),
        ("He died 5 km short of the border.", _LEVEL, None),
        ("Attendances were short of 4,800 people.", _LEVEL, None),
        ("Visitors were short of 5,000 tourists.", _LEVEL, None),
        ("Traders sold 5,000 shares short.", _LEVEL, None),
        ("They sold 5,000 cars short of plan.", _BY, _DOWN),
        ("离计划还差5架。", _BY, _DOWN),
        ("比计划少5架。", _BY, _DOWN),
        ("全岛缺4800人。", _BY, _DOWN),
        ("离目标差2亿元。", _BY, _DOWN),
        ("离目标至少2亿元。", _LEVEL, None),
        ("全岛不缺4800人。", _LEVEL, None),
        ("两地相差5架。", _LEVEL, None),
        ("空缺160个岗位。", _LEVEL, None),
        ("男女工资还差16.8%。", _LEVEL, None),
        ("加盟费由5万元降为零。", _TO, _DOWN),
        ("It had 120 fewer jobs.", _BY, _DOWN),
        ("It had 27 million more users than Papaver.", _BY, _UP),
        ("They held 27 more people.", _LEVEL, None),
        ("Receipts beat forecasts by €9.4 billion.", _BY, _UP),
        ("Receipts missed forecasts by €9.4 billion.", _BY, _DOWN),
        ("Care missed its budget by £3.8m.", _LEVEL, None),
        ("洪峰超警戒水位4.14米。", _BY, _UP),
        ("目标砍到最多1.75亿欧元。", _TO, _DOWN),
        ("He beat the record by 3 seconds.", _LEVEL, None),
        ("The base closed, with 160 jobs going.", _BY, _DOWN),
        ("Guests saw 160 people going home.", _LEVEL, None),
        ("There are 200 jobs going at the plant.", _LEVEL, None),
        ("200 jobs are going at the plant.", _BY, _DOWN),
        ("200 jobs will go at the plant.", _BY, _DOWN),
        ("航空公司要砍掉五班。", _BY, _DOWN),
        ("航空公司要砍到五班。", _TO, _DOWN),
        # a verb further on moves something else
        ("It raised prices by 5.5% and cut jobs.", _BY, _UP),
        ("He turned out 40 canvases or more.", _LEVEL, None),
        ("Of the 4,960 bars weighed less than stated.", _LEVEL, None),
        ("A flat costs 5 yuan a month less.", _BY, _DOWN),
        # from whom, and from what
        ("央行从基金再拿到45亿美元。", _LEVEL, None),
        ("储户从银行提走8500万元。", _LEVEL, None),
        ("房价从5万元下降。", Relation.FROM, None),
        ("从银行借来3亿元，后来降息。", _LEVEL, None),
        # a verb with what it counts between it and the number
        ("今年增加员工500人。", _BY, _UP),
        ("新增店铺30家。", _BY, _UP),
        ("减少岗位200个。", _BY, _DOWN),
        ("店铺增至30家。", _TO, _UP),
        # an average, and the level of now, behind where to
        ("税率降到平均11%。", _TO, _DOWN),
        ("税率降至如今的11%。", _TO, _DOWN),
        ("税率平均降11%。", _BY, _DOWN),
        ("The tariff was cut to an average of 11%.", _TO, _DOWN),
        ("The tariff was cut by an average of 11%.", _BY, _DOWN),
        ("Fees go up to 5%.", _TO, _UP),
        # what is paid for a risk, or for insurance
        ("The term premium is 0.48 percentage points.", _LEVEL, None),
        ("The premium for a car was $480.", _LEVEL, None),
        ("Its premium rose 5%.", _BY, _UP),
        ("Fees go up by 5%.", _BY, _UP),
    ],
)
def test_a_number_is_an_amount_or_a_difference(
    text: str, relation: Relation, direction: Direction | None
) -> None:
    figure = find_figures(text)[-1]
    assert (figure.relation, figure.direction) == (relation, direction)


@pytest.mark.parametrize(
    "text",
    ["由去年收到300份增至500份。", "从获得300枚金牌增至500枚。", "从募集300元提高到500元。"],
)
def test_what_was_got_before_it_rose_is_the_level_before(text: str) -> None:
    before, after = find_figures(text)[-2:]
    assert (before.relation, after.relation) == (Relation.FROM, _TO)
