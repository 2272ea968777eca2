"""Figures of one thing whose units are read as two."""

from __future__ import annotations

import pytest

from drafting import frame_of
from kaoju.agreement import agrees, opposes
from kaoju.alignment import Pair
from kaoju.draft_comparison import compare, could_pair


def _agree(draft: str, article: str) -> bool:
    claim, evidence = frame_of(draft), frame_of(article)
    pair = Pair(claim, evidence, compare(claim, evidence), frozenset())
    return could_pair(claim, evidence) and agrees(pair)


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("Rents added 0.4 points.", "房租拉高0.4个百分点。"),
        ("The hall was 17.6 degrees.", "The hall was at 17.6C."),
        ("每桩日均充电412度。", "Each post charges 412 kilowatt-hours a day."),
        ("It set aside 340,000 pounds.", "拨款34万英镑。"),
        ("The two owe 15.6m yuan, of which the smaller owes 13m.", "较小的一家欠1300万元。"),
        ("The clip was watched 7.2 million times.", "视频播放720万次。"),
        ("The baby was seven months.", "婴儿七个月大。"),
        ("Holders receive 0.31 euros.", "Holders receive 31 cents."),
        ("Of every 100 parcels, some 43 went by rail.", "铁路占包裹的43%。"),
        ("Miners, some 4,300 workers, may leave at 57.", "矿工57岁可以退休。"),
        ("Leva sold 2 billion yuan of flats and Orin 7.1 billion.", "欧林售楼71亿元。"),
        ("一台要四千二百块上下。", "每台4200元。"),
        ("渡船当时时速不过17公里。", "渡船航速为每小时17公里。"),
        ("The posts gave 47.12 gigawatt-hours.", "单日4712万度。"),
        ("每一百个学员里有37人再报名。", "The rate of return is 37%."),
        ("每一千张票有12张作废。", "1.2% of tickets were void."),
        ("流通的现钞涨到649亿马克。", "Notes rose to 64.9 billion marks."),
        ("每升1.62克朗，便宜9分。", "A litre cost 1.62 crowns, 9 cents less."),
        ("买满40美元，一磅卖八毛九。", "A pound sells at 89 cents."),
        ("保费收入126亿克鲁恩。", "Premiums came to 12.6 billion krunes."),
        ("The pool was ¥640,000.", "总奖池64万元。"),
        ("东京塔门票1500日元。", "A ticket to the Tokyo tower costs ¥1,500."),
        ("The pool was ¥640,000.", "总奖池 ¥640,000。"),
        ("补贴降到每月45瓦元。", "The subsidy falls to 45 valds a month."),
        ("收盘时1美元兑约42巴尔恩。", "The dollar closed at about 42 balns."),
        ("占支付额的万分之3.1。", "Of every 10,000 spent, 3.1 crowns was lost."),
        ("Each winner gets ¥2.5 million.", "每位得主各得 ¥250万。"),
        ("It kept 22.8 cents of every dollar of sales.", "利润率为22.8%。"),
        ("大米一斤卖2.9元。", "大米每公斤5.8元。"),
        ("小企业的PMI为47.6。", "大企业PMI为51.1，小企业为47.6。"),
        ("It makes 3 million plush toys.", "It makes 3 million toys."),
    ],
)
def test_a_short_unit_is_what_the_figure_beside_it_tells(draft: str, article: str) -> None:
    assert _agree(draft, article)


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("The oven ran at 82 degrees Fahrenheit.", "The oven ran at 82 degrees."),
        ("Output grew 7.2 times as fast.", "It was seen 7 times."),
        ("It charges 18 euro cents.", "It charges 18 cents, or 7 US cents off peak."),
        ("每年约三千人退订37份。", "The rate of return is 37%."),
        ("收入为4.02亿克朗，不错。", "Revenue was 402 million euros."),
        ("There are 14 nurses at work.", "护士14岁。"),
        ("The boat went 17 kilometres.", "渡船航速为每小时17公里。"),
        ("They owe 13m.", "They owe 13 yuan."),
        ("Each winner gets 88 yen.", "每位得主各得 ¥88。"),
        ("多晶硅每磅5.1美元。", "Polysilicon cost $5.10 a kilogram."),
        ("大米一斤卖5.8元。", "大米每公斤5.8元。"),
        ("It makes 3 million plush toys.", "It makes 30 million toys."),
        ("买满40元，一磅卖八毛九。", "A pound sells at 89 cents."),
        ("票价八毛九。", "The fare is $0.89."),
        ("It earned $860 million.", "净利润8.6亿克鲁恩。"),
        ("他们欠649亿马克。", "They owe 64.9 billion crowns."),
        ("A litre cost $1.62, 9 cents less.", "每升1.62克朗，便宜9分。"),
    ],
)
def test_another_unit_stays_another(draft: str, article: str) -> None:
    assert not _agree(draft, article)


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("出口额为152亿克雷尔。", "Exports were 15.2 billion krels."),
        ("花了60亿卢门。", "It cost 6 billion lumens."),
        ("It pays 5,000 veres per birth.", "每名新生儿补贴5000维尔。"),
        ("花了60亿索兰元。", "花了60亿索兰。"),
        ("花了72亿德国马克。", "花了72亿马克。"),
        ("72亿马克。", "The government will spend 7.2 billion marks."),
        ("它亏了9亿丹麦克朗。", "It lost 900 million kroner."),
        ("It lost 9 million Swiss francs.", "它亏了900万法郎。"),
        ("Licences cost 200 million pesos.", "执照要2亿墨西哥比索。"),
        ("每升1.62克朗，便宜9分。", "It cost 9 cents less."),
        ("The middle rate is 0.70 crowns a litre.", "Those between 5 and 8 grams pay 0.70."),
        ("占支付额的万分之3.1。", "Of every 10,000 spent they lost 3.1 crowns."),
    ],
)
def test_money_of_one_name_or_of_a_name_not_known_is_the_same(draft: str, article: str) -> None:
    assert _agree(draft, article)


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("花了60亿美元。", "It cost 6 billion lumens."),
        ("花了60亿元。", "花了60亿埃朗。"),
        ("He owes 40 million crowns.", "He owes $40 million."),
        ("It pays 5,000 dollars per birth.", "每名新生儿补贴5000维尔。"),
        ("花了72亿马克。", "It will spend 7.2 billion crowns."),
        ("It lost 9 million Swiss francs.", "它亏了900万元。"),
        ("Licences cost 200 million pesos.", "执照要2亿元。"),
        ("花了60亿索恩。", "花了60亿埃朗。"),
        ("花了60亿兹罗提。", "花了60亿埃朗。"),
        ("It cost 60 billion baht.", "花了600亿埃朗。"),
        ("它花了9亿新加坡元。", "花了9亿埃朗。"),
        ("The pool was 640,000 yen.", "总奖池64万元。"),
        ("Each winner gets $4,000.", "Each winner gets 4,000 gems."),
        ("Each winner gets $1.", "Each winner gets 1 share."),
        ("总奖池 ¥640,000。", "The pool was 640,000 yen."),
        ("东京塔门票1500元。", "A ticket to the Tokyo tower costs ¥1,500."),
        ("A ticket in Japan costs ¥1,500.", "门票1500元。"),
        ("A ticket costs ¥1,500.", "日本门票1500元。"),
        ("补贴降到每月45瓦元。", "The subsidy falls to 45 dollars a month."),
    ],
)
def test_money_of_another_name_is_a_swap(draft: str, article: str) -> None:
    claim, evidence = frame_of(draft), frame_of(article)
    pair = Pair(claim, evidence, compare(claim, evidence), frozenset())
    assert could_pair(claim, evidence)
    assert pair.comparison.rule == "currency"
    assert opposes(pair)


def test_other_things_of_a_number_are_no_money() -> None:
    for draft, article in (
        ("Each winner gets $4,000.", "Some 4,000 readers took part."),
        ("Each winner gets $4,000.", "Each winner gets 300 gems."),
    ):
        claim, evidence = frame_of(draft), frame_of(article)
        assert compare(claim, evidence).rule == "dimension"
