"""Candidates for names in English text: people, organisations, places.

A run of capitalised words is cut where a title, a place or a sentence start says so, and
told to be a person, an organisation or a place by the alias table, its last word, given
names and the titles around it. Headlines in capitals count only for names that the
article gives elsewhere or a table knows. What overlaps is settled by `entities`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from kaoju import lexicon
from kaoju.chinese_words import Candidate
from kaoju.english_bodies import (
    LISTED,
    OF_BODY,
    and_inside,
    head_of,
    holds_known,
    holds_person_of,
    is_of_trade,
    is_partnership,
    is_plural,
    is_whole_opening,
)
from kaoju.english_context import (
    ORG_APPOSED,
    SAID,
    is_apposed_company,
    is_company,
    is_employer,
    is_near,
)
from kaoju.english_roles import role_before, role_behind
from kaoju.english_runs import MONTHS, Word, runs, shouted_lines
from kaoju.gazetteer import Known, english_words, gazetteer, given_names, words
from kaoju.types import EntityKind

_NAME_LINKS = words("contexts", "english_name_links")
_ACRONYMS_OF_NO_ONE = words("organisations", "latin_common")
_KINGS = re.compile(
    r"\b(?!(?:World|Phase|Part|Chapter|Act|Type|Class|Category|Title|Tier|Volume|War|Article|"
    r"Basel|Super|Division)\b)"
    r"[A-Z][a-z]{3,} (?:I{1,3}|IV|VI{0,3}|IX|XI{0,3}|XIV|XVI{0,3})\b(?!['’])"
)


# Korean and Cantonese names: Oh Kyung-suk, Law Wing-sze.
_SYLLABLES = re.compile(r"\b([A-Z][a-z]{1,5}) [A-Z][a-z]+-[a-z]{2,6}\b(?!-)")
_PREFIXES = ("anti", "pre", "post", "non", "co", "pro", "multi", "ex", "sub", "re", "bi", "neo")


def candidates(text: str, begin: int = 0, end: int | None = None) -> list[Candidate]:
    """Every stretch of folded English text (case kept) that may be a name, in no order."""
    found: list[Candidate] = []
    limit = len(text) if end is None else end
    shouted = shouted_lines(text, begin, limit)
    starts = [start for start, _ in shouted]
    for run in runs(text, begin, limit):
        line = bisect_right(starts, run[0].start) - 1
        if line >= 0 and run[0].start < shouted[line][1]:
            found += _shouted(text, run)
        else:
            found += _read(text, run)
    found += _lower_case(text, begin, limit)
    for match in _SYLLABLES.finditer(text, begin, limit):
        own = [part.lower() for part in re.split("[ -]", match.group())]
        prefixed = own[1] in _PREFIXES or own[-1] in english_words()
        if match.group(1) not in _OPENERS and not prefixed:
            start, end = match.span()
            role = role_before(text, start)[0] or role_behind(text, end)
            found.append(Candidate(start, end, EntityKind.PERSON, 6.5, role=role, form="latin"))
    found += [
        Candidate(m.start(), m.end(), EntityKind.ORGANISATION, 7.5, form="latin")
        for m in LISTED.finditer(text, begin, limit)
    ]
    found += [
        Candidate(m.start(), m.end(), EntityKind.PERSON, 6.5, form="king")
        for m in _KINGS.finditer(text, begin, limit)
    ]
    return found


_MOST_WORDS = 16  # of a name: the tables' longest has eight, and a list in capitals thousands


def _read(text: str, run: list[Word]) -> Iterator[Candidate]:
    """Cut a run into names, left to right, the longest that makes sense first."""
    position = 0
    while position < len(run):
        taken = 0
        for stop in range(min(len(run), position + _MOST_WORDS), position, -1):
            candidate = _name(text, run, position, stop)
            if candidate is not None:
                yield candidate
                taken = stop - position
                break
        position += taken or 1


_OPENERS = words("contexts", "english_openers")
_COUNTS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "First")


def _name(text: str, run: list[Word], first: int, last: int) -> Candidate | None:
    part = run[first:last]
    if text[part[-1].end : part[-1].end + 1] == "$":
        return None
    counted = part[0].text in _COUNTS and not part[0].opens and len(part) > 2
    if part[0].text in _OPENERS and not _is_pinyin(part) and not counted:
        return None
    body = len(part) > 2 and part[-1].text.lower() in words("organisations", "english")
    if part[0].text in words("organisations", "english_not") and not body:
        return None  # but Spanish Football Federation
    if not part[0].capital or not (part[-1].capital or part[-1].text[0].isdigit()):
        return None
    start, end = part[0].start, part[-1].end
    surface = text[start:end]
    table = gazetteer()
    bare = surface.removesuffix("'s")
    if bare != surface and surface not in table.english:  # Moody's
        return None if last < len(run) else _possessive(text, part)
    known = table.english.get(surface)
    if known is not None and _known_fits(text, part, known):
        return Candidate(start, end, known.kind, 6 + 0.4 * len(part), known=known, form="table")
    return _single(text, part[0]) if len(part) == 1 else _several(text, part)


def _is_pinyin(part: list[Word]) -> bool:
    """Whether a word that opens sentences is a Chinese family name here: He Jianping."""
    if len(part) != 2 or part[0].text.lower() not in _PINYIN:
        return False
    return part[1].capital and part[1].text.lower() not in english_words()


def is_family_first(parts: list[str]) -> bool:
    """Whether a name in letters begins with the family name, as in East Asia: Yoon Tae-seok."""
    family = parts[0].lower()
    if len(parts) != 2 or family in english_words() or parts[0] in given_names():
        return False
    return family in _PINYIN or re.fullmatch(r"[A-Z][a-z]+-[a-z]+", parts[1]) is not None


_OWNS = re.compile("(?<!'s)(?:'s)+$")


def _possessive(text: str, part: list[Word]) -> Candidate | None:
    word = part[-1]
    own = _OWNS.sub("", word.text)
    if not own:
        return None
    cut = Word(own, word.start, word.start + len(own), word.opens)
    return _name(text, [*part[:-1], cut], 0, len(part))


def _known_fits(text: str, part: list[Word], known: Known) -> bool:
    surface = text[part[0].start : part[-1].end]
    if surface in words("organisations", "ambiguous") or (
        len(part) == 1 and part[0].opens and surface.lower() in english_words()
    ):
        before = text[max(0, part[0].start - 4) : part[0].start].lower()
        return (
            before.endswith("the ")
            if known.key == "fed"
            else not part[0].opens or (surface.lower() not in english_words())
        )
    return True


_ASKED = re.compile(r"[^.?!\n]{0,400}\?")
_ACRONYM_NAMED = re.compile(
    r"'s (?!and)|,? (?:said|says|announced|reported|warned|estimates|expects)\b"
)
_NOT_SURNAMES = ("ism", "ist", "ists", "ians", "ese", "ish", "ic", "ics", "ans", "ity", "ology")
_STORM = re.compile(r"(?:Hurricane|Cyclone|Typhoon|Storm) $")


def _single(text: str, word: Word) -> Candidate | None:
    plain = word.text
    lower = plain.lower()
    if plain == "Treasury" and re.search(r"[Tt]he $", text[: word.start][-4:]):
        if re.match(
            r" (?:secretary|Secretary|market|yield|bill|bond|note|debt|auction|sale)",
            text[word.end : word.end + 12],
        ):
            return None
        known = gazetteer().english["US Treasury"]
        return Candidate(word.start, word.end, known.kind, 5.0, known=known, form="bare")
    if plain in words("organisations", "english_single") and (
        not word.opens or plain not in ("Treasury", "Diet")
    ):
        if plain == "Treasury":
            return None
        return Candidate(word.start, word.end, EntityKind.ORGANISATION, 4.5, form="bare")
    if text[word.end : word.end + 1] == "$":
        return None
    if (
        plain not in _ACRONYMS_OF_NO_ONE
        and lower not in MONTHS
        and is_company(text, word.start, word.end)
    ) and (not (word.opens and lower in english_words()) or ORG_APPOSED.match(text, word.end)):
        told = ORG_APPOSED.match(text, word.end) is not None
        strength = 5.7 if told else 5.0  # though a person of the text be called so: Belloni
        return Candidate(word.start, word.end, EntityKind.ORGANISATION, strength, form="latin")
    if re.search(r"[a-z][A-Z]", plain) and not plain.startswith(
        ("Mc", "Mac", "De", "Di", "La", "Le", "O'", "Van")
    ):
        return Candidate(word.start, word.end, EntityKind.ORGANISATION, 4.0, form="latin")
    if (
        lower in MONTHS
        or plain in _ACRONYMS_OF_NO_ONE
        or len(plain) < 2
        or plain.rstrip(".") in words("roles", "english_titles")
    ):
        return None
    if plain in gazetteer().adjectives or lower in words("roles", "english"):
        return None
    if _STORM.search(text, max(0, word.start - 20), word.start):
        return None
    role, titled = role_before(text, word.start)
    if plain.isupper() and len(plain) <= 5:
        named = _ACRONYM_NAMED.match(text, word.end) or text[
            max(0, word.start - 4) : word.start
        ] in ("the ", "The ")
        return Candidate(
            word.start, word.end, EntityKind.ORGANISATION, 3.1 if named else 2.0, form="acronym"
        )
    if plain[0].isdigit():
        return None
    if titled:
        return Candidate(word.start, word.end, EntityKind.PERSON, 5.0, role=role, form="latin")
    if lower in english_words() or (lower.endswith("s") and lower[:-1] in english_words()):
        return None
    after = text[word.end : word.end + 40]
    if role is None and is_near(text, word.start, after):
        return Candidate(word.start, word.end, EntityKind.PLACE, 3.4, form="latin")
    said = SAID.match(after) is not None and not (
        word.opens and re.match(r" (?:has|was|is|will|would|had|does|did)\b", after)
    )
    if role is not None or said:
        return Candidate(
            word.start, word.end, EntityKind.PERSON, 4.0 + said, role=role, form="latin"
        )
    if plain in given_names():
        return Candidate(word.start, word.end, EntityKind.PERSON, 3.1, form="latin")
    sure = (
        len(plain) > 3 and plain.isalpha() and not word.opens and not lower.endswith(_NOT_SURNAMES)
    )
    # In an article an unknown word needs a sign that it is somebody; who asks, asks of a name.
    asked = _ASKED.match(text, word.end) is not None
    strength = (3.4 if asked else 2.9) if sure else 1.0
    return Candidate(word.start, word.end, EntityKind.PERSON, strength, form="unsure")


def _several(text: str, part: list[Word]) -> Candidate | None:
    start, end = part[0].start, part[-1].end
    lower = [word.text.lower().rstrip(".") for word in part]
    linked = [word for word in part if not word.capital]
    if len(part) - len(linked) > _MOST_CAPITALS and not _may_be_long(lower):
        return None
    of = words("organisations", "english_of")
    if holds_person_of(part, lower) or re.fullmatch(r"[A-Z]{2,}s", part[-1].text):
        return None
    if not linked and 1 < len(part) <= 4 and is_apposed_company(text, end):
        return Candidate(start, end, EntityKind.ORGANISATION, 5.4, form="latin")
    if any(w in MONTHS for w in lower) and not any(
        w in words("organisations", "english") for w in lower
    ):
        return None
    opening = (
        part[0].opens
        and lower[0] in english_words()
        and part[0].text not in given_names()
        and not (
            len(part) in (2, 3)
            and lower[0] in _PINYIN
            and not any(w in english_words() for w in lower[1:])
        )
    )
    titles = words("roles", "english_titles")
    if part[0].text.rstrip(".") in titles or lower[0] in words("roles", "english"):
        return None  # the title comes off first; what follows is the name
    if lower[:2] == ["new", "year"]:
        return None
    headed = head_of(part, lower)
    if (
        part[0].text in gazetteer().adjectives
        and lower[-1] not in words("organisations", "english")
        and not headed
        and lower[-1] not in words("organisations", "english_trades")
    ):
        return None
    named = len(part) in (2, 3) and part[0].text in given_names()  # Paul Singer, James Baker
    if any(
        w in words("roles", "english") and w not in words("organisations", "english")
        for w in (lower[:-1] if named else lower)
    ):
        return None
    if holds_known(text, part):
        return None
    if headed or is_partnership(part, lower):
        strength = 5.6 + 0.2 * len(part)
        return Candidate(start, end, EntityKind.ORGANISATION, strength, form="latin")
    for at in (1, 2):
        one = not any(w in ("and", "&") for w in lower) or and_inside(lower)
        of_what = at < len(lower) - 1 and lower[at] in ("of", "for", "on")
        if one and of_what and lower[at - 1] in of:
            strength = 5.4 + 0.2 * len(part)
            return Candidate(start, end, EntityKind.ORGANISATION, strength, form="latin")
    if (
        lower[-1] in words("organisations", "english")
        or (lower[0] in words("organisations", "english_of") and "of" in lower[1:2])
    ) and (not opening or is_whole_opening(text, part, lower)):
        if lower[0] in ("the", "a", "in", "on", "for", "of", "and", "&"):
            return None
        if "and" in lower and not and_inside(lower):
            return None
        return Candidate(start, end, EntityKind.ORGANISATION, 5.0 + 0.2 * len(part), form="latin")
    if is_of_trade(text, part, lower) and (not opening or is_whole_opening(text, part, lower)):
        return Candidate(start, end, EntityKind.ORGANISATION, 5.0, form="latin")
    if part[-1].text[0].isdigit():
        return (
            Candidate(start, end, EntityKind.PRODUCT, 2.0, form="latin")
            if len(part) == 2 and not opening
            else None
        )
    if opening or any(word.text not in _NAME_LINKS for word in linked):
        return None
    if lower[0] in _PLACE_HEADS or lower[-1] in _PLACE_WORDS:
        kind = EntityKind.PLACE
        if not (
            lower[0] in ("san", "santa", "saint", "st", "new", "north", "south", "east", "west")
            and part[0].text in given_names()
        ):
            return Candidate(start, end, kind, 4.0, form="latin")
    capital = [word for word in part if word.capital]
    event = lower[-1] in _NOT_LAST or capital[-1].text in words("organisations", "english_not")
    if event and (part[0].text not in given_names() or len(part) != 2):
        return None  # but Annika Storm
    role, titled = role_before(text, start)
    role = role or role_behind(text, end)
    person = part[0].text in given_names() or role is not None or titled
    if not person and len(part) <= 4 and not linked and is_company(text, start, end):
        return Candidate(start, end, EntityKind.ORGANISATION, 5.2, form="latin")
    employed = part[0].text not in given_names() and is_employer(text, start)
    if len(part) <= 3 and not linked and (employed or is_plural(text, start, end)):
        return Candidate(start, end, EntityKind.ORGANISATION, 5.2, form="latin")
    if not 2 <= len(capital) <= 4:
        return None
    ordinary = [
        w for w in capital if w.text.lower() in english_words() and w.text not in given_names()
    ]
    given = part[0].text in given_names()
    if any(w.text in gazetteer().adjectives for w in capital):
        return None
    given = given or (len(part) == 2 and OF_BODY.match(text, end) is not None)
    if not given and role is None and not titled and len(capital) == len(part):
        head = gazetteer().english.get(part[0].text)
        brand = lower[-1] in english_words() and lower[0] not in _PINYIN
        branded = head is not None or brand
        if branded and len(ordinary) < len(capital):
            return Candidate(start, end, EntityKind.ORGANISATION, 3.6, form="latin")
        if is_near(text, start, text[end : end + 40]):
            return Candidate(start, end, EntityKind.PLACE, 3.6, form="latin")
    if (
        role is None
        and not titled
        and (
            len(ordinary) == len(capital)
            or (
                len(ordinary) == 1
                and capital[0].opens
                and not given
                and ordinary[0] is capital[0]
                and len(capital) == 2
                and lower[0] not in _PINYIN
            )
        )
    ):
        return None
    if any(w.text in gazetteer().adjectives for w in capital):
        return None
    strength = 4.5 + 1.5 * given + 1.5 * (role is not None) + titled - 1.0 * len(ordinary)
    if SAID.match(text[end : end + 80]):
        strength += 1
    return Candidate(start, end, EntityKind.PERSON, strength, role=role, form="latin")


_MOST_CAPITALS = 5  # of a partnership or a company told by its trade; a person has four


def _may_be_long(lower: list[str]) -> bool:
    """Whether words more than a person's or a firm's may be a name: by a link, a head, an end."""
    if not _LINKS_OF_BODIES.isdisjoint(lower):
        return True
    endings = words("organisations", "english")
    place = lower[0] in _PLACE_HEADS or lower[-1] in _PLACE_WORDS
    return place or lower[-1] in endings or lower[-2:] == ["pension", "plan"]


_LINKS_OF_BODIES = frozenset(["of", "for", "on"])
_PLACE_HEADS = words("contexts", "english_place_heads")
_NOT_LAST = words("contexts", "english_not_last")
_PINYIN = frozenset(lexicon.load("surnames").get("pinyin", []))
_PLACE_WORDS = words("contexts", "english_place_words")


def _lower_case(text: str, begin: int, end: int) -> Iterator[Candidate]:
    """Names in the table that are written without a capital: bitcoin, ether."""
    table = gazetteer().english
    for match in re.finditer(
        r"\b(bitcoin|ether|digital yuan|euro zone|eurozone|euro area)\b", text[begin:end]
    ):
        known = table.get(match.group())
        if known is not None:
            yield Candidate(
                begin + match.start(),
                begin + match.end(),
                known.kind,
                5.0,
                known=known,
                form="table",
            )


def _shouted(text: str, run: list[Word]) -> Iterator[Candidate]:
    """In a headline: names in the table, and a given name with an unknown word."""
    table = gazetteer()
    position = 0
    while position < len(run):
        taken = 0
        for stop in range(min(len(run), position + 6), position, -1):
            start, end = run[position].start, run[stop - 1].end
            surface = text[start:end].removesuffix("'s")
            known = table.english.get(surface) or (
                table.english_folded.get(surface.lower())
                if surface.isupper() and len(surface) > 3
                else None
            )
            if known is not None and not (
                stop - position == 1
                and (
                    surface.lower() in english_words()
                    or surface in words("organisations", "ambiguous")
                )
            ):
                yield Candidate(
                    start, start + len(surface), known.kind, 5.5, known=known, form="table"
                )
                taken = stop - position
                break
            if (
                stop - position == 2
                and run[position].text.title() in given_names()
                and run[position + 1].text.lower().removesuffix("'s") not in english_words()
                and run[position + 1].text.lower() not in words("organisations", "english")
                and run[position + 1].text.title() not in table.english
            ):
                yield Candidate(start, start + len(surface), EntityKind.PERSON, 4.0, form="latin")
                taken = 2
                break
        position += taken or 1
