"""What an answer says beyond a value, how or under which condition, and what is insisted on.

Word groups of both languages, kept in ``lexicon/expectations.toml`` and held against the folded
text, so that a Chinese question meets an English sentence. Measures that a question names
(投票率, yield) come from `kaoju.concepts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
        named: What goes by its name alone, as the question prints it, with the pattern of its
            names and whether an article may leave them out.
        settled: What the question takes as settled, as it prints it, with the pattern of words that
            leave it open and of those that tell how it ended.
        always: Whether it does so where a figure, a date or a name answers as well.
        insists: What the passage must speak of, each a pattern.
        concepts: The measures that the question names, by id.
    """

    says: re.Pattern[str] | None
    insists: tuple[re.Pattern[str], ...]
    concepts: tuple[str, ...]
    named: tuple[tuple[str, re.Pattern[str], bool], ...] = ()
    settled: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = ()
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

    def left_open(self, text: str) -> tuple[tuple[str, str], ...]:
        """What is taken as settled, and the word of a sentence that leaves it open."""
        folded = fold(text).text
        return tuple(
            (asked, match.group())
            for asked, leaves, says in self.settled
            if (match := leaves.search(folded)) is not None and says.search(folded) is None
        )

    def unnamed(self, article: str, *, likely: bool) -> tuple[str, ...]:
        """What is asked of by its name, and an article has under none.

        Args:
            article: Its title and text, folded.
            likely: Ask for what an article may leave out, else for what it may not.
        """
        return tuple(
            printed
            for printed, says, may in self.named
            if may is likely and says.search(article) is None
        )

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
        named=tuple(_named_in(folded)),
        settled=tuple(_settled_in(folded)),
        always=kind in _ALWAYS,
    )


def _settled_in(folded: str) -> Iterator[tuple[str, re.Pattern[str], re.Pattern[str]]]:
    for entry in entries("expectations", "settled", ("on", "asks", "leaves", "says")):
        match = compiled(entry["asks"]).search(folded)
        if match is not None and not ("unless" in entry and _asked(entry["unless"], folded)):
            yield match.group(), compiled(entry["leaves"]), compiled(entry["says"])


def _named_in(folded: str) -> Iterator[tuple[str, re.Pattern[str], bool]]:
    for entry in entries("expectations", "named", ("on", "asks", "says")):
        match = compiled(entry["asks"]).search(folded)
        if match is not None:
            yield match.group(), compiled(entry["says"]), bool(entry.get("likely", False))


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
