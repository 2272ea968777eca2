"""The best sentences read closely: what of the question each of them means, and what it lacks.

Words are matched by meaning here, across languages (`kaoju.affinity`), and held against the
sentence, its headings and the sentence before it. Only a dozen sentences are read so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from kaoju.affinity import affinities, is_exact
from kaoju.asked import Asked, Forms, Readable, plain_weight, readable
from kaoju.constraints import Clash, Scene, clashes
from kaoju.expectations import Expected, expected_of
from kaoju.headline import answer_by_wording, other_line
from kaoju.reader import Text, shipped_reader
from kaoju.roles_asked import asked_roles
from kaoju.text import fold, has_han
from kaoju.tokens import stem, stopwords, tokenize
from kaoju.topics import is_off_topic, topic_of
from kaoju.types import Query, Span, Wanted
from kaoju.wanted import VALUED, could_answer, is_employment, role_borne
from kaoju.word_translations import words_for

if TYPE_CHECKING:
    from kaoju.encoder import Encoder
    from kaoju.evidence import Candidate

_AROUND = 0.8  # of a word that the headings or the sentence before give
_PASSAGE = 0.6  # of one that stands elsewhere in the passage
_SAME_NAME = 0.5  # affinity from which two words are one name in two languages
_MEANT = 0.2  # affinity from which a word is said in another
_NAME = 1.5  # weight of a name of the question
_LED = 6.0  # log odds by which a text may answer more surely than any place in its sentence does
_SURE = 10.0  # log odds of the reader beyond which it says nothing more
_BY_RULE = 3.0  # log odds of an answer that a rule of the wording finds
# What did Swiber say, 米兰说了什么; not: what did Miran say about bills, 米兰对国库券说了什么,
# what did investors buy when Swiber warned. 于, 关 and 向 may begin a surname: 关明芳说了什么.
_ONLY_SAID = re.compile(
    r"(?:and |so |but )?what (?:"
    r"(?:did|does|do) (?:(?!\b(?:about|of|on|after|before|when|while|that)\b).)+?"
    r" (?:just |actually |really )?(?:say|said|tell|told|warn|argue|claim|remark|comment|state"
    r"|point out)"
    r"|(?:has|have|had) (?:(?!\b(?:about|of|on|after|before|when|while|that)\b).)+?"
    r" (?:just |actually |really )?(?:said|told|warned|argued|claimed|remarked|commented|stated"
    r"|pointed out))(?: us| about)?"
    r"|(?:(?!关于|有关|[谈提问][到及]|[对就在,，]|(?<=.)向).)+?"
    r"(?:说|讲|表示|认为|指出|警告|提醒|评论)(?:了|过|的是)*些?(?:什么|啥)话?"
)
_NOT_IT = frozenset({"kind", "line", "open", "topic"})  # clashes that the reader does not outweigh
_KIND = 3  # characters of a Chinese word that says of which kind something is
_RARE = 0.9  # weight of a word that no other says
_MOST_UNMET = 2  # things insisted on and not said that count

Floats = npt.NDArray[np.float32]


def scrutinise(
    query: Query,
    asked: Asked,
    candidates: Sequence[Candidate],
    *,
    encoder: Encoder,
) -> list[Candidate]:
    """Add to each candidate what a close reading tells, in the order given.

    Args:
        query: The question.
        asked: Its content.
        candidates: The sentences, already scored at first sight.
        encoder: Reads the words.
    """
    roots = list(asked.terms)
    words = [asked.printed[root] for root in roots]
    inside = [content_words(c.text) for c in candidates]
    outside = [content_words(c.lead) for c in candidates]
    every = list(dict.fromkeys(w for some in (*inside, *outside) for w in some))
    near = np.maximum(affinities(encoder, words, every), _translations(roots, every))
    for row, root in enumerate(roots):
        if root in asked.foreign:  # Ghana is not the Ivory Coast, however near they lie
            near[row][near[row] < _SAME_NAME] = 0.0
    column = {word: at for at, word in enumerate(every)}
    texts = [readable(c.text) for c in candidates]
    leads = [readable(c.lead) for c in candidates]
    passages = [readable(c.hit.title + "\n" + c.hit.text) for c in candidates]

    def matched(said: Sequence[str], text: Readable, heard: Mapping[str, Forms]) -> Floats:
        found = np.array(
            [
                1.0
                if any(form in text.folded for form in heard.get(root, ()))
                else text.holds(root)
                for root in roots
            ],
            dtype=np.float32,
        )
        if said and roots:
            found = np.maximum(found, near[:, [column[w] for w in said]].max(axis=1))
        return found

    heard = [asked.heard.get(c.hit.document_id, {}) for c in candidates]
    own = np.array([matched(*one) for one in zip(inside, texts, heard, strict=True)])
    lead = np.array([matched(*one) for one in zip(outside, leads, heard, strict=True)])
    held = np.array([matched((), *one) for one in zip(passages, heard, strict=True)])
    own, lead, held = (m.reshape(len(candidates), len(roots)) for m in (own, lead, held))
    full = np.maximum.reduce([own, _AROUND * lead, _PASSAGE * held])
    anywhere = np.maximum.reduce([own, lead, held])
    plain = np.array(
        [1.0 if root in asked.foreign else plain_weight(root) for root in roots], dtype=np.float32
    )
    rare = np.log(1 + (len(candidates) + 1) / (0.5 + own.sum(axis=0)))
    weights = plain * rare
    focus = [at for at, root in enumerate(roots) if root in asked.focus]
    foreign = [at for at, root in enumerate(roots) if root in asked.foreign]
    expected, topic = expected_of(query.text), topic_of(query.text)
    roles = asked_roles(query.text) if query.wanted is Wanted.PERSON else ()
    telling = query.wanted not in VALUED  # what is asked for is told in words
    worded = answer_by_wording(query, asked, candidates)
    found = []
    for at, candidate in enumerate(candidates):
        near_text = candidate.lead + "\n" + candidate.text
        passage = candidate.hit.title + "\n" + candidate.hit.text
        met = expected.met(candidate.text) if telling or expected.always else None
        names = _names(asked, candidate)
        role = role_borne(query, candidate)
        clash = [
            *clashes(query, _scene(candidate)),
            *_of_something_else(query, asked, candidate, expected, topic),
            *_of_another_kind(query, asked, candidate, inside[at]),
        ]
        lack = np.sort(plain * (1 - anywhere[at]))[::-1]
        close = plain * (1 - np.maximum(own[at], lead[at]))
        features = {
            "focus_gap": float((plain[focus] * (1 - own[at][focus])).max()) if focus else 0.0,
            "focus_far": float(close[focus].max()) if focus else 0.0,
            "gap_second": float(lack[1]) if len(lack) > 1 else 0.0,
            "said": float((plain * anywhere[at]).sum()),
            "meaning": _share(own[at], weights, [n for n, _ in names]),
            "context": _share(full[at], weights, [m for _, m in names]),
            "gap": float(lack[0]) if len(lack) else 0.0,
            "clash": float(bool(clash)),
            "other_speaker": float(_other_speaker(query, asked, candidate)),
            "foreign": float((1 - anywhere[at][foreign]).max()) if foreign else 0.0,
            "expected": float(met == 1.0),
            "unexpected": float(met == 0.0),
            "unmet": _unmet(expected, passage, candidate.article),
            "unmet_here": float(min(_MOST_UNMET, expected.unmet(near_text))),
            "unmeasured": expected.unmeasured(passage) * float(query.wanted is Wanted.FIGURE),
            "size": float(plain.sum()),
            "worded": float(at in worded),
            "role": role,
            "unroled": float(bool(roles) and role == 0.0),
        }
        found.append(
            replace(
                candidate,
                features=candidate.features | features,
                clashes=tuple(clash),
                places=_places(candidate, near, column, plain),
            )
        )
    return found


def _of_something_else(
    query: Query, asked: Asked, candidate: Candidate, expected: Expected, topic: str
) -> list[Clash]:
    """What a question is of and a sentence is not, told by words, lines of a list and topics."""
    article = candidate.article or fold(candidate.hit.title + "\n" + candidate.hit.text).text
    found = [
        Clash(kind, name, "")
        for kind, likely in (("named", False), ("place", True))
        for name in expected.unnamed(article, likely=likely)
    ]
    found += [Clash("open", *words) for words in expected.left_open(candidate.text)]
    labels = other_line(query, candidate)
    if labels is not None:
        found.append(Clash("line", *labels))
    if is_off_topic(topic, query.text, asked, candidate):
        found.append(Clash("topic", topic, ""))
    return found


def _of_another_kind(
    query: Query, asked: Asked, candidate: Candidate, said: Sequence[str]
) -> list[Clash]:
    """Chinese words asked for that stand nowhere and end as one of a sentence does.

    Words of three characters and more with one head are kinds of it: 玉米粉, 小麦粉.
    """
    if not has_han(candidate.text):
        return []
    heard = asked.heard.get(candidate.hit.document_id, {})
    found = []
    for root in asked.terms:
        if len(root) < _KIND or not has_han(root) or root in candidate.article:
            continue
        if plain_weight(root) < _RARE or any(f in candidate.article for f in heard.get(root, ())):
            continue
        other = next((word for word in said if _is_other_kind(root, word, query.text)), None)
        if other is not None:
            found.append(Clash("kind", root, other))
    return found


def _is_other_kind(asked: str, said: str, question: str) -> bool:
    alike = len(said) >= _KIND and said[-1] == asked[-1] and abs(len(said) - len(asked)) <= 1
    return alike and said[0] != asked[0] and said not in question


def _unmet(expected: Expected, passage: str, article: str) -> float:
    """How much of what is insisted on a passage leaves out; half of it where its article has it."""
    here = min(_MOST_UNMET, expected.unmet(passage))
    return 0.5 * (here + min(here, expected.unmet(article)))


def _translations(roots: Sequence[str], said: Sequence[str]) -> Floats:
    """How likely each term is said by each word of the other language, by the learned tables."""
    found = np.zeros((len(roots), len(said)), dtype=np.float32)
    told = [stem(word) for word in said]
    for row, root in enumerate(roots):
        chances = {} if is_exact(root) else dict(words_for(root))
        if chances:
            found[row] = [chances.get(word, 0.0) for word in told]
    return found


def read(query: Query, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Add to each candidate what the reader tells of question and sentence together.

    A sentence is read after its title and the sentence before it, which may say who "he" is.
    Where a rule finds the body that somebody works for beside the name, the words of the one of
    whom nothing else is asked, or the figure that a title gives (`kaoju.headline`), that outweighs
    it.
    """
    only_said = asks_only_what_was_said(query)
    asked = [
        (query.text, Text("\n".join(filter(None, (c.hit.title, c.before))), c.text))
        for c in candidates
    ]
    worded = any(candidate.features["worded"] for candidate in candidates)
    found = []
    for candidate, reading in zip(candidates, shipped_reader().read(asked), strict=True):
        best = reading.best()
        answers = reading.answers
        if best is not None:  # what the title alone answers, the sentence does not
            answers = min(answers, best[1] + _LED)
        if (
            (is_employment(query) and could_answer(query, candidate) > 0)
            or (only_said and candidate.features["speaker"] > 0)
            or candidate.features["worded"]
        ):
            answers = max(answers, _BY_RULE)
        elif (worded and could_answer(query, candidate) > 0) or any(
            clash.kind in _NOT_IT for clash in candidate.clashes
        ):
            answers = min(answers, 0.0)  # a part of what is asked for, or something like it
        elif only_said and query.entity_ids and not _mentions(query, candidate):
            answers = min(answers, -_BY_RULE)
        features = {
            "answers": max(-_SURE, min(_SURE, answers)),
            "pointed": max(-_SURE, min(_SURE, best[1])) if best else -_SURE,
        }
        found.append(
            replace(
                candidate,
                features=candidate.features | features,
                pointed=best[0].shift(candidate.span.start) if best else None,
            )
        )
    return found


def _mentions(query: Query, candidate: Candidate) -> bool:
    """Whether a sentence names somebody or something that the question names."""
    return any(mention.entity_id in query.entity_ids for mention in candidate.mentions)


def asks_only_what_was_said(query: Query) -> bool:
    """Whether a question asks what somebody said, and of nothing in particular."""
    return _ONLY_SAID.fullmatch(fold(query.text).text.strip().rstrip("?？!。. ")) is not None


def _places(
    candidate: Candidate, near: Floats, column: dict[str, int], weights: Floats
) -> tuple[tuple[Span, float], ...]:
    """Where a sentence says the words asked for in other words, or in the other language."""
    found: list[tuple[Span, float]] = []
    tokens = [
        (token.span, column[word])
        for token in tokenize(candidate.text)
        if (word := fold(token.span.of(candidate.text)).text) in column
    ]
    if not tokens:
        return ()
    said = near[:, [at for _, at in tokens]]
    for row, best in enumerate(said.argmax(axis=1)):
        sure = float(said[row, best])
        if sure >= _MEANT:
            span = tokens[int(best)][0].shift(candidate.span.start)
            found.append((span, sure * float(weights[row])))
    return tuple(found)


def content_words(text: str) -> list[str]:
    """The words of a text that carry meaning, folded, each once; single characters not."""
    found: dict[str, None] = {}
    for token in tokenize(text):
        word = fold(token.span.of(text)).text
        if len(word) < 2 or word in stopwords() or not any(c.isalpha() for c in word):
            continue
        if not (is_exact(word) and not has_han(word)):
            found[word] = None
    return list(found)


def _share(matched: Floats, weights: Floats, names: Sequence[float]) -> float:
    total = float(weights.sum()) + _NAME * len(names)
    if not total:
        return 0.0
    return (float(matched @ weights) + _NAME * math.fsum(names)) / total


def _names(asked: Asked, candidate: Candidate) -> list[tuple[float, float]]:
    """For each name asked for, whether the sentence has it, and whether its passage does."""
    inside = {m.entity_id for m in candidate.mentions}
    if candidate.claim is not None and candidate.claim.attributed_id:
        inside.add(candidate.claim.attributed_id)
    heard = asked.heard.get(candidate.hit.document_id, {})
    text, passage = fold(candidate.text).text, fold(candidate.hit.text).text
    found = []
    for name in asked.named:
        if name.entity_ids:  # others are terms
            near = _AROUND * name.told(passage, candidate.around, heard)
            told = name.told(text, inside, heard)
            found.append((float(told), 1.0 if told else near))
    return found


def _other_speaker(query: Query, asked: Asked, candidate: Candidate) -> bool:
    claim = candidate.claim
    if claim is None or not claim.attributed_id or not candidate.features["says"]:
        return False
    inside = {m.entity_id for m in candidate.mentions} | {claim.attributed_id}
    return not inside.intersection(asked.entity_ids)


def _scene(candidate: Candidate) -> Scene:
    return Scene(
        text=candidate.text,
        around=candidate.hit.title + "\n" + candidate.hit.text,
        figures=candidate.figures,
        around_figures=candidate.around_figures,
        published_on=candidate.hit.published_on,
    )
