"""Which runs of capitalised words in English name a body: by its head, its trade, its partners.

What the words around a run say of it, `english_context` tells; this room reads the run itself.
"""

from __future__ import annotations

import re

from kaoju.english_runs import Word
from kaoju.gazetteer import english_words, gazetteer, given_names, words
from kaoju.types import EntityKind

# Offices of several things: Ministry of Trade, Industry and Energy.
_OFFICES = "Ministry|Department|Board|Office|Institute|Bureau|Committee|Commission"
LISTED = re.compile(
    rf"\b(?:(?!The )[A-Z][a-z]+ )?(?:{_OFFICES}) (?:of|for|on) [A-Z]\w+(?: [A-Z]\w+)?"
    r"(?:, [A-Z]\w+(?: [A-Z]\w+)?)+,? and [A-Z]\w+(?: [A-Z]\w+)*"
)

OF_BODY = re.compile(r" (?:of|at) (?:the )?[A-Z]\w+(?: [A-Z]\w+)*, ")
_PLURAL = re.compile(r" (?:have|are|were)\b(?! (?:been )?(?:both|each|all|two)\b)")


def is_plural(text: str, start: int, end: int) -> bool:
    """Whether one name goes with a verb of many, as clubs' do: Real Oviedana have sacked."""
    joined = text[max(0, start - 5) : start].endswith(("and ", "or ", "& ", ", "))
    return not joined and _PLURAL.match(text, end) is not None


def head_of(part: list[Word], lower: list[str]) -> bool:
    """Whether a word for a body or for people of a trade stands before ``of`` and a name.

    Associated Bridge Builders of America, Securities and Exchange Board of India.
    """
    bodies = words("organisations", "english_of")
    for at in range(1, len(lower) - 1):
        if lower[at] != "of":
            continue
        before = part[:at]
        head, own = lower[at - 1], [w for w in before if not w.capital]
        if any(w.text not in ("and", "&") for w in own) or not part[at - 1].capital:
            return False
        people = at > 1 and head.endswith(("ers", "ors", "ists", "men"))
        if own and not and_inside(lower):
            return False
        if "and" in lower[at:] and any(w not in english_words() for w in lower[at + 1 :]):
            return False  # Institute of Marine Research and Luis Ocampo
        return head in bodies or people
    return False


def is_partnership(part: list[Word], lower: list[str]) -> bool:
    """Whether names are joined as partners' are: Tate & Sons, Kim & Chang."""
    if "&" not in lower[1:-1] or len(part) > 5:
        return False
    own = [w for w in part if w.text != "&"]
    ordinary = all(w.text.lower() in english_words() for w in own[:1])
    return all(w.capital for w in own) and not (ordinary and part[0].opens)


def is_of_trade(text: str, part: list[Word], lower: list[str]) -> bool:
    """Whether a run is a name and what its bearer trades in: Daeyang Steel, Orange Gold Mines."""
    if lower[-2:] == ["pension", "plan"]:
        return True
    if lower[-1] not in words("organisations", "english_trades") or len(part) > 5:
        return False
    if any(not w.capital for w in part) or part[0].text in given_names():
        return False
    plain = [w for w in lower[:-1] if w in words("organisations", "english_trades")]
    return len(plain) < len(lower) - 1 and not part[-1].text.isupper()


def is_whole_opening(text: str, part: list[Word], lower: list[str]) -> bool:
    """Whether an ordinary word that opens a sentence begins the name too: Fast Sheep Express.

    It does where what is left without it would be no name, and a verb follows.
    """
    if lower[0].endswith("ly") or part[0].text in words("contexts", "english_openers"):
        return False
    rest = lower[1:-1]
    own = any(w not in english_words() for w in rest)
    return not own and _DOES.match(text, part[-1].end) is not None


_DOES = re.compile(
    r",? (?:has|had|have|is|was|are|were|will|would|may|might|can|could|does|did|said|says|who|"
    r"which|[a-z]+ed|bought|sold|rose|fell|lost|made|won|paid|plans|wants|expects|hopes)\b|, an? "
)


def holds_known(text: str, part: list[Word]) -> bool:
    """Whether a run ends in a name of the table after a word that joins two names."""
    for at in range(1, len(part) - 1):
        if part[at].capital:
            continue
        rest = at + 1 if part[at + 1].text != "the" else at + 2
        if rest >= len(part):
            continue
        ending = text[part[rest].start : part[-1].end]
        known = gazetteer().english.get(ending)
        joins = part[at].text in ("and", "&")
        head = part[at - 1].text.lower()
        own = head in words("organisations", "english_of") | words("organisations", "english")
        if known is not None and known.kind is not EntityKind.PLACE and (joins or not own):
            return True
        if joins and part[-1].text.rstrip(".") in ("Co", "Inc", "Corp", "Ltd") and part[0].text:
            return any(w.text in ("of", "Bank") for w in part[:at])
    return False


def holds_person_of(part: list[Word], lower: list[str]) -> bool:
    """Whether a run is a person and where he is from: Mark Li of Bernstein."""
    if "of" not in lower[2:]:
        return False
    before = part[: lower.index("of", 2)]
    if len(before) > 4 or not all(w.capital for w in before):
        return False
    bodies = words("organisations", "english_of") | words("organisations", "english")
    plain = [w.text.lower() for w in before]
    return not any(w in bodies for w in plain) and not all(w in english_words() for w in plain)


def and_inside(lower: list[str]) -> bool:
    """Whether ``and`` joins the words of one name: Department of Health and Human Services."""
    if "and" not in lower:
        return False
    at = lower.index("and") if "and" in lower else len(lower)
    return (
        "of" in lower[:at]
        or lower[0] in ("securities", "food")
        or lower[-1] in ("commission", "administration")
    )
