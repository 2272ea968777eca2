"""How surely an article gives two figures that stand beside each other as two bodies' of one thing.

The words by which somebody else's figure is told are many: the observatory, which leaves out what
keeps up the pressure, put the level at 38.2%. So besides the few of them that rules name
(`kaoju.rival_figures`) all that tells is weighed: who speaks, what the clauses share, how far apart
the numbers are, when they hold, and which words stand around them. Weights and words were learned
of what gold drafts found disputed and of all other figures that stand so in the same articles
(``scripts/learn_disputes.py``); they stand in ``lexicon/disputes.toml``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from kaoju.attribution import words as reporting
from kaoju.contrasts import of_two_sides
from kaoju.frames import Frame
from kaoju.lexicon import load, section
from kaoju.periods import other_length, periods_meet
from kaoju.rival_figures import Rivals, of_one_time, patterns, set_against
from kaoju.speakers import same_voice, voice_of
from kaoju.tenses import is_expected
from kaoju.text import fold, has_han
from kaoju.types import Dimension, EntityKind, Relation

FILE = "disputes"  # of the lexicon
LANGUAGES = ("zh", "en")
_FAR = 0.3  # powers of ten from which two numbers are seldom two counts of one thing
_MOST = 3  # figures between two of which no more are counted
_BEHIND, _BEHIND_HAN = 60, 20  # characters after a figure whose words are read
_AHEAD, _AHEAD_HAN = 120, 40  # characters before a figure whose words are read


def dissent(two: Rivals, learned: Mapping[str, float] | None = None) -> float:
    """How surely two figures are two bodies' of one thing, 0 to 1.

    Args:
        two: The figures.
        learned: Weights that take the place of those of the lexicon.
    """
    weight = weights("zh" if _is_chinese(two) else "en") if learned is None else learned
    told = signs(two)
    total = weight["bias"] + math.fsum(weight.get(n, 0.0) * v for n, v in told.items())
    total += math.fsum(weight[cue] for cue in cues(two) & weight.keys())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def outright(two: Rivals) -> bool:
    """Whether a phrase of the lexicon sets the one against the other."""
    return (
        of_one_time(two.early, two.late)
        and not of_two_sides(two.early, two.late)
        and set_against(two)
    )


# What no chance outweighs where a verdict rests on it alone: now 780, men and women, two years.
_BARRED = ("now", "two_sides", "periods_differ", "voices_same")
# What a body says of itself, and not what it has counted or reckons: said it employed 300.
_OF_ITSELF = {
    "en": re.compile(
        r"\b(?:said|says|saying|announced|reported|reports|told [a-z ]{1,20}?)(?: that)?"
        r" (?:it|they|we|its|their|our)\b(?! (?:(?:had|has|have|now|also) )?(?:count|estimat|reckon"
        r"|record|tall|found|find|put|believ|think|thought|expect|saw|calculat|was|is|were|are)"
        r"[a-z]*)"
    ),
    "zh": re.compile(
        r"(?:称|说|表示|透露|宣布|披露)[,:“]{0,2}(?:本|该|其|自己|自家|我们|我)"
        r"(?:公司|行|院|厂|集团|校|店|方|旗下|司)?(?!们?(?:统计|估计|测算|推算|认为|预计|计算))"
    ),
}


def decides(two: Rivals, chance: float) -> bool:
    """Whether two figures are so surely two bodies' of one thing that a verdict may rest on it."""
    if chance < least() or outright(two):
        return chance >= least()
    barred = any(signs(two)[name] for name in _BARRED) or _each_of_itself(two)
    return chance >= sure(two.late) and not barred


def _each_of_itself(two: Rivals) -> bool:
    """Whether both figures are what a body says of itself: Orlen and Kraz of whom each employs."""
    told = _OF_ITSELF["zh" if _is_chinese(two) else "en"]
    return all(
        told.search(fold(text).text) is not None for text in (two.ahead + two.behind, two.head)
    )


def sure(one: Frame) -> float:
    """The chance from which two figures of an article in a language are said to be disputed."""
    language = "zh" if has_han(one.statement.text) else "en"
    return float(section(FILE, "thresholds")[f"sure_{language}"])


def least() -> float:
    """The chance from which a dispute is one option among others."""
    return float(section(FILE, "thresholds")["option"])


@cache
def weights(language: str) -> dict[str, float]:
    """The learned weights of a language: of signs, and of words with where they stand."""
    return {name: float(value) for name, value in section(FILE, language).items()}


def _is_chinese(two: Rivals) -> bool:
    return has_han(two.late.statement.text)


# What is seen ---------------------------------------------------------------------------------


def signs(two: Rivals) -> dict[str, float]:
    """What tells of two figures besides the words around them."""
    early, late = two.early, two.late
    one, other = early.figure, late.figure
    least = max(1, min(len(early.content), len(late.content)))
    gap = _powers(early, late)
    chars = len(two.behind) + len(two.head) + two.gap
    return {
        "same_sentence": float(not two.apart),
        "next": float(two.apart and two.gap <= _NEXT),
        "distance": math.log1p(chars / (10 if _is_chinese(two) else 30)),
        "content": len(early.content & late.content) / least,
        "again": math.log1p(len(two.again)),
        "concept_same": float(early.concept is not None and early.concept == late.concept),
        "concept_other": float(
            None not in (early.concept, late.concept) and early.concept != late.concept
        ),
        "unit_same": float(one.unit == other.unit and bool(one.unit)),
        "unit_left_out": float(bool(one.unit) and not other.unit),
        "apart": gap,
        "far": max(0.0, gap - _FAR),
        "signs_differ": float((one.value or 0) * (other.value or 0) < 0),
        "between": float(min(_MOST, len(two.between))),
        "nearest": float(all(gap <= _powers(f, late) for f in two.others)),
        "likest": float(all(len(two.again) >= len(two.again & f.content) for f in two.others)),
        "of_one_time_alone": float(
            of_one_time(early, late) and not any(of_one_time(f, late) for f in two.others)
        ),
        "nearer": float(any(len(two.again) <= len(two.again & f.content) for f in two.between)),
        "more": float(
            min(
                _MOST,
                sum(
                    f.dimension is other.dimension and f.span.start > other.span.start
                    for f in late.statement.figures
                ),
            )
        ),
        "expected": float(is_expected(early) != is_expected(late)),
        "changes": float(one.relation == other.relation is not Relation.LEVEL),
        "relation_other": float(one.relation is not other.relation),
        "shares": float(other.dimension is Dimension.PERCENT),
        "two_sides": float(of_two_sides(early, late)),
        "ruled": float(outright(two)),
        **_of_times(early, late),
        **_of_names(two),
        **_of_speech(two),
        **_of_phrases(two),
    }


_NEXT = 2  # characters between two sentences of which the one follows the other


def _powers(early: Frame, late: Frame) -> float:
    """How many powers of ten two numbers are apart, 1 at most and where it cannot be told."""
    one, other = early.figure.value, late.figure.value
    return min(1.0, abs(math.log10(abs(other / one)))) if one and other else 1.0


def _of_times(early: Frame, late: Frame) -> dict[str, float]:
    one, other = early.period, late.period
    both = one is not None and other is not None
    return {
        "periods_meet": float(both and periods_meet(one or "", other or "")),
        "periods_differ": float(both and not periods_meet(one or "", other or "")),
        "lengths_differ": float(both and other_length(one or "", other or "")),
        "early_dated": float(one is not None and other is None),
        "late_dated": float(one is None and other is not None),
        "former": float(early.former or late.former),
        "denied": float(early.denied or late.denied),
    }


def _of_names(two: Rivals) -> dict[str, float]:
    """Who speaks, and who is named before the later figure that was not before the earlier."""
    early, late = two.early, two.late
    voice, other = voice_of(early), voice_of(late)
    same = voice is not None and other is not None and same_voice(voice, other)
    start = late.statement.span.start if two.apart else early.figure.span.end
    inside = [m for m in late.statement.mentions if start <= m.span.start < late.figure.span.start]
    known = {m.entity_id or m.surface for m in early.statement.mentions if m.span.start < start}
    new = [m for m in inside if (m.entity_id or m.surface) not in known]
    return {
        "voices_differ": float(voice is not None and other is not None and not same),
        "voices_same": float(same),
        "early_speaks": float(voice is not None and other is None),
        "late_speaks": float(voice is None and other is not None),
        "new_body": float(any(m.kind is EntityKind.ORGANISATION for m in new)),
        "new_person": float(any(m.kind is EntityKind.PERSON for m in new)),
        "new_place": float(any(m.kind is EntityKind.PLACE for m in new)),
        "known_name": float(len(new) < len(inside)),
        "own_differ": float(bool(early.own and late.own) and not early.own & late.own),
    }


def _of_speech(two: Rivals) -> dict[str, float]:
    """Whether words that report, or that bodies are named by, stand before the two figures."""
    language = "zh" if _is_chinese(two) else "en"
    reports, bodies = _reports(language), _bodies(language)
    first = two.ahead + two.behind
    head = set(bodies.findall(two.head))
    return {
        "reports": float(reports.search(two.head) is not None),
        "reports_first": float(reports.search(first) is not None),
        "body": float(bool(head)),
        "body_first": float(bodies.search(first) is not None),
        "body_new": float(bool(head - set(bodies.findall(first)))),
        "body_only": float(bool(head) and not bodies.search(first)),
    }


@cache
def _reports(language: str) -> re.Pattern[str]:
    return _any_of(reporting(language, "verbs"), language)


@cache
def _bodies(language: str) -> re.Pattern[str]:
    if language == "zh":
        return re.compile(r"[\u4e00-\u9fff]?(?:[会局院所社厅署部委]|机构|组织|中心|联盟|公司|集团)")
    table = load("organisations")
    return _any_of([*table["english"].split(), *table["english_of"].split()], language)


def _any_of(some: Sequence[str], language: str) -> re.Pattern[str]:
    one_of = "|".join(map(re.escape, sorted(set(some), key=lambda word: (-len(word), word))))
    return re.compile(one_of if language == "zh" else rf"\b(?:{one_of})\b")


def _of_phrases(two: Rivals) -> dict[str, float]:
    words = patterns(_is_chinese(two))
    last = two.head[max((two.head.rfind(stop) for stop in ",;；。"), default=-1) + 1 :]
    told = {
        "says": two.head,
        "spoken": two.ahead + two.behind + two.head,
        "otherwise": two.behind[-12:] + two.head + two.tail[:12],
        "against": two.head,
        "restates": two.head,
        "yet": two.head,
        "now": last,
    }
    found = {name: float(words[name].search(text) is not None) for name, text in told.items()}
    return found | {"each": float(words["each"].match(f"{two.head}\0{two.tail}") is not None)}


# Words ----------------------------------------------------------------------------------------

_WORD = re.compile(r"[a-z][a-z'’-]*|[,;:()\"“]")
_HAN = re.compile(r"[\u4e00-\u9fff,;:“]+")
_LONGEST = 3  # characters of a Chinese cue


def cues(two: Rivals) -> frozenset[str]:
    """The words around two figures, each with where it stands: before, between or after them."""
    chinese = _is_chinese(two)
    ahead, behind = (_AHEAD_HAN, _BEHIND_HAN) if chinese else (_AHEAD, _BEHIND)
    grams = _characters if chinese else _words
    early = two.ahead[-ahead:] + " … " + two.behind[:behind]
    return frozenset(
        f"{where} {gram}"
        for where, text in (
            ("early", early),
            ("late", two.head[-ahead:]),
            ("last", two.head[-(8 if chinese else 24) :]),
            ("after", two.tail[:behind]),
        )
        for gram in grams(text)
    )


def _characters(text: str) -> set[str]:
    return {
        run[at : at + size]
        for run in _HAN.findall(text)
        for size in range(1, _LONGEST + 1)
        for at in range(len(run) - size + 1)
    }


def _words(text: str) -> set[str]:
    every = _WORD.findall(text)
    return {*every, *map(" ".join, pairwise(every))}
