"""Two numbers of a draft that stand in each other's place in an article."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafting import paired, told
from kaoju.crossed import crossed
from kaoju.types import Status
from kaoju.verdicts import decide

MILLS = "Alder Mill cut 40 tonnes in spring and Birch Mill 90 tonnes."
ZH = "甲镇有40人受伤，乙镇有90人受伤。"


@pytest.mark.parametrize(
    ("draft", "article", "apart"),
    [
        ("Alder Mill cut 90 tonnes and Birch Mill 40 tonnes.", MILLS, True),
        ("Alder Mill cut 40 tonnes and Birch Mill 90 tonnes.", MILLS, False),
        ("Birch Mill cut 90 tonnes and Alder Mill 40 tonnes.", MILLS, False),
        ("Birch Mill had 40 tonnes and Alder Mill 90 tonnes.", MILLS, True),
        ("Birch Mill cut 40 tonnes and Alder Mill 90 tonnes.", MILLS, False),  # "cut" says no
        ("Of it 90 tonnes went to Alder and 40 tonnes to Birch.", MILLS, False),
        ("甲镇有90人受伤，乙镇有40人受伤。", ZH, True),
        ("乙镇有90人受伤，甲镇有40人受伤。", ZH, False),
        ("Alder Mill has 90 hands and Birch Mill 40 hands.", "桦厂有90人，桤厂有40人。", False),
        ("The cut fell from 40 tonnes in May to 90 tonnes in June.", MILLS, False),
        (
            "The gap fell from 40 tonnes in May to 30 tonnes in June.",
            "The gap came to 30 tonnes in June, from 40 tonnes in May.",
            False,
        ),
        # a sentence that is turned round takes its numbers along
        (
            "Sales rose 5% in Porto and 8% in Lisbon.",
            "Sales in Lisbon rose 8%, those in Porto 5%.",
            False,
        ),
        (
            "Exports grew by 6% in the case of Chile and by 14% in that of Brazil.",
            "Exports to Brazil grew 14% and those to Chile 6%.",
            False,
        ),
        (
            "门店销售额增长5%的是波尔图,增长8%的是里斯本。",
            "里斯本门店销售额增长8%,波尔图门店增长5%。",
            False,
        ),
        ("出口增长6%的是智利,14%的是巴西。", "对巴西出口增长14%,对智利增长6%。", False),
    ],
)
def test_numbers_stand_in_each_others_place_where_all_words_say_so(
    draft: str, article: str, apart: bool
) -> None:
    own, other = (told(draft, at=at) for at in (0, 1))
    like = [told(article, at=at) for at in (0, 1)]
    same = next((f for f in like if f.figure.value == own.figure.value), like[0])
    beside = next((f for f in like if f is not same), like[1])
    assert crossed(own, same, beside.figure) is apart
    assert crossed(other, beside, same.figure) is apart


@pytest.mark.parametrize(
    ("draft", "status"),
    [
        ("Alder Mill cut 90 tonnes and Birch Mill 40 tonnes.", Status.CONTRADICTED),
        ("Birch Mill cut 90 tonnes and Alder Mill 40 tonnes.", Status.SUPPORTED),
    ],
)
def test_a_number_in_anothers_place_is_contradicted_by_what_stands_in_its_own(
    draft: str, status: Status
) -> None:
    claim = told(draft, at=0)
    pairs = [paired(claim, told(MILLS, at=at, article="a")) for at in (1, 0)]
    found = decide(claim, [replace(p, taken=not p.agrees) for p in pairs])
    assert found.status is status
    assert found.pairs[0].evidence.figure.surface == (
        "40 tonnes" if status is Status.CONTRADICTED else "90 tonnes"
    )
