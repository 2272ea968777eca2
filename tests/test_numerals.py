"""Numerals: read in every supported form, written back, and nothing read that is no numeral."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaoju import lexicon
from kaoju.numerals import (
    Sort,
    chinese_numeral,
    compact_chinese,
    compact_english,
    english_numeral,
    find_numerals,
    read_at,
    read_numeral,
)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("三千二百万", "32000000"),
        ("1.2亿", "120000000"),
        ("3万亿", "3000000000000"),
        ("两万五", "25000"),
        ("二〇二五", "2025"),
        ("一百零一万一千", "1011000"),
        ("五十五兆一十二亿四万五千二", "55001200045200"),
        ("一千零五", "1005"),
        ("一千六", "1600"),
        ("十", "10"),
        ("二十五", "25"),
        ("７万５千４百", "75400"),
        ("貳佰萬", "2000000"),
        ("1,100万", "11000000"),
        ("300000亿", "30000000000000"),
        ("6770.02亿", "677002000000"),
        ("十五点七", "15.7"),
        ("三点五亿", "350000000"),
        ("负六点六", "-6.6"),
        ("负1.1", "-1.1"),
        ("三分之二", str(Decimal(2) / 3)),
        ("16分之5", "0.3125"),
        ("负一又二分之一", "-1.5"),
        ("百分之三点五", "0.035"),
        ("半百", "50"),
        ("1.25兆", "1250000000000"),
        ("10万万", "1000000000"),
        ("１．２億", "120000000"),
    ],
)
def test_chinese_numerals_are_read(printed: str, value: str) -> None:
    assert read_numeral(printed) == Decimal(value)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("one hundred and six", "106"),
        ("twenty-one trillion and three hundred", "21000000000300"),
        ("one and a half billion", "1500000000"),
        ("three and a half", "3.5"),
        ("twenty two thousand and three point five", "22003.5"),
        ("half a million", "500000"),
        ("two thirds", str(Decimal(2) / 3)),
        ("three-quarters", "0.75"),
        ("a fifth", "0.2"),
        ("a dozen", "12"),
        ("3 dozen", "36"),
        ("3.5 million", "3500000"),
        ("300bn", "300000000000"),
        ("30trn", "30000000000000"),
        ("60k", "60000"),
        ("3 hundred and one", "301"),
        ("12,34,567.89", "1234567.89"),
        ("three lakh crore", "3000000000000"),
        ("1 234 567", "1234567"),
        ("1.3x10^6", "1300000"),
        ("21.2E0", "21.2"),
        ("2½", "2.5"),
        ("⅔", str(Decimal(2) / 3)),
        ("-3.5", "-3.5"),
        ("minus five point five", "-5.5"),
        ("one hundred and thirty-two fifths", "26.4"),
        ("nineteen eighty", "1980"),
    ],
)
def test_english_numerals_are_read(printed: str, value: str) -> None:
    assert read_numeral(printed) == Decimal(value)


@pytest.mark.parametrize(
    "printed",
    ["", "abc", "万", "数十", "dozens", "3 apples", "十余", "一看", "-", "元", "three men"],
)
def test_what_is_no_single_numeral_has_no_value(printed: str) -> None:
    value = read_numeral(printed)
    assert value is None or (printed == "万" and value == 10_000)


@pytest.mark.parametrize(
    ("printed", "low", "high", "sort"),
    [
        ("数十", 10, 99, Sort.SOME),
        ("数百万", 1_000_000, 9_990_000, Sort.SOME),
        ("几十亿", 1_000_000_000, 9_900_000_000, Sort.SOME),
        ("二三十", 20, 30, Sort.SOME),
        ("十七八", 17, 18, Sort.SOME),
        ("七八百", 700, 800, Sort.SOME),
        ("十余", 10, 19, Sort.MORE),
        ("三十多", 30, 39, Sort.MORE),
        ("170多", 170, 179, Sort.MORE),
        ("二百三十余万", 2_300_000, 2_390_000, Sort.MORE),
        ("hundreds", 100, 999, Sort.SOME),
        ("tens of thousands", 10_000, 99_999, Sort.SOME),
        ("dozens", 12, 99, Sort.SOME),
    ],
)
def test_vague_numerals_have_both_ends(printed: str, low: int, high: int, sort: Sort) -> None:
    read = read_at(printed, 0)
    assert read is not None
    assert (read.value, read.upper, read.sort, read.end) == (low, high, sort, len(printed))


@pytest.mark.parametrize(
    ("printed", "step"),
    [("1.2亿", "10000000"), ("30万亿", "1000000000000"), ("3.50", "0.01"), ("14,000", "1")],
)
def test_the_step_is_the_worth_of_the_last_digit(printed: str, step: str) -> None:
    read = read_at(printed, 0)
    assert read is not None
    assert read.step == Decimal(step)


def test_ordinals_are_told_from_cardinals() -> None:
    for printed, value in (("twenty-first", 21), ("eighth", 8), ("one hundred twenty-fifth", 125)):
        read = read_at(printed, 0)
        assert read is not None
        assert (read.sort, read.value) == (Sort.ORDINAL, value)


def test_every_numeral_of_a_text_is_found_whatever_it_stands_for() -> None:
    found = [n.value for n in find_numerals("GPT-2 有三个, one 和 1,234 都是 2.5 万")]
    assert found == [2, 3, 1, 1234, 25_000]


@pytest.mark.parametrize("word", sorted(lexicon.section("numerals", "han")["digits"]))
def test_every_chinese_digit_of_the_lexicon_is_read(word: str) -> None:
    digit = lexicon.section("numerals", "han")["digits"][word]
    if digit == 0:
        assert read_numeral(f"一百{word}三") == 103
        assert read_numeral(f"二{word}二五") == 2025
    else:
        assert read_numeral(f"{word}百") == 100 * digit
    if word not in "两俩":
        assert read_numeral(f"三一{word}") == 310 + digit


@pytest.mark.parametrize("kind", ["multipliers", "scales"])
def test_every_chinese_multiplier_of_the_lexicon_is_read(kind: str) -> None:
    for word, worth in lexicon.section("numerals", "han")[kind].items():
        expected = 10**worth if kind == "scales" else worth
        assert read_numeral(f"三{word}") == 3 * expected, word


def test_every_english_numeral_of_the_lexicon_is_read() -> None:
    english = lexicon.section("numerals", "english")
    for word, value in (english["ones"] | english["tens"]).items():
        assert read_numeral(word) == value, word
    for word, power in english["scales"].items():
        assert read_numeral(f"three {word}") == 3 * 10**power, word
    for word, power in english["suffixes"].items():
        assert read_numeral(f"3{word}") == 3 * 10**power, word
    for word, value in english["groups"].items():
        assert read_numeral(f"two {word}") == 2 * value, word
    for word, value in english["ordinals"].items():
        read = read_at(word, 0)
        assert read is not None, word
        assert read.value == value, word
    for word, below in english["parts"].items():
        number = "one" if not word.endswith("s") else "three"
        assert read_numeral(f"{number} {word}") == Decimal(1 if number == "one" else 3) / below


def test_every_more_and_some_word_of_the_lexicon_is_read() -> None:
    han = lexicon.section("numerals", "han")
    for word in han["more"]["words"]:
        read = read_at(f"三十{word}", 0)
        assert read is not None, word
        assert read.sort is Sort.MORE, word
    for word in han["some"]["words"]:
        read = read_at(f"{word}十", 0)
        assert read is not None, word
        assert read.sort is Sort.SOME, word


WHOLE = st.integers(min_value=0, max_value=10**16 - 1)
DECIMAL = st.builds(
    lambda whole, part: Decimal(whole) + Decimal(part).scaleb(-3),
    st.integers(0, 10**9),
    st.integers(1, 999),
)


@given(WHOLE)
def test_chinese_numerals_read_back_what_they_write(number: int) -> None:
    assert read_numeral(chinese_numeral(Decimal(number))) == number


@given(WHOLE)
def test_english_numerals_read_back_what_they_write(number: int) -> None:
    assert read_numeral(english_numeral(Decimal(number))) == number


@given(st.integers(min_value=0, max_value=10**15 - 1), st.integers(1, 99))
def test_decimals_read_back_what_they_write(whole: int, hundredths: int) -> None:
    value = Decimal(whole % 10_000) + Decimal(hundredths).scaleb(-2)
    assert read_numeral(chinese_numeral(value)) == value
    assert read_numeral(english_numeral(value)) == value
    assert read_numeral(chinese_numeral(-value)) == -value


@given(st.one_of(WHOLE.map(Decimal), DECIMAL))
def test_compact_forms_read_back_what_they_write(value: Decimal) -> None:
    assert read_numeral(compact_chinese(value)) == value
    assert read_numeral(compact_english(value)) == value


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    read_numeral(text)
    for numeral in find_numerals(text):
        assert numeral.start < numeral.end
