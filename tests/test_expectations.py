"""Expectations: what an answer says beyond a value, and what its question insists on."""

import pytest

from kaoju.expectations import expected_of
from kaoju.text import fold


@pytest.mark.parametrize(
    ("question", "answers", "does_not"),
    [
        ("想看细则去哪个网址？", "见 https://example.com/rules", "细则下周公布。"),
        ("What tactic did the union use?", "It won by blocking the port.", "The union is old."),
        ("这些投资者有个什么绰号？", "他们被叫作债券义警。", "他们卖出了国债。"),
        ("How did the firm react?", "The firm said it would appeal.", "The court is in Bayreuth."),
        ("What did the jury decide?", "It awarded $147 million.", "It met for six days."),
        ("什么情况会让它垮掉？", "假如通胀反弹，它会垮掉。", "它已经很高。"),
        ("Can the bonus be cashed out?", "It cannot be withdrawn.", "It is paid as credit."),
    ],
)
def test_a_question_of_a_kind_is_answered_in_its_words(
    question: str, answers: str, does_not: str
) -> None:
    expected = expected_of(question)
    assert expected.met(answers) == 1.0
    assert expected.met(does_not) == 0.0


def test_how_somebody_put_it_is_told_by_a_quotation() -> None:
    expected = expected_of("How did the harbour master sum up the storm?")
    assert expected.met("港务局长说：“船都系住了。”") == 1.0
    assert expected.met("风暴持续了三天。") == 0.0
    assert not expected.always


def test_what_decided_a_vote_is_no_ruling() -> None:
    assert expected_of("What decided the vote in the end?").says is None
    assert expected_of("What did the court decide?").says is not None


def test_a_plain_question_expects_no_words() -> None:
    assert expected_of("How big is the market?").met("It is big.") is None


@pytest.mark.parametrize(
    ("question", "says", "silent"),
    [
        ("下一次升级是哪天？", "The next upgrade is on May 5.", "为升级，11月2日停机维护。"),
        ("Who was Grace Hopper's husband?", "她的丈夫是教师。", "She took a doctorate at Yale."),
        ("选举的投票率是多少？", "投票率为48%。", "她以51.8%的得票率当选。"),
        ("Who is the deputy chief executive?", "副首席执行官是李明。", "首席执行官是李明。"),
        ("谁创办了这家公司？", "The founder is Gong Rui.", "这家公司裁员三成。"),
        ("What is the ticker?", "股票代码为688001。", "It filed to list in Shanghai."),
        ("How many people were injured?", "另有九人受伤。", "The storm hit on Sunday."),
    ],
)
def test_what_a_question_insists_on_may_be_said_in_either_language(
    question: str, says: str, silent: str
) -> None:
    expected = expected_of(question)
    assert expected.unmet(says) == 0
    assert expected.unmet(silent) >= 1


def test_a_measure_asked_for_is_told_in_either_language() -> None:
    expected = expected_of("失业率是多少？")
    assert expected.unmeasured("The unemployment rate is 5.3%.") == 0.0
    assert expected.unmeasured("Inflation was 4.6% in February.") == 1.0
    assert expected_of("谁来了？").unmeasured("没有人。") == 0.0


@pytest.mark.parametrize(
    ("question", "has", "has_not"),
    [
        ("比特币现在值多少钱？", "BTC 涨到9万美元。", "稳定币市场约为3000亿美元。"),
        ("How much wheat was harvested?", "小麦收成增加一成。", "Barley came to 3 million tonnes."),
    ],
)
def test_what_goes_by_its_name_alone_is_not_told_without_it(
    question: str, has: str, has_not: str
) -> None:
    expected = expected_of(question)
    assert expected.unnamed(fold(has).text, likely=False) == ()
    assert expected.unnamed(fold(has_not).text, likely=False) != ()
    assert expected.unnamed(fold(has_not).text, likely=True) == ()


def test_a_country_may_be_left_out_where_readers_know_it() -> None:
    expected = expected_of("How large is the Chinese bond market?")
    assert expected.unnamed("the market is worth $30 trillion.", likely=False) == ()
    assert expected.unnamed("the market is worth $30 trillion.", likely=True) == ("chinese",)
    assert expected.unnamed("bonds sold in shanghai", likely=True) == ()
    assert expected_of("发展中国家的债券有多少？").named == ()


@pytest.mark.parametrize(
    ("question", "says", "silent"),
    [
        ("How did the court rule on the levy?", "It upheld the levy.", "The court met on Monday."),
        ("How tall are the turbines?", "They are 160 metres high.", "They stand 62 km offshore."),
        ("论文登在哪本期刊上？", "论文发表于《冰川学报》。", "研究者测量了冰川。"),
        (
            "Who are the five candidates?",
            "Ann Lee, Bo Park and Cy Orr.",
            "It asked of five people.",
        ),
        ("船厂的新社长是谁？", "船厂任命林雪为社长。", "社长周五宣布辞职。"),
        ("公司的股价涨了多少？", "公司股票上涨3%。", "现货均价为每吨7.8万元。"),
    ],
)
def test_measures_and_outcomes_are_insisted_on(question: str, says: str, silent: str) -> None:
    expected = expected_of(question)
    assert expected.unmet(says) == 0
    assert expected.unmet(silent) >= 1


def test_what_is_asked_for_as_settled_may_be_left_open() -> None:
    expected = expected_of("How did the court rule on the levy?")
    assert expected.left_open("The judges asked whether the levy is legal.") == (
        ("rule", "whether"),
    )
    fined = "After a hearing on whether it hid losses the court fined the bank."
    assert expected.left_open(fined) == ()
    for question in ("When will the court rule on the levy?", "最高法院何时对关税作出裁决?"):
        assert expected_of(question).left_open("法官审理关税是否合法。") == ()
    assert expected.left_open("After a hearing the court upheld the levy.") == ()
    assert expected_of("Who attended the hearing?").left_open("A hearing was held.") == ()
    assert expected_of("法院最后怎么判的？").left_open("法院开庭审理关税是否合法。") != ()
