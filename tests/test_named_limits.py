"""A limit that a draft and an article both name, and what only keeps to one."""

from __future__ import annotations

import pytest

from drafting import told
from kaoju.draft_comparison import compare


@pytest.mark.parametrize(
    ("draft", "article", "rule"),
    [
        ("The minimum wage was $20.", "The minimum wage is $15.", "value"),
        ("The minimum wage rose to $20.", "The minimum wage is $15.", "value"),
        ("The minimum wage was $15.", "The minimum wage is $15.", "equal"),
        ("最高罚款为8000欧元。", "The maximum fine is 10,000 euros.", "value"),
        ("最高罚款为1万欧元。", "The maximum fine is 10,000 euros.", "equal"),
        ("The debt ceiling stood at $30 trillion.", "Debt ceiling: $36 trillion", "value"),
        ("最低充值金额为40 USDT。", "Minimum deposit: 30 USDT", "value"),
        ("The cap per person is 600 yuan.", "单人上限：800元", "value"),
        ("The cap per person is 800 yuan.", "单人上限：800元", "equal"),
        # what only keeps to a limit
        ("Bo Lund earns $20 an hour.", "The minimum wage is $15 an hour.", "bound"),
        ("Everyone can get 600 yuan.", "单人上限：800元", "bound"),
        ("Each deposit was at most 30 USDT.", "Minimum deposit: 30 USDT", "bound_crossed"),
    ],
)
def test_limits_that_both_name_are_compared_as_numbers(draft: str, article: str, rule: str) -> None:
    assert compare(told(draft), told(article)).rule == rule
