"""Names of organisations that are put into the other language word by word.

全国矿业协会 is the National Mining Society, 麦格理资产管理公司 is Macquarie Asset Management:
known words are looked up, names of places too, and what is left over has to sound alike.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from kaoju.body_names import aloud, laid_beside, said_in_english, table
from kaoju.chinese_words import total_odds
from kaoju.gazetteer import english_words, gazetteer
from kaoju.gazetteer import words as words_of
from kaoju.sounds import characters, letters, pinyin_of, sound_of, syllable
from kaoju.text import fold, has_han
from kaoju.tokens import stem
from kaoju.transliteration import hear, may_be, transliteration_score
from kaoju.types import EntityKind

_SMALL = frozenset(["of", "the", "and", "for", "&", "de", "la", "du", "in", "at", "on", "a", "an"])
_GENERIC = frozenset(
    [
        "company",
        "corp",
        "corporation",
        "co",
        "inc",
        "ltd",
        "limited",
        "plc",
        "llc",
        "group",
        "holdings",
        "holding",
    ]
)
_LEAST_SOUND, _FAINT = 0.6, 0.1


@cache
def _longest() -> int:
    return max(map(len, table()))


_JOINED = re.compile("[和与及、暨]")


@lru_cache(maxsize=65536)
def _pieces(name: str) -> tuple[tuple[str, str], ...]:
    """Cut a Chinese name into (what, kind): words, names of the tables and the rest, ``own``."""
    joined = _JOINED.split(name)
    if len(joined) > 1 and all(len(part) > 1 for part in joined):
        # What two words of a body's name are joined by counts as little as *and* does.
        return tuple(piece for part in joined for piece in _pieces(part))
    known_words, places = table(), gazetteer().chinese
    found: list[tuple[str, str]] = []
    rest = ""
    at = 0
    while at < len(name):
        for length in range(min(_longest(), len(name) - at), 0, -1):
            piece = name[at : at + length]
            known = places.get(piece)
            named = known is not None and known.kind in ("place", "organisation") and length > 1
            kind = "word" if piece in known_words else "name" if named else ""
            if kind and (length > 1 or (not rest and at + 1 < len(name)) or at + 1 == len(name)):
                break
        else:
            rest += name[at]
            at += 1
            continue
        if rest:
            found.append((rest, "own"))
            rest = ""
        found.append((piece, kind))
        at += length
    if rest:
        found.append((rest, "own"))
    return tuple(found)


@lru_cache(maxsize=65536)
def _whole(chinese: str) -> str:
    return fold(chinese).text.replace(" ", "").replace("·", "")


@lru_cache(maxsize=65536)
def translated_score(chinese: str, english: str) -> float:
    """How well an English name of an organisation translates a Chinese one, 0 to 1.

    Every part of the name's own has to be matched, by sound or by its reading; words and
    places count by how many find their counterpart on either side.
    """
    whole = _whole(chinese)
    tokens = _tokens(english)
    if not tokens or not has_han(whole):
        return 0.0
    if "".join(tokens) in pinyin_of(whole):
        return 0.95
    laid = round(0.95 * laid_beside(whole, tokens, _light(tokens)), 4)
    return max(laid, _heard_score(whole, tokens)) if laid < _LAID_WELL else laid


_LEAST_FOREIGN = 0.5  # log odds a character: 华兴 is read, not written by sound


@lru_cache(maxsize=16384)
def _is_heard(piece: str) -> bool:
    """Whether a part's characters are such as foreign names are written with."""
    return total_odds(piece) >= _LEAST_FOREIGN * len(piece)


_LAID_WELL = 0.8  # no closer listening could tell more


def _heard_score(whole: str, tokens: tuple[str, ...]) -> float:
    """How well two names answer one another where a part of their own only sounds alike."""
    if len(tokens) <= 2:
        joined = " ".join(tokens)
        heard = _is_heard(whole) and may_be(whole, joined)
        direct = transliteration_score(whole, joined) if heard else 0.0
        if direct >= 0.85:
            return 0.9 * direct
    pieces = _pieces(whole)
    found = _score(pieces, tokens)
    if any(kind != "own" for _, kind in pieces):
        # 塔吉特 within known words: the whole may still be one sound, of all that is no company's.
        plain = [token for token in tokens if token not in _GENERIC]
        alone = _score(((whole, "own"),), tokens) if len(plain) == 1 else 0.0
        return max(found, alone, _branded(pieces, tokens) if found < _LEAST_SOUND else 0.0)
    return found


def _branded(pieces: tuple[tuple[str, str], ...], tokens: tuple[str, ...]) -> float:
    """The score where known words make up the name's own part: 海|德兰|航运 is 海德兰|航运."""
    best = 0.0
    for size in range(1, min(3, len(pieces) - 1) + 1):
        kinds, left = pieces[-size:], list(tokens)
        if any(kind != "word" for _, kind in kinds):
            break
        own = "".join(piece for piece, _ in pieces[:-size])
        if all(_take_word(piece, left) for piece, _ in kinds) and left and len(own) >= 2:
            best = max(best, _score(((own, "own"), *kinds), tokens))
    return best


def _score(pieces: tuple[tuple[str, str], ...], tokens: tuple[str, ...]) -> float:
    left = list(tokens)
    right = weight = 0.0
    matched = missed = 0
    for piece, kind in pieces:
        if kind == "own":
            continue
        before = len(left)
        taken = _take_word(piece, left) if kind == "word" else _take_name(piece, left)
        generic = kind == "word" and all(e[0] in _GENERIC for e in table()[piece])
        share = 0.2 if generic else _weight(piece) if kind == "name" else 1.0
        if kind == "name" and share > 1 and not taken:
            return 0.0  # another company's research institute
        weight += share
        right += share * taken
        if not generic:
            matched += max(before - len(left), 1) if taken else 0
            missed += not taken
    for piece, kind in pieces:
        if kind != "own":
            continue
        # Where every other word has its counterpart, one word is left to be the name's own.
        alone = matched >= 2 and not missed and len(left) == 1
        score = _take_sound(piece, left, _FAINT if alone else _LEAST_SOUND)
        weight += 1.5
        right += 1.5 * (max(score, 0.5) if alone and score >= _FAINT else score)
        if score < (_FAINT if alone else _LEAST_SOUND):
            return 0.0
        matched += 1
    unmatched = sum(0.2 if word in _GENERIC or word in _nations() else 1.0 for word in left)
    if not matched or not weight:
        return 0.0
    cover = right / weight * (1 - unmatched / (len(tokens) + 0.5))
    return round(0.95 * cover, 4)


@cache
def _nations() -> frozenset[str]:
    table = gazetteer()
    return frozenset(word.lower() for word in table.adjectives)


@lru_cache(maxsize=16384)
def _options(piece: str) -> list[tuple[str, ...]]:
    """The English words for a word of the table, the longest first."""
    return sorted(table()[piece], key=len, reverse=True)


def _take_word(piece: str, left: list[str]) -> bool:
    for option in _options(piece):
        if all(word in left for word in option):
            for word in option:
                left.remove(word)
            return True
        joined = "".join(option)
        if len(option) == 1 and len(joined) > 3:
            for word in left:  # 冻湖, FrozenLake: words written as one
                if word.startswith(joined) and len(word) > len(joined) + 2:
                    left[left.index(word)] = word[len(joined) :]
                    return True
    return False


def _weight(piece: str) -> float:
    """What a name of the tables counts inside another: a country little, a company most."""
    return 0.4 if gazetteer().chinese[piece].kind == "place" else 1.5


def _take_name(piece: str, left: list[str]) -> bool:
    known = gazetteer().chinese[piece]
    for name in (*known.english, *known.adjectives):
        parts = name.lower().split()
        if parts and all(part in left for part in parts):
            for part in parts:
                left.remove(part)
            return True
    return False


@lru_cache(maxsize=65536)
def keys_of(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """What two names of one organisation have to share: words, or the sound of their own part.

    Returns:
        English words (and readings in letters), and consonants as they sound.
    """
    if not has_han(name):
        tokens = [w for w in _tokens(name) if w not in _GENERIC]
        stems = map(stem, tokens)
        joined = "".join(tokens)
        # FrozenLake is found by what it may begin with.
        heads = (token[:size] for token in tokens for size in range(4, len(token) - 2))
        # An ordinary word may be written by its sound where it stands first: Target, 塔吉特.
        heard = [w for at, w in enumerate(tokens) if not at or w not in english_words()]
        return frozenset({*tokens, *stems, *heads, joined}), frozenset(map(sound_of, heard))
    whole = _whole(name)
    shared = {_reading(whole), *aloud(whole), *said_in_english(whole)}
    sounds = {sound_of(whole)}
    for piece, kind in _pieces(whole):
        if kind == "word":
            shared |= {option[0] for option in table()[piece]}
        elif kind == "name" and _weight(piece) > 1:
            shared |= {word for e in gazetteer().chinese[piece].english for word in _tokens(e)}
        elif kind == "own":
            shared.add(_reading(piece))
            sounds.add(sound_of(piece))
    return frozenset(shared - _GENERIC - {""}), frozenset(sounds)


def _reading(name: str) -> str:
    """The letters of a short name's characters, each by itself: quick enough for a shelf."""
    return "".join(map(syllable, name)).replace("ü", "u") if len(name) <= 4 else ""


@lru_cache(maxsize=65536)
def _tokens(english: str) -> tuple[str, ...]:
    plain = fold(english).text.replace("'s", "s").replace("s'", "s").replace("-", " ")
    plain = re.sub(r"[.,()']", " ", plain)
    return tuple(word for word in plain.split() if word not in _SMALL)


@lru_cache(maxsize=65536)
def _light(tokens: tuple[str, ...]) -> frozenset[str]:
    """The words that many bodies share."""
    return frozenset(token for token in tokens if token in _GENERIC or token in _nations())


_COUNTRY = re.compile(r"(?:us|u\.s\.|uk|u\.k\.) ")


@lru_cache(maxsize=65536)
def brand_of(name: str) -> str:
    """What a body is called for short: 麦格理 of 麦格理资产管理公司, Treasury; or nothing."""
    plain = fold(name).text.strip()
    if has_han(plain):
        pieces = _pieces(plain.replace(" ", "").replace("·", ""))
        own = pieces[0][0] if len(pieces) > 1 and _is_own(*pieces[0]) else ""
        return own if len(own) >= 2 else ""
    words = _COUNTRY.sub("", plain).split(" ")
    while len(words) > 1 and words[-1].rstrip(".,") in _endings():
        words.pop()
    short = " ".join(words)
    return short if short != plain and len(short) >= 4 and short not in _endings() else ""


def _is_own(piece: str, kind: str) -> bool:
    """Whether a piece of a body's name is a name of its own, and no place or common word."""
    known = gazetteer().chinese.get(piece)
    return kind == "own" or (known is not None and known.kind is EntityKind.ORGANISATION)


@cache
def _endings() -> frozenset[str]:
    before = {"asset", "assets", "wealth", "private", "equity", "investment", "global", "real"}
    own = {"treasury", "reserve", "fed"}
    return (words_of("organisations", "english") | before | _GENERIC) - own


@lru_cache(maxsize=65536)
def heard_pairs(chinese: str, english: str) -> tuple[tuple[str, str], ...]:
    """(characters, letters) that `translated_score` may listen to."""
    whole = _whole(chinese)
    tokens, pieces = _tokens(english), _pieces(whole)
    own = {piece for piece, kind in pieces if kind == "own" and _is_heard(piece)}
    plain = [token for token in tokens if token not in _GENERIC]
    if (len(tokens) <= 2 or len(plain) == 1) and _is_heard(whole):
        own.add(whole)
    joined = [*plain, *("".join(pair) for pair in pairwise(plain))] if own else []
    return tuple((characters(z), letters(e)) for z in own for e in joined)


def own_sound(chinese: str, english: str) -> float:
    """How well the best part of a Chinese name that is its own sounds like an English word."""
    own = [p for p, kind in _pieces(fold(chinese).text.replace(" ", "")) if kind == "own"]
    return max((transliteration_score(p, english) for p in own), default=0.0)


def _take_sound(piece: str, left: list[str], least: float) -> float:
    """The best of the words left that sounds like a part of the name's own; it is taken."""
    best, words = 0.0, []
    readings = pinyin_of(piece)
    runs = [left[at : at + size] for size in (1, 2) for at in range(len(left) - size + 1)]
    heard = _is_heard(piece)
    if least != _FAINT and heard:
        hear([(characters(piece), letters("".join(some))) for some in runs])
    for some in runs:
        joined = "".join(some)
        if joined in readings:
            score = 1.0
        elif not heard and least != _FAINT:
            continue
        elif least == _FAINT or may_be(piece, joined):
            score = transliteration_score(piece, joined)
        else:
            continue
        if score > best:
            best, words = score, some
    if best >= least:
        for word in words:
            left.remove(word)
    return best
