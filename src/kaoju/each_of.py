"""What so many at so much each make together, and what each of so many gets of an amount.

Announcements print the number of prizes and what one is worth, or a pool and how many share it; a
draft states the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product

from kaoju.ends import follow
from kaoju.frames import Frame, Statement
from kaoju.sum_parts import (
    ROUGH,
    Placed,
    Source,
    Sum,
    is_firm,
    is_rough,
    names_another,
    says,
    value_of,
)
from kaoju.text import fold
from kaoju.types import Dimension, Figure, Span


def products(
    claim: Frame,
    kinds: Mapping[tuple[Dimension, str], Sequence[Placed]],
    sources: Sequence[Source],
) -> Iterator[Sum]:
    """So many things at so much each, which one sentence tells or two that follow each other."""
    target = float(claim.figure.value or 0)
    prices = kinds.get((Dimension.MONEY, claim.figure.unit), ())
    counts = [p for (d, _), some in kinds.items() if d is Dimension.COUNT for p in some]
    for (i, price), (j, count) in product(prices, counts):
        text = price.scope.of(price.statement.text)
        value = value_of(price) * value_of(count)
        near = target / ROUGH <= value <= target * ROUGH
        near = near and count.statement.span.start <= price.statement.span.start
        each = says("each", text) or _is_of_each(price)
        if near and value_of(count) > 1 and each and _go_together(claim, price, count):
            yield Sum("product", count, price, (j, i), value)


def _go_together(claim: Frame, price: Frame, count: Frame) -> bool:
    """Whether an amount and a number are told of one thing, which is no other than the draft's."""
    if price.statement.span != count.statement.span:
        return not _is_of_each(price) and follow(price, count)
    return follow(price, count) and _are_partners(claim, price, count)


def _are_partners(claim: Frame, price: Frame, count: Frame) -> bool:
    """Whether no other pair of the sentence has either: 20 at $500 and 12 at $225.

    A sentence that tells one amount only may tell how many in any of its numbers.
    """
    amounts = [f for f in price.statement.figures if f.dimension is Dimension.MONEY]
    if len(amounts) < len((price, count)):
        return True
    own = price.figure.span, count.figure.span
    pairs = _partners(price.statement)
    if own not in pairs:
        return False
    parts = _parts(price.statement, sorted({tuple(sorted(pair)) for pair in pairs}))
    others = [part for pair, part in parts.items() if pair != tuple(sorted(own))]
    return not names_another(claim.statement.text, parts[tuple(sorted(own))], others)


def _parts(statement: Statement, pairs: Sequence[tuple[Span, ...]]) -> dict[tuple[Span, ...], str]:
    """The words of a sentence that are of each pair: where a gap has no break, of the later."""
    found = {}
    at = 0
    for pair, following in zip(pairs, (*pairs[1:], None), strict=True):
        end = pair[-1].end - statement.span.start
        until = (
            len(statement.text) if following is None else following[0].start - statement.span.start
        )
        gap = statement.text[end:until] if until > end else ""
        breaks = [] if following is None else list(_GAP.finditer(gap))
        stop = until if following is None else end + (breaks[-1].start() if breaks else 0)
        found[pair] = statement.text[at:stop]
        at = stop
    return found


def _partners(statement: Statement) -> frozenset[tuple[Span, Span]]:
    """The amounts of a sentence and the numbers that stand beside them, in the order of both.

    Where there are as many of one as of the other in a stretch, each has one.
    """
    found = set()
    for run in _runs(statement):
        amounts = sum(f.dimension is Dimension.MONEY for f in run)
        even = 2 * amounts == len(run)
        taken = False
        for one, other in pairwise(run):
            if one.dimension is other.dimension or (taken and even):
                taken = False
                continue
            price, count = sorted((one, other), key=lambda f: f.dimension is Dimension.COUNT)
            found.add((price.span, count.span))
            taken = True
    return frozenset(found)


def _runs(statement: Statement) -> Iterator[list[Figure]]:
    """The amounts and numbers of a sentence, parted where its words part them."""
    run: list[Figure] = []
    for figure in statement.figures:
        if figure.dimension not in _PAIRED:
            continue
        between = Span(run[-1].span.end, figure.span.start) if run else None
        parted = between and between.shift(-statement.span.start).of(statement.text)
        if parted and _BREAK.search(parted):
            yield run
            run = []
        run.append(figure)
    if run:
        yield run


_GAP = re.compile(r"[;；,，、\n]| (?:and|while|but) ")
_PAIRED = frozenset({Dimension.MONEY, Dimension.COUNT})
_BREAK = re.compile(r"[;；\n]|, (?:and|while|but) |[，,](?:而|另)")


def _is_of_each(price: Frame) -> bool:
    """Whether an amount is of every one of several: 12 third prizes of $225."""
    at = price.figure.span.start - price.statement.span.start
    return _OF_EACH.search(fold(price.statement.text[:at]).text) is not None


_OF_EACH = re.compile(
    r"\b(?:prizes|awards|grants|vouchers|tickets|packets|bonuses|scholarships|coupons) of $"
)


def portions(claim: Frame, prices: Sequence[Placed], sources: Sequence[Source]) -> Iterator[Sum]:
    """What an amount makes for each of so many that share it, which one sentence tells.

    Where they need not get the same, it is what they get on average.
    """
    mean = says("mean", claim.statement.text)
    for at, price in prices:
        for count in sources[at].frames:
            if count.figure.dimension is not Dimension.COUNT or not _is_beside(claim, price, count):
                continue
            text = count.statement.text
            shared = [told.scope.of(text) for told in (price, count)]
            split = any(says("split", one) or (mean and says("shared", one)) for one in shared)
            if not split or not is_firm(count) or value_of(count) <= 1:
                continue
            value = value_of(price) / value_of(count)
            if is_rough(claim, value):
                yield Sum("portion", price, count, (at, at), value)


def _is_beside(claim: Frame, price: Frame, count: Frame) -> bool:
    """Whether a number stands near an amount, and no other amount between them."""
    first, second = sorted((price.figure.span, count.figure.span))
    amounts = (f for f in price.statement.figures if f.dimension is Dimension.MONEY)
    between = any(first.end <= f.span.start < second.start for f in amounts if f.span != second)
    near = second.start - first.end <= _NEAR and not between
    return near and _are_partners(claim, price, count)


_NEAR = 48  # characters between an amount and the number of those who share it
