"""Check every gold draft sentence and score verdict and evidence together, as FEVER does.

The gold folders, each with its articles: ``drafts`` on a shelf with the bundled articles,
``stories``, ``reports`` and ``dispatches`` each on one with these besides, ``fresh`` on one with
those of ``stories`` too. A figure counts as right when its verdict is one that an editor would
give and the first quote is one that decides it; a sentence when all its figures are. Beside kaoju
stand two baselines on the same shelf: the passage nearest to the sentence with the number looked
for as printed, and with the same number looked for anywhere on the shelf; both cite that passage.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evaluation.record import write_record
from kaoju.figures import find_figures
from kaoju.knowledge_base import KnowledgeBase
from kaoju.text import fold
from kaoju.types import EVIDENCED, Span, Status, Verdict

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "corpus" / "gold"
# Folders of gold, and whose articles are on the shelf of each.
FOLDERS = {
    "drafts": ("drafts",),
    "stories": ("drafts", "stories"),
    "reports": ("drafts", "reports"),
    "dispatches": ("drafts", "dispatches"),
    "fresh": ("drafts", "stories", "fresh"),
}
MEASURED = ("held", "blind")  # counted, never shown
_RIGHT = frozenset({Status.SUPPORTED, Status.SUPPORTED_ROUNDED})
Place = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A figure of a gold sentence: the verdicts that are right and the quotes that decide.

    ``told`` is where the articles print what a contradicted figure should have been, as far as
    it was marked.
    """

    surface: str
    span: Span
    verdict: Status
    accepted: frozenset[Status]
    evidence: tuple[Place, ...]
    told: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A row of ``sentences.jsonl``."""

    id: str
    split: str
    direction: str
    kind: str
    text: str
    figures: tuple[GoldFigure, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a gold figure."""

    sentence: GoldSentence
    figure: GoldFigure
    given: Status | None  # None: no figure was found there
    verdict_right: bool
    right: bool  # verdict and evidence

    @property
    def false_alarm(self) -> bool:
        """A right figure that was accused."""
        return self.figure.verdict in _RIGHT and self.given is Status.CONTRADICTED

    @property
    def missed(self) -> bool:
        """A wrong figure that was let pass."""
        return self.figure.verdict is Status.CONTRADICTED and self.given in _RIGHT


def read_sentences(path: Path, kb: KnowledgeBase) -> list[GoldSentence]:
    """The rows of a gold file of draft sentences, their quotes found in the shelf's articles."""
    texts = {a.id: kb.article(a.id).document.text for a in kb.articles()}
    return [_sentence(json.loads(line), texts) for line in path.read_text("utf-8").splitlines()]


def _places(evidence: Iterable[dict[str, Any]], texts: dict[str, str]) -> tuple[Place, ...]:
    """Where the quotes stand: in the article named, or in whichever has them."""
    found: list[Place] = []
    for row in evidence:
        named = {row["article"]: texts[row["article"]]} if row["article"] in texts else texts
        places = [
            (article, Span(at, at + len(row["quote"])))
            for article, text in named.items()
            if (at := text.find(row["quote"])) >= 0
        ]
        if not places:
            raise ValueError(f"no article holds the quote {row['quote']!r}")
        found += places
    return tuple(found)


def _sentence(row: dict[str, Any], texts: dict[str, str]) -> GoldSentence:
    return GoldSentence(
        id=row["id"],
        split=row.get("split", "all"),
        direction=row.get("direction", row["language"]),
        kind=row["kind"],
        text=row["sentence"],
        figures=tuple(
            GoldFigure(
                surface=f["surface"],
                span=Span(f["start"], f["end"]),
                verdict=Status(f["verdict"]),
                accepted=frozenset(map(Status, [f["verdict"], *f["accept"]])),
                evidence=_places(f["evidence"], texts),
                told=tuple(
                    (e["article"], Span(at, at + len(e["figure"])))
                    for e in f["evidence"]
                    if "figure" in e
                    for at in [e["start"] + e["quote"].index(e["figure"])]
                ),
            )
            for f in row["figures"]
        ),
    )


def articles_for(folder: str) -> list[Path]:
    """Where the articles of a gold folder's shelf are."""
    return [ROOT / "corpus" / "articles", *(GOLD / name / "articles" for name in FOLDERS[folder])]


@contextmanager
def shelf(articles: Sequence[Path]) -> Iterator[KnowledgeBase]:
    """A shelf of articles in a temporary folder."""
    with TemporaryDirectory(prefix="kaoju-drafts-") as folder, KnowledgeBase.open(folder) as kb:
        kb.add(articles)
        yield kb


def judge(
    sentence: GoldSentence, told: Sequence[tuple[Span, Status, Sequence[Place]]]
) -> list[Judged]:
    """Judge what was told of a sentence's figures: (span, status, quotes) each."""
    judged = []
    for figure in sentence.figures:
        near = [row for row in told if row[0].overlaps(figure.span)]
        best = max(near, key=lambda row: _shared(row[0], figure.span), default=None)
        if best is None:
            judged.append(Judged(sentence, figure, None, False, False))
            continue
        _, status, quotes = best
        right = status in figure.accepted
        cited = status not in EVIDENCED or _decides(quotes, figure.evidence)
        judged.append(Judged(sentence, figure, status, right, right and cited))
    return judged


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _decides(quotes: Sequence[Place], evidence: Sequence[Place]) -> bool:
    """Whether the first quote overlaps one of those that decide."""
    if not quotes or not evidence:
        return not evidence
    article, span = quotes[0]
    return any(article == name and span.overlaps(own) for name, own in evidence)


def told_by(verdicts: Iterable[Verdict]) -> list[tuple[Span, Status, list[Place]]]:
    """Verdicts in the form that `judge` reads."""
    return [
        (v.figure.span, v.status, [(c.document_id, c.span) for c in v.evidence]) for v in verdicts
    ]


# Baselines ------------------------------------------------------------------------------------


def baselines(kb: KnowledgeBase) -> dict[str, Callable[[str], Any]]:
    """Nearest passage plus the number as printed, and plus the same number anywhere."""
    stated = {(f.value, f.unit, f.period if f.value is None else None) for f in kb.figures()}

    def printed(text: str) -> Any:
        hit = kb.search(text, k=1)[0]
        held = fold(hit.text).text
        return [
            (
                f.span,
                Status.SUPPORTED if fold(f.surface).text in held else Status.CONTRADICTED,
                [(hit.document_id, hit.span)],
            )
            for f in find_figures(text)
        ]

    def anywhere(text: str) -> Any:
        hit = kb.search(text, k=1)[0]
        return [
            (
                f.span,
                Status.SUPPORTED
                if (f.value, f.unit, f.period if f.value is None else None) in stated
                else Status.CONTRADICTED,
                [(hit.document_id, hit.span)],
            )
            for f in find_figures(text)
        ]

    return {"nearest passage, number as printed": printed, "same number anywhere": anywhere}


# Running --------------------------------------------------------------------------------------


def run(argv: Sequence[str]) -> int:
    """Run the evaluation; returns the exit status."""
    parser = argparse.ArgumentParser(prog="evaluate.py checks", description=__doc__)
    parser.add_argument(
        "--gold",
        choices=list(FOLDERS),
        nargs="+",
        default=["drafts", "fresh"],
        help="which folders",
    )
    parser.add_argument("--sentences", type=Path, help="a file of sentences instead")
    parser.add_argument("--articles", type=Path, nargs="+", help="what is on its shelf")
    parser.add_argument(
        "--show", action="store_true", help="print what went wrong (no held, no blind rows)"
    )
    parser.add_argument("--no-record", action="store_true")
    options = parser.parse_args(argv)
    if (options.sentences is None) != (options.articles is None):
        parser.error("--sentences and --articles go together")
    results: dict[str, Any] = {}
    counted = 0
    if options.sentences is not None:
        counted = _evaluate(results, options.sentences, options.articles, "", show=options.show)
    else:
        for folder in options.gold:
            file = GOLD / folder / "sentences.jsonl"
            name = "" if folder == "drafts" else f"{folder} "
            counted += _evaluate(results, file, articles_for(folder), name, show=options.show)
    for name, found in results.items():
        for split, by_direction in found.items():
            if not isinstance(by_direction, dict):
                continue
            for direction, row in by_direction.items():
                if direction not in ("kinds", "confusion"):
                    print(f"{name}: {split} {direction} {row}")
    if not options.no_record:
        own = options.sentences is None
        name = "checks" if own else f"checks-{options.sentences.stem}"
        print(write_record(name, results, sentences=counted))
    return 0


def _evaluate(
    results: dict[str, Any], file: Path, articles: Sequence[Path], prefix: str, *, show: bool
) -> int:
    """Add what kaoju and the baselines make of a file's sentences; returns how many there are."""
    with shelf(articles) as kb:
        sentences = read_sentences(file, kb)
        kb.check(sentences[0].text)  # loads the encoder and the indexes
        took: list[float] = []

        def kaoju(text: str) -> Any:
            began = time.perf_counter()
            verdicts = kb.check(text)
            took.append(time.perf_counter() - began)
            return told_by(verdicts)

        for name, system in {"kaoju": kaoju, **baselines(kb)}.items():
            judged = [row for s in sentences for row in judge(s, system(s.text))]
            told = {f"{prefix}{split}": rows for split, rows in summary(judged).items()}
            results.setdefault(name, {}).update(told)
            if name == "kaoju" and show:
                _show(judged)
        results["kaoju"][f"{prefix}median_ms"] = round(1000 * statistics.median(took), 1)
    return len(sentences)


def summary(judged: Sequence[Judged]) -> dict[str, Any]:
    """Counts by split: for each direction, for each kind of error, and the confusion matrix."""
    found: dict[str, Any] = {}
    for split in sorted({j.sentence.split for j in judged}):
        rows = [j for j in judged if j.sentence.split == split]
        if not rows:
            continue
        directions: dict[str, list[Judged]] = defaultdict(list)
        kinds: dict[str, list[Judged]] = defaultdict(list)
        for row in rows:
            directions[row.sentence.direction].append(row)
            kinds[row.sentence.kind].append(row)
        confusion: dict[str, Counter[str]] = defaultdict(Counter)
        for row in rows:
            confusion[str(row.figure.verdict)][str(row.given or "no_figure")] += 1
        found[split] = {
            **{name: _counts(some) for name, some in sorted(directions.items())},
            "all": _counts(rows),
            "kinds": {name: _counts(some) for name, some in sorted(kinds.items())},
            "confusion": {k: dict(v) for k, v in confusion.items()},
        }
    return found


def _counts(rows: Sequence[Judged]) -> dict[str, Any]:
    sentences: dict[str, bool] = {}
    for row in rows:
        sentences[row.sentence.id] = sentences.get(row.sentence.id, True) and row.right
    true = [r for r in rows if r.figure.verdict in _RIGHT]
    false = [r for r in rows if r.figure.verdict is Status.CONTRADICTED]
    return {
        "sentences_right": [sum(sentences.values()), len(sentences)],
        "figures_right": [sum(r.right for r in rows), len(rows)],
        "verdicts_right": [sum(r.verdict_right for r in rows), len(rows)],
        "false_alarms": [sum(r.false_alarm for r in true), len(true)],
        "missed_errors": [sum(r.missed for r in false), len(false)],
    }


def _show(judged: Sequence[Judged]) -> None:
    for row in judged:
        if row.sentence.split in MEASURED or row.right:
            continue
        told = f"{row.given} (evidence)" if row.verdict_right else row.given
        print(
            f"{row.sentence.id} [{row.sentence.kind}] {row.figure.surface}:"
            f" {row.figure.verdict} told {told} | {row.sentence.text}"
        )
