"""A question with a passage that answers it or does not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a passage, folded.

    Attributes:
        question: As asked.
        passage: May begin with its title on a line of its own.
        answer: Where the passage prints the answer; None where it does not answer.
        kind: Where the example comes from.
        across: Whether question and passage are in two languages.
        story: What it tells of, where only half of the stories may be learned from.
    """

    question: str
    passage: str
    answer: tuple[int, int] | None
    kind: str
    across: bool = False
    story: str = ""
