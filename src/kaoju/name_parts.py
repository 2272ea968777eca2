"""A name as it is compared: folded, in its parts, and what of it is its own."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256

from kaoju.text import fold, has_han
from kaoju.types import EntityKind, Language

PREFIX = {
    EntityKind.PERSON: "person",
    EntityKind.ORGANISATION: "organisation",
    EntityKind.PLACE: "place",
    EntityKind.PRODUCT: "product",
    EntityKind.PROGRAMME: "programme",
}


def entity_id(kind: EntityKind, name: str) -> str:
    """The id of an entity that no table knows, from its kind and its canonical name."""
    digest = sha256(f"{kind.value}\0{fold_name(name)}".encode()).hexdigest()[:12]
    return f"{PREFIX[kind]}-{digest}"


@lru_cache(maxsize=65536)
def fold_name(name: str) -> str:
    """A name folded for comparing: lower case, without its article and possessive."""
    plain = fold(name).text.strip()
    plain = re.sub(r"\s+", " ", plain).removeprefix("the ")
    return plain.removesuffix("'s")


_INITIALS = re.compile(r"\b([a-z])\.(?=[a-z]\.)")  # J.P. O'Donnell


@lru_cache(maxsize=65536)
def parts_of(name: str) -> tuple[str, ...]:
    """The parts of a person's name, given name first, initials and particles left out."""
    plain = _INITIALS.sub(r"\1 ", fold_name(name))
    parts = [p.strip(".") for p in re.split(r"[·\s]+", plain) if p.strip(".")]
    full = [p for p in parts if len(p) > 1 or has_han(p)]
    return tuple(full or parts)


_NUMBERED = re.compile("(?<=..)[一二三四五六七八九十]+世$")  # of kings: 伊丽莎白|一世, Elizabeth I


def own_part(name: str, kind: EntityKind) -> str:
    """The part of a name that is listened to: a surname, a place without its kind."""
    if kind is EntityKind.PERSON:
        return _NUMBERED.sub("", (parts_of(name) or ("",))[-1])
    return proper_part(name) if kind is EntityKind.PLACE else fold_name(name)


@lru_cache(maxsize=65536)
def joined_letters(name: str) -> str:
    """The letters of a name in one piece."""
    return re.sub(r"[^a-zü]", "", fold_name(name).replace("ü", "u"))


def are_compatible(one: str, two: str) -> bool:
    """Whether two names in one language can be one person's (other languages always can)."""
    if has_han(one) != has_han(two):
        return True
    first, second = parts_of(one), parts_of(two)
    return first[-1] == second[-1] and (
        len(first) == 1 or len(second) == 1 or first[0] == second[0]
    )


def name_language(name: str) -> Language:
    """The language that a name is written in."""
    return Language.ZH if has_han(name) else Language.EN


PLACE_ENDS = frozenset(
    [
        "群岛",
        "半岛",
        "海峡",
        "大区",
        "地区",
        "盆地",
        "高原",
        "山脉",
        "运河",
        "港",
        "湾",
        "河",
        "湖",
        "江",
        "角",
        "城",
        "山",
        "峰",
        "谷",
        "省",
        "市",
        "州",
        "县",
        "区",
        "镇",
        "村",
        "岛",
    ]
)
_PLACE_WORDS = frozenset(
    [
        "province",
        "city",
        "county",
        "state",
        "island",
        "islands",
        "lake",
        "river",
        "cape",
        "bay",
        "port",
        "mount",
        "mountain",
        "mountains",
        "strait",
        "canal",
        "valley",
        "region",
        "peninsula",
        "archipelago",
        "gulf",
        "sea",
        "town",
        "village",
        "the",
        "of",
    ]
)


@lru_cache(maxsize=65536)
def proper_part(name: str) -> str:
    """A place's own part: 加通 of 加通湖, Gatun of Gatun Lake."""
    short = fold_name(name)
    if has_han(name):
        for length in (2, 1):
            if len(short) - length >= 2 and short[-length:] in PLACE_ENDS:
                return short[:-length]
        return short
    kept = short.split(" ")
    return " ".join([word for word in kept if word not in _PLACE_WORDS] or kept)
