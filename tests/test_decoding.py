"""Bytes to text: letter for letter in every encoding an article comes in, or a clear refusal."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaoju.decoding import decode
from kaoju.errors import UnreadableArticleError

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

SIMPLIFIED = [
    "前总理朱镕基与歌手陶喆、企业家赵堃出席了发布会,李祎、张韡和马龑没有到场。",
    "美国财长贝森特预测,当前规模约3000亿美元的稳定币市场,到本十年末有望增长十倍。",
    "央行行长说:“降准0.5个百分点,将释放长期资金约1万亿元。”市场对此反应平淡……",
    "蚂蚁花呗调整额度",
    "沃尔沃汽车召回",
    "联通",
    "陶喆",
    "朱镕基",
    "镕、堃、喆、祎、翀、燚、犇",
    "国家统计局(NBS)数据显示,CPI同比上涨0.2%,PPI同比下降2.5%。\n发布会于9:30举行。",
]
TRADITIONAL = [
    "前總理朱鎔基與歌手陶晶瑩出席了發布會,國際論壇的與會者討論了穩定幣市場。",
    "中央銀行總裁表示,今年經濟成長率可望達到百分之三點一,通膨壓力已經緩和。",
    "台積電股價大漲",
    "臺灣護國神山",
    "歐佩克減產協議延長至明年第一季度",
    "她說:「債券市場對各國政府的威懾力,是其他任何市場都無法企及的。」",
    "著名演員劉德華、張學友與黎明同台演出,觀眾席上座無虛席。",
]
WESTERN = [
    "Le président a déclaré que l’économie était en croissance — « enfin ».",
    "It’s a “quoted” sentence – with dashes… and a price of €17 million or £12.",
    "Der Präsident grüßte die Bürger in Zürich.",
    "café",
    "don’t",
]
NAMES_IN_ENGLISH = (
    "The former premier Zhu Rongji (朱镕基) met the singer David Tao (陶喆) on Tuesday, according "
    "to a person at the meeting, who said the two spoke for about an hour. " * 3
)


@pytest.mark.parametrize("text", SIMPLIFIED)
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be"])
def test_simplified_chinese_comes_back_letter_for_letter(text: str, codec: str) -> None:
    if codec.startswith("utf-16") and len(text) < 6:
        pytest.skip("two or three characters of UTF-16 without a mark could be anything")
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert decoded.encoding == {"gbk": "gb18030"}.get(codec, codec)


@pytest.mark.parametrize("text", TRADITIONAL)
@pytest.mark.parametrize("codec", ["utf-8", "cp950", "big5hkscs", "gb18030", "utf-16-le"])
def test_traditional_chinese_comes_back_letter_for_letter(text: str, codec: str) -> None:
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert decoded.encoding == {"cp950": "big5", "big5hkscs": "big5"}.get(codec, codec)


@pytest.mark.parametrize("text", WESTERN)
@pytest.mark.parametrize("codec", ["utf-8", "windows-1252", "utf-16-le"])
def test_western_text_comes_back_letter_for_letter(text: str, codec: str) -> None:
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert decoded.encoding == codec


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_few_chinese_names_in_english_text_survive(codec: str) -> None:
    decoded = decode(NAMES_IN_ENGLISH.encode(codec))
    assert (decoded.text, decoded.encoding) == (NAMES_IN_ENGLISH, codec)


def test_rare_names_after_a_long_stretch_of_plain_gb2312_survive() -> None:
    text = "国务院总理在会上讲话。" * 400 + "朱镕基、陶喆、赵堃、㛃、𠮷、𬭳。"
    data = text.encode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        data.decode("gbk")  # the four-byte characters are the point of this test
    assert decode(data).text == text
    assert decode(data, "gb2312").text == text


@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-32", "utf-32-le")],
)
def test_a_byte_order_mark_decides_and_is_dropped(codec: str, name: str) -> None:
    decoded = decode(SIMPLIFIED[0].encode(codec))
    assert (decoded.text, decoded.encoding) == (SIMPLIFIED[0], name)


def test_a_wrong_declaration_does_not_destroy_the_text() -> None:
    data = SIMPLIFIED[1].encode("gb18030")
    for declared in ("utf-8", "iso-8859-1", "big5", "klingon", None):
        assert decode(data, declared).text == SIMPLIFIED[1]
    assert decode(TRADITIONAL[1].encode("utf-8"), "big5").text == TRADITIONAL[1]


def test_a_declaration_decides_where_the_bytes_alone_cannot() -> None:
    data = "地皇".encode("gb18030")
    assert decode(data, "gbk").text == "地皇"
    assert decode("東京の株価".encode("shift_jis"), "shift_jis").text == "東京の株価"


def test_damaged_utf8_is_refused_with_its_place_and_never_read_as_something_else() -> None:
    cut = SIMPLIFIED[1].encode()[:-1]
    with pytest.raises(UnreadableArticleError, match=r"UTF-8 but for byte 0xe3.*line 1"):
        decode(cut)
    spoiled = SIMPLIFIED[0].encode() + b"\n\xff" + SIMPLIFIED[1].encode()
    with pytest.raises(UnreadableArticleError, match=r"byte 0xff.*line 2"):
        decode(spoiled)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"Title\n\nbad \xed\xa0\x80 surrogate 5%.\n", r"byte 0xed at offset 11 \(line 3\)"),
        ("价格".encode() + b"\xed\xa0\xbd\xed\xb8\x80", r"byte 0xed at offset 6 \(line 1\)"),
    ],
)
def test_halves_of_a_pair_in_utf8_are_refused_with_their_place(data: bytes, place: str) -> None:
    with pytest.raises(UnreadableArticleError, match=place):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [
        "Привет, мир! Как дела у всех сегодня?".encode("cp1251"),
        "これは日本語のテストです。東京の株価は上がりました。".encode("shift_jis"),
        bytes(range(128, 256)),
        b"\x00\x01\x02\x03" * 50,
        b"\x81",
    ],
)
def test_what_no_encoding_reads_plausibly_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableArticleError, match="save"):
        decode(data)


def test_every_line_end_of_unicode_is_text() -> None:
    text = "Title\f\n\nLine\x0bsep \u2028 para \u2029 nel\x85 end 5%.\n"
    assert decode(text.encode()).text == text


def test_utf8_of_another_script_is_still_utf8() -> None:
    text = "ข่าวเศรษฐกิจวันนี้ ตลาดหุ้นปรับตัวขึ้นอย่างต่อเนื่อง 안녕하세요 🚀🚀🚀"
    assert decode(text.encode()).text == text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"])))
def test_whatever_is_valid_utf8_with_a_mark_comes_back(text: str) -> None:
    assert decode(text.encode("utf-8-sig")).text == text


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_without_loss_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except UnreadableArticleError:
        return
    codecs = {"big5": ["cp950", "big5hkscs"]}.get(decoded.encoding, [decoded.encoding])
    assert any(_encodes(decoded.text, codec, data) for codec in codecs)


def _encodes(text: str, codec: str, data: bytes) -> bool:
    marks = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    marks["gb18030"] = b"\x84\x31\x95\x33"
    try:
        encoded = text.encode(codec)
    except UnicodeEncodeError:
        return False
    # A few code points of Big5 and GB18030 have two byte sequences; reading is what counts.
    return data.removeprefix(marks.get(codec, b"")) == encoded or encoded.decode(codec) == text


@pytest.mark.shared
def test_real_headlines_and_articles_survive_every_encoding() -> None:
    source = SHARED / "passages" / "fin_news_passages.jsonl.xz"
    if not source.exists():
        pytest.skip("the shared development data is not here")
    with lzma.open(source, "rt", encoding="utf-8") as lines:
        rows = [json.loads(next(lines)) for _ in range(1500)]
    texts = [text for row in rows for text in (row["title"], row["text"]) if len(text) >= 8]
    assert len(texts) > 2000
    for codec in ("utf-8", "gb18030", "utf-16-le"):
        wrong = [text for text in texts if decode(text.encode(codec)).text != text]
        assert wrong == [], codec
