"""Titles beside a name in Chinese: 麦格理资产管理公司研究主管, 博士."""

from __future__ import annotations

from kaoju.chinese_words import HAN_CHARACTER, Tagged, after_role_words, role_words
from kaoju.gazetteer import words

_ROLE_STOP = "vpcdurxmytoq"  # tags that end a role to the left: verbs, prepositions, ...
_LONGEST_ROLE = 26


def role_before(tagged: Tagged, end: int) -> str | None:
    """The role that ends here, with the words that belong to it: 麦格理资产管理公司研究主管."""
    text = tagged.text
    start = role_words().ending(text, end)
    if start == end:
        return None
    least = max(0, end - _LONGEST_ROLE)
    inside = words("organisations", "chinese_inside")
    while start > least:
        number = tagged.at(start - 1)
        word, flag = tagged.words[number], tagged.tags[number]
        begin = tagged.starts[number]
        if begin < least or word in words("roles", "chinese_drop"):
            break
        if not HAN_CHARACTER.match(word[0]) and flag != "eng":
            break
        if word in inside or word in role_words().words:
            start = begin
            continue
        if flag[0] in _ROLE_STOP and flag not in ("vn",):
            break
        if flag[0] in "afz" and len(word) == 1:
            break
        start = begin
    role = text[start:end].removesuffix("名叫").removesuffix("叫做").removesuffix("叫")
    if not role:
        return None
    for drop in ("现任", "时任"):
        role = role.removeprefix(drop)
    return role


def role_after(text: str, end: int) -> str | None:
    """The title right after a name, if there is one: 习近平|主席."""
    stop = after_role_words().longest(text, end)
    return text[end:stop] if stop > end else None
