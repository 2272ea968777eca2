"""The words that govern a figure, and the neighbour that they leave to another one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafting import frame_of
from kaoju.alignment import AGREEMENT, FEATURES, Conflict, Pair, conflicts_of
from kaoju.binding import bound, kinds_of, words_about
from kaoju.contest import rivals, standing, strongest, weighed
from kaoju.derived import derived
from kaoju.draft_comparison import compare
from kaoju.figures import find_figures
from kaoju.frames import Frame, Heard, frame, statements
from kaoju.types import EntityKind, Language, Mention, Span
from kaoju.word_likeness import KINDS


def frames_of(text: str, *names: str, title: str = "") -> list[Frame]:
    """The frames of all figures of a stretch of sentences; its names are organisations."""
    mentions = []
    for name in names:
        at = text.find(name)
        while at >= 0:
            span = Span(at, at + len(name))
            language = Language.EN if name.isascii() else Language.ZH
            mentions.append(
                Mention(span, name, EntityKind.ORGANISATION, name, language, entity_id=name)
            )
            at = text.find(name, span.end)
    figures = find_figures(text)
    found = statements(
        text, 0, figures, mentions, [], language=Language.ZH, title=title, document_id="a"
    )
    return [frame(s, f) for s in found for f in s.figures]


def near(framed: Frame, word: str) -> float:
    return max((w.near for w in words_about(framed) if w.printed == word), default=0.0)


def pairs_of(draft: Frame, article: list[Frame]) -> list[Pair]:
    flat = dict.fromkeys((*FEATURES, *AGREEMENT), 0.0)
    return [
        Pair(draft, told, compare(draft, told), conflicts_of(draft, told), flat) for told in article
    ]


def test_each_word_stands_nearest_to_the_figure_of_its_clause() -> None:
    men, women = frames_of("Among men the rate was 5.2%, among women 6.5%.")
    assert near(men, "men") > near(women, "men") > near(men, "women")
    assert near(women, "women") == near(men, "men") == 1.0
    assert near(women, "rate") > near(men, "women")  # left unsaid, and meant


def test_a_semicolon_parts_what_a_comma_carries_over() -> None:
    text = "青禾累计交付28.4万辆，完成全年目标的63%；岭北累计交付15.2万辆，完成全年目标的79%。"
    first, second = (f for f in frames_of(text) if f.figure.unit == "percent")
    assert near(first, "青禾") > near(second, "青禾")
    assert near(second, "岭北") > near(second, "青禾")


@pytest.mark.parametrize(
    ("text", "names", "whose"),
    [
        ("北区和南区分别接待52万人次和34万人次。", (), ("北区", "南区")),
        (
            "Calder and Westmoor opened 60 and 45 branches respectively.",
            ("Calder", "Westmoor"),
            ("calder", "westmoor"),
        ),
        (
            "Calder grew while Westmoor shrank, which leaves the former with 740 shops"
            " and the latter with 515 shops.",
            ("Calder", "Westmoor"),
            ("calder", "westmoor"),
        ),
    ],
)
def test_rows_give_each_figure_its_own_name(
    text: str, names: tuple[str, ...], whose: tuple[str, str]
) -> None:
    one, other = frames_of(text, *names)
    assert near(one, whose[0]) > near(one, whose[1])
    assert near(other, whose[1]) > near(other, whose[0])


def test_the_name_of_a_neighbour_speaks_against_a_figure() -> None:
    text = "Calder made 412 million euros. Westmoor made 198 million euros."
    article = frames_of(text, "Calder", "Westmoor")
    wrong = frame_of("Westmoor made 412 million euros.", "Westmoor")
    first, second = bound(pairs_of(wrong, article), lambda _: 1.0)
    assert Conflict.SUBJECT in first.conflicts
    assert not second.conflicts
    assert second.features["told"] > first.features["told"]
    assert second.features["lead"] > 0 > first.features["lead"]


def test_words_are_found_across_the_languages() -> None:
    article = frames_of("餐饮收入2870万元，住宿收入4420万元。")
    draft = frame_of("Catering income was 44.2 million yuan.")
    catering, lodging = bound(pairs_of(draft, article), lambda _: 1.0)
    assert catering.features["bound"] > lodging.features["bound"]


def test_a_figure_without_pairs_stays_without() -> None:
    assert bound([], lambda _: 1.0) == []


def test_the_figure_of_the_same_words_is_the_strongest_rival() -> None:
    text = "Average pay in industry was 2,840 euros and in services 2,310 euros."
    draft = frame_of("Pay in services was 2,840 euros on average.")
    agreeing, other = bound(pairs_of(draft, frames_of(text)), lambda _: 1.0)
    assert standing([agreeing]) is agreeing
    assert rivals(agreeing, [other]) == [other]
    found = strongest(agreeing, [other])
    assert found == (other, weighed(agreeing, other))
    right = frame_of("Pay in industry was 2,840 euros on average.")
    fair, beside = bound(pairs_of(right, frames_of(text)), lambda _: 1.0)
    assert weighed(fair, beside) > weighed(agreeing, other)


def test_one_telling_word_stands_nearer_to_the_figure_that_it_is_said_of() -> None:
    text = "The dong lost 2.9% against the dollar; the peso lost 1.3% against the dollar."
    draft = frame_of("The peso lost 2.9% against the dollar.")
    agreeing, other = bound(pairs_of(draft, frames_of(text)), lambda _: 1.0)
    assert agreeing.words is not None
    assert other.words is not None
    laid, row = agreeing.words
    sides = laid.sides(row, other.words[1])
    assert sides["head_there"] > sides["head_here"]
    assert sides["name_here"] == sides["name_there"] == 0.0
    swapped = laid.sides(other.words[1], row)
    assert swapped["head_here"] == pytest.approx(sides["head_there"])


@pytest.mark.parametrize(
    ("text", "names", "kinds"),
    [
        ("Acme sold 40 cars in Spain.", ("Acme",), {"sold": "head", "spain": "name"}),
        ("红碱市弃光率达12.9%。", (), {"红碱": "head", "达": "other"}),
        ("It sold 40 cars abroad.", (), {"abroad": "other"}),
    ],
)
def test_names_and_what_stands_first_are_told_among_the_words(
    text: str, names: tuple[str, ...], kinds: dict[str, str]
) -> None:
    framed = frame_of(text, *names, language="zh" if "市" in text else "en")
    words = words_about(framed)
    told = {w.term: KINDS[k] for w, k in zip(words, kinds_of(framed, words), strict=True)}
    assert {term: kind for term, kind in told.items() if term in kinds} == kinds


def test_a_figure_that_differs_in_nothing_has_no_rival() -> None:
    draft = frame_of("Pay in services was 2,840 euros on average.")
    (agreeing,) = bound(
        pairs_of(draft, frames_of("Pay in services was 2,840 euros.")), lambda _: 1.0
    )
    assert strongest(agreeing, [agreeing]) is None


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("Unemployment fell to 5.8% from 6.1%.", True),
        ("It made 198 million euros, compared with 254 million euros a year earlier.", True),
        ("The rate was 5.8%.", False),
        ("这一比例为4.8%，一年前为3.2%。", True),
        ("这一比例为4.8%。", False),
        ("低于上月的3.1%。", True),
    ],
)
def test_a_figure_of_a_time_before_is_told(text: str, former: bool) -> None:
    assert frame_of(text, language="en" if text.isascii() else "zh").former is former


def test_the_period_of_the_sentence_before_is_carried_on() -> None:
    text = (
        "In February 2026 inflation was 3.1%, down from 3.4% in January. Core inflation was 2.3%."
    )
    assert frames_of(text)[-1].statement.carried == "2026-02"
    titled = frames_of("Core inflation was 2.3%.", title="Prices in March 2026")
    assert titled[-1].statement.carried == "2026-03"


def test_the_word_that_the_draft_means_tells_a_figure_from_the_one_beside_it() -> None:
    (draft,) = frames_of("Farms take 40% of the water.")
    article = frames_of("农业用水占62%，工业用水占23%。")
    farming, industry = bound(pairs_of(draft, article), lambda term: 1.0)
    assert farming.words is not None
    assert industry.words is not None
    laid, row = farming.words
    assert laid.contrast(row, industry.words[1]) > 0 > laid.contrast(industry.words[1], row)


def test_a_name_heard_in_an_article_governs_the_figure_that_it_stands_beside() -> None:
    (draft,) = frames_of("In Beitang 310 flats were sold.")
    heard = Heard(Span(3, 10), frozenset({"北塘"}), frozenset({"a"}))
    draft = replace(draft, statement=replace(draft.statement, heard=(heard,)))
    article = frames_of("湖东区成交235套，北塘区成交310套。")
    lake, pond = bound(pairs_of(draft, article), lambda term: 1.0)
    assert pond.features["bound"] > lake.features["bound"]


def test_what_two_figures_say_together_stands_in_no_row() -> None:
    (first, *_) = frames_of("北区和南区的游客分别从1.2万人增加到1.9万人、从8000人增加到9500人。")
    (rise, *_) = derived(first.statement)
    assert not rise.printed
    assert words_about(rise)


def test_a_name_glossed_in_the_other_language_is_no_other_owner() -> None:
    text = "青坡乳业（Qingpo Dairy）预告利润增长11%。岭北乳业股价下跌5.8%；青坡乳业上涨2.2%。"
    glossed = [
        Mention(
            Span(at, at + len(name)),
            name,
            EntityKind.ORGANISATION,
            name,
            Language.EN if name.isascii() else Language.ZH,
            entity_id=entity,
        )
        for name, entity, at in (
            ("青坡乳业", "qingpo", 0),
            ("Qingpo Dairy", "qingpo", text.find("Qingpo")),
            ("岭北乳业", "lingbei", text.find("岭北")),
            ("青坡乳业", "qingpo", text.rfind("青坡")),
        )
    ]
    told = statements(
        text, 0, find_figures(text), glossed, [], language=Language.ZH, document_id="a"
    )
    article = [frame(s, f) for s in told for f in s.figures]
    (draft,) = frames_of("Qingpo's shares lost 2.2%.", "Qingpo")
    _, other, own = bound(pairs_of(draft, article), lambda term: 1.0)
    assert Conflict.SUBJECT not in own.conflicts
    assert Conflict.SUBJECT in other.conflicts


def test_a_time_before_a_figure_is_no_owner() -> None:
    (draft,) = frames_of("青禾交易所成交3260亿元。", "青禾交易所")
    for begins, another in (("全天", False), ("岭北交易所", True)):
        text = f"青禾交易所橡胶期货涨停，价格升至15270元。{begins}成交额3260亿元。"
        article = frames_of(text, "青禾交易所", "岭北交易所")
        (_, told) = bound(pairs_of(draft, article), lambda term: 1.0)
        assert (Conflict.SUBJECT in told.conflicts) is another
