"""Whether a passage answers a question, and where: question and passage read together.

The shipped reader runs on onnxruntime, as the encoder does, and looks its tokens up in the
encoder's table of words; ``model/README.md`` is its card. It reads a few sentences of each
question, never a whole shelf.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kaoju.encoder import MODEL_FOLDER, cores, open_session, readable_text, shared_tokenizer
from kaoju.errors import EncoderError
from kaoju.text import FoldedText, fold
from kaoju.types import Span

READER_FILE = "reader.onnx"
CARD_FILE = "kaoju_reader.json"
QUESTION_TOKENS = 48
LONGEST_ANSWER = 24  # tokens
BLANK = "[MASK]"  # stands for what a sentence is asked to be completed with


@dataclass(frozen=True, slots=True)
class Text:
    """What is read for a question: a stretch that may answer, and what stands before it.

    Attributes:
        lead: The title and the sentence before, as printed; may be empty.
        body: The stretch that may answer, as printed.
    """

    lead: str
    body: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a text for a question told.

    Attributes:
        answers: Log odds that the text answers.
        ends: (tokens, 2) how much likelier the answer begins and ends at each token of the body
            than nowhere, in log odds.
        spans: The characters of each of these tokens in the body.
    """

    answers: float
    ends: npt.NDArray[np.float32]
    spans: tuple[Span, ...]

    def best(self) -> tuple[Span, float] | None:
        """The likeliest answer in the body and its log odds against none; None of nothing."""
        if not self.spans:
            return None
        both = self.ends[:, 0][:, None] + self.ends[:, 1][None, :]
        rows, columns = np.indices(both.shape)
        allowed = (columns >= rows) & (columns < rows + LONGEST_ANSWER)
        begin, end = divmod(int(np.where(allowed, both, -np.inf).argmax()), len(both))
        return Span(self.spans[begin].start, self.spans[end].end), float(both[begin, end])

    def at(self, span: Span) -> float | None:
        """The log odds of an answer at a place of the body; None where it was not read."""
        inside = [i for i, token in enumerate(self.spans) if token.overlaps(span)]
        if not inside:
            return None
        return float(self.ends[inside[0], 0] + self.ends[inside[-1], 1])


def blanked(text: str, span: Span) -> str:
    """A sentence as a question: what stands there instead of the blank?"""
    return f"{text[: span.start]} {BLANK} {text[span.end :]}"


class Reader:
    """Reads texts for a question with weights in ONNX; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any, int] | None = None

    def read(self, asked: Sequence[tuple[str, Text]]) -> list[Reading]:
        """Read each text for its question, in the order given.

        Args:
            asked: Questions as typed, or sentences with a blank (`blanked`), in either
                language, each with a text in either. What goes beyond the longest input is
                not read: of a lead its beginning, of a body its end.

        Raises:
            EncoderError: The weights are missing or damaged.
        """
        if not asked:
            return []
        session, tokenizer, longest = self.load()

        def read_one(pair: tuple[str, Text]) -> Reading:
            return _read(session, tokenizer, *pair, longest)

        threads = min(cores(), len(asked))
        if threads == 1:
            return [read_one(pair) for pair in asked]
        with ThreadPoolExecutor(threads, thread_name_prefix="reader") as pool:
            return list(pool.map(read_one, asked))

    def load(self) -> tuple[Any, Any, int]:
        """The weights, the tokenizer and the longest input, opened once.

        Raises:
            EncoderError: The weights are missing or damaged.
        """
        with self._lock:
            if self._loaded is None:
                card = _card(self.folder)
                self._loaded = (
                    open_session(self.folder / READER_FILE),
                    shared_tokenizer(self.folder, card["max_tokens"]),
                    card["max_tokens"],
                )
            return self._loaded


@cache
def shipped_reader() -> Reader:
    """The reader that kaoju ships, opened at its first text."""
    return Reader(MODEL_FOLDER)


def _card(folder: Path) -> dict[str, Any]:
    path = folder / CARD_FILE
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        int(found["max_tokens"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EncoderError(
            f"{path} does not describe a reader ({error}); install kaoju again, or write it with"
            " scripts/export_reader.py"
        ) from error
    return found


def _read(session: Any, tokenizer: Any, question: str, text: Text, longest: int) -> Reading:
    asked = tokenizer.encode(_folded(question).text).ids[:-1][: QUESTION_TOKENS - 1]
    lead = tokenizer.encode(_folded(text.lead).text).ids[1:-1]
    view = _folded(text.body)
    encoding = tokenizer.encode(view.text)
    separator = encoding.ids[-1]
    room = longest - len(asked) - 2
    body, places = encoding.ids[1:-1][:room], encoding.offsets[1:-1][:room]
    lead = lead[max(0, len(lead) + len(body) - room) :]
    words = [*lead, *body]
    feed = {
        "input_ids": np.array([[*asked, separator, *words, separator]]),
        "segments": np.array([[0] * (len(asked) + 1) + [1] * (len(words) + 1)]),
    }
    found = session.run(None, feed)[0][0]
    first = len(asked) + 1 + len(lead)
    ends = found[first : first + len(body), 1:] - found[0, 1:]
    spans = tuple(view.printed_span(Span(*place)) for place in places)
    return Reading(float(found[0, 0]), ends, spans)


def _folded(text: str) -> FoldedText:
    return fold(readable_text(text, folded=False), lower=False)
