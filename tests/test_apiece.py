"""What each gets, what all share, and what is said of one time of several."""

from __future__ import annotations

from decimal import Decimal

import pytest

from drafting import told
from kaoju.apiece import of_other_share
from kaoju.figures import find_figures


def _amount(text: str) -> int:
    """The place of the figure that stands for 9,000, the last one where there is none."""
    values = [figure.value for figure in find_figures(text)]
    return values.index(Decimal(9000)) if Decimal(9000) in values else -1


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("Each of the winning crews gets £9,000.", "Crew pool: £9,000 shared by ten crews"),
        ("第21至50名每人可得9,000元。", "第 21 – 50 名:按积分占比瓜分 9,000 元"),
        ("Each crew gets £9,000.", "Crews share £9,000"),
        ("Every newcomer receives $9,000.", "Pool: $9,000, shared among everyone who joins"),
    ],
)
def test_what_all_share_is_not_what_each_gets(draft: str, article: str) -> None:
    assert of_other_share(told(draft), told(article, at=_amount(article)))


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("Ten crews share a pool of £9,000.", "Crew pool: £9,000 shared by ten crews"),
        ("Each winner gets £9,000.", "Pool: £90,000, shared by ten crews, £9,000 each"),
        ("参加者每人投20元,奖池共9,000元。", "奖池:9,000元,由前十名瓜分"),
        ("Each of the 320 helpers gets a cap.", "A pool is shared by 320 helpers"),
        ("The winner gets £9,000.", "First prize: £9,000"),
        ("Each crew gets £9,000.", "Orlen, with the largest market share, gave crews £9,000."),
        ("Each crew gets £9,000.", "Staff of a shared office in Rosa got £9,000."),
    ],
)
def test_what_is_told_alike_or_left_open_is_no_other_share(draft: str, article: str) -> None:
    assert not of_other_share(told(draft), told(article, at=_amount(article)))


@pytest.mark.parametrize(
    ("draft", "article", "found"),
    [
        ("每队都能拿到6,000元路费。", "每队路费最高6,000元", True),
        ("Each holder gets $90 back.", "Cashback of up to $90 for each holder", True),
        ("每队最多拿到6,000元路费。", "每队路费最高6,000元", False),
        ("Each holder gets $90 back.", "Cashback of $90 for each holder", False),
        ("Cashback is $90 at most for each holder.", "Up to $90 for each holder", False),
    ],
)
def test_the_most_that_anyone_gets_is_not_what_each_gets(
    draft: str, article: str, found: bool
) -> None:
    assert of_other_share(told(draft), told(article)) is found


@pytest.mark.parametrize(
    ("draft", "article", "found"),
    [
        ("Over the whole campaign 70 users are drawn.", "Draw: 70 users every week", True),
        ("整个活动共抽出70位用户。", "每周抽出70位用户", True),
        ("Every week 70 users are drawn.", "Draw: 70 users every week", False),
        ("Over the whole campaign 70 users are drawn.", "Draw: 70 users", False),
        ("The bank buys $70 million every month.", "每季度回购7000万美元", True),
        ("The bank buys $70 million every month.", "每月回购7000万美元", False),
        ("The bank buys $70 million every month.", "People's Daily: it buys $70 million", False),
        ("The bank buys $70 million every month.", "Daily buying: $70 million", True),
        ("The bank buys $210 million every quarter.", "每月回购7000万美元", False),
    ],
)
def test_what_is_said_of_every_week_is_not_said_of_other_times(
    draft: str, article: str, found: bool
) -> None:
    assert of_other_share(told(draft), told(article)) is found
