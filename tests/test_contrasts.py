"""What sets two figures against each other: men's and women's, core and all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafting import paired, told
from kaoju.alignment import Conflict
from kaoju.contrasts import Contrast, contrasted, listed_apart, of_two_sides, opposed, same_side
from kaoju.fitting import told_apart
from kaoju.lexicon import entries


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("Women earned 4,100 crowns.", "Men earned 4,100 crowns, women 3,600."),
        ("核心通胀率为2.6%。", "Inflation came to 2.6%."),
        ("The line has 8 million active users.", "该平台注册用户达800万。"),
        ("二手房成交量为9,200套。", "新建商品住房成交9,200套。"),
        ("Wind farms supplied 31% of the power.", "Solar plants supplied 31% of the power."),
        ("医院做了4,700台微创手术。", "手术量为4,700台，其中微创手术占一半。"),
        ("Passenger fares brought in $70 million.", "Sales were $70 million."),
        ("亚军每人得800元。", "Third prize: 800 yuan each"),
        ("The runners-up get $800.", "- 1st: $800"),
        ("Silver members get 3 points.", "金卡积3分"),
        ("二等奖800元。", "一、二、三等奖分别为800元、80元和8元"),
        ("The second prize is $800.", "First and second prizes are $800 and $80 respectively"),
        ("三等奖800元。", "一、二等奖均为800元"),
        ("The trading pool holds $9,000.", "Newcomers' pool: $9,000"),
        ("夜场每晚限900人。", "名额:日场每天900人,夜场每晚300人"),
        ("The metro pool is 70,000 yuan.", "公交奖池7万元,地铁奖池5万元"),
    ],
)
def test_what_is_said_of_one_side_or_of_the_whole_is_not_said_of_another(
    draft: str, article: str
) -> None:
    assert contrasted(told(draft), told(article, at=0))


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("Women earned 3,600 crowns.", "Men earned 4,100 crowns, women 3,600."),
        ("核心通胀率为2.6%。", "Core prices rose 2.6%."),
        ("Sales were 70 million dollars.", "Freight brought in 70 million dollars."),
        ("二手房平均成交周期为88天。", "二手房挂牌量为3万套，平均成交周期为88天。"),
        ("Manning the desks costs 3 million.", "The desks cost 3 million."),
        ("Men and women together were 900.", "There were 900 people."),
        ("Silver members get 3 points.", "银卡积3分"),
        ("Gold members get 3 points.", "铂金卡积5分，金卡积3分"),
        ("亚军每人得800元。", "Second prize: 800 yuan each"),
        ("三等奖8元。", "一、二、三等奖分别为800元、80元和8元"),
        ("二等奖800元。", "一至三等奖为800元起"),
        ("The second prize is $800.", "First, second and third prizes: $800 or more"),
        ("新手奖池共9,000元。", "Newcomers' pool: 9,000 yuan"),
        ("邀请人得3元。", "被邀请人得9元,邀请人得3元"),
        ("三等奖每人50元，二等奖每人400元，分别有90人和30人中奖。", "二等奖：30人"),
    ],
)
def test_what_the_article_says_of_the_draft_s_side_or_leaves_open_is_no_contrast(
    draft: str, article: str
) -> None:
    assert not contrasted(told(draft), told(article))


def test_who_invites_is_not_who_is_invited() -> None:
    line = "邀请人每邀1位得9元,被邀请人得3元"
    assert contrasted(told("邀请人得3元。"), told(line))
    assert not contrasted(told("邀请人得9元。"), told(line, at=-2))


def test_the_line_before_says_nothing_of_what_is_listed() -> None:
    draft = told("The trading pool holds $9,000.")
    article = told("Top 20: $9,000")
    before = replace(article.statement, before="Newcomers' pool: $5,000")
    assert not contrasted(draft, replace(article, statement=before))


def test_only_what_is_listed_is_surely_apart() -> None:
    assert listed_apart(told("亚军每人得800元。"), told("Third prize: 800 yuan each"))
    assert not listed_apart(told("亚军每人得800元。"), told("Second prize: 800 yuan each"))
    assert not listed_apart(told("Women earned 4,100 crowns."), told("Men earned 4,100 crowns."))


def test_a_title_says_of_what_side_an_article_is() -> None:
    draft = told("Wages rose 4.4%.")
    assert contrasted(draft, told("That was 4.4% more.", title="Unemployment rises"))
    assert not contrasted(draft, told("That was 4.4% more.", title="Wages rise"))


@pytest.mark.parametrize(
    ("draft", "article", "found"),
    [
        ("工程提前6个月完工。", "The works were 6 months late.", True),
        ("工程推迟6个月完工。", "The works were 6 months late.", False),
        ("The fund saw inflows of 3 billion.", "该基金净流出30亿。", True),
        ("The firm lost 3 billion.", "The firm made a profit of 3 billion.", True),
        ("缺口扩大至2%。", "缺口收窄至2%。", True),
        ("缺口扩大至2%。", "The gap widened to 2%.", False),
        ("52%的人不赞成。", "52% were against it.", False),
    ],
)
def test_early_and_late_deny_each_other(draft: str, article: str, found: bool) -> None:
    assert opposed(told(draft), told(article)) is found
    assert not contrasted(told(draft), told(article))


def test_a_clause_may_name_the_draft_s_side() -> None:
    article = "Men earned 4,100 crowns, women 3,600."
    draft = told("Women earned 4,100 crowns.")
    assert same_side(draft, told(article))
    assert not same_side(draft, told(article, at=0))
    assert of_two_sides(told(article), told(article, at=0))


def test_every_respect_has_two_sides_or_one_that_must_be_named() -> None:
    for entry in entries("contrasts", "contrast", ("on", "sides", "narrow")):
        assert len(entry["sides"]) > 1 or entry["narrow"] == [0], entry["on"]
        for side in entry["sides"]:
            assert side["zh"], entry["on"]
            assert side["en"], entry["on"]


@pytest.mark.parametrize(
    ("draft", "article", "found"),
    [
        ("The firm's sales reached 41 million euros.", "It made a profit of 41 million.", True),
        (
            "It had a profit of 41 million euros.",
            "On sales of 90 it had a profit of 41 million.",
            False,
        ),
        ("Across the country 34 tonnes were sold.", "全省卖出34吨。", True),
        ("一季度个人存款增加54亿元。", "存款增加54亿元，主要靠对公存款。", True),
        ("Peru produced 138 tonnes of it.", "Peru exported 138 tonnes of it.", True),
        ("现券日均成交7万亿元。", "质押式回购日均成交7万亿元。", True),
        # Other words of one side, or words that name none.
        ("外国基金买了43%。", "Foreign funds took 43% of it.", False),
        ("Older ships made up 43% of it.", "It was 43%.", False),
        ("不锈钢价格涨了4%。", "Stainless rose by 4%.", False),
        ("咖啡收成为40万吨。", "The arabica harvest was 40 tonnes.", False),
        ("96家门店要关。", "11 of its 96 shops will close.", False),
        ("After the emergency move it gained 4%.", "It gained 4%.", False),
    ],
)
def test_more_than_one_side_is_told_only_by_words_that_name_one(
    draft: str, article: str, found: bool
) -> None:
    assert (contrasted(told(draft), told(article)) is not None) is found


@pytest.mark.parametrize(
    ("draft", "article", "before", "how"),
    [
        ("Women earned 4,100 crowns.", "Men earned 4,100 crowns.", "", Contrast.SAID),
        ("Women earned 4,100 crowns.", "They earned 4,100 crowns.", "Men go first.", "around"),
        ("Core inflation came to 2.6%.", "Inflation came to 2.6%.", "", Contrast.UNSAID),
        ("Core inflation came to 2.6%.", "Core inflation came to 2.6%.", "", None),
    ],
)
def test_it_is_told_where_a_side_is_named(
    draft: str, article: str, before: str, how: Contrast | str | None
) -> None:
    evidence = told(article)
    evidence = replace(evidence, statement=replace(evidence.statement, before=before))
    expected = Contrast.AROUND if how == "around" else how
    assert contrasted(told(draft), evidence) is expected


@pytest.mark.parametrize(
    ("article", "before", "read", "apart"),
    [
        ("Men earned 4,100 crowns.", "", 0.9, True),
        ("They earned 4,100 crowns.", "Men go first.", 0.9, False),
        ("They earned 4,100 crowns.", "Men go first.", 0.1, True),
        ("They earned 4,300 crowns.", "Men go first.", 0.1, True),
        ("They earned 4,300 crowns.", "Men go first.", 0.9, False),
    ],
)
def test_what_only_stands_around_parts_no_figures_that_surely_answer_each_other(
    article: str, before: str, read: float, apart: bool
) -> None:
    evidence = told(article)
    evidence = replace(evidence, statement=replace(evidence.statement, before=before))
    pair = paired(told("Women earned 4,100 crowns."), evidence)
    (found,) = told_apart([replace(pair, features=pair.features | {"read": read})])
    assert (Conflict.MEASURE in found.conflicts) is apart


@pytest.mark.parametrize(
    ("article", "read", "apart"),
    [
        ("Inflation came to 2.6%.", 0.9, False),
        ("Inflation came to 2.6%.", 0.1, True),
        ("Inflation came to 2.9%.", 0.1, False),
        ("Inflation came to 2.9%.", -0.1, True),
    ],
)
def test_the_whole_is_no_other_thing_where_the_reader_has_no_doubt(
    article: str, read: float, apart: bool
) -> None:
    pair = paired(told("Core inflation came to 2.6%."), told(article))
    (found,) = told_apart([replace(pair, features=pair.features | {"read": read})])
    assert (Conflict.MEASURE in found.conflicts) is apart
