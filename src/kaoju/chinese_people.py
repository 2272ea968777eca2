"""Names of people in Chinese text: with a dot, after a title, and by themselves.

A foreign name is told by its characters (their log odds in transliterated names) and by
how it ends, a Chinese or Japanese one by its family name and by jieba's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kaoju.chinese_roles import role_after, role_before
from kaoju.chinese_words import (
    BARE,
    DOT,
    HAN,
    HAN_CHARACTER,
    LED,
    Candidate,
    Tagged,
    after_role_words,
    no_one_words,
    organisation_endings,
    role_words,
    said_words,
    small_words,
    total_odds,
    verb_words,
)
from kaoju.gazetteer import UNKNOWN_CHARACTER, gazetteer, name_characters, surnames, words
from kaoju.types import EntityKind

_DOTTED = re.compile(
    rf"(?:(?<![{HAN}])[{HAN}]++|[A-Z]\.?)(?:[·](?:[{HAN}]+(?:-[{HAN}]+)?|[A-Z]\.?))+"
)
_MOST_BEFORE, _MOST_AFTER = 7, 8  # characters of a name's part beside its dot
_LEAST_APART = 5  # characters between the dots of two names


def dotted_names(tagged: Tagged, known: list[Candidate]) -> Iterator[Candidate]:
    """Names with a middle dot: 斯科特·贝森特, and places and bodies named so."""
    text = tagged.text
    if "·" not in text:
        return
    ends = {candidate.end for candidate in known}
    for begin, stop in _dotted_runs(text):
        first, last = text.index("·", begin), text.rindex("·", 0, stop)
        start = name_start(tagged, max(begin, first - _MOST_BEFORE), first, ends)
        end = _name_end(tagged, last + 1, min(stop, last + 1 + _MOST_AFTER))
        if start is None or end is None:
            continue
        if text[start - 1 : start] == "-" and start >= 2 and text[start - 2] in name_characters():
            # 让-克洛德, 克莱尔-玛丽
            start = name_start(tagged, max(0, start - 1 - _MOST_BEFORE), start - 1, ends) or start
        kind, strength = EntityKind.PERSON, DOT
        ending = organisation_endings().longest(text, end)
        if ending > end and text[end:ending] not in ("部", "院", "军"):
            kind, end = EntityKind.ORGANISATION, ending
        elif text[end : end + 1] in tuple("州市县省岛镇") and text[end : end + 2] not in (
            "市场",
            "州长",
        ):
            kind, end = EntityKind.PLACE, end + 1
        role = role_before(tagged, start) if kind is EntityKind.PERSON else None
        if kind is EntityKind.PERSON and role is None:
            role = role_after(text, end)
        yield Candidate(start, end, kind, strength, role=role, form="dotted")


_JOINS = re.compile("[与和及]")


def _dotted_runs(text: str) -> Iterator[tuple[int, int]]:
    """Stretches around dots, two people that a small word joins apart: 凯文·沃什|与|凯文·哈塞特."""
    for match in _DOTTED.finditer(text):
        begin = match.start()
        dots = [at for at in range(*match.span()) if text[at] == "·"]
        for one, two in pairwise(dots):
            join = _JOINS.search(text, one + 2, two - 1)
            if join is not None:
                yield begin, join.start()
                begin = join.end()
            elif two - one - 1 > _MOST_AFTER or _is_apart(text, one + 1, two):
                yield begin, two - 1
                begin = one + 2
        yield begin, match.end()


def _is_apart(text: str, start: int, end: int) -> bool:
    """Whether what stands between two dots is the end of one name and the start of another."""
    if end - start < _LEAST_APART:
        return False
    odds = [name_characters().get(c, UNKNOWN_CHARACTER)[0] for c in text[start:end]]
    return min(odds[1:-1]) < -1 and any(
        role_words().longest(text, at) > at or verb_words().longest(text, at) - at > 1
        for at in range(start + 1, end - 1)
    )


def name_start(tagged: Tagged, least: int, dot: int, ends: set[int]) -> int | None:
    """Where the part before the first dot begins: the characters weigh, so do the signs."""
    text, odds = tagged.text, name_characters()
    best, best_score, total = None, 0.0, 0.0
    for at in range(dot - 1, least - 1, -1):
        if text[at].isascii():
            return at
        anywhere, first, _ = odds.get(text[at], UNKNOWN_CHARACTER)
        if text[at] in small_words() and anywhere < 1 and at < dot - 1 and not _inside(tagged, at):
            break
        total += anywhere
        score = total + 0.4 * (first - anywhere)
        before = text[at - 1] if at else "\n"
        if not HAN_CHARACTER.match(before) or role_words().ending(text, at) < at or at in ends:
            score += 6 if role_words().ending(text, at) < at else 4
        elif before in small_words():
            score += 2
        elif at in tagged.bounds:
            score += 1.5
        if best is None or score > best_score:
            best, best_score = at, score
    if best == dot - 1 and best > least and odds.get(text[best - 1], UNKNOWN_CHARACTER)[1] > 1:
        best -= 1  # 何塞: a first part of one character is rare
    return best


def _name_end(tagged: Tagged, start: int, most: int) -> int | None:
    """Where the part after the last dot ends."""
    text, odds = tagged.text, name_characters()
    if start < most and text[start].isascii():
        return most
    best, best_score, total = None, 0.0, 0.0
    for at in range(start, most):
        anywhere, _, last = odds.get(text[at], UNKNOWN_CHARACTER)
        total += anywhere - _apart(tagged, at, start)
        if text[at] in small_words() and anywhere < 1 and at > start and not _inside(tagged, at):
            break
        score = total + 0.4 * (max(last, -4) - anywhere) + _ends_well(tagged, at + 1)
        if best is None or score > best_score:
            best, best_score = at + 1, score
    return best


def _inside(tagged: Tagged, at: int) -> bool:
    """Whether jieba sees a character as part of a foreign name: 尔|多|伊诺 as 尔多."""
    number = tagged.at(at)
    own = name_characters().get(tagged.text[at], UNKNOWN_CHARACTER)[0]
    foreign = len(tagged.words[number]) > 1 and tagged.tags[number] in ("nr", "nrt", "nrfg")
    return foreign and own > -0.5


def _apart(tagged: Tagged, at: int, start: int) -> float:
    """What it costs a name to go on with a character that jieba sees as a small word."""
    if at == start or at not in tagged.bounds:
        return 0.0
    number = tagged.at(at)
    if len(tagged.words[number]) > 1:
        return 2.5 if tagged.tags[number] == "t" else 0.0  # 萨热|赛后
    return 2.5 if tagged.tags[number][0] in "pcdvu" else 0.0


def _ends_well(tagged: Tagged, end: int) -> float:
    text = tagged.text
    if end >= len(text) or not HAN_CHARACTER.match(text[end]):
        return 4.0
    stop = verb_words().longest(text, end)
    if stop - end >= 2:
        return 4.0 if end in tagged.bounds else 2.0
    if end in tagged.bounds:
        number = tagged.at(end)
        if tagged.tags[number][0] in "vd" and len(tagged.words[number]) >= 2:
            return 3.5
        return 3.0 if stop > end else 1.5
    return 1.5 if stop > end else 0.0


def led_names(tagged: Tagged, dotted: list[Candidate]) -> Iterator[Candidate]:
    """Names right after a title: 策略师里奥斯, 经济学者周蔚然."""
    text, roles = tagged.text, role_words()
    taken = {candidate.start for candidate in dotted}
    position, size = 0, len(text)
    heads = roles.heads
    while position < size:
        if text[position] not in heads:
            position += 1
            continue
        end = roles.longest(text, position)
        if end == position:
            position += 1
            continue
        if end < size and end not in taken and HAN_CHARACTER.match(text[end]):
            longer = roles.longest(text, end)  # 首席 + 经济学家
            if longer == end:
                found = _person_at(tagged, end, led=True)
                if found is not None and not is_known_place(text, found):
                    found.role = role_before(tagged, end)
                    yield found
        position = end


def is_known_place(text: str, candidate: Candidate) -> bool:
    """Whether a candidate is a place of the tables that nothing after it makes a speaker."""
    known = gazetteer().chinese.get(text[candidate.start : candidate.end])
    return (
        known is not None
        and known.kind is EntityKind.PLACE
        and said_words().longest(text, candidate.end) == candidate.end
    )


def _person_at(tagged: Tagged, start: int, *, led: bool) -> Candidate | None:
    """The name of a person that starts here, of either make, if one does."""
    foreign = transliterated_at(tagged, start, led=led)
    native = chinese_at(tagged, start, led=led)
    if foreign is not None and (native is None or foreign.strength >= native.strength):
        return foreign
    return native


def transliterated_at(tagged: Tagged, start: int, *, led: bool) -> Candidate | None:
    """The transliterated name that starts here, if any; ``led``: a title stands before it."""
    text, odds = tagged.text, name_characters()
    no_one = no_one_words().longest(text, start)
    if not led and no_one > start and no_one in tagged.bounds:
        return None
    total, best, best_score = 0.0, None, 0.0
    for at in range(start, min(start + _MOST_AFTER, len(text))):
        found = odds.get(text[at])
        if found is None:
            break
        anywhere, first, last = found
        if text[at] in small_words() and anywhere < 1 and at > start and not _inside(tagged, at):
            break
        total += anywhere + (0.4 * (first - anywhere) if at == start else 0)
        total -= _apart(tagged, at, start)
        if total < 0:
            break
        score = total + 0.4 * (max(last, -4) - anywhere) + _ends_well(tagged, at + 1)
        if at > start and score > best_score:
            best, best_score = at + 1, score
    if best is None:
        return None
    mean = total_odds(text[start:best]) / (best - start)
    word = tagged.at(start)
    whole = tagged.starts[word] == start and start + len(tagged.words[word]) == best
    tagged_so = whole and best - start >= 3 and tagged.tags[word] in ("nr", "nrt", "nz")
    least = 1.3 if led or tagged_so else 2.0
    if mean < least or best_score < (7 if led or tagged_so else 11):
        return None
    strength = (LED if led else BARE) + min(mean, 4) * 0.5
    return Candidate(start, best, EntityKind.PERSON, strength, form="foreign")


def chinese_at(tagged: Tagged, start: int, *, led: bool) -> Candidate | None:
    """The Chinese or Japanese name that starts here, if any; ``led``: a title stands before it."""
    text = tagged.text
    size = 2 if text[start : start + 2] in surnames() else int(text[start] in surnames())
    japanese = False
    for length in (3, 2) if size < 2 else ():
        if text[start : start + length] in words("surnames", "japanese"):
            at = start + length
            japanese = size == 0 or _numbered_end(tagged, at) is not None
            size = length if japanese else size
            break
    if size == 0:
        return None
    end = (
        _whole_name(tagged, start, size)
        or (_japanese_end(tagged, start + size) if japanese else None)
        or _given_end(tagged, start + size)
        or _given_so(tagged, start, size, led=led)
    )
    if end is None:
        return None
    if end - start - size == 2 and text[end - 1] in _SAYS:
        end -= 1  # 陈维|说, which jieba takes for one name
    given = tagged.at(start + size)
    verb_given = tagged.tags[given] == "v" and len(tagged.words[given]) >= 2
    if verb_given and tagged.starts[given] == start + size:
        return None  # 业主管抱怨: the owner does complain
    word = tagged.at(start)
    named = tagged.tags[word].startswith("nr") and tagged.starts[word] == start
    whole = tagged.starts[word] == start and start + len(tagged.words[word]) == end
    plain = tagged.tags[word][0] in "avdtimrpc"
    if whole and plain and said_words().longest(text, end) == end:
        return None  # 让农民|安全|下田: a word of its own
    verb = verb_words().longest(text, end)
    strength = LED + 0.5 if led else BARE - 0.5
    strength += 1.5 * named + (1.0 if verb > end else 0.0) + (0.5 if end - start >= 3 else 0.0)
    titled = after_role_words().longest(text, end) > end
    titled = titled or (whole and end - start == 3 and text.startswith(_DOES, end))
    if not led and not (named and (titled or said_words().longest(text, end) > end)):
        return None
    return Candidate(start, end, EntityKind.PERSON, strength, form="han")


_GIVEN_NUMBERED = re.compile("[^\\W一二三四五六七八九十][一二三四五六七八九](?:郎|夫|雄)?")


_SAYS = "说称"  # no given name's second character
_DOES = tuple(sorted(words("roles", "chinese_does")))


def _numbered_end(tagged: Tagged, start: int) -> int | None:
    """Where a Japanese given name with a number in it ends: 高桥|健二."""
    match = _GIVEN_NUMBERED.match(tagged.text, start)
    if match is None or not HAN_CHARACTER.match(match.group()[0]):
        return None
    return match.end() if match.end() in tagged.bounds else None


def _japanese_end(tagged: Tagged, start: int) -> int | None:
    """Where a Japanese given name ends that holds a number or that jieba has whole: 白石|由纪."""
    number = tagged.at(start)
    whole = tagged.starts[number] == start and tagged.tags[number].startswith("nr")
    if whole and len(tagged.words[number]) == 2:
        return start + 2
    return _numbered_end(tagged, start)


def _whole_name(tagged: Tagged, start: int, size: int) -> int | None:
    """Where a name ends that jieba has as one word, small words in it or not: 何咏前."""
    word = tagged.at(start)
    end = start + len(tagged.words[word])
    named = tagged.starts[word] == start and tagged.tags[word].startswith("nr")
    if named and size == 1 and end == start + 4:
        end -= 1  # 马小燕|带: no name with a family name of one character is longer
    return end if named and end == start + size + 2 else None


def _given_so(tagged: Tagged, start: int, size: int, *, led: bool) -> int | None:
    """Where a name with a small word in it ends, on jieba's word: 李在明, 总统|李在镕."""
    word = tagged.at(start)
    end = start + len(tagged.words[word])
    if tagged.starts[word] == start and tagged.tags[word] == "nr" and end == start + size + 2:
        return end
    last = tagged.at(min(start + size + 1, len(tagged.text) - 1))
    named = tagged.tags[last] == "nr" and tagged.starts[last] == start + size + 1
    return start + size + 2 if led and named and len(tagged.words[last]) == 1 else None


def _given_end(tagged: Tagged, start: int) -> int | None:
    """Where a given name of one or two characters ends, by the words that jieba sees."""
    text, bounds, small = tagged.text, tagged.bounds, small_words()
    one, two = start + 1, start + 2
    double = text[max(0, start - 2) : start] in surnames()
    if (
        one > len(text)
        or (text[start - 1] in small and not double)
        or not HAN_CHARACTER.match(text[start])
        or text[start] in small
    ):
        return None
    has_two = (
        two <= len(text)
        and bool(HAN_CHARACTER.match(text[start + 1]))
        and (text[one] not in small or (text[one] == "之" and _is_name_end(tagged, two)))
    )
    if not has_two:
        return one
    if verb_words().longest(text, one) - one >= 2 and two not in bounds:
        return one
    if one in bounds and two not in bounds:
        japanese = text[max(0, start - 2) : start] in words("surnames", "japanese")
        return two if japanese and text[one] not in small else one
    if two in bounds and one not in bounds:
        return two
    if text[one] == "之" and _is_name_end(tagged, two):
        return two
    if one in bounds:
        flag = tagged.tags[tagged.at(one)]
        word = tagged.at(start)
        if tagged.starts[word] < start and tagged.tags[word].startswith("nr"):
            return one  # jieba's own name ends here
        return one if flag[0] in "vpdcurfmqty" and flag not in ("vn",) else two
    return two if verb_words().longest(text, two) > two else None


def _is_name_end(tagged: Tagged, end: int) -> bool:
    """Whether 之 before this ends a name and joins no words: 杨牧之|在信中."""
    if end >= len(tagged.text) or not HAN_CHARACTER.match(tagged.text[end]):
        return True
    return end in tagged.bounds and tagged.tags[tagged.at(end)][0] in "vpd"
