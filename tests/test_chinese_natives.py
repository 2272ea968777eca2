"""Names without a title in Chinese text; development sentences."""

import pytest

from kaoju.chinese_natives import signs, windows
from kaoju.chinese_words import tag
from kaoju.entities import find_mentions
from kaoju.types import EntityKind


def people(text: str) -> list[str]:
    return [m.surface for m in find_mentions(text) if m.kind is EntityKind.PERSON]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("冼文澜推门进来，郗建平没有抬头。", ["冼文澜", "郗建平"]),
        ("昨晚的比赛里，陆子昂与汤嘉树先后破门。", ["陆子昂", "汤嘉树"]),
        ("获奖的还有柳慕云、秦若愚和鲜于静。", ["柳慕云", "秦若愚", "鲜于静"]),
        ("这部短片由卢晓棠执导。", ["卢晓棠"]),
        ("日方球员中谷健太与大岛由纪夫未能出场。", ["中谷健太", "大岛由纪夫"]),
        ("鍾曉嵐與顧維新在台北見面。", ["鍾曉嵐", "顧維新"]),
    ],
)
def test_chinese_names_need_no_title(text: str, names: list[str]):
    assert people(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "白糖和牛羊肉的价格上涨，凌晨的市场很安静。",
        "推动改革和弘扬传统并不矛盾。",
        "秦皇岛、钱塘江和贺兰山都有雨。",
        "华明飞(300999.SZ)涨停。",
        "高峰期将持续到周五，时代在变。",
    ],
)
def test_words_that_begin_like_a_name_name_no_one(text: str):
    assert people(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("萨维奇宣布退役，库伊特向他致敬。", ["萨维奇", "库伊特"]),
        ("1911年卡默林发现了这一现象。", ["卡默林"]),
        ("比利时人范胡克改进了机器。", ["范胡克"]),
    ],
)
def test_foreign_names_need_neither_dot_nor_title(text: str, names: list[str]):
    assert people(text) == names


@pytest.mark.parametrize(
    "text", ["吴哥窟是一座庙宇。", "摩苏尔以北仍有交火。", "高加索的冰川在退缩。"]
)
def test_foreign_places_are_no_people(text: str):
    assert people(text) == []


def test_a_small_word_behind_a_name_is_no_part_of_it():
    assert people("经理人夏侯霜将出任顾问。") == ["夏侯霜"]


def test_every_stretch_that_could_be_a_name_has_signs_from_both_sides():
    text = "昨天,江文远说他要走。"
    tagged = tag(text)
    own = [(start, end, size) for start, end, size in windows(text) if start == 3]
    assert [text[start:end] for start, end, _ in own] == ["江文", "江文远"]
    told = dict(signs(tagged, *own[-1]))
    assert told["left_clause"] == told["right_said"] == 1.0
