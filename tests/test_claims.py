"""Claims: who says what, how firmly, and what is no claim at all."""

import hashlib
import re
from decimal import Decimal

import pytest

from kaoju.claims import attach_subjects, find_claims
from kaoju.types import (
    Claim,
    Dimension,
    Document,
    EntityKind,
    Figure,
    Heading,
    Language,
    Mention,
    Modality,
    Passage,
    Span,
)

PEOPLE = {
    "斯科特·贝森特": "e-bessent",
    "贝森特": "e-bessent",
    "Scott Bessent": "e-bessent",
    "Bessent": "e-bessent",
    "斯蒂芬·米兰": "e-miran",
    "Stephen Miran": "e-miran",
    "丹尼尔·麦科马克": "e-mccormack",
    "Daniel McCormack": "e-mccormack",
    "里奥斯": "e-rios",
    "Rios": "e-rios",
    "Rosa Quispe": "e-quispe",
    "辛妮德·科尔顿·格兰特": "e-grant",
    "Sinead Colton Grant": "e-grant",
}
BODIES = {
    "财政部": "e-treasury",
    "Treasury": "e-treasury",
    "路透社": "e-reuters",
    "Reuters": "e-reuters",
    "麦格理": "e-macquarie",
    "Macquarie": "e-macquarie",
}


def names_in(text: str, language: Language, passage_id: str = "p") -> list[Mention]:
    found: list[Mention] = []
    for name in sorted([*PEOPLE, *BODIES], key=len, reverse=True):
        for match in re.finditer(re.escape(name), text):
            span = Span(*match.span())
            if not any(span.overlaps(m.span) for m in found):
                kind = EntityKind.PERSON if name in PEOPLE else EntityKind.ORGANISATION
                found.append(
                    Mention(
                        span,
                        name,
                        kind,
                        name,
                        language,
                        entity_id=PEOPLE.get(name) or BODIES[name],
                        passage_id=passage_id,
                    )
                )
    return sorted(found, key=lambda m: m.span)


def claims_of(
    text: str, figures: list[Figure] | None = None, headings: tuple[Heading, ...] = ()
) -> list[Claim]:
    language = Language.ZH if re.search("[一-鿿]", text) else Language.EN
    document = Document("d", "v", text, "标题", "s", "text/plain", language, headings=headings)
    passage = Passage("p", "d", Span(0, len(text)), text, language, 0)
    return find_claims(document, [passage], figures or [], names_in(text, language))


def only(text: str) -> Claim:
    (claim,) = claims_of(text)
    return claim


@pytest.mark.parametrize(
    ("text", "speaker", "entity"),
    [
        ("贝森特预测，稳定币市场到本十年末有望增长十倍。", "贝森特", "e-bessent"),
        ("美国财长斯科特·贝森特多次公开表示，市场很稳定。", "斯科特·贝森特", "e-bessent"),
        ("現任美聯儲理事斯蒂芬·米兰曾抨擊這種模式，他指出債務會增加。", "斯蒂芬·米兰", "e-miran"),
        ("贝森特在接受路透社采访时表示，市场很稳定。", "贝森特", "e-bessent"),
        ("据路透社报道，稳定币市场增长了十倍。", "路透社", "e-reuters"),
        ("在贝森特看来，稳定币市场还会增长。", "贝森特", "e-bessent"),
        ("分析师测算，明年的供给量仍将减少。", "分析师", None),
        ("一位知情人士把这种做法概括为先走一步。", "一位知情人士", None),
        ("桑坦德美国策略师里奥斯称,买家“显然在罢工”。", "里奥斯", "e-rios"),
        ("“债券市场的威慑力无法企及，”丹尼尔·麦科马克说。", "丹尼尔·麦科马克", "e-mccormack"),
        (
            "辛妮德·科尔顿·格兰特的表述最为直白:“债券义警没有离开。”",
            "辛妮德·科尔顿·格兰特",
            "e-grant",
        ),
        ("The market could grow tenfold, Bessent predicts.", "Bessent", "e-bessent"),
        (
            "Treasury Secretary Scott Bessent has repeatedly said that yields matter.",
            "Scott Bessent",
            "e-bessent",
        ),
        (
            "Daniel McCormack, head of research at Macquarie, remarked that bonds win.",
            "Daniel McCormack",
            "e-mccormack",
        ),
        ('Buyers were "clearly on strike", said Rios, a strategist at a bank.', "Rios", "e-rios"),
        (
            '"People are sick of it," said the bill\'s sponsor, legislator Rosa Quispe.',
            "Rosa Quispe",
            "e-quispe",
        ),
        ("According to Reuters, the market has grown a lot.", "Reuters", "e-reuters"),
        ("The market has grown a lot, according to the Treasury.", "Treasury", "e-treasury"),
        ("Analysts estimate that supply will fall next year.", "Analysts", None),
        (
            "Executives at banks interviewed by Reuters all told the same story of fear.",
            "Executives at banks",
            None,
        ),
    ],
)
def test_the_speaker_is_found(text: str, speaker: str, entity: str | None) -> None:
    claim = only(text)
    assert (claim.attributed_to, claim.attributed_id) == (speaker, entity)


@pytest.mark.parametrize(
    "text",
    [
        "财政部增加了短期国库券的比重。",
        "华尔街把他们叫作债券义警。",
        "财政部公布的标志是一只鹰的图案。",
        "贝森特的发布会说明很清楚，市场通胀预期保持温和。",
        "财政部宣布加征关税后，市场的担忧一下子爆发。",
        "这种投资者被认为能约束政府。",
        "Bonds and government have never truly made peace.",
        "After the Treasury announced huge tariffs, the market's worries came to a head.",
        "The market is expected to grow next year.",
        "Bessent is a man of few words and many bonds.",
    ],
)
def test_nobody_is_named_where_nobody_speaks(text: str) -> None:
    assert only(text).attributed_to is None


def test_a_pronoun_means_the_last_speaker_of_the_paragraph() -> None:
    first, second = claims_of("贝森特表示，市场很稳定。他还说，收益率会下降。")
    assert (first.attributed_id, second.attributed_id) == ("e-bessent", "e-bessent")
    _, second = claims_of("Bessent said the market was calm. He added that yields would fall.")
    assert second.attributed_id == "e-bessent"


def test_a_pronoun_is_not_resolved_across_a_paragraph() -> None:
    _, second = claims_of("贝森特表示，市场很稳定。\n\n他还说，收益率会下降。")
    assert second.attributed_to is None


def test_it_is_not_a_person() -> None:
    _, second = claims_of("Bessent said the market was calm. It shows that yields would fall.")
    assert second.attributed_to is None


def test_a_body_is_meant_by_its_own_pronoun() -> None:
    _, second = claims_of("财政部的第一个动作是加大回购。7月30日，该部宣布提高回购规模。")
    assert second.attributed_id == "e-treasury"


def test_a_quotation_that_goes_on_keeps_its_speaker() -> None:
    _, second = claims_of("贝森特表示：“市场目前很稳定。收益率还会继续下降。”")
    assert second.attributed_id == "e-bessent"


def test_a_speaker_named_after_the_quotation_gets_it_whole() -> None:
    found = claims_of("“债券义警没有离开。他们仍然在这里。”丹尼尔·麦科马克说。")
    assert [c.attributed_id for c in found] == ["e-mccormack", "e-mccormack"]


def test_an_introduced_speaker_is_meant_in_the_next_sentence() -> None:
    first, second = claims_of(
        "说得最直白的是财富管理部门首席投资官辛妮德·科尔顿·格兰特。按照她的说法，债券义警一直都在。"
    )
    assert (first.attributed_to, second.attributed_id) == (None, "e-grant")
    first, second = claims_of(
        "The bluntest words come from Sinead Colton Grant, a chief investment officer. In her"
        " account the vigilantes are always present."
    )
    assert (first.attributed_to, second.attributed_id) == (None, "e-grant")


def test_the_speaker_is_not_what_the_claim_is_about() -> None:
    claim = only("贝森特表示，财政部会继续提前沟通。")
    assert claim.subject_ids == ("e-treasury",)


@pytest.mark.parametrize(
    "text",
    [
        "稳定币市场有多大？",
        "How big is the market?",
        "详情:https://www.gate.com/announcements/article/49112",
        "Details: https://www.gate.com/announcements/article/49112",
        "财政部的具体行动包括:",
        "如何参与",
        "How to take part",
    ],
)
def test_what_states_nothing_is_no_claim(text: str) -> None:
    assert claims_of(text) == []


def test_headings_are_no_claims() -> None:
    text = "稳定币送来新买家，市场规模很大。\n\n稳定币市场的规模约为3000亿美元。"
    found = claims_of(text, headings=(Heading(Span(0, text.index("\n")), 2),))
    assert [c.text for c in found] == ["稳定币市场的规模约为3000亿美元。"]


def test_a_list_line_with_a_figure_is_a_claim_that_holds_it() -> None:
    text = "幸运用户：获得 10 顶帽子"
    figure = Figure(Span(8, 10), "10", Decimal(10), "", Dimension.COUNT, id="f-1")
    (claim,) = claims_of(text, [figure])
    assert claim.figure_ids == ("f-1",)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("稳定币市场规模约为3000亿美元。", Modality.STATED),
        ("贝森特预测，稳定币市场会增长十倍。", Modality.FORECAST),
        ("关税可能推高物价。", Modality.POSSIBLE),
        ("一旦通胀反弹，这两个条件都可能崩塌。", Modality.CONDITIONAL),
        ("财政部正在考虑增发长期国债。", Modality.PLANNED),
        ("财政部的第一个动作是加大国债回购计划。", Modality.STATED),
        ("Tariffs could push up prices this year.", Modality.POSSIBLE),
        ("If interest rates soar, the government will pay more.", Modality.CONDITIONAL),
        ("The Treasury is considering larger sales of debt.", Modality.PLANNED),
        ("Daniel McCormack once remarked that bonds frighten governments.", Modality.STATED),
    ],
)
def test_modality_is_read(text: str, modality: Modality) -> None:
    assert only(text).modality is modality


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("债券义警没有离开。", True),
        ("债市和政府其实没有和解。", True),
        ("特朗普政府不得不向市场妥协。", False),
        ("投资者不仅担忧，而且不断抛售。", False),
        ("The vigilantes have never disappeared.", True),
        ("The market didn't calm down at all.", True),
        ("Investors not only worry, they sell.", False),
    ],
)
def test_denial_is_read(text: str, negated: bool) -> None:
    assert only(text).negated is negated


def test_the_period_is_the_first_date_of_the_sentence() -> None:
    text = "11月5日，收益率上升逾6个基点。"
    figure = Figure(Span(0, 5), "11月5日", None, "", Dimension.DATE, period="2025-11-05", id="f-1")
    (claim,) = claims_of(text, [figure])
    assert (claim.period, claim.figure_ids) == ("2025-11-05", ("f-1",))


def test_spans_slice_to_the_text_and_ids_are_the_digest_of_the_place() -> None:
    text = "贝森特预测，市场会增长十倍。\n财政部增加了短期国库券的比重。"
    for claim in claims_of(text):
        assert claim.span.of(text) == claim.text
        key = f"p\0{claim.span.start}\0{claim.span.end}"
        assert claim.id == "c-" + hashlib.sha256(key.encode()).hexdigest()[:16]


def test_a_figure_is_linked_to_the_entity_its_subject_names() -> None:
    text = "麦格理的收入增长了6%。"
    figure = Figure(
        Span(8, 10),
        "6%",
        Decimal(6),
        "percent",
        Dimension.PERCENT,
        subject="麦格理的收入",
        passage_id="p",
    )
    (linked,) = attach_subjects([figure], names_in(text, Language.ZH))
    assert linked.subject_id == "e-macquarie"
    (alone,) = attach_subjects([figure], names_in(text, Language.ZH, passage_id="other"))
    assert alone.subject_id is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Bessent of Macquarie believes that the cycle is over at 2%.", "Bessent"),
        (
            '"We were wrong by 3%," Bessent, once of Macquarie, wrote in a letter to investors.',
            "Bessent",
        ),
        ("Macquarie forecasts growth of 3.1% next year.", "Macquarie"),
        ("Bessent, head of the council's fund, said a state bank would pay 3%.", "Bessent"),
        ("Bessent replied that 8,200 would be hired.", "Bessent"),
        ("Bessent countered that the offer had cost $14 million.", "Bessent"),
        ("贝森特答复说，今年招8200人。", "贝森特"),
        ("Economists polled by Reuters had expected 2.8%.", "Economists"),
        ("By Bessent's estimate the market will grow to $3 trillion.", "Bessent"),
        ("Bessent puts the loss of the companies at $8 billion.", "Bessent"),
        ("斯科特·贝森特（Scott Bessent）则估计，市场将增长十倍。", "斯科特·贝森特"),
        ("市场将在几年里增长十倍，这是贝森特的估计。", "贝森特"),
        ("贝森特给出的规模估计是3000亿美元。", "贝森特"),
    ],
)
def test_the_speaker_is_found_beside_his_employer_and_before_a_figure(
    text: str, speaker: str
) -> None:
    assert only(text).attributed_to == speaker


def test_who_is_named_after_a_quotation_spoke_it_and_not_who_spoke_before() -> None:
    text = "贝森特称增速为2.7%。“三分之一的国家会衰退。”斯蒂芬·米兰说。"
    assert [claim.attributed_to for claim in claims_of(text)] == ["贝森特", "斯蒂芬·米兰"]
