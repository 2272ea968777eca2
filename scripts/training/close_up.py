"""Single sentences to read, as the draft checker and the answers read them.

A reader trained on whole passages alone meets single sentences in use: a title, perhaps the
sentence before, and the sentence itself. Here are examples of that form: those of written
passages cut to the sentence that answers and to others beside it, and those of `STORIES` in
``corpus/gold``, whose articles put several figures of one kind side by side, so that the
sentences nearest to a draft's are mostly not the ones it speaks of. So that likeness does not
become a sign of a trap, the articles' own sentences are asked as well, nearly as they are printed.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kaoju.blanks import alone
from kaoju.comparison import compare_figures
from kaoju.encoder import OnnxEncoder, readable_text
from kaoju.figures import find_figures
from kaoju.frames import TIMED
from kaoju.reader import blanked
from kaoju.reading import read_path
from kaoju.text import sentences
from kaoju.types import Agreement, Figure, Language, Span
from training.examples import Example

GOLD = Path(__file__).resolve().parents[2] / "corpus" / "gold"
# Folders of gold sentences that the reader learns from. Verdicts and answers are learned from what
# is told of them, so from the last by readers that have seen one half of it each.
STORIES = ("stories", "reports")
HALVED = "dispatches"
AGREEING = {Agreement.SAME, Agreement.COMPATIBLE}
# Figures that a draft may print as the article does; what contradicts is marked in the gold.
TOLD = {"supported", "supported_rounded", "conflicting_sources", "outdated"}
BESIDE = 0.6  # of answered questions have a sentence beside the right one, too
BEFORE = 0.5  # of sentences are read with the one before them
NEAREST_CLAIMS, NEAREST_QUESTIONS = 4, 3  # sentences that do not answer, for each
NEAREST_PRINTED = 2
OTHERS_HIDDEN = 0.25  # of draft sentences are asked without their other figures, too
TOLD_AGAIN = 0.85  # cosine from which two sentences may say one thing
CLAUSE = 0.5  # of what is printed is asked as the clause of its figure alone
_CLAUSES = re.compile("[，；,;](?=\\s|[^\\d\\s])")
_NUMERAL = re.compile(r"\d[\d,.]*|[一二三四五六七八九十百千两][一二三四五六七八九十百千点零两]*")
_NUMBERED = re.compile(r"-\d+-(zh|en)$")
_JOINTS = "，；,; "
Floats = npt.NDArray[np.float32]


# Written passages -----------------------------------------------------------------------


def close_ups(examples: Iterable[Example], draw: random.Random) -> Iterator[Example]:
    """Examples of passages as examples of their sentences, of kinds that end in ``close``."""
    for example in examples:
        spans = list(sentences(example.passage))
        kind = f"{example.kind} close"
        if len(spans) < 2:
            continue
        if example.answer is None:
            yield _cut(example, spans, draw.randrange(len(spans)), None, kind, draw)
            continue
        place = Span(*example.answer)
        own = [at for at, span in enumerate(spans) if span.contains(place)]
        if not own:
            continue
        yield _cut(example, spans, own[0], place, kind, draw)
        answer = place.of(example.passage)
        others = [
            at
            for at, span in enumerate(spans)
            if answer not in span.of(example.passage) and at - 1 != own[0]
        ]
        if others and draw.random() < BESIDE:
            yield _cut(example, spans, draw.choice(others), None, f"{kind} beside", draw)


def _cut(
    example: Example,
    spans: Sequence[Span],
    at: int,
    answer: Span | None,
    kind: str,
    draw: random.Random,
) -> Example:
    start = spans[at - 1].start if at and draw.random() < BEFORE else spans[at].start
    place = None if answer is None else (answer.start - start, answer.end - start)
    text = example.passage[start : spans[at].end]
    return Example(example.question, text, place, kind, example.across)


# Stories --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a story's article, folded, with the title and the sentence before it."""

    article: str
    language: Language
    title: str
    before: str
    text: str

    def lead(self, *, before: bool) -> str:
        return self.title + "\n" + (self.before + "\n" if before and self.before else "")


def story_examples(
    draw: random.Random, stories: Path, asked: Path, splits: Collection[str] = ()
) -> list[Example]:
    """What draft sentences, questions and the stories' own sentences ask, with what answers or not.

    Args:
        draw: Shuffles them.
        stories: Folder with ``articles`` and ``sentences.jsonl``.
        asked: The questions.
        splits: Those of the gold that are read; all where none is named.
    """

    def chosen(path: Path) -> list[dict[str, Any]]:
        return [row for row in _rows(path) if not splits or row["split"] in splits]

    shelf = _shelf(stories / "articles")
    every = [sentence for told in shelf.values() for sentence in told]
    encoder = OnnxEncoder(Path(__file__).resolve().parents[2] / "src" / "kaoju" / "model")
    vectors = encoder.encode([sentence.text for sentence in every])
    found = [
        *_story_claims(chosen(stories / "sentences.jsonl"), shelf, every, vectors, encoder, draw),
        *_story_questions(chosen(asked), shelf, every, vectors, encoder),
        *_printed(every, vectors, draw),
    ]
    draw.shuffle(found)
    return found


def _story_claims(
    rows: Sequence[dict[str, Any]],
    shelf: dict[str, list[_Sentence]],
    every: Sequence[_Sentence],
    vectors: Floats,
    encoder: OnnxEncoder,
    draw: random.Random,
) -> Iterator[Example]:
    for row in rows:
        text, language = row["sentence"], Language(row["language"])
        figures = find_figures(text, language)
        own = [n for n, s in enumerate(every) if s.article.startswith(f"{row['story']}-")]
        quoted = {_folded(e["quote"]) for f in row["figures"] for e in f["evidence"]}
        near = [n for n in own if every[n].text not in quoted and _numbered(every[n].text)]
        for figure in row["figures"]:
            if figure["verdict"] == "not_checkable":
                continue
            place = Span(figure["start"], figure["end"])
            question = _folded(blanked(text, place)).strip()
            if draw.random() < OTHERS_HIDDEN:
                question = _folded(alone(text, place, [f.span for f in figures]))
            asked = next((f for f in figures if f.span.overlaps(place)), None)
            for evidence in figure["evidence"]:
                yield from _answering(question, row, figure, evidence, asked, shelf)
            nearness = vectors[near] @ encoder.encode([question])[0]
            for n in np.argsort(-nearness)[:NEAREST_CLAIMS]:
                other = every[near[n]]
                read = other.lead(before=False) + other.text
                across = other.language is not language
                yield Example(question, read, None, "story claim beside", across, row["story"])


def _story_questions(
    rows: Sequence[dict[str, Any]],
    shelf: dict[str, list[_Sentence]],
    every: Sequence[_Sentence],
    vectors: Floats,
    encoder: OnnxEncoder,
) -> Iterator[Example]:
    asked = encoder.encode([row["question"] for row in rows])
    for row, vector in zip(rows, asked, strict=True):
        question, language = _folded(row["question"]), Language(row["lang"])
        quoted = {_folded(e["quote"]) for e in row["evidence"]}
        order = np.argsort(-(vectors @ vector))
        told = [evidence["document"] for evidence in row["evidence"]]
        story = story_of(told[0] if told else every[order[0]].article)
        forms = [] if row["value"] is None else [_folded(f) for f in row["value"]["accept"]]
        for evidence in row["evidence"]:
            sentence = _of(shelf, evidence["document"], evidence["quote"])
            if sentence is None:
                continue
            # What is told as a reason or in somebody's words takes a sentence.
            kind = "story question" if forms else "story statement"
            places = [_place(sentence.text, form) for form in forms or [sentence.text]]
            for start, end in [place for place in places if place][:1]:
                lead = sentence.lead(before=True)
                answer = (start + len(lead), end + len(lead))
                across = sentence.language is not language
                yield Example(question, lead + sentence.text, answer, kind, across, story)
        chosen = (n for n in order if not quoted & {every[n].text, every[n].before})
        for n in islice(chosen, NEAREST_QUESTIONS):
            other = every[n]
            read = other.lead(before=True) + other.text
            across = other.language is not language
            yield Example(question, read, None, "story question beside", across, story)


def _printed(every: Sequence[_Sentence], vectors: Floats, draw: random.Random) -> Iterator[Example]:
    """A figure of each sentence asked for in the sentence's own words, or in its clause's."""
    for number, told in enumerate(every):
        figures = [f for f in find_figures(told.text, told.language) if f.dimension not in TIMED]
        if not figures:
            continue
        place = draw.choice(figures).span
        question = _asked_as_printed(told, place, draw)
        if question is None:
            continue
        for start, read in (
            (place.start, told),
            *((-1, every[n]) for n in _nearest(number, every, vectors)),
        ):
            lead = read.lead(before=draw.random() < BEFORE)
            answer = None if start < 0 else (start + len(lead), place.end + len(lead))
            kind = "story printed beside" if answer is None else "story printed"
            across = read.language is not told.language
            yield Example(question, lead + read.text, answer, kind, across, story_of(told.article))


def _asked_as_printed(told: _Sentence, place: Span, draw: random.Random) -> str | None:
    """A sentence or clause without its figure, some Chinese ones as a question.

    None when it is too short.
    """
    start, end = 0, len(told.text)
    if draw.random() < CLAUSE:
        cuts = [0, *(m.end() for m in _CLAUSES.finditer(told.text)), len(told.text)]
        start = max(cut for cut in cuts if cut <= place.start)
        end = min(cut for cut in cuts if cut >= place.end)
    whole = told.text[start:end]
    part = whole.strip(_JOINTS)
    own = place.shift(-start - whole.find(part))
    if len(part) - (place.end - place.start) < (6 if told.language is Language.ZH else 16):
        return None
    surface = place.of(told.text)
    numeral = _NUMERAL.match(surface)
    if told.language is Language.ZH and numeral and draw.random() < 0.5:
        asked = part[: own.start] + "多少" + surface[numeral.end() :] + part[own.end :]
        return asked.rstrip("。") + "?"
    return blanked(part, own).strip()


def _nearest(number: int, every: Sequence[_Sentence], vectors: Floats) -> list[int]:
    """The sentences nearest to one of them that print figures, but for its tellings elsewhere."""
    found: list[int] = []
    for n in np.argsort(-(vectors @ vectors[number])):
        other = every[n]
        twin = vectors[n] @ vectors[number] > TOLD_AGAIN
        if n != number and not twin and _numbered(other.text):
            found.append(int(n))
        if len(found) == NEAREST_PRINTED:
            break
    return found


def _answering(
    question: str,
    row: dict[str, Any],
    figure: dict[str, Any],
    evidence: dict[str, Any],
    asked: Figure | None,
    shelf: dict[str, list[_Sentence]],
) -> Iterator[Example]:
    """The sentence of an evidence, where one place in it stands for the draft's figure."""
    sentence = _of(shelf, evidence["article"], evidence["quote"])
    if sentence is None:
        return
    if "figure" in evidence:
        place = _place(sentence.text, _folded(evidence["figure"]))
    elif figure["verdict"] in TOLD and asked is not None:
        same = [
            f.span
            for f in find_figures(sentence.text, sentence.language)
            if compare_figures(asked, f).relation in AGREEING
        ]
        place = (same[0].start, same[0].end) if len(same) == 1 else None
    else:
        return
    if place is None:
        return
    lead = sentence.lead(before=False)
    across = sentence.language is not Language(row["language"])
    place = (place[0] + len(lead), place[1] + len(lead))
    yield Example(question, lead + sentence.text, place, "story claim", across, row["story"])


def story_of(article: str) -> str:
    """The story of an article's id: ``harbour-2-zh`` is the second of ``harbour``."""
    return _NUMBERED.sub("", article)


def half_of(story: str) -> int:
    """Which half of the stories one is in, 0 or 1."""
    return int(hashlib.sha256(story.encode()).hexdigest(), 16) % 2


def _shelf(folder: Path) -> dict[str, list[_Sentence]]:
    found = {}
    for path in sorted(folder.rglob("*.md")):
        (document,) = read_path(path)
        texts = [_folded(span.of(document.text)) for span in sentences(document.text)]
        language, title = Language(path.parent.name), _folded(document.title)
        texts = [text for text in texts if text != title]
        article = f"{path.stem}-{path.parent.name}"
        found[article] = [
            _Sentence(article, language, title, texts[at - 1] if at else "", text)
            for at, text in enumerate(texts)
        ]
    return found


def _of(shelf: dict[str, list[_Sentence]], article: str, quote: str) -> _Sentence | None:
    wanted = _folded(quote)
    return next((s for s in shelf.get(article, ()) if wanted in s.text or s.text in wanted), None)


def _numbered(text: str) -> bool:
    return any(c.isdigit() or c in "一二三四五六七八九十百千万亿半两" for c in text)


def _place(text: str, part: str) -> tuple[int, int] | None:
    start = text.find(part) if part else -1
    return (start, start + len(part)) if start >= 0 else None


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _folded(text: str) -> str:
    return readable_text(text, folded=True)
