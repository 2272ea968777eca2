"""Which figure answers by wording alone: a title's, or that of one line of a list."""

import pytest

from kaoju.asked import weigh
from kaoju.evidence import Candidate
from kaoju.figures import find_figures
from kaoju.headline import answer_by_wording, other_line
from kaoju.question import analyse
from kaoju.text import fold, language_of
from kaoju.types import Hit, Span

FERRY = "Harbour ferries hand out a $7,000 bonus fund"
SHARE = "Crews that sail on time share a fund of $7,000."
PARTS = [
    "- Engineers: a fund of $2,500 for those who mend engines",
    "- Cooks: a fund of $900 for those who cook on board",
]
VALLEY = "山谷果园发放总奖金 5,000元"
LINES = [
    "- 采摘奖：奖金 3,000元，采满一筐就能分到",
    "- 新手奖：奖金 800元，头一次来的人平分",
]
WHOLE = "园方拿出总额5,000元的奖金分给采摘的人。"


def candidates(title: str, texts: list[str]) -> list[Candidate]:
    found = []
    for rank, text in enumerate(texts, start=1):
        hit = Hit("p", "d", "\n".join(texts), Span(0, 999), 0.5, rank, language_of(text), title)
        figures = tuple(find_figures(text))
        found.append(Candidate(hit, Span(0, len(text)), text, figures, (), None))
    return found


def worded(question: str, title: str, texts: list[str]) -> list[str]:
    query = analyse(question)
    some = candidates(title, texts)
    asked = weigh(query, [c.hit for c in some], (), {"d": fold(title).text})
    return [some[at].text for at in sorted(answer_by_wording(query, asked, some))]


@pytest.mark.parametrize(
    "question",
    ["What is the bonus fund?", "How big is the whole bonus fund?", "How much is the bonus fund?"],
)
def test_what_a_title_gives_the_figure_of_is_told_by_the_sentence_that_states_it(
    question: str,
) -> None:
    assert worded(question, FERRY, [*PARTS, SHARE]) == [SHARE]


@pytest.mark.parametrize(
    "question",
    [
        "How big is the bonus fund for mechanics?",  # a part that no line names so
        "How big is the pension fund?",
        "How many ferries share the bonus fund of $7,000?",  # it states the figure itself
        "When was the bonus fund handed out?",
    ],
)
def test_a_part_or_something_else_is_not_what_a_title_gives_the_figure_of(question: str) -> None:
    assert worded(question, FERRY, [*PARTS, SHARE]) == []


def test_a_line_of_a_list_is_told_by_the_word_that_sets_it_apart() -> None:
    assert worded("新手奖的奖金是多少？", VALLEY, [WHOLE, *LINES]) == [LINES[1]]
    assert worded("果园的总奖金是多少？", VALLEY, [WHOLE, *LINES]) == [WHOLE]
    assert worded("工人的奖金是多少？", VALLEY, [WHOLE, *LINES]) == []
    assert worded("新手奖的奖金是多少？", VALLEY, [line.lstrip("- ") for line in LINES]) == []


def test_a_line_that_a_question_names_is_not_another_of_its_list() -> None:
    lines = ["- Top sailors: a cap and a bag", "- Lucky sailors: ten win a cup"]
    top, lucky = candidates(FERRY, lines)
    asked = analyse("How many top sailors win?")
    assert other_line(asked, lucky) == ("Top sailors", "Lucky sailors")
    assert other_line(asked, top) is None
    assert other_line(analyse("How many sailors win?"), lucky) is None
    assert other_line(analyse("How many top and lucky sailors win?"), lucky) is None


def test_a_title_of_two_figures_tells_neither() -> None:
    title = "Ostrand's fund of $3m beside reserves of $40m pleases lenders"
    texts = ["Ostrand put $3m into the fund.", "Its reserves came to $40m."]
    assert worded("What were the reserves of Ostrand?", title, texts) == []


def test_a_label_is_named_by_whole_words() -> None:
    lines = ["- US: 10%", "- Japan from May: 24%", "- Art: 3%"]
    (japan,) = (c for c in candidates("Tariffs", lines) if "Japan" in c.text)
    assert other_line(analyse("What is the tariff rate for Japan's partners?"), japan) is None
    assert other_line(analyse("What must businesses from Japan pay?"), japan) is None
    assert other_line(analyse("What is the tariff on art?"), japan) == ("Art", "Japan from May")
