"""The draft checker on the bundled corpus: verdicts, rules, quotes and explanations."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from threading import enumerate as enumerate_threads

import pytest

from kaoju import KnowledgeBase, Status, Verdict, factcheck, find_figures
from kaoju.draft import read_draft
from kaoju.errors import InputError, InvalidFilterError
from kaoju.factcheck import _Sentences, _statements_of, _surnames
from kaoju.types import Document, Entity, EntityKind, Language, Passage

ARTICLES = Path(__file__).resolve().parent.parent / "corpus" / "articles"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(tmp_path_factory.mktemp("shelf")) as kb:
        kb.add([ARTICLES])
        yield kb


def _person(identifier: str, *names: str) -> Entity:
    return Entity(identifier, EntityKind.PERSON, tuple((Language.ZH, name) for name in names))


def test_a_check_reads_each_passage_once(
    shelf: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = shelf._store
    asked: list[int] = []
    read = store.passages

    def passages(numbers: Sequence[int]) -> dict[int, Passage]:
        asked.extend(numbers)
        return read(numbers)

    monkeypatch.setattr(store, "passages", passages)
    sentences = _Sentences(store, [])
    first = {number: list(some) for number, some in sentences.of({1, 2}).items()}
    again = sentences.of({2, 3})
    assert asked == [1, 2, 3]
    assert again[2] == first[2]
    assert {s.passage_id for some in first.values() for s in some} <= {
        passage.id for passage in read([1, 2]).values()
    }


def test_garbage_is_looked_for_again_after_a_check(shelf: KnowledgeBase) -> None:
    shelf.check("Growth was 3%.")
    assert gc.isenabled()
    gc.disable()
    try:
        shelf.check("Growth was 3%.")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_surname_that_one_person_of_the_shelf_has_is_that_person() -> None:
    known = [_person("e-1", "斯科特·贝森特"), _person("e-2", "凯文·哈塞特"), _person("e-3", "李明")]
    text = "哈塞特说,贝森特会见了李明。"
    assert [(m.surface, m.name, m.span.of(text)) for m in _surnames(text, known)] == [
        ("哈塞特", "凯文·哈塞特", "哈塞特"),
        ("贝森特", "斯科特·贝森特", "贝森特"),
    ]


def test_a_surname_that_two_have_or_that_is_no_persons_is_left_alone() -> None:
    two = [_person("e-1", "唐纳德·特朗普"), _person("e-2", "埃里克·特朗普")]
    assert _surnames("特朗普说", two) == []
    place = Entity("e-3", EntityKind.PLACE, ((Language.ZH, "圣·特朗普"),))
    english = Entity("e-4", EntityKind.PERSON, ((Language.EN, "唐·特朗普"),))
    assert _surnames("特朗普说", [place, english]) == []
    assert _surnames("", two[:1]) == []


def test_the_longest_surname_that_fits_is_taken() -> None:
    known = [_person("e-1", "路德维希·维特根斯坦"), _person("e-2", "彼得·维特")]
    assert [m.surface for m in _surnames("维特根斯坦与维特", known)] == ["维特根斯坦", "维特"]


def test_a_place_with_a_name_of_its_own_is_not_meant_by_one_that_only_sounds_like_it() -> None:
    draft = read_draft("哈尔沃伊郡一季度经济环比增长0.6%。")
    english = (Language.EN, "Hangzhou")
    for names, meant in (((english,), True), (((Language.ZH, "杭州"), english), False)):
        known = [Entity("place-1", EntityKind.PLACE, names)]
        (statement,) = _statements_of(draft, known, (), None)
        assert any(m.entity_id == "place-1" for m in statement.mentions) is meant


def _one(kb: KnowledgeBase, draft: str, surface: str) -> Verdict:
    (found,) = [v for v in kb.check(draft) if v.figure.surface == surface]
    return found


@pytest.mark.parametrize(
    ("draft", "surface", "status"),
    [
        ("稳定币市场目前约有3000亿美元。", "3000亿美元", Status.SUPPORTED),
        ("The stablecoin market is worth about $300 billion.", "$300 billion", Status.SUPPORTED),
        ("The stablecoin market is worth $400 billion.", "$400 billion", Status.CONTRADICTED),
        ("稳定币市场目前约有3000万美元。", "3000万美元", Status.CONTRADICTED),
        ("美国每年的财政赤字约为GDP的8%。", "8%", Status.CONTRADICTED),
        ("特斯拉一季度交付了38万辆汽车。", "38万", Status.NOT_FOUND),
        ("I think inflation will hit 9% by spring.", "9%", Status.NOT_CHECKABLE),
    ],
)
def test_figures_get_the_verdict_that_an_editor_would_give(
    shelf: KnowledgeBase, draft: str, surface: str, status: Status
) -> None:
    assert _one(shelf, draft, surface).status is status


def test_half_a_surrogate_pair_in_a_draft_harms_nothing(shelf: KnowledgeBase) -> None:
    (verdict,) = shelf.check("\ud800 增长3%。")
    assert verdict.figure.surface == "3%"
    assert verdict.figure.span.start == 4


def test_every_quote_is_a_slice_of_its_article(shelf: KnowledgeBase) -> None:
    draft = (
        "The stablecoin market is worth about $400 billion, and the deficit runs at 6% of GDP. "
        "美债规模为30万亿美元，10年期国债收益率下降逾6个基点。"
    )
    verdicts = shelf.check(draft)
    assert len(verdicts) == 5
    for verdict in verdicts:
        assert verdict.figure.span.of(draft) == verdict.figure.surface
        for citation in verdict.evidence:
            text = shelf.article(citation.document_id).document.text
            assert citation.span.of(text) == citation.quote


def test_a_slip_of_scale_is_named_with_its_factor(shelf: KnowledgeBase) -> None:
    verdict = _one(shelf, "The stablecoin market is worth $300 million.", "$300 million")
    assert verdict.status is Status.CONTRADICTED
    assert verdict.difference is not None
    assert (verdict.difference.slip, verdict.difference.factor) == ("power_of_ten", 1000)
    assert "1000" in verdict.explanation


def test_a_reversed_direction_is_a_contradiction(shelf: KnowledgeBase) -> None:
    draft = "The yield on the benchmark 10-year Treasury fell by more than 6 basis points."
    verdict = _one(shelf, draft, "6 basis points")
    assert (verdict.status, verdict.rule) == (Status.CONTRADICTED, "direction")


def test_the_right_number_in_the_wrong_mouth_needs_context(shelf: KnowledgeBase) -> None:
    draft = "Miran predicted the stablecoin market could grow tenfold by the end of the decade."
    verdict = _one(shelf, draft, "tenfold")
    assert (verdict.status, verdict.rule) == (Status.NEEDS_CONTEXT, "speaker")
    assert verdict.speaker == "Bessent"
    assert "Bessent" in verdict.explanation


def test_the_explanation_speaks_the_language_of_the_draft(shelf: KnowledgeBase) -> None:
    zh = _one(shelf, "稳定币市场目前约有4000亿美元。", "4000亿美元")
    en = _one(shelf, "The stablecoin market is worth $400 billion.", "$400 billion")
    assert zh.explanation.startswith("文章写的是“3000亿美元”，不是“4000亿美元”")
    assert en.explanation.startswith("The articles say “$300 billion”, not “$400 billion”")


def test_each_sentence_of_a_mixed_draft_is_explained_in_its_own_language(
    shelf: KnowledgeBase,
) -> None:
    draft = (
        "稳定币市场目前约有4000亿美元。\n\n"
        "The stablecoin market is worth $500 billion.\n\n美国每年的财政赤字约为GDP的8%。"
    )
    told = {v.figure.surface: v for v in shelf.check(draft)}
    assert list(told) == ["4000亿美元", "$500 billion", "8%"]
    assert told["4000亿美元"].status is told["8%"].status is Status.CONTRADICTED
    assert told["4000亿美元"].explanation.startswith("文章写的是“3000亿美元”")
    # What is between two Chinese sentences is less surely of the same thing; it is told in English.
    assert told["$500 billion"].status in (Status.CONTRADICTED, Status.NOT_FOUND)
    assert told["$500 billion"].explanation.startswith(("The articles say “", "No article"))
    assert told["8%"].explanation.startswith("文章写的是“6%”")
    assert told["$500 billion"].sentence.of(draft) == "The stablecoin market is worth $500 billion."


def test_spans_are_on_the_draft_as_given(shelf: KnowledgeBase) -> None:
    draft = "<p>The stablecoin market is worth <b>$400</b>&nbsp;billion.</p>"
    (verdict,) = shelf.check(draft)
    assert verdict.status is Status.CONTRADICTED
    assert verdict.figure.span.of(draft) == "$400</b>&nbsp;billion"


def test_evidence_keeps_to_the_filters(shelf: KnowledgeBase) -> None:
    draft = "The stablecoin market is worth about $300 billion."
    assert shelf.check(draft, until="2020-01-01")[0].status is Status.NOT_FOUND
    cited = shelf.check(draft, language="zh")[0].evidence
    assert {c.document_id for c in cited} == {"treasury-truce-2025-zh"}


def test_a_text_without_figures_has_no_verdicts(shelf: KnowledgeBase) -> None:
    assert shelf.check("市场很安静。") == []


def test_an_empty_draft_and_a_bad_date_are_refused(shelf: KnowledgeBase) -> None:
    with pytest.raises(InputError, match="empty"):
        shelf.check(" \n")
    with pytest.raises(InputError, match="at most"):
        shelf.check("5% " * 100_000)
    with pytest.raises(InvalidFilterError, match="reference_date"):
        shelf.check("5%", reference_date="yesterday")


def test_a_verdict_from_articles_needs_a_quote(shelf: KnowledgeBase) -> None:
    verdict = shelf.check("特斯拉一季度交付了38万辆汽车。")[-1]
    with pytest.raises(ValueError, match="needs a quote"):
        Verdict(
            figure=verdict.figure,
            status=Status.SUPPORTED,
            rule="equal",
            evidence=(),
            difference=None,
            explanation="",
            sentence=verdict.sentence,
        )


def test_an_outdated_figure_is_measured_against_what_replaced_it(tmp_path: Path) -> None:
    article = Document(
        id="fund",
        version="1",
        text="The Seabridge fund shrank from $30 billion to $25 billion, its managers reported.",
        title="The Seabridge fund shrinks",
        source="fund",
        media_type="text/plain",
        language=Language.EN,
        published_on=date(2026, 4, 1),
    )
    with KnowledgeBase.open(tmp_path) as kb:
        kb.add_documents([article])
        (verdict,) = kb.check("The Seabridge fund now has $30 billion.")
    assert (verdict.status, verdict.rule) == (Status.OUTDATED, "newer_figure")
    assert verdict.difference is not None
    assert verdict.difference.absolute == -5 * 10**9
    assert "$25 billion" in verdict.explanation


def test_a_date_that_counts_from_the_day_of_writing_is_not_checked(shelf: KnowledgeBase) -> None:
    draft = "Today the stablecoin market is worth about $300 billion."
    assert next((v.figure.surface, v.status, v.rule) for v in shelf.check(draft)) == (
        "Today",
        Status.NOT_CHECKABLE,
        "relative_date",
    )


def test_an_article_checked_against_itself_is_right_in_every_figure(shelf: KnowledgeBase) -> None:
    for article in shelf.articles():
        document = shelf.article(article.id).document
        figures = find_figures(document.text, reference_date=document.published_on)
        verdicts = shelf.check(document.text, form="text", reference_date=document.published_on)
        assert [v.figure.span for v in verdicts] == [f.span for f in figures]
        assert {v.status for v in verdicts} == {Status.SUPPORTED}


def test_a_computed_number_cites_both_articles_that_print_its_parts(tmp_path: Path) -> None:
    articles = {
        "taiyue-1": ("2026-04-20", "泰岳寿险3月末偿付能力充足率为193%。公司一季度保费为214亿元。"),
        "taiyue-2": ("2026-07-20", "泰岳寿险6月末偿付能力充足率为178%。公司上半年保费为402亿元。"),
    }
    for name, (day, text) in articles.items():
        head = (
            f"---\nid: {name}\ntitle: 泰岳寿险公布偿付能力\npublished: {day}\nlanguage: zh\n---\n\n"
        )
        (tmp_path / f"{name}.md").write_text(head + text + "\n", encoding="utf-8")
    with KnowledgeBase.open(tmp_path / "shelf") as kb:
        kb.add([tmp_path / f"{name}.md" for name in articles])
        (verdict,) = kb.check("泰岳寿险充足率降15个百分点。")
        assert (verdict.status, verdict.rule) == (Status.SUPPORTED, "reckoned")
        assert {c.document_id for c in verdict.evidence} == set(articles)
        for citation in verdict.evidence:
            assert citation.quote in articles[citation.document_id][1]
        assert "由文中数字算得" in verdict.explanation


@pytest.mark.parametrize(
    "draft", ["多111111111111111111111111111111元", "三分之999999999999999999999999999999"]
)
def test_a_number_of_thirty_digits_is_checked_like_any_other(
    shelf: KnowledgeBase, draft: str
) -> None:
    (verdict,) = shelf.check(draft)
    assert verdict.status is Status.NOT_FOUND


def test_a_check_that_fails_leaves_no_thread(
    shelf: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise InputError("no candidates")

    before = set(enumerate_threads())
    monkeypatch.setattr(factcheck, "laid_beside", fails)
    with pytest.raises(InputError, match="no candidates"):
        shelf.check("The stablecoin market is worth $400 billion.")
    begun = [t for t in set(enumerate_threads()) - before if t.name.startswith("encoded")]
    for thread in begun:
        thread.join(30)
    assert not any(thread.is_alive() for thread in begun)
