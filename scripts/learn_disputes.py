"""Learn when an article gives two figures as two bodies' of one thing.

    scripts/learn_disputes.py [--write]

Positive are the two figures of one article, in one sentence or in two that follow each other, that
the evidence of a gold draft sentence with the verdict ``conflicting_sources`` quotes, where the
split may be learned from; negative are all other figures of one kind that stand so in these
articles, and in some of stories of which nothing is disputed. A logistic regression with a ridge of
each language, the words around the figures chosen by how many stories have them and by what they
weigh. What it is worth is told by cross-validation over stories, beside what the phrases of the
lexicon alone find. With --write the weights and the threshold go into
src/kaoju/lexicon/disputes.toml.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from evaluation.checks import GOLD, MEASURED  # noqa: E402
from kaoju import dissent, factcheck  # noqa: E402
from kaoju.figures import find_figures  # noqa: E402
from kaoju.frames import Statement, frame  # noqa: E402
from kaoju.knowledge_base import KnowledgeBase  # noqa: E402
from kaoju.rival_figures import Rivals, follows, may_dispute  # noqa: E402
from kaoju.text import has_han  # noqa: E402
from kaoju.types import Figure, Span, Status  # noqa: E402
from training.logistic import fit  # noqa: E402

FOLDERS = ("drafts", "stories", "reports", "dispatches")
TARGET = ROOT / "src" / "kaoju" / "lexicon" / f"{dissent.FILE}.toml"
QUIET = 200  # articles of stories of which nothing is disputed
SEED = 1
FOLDS = 5
LEAST = 5  # stories that a cue must stand in
CUES = 150  # of a language
WEIGHED = 500  # cues of which these are chosen
RIDGE = 2.0  # of signs
RIDGE_CUES = 6.0  # of cues, of which there are many
FAR_OFF = 10**9  # characters that no article has
NEAR = 0.02  # by how much a draft's rounded number may differ from the article's
NOT_FAR = 0.5  # powers of ten that two numbers of one thing are apart, where none is marked
PRECISE = 0.9  # precision that the threshold of a plain verdict is chosen for
OPTION = 0.2  # chance from which a dispute is an option among others
CHANCES = (0.1, OPTION, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
Floats = npt.NDArray[np.float64]

HEADER = """\
# How surely an article gives two figures beside each other as two bodies' of one thing: weights of
# signs and of words with where they stand (kaoju.dissent), in log odds, and the chances from which
# that decides (sure) and from which it is an option (option).
# Learned by scripts/learn_disputes.py, never by hand.
"""


class Unseeing:
    """Stands for an encoder where nothing is searched."""

    name = digest = "unseeing"
    dimension = 1

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """The same vector for every text."""
        return np.ones((len(texts), 1), dtype=np.float32)

    encode_questions = encode


@dataclass(frozen=True, slots=True)
class Case:
    """Two figures of an article; whether they are two bodies' of one thing."""

    story: str
    article: str
    two: Rivals
    disputed: bool

    @property
    def language(self) -> str:
        """Of the sentence of the later one."""
        return "zh" if has_han(self.two.late.statement.text) else "en"


# What gold tells ------------------------------------------------------------------------------

Quote = tuple[str, Span, Span | None]  # of an article, and where in it the number is, if marked


@dataclass(frozen=True, slots=True)
class Marked:
    """What the evidence of a disputed figure quotes, and the numbers of the draft's own figure.

    ``surely`` tells whether the figure is disputed or only may be called so.
    """

    quotes: tuple[Quote, ...]
    values: frozenset[Any]
    surely: bool


def read_gold() -> tuple[dict[str, list[Marked]], dict[str, str]]:
    """What is disputed, by story, and of each article to learn from its story."""
    marked: dict[str, list[Marked]] = defaultdict(list)
    cited: dict[str, set[str]] = defaultdict(set)
    barred, quoted = set(), set()
    for folder in FOLDERS:
        for line in (GOLD / folder / "sentences.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            if row.get("split") in MEASURED:
                barred.add(row["story"])
                continue
            for figure in row["figures"]:
                cited[row["story"]] |= {e["article"] for e in figure["evidence"]}
                if Status.CONFLICTING_SOURCES in (figure["verdict"], *figure["accept"]):
                    marked[row["story"]].append(_marked(row, figure))
                if figure["verdict"] == Status.CONFLICTING_SOURCES:
                    quoted |= {e["article"] for e in figure["evidence"]}
    quiet = [a for s in sorted(cited.keys() - marked.keys()) for a in sorted(cited[s])]
    chosen = {*quoted, *random.Random(SEED).sample(quiet, QUIET)}
    return marked, {a: s for s in cited.keys() - barred for a in cited[s] if a in chosen}


def _marked(row: Mapping[str, Any], figure: Mapping[str, Any]) -> Marked:
    quotes = []
    for e in figure["evidence"]:
        told = None
        if "figure" in e:
            at = e["start"] + e["quote"].index(e["figure"])
            told = Span(at, at + len(e["figure"]))
        quotes.append((e["article"], Span(e["start"], e["end"]), told))
    own = Span(figure["start"], figure["end"])
    values = {f.value for f in find_figures(row["sentence"]) if f.span.overlaps(own)}
    surely = figure["verdict"] == Status.CONFLICTING_SOURCES
    return Marked(tuple(quotes), frozenset(values), surely)


def read_articles(stories: Mapping[str, str]) -> dict[str, list[Statement]]:
    """The stating sentences of articles, as a shelf of them reads them."""
    files = {
        f"{path.stem}-{path.parent.name}": path
        for folder in FOLDERS
        for path in (GOLD / folder / "articles").rglob("*.md")
    }
    with TemporaryDirectory() as folder, KnowledgeBase.open(folder, encoder=Unseeing()) as kb:
        kb.add([files[article] for article in sorted(stories) if article in files])
        read = factcheck._Sentences(kb._store, kb._known_entities())
        found: dict[str, list[Statement]] = defaultdict(list)
        for some in read.of(sorted(kb._store.current_numbers())).values():
            for statement in some:
                found[statement.document_id].append(statement)
    return {article: sorted(some, key=lambda s: s.span) for article, some in found.items()}


def cases(keep: Path | None = None) -> list[Case]:
    """Every two figures of one kind that stand beside each other.

    Args:
        keep: A file to keep the sentences in, and to read them from when it is there.
    """
    marked, stories = read_gold()
    if keep is not None and keep.is_file():
        articles = pickle.loads(keep.read_bytes())
    else:
        articles = read_articles(stories)
        if keep is not None:
            keep.write_bytes(pickle.dumps(articles))
    told: dict[str, dict[str, list[Statement]]] = defaultdict(dict)
    for article, story in sorted(stories.items()):
        told[story][article] = articles.get(article, [])
    return [
        case
        for story in sorted(told)
        for case in cases_of(story, told[story], marked.get(story, ()))
    ]


def cases_of(
    story: str, told: Mapping[str, Sequence[Statement]], marked: Iterable[Marked]
) -> Iterator[Case]:
    """The cases of a story; what gold leaves open is none.

    Which two numbers are disputed is told of all its articles: those of the other language say
    the same.
    """
    disputed: set[frozenset[Number]] = set()
    open_: set[Number] = set()
    for one in marked:
        figures = {a: [f for s in some for f in s.figures] for a, some in told.items()}
        two = two_of(one, figures)
        if one.surely and two:
            disputed |= two
        else:
            open_ |= {_of(f) for _, f in _quoted(one, figures)}
    parties = frozenset().union(*disputed)
    for article, some in told.items():
        every = [(statement, f) for statement in some for f in statement.figures]
        for at, (first, early) in enumerate(every):
            for second, late in every[at + 1 :]:
                if second is not first and not follows(second, first):
                    continue
                if not may_dispute(early, late):
                    continue
                numbers = frozenset({_of(early), _of(late)})
                said = numbers in disputed
                if not said and (numbers <= parties or numbers & open_):
                    continue  # of three that differ gold says nothing of the second and the third
                two_ = Rivals.of(frame(first, early), frame(second, late))
                yield Case(story, article, two_, said)


Number = tuple[Any, str]
Figures = Mapping[str, Sequence[Figure]]


def _of(figure: Figure) -> Number:
    return figure.value, figure.dimension


def _quoted(one: Marked, figures: Figures) -> list[tuple[Quote, Figure]]:
    return [(q, f) for q in one.quotes for f in figures.get(q[0], ()) if q[1].contains(f.span)]


def two_of(one: Marked, figures: Figures) -> set[frozenset[Number]]:
    """The numbers that are disputed, by the marks, else by the draft's own."""
    quoted = _quoted(one, figures)
    known = [f for q, f in quoted if q[2] is not None and q[2].overlaps(f.span)]
    own = [f for _, f in quoted if any(_near(f.value, value) for value in one.values)]
    found = {
        frozenset({_of(f), _of(g)})
        for f in own
        for g in known
        if _of(f) != _of(g) and may_dispute(f, _elsewhere(g))
    }
    if found or known:
        return found
    for f in own:
        likely = [
            g
            for q, g in quoted
            if may_dispute(f, _elsewhere(g)) and _powers(f, g) < NOT_FAR
            if len(one.quotes) == 1 or not q[1].contains(f.span)
        ]
        if likely:
            found.add(frozenset({_of(f), _of(min(likely, key=lambda g: _powers(f, g)))}))
    return found


def _elsewhere(figure: Figure) -> Figure:
    """A figure where no other one stands: those of two articles do not overlap."""
    return replace(figure, span=figure.span.shift(FAR_OFF))


def _near(one: Any, other: Any) -> bool:
    return one is not None and other is not None and abs(one - other) <= NEAR * float(abs(one))


def _powers(one: Figure, other: Figure) -> float:
    if not one.value or not other.value:
        return 9.0
    return abs(float(np.log10(abs(float(other.value / one.value)))))


# Fitting --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seen:
    """A case with what is seen of it."""

    case: Case
    signs: Mapping[str, float]
    cues: frozenset[str]


def seen(every: Sequence[Case]) -> list[Seen]:
    """The cases with their signs and the words around them."""
    return [Seen(case, dissent.signs(case.two), dissent.cues(case.two)) for case in every]


def learn(rows: Sequence[Seen]) -> dict[str, float]:
    """The weights of a language: of the signs, and of the cues that tell the most."""
    stories: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for cue in row.cues:
            stories[cue].add(row.case.story)
    common = _telling(rows, [cue for cue, some in stories.items() if len(some) >= LEAST])
    first = _fitted(rows, common)
    chosen = sorted(common, key=lambda cue: -abs(first[cue]) * _size(len(stories[cue])))[:CUES]
    return _fitted(rows, sorted(chosen))


def _telling(rows: Sequence[Seen], some: Sequence[str]) -> list[str]:
    """The cues that by themselves part the disputed the most from all others."""
    counts = [
        Counter(cue for row in rows if row.case.disputed is disputed for cue in row.cues)
        for disputed in (False, True)
    ]
    expected = sum(row.case.disputed for row in rows) / len(rows)

    def parts(cue: str) -> float:
        no, yes = counts[0][cue], counts[1][cue]
        return float(abs(yes - expected * (yes + no)) / np.sqrt(expected * (yes + no) + 1))

    return sorted(sorted(some), key=lambda cue: -parts(cue))[:WEIGHED]


def _size(stories: int) -> float:
    return float(np.sqrt(min(stories, 10 * LEAST)))


def _fitted(rows: Sequence[Seen], chosen: Sequence[str]) -> dict[str, float]:
    names = sorted(rows[0].signs)
    places = {cue: len(names) + at for at, cue in enumerate(chosen)}
    x = np.zeros((len(rows), len(names) + len(chosen)))
    for at, row in enumerate(rows):
        x[at, : len(names)] = [row.signs[name] for name in names]
        for cue in row.cues & places.keys():
            x[at, places[cue]] = 1.0
    y = np.array([float(row.case.disputed) for row in rows])
    scale = np.full(x.shape[1], np.sqrt(RIDGE / RIDGE_CUES))
    scale[: len(names)] = 1.0
    beta = fit(x * scale, y, np.ones(len(y)), RIDGE)
    beta[:-1] *= scale
    return dict(zip([*names, *chosen, "bias"], map(float, beta), strict=True))


def chance(row: Seen, weight: Mapping[str, float]) -> float:
    """How surely a case is disputed, by weights that were just learned."""
    total = weight["bias"] + sum(weight.get(n, 0.0) * v for n, v in row.signs.items())
    total += sum(weight[cue] for cue in row.cues & weight.keys())
    return float(1 / (1 + np.exp(-np.clip(total, -30, 30))))


def validated(rows: Sequence[Seen]) -> list[float]:
    """The chance of each case by weights that were learned without its story."""
    folds = [int(hashlib.sha256(r.case.story.encode()).hexdigest(), 16) % FOLDS for r in rows]
    found = [0.0] * len(rows)
    for fold in range(FOLDS):
        weight = learn([row for row, own in zip(rows, folds, strict=True) if own != fold])
        for at, own in enumerate(folds):
            if own == fold:
                found[at] = chance(rows[at], weight)
    return found


def best(rows: Sequence[Seen], chances: Sequence[float]) -> list[float]:
    """The chances of those that are the likeliest of both of their figures; of the others none.

    The union's figure disputes one of the company's, and is not the other's rival as well.
    """
    most: dict[tuple[str, Span], float] = defaultdict(float)
    for row, chance_ in zip(rows, chances, strict=True):
        for place in _places(row):
            most[place] = max(most[place], chance_)
    return [
        chance_ if all(chance_ >= most[place] for place in _places(row)) else 0.0
        for row, chance_ in zip(rows, chances, strict=True)
    ]


def _places(row: Seen) -> list[tuple[str, Span]]:
    two = row.case.two
    return [(row.case.article, f.figure.span) for f in (two.early, two.late)]


def counted(rows: Sequence[Seen], found: Sequence[bool]) -> str:
    """Precision and recall of what was found."""
    right = sum(f and row.case.disputed for row, f in zip(rows, found, strict=True))
    disputed = sum(row.case.disputed for row in rows)
    told = sum(found)
    return f"precision {right / max(1, told):.3f} recall {right / max(1, disputed):.3f} of {told}"


def threshold(rows: Sequence[Seen], chances: Sequence[float]) -> float:
    """The least chance from which, and above which, precision is high enough."""
    for least in np.arange(0.3, 0.96, 0.02):
        told = [row.case.disputed for row, c in zip(rows, chances, strict=True) if c >= least]
        if told and sum(told) / len(told) >= PRECISE:
            return round(float(least), 2)
    return 0.95


def main() -> None:
    """Learn and tell what it is worth; write the weights when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--keep", type=Path, help="file to keep the sentences in, or read from")
    options = parser.parse_args()
    every = seen(cases(options.keep))
    tables: dict[str, dict[str, float]] = {}
    sure = []
    for language in dissent.LANGUAGES:
        rows = [row for row in every if row.case.language == language]
        chances = best(rows, validated(rows))
        ruled = [row.signs["ruled"] > 0 for row in rows]
        disputed = sum(row.case.disputed for row in rows)
        print(f"{language}: {len(rows)} pairs of figures, {disputed} of them disputed")
        print("  by phrases alone", counted(rows, ruled))
        for least in CHANCES:
            both = [c >= least or r for c, r in zip(chances, ruled, strict=True)]
            told = counted(rows, [c >= least for c in chances])
            print(f"  from {least} {told}; or by phrases {counted(rows, both)}")
        sure.append(threshold(rows, chances))
        tables[language] = learn(rows)
    print("sure", dict(zip(dissent.LANGUAGES, sure, strict=True)))
    if options.write:
        write(tables, dict(zip(dissent.LANGUAGES, sure, strict=True)))


def write(tables: Mapping[str, Mapping[str, float]], sure: Mapping[str, float]) -> None:
    """Write the table of the lexicon."""
    lines = [HEADER, "[thresholds]", f"option = {OPTION}"]
    lines += [f"sure_{language} = {value}" for language, value in sure.items()]
    for language, weight in tables.items():
        lines += ["", f"[{language}]"]
        lines += [f"{json.dumps(name, ensure_ascii=False)} = {w:.2f}" for name, w in weight.items()]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
