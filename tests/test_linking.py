"""What a name means across mentions, articles and languages."""

from kaoju.entities import find_mentions
from kaoju.linking import link, link_names


def test_an_english_surname_finds_the_chinese_entity_without_the_alias_table():
    known = link(
        find_mentions("利率策略师梅根·斯威伯指出,市场稳定。美国财长斯科特·贝森特表示同意。"), []
    ).entities
    rows = link_names(["Swiber"], known)
    assert [next(e.name() for e in known if e.id == row[1]) for row in rows] == ["梅根·斯威伯"]
    assert rows[0][3] == "transliteration"


def test_a_full_and_a_short_form_in_both_languages_are_one_entity():
    chinese = link(find_mentions("美联储周三按兵不动。"), [])
    english = link(find_mentions("The Fed held rates on Wednesday."), chinese.entities)
    assert english.mentions[0].entity_id == chinese.mentions[0].entity_id
