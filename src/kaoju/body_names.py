"""A body's name in Chinese laid beside one in English, part by part: 冻湖|科技, Frozen Lake Tech.

Each stretch of characters may be a word of the table of bodies' words, a known place, a word of
the learned tables, a piece of a compound (Sharp|stone), or read aloud (长风, Changfeng). The best
way of laying the parts is looked for, and what is left over on either side counts against it.
What only sounds alike, `translated` hears.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise, product

from kaoju.east_asian import read_heads, readings, reads
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
    if not 2 <= len(chinese) <= 20 or not 1 <= len(tokens) <= 9:
        return 0.0
    weights = [_LIGHT if token in light else 1.0 for token in tokens]
    name = _name_of(chinese)
    told, read, pairs = _promising(name, tokens)
    kept = told | read | pairs | pairs << 1
    if sum(w for at, w in enumerate(weights) if kept >> at & 1) < _LEAST_SHARE * sum(weights):
        return 0.0
    if not any(
        kept >> at & 1 and token not in _kinds() and token not in light
        for at, token in enumerate(tokens)
    ):
        return 0.0
    parts: list[list[tuple[int, int, float]]] = [[] for _ in chinese]
    for start, end, piece, spoken in name.pieces:
        some = _answers(piece, tokens, told if spoken else 0, read, pairs)
        parts[start] += [(end, mask, worth) for mask, worth in some]
    if not any(parts):
        return 0.0
    heavy = name.heavy
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


def _answers(
    piece: str, tokens: tuple[str, ...], told: int, read: int, pairs: int
) -> Iterator[tuple[int, float]]:
    """The words (as bits) that answer a stretch of characters, with what that is worth.

    Only those are asked whose bits are given (see `_promising`).
    """
    some = [(at, token) for at, token in enumerate(tokens) if told >> at & 1]
    for option in _options(piece) if some else ():
        mask = _mask_of(option, some)
        if mask:
            yield mask, 1.0
    mask = 0
    aloud = 2 <= len(piece) <= _LONGEST_READ
    for at, token in enumerate(tokens):
        worth = _learned(piece, token) if told >> at & 1 else 0.0
        if worth:
            yield 1 << at, worth
            mask |= 1 << at
        elif read >> at & 1 and aloud and _is_read(piece, token):
            yield 1 << at, 1.0
        elif not told >> at & 1 or len(token) < 6:
            continue  # what is short is not put together of two words
        elif len(piece) >= 2 and _is_compound(piece, token):
            yield 1 << at, _LEARNED
        elif _all_said(piece) and _is_piece(piece, token):
            yield 1 << at, _PIECE
    if mask & (mask - 1):
        yield mask, _LEARNED  # 东非, East African
    for at in range(len(tokens) - 1 if aloud and pairs else 0):
        if pairs >> at & 1 and _is_read(piece, tokens[at] + tokens[at + 1]):
            yield 3 << at, 1.0


@lru_cache(maxsize=65536)
def _options(piece: str) -> tuple[tuple[str, ...], ...]:
    """The words that the tables have for a piece: what it says, and what a name is in English."""
    known = gazetteer().chinese.get(piece) if len(piece) > 1 else None
    names = (*known.english, *known.adjectives) if known and known.kind in _NAMED else ()
    return (*table().get(piece, ()), *(tuple(name.lower().split()) for name in names))


# What cannot answer, told cheaply ---------------------------------------------------------

_LEAST_SHARE = 0.42  # of the words' weight: names that share less score below one half
_LONGEST_READ = 4  # characters that are read aloud together
_ENDS = 4  # letters of a word that a compound may end with, at least


@dataclass(frozen=True, slots=True)
class _Name:
    """A Chinese name in its pieces, and how the words that may answer one begin and end."""

    heavy: tuple[float, ...]
    pieces: tuple[tuple[int, int, str, bool], ...]  # and whether words may answer one
    starts: frozenset[str]
    ends: frozenset[str]
    heads: tuple[str, ...]


@lru_cache(maxsize=16384)
def _name_of(chinese: str) -> _Name:
    size = len(chinese)
    heavy = [_LIGHT if c in _COMMON else 1.0 for c in chinese]
    for length in range(min(5, size - 2), 1, -1):
        place = gazetteer().chinese.get(chinese[:length])
        if place is not None and place.kind is EntityKind.PLACE:
            heavy[:length] = [_LIGHT] * length  # 雅典|卫城博物馆: the other may leave it out
            break
    pieces: list[tuple[int, int, str, bool]] = []
    starts: set[str] = set()
    ends: set[str] = set()
    known = (chinese_terms(), table(), gazetteer().chinese)
    for start in range(size):
        spoken = False  # whether a piece from here has words, which a compound may begin with
        for end in range(start + 1, min(start + _LONGEST, size) + 1):
            piece = chinese[start:end]
            if any(piece in some for some in known):
                begun, ended = _edges(piece)
                spoken |= bool(begun)
                starts |= begun
                ends |= ended
            if spoken or 2 <= end - start <= _LONGEST_READ:
                pieces.append((start, end, piece, spoken))
    return _Name(tuple(heavy), tuple(pieces), frozenset(starts), frozenset(ends), _heads(chinese))


@lru_cache(maxsize=65536)
def _edges(piece: str) -> tuple[frozenset[str], frozenset[str]]:
    """How the words for a piece begin and end."""
    said = {word for option in _options(piece) for word in option} | _said(piece).keys()
    starts = {form[:_STARTS] for word in said for form in (word, stem(word))}
    return frozenset(starts), frozenset(word[-_ENDS:] for word in said if len(word) >= _ENDS)


def _heads(chinese: str) -> tuple[str, ...]:
    """What the readings of any two characters of a name or more begin with."""
    from pypinyin.constants import PHRASES_DICT

    read = [set(_readings_of(c)) for c in chinese]
    for start in range(len(chinese)):
        for end in range(start + 2, min(start + _LONGEST_READ, len(chinese)) + 1):
            for at, some in enumerate(PHRASES_DICT.get(chinese[start:end], ()), start):
                read[at].update(map(_plain_syllable, some))
    found = {one + two for first, then in pairwise(read) for one in first for two in then}
    for size in (2, 3):
        for start in range(len(chinese) - size + 1):
            joined = readings(chinese[start : start + size])
            before = read[start - 1] if start else ()
            found |= joined | {one + then for one in before for then in joined}
    return tuple(found)


@lru_cache(maxsize=16384)
def _readings_of(character: str) -> frozenset[str]:
    """All readings of a character by itself, in Mandarin and elsewhere."""
    from pypinyin.constants import PINYIN_DICT

    read = PINYIN_DICT.get(ord(character), character).split(",")
    return readings(character).union(map(_plain_syllable, read))


def _plain(read: str) -> str:
    return read.replace("ü", "u").replace("v", "u")


@lru_cache(maxsize=4096)
def _plain_syllable(marked: str) -> str:
    """A syllable without its tone."""
    from pypinyin.contrib.tone_convert import to_normal

    return _plain(to_normal(marked))


def _promising(name: _Name, tokens: tuple[str, ...]) -> tuple[int, int, int]:
    """The words (as bits) that may say a piece of a name, be it read aloud, or so with the next."""
    told = read = pairs = 0
    for at, token in enumerate(tokens):
        root, bit = stem(token), 1 << at
        if (
            token[:_STARTS] in name.starts
            or root[:_STARTS] in name.starts
            or root[-_ENDS:] in name.ends
        ):
            told |= bit
        if token.startswith(name.heads) and _is_strange(token):
            read |= bit
        if at + 1 < len(tokens) and (token + tokens[at + 1]).startswith(name.heads):
            pairs |= bit * (_is_strange(token) or _is_strange(tokens[at + 1]))
    return told, read, pairs


@lru_cache(maxsize=65536)
def _is_strange(token: str) -> bool:
    """Whether a word is none of English, and may be characters read aloud."""
    return len(token) <= 4 or token not in english_words()


def _mask_of(option: tuple[str, ...], tokens: Sequence[tuple[int, str]]) -> int:
    """The bits of the words that say an option, all of it; nothing where one is missing."""
    mask = 0
    for word in option:
        for at, token in tokens:
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
    if not 2 <= len(piece) <= _LONGEST_READ or not letters.isalpha() or len(letters) < 4:
        return False
    return letters in _aloud(piece) or reads(piece, letters)


@lru_cache(maxsize=16384)
def _aloud(piece: str) -> frozenset[str]:
    from pypinyin import Style, pinyin

    read = pinyin(piece, style=Style.NORMAL, heteronym=True)
    options = [[_plain(s) for s in some[:4]] for some in read]
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
