"""Bytes to text without loss, on the evidence of the whole file.

Each encoding that a Chinese or English article may come in is tried strictly, and the
readings are compared by how likely their characters are. Nothing is replaced and nothing
is dropped: bytes that no encoding reads plausibly are refused. iso-8859-1 is never tried,
since it reads anything; GB2312 and GBK are read as GB18030, which holds both.
"""

from __future__ import annotations

import codecs
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
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
    **dict.fromkeys(("gb2312", "gb-2312-80", "gbk", "gb18030", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5", "cp950"), "big5"),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii"), "windows-1252"),
    **dict.fromkeys(("windows-1252", "cp1252", "iso-8859-15"), "windows-1252"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf-16le", "unicode"), "utf-16-le"),
    "utf-16be": "utf-16-be",
}
_TRIED = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be", "windows-1252")

# Scores are natural logarithms of a character's share of all characters of an article.
_DECLARED = 30.0  # a declaration outweighs doubt, not the evidence of a paragraph
_RARE = -13.0
_UNLIKELY = -15.0
_IMPOSSIBLE = -20.0
# A reading is refused when its characters beyond ASCII fall, taken together, this far below
# what even a list of rare names reaches. Mojibake of a sentence falls below, a name does not.
_EXPECTED = -9.5
_SLACK = 20.0
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")  # never in a text; in UTF-16 often
_SURE_BYTES = 60  # of valid UTF-8 beyond ASCII; no other encoding gives them by chance


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
    if b"\0" not in data:
        if data.isascii() and not _CONTROLS.search(data):
            return Decoded(data.decode("ascii"), "utf-8")
        broken = _broken_utf8(data)
        if broken is not None:
            raise UnreadableArticleError(broken)
    label = _label(declared)
    best, best_score = None, -math.inf
    for reading in _readings(data, label):
        score = _score(reading.text) + (_DECLARED if reading.encoding == label else 0.0)
        if score > best_score:
            best, best_score = reading, score
    if best is None or (best.encoding != label and not _is_plausible(best)):
        raise UnreadableArticleError(_refusal(data))
    return best


def _label(declared: str | None) -> str | None:
    """The encoding that a declaration means; any text encoding of Python's may be declared."""
    name = (declared or "").strip().lower().replace("_", "-")
    if name in _LABELS or not name:
        return _LABELS.get(name)
    try:
        codec = codecs.lookup(name)
        b"a".decode(name)
    except (LookupError, UnicodeError):
        return None
    return None if codec.name in ("utf-7", "punycode", "idna", "unicode_escape") else codec.name


def _broken_utf8(data: bytes) -> str | None:
    """Why these bytes are UTF-8 with something wrong in it; None when they are not.

    Such a file reads as GB18030 or Windows-1252 without an error, and as rubbish.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        kept = data.decode("utf-8", "ignore")
        beyond = sum(len(c.encode()) * n for c, n in Counter(kept).items() if ord(c) >= 0x800)
        total = len(data) - len(re.sub(rb"[\x80-\xff]+", b"", data))
        few = beyond >= 12 and total - beyond <= max(4, 0.05 * total)
        if not few and not _spells_surrogates(data):
            return None
        line = data.count(b"\n", 0, error.start) + 1
        return (
            f"the file is UTF-8 but for byte 0x{data[error.start]:02x} at offset {error.start} "
            f"(line {line}), where a character is cut or damaged; repair it and save it again"
        )
    return None


def _spells_surrogates(data: bytes) -> bool:
    """Whether nothing is wrong with UTF-8 but code points that are halves of a pair."""
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableArticleError(
            f"the byte order mark says {encoding}, but byte {error.start} does not fit; "
            "save the file again as UTF-8"
        ) from error


def _readings(data: bytes, label: str | None) -> Iterator[Decoded]:
    """Every strict reading of the bytes that is not ruled out by its form."""
    for encoding in dict.fromkeys((*_TRIED, *((label,) if label else ()))):
        if encoding.startswith("utf-16") and len(data) % 2:
            continue
        # Two tables of Big5 differ in a few marks and in which names' characters they add.
        for codec in ("cp950", "big5hkscs") if encoding == "big5" else (encoding,):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            if encoding != "windows-1252" or _is_western(text):
                yield Decoded(text, encoding)
            if encoding == "utf-8" and _is_surely_utf8(data):
                return
            break


def _is_surely_utf8(data: bytes) -> bool:
    return b"\0" not in data and len(re.sub(rb"[\x00-\x7f]+", b"", data)) >= _SURE_BYTES


def _is_western(text: str) -> bool:
    """Whether letters beyond ASCII stand among others as in western words (naïve, Zürich)."""
    if re.search(r"[^\W\d_a-zA-Z]{3}", text) or re.search(r"[\x80-\x9f]", text):
        return False
    letters = re.findall(r"[^\W\d_]", text)
    beyond = [c for c in letters if not c.isascii()]
    odd = re.findall(r"[^\x00-\x7f]{4}", text)
    return not odd and len(beyond) <= 0.4 * len(letters)


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
        return -4.5 if character.isprintable() or character in "\r\t" else _IMPOSSIBLE
    common = _han_scores().get(character)
    if common is not None:
        return common
    if character in "，。、；：？！“”‘’（）《》「」『』【】—…·～％\u3000–•":
        return -5.0
    if 0xFF01 <= point <= 0xFF5E or 0xA0 <= point < 0x180 or character in "€™‰№‧":
        return -8.0
    if 0x4E00 <= point < 0xA000:
        return _RARE
    kind = unicodedata.category(character)
    if kind in ("Co", "Cn", "Cc", "Cs"):
        return _IMPOSSIBLE
    if kind[0] in "PSNZ" or (kind[0] == "L" and point < 0x500) or 0x3040 <= point < 0x3130:
        return -11.0  # marks, numerals in circles, Greek, Cyrillic, kana
    return _UNLIKELY


def _score(text: str) -> float:
    return sum(_character_score(c) * n for c, n in Counter(text).items())


def _shortfall(text: str) -> float:
    """How far the characters beyond ASCII fall below what is expected, all together."""
    counts = Counter(text).items()
    return sum((_EXPECTED - _character_score(c)) * n for c, n in counts if ord(c) >= 0x80)


def _is_plausible(reading: Decoded) -> bool:
    controls = len(re.findall(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]", reading.text))
    if controls > len(reading.text) / 100:
        return False
    # Bytes that happen to be UTF-8 are UTF-8, in whatever script.
    return reading.encoding == "utf-8" or _shortfall(reading.text) <= _SLACK


def _refusal(data: bytes) -> str:
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:20_000]).best()
    named = f" (perhaps {guess.encoding})" if guess is not None else ""
    return (
        f"the {len(data):,} bytes are not text in UTF-8, UTF-16, GB18030, Big5 or Windows-1252"
        f"{named}; if they are text, save them as UTF-8"
    )
