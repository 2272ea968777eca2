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
    if _pattern("writer").search(text) or _pattern("reader").search(_TERMS.sub(" ", text)):
        return "own_voice"
    if _own_words().search(folded) or _is_idiom(folded):
        return "own"
    if any(_pattern(name).search(folded) for name in ("anyone", "judged")):
        return "own"
    return None


# You get $12 for a friend: terms that are offered, whoever reads of them.
_TERMS = re.compile(
    r"\b[Yy]ou (?:(?:can|will|may|must|also) )?(?:get|earn|receive|win|pay|save)"
    r"(?= (?:up to |at least |only |just |another |about )?[$€£¥]?\d)"
    r"|[你您](?:还|就|即|也)?[可能将会]?以?(?:获得|得到|领取|拿到|赚到|得|赚|领)(?=[$€£¥]?\d)"
)


def _is_idiom(folded: str) -> bool:
    """Whether a manner of speaking counts nothing; 从100个加到140个 repeats no number."""
    for found in _pattern("idioms").finditer(folded):
        number = found.groupdict().get("n")
        if not number:
            return True
        last = found.end() - len(number) - 1
        if not _DIGIT.match(folded[found.start() - 1 : found.start()]) and not _DIGIT.match(
            folded[last - 1 : last]
        ):
            return True
    return False


_DIGIT = re.compile(r"[\d一二三四五六七八九十百千万]")


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
