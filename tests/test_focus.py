"""The focus of a question: which value, person or thing it is after."""

import pytest

from kaoju.focus import focus_of


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("What is the population of Rotterdam?", ("population",)),
        ("How many lobster boats are there in Maine?", ("lobster", "boats")),
        ("Who was Grace Hopper's husband?", ("husband",)),
        ("How much did the Bretton Woods conference cost?", ("cost",)),
        ("Who is the chairman of Jianghai?", ("chairman",)),
        ("多瑙河每年的货运量是多少？", ("货运量",)),
        ("银桉资源的最大客户是哪家？", ("最大", "客户")),
        ("银桉资源的首席执行官是谁？", ("首席", "执行官")),
        ("Gate 广场一共有多少注册用户？", ("注册", "用户")),
        ("Why is octopus blood blue?", ()),
        ("", ()),
    ],
)
def test_the_focus_stands_beside_the_question_word(question: str, focus: tuple[str, ...]) -> None:
    assert focus_of(question) == focus
