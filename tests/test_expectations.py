"""Expectations: what an answer says beyond a value, and what its question insists on."""

import pytest

from kaoju.expectations import expected_of


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
