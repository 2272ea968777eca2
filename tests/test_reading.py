"""The way in: files and bytes to documents, with what they say about themselves."""

from __future__ import annotations

import json
import os
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaoju.boundaries import parts_of
from kaoju.dateline import as_day, day_in_name, is_date_line
from kaoju.errors import UnreadableArticleError
from kaoju.ingest import failed_row
from kaoju.layout import headings_of
from kaoju.reading import article_paths, read_bytes, read_path, read_text
from kaoju.tokens import terms
from kaoju.types import Document, Language

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT.parent / "shared" / "seed" / "announcement_and_analysis.txt"

ANNOUNCEMENT = """\
某平台创作者春季激励活动开启,发帖共享 $20,000 奖池
如何参与:
填写报名表单:https://www.example.com/form/12
在广场发帖并带上话题即可
奖励一览:
发帖即可瓜分 $8,000 奖池
20 位幸运用户:获得定制水杯
活动时间:2026 年 3 月 1 日 10:00 – 3 月 15 日 24:00(UTC+8)
详情:https://www.example.com/notice/99
"""
ANALYSIS = "".join(
    f"{line}\n"
    for line in (
        "铜价创下两年新高之后:一场供给与情绪的拉锯",
        "国际铜价本周一度突破每吨11000美元,为两年来首次。"
        "矿山减产与冶炼费下滑推高了现货升水,下游铜杆企业却开始放慢采购。",
        "矿山的麻烦",
        "智利和秘鲁的多座矿山因品位下降而减产,冶炼厂争抢铜精矿,加工费跌到历史低位。"
        "分析师认为,这种局面至少还要持续两个季度。",
        "需求端的犹豫",
        "铜杆企业的开工率回落到六成左右,空调厂商也推迟了备货。"
        "一位采购经理说,现在的铜价让订单利润所剩无几。",
        "价格还能走多远",
        "多数机构上调了年内铜价预测,但也提醒投机资金已经十分拥挤。"
        "一旦宏观情绪转弱,铜价可能快速回吐涨幅。",
    )
)
REPORT = "".join(
    f"{line}\n"
    for line in (
        "City council approves new tram line along the river",
        "The city council voted on Tuesday to build a tram line along the river, ending six "
        "years of debate over the route and its cost.",
        "Why the route changed",
        "The earlier plan would have cut through the old market, and stallholders took the "
        "council to court. The new tram route follows the embankment instead.",
        "What it will cost",
        "The line is budgeted at 420 million euros, of which the state pays two thirds. "
        "Construction of the tram starts in the spring.",
    )
)
HARVEST = "".join(
    f"{line}\n"
    for line in (
        "Olive growers expect the smallest harvest in a decade",
        "Olive growers in the south expect to press a third less oil this year after a dry "
        "winter and a hailstorm in May damaged the groves.",
        "Cooperatives said bottles would cost more by Christmas, and that some pressing mills "
        "might not open at all this season.",
    )
)


def one(text: str, **known: object) -> Document:
    documents = read_text(text, source=str(known.pop("source", "a.txt")), **known)  # type: ignore[arg-type]
    assert len(documents) == 1, [d.title for d in documents]
    return documents[0]


def heads(document: Document) -> list[str]:
    return [h.span.of(document.text) for h in document.headings]


# Several articles in one file -----------------------------------------------------------


@pytest.mark.shared
def test_the_seed_file_is_two_articles_with_their_headlines_and_text() -> None:
    if not SEED.exists():
        pytest.skip("the shared seed file is not here")
    first, second = read_path(SEED)
    whole = SEED.read_text("utf-8")
    assert first.title == "Gate 广场创作者新春激励正式开启,发帖解锁 $60,000 豪华奖池"
    assert second.title == '30万亿美元美债背后的脆弱平衡:一场随时可能破裂的"停战"'
    assert first.text + "\n" + second.text == whole.strip("\n")
    assert first.text.endswith("https://www.gate.com/announcements/article/49112")
    assert heads(first)[1:] == ["如何参与:", "丰厚奖励一览:"]
    assert heads(second)[1:] == [
        '债市"义警"的觉醒与妥协',
        '政府的"维稳"暗手',
        "稳定币的意外盟友",
        "隐忧重重的脆弱平衡",
        "再次崩裂的可能性",
    ]
    assert "article 2 of 2 in the file: boundary found at line 12" in " ".join(second.notes)
    assert first.language is second.language is Language.ZH


@pytest.mark.parametrize("gap", ["", "\n", "\n\n\n"])
@pytest.mark.parametrize(
    "articles",
    [
        [ANNOUNCEMENT, ANALYSIS],
        [ANALYSIS, ANNOUNCEMENT],
        [REPORT, HARVEST],
        [ANALYSIS, REPORT],
        [ANNOUNCEMENT, ANALYSIS, REPORT],
    ],
    ids=["zh", "zh-reversed", "en", "mixed", "three"],
)
def test_articles_without_any_separator_are_told_apart(articles: list[str], gap: str) -> None:
    documents = read_text(gap.join(articles), source="a.txt")
    assert [d.title for d in documents] == [a.split("\n")[0] for a in articles]
    assert [d.text for d in documents] == [a.strip() for a in articles]


@pytest.mark.parametrize("article", [ANNOUNCEMENT, ANALYSIS, REPORT, HARVEST])
def test_one_article_with_section_headings_stays_one(article: str) -> None:
    assert one(article).text == article.strip()


@pytest.mark.parametrize(
    "separator", ["\n====\n", "\n---\n", "\n***\n", "\n* * *\n", "\n————\n", "\f", "\n\n-----\n\n"]
)
def test_a_typed_separator_before_a_headline_divides(separator: str) -> None:
    documents = read_text(ANNOUNCEMENT.strip() + separator + ANALYSIS, source="a.txt")
    assert [d.text for d in documents] == [ANNOUNCEMENT.strip(), ANALYSIS.strip()]
    assert "separator" in documents[1].notes[0] or "form feed" in documents[1].notes[0]


BRIEF_ZH = (
    "沪指收涨1%\n\n周一沪指收涨1%，成交额1.1万亿元。分析师称，市场情绪回暖。\n\n"
    "北向资金净流入50亿元。"
)
BRIEF_EN = (
    "Acme profit rises 5%\n\nAcme said on Monday that profit rose 5% to $30 million in the "
    "quarter. Chief executive Jane Roe said demand was strong.\n\nShares rose 2%."
)
FIVE = [
    "第三篇新文章放在最前面\n\n上海证券交易所宣布，2025年成交额为500万亿元。\n上交所总经理表示市场平稳。",
    ANNOUNCEMENT.strip(),
    BRIEF_EN,
    BRIEF_ZH,
    ANALYSIS.strip(),
]


@pytest.mark.parametrize(
    "separator",
    [
        "\n---\n",
        "\n\n---\n\n",
        "\n=====\n",
        "\n***\n",
        "\f",
        "\n\f\n",
        "\n────────────\n",
        "\n———\n",
    ],
)
def test_short_articles_between_typed_separators_are_told_apart(separator: str) -> None:
    documents = read_text(separator.join(FIVE), source="a.txt")
    assert [d.text for d in documents] == FIVE
    assert [d.title for d in documents] == [text.split("\n")[0] for text in FIVE]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_the_list_of_an_announcement_is_never_cut(gap: str) -> None:
    texts = [d.text for d in read_text(gap.join(FIVE), source="a.txt")]
    assert sum(ANNOUNCEMENT.strip() in text for text in texts) == 1


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_where_separators_are_typed_no_other_cut_is_guessed(gap: str) -> None:
    text = ANNOUNCEMENT + gap + ANALYSIS + "\n=====\n" + REPORT
    assert len(read_text(ANNOUNCEMENT + gap + ANALYSIS, source="a.txt")) == 2
    documents = read_text(text, source="a.txt")
    assert [d.text for d in documents] == [
        (ANNOUNCEMENT + gap + ANALYSIS).strip(),
        REPORT.strip(),
    ]


def test_news_in_one_line_each_between_separators_is_told_apart() -> None:
    lines = ["沪指周一收涨百分之一", "深圳成指周一收涨百分之二", "恒生指数周一收跌百分之三"]
    documents = read_text("\n---\n".join(lines), source="a.txt")
    assert [d.text for d in documents] == lines


def test_notes_without_a_headline_are_told_apart_by_rows_of_equals_signs() -> None:
    notes = ["周一沪指收涨1%，成交额1.1万亿元。", "周二沪指收跌2%，成交额1万亿元。"]
    assert [d.text for d in read_text("\n====\n".join(notes), source="a.txt")] == notes


@pytest.mark.parametrize(
    "foot", ["责任编辑:张三", "来源:新华社", "免责声明:本文仅供参考,不构成投资建议。", "(完)"]
)
@pytest.mark.parametrize("separator", ["\n---\n", "\n=====\n"])
def test_what_stands_below_a_rule_at_the_foot_belongs_to_its_article(
    foot: str, separator: str
) -> None:
    assert one(ANALYSIS + separator + foot).text.endswith(foot)


def test_titles_between_rules_stay_with_their_text() -> None:
    rule = "=" * 40
    articles = [
        f"{text[: text.index(chr(10))]}\n{rule}{text[text.index(chr(10)) :]}" for text in FIVE
    ]
    documents = read_text("".join(f"{rule}\n{a}\n\n" for a in articles), source="a.txt")
    assert [d.text.removeprefix(f"{rule}\n") for d in documents] == articles


def test_pages_parted_by_form_feeds_stay_one_article() -> None:
    lines = ANALYSIS.strip().split("\n")
    text = "\n".join(lines[:2]) + "\f" + "\n".join(lines[3:5]) + "\f" + "\n".join(lines[5:])
    assert one(text).text == text


def test_a_rule_between_two_paragraphs_does_not_divide() -> None:
    lines = ANALYSIS.strip().split("\n")
    text = "\n".join([*lines[:2], "***", *lines[3:4], "* * *", *lines[5:]])
    assert one(text).text == text


def test_an_underlined_heading_is_no_separator() -> None:
    lines = REPORT.strip().split("\n")
    text = "\n".join([lines[0], "=" * len(lines[0]), *lines[1:3], "-" * len(lines[2]), *lines[3:]])
    assert one(text).text == text


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
def test_repeated_front_matter_divides(media_type: str) -> None:
    text = (
        "---\ntitle: 第一篇\nurl: https://e.example/1\n---\n第一篇的正文。\n\n"
        "---\ntitle: 第二篇\npublished: 2025-11-05\n---\n第二篇的正文。\n"
    )
    first, second = read_text(text, source="a", media_type=media_type)
    assert (first.title, first.text, first.url) == (
        "第一篇",
        "第一篇的正文。",
        "https://e.example/1",
    )
    assert (second.title, second.text) == ("第二篇", "第二篇的正文。")
    assert second.published_on == date(2025, 11, 5)


def test_editing_one_article_of_a_file_does_not_rename_the_others() -> None:
    before = read_text(ANNOUNCEMENT + ANALYSIS, source="a.txt")
    edited = ANALYSIS.replace("11000美元", "11200美元")
    after = read_text(ANNOUNCEMENT + edited, source="a.txt")
    assert [d.id for d in before] == [d.id for d in after]
    assert before[0].version == after[0].version
    assert before[1].version != after[1].version
    reversed_order = read_text(ANALYSIS + ANNOUNCEMENT, source="a.txt")
    assert {d.id for d in reversed_order} == {d.id for d in before}


def test_articles_of_a_file_that_claim_one_address_stay_two() -> None:
    text = "".join(
        f"---\ntitle: {title}\nid: same\nurl: https://e.example/a\n---\n{title}的正文。\n"
        for title in ("第一篇", "第二篇")
    )
    first, second = read_text(text, source="a.md", media_type="text/markdown")
    assert first.id != second.id
    assert first.url == second.url == "https://e.example/a"


@given(st.text(alphabet="债市平静。\n=-*# \f铜价新高,abc.", max_size=300))
def test_parts_of_any_text_are_in_order_and_lose_only_separators(text: str) -> None:
    parts = parts_of(text, terms=terms)
    assert parts
    at = 0
    for part in parts:
        assert at <= part.start <= part.end <= len(text)
        assert not set(text[at : part.start]) - set(" \n\f=-*#")
        at = part.end
    assert not set(text[at:]) - set(" \n\f=-*#")


# Headings -------------------------------------------------------------------------------


def test_headings_of_plain_text_are_found_by_shape_and_place() -> None:
    text = "\n".join(
        [
            "关于稳定增长的若干意见正式发布",
            "国务院近日印发意见,从六个方面提出要求,各地区各部门要结合实际认真贯彻落实。",
            "一、总体要求",
            "坚持稳中求进工作总基调,完整准确全面贯彻新发展理念,推动高质量发展。",
            "(一)主要目标",
            "到2030年,主要指标达到预期水平,发展质量明显提高。",
            "具体措施包括:",
            "首先,扩大有效投资,支持重点领域和薄弱环节,形成更多实物工作量。",
            "联系方式:",
            "电话:010-12345678",
            "邮箱:press@example.com",
        ]
    )
    found = [(h.span.of(text), h.level) for h in headings_of(text)]
    assert found == [
        ("关于稳定增长的若干意见正式发布", 1),
        ("一、总体要求", 2),
        ("(一)主要目标", 3),
        ("联系方式:", 2),
    ]


# Ids, versions, sources -----------------------------------------------------------------


def test_the_same_file_has_the_same_id_from_another_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "sub" / "a.txt"
    file.parent.mkdir()
    file.write_text(ANALYSIS, "utf-8")
    absolute = read_path(file)[0]
    monkeypatch.chdir(file.parent)
    relative = read_path(Path("a.txt"))[0]
    under_root = read_path(file, root=tmp_path)[0]
    assert absolute.id == relative.id == under_root.id
    assert absolute.version == relative.version == under_root.version
    assert under_root.source == "sub/a.txt"


def test_an_id_follows_front_matter_then_address_then_place() -> None:
    plain = one("正文在此。", source="x.txt")
    moved = one("正文在此。", source="y.txt")
    assert plain.id != moved.id
    addressed = [one("正文在此。", source=s, url="https://e.example/a") for s in ("x", "y")]
    assert addressed[0].id == addressed[1].id != plain.id
    tracked = one("正文在此。", url="https://E.example/a/?utm_source=mail#top")
    assert tracked.id == addressed[0].id
    named = [one(f"---\nid: n1\nurl: {u}\n---\n正文。") for u in ("https://a.example/1", "urn:b")]
    assert named[0].id == named[1].id


def test_a_version_changes_with_what_a_reader_would_call_a_change() -> None:
    base = one("正文在此。", title="标题")
    assert base.version == one("正文在此。", title="标题").version
    assert base.version != one("正文在此!", title="标题").version
    assert base.version != one("正文在此。", title="新标题").version
    assert base.version != one("正文在此。", title="标题", published_on=date(2025, 1, 1)).version


def test_a_touched_file_is_not_a_new_version(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(ANALYSIS, "utf-8")
    os.utime(file, (1_700_000_000, 1_700_000_000))
    before = read_path(file)[0]
    os.utime(file, (1_750_000_000, 1_750_000_000))
    after = read_path(file)[0]
    assert (before.id, before.version) == (after.id, after.version)
    assert before.published_on is None
    assert "no published date found; the file is dated 2023-11-14" in before.notes


# Text as printed ------------------------------------------------------------------------


def test_text_is_kept_as_printed() -> None:
    text = "全角１２３，「引號」……\u3000縮排\t製表\n\n\n第二段 ﬁn½"
    assert one(text).text == text


def test_line_ends_marks_and_nuls_are_all_that_changes() -> None:
    data = "\ufeff第一行\r\n第二行\r第三\0行".encode()
    assert read_bytes(data, source="a.txt")[0].text == "第一行\n第二行\n第三行"


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "gb18030", "utf-8-sig"])
def test_files_in_any_encoding_give_the_same_article(tmp_path: Path, codec: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes((ANALYSIS + "朱镕基、陶喆、赵堃、㛃").encode(codec))
    document = read_path(file)[0]
    assert document.text == (ANALYSIS + "朱镕基、陶喆、赵堃、㛃")
    assert document.encoding == {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}.get(codec, codec)


# Metadata -------------------------------------------------------------------------------


def test_front_matter_is_read_in_both_languages_of_keys() -> None:
    english = one(
        "---\ntitle: Rates: a history\nsource: The Wire\nauthors: [Ann Lee, Bo Chen]\n"
        "published: 2025-11-05T23:30:00+08:00\nlanguage: en\nurl: https://e.example/a\ntags: [x]\n"
        "---\nThe text.",
        source="a.md",
    )
    assert english.title == "Rates: a history"
    assert english.source == "The Wire"
    assert english.authors == ("Ann Lee", "Bo Chen")
    assert english.published_on == date(2025, 11, 5)
    assert english.language is Language.EN
    assert english.url == "https://e.example/a"
    assert english.text == "The text."
    chinese = one("---\n标题: 降准\n来源: 新华社\n日期: 2025年5月7日\n作者: 张三\n---\n正文。")
    assert (chinese.title, chinese.source, chinese.authors) == ("降准", "新华社", ("张三",))
    assert chinese.published_on == date(2025, 5, 7)


@pytest.mark.parametrize("block", ["title: [a", 'title: "a', "title: {a: b"])
def test_front_matter_that_is_not_yaml_is_refused_with_its_line(block: str) -> None:
    with pytest.raises(UnreadableArticleError, match=r"a\.md: the front matter is not YAML"):
        read_text(f"---\n{block}\n---\ntext", source="a.md", media_type="text/markdown")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2025年11月5日 10:30 来源:新华网", date(2025, 11, 5)),
        ("发布时间：2025-11-05 10:32:08", date(2025, 11, 5)),
        ("来源：央视新闻 2025/11/05", date(2025, 11, 5)),
        ("Nov. 5, 2025 | By Jane Doe", date(2025, 11, 5)),
        ("Published: 5 November 2025", date(2025, 11, 5)),
        ("(2025-11-05)", date(2025, 11, 5)),
        ("活动时间:2026 年 1 月 8 日 16:00 – 1 月 26 日 24:00(UTC+8)", None),
        ("2025年11月5日，美国财政部释放信号。", None),
        ("2025-13-45", None),
        ("2025-01-01 - 2025-03-01", None),
        ("Since May 5, 2025 prices have doubled", None),
    ],
)
def test_only_a_date_line_gives_the_day_of_publication(line: str, day: date | None) -> None:
    document = one(f"央行宣布下调存款准备金率\n{line}\n中国人民银行今天宣布下调存款准备金率。")
    assert document.published_on == day
    assert is_date_line(line) is (day is not None)
    if day:
        assert f"published date {day} from the printed date line" in document.notes


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "🚀🚀 火箭发射 👨‍👩‍👧‍👦\n\n公司🚀收入增长5%，达到$3亿😀。e\u0301 café ﷽ RTL\n",
            "🚀🚀 火箭发射 👨‍👩‍👧‍👦",
        ),
        ("🚀 升空\n\n公司的火箭昨天升空\n", "🚀 升空"),
        ("财经\n央行宣布下调存款准备金率\n中国人民银行今天宣布降准。", "央行宣布下调存款准备金率"),
    ],
)
def test_a_short_first_line_is_the_title_unless_it_names_the_column(text: str, title: str) -> None:
    assert one(text).title == title


def test_a_date_in_the_file_name_comes_last_and_is_noted() -> None:
    document = one("正文在此。", source="news/2026-01-08-gate.txt")
    assert document.published_on == date(2026, 1, 8)
    assert "published date 2026-01-08 from the file's name" in document.notes
    assert day_in_name("20260108.txt") == date(2026, 1, 8)
    assert day_in_name("report-49112.txt") is None
    assert as_day(20260108) == date(2026, 1, 8)


# Markdown -------------------------------------------------------------------------------

MARKDOWN = """\
# 铜价的拉锯

铜价*本周*一度突破**11000美元**，
为两年来首次。See [the report](https://e.example/r) and <https://e.example/s>.

## 矿山

1. 智利
2. 秘鲁
   - 品位下降

| 项目 | 变动 |
|---|---|
| 加工费 | -3% |

> 引用的话。
"""


def test_markdown_becomes_the_text_that_a_reader_sees() -> None:
    document = one(MARKDOWN, source="a.md", media_type="text/markdown")
    assert document.title == "铜价的拉锯"
    assert document.text == (
        "铜价的拉锯\n\n"
        "铜价本周一度突破11000美元，为两年来首次。"
        "See the report (https://e.example/r) and https://e.example/s.\n\n"
        "矿山\n\n1. 智利\n2. 秘鲁\n  - 品位下降\n\n项目 | 变动\n加工费 | -3%\n\n引用的话。"
    )
    assert [(h.span.of(document.text), h.level) for h in document.headings] == [
        ("铜价的拉锯", 1),
        ("矿山", 2),
    ]


MARKDOWN_FIVE = ["# " + text.replace("\n", "\n\n", 1) for text in FIVE]


@pytest.mark.parametrize("separator", ["\n\n---\n\n", "\n\n***\n", "\n\n=====\n\n", "\n---\n"])
@pytest.mark.parametrize("front", ["", "---\ntitle: 第三篇新文章\nsource: 某某网\n---\n"])
def test_markdown_is_cut_at_separators_before_headings_of_level_one(
    separator: str, front: str
) -> None:
    text = front + separator.join(MARKDOWN_FIVE)
    documents = read_text(text, source="a.md", media_type="text/markdown")
    titles = [text.split("\n")[0] for text in FIVE]
    assert [d.title for d in documents] == ["第三篇新文章" if front else titles[0], *titles[1:]]
    assert [d.text.split("\n")[0] for d in documents] == titles
    assert [d.source for d in documents] == ["某某网" if front else "a.md", *["a.md"] * 4]
    line = text[: text.index(MARKDOWN_FIVE[1])].count("\n") + 1
    assert f"article 2 of 5 in the file: boundary found at line {line} (" in documents[1].notes[0]


@pytest.mark.parametrize("separator", ["\n\n---\n\n", "\n\n***\n\n", "\n\n=====\n\n", "\n---\n"])
def test_markdown_without_headings_is_cut_at_what_is_typed_alone(separator: str) -> None:
    text = separator.join(re.sub("\n+", "\n\n", text) for text in FIVE)
    documents = read_text(text, source="a.md", media_type="text/markdown")
    assert [d.title for d in documents] == [text.split("\n")[0] for text in FIVE]
    guessed = read_text(
        "\n\n".join([ANNOUNCEMENT, ANALYSIS]), source="a.md", media_type="text/markdown"
    )
    assert len(guessed) == 1


@pytest.mark.parametrize(
    "text",
    [
        "# 铜价的拉锯\n\n正文在此。\n\n---\n\n## 矿山的麻烦仍在继续\n\n正文在此。\n",
        "# 铜价的拉锯\n\n正文在此。\n\n---\n\n矿山的麻烦仍在继续\n\n正文在此。\n",
        "# 铜价的拉锯\n\n正文在此。\n\n***\n\n又是一段正文。\n",
        "# 铜价的拉锯\n\n正文在此。\n\n# 矿山\n\n正文。\n\n---\n\n# 需求\n\n正文。\n",
        "# 铜价的拉锯\n\n```\n正文。\n\n---\n\n# 注释\n```\n\n正文在此。\n",
        "# 铜价的拉锯\n\n---\n\n# 副题\n\n正文在此。\n",
        "---\ntitle: 铜价\n---\n引言。\n\n---\n\n# 矿山\n\n正文。\n\n---\n\n# 需求\n\n正文。\n",
        "---\ntitle: 铜价\n---\n引言。\n\n---\n\n矿山的麻烦仍在继续\n\n正文。\n",
    ],
)
def test_a_rule_inside_a_markdown_article_does_not_divide(text: str) -> None:
    document = one(text, source="a.md", media_type="text/markdown")
    assert document.title.startswith("铜价")


# Web pages ------------------------------------------------------------------------------

PAGE = """\
<!DOCTYPE html><html lang="zh-CN"><head><meta charset="{charset}">
<title>央行宣布下调存款准备金率0.5个百分点_财经频道_某某网</title>
<meta name="author" content="朱镕基"><meta property="og:site_name" content="某某网">
<link rel="canonical" href="https://www.example.com/2025/rrr.html"></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/f">财经</a></li></ul></div>
<div class="main"><h1>央行宣布下调存款准备金率0.5个百分点</h1>
<div class="info"><span>2025年05月07日 09:30</span><span>来源:某某网</span></div>
<div class="content">
<p>　　中国人民银行7日宣布，自5月15日起下调金融机构存款准备金率，\
释放长期资金约1万亿元。</p>
<p>　　央行行长表示，此举意在保持流动性充裕，支持<strong>实体经济</strong>。\
市场人士认为，降准时点早于预期。</p>
<h2>市场反应</h2>
<p>　　消息公布后，10年期国债收益率下行3个基点至1.62%，详见<a href="https://e.example/b">公告</a>。</p>
<ul><li>上证指数收涨0.8%</li><li>深证成指收涨0.22%</li></ul>
<table><tr><th>指标</th><th>变动</th></tr><tr><td>准备金率</td><td>-0.5个百分点</td></tr></table>
</div></div>
<div class="related"><h3>相关阅读</h3><ul><li><a href="/1">外汇储备连续上升</a></li></ul></div>
<div class="footer">版权所有 某某网 京ICP备12345号</div></body></html>
"""


@pytest.mark.parametrize(("charset", "codec"), [("utf-8", "utf-8"), ("gb2312", "gb18030")])
def test_a_web_page_gives_its_article_and_nothing_around_it(charset: str, codec: str) -> None:
    data = PAGE.format(charset=charset).encode(codec)
    (document,) = read_bytes(data, source="rrr.html")
    assert document.title == "央行宣布下调存款准备金率0.5个百分点"
    assert document.text.startswith(f"{document.title}\n")
    assert "释放长期资金约1万亿元。" in document.text
    assert "- 上证指数收涨0.8%\n- 深证成指收涨0.22%" in document.text
    assert "指标 | 变动\n准备金率 | -0.5个百分点" in document.text
    assert "详见公告 (https://e.example/b)。" in document.text
    for boilerplate in ("首页", "相关阅读", "外汇储备", "版权所有", "ICP"):
        assert boilerplate not in document.text
    assert heads(document) == [document.title, "市场反应"]
    assert document.published_on == date(2025, 5, 7)
    assert document.url == "https://www.example.com/2025/rrr.html"
    assert (document.source, document.authors) == ("某某网", ("朱镕基",))
    assert (document.language, document.encoding) == (Language.ZH, codec)


def test_json_ld_says_who_wrote_what_when() -> None:
    described = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebPage", "name": "Wire"},
            {
                "@type": ["NewsArticle"],
                "headline": "Fed holds rates steady",
                "datePublished": "2025-06-18T23:00:00-04:00",
                "author": [{"@type": "Person", "name": "Ann Lee"}, {"name": "Bo Chen"}],
                "publisher": {"name": "The Wire"},
                "mainEntityOfPage": {"@id": "https://wire.example/fed"},
            },
        ],
    }
    html = (
        f'<html><head><title>x</title><script type="application/ld+json">{json.dumps(described)}'
        "</script><script type='application/ld+json'>{broken</script></head><body><article>"
        "<h1>Fed holds rates steady</h1><p>The Federal Reserve held its benchmark rate at 4.25% "
        "to 4.5% on Wednesday, as expected.</p></article></body></html>"
    )
    (document,) = read_bytes(html.encode(), source="a.html")
    assert document.title == "Fed holds rates steady"
    assert document.authors == ("Ann Lee", "Bo Chen")
    assert document.published_on == date(2025, 6, 18)
    assert (document.source, document.url) == ("The Wire", "https://wire.example/fed")


def test_half_a_surrogate_pair_in_metadata_is_no_text() -> None:
    described = (
        r'{"@type": "NewsArticle", "headline": "Rates \ud800 rise",'
        r' "articleBody": "It rose. \udfff"}'
    )
    html = (
        f'<html><head><script type="application/ld+json">{described}</script></head><body></body>'
        "</html>"
    )
    (document,) = read_bytes(html.encode(), source="a.html")
    assert (document.title, document.text) == ("Rates \ufffd rise", "It rose. \ufffd")


def test_a_page_whose_frame_is_named_by_class_gives_its_article_alone() -> None:
    html = (
        "<html><head><title>陶喆演唱会收入破亿_娱乐频道</title></head><body>"
        '<div class="nav">首页 | 娱乐</div><h1>陶喆演唱会收入破亿</h1><div class="content">'
        "<p>歌手陶喆2024年11月在北京举办演唱会，门票收入1.2亿元。</p>"
        "<p>主办方负责人李堃说，明年将加开10场。</p></div>"
        '<div id="site-footer">Copyright</div></body></html>'
    )
    (document,) = read_bytes(html.encode("gb18030"), source="a.html")
    assert [line for line in document.text.split("\n") if line] == [
        "陶喆演唱会收入破亿",
        "歌手陶喆2024年11月在北京举办演唱会，门票收入1.2亿元。",
        "主办方负责人李堃说，明年将加开10场。",
    ]


def test_a_box_with_the_text_of_the_page_stays_whatever_it_is_called() -> None:
    html = (
        '<html><body><div class="menu">目录</div><div class="share">'
        "<p>各位用户请注意维护时间。</p><p>我们计划于11月2日凌晨停机维护。</p></div></body></html>"
    )
    (document,) = read_bytes(html.encode(), source="a.html")
    assert document.text == "各位用户请注意维护时间。\n\n我们计划于11月2日凌晨停机维护。"


@pytest.mark.parametrize("box", ["div", "span", "ul", "section", "my-box"])
@pytest.mark.parametrize("closed", [True, False])
def test_no_text_of_a_page_is_lost_however_deep_it_lies(box: str, closed: bool) -> None:
    end = f"</{box}>" * 5000 if closed else ""
    html = (
        f"<html><body><h1>Profits rise at the bank</h1><p>It was a good year.</p>"
        f"{f'<{box}>' * 5000}<p>The bank says profit was $5 million.</p>{end}</body></html>"
    )
    (document,) = read_bytes(html.encode(), source="a.html")
    lines = [line for line in document.text.split("\n") if line]
    assert lines == [
        "Profits rise at the bank",
        "It was a good year.",
        "The bank says profit was $5 million.",
    ]


def test_a_page_that_would_lose_text_in_its_depth_is_refused() -> None:
    html = f"<p>It was a good year.</p>{'<table><tr><td>' * 500}The bank says profit rose."
    with pytest.raises(UnreadableArticleError, match="too deep to be read"):
        read_bytes(f"<html><body>{html}".encode(), source="a.html")


@pytest.mark.parametrize("media_type", ["text/html", "text/markdown"])
def test_a_form_feed_in_html_is_a_blank(media_type: str) -> None:
    html = "<p>正文在此。</p><p>第二段<!-- x -->\f在此。</p>"
    document = one(html, source="a", media_type=media_type)
    assert document.text.endswith("第二段 在此。")


def test_a_short_page_keeps_its_lines() -> None:
    html = (
        "<html><head><title>公告</title></head><body><nav><a href='/'>首页</a></nav>"
        "<h1>平台维护公告</h1><div>各位用户:<p>我们计划于11月2日凌晨2:00至5:30停机维护。</p>敬请谅解</div>"
        "</body></html>"
    )
    (document,) = read_bytes(html.encode(), source="a.html")
    assert [line for line in document.text.split("\n") if line] == [
        "平台维护公告",
        "各位用户:",
        "我们计划于11月2日凌晨2:00至5:30停机维护。",
        "敬请谅解",
    ]
    assert document.title == "平台维护公告"


def test_a_file_that_is_html_is_read_as_html_whatever_it_is_called() -> None:
    (document,) = read_bytes(PAGE.format(charset="utf-8").encode(), source="saved.txt")
    assert document.media_type == "text/html"
    assert "<p>" not in document.text


# Refusals -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7\n1 0 obj", "a PDF; save its text as"),
        (b"PK\x03\x04\x14\x00", "Office document"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
        (b"---\ntitle: a\n---\n", "no text after"),
        ("债市平静".encode()[:-1] + b"\xe5\n" + "债市平静".encode(), "byte 0xe9|byte 0xe5"),
    ],
)
def test_what_is_no_article_is_refused_by_name_with_what_to_do(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableArticleError, match=reason) as caught:
        read_bytes(data, source="some/file.txt")
    assert str(caught.value).startswith("some/file.txt: ")


@pytest.mark.parametrize(
    "body",
    [
        '<div id="root"></div><script>start()</script>',
        "<ul>" + "".join(f'<li><a href="/{i}">Story {i}</a></li>' for i in range(30)) + "</ul>",
    ],
)
def test_a_page_without_an_article_is_refused(body: str) -> None:
    html = f"<html><head><title>x</title></head><body>{body}</body></html>"
    with pytest.raises(UnreadableArticleError, match="no article text"):
        read_bytes(html.encode(), source="a.html")


def test_a_file_too_large_for_an_article_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as out:
        out.truncate(17 * 1024 * 1024)
    with pytest.raises(UnreadableArticleError, match=r"huge\.txt: 18 MB is more than an article"):
        read_path(file)


@pytest.mark.parametrize("text", ["。。。！！！\n", "12345\n67890\n", "🚀🚀 5%\n", "# 123\n"])
@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
def test_a_text_without_words_is_refused(text: str, media_type: str) -> None:
    with pytest.raises(UnreadableArticleError, match="no words"):
        read_text(text, source="a.txt", media_type=media_type)


def test_a_yaml_tag_is_refused_for_what_it_is() -> None:
    text = '---\ntitle: !!python/object/apply:os.system ["true"]\n---\n\nBody text here.\n'
    with pytest.raises(UnreadableArticleError, match=r"more than plain values.*YAML tag") as caught:
        read_text(text, source="a.md", media_type="text/markdown")
    assert "colon" not in str(caught.value)


def test_an_error_names_its_file_once_and_keeps_the_reason_alone(tmp_path: Path) -> None:
    file = tmp_path / "empty.txt"
    file.write_bytes(b"")
    for read in (lambda: read_path(file), lambda: read_bytes(b"", source=str(file))):
        with pytest.raises(UnreadableArticleError) as caught:
            read()
        assert caught.value.reason == "the file is empty; there is nothing to add"
        assert str(caught.value) == f"{file}: {caught.value.reason}"
        assert failed_row("empty.txt", caught.value).reason == caught.value.reason
    with pytest.raises(FileNotFoundError) as missing:
        read_path(tmp_path / "none.txt")
    assert failed_row("none.txt", missing.value).reason == "No such file or directory"


# Files ----------------------------------------------------------------------------------


def test_a_pipe_is_refused_when_named_and_passed_over_in_a_folder(tmp_path: Path) -> None:
    pipe = tmp_path / "a.txt"
    os.mkfifo(pipe)
    (tmp_path / "b.txt").write_text("正文在此。", "utf-8")
    assert list(article_paths([tmp_path])) == [tmp_path / "b.txt"]
    with pytest.raises(UnreadableArticleError, match=r"a\.txt: this is a pipe.*not a file"):
        read_path(pipe)
    with pytest.raises(UnreadableArticleError, match="a device"):
        read_path(Path("/dev/zero"))
    with pytest.raises(UnreadableArticleError, match="this is a folder"):
        read_path(tmp_path)


def test_a_ring_of_links_is_an_error_of_its_own_and_not_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("a.txt")
    (tmp_path / "b.txt").symlink_to("nowhere.txt")
    assert [p.name for p in article_paths([tmp_path])] == ["a.txt", "b.txt"]
    for path in article_paths([tmp_path]):
        with pytest.raises(OSError, match=r"levels of symbolic links|No such file"):
            read_path(path)


def test_names_of_files_that_are_no_text_are_read_and_told_apart(tmp_path: Path) -> None:
    documents = []
    for name in (b"x\xff.txt", b"x\xfe.txt"):
        file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        try:
            file.write_text("同一篇正文。", "utf-8")
        except OSError:
            pytest.skip("this file system holds no such names")
        documents += read_path(file, root=tmp_path)
    first, second = documents
    assert (first.source, first.text) == ("x\ufffd.txt", "同一篇正文。")
    assert first.id != second.id
    assert first.file != second.file
    assert first.file.encode("utf-8").endswith(rb"/x\xff.txt")
    file.write_bytes(b"")
    with pytest.raises(UnreadableArticleError) as caught:
        read_path(file)
    assert str(caught.value).encode("utf-8").startswith(os.fsencode(tmp_path))


def test_documents_know_their_file_and_its_place_is_no_part_of_the_version(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(ANNOUNCEMENT + ANALYSIS, "utf-8")
    (tmp_path / "link.txt").symlink_to("a.txt")
    first = read_path(tmp_path / "a.txt")
    assert [d.file for d in first] == [str((tmp_path / "a.txt").resolve())] * 2
    assert [d.file for d in read_path(tmp_path / "link.txt")] == [d.file for d in first]
    assert [d.version for d in read_path(tmp_path / "b.txt")] == [d.version for d in first]
    assert one("正文在此。").file == ""


def test_folders_are_walked_in_order_for_articles_alone(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.HTML", ".hidden.txt", "README.md", "MANIFEST.txt", "d.pdf"):
        (tmp_path / name).write_text("x", "utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "e.htm").write_text("x", "utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "f.txt").write_text("x", "utf-8")
    found = [p.relative_to(tmp_path).as_posix() for p in article_paths([tmp_path])]
    assert found == ["a.md", "b.txt", "c.HTML", "sub/e.htm"]


def test_a_file_that_is_named_is_taken_whatever_it_is_called_and_once(tmp_path: Path) -> None:
    named = tmp_path / "README.md"
    named.write_text("x", "utf-8")
    assert list(article_paths([named, tmp_path, named])) == [named]
    with pytest.raises(FileNotFoundError, match="nowhere"):
        list(article_paths([tmp_path / "nowhere"]))


# Anything at all ------------------------------------------------------------------------


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=300) | st.text(max_size=300).map(str.encode),
    st.sampled_from(["text/plain", "text/markdown", "text/html", None]),
)
def test_any_bytes_are_read_or_refused_and_headings_lie_in_the_text(
    data: bytes, media_type: str | None
) -> None:
    try:
        documents = read_bytes(data, source="a", media_type=media_type)
    except UnreadableArticleError:
        return
    for document in documents:
        assert document.text.strip()
        assert document.title.strip()
        assert "\0" not in document.text
        starts = [h.span.start for h in document.headings]
        assert starts == sorted(set(starts))
        for heading in document.headings:
            assert heading.span.of(document.text).strip()


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            *(
                "---\n",
                "title: a\n",
                "title: [\n",
                "# 标题\n",
                "正文在此。\n",
                "- 项\n",
                "| a | b |\n",
            ),
            *(
                "|---|---|\n",
                "> 引用\n",
                "```\n",
                "[链接](https://e.example/甲)",
                "\n",
                "\f",
                "====\n",
            ),
            *(
                "<p>段落</p>",
                "<table><tr><td>x",
                "<ul><li>",
                "<h1>题",
                "</",
                "<!--",
                "<script>",
                "1. ",
            ),
            *(
                "\u3000\u3000",
                "2025年11月5日\n",
                "来源:新华社\n",
                "\\",
                "`",
                "**",
                "![a](b)",
                "&nbsp;",
            ),
        ]
    ),
    max_size=40,
).map("".join)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(FRAGMENTS, st.sampled_from(["text/plain", "text/markdown", "text/html"]))
def test_any_markup_is_read_or_refused(text: str, media_type: str) -> None:
    try:
        documents = read_text(text, source="a", media_type=media_type)
    except UnreadableArticleError:
        return
    again = read_text(text, source="a", media_type=media_type)
    assert [(d.id, d.version) for d in documents] == [(d.id, d.version) for d in again]
    assert len({d.id for d in documents}) == len(documents)
