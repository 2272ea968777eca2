"""Whether a rise or a cut that moved is told as what it came to, and from what it moved by."""

from __future__ import annotations

import pytest

from drafting import frame_of
from kaoju.agreement import agrees
from kaoju.alignment import Pair
from kaoju.draft_comparison import compare


def _agree(draft: str, article: str) -> bool:
    claim, evidence = frame_of(draft), frame_of(article)
    return agrees(Pair(claim, evidence, compare(claim, evidence), frozenset()))


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("Inflation slowed to 3.1%.", "居民消费价格同比上涨3.1%。"),
        ("Consumer prices rose 3.1%.", "Inflation slowed to 3.1%."),
        ("The economy grew 3.2%.", "经济增速放缓至3.2%。"),
        ("Growth slowed to 3.2%.", "经济增速放缓至3.2%。"),
        ("通胀率放缓至1.4%。", "The Swedish measure eased to 1.4%."),
        ("Prices rose 2.6%.", "Inflation slowed again in April, to 2.6%."),
        ("港口费上调2.5%。", "The rise in dues was trimmed to 2.5%."),
        ("政府把援助的削减幅度限制在9%。", "Parliament limited the cut in aid to 9%."),
        ("援助削减9%。", "Parliament limited the cut in aid to 9%."),
        ("Prices fell 0.9%.", "The fall in prices eased by 0.5% in February, to 0.9%."),
        ("涨幅比1月收窄0.5个百分点。", "The rise eased by 0.5 percentage points."),
        ("降幅扩大0.5个百分点。", "The fall widened by 0.5 percentage points."),
        ("涨幅收窄至2%。", "The rise narrowed to 2%."),
        ("The rise eased to 2%.", "The rise narrowed to 2%."),
        ("The rate rise of May 22 came to 0.75 percentage points.", "央行加息75个基点。"),
        ("It added 80 billion yuan.", "政府把追加额砍到800亿元。"),
        ("工厂裁员500人。", "裁员规模缩减到500人。"),
    ],
)
def test_what_a_rise_came_to_is_how_much_rose(draft: str, article: str) -> None:
    assert _agree(draft, article)
    assert _agree(article, draft)


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("港口费上调2.5%。", "Dues rose to 2.5%."),
        ("港口费上调到2.5%。", "The rise in dues was trimmed to 2.5%."),
        ("Inflation rose by 3.1%.", "Inflation rose to 3.1%."),
        ("The rise in dues was trimmed by 2.5%.", "The rise in dues was trimmed to 2.5%."),
        ("涨幅扩大2%。", "涨幅扩大至2%。"),
        ("援助削减至9%。", "Parliament limited the cut in aid to 9%."),
        ("援助增加9%。", "Parliament limited the cut in aid to 9%."),
        ("Unemployment rose to 5%.", "失业率上升5%。"),
        ("The rate rose 5%.", "The rise in fuel costs lifted the rate to 5%."),
        ("The rate rose 5%.", "Its cut in jobs helped the rate rise to 5%."),
        ("Growth slowed from 4%.", "Growth slowed to 4%."),
        ("Growth slowed to 3.2%.", "Growth quickened to 3.2%."),
        ("Inflation rose to 3.1%.", "Inflation slowed to 3.1%."),
        ("The rise widened to 3%.", "The rise narrowed to 3%."),
        ("The rate rose to 0.75 percentage points.", "The rise of May 22 came to 75 basis points."),
        ("The rate fell 0.75 percentage points.", "The rise of May 22 came to 75 basis points."),
        ("开支增至800亿元。", "政府把追加额砍到800亿元。"),
        ("开支减少800亿元。", "政府把追加额砍到800亿元。"),
        ("工厂增员至500人。", "裁员规模缩减到500人。"),
        ("涨幅扩大至2%。", "涨幅收窄至2%。"),
        ("涨幅扩大至2%。", "The rise narrowed to 2%."),
        ("Unemployment rose to 5.3%.", "Unemployment fell to 5.3%."),
    ],
)
def test_what_it_moved_by_and_what_something_rose_to_are_other_things(
    draft: str, article: str
) -> None:
    assert not _agree(draft, article)
    assert not _agree(article, draft)
