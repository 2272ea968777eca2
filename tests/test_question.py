"""Questions: what is asked for, of whom, with which figures, however it is typed."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaoju.figures import find_figures
from kaoju.question import analyse, may_state, wanted_of
from kaoju.scrutiny import asks_only_what_was_said
from kaoju.text import fold, language_of
from kaoju.types import Dimension, Entity, EntityKind, Filters, Language, Wanted

ZH, EN = Language.ZH, Language.EN
BESSENT = Entity(
    "e-bessent", EntityKind.PERSON, ((ZH, "斯科特·贝森特"), (ZH, "贝森特"), (EN, "Scott Bessent"))
)
MIRAN = Entity("e-miran", EntityKind.PERSON, ((ZH, "斯蒂芬·米兰"), (EN, "Stephen Miran")))
TREASURY = Entity("e-treasury", EntityKind.ORGANISATION, ((ZH, "美国财政部"), (EN, "US Treasury")))
KNOWN = [BESSENT, MIRAN, TREASURY]


@pytest.mark.parametrize(
    ("question", "wanted", "dimension"),
    [
        ("稳定币市场规模有多大?", Wanted.FIGURE, None),
        ("穩定幣市場目前規模大約多少美元？", Wanted.FIGURE, Dimension.MONEY),
        ("贝森特预测稳定币市场到本十年末会增长多少倍?", Wanted.FIGURE, Dimension.MULTIPLE),
        ("财政赤字相当于ＧＤＰ的百分之几？", Wanted.FIGURE, Dimension.PERCENT),
        ("收益率上升了多少个基点？", Wanted.FIGURE, Dimension.PERCENTAGE_POINT),
        ("幸运用户有几个名额？", Wanted.FIGURE, Dimension.COUNT),
        ("平台有多少注册用户", Wanted.FIGURE, Dimension.COUNT),
        ("活动持续多久", Wanted.FIGURE, Dimension.DURATION),
        ("活动什么时候截止", Wanted.DATE, Dimension.DATE),
        ("升幅是多久以来没见过的？", Wanted.DATE, Dimension.DATE),
        ("哪位美联储理事批评过这种做法？", Wanted.PERSON, None),
        ("麦科马克在哪家公司工作？", Wanted.ORGANISATION, None),
        ("峰会在哪个城市举行", Wanted.PLACE, None),
        ("多瑙河发源地？", Wanted.PLACE, None),
        ("墓主去世时多大？", Wanted.FIGURE, Dimension.AGE),
        ("Source of the Danube?", Wanted.PLACE, None),
        ("What bounty did the protocol offer?", Wanted.FIGURE, None),
        ("What does a beginner earn for a first post?", Wanted.FIGURE, Dimension.MONEY),
        ("How large will it be relative to today?", Wanted.FIGURE, Dimension.MULTIPLE),
        ("Which striker did the club sell?", Wanted.PERSON, None),
        ("Which hotel chain executive praised a rise in the share of rooms?", Wanted.PERSON, None),
        ("From which shipyard did the line order its ferries?", Wanted.ORGANISATION, None),
        ("From which port do the ferries leave?", Wanted.PLACE, None),
        ("What decided the race in the capital?", Wanted.STATEMENT, None),
        ("What average fare did the line charge?", Wanted.FIGURE, None),
        ("What is the island's population?", Wanted.FIGURE, Dimension.COUNT),
        ("How full were the ferries?", Wanted.FIGURE, Dimension.PERCENT),
        ("How did unemployment stand in May?", Wanted.FIGURE, None),
        ("船厂的负责人叫什么？", Wanted.PERSON, None),
        ("船厂的采购主管叫什么？", Wanted.PERSON, None),
        ("哪个园区的客流最多？", Wanted.PLACE, None),
        ("馆长怎么看明年的票价？", Wanted.STATEMENT, None),
        ("馆方怎样解释客流的减少？", Wanted.REASON, None),
        ("财政部为什么少发长债？", Wanted.REASON, None),
        ("章鱼的血液为什么是蓝色的", Wanted.REASON, None),
        ("什么是债券义警？", Wanted.DEFINITION, None),
        ("期限溢价是什么意思", Wanted.DEFINITION, None),
        ("股票代码的是什么", Wanted.STATEMENT, None),
        ("回购 长期国债 哪些期限", Wanted.LIST, None),
        ("贝森特怎么看美债收益率", Wanted.STATEMENT, None),
        ("How big is the stablecoin market?", Wanted.FIGURE, None),
        ("how much money will the winners get", Wanted.FIGURE, Dimension.MONEY),
        ("How many lucky users are there?", Wanted.FIGURE, Dimension.COUNT),
        ("By what factor will the market grow?", Wanted.FIGURE, Dimension.MULTIPLE),
        ("What percentage of GDP is the deficit?", Wanted.FIGURE, Dimension.PERCENT),
        ("How many basis points did the yield jump?", Wanted.FIGURE, Dimension.PERCENTAGE_POINT),
        ("when does the campaign end", Wanted.DATE, Dimension.DATE),
        ("Who predicted a tenfold rise?", Wanted.PERSON, None),
        ("Which Fed governor criticised bills?", Wanted.PERSON, None),
        ("Which firm employs Daniel McCormack?", Wanted.ORGANISATION, None),
        ("Where is Stephen Douglas chief economist?", Wanted.ORGANISATION, None),
        ("In which city was the summit held?", Wanted.PLACE, None),
        ("Why is Washington borrowing short?", Wanted.REASON, None),
        ("What are bond vigilantes?", Wanted.DEFINITION, None),
        ("What is the prize pool?", Wanted.FIGURE, Dimension.MONEY),
        ("What is a prize pool?", Wanted.DEFINITION, None),
        ("What is the term premium?", Wanted.DEFINITION, None),
        ("What extra pay do holders of shares demand called?", Wanted.DEFINITION, None),
        ("What lesson did sailors draw when the ferry sank?", Wanted.STATEMENT, None),
        ("And when did the ferry sink?", Wanted.DATE, Dimension.DATE),
        ("中签的人还能拿到多少平台币", Wanted.FIGURE, Dimension.MONEY),
        ("平台上有多少币种", Wanted.FIGURE, None),
        ("一号墓的墓主叫什么？", Wanted.PERSON, None),
        ("What is the village watchmaker's name?", Wanted.PERSON, None),
        ("论文登在哪本期刊上？", Wanted.STATEMENT, None),
        ("渡轮停在哪里？", Wanted.PLACE, None),
        ("term premium meaning", Wanted.DEFINITION, None),
        ("Which maturities do the buybacks focus on?", Wanted.LIST, None),
        ("How do I take part?", Wanted.LIST, None),
        ("What did McCormack say about bonds?", Wanted.STATEMENT, None),
    ],
)
def test_the_kind_of_answer_is_read(
    question: str, wanted: Wanted, dimension: Dimension | None
) -> None:
    query = analyse(question)
    assert (query.wanted, query.dimension) == (wanted, dimension)


@pytest.mark.parametrize(
    "question",
    ["貝森特預測什麼?", "贝森特预测什么", "scott bessent predicts", "What does Ｂessent predict?"],
)
def test_a_known_name_is_found_however_it_is_typed(question: str) -> None:
    assert analyse(question, known=KNOWN).entity_ids == ("e-bessent",)


def test_a_surname_that_is_an_ordinary_word_needs_its_capital() -> None:
    driver = Entity("e-long", EntityKind.PERSON, ((EN, "Petra Long"),))
    body = Entity("e-fed", EntityKind.ORGANISATION, ((EN, "Fed"),))
    known = [driver, body]
    assert analyse("How long will the ferry be closed?", known=known).entity_ids == ()
    assert analyse("What did Long say?", known=known).entity_ids == ("e-long",)
    assert analyse("what did petra long say?", known=known).entity_ids == ("e-long",)
    assert analyse("what did the fed say?", known=known).entity_ids == ("e-fed",)


def test_several_names_come_in_the_order_of_the_question() -> None:
    query = analyse("美国财政部和米兰，谁先表态？", known=KNOWN)
    assert query.entity_ids == ("e-treasury", "e-miran")


def test_a_surname_inside_another_word_is_no_name() -> None:
    assert "e-miran" not in analyse("What does miranda think?", known=KNOWN).entity_ids


@pytest.mark.parametrize("question", ["Who is Scott Bessent?", "贝森特是谁？"])
def test_who_somebody_is_asks_for_a_description(question: str) -> None:
    assert analyse(question, known=KNOWN).wanted is Wanted.DEFINITION


@pytest.mark.parametrize("question", ["Who is the Treasury secretary?", "谁是美国财长？"])
def test_who_holds_an_office_asks_for_a_person(question: str) -> None:
    assert analyse(question, known=KNOWN).wanted is Wanted.PERSON


def test_what_the_question_states_is_read() -> None:
    (figure,) = analyse("谁说期限超30万亿美元？").figures
    assert (figure.value, figure.unit) == (Decimal(30_000_000_000_000), "USD")


def test_a_change_of_the_shelf_is_seen() -> None:
    assert analyse("Nora Lind?", known=KNOWN).entity_ids == ()
    more = [*KNOWN, Entity("e-lind", EntityKind.PERSON, ((EN, "Nora Lind"),))]
    assert analyse("Nora Lind?", known=more).entity_ids == ("e-lind",)


def test_filters_are_handed_on() -> None:
    filters = Filters(language=EN, source="Reuters")
    assert analyse("how big", filters=filters).filters == filters


def test_nothing_asked_gives_an_empty_query() -> None:
    query = analyse("")
    assert (query.terms, query.names, query.language) == ((), (), Language.UND)


def test_both_languages_in_one_question() -> None:
    query = analyse("Bessent 说 stablecoin 市场会增长多少倍?", known=KNOWN)
    assert (query.wanted, query.dimension) == (Wanted.FIGURE, Dimension.MULTIPLE)
    assert query.entity_ids == ("e-bessent",)


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_complaint(text: str) -> None:
    query = analyse(text, known=KNOWN)
    assert query.text == text
    assert set(query.entity_ids) <= {"e-bessent", "e-miran", "e-treasury"}


@settings(deadline=None)
@given(st.sampled_from(["稳定币市场有多大", "财政部为什么少发长债", "活动什么时候截止"]))
def test_traditional_characters_ask_the_same(question: str) -> None:
    import opencc

    traditional = opencc.OpenCC("s2t").convert(question)
    assert traditional != question
    one = wanted_of(fold(question).text, language_of(question))
    assert wanted_of(fold(traditional).text, language_of(traditional)) == one


def test_a_name_read_by_its_sound_says_so():
    from kaoju.entities import find_mentions
    from kaoju.linking import link

    known = link(find_mentions("利率策略师梅根·斯威伯指出,市场稳定。"), []).entities
    reading = analyse("What did Swiber say?", known=known).readings[0]
    assert (reading.name, reading.read_as, reading.evidence) == (
        "Swiber",
        "梅根·斯威伯",
        "transliteration",
    )
    assert analyse("斯威伯说了什么?", known=known).readings == ()
    assert [r.name for r in analyse("what did swiber say", known=known).readings] == ["swiber"]
    assert [r.name for r in analyse("What did Megan Swiber say?", known=known).readings] == [
        "Megan Swiber"
    ]


def test_a_full_name_is_not_taken_for_another_bearer_of_its_surname():
    judge = Entity("e-judge", EntityKind.PERSON, ((ZH, "萨拉·波特"),))
    director = Entity("e-director", EntityKind.PERSON, ((EN, "Anita Porter"),))
    known = [judge, director]
    assert analyse("安妮塔·波特说了什么？", known=known).entity_ids == ("e-director",)
    assert analyse("波特说了什么？", known=known).entity_ids == ("e-judge",)


@pytest.mark.parametrize(
    ("question", "only"),
    [
        ("What did Porter say?", True),
        ("what has porter warned about", True),
        ("于海波说了什么？", True),
        ("关明芳指出了什么？", True),
        ("向敏说过什么话", True),
        ("What did Porter say about the tunnel?", False),
        ("What did investors buy when Porter warned?", False),
        ("What did Norvale do after Porter said?", False),
        ("What did the shares do that Porter warned?", False),
        ("关于隧道，波特说了什么？", False),
        ("波特谈到隧道时说了什么？", False),
        ("波特向议会说了什么？", False),
    ],
)
def test_who_asks_only_for_somebodys_words(question: str, only: bool) -> None:
    assert asks_only_what_was_said(analyse(question)) is only


GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    "name", ["figures.zh", "figures.en", "figures_fresh.zh", "figures_fresh.en"]
)
def test_no_figure_is_missed_for_want_of_its_readers(name: str) -> None:
    lines = (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    assert [t for t in texts if find_figures(t) and not may_state(t)] == []


@pytest.mark.parametrize(
    ("question", "may"),
    [
        ("How big is the bond market in Denmark?", False),  # market is no March
        ("Who decided that the ferry should be replaced?", False),  # nor decided December
        ("中国的天然气从哪里来？", False),  # nor 天 and 中 a day and a middle
        ("出口下降了多少倍？", False),
        ("谁在上周末辞职？", True),
        ("產量翻番了嗎？", True),
        ("Who resigned in Mar. 2024?", True),
        ("What has halved since the merger?", True),
        ("Which bank failed last quarter?", True),
        ("What cost 5 euros?", True),
    ],
)
def test_a_question_may_state_a_figure_only_where_one_could_begin(question: str, may: bool) -> None:
    assert may_state(question) is may


def test_a_plain_question_loads_no_readers_of_figures_and_one_dictionary() -> None:
    code = (
        "import sys, rjieba\n"
        "rjieba.Jieba = None\n"  # a second dictionary takes as long as the first
        "from kaoju.question import analyse\n"
        "print(analyse('瓦尔德海姆预测出口会增长多少倍？').names)\n"
        "print(sorted({'kaoju.figures', 'babel'} & set(sys.modules)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["('瓦尔德海姆',)", "[]"]
