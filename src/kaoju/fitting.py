"""From what the articles say of a figure to one verdict.

The order of the rules: a figure that agrees, of the same thing, supports, unless a newer one
has replaced it, another article of the same time says otherwise, or somebody else is said to
have said it; failing that, one that differs contradicts; failing that, the same number of
something else is named; failing that, nothing was found. What the words set apart, men's and
women's, now and a year ago, is something else. Thresholds stand in ``lexicon/checking.toml``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kaoju import accusation, contest
from kaoju.agreement import agrees, apart, crosses, ends_swapped, is_relative, opposes
from kaoju.alignment import Conflict, Pair
from kaoju.apiece import of_other_share
from kaoju.came_from import came_from
from kaoju.contrasts import Contrast, contrasted, listed_apart, same_side
from kaoju.dates_beside import is_of_a_date_beside
from kaoju.disputes import disputed
from kaoju.draft_comparison import compare
from kaoju.frames import TIMED, Frame, frame
from kaoju.judgement import Decided, as_sure, odds, same_number, threshold
from kaoju.meant import decided_by_sum, named_sum
from kaoju.neighbours import neighbour
from kaoju.opinions import opinion
from kaoju.printed import is_printed, is_printed_whole
from kaoju.retold import retold, without_retold
from kaoju.speakers import differs, said_otherwise, voice_of
from kaoju.succession import against, alike, replaced, says_now, when
from kaoju.takebacks import taken_back
from kaoju.tenses import of_other_time
from kaoju.text import fold, has_han
from kaoju.timeliness import out_of_time
from kaoju.tokens import query_terms
from kaoju.types import Agreement, EntityKind, Figure, Qualifier, Relation, Status

# Deciding ---------------------------------------------------------------------------------


def fitting(claim: Frame, pairs: Sequence[Pair], sums: Sequence[Pair] = ()) -> Decided:
    """Decide on one figure by how it fits the articles', not yet seen as a whole.

    Args:
        claim: The draft's frame.
        pairs: What the articles state, the likeliest first, told apart; see `told_apart`.
        sums: What two figures of the articles make, of nobody that the draft does not name.
    """
    clean = [p for p in pairs if not p.conflicts]
    swapped = [p for p in clean if ends_swapped(p) and p.score >= threshold("support")]
    support = supporting(clean)
    whole = [p for p in support if is_printed_whole(p)]
    if swapped and not whole:
        return Decided(claim, Status.CONTRADICTED, "from_and_to", (swapped[0],))
    clean = without_retold(clean, claim, support)
    oppose = sorted((p for p in clean if opposes(p) and _same_thing(p)), key=_nearest, reverse=True)
    elsewhere = [p for p in pairs if p.conflicts and agrees(p) and p.score >= threshold("context")]
    sure = max((odds(p.score) for p in support), default=0.0)
    own = opinion(claim)
    if own is not None and sure < threshold(own):
        return Decided(claim, Status.NOT_CHECKABLE, "opinion")
    if settled := disputed(claim, pairs) or taken_back(claim, support, pairs):
        return settled
    if whole:  # what an article prints word for word is not contradicted by its like
        support = [*whole, *(p for p in support if p not in whole)]
        return _supported(claim, support, oppose, clean, pairs)
    if named := named_sum(sums, pairs):
        return named
    if sums and not _prints(claim, pairs, oppose, sums):
        return decided_by_sum(claim, sums, pairs)
    if (
        elsewhere
        and odds(elsewhere[0].score) > threshold("outweigh") * sure
        and not any(is_printed(p) for p in support)
    ):
        # The same number of something else: what the articles say of this decides, if they do.
        support = []
        beside = neighbour(claim, elsewhere[0].evidence)
        if beside is not None:
            return contradicted(claim, [_instead(elsewhere[0], beside)])
        if beside_it := _of_its_side(elsewhere[0], clean):
            return contradicted(claim, beside_it)
        if accused := _accused(claim, oppose, clean, elsewhere):
            return contradicted(claim, accused)
        rule = conflict_of(elsewhere[0])
        return Decided(claim, Status.NEEDS_CONTEXT, rule, same_number(elsewhere))
    crossed = [
        p
        for p in clean
        if crosses(p) and p.score >= threshold("support") and p.aligned >= threshold("crossed")
    ]
    if crossed and all(p.comparison.rule == "bound" and not p.features["digits"] for p in support):
        return contradicted(claim, crossed)  # the very number, from the other side
    if support and (told := said_otherwise(support, _differing(clean))) is not None:
        return contradicted(claim, [told])
    if support and claim.figure.dimension not in TIMED and replaced(claim, support, clean):
        return _supported(claim, support, oppose, clean, pairs)  # what took its place is no rival
    if support:
        rival = contest.strongest(contest.standing(support), [p for p in clean if opposes(p)])
        if rival is None:
            if not (oppose and _outweighs(oppose[0], support)):
                return _supported(claim, support, oppose, clean, pairs)
        elif _stands(rival[1]) and (other := _outvoted(support, clean)) is not None:
            return contradicted(claim, [other])
        elif _stands(rival[1]):
            return _supported(claim, support, oppose, clean, pairs)
        else:
            return contradicted(claim, [rival[0]])
    if accused := _accused(claim, oppose, clean, elsewhere):
        return contradicted(claim, accused)
    if support:
        return _supported(claim, support, oppose, clean, pairs)
    if is_relative(claim.figure):
        return Decided(claim, Status.NOT_CHECKABLE, "relative_date")
    if claim.figure.qualifier is Qualifier.VAGUE:
        return Decided(claim, Status.NOT_CHECKABLE, "vague")
    return Decided(claim, Status.NOT_FOUND, "no_evidence")


def _accused(
    claim: Frame, oppose: Sequence[Pair], clean: Sequence[Pair], elsewhere: Sequence[Pair]
) -> Sequence[Pair]:
    """The figures that contradict a draft's with which none agrees, all of one number."""
    if claim.figure.dimension in TIMED:
        return oppose
    ordered, sure = accusation.surest([p for p in clean if opposes(p)], elsewhere=bool(elsewhere))
    if sure < threshold("accuse") or ordered[0].aligned < threshold("accuse_aligned"):
        return ()
    return [p for p in ordered if same_figure(p.evidence.figure, ordered[0].evidence.figure)]


def _prints(
    claim: Frame, pairs: Sequence[Pair], oppose: Sequence[Pair], sums: Sequence[Pair]
) -> bool:
    """Whether the articles print what a draft would have reckoned: its number, or another change.

    The very number may stand there of something else; then it is not from a sum that it comes.
    """
    if any(
        p.agrees
        and p.features["digits"]
        and p.score >= threshold("context")
        and not (p.evidence.reckoned is not None and p.conflicts)
        for p in pairs
    ):
        return True
    likeliest = max(threshold("support"), *(p.score for p in sums))
    if any(may_support(p) and p.evidence.printed and p.score >= likeliest for p in pairs):
        return True  # 1.24 billion, of a draft's about 1.2
    sure = max(p.aligned for p in sums)
    changes = (Relation.BY, Relation.CHANGE)
    return claim.figure.relation in changes and any(
        p.evidence.figure.relation in changes and p.aligned > sure for p in oppose
    )


def _instead(pair: Pair, figure: Figure) -> Pair:
    """A pair with another figure of its article's sentence in the place of the one that agrees."""
    evidence = frame(pair.evidence.statement, figure)
    comparison = compare(pair.claim, evidence)
    return replace(pair, evidence=evidence, comparison=comparison, conflicts=frozenset(), anew=())


def _is_stranger(pair: Pair) -> bool:
    """Whether an article in the draft's language names nobody and no place that the draft does."""
    told = pair.evidence.statement
    names = [
        m
        for m in pair.claim.statement.mentions
        if m.entity_id != pair.claim.statement.speaker_id and m.kind in _NAMED
    ]
    if contest.is_across(pair) or not names or any(m.entity_id in told.everywhere for m in names):
        return False
    text = fold(f"{told.title}\n{told.before}\n{told.text}").text
    held = told.topic | told.terms
    return not any(
        fold(m.surface).text[: 2 if has_han(m.surface) else None] in text
        or held & set(query_terms(m.surface, characters=False))
        for m in names
    )


_TOLD_HERE = 0.4  # how sure another telling has to be, beside the one that decides
_NAMED = frozenset({EntityKind.PLACE, EntityKind.ORGANISATION, EntityKind.PERSON})


def not_strange(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs but those of articles that name nobody and no place that the draft does."""
    return [p for p in pairs if not _is_stranger(p)]


def told_apart(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs but strangers', with what sets two things against each other as a conflict.

    An article that is told in the draft's own language too is judged there: what is another's
    there is another's in its twin, whose names may not be linked.
    """
    newest = max(filter(None, (p.evidence.statement.published_on for p in pairs)), default=None)
    found = [
        replace(p, conflicts=p.conflicts | set_by)
        if (set_by := _set_against(p, pairs, newest))
        else p
        for p in pairs
        if not _is_stranger(p)
    ]
    found = [
        replace(p, conflicts=p.conflicts | {Conflict.PERIOD}) if came_from(p, found) else p
        for p in found
    ]
    near = [p for p in found if agrees(p) and p.score >= threshold("context")]
    own = {_told_as(p): p for p in reversed(near) if not contest.is_across(p) and _of_body(p)}
    return [
        replace(p, conflicts=own[_told_as(p)].conflicts)
        if contest.is_across(p) and not p.conflicts and _told_as(p) in own
        else p
        for p in found
    ]


def _set_against(pair: Pair, pairs: Sequence[Pair], newest: date | None) -> set[Conflict]:
    """What the words of both sentences set against each other."""
    claim, evidence = pair.claim, pair.evidence
    if agrees(pair) and (of_other_share(claim, evidence) or listed_apart(claim, evidence)):
        return {Conflict.MEASURE, Conflict.APART}
    if pair.aligned >= threshold("contrast") and _is_contrasted(pair):
        return {Conflict.MEASURE}
    if of_other_time(claim, evidence, newest):
        return {Conflict.PERIOD}
    if not agrees(pair):
        return set()
    if out_of_time(pair, pairs) or is_of_a_date_beside(claim, evidence):
        return {Conflict.PERIOD}
    of_another = neighbour(claim, evidence) is not None or _is_of_another(pair)
    return {Conflict.SUBJECT} if of_another else set()


def _is_contrasted(pair: Pair) -> bool:
    """Whether words set two figures against each other that the reader leaves room for.

    What the sentence of a figure says of it does. What stands before the sentence or nowhere is
    an assumption, that a sentence goes on from another or that an article which names no part
    speaks of the whole: of the tuned pairs that the reader took for surely one thing it was wrong
    for 48 of 56, and of those that differ in number for more than half wherever it had no doubt.
    """
    how = contrasted(pair.claim, pair.evidence)
    if how is None or how is Contrast.SAID:
        return how is not None
    read = pair.features.get("read", 0.0)
    if how is Contrast.UNSAID and not agrees(pair):
        return read < 0
    return read < _READS_AS_ONE


_READS_AS_ONE = 0.3  # what the reader says from which it takes two figures for one thing


def _is_of_another(pair: Pair) -> bool:
    """Whether the draft's words surely belong to another figure of the evidence's sentence."""
    return pair.features.get("beside", 0.0) >= _SURELY


_SURELY = 0.9  # how surely words of a draft must stand beside another figure alone


def _of_body(pair: Pair) -> bool:
    """Whether the clause of a draft's figure names whose it is: who speaks is no subject."""
    claim = pair.claim
    start = claim.statement.span.start
    named = {
        m.entity_id
        for m in claim.statement.mentions
        if m.kind is not EntityKind.PERSON and claim.scope.contains(m.span.shift(-start))
    }
    return not claim.own or bool(claim.own & named)


def _told_as(pair: Pair) -> tuple[object, ...]:
    """What the tellings of one story share: the day and the number."""
    figure = pair.evidence.figure
    return pair.evidence.statement.published_on, figure.value, figure.unit, figure.period


def _outvoted(support: Sequence[Pair], clean: Sequence[Pair]) -> Pair | None:
    """A figure that both tellings of a story give to the draft's words rather than its own number.

    Of two languages each puts its words in its own order: what is near in one may be far in the
    other.
    """
    best = support[0]
    if best.claim.figure.dimension in TIMED:
        return None
    votes: dict[tuple[object, ...], dict[bool, Pair]] = {}
    for pair in clean:
        figure = pair.evidence.figure
        key = (pair.evidence.statement.published_on, figure.value, figure.unit)
        one = votes.setdefault(key, {}).setdefault(contest.is_across(pair), pair)
        if pair.aligned > one.aligned:
            votes[key][contest.is_across(pair)] = pair
    own = best.evidence.figure
    mine = votes.get((best.evidence.statement.published_on, own.value, own.unit), {})
    if len(mine) < len((False, True)):
        return None
    told = math.fsum(p.aligned for p in mine.values())
    others = [
        both
        for key, both in votes.items()
        if key[0] == best.evidence.statement.published_on
        and len(both) == len(mine)
        and all(opposes(p) and p.comparison.relation is Agreement.DIFFERENT for p in both.values())
        and math.fsum(p.aligned for p in both.values()) >= told + threshold("outvotes")
    ]
    if not others:
        return None
    most = max(others, key=lambda both: math.fsum(p.aligned for p in both.values()))
    return most[False]


def _differing(clean: Sequence[Pair]) -> list[Pair]:
    """The figures that differ and may be of the thing itself, the likeliest first."""
    told = [
        p
        for p in clean
        if p.aligned >= threshold("same_side")
        and p.comparison.relation is Agreement.DIFFERENT
        and opposes(p)
    ]
    return sorted(told, key=lambda p: -p.aligned)


def _of_its_side(elsewhere: Pair, clean: Sequence[Pair]) -> list[Pair]:
    """What the sentence that has the draft's number of the other side says of the draft's own."""
    return [
        p
        for p in clean
        if p.evidence.statement == elsewhere.evidence.statement
        and opposes(p)
        and p.comparison.relation is Agreement.DIFFERENT
        and p.aligned >= threshold("same_side")
        and same_side(p.claim, p.evidence)
    ]


def may_support(pair: Pair) -> bool:
    """Whether a pair agrees, and not only because 今天 is a day of some month."""
    return agrees(pair) and (pair.comparison.rule == "equal" or not is_relative(pair.claim.figure))


def supporting(clean: Sequence[Pair]) -> list[Pair]:
    """The pairs that agree and are likely enough of one thing, of those without conflict."""
    return [
        p
        for p in clean
        if may_support(p)
        and p.score >= threshold("support")
        and p.aligned >= threshold("support_aligned")
    ]


def _stands(sure: float) -> bool:
    """Whether a figure that agrees is the draft's rather than its strongest rival."""
    return sure >= threshold("contest")


def _likeness(pair: Pair) -> float:
    """How surely a pair is of one thing: by its frame, or by its very digits."""
    return max(pair.aligned, pair.score) if _same_digits(pair) else pair.aligned


def _same_digits(pair: Pair) -> bool:
    """Whether a figure that differs has the very digits of the draft's: a slip, not another one."""
    if pair.comparison.rule == "dimension" and pair.aligned < threshold("slip"):
        return False
    return pair.features["digits"] > 0 and pair.score >= threshold("same_digits")


def _nearest(oppose: Pair) -> tuple[bool, float]:
    """The order of figures that differ: those with the draft's own digits first."""
    return (_same_digits(oppose) and oppose.features["digits"] >= _TWO_DIGITS, _likeness(oppose))


_TWO_DIGITS = 0.5


def _same_thing(pair: Pair) -> bool:
    """Whether a figure that differs is of the same thing surely enough to contradict."""
    timed = pair.claim.figure.dimension in TIMED
    return pair.aligned >= threshold("oppose_date" if timed else "oppose") or _same_digits(pair)


def _outweighs(oppose: Pair, support: Sequence[Pair]) -> bool:
    """Whether a figure that differs is of the same thing more surely than any that agrees.

    Where both have the draft's digits, or stand in one sentence, the words around them decide:
    a number copied from the one beside it is the commonest slip.
    """
    beside = any(p.evidence.statement is oppose.evidence.statement for p in support)
    # Days recur from sentence to sentence: that one is found elsewhere says little.
    timed = oppose.claim.figure.dimension in TIMED
    if beside or timed:
        best = max(p.aligned for p in support)
        return odds(oppose.aligned) > threshold("outweigh_beside") * odds(best)
    best = max(p.score for p in support)
    if _same_digits(oppose):
        return odds(_likeness(oppose)) > threshold("outweigh_beside") * odds(best)
    return odds(oppose.aligned) > threshold("outweigh") * odds(best)


def _supported(
    claim: Frame,
    support: Sequence[Pair],
    oppose: Sequence[Pair],
    clean: Sequence[Pair],
    pairs: Sequence[Pair],
) -> Decided:
    best = support[0]
    least = threshold("rival_now" if says_now(claim) else "rival_least")
    rivals = [
        p
        for p in oppose
        if p.aligned >= max(threshold("rival") * best.aligned, least)
        and alike(p.evidence.figure, best.evidence.figure)
        and p.comparison.relation is Agreement.DIFFERENT
    ]
    apart = [p for p in support if differs(p)]
    told = [p for p in support if voice_of(p.evidence) is not None]
    if apart and len(apart) == len(told):
        return Decided(claim, Status.NEEDS_CONTEXT, "speaker", same_number(apart))
    timed = claim.figure.dimension in TIMED
    settled = retold(claim, support, pairs)
    if not timed:
        settled = settled or replaced(claim, support, clean)
        settled = settled or against(claim, support, rivals, clean)
    if settled:
        return settled
    support = [p for p in support if p not in apart]
    rule = support[0].comparison.rule
    exact = [p for p in support if p.comparison.rule != "rounding"]
    if rule == "rounding" and exact and as_sure(exact[0], support[0]):
        support = [*exact, *(p for p in support if p not in exact)]
        rule = exact[0].comparison.rule
    status = Status.SUPPORTED_ROUNDED if rule == "rounding" else Status.SUPPORTED
    return Decided(claim, status, rule, same_number(support))


def contradicted(claim: Frame, oppose: Sequence[Pair]) -> Decided:
    """The best aligned decides; of several as good, the newest."""
    near = [p for p in oppose if _likeness(p) >= threshold("rival") * _likeness(oppose[0])]
    if claim.period is None:
        best = max(
            near, key=lambda p: (_nearest(p)[0], round(_likeness(p), 1), when(p), _likeness(p))
        )
    elif claim.figure.dimension in TIMED:
        best = max(near, key=lambda p: (_published(p), _likeness(p)))  # what was put off is later
    else:
        best = near[0]
    others = [p for p in near if p is not best and p.evidence.figure.value is not None]
    alike = [p for p in others if same_figure(p.evidence.figure, best.evidence.figure)]
    own = claim.statement.language
    if best.evidence.statement.language is not own and best.evidence.figure.value is not None:
        # The same figure in the draft's own language is the better quote, of one day even where
        # it is less surely of the same thing.
        told = [
            p
            for p in oppose
            if p.evidence.statement.language is own
            and same_figure(p.evidence.figure, best.evidence.figure)
            and (p in alike or when(p) == when(best))
            and _likeness(p) >= _TOLD_HERE * _likeness(best)
        ]
        alike = [best, *(p for p in alike if p not in told[:1])] if told else alike
        best = told[0] if told else best
    rule = apart(best.claim, best.evidence) if best.agrees else None
    return Decided(claim, Status.CONTRADICTED, rule or best.comparison.rule, (best, *alike))


def _published(pair: Pair) -> date:
    return pair.evidence.statement.published_on or date.min


def same_figure(one: Figure, other: Figure) -> bool:
    """Whether two figures are one number of one unit."""
    return (one.value, one.unit) == (other.value, other.unit)


def conflict_of(pair: Pair) -> str:
    """The name of what first speaks against a pair, as a rule."""
    for conflict in (
        Conflict.APART,
        Conflict.SUBJECT,
        Conflict.KEY,
        Conflict.PERIOD,
        Conflict.MEASURE,
        Conflict.SHARE,
        Conflict.BASE,
    ):
        if conflict in pair.conflicts:
            return str(conflict)
    return "measure"
