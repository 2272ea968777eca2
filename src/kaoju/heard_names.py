"""Names of a draft as the articles at hand write them, in the draft's language or the other.

What a shelf knows by name is linked where the draft is read. A draft in the other language writes
many names that no shelf has met so: Xilan for 溪兰, 奎隆 for Quillon. Of the few articles that
speak of much the same, the one that has such a name is told here by its reading in letters or by
its sound, so that its figures go before a stranger's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kaoju.frames import Heard, Statement
from kaoju.hearing import capitals_of, foreign_pieces, name_words, sounding_like, written_as
from kaoju.name_parts import parts_of
from kaoju.text import fold
from kaoju.types import Language, Span


@dataclass(slots=True)
class _Found:
    forms: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)


def heard_names(
    sentence: Statement, others: Iterable[Statement], names: Mapping[str, Sequence[str]]
) -> tuple[Heard, ...]:
    """The names of a draft's sentence that articles at hand have.

    Args:
        sentence: The draft's.
        others: The sentences of articles beside it.
        names: All names of each of the shelf's entities.
    """
    settings: dict[tuple[str, str], Statement] = {}
    for other in others:
        settings.setdefault((other.document_id, other.setting), other)
    found: dict[Span, _Found] = {}

    def add(span: Span, form: str, article: str) -> None:
        row = found.setdefault(span, _Found())
        row.forms.add(fold(form).text)
        row.articles.add(article)

    taken = [figure.span.shift(-sentence.span.start) for figure in sentence.figures]
    capitals = [
        (span, word)
        for span, word in capitals_of(sentence.text)
        if not any(span.overlaps(t) for t in taken)  # a month is no name
        and not any(word.lower() in setting for _, setting in settings)  # nor Hydropower
    ]
    chinese = sentence.language is Language.ZH
    pieces = foreign_pieces(sentence.text) if chinese else ()
    for (article, setting), other in settings.items():
        for span, word in capitals:
            for form in written_as(word, setting):
                add(span, form, article)
        across = (other.language is Language.ZH) is not chinese
        some = [name for i in other.everywhere for name in names.get(i, ())] if across else []
        if pieces and some:
            for span, word in sounding_like(pieces, name_words(some)):
                add(span, word, article)
        if capitals and some:
            own = foreign_pieces(" ".join(part for n in some for part in parts_of(n)))
            spans = {word: span for span, word in capitals}
            for place, word in sounding_like(own, [w for w in spans if w not in setting]):
                add(spans[word], dict(own)[place], article)
    for mention in sentence.mentions:
        span = mention.span.shift(-sentence.span.start)
        for (article, setting), other in settings.items():
            if mention.entity_id in other.everywhere or mention.surface in setting:
                add(span, mention.surface, article)
    return tuple(
        Heard(span, frozenset(row.forms), frozenset(row.articles)) for span, row in found.items()
    )
