"""What a writer says for himself, and what only looks like it."""

from __future__ import annotations

import pytest

from drafting import told
from kaoju.opinions import opinion


@pytest.mark.parametrize(
    "draft",
    [
        "My hunch is that the rate will go to 6%.",
        "By our reckoning the bank should have moved 50 basis points.",
        "For less than 12% I would not touch it.",
        "Next week this column will hand out $10 million.",
        "You would need the patience of ten saints.",
        "For that sum you could buy ten farms.",
        "我打算等费率降到0.05%再买。",
        "换作是我，利率不会低于11%。",
        "记者在巷子里走了一圈，咱们数到了30只猫。",
        "你要是买下3套，就会后悔。",
        "If you get tired after 12 hours, rest.",
        "For $12 you can have it.",
    ],
)
def test_the_writer_or_the_reader_is_spoken_of(draft: str) -> None:
    assert opinion(told(draft)) == "own_voice"


@pytest.mark.parametrize(
    "draft",
    [
        "Nobody should wait more than 20 minutes there.",
        "Anyone who waits for 20 yuan will wait long.",
        "A wait of three days is two days too many.",
        "这类官司打上3年，谁都耗不起。",
        "一百个船东里有九十九个睡不着觉。",
        "十个师傅有十个做法。",
        "It goes wrong nine times out of ten.",
    ],
)
def test_what_anyone_would_or_a_figure_of_speech_counts_nothing(draft: str) -> None:
    assert opinion(told(draft)) == "own"


@pytest.mark.parametrize(
    "draft",
    [
        "Phase I enrolled 120 patients.",
        "The US bought 120 tonnes.",
        "“We lost 120 jobs,” the union's paper wrote.",
        "我国去年进口大豆120吨。",
        "我省新增就业5万人。",
        "By law the stores ought to have been 85% full.",
        "Whoever wins the league can count on 86 million yuan.",
        "According to You Liqun the price is $3,900.",
        "Bring a colleague and you get $15.",
        "You can earn 8 QVL for every post.",
        "邀请一位朋友，您可得15元。",
        "名额从200个增加到320个。",
    ],
)
def test_what_only_looks_like_it_is_a_fact(draft: str) -> None:
    assert opinion(told(draft)) is None


def test_what_somebody_says_is_a_report() -> None:
    draft = told(
        "My hunch is that it will be 6%, said Arlo Fenn.",
        people=("Arlo Fenn",),
        speaker="Arlo Fenn",
    )
    assert opinion(draft) is None
