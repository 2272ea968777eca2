"""Names of a draft as the articles at hand write them, in the draft's language or the other.

What a shelf knows by name is linked where the draft is read. A draft in the other language writes
many names that no shelf has met so: Xilan for 溪兰, 奎隆 for Quillon. Of the few articles that
speak of much the same, the one that has such a name is told here by its reading in letters or by
its sound, so that its figures go before a stranger's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kaoju.cross_language import is_foreign
from kaoju.frames import Heard, Statement
from kaoju.gazetteer import english_words
from kaoju.name_parts import parts_of
from kaoju.sounds import letters, syllable
from kaoju.text import fold, has_han
from kaoju.transliteration import hear, may_be, transliteration_score
from kaoju.types import Language, Span

_LATIN = "A-Za-zÀ-ÖØ-öø-ÿ"
_CAPITAL = re.compile(rf"(?<![{_LATIN}0-9'’-])[A-ZÀ-ÖØ-Þ](?=[{_LATIN}]*[a-zß-ÿ])[{_LATIN}]+")
_LEAST_LETTERS = 4  # of a name that is told by its letters
_ENDING = 2  # letters by which a people's name differs from its country's: Merian, Meria
_SHORTEST, _LONGEST = 2, 6  # characters of a name that is told by its sound
_SURE = 0.95  # chance from which a name of the same matter is the one that sounds so


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
        for span, word in _capitals(sentence.text)
        if not any(span.overlaps(t) for t in taken)  # a month is no name
        and not any(word.lower() in setting for _, setting in settings)  # nor Hydropower
    ]
    chinese = sentence.language is Language.ZH
    pieces = _foreign_pieces(sentence.text) if chinese else ()
    for (article, setting), other in settings.items():
        for span, word in capitals:
            for form in _written(word, setting):
                add(span, form, article)
        across = (other.language is Language.ZH) is not chinese
        some = [name for i in other.everywhere for name in names.get(i, ())] if across else []
        if pieces and some:
            for span, word in _sounding(pieces, _name_words(some)):
                add(span, word, article)
        if capitals and some:
            own = _foreign_pieces(_SPACE.join(part for n in some for part in parts_of(n)))
            spans = {word: span for span, word in capitals}
            for place, word in _sounding(own, [w for w in spans if w not in setting]):
                add(spans[word], dict(own)[place], article)
    for mention in sentence.mentions:
        span = mention.span.shift(-sentence.span.start)
        for (article, setting), other in settings.items():
            if mention.entity_id in other.everywhere or mention.surface in setting:
                add(span, mention.surface, article)
    return tuple(
        Heard(span, frozenset(row.forms), frozenset(row.articles)) for span, row in found.items()
    )


def heard_between(question: str, article: str) -> tuple[tuple[Span, str], ...]:
    """The names of a question that an article of the other language tells.

    Args:
        question: As typed.
        article: In the other language.

    Returns:
        Where each name stands in the question, and how the article writes it.
    """
    if has_han(question):
        return _heard_in_letters(question, article)
    found = []
    capitals = dict(_capitals(question))
    sounding = {form: span for span, word in capitals.items() for form in _singular(word)}
    for span, word in capitals.items():
        found += [(span, form) for form in _written(word.replace("'", ""), article)]
    left = [form for form, span in sounding.items() if span not in dict(found)]
    if left:
        pieces = _foreign_pieces(article)
        at = dict(pieces)
        found += [(sounding[word], at[place]) for place, word in _sounding(pieces, left)]
    return tuple(found)


def _heard_in_letters(question: str, article: str) -> tuple[tuple[Span, str], ...]:
    """The same for a Chinese question and an English article."""
    forms = {
        form: word for _, word in _capitals(article) for form in _singular(word) if len(form) > 2
    }
    found = []
    pieces = _foreign_pieces(question)
    if pieces:
        long = [form for form in forms if len(letters(form)) >= _LEAST_LETTERS]
        found += [(span, forms[form]) for span, form in _sounding(pieces, long)]
    read, places = _read_aloud(question)
    for form, word in forms.items():
        own = letters(form)
        match = _reading(own).search(read) if len(own) >= _LEAST_LETTERS else None
        if match is not None:
            found.append((Span(places[match.start()], places[match.end()]), word))
    return tuple(found)


def _singular(word: str) -> tuple[str, ...]:
    """A word, and without the s that makes a people or a club of it: Harriers, Harrier."""
    return (word, word[:-1]) if word.endswith("s") and len(word) > _LEAST_LETTERS else (word,)


# Names in letters -------------------------------------------------------------------------


def _capitals(text: str) -> list[tuple[Span, str]]:
    """The words with a capital that are no ordinary ones, where a name in letters may stand."""
    plain = fold(text, lower=False)
    return [
        (plain.printed_span(Span(*match.span())), match.group())
        for match in _CAPITAL.finditer(plain.text)
        if match.group().lower() not in english_words()
    ]


def _written(word: str, setting: str) -> list[str]:
    """How a stretch writes a name in letters: the same word, or characters that are read so."""
    own = letters(word)
    if len(own) < _LEAST_LETTERS:
        return []
    if word[: max(_LEAST_LETTERS, len(word) - _ENDING)] in setting:
        return [word]
    if not has_han(setting):
        return []
    read, places = _read_aloud(setting)
    match = _reading(own).search(read)
    return [setting[places[match.start()] : places[match.end()]]] if match else []


@lru_cache(maxsize=8192)
def _reading(own: str) -> re.Pattern[str]:
    """What finds letters as the readings of whole characters, at least two of them."""
    inside = "'?".join(own)
    return re.compile(rf"(?<=')(?=[a-z]+'[a-z]){inside}(?=')")


@lru_cache(maxsize=4096)
def _read_aloud(text: str) -> tuple[str, list[int]]:
    """The readings of a text's characters, parted by marks, and the character of each place."""
    read, places = ["'"], [0]
    for at, character in enumerate(text):
        told = _syllable(character) if has_han(character) else "|"
        read.append(told + "'")
        places += [at] * (len(told)) + [at + 1]
    places.append(len(text))
    return "".join(read), places


@lru_cache(maxsize=16384)
def _syllable(character: str) -> str:
    return syllable(fold(character).text).replace("ü", "u").replace("v", "u")


# Names by their sound ---------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _foreign_pieces(text: str) -> tuple[tuple[Span, str], ...]:
    """The stretches of a Chinese sentence that are written with the characters of foreign names."""
    found = []
    for start in range(len(text)):
        for size in range(_SHORTEST, _LONGEST + 1):
            piece = text[start : start + size]
            if len(piece) < size or not all(map(has_han, piece)):
                break
            if is_foreign(fold(piece).text):
                found.append((Span(start, start + size), fold(piece).text))
    return tuple(found)


_SPACE = " "


def _name_words(names: Iterable[str]) -> set[str]:
    """The words of English names that are no ordinary ones."""
    return {
        word
        for name in names
        if not has_han(name)
        for _, word in _capitals(name)
        if len(letters(word)) >= _LEAST_LETTERS
    }


def _sounding(pieces: Sequence[tuple[Span, str]], words: Collection[str]) -> list[tuple[Span, str]]:
    """The piece that sounds most like each word, where one surely does."""
    near = {
        word: [(span, piece) for span, piece in pieces if may_be(piece, word)]
        for word in sorted(words)
    }
    hear([(piece, letters(word)) for word, some in near.items() for _, piece in some])
    found = []
    for word, some in near.items():
        scored = [(transliteration_score(piece, word), span) for span, piece in some]
        best = max(scored, key=lambda row: (row[0], len(row[1])), default=None)
        if best is not None and best[0] >= _SURE:
            found.append((best[1], word))
    return found
