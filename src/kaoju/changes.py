"""Whether a number that reads as a change is one, by the words right before it.

A verb of movement stands before many numbers that it does not move: what was lost, added or cut
is an amount (they lost 5m, a loss of 5m), and of a verb further back the number may be no object
at all (prices rise where a flat costs 5m). The words stand in ``lexicon/comparison.toml``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from kaoju.frames import Frame
from kaoju.lexicon import words
from kaoju.sizes import as_sizes
from kaoju.text import fold, has_han
from kaoju.types import Dimension, Direction, Figure, Relation, Span

_CHANGES = frozenset({Relation.BY, Relation.CHANGE})
# Of these a change is one by nature, and what somebody lost a share of is no amount.
_RATES = frozenset(
    {Dimension.PERCENT, Dimension.PERCENTAGE_POINT, Dimension.MULTIPLE, Dimension.RATIO}
)
_REACH = 60  # characters before a figure in which its verb stands


def as_levels(claim: Frame, evidence: Frame, one: Figure, other: Figure) -> tuple[Figure, Figure]:
    """A draft's figure and an article's, each as the amount or the change that it is.

    Two changes are left as they are: they may go two ways.

    Args:
        claim: Of the draft's figure.
        evidence: Of the article's.
        one: The draft's figure, as it is compared.
        other: The article's.
    """
    one, other = as_sizes(claim, evidence, one, other)
    ours, theirs = _is_change(one), _is_change(other)
    if ours and theirs:
        both = _follows(claim) or _follows(evidence)
        return (one, other) if both else (_level(one), _level(other))
    if ours:  # they add 5m where the article has it grow to 5m: no amount
        firm = _follows(claim) if other.relation is Relation.TO else _moves(claim)
        return (one, other) if firm else (_level(one), other)
    if theirs and not _follows(evidence):
        return one, _level(other)
    return one, other


def _is_change(figure: Figure) -> bool:
    return figure.relation in _CHANGES and figure.dimension not in _RATES


def _level(figure: Figure) -> Figure:
    return replace(figure, relation=Relation.LEVEL, direction=None)


def _moves(told: Frame) -> bool:
    """Whether the words right before a change say that something moved by so much."""
    return _governed(told, acts=False)


def _follows(told: Frame) -> bool:
    """Whether a verb of movement, of any kind, stands right before a change."""
    return _governed(told, acts=True)


def _governed(told: Frame, *, acts: bool) -> bool:
    text, at, language = _placed(told)
    before, after = _patterns(language)
    head = text[max(0, at.start - _REACH) : at.start]
    acting = () if acts else words("comparison", "acts", language)
    verb = before.search(head)
    while verb is not None and verb["verb"] in acting:
        verb = before.search(head, verb.end("verb"))  # cut by 5m: the by
    if verb is not None:
        return True
    return after.match(text[at.end : at.end + _REACH]) is not None


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before a change, whole as it is (裁减 and not its 减), and after one."""
    verbs = [word for way in ("up", "down") for word in words("relations", language, way, "words")]
    every = "|".join(map(re.escape, sorted(verbs, key=len, reverse=True)))
    between = "|".join(map(re.escape, words("comparison", "between", language)))
    after = "|".join(words("comparison", "moved", language))
    if language == "zh":
        than = r"(?:比|较)[^,，。;]{1,20}?[高多大快贵重低少小慢短轻早晚]|便宜"
        return (
            re.compile(rf"(?:(?<![每一半两\d])(?P<verb>{every})|{than})(?:{between})*[ ]?$"),
            re.compile(rf"[ ]?(?:以上|左右)?的?(?:{after})"),
        )
    particle = r"by|(?:increase|rise|growth|gain|drop|decline|fall|decrease|jump|cut)s? of"
    adverbs = rf"(?: (?:{between}|[a-z]+ly))*"
    return (
        re.compile(rf"(?<![a-z])(?:(?P<verb>{every})|{particle}){adverbs}(?: [a-z]?[$€£¥])?[ ]?$"),
        re.compile(rf"[ ](?:[a-z-]+ ){{0,2}}?(?:{after})(?![a-z])"),
    )


def tells_difference(told: Frame) -> bool:
    """Whether the words beside a figure say that it is how far two things are apart."""
    text, at, language = _placed(told)
    reach = 8 if language == "zh" else 24
    beside = f"{text[max(0, at.start - reach) : at.start]}…{text[at.end : at.end + reach]}"
    return _differences(language).search(beside) is not None


@cache
def _differences(language: str) -> re.Pattern[str]:
    lists = ("differences", "higher", "lower")
    every = "|".join(re.escape(w) for name in lists for w in words("comparison", name, language))
    return re.compile(every if language == "zh" else rf"(?<![a-z])(?:{every})(?![a-z])")


def way_of(told: Frame) -> Direction | None:
    """Which way a number goes: as it was read, or by the word beside it: 5 degrees colder."""
    figure = told.figure
    if figure.relation in _CHANGES:
        return figure.direction
    if figure.relation is not Relation.LEVEL:
        return None
    text, at, language = _placed(told)
    if language == "en" and _LOST.search(text[: at.start]) is not None:
        return Direction.DOWN  # read as an amount, it is still none that was gained
    beside = text[max(0, at.start - 6) : at.start] if language == "zh" else text[at.end :][:30]
    found = _ways(language).search(beside)
    if found is None:
        return None
    return Direction.UP if found["up"] else Direction.DOWN


_LOST = re.compile(
    r"(?<![a-z])(?:lost|loses?|losing)"
    r"(?: (?:about|around|some|nearly|almost|over|up to|at least|at most|more than|less than|only"
    r"|just|an?|another|further|roughly))* $"
)


@cache
def _ways(language: str) -> re.Pattern[str]:
    up, down = ("|".join(words("comparison", name, language)) for name in ("higher", "lower"))
    if language == "zh":
        between = "|".join(words("comparison", "between", language))
        return re.compile(rf"(?:(?P<up>{up})|(?P<down>{down}))(?:了|出)(?:{between})*$")
    return re.compile(rf"^(?: a [a-z]+)? (?:(?P<up>{up})|(?P<down>{down}))(?![a-z])")


def _placed(told: Frame) -> tuple[str, Span, str]:
    """A sentence folded, where the figure stands in it, and its language."""
    statement = told.statement
    at = told.figure.span.shift(-statement.span.start)
    return _folded(statement.text), at, "zh" if has_han(statement.text) else "en"


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return fold(text).text
