"""How firmly a number is stated where words or a label stand before it."""

from __future__ import annotations

import pytest

from kaoju.figures import find_figures
from kaoju.types import Qualifier

_EXACT, _LEAST, _MOST = Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.AT_MOST


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("每人最多登记12篇作品。", _MOST),
        ("每人至多可提现200元。", _MOST),
        ("卡里最多存1000元。", _MOST),
        ("每次最少充20元。", _LEAST),
        ("单笔最低充值 20 元。", _LEAST),
        ("登记最多的是30人。", _EXACT),
        ("得票最多的王强得了300票。", _EXACT),
        ("最低工资20元。", _EXACT),
        # a label before its number
        ("Cap per user in the pool: 800 USDT", _MOST),
        ("Limit per person: 3 tickets", _MOST),
        ("Maximum payout per account: $500", _MOST),
        ("Minimum deposit: $20", _LEAST),
        ("单人上限：200元", _MOST),
        ("最低充值：20元", _LEAST),
        ("Market cap: $800 million", _EXACT),
        ("Small cap: 300 firms", _EXACT),
        ("Temperature maximum: 35 °C", _EXACT),
        ("Speed limit: 120 km/h", _MOST),
        ("Maximum supply: $800 million", _EXACT),
        ("Minimum wage: $20", _EXACT),
        ("The fee has no cap and is: $20", _EXACT),
        # of a whole that stands between
        ("规模还不到其 3%。", Qualifier.UNDER),
        ("已超过总额的三成。", Qualifier.OVER),
        ("成交不到全国的3%。", Qualifier.UNDER),
        ("成交占比不到三地的3%。", Qualifier.UNDER),
        ("产量不到邻国的三成。", Qualifier.UNDER),
        # of a rival that stands between
        ("北国增速为5.25%，超过南国的4.55%。", _EXACT),
        ("贷款利率为4.25%，超过存款的1.15%。", _EXACT),
        ("本县增速为5.25%，超过全国的4.55%。", _EXACT),
        ("尤其3%的客户。", _EXACT),
        # a verb before up to makes it a level
        ("Fees go up to 5%.", _EXACT),
        ("The grant goes up to 750 yuan a month.", _EXACT),
        ("The two pools add up to £12,000.", _EXACT),
        ("Fees are up to 5%.", _MOST),
        ("Grants of up to 750 yuan.", _MOST),
    ],
)
def test_a_bound_is_told_by_the_words_before_its_number(text: str, qualifier: Qualifier) -> None:
    assert find_figures(text)[-1].qualifier is qualifier
