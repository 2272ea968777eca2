"""The role by which a question asks for somebody, and how much of it a name's holder bears.

Who is the union's secretary is answered by a sentence that calls somebody so, in either language;
who leads a body by one that gives its director, its chairman or its general manager.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kaoju.lexicon import load
from kaoju.text import fold, has_han
from kaoju.tokens import query_terms, stem
from kaoju.types import Mention
from kaoju.word_translations import words_for

# What stands beside a name and may say what its holder is.
_BEFORE_ZH, _AFTER_ZH = re.compile(r"[^,，。;；:：、]{0,16}$"), re.compile(r"[^,，。;；:：、]{0,6}")
_BEFORE_EN, _AFTER_EN = re.compile(r"[^.;:]{0,40}$"), re.compile(r",?[^,.;:]{0,50}")
_BESIDE = 0.6  # of a word that stands beside the name and is not known to be its holder's role
_LEAST = 0.15  # chance of a translation that counts
_WORD = re.compile(r"[a-z][a-z-]*[a-z]")

_ROLE = re.compile(r"的(?P<role>[\u4e00-\u9fff]{2,6})(?:是谁|叫什么|叫啥|是哪位)")  # of any kind

Group = frozenset[str]


@lru_cache(maxsize=256)
def asked_roles(question: str) -> tuple[Group, ...]:
    """The words of a role that a question asks for, each with its like in both languages.

    Args:
        question: As typed.

    Returns:
        For each word of the role its forms, folded; empty where a question names none.
    """
    folded = fold(question).text
    found: list[Group] = []
    leading = _leading()
    if has_han(folded):
        named = _ROLE.search(folded)
        for role in _roles_in(folded) or ([named["role"]] if named else []):
            if role in leading:
                found.append(leading)
            else:
                parts = query_terms(role, characters=False) or [role]
                found += [_forms(part) for part in parts]
    else:
        for word in _WORD.findall(folded):
            if word in leading:
                found.append(leading)
            elif word in _english():
                found.append(_forms(stem(word)) | {word})
    return tuple(dict.fromkeys(found))


def bears(roles: tuple[Group, ...], mention: Mention, text: str, start: int) -> float:
    """The share of a role asked for that stands beside a name or is known of its holder.

    Args:
        roles: As `asked_roles` gives them.
        mention: Of somebody.
        text: The sentence of the mention.
        start: Where the sentence begins in its article.
    """
    if not roles:
        return 0.0
    at = mention.span.shift(-start)
    before, after = (_BEFORE_ZH, _AFTER_ZH) if has_han(text) else (_BEFORE_EN, _AFTER_EN)
    left, right = before.search(text[: at.start]), after.match(text, at.end)
    beside = "\n".join(match.group() for match in (left, right) if match is not None)
    shares = (_said(role, mention.role or "") or _BESIDE * _said(role, beside) for role in roles)
    return sum(shares) / len(roles)


def _said(role: Group, text: str) -> bool:
    folded = fold(text).text
    words = {stem(word) for word in _WORD.findall(folded)} | set(_WORD.findall(folded))
    return any(form in folded if has_han(form) else form in words for form in role)


def _forms(term: str) -> Group:
    return frozenset([term, *(word for word, chance in words_for(term) if chance >= _LEAST)])


def _roles_in(folded: str) -> list[str]:
    """The roles that a Chinese question names, the longest where they overlap, in order."""
    roles = _chinese()
    found = []
    at = 0
    longest = max(map(len, roles))
    while at < len(folded):
        for size in range(min(longest, len(folded) - at), 1, -1):
            if folded[at : at + size] in roles:
                found.append(folded[at : at + size])
                at += size - 1
                break
        at += 1
    return found


@cache
def _chinese() -> frozenset[str]:
    words = frozenset(load("roles")["chinese"].split()) | _leading()
    return frozenset(w for w in words if has_han(w) and len(w) > 1 and w not in ("名叫", "叫做"))


@cache
def _english() -> frozenset[str]:
    return frozenset(load("roles")["english"].split())


@cache
def _leading() -> Group:
    """The words of both languages for who stands at the head of something."""
    return frozenset(load("roles")["leading"].split())
