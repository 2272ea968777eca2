"""Whose figures an article states, by the first words of the names in its sentences.

What stands before a figure and is no name that was found may be one too, 岭北 where the sentence
before has 岭北汽车; a time is none: 全天. One owner goes by several names, as in two languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kaoju.frames import Frame, names_in_order
from kaoju.tokens import stopwords, tokenize
from kaoju.types import EntityKind
from kaoju.word_likeness import Word

_BODY = str(EntityKind.ORGANISATION)
_CLAUSE = 0.8  # how near a name stands that is of a figure's clause or the one before it
_FAR = 0.3  # and one that only stands elsewhere, while the sentence has another
_NO_NAME = re.compile(r"(?:全|当|同|次|前|本|上|下|近|翌)个?(?:天|日|周|月|季度?|年|期)")


@dataclass(slots=True)
class Head:
    """The first word of a name: of which kind the name is, and of whom, as far as is known."""

    kind: str
    entities: set[str] = field(default_factory=set)


Heads = Mapping[str, Head]


def names_of(frames: Iterable[Frame]) -> dict[str, dict[str, Head]]:
    """The first stems of the names in the sentences at hand, by article.

    Speakers are none of them; whose figure it is, where no name was found, counts as a body.
    """
    found: dict[str, dict[str, Head]] = {}
    for told in frames:
        statement = told.statement
        heads = found.setdefault(statement.document_id, {})
        known = {m.surface: m for m in statement.mentions}
        inside = names_in_order(
            statement.text, statement.span.start, statement.figures, statement.mentions
        )
        for name in inside:
            mention = known.get(name)
            if name == statement.speaker or (mention is None and _NO_NAME.match(name)):
                continue
            stem = _first(name)
            if stem is None:
                continue
            kind = _BODY if mention is None else str(mention.kind)
            head = heads.setdefault(stem, Head(kind))
            head.kind = kind
            if mention is not None and mention.entity_id:
                head.entities.add(mention.entity_id)
    return found


def _first(name: str) -> str | None:
    """The first stem of a name that carries meaning."""
    stop = stopwords()
    return next(
        (
            token.term
            for token in tokenize(name)
            if token.term not in stop and any(c.isalpha() for c in token.term)
        ),
        None,
    )


def of_another(claimed: Sequence[Word], told: Sequence[Word], heads: Heads) -> bool:
    """Whether an article's figure is of another name than the draft's: 岭北's, not 青禾's.

    That is so when the draft's name, which the article knows, stands nowhere near the figure,
    and another of its kind that the draft does not name stands in its clause or the one before.
    """
    ours = {word.term for word in claimed}
    asked = ours & heads.keys()
    near = {word.term: word.near for word in told}
    if not asked or any(near.get(head, 0.0) > _FAR for head in asked):
        return False
    kinds = {heads[head].kind for head in asked}
    same = {entity for head in asked for entity in heads[head].entities}
    return any(
        stem not in ours
        and head.kind in kinds
        and near.get(stem, 0.0) >= _CLAUSE
        and not same & head.entities
        for stem, head in heads.items()
    )
