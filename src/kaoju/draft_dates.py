"""Whether a draft's date or time of day is what an article tells.

A date is right when the article's lies within it; one that says less decides nothing. Of an
interval a draft may tell one end (`kaoju.date_limits`), of an instant what it is in another zone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kaoju.date_limits import Limit, end_of, limit_of, put_off, tells_elsewhere
from kaoju.dates import EN_ZONES, ZH_ZONES, any_name, zone_of
from kaoju.frames import TIMED, Frame
from kaoju.periods import ANY_YEAR, completed, days_of, periods_meet
from kaoju.text import fold, has_han
from kaoju.types import Agreement, Comparison, Figure

_RULES = {
    "equal": Agreement.SAME,
    "period_within": Agreement.COMPATIBLE,
    "coarser": Agreement.INCOMPARABLE,
    "date": Agreement.DIFFERENT,
}
_CLOCK = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)?T(?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d)?"
    r"(?:(?P<sign>[+-])(?P<h>\d\d):(?P<m>\d\d))?"
)
_DAY = 24 * 60  # minutes


def compare_dates(claim: Frame, evidence: Frame) -> Comparison:
    """How a draft's date relates to an article's, and by which rule."""
    rule = _rule(claim, evidence)
    if rule in ("equal", "period_within") and _is_moved_backwards(claim, evidence):
        rule = "date"
    return Comparison(_RULES[rule], rule, f"{claim.figure.surface}, {evidence.figure.surface}")


def _rule(claim: Frame, evidence: Frame) -> str:
    one, other = claim.figure.period or "", evidence.figure.period or ""
    ours = completed(one, other, evidence.statement.published_on)
    told = completed(other, ours, None)
    if ours == told:
        return "coarser" if _is_other_end(claim, evidence) else "equal"
    limit = None if "/" in ours else limit_of(claim)
    points = [told, *(told.split("/") if "/" in told else ())]
    if limit is not None:
        points = [end_of(told, limit)]
    if "T" in ours:
        rule = _by_the_clock(claim, one if one.startswith("XXXX") else ours, points, evidence)
    else:
        rule = _by_the_day(one if one.startswith("XXXX") else ours, points)
    if rule == "period_within" and _is_other_end(claim, evidence):
        return "coarser"
    return rule


def _is_moved_backwards(claim: Frame, evidence: Frame) -> bool:
    """Whether a draft has something moved to the day from which an article has it moved."""
    ours = [both for both in put_off(claim.statement) if claim.figure in both]
    told = [both for both in put_off(evidence.statement) if evidence.figure in both] if ours else []
    return any(
        _is_one_day(old, new_there) and _is_one_day(new, old_there)
        for old, new in ours
        for old_there, new_there in told
    )


def _is_one_day(one: Figure, other: Figure) -> bool:
    first, second = ((f.period or "").partition("T")[0] for f in (one, other))
    return bool(first) and periods_meet(first, second)


def _is_other_end(claim: Frame, evidence: Frame) -> bool:
    """Whether a sentence tells one end by this date, and by another date the one that is meant."""
    if "/" in (evidence.figure.period or "/"):
        return False
    limit, told = limit_of(claim), limit_of(evidence)
    if limit is None or told is None or limit is told:
        return False
    return tells_elsewhere(evidence, limit)


def _by_the_day(one: str, points: Sequence[str]) -> str:
    """A day, month or year; its open year is that of what it is laid beside."""
    rules = {_days(_in_the_year_of(one, point), _of_any_year(point)) for point in points}
    if len(points) > 1 and "/" in one and _is_of_days(one) and _is_of_days(points[0]):
        return _days_of_both(one, points[0])
    return next((r for r in ("period_within", "coarser") if r in rules), "date")


def _days(ours: str, told: str) -> str:
    days, bounds = days_of(ours), days_of(told)
    if days is None or bounds is None:
        return "period_within" if periods_meet(ours, told) else "coarser"
    if days[0] <= bounds[0] and bounds[1] <= days[1]:
        return "period_within"
    return "coarser" if bounds[0] <= days[0] and days[1] <= bounds[1] else "date"


def _days_of_both(one: str, told: str) -> str:
    """Of two stretches from day to day both ends are told."""
    ours = _in_the_year_of(one, told).split("/")
    same = all(
        _days(a, _of_any_year(b)) == "period_within"
        for a, b in zip(ours, told.split("/"), strict=True)
    )
    return "period_within" if same else "date"


def _is_of_days(period: str) -> bool:
    parts = [part.partition("T")[0] for part in period.split("/")]
    return len(parts) > 1 and all(re.fullmatch(r"[\dX]{4}-\d\d-\d\d", part) for part in parts)


def _in_the_year_of(one: str, point: str) -> str:
    if point.startswith("XXXX") or not point[:4].isdigit():
        return completed(_of_any_year(one), _of_any_year(point), None)
    return completed(completed(one, point, None), point[:4], None).replace("XXXX", point[:4])


def _of_any_year(period: str) -> str:
    return period.replace("XXXX", ANY_YEAR)


def _by_the_clock(claim: Frame, one: str, points: Sequence[str], evidence: Frame) -> str:
    """A time of day; an article that has none says less."""
    mine = [Clock.of(part) for part in one.split("/")]
    zone = _zone_around(evidence)
    if _at_noon(evidence):
        points = [f"{point}T12:00" for point in points]
    told = [c for p in points if "/" not in p and (c := Clock.of(p)) is not None]
    told = [replace(c, zone=zone) if c.zone is None else c for c in told]
    ours = [c for c in mine if c is not None]
    if len(ours) < len(mine):
        return "coarser"
    if not told:
        days = [ours[0]]
        if ours[0].day is not None and _is_seen_from_afar(claim, ours[0], evidence):
            days += [replace(ours[0], day=_moved(ours[0].day, by)) for by in (-1, 1)]
        rules = {_without_clock(day, points, limit_of(claim)) for day in days}
        return "coarser" if "coarser" in rules else "date"
    named = _named_zone(claim) if ours[0].zone is None and told[0].zone is not None else None
    if named is not None:
        seen = [[replace(c, zone=zone) for c in ours] for zone in _OFFSETS[named]]
        rules = {_by_clocks(some, told, evidence) for some in seen} or {"coarser"}
        return next((r for r in ("period_within", "coarser") if r in rules), "date")
    rule = _by_clocks(ours, told, evidence)
    if rule != "date" or ours[0].zone is not None or told[0].zone is None:
        return rule
    # An hour without a zone is that of Beijing in Chinese, and in English it may be of several.
    chinese = has_han(claim.statement.text)
    for zone in (_CHINA,) if chinese else (0, _CHINA, *_OFFSETS["eastern"]):
        seen_there = [replace(c, zone=zone) for c in ours]
        if _by_clocks(seen_there, told, evidence) == "period_within":
            return "period_within" if chinese else "coarser"
    return rule


def _by_clocks(ours: Sequence[Clock], told: Sequence[Clock], evidence: Frame) -> str:
    """A draft's time of day, or its two, beside an article's."""
    first, last = ours[0], ours[-1]
    if first.day is not None and told[0].day is None:
        dated = _on_its_day(told, evidence)
        abroad = first.zone is not None and told[0].zone not in (None, first.zone)
        if dated and (abroad or (len(ours) == len(dated) > 1 and _are(ours, dated, evidence))):
            told = dated
    if len(ours) > 1:
        if len(told) < len(ours):
            return "coarser"
        rules = {first.beside(told[0], evidence), last.beside(told[-1], evidence)}
        return next((r for r in ("date", "coarser") if r in rules), "period_within")
    stretch = "/" in (evidence.figure.period or "")
    if first.day is not None and stretch and told[0].day is None:
        if not _tells_day(first, evidence):
            return "coarser"  # the hours of any day
        first = replace(first, day=None)
    rules = {first.beside(clock, evidence) for clock in told}
    if "period_within" in rules:
        return "period_within"
    inside = len(told) > 1 and first.is_between(told[0], told[-1])
    return "coarser" if inside or "coarser" in rules else "date"


def _are(ours: Sequence[Clock], told: Sequence[Clock], evidence: Frame) -> bool:
    both = zip(ours, told, strict=True)
    return all(one.beside(other, evidence) == "period_within" for one, other in both)


def _on_its_day(told: Sequence[Clock], evidence: Frame) -> list[Clock]:
    """Hours with the one day that their sentence names: June 3 from 20:00 to 22:00."""
    periods = {f.period or "" for f in evidence.statement.figures if f.dimension in TIMED}
    days = [Clock.of(f"{period}T00:00") for period in periods if period[:1] != "T"]
    own = days[0] if len(days) == 1 else None
    if own is None or own.day is None or any(c.day is not None for c in told):
        return []
    found = []
    for clock in told:
        later = clock.minutes <= told[0].minutes and (clock is not told[0] or clock.ends_day)
        day = _moved(own.day, 1) if later else own.day
        found.append(replace(clock, day=day, any_year=own.any_year))
    return found


def _tells_day(ours: Clock, evidence: Frame) -> bool:
    """Whether a sentence names the day of which it gives the hours: May 3 and 4, 10:00 - 18:00."""
    periods = [f.period for f in evidence.statement.figures if f.dimension in TIMED and f.period]
    return any(_without_clock(ours, [p], None) == "coarser" for p in periods if p[:1] != "T")


def _without_clock(ours: Clock, points: Sequence[str], limit: Limit | None) -> str:
    """Beside a day: of another one, or of that one, whose hour is not told.

    The end of a day is of that day, and of the next; so is 0:00 where something ends.
    """
    if ours.day is None:
        return "coarser"
    days = [ours.day]
    if ours.ends_day or (not ours.minutes and limit is Limit.LAST):
        days.append(_moved(ours.day, -1))
    texts = [day.isoformat() for day in days]
    if ours.any_year:
        texts = [f"XXXX{text[4:]}" for text in texts]
    return "date" if all(_by_the_day(text, points) == "date" for text in texts) else "coarser"


def _at_noon(evidence: Frame) -> bool:
    """Whether a word before a day tells its hour: at noon on May 3."""
    text, at = evidence.statement.text, evidence.figure.span.start - evidence.statement.span.start
    period = evidence.figure.period or "T"
    return not {"T", "/"} & set(period) and bool(
        _NOON.search(fold(text[max(0, at - _NEAR) : at]).text)
    )


def _is_seen_from_afar(claim: Frame, ours: Clock, evidence: Frame) -> bool:
    """Whether the hours of a day are told beside it in another zone, where it may be the next."""
    own = _CHINA if ours.zone is None and has_han(claim.statement.text) else ours.zone
    around = _zone_around(evidence)
    timed = [f.period for f in evidence.statement.figures if f.dimension in TIMED and f.period]
    hours = [Clock.of(p.partition("/")[0]) for p in timed if p[:1] == "T"]
    zones = {around if c.zone is None else c.zone for c in hours if c is not None}
    return own is not None and bool(zones - {None, own})


def _moved(day: date, days: int) -> date:
    """So many days later; the first and the last day that there are stay themselves."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return day


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; the day, its year and the minutes that the zone is off may be open."""

    day: date | None
    any_year: bool
    minutes: int
    zone: int | None
    ends_day: bool = False  # printed as 24:00 of the day before

    @classmethod
    def of(cls, text: str) -> Clock | None:
        """From ISO 8601; the end of a day, 24:00, is the beginning of the next."""
        match = _CLOCK.fullmatch(_of_any_year(text))
        if match is None:
            return None
        days, minutes = divmod(int(match["hour"]) * 60 + int(match["minute"]), _DAY)
        try:
            day = date.fromisoformat(match["day"]) + timedelta(days) if match["day"] else None
        except (ValueError, OverflowError):
            return None
        off = int(match["h"] or 0) * 60 + int(match["m"] or 0)
        zone = (-off if match["sign"] == "-" else off) if match["sign"] else None
        return cls(day, text.startswith("XXXX"), minutes, zone, days > 0)

    def seen_from(self, zone: int | None) -> Clock:
        """The same instant by the clocks of another zone, where both are told."""
        if zone is None or self.zone is None:
            return self
        days, minutes = divmod(self.minutes + zone - self.zone, _DAY)
        day = None if self.day is None else _moved(self.day, days)
        return replace(self, day=day, minutes=minutes, zone=zone)

    def beside(self, told: Clock, evidence: Frame) -> str:
        """The rule by which an article's time of day is this one, another, or says less."""
        other = told.seen_from(self.zone)
        apart = self.zone is not None and told.zone is None
        if apart and not (self.zone == _CHINA and has_han(evidence.statement.text)):
            # In a zone that the article does not tell, it may be any hour.
            return "period_within" if self._is(other) else "coarser"
        if self.minutes == other.minutes and self.day is not None and other.day is None:
            return "coarser"
        return "period_within" if self._is(other) else "date"

    def _is(self, other: Clock) -> bool:
        if self.minutes != other.minutes:
            return False
        if self.day is None or other.day is None:
            return self.day is None
        if self.any_year or other.any_year:
            return (self.day.month, self.day.day) == (other.day.month, other.day.day)
        return self.day == other.day

    def is_between(self, first: Clock, last: Clock) -> bool:
        """Whether this may be any one in a stretch of time."""
        begin, end = first.seen_from(self.zone), last.seen_from(self.zone)
        if self.day is None or begin.day is None or end.day is None:
            return begin.minutes < self.minutes < end.minutes
        if not self.any_year:
            at = self.day, self.minutes
            return (begin.day, begin.minutes) <= at <= (end.day, end.minutes)
        # Without a year there may be no such day in that of the other: February 29.
        own = self.day.month, self.day.day, self.minutes
        after = (begin.day.month, begin.day.day, begin.minutes) <= own
        before = own <= (end.day.month, end.day.day, end.minutes)
        years = end.day.year - begin.day.year
        return years > 1 or (after and before if not years else years == 1 and (after or before))


_CHINA = 8 * 60
# Zones that are not read, by their offsets in summer and in winter; a local one may be any.
_OFFSETS: dict[str, tuple[int, ...]] = {
    "eastern": (-4 * 60, -5 * 60),
    "central": (-5 * 60, -6 * 60),
    "pacific": (-7 * 60, -8 * 60),
    "london": (60, 0),
    "local": (),
}
_OPEN_ZONE = re.compile(
    r"(?:\d|m\.?)[ ]?[(]?(?:(?P<eastern>(?:et|(?:u\.?s\.? )?eastern(?: time)?|new york time))"
    r"|(?P<central>ct|central time)|(?P<pacific>pt|pacific(?: time)?)|(?P<london>london time)"
    r"|(?P<local>(?:local|moscow|paris|berlin|brussels|dubai|delhi|sydney) time))(?![a-z])"
    r"|(?:(?P<eastern_zh>美东|美国东部|纽约)|(?P<pacific_zh>美西|美国西部)|(?P<london_zh>伦敦)"
    r"|(?P<local_zh>当地))(?:夏令|冬令|标准)?时间"
)
_NOON = re.compile(
    r"(?<![a-z])(?<!before )(?<!after )(?<!around )(?<!about )"
    r"(?:noon|midday),?(?: on)?(?: [a-z]+day,?)? $"
)
_NEAR = 32  # characters before a day in which its hour may stand
_LEFT, _RIGHT = 10, 24  # characters beside a time of day in which its zone may stand


def _named_zone(claim: Frame) -> str | None:
    """The zone beside a draft's time of day, where it is one that is told without its offset."""
    text, start = claim.statement.text, claim.statement.span.start
    at = claim.figure.span.shift(-start)
    found = _OPEN_ZONE.search(fold(text[max(0, at.start - _LEFT) : at.end + _RIGHT]).text)
    if found is None:
        return None
    return next(n for n, held in found.groupdict().items() if held).removesuffix("_zh")


def _zone_around(evidence: Frame) -> int | None:
    """The one zone that an article's passage tells its hours in."""
    text = fold(f"{evidence.statement.setting} {evidence.statement.text}").text
    found = {zone for m in _NAMED.finditer(text) if (zone := zone_of(text, m.end(), m.start()))}
    clocks = {c.zone for zone in found if (c := Clock.of(f"T00:00{zone}")) is not None}
    return clocks.pop() if len(clocks) == 1 else None


_NAMED = re.compile(rf"(?<![a-z])(?:utc|gmt|{any_name(EN_ZONES)})(?![a-z])|{any_name(ZH_ZONES)}")
