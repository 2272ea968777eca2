"""Which figure of an article a figure of a draft is of, told by the words that govern each.

Articles set like beside like: Calder 412 million and Westmoor 198, men 5.2 % and women 6.5, from
15.9 to 17.6. Every word of a sentence stands nearer to one of its figures than to the others:
what a clause says itself counts most, what it leaves to the clause, the sentence or the title
before it less, and what is said of the figure beside it least. The words around the draft's
figure are looked for there, by meaning across languages; what fits better to a figure beside it
speaks for that one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kaoju.alignment import Conflict, Pair
from kaoju.frames import TIMED, Frame, clause_of, like_figures, names_in_order
from kaoju.heads import Head, names_of, of_another
from kaoju.lexicon import words
from kaoju.parallels import beside
from kaoju.text import fold
from kaoju.tokens import stopwords, tokenize
from kaoju.types import Figure, Span
from kaoju.word_likeness import KINDS, NAME, Laid, Word, likenesses
from kaoju.word_translations import words_for

# How near a word stands to a figure.
_OWN = 1.0  # in its own clause
_EARLIER = 0.8  # before it, in the part of its clause or the clause that it follows
_LATER = 0.4  # after it likewise
_NEXT = 0.15  # in the clause of a like figure after it, and a name beside one that it has itself
_STEP = 0.75  # what each clause in between leaves of that
_STOP = 0.35  # what a semicolon in between leaves
_BEFORE = 0.5  # in the sentence before
_TITLE = 0.9  # in the title: it is said of all of the article
_ASIDE = 0.3  # likewise, of a name where the sentence has another one


def words_about(frame: Frame, names: frozenset[str] = frozenset()) -> tuple[Word, ...]:
    """The words that govern a figure, each once, as near as it comes.

    Args:
        frame: The figure's.
        names: Stems that are parts of names in its article.
    """
    statement = frame.statement
    found = {word.term: word for word in _own_words(frame)}
    named = any(w.term in names and w.near >= _EARLIER for w in found.values())
    for around, near in ((statement.before, _BEFORE), (statement.title, _TITLE)):
        for term, _, printed in _content(around):
            _add(found, term, printed, _ASIDE if named and term in names else near)
    return tuple(found.values())


def _add(found: dict[str, Word], term: str, printed: str, near: float) -> None:
    known = found.get(term)
    if known is None or known.near < near:
        found[term] = Word(term, printed, near)


def _own_words(frame: Frame) -> tuple[Word, ...]:
    """The words of its own sentence that govern a figure; those of a printed one are kept."""
    if not frame.printed:
        return _read_words(frame)
    kept = frame.statement.kept
    key = "words", frame.figure.span, frame.scope
    if key not in kept:
        kept[key] = _read_words(frame)
    words: tuple[Word, ...] = kept[key]
    return words


def _read_words(frame: Frame) -> tuple[Word, ...]:
    statement = frame.statement
    place = _Places(frame)
    found: dict[str, Word] = {}
    for term, span, printed in _content(statement.text):
        if not any(figure.overlaps(span) for figure in place.figures):
            _add(found, term, printed, place.near(span))
    for mention in statement.mentions:
        if mention.entity_id:
            near = place.near(mention.span.shift(-statement.span.start))
            _add(found, f"{NAME}{mention.entity_id}", "", near)
    for heard in statement.heard:
        for form in heard.forms:
            _add(found, f"{NAME}{NAME}{form}", "", place.near(heard.span))
    for name in _meant_by_place(frame):
        for term, _, printed in _content(name):
            _add(found, term, printed, _OWN)
        for mention in statement.mentions:
            if mention.surface == name and mention.entity_id:
                _add(found, f"{NAME}{mention.entity_id}", "", _OWN)
    return tuple(found.values())


class _Places:
    """How near the places of a sentence stand to a figure of it."""

    def __init__(self, frame: Frame) -> None:
        statement = frame.statement
        start = statement.span.start
        self._frame = frame
        self._at = frame.figure.span.shift(-start)
        self.figures = [f.span.shift(-start) for f in statement.figures]
        self._beside = [
            clause_of(statement, other)
            for other in statement.figures
            if other is not frame.figure and like_figures(other, frame.figure)
        ]
        self._listed = _listed(frame)
        names = [m.span.shift(-start) for m in statement.mentions]
        self._names = names if any(frame.scope.contains(n) for n in names) else []

    def near(self, span: Span) -> float:
        for own, part in self._listed:
            if part.contains(span):
                return _OWN if own else _NEXT
        scope = self._frame.scope
        if scope.contains(span):
            return _OWN
        if any(name.contains(span) for name in self._names):
            return _NEXT  # the clause has a name of its own
        if span.end <= self._at.start:
            return _EARLIER * self._between(span.end, scope.start)
        if any(beside.contains(span) for beside in self._beside):
            return _NEXT
        return _LATER * self._between(scope.end, span.start)

    def _between(self, start: int, end: int) -> float:
        statement = self._frame.statement
        left, first = 1.0, True
        for gap in statement.breaks:
            if start <= gap.start and gap.end <= end:
                if gap.of(statement.text) in _STOPS:
                    left *= _STOP
                elif not first:
                    left *= _STEP
                first = False
        return left


_STOPS = frozenset(";；。")


@lru_cache(maxsize=16384)
def _content(text: str) -> tuple[tuple[str, Span, str], ...]:
    """The words of a text that carry meaning: stem, place and the word as printed, folded."""
    stop = stopwords()
    return tuple(
        (token.term, token.span, fold(token.span.of(text)).text)
        for token in tokenize(text)
        if token.term not in stop and any(c.isalpha() for c in token.term)
    )


# Rows -----------------------------------------------------------------------------------------

_GAP = re.compile(r"[^\d,，;；。]{0,10}(?:[、,，]|和|与|及|\band\b)[^\d;；。]{0,6}")
_JOINT = re.compile(r"、|,|，|和|与|及|\band\b")


def _row(frame: Frame) -> tuple[int, list[Figure]]:
    """The like figures that stand in one row with a figure, and its place among them."""
    statement, figure = frame.statement, frame.figure
    like = [f for f in statement.figures if f is figure or like_figures(f, figure)]
    start = statement.span.start
    rows: list[list[Figure]] = []
    for one in like:
        last = rows[-1][-1] if rows else None
        gap = statement.text[last.span.end - start : one.span.start - start] if last else ""
        if last is not None and _GAP.fullmatch(gap):
            rows[-1].append(one)
        else:
            rows.append([one])
    # What two figures say together is printed nowhere, and in no row.
    row = next((r for r in rows if any(f is figure for f in r)), [figure])
    return next(i for i, f in enumerate(row) if f is figure), row


def _listed(frame: Frame) -> list[tuple[bool, Span]]:
    """What the parts of a row of subjects are: the figure's own, or of one beside it.

    Of 北区和南区分别接待52万和34万人次 the words of the first part are the first figure's alone.
    """
    text = frame.statement.text
    if not _says(text, "respectively"):
        return []
    place, row = _row(frame)
    if len(row) < 2:
        return []
    begin = row[0].span.start - frame.statement.span.start
    start = max((b.end for b in frame.statement.breaks if b.end <= begin), default=0)
    parts: list[Span] = []
    at = start
    for joint in _JOINT.finditer(text, start, begin):
        parts.append(Span(at, joint.start()))
        at = joint.end()
    parts.append(Span(at, begin))
    if len(parts) != len(row):
        return []
    end = parts[-1].start + len(parts[-2])  # what the last part has beyond it is said of all
    while end < begin and text[end - 1].isascii() and text[end].isalnum():
        end += 1
    parts[-1] = Span(parts[-1].start, min(begin, end + 1))
    return [(index == place, part) for index, part in enumerate(parts)]


def _meant_by_place(frame: Frame) -> list[str]:
    """The names that a figure is of by its place in a row, or by 前者 and the latter."""
    statement = frame.statement
    own = fold(frame.scope.of(statement.text)).text
    inside = names_in_order(
        statement.text, statement.span.start, statement.figures, statement.mentions
    )
    pairs = [names for names in (inside, statement.names_before) if len(names) >= 2]
    found: list[str] = []
    if pairs:
        found += [pairs[0][0]] if _says(own, "former") else []
        found += [pairs[0][1]] if _says(own, "latter") else []
    if _says(statement.text, "respectively"):
        place, row = _row(frame)
        fitting = [n for n in (inside, statement.names_before) if len(n) == len(row) > 1]
        found += [names[place] for names in fitting[:1]]
    return found


@lru_cache(maxsize=4096)
def _says(text: str, key: str) -> bool:
    folded = fold(text).text
    return any(word in folded for word in words("checking", "rows", key))


# What speaks for a figure beside those beside it ----------------------------------------------


@dataclass(frozen=True, slots=True)
class About:
    """The words about one figure of a draft beside those about each figure it is paired with.

    Attributes:
        claimed: Those about the draft's figure.
        told: Those about the figure of each pair.
        named: The names in the article of each pair, see `names_of`.
        laid: All of them laid beside each other.
    """

    claimed: Sequence[Word]
    told: Sequence[Sequence[Word]]
    named: Sequence[Mapping[str, Head]]
    laid: Laid


def about(pairs: Sequence[Pair], weight: Callable[[str], float]) -> About:
    """The words about the pairs of one figure.

    Args:
        pairs: Of one figure of a draft, at least one.
        weight: How much a stem tells.
    """
    claimed = words_about(pairs[0].claim)
    heads = names_of(p.evidence for p in pairs)
    named = [heads[p.evidence.statement.document_id] for p in pairs]
    told = [words_about(p.evidence, frozenset(own)) for p, own in zip(pairs, named, strict=True)]
    laid = _laid(claimed, told, weight, kinds_of(pairs[0].claim, claimed))
    return About(claimed, told, named, laid)


def bound(
    pairs: Sequence[Pair], weight: Callable[[str], float], words: About | None = None
) -> list[Pair]:
    """Add to the pairs of one figure how their words fit, alone and beside their rivals.

    A rival is a figure of the same article, of the same kind, that states another number.

    Args:
        pairs: Of one figure of a draft.
        weight: How much a stem tells.
        words: What `about` gives for them, where that was asked for before.
    """
    if not pairs:
        return []
    words = words or about(pairs, weight)
    laid = words.laid
    matches = [laid.match(row) for row in range(len(pairs))]
    found: list[Pair] = []
    for i, pair in enumerate(pairs):
        own = matches[i]
        rivals = [j for j, other in enumerate(pairs) if j != i and is_rival(pair, other)]
        best = max((matches[j] for j in rivals), key=lambda m: m.told - m.strange, default=own)
        clause = max((pairs[j].features["clause"] for j in rivals), default=None)
        features = pair.features | {
            "bound": own.share,
            "told": own.told,
            "lead": max(-_MOST_LEAD, min(_MOST_LEAD, own.told - best.told)),
            "strange": own.strange,
            "stranger": own.strange - best.strange,
            "clause_lead": 0.0 if clause is None else pair.features["clause"] - clause,
            "rivalled": float(bool(rivals)),
            "contrast": min((laid.contrast(i, j) for j in rivals), default=0.0),
            "beside": beside(pair.claim, pair.evidence) if pair.agrees else 0.0,
        }
        conflicts = pair.conflicts
        if of_another(words.claimed, words.told[i], words.named[i]):
            conflicts |= {Conflict.SUBJECT}
        found.append(replace(pair, features=features, conflicts=conflicts, words=(laid, i)))
    return found


_MOST_LEAD = 3.0  # words that a figure has more than another: more tell no more


def is_rival(one: Pair, other: Pair) -> bool:
    """Whether two figures are of one article and one kind and state different numbers."""
    a, b = one.evidence, other.evidence
    return (
        a.statement.document_id == b.statement.document_id
        and a.figure.dimension is b.figure.dimension
        and (a.figure.dimension not in TIMED)
        and (a.figure.value, a.figure.unit) != (b.figure.value, b.figure.unit)
    )


def kinds_of(claim: Frame, words: Sequence[Word]) -> npt.NDArray[np.int8]:
    """What each of the words about a draft's figure is, by its place in `KINDS`."""
    statement = claim.statement
    text = statement.text
    folded = fold(text).text
    at = claim.figure.span.start - statement.span.start
    names = [m.span.shift(-statement.span.start) for m in statement.mentions]
    names += [heard.span for heard in statement.heard]
    found, heads = [], 0
    for word in words:
        start = folded.find(word.printed) if len(folded) == len(text) else -1
        if word.term.startswith(NAME):
            kind = "name"
        elif start < 0:
            kind = "other"  # it stands elsewhere, or what it stands in was folded away
        elif any(n.start <= start < n.end for n in names) or (start and text[start].isupper()):
            kind = "name"
        elif start < at and heads < _HEADS:
            heads += 1
            kind = "head"
        else:
            kind = "other"
        found.append(KINDS.index(kind))
    return np.array(found, dtype=np.int8)


_HEADS = 3  # words before a figure that say what it is of


def _laid(
    claimed: Sequence[Word],
    told: Sequence[Sequence[Word]],
    weight: Callable[[str], float],
    kinds: npt.NDArray[np.int8],
) -> Laid:
    held = list({word.term: word for some in told for word in some}.values())
    place = {word.term: at for at, word in enumerate(held)}
    like = likenesses(claimed, held)
    near = np.zeros((len(told), len(held)), dtype=np.float32)
    own = np.zeros((len(told), len(held)), dtype=np.bool_)
    for row, some in enumerate(told):
        places = [place[word.term] for word in some]
        near[row, places] = [word.near for word in some]
        own[row, places] = [word.near >= _OWN and bool(word.printed) for word in some]
    weights = np.array([weight(word.term) for word in held], dtype=np.float32)
    tell = []
    for row, word in enumerate(claimed):
        best = int(like[row].argmax()) if held else 0
        sure = float(like[row, best]) if held else 0.0
        if sure > 0:
            tell.append(word.near * float(weights[best]))
        elif not word.term.startswith(NAME) and not words_for(word.term):
            tell.append(0.0)  # nothing is known to stand for it
        else:
            tell.append(word.near * weight(word.term))
    spoken = np.array([max(word.near, _BEFORE) for word in claimed], dtype=np.float32)
    return Laid(like, np.array(tell, dtype=np.float32), near, weights, own, spoken, kinds)
