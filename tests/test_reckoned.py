"""Numbers that a draft reckons from two that articles print."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from drafting import told
from kaoju.figures import find_figures
from kaoju.frames import Frame, frame, statements
from kaoju.reckoned import Source, reckoned
from kaoju.types import Language


def _sources(*articles: str, gap: float = 0.0, day: date | None = None) -> list[Source]:
    found = []
    for at, text in enumerate(articles):
        statement = told(text, article=f"a{at}", day=day).statement
        found.append(Source([frame(statement, f) for f in statement.figures], gap))
    return found


def _sentences(text: str) -> list[Source]:
    """The sentences of one article."""
    found = statements(text, 0, find_figures(text), [], [], language=Language.EN, document_id="a")
    return [Source([frame(s, f) for f in s.figures], 0.0) for s in found]


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
            "The number of empty homes rose by 44,000.",
            "Some 312,000 homes stood empty; in 2015 it had been 268,000.",
            "difference",
        ),
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
        (
            "Rice and maize together make up 74% of the harvest.",
            "Rice makes up 43% of the harvest and maize 31%.",
            "sum",
        ),
        (
            "Over seven-tenths of the harvest is rice and maize combined.",
            "Rice makes up 43% of the harvest and maize 31%.",
            "sum",
        ),
        ("公司其余34%的股份在别人手里。", "马氏家族持股66%。", "others"),
        (
            "All the pumps would cost 3.36 million dollars.",
            "The town wants 24 pumps at 140,000 dollars each.",
            "product",
        ),
        ("开工推迟了7个月。", "开工时间由2026年9月改到2027年4月。", "between"),
        (
            "The contract runs for two and a half years.",
            "The contract starts on 1 July 2026 and ends on 31 December 2028.",
            "between",
        ),
        ("The ferry won nine fewer orders.", "It won 21 orders against 30 orders.", "difference"),
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
        # A multiple that only rounds to it.
        ("东库的水是西库的两倍。", "东库蓄水9850万吨,西库蓄水6010万吨。"),
        # The smaller number hardly counts.
        ("他们合计投了29.5亿元。", "公司募资29.4亿元,每股26元。"),
        # Growths are neither put together nor set against each other.
        ("Sales of both together grew to 74%.", "Rice rose 43% and maize rose 31%."),
        ("Rice is 1.4 times maize.", "Rice rose 43% and maize rose 31%."),
        # Nothing says what one costs, or that all are meant.
        ("All the pumps would cost 3.36 million dollars.", "The 24 pumps got 140,000 dollars."),
        ("The mayor got 3.36 million dollars.", "It wants 24 pumps at 140,000 dollars each."),
        # A share of which no word says that it is what is left; other months.
        ("公司34%的股份已经质押。", "马氏家族持股66%。"),
        ("开工推迟了8个月。", "开工时间由2026年9月改到2027年4月。"),
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


@pytest.mark.parametrize(
    ("draft", "article", "told_so"),
    [
        ("Night water is half the price of day water.", "Water: 0.84 by day, 0.42 by night", True),
        ("Day water is half the price of night water.", "Water: 0.84 by day, 0.42 by night", False),
        ("Night water is half the price of day water.", "Water: 0.84 by day, 0.46 by night", False),
        (
            "学生票正好是成人票的一半。",
            "成人票 52 元,学生票 26 元,夜场票 78 元,家庭套票 140 元",
            True,
        ),
        (
            "家庭票正好是成人票的一半。",
            "成人票 52 元,学生票 26 元,夜场票 78 元,家庭套票 140 元",
            False,
        ),
    ],
)
def test_a_half_is_of_the_two_that_the_draft_names(draft: str, article: str, told_so: bool) -> None:
    assert bool(_sums(told(draft), article, fit=0.6)) is told_so


def test_a_sum_keeps_its_value_to_the_last_digit() -> None:
    (found,) = _sums(told("两家的分店差了127家。"), "甲公司有分店642家,乙公司有分店515家。")
    assert found.figure.value == Decimal(127)
    assert found.digits == "127"


@pytest.mark.parametrize(
    ("draft", "article", "rule"),
    [
        ("每队能分到1万元。", "学生赛道:前12名平分¥120,000奖池", "portion"),
        ("新人奖人均300美元。", "新人奖：30名参赛未满一年者瓜分$9,000", "portion"),
        (
            "Each newcomer gets $300 on average.",
            "Newcomer award: 30 entrants share $9,000",
            "portion",
        ),
        ("Each of them gets $300.", "30 entrants split $9,000 equally.", "portion"),
        (
            "The twelve third prizes come to $2,700.",
            "4 second prizes of $700; 12 third prizes of $225 + cap",
            "product",
        ),
        ("They get $10,000 between them.", "2 winners get $5,000 each.", "product"),
        # who shares need not get the same, others share it, and another number
        ("Each newcomer gets $300.", "Newcomer award: 30 entrants share $9,000", None),
        ("每人300美元。", "新人奖：30名参赛者瓜分$9,000", None),
        ("人均300美元。", "30名参赛者得奖，冠军得$2,000，其余瓜分$9,000", None),
        ("新人奖人均350美元。", "新人奖：30名参赛者瓜分$9,000", None),
        ("The twelve third prizes come to $2,800.", "12 third prizes of $225 + cap", None),
    ],
)
def test_what_each_gets_and_what_all_get(draft: str, article: str, rule: str | None) -> None:
    found = _sums(told(draft), article)
    assert [f.reckoned.rule for f in found if f.reckoned is not None] == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("draft", "articles", "rule"),
    [
        ("热水器还剩860台名额。", ("热水器限3,000台。", "热水器已用去2,140台。"), "difference"),
        (
            "Of the heaters 860 are left.",
            ("Heaters: at most 3,000.", "It gave 2,140."),
            "difference",
        ),
        ("国内航线占特价票的80%。", ("共放出6万张，其中国内航线4.8万张。",), "part"),
        # nothing is said to be left, and another part
        ("热水器补贴了860台。", ("热水器限3,000台。", "热水器已用去2,140台。"), None),
        ("热水器还剩760台名额。", ("热水器限3,000台。", "热水器已用去2,140台。"), None),
        ("国内航线占特价票的78%。", ("共放出6万张，其中国内航线4.8万张。",), None),
        ("国内航线增长80%。", ("共放出6万张，其中国内航线4.8万张。",), None),
    ],
)
def test_what_is_left_of_a_quota_and_what_part_is_one(
    draft: str, articles: tuple[str, ...], rule: str | None
) -> None:
    found = _sums(told(draft), *articles)
    assert [f.reckoned.rule for f in found if f.reckoned is not None] == ([rule] if rule else [])


def test_a_price_each_is_multiplied_by_the_number_in_the_sentence_before_it() -> None:
    text = "The town wants 24 pumps. They cost 140,000 dollars each. It has 31 boats."
    found = _sentences(text)
    claim = told("All the pumps would cost 3.36 million dollars.")
    assert len(reckoned(claim, found, lambda *_: 0.5)) == 1
    boats = told("All the boats would cost 4.34 million dollars.")
    assert not reckoned(boats, found, lambda *_: 0.5)


def test_two_figures_of_one_measure_may_stand_in_a_farther_passage() -> None:
    articles = ["The harbour had 285 berths in use.", "The harbour has 352 berths in use now."]
    claim = told("The harbour has 67 more berths in use.")
    assert _sums(claim, *articles, fit=0.4, gap=0.08)
    assert not _sums(claim, *articles, fit=0.2, gap=0.08)
    assert not _sums(claim, articles[0], "Some 352 berths lie idle.", fit=0.2, gap=0.08)


_PRIZES = "20 second prizes of $500 and 12 third prizes of $225 will be given."
_POOLS = (
    "A pool of $60,000 is shared equally by 30 winners in Rosa, and 40 winners share $20,000"
    " equally in Teal."
)


@pytest.mark.parametrize(
    ("draft", "article", "rule"),
    [
        ("The second prizes came to $10,000.", _PRIZES, "product"),
        ("The third prizes came to $2,700.", _PRIZES, "product"),
        ("The third prizes came to $4,500.", _PRIZES, None),
        ("The second prizes came to $6,000.", _PRIZES, None),
        ("The third prizes came to $10,000.", _PRIZES, None),
        ("Each winner in Teal gets $2,000.", _POOLS, None),
        ("All the shirts cost $800.", "It wants 40 shirts for 12 teams at $20 each.", "product"),
        ("All the pumps cost $3,360.", "A $5,000 loan buys 24 pumps at $140 each.", "product"),
        ("二等奖总共2万元。", "一等奖3名,每名5000元;二等奖10名,每名2000元。", "product"),
        ("二等奖总共6000元。", "一等奖3名,每名5000元;二等奖10名,每名2000元。", None),
        ("Each winner in Rosa gets $2,000.", _POOLS, "portion"),
        ("Each winner in Teal gets $500.", _POOLS, "portion"),
        ("Each winner in Rosa gets $1,500.", _POOLS, None),
    ],
)
def test_a_sum_crosses_no_pairs(draft: str, article: str, rule: str | None) -> None:
    rules = {f.reckoned.rule for f in _sums(told(draft), article) if f.reckoned is not None}
    assert rules == ({rule} if rule else set())


def test_what_each_of_its_own_makes_is_not_put_to_the_number_before() -> None:
    article = _sentences("It gives 20 second prizes. There are 12 third prizes of $225.")
    assert not reckoned(told("All of the prizes come to $4,500."), article, lambda *_: 0.5)
    article = _sentences("It gives 20 second prizes. Each is worth $225.")
    assert reckoned(told("All of the prizes come to $4,500."), article, lambda *_: 0.5)


def test_a_length_is_of_the_interval_that_the_draft_names() -> None:
    article = _sentences("Campaign Rosa: March 5 to March 28. Campaign Teal: April 1 to April 10.")
    assert reckoned(told("Campaign Rosa lasts 23 days."), article, lambda *_: 0.5)
    assert reckoned(told("Campaign Teal lasts 9 days."), article, lambda *_: 0.5)
    assert not reckoned(told("Campaign Rosa lasts 9 days."), article, lambda *_: 0.5)
