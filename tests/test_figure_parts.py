"""Shares told as so many of so many, in both languages, and what is none of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaoju.comparison import compare_figures
from kaoju.figures import find_figures
from kaoju.types import Agreement, Dimension, Figure, Qualifier


def shares(text: str) -> list[Figure]:
    """The figures of a text that are shares."""
    return [one for one in find_figures(text) if one.dimension is Dimension.RATIO]


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("抽查发现，每九扇窗的账上每七户就有一户没交钱。", "每七户就有一户", "0.143"),
        ("大约每六个渔民里就有一个不会游泳。", "每六个渔民里就有一个", "0.167"),
        ("每三名护士就有一人在一年内辞职。", "每三名护士就有一人", "0.333"),
        ("每五个约有两个赞成搬迁。", "每五个约有两个", "0.4"),
        ("每收四块钱就有将近一块拿去修堤。", "每收四块钱就有将近一块", "0.25"),
        ("养蜂社去年每进账五块钱，一块多花在糖上。", "每进账五块钱，一块多", "0.2"),
        ("每六份申请大约成一份。", "每六份申请大约成一份", "0.167"),
        ("修好的钟十件里坏不到一件。", "十件里坏不到一件", "0.1"),
        ("一百部里能回本的不到八部。", "一百部里能回本的不到八部", "0.08"),
        ("每百名儿童中约有12名近视。", "每百名儿童中约有12名", "0.12"),
        ("库里的铜一多半堆在港口。", "一多半", "0.5"),
        ("到年中，清淤任务已完成过半。", "过半", "0.5"),
        ("Almost one foal in fourteen was lame.", "one foal in fourteen", "0.071"),
        ("About one sugar mill in seventeen has shut.", "one sugar mill in seventeen", "0.059"),
        ("The odds are one in 16 of a wet May.", "one in 16", "0.0625"),
        ("Fewer than one kiln in a hundred cracked.", "one kiln in a hundred", "0.01"),
        ("One recruit in four quits before spring.", "One recruit in four", "0.25"),
        ("Three of every ten barges leak.", "Three of every ten", "0.3"),
        ("It took 14 crowns of every hundred in toll.", "14 crowns of every hundred", "0.14"),
        ("For every nine barges sent out, eight came back.", "eight", "0.889"),
        ("Out of ten millers, about four are deaf.", "four", "0.4"),
        ("Geese outnumber the farmers four to one.", "four to one", "4"),
        ("Oats are likely to be a tenth dearer.", "a tenth", "0.1"),
        ("The grant is to rise by a tenth every year.", "a tenth", "0.1"),
        ("Nearly a third claimed for a ferry.", "a third", "0.333"),
        ("Lowick had a quarter fewer floods in May.", "a quarter", "0.25"),
    ],
)
def test_a_share_is_told_in_many_ways(text: str, surface: str, value: str) -> None:
    found = [one for one in shares(text) if one.surface == surface]
    assert found
    assert found[0].value is not None
    assert abs(found[0].value - Decimal(value)) < Decimal("0.001")


@pytest.mark.parametrize(
    "text",
    [
        "每满100元减20元。",
        "每三个村有一个卫生室。",
        "每五名教师有一名助教。",
        "收购价涨到每公斤6.58元，托里木县6.52元。",
        "每三个月就有一个新品。",
        "这十家厂里有三家关门。",
        "十个品牌中有六个超标。",
        "年过半百的人不少。",
        "议会刚好过半。",
        "One hospital in three provinces shut.",
        "One ferry in July and one van in 2023 sank.",
        "A third party signed. A third owner left.",
        "The bill was split six to four between the towns.",
    ],
)
def test_what_only_looks_like_a_share_is_none(text: str) -> None:
    assert shares(text) == []


def test_a_share_keeps_how_firmly_it_is_told() -> None:
    assert shares("十件里坏不到一件。")[0].qualifier is Qualifier.UNDER
    assert shares("每收四块钱就有将近一块修堤。")[0].qualifier is Qualifier.NEARLY
    assert shares("库里的铜一多半在港口。")[0].qualifier is Qualifier.OVER
    assert shares("About one kiln in sixteen cracked.")[0].qualifier is Qualifier.ABOUT


def test_a_share_agrees_with_its_percent() -> None:
    for share, percent in (
        ("About one in twelve ducks has it.", "有8%的鸭子带毒。"),
        ("Barely one case in twenty was a con.", "4.9%是骗局。"),
        ("每九户就有一户受冻。", "One flat in nine was cold."),
        ("Aid is to rise by a tenth.", "补贴增加10%。"),
        ("十件里坏不到一件。", "9% of them broke."),
    ):
        agreement = compare_figures(shares(share)[0], find_figures(percent)[0]).relation
        assert agreement in (Agreement.SAME, Agreement.COMPATIBLE)
