"""What an answer says beyond a value, how or under which condition, and what is insisted on.

Word groups of both languages, kept in ``lexicon/expectations.toml`` and held against the folded
text, so that a Chinese question meets an English sentence. Measures that a question names
(投票率, yield) come from `kaoju.concepts`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kaoju.concepts import find_concepts, same_concept
from kaoju.lexicon import compiled, entries
from kaoju.text import fold


@dataclass(frozen=True, slots=True)
class Expected:
    """What a question expects of its answer; empty where the words tell nothing.

    Attributes:
        says: What the sentence that answers says in some way, None where nothing is known.
        always: Whether it does so where a figure, a date or a name answers as well.
        insists: What the passage must speak of, each a pattern.
        concepts: The measures that the question names, by id.
    """

    says: re.Pattern[str] | None
    insists: tuple[re.Pattern[str], ...]
    concepts: tuple[str, ...]
    always: bool = False

    def met(self, text: str) -> float | None:
        """Whether a sentence says what is expected, 1 or 0; None where nothing is."""
        if self.says is None:
            return None
        return float(self.says.search(fold(text).text) is not None)

    def unmet(self, text: str) -> int:
        """How many of the things insisted on a text says nothing of."""
        folded = fold(text).text
        return sum(pattern.search(folded) is None for pattern in self.insists)

    def unmeasured(self, text: str) -> float:
        """The share of the measures asked for that a text does not name; 0 where none is."""
        if not self.concepts:
            return 0.0
        said = {concept.id for concept in find_concepts(text)}
        held = sum(any(same_concept(one, other) for other in said) for one in self.concepts)
        return 1.0 - held / len(self.concepts)


def expected_of(text: str) -> Expected:
    """Read what a question expects of its answer.

    Args:
        text: The question as typed.
    """
    folded = fold(text).text
    kinds = ((kind, says) for kind, asks, says in _rules("asks", "kind") if _asked(asks, folded))
    kind, says = next(kinds, ("", ""))
    insists = (says for _, asks, says in _rules("insists", "on") if _asked(asks, folded))
    concepts = tuple(dict.fromkeys(concept.id for concept in find_concepts(text)))
    return Expected(
        compiled(says) if says else None,
        tuple(map(compiled, insists)),
        concepts,
        always=kind in _ALWAYS,
    )


def _asked(pattern: str, folded: str) -> bool:
    return compiled(pattern).search(folded) is not None


_ALWAYS = frozenset(["address", "name"])


@cache
def _rules(key: str, name: str) -> tuple[tuple[str, str, str], ...]:
    """The name of each rule, what questions ask and what answers to them say, as patterns."""
    return tuple(
        (entry[name], entry["asks"], entry["says"])
        for entry in entries("expectations", key, (name, "asks", "says"))
    )
