"""How long something lasts or is put off, by the days and hours that an article prints."""

from __future__ import annotations

import pytest

from drafting import told
from kaoju.frames import frame
from kaoju.lengths import ends_so_long, tells_delay, tells_length


def ends(draft: str, article: str) -> list[tuple[str, str]]:
    statement = told(article).statement
    frames = [frame(statement, figure) for figure in statement.figures]
    found = ends_so_long(told(draft), frames)
    return [(one.figure.surface, other.figure.surface) for one, other in found]


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("The sale runs for six weeks.", "Sale: 19 January 2026, 9:00 - 2 March 2026, 17:00"),
        ("The sale lasts 23 days.", "活动时间:2026年5月5日18:00 - 5月28日24:00(UTC+8)"),
        ("The sale lasts 24 days.", "活动时间:2026年5月5日18:00 - 5月28日24:00(UTC+8)"),
        ("活动为期18天。", "Dates: June 1 to June 18"),
        ("活动为期17天。", "Dates: June 1 to June 18"),
        ("The shut-off lasts three and a half hours.", "停水:6月17日1:00-4:30"),
        ("停机维护共4小时。", "Maintenance: 22:00 - 02:00"),
        ("The sale runs for seven days.", "Sale: December 28, 10:00 - January 4, 10:00 UTC"),
    ],
)
def test_a_length_is_reckoned_from_both_ends(draft: str, article: str) -> None:
    assert tells_length(told(draft))
    ((first, last),) = ends(draft, article)
    assert first != last
    assert first in article
    assert last in article


@pytest.mark.parametrize(
    ("draft", "article"),
    [
        ("The sale runs for five weeks.", "Sale: 19 January 2026, 9:00 - 2 March 2026, 17:00"),
        ("The sale lasts 25 days.", "活动时间:2026年5月5日18:00 - 5月28日24:00(UTC+8)"),
        ("活动为期19天。", "Dates: June 1 to June 18"),
        ("The shut-off lasts three hours.", "停水:6月17日1:00-4:30"),
        ("The sale lasts 432 hours.", "Dates: June 1 to June 18"),
        ("Prizes are paid within 17 days.", "Dates: June 1 to June 18"),
        ("The deadline is moved by 17 days.", "Dates: June 1 to June 18"),
    ],
)
def test_another_length_or_what_is_none_is_not(draft: str, article: str) -> None:
    assert not ends(draft, article)


@pytest.mark.parametrize(
    ("draft", "article", "moved"),
    [
        ("截止时间推迟了一周。", "截止时间由10月31日17:00延至11月7日17:00。", True),
        ("The deadline is extended by two weeks.", "It ends on March 23 instead of March 9.", True),
        ("The deadline is extended by three weeks.", "It ends on March 23, not March 9.", False),
        ("The sale ends two weeks later.", "It ends on March 23 instead of March 9.", True),
        ("The sale lasts two weeks.", "It ends on March 23 instead of March 9.", False),
    ],
)
def test_what_is_put_off_is_so_much_later(draft: str, article: str, moved: bool) -> None:
    assert bool(ends(draft, article)) is moved
    assert tells_delay(told(draft)) is not tells_length(told(draft))


_TWO = "Campaign Rosa runs from March 5 to March 28; campaign Teal from April 1 to April 10."


@pytest.mark.parametrize(
    ("draft", "article", "found"),
    [
        ("Campaign Rosa lasts 23 days.", _TWO, True),
        ("Campaign Teal lasts 9 days.", _TWO, True),
        ("Campaign Rosa lasts 9 days.", _TWO, False),
        ("The campaign lasts 9 days.", _TWO, False),
        ("罗莎活动为期9天。", "罗莎活动3月5日至3月28日,青蓝活动4月1日至4月10日。", False),
        ("青蓝活动为期9天。", "罗莎活动3月5日至3月28日,青蓝活动4月1日至4月10日。", True),
        (
            "Rosa was put off by a week.",
            "Rosa was put off from May 3 to May 10; Teal was put off from May 12 to May 30.",
            True,
        ),
        (
            "Rosa was put off by a week.",
            "Rosa was put off from May 3 to May 5; Teal was put off from May 12 to May 30.",
            False,
        ),
    ],
)
def test_of_several_intervals_it_is_the_one_that_the_draft_names(
    draft: str, article: str, *, found: bool
) -> None:
    assert bool(ends(draft, article)) is found
