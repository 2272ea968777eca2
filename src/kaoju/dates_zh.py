"""Chinese dates: 2025年11月5日, 今年7月30日, 1-10月, 三季度末, 上世纪90年代, 上午9时.

Days of the week and pointers such as 本周 are recognised, so that nothing else misreads
them, and marked as not stated.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kaoju.date_stretches import stretched_zh, two_months_zh
from kaoju.dates import (
    ZH,
    ZH_ZONES,
    DateMatch,
    Moment,
    any_name,
    checked,
    continues,
    filled,
    full_year,
    small_number,
    zone_of,
)
from kaoju.lexicon import words
from kaoju.numeral_words import HAN_DIGITS

_ZH_YEARS: dict[str, int] = dict(ZH["years"])
_ZH_MONTHS: dict[str, int] = dict(ZH["months"])
_ZH_DAYS: dict[str, int] = dict(ZH["days"])
_ZH_QUARTERS: dict[str, int] = dict(ZH["quarters"])
_DAYPARTS: dict[str, int] = dict(ZH["dayparts"])
POINTERS = words("dates", "zh", "pointers", "words")
_POINTER = re.compile(any_name(POINTERS))
_D = "".join(c for c in HAN_DIGITS if c not in "两俩")
_YEAR = (
    rf"(?P<year>(?:1[5-9]|20|21)\d\d|[一二][{_D}]{{3}}|0\d(?=[ ]?年)|[2-9]\d(?=[ ]?年[ "
    rf"]?\d{{1,2}}[ ]?月))"
)
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]|十|[一二三四五六七八九])(?!\d)"
_DAY = (
    r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|"
    r"廿[一二三四五六七八九]?|初?[一二三四五六七八九])"
)
_CLOCK = (
    rf"(?:[ ]?(?P<part>{any_name(_DAYPARTS)})?[ ]?(?P<hour>2[0-4]|1\d|0?\d|二十[一二三四]?|"
    r"十[一二三四五六七八九]?"
    rf"|[零一二三四五六七八九])(?:[ ]?(?P<mark>时|点钟|点|:)(?!\d{{3}})[ ]?(?:(?P<minute>[0-5]\d|"
    r"[一二三四五]?十[一二三四五六七八九]?|[一二三四五六七八九])(?![\d%.])[ ]?"
    r"(?P<fen>分(?!之|钟|前|后))?(?::(?P<second>[0-5]\d)|(?P<sec2>[0-5]?\d)秒)?|(?P<halfhour>半)|("
    r"?P<ke>[一三])刻|整)?))"
)
_ZH_DATE = re.compile(
    rf"(?:(?P<rel>{any_name(_ZH_YEARS)})|{_YEAR}[ ]?(?P<nian>年度|年|财年))?[ ]?(?:的)?(?:"
    rf"(?P<month>{_MONTH})[ ]?月(?!球|饼|亮|光|薪|租|供|活|嫂|度)(?:份)?(?:[ ]?(?P<day>{_DAY})[ ]?("
    r"?P<ri>[日号])(?!元|圆)|[ ]?(?P<medge>月?[末底初]|中旬|上旬|下旬|中(?=[,，。、旬]))(?!期|始))?"
    r"|第?(?P<quarter>[一二三四1-4])[ ]?(?:个)?季度?(?!度?业?报告[^,，。]{0,0}$)("
    r"?P<qedge>[末初])?(?=度|"
    r"[末初,，。的及和至到]|[^\u4e00-\u9fff]|[^度]|$)"
    r"|(?<!提)[前首头][ ]?(?P<firstq>[二两三23])[ ]?个?季度?|(?P<opening>头[一1]个?季度|首季度?)"
    r"|(?<!提)[前首头][ ]?(?P<firstm>1[01]|[1-9]|十一|十|[两二三四五六七八九])[ ]?个?月(?!球)"
    r"|的?最后[ ]?(?:(?P<lastq>一?个?季度?)|(?P<lastm>[二两三四五六2-6])[ ]?个月)"
    r"|(?P<endq>末季度?)"
    r"|(?P<half>上半年|下半年|前半年|后半年|头半年|上半(?![场身部决])|下半(?![场身部决]))"
    r"|(?P<season>[春夏秋冬])[天季](?!节|赛|运|晚)"
    r"|(?P<yedge>年末|年底|年初|年中|末|底|初(?![期始步]))"
    r")?"
)
_RELATIVE_ZH = re.compile(
    rf"(?P<month>{any_name(_ZH_MONTHS)})(?:[ ]?(?P<day>{_DAY})[ ]?[日号]|(?P<edge>[末底初]|中旬))?"
    rf"|(?P<quarter>{any_name(_ZH_QUARTERS)})|(?P<days>{any_name(_ZH_DAYS)})(?!头条|之后》)"
)
_DECADE_ZH = re.compile(
    r"(?:(?P<last>上(?:个)?世纪)|(?P<own>本世纪)|(?P<century>1[5-9]|2[01]|二十|十[五六七八九]|"
    r"二十一)[ ]?世纪)[ ]?"
    rf"(?P<tens>\d0|[{_D}]十|[{_D}]0)[ ]?年代(?P<edge>[末初]|中期|后期|初期)?"
    r"|(?P<full>(?:1[5-9]|20)\d0)[ ]?年代(?P<edge2>[末初]|中期|后期|初期)?"
    r"|(?P<short>[2-9]0|[二三四五六七八九]十)年代(?P<edge3>[末初]|中期|后期|初期)?"
    r"|(?P<thisdec>本十年|这个十年|这一个?十年)(?P<edge4>末|底|初)?"
    r"|(?P<whole>上(?:个)?世纪|本世纪)(?P<edge5>末|初|中叶)"
    r"|(?P<cent>1[5-9]|2[01]|二十一|二十|十[五六七八九])[ ]?世纪(?P<edge6>末|初|中叶)?"
)
_BARE_DAY = re.compile(
    r"(?P<day>3[01]|[12]\d|[1-9])[ ]?[日号](?![元圆本均线内游间后前以之年利文令公楼院机店门风])"
)
ISO = re.compile(
    r"(?P<year>(?:1[5-9]|20|21)\d\d)(?P<sep>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=sep)("
    r"?P<day>3[01]|[12]\d|0?[1-9])(?![\d])(?:t|[ ]?(?=\d\d:))?"
)
YEAR_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>1[0-2]|0[1-9])(?![\d-])")
_WEEKDAY_ZH = re.compile(r"(?:本|上|下|这|每|逢)?(?:周|星期|礼拜)[一二三四五六日天末](?!期)")
_CLOCK_RE = re.compile(_CLOCK)
_JOIN_ZH = re.compile(r"[ ]?(?:-{1,2}|~|至|到|—|直至)[ ]?")


def read_date_zh(text: str, at: int) -> DateMatch | None:
    """The Chinese date, interval or calendar pointer that begins at ``at``."""
    first = _two_months(text, at) or _republic(text, at) or _read_zh(text, at)
    if first is None:
        return _month_span_zh(text, at)
    if not first.stated:
        return first
    stretch = stretched_zh(text, first)
    if stretch is not None:
        return stretch
    join = _JOIN_ZH.match(text, first.end)
    if join is not None:
        second = _read_zh(text, join.end())
        if second is None or not continues(first.moment, second.moment):
            second = _day_only(text, join.end(), first.moment)
        if second is not None and second.stated and continues(first.moment, second.moment):
            return DateMatch(
                at,
                second.end,
                first.moment,
                filled(second.moment, first.moment),
                parts=((at, first.end), (second.start, second.end)),
            )
    return first


_YEAR_HEAD = re.compile(rf"(?:(?P<rel>{any_name(_ZH_YEARS)})|{_YEAR}[ ]?年)[ ]?的?")


def _two_months(text: str, at: int) -> DateMatch | None:
    """Two months in a row told as one stretch, with their year: 今年1、2月."""
    head = _YEAR_HEAD.match(text, at)
    if head is None:
        return two_months_zh(text, at, Moment())
    found = two_months_zh(text, head.end(), _base(head))
    if found is None:
        return None
    parts = (at, found.parts[0][1]), found.parts[1]
    apart = ((at, found.apart[0][1]), found.apart[1]) if found.apart else ()
    return replace(found, start=at, parts=parts, apart=apart)


_REPUBLIC = re.compile(
    rf"(?P<year>\d{{2,3}})[ ]?年(?:度)?"
    rf"(?:[ ]?(?P<month>{_MONTH})[ ]?月(?:[ ]?(?P<day>{_DAY})[ ]?[日号])?)?"
)


def _republic(text: str, at: int) -> DateMatch | None:
    """民国114年, as Taiwan counts: 2025."""
    if at < 2 or not text.startswith("民国", at - 2):
        return None
    match = _REPUBLIC.match(text, at)
    if match is None:
        return None
    year = 1911 + int(match["year"])
    month = small_number(match["month"]) if match["month"] else None
    if match["day"] is None or month is None:
        return DateMatch(at, match.end(), Moment(year, month))
    day = checked(year, month, small_number(match["day"]))
    return DateMatch(at, match.end(), day) if day else None


def _day_only(text: str, at: int, first: Moment) -> DateMatch | None:
    """The 8日 of 11月5日至8日, and the 18:00 of 16:00-18:00."""
    if first.clock is not None:
        return _clock_only(text, at)
    if first.day is None:
        return None
    match = re.compile(rf"(?P<day>{_DAY})[ ]?[日号]").match(text, at)
    if match is None:
        return None
    return DateMatch(
        at, match.end(), Moment(month=first.month, day=small_number(match.group("day")))
    )


_MONTH_SPAN = re.compile(
    rf"(?:(?P<rel>{any_name(_ZH_YEARS)})|{_YEAR}[ ]?年)?[ ]?(?P<first>{_MONTH})[ ]?月?[ ]?("
    rf"?:-{{1,2}}|~|至|到)[ ]?"
    rf"(?P<second>{_MONTH})[ ]?月(?!球|饼|份)"
)
_YEAR_SPAN = re.compile(
    r"(?P<first>(?:1[5-9]|20|21)\d\d)[ ]?(?:年)?[ ]?(?:-{1,2}|~|至|到)[ ]?(?P<second>(?:1[5-9]|20|"
    r"21)\d\d)[ ]?(?P<nian>年度|年|财年)"
)
_FISCAL_SPAN = re.compile(r"20\d\d[/-](?P<second>20\d\d|\d\d)[ ]?财年")
_DAY_SPAN = re.compile(
    rf"(?:(?P<rel>{any_name(_ZH_YEARS)})|{_YEAR}[ ]?年)?[ ]?(?:(?P<month>{_MONTH})[ ]?月[ ]?)"
    rf"(?P<first>{_DAY})[ ]?(?:[日号])?[ ]?(?:-{{1,2}}|~|至|到|、|和)[ ]?(?P<second>{_DAY})[ "
    r"]?[日号](?!元)"
)


def _month_span_zh(text: str, at: int) -> DateMatch | None:
    match = _FISCAL_SPAN.match(text, at)
    if match is not None:
        year = full_year(match["second"])
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
        month = small_number(match.group("month"))
        first = replace(base, month=month, day=small_number(match.group("first")))
        second = replace(base, month=month, day=small_number(match.group("second")))
        return DateMatch(at, match.end(), first, second)
    match = _MONTH_SPAN.match(text, at)
    if match is None:
        return None
    base = _base(match)
    first = replace(base, month=small_number(match.group("first")))
    second = filled(Moment(month=small_number(match.group("second"))), first)
    return DateMatch(at, match.end(), first, second)


def _base(match: re.Match[str]) -> Moment:
    if match.group("rel") is not None:
        return Moment(shift=("year", _ZH_YEARS[match.group("rel")]))
    return Moment(year=full_year(match.group("year"))) if match.group("year") else Moment()


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
    iso = ISO.match(text, at)
    if iso is not None:
        found = checked(int(iso["year"]), int(iso["month"]), int(iso["day"]))
        return _with_clock(text, DateMatch(at, iso.end(), found), at) if found else None
    match = _ZH_DATE.match(text, at)
    if match is not None and match.end() > at:
        found = _moment_zh(text, match)
        if found is not None:
            end = match.end()
            while text[end - 1] in "的 ":
                end -= 1
            return _with_clock(text, DateMatch(at, end, found), at)
    month_only = YEAR_MONTH.match(text, at)
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


def _moment_zh(text: str, match: re.Match[str]) -> Moment | None:
    base = _base(match)
    dated = base.year is not None or base.shift is not None
    if match.group("nian") == "财年":
        base = replace(base, fiscal=True)
    if match.group("month") is not None:
        month = small_number(match.group("month"))
        if not 1 <= month <= 12:
            return None
        if match.group("day") is not None:
            day = checked(base.year, month, small_number(match.group("day")))
            return replace(base, month=month, day=day.day) if day else None
        edge = match.group("medge")
        return replace(base, month=month, edge=_edge(edge))
    if match.group("quarter") is not None:
        if "季" not in match.group():
            return None
        printed = match.group()
        if not dated and "季度" not in printed and not _SEASON_OF_BOOKS.match(text, match.end()):
            return None
        return replace(
            base, quarter=small_number(match.group("quarter")), edge=_edge(match["qedge"])
        )
    if match.group("opening") is not None:
        if (
            not dated
            and "度" not in match["opening"]
            and not _SEASON_OF_BOOKS.match(match.string, match.end())
        ):
            return None
        return replace(base, quarter=1)
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
        return replace(base, months=(1, 2 if word == "两" else small_number(word)))
    if match.group("lastq") is not None or match.group("endq") is not None:
        return replace(base, quarter=4) if dated else None
    if match.group("lastm") is not None:
        last = {"二": 2, "两": 2}.get(match["lastm"]) or small_number(match["lastm"])
        return replace(base, months=(13 - last, 12)) if dated else None
    if match.group("half") is not None:
        if not dated and not match.group("half").endswith("年"):
            return None
        return replace(base, half=1 if match.group("half")[0] in "上前头" else 2)
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
    r"[末初]?(?:[,，。、;；)]|$|毛利|每股|税后|营业|"
    r"营益|合并|eps|财测|业绩|财报|营收|净利|利润|盈利|经济|gdp|收入|出口|销售|[ ]?("
    r"?:同比|环比))"
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
        day = small_number(match["day"]) if match["day"] else None
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
        century = (
            19 if group["last"] else 20 if group["own"] else small_number(group["century"]) - 1
        )
        decade = f"{century * 10 + small_number(group['tens']) // 10}X"
    elif group["full"]:
        decade = f"{group['full'][:3]}X"
    elif group["short"]:
        tens = small_number(group["short"]) // 10
        decade = f"{(19 if tens >= 3 else 20) * 10 + tens}X"
    elif group["thisdec"]:
        return DateMatch(at, match.end(), Moment(shift=("decade", 0), edge="end" if end else None))
    elif group["whole"]:
        decade = "19XX" if group["whole"][0] == "上" else "20XX"
    else:
        decade = f"{small_number(group['cent']) - 1}XX"
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
    moment = Moment(clock=clock, zone=zone_of(text, at, match.end()))
    return DateMatch(at, match.end(), moment)


def _clock(match: re.Match[str]) -> str | None:
    hour = small_number(match["hour"])
    minute = small_number(match["minute"]) if match["minute"] else 0
    if match["halfhour"]:
        minute = 30
    if match["ke"]:
        minute = 15 * small_number(match["ke"])
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
    zone_named = re.compile(rf"({any_name(ZH_ZONES)})").search(text, found.end, start)
    clock = _clock(match)
    if clock is None:
        return found
    zone = zone_of(text, found.start, match.end()) or (
        ZH_ZONES[zone_named.group()] if zone_named else None
    )
    return replace(found, end=match.end(), moment=replace(found.moment, clock=clock, zone=zone))
