"""Readers that have not seen a story: what is learned from a reader's word is learned from these.

The shipped reader has learned from the dispatches, and what it says of them is better than what it
says of others' articles. Verdicts and answers are learned from its word beside much else, so
that they would trust it too far. So two more readers are trained, each without one half of the
dispatches' stories (`training.close_up.half_of`), and each is asked of the half that it has not
seen, as stacked generalisation does it (Wolpert, Neural Networks 5, 1992).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kaoju import blanks, scrutiny, weighing
from kaoju.reader import Reader
from training.close_up import half_of

READERS = "folders of the readers that have not seen half 0, half 1 of the dispatches"


class Readers:
    """The readers of both halves, or the shipped one alone.

    Args:
        folders: Of the reader that has not seen half 0, and of that which has not seen half 1, as
            ``scripts/export_reader.py`` writes them; empty for the shipped reader.

    Raises:
        ValueError: There is one folder, or more than two.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        if len(folders) not in (0, 2):
            raise ValueError(f"name the folders of two readers, or none; here are {len(folders)}")
        self._readers = [Reader(folder) for folder in folders]

    @contextmanager
    def of(self, story: str) -> Iterator[None]:
        """Have kaoju read with the reader that has not seen a story."""
        if not self._readers:
            yield
            return
        reader = self._readers[half_of(story)]
        rooms = (blanks, scrutiny, weighing)
        before = [room.shipped_reader for room in rooms]
        try:
            for room in rooms:
                vars(room)["shipped_reader"] = lambda: reader
            yield
        finally:
            for room, own in zip(rooms, before, strict=True):
                vars(room)["shipped_reader"] = own
