"""Names in articles. Development sentences; the gold in corpus/gold/mentions.jsonl is judged by
``scripts/evaluate.py names``."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaoju import english_names
from kaoju.chinese_words import Candidate
from kaoju.english_runs import Word
from kaoju.entities import find_mentions
from kaoju.types import EntityKind

PERSON, BODY, PLACE = EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE
SEED = Path(__file__).resolve().parents[2] / "shared" / "seed" / "announcement_and_analysis.txt"


def named(text: str) -> dict[str, tuple[EntityKind, str, str | None]]:
    return {m.surface: (m.kind, m.name, m.role) for m in find_mentions(text)}


def kinds(text: str) -> dict[str, EntityKind]:
    return {m.surface: m.kind for m in find_mentions(text)}


@pytest.mark.parametrize("dot", "·•‧・･∙")
def test_a_name_is_whole_with_any_dot_and_its_title_is_its_role(dot: str):
    text = f"美国财长斯科特{dot}贝森特多次公开表示,自己有信心。"
    mention = next(m for m in find_mentions(text) if m.kind is PERSON)
    assert mention.surface == f"斯科特{dot}贝森特"
    assert mention.role == "美国财长"


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("桑坦德美国策略师里奥斯称,买家在罢工。", "里奥斯", "桑坦德美国策略师"),
        ("经济学者周蔚然在一篇评论中指出问题。", "周蔚然", "经济学者"),
        ("首席投资官辛妮德·科尔顿·格兰特表述最为直白。", "辛妮德·科尔顿·格兰特", "首席投资官"),
        ("库克的律师阿贝·洛厄尔提起诉讼。", "阿贝·洛厄尔", "律师"),
        ("海关官员之外,教师小川裕子用睡袋做成信号旗。", "小川裕子", "教师"),
        ("Treasury Secretary Scott Bessent said so.", "Scott Bessent", "Treasury Secretary"),
        ("It is odd, said Jill Kurtz, a credit analyst.", "Jill Kurtz", "credit analyst"),
        ("Chief executive Sun Kai said costs fell.", "Sun Kai", "Chief executive"),
    ],
)
def test_people_are_found_with_their_roles(text: str, name: str, role: str):
    assert named(text)[name] == (PERSON, name, role)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("德国联邦宪法法院宣布,做法侵权。", {"德国联邦宪法法院": BODY}),
        ("零售巨头塔吉特表示成本上升。", {"塔吉特": BODY}),
        ("瑞典云存储公司“冻湖”承认丢失数据。", {"瑞典": PLACE, "冻湖": BODY}),
        ("得克萨斯州贡献了大半增量。", {"得克萨斯州": PLACE}),
        ("商务部长雷蒙多访问上海。", {"上海": PLACE}),
        ("Canada's Nunavut asked Ottawa for help.", {"Nunavut": PLACE, "Ottawa": PLACE}),
        ("Market maker Larkspur is suing Pinnacle, a crypto exchange.", {"Larkspur": BODY}),
        ("The Bank of Japan met the Ministry of Finance.", {"Ministry of Finance": BODY}),
    ],
)
def test_bodies_and_places_are_told_from_people(text: str, wanted: dict[str, EntityKind]):
    found = kinds(text)
    assert wanted.items() <= found.items()


def test_a_ministers_title_is_not_his_ministry():
    assert "商务部" not in kinds("商务部长访问上海。")


def test_milan_is_the_governor_once_he_is_introduced_and_a_city_elsewhere():
    governor = named("美联储理事斯蒂芬·米兰曾抨击这种模式。米兰指出,这会堆积债务。")
    assert governor["米兰"][:2] == (PERSON, "斯蒂芬·米兰")
    city = named("时装周本周在米兰开幕,米兰的酒店几乎订满。")
    assert city["米兰"][0] is PLACE


def test_the_city_stays_a_city_in_an_article_that_names_the_governor_too():
    text = "美联储理事斯蒂芬·米兰飞往米兰。米兰说,会议很好。"
    assert [m.kind for m in find_mentions(text) if m.surface == "米兰"] == [PLACE, PERSON]


def test_an_original_in_brackets_belongs_to_every_mention_of_the_name():
    text = "美国财长斯科特·贝森特(Scott Bessent)表示同意。贝森特说,市场稳定。"
    people = [m for m in find_mentions(text) if m.surface.endswith("贝森特")]
    assert [m.original for m in people] == ["Scott Bessent", "Scott Bessent"]


def test_the_treasury_is_a_body_and_treasury_yields_are_not():
    text = "The Treasury sold bonds. Treasury yields rose."
    assert [m.span.start for m in find_mentions(text) if m.surface == "Treasury"] == [4]


def test_traditional_characters_are_read_and_kept_as_printed():
    found = named("美國財長史考特·貝森特表示,聯準會獨立。")
    assert "史考特·貝森特" in found


def test_a_headline_in_capitals_names_only_what_is_known():
    found = kinds("TRUMP ATTACKS FEDERAL RESERVE OVER RISING RATES AGAIN\n\nMore follows.")
    assert found == {"TRUMP": PERSON, "FEDERAL RESERVE": BODY}


@pytest.mark.parametrize(
    "text",
    [
        "安抚市场需要时间。",
        "施政的约束力很强。",
        "单周涨幅最大。",
        "诺贝尔奖揭晓。",
        "On Monday May rose.",
    ],
)
def test_ordinary_words_name_no_one(text: str):
    assert [m for m in find_mentions(text) if m.kind is PERSON] == []


@given(st.text(alphabet="美国财长斯科特·贝森说在的公司部(A.b S'’”\n)。", max_size=60))
def test_spans_slice_to_their_surface_and_never_overlap(text: str):
    last = 0
    for mention in find_mentions(text):
        assert mention.span.of(text) == mention.surface
        assert mention.span.start >= last
        last = mention.span.end


@pytest.mark.shared
@pytest.mark.skipif(not SEED.exists(), reason="needs the shared seed text")
def test_the_twelve_of_the_seed_are_found_with_their_roles():
    found = named(SEED.read_text(encoding="utf-8"))
    roles = {
        "丹尼尔·麦科马克": "麦格理资产管理公司研究主管",
        "斯科特·贝森特": "美国财长",
        "梅根·斯威伯": "利率策略师",
        "斯蒂芬·米兰": "美联储理事",
        "斯蒂芬·道格拉斯": "美国国家投资系统咨询公司首席经济学家",
        "辛妮德·科尔顿·格兰特": "财富管理部门首席投资官",
    }
    assert {name: found[name][2] for name in roles} == roles
    assert {"特朗普", "凯文·哈塞特", "美国财政部", "最高法院", "美联储", "路透社"} <= found.keys()
    assert found["麦格理资产管理公司"][0] is BODY


@pytest.mark.parametrize(
    "text", ["马斯克\n特斯拉", "特斯拉", "布什", "Bank of", "The Fed", "美国", "A·公"]
)
def test_a_name_may_end_with_the_text(text: str):
    for mention in find_mentions(text):
        assert mention.span.of(text) == mention.surface


@given(
    st.lists(
        st.sampled_from(
            [
                "the",
                "of",
                "and",
                "&",
                "for",
                "Bank",
                "Fed",
                "Bessent's",
                "said",
                "Treasury",
                "U.S.",
                "Dr.",
                "von",
                "der",
                "in",
                ",",
                ".",
                "\n",
                "A",
                "Gate",
                "$5",
                "FOMC",
                "(x)",
            ]
        ),
        max_size=14,
    )
)
def test_english_in_any_order_is_read_without_error(words: list[str]):
    text = " ".join(words)
    for mention in find_mentions(text):
        assert mention.span.of(text) == mention.surface


def organisations(text: str) -> list[str]:
    return [m.surface for m in find_mentions(text) if m.kind is EntityKind.ORGANISATION]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("挪威的欧洲合作与安全组织将于周一发表报告。", "欧洲合作与安全组织"),
        ("新西兰证券和投资委员会欢迎这一判决。", "新西兰证券和投资委员会"),
        ("挪威航运商海德兰航运周三宣布收购。", "海德兰航运"),
        ("泰国金融厅要求各家公司报告风险。", "泰国金融厅"),
        ("律师没有核实新城置业的银行存款。", "新城置业"),
        ("环保组织“清水同盟”要求议会调查。", "清水同盟"),
        ("智利铜业生产商协会支持政府的立场。", "智利铜业生产商协会"),
    ],
)
def test_a_body_begins_and_ends_where_its_words_do(text: str, name: str) -> None:
    assert organisations(text) == [name]


@pytest.mark.parametrize("text", ["慕尼黑初创公司周二融资一亿欧元。", "它是一家零售连锁的母公司。"])
def test_what_a_company_is_is_not_its_name(text: str) -> None:
    assert organisations(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("证券分析师高桥健二认为价格偏高。", "高桥健二"),
        ("商务部发言人何咏前周四说，中方已提出请求。", "何咏前"),
        ("教练皮埃尔·萨热赛后说，球队缺的是耐心。", "皮埃尔·萨热"),
        ("民防局局长路易斯·巴斯克斯表示，已有三百户撤离。", "路易斯·巴斯克斯"),
    ],
)
def test_a_person_ends_where_the_name_does(text: str, name: str) -> None:
    assert [m.surface for m in find_mentions(text) if m.kind is EntityKind.PERSON] == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("钟摆重机周四宣布停产。", "钟摆重机"),
        ("承销商之一是券商岭澳证券。", "岭澳证券"),
        ("同行岭澳医院集团收入41亿元。", "岭澳医院集团"),
        ("监管者起诉了灰隼制铁,总裁尚未回应。", "灰隼制铁"),
        ("晶圆设备商睿衡半导体董事长罗启文持股两成。", "睿衡半导体"),
        ("莫利韦恩是一家丹麦家具商,老板不愿卖。", "莫利韦恩"),
        ("奥雷斯塔的首席技术官说,电池很轻。", "奥雷斯塔"),
        ("工具厂科瓦利尼合并了两条线。", "科瓦利尼"),
        ("反对党公正与发展党要求重新计票。", "公正与发展党"),
    ],
)
def test_a_company_of_any_words_is_told_by_what_stands_around_it(text: str, name: str):
    assert kinds(text).get(name) is BODY


@pytest.mark.parametrize(
    "text",
    ["12月汽车销量回升。", "业内人士看好智慧旅游。", "多地深化农业改革。", "40余家公司报喜。"],
)
def test_ordinary_words_before_a_trade_name_no_company(text: str):
    assert BODY not in kinds(text).values()


def test_two_people_with_dots_are_two_though_a_verb_stands_between():
    found = kinds("卡里姆·本萨拉周一会见了来访的银行家埃里克·伦德格伦。")
    assert {n for n, k in found.items() if k is PERSON} == {"卡里姆·本萨拉", "埃里克·伦德格伦"}


def test_a_japanese_surname_alone_is_the_person_named_in_full_before():
    text = "社长佐伯隆志在会上致歉。记者追问时,佐伯没有回答。"
    assert [m.name for m in find_mentions(text) if m.kind is PERSON] == ["佐伯隆志", "佐伯隆志"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("导购马小燕带着客人上楼。", "马小燕"),
        ("董事长闻人博持有三成。", "闻人博"),
        ("创始人杨牧之在信里写道,不卖。", "杨牧之"),
        ("首席执行官陈维说,成本约为每吨3万元。", "陈维"),
        ("总经理李明称,需求旺盛。", "李明"),
    ],
)
def test_a_chinese_name_ends_where_such_names_end(text: str, name: str):
    assert kinds(text.replace("导购", "店员")).get(name) is PERSON


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The Associated Roof Layers of America wants a bill.",
            "Associated Roof Layers of America",
        ),
        ("He left for Vinge & Falk, a law firm in Oslo.", "Vinge & Falk"),
        ("Quick Horse Express said it would hire.", "Quick Horse Express"),
        ("The Ministry of Fish, Ports and Canals agreed.", "Ministry of Fish, Ports and Canals"),
        ("The Latvian Dockworkers' Union struck.", "Latvian Dockworkers' Union"),
        ("Analysts at Oder Shipyards cut jobs.", "Oder Shipyards"),
        ("The Spanish Rowing Federation paid.", "Spanish Rowing Federation"),
        ("Belmonti, an Italian carmaker, sold it.", "Belmonti"),
    ],
)
def test_english_bodies_are_told_by_their_head_their_trade_or_their_partners(text: str, name: str):
    assert kinds(text).get(name) is BODY


def test_a_person_of_a_firm_is_a_person_though_a_word_of_the_name_is_ordinary():
    found = kinds("Callum Strand of Peel Harker, a broker, called the news grim.")
    assert found == {"Callum Strand": PERSON, "Peel Harker": BODY}


def test_arabic_and_korean_names_are_whole_and_their_short_forms_known():
    text = "Tariq al-Hamdan met Yoon Tae-seok. Aides of al-Hamdan and Yoon were there."
    assert [m.name for m in find_mentions(text)] == [
        "Tariq al-Hamdan",
        "Yoon Tae-seok",
        "Tariq al-Hamdan",
        "Yoon Tae-seok",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("央行宣布下调准备金率。", "央行"),
        ("他就读于江北美术学院。", "江北美术学院"),
        ("加拿大新民主党推举了新的候选人。", "加拿大新民主党"),
        ("河东男篮昨晚客场取胜。", "河东男篮"),
        ("距离松江大学不远处有一座桥。", "松江大学"),
    ],
)
def test_bodies_stand_without_the_verb_before_them_and_with_their_country(text: str, name: str):
    assert organisations(text) == [name]


def test_buying_by_central_banks_is_no_ones_name():
    assert organisations("金价受央行买盘推动。") == []


def runs_read(monkeypatch: pytest.MonkeyPatch, text: str) -> int:
    """How many words of runs in capitals are looked at, all tries together."""
    seen = 0
    name = english_names._name

    def counted(text: str, run: list[Word], first: int, last: int) -> Candidate | None:
        nonlocal seen
        seen += last - first
        return name(text, run, first, last)

    with monkeypatch.context() as patched:
        patched.setattr(english_names, "_name", counted)
        find_mentions(text)
    return seen


@pytest.mark.parametrize("piece", ["Grant ", "A ", "J. ", "GRANT ", "Adams of ", "Adams & "])
def test_twice_as_many_capitals_are_at_most_three_times_the_work(
    monkeypatch: pytest.MonkeyPatch, piece: str
) -> None:
    once, twice = (runs_read(monkeypatch, f"We met {piece * n}Hill so.") for n in (60, 120))
    assert 0 < twice <= 3 * once


def test_a_name_after_many_capitals_is_still_found() -> None:
    assert (
        kinds("We met " + "Quill " * 40 + "and saw the Bank of England today.")["Bank of England"]
        is BODY
    )


def test_a_chain_of_hyphens_before_a_name_is_read_once() -> None:
    text = "-".join("a" * 45) + '"Mr Grant said so.'
    assert named(text)["Grant"] == (PERSON, "Grant", None)


def test_a_chain_of_possessives_is_no_recursion() -> None:
    assert find_mentions("We met A" + "'s" * 3000 + " so.") == []


def test_a_king_keeps_his_number_in_chinese() -> None:
    assert "弗里德里希二世" in kinds("1740年,弗里德里希二世即位。")
    assert "伊丽莎白一世" in kinds("那封信写给伊丽莎白一世。")
