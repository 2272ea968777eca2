"""Constraints: what a question insists on and a sentence contradicts."""

from datetime import date

import pytest

from kaoju.constraints import Clash, Scene, clashes
from kaoju.figures import find_figures
from kaoju.question import analyse


def scene(text: str, passage: str = "", published_on: date | None = None) -> Scene:
    around = f"{passage} {text}".strip()
    return Scene(
        text=text,
        around=around,
        figures=tuple(find_figures(text, reference_date=published_on)),
        around_figures=tuple(find_figures(around, reference_date=published_on)),
        published_on=published_on,
    )


YIELD = "The yield on the benchmark 10-year Treasury jumped by more than 6 basis points."
DEFICIT = "美国每年的财政赤字仍然相当于GDP的6%左右。"
PRICES = "Consumer prices rose 0.4% in August."
LINE = "首条地铁线的高架段已完成七成。"


@pytest.mark.parametrize(
    ("question", "told", "kind", "said"),
    [
        ("How many basis points did the 30-year yield move?", scene(YIELD), "tenor", "10-year"),
        ("30年期国债收益率上升了几个基点？", scene(YIELD), "tenor", "10-year"),
        ("2019年的财政赤字占GDP多少？", scene(DEFICIT, "", date(2025, 12, 30)), "time", "2025"),
        ("What did consumer prices do in May?", scene(PRICES), "time", "August"),
        (
            "去年有多少起火灾？",
            scene("今年以来共有41起火灾。", "去年的雨水更多。", date(2026, 9, 3)),
            "time",
            "今年",
        ),
        (
            "What was unemployment in March 2026?",
            scene("Unemployment stood at 4.1%.", "", date(2026, 9, 3)),
            "time",
            "2026",
        ),
        ("第二条地铁线何时通车？", scene(LINE), "ordinal", "首条"),
        ("去年的财政赤字占GDP多少？", scene(DEFICIT, "", None), "time", ""),
        ("二号墓出土了多少件文物？", scene("一号墓出土文物1,900余件。"), "number", "一号墓"),
        ("How many parameters did Goose 2 have?", scene("Goose 3 is open."), "number", "Goose 3"),
    ],
)
def test_another_tenor_time_or_place_in_a_row_is_a_clash(
    question: str, told: Scene, kind: str, said: str
) -> None:
    (clash,) = clashes(analyse(question), told)
    assert isinstance(clash, Clash)
    assert (clash.kind, clash.said) == (kind, said)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many basis points did the 10-year yield move?", scene(YIELD)),
        ("十年期国债收益率上升了几个基点？", scene(YIELD)),
        ("What was the deficit in 2025?", scene(DEFICIT, "", date(2025, 12, 30))),
        ("What did consumer prices do in August?", scene(PRICES)),
        ("今年的财政赤字占GDP多少？", scene(DEFICIT, "", date(2025, 12, 30))),
        ("第一条地铁线何时通车？", scene(LINE)),
        ("How large is the deficit?", scene(DEFICIT)),
        ("11月5日发生了什么？", scene("债市波动。", "11月5日，最高法院开庭。")),
        ("央行6月为什么降息？", scene("5月通胀已降到3.2%。", "", date(2026, 6, 17))),
        ("二号墓有多深？", scene("一号墓与二号墓相距30米，二号墓深9米。")),
        (
            "How full were the mills in the third quarter of 2026?",
            scene("The mills last week reported utilisation of 91%.", "", date(2026, 10, 20)),
        ),
        ("What is Goose 3?", scene("Goose 3 is an open model.")),
    ],
)
def test_what_is_said_or_left_open_is_none(question: str, told: Scene) -> None:
    assert clashes(analyse(question), told) == []
