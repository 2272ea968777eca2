"""From what the articles state to one verdict, by pairs whose likeness is set by hand."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from drafting import DAY, LIKE, paired, told
from kaoju.agreement import apart, opposes
from kaoju.alignment import Conflict, Pair
from kaoju.comparison import rules
from kaoju.derived import summed
from kaoju.draft import read_draft
from kaoju.draft_comparison import compare
from kaoju.figures import find_figures
from kaoju.fitting import contradicted
from kaoju.frames import Frame, frame, statements
from kaoju.judgement import Decided
from kaoju.lexicon import load
from kaoju.likeness import same_digits
from kaoju.text import FoldedText
from kaoju.types import (
    Claim,
    Dimension,
    Document,
    Language,
    Relation,
    Span,
    Status,
    Verdict,
)
from kaoju.verdict_wording import difference_of, worded
from kaoju.verdicts import decide

SURE, UNSURE = 0.97, 0.001
SPRING, AUTUMN = date(2025, 3, 1), date(2025, 11, 20)


def _frame(
    text: str,
    *,
    at: int = -1,
    article: str = "",
    day: date | None = None,
    speaker: str | None = None,
) -> Frame:
    """The frame of one figure of a sentence, by its place among them."""
    claim = Claim(
        "c", "", article, Span(0, len(text)), text, attributed_to=speaker, attributed_id=speaker
    )
    (statement,) = statements(
        text,
        0,
        find_figures(text),
        [],
        [claim],
        language=Language.EN,
        document_id=article,
        title=article,
        published_on=day,
    )
    return frame(statement, statement.figures[at])


def _pair(
    claim: Frame,
    text: str,
    *,
    sure: float = SURE,
    article: str = "a",
    day: date | None = AUTUMN,
    speaker: str | None = None,
    at: int = -1,
    conflicts: frozenset[Conflict] = frozenset(),
) -> Pair:
    evidence = _frame(text, at=at, article=article, day=day, speaker=speaker)
    return Pair(
        claim,
        evidence,
        compare(claim, evidence),
        conflicts,
        {"digits": same_digits(claim, evidence)} | LIKE,
        aligned=sure,
        score=sure,
    )


def _decided(draft: str, *articles: str) -> tuple[Status, str]:
    claim = _frame(draft)
    found = decide(claim, [_pair(claim, text) for text in articles])
    return found.status, found.rule


@pytest.mark.parametrize(
    ("draft", "article", "status", "rule"),
    [
        ("Sales were $512 million.", "Sales were $512 million.", Status.SUPPORTED, "equal"),
        ("销售额为5.12亿美元。", "Sales were $512 million.", Status.SUPPORTED, "equal"),
        (
            "Sales were $5.1 billion.",
            "Sales were $5.12 billion.",
            Status.SUPPORTED_ROUNDED,
            "rounding",
        ),
        ("Sales were $612 million.", "Sales were $512 million.", Status.CONTRADICTED, "value"),
        ("Sales were $512 billion.", "Sales were $512 million.", Status.CONTRADICTED, "value"),
        ("Sales were €512 million.", "Sales were $512 million.", Status.CONTRADICTED, "currency"),
        ("Sales fell by 12%.", "Sales rose by 12%.", Status.CONTRADICTED, "direction"),
        (
            "The rate rose by 2.5%.",
            "The rate rose by 2.5 percentage points.",
            Status.CONTRADICTED,
            "percent_and_points",
        ),
        (
            "The yield did not reach 4.8%.",
            "The yield reached 4.8%.",
            Status.CONTRADICTED,
            "excluded",
        ),
        (
            "It has at least 50 stores.",
            "It has at most 50 stores.",
            Status.CONTRADICTED,
            "bound_crossed",
        ),
        (
            "It opened on 5 March 2024.",
            "It opened on 9 March 2024.",
            Status.CONTRADICTED,
            "date",
        ),
        ("It opened on 5 March 2024.", "It opened in 2024.", Status.NOT_FOUND, "no_evidence"),
    ],
)
def test_a_figure_of_the_same_thing_decides(
    draft: str, article: str, status: Status, rule: str
) -> None:
    assert _decided(draft, article) == (status, rule)


def test_without_a_figure_of_the_same_thing_nothing_is_found() -> None:
    claim = _frame("Sales were $512 million.")
    assert decide(claim, []).status is Status.NOT_FOUND
    unlike = [_pair(claim, "Sales were $900 million.", sure=UNSURE)]
    assert decide(claim, unlike) == Decided(claim, Status.NOT_FOUND, "no_evidence")


def test_an_unlike_figure_with_the_same_number_supports_nothing() -> None:
    claim = _frame("Sales were $512 million.")
    assert decide(claim, [_pair(claim, "Debt is $512 million.", sure=UNSURE)]).pairs == ()


@pytest.mark.parametrize("conflict", list(Conflict))
def test_the_same_number_of_something_else_needs_context(conflict: Conflict) -> None:
    claim = _frame("Sales were $512 million.")
    pair = _pair(claim, "Sales were $512 million.", conflicts=frozenset({conflict}))
    found = decide(claim, [pair])
    assert (found.status, found.rule) == (Status.NEEDS_CONTEXT, str(conflict))
    assert found.pairs == (pair,)


def test_another_number_of_something_else_contradicts_nothing() -> None:
    claim = _frame("Sales were $512 million.")
    pair = _pair(claim, "Sales were $600 million.", conflicts=frozenset({Conflict.SUBJECT}))
    assert decide(claim, [pair]).status is Status.NOT_FOUND


def test_the_right_number_in_another_mouth_needs_context() -> None:
    claim = _frame("Miran said sales were $512 million.", speaker="Miran")
    pair = _pair(claim, "Bessent said sales were $512 million.", speaker="Bessent")
    found = decide(claim, [pair])
    assert (found.status, found.rule) == (Status.NEEDS_CONTEXT, "speaker")
    own = _pair(claim, "Miran put sales at $512 million.", speaker="Miran", article="b")
    assert decide(claim, [own, pair]).status is Status.SUPPORTED


def test_a_level_that_something_fell_from_is_outdated() -> None:
    claim = _frame("The price is $298.6.")
    pair = _pair(claim, "The price fell from $298.6 to $251.2.", at=0)
    found = decide(claim, [pair])
    assert (found.status, found.rule) == (Status.OUTDATED, "newer_figure")
    assert found.newer is not None
    assert found.newer.evidence.figure.surface == "$251.2"
    dated = _frame("In 2020 the price was $298.6.")
    assert decide(dated, [_pair(dated, "It fell from $298.6 to $251.2.", at=0)]).status is (
        Status.SUPPORTED
    )


def test_whoever_states_the_newer_figure_is_up_to_date() -> None:
    current = _frame("The debt is $634 million.")
    old = _pair(current, "The debt is $512 million.", day=SPRING, article="old")
    new = _pair(current, "The debt is $634 million.", day=AUTUMN, article="new")
    assert decide(current, [new, old]).status is Status.SUPPORTED


def test_two_articles_of_one_day_that_differ_are_in_conflict() -> None:
    claim = _frame("The debt is $512 million.")
    one = _pair(claim, "The debt is $512 million.", article="one")
    other = _pair(claim, "The debt is $634 million.", article="other")
    found = decide(claim, [one, other])
    assert (found.status, found.rule) == (Status.CONFLICTING_SOURCES, "sources_disagree")
    assert (found.pairs, found.newer) == ((one, other), other)


def test_the_writers_own_opinion_is_not_checked_unless_it_is_a_report() -> None:
    claim = _frame("I think inflation will hit 9%.")
    assert decide(claim, []) == Decided(claim, Status.NOT_CHECKABLE, "opinion")
    told = decide(claim, [_pair(claim, "Inflation will hit 9%.")])
    assert told.status is Status.SUPPORTED
    quoted = _frame("“I think inflation will hit 9%,” Miran said.", speaker="Miran")
    assert decide(quoted, []).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    "draft",
    [
        "Xi thinks inflation will hit 9%.",
        "Modi believes inflation will hit 9%.",
        "值得注意的是，通胀率为9%。",
        "增速为9%，是十年来最好水平。",
    ],
)
def test_what_only_looks_like_an_opinion_is_checked(draft: str) -> None:
    assert decide(_frame(draft), []).status is Status.NOT_FOUND


def test_a_vague_number_without_evidence_is_not_checkable() -> None:
    claim = _frame("It has dozens of stores.")
    assert decide(claim, []) == Decided(claim, Status.NOT_CHECKABLE, "vague")


@pytest.mark.parametrize(
    "draft", ["It opens today.", "今天开业。", "本月开业。", "It opened this year."]
)
def test_a_day_that_is_told_by_the_day_of_writing_opposes_nothing(draft: str) -> None:
    figures = find_figures(draft, reference_date=AUTUMN)
    (statement,) = statements(draft, 0, figures, [], [], language=Language.UND)
    pair = _pair(frame(statement, figures[0]), "It opened on 9 March 2024.")
    assert not pair.agrees
    assert not opposes(pair)


def test_a_figure_that_the_draft_states_beside_opposes_nothing() -> None:
    claim = _frame("Sales were $612 million.")
    pair = _pair(claim, "Sales were $512 million.")
    assert opposes(pair)
    assert not opposes(replace(pair, taken=True))


def test_a_count_of_one_digit_is_no_slip_of_another_thing() -> None:
    assert not opposes(_pair(_frame("It has 5 stores."), "Sales were $5."))
    assert opposes(_pair(_frame("It has 512 stores."), "Sales were $512."))


@pytest.mark.parametrize(
    ("draft", "article", "rule"),
    [
        ("Sales rose by 12%.", "Sales rose by 12%.", None),
        ("Sales fell by 12%.", "Sales rose by 12%.", "direction"),
        ("Sales rose to $12 million.", "Sales rose by $12 million.", "level_and_change"),
        ("Sales were not $12 million.", "Sales reached $12 million.", "negation"),
        ("It opened on 5 March.", "It opened on 5 March.", None),
    ],
)
def test_equal_numbers_are_told_apart_by_how_they_move(
    draft: str, article: str, rule: str | None
) -> None:
    assert apart(_frame(draft), _frame(article)) == rule


@pytest.mark.parametrize(
    ("draft", "article", "slip", "factor"),
    [
        ("Sales were $512 billion.", "Sales were $512 million.", "power_of_ten", "0.001"),
        ("Sales were $512 million.", "Sales were $521 million.", "digits_swapped", None),
        ("Sales were $512 million.", "Sales were $572 million.", "one_digit", None),
        ("Sales were €512 million.", "Sales were $512 million.", "currency", None),
        ("Sales fell by 12%.", "Sales rose by 12%.", "direction", None),
        (
            "The rate rose by 2.5%.",
            "The rate rose by 2.5 percentage points.",
            "percent_for_point",
            None,
        ),
        ("Sales were $512 million.", "Sales were $987 million.", None, None),
    ],
)
def test_a_difference_names_the_slip_it_looks_like(
    draft: str, article: str, slip: str | None, factor: str | None
) -> None:
    claim = _frame(draft)
    found = difference_of(claim.figure, _pair(claim, article))
    assert found is not None
    assert found.slip == slip
    if factor is not None:
        assert found.factor == Decimal(factor)


def test_days_have_no_difference() -> None:
    claim = _frame("It opened on 5 March 2024.")
    assert difference_of(claim.figure, _pair(claim, "It opened on 9 March 2024.")) is None


# Wording --------------------------------------------------------------------------------------


def _worded(draft: str, *articles: tuple[str, str]) -> Verdict:
    claim = _frame(draft)
    pairs = [_pair(claim, text, article=name) for name, text in articles]
    documents = {
        name: Document(name, "v1", text, name, name, "text/plain", Language.EN)
        for name, text in articles
    }
    return worded(decide(claim, pairs), documents, FoldedText(draft, draft))


def test_an_explanation_quotes_what_the_articles_print() -> None:
    told = _worded("Sales were $612 million.", ("a", "Sales were $512 million."))
    assert told.explanation == (
        "The articles say “$512 million”, not “$612 million” (“a”, 2025-11-20)."
        " Only one digit differs."
    )
    (quote,) = told.evidence
    assert (quote.document_id, quote.quote) == ("a", "Sales were $512 million.")


def test_evidence_of_the_other_language_is_given_in_the_drafts_own_as_well() -> None:
    told = _worded("销售额为5.12亿美元。", ("a", "Sales were $512 million."))
    assert told.explanation == "与文章一致：“$512 million” (5.12亿美元)（《a》，2025-11-20）。"


def test_what_something_fell_to_is_not_what_it_fell_from() -> None:
    told = _worded("The price fell to $298.6.", ("a", "The price fell from $298.6."))
    assert (told.status, told.rule) == (Status.CONTRADICTED, "from_and_to")
    assert told.explanation == (
        "Of the articles' “$298.6” and the draft's “$298.6” one stood before the change and the"
        " other after it (“a”, 2025-11-20)."
    )


def test_a_sentence_is_quoted_once_however_many_of_its_figures_decide() -> None:
    draft = "Sales were $512 million."
    article = "Sales were $512 million, and $512 million again."
    claim = _frame(draft)
    pairs = [_pair(claim, article, at=0), _pair(claim, article, at=1)]
    documents = {"a": Document("a", "v1", article, "a", "a", "text/plain", Language.EN)}
    told = worded(decide(claim, pairs), documents, FoldedText(draft, draft))
    assert len(told.evidence) == len(told.stated) == 1


STATUSES = {str(status) for status in Status}
OWN_RULES = {  # rules of a verdict beside those of comparing two numbers
    *("newer_figure", "sources_disagree", "speaker", "no_evidence", "vague", "opinion"),
    *("relative_date", "unanswered", "unsure"),
    *("reckoned", "converted"),
    *("negation", "opposite", "bound_crossed", "date"),
    *map(str, Conflict),
}
GIVEN = {
    "not_found": set[str](),
    "not_checkable": set[str](),
    "outdated": {"claim", "found", "title", "day", "newer", "newer_day"},
    "conflicting_sources": {"claim", "found", "title", "day", "newer", "newer_day"},
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_status_has_wording_that_asks_for_what_is_known(language: str) -> None:
    told = load("checking")["explanations"][language]
    assert set(told) >= STATUSES
    for key, text in told.items():
        status, _, rule = key.partition(".")
        known = set(GIVEN.get(status, {"claim", "found", "title", "day"}))
        if rule == "speaker":
            known.add("speaker")
        if rule == "unanswered":
            known.add("missing")
        asked = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        assert asked <= known, key


def test_wording_is_of_rules_that_there_are_and_alike_in_both_languages() -> None:
    told = load("checking")["explanations"]
    assert set(told["zh"]) == set(told["en"])
    named = {key.partition(".")[2] for key in told["en"]} - {""}
    assert named <= OWN_RULES | set(rules())
    assert {f"needs_context.{conflict}" for conflict in Conflict} <= set(told["en"])


def test_a_number_that_two_printed_ones_make_is_supported_and_told_as_computed() -> None:
    claim = told("Selwick owes 46 million dollars less than Northmoor.")
    article = "Northmoor owes 231 million dollars and Selwick 185 million dollars."
    one, other = told(article, at=0, article="a"), told(article, at=1, article="a")
    sum_ = summed(
        other,
        one,
        rule="difference",
        asked=True,
        value=Decimal(46_000_000),
        unit="USD",
        dimension=Dimension.MONEY,
        relation=Relation.LEVEL,
        direction=None,
    )
    printed = paired(claim, other, sure=0.6)
    decided = decide(claim, [printed, paired(claim, sum_)])
    assert (decided.status, decided.rule) == (Status.SUPPORTED, "reckoned")
    document = Document("a", "1", article, "Debts", "a", "text/plain", Language.EN)
    verdict = worded(decided, {"a": document}, read_draft(claim.statement.text))
    assert verdict.evidence[0].quote == article
    for said in ("computed", "“231 million dollars”", "“185 million dollars”"):
        assert said in verdict.explanation
    # An article that prints the number of something else leaves no room for a sum.
    elsewhere = told("Weston owes 46 million dollars.", article="a")
    named = paired(claim, elsewhere, conflicts=frozenset({Conflict.SUBJECT}))
    assert decide(claim, [named, paired(claim, sum_)]).status is not Status.SUPPORTED


def test_what_is_printed_and_rounds_to_a_draft_s_number_comes_before_a_sum() -> None:
    claim = told("Tolls brought in about 1.2 billion dollars.")
    article = "A budget of 38 billion dollars leaves 3.1% to the roads."
    whole, part = told(article, at=0, article="a"), told(article, at=1, article="a")
    sum_ = summed(
        whole,
        part,
        rule="share",
        asked=True,
        value=Decimal(1_178_000_000),
        unit="USD",
        dimension=Dimension.MONEY,
        relation=Relation.LEVEL,
        direction=None,
    )
    sums = paired(claim, sum_, sure=0.6)
    tolls = told("Tolls brought in 1.24 billion dollars.", article="b")
    decided = decide(claim, [paired(claim, tolls), sums])
    assert (decided.status, decided.rule) == (Status.SUPPORTED, "about")
    assert decided.pairs[0].evidence.statement.document_id == "b"
    far = paired(claim, told("Fines brought in 1.24 billion dollars.", article="b"), sure=0.1)
    assert decide(claim, [far, sums]).rule == "reckoned"


def test_every_sum_has_wording_in_both_languages() -> None:
    sums = load("checking")["sums"]
    rules = {
        "difference",
        "sum",
        "multiple",
        "part",
        "share",
        "rest",
        "before",
        "others",
        "product",
        "portion",
        "between",
    }
    assert set(sums["zh"]) == set(sums["en"]) == rules


def test_every_slip_has_wording_in_both_languages_and_no_wording_is_unused() -> None:
    slips = load("checking")["slips"]
    given = {
        *("power_of_ten", "unit", "currency", "percent_for_point", "level_for_change"),
        *("direction", "digits_swapped", "one_digit"),
    }
    assert set(slips["zh"]) == set(slips["en"]) == given


@pytest.mark.parametrize(
    ("draft", "article", "status"),
    [
        ("It earned $410 million.", "It closed at $66.20.", Status.NOT_FOUND),
        ("It earned $410 million.", "It earned $530 million.", Status.CONTRADICTED),
        ("It earned $410 million.", "It earned $410 thousand.", Status.CONTRADICTED),
    ],
)
def test_a_number_of_quite_another_size_contradicts_nothing(
    draft: str, article: str, status: Status
) -> None:
    assert _decided(draft, article)[0] is status


@pytest.mark.parametrize(
    ("draft", "article", "at", "status", "rule"),
    [
        (
            "The margin narrowed from 12% to 9%.",
            "The margin widened from 9% to 12%.",
            0,
            Status.CONTRADICTED,
            "from_and_to",
        ),
        (
            "The margin widened from 9% to 12%.",
            "The margin widened from 9% to 12%.",
            -1,
            Status.SUPPORTED,
            "equal",
        ),
        (
            "It has 1.4 million clients.",
            "Millions of clients came.",
            -1,
            Status.NOT_FOUND,
            "no_evidence",
        ),
        (
            "They pay 165 yuan.",
            "Payments fell by 165 yuan.",
            -1,
            Status.CONTRADICTED,
            "level_and_change",
        ),
        ("They save 165 yuan.", "Payments fell by 165 yuan.", -1, Status.SUPPORTED, "equal"),
        (
            "The firm lost $30 million.",
            "The firm made a profit of $30 million.",
            -1,
            Status.CONTRADICTED,
            "opposite",
        ),
        ("核心通胀率为2.6%。", "通胀率为2.6%。", -1, Status.NEEDS_CONTEXT, "measure"),
        ("Give me $200 and I could rest.", "It costs $300.", -1, Status.NOT_CHECKABLE, "opinion"),
        ("十个家长有十个看法。", "共有20个看法。", -1, Status.NOT_CHECKABLE, "opinion"),
    ],
)
def test_the_words_around_equal_numbers_decide(
    draft: str, article: str, at: int, status: Status, rule: str
) -> None:
    claim = told(draft)
    found = decide(claim, [paired(claim, told(article, at=at, article="a"))])
    assert (found.status, found.rule) == (status, rule)


def test_the_other_figure_of_its_sentence_says_what_the_drafts_side_is() -> None:
    claim = told("Women earned 4,100 crowns.")
    text = "Men earned 4,100 crowns, women 3,600 crowns."
    pairs = [
        paired(claim, told(text, at=at, article="a"), sure=s) for at, s in ((0, 0.9), (1, 0.2))
    ]
    found = decide(claim, pairs)
    assert (found.status, found.pairs) == (Status.CONTRADICTED, (pairs[1],))


def test_the_very_number_from_the_other_side_beats_a_looser_bound() -> None:
    claim = told("It evicted more than 240 tenants.")
    pairs = [
        paired(claim, told("It evicted 310 tenants.", article="a")),
        paired(claim, told("It evicted fewer than 240 tenants.", article="b"), sure=0.3),
    ]
    assert decide(claim, pairs).pairs[0] is pairs[1]


def test_an_article_that_does_not_name_the_drafts_subject_says_nothing_of_it() -> None:
    claim = told("Dunmoor raised wages by 5%.", bodies=("Dunmoor",))
    other = told("Revenue rose by 5%.", article="a", title="Norrline earns more")
    own = told("Wages rose by 5%.", article="b", title="Pay at Dunmoor")
    assert decide(claim, [paired(claim, other)]).status is Status.NOT_FOUND
    assert decide(claim, [paired(claim, own)]).status is Status.SUPPORTED


def test_a_conflict_seen_in_the_drafts_language_holds_for_the_articles_twin() -> None:
    claim = told("Westmoor will hire 400 people.", bodies=("Westmoor",))
    own = told("Calder will hire 400 people, not Westmoor.", article="en", day=AUTUMN)
    twin = told("卡尔德将招聘400人。", article="zh", day=AUTUMN)
    conflict = frozenset({Conflict.SUBJECT})
    pairs = [paired(claim, twin), paired(claim, own, conflicts=conflict)]
    assert decide(claim, pairs).status is Status.NEEDS_CONTEXT
    assert decide(claim, pairs[:1]).status is Status.SUPPORTED


def test_two_tellings_outvote_a_number_that_one_of_them_keeps_apart() -> None:
    claim = told("Qinghe reached 79% of its target.")
    texts = (
        ("Qinghe reached 63%, Lingbei 79%.", 0, 0.9),
        ("Qinghe reached 63%, Lingbei 79%.", 1, 0.85),
        ("青禾完成63%，岭北完成79%。", 0, 0.9),
        ("青禾完成63%，岭北完成79%。", 1, 0.02),
    )
    pairs = [
        paired(claim, told(text, at=at, article=text[0], day=AUTUMN), sure=sure)
        for text, at, sure in texts
    ]
    pairs = [replace(p, score=0.99 if p.agrees else 0.5) for p in pairs]
    assert decide(claim, pairs).status is Status.CONTRADICTED


@pytest.mark.parametrize(
    ("draft", "article", "status"),
    [
        ("The flood ruined 61 houses.", "The flood ruined at least 48 houses.", Status.NOT_FOUND),
        ("The flood ruined 48 houses.", "The flood ruined at least 48 houses.", Status.SUPPORTED),
        ("The flood ruined over 40 houses.", "It ruined at least 48 houses.", Status.SUPPORTED),
    ],
)
def test_a_bound_that_leaves_room_for_a_number_does_not_say_it(
    draft: str, article: str, status: Status
) -> None:
    assert _decided(draft, article)[0] is status


def test_the_article_of_the_day_that_a_draft_names_has_its_figure() -> None:
    claim = _frame("On May 12 the yield was 4.2%.")
    late = replace(
        _pair(claim, "The yield was 4.2%.", article="b", day=date(2026, 5, 14)),
        features=LIKE | {"digits": 0.5, "titled": 0.2},
    )
    on_the_day = replace(
        _pair(claim, "The yield was 4.4%.", article="a", day=date(2026, 5, 12)),
        features=LIKE | {"digits": 0.0, "titled": 0.9},
    )
    decided = decide(claim, [late, on_the_day])
    assert decided.status is Status.CONTRADICTED
    assert decided.pairs[0] is on_the_day
    undated = _frame("The yield was 4.2%.")
    pairs = [replace(p, claim=undated) for p in (late, on_the_day)]
    assert decide(undated, pairs).status is not Status.CONTRADICTED


def test_sources_that_are_many_times_apart_speak_of_two_things() -> None:
    claim = _frame("In 2025 the museum had 90,000 visitors.")
    own = _pair(claim, "In 2025 the museum had 90,000 visitors.", article="one fair")
    for number, status in (("80,000", Status.CONFLICTING_SOURCES), ("900,000", Status.SUPPORTED)):
        other = _pair(claim, f"In 2025 there were {number} visitors.", article="another fair")
        assert decide(claim, [own, other]).status is status


def test_an_article_that_hardly_speaks_of_the_thing_accuses_nobody() -> None:
    claim = _frame("Sales were $612 million.")
    near, far = (_pair(claim, "Sales were $512 million.", sure=sure) for sure in (SURE, 0.02))
    assert decide(claim, [near]).status is Status.CONTRADICTED
    assert decide(claim, [far]).status is Status.NOT_FOUND


def test_the_very_number_on_the_other_side_contradicts_only_of_the_same_thing() -> None:
    claim = _frame("Fewer than 50 stores remain open.")
    same, other = (
        replace(_pair(claim, "At least 50 stores remain open.", sure=sure), score=0.5)
        for sure in (0.6, 0.04)
    )
    assert decide(claim, [same]).status is Status.CONTRADICTED
    assert decide(claim, [other]).status is not Status.CONTRADICTED


def test_what_an_article_prints_word_for_word_is_not_contradicted_by_its_translation() -> None:
    text = "Quarterly profit at the Orrin mill fell 27% to 120 million crowns as timber grew dear."
    claim = told(text).statement
    profit = frame(claim, claim.figures[-1])
    same = replace(paired(profit, frame(claim, claim.figures[-1])), score=0.6, aligned=0.6)
    other = paired(profit, told("奥林锯木厂当季净利润为4.4亿克朗。"), sure=0.97)
    assert decide(profit, [other, same]).status is not Status.CONTRADICTED


def test_a_contradiction_quotes_the_telling_in_the_drafts_own_language() -> None:
    claim = told("美国每年的财政赤字约为GDP的8%。")
    english = told("The annual US deficit is around 6% of GDP.", article="a-en", day=DAY)
    chinese = told("美国每年的财政赤字相当于GDP的6%左右。", article="a-zh", day=DAY)
    later = replace(
        chinese, statement=replace(chinese.statement, published_on=DAY + timedelta(days=9))
    )
    best = paired(claim, english, sure=0.9)

    def quoted(other: Frame, sure: float) -> list[str]:
        case = contradicted(claim, [best, paired(claim, other, sure=sure)])
        return [pair.evidence.statement.document_id for pair in case.pairs]

    assert quoted(chinese, 0.5) == ["a-zh", "a-en"]
    assert quoted(chinese, 0.3) == ["a-en"]  # hardly of the same thing
    assert quoted(later, 0.5) == ["a-en"]  # of another day, and no likelier


@pytest.mark.parametrize(("sure", "day"), [(0.9, "June 9"), (0.6, "May 2")])
def test_a_day_is_held_against_the_newest_of_those_as_likely(sure: float, day: str) -> None:
    claim = _frame("The mill will close on July 9.")
    first = _pair(claim, "The mill will close on May 2.", day=AUTUMN)
    later = _pair(
        claim,
        "The mill will now close on June 9.",
        sure=sure,
        article="b",
        day=AUTUMN + timedelta(days=30),
    )
    found = contradicted(claim, [first, later])
    assert found.pairs[0].evidence.figure.surface == day
