"""The size of a rise or a cut that itself moved: growth slowed to 3.2%, 涨幅收窄至2.5%.

Such a number is read as a level, or as a change by the verb beside it, while the same is told as
a change elsewhere: the economy grew 3.2%. What a rise was trimmed to is how much something rose;
what it was trimmed by is another thing, and dues that rose to 2.5% are a third.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from kaoju.frames import Frame
from kaoju.lexicon import words
from kaoju.text import fold, has_han
from kaoju.types import Dimension, Direction, Figure, Relation

_REACH = 100  # characters before a figure in which the words for a size stand


@dataclass(frozen=True, slots=True)
class _Size:
    """What moved, a rise or a fall, and whether a figure is where to, where from or by what."""

    end: Relation
    way: Direction
    rate: bool  # growth or inflation, which has a level: inflation fell to 3%


def as_sizes(claim: Frame, evidence: Frame, one: Figure, other: Figure) -> tuple[Figure, Figure]:
    """A draft's figure and an article's, what a rise or a cut moved to as how much that is.

    Args:
        claim: Of the draft's figure.
        evidence: Of the article's.
        one: The draft's figure, as it is compared.
        other: The article's.
    """
    ours, theirs = _size_of(claim, one), _size_of(evidence, other)
    ends = {size.end for size in (ours, theirs) if size is not None}
    both = ours is not None and theirs is not None
    if ends == {Relation.FROM, Relation.TO} or (both and _move_apart(one, other)):
        return one, other
    apart = Relation.BY in ends
    return (
        _as_size(one, ours, apart=apart, beside=None if theirs else other),
        _as_size(other, theirs, apart=apart, beside=None if ours else one),
    )


def _move_apart(one: Figure, other: Figure) -> bool:
    """Whether two sizes moved to where they are from opposite sides: widened, and narrowed to."""
    ways = one.direction, other.direction
    return one.relation is other.relation and None not in ways and ways[0] is not ways[1]


_ENDED = frozenset({Relation.TO, Relation.FROM})


def _as_size(figure: Figure, size: _Size | None, *, apart: bool, beside: Figure | None) -> Figure:
    if size is None or size.end is Relation.BY:
        return figure
    if size.rate and beside is not None and beside.relation in _ENDED:
        return figure  # two levels: inflation fell to 3%, and the measure eased to 3%
    if apart:  # beside what one moved by: 涨幅扩大至2% and 涨幅扩大2%
        return replace(figure, relation=size.end, direction=None)
    return replace(figure, relation=Relation.BY, direction=size.way)


def _size_of(told: Frame, figure: Figure) -> _Size | None:
    """What the words before a number say of a size, if they say that one moved.

    In English they say it of percents and points: a gain or a cut of money is often none of these.
    """
    statement = told.statement
    kinds = _SIZED if has_han(statement.text) else _RATES
    if figure.dimension not in kinds or figure.relation is Relation.LEVEL:
        return None
    return _size_before(statement.text, told.figure.span.start - statement.span.start)


_RATES = frozenset({Dimension.PERCENT, Dimension.PERCENTAGE_POINT})
_SIZED = _RATES | {Dimension.MONEY, Dimension.COUNT}


@lru_cache(maxsize=4096)
def _size_before(text: str, at: int) -> _Size | None:
    head = fold(text[max(0, at - _REACH) : at]).text
    patterns = _ZH if has_han(head) else _EN
    for pattern in patterns:
        found = pattern.search(head)
        if found is not None:
            end = _ENDS.get(found["end"] or "", Relation.BY)
            way = Direction.UP if found["up"] else Direction.DOWN
            return _Size(end, way, found["up"] is not None and _is_rate(found["up"]))
    return None


_ENDS = {
    **dict.fromkeys(("to", "at", "至", "到", "在", "为", "成"), Relation.TO),
    **dict.fromkeys(("from", "从", "由"), Relation.FROM),
}


def _is_rate(name: str) -> bool:
    language = "zh" if has_han(name) else "en"
    return name.endswith(tuple(words("comparison", "sizes", language, "rates")))


def _any(name: str, language: str) -> str:
    return "|".join(
        map(re.escape, sorted(words("comparison", "sizes", language, name), key=len, reverse=True))
    )


def _english() -> tuple[re.Pattern[str], ...]:
    up, down, rates = _any("up", "en"), _any("down", "en"), _any("rates", "en")
    moved = _any("moved", "en")
    hedge = r"(?:(?:about|around|some|nearly|just|only|a|an|over|under|at least|at most) )*"
    last = rf"(?:,? (?:(?P<end>to|at|from)|by))? {hedge}$"
    first = r"(?: by [\d.]+ ?(?:%|percent|(?:percentage )?points?))?(?: (?:in|from|since) [a-z ]+)?"
    led = r"(?:(?:the|its|their|this|that|an?|[a-z]+'s?) (?:[a-z-]+ ){0,2}?)"
    # A rise is told by its determiner or by what it is in: the rise, a cut in aid.
    noun = rf"(?:(?P<up>{led}(?:{up})|(?:[a-z-]+ )?(?:{rates}))|(?P<down>{led}(?:{down})))"
    whose = (
        r"(?: (?:in|of|for)(?: (?!(?:and|but|as|when|while|after|who|that|which|to|at|by|from)"
        r"(?![a-z]))(?:[a-z'$-]+|[1-3]?\d(?![\d%]))){1,6}?)?"
    )
    helps = (
        r"(?: (?:was|were|is|are|be|been|has|had|have|will|would|may|could|also|then|again|likely|"
        r"expected|forecast|set|to|further|[a-z]+ly))*"
    )
    after = r"(?: (?:[a-z]+ly|further|again|back|up|down))*"
    return (
        re.compile(rf"(?<![a-z]){noun}{whose}{helps} ?(?:{moved}){after}{first}{last}"),
        re.compile(rf"(?<![a-z])(?:{moved}){after} {noun}{whose}{last}"),
    )


def _chinese() -> tuple[re.Pattern[str], ...]:
    up, down, moved = _any("up", "zh"), _any("down", "zh"), _any("moved", "zh")
    up = f"{_any('rates', 'zh')}|{up}"
    hedge = r"(?:了|约|近|逾|超过|将近|不到|不足)*[ ]?"
    noun = rf"(?:(?P<up>{up})|(?P<down>{down}))"
    between = r"[^,，。;；:]{0,16}?"
    return (
        re.compile(
            rf"{noun}{between}(?:{moved})[^,，。;；\d]{{0,2}}?(?P<end>至|到|在|为|成)?{hedge}$"
        ),
        re.compile(rf"{noun}[^,，。;；\d]{{0,8}}?(?P<end>从|由)[^,，。;；\d]{{0,8}}$"),
    )


_EN, _ZH = _english(), _chinese()
