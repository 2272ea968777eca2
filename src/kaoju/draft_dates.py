"""Whether a draft's date or time of day is what an article tells.

A date is right when the article's lies within it; one that says less decides nothing. Of an
interval a draft may tell one end (`kaoju.date_limits`), of an instant what it is in another zone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kaoju.date_limits import end_of, limit_of, tells_elsewhere
from kaoju.dates import EN_ZONES, ZH_ZONES, any_name, zone_of
from kaoju.frames import TIMED, Frame
from kaoju.periods import ANY_YEAR, completed, days_of, periods_meet
from kaoju.text import fold, has_han
from kaoju.types import Agreement, Comparison

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
        rule = _by_the_clock(one if one.startswith("XXXX") else ours, points, evidence)
    else:
        rule = _by_the_day(one if one.startswith("XXXX") else ours, points)
    if rule == "period_within" and _is_other_end(claim, evidence):
        return "coarser"
    return rule


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


def _by_the_clock(one: str, points: Sequence[str], evidence: Frame) -> str:
    """A time of day; an article that has none says less."""
    mine = [Clock.of(part) for part in one.split("/")]
    zone = _zone_around(evidence)
    told = [c for p in points if "/" not in p and (c := Clock.of(p)) is not None]
    told = [replace(c, zone=zone) if c.zone is None else c for c in told]
    first, last = mine[0], mine[-1]
    if first is None or last is None:
        return "coarser"
    if not told:
        return _without_clock(first, points)
    if len(mine) > 1:
        if len(told) < len(mine):
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


def _tells_day(ours: Clock, evidence: Frame) -> bool:
    """Whether a sentence names the day of which it gives the hours: May 3 and 4, 10:00 - 18:00."""
    periods = [f.period for f in evidence.statement.figures if f.dimension in TIMED and f.period]
    return any(_without_clock(ours, [p]) == "coarser" for p in periods if p[:1] != "T")


def _without_clock(ours: Clock, points: Sequence[str]) -> str:
    """Beside a day: of another one, or of that one, whose hour is not told."""
    if ours.day is None:
        return "coarser"
    day = ours.day.isoformat()
    day = f"XXXX{day[4:]}" if ours.any_year else day
    return "date" if _by_the_day(day, points) == "date" else "coarser"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; the day, its year and the minutes that the zone is off may be open."""

    day: date | None
    any_year: bool
    minutes: int
    zone: int | None

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
        return cls(day, text.startswith("XXXX"), minutes, zone)

    def seen_from(self, zone: int | None) -> Clock:
        """The same instant by the clocks of another zone, where both are told."""
        if zone is None or self.zone is None:
            return self
        days, minutes = divmod(self.minutes + zone - self.zone, _DAY)
        day = None if self.day is None else self.day + timedelta(days)
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
        day = self.day.replace(year=begin.day.year) if self.any_year else self.day
        if self.any_year and day < begin.day:
            day = self.day.replace(year=end.day.year)
        return (begin.day, begin.minutes) <= (day, self.minutes) <= (end.day, end.minutes)


_CHINA = 8 * 60


def _zone_around(evidence: Frame) -> int | None:
    """The one zone that an article's passage tells its hours in."""
    text = fold(f"{evidence.statement.setting} {evidence.statement.text}").text
    found = {zone for m in _NAMED.finditer(text) if (zone := zone_of(text, m.end(), m.start()))}
    clocks = {c.zone for zone in found if (c := Clock.of(f"T00:00{zone}")) is not None}
    return clocks.pop() if len(clocks) == 1 else None


_NAMED = re.compile(rf"(?<![a-z])(?:utc|gmt|{any_name(EN_ZONES)})(?![a-z])|{any_name(ZH_ZONES)}")
