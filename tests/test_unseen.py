"""What the reader says of a story is learned from readers that have not seen it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from kaoju import blanks, scrutiny, weighing  # noqa: E402
from kaoju.reader import shipped_reader  # noqa: E402
from training.close_up import half_of, story_of  # noqa: E402
from training.unseen import Readers  # noqa: E402


def test_each_story_is_read_by_the_reader_that_has_not_seen_it() -> None:
    readers = Readers([Path("without half 0"), Path("without half 1")])
    asked = {}
    for story in ("harbour", "orchard", "tramway", "ferry"):
        with readers.of(story):
            used = {room.shipped_reader().folder for room in (blanks, scrutiny, weighing)}
        (folder,) = used
        assert folder == Path(f"without half {half_of(story)}")
        asked[half_of(story)] = folder
    assert len(asked) == 2
    assert blanks.shipped_reader is scrutiny.shipped_reader is weighing.shipped_reader
    assert blanks.shipped_reader is shipped_reader


def test_the_shipped_reader_comes_back_after_an_error() -> None:
    with pytest.raises(KeyError), Readers([Path("a"), Path("b")]).of("harbour"):
        raise KeyError
    assert blanks.shipped_reader is shipped_reader


def test_without_folders_the_shipped_reader_reads() -> None:
    with Readers([]).of("harbour"):
        assert blanks.shipped_reader is shipped_reader
    with pytest.raises(ValueError, match="two readers"):
        Readers([Path("a")])


def test_a_story_has_its_articles_in_one_half() -> None:
    assert story_of("xa-tide-mill-2-zh") == story_of("xa-tide-mill-1-en") == "xa-tide-mill"
    halves = [half_of(f"story {n}") for n in range(200)]
    assert 70 < sum(halves) < 130
