"""A body's first word alone where its article names it in full: Norden for Norden Ferries.

English news gives the full name of a company once and a word of it from then on. Which figure is
whose can only be told where that word is known to be the company's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kaoju.gazetteer import english_words
from kaoju.types import Entity, EntityKind, Language, Mention, Span

_LEAST = 3  # letters
_HEAD = re.compile(r"([A-Z][A-Za-zÀ-ÿ'’-]*)(?= [A-Z])")


def short_names(
    text: str, start: int, mentions: Sequence[Mention], entities: Iterable[Entity]
) -> list[Mention]:
    """The mentions of a stretch with those that are the first word of a body's name, in order.

    A word that two names begin with, or that is a word of the language, is nobody's.

    Args:
        text: The stretch.
        start: Where it begins in its article; all spans count there.
        mentions: The names inside, linked.
        entities: Those of the whole article.
    """
    heads: dict[str, tuple[Entity, str]] = {}
    seen: Counter[str] = Counter()
    for entity in entities:
        own = [name for language, name in entity.names if language is Language.EN]
        if not own:
            continue
        seen.update({_first_words(name)[0] for name in own})
        if entity.kind is EntityKind.ORGANISATION:
            heads |= {head: (entity, name) for name in own if (head := _first_words(name)[1])}
    taken = [m.span for m in mentions]
    found = list(mentions)
    for word, (entity, name) in heads.items():
        if seen[word] > 1 or len(word) < _LEAST or word.lower() in english_words():
            continue
        if word not in text:  # of most it does not, and a pattern costs more to ask
            continue
        for match in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])(?! [A-Z])", text):
            span = Span(*match.span()).shift(start)
            if not any(span.overlaps(other) for other in taken):
                found.append(
                    Mention(span, word, entity.kind, name, Language.EN, entity_id=entity.id)
                )
    return sorted(found, key=lambda m: m.span)


@lru_cache(maxsize=65536)
def _first_words(name: str) -> tuple[str, str]:
    """What stands before the first space of a name, and its first word if that may stand alone."""
    match = _HEAD.match(name)
    return name.partition(" ")[0], match[1] if match else ""
