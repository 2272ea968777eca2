"""A question to a Query: its language, terms, kind of answer wanted, names and figures.

Rules over the folded question, kept in ``lexicon/questions.toml``; nothing is searched here.
Traditional characters, full width, lost question marks, bare keywords and lower-case names
are read like their tidy forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from kaoju.focus import focus_of
from kaoju.lexicon import compiled, load
from kaoju.text import fold, has_han, language_of
from kaoju.tokens import query_terms, stopwords
from kaoju.types import (
    Dimension,
    Entity,
    EntityKind,
    Figure,
    Filters,
    Language,
    NameReading,
    Query,
    Wanted,
)

_WHICH = re.compile(
    r"^(?:(?:so|and|then|but|from|of|to|by|in|at|for|with|under|on|against|through|between|among"
    r"|near) )*(?:which|what) (?P<named>[^?,;:]+)"
)
_CALLED = re.compile(r"(?P<whom>[\u4e00-\u9fff]{2,8}?)(?:的名字)?叫(?:什么|啥)")
_WHICH_WORDS = 6  # at most, of a phrase after which
_FIRST = 400  # characters of a long question that decide what it asks for
_LONGEST_NAME = 24  # characters of a Chinese name looked up
_LONGEST_NAME_WORDS = 7
_SHORTEST_SURNAME = 4  # letters; shorter ones are words too often
_LINKED = 0.8  # a name linked by sound or translation at least this surely
_HEARD = frozenset(["pinyin", "translation", "transliteration"])
_TERSE = 60  # characters of a question without a question word
_ASKS = re.compile(
    r"谁|什么|怎|如何|为何|哪|吗|呢|是否|能否|\b(?:who|what|when|where|which|why|how|do|does|did|is|are|was|were"
    r"|can|could|will|would|should|has|have)\b"
)
_ENDS_PHRASE = re.compile(
    r"is|are|was|were|do|does|did|will|would|has|have|had|can|could|should|must|may|might|of|in|on"
    r"|at|for|to|from|by|with|that|who|which|and|or|the|an?|its|their"
)
_OF_SOMEBODY = re.compile(r"['’]s\b|的|\bof\b")  # whose father, not who
_IS_CALLED = re.compile(r"\b(?:called|known as)\W*$")
# What is the prize pool asks how much there is in it; what is a prize pool, or the term premium
# that is no sum of money, what the word means.
_THE_ONE = re.compile(r"what(?:'s| is| was) the ")
_AMOUNTS = frozenset({Dimension.MONEY, Dimension.COUNT})
_WHO_IS = re.compile(r"^(?:who(?:'s| is| was) |谁是)[^,，]{2,30}$|^[^,，]{2,20}是谁\W*$")
# What a figure or a date begins with beside the numerals and the calendar of the lexicon.
_BEGINS_ZH = r"\d|翻|腰斩|减半|对折|半[年个数小天成百]|(?:周|星期|礼拜)[日天末]"
_BEGINS_EN = (
    r"an? (?:couple|few|year|month|week|decade|day|century)|(?:minus|negative) [a-z]"
    r"|(?:end|close|start|beginning|middle|turn) of|year[- ]end|financial year|fiscal|fy"
    r"|q[1-4]|h[12]|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)
_HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff·]+")
_WORDS = re.compile(r"[^\W_]+(?:['.&-][^\W_]+)*")


def analyse(
    text: str,
    *,
    known: Sequence[Entity] = (),
    filters: Filters | None = None,
    reference_date: date | None = None,
) -> Query:
    """Read a question or a search.

    Args:
        text: As typed; anything, the empty string included.
        known: The shelf's entities. Names are looked up among them first; pass the same
            sequence again and its table of names is not built anew.
        filters: Which passages may answer, handed on as they are.
        reference_date: What "last year" counts from.

    Returns:
        The query. ``names`` are the names as typed, ``entity_ids`` those of them that the
        shelf knows; ``figures`` what the question itself states. ``dimension`` is that of
        the figure wanted, where the words tell.
    """
    folded = fold(text).text
    language = language_of(text)
    wanted, dimension = wanted_of(folded, language)
    names, entity_ids, readings = _names(text, folded, language, known)
    if (
        wanted is Wanted.PERSON
        and _WHO_IS.search(folded.strip())
        and not _OF_SOMEBODY.search(folded)
    ):
        kinds = {entity.kind for entity in known if entity.id in entity_ids}
        if EntityKind.PERSON in kinds:  # who somebody is, not who it is
            wanted = Wanted.DEFINITION
    return Query(
        text=text,
        language=language,
        terms=tuple(query_terms(text)) if text.strip() else (),
        wanted=wanted,
        names=names,
        entity_ids=entity_ids,
        figures=_figures(text, language, reference_date),
        dimension=dimension,
        filters=filters if filters is not None else Filters(),
        readings=readings,
    )


def wanted_of(folded: str, language: Language) -> tuple[Wanted, Dimension | None]:
    """The kind of answer that a folded question asks for, and its figure's dimension."""
    tail = " ".join(folded.split())
    tail = tail[:_FIRST] if len(tail) <= 2 * _FIRST else tail[:_FIRST] + " " + tail[-_FIRST:]
    order = [Language.ZH, Language.EN] if has_han(folded) else [Language.EN]
    if language is Language.EN:
        order.reverse()
    named = _called(tail) if has_han(folded) else _named(tail)
    if named is not None:
        return named, None
    for one in dict.fromkeys(order):
        for pattern, wanted, dimension in _rules(one):
            if compiled(pattern).search(tail):
                if wanted is Wanted.FIGURE and dimension is None:
                    return wanted, _measured(tail)
                if wanted is Wanted.DEFINITION and not _IS_CALLED.search(tail):
                    measured = _measured(tail)  # what is the town's population, the prize pool
                    of_it = _THE_ONE.match(tail) is not None and measured in _AMOUNTS
                    if measured is not None and (of_it or _OF_SOMEBODY.search(tail)):
                        return Wanted.FIGURE, measured
                return wanted, dimension
    measured = _measured(tail)
    if measured is Dimension.DATE:
        return Wanted.DATE, measured
    return (Wanted.STATEMENT if measured is None else Wanted.FIGURE), measured


def _called(folded: str) -> Wanted | None:
    """A person, where a Chinese question asks what the holder of a role is called."""
    match = _CALLED.search(folded)
    roles = load("roles")["chinese"].split()
    return Wanted.PERSON if match and match["whom"].endswith(tuple(roles)) else None


def _named(folded: str) -> Wanted | None:
    """What the head of the phrase after which or what is: a person, a body or a place.

    The head is the last of the words that stand together before a verb or a preposition:
    which cinema chain executive is a person, which van maker a body.
    """
    match = _WHICH.search(folded)
    if match is None:
        return None
    found: Wanted | None = None
    for word in match["named"].split()[:_WHICH_WORDS]:
        if _ENDS_PHRASE.fullmatch(word):
            break
        kind = _heads().get(word)
        if found is not None and kind is None:
            return None if word in _measure_words() else found
        found = kind
    return found


@cache
def _measure_words() -> frozenset[str]:
    """The last words of the names of measures: rate, price."""
    return frozenset(name.split()[-1] for name, _ in _measures() if not has_han(name)) | {"rate"}


@cache
def _heads() -> dict[str, Wanted]:
    """The heads of English phrases that say what kind of thing is asked for."""
    listed = load("questions")["heads"]
    return {
        **{word: Wanted.PLACE for line in listed["place"] for word in line.split()},
        **dict.fromkeys(_roles(), Wanted.PERSON),
        **{word: Wanted.ORGANISATION for line in listed["organisation"] for word in line.split()},
    }


def asks(folded: str) -> bool:
    """Whether a folded text has a question word or ends as questions do."""
    return _ASKS.search(folded) is not None or folded.rstrip().endswith("?")


def _measured(folded: str) -> Dimension | None:
    """The dimension of the measure that a question is after: 投票率, valuation, deadline.

    It stands in the focus, or in the few words of a question that has no question word.
    """
    focus = focus_of(folded)
    phrase = " ".join(focus)
    if not focus and len(folded) <= _TERSE and not _ASKS.search(folded):
        phrase = folded
    if not phrase:
        return None
    joined = phrase.replace(" ", "")
    for name, dimension in _measures():
        if name in joined if has_han(name) else re.search(rf"\b{re.escape(name)}\b", phrase):
            return dimension
    return None


@cache
def _roles() -> frozenset[str]:
    """The heads of English roles, in lower case."""
    return frozenset(load("roles")["english"].split())


@cache
def _measures() -> tuple[tuple[str, Dimension], ...]:
    """The names of measures with their dimension, the longest first."""
    found = [
        (name, Dimension(dimension))
        for dimension, lists in load("questions")["measured"].items()
        for names in lists.values()
        for name in names
    ]
    return tuple(sorted(found, key=lambda item: (-len(item[0]), item[0])))


@cache
def _rules(language: Language) -> tuple[tuple[str, Wanted, Dimension | None], ...]:
    return tuple(
        (
            rule["pattern"],
            Wanted(rule["wanted"]),
            Dimension(rule["dimension"]) if "dimension" in rule else None,
        )
        for rule in load("questions")[str(language)]
    )


def may_state(text: str) -> bool:
    """Whether a question can state a figure or a date at all.

    Where it cannot, the readers of them, a tenth of a cold start, need not be loaded.
    """
    return _stating().search(fold(text).text) is not None


_NUMERALS = ("ones", "tens", "scales", "groups", "ordinals", "parts")
_CALENDAR = {
    "zh": ("years", "months", "days", "quarters", "dayparts"),
    "en": ("months", "years", "calendar_months", "calendar_quarters", "days"),
}


@cache
def _stating() -> re.Pattern[str]:
    """What a figure or a date of either language begins with."""
    dates, numerals = load("dates"), load("numerals")
    chinese = [
        *(word for key in _CALENDAR["zh"] for word in dates["zh"][key]),
        *(word for key in ("pointers", "marks") for word in dates["zh"][key]["words"]),
        *(digit for key in ("digits", "multipliers", "scales") for digit in numerals["han"][key]),
    ]
    english = [
        *(word for key in _CALENDAR["en"] for word in dates["en"][key]),
        *(word for key in _NUMERALS for word in numerals["english"][key]),
        *load("comparison")["multiples"]["en"],
    ]
    return re.compile(
        rf"{_BEGINS_ZH}|{'|'.join(chinese)}"
        rf"|(?<![a-z0-9])(?:{_BEGINS_EN}|(?:{'|'.join(english)})s?)(?![a-z])"
    )


def _figures(text: str, language: Language, reference_date: date | None) -> tuple[Figure, ...]:
    if not may_state(text):
        return ()
    from kaoju.figures import find_figures

    known = language if language is not Language.UND else None
    return tuple(find_figures(text, language=known, reference_date=reference_date))


# Names ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Table:
    """The shelf's names, folded, and the sequence that they were read from."""

    known: Sequence[Entity]
    full: dict[str, tuple[str, ...]]
    partial: dict[str, tuple[str, ...]]  # a person's surname, 贝森特 of 斯科特·贝森特


_last_table: _Table | None = None


def _table(known: Sequence[Entity]) -> _Table:
    global _last_table
    table = _last_table
    if table is None or table.known is not known or not isinstance(known, list):
        table = _last_table = _built(known)
    return table


def _built(known: Sequence[Entity]) -> _Table:
    full: dict[str, list[str]] = {}
    partial: dict[str, list[str]] = {}
    for entity in known:
        for _, name in entity.names:
            folded = fold(name).text.strip()
            if not folded or folded in stopwords():
                continue
            full.setdefault(folded, []).append(entity.id)
            if entity.kind is EntityKind.PERSON and (last := _surname(folded)) is not None:
                partial.setdefault(last, []).append(entity.id)
    return _Table(
        known, *({n: tuple(dict.fromkeys(i)) for n, i in t.items()} for t in (full, partial))
    )


def _surname(name: str) -> str | None:
    last = re.split(r"[·\s]", name)[-1]
    if last == name or last in stopwords():
        return None
    return last if len(last) >= (2 if has_han(last) else _SHORTEST_SURNAME) else None


def _names(
    text: str, folded: str, language: Language, known: Sequence[Entity]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[NameReading, ...]]:
    table = _table(known)
    printed = fold(text, lower=False).text
    plain = printed if len(printed) == len(folded) else folded  # with the capitals, as typed
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, str, tuple[str, ...]]] = []
    for start, end in _spans(folded):
        if any(start < e and s < end for s, e in taken):
            continue
        piece = folded[start:end]
        ids = table.full.get(piece) or table.partial.get(piece)
        if ids and not (piece == plain[start:end] and _is_plain_word(piece, ids, known)):
            taken.append((start, end))
            found.append((start, piece, ids))
    mentioned = _mentioned(text, language)
    found = [row for row in found if not _is_anothers(row[1], row[2], mentioned, known)]
    others = [n for n in mentioned if not _covered(n, (p for _, p, _ in found))]
    linked = [entity_id for _, _, some in sorted(found) for entity_id in some]
    heard = [
        name
        for name in _heard(text, language, known)
        if not _covered(name, (*(p for _, p, _ in found), *(fold(n).text for n in others)))
    ]
    read = _linked([*others, *heard], known)
    others += [name for name in heard if any(reading.name == name for reading in read)]
    linked += [reading.entity_id for reading in read]
    readings = [reading for reading in read if reading.evidence in _HEARD]
    names = [piece for _, piece, _ in sorted(found)] + others
    return tuple(dict.fromkeys(names)), tuple(dict.fromkeys(linked)), tuple(readings)


def _is_plain_word(piece: str, ids: Sequence[str], known: Sequence[Entity]) -> bool:
    """Whether a word in lower case, an ordinary one, is the name of people alone: how long."""
    if not piece.isascii() or not piece.isalpha():
        return False
    from kaoju.gazetteer import english_words

    if piece not in english_words():
        return False
    return all(e.kind is EntityKind.PERSON for e in known if e.id in ids)


def _spans(folded: str) -> list[tuple[int, int]]:
    """Where a name could stand, the longest first."""
    spans: list[tuple[int, int]] = []
    for run in _HAN_RUN.finditer(folded):
        for start in range(run.start(), run.end()):
            stop = min(run.end(), start + _LONGEST_NAME)
            spans += [(start, end) for end in range(start + 2, stop + 1)]
    words = [m.span() for m in _WORDS.finditer(folded)]
    for at, (start, _) in enumerate(words):
        spans += [(start, end) for _, end in words[at : at + _LONGEST_NAME_WORDS]]
    return sorted(set(spans), key=lambda span: (span[0] - span[1], span[0]))


def _mentioned(text: str, language: Language) -> list[str]:
    """The names that the recogniser sees in the question itself."""
    if not text.strip():
        return []
    from kaoju.entities import find_mentions

    read_as = language if language is not Language.UND else Language.EN
    return [m.surface for m in find_mentions(text, language=read_as, title="")]


def _heard(text: str, language: Language, known: Sequence[Entity]) -> list[str]:
    """The words of an English question that sound like a name of the shelf."""
    if language is not Language.EN or not known:
        return []
    from kaoju.asked_names import find_names_in_question

    return find_names_in_question(text, known)


def _is_anothers(
    piece: str, ids: Sequence[str], mentioned: Sequence[str], known: Sequence[Entity]
) -> bool:
    """Whether a surname ends a full name that the shelf knows of another bearer of it.

    安妮塔·波特 is Anita Porter, and not 萨拉·波特 of another article.
    """
    longer = [n for n in mentioned if re.search(rf"[·\s]{re.escape(piece)}$", fold(n).text)]
    found = {reading.entity_id for reading in _linked(longer, known)}
    return bool(found) and not found.intersection(ids)


def _covered(name: str, found: Iterable[str]) -> bool:
    folded = fold(name).text
    return any(folded in piece or piece in folded for piece in found)


def _linked(names: Sequence[str], known: Sequence[Entity]) -> list[NameReading]:
    """The entities that names of the other language mean."""
    if not names or not known:
        return []
    from kaoju.asked_names import link_names

    rows = [row for row in link_names(list(names), known) if row[2] >= _LINKED]
    wanted = {row[1] for row in rows}
    called = {e.id: e.names[0][1] for e in known if e.id in wanted}
    return [NameReading(name, i, called[i], sure, why) for name, i, sure, why in rows]
