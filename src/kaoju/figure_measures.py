"""What a figure measures and whose it is, as the sentence says: 美国财政赤字, Tencent's revenue.

The names of measures are those of ``lexicon/measures.toml``, each of a kind that goes with
some dimensions: a yield is no number of people. `place` looks in the clause of a figure for
the name that governs it, in the clauses before where the clause names nothing of its own,
and leaves measure and subject empty when neither is sure. `kaoju.figure_measures_zh` and
`kaoju.figure_measures_en` know the grammar.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from kaoju.figure_found import Found, View
from kaoju.figure_seeds import letters_tree
from kaoju.lexicon import section, words
from kaoju.types import Dimension

_ALWAYS = frozenset(
    {Dimension.PERCENT, Dimension.PERCENTAGE_POINT, Dimension.MULTIPLE, Dimension.RATIO}
)
_PHYSICAL = frozenset(
    {
        Dimension.LENGTH, Dimension.AREA, Dimension.VOLUME, Dimension.MASS, Dimension.SPEED,
        Dimension.TEMPERATURE, Dimension.ENERGY, Dimension.POWER, Dimension.DATA,
        Dimension.FREQUENCY, Dimension.OTHER,
    }
)  # fmt: skip
_KINDS: dict[str, frozenset[Dimension]] = {
    "rate": frozenset({Dimension.EXCHANGE_RATE}),
    "money": frozenset({Dimension.MONEY}),
    "price": frozenset({Dimension.MONEY, Dimension.EXCHANGE_RATE, Dimension.INDEX}),
    "count": _PHYSICAL | {Dimension.COUNT, Dimension.MONEY},
    "index": frozenset({Dimension.INDEX}),
    "time": frozenset({Dimension.DURATION, Dimension.AGE, Dimension.TENOR}),
    "physical": _PHYSICAL,
    "after": frozenset({Dimension.MONEY}),
}
KINDS = tuple(kind for kind in _KINDS if kind != "after")
REACH = 160  # how far before a figure its measure may stand


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a measure where it stands in the folded text."""

    start: int
    end: int
    kind: str

    def suits(self, one: Found) -> bool:
        """Whether a number of this dimension can state it."""
        if one.dimension in _ALWAYS or one.dimension in _KINDS[self.kind]:
            return True
        plain = one.dimension is Dimension.COUNT and one.unit in ("", "point")
        return plain and self.kind in ("money", "price", "index")


@dataclass(slots=True)
class Sentence:
    """One sentence: its bounds, its figures and, once looked for, its names of measures."""

    view: View
    start: int
    end: int
    figures: list[Found]
    _names: dict[str, list[Name]] = field(default_factory=dict)

    def names(self, language: str) -> list[Name]:
        """All names of measures of a language in this sentence, in order."""
        found = self._names.get(language)
        if found is None:
            pattern, kinds = _pattern(language)
            lower = self.view.lower
            found = [
                Name(match.start(), match.end(), kinds[match.group()])
                for match in pattern.finditer(lower, self.start, self.end)
                if not self._inside(match.start(), match.end())
            ]
            self._names[language] = found
        return found

    def _inside(self, start: int, end: int) -> bool:
        """Whether a stretch is part of a figure: the 美元 of 30亿美元 names nothing."""
        at = bisect_left(self.figures, end, key=lambda one: one.start)
        return at > 0 and self.figures[at - 1].end > start

    def is_base(self, name: Name) -> bool:
        """Whether a name is what a figure near it is a share of: the GDP of 6% of GDP."""
        text = self.view.lower[name.start : name.end]
        return any(
            one.share_of is not None
            and text in one.share_of.lower()
            and name.start < one.end + 32
            and one.start < name.end + 16
            for one in self.figures
        )

    def names_before(self, language: str, start: int, end: int) -> list[Name]:
        """The names that lie wholly between two places, the last first."""
        every = self.names(language)
        at = bisect_left(every, end, key=lambda name: name.end)
        if at < len(every) and every[at].end == end:
            at += 1
        found = []
        for name in reversed(every[:at]):
            if name.start < start:
                break
            found.append(name)
        return found

    def names_after(self, language: str, start: int, end: int) -> list[Name]:
        """The names that lie wholly between two places, in order."""
        every = self.names(language)
        at = bisect_left(every, start, key=lambda name: name.start)
        found = []
        for name in every[at:]:
            if name.end > end:
                break
            found.append(name)
        return found


@cache
def listed(language: str, key: str) -> frozenset[str]:
    """The words of one list of the lexicon, in lower case."""
    return frozenset(word.lower() for word in words("measures", language, key, "words"))


@cache
def _names_of_one() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for names in section("measures", "same").values():
        for name in names:
            table[name.lower()] = tuple(names)
    return table


def names_of_measure(name: str) -> tuple[str, ...]:
    """Every name in both languages of what ``name`` measures, the name itself first.

    财政赤字 is the fiscal deficit and the budget deficit; what the lexicon does not know is
    its own only name.
    """
    known = _names_of_one().get(name.strip().lower(), ())
    return (name, *(other for other in known if other.lower() != name.strip().lower()))


@cache
def _pattern(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    kinds: dict[str, str] = {}
    for kind in _KINDS:
        if kind in section("measures", language):
            for word in words("measures", language, kind, "words"):
                kinds.setdefault(word.lower(), kind)
    every = letters_tree(kinds)
    if language == "zh":
        return re.compile(every), kinds
    return re.compile(rf"(?<![a-z-])(?:{every})(?![a-z-])"), kinds


_MOST = 48  # figures looked at together; a longer table is read in pieces


def sentences(view: View, found: Sequence[Found], ends: Sequence[int]) -> list[Sentence]:
    """The sentences that hold figures, each with its own."""
    result: list[Sentence] = []
    at, start = 0, 0
    for one in found:
        while at < len(ends) - 1 and ends[at] <= one.start:
            at += 1
            start = ends[at - 1]
        last = result[-1] if result and result[-1].start >= start else None
        if last is not None and len(last.figures) == _MOST:
            last.end = last.figures[-1].end
            result.append(Sentence(view, last.end, ends[at], []))
        elif last is None:
            result.append(Sentence(view, start, ends[at], []))
        result[-1].figures.append(one)
    return result
