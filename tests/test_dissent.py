"""How surely two figures beside each other are two bodies' of one thing."""

from __future__ import annotations

import re

import pytest

from kaoju.dissent import LANGUAGES, cues, decides, dissent, least, outright, signs, sure, weights
from kaoju.figures import find_figures
from kaoju.frames import frame, statements
from kaoju.rival_figures import Rivals
from kaoju.text import has_han
from kaoju.types import EntityKind, Language, Mention, Span


def _rivals(text: str, one: str, other: str, body: str = "") -> Rivals:
    """Two figures of a text by what they are printed with; a body that it names is its own id."""
    language = Language.ZH if has_han(text) else Language.EN
    named = [
        Mention(Span(*m.span()), body, EntityKind.ORGANISATION, body, Language.EN, entity_id=body)
        for m in (re.finditer(body, text) if body else ())
    ]
    stated = statements(
        text, 0, find_figures(text), named, [], language=language, document_id="article"
    )
    frames = [frame(statement, figure) for statement in stated for figure in statement.figures]
    first, second = (next(f for f in frames if n in f.figure.surface) for n in (one, other))
    return Rivals.of(first, second)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (
            "The grid operator reported stocks at 41.5% of capacity on February 15. The Western Gas"
            " Observatory, which does not count the gas needed to keep up pressure, put the level"
            " on February 15 at 38.2%.",
            "41.5%",
            "38.2%",
        ),
        (
            "The port says it moved 4.93 million containers in 2025. Quayline, a consultancy that"
            " leaves out boxes shifted between terminals, puts Carrowmere's total for 2025 at 4.71"
            " million.",
            "4.93",
            "4.71",
        ),
        (
            "The museum counted 1.24 million visitors last year, it said. The city's tourist board,"
            " going by tickets scanned, reckons that only 1.1 million came.",
            "1.24",
            "1.1",
        ),
        ("市政府称，合并后每年可节省83亿克鲁恩。审计院的测算则是每年节省61亿克鲁恩。", "83", "61"),
        (
            "交易所称，二季度新开账户15.4万户。证券业协会同日公布的数字却是12.7万户。",
            "15.4",
            "12.7",
        ),
        (
            "教育部称，全国幼儿入托率已达41%。"
            "家庭研究会走访了2,400户家庭，得出的幼儿入托率只有29%。",
            "41%",
            "29%",
        ),
        ("水务局公布漏损率为12.4%。消费者协会抽查后算得的漏损率是17.8%。", "12.4%", "17.8%"),
    ],
)
def test_two_bodies_figures_of_one_thing_are_set_beside_each_other(
    text: str, one: str, other: str
) -> None:
    two = _rivals(text, one, other)
    assert dissent(two) >= sure(two.late)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        # two companies
        (
            "Calder Lines carried 890,000 passengers in the first half, and its rival Norden"
            " Ferries carried 635,000.",
            "890,000",
            "635,000",
        ),
        ("甲公司上半年售出128万部手机，乙公司售出86万部。", "128", "86"),
        # two periods
        (
            "Sales came to 52 million dollars in 2025, the company said. In 2024 they were 48"
            " million dollars.",
            "52",
            "48",
        ),
        ("据统计局，3月出口增长9.3%。2月出口增长7.1%。", "9.3%", "7.1%"),
        # a whole and its part
        (
            "The company has 4,200 employees. Of these 3,100 work at its main plant, the union"
            " said.",
            "4,200",
            "3,100",
        ),
        ("全市有幼儿园1240所，其中民办幼儿园860所。", "1240", "860"),
        # a forecast and a result
        (
            "The bank forecasts growth of 2.4% for the year. In the first quarter the economy grew"
            " 1.9%, the statistics office said.",
            "2.4%",
            "1.9%",
        ),
        # a plan that its own makers changed
        (
            "The council first planned 1,200 homes on the site. It now wants 900 homes there, it"
            " said on Monday.",
            "1,200",
            "900",
        ),
        ("市政府原定建1200套住房。市政府昨日宣布减为900套。", "1200", "900"),
    ],
)
def test_what_is_of_another_body_time_or_part_disputes_nothing(
    text: str, one: str, other: str
) -> None:
    two = _rivals(text, one, other)
    assert dissent(two) < least()
    assert not outright(two)


@pytest.mark.parametrize(
    ("text", "one", "other", "so"),
    [
        ("Orlen said it employed 300 people. Kraz said it employed 500.", "300", "500", False),
        ("奥伦公司称本公司有员工300人。克拉兹公司称该公司有员工500人。", "300", "500", False),
        ("Orlen said it counted 300 people. Kraz said it counted 500.", "300", "500", True),
        ("Orlen said 300 people were hurt. Kraz said 500 were.", "300", "500", True),
    ],
)
def test_what_each_of_two_bodies_says_of_itself_is_no_dispute(
    text: str, one: str, other: str, so: bool
) -> None:
    assert decides(_rivals(text, one, other), 0.99) is so


def test_what_one_body_says_twice_is_no_dispute() -> None:
    text = "Orlen said turnout was 60%. Orlen said it was 72% at the last election."
    told = _rivals(text, "60", "72", "Orlen")
    assert signs(told)["voices_same"]
    assert not decides(told, 0.99)


def test_a_forecast_is_no_dispute_of_a_result() -> None:
    two = _rivals("央行预计今年增长2.4%。统计局公布，一季度实际增长1.9%。", "2.4%", "1.9%")
    assert dissent(two) < sure(two.late)


def test_words_are_told_apart_by_where_they_stand() -> None:
    told = cues(_rivals("The board says it is 310 tonnes; growers say 450 tonnes.", "310", "450"))
    assert {"early the board", "late growers say"} <= told
    assert "late the board" not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sign_has_a_weight_and_words_are_few(language: str) -> None:
    text = (
        "公司称裁员640人，工会说780人。" if language == "zh" else "It says 640 jobs, not 780 jobs."
    )
    known = weights(language)
    told = signs(_rivals(text, "640", "780"))
    assert told.keys() <= known.keys()
    assert len(known.keys() - told.keys() - {"bias"}) <= 150
