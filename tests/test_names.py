"""Names across the two scripts."""

from kaoju.names import rank_names


def test_the_right_name_ranks_first_from_either_side():
    people = ["Stephen Miran", "Scott Bessent", "Kevin Hassett"]
    assert rank_names("贝森特", people)[0][0] == "Scott Bessent"
    assert rank_names("Swiber", ["斯威伯", "贝森特", "哈塞特"])[0][0] == "斯威伯"
