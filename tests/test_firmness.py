"""What an article expects and a draft states."""

from __future__ import annotations

import pytest

from drafting import told
from kaoju.firmness import is_firmer, is_open


@pytest.mark.parametrize(
    "article",
    [
        "主管预计,二季度客座率将超过85%。",
        "年底付费会员有望达到85万。",
        "The ministry expects a deficit this year of 8.5 billion.",
        "The aim for this year is 8,500 visitors, said Bo Lund.",
        "若股价下跌,家庭财富将缩水约85亿元。",
        "Receipts will fall by 8.5 billion if shares drop further.",
        "秘书长说，希望三年内把总额提高到85万元。",
        "如果通胀升破4%,收益率明年可能回到8.5%。",
    ],
)
def test_what_is_expected_or_depends_is_open(article: str) -> None:
    assert is_open(told(article))


@pytest.mark.parametrize(
    "article",
    [
        "各公司预计赔付86亿元，已支付85亿元。",
        "收入高于公司自己的预测，营业利润为85亿元。",
        "二季度客座率超过85%。",
        "Carriers took 85,000 travellers in May.",
        "They would sell if inflation, now 8.5%, rose.",
        "The firm will open 85 shops.",
        "主管预测，到年底会更多的付费会员目前约有85万。",
        "She predicts that the market, now worth 85 billion, will double.",
    ],
)
def test_what_is_told_beside_an_expectation_is_not_open(article: str) -> None:
    assert not is_open(told(article))


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        ("二季度客座率超过了85%。", True),
        ("In the second quarter load factors exceeded 85%.", True),
        ("二季度客座率预计超过85%。", False),
        ("主管认为二季度客座率超过85%。", False),
        ("Load factors are seen above 85%.", False),
        ("数据显示二季度客座率超过85%。", True),
        ("据报道二季度客座率超过85%。", False),
        ("With May over, load factors exceeded 85%.", True),
        ("Load factors may exceed 85%.", False),
        # what is expected may be told as what will be
        ("Load factors will exceed 85%.", False),
        ("二季度客座率将超过85%。", False),
        ("二季度客座率由将军宣布超过85%。", True),
    ],
)
def test_only_a_draft_that_states_it_is_firmer(draft: str, found: bool) -> None:
    assert is_firmer(told(draft), told("主管预计,二季度客座率将超过85%。")) is found


def test_what_is_hoped_for_or_depends_is_not_what_will_be() -> None:
    draft = told("Orlen will open 85 shops.")
    assert is_firmer(draft, told("Orlen aims to open 85 shops."))
    assert is_firmer(draft, told("Orlen will open 85 shops if prices fall."))
    assert not is_firmer(draft, told("Orlen is expected to open 85 shops."))
