"""Times of day in English: 8 p.m. ET, 16:00 (UTC+8), 10:00 Beijing time."""

from __future__ import annotations

import re

from kaoju.dates import (
    EN_ZONES,
    any_name,
)

_AMPM = r"(?:[ap]\.[ ]?m\.|[ap]\.?m(?![a-z])|[ap] m(?![a-z]))"
EN_CLOCK = re.compile(
    r"(?:(?P<hour>2[0-4]|1\d|0?\d)(?:[:.](?P<minute>[0-5]\d)(?!\d)(?::(?P<second>[0-5]\d))?)"
    rf"?[ ]?(?P<ampm>{_AMPM})"
    r"|(?P<hour24>2[0-4]|1\d|0?\d):(?P<minute24>[0-5]\d)(?![\d.])(?::(?P<second24>[0-5]\d))?("
    r"?![\d:])(?:[ ]?hours)?)"
)
# Beside a date; midnight is no hour of one day, unless what begins then ends at another.
WORD_CLOCK = re.compile(
    r"(?:12[ ])?(?P<noon>noon|midday)(?![a-z])|midnight(?=[ ]?(?:-{1,2}|~|to|until)[ ]?\d)"
)


def clock_text(match: re.Match[str]) -> str | None:
    """The time of day as ISO 8601 writes it; None for an hour there is not."""
    if match.re is WORD_CLOCK:
        return "12:00" if match["noon"] else "00:00"
    if match["hour24"] is not None:
        hour, minute, second = int(match["hour24"]), match["minute24"], match["second24"]
        return f"{hour:02}:{minute}" + (f":{second}" if second else "")
    hour = int(match["hour"])
    if not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if match["ampm"][0] == "p" else 0)
    return f"{hour:02}:{match['minute'] or '00'}" + (
        f":{match['second']}" if match["second"] else ""
    )


PLACES = {"beijing": "+08:00", "hong kong": "+08:00", "singapore": "+08:00", "tokyo": "+09:00"}
ZONE_BETWEEN = re.compile(
    rf"[ ]?[(]?(?:(?:utc|gmt)(?:[ ]?[+-][ ]?\d{{1,2}}(?::?[0-5]\d)?)?|(?:{any_name(EN_ZONES)}|"
    r"et|pt|ct)(?![a-z])"
    rf"|(?P<place>{any_name(PLACES)}|local|eastern|new york|london|moscow|u\.s\. eastern)[ ]("
    r"?:standard[ ])?time)[)]?"
)
