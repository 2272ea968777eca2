"""The grammar of measures in English: Japan's budget deficit was 6%, a $300bn stablecoin market.

A clause runs between commas. Its measure is the last suitable noun before the figure that is
the head of its phrase (the yield on the 10-year Treasury, not the Treasury), or the noun that
the figure stands before; where the clause names nothing (up from 3%), the one before it is asked.
"""

from __future__ import annotations

import re
from functools import cache

from kaoju.figure_found import Found
from kaoju.figure_measures import REACH, Name, Sentence, listed
from kaoju.figure_seeds import any_of
from kaoju.lexicon import section, words
from kaoju.types import Dimension, Relation

_CLAUSE = re.compile(r",(?!(?<=\d,)\d{3}(?!\d))|[;:()\n]|[ ]-[ ]")
_TOKEN = re.compile(r"[a-z&$€£¥][\w&.'-]*|\d[\w.,%-]*")
_CAPITALS = (
    r"(?<![A-Za-z])(?:[A-Z]|[ie][A-Z])[\w&.-]*"
    r"(?:(?: (?:of|and|&|the|de|for))? (?:[A-Z][\w&.-]*|\d{2,4}(?![\d.,%]))){0,4}"
)
_POSSESSIVE = re.compile(rf"(?P<name>{_CAPITALS})(?:'s|s'|')[ ]?$")
_ADJACENT = re.compile(
    r"(?P<name>(?<![A-Za-z])(?:[A-Z]|[ie][A-Z])[\w&.-]*(?: [A-Z][\w&.-]*){0,3})[ ]?$"
)
_OPENING = re.compile(
    rf"(?:[\"'(]|The |the )?(?P<name>{_CAPITALS})(?:,[^,]{{1,60}},)? (?P<verb>[a-z]+)"
)
_PREPOSITION = re.compile(
    r" (?:on|of|for|from|at|by|in)(?: (?:the|its|their|his|her|a|an|all|some|[\w$.'-]+)){0,5} "
)
_OWNED_AFTER = re.compile(
    r" (?:on|at|of|in|from|for|by) (?:the |its )?"
    rf"(?P<name>(?:benchmark )?(?:\d{{1,2}}-year )?{_CAPITALS})"
)
_GROWTH_OF = re.compile(
    r"(?:[a-z]+ )?(?:rise|increase|drop|fall|decline|jump|gain|growth|cut|reduction|surge|slump|"
    r"dip|climb|decrease|expansion|contraction) (?:in|of) "
)
_OF = re.compile(r" (?:of|in|worth of) ")
_DETERMINER = re.compile(r"(?:the|its|their|his|her|our|a|an|all|some|new|fresh|additional)[ ]")


@cache
def _spent() -> frozenset[str]:
    """Words that name nothing: how numbers move, how firmly, when, per what."""
    known: set[str] = set()
    for key in ("up", "down", "to", "by", "from"):
        known.update(words("relations", "en", key, "words"))
    for table in (section("qualifiers", "en")["before"], section("qualifiers", "en")["after"]):
        known.update(phrase for names in table.values() for phrase in names)
    known.update(words("qualifiers", "en", "fillers", "words"))
    known.update(listed("en", "follow"))
    return frozenset(word for phrase in known for word in phrase.split())


_CALENDAR = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|quarter|half|year|month|week|first|second|third|"
    r"fourth|previous|prior|earlier|later|ago|ended|same|period|level|from|compared|estimate|"
    r"forecasts?|consensus|high|low|record|peak|trough|respectively|which|who|it|its|they|their|"
    r"expectations?|annual|annually|monthly|quarterly|weekly|daily|pace|rate|basis|terms|"
    r"mark|threshold|target|days|weeks|months|years|quarters|session|sessions|close|q[1-4]|h[12])"
)


def _is_spent(token: str) -> bool:
    if token in _spent() or token[0].isdigit() or token.endswith("ly"):
        return True
    return _CALENDAR.fullmatch(token) is not None


def _all_spent(text: str) -> bool:
    return all(_is_spent(token) for token in _TOKEN.findall(text))


def place_en(sentence: Sentence, one: Found, index: int) -> None:
    """Set the measure and the subject of a figure, where the sentence says them."""
    clauses = _clauses(sentence, one)
    name = _governing(sentence, one, clauses[0])
    after = _attached(sentence, one)
    if after is not None and (name is None or not _states(sentence, name, one)):
        name = after
    if name is None and _names_nothing(sentence, clauses[0]):
        for clause in clauses[1:]:
            name = _governing(sentence, one, clause)
            if name is not None or not _names_nothing(sentence, clause):
                break
    if name is None:
        _mover(sentence, one, clauses[0])
        return
    _note(sentence, one, name, index)


def _clauses(sentence: Sentence, one: Found) -> list[tuple[int, int]]:
    lower = sentence.view.lower
    floor = max(sentence.start, one.start - REACH)
    cuts = [match.end() for match in _CLAUSE.finditer(lower, floor, one.start)]
    bounds = [floor, *cuts]
    return list(zip(bounds, [*cuts, one.start], strict=True))[::-1][:4]


_POINTING = re.compile(
    r"(?<![a-z])(?:that|it|they|them|which|those)(?: (?:could|may|might|can))?(?= )"
)


def _names_nothing(sentence: Sentence, clause: tuple[int, int]) -> bool:
    """Whether a clause is only about how something moved: up from, and that it could grow."""
    text = sentence.view.lower[clause[0] : clause[1]]
    last = None
    for match in _POINTING.finditer(text):
        last = match
    return _all_spent(text[last.end() :] if last is not None else text)


def _is_head(sentence: Sentence, name: Name) -> bool:
    """Whether no other noun follows: revenue rose, but not revenue growth or tariff fight."""
    lower, cased = sentence.view.lower, sentence.view.cased
    if cased[name.start].isupper() and name.start > _begin(sentence) and name.kind not in _PROPER:
        follows = re.compile(r" [A-Z]").match(cased, name.end)
        if follows is not None or re.compile(r"[A-Z][a-z]+ $").search(
            cased, max(0, name.start - 16), name.start
        ):
            return False  # the Spring Deposit Season
    rest = lower[name.end : name.end + 24]
    if not rest.startswith(" "):
        return not rest.startswith(("'s", "-"))
    token = _TOKEN.match(lower, name.end + 1)
    if token is None:
        return True
    word = token.group().rstrip(".")
    return (
        word in listed("en", "follow")
        or _is_spent(word)
        or cased[token.start()].isupper()
        or word.endswith(("ing", "ed"))
        or not word[0].isalpha()
    )


_PROPER = ("index", "price")
# Verbs as well as nouns: a transfer costs $1.50, to pay $5m.
_VERBS = frozenset(
    {
        *("cost", "costs", "pay", "spending", "funding", "lending", "fine", "fines", "rent"),
        *("claims", "demand", "supply", "starts", "views", "trades", "value", "offer", "bid"),
        *("charge", "returns", "yields", "holding", "orders", "purchase", "project", "plan"),
        *("aid", "support", "grants", "pays", "credits", "bills", "notes", "prices"),
    }
)
_VERB_BEFORE = re.compile(
    r"(?:^|[^a-z])(?:to|will|would|could|must|can|may|should|they|it|we|who)[ ]$"
)


def _is_verb(sentence: Sentence, name: Name, until: int) -> bool:
    lower = sentence.view.lower
    if lower[name.start : name.end] not in _VERBS:
        return False
    if _VERB_BEFORE.search(lower, max(0, name.start - 8), name.start):
        return True
    return name.end <= until and not re.search(r"[a-z]{2}", lower[name.end : until])


@cache
def _causing() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{any_of(listed('en', 'causes'))})(?![a-z])")


def _usable(sentence: Sentence, one: Found, name: Name) -> bool:
    if name.kind == "after" or not name.suits(one) or not _is_head(sentence, name):
        return False
    return not sentence.is_base(name)


def _governing(sentence: Sentence, one: Found, clause: tuple[int, int]) -> Name | None:
    lower = sentence.view.lower
    names = sentence.names_before("en", *clause)
    for at, name in enumerate(names):
        if not _usable(sentence, one, name) or _is_verb(sentence, name, clause[1]):
            continue
        between = sentence.view.lower[name.end : one.start]
        if name.kind == "count" and not (_moved(between) or _states(sentence, name, one)):
            continue
        if _causing().search(lower, name.end, clause[1]):
            return None
        for outer in names[at + 1 :]:
            gap = lower[outer.end : name.start]
            joined = _PREPOSITION.fullmatch(gap if gap.endswith(" ") else gap + " ")
            counted = lower[outer.start : outer.end] in listed("en", "quantities")
            if counted and gap.startswith(" of "):
                break  # the number of users: both
            if re.search(r"\d| and ", gap):
                break
            if joined is None or not outer.suits(one) or _moved(gap):
                break
            name = outer
        return name
    return None


@cache
def _moves() -> frozenset[str]:
    moves = {*words("relations", "en", "up", "words"), *words("relations", "en", "down", "words")}
    return frozenset(moves) | {"was", "is", "were", "are", "to"}


def _moved(text: str) -> bool:
    return any(token in _moves() for token in _TOKEN.findall(text))


def _states(sentence: Sentence, name: Name, one: Found) -> bool:
    """Whether nothing stands between a noun and its number but how it stands: rose to about."""
    between = sentence.view.lower[name.end : one.start]
    return len(between) <= 48 and _all_spent(between) and not _HOLDING.search(between)


_HOLDING = re.compile(r"(?<![a-z])(?:includ|compris|consist|pays|paid|after|before|with)")


def _attached(sentence: Sentence, one: Found) -> Name | None:
    """The noun that the figure stands before: a $5bn fine, $30trn of debt, a 3% rise in sales."""
    if one.dimension in (Dimension.ORDINAL, Dimension.SCORE, Dimension.TENOR, Dimension.DURATION):
        return None
    lower = sentence.view.lower
    limit = min(one.after + 60, sentence.end)
    stop = _CLAUSE.search(lower, one.after, limit)
    limit = stop.start() if stop else limit
    begin = one.after
    lead = _OF.match(lower, begin)
    if lead is not None:
        if one.share_of is not None or (
            one.dimension in (Dimension.PERCENT, Dimension.RATIO) and " of " in lead.group()
        ):
            return None
        begin = lead.end()
    else:
        if lower[begin : begin + 1] not in (" ", "-"):
            return None
        begin += 1
        growth = _GROWTH_OF.match(lower, begin)
        begin = growth.end() if growth else begin
    determiner = _DETERMINER.match(lower, begin)
    begin = determiner.end() if determiner else begin
    at, tokens = begin, 0
    for name in sentence.names_after("en", begin, limit):
        between = _TOKEN.findall(lower[at : name.start])
        tokens += len(between)
        if tokens > 3 or any(token in listed("en", "follow") for token in between):
            return None
        if _is_head(sentence, name):
            money = one.dimension is Dimension.MONEY and name.kind != "after"
            listed_after = money and lower[name.start : name.end] in listed("en", "after")
            return name if listed_after or name.suits(one) else None
        at, tokens = name.end, tokens + 1
    return None


def _note(sentence: Sentence, one: Found, name: Name, index: int) -> None:
    cased = sentence.view.cased
    start = _widened(sentence, name)
    one.measure = cased[start : name.end]
    owner = _owner(sentence, start) or _owner_after(sentence, name, one)
    if (
        owner is None
        and name.kind != "index"
        and not (name.start > one.start and start != one.after)
    ):
        owner = _carried(sentence, one, index, start) or _opening(sentence, start)
    if owner is not None:
        one.subject = owner


_LAST_WORD = re.compile(r"([a-z0-9][\w&-]*)[ ]$")


@cache
def _quantity_of() -> re.Pattern[str]:
    quantities = any_of(listed("en", "quantities"))
    return re.compile(rf"(?<![a-z])(?:{quantities}) of (?:the |its |all )?$")


def _widened(sentence: Sentence, name: Name) -> int:
    """Where the measure begins with its modifiers: core, number of, 10-year."""
    lower, start = sentence.view.lower, name.start
    modifiers = listed("en", "modifiers")
    for _ in range(4):
        before = _LAST_WORD.search(lower, max(sentence.start, start - 24), start)
        if before is None:
            break
        word = before.group(1)
        if word not in modifiers and not re.fullmatch(r"\d{1,2}-(?:year|month|day|week)", word):
            break
        start = before.start()
    of = _quantity_of().search(lower, max(sentence.start, start - 24), start)
    return of.start() if of else start


def _clean(text: str, *, opening: bool) -> str | None:
    name = text.strip().removeprefix("The ").removesuffix("'s").strip(" .")
    first = name.split(" ")[0].lower() if name else ""
    while first in listed("en", "no_owner") and " " in name:
        name = name.split(" ", 1)[1]
        first = name.split(" ")[0].lower()
    if not name or first in listed("en", "no_owner") or not re.search(r"[A-Z]", name):
        return None
    if opening and " " not in name and not name.isupper() and not re.search(r"[A-Z&\d]", name[1:]):
        return None
    return name


def _owner(sentence: Sentence, start: int) -> str | None:
    """The name right before a measure: Japan's, US, Tencent."""
    cased = sentence.view.cased
    floor = max(sentence.start, start - 60)
    window = cased[floor:start]
    owned = _POSSESSIVE.search(window)
    if owned is not None:
        return _clean(owned["name"], opening=False)
    found = _ADJACENT.search(window)
    if found is None:
        return None
    opens = found.start() + floor == sentence.start
    return _clean(found["name"], opening=opens)


def _owner_after(sentence: Sentence, name: Name, one: Found) -> str | None:
    """The yield on the 10-year Treasury, revenue at Tencent."""
    limit = one.start if name.end <= one.start else sentence.end
    found = _OWNED_AFTER.match(sentence.view.cased, name.end, limit)
    if found is None:
        return None
    follows = _TOKEN.match(sentence.view.lower, found.end() + 1)
    if follows is not None and sentence.view.lower[found.end()] == " ":
        word = follows.group()
        if not (_is_spent(word) or sentence.view.cased[follows.start()].isupper()):
            return None  # a tariff on Japanese cars
    return _clean(found["name"], opening=False)


def _carried(sentence: Sentence, one: Found, index: int, start: int) -> str | None:
    """The subject of the figure before, where the sentence goes on about the same."""
    cased = sentence.view.cased
    for earlier in reversed(sentence.figures[:index]):
        if earlier.subject is None or earlier.date is not None:
            continue
        if earlier.end <= start:
            lead = cased[earlier.after : start]
            if len(lead) > 60 or re.search(r"[A-Z]|(?<![a-z])(?:for|at) ", lead):
                return None
            return earlier.subject
        return earlier.subject
    return None


def _opening(sentence: Sentence, before: int) -> str | None:
    """Tencent posted revenue of …: who the sentence begins with, when they speak of their own."""
    found = _OPENING.match(sentence.view.cased, _begin(sentence), before)
    if found is None or found["verb"] not in listed("en", "reporters"):
        return None
    told = found["verb"] in ("said", "says", "expects", "forecast", "forecasts", "estimates")
    if told and sentence.view.lower[max(0, before - 4) : before] == "the ":
        return None
    middle = sentence.view.lower[found.end() : before]
    if re.search(
        r"'s |(?<![a-z])(?:that|which|whose|for|at|of) (?:the )?[a-z]+(?: [a-z]+){2}", middle
    ):
        return None
    return _clean(found["name"], opening=False)


def _begin(sentence: Sentence) -> int:
    start = sentence.start
    cased = sentence.view.cased
    while start < sentence.end and cased[start] in " \n\"'#*-":
        start += 1
    return start


@cache
def _moving() -> re.Pattern[str]:
    moves = {*words("relations", "en", "up", "words"), *words("relations", "en", "down", "words")}
    return re.compile(
        r"(?:,? (?:also|have|has|had|is|was|will|would|shares|stock|[a-z]+ly))* "
        rf"(?:{any_of(moves)})(?![a-z])"
    )


_RUN_BEFORE = re.compile(rf"(?P<name>{_CAPITALS})$")


def _mover(sentence: Sentence, one: Found, clause: tuple[int, int]) -> None:
    """Tencent fell 3%, Tesla delivered 497,099 vehicles: who moved or did, with no measure."""
    lower, cased = sentence.view.lower, sentence.view.cased
    if one.relation in (Relation.BY, Relation.TO) and one.direction is not None:
        last = None
        for match in _moving().finditer(lower, clause[0], one.start):
            last = match
        if last is not None and not _causing().search(lower, clause[0], last.start()):
            found = _RUN_BEFORE.search(cased, max(clause[0], last.start() - 60), last.start())
            if found is not None:
                one.subject = _clean(found["name"], opening=False)
                return
    if one.dimension is Dimension.COUNT and one.unit and clause[0] <= _begin(sentence):
        found = _OPENING.match(cased, _begin(sentence), one.start)
        speaks = found is not None and found["verb"] in listed("en", "reporters")
        if found is not None and speaks and _all_spent(lower[found.end() : one.start]):
            one.subject = _clean(found["name"], opening=False)
