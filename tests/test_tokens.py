"""Tokens: folded before they are cut, figures and names whole, spans on the printed text."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaoju.tokens import analyzer_identity, query_terms, stem, stopwords, terms, tokenize

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

NEWS = [
    "美国财长斯科特·贝森特在国会说,他最看重的工作是卖好国债,收益率就是成绩单。",
    "国家统计局发布的数据显示,前三季度国内生产总值同比增长百分之五点二。",
    "中国人民银行决定下调金融机构存款准备金率,释放长期资金约一万亿元。",
    "发行稳定币的公司买进不少短期国库券,加密资产这个新行业倒替市场托了底。",
    "十余家银行和资产管理公司的高管对路透社说,国债市场看似平稳,底下并不安宁。",
    "他来到了网易杭研大厦,小明硕士毕业于中国科学院计算所,后在日本京都大学深造。",
    "南京市长江大桥于一九六八年建成通车,是长江上第一座由中国自行设计的双层铁路公路桥。",
    "海关总署公布的数据显示,机电产品占出口总值的比重升至六成,集成电路出口额增幅超过两成。",
]


def words(text: str) -> list[tuple[str, str]]:
    return [(token.term, token.span.of(text)) for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("23,876人", "23876"),
        ("涨3.5%", "3.5%"),
        ("涨３．５％", "3.5%"),
        ("涨3.5%", "3.5"),
        ("$60,000 奖池", "60000"),
        ("$60,000 奖池", "$60000"),
        ("2025-11-05", "2025-11-05"),
        ("2025-11-05", "2025"),
        ("2025-11-05", "5"),
        ("GPT-4o", "gpt-4o"),
        ("GPT-4o", "gpt"),
        ("S&P 500", "s&p"),
        ("C++ 与 C#", "c++"),
        ("C++ 与 C#", "c#"),
        ("the U.S. market", "usa"),
        ("the US market", "usa"),
        ("U.N. and UN", "un"),
        ("A-share", "a-share"),
        ("the market's mood", "market"),
        ("用iPhone手机", "iphon"),
        ("重5㎏", "kg"),
        ("https://www.gate.com/questionnaire/7315", "gate"),
    ],
)
def test_figures_and_names_are_found_whole(text: str, expected: str) -> None:
    assert expected in terms(text)


def test_us_the_country_is_not_us_the_pronoun() -> None:
    assert "usa" in query_terms("US yields")
    assert query_terms("tell us more about yields") == ["tell", "yield"]


def test_a_separator_of_thousands_never_splits_a_number() -> None:
    assert terms("23,876") == ["23876"]
    assert terms("1,234,567.89") == ["1234567.89"]
    assert terms("第1,2,3章")[1:4] == ["1", "2", "3"]


def test_magnitudes_are_cut_alike_in_both_scripts() -> None:
    assert terms("30万亿美元") == terms("30萬億美元") == terms("３０萬億美元")
    assert [term for term, _ in words("30万亿美元")] == ["30", "万亿", "美元"]


def test_traditional_is_simplified_before_it_is_cut_and_spans_stay_printed() -> None:
    assert ("国际", "國際") in words("國際論壇")
    assert ("论坛", "論壇") in words("國際論壇")


@pytest.mark.parametrize("dot", "·•‧・")
def test_a_name_is_a_term_with_every_middle_dot_and_its_parts_besides(dot: str) -> None:
    found = words(f"美国财长斯科特{dot}贝森特表示")
    assert ("斯科特·贝森特", f"斯科特{dot}贝森特") in found
    assert ("斯科特", "斯科特") in found
    assert ("贝森特", "贝森特") in found
    assert "贝森特" in query_terms("贝森特说了什么?")


def test_words_inside_long_words_are_tokens_too() -> None:
    found = [term for term, _ in words("中华人民共和国")]
    assert found[0] == "中华人民共和国"
    assert {"中华", "人民", "共和国"} <= set(found)


def test_function_words_are_dropped_from_queries_only() -> None:
    assert query_terms("How big is the stablecoin market?") == ["big", "stablecoin", "market"]
    assert "是" not in query_terms("稳定币市场规模是多大?")
    assert "是" in terms("稳定币市场规模是多大?")
    assert "什" not in query_terms("什么是债券义警?")
    assert query_terms("什么是什么?") != []


def test_stop_words_are_folded_and_of_both_languages() -> None:
    assert {"的", "什么", "the", "how"} <= stopwords()
    assert all(word == word.casefold() for word in stopwords())


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("yields", "yield"),
        ("raised", "rais"),
        ("raising", "rais"),
        ("raises", "rais"),
        ("raise", "rais"),
        ("countries", "country"),
        ("planned", "plan"),
        ("falling", "fall"),
        ("rising", "rise"),
        ("rises", "rise"),
        ("rise", "rise"),
        ("cutting", "cut"),
        ("bus", "bus"),
        ("crisis", "crisis"),
        ("king", "king"),
        ("债券", "债券"),
        ("gpt-4o", "gpt-4o"),
        ("s&p", "s&p"),
    ],
)
def test_inflections_of_a_word_share_a_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_question_and_article_meet_across_scripts_widths_and_inflections() -> None:
    article = set(terms("穩定幣市場規模約３０００億美元。Treasury yields were rising."))
    assert set(query_terms("稳定币的市场规模有多大?")) <= article | {"大"}
    assert set(query_terms("Why did the Treasury yield rise?")) <= article


@given(st.text())
def test_every_span_slices_the_printed_text_and_starts_in_order(text: str) -> None:
    previous = 0
    for token in tokenize(text):
        assert token.term
        assert token.span.start >= previous
        assert len(token.span) > 0
        assert token.span.end <= len(text)
        assert token.span.of(text).strip()
        previous = token.span.start


@given(st.text(alphabet="國际論壇30萬亿·美元GPT-4o's $,.%US\n １㎏…", max_size=40))
def test_every_token_is_among_the_terms(text: str) -> None:
    assert {token.term for token in tokenize(text)} <= set(terms(text))
    assert set(query_terms(text)) <= set(terms(text))


def test_the_segmenter_cuts_as_the_reference_does() -> None:
    import jieba
    import rjieba

    jieba.setLogLevel(60)
    reference = jieba.Tokenizer()
    same = [list(reference.cut(text)) == list(rjieba.cut(text)) for text in NEWS]
    assert all(same), [text for text, equal in zip(NEWS, same, strict=True) if not equal]


@pytest.mark.shared
def test_the_segmenter_agrees_with_the_reference_on_real_paragraphs() -> None:
    source = SHARED / "dev" / "xquad.passages.jsonl"
    if not source.exists():
        pytest.skip("the shared development data is not here")
    import jieba
    import rjieba

    jieba.setLogLevel(60)
    reference = jieba.Tokenizer()
    rows = [json.loads(line) for line in source.read_text("utf-8").splitlines()]
    boundaries = agreed = 0
    for text in (row["text"] for row in rows if row["lang"] == "zh"):
        one, other = _cuts(reference.cut(text)), _cuts(rjieba.cut(text))
        boundaries += len(one | other)
        agreed += len(one & other)
    assert agreed / boundaries > 0.995


def _cuts(cut: object) -> set[int]:
    at = 0
    found = set()
    for word in cut:  # type: ignore[attr-defined]
        at += len(word)
        found.add(at)
    return found


def test_the_identity_names_the_analyzer_and_a_digest_of_its_work() -> None:
    assert analyzer_identity().startswith("kaoju-words/")
    assert analyzer_identity() == analyzer_identity()


def test_importing_tokens_loads_no_segmenter() -> None:
    code = "import sys, kaoju.tokens; print({'jieba', 'rjieba', 'opencc'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"
