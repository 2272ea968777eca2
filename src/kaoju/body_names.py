"""A body's name in Chinese laid beside one in English, part by part: 冻湖|科技, Frozen Lake Tech.

Each stretch of characters may be a word of the table of bodies' words, a known place, a word of
the learned tables, a piece of a compound (Sharp|stone), or read aloud (长风, Changfeng). The best
way of laying the parts is looked for, and what is left over on either side counts against it.
What only sounds alike, `translated` hears.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import product

from kaoju.east_asian import read_heads, reads
from kaoju.gazetteer import english_words, gazetteer, lexicon_lines, words
from kaoju.sounds import syllable
from kaoju.tokens import stem
from kaoju.types import EntityKind
from kaoju.word_translations import chinese_terms, words_for

_LONGEST = 6  # characters of a part
_SINGLE, _LEARNED, _PIECE = 0.75, 0.9, 0.6  # what is worth less than a word of the table
_LEAST_CHANCE = 0.12  # of a learned translation
_LEFT_ON_BOTH = 0.55  # what is left where either name has a word that the other lacks
_LIGHT = 0.25  # what a word that many bodies share counts: company, group
_NAMED = (EntityKind.PLACE, EntityKind.ORGANISATION)
_COMMON = frozenset("公司集团有限股份责任控股和与及之的")
_STARTS = 3  # letters that a word and its kin have to begin with, at least


@cache
def table() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Chinese words and the English ones (each perhaps of several words) that stand for them."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line in lexicon_lines("organisation_words.tsv"):
        chinese, english = line.split("\t")
        found[chinese] = tuple(tuple(word.split(" ")) for word in english.split("|"))
    return found


@cache
def _kinds() -> frozenset[str]:
    """Words that say what a body is; to share them says little."""
    found = words("organisations", "english") | words("organisations", "english_trades")
    usual = "national international central general global new united federal royal state public"
    return frozenset([*found, *words("organisations", "english_of"), *usual.split()])


@lru_cache(maxsize=65536)
def laid_beside(chinese: str, tokens: tuple[str, ...], light: frozenset[str]) -> float:
    """How well the parts of two names of bodies answer one another, 0 to 1.

    Args:
        chinese: Folded, without spaces and dots.
        tokens: The words of the English name that count, folded.
        light: Those of them that many bodies share.
    """
    size = len(chinese)
    if not 2 <= size <= 20 or not 1 <= len(tokens) <= 9:
        return 0.0
    weights = [_LIGHT if token in light else 1.0 for token in tokens]
    parts: list[list[tuple[int, int, float]]] = [[] for _ in range(size)]
    for start in range(size):
        for end in range(start + 1, min(start + _LONGEST, size) + 1):
            for mask, worth in _answers(chinese[start:end], tokens):
                parts[start].append((end, mask, worth))
    if not any(parts):
        return 0.0
    heavy = [_LIGHT if c in _COMMON else 1.0 for c in chinese]
    for length in range(min(5, size - 2), 1, -1):
        place = gazetteer().chinese.get(chinese[:length])
        if place is not None and place.kind is EntityKind.PLACE:
            heavy[:length] = [_LIGHT] * length  # 雅典|卫城博物馆: the other may leave it out
            break
    best = _lay(parts, heavy, weights)
    if best is None:
        return 0.0
    ours, theirs, mask, left = best
    own = any(
        mask >> at & 1 and token not in _kinds() and token not in light
        for at, token in enumerate(tokens)
    )
    if not own:
        return 0.0
    score: float = (ours / sum(heavy) * theirs / sum(weights)) ** 0.75
    missing = sum(w for at, w in enumerate(weights) if not mask >> at & 1)
    return score * (_LEFT_ON_BOTH if left >= 1.5 and missing >= 1 else 1.0)


def _lay(
    parts: Sequence[Sequence[tuple[int, int, float]]],
    heavy: Sequence[float],
    weights: Sequence[float],
) -> tuple[float, float, int, float] | None:
    """The best way: what it covers of either name, which words, and the characters left over."""
    size = len(heavy)
    states: list[dict[int, tuple[float, float, float]]] = [{} for _ in range(size + 1)]
    states[0][0] = 0.0, 0.0, 0.0

    def better(at: int, mask: int, found: tuple[float, float, float]) -> None:
        old = states[at].get(mask)
        if old is None or found[0] + found[1] > old[0] + old[1]:
            states[at][mask] = found

    for at in range(size):
        for mask, (ours, theirs, left) in states[at].items():
            better(at + 1, mask, (ours, theirs, left + heavy[at]))
            for end, taken, worth in parts[at]:
                if mask & taken:
                    continue
                covered = sum(heavy[at:end])
                named = sum(w for n, w in enumerate(weights) if taken >> n & 1)
                better(end, mask | taken, (ours + worth * covered, theirs + worth * named, left))
    ends = states[size]
    if not ends:
        return None
    total, whole = sum(heavy), sum(weights)
    mask = max(ends, key=lambda m: ends[m][0] / total + ends[m][1] / whole)
    return (*ends[mask][:2], mask, ends[mask][2])


def _answers(piece: str, tokens: tuple[str, ...]) -> Iterator[tuple[int, float]]:
    """The words (as bits) that answer a stretch of characters, with what that is worth."""
    for option in table().get(piece, ()):
        mask = _mask_of(option, tokens)
        if mask:
            yield mask, 1.0
    known = gazetteer().chinese.get(piece) if len(piece) > 1 else None
    if known is not None and known.kind in _NAMED:
        for name in (*known.english, *known.adjectives):
            mask = _mask_of(tuple(name.lower().split()), tokens)
            if mask:
                yield mask, 1.0
    mask = 0
    aloud = len(piece) >= 2
    for at, token in enumerate(tokens):
        worth = _learned(piece, token)
        if worth:
            yield 1 << at, worth
            mask |= 1 << at
        elif aloud and _is_strange(token) and _is_read(piece, token):
            yield 1 << at, 1.0
        elif len(token) < 6:
            continue  # too short to be put together of two
        elif aloud and _is_compound(piece, token):
            yield 1 << at, _LEARNED
        elif _all_said(piece) and _is_piece(piece, token):
            yield 1 << at, _PIECE
    if mask & (mask - 1):
        yield mask, _LEARNED  # 东非, East African
    for at in range(len(tokens) - 1 if aloud else 0):
        one, two = tokens[at], tokens[at + 1]
        if (_is_strange(one) or _is_strange(two)) and _is_read(piece, one + two):
            yield 3 << at, 1.0


@lru_cache(maxsize=65536)
def _is_strange(token: str) -> bool:
    """Whether a word is none of English, and may be characters read aloud."""
    return len(token) <= 4 or token not in english_words()


def _mask_of(option: tuple[str, ...], tokens: tuple[str, ...]) -> int:
    """The bits of the words that say an option, all of it; nothing where one is missing."""
    mask = 0
    for word in option:
        for at, token in enumerate(tokens):
            if not mask >> at & 1 and (token == word or _is_kin(word, token)):
                mask |= 1 << at
                break
        else:
            return 0
    return mask


@lru_cache(maxsize=65536)
def _is_kin(word: str, token: str) -> bool:
    """Whether two words differ by an ending alone: bio, biologics; exporter, exporters."""
    if stem(word) == stem(token):
        return True
    short, long = sorted((word, token), key=len)
    return (
        len(short) >= _STARTS
        and long.startswith(short)
        and (len(long) - len(short) <= (6 if short in _FORMS else 2))
    )


_FORMS = frozenset(["bio", "agri", "geo", "hydro", "micro", "metro", "petro", "aero", "nano"])


@lru_cache(maxsize=65536)
def _said(piece: str) -> dict[str, float]:
    """The stems of the words that stand for a piece, with the chance of it."""
    if piece not in chinese_terms():
        return {}
    return {word: chance for word, chance in words_for(piece) if chance >= _LEAST_CHANCE}


@lru_cache(maxsize=131072)
def _learned(piece: str, token: str) -> float:
    for word in _said(piece):
        if word == stem(token) or (len(word) >= 4 and _is_kin(word, token)):
            return _SINGLE if len(piece) == 1 else _LEARNED
    return 0.0


@lru_cache(maxsize=65536)
def _all_said(piece: str) -> frozenset[str]:
    """All words for a piece that a compound may be made of."""
    own = {option[0] for option in table().get(piece, ()) if len(option) == 1}
    return frozenset(word for word in own | set(_said(piece)) if len(word) >= _STARTS)


@lru_cache(maxsize=131072)
def _is_compound(piece: str, token: str) -> bool:
    """Whether a word is put together of what the characters say: 冻湖, FrozenLake."""
    if len(token) < 6:
        return False
    for cut in range(1, len(piece)):
        for first in _all_said(piece[:cut]):
            rest = token.removeprefix(first)
            if rest != token and any(
                rest == last or stem(rest) == last for last in _all_said(piece[cut:])
            ):
                return True
    return False


@lru_cache(maxsize=131072)
def _is_piece(piece: str, token: str) -> bool:
    """Whether what the characters say is the beginning or end of a word: 石, Sharpstone."""
    return any(
        len(token) >= len(word) + 3
        and len(word) >= 4
        and (token.startswith(word) or stem(token).endswith(word))
        for word in _all_said(piece)
    )


@lru_cache(maxsize=131072)
def _is_read(piece: str, letters: str) -> bool:
    """Whether letters are the characters read aloud, in Mandarin or as elsewhere in East Asia."""
    if not 2 <= len(piece) <= 4 or not letters.isalpha() or len(letters) < 4:
        return False
    return letters in _aloud(piece) or reads(piece, letters)


@lru_cache(maxsize=16384)
def _aloud(piece: str) -> frozenset[str]:
    from pypinyin import Style, pinyin

    read = pinyin(piece, style=Style.NORMAL, heteronym=True)
    options = [[s.replace("ü", "u").replace("v", "u") for s in some[:4]] for some in read]
    return frozenset("".join(some) for some in product(*options))


@lru_cache(maxsize=65536)
def said_in_english(chinese: str) -> frozenset[str]:
    """Stems of words by which a Chinese name of a body may be found in English."""
    size, known = len(chinese), chinese_terms()
    pieces = {chinese[at : at + n] for n in (2, 3, 4) for at in range(size - n + 1)}
    pieces |= set(chinese[:3])
    return frozenset(word for piece in pieces & known for word in _said(piece))


def aloud(chinese: str) -> frozenset[str]:
    """The syllables that a Chinese name of a body begins with, joined: 长风物流 is changfeng."""
    heads = [chinese[:size] for size in (3, 4) if len(chinese) >= size]
    read = ("".join(map(syllable, head)).replace("ü", "u") for head in heads)
    return frozenset([*read, *read_heads(chinese)])
