"""What a count counts: classifiers and nouns of both languages to one canonical unit.

数十个国家 and dozens of countries are both counts of ``country``. An English noun that the
lexicon does not know is its own unit, in the singular; a Chinese one is left out, since
where it ends cannot be told without cutting the sentence into words.
"""

from __future__ import annotations

import re

from kaoju.lexicon import section, words

_CLASSIFIERS: dict[str, str] = dict(section("classifiers", "zh")["classifiers"])
_NOT_CLASSIFIERS: dict[str, tuple[str, ...]] = {
    word: tuple(after) for word, after in section("classifiers", "zh")["other_words"].items()
}
_NOUNS_ZH: dict[str, str] = dict(section("classifiers", "zh")["nouns"])
_NOUNS_EN: dict[str, str] = dict(section("classifiers", "en")["nouns"])
_PARTICIPLES = frozenset(words("classifiers", "en", "person_participles", "words"))
_NOT_NOUNS = frozenset(words("classifiers", "en", "not_nouns", "words"))
_SINGULARS = frozenset(_NOUNS_EN.values())
_LONGEST_CLASSIFIER = max(map(len, _CLASSIFIERS))
_NOUN_AFTER = re.compile("|".join(sorted(_NOUNS_ZH, key=len, reverse=True)))
_WORDS = re.compile(r"[ -]?([a-z]+(?:[-'][a-z]+)*)")
_FOR_CLASSIFIER = {unit: word for word, unit in reversed(_CLASSIFIERS.items()) if unit}
_FOR_NOUN = {unit: word for word, unit in reversed(_NOUNS_ZH.items())}
_FOR_COIN = {str(coin): word for word, coin in section("currencies", "coins_zh").items()}
_STOP = frozenset(
    [
        "to",
        "from",
        "in",
        "on",
        "at",
        "by",
        "for",
        "of",
        "with",
        "as",
        "than",
        "and",
        "or",
        "but",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "will",
        "would",
        "could",
        "can",
        "may",
        "might",
        "after",
        "before",
        "during",
        "since",
        "until",
        "who",
        "which",
        "that",
        "when",
        "while",
        "amid",
        "against",
        "over",
        "under",
        "between",
        "per",
        "a",
        "an",
        "the",
        "this",
        "these",
        "those",
        "it",
        "its",
        "they",
        "he",
        "she",
        "not",
        "also",
        "about",
        "versus",
        "down",
        "up",
        "each",
        "into",
        "out",
        "off",
        "through",
        "compared",
        "so",
        "far",
        "now",
        "if",
        "then",
    ]
)


def classifier_at(text: str, at: int) -> tuple[str, str] | None:
    """The Chinese classifier at ``at`` with the unit it counts by itself, or None."""
    for length in range(_LONGEST_CLASSIFIER, 0, -1):
        word = text[at : at + length]
        if len(word) == length and word in _CLASSIFIERS:
            return word, _CLASSIFIERS[word]
    return None


def is_other_word(text: str, at: int, word: str) -> bool:
    """Whether the classifier at ``at`` begins a word of another sense there: 发布, 口岸, 组成."""
    others = _NOT_CLASSIFIERS.get(word)
    return others is not None and text[at + len(word) : at + len(word) + 1] in others


def noun_unit_after(text: str, at: int) -> str | None:
    """The unit of the first known Chinese noun in the few characters from ``at`` on."""
    window = text[at : at + 10]
    for stop in "，。；,;、":
        window = window.partition(stop)[0]
    window = re.split(r"[的和与及等将为被在]", window)[0]
    last: re.Match[str] | None = None
    for found in _NOUN_AFTER.finditer(window):
        if last is not None and found.start() != last.end():
            break
        last = found  # 企业岗位: the head comes last
    return _NOUNS_ZH[last.group()] if last else None


def noun_unit_before(text: str) -> str | None:
    """The unit of the last known Chinese noun in ``text``."""
    last = None
    for found in _NOUN_AFTER.finditer(text):
        last = found
    return _NOUNS_ZH[last.group()] if last else None


def noun_unit_ending(text: str) -> str | None:
    """The unit of the known Chinese noun that ``text`` ends with: 关闭门店 before 三十家."""
    for found in _NOUN_AFTER.finditer(text):
        if found.end() == len(text):
            return _NOUNS_ZH[found.group()]
    return None


def noun_unit_at(text: str, at: int) -> str | None:
    """The unit of the known Chinese noun right at ``at``: 上百万用户."""
    found = _NOUN_AFTER.match(text, at)
    return _NOUNS_ZH[found.group()] if found else None


def singular(noun: str) -> str:
    """An English plural in the singular: countries, boxes, people."""
    if noun in _NOUNS_EN:
        return _NOUNS_EN[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses", "zzes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def english_noun(text: str, at: int) -> tuple[str, int] | None:
    """The unit that the English noun after a number at ``at`` names, and where it ends.

    Adjectives are skipped, four words at most; prepositions and verbs end the search.
    """
    position = at
    for index in range(5):
        match = _WORDS.match(text, position)
        if match is None:
            return None
        word = match.group(1)
        if index == 0 and word == "of":
            position = match.end()
            continue
        if word in _PARTICIPLES:
            return "person", match.end()
        if word in _STOP:
            return None
        known = _NOUNS_EN.get(word)
        if known is not None:
            if known == "":
                return None
            return known, match.end()
        if len(word) > 3 and word[-1] == "s" and word[-2] not in "su'" and word not in _NOT_NOUNS:
            return singular(word), match.end()
        position = match.end()
    return None


def english_noun_before(text: str) -> str | None:
    """The unit of the last English count noun that the lexicon knows in ``text``."""
    for word in reversed(re.findall(r"[a-z]+", text)):
        if _NOUNS_EN.get(word):
            return _NOUNS_EN[word]
    return None


def chinese_count(unit: str) -> str:
    """Classifier and noun for a count in Chinese print: country is 个国家, person 人."""
    if unit == "person":
        return "人"
    if unit in _FOR_COIN:
        return _FOR_COIN[unit]
    if unit in _FOR_CLASSIFIER and unit not in _FOR_NOUN:
        return _FOR_CLASSIFIER[unit]
    if unit in _FOR_NOUN:
        return f"个{_FOR_NOUN[unit]}"
    return f" {unit}"


def english_count_names() -> frozenset[str]:
    """Every canonical unit of counts that the lexicon knows."""
    return _SINGULARS
