"""The two figures that a draft's words set against each other, or put together.

"27 million more daily users than Papaver" names the owner of either number, "3,500 fewer homes
than a year earlier" the time, "from February to March" both times. Two figures of one measure
that are of just these are the ends of such a difference, however unlike the sentence one of them
stands in: it is of another owner, or of another time. Which of both must be the more is told too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from kaoju import likeness
from kaoju.derived import AMOUNTS
from kaoju.frames import TIMED, Frame, across
from kaoju.gazetteer import english_words
from kaoju.lexicon import load, section
from kaoju.periods import ANY_YEAR, completed, days_of, periods_meet
from kaoju.text import fold, has_han
from kaoju.types import Dimension, Direction, Relation, Span

_CHANGES = frozenset({Relation.BY, Relation.CHANGE})
_MONTHS = {"year": 12, "quarter": 3, "month": 1}
_REACH = 40  # characters beside a figure in which it is said of when it is
_SHARES = frozenset({Dimension.PERCENT, Dimension.PERCENTAGE_POINT})


@dataclass(frozen=True, slots=True)
class Ends:
    """What a draft's number is apart from what.

    Attributes:
        way: Whether what the draft speaks of is the more or the less of the two.
        subject: The words before, which name what it speaks of.
        base: The words that name the other; empty where the draft has its number move in time.
        back: How long before the other was, ``year``, ``quarter`` or ``month``; ``plan`` for what
            was to be; None when it is somebody else's.
    """

    way: Direction
    subject: str
    base: str
    back: str | None


# The draft --------------------------------------------------------------------------------------


def ends_of(claim: Frame) -> Ends | None:
    """What the words around a draft's number set against each other; None when they do not."""
    text = fold(claim.statement.text).text
    at = claim.figure.span.shift(-claim.statement.span.start)
    found = _in_chinese(text, at) if has_han(text) else _in_english(text, at)
    if found is not None:
        return found
    way = claim.figure.direction
    if claim.figure.relation not in _CHANGES or way is None:
        return None
    base = None if has_han(text) else _english()["from"].match(text[at.end :])
    if base is not None:
        told = _ends(way is Direction.UP, text[: at.start], base["base"], "en")
        if told.back is not None:
            return told
    if _bounds(claim.period) is None and _edges(claim) is None:
        return None
    return Ends(way, text[: at.start], "", None)


def _in_english(text: str, at: Span) -> Ends | None:
    head, tail = text[: at.start], text[at.end :]
    after = _english()["after"].match(tail)
    if after is not None:
        up = bool(after["more"] or after["above"])
        base = after["than"] or after["of"]
        return _ends(up, head, base, "en")
    before = _english()["before"].search(head)
    if before is not None:
        return _ends(bool(before["more"]), head[: before.start()], before["base"], "en")
    return None


# After "than": that of a bound, more than 5 million.
_NUMBER = (
    r"\s*(?:[$€£¥]?\d|(?:an?|half|one|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"(?! (?:year|quarter|month)))"
)


@cache
def _english() -> dict[str, re.Pattern[str]]:
    w = section("ends", "en")
    return {
        "after": re.compile(
            rf"[^,;.]{{0,40}}?\b(?:(?:(?P<more>{w['more']})|(?P<less>{w['less']}))\b"
            rf"[^,;]{{0,60}}?\bthan\b(?!{_NUMBER})(?P<than>[^,;]+)"
            rf"|(?:(?P<above>{w['above']})|(?P<below>{w['below']}))\b(?P<of>[^,;]+))"
        ),
        "from": re.compile(rf"[^,;]{{0,40}}?\b(?:{w['from']}) (?P<base>[^,;]+)"),
        "before": re.compile(
            rf"\b(?:(?P<more>{w['beats']})|(?P<less>{w['trails']}))\b(?P<base>[^,;]+?)\bby\b"
            r"[^,;.]{0,16}$"
        ),
    }


def _in_chinese(text: str, at: Span) -> Ends | None:
    head = text[: at.start]
    found = _chinese().search(head)
    if found is None:
        return None
    up = bool(found["more"] or found["above"])
    base = found["base"] or found["of"]
    return _ends(up, head[: found.start()], base, "zh")


@cache
def _chinese() -> re.Pattern[str]:
    w = section("ends", "zh")
    close = r"(?:约|近|大约|将近|整整|超过|至少)?[ ]?$"
    return re.compile(
        rf"(?:(?:{w['than']})(?P<base>[^,，。;；比较]{{1,20}}?)"
        rf"(?:(?P<more>{w['more']})|(?P<less>{w['less']}))"
        rf"|(?:(?P<above>{w['above']})|(?P<below>{w['below']}))(?P<of>[^,，。;；]{{2,12}})){close}"
    )


def _ends(up: bool, subject: str, base: str, language: str) -> Ends:
    base = base.strip(" .。的")
    back = next((name for name in (*_MONTHS, "plan") if _when(language, name).search(base)), None)
    return Ends(Direction.UP if up else Direction.DOWN, subject, base, back)


@cache
def _when(language: str, name: str) -> re.Pattern[str]:
    words = section("ends", language)[name]
    return re.compile(words if language == "zh" else rf"\b(?:{words})\b")


# The articles -----------------------------------------------------------------------------------


def are_ends(claim: Frame, ends: Ends, one: Frame, other: Frame) -> bool:
    """Whether two figures are of what a draft sets apart, and the one it says is the more is so.

    Args:
        claim: The draft's figure.
        ends: What its words set apart.
        one: A figure of an article.
        other: Another of its kind.
    """
    if not _are_like(claim, one, other):
        return False
    if not ends.base:
        ordered = _from_and_to(claim, one, other)
    elif ends.back is not None:
        ordered = _now_and_then(claim, ends.back, one, other)
    else:
        ordered = _owners(claim, ends, one, other)
    if ordered is None:
        return False
    mine, base = ordered
    more = (mine.figure.value or 0) > (base.figure.value or 0)
    return more is (ends.way is Direction.UP)


def tells_stretch(claim: Frame) -> bool:
    """Whether a draft's number is of a stretch of time that may be shared out: the first half."""
    level = claim.figure.relation is Relation.LEVEL and claim.figure.direction is None
    return level and claim.figure.dimension in AMOUNTS and _bounds(claim.period) is not None


def of_other_time(ends: Ends, one: Frame, other: Frame) -> bool:
    """Whether an article says of one of two figures that it is of another time than a draft's.

    The draft has a year earlier, and the article the quarter before.
    """
    if ends.back not in _MONTHS:
        return False
    return any(
        told.former
        and not _is_back(told, ends.back)
        and any(_is_back(told, name) for name in _MONTHS)
        for told in (one, other)
    )


def are_at_named_times(claim: Frame, one: Frame, other: Frame) -> bool:
    """Whether two figures are of the draft's measure at the first and last time that it names."""
    return _from_and_to(claim, one, other) is not None


def are_parts(claim: Frame, one: Frame, other: Frame) -> bool:
    """Whether a draft's number is of a stretch of time that two figures share out.

    So many in January and so many in February: so many in the first two months.
    """
    bounds = _bounds(claim.period)
    if bounds is None or not tells_stretch(claim) or not _are_like(claim, one, other):
        return False
    if one.former or other.former or not _of_measure(claim, one, other):
        return False
    if any(f.figure.per is not None or _is_stock(f) for f in (claim, one, other)):
        return False
    stretches = [days_of(f.period) if f.period else None for f in (one, other)]
    told = [s for s in stretches if s is not None]
    whole = days_of(completed(claim.period or "", one.period or "", one.statement.published_on))
    if len(told) < len(stretches) or whole is None:
        return False
    first, second = sorted(told)
    follows = (second[0] - first[1]).days == 1
    months = all((end - start).days >= _MONTH for start, end in told)
    return months and follows and (first[0], second[1]) == whole


_MONTH = 27  # days that a month has, less one, at least


def _is_stock(told: Frame) -> bool:
    """Whether a figure is how much there was, which no two months add up to: had 300 workers."""
    start = told.statement.span.start
    text = fold(told.statement.text).text
    at = told.figure.span.shift(-start)
    language = "zh" if has_han(text) else "en"
    place = Span(min(told.scope.start, at.start), max(told.scope.end, at.end))
    if _when(language, "stocks").search(place.of(text)) is not None:
        return True
    if _when(language, "has").search(text[place.start : at.start]) is None:
        return False
    return _when(language, "come").search(text[at.start : at.end + _REACH]) is None


def _are_like(claim: Frame, one: Frame, other: Frame) -> bool:
    """Whether two figures are of one unit and kind, and not of another measure than the draft's."""
    units = {one.figure.unit, other.figure.unit}
    if len(units) > 1 or one.figure.dimension is not other.figure.dimension:
        return False
    changes = [f.figure.relation in _CHANGES for f in (one, other)]
    rates = one.figure.dimension in _SHARES and one.figure.direction is other.figure.direction
    if any(changes) and not (all(changes) and rates) and not _in_place_of(one, other):
        return False
    if len({f.figure.per for f in (one, other)} - {None, "yoy"}) > 1:
        return False
    shares = {f.figure.share_of for f in (one, other)} - {None}
    if len(shares) > 1 or one.denied or other.denied:
        return False
    return min(likeness.measure(claim, f) for f in (one, other)) >= 0


def _in_place_of(one: Frame, other: Frame) -> bool:
    """Whether one figure stands for another that goes the same way: 520 jobs rather than 640."""
    ways = {one.figure.direction, other.figure.direction} - {None}
    first, second = sorted((one, other), key=lambda f: f.figure.span)
    return _in_one_sentence(one, other) and len(ways) <= 1 and _is_instead(first, second)


def of_one(one: Frame, other: Frame) -> bool:
    """Whether two figures are told in the same words: of one measure, by what their clauses say."""
    if one.keys & other.keys:
        return True
    if one.concept is not None and one.concept == other.concept:
        return True
    words = min(len(one.content), len(other.content))
    return words > 0 and 2 * len(one.content & other.content) >= words


def follow(one: Frame, other: Frame) -> bool:
    """Whether two figures stand in one sentence, or in two of one article right after another."""
    first, second = sorted((one.statement, other.statement), key=lambda s: s.span)
    same = first.document_id == second.document_id
    return same and (first.span == second.span or second.before.strip() == first.text.strip())


def _in_one_sentence(one: Frame, other: Frame) -> bool:
    a, b = one.statement, other.statement
    return a.document_id == b.document_id and a.span == b.span


def _of_measure(claim: Frame, one: Frame, other: Frame) -> bool:
    """Whether two figures are of one measure, which is the draft's, and of nobody else."""
    surely = max(likeness.measure(claim, f) for f in (one, other)) > 0
    return surely and of_one(one, other) and _of_its_owner(claim, one, other)


def _of_its_owner(claim: Frame, one: Frame, other: Frame) -> bool:
    """Whether the articles of two figures name all that the draft does, and neither is another's.

    Across languages only of those can it be told that the shelf names in both.
    """
    if min(likeness.subject(claim, f) for f in (one, other)) < 0:
        return False
    apart = across(claim.statement, one.statement)
    known = claim.statement.bilingual if apart else frozenset()
    for told in (one.statement, other.statement):
        text = "" if apart else f"{told.setting}\n{told.text}"
        for mention in claim.statement.mentions:
            held = mention.entity_id in told.everywhere or (bool(text) and mention.surface in text)
            if not held and not (apart and mention.entity_id not in known):
                return False
    return True


# Two times --------------------------------------------------------------------------------------

Ordered = tuple[Frame, Frame]  # what a draft speaks of, and what it is set against


def _from_and_to(claim: Frame, one: Frame, other: Frame) -> Ordered | None:
    """Two figures of the first and of the last time of a stretch that a draft names."""
    stretch, edges = _bounds(claim.period), _edges(claim)
    bounds = stretch or edges
    if bounds is None or not _of_measure(claim, one, other):
        return None
    if stretch is None and not all(_is_a_day(_time(f)) for f in (one, other)):
        return None  # what two quarters brought is no change within one
    for earlier, later in ((one, other), (other, one)):
        times = _time(earlier), _time(later)
        if None in times or not all(
            periods_meet(completed(bound, told or "", None), told or "")
            for bound, told in zip(bounds, times, strict=True)
        ):
            continue
        days = days_of(times[0] or ""), days_of(times[1] or "")
        if days[0] is not None and days[1] is not None and days[0][1] < days[1][1]:
            return later, earlier
    return None


def _edges(claim: Frame) -> tuple[str, str] | None:
    """The day before a quarter or a half and its last day, where a number changed within it."""
    figure = claim.figure
    if figure.relation not in _CHANGES or figure.per is not None or figure.dimension in _SHARES:
        return None
    period = claim.period or ""
    if _QUARTER_OR_HALF.fullmatch(period) is None:
        return None
    days = days_of(period.replace("XXXX", ANY_YEAR))
    if days is None:
        return None
    eve = (days[0] - timedelta(days=1)).isoformat(), days[1].isoformat()
    if period[0] != "X":
        return eve
    return f"XXXX{eve[0][4:]}", f"XXXX{eve[1][4:]}"


_QUARTER_OR_HALF = re.compile(r"(?:\d{4}|XXXX)-[QH][1-4]")


def _is_a_day(period: str | None) -> bool:
    return period is not None and len(period) == len("2026-06-30")


def _bounds(period: str | None) -> tuple[str, str] | None:
    """The first and the last month, quarter or day of a stretch of several."""
    first, _, last = (period or "").partition("/")
    return (first, last) if first and last and first != last else None


def _time(told: Frame) -> str | None:
    """When a figure holds: as told, or the day of an article that names no other day for it."""
    if told.period is not None:
        return told.period
    statement = told.statement
    dated = any(f.dimension is Dimension.DATE and f.period for f in statement.figures)
    silent = not dated or statement.carried is None
    if told.former or not silent or statement.published_on is None:
        return None
    named = [f.period for f in statement.figures if f.dimension in TIMED and f.period]
    day = statement.published_on.isoformat()
    close = all(_is_near(statement.published_on, period) for period in named)
    return day if close else None


def _is_near(day: date, period: str) -> bool:
    bounds = days_of(period)
    return bounds is not None and bounds[0] <= day and (day - bounds[1]).days < _NEWS


_NEWS = 7  # days for which an article speaks of what has just been


def _now_and_then(claim: Frame, back: str, one: Frame, other: Frame) -> Ordered | None:
    """Two figures of which one is of so long before the other, or was to be in its place."""
    ordered = _ordered(one, other)
    if ordered is None:
        return None
    now, then = ordered
    if likeness.period(claim, now) < 0 or likeness.carried(claim, now) < 0:
        return None
    beside = _in_one_sentence(one, other)
    if not _of_its_owner(claim, one, other) or (
        beside and back != "plan" and _names_another(one, other)
    ):
        return None
    if back == "plan":
        return ordered if beside and _is_instead(now, then) else None
    days = days_of(now.period or ""), days_of(then.period or "")
    if days[0] is not None and days[1] is not None:
        same_length = abs((days[0][1] - days[0][0]).days - (days[1][1] - days[1][0]).days)
        months = 12 * (days[0][0].year - days[1][0].year) + days[0][0].month - days[1][0].month
        if months != _MONTHS[back] or same_length > _LEEWAY:
            return None
        return ordered if beside or _of_measure(claim, one, other) else None
    return ordered if beside and then.former and _is_back(then, back) else None


def _names_another(one: Frame, other: Frame) -> bool:
    """Whether the clause of the later of two figures has words that those before have not.

    The one is then of another thing: sold 300 boats, and built 250. Words that set the one figure
    against the other say nothing of what they are of: compared with 250.
    """
    first, second = sorted((one, other), key=lambda f: f.figure.span)
    start = first.statement.span.start
    printed = fold(first.statement.text).text
    text = list(printed)
    for figure in first.statement.figures:
        if figure.span != first.figure.span and figure.dimension in TIMED:
            at = figure.span.shift(-start)
            text[at.start : at.end] = " " * len(at)
    blank = "".join(text)
    between = blank[first.figure.span.end - start : second.figure.span.start - start]
    language = "zh" if has_han(printed) else "en"
    parts = _CLAUSE[language].split(between)
    known = blank[: first.figure.span.start - start] + parts[0][: _NOUN[language]]
    left = _when(language, "links").sub(" ", parts[-1])
    words = _WORDS[language].findall(left)
    return any(word not in known for word in words)


_NOUN = {"en": 16, "zh": 4}  # characters after a number in which what it counts is named
_CLAUSE = {"en": re.compile(r"[,;:]| (?:and|but|while|whereas) "), "zh": re.compile(r"[,;:、]|而")}
_WORDS = {"en": re.compile(r"[a-z]{3,}"), "zh": re.compile(r"[\u4e00-\u9fff]{2,}")}
_LEEWAY = 3  # days by which a month or a quarter is longer than another


def _ordered(one: Frame, other: Frame) -> Ordered | None:
    """Two figures, the one of now before the one of then."""
    if one.former is not other.former:
        return (other, one) if one.former else (one, other)
    days = days_of(one.period or ""), days_of(other.period or "")
    if days[0] is not None and days[1] is not None and days[0] != days[1]:
        return (one, other) if days[0] > days[1] else (other, one)
    if not _in_one_sentence(one, other):
        return None
    first, second = sorted((one, other), key=lambda f: f.figure.span)
    return (first, second) if _is_instead(first, second) else None


def _is_instead(now: Frame, then: Frame) -> bool:
    """Whether words put one figure into the place of one that follows it."""
    if now.figure.span.start > then.figure.span.start:
        return False
    start = now.statement.span.start
    text = fold(now.statement.text).text
    between = text[now.figure.span.end - start : then.figure.span.start - start]
    language = "zh" if has_han(text) else "en"
    return len(between) <= _REACH and _when(language, "instead").search(between) is not None


def _is_back(then: Frame, back: str) -> bool:
    """Whether the words beside a figure say that it is of so long before."""
    text = fold(then.statement.text).text
    at = then.figure.span.shift(-then.statement.span.start)
    chinese = has_han(text)
    tail = "" if chinese else text[at.end : at.end + _REACH]
    beside = f"{text[max(0, at.start - _REACH) : at.start]}…{tail}"
    return _when("zh" if chinese else "en", back).search(beside) is not None


# Two owners -------------------------------------------------------------------------------------


def _owners(claim: Frame, ends: Ends, one: Frame, other: Frame) -> Ordered | None:
    """Two figures of which one is of whom a draft speaks, the other of whom it names beside."""
    mine, base = _names(claim, ends.subject), _names(claim, ends.base)
    if not mine or not base or mine & base:
        return None
    if not of_one(one, other) or not _at_one_time(claim, one, other):
        return None
    whose = [_owner(f, claim, mine, base) for f in (one, other)]
    if whose == ["mine", "base"]:
        return one, other
    return (other, one) if whose == ["base", "mine"] else None


def _names(claim: Frame, words: str) -> frozenset[str]:
    """What some words of a draft name: entities, and words that are written as names are."""
    statement = claim.statement
    text = fold(statement.text).text
    start = text.find(words)
    place = Span(start, start + len(words))
    found = set()
    for mention in statement.mentions:
        if place.contains(mention.span.shift(-statement.span.start)):
            found |= {mention.surface} | ({mention.entity_id} if mention.entity_id else set())
    printed = place.of(statement.text)
    if has_han(text):
        return frozenset(found) or _unlinked(printed)
    blank = printed
    for figure in statement.figures:
        at = figure.span.shift(-statement.span.start)
        if place.contains(at):
            blank = blank.replace(at.of(statement.text), " ")
    capital = _NAME.findall(blank)
    return frozenset(found | {w for w in capital if fold(w).text not in _small()})


_NAME = re.compile(r"\b[A-Z][\w&-]{2,}")


@cache
def _small() -> frozenset[str]:
    return frozenset({"the", "its", "their", "his", "her", "for", "between", "during", "from"})


def _unlinked(words: str) -> frozenset[str]:
    """A short Chinese name that no entity is known by."""
    name = words.partition("的")[0].strip()
    return frozenset({name}) if 2 <= len(name) <= _LONGEST else frozenset()


_LONGEST = 8


def _owner(told: Frame, claim: Frame, mine: frozenset[str], base: frozenset[str]) -> str | None:
    """Whose a figure is, of two: by its clause, or the last named before it, or its article."""
    statement = told.statement
    text = statement.text
    at = told.figure.span.start - statement.span.start
    named = max(_last(told, names, told.scope) for names in (mine, base)) >= 0
    place = told.scope if named else Span(0, max(at, told.scope.end))
    if _is_part_or_third(told, place, claim, mine | base):
        return None
    for stretch in (told.scope, Span(0, at)):
        last = [_last(told, names, stretch) for names in (mine, base)]
        if max(last) >= 0:
            if stretch is told.scope and min(last) >= 0:
                return None  # names both
            return "mine" if last[0] > last[1] else "base"
    if any(name in text for name in mine | base):
        return None
    around = statement.title, statement.around
    known = any(name in around[0] or name in around[1] for name in mine)
    return "mine" if known and not told.agents else None


def _is_part_or_third(told: Frame, scope: Span, claim: Frame, names: frozenset[str]) -> bool:
    """Whether words name whom the draft does not, or a part: its rival, in Germany alone."""
    statement = told.statement
    draft = claim.statement
    drafted = fold(draft.text).text
    language = "zh" if has_han(statement.text) else "en"
    parts = _when(language, "parts").finditer(fold(scope.of(statement.text)).text)
    if any(m.group() not in drafted for m in parts):
        return True
    linked = {m.entity_id for m in draft.mentions if m.entity_id} | names
    blank = list(statement.text)
    for figure in statement.figures:
        at = figure.span.shift(-statement.span.start)
        blank[at.start : at.end] = " " * len(at)
    for mention in statement.mentions:
        at = mention.span.shift(-statement.span.start)
        if not scope.contains(at):
            continue
        if mention.entity_id in linked or mention.surface in draft.text:
            blank[at.start : at.end] = " " * len(at)
        elif "".join(blank[at.start : at.end]).strip():
            return True
    for found in _NAME.finditer("".join(blank), scope.start, scope.end):
        word = fold(found.group()).text
        common = word in english_words() and not statement.text[: found.start()].strip()
        if word not in drafted and word not in _bodies() and not common:
            return True
    return False


@cache
def _bodies() -> frozenset[str]:
    """Words that belong to the name of a body: Papaver Group."""
    return frozenset(fold(load("organisations")["english"]).text.split()) | _small()


def _last(told: Frame, names: frozenset[str], stretch: Span) -> int:
    """Where one of some names stands last in a stretch of a sentence; -1 when none does."""
    statement = told.statement
    places = [stretch.of(statement.text).rfind(name) for name in names]
    places += [
        m.span.start - statement.span.start - stretch.start
        for m in statement.mentions
        if m.entity_id in names and stretch.contains(m.span.shift(-statement.span.start))
    ]
    return max(places, default=-1)


def _at_one_time(claim: Frame, one: Frame, other: Frame) -> bool:
    """Whether two figures may be of one time, and that the draft's."""
    if one.former or other.former:
        return False
    for told in (one, other):
        if likeness.period(claim, told) < 0 or likeness.carried(claim, told) < 0:
            return False
    periods = [f.period for f in (one, other) if f.period]
    if len(periods) == len((one, other)):
        return periods_meet(*periods)
    return one.statement.document_id == other.statement.document_id
