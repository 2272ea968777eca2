"""Whether the words beside a date say that something begins or ends then."""

from __future__ import annotations

import pytest

from drafting import frame_of, told
from kaoju.date_limits import Limit, alike, end_of, limit_of, put_off, tells_elsewhere


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("The sale opens on May 3.", Limit.FIRST),
        ("The sale opened at 6 p.m. on May 3.", Limit.FIRST),
        ("Tickets go on sale on May 3.", Limit.FIRST),
        ("The rates apply from May 3.", Limit.FIRST),
        ("Trading begins on May 3.", Limit.FIRST),
        ("The sale closes on May 3.", Limit.LAST),
        ("The sale runs until May 3.", Limit.LAST),
        ("The sale is open until 6 p.m. on May 3.", Limit.LAST),
        ("The new end of the sale: May 3.", Limit.LAST),
        ("Prizes are paid by May 3.", Limit.LAST),
        ("May 3 is the last day of the sale.", Limit.LAST),
        ("活动5月3日开始。", Limit.FIRST),
        ("5月3日18:00(UTC+8)起可报名。", Limit.FIRST),
        ("从5月3日到货。", Limit.FIRST),
        ("代币5月3日在平台现货上线。", Limit.FIRST),
        ("开售时间:5月3日10:00", Limit.FIRST),
        ("活动到5月3日结束。", Limit.LAST),
        ("报名截止时间为5月3日。", Limit.LAST),
        ("请在5月3日18:00前提交。", Limit.LAST),
        ("活动延长到5月3日。", Limit.LAST),
    ],
)
def test_words_beside_a_date_tell_which_end_it_is(text: str, limit: Limit) -> None:
    assert limit_of(frame_of(text)) is limit


@pytest.mark.parametrize(
    "text",
    [
        "The interviews are on May 3.",
        "The fair was put back to May 3.",
        "When it opens, it says, there will be a fair on May 3.",
        "Maintenance is on May 3.",
        "面试顺延至5月3日。",
        "上线时间推迟到5月3日".removeprefix("上线时间"),
        "维护定于5月3日进行。",
        "5月3日前往当地。",
    ],
)
def test_a_day_on_which_something_is_ends_nothing(text: str) -> None:
    assert limit_of(frame_of(text)) is None


def test_each_date_of_a_sentence_has_its_own_words() -> None:
    text = "The sale opens on May 3 and closes on June 3."
    assert limit_of(told(text, at=0)) is Limit.FIRST
    assert limit_of(told(text, at=1)) is Limit.LAST
    assert tells_elsewhere(told(text, at=1), Limit.FIRST)
    assert not tells_elsewhere(told(text, at=0), Limit.FIRST)


def test_the_day_to_which_an_end_is_put_off_is_that_end() -> None:
    assert limit_of(told("截止时间由5月3日24:00改为5月20日24:00(UTC+8)", at=1)) is Limit.LAST
    assert limit_of(told("开售时间由5月3日推迟至5月20日。", at=1)) is Limit.FIRST
    assert limit_of(told("The deadline moves from May 3 to May 20.", at=1)) is Limit.LAST
    assert limit_of(told("面试由5月3日改为5月20日。", at=1)) is None
    assert limit_of(told("报名5月3日截止,5月20日公布。", at=1)) is None


def test_dates_are_alike_as_the_same_end() -> None:
    opens = frame_of("The sale opens on May 3.")
    assert alike(opens, frame_of("活动5月3日开始。")) == 1
    assert alike(opens, frame_of("活动时间:5月3日-6月3日")) == 1
    assert alike(opens, frame_of("活动5月3日结束。")) == -1
    assert alike(opens, frame_of("The interviews are on May 3.")) == 0
    assert alike(frame_of("The interviews are on May 3."), opens) == 0


def test_an_interval_has_two_ends() -> None:
    assert end_of("2026-05-03/2026-06-03", Limit.FIRST) == "2026-05-03"
    assert end_of("2026-05-03/2026-06-03", Limit.LAST) == "2026-06-03"
    assert end_of("2026-05-03", Limit.LAST) == "2026-05-03"


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        ("The match was put off from June 9 to June 12.", True),
        ("The launch was postponed from June 9 to June 12.", True),
        ("The vote has been brought forward from June 12 to June 9.", True),
        ("比赛从6月9日提前至6月8日。", True),
        ("The match on June 9 precedes that of June 12.", False),
        ("比赛6月9日至6月12日举行。", False),
    ],
)
def test_a_day_is_put_off_to_another(text: str, moves: bool) -> None:
    assert bool(list(put_off(told(text).statement))) is moves
