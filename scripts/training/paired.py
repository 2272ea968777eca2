"""The tuned draft sentences with their figures laid beside the articles', to learn weights from.

Laying them beside each other takes minutes, and three scripts learn one after another from the
same pairs. So they can be kept in a file: read from it, pairs are scored again by the weights that
the lexicon has by then, and only which of them are read closely is as it was.
"""

from __future__ import annotations

import pickle
import random
import re
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path

from evaluation.checks import GOLD, GoldFigure, GoldSentence, articles_for, read_sentences, shelf
from kaoju import alignment, factcheck, restating
from kaoju.alignment import Pair
from kaoju.draft import read_draft
from kaoju.encoder import cores
from kaoju.frames import Frame
from kaoju.types import Language
from training.altered import altered
from training.unseen import Readers

# Folders of gold sentences. What a reader has learned from whole is left out.
LEARNED_FROM = ("drafts", "dispatches")
# Writers of these stories were asked for many figures that only follow from the articles: trees
# that learned from their rows told the others' no better. Their plain sentences are learned from.
_LEFT_OUT = re.compile(r"v[a-g]-(?!.*-p\d+$)")
_NUMBERED = re.compile(r"-(zh|en)-p?\d+$")
SEED = 1  # of the sentences taken from the articles

Row = tuple[Frame, list[Pair]]


@dataclass(frozen=True, slots=True)
class Paired:
    """Tuned sentences with the pairs of their figures, and the languages of the articles.

    ``printed`` are sentences of the articles themselves, some with a figure altered; see
    `training.altered`.
    """

    sentences: list[tuple[GoldSentence, list[Row]]]
    languages: dict[str, Language]
    printed: list[tuple[GoldSentence, list[Row]]] = field(default_factory=list)

    def figures(self) -> list[tuple[str, GoldFigure, list[Pair]]]:
        """Each gold figure that was found, with its sentence's name and its pairs."""
        return [
            (sentence.id, gold, pairs)
            for sentence, rows in self.sentences
            for gold in sentence.figures
            for pairs in pairs_of(gold, rows)
        ]


def story_of(sentence: GoldSentence) -> str:
    """What a sentence is about; sentences of one story are learned from together."""
    return _NUMBERED.sub("", sentence.id)


def pairs_of(gold: GoldFigure, rows: Sequence[Row]) -> list[list[Pair]]:
    """The pairs of a gold figure, in a list of one; nothing where the figure was not found.

    What was reckoned for the draft's figure says nothing of which figure the articles mean.
    """
    found = (pairs for claim, pairs in rows if claim.figure.span.overlaps(gold.span))
    return [[p for p in pairs if not _is_asked(p)] for pairs in found][:1]


def _is_asked(pair: Pair) -> bool:
    return pair.evidence.reckoned is not None and pair.evidence.reckoned.asked


def paired_gold(keep: Path | None = None, readers: Sequence[Path] = ()) -> Paired:
    """Lay the tuned sentences beside the articles, on a shelf for each core.

    Args:
        keep: A file to keep them in, and to read them from when it is there.
        readers: Folders of the two readers that have seen half of the dispatches; see
            `training.unseen`.
    """
    if keep is not None and keep.is_file():
        kept: Paired = pickle.loads(keep.read_bytes())
        return Paired(
            [(s, _scored(rows)) for s, rows in kept.sentences],
            kept.languages,
            [(s, _scored(rows)) for s, rows in kept.printed],
        )
    parts = cores()
    with ProcessPoolExecutor(parts, mp_context=get_context("spawn")) as pool:
        every = list(pool.map(_part, range(parts), [parts] * parts, [readers] * parts))
    found = Paired(
        sorted((row for part in every for row in part.sentences), key=lambda row: row[0].id),
        every[0].languages,
        sorted((row for part in every for row in part.printed), key=lambda row: row[0].id),
    )
    if keep is not None:
        keep.write_bytes(pickle.dumps(found))
    return found


def _part(number: int, of: int, folders: Sequence[Path]) -> Paired:
    readers = Readers(folders)
    with shelf(articles_for(LEARNED_FROM[-1])) as kb:
        known = kb._known_entities()
        place = factcheck.Shelf(kb._store, kb._open_indexes(), kb.encoder)
        files = [GOLD / folder / "sentences.jsonl" for folder in LEARNED_FROM]
        tuned = [s for file in files for s in read_sentences(file, kb) if _is_learned(s)]
        printed = altered(kb, f"urn:kaoju:{LEARNED_FROM[-1]}:", random.Random(SEED))

        def laid(some: Sequence[GoldSentence]) -> list[tuple[GoldSentence, list[Row]]]:
            found = []
            for s in some[number::of]:
                with readers.of(story_of(s)):
                    found.append((s, factcheck.paired(read_draft(s.text), place, known=known)))
            return found

        languages = {a.id: a.language for a in kb.articles() if a.language}
        return Paired(laid(tuned), languages, laid(printed))


def _is_learned(sentence: GoldSentence) -> bool:
    return sentence.split == "tuned" and _LEFT_OUT.match(sentence.id) is None


def _scored(rows: Sequence[Row]) -> list[Row]:
    return [
        (claim, sorted((_score(p) for p in pairs), key=lambda p: -p.score)) for claim, pairs in rows
    ]


def _score(pair: Pair) -> Pair:
    anew = sorted((restating.likely(p) for p in pair.anew), key=lambda p: -p.score)
    return replace(alignment.scored(pair), anew=tuple(anew))
