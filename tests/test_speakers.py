"""Who says a figure, and whether somebody else is said to say it."""

from __future__ import annotations

import pytest

from drafting import paired, told
from kaoju.figures import find_figures
from kaoju.frames import frame, statements
from kaoju.speakers import Voice, differs, other_voice, said_otherwise, same_voice, voice_of
from kaoju.types import EntityKind, Language

TWO = "Arlo Fenn expects growth of 4%, while Mira Holt expects 6%."
ZH = "方若海预计增长4%，何明月则预计增长6%。"


@pytest.mark.parametrize(
    ("text", "people", "names"),
    [
        (TWO, ("Arlo Fenn", "Mira Holt"), ("Arlo Fenn", "Mira Holt")),
        (ZH, ("方若海", "何明月"), ("方若海", "何明月")),
        ("Growth was 4%, after 6%.", (), (None, None)),
    ],
)
def test_each_figure_has_the_speaker_named_last_before_it(
    text: str, people: tuple[str, ...], names: tuple[str | None, ...]
) -> None:
    found = [voice_of(told(text, at=at, people=people)) for at in (0, 1)]
    assert tuple(v.name if v is not None else None for v in found) == names


def test_a_name_and_its_writing_in_the_other_language_are_one_voice() -> None:
    one = voice_of(told("Arlo Fenn said growth was 4%.", people=("Arlo Fenn",)))
    sound = voice_of(told("阿洛·芬恩说，增长率为4%。", people=("阿洛·芬恩",)))
    stranger = voice_of(told("洛特·勃兰特说，增长率为4%。", people=("洛特·勃兰特",)))
    assert one is not None
    assert sound is not None
    assert stranger is not None
    assert same_voice(one, sound)
    assert other_voice(one, stranger, bilingual=frozenset())
    assert not other_voice(one, sound, bilingual=frozenset())


def test_a_body_of_the_other_language_that_is_not_linked_may_be_any() -> None:
    one = voice_of(told("Dunmoor Port said traffic was 4%.", bodies=("Dunmoor Port",)))
    other = voice_of(told("邓穆尔港说，增长率为4%。", bodies=("邓穆尔港",)))
    assert one is not None
    assert other is not None
    assert not other_voice(one, other, bilingual=frozenset())
    assert other_voice(one, other, bilingual=frozenset({"Dunmoor Port"}))


def test_the_second_speaker_s_figure_is_not_the_first_s() -> None:
    draft = told("Arlo Fenn expects growth of 6%.", people=("Arlo Fenn",))
    assert differs(paired(draft, told(TWO, people=("Arlo Fenn", "Mira Holt"))))
    draft = told("Mira Holt expects growth of 6%.", people=("Mira Holt",))
    assert not differs(paired(draft, told(TWO, people=("Arlo Fenn", "Mira Holt"))))


def test_what_the_draft_s_speaker_says_stands_against_what_another_says() -> None:
    draft = told("Arlo Fenn expects growth of 6%.", people=("Arlo Fenn",))
    own = paired(draft, told(TWO, at=0, people=("Arlo Fenn", "Mira Holt")))
    others = paired(draft, told(TWO, people=("Arlo Fenn", "Mira Holt")))
    assert said_otherwise([others], [own]) is own
    assert said_otherwise([paired(draft, told("Growth was 6%."))], [own]) is None


def test_who_speaks_for_a_body_says_what_the_body_says() -> None:
    claim = told("Dunmoor Port expects traffic of 40 ships.", bodies=("Dunmoor Port",))
    other = paired(
        claim, told("Dunmoor Port expects traffic of 60 ships.", bodies=("Dunmoor Port",))
    )
    for text, said in (
        ("Mira Holt of Dunmoor Port said that traffic would be 40 ships.", None),
        ("Mira Holt said that traffic would be 40 ships.", other),
    ):
        bodies = ("Dunmoor Port",) if "Dunmoor" in text else ()
        support = paired(claim, told(text, people=("Mira Holt",), bodies=bodies))
        assert voice_of(support.evidence) is not None
        assert said_otherwise([support], [other]) is said


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("尤立群说，到站的货有9吨。", "尤立群"),
        ("协会会长宿建平提醒，每斤亏了3毛。", "宿建平"),
        ("蓝启川3日表示，游客将达410万人次。", "蓝启川"),
        ("董事长屠明远在业绩会上说，全年影片减为6部。", "屠明远"),
        ("有关方面表示，游客将达410万人次。", None),
        ("数据显示，游客已达410万人次。", None),
        ("店主说，每月要付300元。", None),
    ],
)
def test_a_speaker_whom_nobody_recognised_is_read_from_the_words(
    text: str, name: str | None
) -> None:
    found = voice_of(told(text))
    assert (found.name if found is not None else None) == name


def test_who_speaks_after_a_quotation_is_read_likewise() -> None:
    found = voice_of(told("“新园子一亩能收六千斤。”种植户段修文说。"))
    assert found is not None
    assert found.name == "段修文"


def test_people_whom_the_shelf_does_not_know_are_told_apart_by_their_names() -> None:
    article = told("段修文说，玉米便宜了150元。")
    assert differs(paired(told("尤立群说，玉米便宜了150元。"), article))
    assert not differs(paired(told("负责人段修文说，玉米便宜了150元。"), article))
    english = told(
        "Maize fell by 150 yuan, said Arlo Fenn.", people=("Arlo Fenn",), speaker="Arlo Fenn"
    )
    assert differs(paired(told("尤立群说，玉米便宜了150元。"), english))


@pytest.mark.parametrize(
    ("text", "people", "bodies", "speaker", "name"),
    [
        ("Arlo Fenn wants to open nine shops.", ("Arlo Fenn",), (), None, "Arlo Fenn"),
        ("Arlo Fenn of Dunmoor sees the yield at 4%.", ("Arlo Fenn",), (), None, "Arlo Fenn"),
        (
            "Its head, Arlo Fenn, means to close nine shops.",
            ("Arlo Fenn",),
            (),
            None,
            "Arlo Fenn",
        ),
        ("Arlo Fenn is seen at nine shops.", ("Arlo Fenn",), (), None, None),
        ("方若海打算再开9家店。", ("方若海",), (), None, "方若海"),
        (
            "Her finance chief, Arlo Fenn, promised nine new shops.",
            ("Arlo Fenn",),
            (),
            "Her finance chief",
            "Arlo Fenn",
        ),
        (
            "Arlo Fenn of the Dunmoor League said it would cost 640 million kroner.",
            (),
            ("Fenn of the Dunmoor League",),
            "Fenn of the Dunmoor League",
            "Arlo Fenn",
        ),
        ("Fenn would wait; the cost, she says, is $35.", ("Fenn",), (), None, "Fenn"),
        ("茶商庾小楼透露，市里要装40台风扇。", (), (), None, "庾小楼"),
        ("乔安女士觉得，全年能有50艘。", (), (), None, "乔安"),
        ("楚砚秋介绍，汀州装了40台风机。", (), (), None, "楚砚秋"),
        ("监管局副局长尤立群说，汀州装了40台风机。", (), ("监管局",), None, "尤立群"),
    ],
)
def test_who_speaks_is_told_by_role_intent_pronoun_and_word_order(
    text: str,
    people: tuple[str, ...],
    bodies: tuple[str, ...],
    speaker: str | None,
    name: str | None,
) -> None:
    found = voice_of(told(text, people=people, bodies=bodies, speaker=speaker))
    assert (found.name if found is not None else None) == name


def test_who_is_meant_at_the_head_of_a_sentence_spoke_in_the_one_before() -> None:
    text = "鸟类学会会长喻声远认为实际死亡更多。他又数到尸体约90只，推算总数应在300只上下。"
    (one,) = statements(text, 0, find_figures(text), [], [], language=Language.ZH)
    found = voice_of(frame(one, one.figures[-1]))
    assert found is not None
    assert found.name == "喻声远"


def test_a_chinese_name_is_nobody_else_s_than_whose_it_reads() -> None:
    def said(name: str) -> Voice:
        return Voice(name, name, EntityKind.PERSON, name)

    for ours, theirs in (("Tong Liren", "佟立人"), ("Liren Tong", "佟立人"), ("Tong", "佟立人")):
        assert same_voice(said(ours), said(theirs))
    assert other_voice(said("Tong Liren"), said("覃晓岚"), bilingual=frozenset())


def test_a_draft_s_speaker_beside_another_in_the_article_did_not_say_the_other_s() -> None:
    article = told("詹若川说，要降到零；米克勤则表示，七成航线会停飞。", people=("詹若川",))
    assert differs(paired(told("詹若川说，七成航线会停飞。", people=("詹若川",)), article))
    assert not differs(paired(told("米克勤说，七成航线会停飞。"), article))
