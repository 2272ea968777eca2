"""Names of one language in a text of the other, by their letters, their readings or their sound.

Xilan is 溪兰 read aloud, 奎隆 sounds like Quillon. What is found here stands in two texts at hand
that speak of much the same: elsewhere a like sound would say little.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from kaoju.cross_language import is_foreign
from kaoju.gazetteer import english_words
from kaoju.sounds import letters, syllable
from kaoju.text import fold, has_han
from kaoju.types import Span

_LATIN = "A-Za-zÀ-ÖØ-öø-ÿ"
_CAPITAL = re.compile(rf"(?<![{_LATIN}0-9'’-])[A-ZÀ-ÖØ-Þ](?=[{_LATIN}]*[a-zß-ÿ])[{_LATIN}]+")
_LEAST_LETTERS = 4  # of a name that is told by its letters
_ENDING = 2  # letters by which a people's name differs from its country's: Merian, Meria
_SHORTEST, _LONGEST = 2, 6  # characters of a name that is told by its sound
_SURE = 0.95  # chance from which a name of the same matter is the one that sounds so


def heard_between(
    question: str, article: str, at: Collection[Span]
) -> tuple[tuple[Span, str], ...]:
    """The names of a question that an article of the other language tells.

    Args:
        question: As typed.
        article: In the other language.
        at: The words of the question that are listened for.

    Returns:
        Where each name stands in the question, and how the article writes it.
    """
    if has_han(question):
        return _heard_in_letters(question, article, at)
    found = []
    capitals = {
        span: word for span, word in capitals_of(question) if any(span.overlaps(own) for own in at)
    }
    sounding = {form: span for span, word in capitals.items() for form in _singular(word)}
    for span, word in capitals.items():
        found += [(span, form) for form in written_as(word.replace("'", ""), article)]
    left = [form for form, span in sounding.items() if span not in dict(found)]
    if left:
        pieces = foreign_pieces(article)
        at = dict(pieces)
        found += [(sounding[word], at[place]) for place, word in sounding_like(pieces, left)]
    return tuple(found)


def _heard_in_letters(
    question: str, article: str, at: Collection[Span]
) -> tuple[tuple[Span, str], ...]:
    """The same for a Chinese question and an English article."""
    forms = {
        form: word for _, word in capitals_of(article) for form in _singular(word) if len(form) > 2
    }
    found = []
    pieces = [
        (span, piece)
        for span, piece in foreign_pieces(question)
        if any(span.overlaps(own) for own in at)
    ]
    if pieces:
        long = [form for form in forms if len(letters(form)) >= _LEAST_LETTERS]
        found += [(span, forms[form]) for span, form in sounding_like(pieces, long)]
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


def capitals_of(text: str) -> list[tuple[Span, str]]:
    """The words with a capital that are no ordinary ones, where a name in letters may stand."""
    plain = fold(text, lower=False)
    return [
        (plain.printed_span(Span(*match.span())), match.group())
        for match in _CAPITAL.finditer(plain.text)
        if match.group().lower() not in english_words()
    ]


def written_as(word: str, setting: str) -> list[str]:
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
def foreign_pieces(text: str) -> tuple[tuple[Span, str], ...]:
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


def name_words(names: Iterable[str]) -> set[str]:
    """The words of English names that are no ordinary ones."""
    return {
        word
        for name in names
        if not has_han(name)
        for _, word in capitals_of(name)
        if len(letters(word)) >= _LEAST_LETTERS
    }


def sounding_like(
    pieces: Sequence[tuple[Span, str]], words: Collection[str]
) -> list[tuple[Span, str]]:
    """The piece that sounds most like each word, where one surely does."""
    from kaoju.transliteration import hear, may_be, transliteration_score

    if not pieces or not words:
        return []
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
