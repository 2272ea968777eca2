"""Dates and times of day in either language, as ISO 8601 periods.

2025年11月5日, 今年7月30日, Q3 2025, by the end of 2027, 8 p.m. on Jan. 9, 1-10月, 上世纪90年代.
What the text leaves open is taken from the explicit date before it in the sentence, then
from the reference date (the nearest such day, the past preferred); what stays open is X,
as in EDTF: XXXX-11-05. Days of the week and pointers such as 本周 are recognised, so that
nothing else misreads them, and marked as not stated.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kaoju.lexicon import section, words
from kaoju.numerals import HAN_DIGITS

_ZH = section("dates", "zh")
_EN = section("dates", "en")
_ZH_YEARS: dict[str, int] = dict(_ZH["years"])
_ZH_MONTHS: dict[str, int] = dict(_ZH["months"])
_ZH_DAYS: dict[str, int] = dict(_ZH["days"])
_ZH_QUARTERS: dict[str, int] = dict(_ZH["quarters"])
_DAYPARTS: dict[str, int] = dict(_ZH["dayparts"])
_ZH_ZONES: dict[str, str] = dict(_ZH["zones"])
_EN_MONTHS: dict[str, int] = dict(_EN["months"])
_EN_ZONES: dict[str, str] = dict(_EN["zones"])
_EN_RELATIVE: dict[str, tuple[str, int]] = {
    **{word: ("year", shift) for word, shift in _EN["years"].items()},
    **{word: ("month", shift) for word, shift in _EN["calendar_months"].items()},
    **{word: ("quarter", shift) for word, shift in _EN["calendar_quarters"].items()},
    **{word: ("day", shift) for word, shift in _EN["days"].items()},
}
POINTERS = words("dates", "zh", "pointers", "words")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as far as it is stated; None is left open.

    ``shift`` is a year, month, quarter or day against the reference, ``edge`` the part of
    the period meant: "end" of it, or None for all of it.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    months: tuple[int, int] | None = None  # 前11个月, 前三季度
    season: int | None = None  # 21 spring to 24 winter, as in EDTF
    decade: str | None = None  # 199X, 19XX
    fiscal: bool = False
    clock: str | None = None
    zone: str | None = None
    shift: tuple[str, int] | None = None
    edge: str | None = None


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date or an interval found in a folded text; ``second`` ends an interval."""

    start: int
    end: int
    moment: Moment
    second: Moment | None = None
    stated: bool = True  # False for a day of the week, 本周 and other pointers
    parts: tuple[tuple[int, int], ...] = ()  # where the two ends of an interval stand

    @property
    def timed(self) -> bool:
        """Whether a time of day belongs to it."""
        return self.moment.clock is not None


def _any(names: object) -> str:
    return "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))  # type: ignore[call-overload]


_POINTER = re.compile(_any(POINTERS))

# Chinese ---------------------------------------------------------------------------------

_D = "".join(c for c in HAN_DIGITS if c not in "两俩")
_YEAR = rf"(?P<year>(?:1[5-9]|20|21)\d\d|[一二][{_D}]{{3}}|0\d(?=[ ]?年)|[2-9]\d(?=[ ]?年[ ]?\d{{1,2}}[ ]?月))"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]|十|[一二三四五六七八九])(?!\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|廿[一二三四五六七八九]?|初?[一二三四五六七八九])"
_EDGE = r"(?:年末|年底|年初|年中|月末|月底|月初|末|底|初|中旬|上旬|下旬|中)"
_CLOCK = (
    rf"(?:[ ]?(?P<part>{_any(_DAYPARTS)})?[ ]?(?P<hour>2[0-4]|1\d|0?\d|二十[一二三四]?|十[一二三四五六七八九]?"
    rf"|[零一二三四五六七八九])(?:[ ]?(?P<mark>时|点钟|点|:)(?!\d{{3}})[ ]?(?:(?P<minute>[0-5]\d|[一二三四五]?十[一二三四五六七八九]?|[一二三四五六七八九])(?![\d%.])[ ]?"
    r"(?P<fen>分(?!之|钟|前|后))?(?::(?P<second>[0-5]\d)|(?P<sec2>[0-5]?\d)秒)?|(?P<halfhour>半)|(?P<ke>[一三])刻|整)?))"
)
_ZH_DATE = re.compile(
    rf"(?:(?P<rel>{_any(_ZH_YEARS)})|{_YEAR}[ ]?(?P<nian>年度|年|财年))?[ ]?(?:的)?(?:"
    rf"(?P<month>{_MONTH})[ ]?月(?!球|饼|亮|光|薪|租|供|活|嫂|度)(?:份)?(?:[ ]?(?P<day>{_DAY})[ ]?(?P<ri>[日号])(?!元|圆)|[ ]?(?P<medge>月?[末底初]|中旬|上旬|下旬|中(?=[,，。、旬]))(?!期|始))?"
    r"|第?(?P<quarter>[一二三四1-4])[ ]?(?:个)?季度?(?!度?业?报告[^,，。]{0,0}$)(?P<qedge>[末初])?(?=度|[末初,，。的及和至到]|[^\u4e00-\u9fff]|[^度]|$)"
    r"|前[ ]?(?P<firstq>[二两三23])[ ]?个?季度?"
    r"|[前首头][ ]?(?P<firstm>1[01]|[1-9]|十一|十|[两二三四五六七八九])[ ]?个?月(?!球)"
    r"|(?P<half>上半年|下半年|前半年|后半年|上半(?![场身部决])|下半(?![场身部决]))"
    r"|(?P<season>[春夏秋冬])[天季](?!节|赛|运|晚)"
    r"|(?P<yedge>年末|年底|年初|年中|末|底|初(?![期始步]))"
    r")?"
)
_ZH_QUARTER = re.compile(
    rf"(?:(?:(?P<rel>{_any(_ZH_YEARS)})|{_YEAR}[ ]?(?P<nian>年度|年|财年))[ ]?(?:的)?)?"
    r"第?(?P<quarter>[一二三四1-4])[ ]?个?季度?"
)
_RELATIVE_ZH = re.compile(
    rf"(?P<month>{_any(_ZH_MONTHS)})(?:[ ]?(?P<day>{_DAY})[ ]?[日号]|(?P<edge>[末底初]|中旬))?"
    rf"|(?P<quarter>{_any(_ZH_QUARTERS)})|(?P<days>{_any(_ZH_DAYS)})(?!头条|之后》)"
)
_DECADE_ZH = re.compile(
    r"(?:(?P<last>上(?:个)?世纪)|(?P<own>本世纪)|(?P<century>1[5-9]|2[01]|二十|十[五六七八九]|二十一)[ ]?世纪)[ ]?"
    rf"(?P<tens>\d0|[{_D}]十|[{_D}]0)[ ]?年代(?P<edge>[末初]|中期|后期|初期)?"
    r"|(?P<full>(?:1[5-9]|20)\d0)[ ]?年代(?P<edge2>[末初]|中期|后期|初期)?"
    r"|(?P<short>[2-9]0|[二三四五六七八九]十)年代(?P<edge3>[末初]|中期|后期|初期)?"
    r"|(?P<thisdec>本十年|这个十年|这一个?十年)(?P<edge4>末|底|初)?"
    r"|(?P<whole>上(?:个)?世纪|本世纪)(?P<edge5>末|初|中叶)"
    r"|(?P<cent>1[5-9]|2[01]|二十一|二十|十[五六七八九])[ ]?世纪(?P<edge6>末|初|中叶)?"
)
_BARE_DAY = re.compile(r"(?P<day>3[01]|[12]\d|[1-9])[ ]?[日号](?![元圆本均线内游间后前以之年利文令公楼院机店门风])")
_ISO = re.compile(
    r"(?P<year>(?:1[5-9]|20|21)\d\d)(?P<sep>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=sep)(?P<day>3[01]|[12]\d|0?[1-9])(?![\d])(?:t|[ ]?(?=\d\d:))?"
)
_YEAR_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>1[0-2]|0[1-9])(?![\d-])")
_WEEKDAY_ZH = re.compile(r"(?:本|上|下|这|每|逢)?(?:周|星期|礼拜)[一二三四五六日天末](?!期)")
_CLOCK_RE = re.compile(_CLOCK)
_JOIN_ZH = re.compile(r"[ ]?(?:-{1,2}|~|至|到|—|直至)[ ]?")
_ZONE = re.compile(
    rf"[ ]?[(\[,]?[ ]?(?:(?:utc|gmt)[ ]?(?:(?P<sign>[+-])[ ]?(?P<h>\d{{1,2}})(?::?(?P<m>[0-5]\d))?)|(?P<name>{_any(_EN_ZONES)})(?![a-z]))"
)
_ZONE_BEFORE = re.compile(rf"({_any(_ZH_ZONES)})[ ]?(?:的)?[ ]?$")


def _number(word: str) -> int:
    """A small number of digits or Chinese numerals: 8, 十二, 廿三, 二〇二五."""
    if word.isdigit():
        return int(word)
    word = word.lstrip("初").replace("廿", "二十")
    if "十" in word:
        tens, _, ones = word.partition("十")
        return (HAN_DIGITS[tens] if tens else 1) * 10 + (HAN_DIGITS[ones] if ones else 0)
    value = 0
    for character in word:
        value = value * 10 + (HAN_DIGITS[character] if character in HAN_DIGITS else int(character))
    return value


def _year(word: str) -> int:
    year = _number(word)
    if year < 100:
        return year + (2000 if year < 60 else 1900)
    return year


def read_date_zh(text: str, at: int) -> DateMatch | None:
    """The Chinese date, interval or calendar pointer that begins at ``at``."""
    first = _read_zh(text, at)
    if first is None:
        return _month_span_zh(text, at)
    if not first.stated:
        return first
    join = _JOIN_ZH.match(text, first.end)
    if join is not None:
        second = _read_zh(text, join.end())
        if second is None or not _continues(first.moment, second.moment):
            second = _day_only(text, join.end(), first.moment)
        if second is not None and second.stated and _continues(first.moment, second.moment):
            return DateMatch(
                at,
                second.end,
                first.moment,
                _filled(second.moment, first.moment),
                parts=((at, first.end), (second.start, second.end)),
            )
    return first


def _continues(first: Moment, second: Moment) -> bool:
    """Whether the second can end an interval that the first begins."""
    if second.shift is not None and first.shift is None:
        return False
    if first.day is not None and second.day is None and second.clock is None:
        return False
    if first.month is not None and second.month is None and second.clock is None:
        return second.year is not None
    if first.year is not None and first.month is None and first.quarter is None:
        return second.month is None or second.year is not None
    if first.clock is not None and second.clock is None:
        return False
    return not (first.quarter is not None and second.quarter is None)


def _filled(second: Moment, first: Moment) -> Moment:
    """The end of an interval with what only its beginning states."""
    year = second.year
    if year is None and second.shift is None:
        year = first.year
        same = first.month is None or second.month is None or second.month >= first.month
        if year is not None and not same:
            year += 1
    shift = second.shift or (first.shift if second.year is None else None)
    month = second.month
    day = second.day
    if second.clock is not None and second.day is None:
        month, day = first.month, first.day
    elif month is None and second.day is not None:
        month = first.month
    return replace(
        second, year=year, month=month, day=day, shift=shift, zone=second.zone or first.zone
    )


def _day_only(text: str, at: int, first: Moment) -> DateMatch | None:
    """The 8日 of 11月5日至8日, and the 18:00 of 16:00-18:00."""
    if first.clock is not None:
        return _clock_only(text, at)
    if first.day is None:
        return None
    match = re.compile(rf"(?P<day>{_DAY})[ ]?[日号]").match(text, at)
    if match is None:
        return None
    return DateMatch(at, match.end(), Moment(month=first.month, day=_number(match.group("day"))))


_MONTH_SPAN = re.compile(
    rf"(?:(?P<rel>{_any(_ZH_YEARS)})|{_YEAR}[ ]?年)?[ ]?(?P<first>{_MONTH})[ ]?月?[ ]?(?:-{{1,2}}|~|至|到)[ ]?"
    rf"(?P<second>{_MONTH})[ ]?月(?!球|饼|份)"
)
_YEAR_SPAN = re.compile(
    r"(?P<first>(?:1[5-9]|20|21)\d\d)[ ]?(?:年)?[ ]?(?:-{1,2}|~|至|到)[ ]?(?P<second>(?:1[5-9]|20|21)\d\d)[ ]?(?P<nian>年度|年|财年)"
)
_FISCAL_SPAN = re.compile(r"20\d\d[/-](?P<second>20\d\d|\d\d)[ ]?财年")
_DAY_SPAN = re.compile(
    rf"(?:(?P<rel>{_any(_ZH_YEARS)})|{_YEAR}[ ]?年)?[ ]?(?:(?P<month>{_MONTH})[ ]?月[ ]?)"
    rf"(?P<first>{_DAY})[ ]?(?:[日号])?[ ]?(?:-{{1,2}}|~|至|到|、|和)[ ]?(?P<second>{_DAY})[ ]?[日号](?!元)"
)


def _month_span_zh(text: str, at: int) -> DateMatch | None:
    match = _FISCAL_SPAN.match(text, at)
    if match is not None:
        year = _year(match["second"])
        return DateMatch(at, match.end(), Moment(year, fiscal=True))
    match = _YEAR_SPAN.match(text, at)
    if match is not None:
        first, second = Moment(int(match.group("first"))), Moment(int(match.group("second")))
        if first.year is not None and second.year is not None and first.year < second.year:
            parts = (match.span("first"), (match.start("second"), match.end()))
            return DateMatch(at, match.end(), first, second, parts=parts)
    match = _DAY_SPAN.match(text, at)
    if match is not None and "、" not in match.group() and "和" not in match.group():
        base = _base(match)
        month = _number(match.group("month"))
        first = replace(base, month=month, day=_number(match.group("first")))
        second = replace(base, month=month, day=_number(match.group("second")))
        return DateMatch(at, match.end(), first, second)
    match = _MONTH_SPAN.match(text, at)
    if match is None:
        return None
    base = _base(match)
    first = replace(base, month=_number(match.group("first")))
    second = _filled(Moment(month=_number(match.group("second"))), first)
    return DateMatch(at, match.end(), first, second)


def _base(match: re.Match[str]) -> Moment:
    if match.group("rel") is not None:
        return Moment(shift=("year", _ZH_YEARS[match.group("rel")]))
    return Moment(year=_year(match.group("year"))) if match.group("year") else Moment()


def _read_zh(text: str, at: int) -> DateMatch | None:
    pointer = _POINTER.match(text, at)
    if pointer is not None:
        return DateMatch(at, pointer.end(), Moment(), stated=False)
    span = _month_span_zh(text, at)
    if span is not None:
        return span
    match = _WEEKDAY_ZH.match(text, at)
    if match is not None:
        return DateMatch(at, match.end(), Moment(), stated=False)
    decade = _decade_zh(text, at)
    if decade is not None:
        return decade
    relative = _RELATIVE_ZH.match(text, at)
    if relative is not None:
        return _with_clock(text, _relative_zh(relative), at)
    iso = _ISO.match(text, at)
    if iso is not None:
        found = _checked(int(iso["year"]), int(iso["month"]), int(iso["day"]))
        return _with_clock(text, DateMatch(at, iso.end(), found), at) if found else None
    match = _ZH_DATE.match(text, at)
    if match is not None and match.end() > at:
        found = _moment_zh(text, match)
        if found is not None:
            end = match.end()
            while text[end - 1] in "的 ":
                end -= 1
            return _with_clock(text, DateMatch(at, end, found), at)
    month_only = _YEAR_MONTH.match(text, at)
    if month_only is not None:
        moment = Moment(int(month_only["year"]), int(month_only["month"]))
        return DateMatch(at, month_only.end(), moment)
    clock = _clock_only(text, at)
    if clock is not None:
        return clock
    day = _BARE_DAY.match(text, at)
    if day is not None and text[max(0, at - 1) : at] not in ("第", "前", "近", "续", "满", "每"):
        return _with_clock(text, DateMatch(at, day.end(), Moment(day=int(day["day"]))), at)
    return None


def _checked(year: int | None, month: int, day: int) -> Moment | None:
    last = monthrange(year, month)[1] if year else monthrange(2024, month)[1]
    return Moment(year, month, day) if day <= last else None


def _moment_zh(text: str, match: re.Match[str]) -> Moment | None:
    base = _base(match)
    dated = base.year is not None or base.shift is not None
    if match.group("nian") == "财年":
        base = replace(base, fiscal=True)
    if match.group("month") is not None:
        month = _number(match.group("month"))
        if not 1 <= month <= 12:
            return None
        if match.group("day") is not None:
            checked = _checked(base.year, month, _number(match.group("day")))
            return replace(base, month=month, day=checked.day) if checked else None
        edge = match.group("medge")
        return replace(base, month=month, edge=_edge(edge))
    if match.group("quarter") is not None:
        if "季" not in match.group():
            return None
        printed = match.group()
        if not dated and "季度" not in printed and not _SEASON_OF_BOOKS.match(text, match.end()):
            return None
        return replace(base, quarter=_number(match.group("quarter")), edge=_edge(match["qedge"]))
    if match.group("firstq") is not None:
        return replace(base, months=(1, 3 * {"二": 2, "两": 2}.get(match["firstq"], 3)))
    if match.group("firstm") is not None and match.string[match.start() - 1 : match.start()] in (
        "此",
        "之",
        "以",
        "目",
        "从",
        "日",
    ):
        return None
    if match.group("firstm") is not None:
        word = match.group("firstm")
        return replace(base, months=(1, 2 if word == "两" else _number(word)))
    if match.group("half") is not None:
        if not dated and not match.group("half").endswith("年"):
            return None
        return replace(base, half=1 if match.group("half")[0] in "上前" else 2)
    if match.group("season") is not None:
        return replace(base, season=21 + "春夏秋冬".index(match["season"])) if dated else None
    if match.group("yedge") is not None:
        edge = match.group("yedge")
        if not dated and not edge.startswith("年"):
            return None
        return replace(base, edge=_edge(edge), shift=base.shift or (None if dated else ("year", 0)))
    if not dated:
        return None
    if match.group("rel") in ("上年", "本年"):
        return None
    return base


# 第三季 is a quarter where business follows it, else a season of a show.
_SEASON_OF_BOOKS = re.compile(
    r"[末初]?(?:[,，。、;；)]|$|业绩|财报|营收|净利|利润|盈利|经济|gdp|收入|出口|销售|[ ]?(?:同比|环比))"
)


def _edge(word: str | None) -> str | None:
    """End for 末 and 底, mid for 中, start for 初; None for no edge."""
    if not word:
        return None
    if word[-1] in "末底":
        return "end"
    return {"初": "start", "中": "mid", "中旬": "mid", "上旬": "start", "下旬": "late"}.get(
        word if "旬" in word else word[-1], "mid"
    )


def _relative_zh(match: re.Match[str]) -> DateMatch:
    if match.group("month") is not None:
        day = _number(match["day"]) if match["day"] else None
        moment = Moment(
            day=day, shift=("month", _ZH_MONTHS[match["month"]]), edge=_edge(match["edge"])
        )
    elif match.group("quarter") is not None:
        moment = Moment(shift=("quarter", _ZH_QUARTERS[match["quarter"]]))
    else:
        moment = Moment(shift=("day", _ZH_DAYS[match["days"]]))
    return DateMatch(match.start(), match.end(), moment)


def _decade_zh(text: str, at: int) -> DateMatch | None:
    match = _DECADE_ZH.match(text, at)
    if match is None:
        return None
    group = match.groupdict()
    edge = next((group[f"edge{n}"] for n in ("", "2", "3", "4", "5", "6") if group[f"edge{n}"]), "")
    end = _edge(edge.replace("期", "")) if edge in ("末", "底") else None
    if group["tens"]:
        century = 19 if group["last"] else 20 if group["own"] else _number(group["century"]) - 1
        decade = f"{century * 10 + _number(group['tens']) // 10}X"
    elif group["full"]:
        decade = f"{group['full'][:3]}X"
    elif group["short"]:
        tens = _number(group["short"]) // 10
        decade = f"{(19 if tens >= 3 else 20) * 10 + tens}X"
    elif group["thisdec"]:
        return DateMatch(at, match.end(), Moment(shift=("decade", 0), edge="end" if end else None))
    elif group["whole"]:
        decade = "19XX" if group["whole"][0] == "上" else "20XX"
    else:
        decade = f"{_number(group['cent']) - 1}XX"
    return DateMatch(at, match.end(), Moment(decade=decade, edge=end))


def _clock_only(text: str, at: int) -> DateMatch | None:
    match = _CLOCK_RE.match(text, at)
    if match is None:
        return None
    mark, minute = match["mark"], match["minute"]
    if mark == ":" and (minute is None or len(minute) != 2):
        return None
    if mark == "点" and not (match["part"] or match["fen"] or match["halfhour"] or match["ke"]):
        return None
    if mark == "时" and not (match["part"] or match["fen"] or match["hour"].isdigit()):
        return None
    if mark == "时" and match["hour"] in ("一", "同", "十"):
        return None
    clock = _clock(match)
    if clock is None:
        return None
    moment = Moment(clock=clock, zone=_zone(text, at, match.end()))
    return DateMatch(at, match.end(), moment)


def _clock(match: re.Match[str]) -> str | None:
    hour = _number(match["hour"])
    minute = _number(match["minute"]) if match["minute"] else 0
    if match["halfhour"]:
        minute = 30
    if match["ke"]:
        minute = 15 * _number(match["ke"])
    part = match["part"]
    if part and hour < 12:
        shift = _DAYPARTS[part]
        if not (part == "中午" and hour >= 10):
            hour += shift
    if hour > 24 or minute > 59:
        return None
    seconds = match["second"] or match["sec2"]
    return f"{hour:02}:{minute:02}" + (f":{int(seconds):02}" if seconds else "")


def _with_clock(text: str, found: DateMatch, at: int) -> DateMatch:
    """The date with the time of day printed after it, if one is."""
    gap = re.compile(r"[ ,]{0,2}(?:周[一二三四五六日天]|[(]周[一二三四五六日天][)])?[ ]?").match(
        text, found.end
    )
    start = gap.end() if gap else found.end
    if found.moment.day is None and found.moment.shift is None:
        return found
    match = _CLOCK_RE.match(text, start)
    if match is None or (match["mark"] == ":" and (match["minute"] is None)):
        return found
    zone_named = re.compile(rf"({_any(_ZH_ZONES)})").search(text, found.end, start)
    clock = _clock(match)
    if clock is None:
        return found
    zone = _zone(text, found.start, match.end()) or (
        _ZH_ZONES[zone_named.group()] if zone_named else None
    )
    return replace(found, end=match.end(), moment=replace(found.moment, clock=clock, zone=zone))


def _zone(text: str, start: int, end: int) -> str | None:
    after = _ZONE.match(text, end)
    if after is not None:
        if after["name"]:
            return _EN_ZONES[after["name"]]
        return f"{after['sign']}{int(after['h']):02}:{after['m'] or '00'}"
    before = _ZONE_BEFORE.search(text[max(0, start - 8) : start])
    return _ZH_ZONES[before.group(1)] if before else None


# English ---------------------------------------------------------------------------------

_SHORT_MONTHS = [
    name for name in _EN_MONTHS if len(name) < 5 and name not in ("may", "june", "july")
]
# A full stop belongs to a short name alone: Nov. 5, but not the end of November.
_MON_STOP = "|".join(f"(?<={name})" for name in _SHORT_MONTHS)
_MON = rf"(?P<mon>{_any(_EN_MONTHS)})(?![a-z])(?:(?:{_MON_STOP})\.)?"
_EN_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|\.\d|,\d|:\d)"
_NTH_WORDS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"]
_DAY_WORDS: dict[str, int] = {
    **{word: number for number, word in enumerate(_NTH_WORDS, start=1)},
    **{f"twenty{gap}{word}": 20 + n for n, word in enumerate(_NTH_WORDS[:9], 1) for gap in "- "},
    "thirtieth": 30,
    "thirty-first": 31,
    "thirty first": 31,
}
_DAY_WORD = rf"(?P<dayword>{_any(_DAY_WORDS)})(?![a-z-])"
_EN_YEAR = r"(?P<year>(?:1[5-9]|20|21)\d\d)(?![\d%]|,\d|\.\d)"
_AMPM = r"(?:[ap]\.[ ]?m\.|[ap]\.?m(?![a-z])|[ap] m(?![a-z]))"
_EN_CLOCK = re.compile(
    rf"(?:(?P<hour>2[0-4]|1\d|0?\d)(?:[:.](?P<minute>[0-5]\d)(?!\d)(?::(?P<second>[0-5]\d))?)?[ ]?(?P<ampm>{_AMPM})"
    r"|(?P<hour24>2[0-4]|1\d|0?\d):(?P<minute24>[0-5]\d)(?![\d.])(?::(?P<second24>[0-5]\d))?(?![\d:])(?:[ ]?hours)?)"
)
_MONTH_FIRST = re.compile(
    rf"{_MON}[ ]{_EN_DAY}(?!,?[ ]?\d{{1,3}}[ ](?:million|billion))(?:(?:,[ ]?|[ ](?:of[ ]|in[ ])?){_EN_YEAR})?"
)
_MONTH_WORD = re.compile(rf"{_MON}[ ](?:the[ ])?{_DAY_WORD}(?:,?[ ]{_EN_YEAR})?")
_WORD_MONTH = re.compile(rf"{_DAY_WORD}[ ]of[ ]{_MON}(?:,?[ ](?:of[ ]|in[ ])?{_EN_YEAR})?")
_DAY_FIRST = re.compile(rf"{_EN_DAY}[ ](?:of[ ])?{_MON}(?:,?[ ](?:of[ ]|in[ ])?{_EN_YEAR})?")
_MONTH_YEAR = re.compile(
    rf"{_MON},?[ -](?:of[ ])?{_EN_YEAR}|{_EN_YEAR}[ -]{_MON.replace('mon>', 'mon2>')}".replace(
        "(?P<year>", "(?P<year>", 1
    ).replace("|(?P<year>", "|(?P<year2>")
)
_MONTH_ONLY = re.compile(_MON)
_ORDINAL_QUARTER = r"(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th|1q|2q|3q|4q)"
_OF_YEAR = r"(?:(?:[ ]of|,|[ ]in)?[ ](?:(?:the[ ])?(?P<fiscal>fiscal(?:[ ]year)?|fy)[ ]?)?(?P<year>(?:19|20)\d\d)(?![\d%]|,\d|\.\d)|[ ]of[ ](?P<rel>this|last|next)[ ]year)?"
_EN_QUARTER = re.compile(
    rf"(?:(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)(?:[ ]|-)(?:fiscal[ ]|calendar[ ])?quarter(?![a-z]){_OF_YEAR}"
    rf"|q(?P<q>[1-4])(?![a-z\d]){_OF_YEAR.replace('fiscal>', 'fiscal2>').replace('year>', 'year2>').replace('rel>', 'rel2>')}"
    r"|(?P<q3>[1-4])q(?P<year3>\d\d(?:\d\d)?)?(?![a-z\d])"
    r"|(?P<year4>(?:19|20)\d\d)[ -]?q(?P<q4>[1-4])(?![a-z\d]))"
)
_EN_HALF = re.compile(
    r"(?:(?P<nth>first|second|1st|2nd)[ -]half(?![a-z]|-time|'s)"
    r"(?![ ]of[ ](?!(?:the[ ])?(?:fiscal|fy|year|\d{4})|this[ ]year|last[ ]year|next[ ]year))"
    rf"{_OF_YEAR}|h(?P<h>[12])(?![a-z\d])"
    rf"{_OF_YEAR.replace('fiscal>', 'fiscal2>').replace('year>', 'year2>').replace('rel>', 'rel2>')})"
)
_FISCAL = re.compile(
    r"(?:fiscal(?:[ ]year)?|financial[ ]year|fy)[ -]?(?:(?P<year>(?:19|20)\d\d)|'?(?P<short>\d\d)(?!\d))(?:[/-](?P<to>\d\d(?:\d\d)?))?(?![\d%])"
)
_EN_DECADE = re.compile(
    r"(?P<edge>(?:early|late|mid)[ -])?(?:the[ ])?(?P<decade>(?:1[5-9]|20)\d0)'?s(?![a-z])"
)
_EDGE_YEAR = re.compile(
    r"(?P<edge>(?:the[ ])?(?:end|close|start|beginning|middle)[ ]of[ ](?:the[ ]year[ ])?|end-|mid-|(?:early|late|mid)[ -](?:in[ ])?)(?P<year>(?:19|20)\d\d)(?![\d%]|,\d|\.\d)(?!s)"
)
_EDGE_MONTH = re.compile(
    rf"(?P<edge>(?:end|start|beginning|middle)[ ]of[ ]|end-|mid-|(?:early|late|mid)[ -])(?:in[ ])?{_MON}(?![ ]\d{{1,2}}(?!\d))(?:[ ]{_EN_YEAR})?"
)
_EDGE_RELATIVE = re.compile(
    r"(?P<edge>end|close|start|beginning|middle|turn)[ ]of[ ](?:the[ ]|this[ ])(?P<what>decade|century|year|month|quarter)(?![a-z])|(?P<yearend>year-end|year[ ]end)(?![a-z])"
)
_RELATIVE_EN = re.compile(
    rf"(?P<rel>{_any(_EN_RELATIVE)})(?![a-z])(?!'s[ ](?:most|best|largest|biggest))"
)
_WEEKDAY_EN = re.compile(
    r"(?:(?:last|next|this|on)[ ])?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?![a-z])|(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\.?(?=,? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d))"
)
_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_JOIN_EN = re.compile(r"[ ]?(?:-{1,2}|~)[ ]?|[ ](?:to|through|until|till|and)[ ]")
_SLASH = re.compile(r"(?P<a>[0-3]?\d)/(?P<b>[0-3]?\d)(?:/(?P<year>(?:19|20)\d\d))(?![\d/])")
_EN_YEAR_SPAN = re.compile(
    r"(?P<first>(?:19|20)\d\d)[ ]?(?:-|/)[ ]?(?P<second>(?:19|20)\d\d|\d\d)(?![\d%.,/-]\d|\d)"
)


def read_date_en(text: str, at: int, cased: str) -> DateMatch | None:
    """The English date, interval or day of the week that begins at ``at``."""
    first = _read_en(text, at, cased)
    if first is None or not first.stated:
        return first
    join = _JOIN_EN.match(text, first.end)
    if join is not None and first.second is None:
        between = join.group().strip() == "and"
        allowed = not between or text[max(0, at - 8) : at].endswith("between ")
        second = _read_en(text, join.end(), cased) if allowed else None
        if second is None and allowed:
            second = _day_only_en(text, join.end(), first.moment)
        if (
            second is not None
            and second.stated
            and second.second is None
            and _continues(first.moment, second.moment)
        ):
            begin, finish = first.moment, _filled(second.moment, first.moment)
            if begin.year is None and finish.year is not None and begin.shift is None:
                begin = replace(begin, year=finish.year)
            if begin.clock and begin.zone is None and finish.zone:
                begin = replace(begin, zone=finish.zone)
            parts = ((at, first.end), (second.start, second.end))
            return DateMatch(at, second.end, begin, finish, parts=parts)
    return first


def _day_only_en(text: str, at: int, first: Moment) -> DateMatch | None:
    if first.day is None or first.clock is not None:
        return None
    match = re.compile(
        rf"{_EN_DAY}(?:,[ ]{_EN_YEAR})?(?![ ]?(?:million|billion|people|percent|bps?))"
    ).match(text, at)
    if match is None:
        return None
    year = int(match["year"]) if match["year"] else None
    return DateMatch(at, match.end(), Moment(year, first.month, int(match["day"])))


def _read_en(text: str, at: int, cased: str) -> DateMatch | None:
    if at >= len(text):
        return None
    character = text[at]
    if "0" <= character <= "9":
        return _read_en_digit(text, at)
    match = _WEEKDAY_EN.match(text, at)
    if match is not None and cased[at : at + 1] != text[at : at + 1]:
        comma = re.compile(r",? ").match(text, match.end())
        dated = _read_en(text, comma.end(), cased) if comma and comma.end() < len(text) else None
        if dated is not None and dated.stated and dated.moment.day is not None:
            return replace(dated, start=dated.start)
        return DateMatch(at, match.end(), Moment(), stated=False)
    for pattern, build in _EN_READERS:
        match = pattern.match(text, at)
        if match is not None:
            found = build(match)
            if found is not None:
                return _with_clock_en(text, DateMatch(at, match.end(), found))
    match = _MONTH_ONLY.match(text, at)
    if match is not None:
        name = match["mon"]
        if cased[at : at + 1] == text[at : at + 1]:
            return None
        if cased[at : at + 3].isupper() and len(name) == 3:
            return None  # APR, DEC: an abbreviation of something else
        end = match.end()
        if text[end - 1] == "." and len(name) > 4:
            end -= 1
        if name in ("may", "march", "mar", "dec", "sun", "sep", "jan", "jun", "august") and not (
            _month_context(text, at, end)
        ):
            return None
        return DateMatch(at, end, Moment(month=_EN_MONTHS[name]))
    return None


def _month_context(text: str, at: int, end: int) -> bool:
    before = text[max(0, at - 12) : at].rstrip().rpartition(" ")[2]
    after = text[end : end + 12]
    name = text[at:end].rstrip(".")
    prepositions = [
        "in",
        "since",
        "by",
        "last",
        "this",
        "next",
        "of",
        "until",
        "till",
        "from",
        "to",
        "late",
        "early",
        "mid",
        "for",
        "during",
        "through",
        "between",
        "after",
        "before",
        "and",
        "every",
        "each",
        "early-",
    ]
    if before in prepositions:
        return name != "may" or not re.match(r" (?:be|have|not|also|well)(?![a-z])", after)
    return name in ("august", "sep", "jan", "dec", "jun") and not re.match(r" [a-z]", after)


def _read_en_digit(text: str, at: int) -> DateMatch | None:
    match = _ISO.match(text, at)
    if match is not None:
        found = _checked(int(match["year"]), int(match["month"]), int(match["day"]))
        end = match.end()
        if found is not None:
            clock = _EN_CLOCK.match(text, end)
            if clock is not None:
                return _with_clock_en(text, DateMatch(at, end, found))
            end = end - 1 if text[end - 1] in "t " else end
            return DateMatch(at, end, found)
    match = _DAY_FIRST.match(text, at)
    if match is not None:
        year = int(match["year"]) if match["year"] else None
        found = _checked(year, _EN_MONTHS[match["mon"]], int(match["day"]))
        if found is not None:
            end = match.end()
            return _with_clock_en(text, DateMatch(at, end, found))
    match = _EN_DECADE.match(text, at)
    if match is not None:
        return DateMatch(at, match.end(), Moment(decade=f"{match['decade'][:3]}X"))
    match = _EN_QUARTER.match(text, at)
    if match is not None:
        found = _quarter_en(match)
        return DateMatch(at, match.end(), found) if found else None
    match = _MONTH_YEAR.match(text, at)
    if match is not None and match["year2"]:
        moment = Moment(int(match["year2"]), _EN_MONTHS[match["mon2"]])
        return DateMatch(at, match.end(), moment)
    match = _YEAR_MONTH.match(text, at)
    if match is not None:
        return DateMatch(at, match.end(), Moment(int(match["year"]), int(match["month"])))
    match = _EN_YEAR_SPAN.match(text, at)
    if match is not None:
        first, printed = int(match["first"]), match["second"]
        second = int(printed) if len(printed) == 4 else first // 100 * 100 + int(printed)
        if first < second < first + 60:
            parts = (match.span("first"), match.span("second"))
            return DateMatch(at, match.end(), Moment(first), Moment(second), parts=parts)
    match = _SLASH.match(text, at)
    if match is not None:
        a, b = int(match["a"]), int(match["b"])
        month, day = (a, b) if 1 <= a <= 12 else (b, a)
        found = _checked(int(match["year"]), month, day) if 1 <= month <= 12 and day else None
        return _with_clock_en(text, DateMatch(at, match.end(), found)) if found else None
    clock = _EN_CLOCK.match(text, at)
    if clock is not None:
        return _clock_en(text, clock)
    return None


def _clock_text(match: re.Match[str]) -> str | None:
    if match["hour24"] is not None:
        hour, minute, second = int(match["hour24"]), match["minute24"], match["second24"]
        return f"{hour:02}:{minute}" + (f":{second}" if second else "")
    hour = int(match["hour"])
    if not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if match["ampm"][0] == "p" else 0)
    return f"{hour:02}:{match['minute'] or '00'}" + (
        f":{match['second']}" if match["second"] else ""
    )


_PLACES = {"beijing": "+08:00", "hong kong": "+08:00", "singapore": "+08:00", "tokyo": "+09:00"}
_ZONE_BETWEEN = re.compile(
    rf"[ ]?[(]?(?:(?:utc|gmt)(?:[ ]?[+-][ ]?\d{{1,2}}(?::?[0-5]\d)?)?|(?:{_any(_EN_ZONES)}|et|pt|ct)(?![a-z])"
    rf"|(?P<place>{_any(_PLACES)}|local|eastern|new york|london|moscow|u\.s\. eastern)[ ](?:standard[ ])?time)[)]?"
)


def _clock_en(text: str, match: re.Match[str]) -> DateMatch | None:
    clock = _clock_text(match)
    if clock is None:
        return None
    zone = _zone(text, match.start(), match.end())
    end = match.end()
    after_zone = _ZONE_BETWEEN.match(text, end)
    if zone is None and after_zone is not None and after_zone["place"]:
        zone = _PLACES.get(after_zone["place"])
    on = re.compile(r",?[ ](?:on[ ])?").match(text, after_zone.end() if after_zone else end)
    if on is not None and on.end() < len(text):
        for pattern in (_MONTH_FIRST, _DAY_FIRST):
            day = pattern.match(text, on.end())
            if day is not None:
                moment = _dated_en(day)
                if moment is not None:
                    stop = day.end()
                    zone = zone or _zone(text, match.start(), stop)
                    return DateMatch(match.start(), stop, replace(moment, clock=clock, zone=zone))
    return DateMatch(match.start(), end, Moment(clock=clock, zone=zone))


def _with_clock_en(text: str, found: DateMatch) -> DateMatch:
    if found.moment.day is None:
        return found
    gap = re.compile(r"(?:,|[ ]at|,[ ]at)?[ ]?(?:at[ ])?").match(text, found.end)
    start = gap.end() if gap else found.end
    match = _EN_CLOCK.match(text, start) if start > found.end or text[start - 1] == "t" else None
    clock = _clock_text(match) if match else None
    if match is None or clock is None:
        return found
    zone = _zone(text, found.start, match.end())
    return replace(found, end=match.end(), moment=replace(found.moment, clock=clock, zone=zone))


def _dated_en(match: re.Match[str]) -> Moment | None:
    year = int(match["year"]) if match["year"] else None
    return _checked(year, _EN_MONTHS[match["mon"]], int(match["day"]))


def _month_year_en(match: re.Match[str]) -> Moment | None:
    if match["year2"]:
        return Moment(int(match["year2"]), _EN_MONTHS[match["mon2"]])
    return Moment(int(match["year"]), _EN_MONTHS[match["mon"]])


_WHICH = {"this": 0, "last": -1, "next": 1}


def _quarter_en(match: re.Match[str]) -> Moment | None:
    group = match.groupdict()
    quarter = _NTH.get(group["nth"] or "") or int(group["q"] or group["q3"] or group["q4"])
    year = group["year"] or group["year2"] or group["year3"] or group["year4"]
    which = group["rel"] or group["rel2"]
    return Moment(
        _year(year) if year else None,
        quarter=quarter,
        fiscal=bool(group["fiscal"] or group["fiscal2"]),
        shift=("year", _WHICH[which]) if which else None,
    )


def _half_en(match: re.Match[str]) -> Moment | None:
    group = match.groupdict()
    year = group["year"] or group["year2"]
    which = group["rel"] or group["rel2"]
    return Moment(
        _year(year) if year else None,
        half=_NTH.get(group["nth"] or "") or int(group["h"]),
        fiscal=bool(group["fiscal"] or group["fiscal2"]),
        shift=("year", _WHICH[which]) if which else None,
    )


def _edge_en(word: str) -> str:
    word = word.strip(" -").removeprefix("the ")
    if word.startswith(("end", "close")):
        return "end"
    if word.startswith(("start", "begin", "early", "turn")):
        return "start"
    return "late" if word.startswith("late") else "mid"


def _edge_year_en(match: re.Match[str]) -> Moment:
    return Moment(int(match["year"]), edge=_edge_en(match["edge"]))


def _edge_month_en(match: re.Match[str]) -> Moment:
    year = int(match["year"]) if match["year"] else None
    return Moment(year, _EN_MONTHS[match["mon"]], edge=_edge_en(match["edge"]))


def _edge_relative_en(match: re.Match[str]) -> Moment:
    if match["yearend"]:
        return Moment(shift=("year", 0), edge="end")
    what = match["what"]
    return Moment(shift=(what, 0), edge=_edge_en(match["edge"]))


def _fiscal_en(match: re.Match[str]) -> Moment:
    year = _year(match["to"]) if match["to"] else _year(match["year"] or match["short"])
    return Moment(year, fiscal=True)


def _worded_en(match: re.Match[str]) -> Moment | None:
    year = int(match["year"]) if match["year"] else None
    return _checked(year, _EN_MONTHS[match["mon"]], _DAY_WORDS[match["dayword"]])


_MONTH_THIS_YEAR = re.compile(rf"{_MON},?[ ](?:of[ ])?(?P<which>this|last|next)[ ]year(?![a-z])")


def _month_this_year(match: re.Match[str]) -> Moment:
    return Moment(month=_EN_MONTHS[match["mon"]], shift=("year", _WHICH[match["which"]]))


_EN_READERS = (
    (_MONTH_THIS_YEAR, _month_this_year),
    (_MONTH_FIRST, _dated_en),
    (_MONTH_WORD, _worded_en),
    (_WORD_MONTH, _worded_en),
    (_MONTH_YEAR, _month_year_en),
    (_EN_QUARTER, _quarter_en),
    (_EN_HALF, _half_en),
    (_FISCAL, _fiscal_en),
    (_EDGE_YEAR, _edge_year_en),
    (_EDGE_MONTH, _edge_month_en),
    (_EDGE_RELATIVE, _edge_relative_en),
    (_RELATIVE_EN, lambda m: Moment(shift=_EN_RELATIVE[m["rel"]])),
)


# Resolution ------------------------------------------------------------------------------


def period_of(
    found: DateMatch, reference: date | None, context: Moment | None, *, future: bool = False
) -> str:
    """The ISO 8601 (EDTF) period of a date found.

    Args:
        found: The date as stated.
        reference: The day the text was published, if known.
        context: The explicit date before it in the sentence, if any.
        future: Whether the sentence looks ahead (将, will).
    """
    start, second = found.moment, found.second
    if second is not None and start.year is None and start.shift is None and start.month:
        # 1-10月: the end tells which year is meant.
        if second.year is None and second.shift is None and second.month:
            last = resolve(second, reference, context, future=future)
            if last.year is not None:
                start = replace(start, year=last.year - (start.month > second.month))
    first = resolve(start, reference, context, future=future)
    if second is None:
        return _written(first)
    if first.clock is not None and first.zone is None:
        first = replace(first, zone=second.zone)
    if second.year is None and second.shift is None and first.year is not None:
        second = _filled(second, first)
    second = resolve(second, reference, first, future=future)
    begin, finish = _written(first), _written(second)
    return begin if begin == finish else f"{begin}/{finish}"


def resolve(
    moment: Moment, reference: date | None, context: Moment | None, *, future: bool = False
) -> Moment:
    """``moment`` with the year, month and day that its surroundings imply."""
    if moment.shift is not None:
        return _shifted(moment, reference)
    if moment.year is not None or moment.decade is not None:
        return moment
    if moment.month is None and moment.quarter is None and moment.half is None:
        if moment.months is None and moment.day is None:
            return moment
        if moment.day is not None:
            return _nearest_day(moment, reference, context)
    month = moment.month or (moment.quarter or 0) * 3 or (moment.half or 0) * 6
    if moment.months is not None:
        month = moment.months[1]
    known = context is not None and (reference is None or context.month is not None)
    if known and context is not None and context.year is not None and not context.fiscal:
        return replace(moment, year=context.year)
    if reference is None:
        return moment
    ahead = month - reference.month
    limit = 6 if future else 3
    behind = -5 if future else -8
    year = reference.year
    if ahead > limit:
        year -= 1
    elif ahead < behind:
        year += 1
    if moment.months is not None and year == reference.year and ahead > 0:
        year -= 1
    return replace(moment, year=year)


def _nearest_day(moment: Moment, reference: date | None, context: Moment | None) -> Moment:
    if context is not None and context.month is not None:
        return replace(moment, year=context.year, month=context.month)
    if reference is None or moment.day is None:
        return moment
    year, month = reference.year, reference.month
    if moment.day > reference.day + 3:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return replace(moment, year=year, month=month)


def _shifted(moment: Moment, reference: date | None) -> Moment:
    if moment.shift is None:
        return moment
    unit, shift = moment.shift
    if reference is None:
        if unit == "decade":
            return replace(moment, decade="XXXX")
        return moment
    if unit == "year":
        return replace(moment, year=reference.year + shift, shift=None)
    if unit == "month":
        number = reference.year * 12 + reference.month - 1 + shift
        return replace(moment, year=number // 12, month=number % 12 + 1, shift=None)
    if unit == "quarter":
        number = reference.year * 4 + (reference.month - 1) // 3 + shift
        return replace(moment, year=number // 4, quarter=number % 4 + 1, shift=None)
    if unit == "day":
        try:
            day = reference + timedelta(days=shift)
        except OverflowError:
            return moment
        return replace(moment, year=day.year, month=day.month, day=day.day, shift=None)
    width = 3 if unit == "decade" else 2
    decade = f"{reference.year:04}"[:width].ljust(4, "X")
    return replace(moment, decade=decade, shift=None)


def _written(moment: Moment) -> str:
    day = _written_day(moment)
    if moment.clock is None:
        return day
    zone = moment.zone or ""
    return f"{day}T{moment.clock}{zone}" if day != "XXXX" else f"T{moment.clock}{zone}"


def _written_day(moment: Moment) -> str:
    if moment.decade is not None:
        if moment.edge == "end":
            return moment.decade.replace("X", "9").replace("9999", "XXX9") + "-12-31"
        return moment.decade
    year = f"{moment.year:04}" if moment.year is not None else "XXXX"
    end = moment.edge == "end"
    if moment.fiscal:
        year = f"FY{year}"
    if moment.months is not None:
        return f"{year}-{moment.months[0]:02}/{year}-{moment.months[1]:02}"
    if moment.day is not None:
        month = f"{moment.month:02}" if moment.month is not None else "XX"
        return f"{year}-{month}-{moment.day:02}"
    if moment.month is not None:
        if end:
            return f"{year}-{moment.month:02}-{monthrange(moment.year or 2023, moment.month)[1]:02}"
        return f"{year}-{moment.month:02}"
    if moment.quarter is not None:
        if end and moment.year is not None:
            last = moment.quarter * 3
            return f"{year}-{last:02}-{monthrange(moment.year, last)[1]:02}"
        return f"{year}-Q{moment.quarter}"
    if moment.season is not None:
        return f"{year}-{moment.season}"
    if moment.half is not None:
        return f"{year}-H{moment.half}"
    if end and not moment.fiscal:
        return f"{year}-12-31"
    return year
