"""Whether a number that reads as a change is an amount, and which way a difference goes."""

from __future__ import annotations

import pytest

from drafting import frame_of
from kaoju.agreement import agrees, apart
from kaoju.alignment import Pair
from kaoju.changes import way_of
from kaoju.draft_comparison import compare
from kaoju.types import Direction


def _agree(draft: str, article: str) -> bool:
    claim, evidence = frame_of(draft), frame_of(article)
    return agrees(Pair(claim, evidence, compare(claim, evidence), frozenset()))


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("The brewer lost 38 million kronor.", "The brewer made a loss of 38 million kronor."),
        ("The carrier lost $38m.", "航空公司净亏损3800万美元。"),
        ("The crew added 6,200 tonnes of sand.", "The crew dumped 6,200 tonnes of sand."),
        ("The repair ate up £470,000.", "The repair cost £470,000."),
        ("Prices dropped where a garage goes for $91,000.", "A garage goes for $91,000."),
        ("全县计划新增公租房六千套。", "全县公租房目标6000套。"),
        ("这家酒厂赔掉2.6亿元。", "The distiller lost 260 million yuan."),
        ("The mill gave up 47 posts.", "The mill shed 47 posts."),
        ("The mill will do away with 47 posts.", "The mill will cut 47 posts."),
        ("Jobs at the mill were down by 47.", "Job losses at the mill had reached 47."),
        ("The mill means to hire 47 more this year.", "工厂今年还要再招47人。"),
        ("工厂将裁减47个岗位。", "The mill closes and 47 posts are lost."),
        ("It ended the year 38 million marks in the red.", "It lost 38 million marks."),
        ("离计划还差5架。", "It was five jets short of plan."),
        ("航空公司要砍掉五班。", "The carrier is cutting five flights."),
        ("They will pay 3,500 yuan more.", "They face a surplus of 3,500 yuan."),
        ("The plant makes 5,300 tonnes more than it sells.", "工厂过剩5300吨。"),
    ],
)
def test_what_was_lost_or_added_is_an_amount(draft: str, article: str) -> None:
    assert _agree(draft, article)


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("Rent rose by $640.", "Rent is $640."),
        ("销量增加了5200台。", "销量为5200台。"),
        ("They will add 90 megawatts.", "They will grow to 90 megawatts."),
        ("It has 47 posts.", "It shed 47 posts."),
        ("Posts at the mill were down by 47.", "Posts at the mill had reached 47."),
        ("工厂有47个岗位。", "工厂裁减47个岗位。"),
        ("Profit fell by 38 million marks.", "It lost 38 million marks."),
        ("比计划多5架。", "It was five jets short of plan."),
        ("房租每月贵了640元。", "房租每月便宜了640元。"),
        ("The sea is 2.3 degrees colder than usual.", "海水温度比常年偏高2.3℃。"),
        ("Attendance rose by 350 people.", "观众少了350人。"),
    ],
)
def test_a_movement_is_no_level_and_has_its_way(draft: str, article: str) -> None:
    assert not _agree(draft, article)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("The ferry is 40 yuan dearer.", Direction.UP),
        ("船票低了40元。", Direction.DOWN),
        ("The ferry costs 40 yuan.", None),
        ("The ferry line lost about $12 million.", Direction.DOWN),
        ("The ferry line lost its way and $12 million.", None),
    ],
)
def test_the_word_beside_a_number_tells_its_way(text: str, way: Direction | None) -> None:
    assert way_of(frame_of(text)) is way


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("Nearly 30% of the boats stayed out.", "26% of the boats stayed out."),
        ("Zinc ended near $2,600 a tonne.", "Zinc ended at $2,612 a tonne."),
        ("Close to 84,000 people live there.", "84,000 people live there."),
        ("去年的收入刚过300亿元。", "去年收入312亿元。"),
        ("Not for nine months had it been so low.", "It was the lowest in nine months."),
        ("It will last thirty to forty years.", "它能用三四十年。"),
        ("水利厅把自家估算改高到2.4亿元。", "水利厅估算升至2.4亿元。"),
        ("占比从31%压到了17%。", "占比降至17%。"),
    ],
)
def test_a_hedge_is_kept_where_the_number_is_as_it_allows(draft: str, article: str) -> None:
    assert _agree(draft, article)


def test_nearly_is_not_far_below_nor_above() -> None:
    assert not _agree("Nearly 30% of the boats stayed out.", "21% of the boats stayed out.")
    assert not _agree("Nearly 2,600 people came.", "2,612 people came.")


@pytest.mark.parametrize(
    ("draft", "article", "rule"),
    [
        ("Shares gained 5.3% on Thursday, to 71.20 euros.", "They fell 5.3% to 71.20 euros.", None),
        ("Shares rose to 71.20 euros.", "Shares fell to 71.20 euros.", "direction"),
        ("Shares gained 5.3%.", "Shares fell 5.3%.", "direction"),
        ("Shares rose by 5.3%, to 71.20 euros.", "Shares fell to 71.20 euros.", "direction"),
        ("Orlen lost $12 million.", "Orlen gained $12 million.", "direction"),
        ("Orlen gained $12 million.", "Orlen lost $12 million.", "direction"),
        ("Orlen lost $12 million.", "Orlen had a loss of $12 million.", None),
        ("Prices went up by 5.5%.", "Acme raised prices by 5.5% and cut many jobs.", None),
        ("Prices went down by 5.5%.", "Acme raised prices by 5.5% and cut many jobs.", "direction"),
    ],
)
def test_which_way_it_went_is_told_of_the_change_and_not_of_the_level_beside_it(
    draft: str, article: str, rule: str | None
) -> None:
    assert apart(frame_of(draft), frame_of(article)) == rule


@pytest.mark.parametrize(
    ("draft", "article", "rule"),
    [
        ("They pay $4 a night rather than $5.", "每晚住宿税升至4美元，而不是5美元。", None),
        ("It took four weeks, not 42 days.", "周期已缩短到四周，原来是42天。", None),
        ("It took four weeks, not 42 days.", "The wait was cut from 42 days.", None),
        ("It took four weeks, not 42 days.", "The wait was 42 days.", "negation"),
        ("They pay $4 a night, not $5.", "每晚住宿税升至5美元。", "negation"),
        ("They pay $5 a night.", "每晚住宿税升至4美元，而不是5美元。", "negation"),
        ("They spent $30 million.", "It cost a lot, not counting $30 million.", None),
        ("It did not cost $30 million.", "It cost $30 million.", "negation"),
    ],
)
def test_a_number_put_aside_in_both_is_no_denial(
    draft: str, article: str, rule: str | None
) -> None:
    assert apart(frame_of(draft), frame_of(article)) == rule
