"""Names in an article: people, organisations, places, products, programmes.

`find_mentions` reads a whole article, because a name is told by its first appearance: 米兰
is the governor once 斯蒂芬·米兰 has been introduced, and a city where he has not.
Who or what a mention means across articles is told by `linking`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kaoju import chinese_names, english_names
from kaoju.chinese_brands import kinds
from kaoju.chinese_words import Candidate, company_nouns, role_words, said_words, total_odds
from kaoju.english_names import is_family_first
from kaoju.gazetteer import gazetteer, words
from kaoju.text import appearances, fold, has_han
from kaoju.types import EntityKind, Language, Mention, Span

_LEAST = 3.0  # a candidate below this strength is left out unless the article supports it
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_ENGLISH_STRETCH = re.compile(rf"[^{_HAN}]+")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
_INTRODUCED = re.compile(
    r" ?\((?:(?:英文|英语|原名|英文名)[::]?)?([A-Z][A-Za-z.'& -]{1,50}?)(?:[,，、;][^()]{0,40})?\)"
)
_INTRODUCED_HAN = re.compile(rf" ?\(([{_HAN}]{{1,8}}(?:·[{_HAN}]{{1,8}})*)\)")


# A short form that the text itself gives: 宏达零售集团(下称"宏达零售"), … Systems Advisors (NISA).
_CALLED = re.compile(
    r' ?\((?:(?:以?下文?[简统]?称|简称)为?[:"]*|(?:the |hereafter |or )?")([^"()]{2,16}?)"?\)'
)
_CALLED_ACRONYM = re.compile(r" \(([A-Z][A-Z&]{1,8})\)")


@dataclass(slots=True)
class _Bearer:
    """Something that the article names, with the forms it is named by."""

    kind: EntityKind
    name: str
    role: str | None = None
    bare: bool = False  # a foreign name without a dot: a person's only if nothing says otherwise
    ordinary: bool = False  # a form of ordinary words: it counts only where a body would stand


def find_mentions(text: str, *, language: Language | None = None, title: str = "") -> list[Mention]:
    """Find the names in an article.

    Args:
        text: The whole article, as printed, in either language or both.
        language: The article's main language, if known. It breaks ties only.
        title: The headline, where the text does not hold it: what it names is known then.

    Returns:
        Mentions in order, none overlapping another, each with its printed surface. ``name``
        is the fullest form that the article itself gives, ``role`` the title printed
        beside this mention (or, failing that, beside the first of the same name).
    """
    if not text.strip():
        return []
    folded = fold(text, lower=False)
    plain = folded.text
    found: list[Candidate] = []
    if has_han(plain):
        chinese, tagged = chinese_names.candidates(plain)
        found += chinese
        bounds: set[int] | None = tagged.bounds
        found += _latin_in_chinese(plain)
    else:
        bounds = None
    for start, end in _english_stretches(plain):
        found += english_names.candidates(plain, start, end)
    found += _introduced(plain, found)
    called = dict(_called(plain, found))
    bearers = _bearers(plain, found)
    for short, name in called.items():
        if name in bearers:
            bearers[short] = replace(bearers[name])
    found += _repeated(plain, bearers, bounds)
    chosen = _settle([c for c in found if c.strength >= _LEAST], len(plain))
    return _mentions(text, plain, folded.printed_span, chosen, bearers)


def _english_stretches(plain: str) -> Iterator[tuple[int, int]]:
    """Stretches without Chinese that are prose: more than three words."""
    if not has_han(plain):
        yield 0, len(plain)
        return
    for match in _ENGLISH_STRETCH.finditer(plain):
        if len(match.group()) > 15 and len(_LATIN_WORD.findall(match.group())) > 3:
            yield match.span()


# Latin names in Chinese text ------------------------------------------------------------

_LATIN_NAME = re.compile(
    r"(?<![A-Za-z0-9./@:_-])[A-Z][A-Za-z0-9.&'-]*"
    r"(?: (?:(?:of|de|van|von|&) )?[A-Z][A-Za-z0-9.&'-]*){0,4}(?![A-Za-z0-9@/_])"
)


def _latin_in_chinese(plain: str) -> Iterator[Candidate]:
    common = words("organisations", "latin_common")
    table = gazetteer()
    for match in _LATIN_NAME.finditer(plain):
        surface = match.group().rstrip(".-'&")
        start, end = match.start(), match.start() + len(surface)
        before, after = plain[start - 1 : start], plain[end : end + 1]
        if not surface or not (
            has_han(before) or has_han(after) or before in '("、,;:。!?\n' or not before
        ):
            continue
        known = table.english.get(surface)
        if known is not None:
            yield Candidate(start, end, known.kind, 6.0, known=known, form="table")
        elif surface in common or len(surface) < 2 or surface.isdigit():
            continue
        elif re.search(r"\d", surface):
            yield Candidate(start, end, EntityKind.PRODUCT, 3.0, form="latin")
        elif not surface.isupper() or 2 < len(surface) < 6:
            strength = 3.2 if not surface.isupper() or _is_body(plain, start, end) else 2.0
            yield Candidate(start, end, EntityKind.ORGANISATION, strength, form="latin")


def _is_body(plain: str, start: int, end: int) -> bool:
    """Whether a word before or a verb after says that an acronym is a body's: 协会|SIFMA."""
    return company_nouns().ending(plain, start) < start or said_words().longest(plain, end) > end


def _introduced(plain: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Names in brackets after a name, in the other language: 贝森特(Scott Bessent)."""
    ends: dict[int, Candidate] = {}
    for candidate in found:
        old = ends.get(candidate.end)
        if old is None or candidate.strength > old.strength:
            ends[candidate.end] = candidate
    made: list[Candidate] = []
    for end, candidate in ends.items():
        if plain[end : end + 1] not in ("(", " "):
            continue
        own = plain[candidate.start : end]
        pattern = _INTRODUCED if has_han(own) else _INTRODUCED_HAN
        match = pattern.match(plain, end)
        if match is None:
            continue
        other = match.group(1).strip()
        if other in words("organisations", "latin_common"):
            continue
        candidate.original = other
        candidate.strength += 2
        made.append(
            Candidate(
                match.start(1),
                match.start(1) + len(other),
                candidate.kind,
                candidate.strength + 1,
                original=own,
                form="introduced",
            )
        )
    return made


def _called(plain: str, found: Sequence[Candidate]) -> Iterator[tuple[str, str]]:
    """(short form, name) pairs that the text gives in brackets after an organisation's name."""
    for candidate in found:
        if candidate.kind is not EntityKind.ORGANISATION or candidate.strength < _LEAST:
            continue
        name = plain[candidate.start : candidate.end]
        match = _CALLED.match(plain, candidate.end)
        if match is None:
            match = _CALLED_ACRONYM.match(plain, candidate.end)
            initials = "".join(re.findall(r"\b[A-Z]", name))
            if match is None or match.group(1).replace("&", "") != initials:
                continue
        short = match.group(1).strip()
        if short not in ("公司", "本公司", "Company", "Group", "集团", "Bank", "本行"):
            candidate.strength = max(candidate.strength, 5.0)
            yield short, name


# The article as a whole -----------------------------------------------------------------


def _bearers(plain: str, found: Iterable[Candidate]) -> dict[str, _Bearer]:
    """Forms of names and what they stand for in this article."""
    bearers: dict[str, _Bearer] = {}
    strong = sorted((c for c in found if c.strength >= 4.4), key=lambda c: (c.start, -c.end))
    for candidate in _settle(strong, len(plain)):
        if candidate.form == "bare":
            continue  # the Treasury is the department, Treasury yields are not
        name = plain[candidate.start : candidate.end]
        bare = candidate.form == "foreign"
        bearer = bearers.setdefault(name, _Bearer(candidate.kind, name, candidate.role, bare=bare))
        bearer.role = bearer.role or candidate.role
    for name, bearer in list(bearers.items()):
        for short in _shorter(name, bearer.kind):
            ordinary = bearer.kind is EntityKind.ORGANISATION and _is_ordinary(short)
            if ordinary and short not in bearers:
                bearers[short] = _Bearer(bearer.kind, name, ordinary=True)
            elif short in bearers and bearers[short].kind is bearer.kind:
                old = bearers[short]
                if old.name == short:
                    bearers[short] = _Bearer(bearer.kind, name, bearer.role or old.role)
            elif short not in bearers or _may_take(short, bearer) or bearers[short].bare:
                bearers[short] = _Bearer(bearer.kind, name, bearer.role)
    for body in words("organisations", "chinese_bodies") & bearers.keys():
        owned = [n for n in bearers if n != body and n.endswith(body)]
        if len(owned) == 1:
            bearers[body] = bearers[owned[0]]
    return bearers


def _may_take(short: str, bearer: _Bearer) -> bool:
    """Whether a person introduced in full takes a form that a place has in the tables."""
    return bearer.kind is EntityKind.PERSON and ("·" in bearer.name or " " in bearer.name)


def _shorter(name: str, kind: EntityKind) -> list[str]:
    if kind is EntityKind.PERSON:
        parts = re.split(r"[· ]", name)
        if len(parts) < 2:
            return _family(name)
        last = parts[-1]
        shorter = [last] if len(last) >= 2 else []
        if is_family_first(parts):
            shorter.append(parts[0])
        if len(parts) > 2:
            shorter.append(("·" if "·" in name else " ").join(parts[1:]))
            if "·" in name:
                shorter.append("·".join(parts[-2:]))
        return shorter
    if kind is EntityKind.ORGANISATION:
        return _shorter_organisation(name)
    return []


def _family(name: str) -> list[str]:
    """The Japanese family name that a name in characters begins with: 佐伯 of 佐伯隆志."""
    known = words("surnames", "japanese")
    return [name[:size] for size in (3, 2) if len(name) > size + 1 and name[:size] in known][:1]


def _is_ordinary(short: str) -> bool:
    """Whether a short form of an organisation may be ordinary words as well: 远景, 磐石."""
    return has_han(short) and total_odds(short) <= 1.0 * len(short)


_ORGANISATION = EntityKind.ORGANISATION


def _acts(plain: str, end: int) -> bool:
    """Whether what follows goes with a body: a title, a verb of saying, its shares."""
    followed = words("contexts", "chinese_after_company")
    return (
        role_words().longest(plain, end) > end
        or said_words().longest(plain, end) > end
        or any(plain.startswith(word, end) for word in followed)
    )


def _shorter_organisation(name: str) -> list[str]:
    table = gazetteer()
    if has_han(name):
        strong = kinds().words | words("organisations", "chinese_inside")
        short = re.sub(r"(?:股份|有限|责任|总)*公司$", "", name)
        changed = True
        while changed:
            changed = False
            for length in (4, 3, 2):
                if short[-length:] in strong and len(short) - length >= 2:
                    short, changed = short[:-length], True
                    break
        known = table.chinese.get(short)
        if (
            short.endswith("家族")
            or short == name
            or not 2 <= len(short) <= 6
            or (known and known.kind is not _ORGANISATION)
        ):
            return []
        inside = words("organisations", "chinese_inside") | words("contexts", "chinese_modifiers")
        return (
            [] if short in inside or short in words("organisations", "chinese_generic") else [short]
        )
    parts = name.split(" ")
    endings = words("organisations", "english")
    kept = list(parts)
    while len(kept) > 1 and kept[-1].lower().rstrip(".,") in endings:
        kept.pop()
    short = " ".join(kept)
    usable = (
        short != name
        and len(short) > 2
        and short not in table.english
        and short not in table.adjectives
    )
    return (
        [short]
        if usable and not short.startswith(("Bank", "Ministry", "University", "National"))
        else []
    )


_TO_PLACE = re.compile(r"(?:在|赴|飞往|抵达|来自|位于|前往|到访|途经|市区|离开|返回)$")
_PLACE_AFTER = re.compile(
    r"市|街头|当地|机场|大教堂|时装周|警方|地区|城区|郊区|大学|国际|举行|举办|中央"
)


def _repeated(
    plain: str, bearers: dict[str, _Bearer], bounds: set[int] | None
) -> Iterator[Candidate]:
    """Further appearances of what the article has named, full or short."""
    table = gazetteer()
    for at, form in appearances(plain, (form for form in bearers if len(form) > 1)):
        bearer, end, han = bearers[form], at + len(form), has_han(form)
        if han:
            ok = _stands(plain, at, end, bounds or set(), len(form)) and (
                not bearer.ordinary or _acts(plain, end)
            )
        else:
            ok = not plain[at - 1 : at].isalnum() and not plain[end : end + 1].isalnum()
        if (
            ok
            and bearer.kind is EntityKind.PERSON
            and form in table.chinese
            and table.chinese[form].kind is EntityKind.PLACE
        ):
            ok = not (
                (_TO_PLACE.search(plain, max(0, at - 3), at) and not plain.startswith("看来", end))
                or _PLACE_AFTER.match(plain, end)
            )
        if ok:
            strength = 5.5 if form != bearer.name else 5.8
            if han and len(form) > 2 and form not in table.chinese:
                strength = 6.2 + 0.3 * len(form)  # more than a place inside it: 巴斯克|斯
            yield Candidate(at, end, bearer.kind, strength, form="repeated")


def _stands(plain: str, start: int, end: int, bounds: set[int], length: int) -> bool:
    before, after = plain[start - 1 : start], plain[end : end + 1]
    if before == "·" or after == "·":
        return False
    if length >= 3:
        return True
    return (start in bounds or not has_han(before)) and (end in bounds or not has_han(after))


def _settle(found: Iterable[Candidate], size: int) -> list[Candidate]:
    """Of overlapping candidates the strongest, and of equals the longest."""
    taken = bytearray(size)
    chosen: list[Candidate] = []
    order = sorted(found, key=lambda c: (-c.strength - 0.15 * (c.end - c.start), c.start, -c.end))
    for candidate in order:
        if not any(taken[candidate.start : candidate.end]):
            taken[candidate.start : candidate.end] = b"\x01" * (candidate.end - candidate.start)
            chosen.append(candidate)
    chosen.sort(key=lambda c: c.start)
    return chosen


def _mentions(
    text: str,
    plain: str,
    printed: object,
    chosen: list[Candidate],
    bearers: dict[str, _Bearer],
) -> list[Mention]:
    roles = {(c.start, c.end): c.role for c in chosen}
    made: list[Mention] = []
    last = 0
    for candidate in chosen:
        span = printed(Span(candidate.start, candidate.end))  # type: ignore[operator]
        if span.start < last or not len(span):
            continue
        last = span.end
        surface = span.of(text)
        form = plain[candidate.start : candidate.end]
        bearer = bearers.get(form)
        role = roles[candidate.start, candidate.end]
        if bearer is not None and bearer.kind is candidate.kind:
            name, role = bearer.name, role or bearer.role
        else:
            bare = candidate.form == "bare" and candidate.known is not None
            name = candidate.known.english[0] if bare and candidate.known is not None else form
        made.append(
            Mention(
                span=span,
                surface=surface,
                kind=candidate.kind,
                name=name,
                language=Language.ZH if has_han(surface) else Language.EN,
                role=role,
                original=candidate.original,
            )
        )
    return _share_originals(made)


def _share_originals(made: list[Mention]) -> list[Mention]:
    """Give every mention of a name the original that one of them is introduced with."""
    known = {m.name: m.original for m in made if m.original}
    return [
        replace(m, original=known[m.name]) if m.original is None and m.name in known else m
        for m in made
    ]
