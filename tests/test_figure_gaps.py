"""Figures whose noun or unit stands elsewhere: parts, differences, scores, what is left out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaoju.figures import find_figures
from kaoju.types import Dimension


def read(text: str) -> list[tuple[str, Decimal, str]]:
    """Surface, value and unit of the figures of a text that are no dates."""
    return [
        (figure.surface, figure.value, figure.unit)
        for figure in find_figures(text)
        if figure.value is not None
    ]


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit"),
    [
        ("Six of the company's 30 kilns were cold by Friday.", "Six", "6", "kiln"),
        ("The fleet has 40 trams, four of them new.", "four", "4", "tram"),
        ("Only two of the flooded cellars have been pumped dry.", "two", "2", "cellar"),
        ("Elm Street counted 61 lorries, nine more than a week earlier.", "nine", "9", "lorry"),
        ("The shift took 12 hours at Varn and nine in Holt.", "nine", "9", "hour"),
        ("Plover has 23 ferries at sea and its rival Gannet 31.", "31", "31", "ferry"),
        ("It runs nine vans, not 15.", "15", "15", "van"),
        ("Varn opened 12 branches and closed 20, leaving 310.", "20", "20", "branch"),
        ("The orchard fetched 940 euros a tonne, against 870 a year ago.", "870", "870", "EUR"),
        ("Growers get 40 cents from each pound of nuts.", "40 cents", "0.4", "USD"),
        ("Rosa keeps 40 cents of every pound.", "40 cents of every pound", "40", "percent"),
        ("It kept 40 cents of every pound of sales.", "40 cents of every pound", "40", "percent"),
        ("The tally of broken panes is 17.", "17", "17", ""),
        ("The yard's riveters number 88.", "88", "88", ""),
        ("The council voted 9 to 4 to keep the mill.", "4", "4", "vote"),
        ("Each of the six tankers cost $80m.", "six", "6", "tanker"),
        ("The maker runs its five forges at night.", "five", "5", "forge"),
        ("Lowick had 132m users in May against 86m for Varn.", "86m", "86000000", "user"),
        ("It was idle for a year and a half.", "a year and a half", "1.5", "year"),
        ("A year and a half of talks ended.", "A year and a half", "1.5", "year"),
        ("Of the 30 samples drawn in June, eleven held lead.", "eleven", "11", "sample"),
        ("Hours of frost fell by 83 between March and May.", "83", "83", ""),
        ("The number of mills has crept down to five.", "five", "5", ""),
        ("The tanks now number 43.", "43", "43", ""),
        ("The mill got only one warning.", "one", "1", ""),
        ("The blast killed one person.", "one", "1", "person"),
        ("Sales were a third above the plan.", "a third", "0.33", "ratio"),
        ("The final count is 141, 28 above the first tally.", "28", "28", ""),
        ("It keeps less than a twentieth of the stock.", "a twentieth", "0.05", "ratio"),
        ("A tip earns 3 points, signed long reports 12.", "12", "12", "point"),
        ("A reply is worth one point and a photo six.", "one", "1", "point"),
        ("Guests get five days a friend, 60 at most.", "60", "60", "day"),
        ("Draw: 40 entrants win a bag, 300 a mug, 900 a badge.", "300", "300", "entrant"),
        ("Draw: 40 entrants win a bag, 300 win a €20 voucher.", "300", "300", "entrant"),
        ("The deadline moved by a fortnight.", "a fortnight", "1", "fortnight"),
        ("Guests may use the pool twice.", "twice", "2", "time"),
        ("It listed 4,200 second-hand flats.", "4,200", "4200", "flat"),
        ("Draw: 20 users a week, 1 share of Orvane each", "1", "1", "share"),
        ("They own 900 second homes.", "900", "900", "home"),
        ("It took 14 seconds to load.", "14 seconds", "14", "second"),
        ("Each user can vote twice a day.", "twice", "2", "time"),
        ("Last season 43,000 players joined.", "43,000", "43000", ""),
    ],
)
def test_an_english_number_whose_noun_is_elsewhere_is_found(
    text: str, surface: str, value: str, unit: str
) -> None:
    found = [one for one in read(text) if one[0] == surface]
    assert found
    assert round(found[0][1], 2) == Decimal(value)
    if unit:
        assert found[0][2] == unit


@pytest.mark.parametrize(
    "text",
    [
        "Phase 2 of the works begins soon.",
        "He flew 3 times in an old Boeing 737.",
        "They paid 15 euros 50 more often than not.",
        "One of the millers left.",
        "The two companies agreed.",
        "At this point the one point was lost.",
        "Season 2 begins soon.",
        "He rides for the Formula 1 company.",
        "Prices may double. He wrote twice, as he can.",
    ],
)
def test_an_english_number_that_names_or_points_is_left(text: str) -> None:
    assert all(one[0] not in ("2", "737", "50", "One", "two", "twice", "1") for one in read(text))


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit"),
    [
        ("码头上能用的吊机只有五台。", "五", "5", "unit"),
        ("渡口翻船，另有九人下落不明。", "九", "9", "person"),
        ("七月的死亡人数从一人变成两人。", "一", "1", "person"),
        ("议案只差一票，没能过关。", "一", "1", "vote"),
        ("矿上新钻了37口探井。", "37", "37", "item"),
        ("停电让厂里报废了640片晶圆。", "640", "640", "piece"),
        ("前锋整季打进23球。", "23", "23", "goal"),
        ("今年投档线521分，比去年低9分。", "9分", "9", "point"),
        ("汽油每升1.62元，比二月便宜9分。", "9分", "0.09", "CNY"),
        ("蒜价每斤高了一毛二。", "一毛二", "0.12", "CNY"),
        ("电价每千瓦时提高4分。", "4分", "0.04", "CNY"),
        ("蚊虫指数在北区压到6，南区却升到11。", "11", "11", "point"),
        ("外来的住户有两万九千。", "两万九千", "29000", ""),
        ("议会以四比一通过了议案。", "四比一", "4", "score"),
        ("河滩村有三成果园绝收。", "三成", "30", "percent"),
        ("约有四成员工住在厂外。", "四成", "40", "percent"),
        ("被改动的不过半成。", "半成", "5", "percent"),
        ("央行只降了半个百分点。", "半个百分点", "0.5", "percentage_point"),
        ("两船相距不到三公里。", "三公里", "3", "km"),
        ("炉子花了一点一八亿元。", "一点一八亿元", "118000000", "CNY"),
        ("收购价每公斤2800西非法郎。", "2800西非法郎", "2800", "XOF"),
        ("日票要98法郎。", "98法郎", "98", "FRF"),
        ("工钱一天780塔卡。", "780塔卡", "780", "BDT"),
        ("会上说今年还会再降一次。", "一", "1", "time"),
        ("管道停了不到一个月。", "一个月", "1", "month"),
        ("全国带宽只有410吉比特。", "410", "410", "gigabit"),
        ("手持订单合计88万载重吨。", "88万载重吨", "880000", "tonne"),
        ("票价29先令。", "29先令", "29", "shilling"),
        ("折扣加深到七一折。", "七一折", "71", "percent"),
        ("每人每天最多计8帖。", "8", "8", "post"),
        ("送出帐篷60顶。", "60", "60", "item"),
        ("二等奖4队，每队900元。", "4", "4", "team"),
    ],
)
def test_a_chinese_number_is_read_by_what_stands_around_it(
    text: str, surface: str, value: str, unit: str
) -> None:
    found = [one for one in read(text) if one[0] == surface]
    assert found == [(surface, Decimal(value), unit)]


@pytest.mark.parametrize(
    "text",
    [
        "他有三个问题要问。",
        "两人走到一起。",
        "新机将于2发布会上亮相。",
        "有一次，他迟到了。",
        "五眼联盟开会。",
        "2队员受伤。",
        "每题三分。",
    ],
)
def test_a_chinese_number_in_passing_is_left(text: str) -> None:
    assert all(one[0] not in ("三", "一", "2", "五") for one in read(text))


def test_crowns_are_read_alike_in_both_languages() -> None:
    assert read("鳕鱼每公斤80克朗。")[0][1:] == read("Cod costs 80 kroner a kilo.")[0][1:]


def test_a_vote_in_chinese_numerals_is_a_score() -> None:
    (found,) = find_figures("委员会以五比四通过。")
    assert found.dimension is Dimension.SCORE


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit"),
    [
        ("青豆每公斤8000阿里亚里。", "8000阿里亚里", "8000", "MGA"),
        ("Beans cost 8,000 ariary a kilo.", "8,000 ariary", "8000", "MGA"),
        ("新电价是每度51欧尔。", "51欧尔", "51", "øre"),
        ("The mill pays 68 øre for a unit.", "68 øre", "68", "øre"),
        ("柴油税每升多收3芬尼。", "3芬尼", "0.03", "DEM"),
        ("关税会叫一罐豆子贵4加分。", "4加分", "0.04", "CAD"),
        ("一张票平均22镑。", "22镑", "22", "GBP"),
        ("稻谷涨到8900铢。", "8900铢", "8900", "THB"),
        ("每户一年省下46弗罗林。", "46弗罗林", "46", "florin"),
        ("一群蜂要620列伊。", "620列伊", "620", "leu"),
        ("装置放出六十九兆焦的能量。", "六十九兆焦", "69", "MJ"),
        ("今年要卖六千百升酒。", "六千百升", "6000", "hl"),
        ("每秒有近一千二百方水涌出。", "一千二百方", "1200", "m3"),
        ("运回来的金条一共4690根。", "4690", "4690", "item"),
        ("送回六十四具遗体。", "六十四", "64", "item"),
        ("平常66面天线都在转。", "66", "66", "item"),
        ("打算砍掉14档节目。", "14", "14", "item"),
        ("有十一桩案子开不了庭。", "十一", "11", "case"),
        ("园区打发走六百号人。", "六百", "600", "person"),
        ("一年可以短租90晚。", "90晚", "90", "day"),
        ("给它的主权评级下调了1级。", "1级", "1", "notch"),
        ("雪崩预警级别下调到三级。", "三级", "3", "level"),
        ("份额缩到原来的四成都不到。", "四成", "40", "percent"),
        ("水费涨一成就该下台。", "一成", "10", "percent"),
        ("债主只肯打七八折。", "七八折", "70", "percent"),
        ("论人口，它排在全国第二。", "第二", "2", "ordinal"),
        ("那条街只出了一起车祸。", "一", "1", "case"),
        ("开工时只有一家酒厂出酒。", "一", "1", ""),
        ("恢复送电比原计划晚了一个多月。", "一个多月", "1", "month"),
        ("塌坑前半个钟头有人报警。", "半个钟头", "0.5", "hour"),
        ("挣到七位数的只剩三百出头。", "三百", "300", ""),
    ],
)
def test_a_coin_a_classifier_or_a_grade_is_known(
    text: str, surface: str, value: str, unit: str
) -> None:
    found = [one for one in read(text) if one[0] == surface]
    assert found
    assert found[0][1] == Decimal(value)
    if unit:
        assert found[0][2] == unit


@pytest.mark.parametrize(
    "text",
    [
        "不只一家公司这么做。",
        "只是一个玩笑。",
        "仅卖地一项就够了。",
        "根据合同，具体情况面临变化。",
        "水电五局中标。",
        "成都的老街热闹。",
        "一晚上都没停。",
        "创始人陆晚晴没有来。",
    ],
)
def test_a_word_that_begins_like_a_count_is_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "surface", "unit"),
    [
        ("保费收入126亿克鲁恩，同比增长9.4%。", "126亿克鲁恩", "coin"),
        ("公司投资34亿斯凯尔。", "34亿斯凯尔", "coin"),
        ("发放补贴5000维尔。", "5000维尔", "coin"),
        ("全年要花维尔马约13亿维尔。", "13亿维尔", "coin"),
        ("现钞涨到649亿马克。", "649亿马克", "mark"),
        ("花了3200万埃朗建设港口。", "3200万埃朗", "coin"),
        ("袋中有100克巧克力。", "100克", "g"),
        ("卖出2千克鲁恩。", "2千克", "kg"),
        ("20万乌克兰难民离开。", "20万", ""),
        ("卖出3万特斯拉。", "3万", ""),
        ("花了72亿德国马克。", "72亿德国马克", "DEM"),
        ("发放3.2亿索拉里贷款。", "3.2亿索拉里", "coin"),
        ("须缴存500万索兰元资本金。", "500万索兰元", "coin"),
        # people and things whose names are written so as well
        ("集会有5万库尔德武装分子。", "5万", ""),
        ("据称有3万胡塞武装人员。", "3万", ""),
        ("那里有1亿穆斯林。", "1亿", ""),
        ("5万塔利班士兵投降。", "5万", ""),
        ("2万马拉松选手付费参加。", "2万", ""),
        ("卖出2万比萨饼。", "2万", ""),
        ("有3万托福考生。", "3万", ""),
        ("3万伊斯兰信徒聚集。", "3万", ""),
        ("有3万马克思主义者。", "3万", ""),
        ("来了3万克罗地亚球迷。", "3万", ""),
        ("有3万瓦努阿图人。", "3万", ""),
        ("装机3万瓦。", "3万瓦", "W"),
        # a listed name that goes on as another one
        ("有两列伊朗火车。", "两", "train"),
        ("付了两百列伊。", "两百列伊", "leu"),
        ("付了300马克。", "300马克", "mark"),
    ],
)
def test_a_coin_is_known_by_a_name_written_by_its_sound(text: str, surface: str, unit: str) -> None:
    assert [one[2] for one in read(text) if one[0] == surface] == [unit]


@pytest.mark.parametrize("text", ["索马里3比索马里1。", "3马克龙支持者来了。", "300马克思著作。"])
def test_a_name_that_begins_as_a_coin_is_none(text: str) -> None:
    assert not {one[2] for one in read(text)} & {"peso", "mark", "DEM", "coin"}
