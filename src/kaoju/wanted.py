"""The value that answers: a figure, date, person, organisation or place of a sentence.

Which of several stands nearest to what was asked decides, after what cannot be meant is
left out: the question's own figures and names, a date where money is wanted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kaoju.roles_asked import asked_roles, bears
from kaoju.text import fold, has_han
from kaoju.types import (
    Dimension,
    EntityKind,
    Figure,
    Language,
    Mention,
    Qualifier,
    Query,
    Relation,
    Span,
    Value,
    Wanted,
)

if TYPE_CHECKING:
    from kaoju.asked import Asked
    from kaoju.evidence import Candidate
    from kaoju.store import Store

VALUED = frozenset({Wanted.FIGURE, Wanted.DATE, Wanted.PERSON, Wanted.ORGANISATION, Wanted.PLACE})
STATED = frozenset({Wanted.FIGURE, Wanted.DATE})  # a figure answers, not a name
_TIMES = frozenset({Dimension.DATE, Dimension.TIME})
# What may answer where a dimension is wanted, best first.
_ACCEPTED: dict[Dimension, tuple[Dimension, ...]] = {
    Dimension.PERCENT: (Dimension.PERCENT, Dimension.RATIO, Dimension.MULTIPLE),
    Dimension.PERCENTAGE_POINT: (Dimension.PERCENTAGE_POINT, Dimension.PERCENT),
    Dimension.LENGTH: (Dimension.LENGTH, Dimension.DURATION),
    Dimension.TEMPERATURE: (Dimension.TEMPERATURE, Dimension.OTHER),
    Dimension.MULTIPLE: (Dimension.MULTIPLE, Dimension.PERCENT),
    Dimension.MONEY: (Dimension.MONEY,),
    Dimension.COUNT: (Dimension.COUNT, Dimension.OTHER, Dimension.RATIO, Dimension.SCORE),
    Dimension.DURATION: (Dimension.DURATION, Dimension.TENOR, Dimension.DATE, Dimension.TIME),
    Dimension.DATE: (Dimension.DATE, Dimension.TIME),
    Dimension.AGE: (Dimension.AGE,),
}
# How likely "how much" or "how big" means a figure of a dimension; 1 where none is named.
_LIKELY = {
    **dict.fromkeys(_TIMES, 0.0),
    Dimension.TENOR: 0.2,
    Dimension.ORDINAL: 0.2,
    Dimension.DURATION: 0.3,
    Dimension.AGE: 0.3,
    Dimension.COUNT: 0.7,
}
# Deficits and debts are told as a share of output where no sum of money is asked for in so many
# words: budget deficit size?
_OF_OUTPUT = 0.4
_BALANCES = re.compile(r"赤字|盈余|债务|负债|\b(?:deficits?|surplus\w*|debts?)\b")
_CURRENCY = re.compile(r"[$€£¥钱元]|\b(?:money|dollars?|euros?|yuan|pounds?|yen|cash)\b")
_POINTED = 1.5  # merit of the place that the reader points to
# 降幅达2.2万元 answers by how much, not for how much; 从18% is what something no longer is.
_RELATION = {Relation.BY: 0.5, Relation.CHANGE: 0.5, Relation.FROM: 0.6}
_CHANGES = re.compile(
    r"[\u4e00-\u9fff]了(?:多少|几)|[升降涨跌增减]了?(?:多少|几)|(?:增长|上升|下降|下跌|上涨|减少|增加|上调|下调|上升|回落|提高|降低)(?:了?多少|了?几|的?幅度)"
    r"|[增降涨跌减升]幅|变动|\b(?:by (?:how|what)|how (?:much|far|many) (?:did|has|have|more|less)"
    r"|rise|rose|risen|fall|fell|fallen|drop|dropped|jump|jumped|increase|decrease|growth|grow"
    r"|change|decline|climb|move|moved|gain|gained|lost|shrink|cut|reduced|bring down)\b"
)
_FORMER = re.compile(
    r"原来|此前|之前|原先|以前|\b(?:from what|before|previously|formerly|used to|initial)\b"
)
_FOCUS = 0.7  # nearness to the words that say which value is asked for, beside all words
_UNCOUNTED = 0.4  # fit of a number of something that the question does not name
_PEOPLE = re.compile(
    r"人|位|名|\b(?:people|persons?|population|men|women|users?|winners?|workers?)\b"
)
# 12个辖区中有五个, five of the 12 districts: the whole, where a part is asked
_WHOLE_ZH = re.compile(r"[个名家位人]?[^\d,，。]{0,8}?(?:中|里|当中)有?")
_WHOLE_EN = re.compile(r"\bof (?:the |its |their |all )?$")
_TO_LEVEL = re.compile(r"(?:到|至|为)(?:多少|几)|\bto what\b")
# How much something costs after a cut is no matter of by how much it was cut.
_AFTER = re.compile(
    r"[降涨升调减加][价息薪税准]?之?后|\bafter (?:the|its|their|a|an|this) (?:[\w-]+ ){0,2}"
    r"(?:cut|rise|increase|reduction|discount|change)s?\b"
)
_NO_AMOUNT = 2.0  # against such a change
_KINDS = {
    Wanted.PERSON: (EntityKind.PERSON, EntityKind.ORGANISATION),
    Wanted.ORGANISATION: (EntityKind.ORGANISATION,),
    Wanted.PLACE: (EntityKind.PLACE, EntityKind.ORGANISATION),
}
# Who somebody works for stands beside the name: 麦格理研究主管麦科马克, Douglas, chief at Swift.
_EMPLOYED = re.compile(
    r"供职|任职|就职|效力|雇主|在(?:哪|什么)[^?]{0,6}(?:工作|上班)|是哪[家个所](?:公司|银行|机构|单位|大学|学校|企业|集团|报社|媒体|券商)?的(?:人|员工|高管|\W|$)"
    r"|\b(?:employ\w*|works? (?:for|at)|worked (?:for|at)|working (?:for|at))\b"
    r"|\bwhere (?:is|does|did|was) .*"
    r"\b(?:work|chief|head|economist|strategist|analyst|director|professor)"
)
_BEFORE_ZH = re.compile(r"[^,，。;；:：]{0,14}")
_AFTER_EN = re.compile(r",? (?:an? |the )?[\w' -]{0,60}\b(?:at|of|for|with) (?:the )?")
_BEFORE_EN = re.compile(r"(?:['’]s)? [\w' -]{0,40}")
# 德国黑林山, Germany's Black Forest: the place is the second one, unless a country is asked for.
_CONTAINS = re.compile(r"(?:['’]s )?")
_CONTAINER = 0.5
# Somebody whom a report does not name: a person familiar with the matter, 一位知情人士.
_SOMEBODY = re.compile(
    r"知情(?:人士|者)|消息人士"
    r"|[一某][位名][\u4e00-\u9fff]{0,6}(?:人士|官员|高管|员工|居民|分析师|专家)"
    r"|\b(?:an?|one|another) (?:\w+ ){0,2}"
    r"(?:person|source|insider|official|executive|spokes\w+|aide)\b"
    r"(?= (?:familiar|close|briefed|with|who|said|told|spoke|at|in))"
)
_SURE = 0.6  # of the reader, from which a name is taken that nothing else knows
_SURELY = 0.95  # from which it is taken in the place of a name that is known
_PERSON_ZH = re.compile(r"[\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff]+(?:·[\u4e00-\u9fff]+)+")
_NAME_ZH = re.compile(r"[\u4e00-\u9fff·]{2,12}")
_NAME_EN = re.compile(
    r"[A-ZÀ-Þ][\w'’.&-]*(?: (?:of|the|and|&|de|van|von|del|da|bin|al))*"
    r"(?: [A-ZÀ-Þ][\w'’.&-]*(?: (?:of|the|and|&|de|van|von|del|da|bin|al))*){0,4}(?<![ a-z]of)"
)
_UNDATED = 0.5  # fit of a year or month where the day is asked for
# Since 2001 is what a rise is the biggest since, and not when it was; unless that is asked.
_DATED_BEFORE = 0.4  # fit of a sentence whose day the one before it tells
_SINCE = 0.3  # fit of such a time
_SINCE_BEFORE = re.compile(r"\b(?:since|from as far back as) (?:\w+ )?$", re.IGNORECASE)
_SINCE_AFTER = re.compile(r"(?:以|之)?来(?:的?最|[的,，。 ]|$)|以来")
_ASKS_SINCE = re.compile(
    r"以来|自(?:何|哪|什么)|上一?次|上回|从(?:何|哪|什么)"
    r"|\b(?:since|last|previous|before|ago|as far back)\b"
)
_DAY = re.compile(r"哪一?[天日]|几[号日]|何日|什么日[子期]|\b(?:what|which) (?:day|date)\b")
_TO_THE_DAY = re.compile(r"(?:\d{4}|XXXX)-(?:\d\d|XX)-\d\d")
_BESIDE = 1.5  # merit of the name next to a figure that the question states
_ROLE = 1.0  # merit of a name whose holder bears the role asked for
_COUNTRY = re.compile(r"国|\b(?:country|countries|nation)\b")
_ROUGHLY = re.compile(
    r"(?:大约|约|近|逾|超过?|不足|至少|最多|多达|(?:about|around|roughly|nearly|almost|over|under"
    r"|below|more than|less than|fewer than|at least|at most|up to|some) )$",
    re.IGNORECASE,
)
_END = re.compile(
    r"截止|结束|到什么时候|到哪|为止|最后|\b(?:end|ends|deadline|close|closes|until|last|finish|over)\b"
)
_START = re.compile(
    r"开始|开启|启动|起于|从什么时候|\b(?:start|starts|begin|begins|open|opens|launch)\b"
)


def could_answer(query: Query, candidate: Candidate) -> float:
    """How well a sentence holds the kind of value wanted, 0 to 1; 0 when none is wanted."""
    if query.wanted in (Wanted.FIGURE, Wanted.DATE):
        before = _DATED_BEFORE * (query.wanted is Wanted.DATE and _is_dated_before(candidate))
        others = _others(query, candidate.figures)
        held = (
            fits(query, f) * _counted(query, f, candidate) * _dated(query, f, candidate)
            for f in others
        )
        return max(before, max(held, default=0.0))
    if query.wanted in _KINDS:
        kinds = _KINDS[query.wanted]
        if is_employment(query):
            return float(bool(_employers(query, candidate)))
        ranks = [kinds.index(m.kind) for m in _unasked(query, candidate.mentions, kinds)]
        claim = candidate.claim
        if not ranks and query.wanted is Wanted.PERSON:
            if claim is not None and claim.attributed_to is not None:
                return 0.6
            return 0.6 * float(_SOMEBODY.search(fold(candidate.text).text) is not None)
        return 1.0 - 0.6 * min(ranks) if ranks else 0.0
    return 0.0


def find_value(query: Query, asked: Asked, candidate: Candidate, *, store: Store) -> Value | None:
    """The value of a sentence that answers the question; None when it holds none."""
    if query.wanted in (Wanted.FIGURE, Wanted.DATE):
        figure = _figure(query, asked, candidate)
        if figure is None:
            return None
        surface = _with_qualifier(figure, candidate)
        return Value(query.wanted, surface, _normal(figure, query.language), figure=figure)
    if query.wanted in _KINDS:
        mention = _mention(query, asked, candidate)
        if (
            mention is None
            or _bears_another(query, mention, candidate)
            or _is_passed_over(mention, candidate)
        ):
            name = _pointed_name(query, candidate)
            if name or mention is None:
                return Value(query.wanted, name, name) if name else None
        text = mention.surface
        for entity in store.entities([mention.entity_id]) if mention.entity_id else ():
            text = next((n for own, n in entity.names if own is query.language), text)
        return Value(query.wanted, mention.surface, text, entity_id=mention.entity_id or None)
    return None


def _with_qualifier(figure: Figure, candidate: Candidate) -> str:
    """A figure as printed with the word before it that says how exact it is: more than ten."""
    start = figure.span.start - candidate.span.start
    before = _ROUGHLY.search(candidate.text[:start])
    return (before.group() if before else "") + figure.surface


def _normal(figure: Figure, language: Language) -> str:
    from kaoju.figure_writing import format_figure

    return format_figure(figure, Language.EN if language is Language.UND else language)


# Figures --------------------------------------------------------------------------------


def _others(query: Query, figures: Iterable[Figure]) -> list[Figure]:
    """The figures that the question does not state itself."""
    stated = {fold(q.surface).text for q in query.figures}
    return [
        f
        for f in figures
        if fold(f.surface).text not in stated  # this year, whichever it is
        and not any(
            q.dimension is f.dimension
            and q.unit == f.unit
            and q.value == f.value
            and q.period == f.period
            for q in query.figures
        )
    ]


def fits(query: Query, figure: Figure) -> float:
    """How well a figure's dimension fits what was asked, 0 to 1."""
    dimension = Dimension.DATE if query.wanted is Wanted.DATE else query.dimension
    if dimension is None:
        return _LIKELY.get(figure.dimension, 1.0)
    accepted = _ACCEPTED.get(dimension, (dimension,))
    if figure.dimension in accepted:
        fine = _UNDATED if query.wanted is Wanted.DATE and _is_coarse(query, figure) else 1.0
        return fine * (1.0 - 0.25 * accepted.index(figure.dimension))
    if dimension is Dimension.COUNT and figure.dimension is Dimension.MONEY:
        return float(_coins(query, figure))
    if dimension is Dimension.MONEY and figure.dimension is Dimension.PERCENT:
        asks = fold(query.text).text
        return _OF_OUTPUT * float(bool(_BALANCES.search(asks)) and not _CURRENCY.search(asks))
    return 0.0


def _is_coarse(query: Query, figure: Figure) -> bool:
    """Whether a time is told less exactly than it is asked for: a year, where the day is."""
    if figure.dimension is not Dimension.DATE or not _DAY.search(fold(query.text).text):
        return False
    return _TO_THE_DAY.search(figure.period or "") is None


def _dated(query: Query, figure: Figure, candidate: Candidate) -> float:
    """1 for a time at which something was; less where it is what a comparison goes back to."""
    if query.wanted is not Wanted.DATE or _ASKS_SINCE.search(fold(query.text).text):
        return 1.0
    at = figure.span.shift(-candidate.span.start)
    before, after = candidate.text[: at.start], candidate.text[at.end :]
    since = _SINCE_BEFORE.search(before) or _SINCE_AFTER.match(after)
    return _SINCE if since else 1.0


def _is_dated_before(candidate: Candidate) -> bool:
    """Whether the sentence before, which a sentence goes on from, says on which day it was."""
    start = candidate.span.start - len(candidate.before) - 2
    return bool(candidate.before) and any(
        f.dimension is Dimension.DATE
        and _TO_THE_DAY.search(f.period or "") is not None
        and start <= f.span.start < candidate.span.start
        for f in candidate.around_figures
    )


def _coins(query: Query, figure: Figure) -> bool:
    """Whether a sum is one of the coins that a question asks the number of: 9,600枚以太币."""
    unit = fold(figure.surface).text.lstrip("$€£¥0123456789.,万亿千百十 ")
    asks = fold(query.text).text
    return len(unit) > 1 and (unit in asks or figure.unit.lower() in asks.split())


def _figure(query: Query, asked: Asked, candidate: Candidate) -> Figure | None:
    fitting = [
        (f, fits(query, f) * _dated(query, f, candidate)) for f in _others(query, candidate.figures)
    ]
    fitting = [(f, fit) for f, fit in fitting if fit > 0]
    if not fitting:
        return None
    if query.wanted is Wanted.DATE and len(fitting) > 1:
        asks = fold(query.text).text
        if _END.search(asks):
            return max(fitting, key=lambda item: (item[1], item[0].span))[0]
        if _START.search(asks):
            return min(fitting, key=lambda item: (-item[1], item[0].span))[0]
    places = _places(asked, candidate)
    focus = _printed(dict.fromkeys(asked.focus, 1.0), candidate)

    def merit(item: tuple[Figure, float]) -> tuple[float, int]:
        figure, fit = item
        fit *= _counted(query, figure, candidate)
        fit -= _against(query, figure, candidate)
        named = " ".join(filter(None, (figure.measure, figure.subject, figure.share_of)))
        about = sum(w for root, w in asked.terms.items() if named and root in fold(named).text)
        near = _near(figure.span, places) + _FOCUS * _near(figure.span, focus)
        read = _POINTED * _read_there(candidate, figure.span)
        return (2 * fit + near + 0.3 * about + read, -figure.span.start)

    return max(fitting, key=merit)[0]


def _counted(query: Query, figure: Figure, candidate: Candidate) -> float:
    """1 when what a figure counts is what the question asks the number of, or may be; else less.

    多少用户 is not answered by 三个街区. Across languages nothing is held against it.
    """
    if query.dimension is not Dimension.COUNT or candidate.hit.language is not query.language:
        return 1.0
    at = figure.span.end - candidate.span.start
    after = candidate.text[at : at + (6 if has_han(candidate.text) else 24)]
    near = fold(
        " ".join(filter(None, (figure.surface, after, figure.measure, figure.subject)))
    ).text
    asked = [t for t in query.terms if len(t) > 1 or not has_han(t)]
    if any(term in near for term in asked):
        return 1.0
    people = figure.unit == "person" and _PEOPLE.search(fold(query.text).text) is not None
    return 1.0 if people else _UNCOUNTED


def _against(query: Query, figure: Figure, candidate: Candidate) -> float:
    """What the wording says against a figure: a change where a level is asked, or a former one."""
    asks = fold(query.text).text
    against = 0.1 if figure.qualifier is Qualifier.VAGUE else 0.0
    at = figure.span.start - candidate.span.start
    end = figure.span.end - candidate.span.start
    if _WHOLE_ZH.match(candidate.text, end) or _WHOLE_EN.search(candidate.text[:at]):
        against += 0.4
    if _AFTER.search(asks) and figure.relation in (Relation.BY, Relation.CHANGE):
        return against + _NO_AMOUNT
    if figure.relation is Relation.FROM:
        return against + (0.0 if _FORMER.search(asks) else _RELATION[Relation.FROM])
    if _CHANGES.search(asks) and not _TO_LEVEL.search(asks):
        return against + (_RELATION[Relation.BY] if figure.relation is Relation.TO else 0.0)
    return against + _RELATION.get(figure.relation, 0.0)


# Names ----------------------------------------------------------------------------------


def _unasked(
    query: Query, mentions: Iterable[Mention], kinds: Sequence[EntityKind]
) -> list[Mention]:
    asked = fold(query.text).text
    return [
        m
        for m in mentions
        if m.kind in kinds
        and m.entity_id not in query.entity_ids
        and fold(m.surface).text not in asked
    ]


def role_borne(query: Query, candidate: Candidate) -> float:
    """How much of the role that a question asks somebody for is borne in a sentence, 0 to 1."""
    if query.wanted is not Wanted.PERSON:
        return 0.0
    roles = asked_roles(query.text)
    people = _unasked(query, candidate.mentions, (EntityKind.PERSON,))
    start = candidate.span.start
    return max((bears(roles, m, candidate.text, start) for m in people), default=0.0)


def is_employment(query: Query) -> bool:
    """Whether a question asks whom somebody that it names works for."""
    wanted = query.wanted in (Wanted.ORGANISATION, Wanted.PLACE)
    return wanted and bool(query.entity_ids) and _EMPLOYED.search(fold(query.text).text) is not None


def _employers(query: Query, candidate: Candidate) -> list[Mention]:
    """The organisations that a sentence says somebody asked for works for."""
    people = [
        m
        for m in candidate.mentions
        if m.kind is EntityKind.PERSON and m.entity_id in query.entity_ids
    ]
    bodies = [m for m in candidate.mentions if m.kind is EntityKind.ORGANISATION]
    start, han = candidate.span.start, has_han(candidate.text)
    found = []
    for body in bodies:
        for person in people:
            between = candidate.text[body.span.end - start : person.span.start - start]
            after = candidate.text[person.span.end - start : body.span.start - start]
            if body.span.end <= person.span.start:
                near = (_BEFORE_ZH if han else _BEFORE_EN).fullmatch(between)
            else:
                near = None if han else _AFTER_EN.fullmatch(after)
            if near is not None and body not in found:
                found.append(body)
    return found


def _mention(query: Query, asked: Asked, candidate: Candidate) -> Mention | None:
    kinds = _KINDS[query.wanted]
    fitting = _unasked(query, candidate.mentions, kinds)
    if is_employment(query):
        fitting = _employers(query, candidate)
    if not fitting:
        return None
    best = min(kinds.index(m.kind) for m in fitting)
    fitting = [m for m in fitting if kinds.index(m.kind) == best]
    speaker = candidate.claim.attributed_to if candidate.claim is not None else None
    places = _places(asked, candidate)
    places_told = [m for m in candidate.mentions if m.kind is EntityKind.PLACE]
    of_country = _COUNTRY.search(fold(query.text).text) is not None
    start = candidate.span.start
    roles = asked_roles(query.text) if query.wanted is Wanted.PERSON else ()
    told = {(f.dimension, f.value) for f in asked.figures if f.value is not None}
    stated = [f.span for f in candidate.figures if (f.dimension, f.value) in told]

    def merit(mention: Mention) -> tuple[float, int]:
        says = query.wanted is Wanted.PERSON and mention.surface == speaker
        holds = not of_country and any(
            _CONTAINS.fullmatch(candidate.text[mention.span.end - start : other.span.start - start])
            for other in places_told
            if other.span.start >= mention.span.end
        )
        near = _near(mention.span, places) - _CONTAINER * holds
        read = _POINTED * _read_there(candidate, mention.span)
        borne = _ROLE * bears(roles, mention, candidate.text, start)
        beside = _BESIDE * (len(fitting) > 1 and mention.span == _nearest(fitting, stated))
        return (near + float(says) + read + borne + beside, -mention.span.start)

    return max(fitting, key=merit)


def _nearest(mentions: Sequence[Mention], stated: Sequence[Span]) -> Span | None:
    """The name that stands next to a figure of the question: who owns 49%."""
    gaps = [(min(_gap(m.span, s) for s in stated), m.span) for m in mentions if stated]
    return min(gaps)[1] if gaps else None


def _bears_another(query: Query, mention: Mention, candidate: Candidate) -> bool:
    """Whether somebody is known by another role than the one that a question asks for."""
    roles = asked_roles(query.text) if query.wanted is Wanted.PERSON else ()
    own = bears(roles, mention, candidate.text, candidate.span.start)
    return bool(roles) and mention.role is not None and own == 0.0


def _is_passed_over(mention: Mention, candidate: Candidate) -> bool:
    """Whether the reader surely takes another place of a sentence than that of any known name."""
    span = candidate.pointed
    if span is None or _read_there(candidate, span) < _SURELY:
        return False
    return not any(m.span.overlaps(span) for m in candidate.mentions)


def _pointed_name(query: Query, candidate: Candidate) -> str:
    """The name that the reader points to where no known one answers.

    It must be surely meant, or stand beside the role that is asked for.
    """
    span = candidate.pointed
    if span is None or is_employment(query):
        return ""
    name = span.shift(-candidate.span.start).of(candidate.text)
    shape = _PERSON_ZH if query.wanted is Wanted.PERSON else _NAME_ZH
    if not (shape.fullmatch(name) or _NAME_EN.fullmatch(name)):
        return ""
    if fold(name).text in fold(query.text).text:
        return ""
    somebody = Mention(span, name, EntityKind.PERSON, name, candidate.hit.language)
    roles = asked_roles(query.text) if query.wanted is Wanted.PERSON else ()
    borne = bears(roles, somebody, candidate.text, candidate.span.start)
    return name if borne or _read_there(candidate, span) >= _SURE else ""


# Nearness -------------------------------------------------------------------------------


def _read_there(candidate: Candidate, span: Span) -> float:
    """How surely the reader takes the answer to stand at a place, 0 to 1."""
    if candidate.pointed is None or not candidate.pointed.overlaps(span):
        return 0.0
    return 1 / (1 + math.exp(-candidate.features["pointed"]))


def _places(asked: Asked, candidate: Candidate) -> list[tuple[Span, float]]:
    """Where in a sentence the words asked for stand, with their weights."""
    found = _printed(asked.terms, candidate)
    exact = {span.start for span, _ in found}
    found += [place for place in candidate.places if place[0].start not in exact]
    found += [(m.span, 1.0) for m in candidate.mentions if m.entity_id in asked.entity_ids]
    stated = {(f.dimension, f.value, f.period) for f in asked.figures}
    found += [
        (f.span, 1.0) for f in candidate.figures if (f.dimension, f.value, f.period) in stated
    ]
    return found


def _printed(terms: Mapping[str, float], candidate: Candidate) -> list[tuple[Span, float]]:
    """Where a sentence prints terms, a stem in any of its forms."""
    view = fold(candidate.text)
    found: list[tuple[Span, float]] = []
    for root, weight in terms.items():
        pattern = re.escape(root) if has_han(root) else rf"\b{re.escape(root)}[a-z]{{0,4}}\b"
        for match in re.finditer(pattern, view.text):
            span = view.printed_span(Span(*match.span())).shift(candidate.span.start)
            found.append((span, weight))
    return found


def _near(span: Span, places: Sequence[tuple[Span, float]]) -> float:
    """Nearness to the words asked for: each counts less the further away, at most 1 in all."""
    total = sum(weight for _, weight in places)
    if not total:
        return 0.0
    return sum(weight / (1 + _gap(span, place) / 6) for place, weight in places) / total


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
