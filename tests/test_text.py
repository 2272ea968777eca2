"""Folding with its way back, sentences of both languages, the language of a text."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kaoju.text import appearances, fold, has_han, language_of, sentences
from kaoju.types import Language, Span

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

GOLDEN = Path(__file__).parent / "golden"
# The code was developed on every row of these files.
CASES = [
    json.loads(line)
    for name in ("sentences.zh.jsonl", "sentences.en.jsonl")
    for line in (GOLDEN / name).read_text("utf-8").splitlines()
]

# Characters whose folding changes length, joins or splits, from many blocks.
TRICKY = st.text(
    st.one_of(
        st.sampled_from("㎏½…１２ＡﬁßİŐ⑩℃㈱﷽e\u0301が\u3099한각國裡·•‧“”‘’—～\u200b\ufeff𠮷🚀\n\t"),
        st.characters(exclude_categories=["Cs"]),
    )
)


# Folding --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("１欧元", "1欧元"),
        ("穩定幣", "稳定币"),
        ("國際論壇", "国际论坛"),
        ("５㎏", "5kg"),
        ("½", "1/2"),
        ("凯文•哈塞特", "凯文·哈塞特"),
        ("凯文‧哈塞特", "凯文·哈塞特"),
        ("1.2–1.5", "1.2-1.5"),
        ("“停战”", '"停战"'),
        ("it’s", "it's"),
        ("Fed", "fed"),
        ("……", "......"),
        ("Straße", "strasse"),
    ],
)
def test_folding_gives_what_search_reads(printed: str, folded: str) -> None:
    assert fold(printed).text == folded


def test_case_is_kept_where_names_need_it() -> None:
    assert fold("Ｆed 與 US", lower=False).text == "Fed 与 US"


def test_a_span_of_the_folded_text_quotes_the_printed_characters() -> None:
    text = "重５㎏的１欧元硬幣……好"
    folded = fold(text)
    at = folded.text.index("kg")
    assert folded.printed_span(Span(at, at + 2)).of(text) == "㎏"
    at = folded.text.index("1欧元")
    assert folded.printed_span(Span(at, at + 3)).of(text) == "１欧元"
    start = text.index("硬幣")
    assert folded.folded_span(Span(start, start + 2)).of(folded.text) == "硬币"


@given(TRICKY)
@example("e\u0301")
@example("İ")
def test_folding_maps_both_ways(text: str) -> None:
    for lower in (True, False):
        folded = fold(text, lower=lower)
        for start in range(len(folded.text)):
            printed = folded.printed_span(Span(start, start + 1))
            assert 0 <= printed.start < printed.end <= len(text)
            back = folded.folded_span(printed)
            assert back.start <= start < back.end
        whole = folded.printed_span(Span(0, len(folded.text)))
        if folded.text:
            assert fold(whole.of(text), lower=lower).text == folded.text
        starts = [folded.printed_span(Span(i, i + 1)).start for i in range(len(folded.text))]
        assert starts == sorted(starts)


@given(TRICKY)
def test_every_printed_character_is_reached_from_the_folded_text(text: str) -> None:
    folded = fold(text)
    reached = set()
    for i in range(len(folded.text)):
        span = folded.printed_span(Span(i, i + 1))
        reached.update(range(span.start, span.end))
    lost = "".join(c for i, c in enumerate(text) if i not in reached)
    assert fold(lost).text == ""


@given(TRICKY)
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    for lower in (True, False):
        once = fold(text, lower=lower).text
        assert fold(once, lower=lower).text == once


@given(st.text(alphabet="國际１２ab·…\n ", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_folded_spans_of_a_printed_span_lie_inside_it(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    folded = fold(text)
    span = folded.folded_span(Span(start, end))
    assert span.end <= len(folded.text)
    if len(span):
        assert Span(start, end).contains(folded.printed_span(span))


# Sentences ------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=[case["note"] for case in CASES])
def test_sentences_end_where_a_reader_ends_them(case: dict[str, object]) -> None:
    text = str(case["text"])
    assert [span.of(text) for span in sentences(text)] == case["sentences"]


MARKS = st.text(alphabet="ab A.。!？?…”“\"'（）()3, \n他说Mr的[1]；:", max_size=60)


@given(st.one_of(MARKS, st.text()))
def test_sentences_cover_every_printed_character_once(text: str) -> None:
    spans = sentences(text)
    covered = [i for span in spans for i in range(span.start, span.end)]
    assert covered == sorted(set(covered))
    left = set(range(len(text))) - set(covered)
    assert all(text[i].isspace() for i in left)
    for span in spans:
        assert span.of(text) == span.of(text).strip() != ""


# Language -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("他说 GDP 增长了", Language.ZH),
        ("贝森特称 Stablecoins are growing quickly", Language.EN),
        ("The Fed raised rates.", Language.EN),
        ("美联储加息", Language.ZH),
        ("美債殖利率上升", Language.ZH),
        ("3.5% — $60,000", Language.UND),
        ("", Language.UND),
        ("Gate 广场创作者新春激励正式开启,发帖解锁 $60,000 豪华奖池", Language.ZH),
        ("The premier, Zhu Rongji (朱镕基), met the singer David Tao (陶喆).", Language.EN),
    ],
)
def test_the_language_of_a_text_is_the_one_most_of_it_is_in(text: str, language: Language) -> None:
    assert language_of(text) is language


def test_rare_characters_count_as_chinese() -> None:
    assert has_han("𠮷")
    assert has_han("㐱")
    assert not has_han("ひらがな Latin")


def test_every_character_folds_to_what_its_own_normalisation_says() -> None:
    for point in range(0x80, 0x20000):
        character = chr(point)
        if 0xD800 <= point < 0xE000:
            continue
        if len(unicodedata.normalize("NFKC", character)) != 1:
            folded = fold(f"a{character}b", lower=False)
            assert folded.printed_span(Span(len(folded.text) - 1, len(folded.text))) == Span(2, 3)
            assert folded._starts is not None, hex(point)


def test_appearances_of_one_name_do_not_overlap_and_those_of_two_may() -> None:
    found = list(appearances("哈哈哈哈，安哈哈", ["哈哈", "安哈哈", "没有"]))
    assert found == [(0, "哈哈"), (2, "哈哈"), (5, "安哈哈"), (6, "哈哈")]


@given(st.text("ab", max_size=30), st.lists(st.text("ab", min_size=2, max_size=4), unique=True))
def test_appearances_are_those_that_find_tells(text: str, names: list[str]) -> None:
    expected = []
    for name in names:
        at = text.find(name)
        while at >= 0:
            expected.append((at, name))
            at = text.find(name, at + len(name))
    assert sorted(appearances(text, names)) == sorted(expected)
