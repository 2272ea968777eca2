"""Whether a draft's sentence is its writer's own opinion or plan, or a manner of speaking.

A report speaks of others. Who says I, 笔者 or this column outside quotation marks, turns to the
reader, or says what anyone should do, tells what no article can confirm; so do words of opinion
and idioms that count nothing. They stand in ``lexicon/checking.toml``.
"""

from __future__ import annotations

import re
from functools import cache

from kaoju.frames import Frame
from kaoju.lexicon import section, words
from kaoju.text import fold

_QUOTED = re.compile(r"[“「『][^“”「」『』]*[”」』]|(?<!\d)\"[^\"]*\"")


def opinion(claim: Frame) -> str | None:
    """The threshold that a report of the same has to reach; None where it is no opinion.

    Args:
        claim: The draft's frame.
    """
    if claim.statement.speaker_id is not None:
        return None
    text = _QUOTED.sub(" ", claim.statement.text)
    folded = fold(claim.statement.text).text
    for phrase in words("checking", "own", "reported"):
        folded = folded.replace(phrase, "")
    if any(_pattern(name).search(text) for name in ("writer", "reader")):
        return "own_voice"
    if _own_words().search(folded) or any(
        _pattern(name).search(folded) for name in ("idioms", "anyone", "judged")
    ):
        return "own"
    return None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(str(section("checking", "own")[name]))


@cache
def _own_words() -> re.Pattern[str]:
    """Whole words in English: Xi thinks is not I think."""
    chinese, english = (
        "|".join(re.escape(fold(word).text) for word in words("checking", "own", key))
        for key in ("zh", "en")
    )
    return re.compile(rf"{chinese}|(?<![a-z0-9])(?:{english})(?![a-z0-9])")
