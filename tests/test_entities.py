"""Names in articles. Development sentences; the held-out gold is judged by scripts/evaluate.py names."""

import pytest

from kaoju.entities import find_mentions
from kaoju.types import EntityKind


def named(text: str) -> dict[str, tuple[EntityKind, str, str | None]]:
    return {m.surface: (m.kind, m.name, m.role) for m in find_mentions(text)}


@pytest.mark.parametrize("dot", "·•‧・･∙")
def test_a_name_is_whole_with_any_dot_and_its_title_is_its_role(dot: str):
    text = f"美国财长斯科特{dot}贝森特多次公开表示,自己有信心。"
    mention = next(m for m in find_mentions(text) if m.kind is EntityKind.PERSON)
    assert mention.surface == f"斯科特{dot}贝森特"
    assert mention.role == "美国财长"


def test_milan_is_the_governor_once_he_is_introduced_and_a_city_elsewhere():
    governor = named("美联储理事斯蒂芬·米兰曾抨击这种模式。米兰指出,这会堆积债务。")
    assert governor["米兰"][:2] == (EntityKind.PERSON, "斯蒂芬·米兰")
    city = named("时装周本周在米兰开幕,米兰的酒店几乎订满。")
    assert city["米兰"][0] is EntityKind.PLACE


def test_spans_slice_to_their_surface():
    text = "美国财长斯科特·贝森特(Scott Bessent)说。Scott Bessent, the Treasury secretary, agreed."
    for mention in find_mentions(text):
        assert mention.span.of(text) == mention.surface
