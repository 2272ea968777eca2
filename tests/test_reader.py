"""The reader: whether a text answers a question, and where, in either language."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from kaoju.encoder import MODEL_FOLDER, EncoderCard
from kaoju.errors import EncoderError
from kaoju.reader import CARD_FILE, READER_FILE, Reader, Text, blanked, shipped_reader
from kaoju.types import Span

ZH = Text(
    "赤水港务公布上半年业绩",
    "赤水港务上半年营业收入为18.6亿元,净利润2.3亿元,上年同期净利润为1.9亿元。",
)
EN = Text(
    "Redwater Ports reports its first half",
    "Redwater Ports had revenue of 1.86 billion yuan in the first half and a net profit of 230"
    " million yuan, after one of 190 million yuan a year earlier.",
)


def pointed(question: str, text: Text) -> str:
    best = shipped_reader().read([(question, text)])[0].best()
    assert best is not None
    return best[0].of(text.body)


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("赤水港务上年同期的净利润是多少?", ZH, "1.9亿元"),
        ("赤水港务上半年的营业收入有多少?", ZH, "18.6亿元"),
        ("How much net profit did the port operator make in the first half?", EN, "230 million"),
        ("What was the company's first-half revenue?", ZH, "18.6亿元"),
        ("上半年营业收入是多少?", EN, "1.86 billion"),
    ],
)
def test_points_to_the_answer_in_either_language(question: str, text: Text, answer: str) -> None:
    assert answer in pointed(question, text)


@pytest.mark.parametrize(("text", "unlike"), [(ZH, "下半年的股息"), (EN, "the port's new chief")])
def test_what_a_text_does_not_say_is_less_likely_than_what_it_does(text: Text, unlike: str) -> None:
    said, unsaid = shipped_reader().read(
        [("赤水港务上半年净利润是多少?", text), (f"赤水港务 {unlike}?", text)]
    )
    assert said.answers > unsaid.answers


def test_a_sentence_with_a_blank_asks_for_the_figure_that_stands_there() -> None:
    draft = "Redwater Ports' net profit in the first half came to 250 million yuan."
    at = draft.index("250 million yuan")
    asked = blanked(draft, Span(at, at + len("250 million yuan")))
    reading = shipped_reader().read([(asked, ZH)])[0]

    def sure(figure: str) -> float:
        place = ZH.body.index(figure)
        found = reading.at(Span(place, place + len(figure)))
        assert found is not None
        return found

    assert sure("2.3亿元") > sure("18.6亿元")


def test_spans_count_printed_characters() -> None:
    text = Text("", "赤水港務上半年淨利潤為２．３億元。")
    best = shipped_reader().read([("赤水港务上半年净利润是多少?", text)])[0].best()
    assert best is not None
    assert "２．３億元" in best[0].of(text.body)


def test_a_text_is_read_alike_whatever_is_read_beside_it() -> None:
    pairs = [("上半年净利润是多少?", ZH), ("Who runs the port?", EN), ("营业收入?", EN)]
    together = shipped_reader().read(pairs)
    for pair, reading in zip(pairs, together, strict=True):
        alone = shipped_reader().read([pair])[0]
        assert alone.answers == reading.answers
        assert np.array_equal(alone.ends, reading.ends)
    assert shipped_reader().read([]) == []


def test_of_a_long_lead_the_beginning_is_left_out_and_of_a_long_body_the_end() -> None:
    question = "赤水港务上半年净利润是多少?"
    reading = shipped_reader().read([(question, Text("港口。" * 400, ZH.body))])[0]
    assert reading.spans[0].start == 0
    assert reading.spans[-1].end == len(ZH.body)
    body = ZH.body * 20
    cut = shipped_reader().read([(question, Text("", body))])[0]
    assert cut.spans[0].start == 0
    assert cut.spans[-1].end < len(body)
    assert cut.at(Span(len(body) - 4, len(body))) is None


@pytest.mark.parametrize("text", [Text("", ""), Text("题", "  "), Text("", "\ud800 12")])
def test_nothing_to_read_is_no_error(text: Text) -> None:
    reading = shipped_reader().read([("多少?", text), ("", text)])[0]
    assert np.isfinite(reading.answers)
    assert reading.best() is None or reading.spans


def test_the_reader_belongs_to_the_encoder_beside_it() -> None:
    card = json.loads((MODEL_FOLDER / CARD_FILE).read_text(encoding="utf-8"))
    assert card["encoder"] == EncoderCard.read(MODEL_FOLDER).digest


@pytest.mark.parametrize("damaged", [READER_FILE, CARD_FILE, "words.bin"])
def test_a_damaged_folder_is_told_with_its_file(tmp_path: Path, damaged: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL_FOLDER, folder)
    (folder / damaged).write_bytes(b"{}")
    with pytest.raises(EncoderError, match="install kaoju again"):
        Reader(folder).read([("多少?", ZH)])
