"""Passages tile the article, end between sentences and are of a size that the encoder reads."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kaoju.passages import MAXIMUM, size_of, split
from kaoju.reading import read_path, read_text
from kaoju.text import sentences
from kaoju.types import Document, Heading, Language, Span

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "articles"


def document(text: str, headings: tuple[Heading, ...] = (), version: str = "v1") -> Document:
    return Document(
        id="a-1",
        version=version,
        text=text,
        title="美债的脆弱平衡",
        source="test",
        media_type="text/plain",
        language=Language.ZH,
        headings=headings,
    )


def corpus() -> list[Document]:
    return [d for path in sorted(CORPUS.rglob("*.md")) for d in read_path(path)]


def assert_tiles(doc: Document) -> None:
    passages = split(doc)
    assert "".join(p.text for p in passages) == doc.text
    at = 0
    for ordinal, passage in enumerate(passages):
        assert passage.ordinal == ordinal
        assert passage.span.start == at
        assert passage.span.of(doc.text) == passage.text
        at = passage.span.end
    assert at == len(doc.text)


def test_the_bundled_articles_are_tiled_in_whole_sentences() -> None:
    for doc in corpus():
        assert_tiles(doc)
        starts = {span.start for span in sentences(doc.text)}
        for passage in split(doc)[1:]:
            assert passage.span.start in starts, passage.text[:40]


def test_passages_of_the_bundled_articles_fit_the_encoder_and_leave_no_crumbs() -> None:
    for doc in corpus():
        sizes = [size_of(passage.text) for passage in split(doc)]
        assert max(sizes) <= MAXIMUM
        if len(sizes) > 1:
            assert min(sizes) >= 100, (doc.title, sizes)


def test_a_heading_goes_with_what_follows_it() -> None:
    body = "美债收益率上升了六个基点,市场对偿还能力产生了质疑。" * 12
    text = f"{body}\n稳定币的意外盟友\n{body}\n隐忧\n{body}"
    spans = [Span(text.index(h), text.index(h) + len(h)) for h in ("稳定币的意外盟友", "隐忧")]
    doc = document(text, tuple(Heading(span, 2) for span in spans))
    passages = split(doc)
    assert [p.text.split("\n")[0] for p in passages if p.text[:1] in "稳隐"] == [
        "稳定币的意外盟友",
        "隐忧",
    ]
    for passage in passages:
        assert not passage.text.rstrip().endswith(("意外盟友", "隐忧"))


def test_headings_are_the_title_then_those_in_force() -> None:
    text = (
        "# 美债\n\n## 回购\n\n财政部扩大了回购规模。\n\n"
        "### 细节\n\n集中在长期国债。\n\n## 赤字\n\n赤字仍高。"
    )
    padded = text.replace("。", "。" + "这是补充的一句话,为了让每一节都够长。" * 16)
    doc = read_text(padded, source="x.md", media_type="text/markdown", title="美债")[0]
    found = {p.text.strip().split("\n")[0]: p.headings for p in split(doc)}
    assert found["美债"] == ("美债", "回购")
    assert found["细节"] == ("美债", "回购", "细节")
    assert found["赤字"] == ("美债", "赤字")


def test_a_list_stays_with_the_line_that_introduces_it() -> None:
    prose = "市场参与者普遍认为,这一政策会压低长期收益率,但风险仍在积累。" * 9
    text = f"{prose}\n丰厚奖励一览:\n- 发帖可瓜分奖池\n- 幸运用户获得帽子\n- 首帖即得奖励\n{prose}"
    passages = split(document(text))
    holder = next(p for p in passages if "奖励一览" in p.text)
    assert "- 发帖可瓜分奖池" in holder.text


def test_a_sentence_longer_than_a_passage_is_cut_at_commas() -> None:
    text = "财政部扩大回购,市场反应平淡," * 120 + "结论如此。"
    doc = document(text)
    assert_tiles(doc)
    passages = split(doc)
    assert len(passages) > 2
    assert all(p.text.endswith((",", "。")) for p in passages)
    assert max(size_of(p.text) for p in passages) <= MAXIMUM * 1.1


def test_text_without_any_break_is_cut_all_the_same() -> None:
    doc = document("债" * 5000 + "x" * 20000)
    assert_tiles(doc)
    assert max(len(p.text) for p in split(doc)) <= 8 * MAXIMUM


def test_ids_name_article_version_and_place() -> None:
    text = "第一句话在这里。" * 80
    one, again = split(document(text)), split(document(text))
    assert [p.id for p in one] == [p.id for p in again]
    other = split(document(text, version="v2"))
    assert not {p.id for p in one} & {p.id for p in other}
    assert len({p.id for p in one}) == len(one) > 1
    assert all(p.id.startswith("p-") and len(p.id) == 18 for p in one)


def test_each_passage_says_its_own_language() -> None:
    chinese = "财政部扩大了长期国债的回购规模。" * 22
    english = "The Treasury widened its purchases of long-dated bonds this year. " * 14
    passages = split(document(f"{chinese}\n\n{english}"))
    assert passages[0].language is Language.ZH
    assert passages[-1].language is Language.EN


def test_a_short_article_is_one_passage() -> None:
    doc = document("平台维护公告\n\n我们计划停机维护。\n", (Heading(Span(0, 6), 1),))
    assert [p.text for p in split(doc)] == [doc.text]


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "债市平静。",
                "He said 3.5%. ",
                "\n",
                "\n\n",
                "标题",
                "- item\n",
                "如下:\n",
                "第一节",
            ),
            *("a" * 90, "债" * 300, "，" * 5, " ", "\t", "🚀", "“好。”", "x" * 700),
        ]
    ),
    min_size=1,
    max_size=60,
)


@given(PIECES, st.lists(st.integers(0, 4000), max_size=8))
def test_any_text_with_any_headings_is_tiled(pieces: list[str], places: list[int]) -> None:
    text = "".join(pieces)
    if not text.strip():
        text += "债"
    places = sorted({place % len(text) for place in places})
    ends = [*places[1:], len(text)][: len(places)]
    headings = tuple(
        Heading(Span(start, min(end, start + 10)), 1 + start % 4)
        for start, end in zip(places, ends, strict=True)
    )
    assert_tiles(document(text, headings))


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_any_text_at_all_is_tiled(text: str) -> None:
    assert_tiles(document(text))
