"""Runs of capitalised words in English text, with the small words that may join them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kaoju.gazetteer import words

_WORD = re.compile(
    r"(?:[A-Z]\.){2,}|[A-Z]\.(?= [A-Z])|[^\W\d_][^\W_]*(?:['&.-][^\W_]+)*(?:\+(?!\w))?|&"
    r"|\d+(?:[.,]\d+)*[A-Za-z]*"
)
LINKS = words("contexts", "english_links")
MONTHS = words("contexts", "english_days")
_DATED = re.compile(r"\.? \d{1,4}\b")


_ARTICLED = re.compile(r"(?:al|el|ad|an|ar|as|ash|at|az|bin|ibn)-[A-Z]")


@dataclass(slots=True)
class Word:
    """A word of a run, as printed."""

    text: str
    start: int
    end: int
    opens: bool  # first of a sentence, heading or quotation

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital, after an article of Arabic or not: al-Hamdan."""
        return self.text[0].isupper() or _ARTICLED.match(self.text) is not None


def shouted_lines(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Lines whose words are (nearly) all capitalised: headlines, where capitals say nothing."""
    lines: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\n]+", text[begin:end]):
        line = match.group().rstrip(" \"'")
        found = [w for w in re.findall(r"[A-Za-z][A-Za-z'-]+", line) if len(w) > 2]
        found = [w for w in found if w.lower() not in LINKS]
        capital = sum(w[0].isupper() for w in found)
        if len(found) >= 4 and capital >= 0.8 * len(found) and line[-1:] not in ".!?;,":
            lines.append((begin + match.start(), begin + match.end()))
    return lines


def runs(text: str, begin: int, end: int) -> Iterator[list[Word]]:
    """Maximal runs of capitalised words with the small words that may join them."""
    run: list[Word] = []
    last_end = begin
    for match in _WORD.finditer(text, begin, end):
        gap = text[last_end : match.start()]
        opens = last_end == begin or _opens(gap)
        word = Word(match.group(), match.start(), match.end(), opens)
        joined = gap in (" ", "\u00a0") or (
            gap == ", " and word.text in ("Inc", "Ltd", "LLC", "D.C.")
        )
        if gap == "' " and run and run[-1].text.endswith("s") and word.capital:
            joined, word.opens = _is_body_of(run[-1].text[:-1]), False  # Metalworkers' Union
        if (
            gap == ". "
            and run
            and run[-1].text
            in (
                "St",
                "Mr",
                "Mrs",
                "Ms",
                "Dr",
                "Prof",
                "Gen",
                "Sen",
                "Rep",
                "Gov",
                "Col",
                "Lt",
                "Jr",
                "J",
                "A",
                "Inc",
                "Corp",
                "Co",
                "Ltd",
            )
        ):
            joined = run[-1].text not in ("Inc", "Corp", "Co", "Ltd", "Jr")
            word.opens = not joined
        if not joined or word.opens or (run and _owns(run)):
            yield from _trim(run)
            run = []
        if word.text.lower() in MONTHS and (
            word.text.lower() not in ("may", "march", "april", "june", "august")
            or _DATED.match(text, word.end)
            or text[max(0, word.start - 3) : word.start] in ("in ", "by ", "of ", "te ")
        ):
            yield from _trim(run)
            run, last_end = [], match.end()
            continue
        if word.text == "on" and run and run[-1].text in ("Committee", "Commission", "Council"):
            run.append(word)
            last_end = match.end()
            continue
        if word.text == "the" and run and run[-1].text not in ("of", "for"):
            yield from _trim(run)
            run, last_end = [], match.end()
            continue
        if word.capital or (run and (word.text in LINKS or word.text[0].isdigit())):
            run.append(word)
        elif run:
            yield from _trim(run)
            run = []
        last_end = match.end()
    yield from _trim(run)


def _opens(gap: str) -> bool:
    """Whether a sentence, a heading or a quotation opens after what stands between two words."""
    if "\n" in gap or gap.endswith(('"', "(", "•", "*", "-")):
        return True
    return gap.rstrip().endswith((".", "!", "?", ":", ";", '"'))


def _owns(run: list[Word]) -> bool:
    """Whether the run's last word is an owner: Canada's | Nunavut, but People's Bank."""
    last = run[-1].text
    return last.endswith("'s") and not _is_body_of(last.removesuffix("'s"))


def _is_body_of(owner: str) -> bool:
    """Whether bodies are named after such owners: People's Bank, Drivers' Union."""
    plain = owner.removesuffix("s")
    return (
        owner in _OWNERS
        or plain in _OWNERS
        or plain.endswith(("worker", "driver", "maker", "owner", "player", "grower", "builder"))
    )


_OWNERS = words("contexts", "english_owners")


def _trim(run: list[Word]) -> Iterator[list[Word]]:
    size = len(run)
    while size and not run[size - 1].capital and not run[size - 1].text[0].isdigit():
        size -= 1
    if size:
        yield run[:size]
