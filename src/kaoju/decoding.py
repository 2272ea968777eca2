"""Bytes to text without loss, on the evidence of the whole file.

Each encoding that a Chinese or English article may come in is tried strictly, and the
readings are compared by how likely their characters are. Nothing is replaced and nothing
is dropped: bytes that no encoding reads plausibly are refused. iso-8859-1 is never tried,
since it reads anything; GB2312 and GBK are read as GB18030, which holds both.
"""

from __future__ import annotations

import codecs
import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kaoju.errors import UnreadableArticleError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", 3),
    (codecs.BOM_UTF32_LE, "utf-32-le", 4),
    (codecs.BOM_UTF32_BE, "utf-32-be", 4),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2),
    (b"\x84\x31\x95\x33", "gb18030", 4),
)
# What a label means in practice; the WHATWG encoding standard reads them the same way.
_LABELS = {
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "gb18030", "x-gbk", "cp936", "hz"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5", "cp950"), "big5"),
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii", "cp1252"), "windows-1252"),
    **dict.fromkeys(("iso8859-1", "windows-1252", "iso-8859-15"), "windows-1252"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf-16le", "unicode"), "utf-16-le"),
    "utf-16be": "utf-16-be",
}
_DECLARED = 30.0  # nats: outweighs doubt, not the evidence of a paragraph
_UNLIKELY = -15.0
_FLOOR = -9.5  # nats a character beyond ASCII; below it a reading is refused


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding that it was read from."""

    text: str
    encoding: str


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode a file's bytes without losing a character.

    Args:
        data: The whole file.
        declared: The encoding that the file names for itself, if any. It is evidence,
            not law: pages that say gb2312 hold GBK names, and some say utf-8 and are not.

    Returns:
        The text, without byte order mark, and the encoding's name.

    Raises:
        UnreadableArticleError: No encoding reads the bytes as plausible text.
    """
    for mark, encoding, size in _BOMS:
        if data.startswith(mark):
            return Decoded(_strict(data[size:], encoding), encoding)
    if data.isascii() and b"\0" not in data:
        return Decoded(data.decode("ascii"), "utf-8")
    label = _LABELS.get((declared or "").strip().lower().replace("_", "-"))
    readings = _readings(data)
    if not readings:
        raise UnreadableArticleError(_refusal(data))
    ranked = sorted(
        readings,
        key=lambda r: _score(r.text) + (_DECLARED if r.encoding == label else 0.0),
        reverse=True,
    )
    best = ranked[0]
    if _beyond_ascii(best.text) < _FLOOR and best.encoding not in (label, "utf-8"):
        raise UnreadableArticleError(_refusal(data))
    return best


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableArticleError(
            f"the byte order mark says {encoding}, but byte {error.start} does not fit; "
            "save the file again as UTF-8"
        ) from error


def _readings(data: bytes) -> list[Decoded]:
    found = []
    for encoding in ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be", "windows-1252"):
        if encoding.startswith("utf-16") and len(data) % 2:
            continue
        codec_names = ("cp950", "big5hkscs") if encoding == "big5" else (encoding,)
        for codec in codec_names:
            try:
                found.append(Decoded(data.decode(codec), encoding))
            except UnicodeDecodeError:
                continue
            break
    return found


@cache
def _han_scores() -> dict[str, float]:
    """Log probability of each common Chinese character, from ``lexicon/han.txt``."""
    scores = {}
    lines = (files("kaoju") / "lexicon" / "han.txt").read_text("utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            step, characters = line.split()
            scores.update(dict.fromkeys(characters, -float(step)))
    return scores


@cache
def _character_score(character: str) -> float:
    point = ord(character)
    if point < 0x80:
        if character.isalpha() or character in " \n":
            return -3.5
        return -4.5 if character.isprintable() or character in "\r\t" else _UNLIKELY - 5
    common = _han_scores().get(character)
    if common is not None:
        return common
    if character in "，。、；：？！“”‘’（）《》「」『』【】—…·～％　–•":
        return -5.0
    if 0xFF01 <= point <= 0xFF5E:
        return -8.0
    if 0xA0 <= point < 0x180:
        return -8.0
    if 0x4E00 <= point < 0xA000:
        return -13.0
    if 0xE000 <= point < 0xF900 or not character.isprintable():
        return _UNLIKELY - 5
    return _UNLIKELY


def _score(text: str) -> float:
    return sum(_character_score(c) * n for c, n in Counter(text).items())


def _beyond_ascii(text: str) -> float:
    counts = {c: n for c, n in Counter(text).items() if ord(c) >= 0x80}
    total = sum(counts.values())
    return sum(_character_score(c) * n for c, n in counts.items()) / total if total else math.inf


def _refusal(data: bytes) -> str:
    return (
        f"the {len(data):,} bytes are not text in UTF-8, UTF-16, GB18030, Big5 or Windows-1252; "
        "save the file as UTF-8"
    )
