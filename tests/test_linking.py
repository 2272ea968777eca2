"""What a name means across mentions, articles and languages."""

from dataclasses import replace

import pytest

from kaoju.asked_names import find_names_in_question, link_names
from kaoju.cross_language import Evidence, sounds_alike
from kaoju.decisions import Action, Decision
from kaoju.entities import find_mentions
from kaoju.linking import Linked, link
from kaoju.name_parts import name_language, parts_of
from kaoju.shelf_names import ShelfNames
from kaoju.translated import translated_score
from kaoju.types import Entity, EntityKind, Language

ANALYSIS = (
    "利率策略师梅根·斯威伯指出,市场稳定。美国财长斯科特·贝森特表示同意。"
    "麦格理资产管理公司研究主管丹尼尔·麦科马克反对。美联储理事斯蒂芬·米兰曾抨击这种模式。"
)


def read(text: str, known: list[Entity] | None = None, *decisions: Decision) -> Linked:
    return link(find_mentions(text), known or [], decisions)


def meant(name: str, known: list[Entity]) -> list[str]:
    return [next(e.name() for e in known if e.id == row[1]) for row in link_names([name], known)]


def test_an_english_surname_finds_the_chinese_entity_without_the_alias_table():
    known = read(ANALYSIS).entities
    assert meant("Swiber", known) == ["梅根·斯威伯"]
    assert meant("Bessent", known) == ["斯科特·贝森特"]
    assert meant("McCormack", known) == ["丹尼尔·麦科马克"]
    assert link_names(["Swiber"], known)[0][3] == Evidence.TRANSLITERATION
    assert meant("Bernanke", known) == []


def test_a_question_in_lower_case_finds_names_by_sound():
    known = read(ANALYSIS).entities
    found = find_names_in_question("what did swiber and bessent say about debt?", known)
    assert found == ["swiber", "bessent"]


def test_a_surname_that_is_also_a_word_is_a_name_by_its_capital():
    told = "首席投资官辛妮德·科尔顿·格兰特表示，义警从未消失。最高法院同日开庭。"
    known = read(told).entities
    assert find_names_in_question("What did Grant say?", known) == ["Grant"]
    assert find_names_in_question("What is Grant's view?", known) == ["Grant"]
    assert find_names_in_question("what did grant say", known) == []
    assert find_names_in_question("Grant or loan, which is it?", known) == []
    assert find_names_in_question("Which Grant Was Awarded", known) == []  # a title's capitals
    assert find_names_in_question("Which Tariff was awarded?", known) == []


def test_a_capital_that_a_word_has_for_another_reason_names_nobody():
    told = "大臣丹尼尔·金表示，补贴到期。律师彼得·马奇没有回应。分析师露西·怀特认为，白宫会让步。"
    known = read(told).entities
    assert find_names_in_question("What did King say?", known) == ["King"]
    assert find_names_in_question("What did the King say?", known) == []
    assert find_names_in_question("What did King Harald say?", known) == []
    assert find_names_in_question("What happened in March?", known) == []
    assert find_names_in_question("what happened in march", known) == []
    assert find_names_in_question("Will the White House give in?", known) == []


def test_a_surname_that_a_body_bears_too_is_a_name():
    known = read("分析师露西·怀特认为，需求会回升。白宫没有置评。").entities
    assert find_names_in_question("What did White say?", known) == ["White"]


def known_as(kind: EntityKind, *names: str) -> Entity:
    return Entity(f"e-{names[0]}", kind, tuple((name_language(name), name) for name in names))


def test_an_entity_of_another_name_in_the_questions_language_is_not_meant():
    fund = known_as(EntityKind.PERSON, "赵辰昕", "Zhao Chenxin")
    island = known_as(EntityKind.PLACE, "马达加斯加", "Madagascar")
    assert meant("基金组织", [fund]) == []
    assert meant("PGIM", [island]) == []
    heard = known_as(EntityKind.PERSON, "赫尔穆特·施密特", "Helmut Schmidt")
    assert meant("Schmitt", [heard]) == ["赫尔穆特·施密特"]  # one sound, spelled in two ways


def test_a_word_in_lower_case_that_can_be_translated_names_nobody_else():
    lake = known_as(EntityKind.PERSON, "莱亚德")
    assert find_names_in_question("How did bonds react to it?", [lake]) == []
    assert find_names_in_question("Who sees risks in long-term debt?", [lake]) == []
    banker = known_as(EntityKind.PERSON, "杰罗姆·鲍威尔")
    assert find_names_in_question("what did powell say?", [banker]) == ["powell"]


def test_a_full_and_a_short_form_in_both_languages_are_one_entity():
    chinese = read("美联储周三按兵不动。")
    english = read("The Fed held rates on Wednesday.", chinese.entities)
    assert english.mentions[0].entity_id == chinese.mentions[0].entity_id == "organisation-fed"
    assert english.links[0].evidence is Evidence.ALIAS


def test_articles_in_both_languages_name_the_same_people():
    known = read(ANALYSIS).entities
    later = read("Treasury Secretary Scott Bessent met Fed Governor Stephen Miran.", known)
    people = {m.surface: m.entity_id for m in later.mentions}
    names = {e.id: e.name() for e in known}
    assert names[people["Scott Bessent"]] == "斯科特·贝森特"
    assert names[people["Stephen Miran"]] == "斯蒂芬·米兰"


def test_another_given_name_is_another_person():
    known = read("经济学家斯蒂芬·道格拉斯指出问题。").entities
    other = read("Actor Michael Douglas said he was glad.", known)
    assert other.mentions[0].entity_id != known[0].id
    same = read("Economist Stephen Douglas said he was glad.", known)
    assert same.mentions[0].entity_id == known[0].id


def test_a_chinese_name_and_its_pinyin_are_one_person_in_either_order():
    known = read("经济学者周蔚然在评论中指出,补贴不够。").entities
    later = read("Economist Zhou Weiran said so. ", known)
    assert later.mentions[0].entity_id == known[0].id
    assert later.links[0].evidence is Evidence.PINYIN


def test_a_body_is_told_by_its_words_in_translation():
    known = read("全国矿业协会批评该法。").entities
    later = read("The National Mining Society called it unfair.", known)
    assert later.mentions[0].entity_id == known[0].id
    assert later.links[0].evidence is Evidence.TRANSLATION


def test_an_introduction_in_the_text_links_both_names():
    known = read("首席分析师贝莉娅·范登霍芬(Belia van den Hoven)说,需求疲软。").entities
    person = next(e for e in known if e.kind == "person")
    assert {name for _, name in person.names} >= {"贝莉娅·范登霍芬", "Belia van den Hoven"}


def test_an_editors_split_and_link_win_over_all_evidence():
    known = read(ANALYSIS).entities
    bessent = next(e.id for e in known if e.name() == "斯科特·贝森特")
    text = "Scott Bessent said nothing."
    assert read(text, known).mentions[0].entity_id == bessent
    split = Decision(Action.SPLIT, bessent, names=("Scott Bessent",), who="an editor")
    apart = read(text, known, split)
    assert apart.mentions[0].entity_id != bessent
    assert apart.links[0].evidence is Evidence.DECISION
    swiber = next(e.id for e in known if e.name() == "梅根·斯威伯")
    joined = read(text, known, Decision(Action.LINK, swiber, other_id=bessent))
    assert joined.mentions[0].entity_id == swiber


def test_a_renamed_entity_keeps_its_id_and_its_names():
    known = read(ANALYSIS).entities
    swiber = next(e for e in known if e.name() == "梅根·斯威伯")
    named = read(
        "利率策略师梅根·斯威伯说。", known, Decision(Action.RENAME, swiber.id, name="斯维伯")
    )
    entity = next(e for e in named.entities if e.id == swiber.id)
    assert entity.name() == "斯维伯"
    assert "梅根·斯威伯" in {name for _, name in entity.names}


def test_reading_an_article_again_changes_nothing():
    known = read(ANALYSIS).entities
    again = read(ANALYSIS, known)
    assert again.entities == []
    assert {m.entity_id for m in again.mentions} == {e.id for e in known}


def test_names_in_characters_are_read_as_koreans_and_japanese_read_them():
    from kaoju.east_asian import is_reading

    assert is_reading("李在明", "Lee Jae-myung")
    assert is_reading("植田和男", "Kazuo Ueda")
    assert is_reading("林国显", "Lin Kuo-shian")
    assert not is_reading("李在明", "Lee Jae-yong")
    assert not is_reading("铃木一郎", "Taro Suzuki")


def test_two_people_of_one_surname_are_told_apart_by_their_given_names():
    first = _link("约翰·里德说,金价会涨。里克·里德说,不会。", "a")
    second = _link("John Reade was wrong, said Rick Rieder, an investor.", "b", first.entities)
    people = {m.surface: m.entity_id for m in [*first.mentions, *second.mentions]}
    assert people["John Reade"] == people["约翰·里德"]
    assert people["Rick Rieder"] == people["里克·里德"]


def test_a_company_is_known_by_what_its_name_says_and_how_it_sounds():
    first = _link("麦格理资产管理公司研究主管丹尼尔·麦科马克说,债市有威慑力。", "a")
    second = _link(
        "Macquarie Asset Management said on Monday that it would expand.", "b", first.entities
    )
    company = next(m for m in first.mentions if m.surface == "麦格理资产管理公司")
    assert company.entity_id in {m.entity_id for m in second.mentions}


def test_names_kept_between_articles_find_what_the_last_article_named():
    from kaoju.shelf_names import ShelfNames

    shelf = ShelfNames()
    for number, text in enumerate(
        ("利率策略师梅根·斯威伯指出,市场稳定。", "Meghan Swiber said so.")
    ):
        found = [replace(m, document_id=str(number)) for m in find_mentions(text)]
        linked = link(found, shelf)
    assert [entity.id for entity in shelf.entities.values()] == [linked.mentions[0].entity_id]


def _link(text: str, document: str, known: list[Entity] | None = None) -> Linked:
    return link([replace(m, document_id=document) for m in find_mentions(text)], known or [])


def test_names_that_sound_near_are_found_among_many_without_comparing_all():
    from kaoju.sound_index import SoundIndex
    from kaoju.sounds import near

    index = SoundIndex()
    sounds = ["PSNT", "PSN", "MLN", "SWP", "KLNT", "TKLS", "HST", "PST"]
    for sound in sounds:
        index.add(sound)
    assert next(index.nearest("PSNT")) == "PSNT"
    assert set(index.nearest("PSNT")) == {s for s in sounds if near("PSNT", s)}


def test_sounds_one_edit_away_are_told_from_all_others():
    from kaoju.sound_index import SoundIndex
    from kaoju.sounds import edits

    index = SoundIndex()
    sounds = ["", "P", "T", "PT", "TP", "PST", "PSST", "SPT", "PSTN", "KPST", "PSNT", "LMNT"]
    for sound in sounds:
        index.add(sound)
    for sound in [*sounds, "PS", "STP"]:
        numbers, apart = index.one_apart(sound)
        found = {sounds[at]: far for at, far in zip(numbers.tolist(), apart.tolist(), strict=True)}
        assert found == {other: edits(sound, other) for other in sounds if edits(sound, other) < 2}


def test_of_many_whose_surnames_sound_alike_those_with_such_a_given_name_come_first():
    from kaoju.sound_index import NameIndex

    index = NameIndex()
    for number in range(300):
        index.add(f"other-{number}", ["LT"], ["MK"], native=False)
    index.add("alone", ["LT"], [], native=False)
    index.add("native", ["LT"], [], native=True)
    index.add("same", ["LT"], ["TNLS"], native=False)
    assert index.nearest(["LT"], ["TNL"], 3, native=False) == ["alone", "same", "other-0"]
    assert "native" not in index.nearest(["LT"], ["TNL"], 400, native=False)
    assert "native" in index.nearest(["LT"], [], 400, native=False)
    assert index.nearest(["LT"], [], 400, native=True) == ["alone"]


def test_a_person_is_found_among_hundreds_of_the_same_surname():
    given = [f"{one}{two}" for one in "保克马罗埃托斯安" for two in "尔拉诺里森特卡姆"]
    families = ("里德", "雷德", "莱德")
    crowd = [
        Entity(f"person-{name}", EntityKind.PERSON, ((Language.ZH, name),), ())
        for name in (f"{one}·{family}" for one in given for family in families)
    ]
    sought = Entity("person-sought", EntityKind.PERSON, ((Language.ZH, "丹尼尔·里德"),), ())
    found = _link("Daniel Reade said so on Monday.", "a", [*crowd, sought])
    assert {m.entity_id for m in found.mentions if m.surface == "Daniel Reade"} == {sought.id}


def test_an_index_of_sounds_grows_with_the_names_and_with_their_length():
    from kaoju.sound_index import SoundIndex
    from kaoju.sounds import near

    index = SoundIndex()
    sounds = [f"{one}{two}{one}N" for one in "PTKSFL" for two in "PTKSFLMNHWJ"]
    sounds += ["PTKSFLMNHWPTKSFLMNHW", "PTKSFLMNHWPTKSFLMNH"]  # more than the table has room for
    for sound in [*sounds, *sounds]:
        index.add(sound)
    for sound in ("PTPN", "KMKN", "PTKSFLMNHWPTKSFLMNHW"):
        found = list(index.nearest(sound))
        assert found[0] == sound
        assert sorted(found) == sorted(s for s in sounds if near(sound, s))


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("红木资本", ("greenfield", "harbour", "capital")),  # what they share is a third
        ("长岭物流", ("samkwang", "logistics")),  # only what they are
        ("银泉电力", ("bluestone", "power")),
    ],
)
def test_names_of_bodies_that_cannot_answer_one_another_are_not_laid_out(
    chinese: str, english: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
):
    from kaoju import body_names

    body_names.laid_beside.cache_clear()
    monkeypatch.setattr(body_names, "_lay", lambda *_: pytest.fail("laid out"))
    monkeypatch.setattr(body_names, "_answers", lambda *_: pytest.fail("asked"))
    assert body_names.laid_beside(chinese, english, frozenset()) == 0
    body_names.laid_beside.cache_clear()


def test_what_was_listened_to_is_not_listened_to_again(monkeypatch: pytest.MonkeyPatch):
    from kaoju import cross_language

    rows = [("奥古斯特·林德曼", "August Lindemann", EntityKind.PERSON)]
    cross_language.listen(rows)
    monkeypatch.setattr(cross_language, "hear", lambda _: pytest.fail("heard again"))
    cross_language.listen(rows)


def test_names_that_cannot_be_an_entitys_are_not_listened_to(monkeypatch: pytest.MonkeyPatch):
    from kaoju import linking

    known = _link("“我们会留下来，”渔民奥古斯特·林德曼(August Lindemann)说。", "a").entities
    heard: list[tuple[str, str, EntityKind]] = []
    monkeypatch.setattr(linking, "listen", heard.extend)
    _link("The baker Augusta Lindenmayer said on Monday that she would stay.", "b", known)
    assert "Augusta Lindenmayer" not in {name for name, _, _ in heard}


def test_a_company_is_asked_for_by_its_brand_alone():
    told = "Macquarie Asset Management said on Monday that it would expand."
    known = _link(told, "a").entities
    assert link_names(["Macquarie"], known)[0][1:] == (known[0].id, 0.8, "part_of_name")
    chinese = _link("麦格理资产管理公司周一表示将扩张。", "b").entities
    assert link_names(["麦格理"], chinese)[0][1] == chinese[0].id
    assert link_names(["Macquarie"], chinese)[0][1:] == (chinese[0].id, 0.8, "alias")


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("澳大利亚证券和投资委员会", "Australian Securities and Investments Commission"),
        ("海德兰航运", "Heidland Shipping"),
        ("麦格理资产管理公司", "Macquarie Asset Management"),
    ],
)
def test_a_body_is_translated_word_by_word(chinese, english):
    score, _ = sounds_alike(chinese, english, EntityKind.ORGANISATION)
    other, _ = sounds_alike(chinese, f"Redwood {english.split()[-1]}", EntityKind.ORGANISATION)
    assert score > 0.6 > other


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("许文杰", "Hsu Wen-chieh"),
        ("黄嘉庆", "Hoang Gia Khanh"),
        ("谭明华", "Tam Ming-wah"),
        ("保罗·辛格", "Paul Singer"),
        ("谢赫·迪巴", "Cheikh Diba"),
        ("伊丽莎白一世", "Elizabeth I"),
    ],
)
def test_a_person_is_heard_in_full(chinese, english):
    assert sounds_alike(chinese, english, EntityKind.PERSON)[0] > 0.7


def test_a_surname_that_fits_is_not_enough_where_the_given_name_does_not():
    assert sounds_alike("大卫·辛格", "Paul Singer", EntityKind.PERSON)[0] == 0


def test_many_names_at_once_have_the_neighbours_that_each_has_alone():
    known = read(ANALYSIS).entities
    names = [(name, e.kind) for e in known for _, name in e.names]
    names += [("Meghan Swiber", EntityKind.PERSON), ("麦格理", EntityKind.ORGANISATION)]
    together = ShelfNames.of(known).near_all(names)
    assert together == [ShelfNames.of(known).near(*name) for name in names]
    assert any(together)


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("快鹿速递", "Fast Deer Express"),  # character by character
        ("长岭物流", "Changling Logistics"),  # read aloud, 长 in its other way
        ("旭石半导体", "Risingstone Semiconductor"),  # a piece of a compound
        ("灯塔生物", "Lighthouse Biologics"),  # kin by the beginning alone
        ("三光重工", "Samkwang Heavy Industries"),  # as Koreans read it
        ("东非茶叶交易所", "East African Tea Exchange"),
        ("皇家鸟类保护协会", "Royal Society for the Protection of Birds"),
        ("德国铁路司机工会", "German Train Drivers' Union"),
    ],
)
def test_a_bodys_name_is_laid_beside_its_translation_part_by_part(chinese: str, english: str):
    assert sounds_alike(chinese, english, EntityKind.ORGANISATION)[0] >= 0.5


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("中国建设银行", "China Merchants Bank"),
        ("华兴证券", "Zhaoyuan Securities"),
        ("大韩制铁", "Daeyang Steel"),
        ("日本央行", "Zhaoyuan Securities"),
        ("第一金融集团", "Second Financial Group"),
        ("东方航空", "Southern Airlines"),
    ],
)
def test_bodies_that_share_their_kind_alone_are_two(chinese: str, english: str):
    assert sounds_alike(chinese, english, EntityKind.ORGANISATION)[0] < 0.5


def test_small_words_of_a_surname_and_initials_are_no_hindrance():
    assert sounds_alike("皮特·范德默韦", "Piet van der Merwe", EntityKind.PERSON)[0] > 0.9
    assert parts_of("J.P. O'Donnell") == parts_of("J. P. O'Donnell") == ("o'donnell",)


def test_a_name_read_aloud_is_no_others_that_sounds_like_it():
    first = _link("市长何咏倩出席。市长永岛英器没有来。", "a")
    second = _link("Mayor He Yongqian spoke.", "b", first.entities)
    assert second.links[0].evidence is Evidence.PINYIN
    assert {m.entity_id for m in second.mentions} <= {m.entity_id for m in first.mentions}


def test_a_known_name_with_a_word_for_its_legal_form_is_the_known_body():
    found = _link("毕马威会计师事务所出具了报告。", "a")
    assert found.mentions[0].entity_id == "organisation-kpmg"


def test_a_works_is_told_by_what_it_makes():
    assert translated_score("乌拉尔锅炉厂", "Ural Boiler Works") > 0.8
    assert translated_score("乌拉尔锅炉厂", "Ural Furniture Works") < 0.6
