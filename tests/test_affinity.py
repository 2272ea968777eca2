"""Affinities: which words mean the same, within a language and across."""

from kaoju.affinity import affinities, is_exact
from kaoju.encoder import open_encoder

SAID = ["收益率", "赤字", "人口", "总统", "宣布", "国库券", "关税", "供给", "稳定币", "跃升"]
SAID += ["market", "prize", "court", "wallet", "octopus", "helicopter"]


def test_a_word_is_meant_by_its_translation_and_by_nothing_else() -> None:
    asked = ["deficit", "population", "president", "supply"]
    found = affinities(open_encoder(), asked, SAID)
    for row, translation in enumerate(["赤字", "人口", "总统", "供给"]):
        assert SAID[int(found[row].argmax())] == translation
        assert found[row].max() > 0.4
        assert sorted(found[row])[-2] < 0.2


def test_numbers_ordinals_and_codes_mean_themselves_alone() -> None:
    found = affinities(open_encoder(), ["second", "rh-318", "赤字"], ["third", "rh-417", "第二"])
    assert float(found.max()) == 0.0
    assert float(affinities(open_encoder(), ["second"], ["second"])[0, 0]) == 1.0
    assert is_exact("gpt-4o")
    assert is_exact("第二")
    assert not is_exact("赤字")


def test_no_words_have_no_affinities() -> None:
    assert affinities(open_encoder(), [], SAID).shape == (0, len(SAID))
    assert affinities(open_encoder(), ["deficit"], []).shape == (1, 0)
