"""Amounts of tokens whose ticker no list has, and abbreviations that are none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaoju.comparison import compare_figures
from kaoju.figures import find_figures
from kaoju.types import Agreement, Dimension


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit"),
    [
        ("Minimum stake: 30 QVL.", "30 QVL", "30", "QVL"),
        ("Each of the 50 winners gets 1.5 QVL and a mug.", "1.5 QVL", "1.5", "QVL"),
        ("The pool holds 2.5 million QVL.", "2.5 million QVL", "2500000", "QVL"),
        ("Users pay 4 TIDE9 for each claim.", "4 TIDE9", "4", "TIDE9"),
        ("20位用户各得 3 QVL + 帆布袋", "3 QVL", "3", "QVL"),
        ("提现手续费为12 QVL或者5 USDC。", "12 QVL", "12", "QVL"),
        ("The token is called QVL. So far 30 QVL, they said.", "30 QVL", "30", "QVL"),
        ("最低提现数量：10 QVL、40 MAREN", "40 MAREN", "40", "MAREN"),
    ],
)
def test_a_number_before_an_unknown_ticker_is_money_of_its_own(
    text: str, surface: str, value: str, unit: str
) -> None:
    found = [f for f in find_figures(text) if f.surface == surface]
    assert [(f.value, f.unit, f.dimension) for f in found] == [
        (Decimal(value), unit, Dimension.MONEY)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The match kicks off at 12 GMT.",
        "It uses RTX 4090 SUPER cards.",
        "Kestrel flies the Boeing 737 MAX.",
        "BREAKING: 20 DEAD IN FIRE",
        "The 2026 SXSW will be shorter.",
        "Shares 0700 HKEX fell.",
        "The 3 CEOs met 20 US banks and 12 NATO members.",
        "他买了两块 GPU，共5 GPU。",
        "2024 NBA总决赛",
        "The engine makes 300 QHP.",  # nothing speaks of tokens
        "Both sides signed 12 QMU in Rosa.",
        "The tender pays for 40 MRI and 300 BHP.",
        "The firm sold 40,000 PHEV, it said. The fee was waived.",
    ],
)
def test_other_abbreviations_after_a_number_are_no_tickers(text: str) -> None:
    assert not [f for f in find_figures(text) if f.dimension is Dimension.MONEY]


def test_tokens_of_two_tickers_are_two_currencies() -> None:
    [one], [other], [dollars] = map(find_figures, ("It pays 2 QVL.", "It pays 2 MAREN.", "$2"))
    assert compare_figures(one, other).rule == "currency"
    assert compare_figures(one, dollars).rule == "currency"
    assert compare_figures(one, one).relation is Agreement.SAME
