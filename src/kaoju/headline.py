"""What wording alone tells of which figure answers: a title's, or that of one line of a list.

A title gives the figure that its article is of, and in a few words what it is of: a $60,000 prize
pool. A question for just that is answered by the sentence that states it, and not by one on a
part. The lines of a list share what they are of and are told apart by a word each: a question
with the word of one line is of that line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kaoju.asked import Asked, Readable, plain_weight, readable, word_list
from kaoju.text import fold, has_han
from kaoju.tokens import stem
from kaoju.types import Dimension, Figure, Query, Wanted
from kaoju.wanted import could_answer, fits

if TYPE_CHECKING:
    from kaoju.evidence import Candidate

_FITS = 0.7  # how well a figure must fit what is asked for
_TOLD = 0.3  # how surely a word is told
_RARE = 0.5  # weight from which a word may not be left out
_SHARE = 0.6  # of the question's words that a title tells
_NAME = 1.5  # weight of a name of the question
_TIMES = frozenset({Dimension.DATE, Dimension.TIME})
_COUNTRY = re.compile(r"^(?:the )?(?:u\.?s\.?|u\.?k\.?|eu|美国?|英国?) ?(?=.{2})")
_BULLET = r"[ \t]*(?:[-*•·]|\d{1,2}[.)、])[ \t]*"
_LABEL = re.compile(rf"{_BULLET}(?P<label>[^:：\n,，。.;；]{{2,24}}?)[ ]?[:：](?!//)")
_LABELS = re.compile(rf"^{_LABEL.pattern}", re.MULTILINE)
_LINE = re.compile(r"\s*(?:[-*•·]|\d{1,2}[.)、])")

Stated = tuple[Dimension, object, str]


def answer_by_wording(
    query: Query, asked: Asked, candidates: Sequence[Candidate]
) -> frozenset[int]:
    """Which sentences answer by their wording alone, by their place among the candidates.

    Args:
        query: The question.
        asked: Its content.
        candidates: The sentences to choose from.
    """
    if query.wanted is not Wanted.FIGURE or asked.figures:
        return frozenset()
    return frozenset({*_of_title(query, asked, candidates), *_of_line(query, asked, candidates)})


# Titles ---------------------------------------------------------------------------------


def _of_title(query: Query, asked: Asked, candidates: Sequence[Candidate]) -> list[int]:
    titles = {c.hit.title: c for c in candidates}
    stating: dict[Stated, list[str]] = {}
    for title in titles:
        fitting = {
            _stated(figure)
            for figure in _figures(title)
            if figure.value is not None
            and figure.dimension not in _TIMES
            and fits(query, figure) >= _FITS
        }
        if len(fitting) == 1:  # of two a title does not tell which is asked for
            stating.setdefault(fitting.pop(), []).append(title)
    meant = {
        stated
        for stated, some in stating.items()
        if _asks_of(query, asked, [titles[title] for title in some])
    }
    return [
        at
        for at, candidate in enumerate(candidates)
        if meant
        & {_stated(figure) for figure in candidate.figures}
        & {_stated(figure) for figure in _figures(candidate.hit.title)}
    ]


def _asks_of(query: Query, asked: Asked, some: Sequence[Candidate]) -> bool:
    """Whether titles that give one figure tell all that a question is of."""
    heads = [(_head(c.hit.title), has_han(c.hit.title) is not has_han(query.text)) for c in some]
    roots = {root: plain_weight(root) for root in asked.terms if root not in _of_the_whole()}

    def told(root: str) -> float:
        return max(
            max(float(root in head), head.tells(root) if across else 0.0) for head, across in heads
        )

    names = [name for name in asked.named if name.entity_ids]
    if not roots and not names:
        return False
    for name in names:
        forms = {_COUNTRY.sub("", form) for form in name.forms}
        if not any(root in head.folded for root in forms for head, _ in heads):
            return False
    kept = {root for root, weight in roots.items() if weight >= _RARE}
    kept |= {root for root in asked.focus if root in roots and root not in _generic()}
    if any(told(root) < _TOLD for root in kept):
        return False
    weight = sum(roots.values()) + _NAME * len(names)
    held = sum(w * told(root) for root, w in roots.items()) + _NAME * len(names)
    return held >= _SHARE * weight


@cache
def _of_the_whole() -> frozenset[str]:
    """Words for the whole of something and for how much it is, which a title need not say."""
    english = frozenset(stem(word) for word in word_list("whole", "en"))
    return word_list("whole", "zh") | english


@cache
def _generic() -> frozenset[str]:
    english = frozenset(stem(word) for word in word_list("generic", "en"))
    return word_list("generic", "zh") | english


@lru_cache(maxsize=1024)
def _head(title: str) -> Readable:
    return readable(title)


@lru_cache(maxsize=1024)
def _figures(title: str) -> tuple[Figure, ...]:
    from kaoju.figures import find_figures

    return tuple(find_figures(title))


def _stated(figure: Figure) -> Stated:
    return figure.dimension, figure.value, figure.unit


# Lines of a list ------------------------------------------------------------------------


def _of_line(query: Query, asked: Asked, candidates: Sequence[Candidate]) -> list[int]:
    """The line whose words include what sets it apart from the others of its list."""
    lists: dict[str, list[int]] = {}
    for at, candidate in enumerate(candidates):
        own = candidate.hit.language is query.language and _LINE.match(candidate.text) is not None
        if own and could_answer(query, candidate) >= _FITS:
            lists.setdefault(candidate.hit.passage_id, []).append(at)
    apart = {root for root in asked.terms if plain_weight(root) >= _RARE}
    found = []
    for some in lists.values():
        texts = {at: readable(fold(candidates[at].text).text) for at in some}
        of_it = [at for at in some if any(root in texts[at] for root in asked.focus or apart)]
        said = {at: {root for root in apart if root in texts[at]} for at in of_it}
        found += [
            at
            for at in of_it
            if len(of_it) > 1 and said[at] and all(said[o] < said[at] for o in of_it if o != at)
        ]
    return found


def other_line(query: Query, candidate: Candidate) -> tuple[str, str] | None:
    """The labels of the line that a question names and of the one that a candidate is instead.

    None where the candidate is no line of a list, or the question names no other of its list.
    """
    own = _LABEL.match(candidate.text)
    if own is None:
        return None
    labels = [match["label"] for match in _LABELS.finditer(candidate.hit.text)]
    named = [label for label in labels if _is_in(label, query.text)]
    if not named or any(_is_in(own["label"], label) for label in named):
        return None
    return max(named, key=len), own["label"]


def _is_in(label: str, text: str) -> bool:
    """Whether a text has a label of two characters or more, an English one as whole words."""
    label, text = fold(label).text.strip(), fold(text).text
    if not label.isascii():
        return len(_joined(label)) > 1 and _joined(label) in _joined(text)
    words = [re.escape(word) for word in re.split(r"[\s-]+", label.rstrip("s")) if word]
    pattern = r"(?<![a-z0-9])" + r"[\s-]*".join(words) + r"s?(?![a-z0-9])"
    return len(label) > 1 and bool(words) and re.search(pattern, text) is not None


def _joined(text: str) -> str:
    return re.sub(r"[\s-]+", "", text)
