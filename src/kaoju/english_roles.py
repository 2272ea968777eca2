"""Titles beside a name in English: chief economist at NISA, Bank of England Governor."""

from __future__ import annotations

import re

from kaoju.english_runs import LINKS
from kaoju.gazetteer import words

# One way to cut it alone: a hyphen ends no piece but the last.
_BEFORE = re.compile(r"((?:[A-Za-z][\w.&'-]* ){0,6}[A-Za-z][\w.&'-]*[ -])$")
_STOPS = words("contexts", "english_role_stops")


def role_before(text: str, start: int) -> tuple[str | None, bool]:
    """The title right before a name, as printed, and whether it is one that is always a title."""
    match = _BEFORE.search(text, max(0, start - 90), start)
    if match is None:
        return None, False
    pieces = match.group(1).rstrip(" ").split(" ")
    last = pieces[-1]
    titled = last.rstrip(".") in words("roles", "english_titles")
    if not titled and last.lower() not in words("roles", "english"):
        return None, False
    if last.rstrip(".") in ("Mr", "Mrs", "Ms", "Miss"):
        return None, True
    keep: list[str] = []
    for piece in reversed(pieces):
        plain = piece.lower()
        if plain == "of" and keep and keep[-1][0].isupper():
            keep.append(piece)  # Bank of England Governor
            continue
        if keep and piece.endswith("."):
            break
        if plain in _STOPS or plain in LINKS or plain in words("contexts", "english_said"):
            break
        if (
            keep
            and plain.endswith(("ed", "ing"))
            and piece[0].islower()
            and plain not in ("leading", "acting", "founding", "managing")
        ):
            break
        if (
            keep
            and piece[0].islower()
            and plain.endswith("s")
            and plain
            not in (
                "sales",
                "economics",
                "securities",
                "rates",
                "operations",
                "markets",
                "treasuries",
                "affairs",
                "foreign",
                "relations",
            )
        ):
            break
        keep.append(piece)
    while keep and keep[-1] == "of":
        keep.pop()
    return " ".join(reversed(keep)) or None, titled


_BEHIND = re.compile(
    r",? (?:the |a |an |its |their |who is |)"
    r"((?:[\w'&-]+ ){0,5}?[\w'-]+(?: (?:of|at|for) [^,.;()\n]{2,60}?)?)"
    r"(?=[,.;:)\n]|$| and | said)"
)


def role_behind(text: str, end: int) -> str | None:
    """A title in apposition: Stephen Douglas, chief economist at NISA."""
    if text[end : end + 1] != ",":
        return None
    match = _BEHIND.match(text, end)
    if match is None:
        return None
    role = match.group(1).strip()
    head = re.split(r" (?:of|at|for) ", role)[0].split(" ")[-1].lower()
    return role if head in words("roles", "english") else None
