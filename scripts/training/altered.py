"""Sentences of articles as drafts: as they are printed, or with one figure altered.

Writers of gold sentences say things in words of their own. Editors paste whole sentences, too, and
a slip of the hand alters one of their figures: another digit, 万 for 亿, a percentage point for a
per cent. Such rows cost nothing to make, and what is learned from the others alone takes a
sentence that is printed almost word for word for a rare case.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from evaluation.checks import GoldFigure, GoldSentence
from kaoju.comparison import compare_figures
from kaoju.figures import find_figures
from kaoju.knowledge_base import KnowledgeBase
from kaoju.text import sentences
from kaoju.types import Agreement, Dimension, Figure, Language, Span, Status

PER_ARTICLE = 2  # sentences taken
ALTERED = 0.8  # of them have a figure altered
SHORTEST, LONGEST = 18, 320  # characters of a sentence that is taken
_FIRST = 1000  # number of the first such sentence, beyond those of all stories
_STATED = frozenset({Dimension.MONEY, Dimension.PERCENT, Dimension.COUNT})
_SCALES = (
    *(("亿", "万"), ("万", "亿"), ("trillion", "billion"), ("billion", "million")),
    *(("million", "billion"),),
)
_POINTS = (("%", "个百分点"), ("%", " percentage points"))


def altered(kb: KnowledgeBase, prefix: str, draw: random.Random) -> list[GoldSentence]:
    """Sentences of the articles of a gold folder; where one has a twin, its own is the evidence.

    Args:
        kb: A shelf with the articles.
        prefix: What their gold folder's ``url`` begins with.
        draw: Of sentences, figures and how these are altered.
    """
    every = {a.id: kb.article(a.id).document for a in kb.articles()}
    found: list[GoldSentence] = []
    for name, document in sorted(every.items()):
        stem, _, told_in = name.rpartition("-")
        if not (document.url or "").startswith(prefix):
            continue
        rows = list(_of_article(name, document.text, Language(told_in), draw))
        for row in draw.sample(rows, min(len(rows), PER_ARTICLE)):
            story = stem.rpartition("-")[0]
            found.append(replace(row, id=f"{story}-{told_in}-{_FIRST + len(found)}"))
    return found


def _of_article(
    name: str, text: str, language: Language, draw: random.Random
) -> Iterator[GoldSentence]:
    for span in sentences(text):
        told = span.of(text)
        if not SHORTEST <= len(told) <= LONGEST:
            continue
        figures = find_figures(told, language)
        stated = [f for f in figures if f.dimension in _STATED and f.value is not None]
        if not stated:
            continue
        place = (name, span)
        direction = f"{language}-{language}"
        if draw.random() >= ALTERED:
            gold = tuple(_gold(f, Status.SUPPORTED, place) for f in stated)
            yield GoldSentence("", "tuned", direction, "verbatim", told, gold)
            continue
        figure = draw.choice(stated)
        kind, new = _another(figure.surface, language, draw)
        changed = told[: figure.span.start] + new + told[figure.span.end :]
        again = find_figures(changed, language)
        slipped = next((f for f in again if f.span.start == figure.span.start), None)
        if slipped is None or compare_figures(slipped, figure).relation is not Agreement.DIFFERENT:
            continue
        others = [f for f in again if f.span.end <= figure.span.start and f.dimension in _STATED]
        gold = (
            *(_gold(f, Status.SUPPORTED, place) for f in others),
            _gold(slipped, Status.CONTRADICTED, place),
        )
        yield GoldSentence("", "tuned", direction, kind, changed, gold)


def _gold(figure: Figure, verdict: Status, place: tuple[str, Span]) -> GoldFigure:
    return GoldFigure(figure.surface, figure.span, verdict, frozenset({verdict}), (place,))


def _another(surface: str, language: Language, draw: random.Random) -> tuple[str, str]:
    """A slip of a figure, with its kind; the same again where none is to be made."""
    slips = [("digit_changed", _digit(surface, draw))] * 2
    slips += [("scale_slip", surface.replace(a, b, 1)) for a, b in _SCALES if a in surface]
    point = _POINTS[language is Language.EN]
    if point[0] in surface:
        slips.append(("percent_for_point", surface.replace(*point)))
    return draw.choice(slips)


def _digit(surface: str, draw: random.Random) -> str:
    places = [at for at, c in enumerate(surface) if c.isascii() and c.isdigit()]
    if not places:
        return surface
    at = draw.choice(places)
    others = [c for c in "123456789" if c != surface[at]]
    return surface[:at] + draw.choice(others) + surface[at + 1 :]
