"""Words of one language and the other laid beside each other."""

from __future__ import annotations

import pytest

from kaoju.word_likeness import NAME, Word, likenesses


def word(printed: str, near: float = 1.0) -> Word:
    return Word(printed, printed, near)


@pytest.mark.parametrize(
    ("asked", "meant", "beside"),
    [
        ("sponsors", "赞助", "门票"),
        ("catering", "餐饮", "住宿"),
        ("households", "居民", "工业"),
        ("房贷", "mortgage", "deposit"),
        ("护士", "nurses", "doctors"),
    ],
)
def test_a_word_is_meant_by_its_translation_more_than_by_its_neighbour(
    asked: str, meant: str, beside: str
) -> None:
    own, other = likenesses([word(asked)], [word(meant), word(beside)])[0]
    assert own > other


def test_the_same_stem_is_certain_and_a_shared_root_less_so() -> None:
    same, root, strange = likenesses(
        [word("southern")], [word("southern"), word("south"), word("margin")]
    )[0]
    assert same == 1.0
    assert 0.5 < root < 1.0
    assert strange < 0.3


def test_a_name_is_meant_by_itself_and_by_its_written_forms_alone() -> None:
    names = [Word(f"{NAME}place-1", "", 1.0), Word(f"{NAME}{NAME}北塘", "", 1.0)]
    held = [Word(f"{NAME}place-1", "", 1.0), word("北塘区"), word("湖东区")]
    assert likenesses(names, held).tolist() == [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]


def test_nothing_beside_nothing_is_an_empty_table() -> None:
    assert likenesses([], [word("a")]).shape == (0, 1)


def test_a_shared_root_is_found_among_many_words_of_either_language() -> None:
    held = ["bank", "northern", "不良", "north", "利率", "norms", "margin"]
    near = likenesses([word("northward"), word("不良率")], [word(each) for each in held])
    assert near[0, held.index("north")] == pytest.approx(0.6)
    assert near[0, held.index("norms")] < 0.6
    assert near[1, held.index("不良")] >= 0.6
    assert near[1, held.index("north")] < 0.3
