"""What a figure is taken to speak of: its clause, measure, keys, period and speaker."""

from __future__ import annotations

from decimal import Decimal

import pytest

from drafting import frame_of
from kaoju.derived import derived
from kaoju.draft_comparison import compare
from kaoju.figures import find_figures
from kaoju.frames import Frame, Statement, digits_of, frame, statements
from kaoju.types import Agreement, Claim, Dimension, EntityKind, Language, Mention, Span


def _mention(text: str, name: str, kind: EntityKind = EntityKind.ORGANISATION) -> Mention:
    at = text.index(name)
    return Mention(Span(at, at + len(name)), name, kind, name, Language.UND, entity_id=name.lower())


def _statement(text: str, *mentions: Mention, speaker: str | None = None) -> Statement:
    claim = Claim(
        "c", "", "", Span(0, len(text)), text, attributed_to=speaker, attributed_id=speaker
    )
    (found,) = statements(
        text, 0, find_figures(text), mentions, [claim] if speaker else [], language=Language.EN
    )
    return found


def _frame(text: str, surface: str, *mentions: Mention, speaker: str | None = None) -> Frame:
    statement = _statement(text, *mentions, speaker=speaker)
    (figure,) = [f for f in statement.figures if f.surface == surface]
    return frame(statement, figure)


@pytest.mark.parametrize(
    ("text", "surface", "clause", "concept"),
    [
        ("营收120亿元，净利润15亿元。", "15亿元", "净利润 …", "net_profit"),
        ("营收120亿元，净利润15亿元。", "120亿元", "营收 …", "revenue"),
        (
            "Revenue was $3.4 billion, while net profit fell to $200 million.",
            "$200 million",
            "net profit fell to  … .",
            "net_profit",
        ),
        (
            "The 10-year yield rose to 4.2% and the 30-year yield to 4.8%.",
            "4.2%",
            "The 10-year yield rose to  …",
            "yield",
        ),
        ("Revenue reached $12,500,000.", "$12,500,000", "Revenue reached  … .", "revenue"),
    ],
)
def test_a_clause_ends_where_another_figure_of_its_kind_begins(
    text: str, surface: str, clause: str, concept: str
) -> None:
    found = _frame(text, surface)
    assert (found.clause, found.concept) == (clause, concept)


def test_a_clause_that_names_nothing_is_read_with_the_one_before_it() -> None:
    found = _frame("10年期国债收益率报4.1%，30年期报4.7%。", "4.7%")
    assert found.clause == "10年期国债收益率报4.1%，30年期报 …"
    assert (found.concept, found.concepts) == ("yield", frozenset())


def test_the_nearest_word_before_a_figure_says_what_it_measures() -> None:
    text = "The budget deficit and the debt of $40 billion"
    assert _frame(text, "$40 billion").concept == "debt"


@pytest.mark.parametrize(
    ("text", "surface", "concept"),
    [
        ("Acme earned $212 million in 2025 on revenue of $3.04 billion.", "$212 million", None),
        ("Acme earned $212 million on revenue of $3.04 billion.", "$3.04 billion", "revenue"),
        ("Acme had $3.04 billion in revenue.", "$3.04 billion", "revenue"),
        ("It could make 25 million doses a year at a price below $9.", "$9", "price"),
        ("It could make 25 million doses a year at a price below $9.", "25 million", None),
        ("It took in 2.36 billion yuan in fares.", "2.36 billion yuan", "revenue"),
        ("They paid $4 in fees.", "$4", "fee"),
    ],
)
def test_a_measure_that_leads_to_the_next_figure_is_that_ones(
    text: str, surface: str, concept: str | None
) -> None:
    assert _frame(text, surface).concept == concept


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Imports fell while the trade gap fell from $3.4bn in July to $2.7bn.", "trade_deficit"),
        ("Imports fell while the trade gap fell from $3.4bn, exports to $2.7bn.", "exports"),
    ],
)
def test_what_a_number_came_from_measures_the_same(text: str, concept: str) -> None:
    assert _frame(text, "$2.7bn").concept == concept


def test_a_measure_of_an_earlier_clause_is_not_of_another_kind_of_figure() -> None:
    text = "The price was $2,900 a tonne, and Acme had turned out 51,000 tonnes."
    assert frame_of(text, "Acme").concept is None
    text = "The price was $2,900 a tonne, and Acme paid $3,100."
    assert frame_of(text, "Acme").concept == "price"


def test_the_base_of_a_share_is_not_what_is_measured() -> None:
    found = _frame("The deficit was 6% of GDP.", "6%")
    assert found.concept == "fiscal_deficit"
    assert found.concepts == {"fiscal_deficit", "gdp"}


def test_a_word_inside_a_name_is_no_concept() -> None:
    text = "The Revenue Fund gained 3%."
    assert _frame(text, "3%").concept == "revenue"
    assert _frame(text, "3%", _mention(text, "Revenue Fund")).concept is None


def test_tenors_of_the_clause_are_keys_of_its_figure() -> None:
    text = "10年期国债收益率报4.1%，30年期报4.7%。"
    assert _frame(text, "4.1%").keys == {("tenor", "year", "10")}
    assert _frame(text, "4.7%").keys == {("tenor", "year", "30")}


def test_a_clause_without_a_key_has_the_last_one_before_it() -> None:
    text = "The 10-year yield was at 4.1%, and later rose to 4.3%."
    assert _frame(text, "4.3%").keys == {("tenor", "year", "10")}


def test_a_figure_holds_when_its_clause_says() -> None:
    text = "In 2023 the deficit was $9 billion, and in 2024 it was $12 billion."
    assert _frame(text, "$9 billion").period == "2023"
    assert _frame(text, "$12 billion").period == "2024"
    assert _frame("The deficit was $9 billion.", "$9 billion").period is None


def test_last_month_is_a_month_and_a_deadline_ends_on_the_eve() -> None:
    assert _frame("叠宝上月裁员60人。", "60").period == "XXXX-XX"
    assert _frame("It cut 60 jobs last quarter.", "60").period == "XXXX-QX"
    assert _frame("叠宝今年裁员60人。", "60").period == "XXXX"
    deadline = "No more than 4 tonnes may leave before July 2026."
    assert _frame(deadline, "4 tonnes").period == "2026-06-30"
    assert _frame("It was 54% full before May.", "54%").period == "XXXX-05"


def test_what_a_change_counts_from_is_no_period_of_it() -> None:
    assert _frame("The lumen is down 6.3% since January.", "6.3%").period is None
    assert _frame("They are insured for 400 dinars since May.", "400").period == "XXXX-05"
    assert _frame("Since January 300 cases were found.", "300").period is None
    assert _frame("It reached 300 cases since it began on July 21.", "300").period is None
    assert _frame("In January 300 cases were found.", "300").period == "XXXX-01"


def test_a_date_with_months_before_in_it_is_of_no_time_before() -> None:
    assert not _frame("今年前两个月出生3.3万人。", "3.3万").former
    assert _frame("今年出生3.3万人，去年为4.1万人。", "4.1万").former


def test_the_number_of_a_frame_is_without_its_period() -> None:
    found = _frame("In 2023 the deficit was $9 billion.", "$9 billion")
    assert found.number is not None
    assert (found.number.value, found.number.period) == (9_000_000_000, None)
    day = _frame("It opened on 5 March 2024.", "5 March 2024")
    assert day.number is day.figure


def test_a_figure_is_said_of_those_named_in_its_clause_before_it() -> None:
    text = "Acme sold 500 cars in Paris, and Bolt sold 700 cars in Rome."
    names = [
        _mention(text, "Acme"),
        _mention(text, "Paris", EntityKind.PLACE),
        _mention(text, "Bolt"),
        _mention(text, "Rome", EntityKind.PLACE),
    ]
    found = _frame(text, "700", *names)
    assert (found.own, found.agents) == ({"bolt", "rome"}, {"bolt"})
    assert found.kinds["paris"] is EntityKind.PLACE


def test_a_place_before_a_figure_is_no_agent() -> None:
    text = "In Paris 500 cars were sold."
    found = _frame(text, "500", _mention(text, "Paris", EntityKind.PLACE))
    assert (found.own, found.agents) == ({"paris"}, frozenset())


def test_who_says_it_is_not_whom_it_is_said_of() -> None:
    text = "Bessent said Acme sold 500 cars."
    names = [_mention(text, "Bessent", EntityKind.PERSON), _mention(text, "Acme")]
    found = _frame(text, "500", *names, speaker="bessent")
    assert (found.own, found.agents) == ({"acme"}, {"acme"})
    assert found.statement.speaker == "bessent"


@pytest.mark.parametrize(
    ("text", "surface", "denied"),
    [
        ("The yield isn't 5%.", "5%", True),
        ("通胀率不是3%，而是2.4%。", "3%", True),
        ("通胀率不是3%，而是2.4%。", "2.4%", False),
        ("Sales were not only 5% higher.", "5%", False),
        ("The yield was 5%, which was not high.", "5%", False),
        # A bound that is put as a denial is a bound and no denial.
        ("Inflation was not more than 5%.", "5%", False),
        ("Inflation does not exceed 5%.", "5%", False),
        ("通胀率不超过5%。", "5%", False),
        ("销售额未达到5亿元。", "5亿元", False),
        ("Inflation did not fall below 5%.", "5%", False),
        ("Inflation was not below 5%.", "5%", False),
        ("The yield did not reach 5%.", "5%", False),
        ("营收没有达到5亿元。", "5亿元", False),
    ],
)
def test_a_clause_denies_the_figure_that_it_says_is_not_so(
    text: str, surface: str, denied: bool
) -> None:
    assert _frame(text, surface).denied is denied


@pytest.mark.parametrize(
    ("text", "surface", "bound"),
    [
        ("股价尚未突破340元。", "340元", "at_most"),
        ("增速没能超过5%。", "5%", "at_most"),
        ("增速并未超过5%。", "5%", "at_most"),
        ("价格还没有跌破340元。", "340元", "at_least"),
        ("销量未能达到340辆。", "340", "under"),
        ("失业率仍未降到5%以下。", "5%", "over"),
        ("未来五年将超过340吨。", "340吨", "over"),
        ("未上市的超过340家。", "340", "over"),
        ("The index has not yet passed 340 points.", "340 points", "at_most"),
        ("It failed to exceed 340 tonnes.", "340 tonnes", "at_most"),
        ("Inflation did not fall below 5%.", "5%", "at_least"),
        ("They cannot charge more than 30 yuan.", "30 yuan", "at_most"),
        ("Output failed to reach 340 tonnes.", "340 tonnes", "under"),
        # A bound whose own words hold the denial is not turned once more.
        ("Inflation is still not under 5%.", "5%", "at_least"),
        ("Output is not over 340 tonnes.", "340 tonnes", "at_most"),
        ("It is over 340 tonnes.", "340 tonnes", "over"),
    ],
)
def test_a_denied_bound_is_compared_as_the_other_bound(text: str, surface: str, bound: str) -> None:
    number = _frame(text, surface).number
    assert number is not None
    assert number.qualifier == bound


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("120亿元", "12"),
        ("$1.2 billion", "12"),
        ("12,500元", "125"),
        ("twelve cars", "12"),
        ("0.05%", "5"),
        ("三成", "3"),
    ],
)
def test_the_digits_of_a_number_are_without_its_scale(text: str, digits: str) -> None:
    (figure,) = find_figures(text)
    assert digits_of(figure) == digits


def test_a_day_has_no_digits() -> None:
    (figure,) = find_figures("on 5 March 2024")
    assert figure.dimension is Dimension.DATE
    assert digits_of(figure) == ""


def test_what_was_named_before_a_sentence_is_around_it() -> None:
    text = "Acme was founded in Paris. It sold 500 cars. Bolt sold 700 cars."
    names = [_mention(text, "Acme"), _mention(text, "Bolt")]
    first, second = statements(
        text, 0, find_figures(text), names, [], language=Language.EN, titled=["title"]
    )
    assert first.around == {"title", "acme"}
    assert second.around == {"title", "acme"}
    assert [m.name for m in second.mentions] == ["Bolt"]


def test_spans_count_in_the_article_that_a_stretch_is_cut_from() -> None:
    article = "第一段没有数字。营收120亿元。"
    start = article.index("营收")
    figures = find_figures(article)
    (found,) = statements(article[start:], start, figures, [], [], language=Language.ZH)
    assert found.span.of(article) == found.text == "营收120亿元。"
    assert frame(found, figures[0]).clause == "营收 …"


def test_sentences_without_figures_are_kept_when_asked_for() -> None:
    text = "Acme is old. It sold 500 cars."
    figures = find_figures(text)
    every = statements(text, 0, figures, [], [], language=Language.EN, stating_only=False)
    assert [s.text for s in every] == ["Acme is old.", "It sold 500 cars."]


def _told(text: str) -> Statement:
    language = Language.EN if text.isascii() else Language.ZH
    (found,) = statements(text, 0, find_figures(text), [], [], language=language)
    return found


@pytest.mark.parametrize(
    ("text", "points", "direction", "surface"),
    [
        ("The margin widened from 17.9% to 21.4%.", "3.5", "up", "17.9% to 21.4%"),
        ("毛利率由17.9%升至21.4%。", "3.5", "up", "17.9%升至21.4%"),
        ("Its share fell from 12% to 7%.", "5", "down", "12% to 7%"),
    ],
)
def test_from_one_percent_to_another_is_so_many_points(
    text: str, points: str, direction: str, surface: str
) -> None:
    (found,) = derived(_told(text))
    assert found.figure.value == Decimal(points)
    assert (found.figure.unit, found.figure.direction) == ("percentage_point", direction)
    assert found.figure.surface == surface == found.figure.span.of(text)


@pytest.mark.parametrize(
    "text", ["The margin was 21.4%.", "Sales rose from 12 to 7 million.", "It rose 3% to 21.4%."]
)
def test_where_nothing_is_left_nothing_is_added(text: str) -> None:
    assert derived(_told(text)) == []


def test_points_are_right_and_percent_is_a_slip() -> None:
    (told,) = derived(_told("The margin widened from 17.9% to 21.4%."))
    points = _told("The margin widened by 3.5 percentage points.")
    percent = _told("The margin widened by 3.5%.")
    right = compare(frame(points, points.figures[0]), told)
    slip = compare(frame(percent, percent.figures[0]), told)
    assert right.relation is Agreement.SAME
    assert (slip.relation, slip.rule) == (Agreement.INCOMPARABLE, "percent_and_points")


def test_a_name_that_was_not_found_is_no_other_owner() -> None:
    text = "Acme's sales grew 13%, those of Bolt 21%."
    acme = Mention(
        Span(0, 4), "Acme", EntityKind.ORGANISATION, "Acme", Language.EN, entity_id="acme"
    )
    assert _frame(text, "13%", acme).own == {"acme"}
    assert _frame(text, "21%", acme).own == frozenset()
    assert _frame("Acme's sales grew 13%, those abroad 21%.", "21%", acme).own == {"acme"}
