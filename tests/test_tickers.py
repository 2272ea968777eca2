"""Coins that no list has, told apart by their tickers."""

from __future__ import annotations

import pytest

from drafting import told
from kaoju.draft_comparison import compare
from kaoju.tickers import of_other_coin
from kaoju.types import Agreement


@pytest.mark.parametrize(
    ("draft", "article", "found"),
    [
        ("交易量达到5,000枚QRV。", "The volume is $5,000.", True),
        ("奖励8枚QRV。", "得 8 枚 TULIP", True),
        ("奖励8枚QRV。", "得 8 枚 QRV", False),
        ("The fee is 3,000 QRV.", "The fee is 3,000 TULIP.", True),
        ("There were 3,000 NATO soldiers.", "There were 3,000 CDC soldiers.", False),
        ("It has 3,000 QRV.", "It has 3,000 TULIP.", False),  # nothing speaks of coins
        ("The fee covers 3,000 MRI.", "The fee covers 3,000 PCR.", False),
        ("有3,000枚。", "There were 3,000 QRV.", False),
        ("The fee is $3,000.", "The fee is $3,000.", False),
    ],
)
def test_numbers_with_two_tickers_are_of_two_coins(draft: str, article: str, found: bool) -> None:
    one, other = told(draft), told(article)
    assert of_other_coin(one, other) is found
    if found:
        assert compare(one, other).relation is not Agreement.SAME


@pytest.mark.parametrize(
    ("draft", "article", "rule"),
    [
        ("Debt stands at $815 billion.", "债务为8150亿奥元。", "currency"),
        ("债务为8150亿美元。", "债务为8150亿美元。", "equal"),
        ("Debt stands at 815 billion.", "债务为8150亿奥元。", "equal"),
    ],
)
def test_a_money_named_in_one_character_is_not_dollars(draft: str, article: str, rule: str) -> None:
    assert compare(told(draft), told(article)).rule == rule
