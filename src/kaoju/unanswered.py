"""What a draft says about its figure that an article has no word for near the one beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kaoju.alignment import Pair
from kaoju.binding import words_about
from kaoju.frames import Frame
from kaoju.lexicon import words
from kaoju.text import fold
from kaoju.word_likeness import NAME, Floats, Word

_OWN = 1.0  # nearness of a word that stands in the clause of the draft's figure
_ANSWERED = 0.5  # likeness from which a word or a name is answered


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The words of a draft's clause that the article's figure has no word for near it.

    ``most`` is what the one that tells the most tells, ``share`` that of all among the clause's,
    ``names`` 1 where a name is among them, ``missing`` the telling ones as printed.
    """

    most: float
    share: float
    names: float
    missing: tuple[str, ...]


def unanswered(pair: Pair) -> Unanswered:
    """What of a draft's clause no word near the article's figure answers; a pair read closely."""
    assert pair.words is not None
    laid, row = pair.words
    claimed = words_about(pair.claim)
    inside = [at for at, word in enumerate(claimed) if word.near >= _OWN]
    if not inside:
        return Unanswered(0.0, 0.0, 0.0, ())
    anywhere = (laid.like * (laid.near[row] > 0)).max(axis=1, initial=0.0)
    close = (laid.like * laid.own[row]).max(axis=1, initial=0.0)
    plain = [at for at in inside if not claimed[at].term.startswith(NAME)]
    names = [at for at in inside if claimed[at].term.startswith(NAME)]
    lost = laid.tell[plain] * (1 - close[plain])
    every = float(laid.tell[plain].sum())
    gone = laid.tell[plain] * (1 - anywhere[plain])
    return Unanswered(
        most=float(gone.max(initial=0.0)),
        share=float(lost.sum()) / every if every else 0.0,
        names=float(bool(names) and bool((anywhere[names] < _ANSWERED).any())),
        missing=_missing([claimed[at] for at in plain], close[plain], laid.tell[plain]),
    )


_TOLD = 2  # words that are told of


def _missing(claimed: Sequence[Word], answered: Floats, tell: Floats) -> tuple[str, ...]:
    order = sorted(range(len(claimed)), key=lambda at: -tell[at])
    return tuple(claimed[at].printed for at in order if answered[at] < _ANSWERED)[:_TOLD]


def says_whole(frame: Frame) -> bool:
    """Whether the clause of a figure says that it is of the whole: total, 全省, altogether."""
    return _whole().search(fold(frame.clause).text) is not None


@cache
def _whole() -> re.Pattern[str]:
    chinese, english = ("|".join(words("checking", "whole", key)) for key in ("zh", "en"))
    return re.compile(rf"{chinese}|(?<![a-z])(?:{english})(?![a-z])")
