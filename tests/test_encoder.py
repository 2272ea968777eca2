"""The shipped encoder, its folder, and others in its place."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from kaoju import KnowledgeBase
from kaoju import encoder as room
from kaoju.encoder import EncoderCard, content_digest, open_encoder
from kaoju.errors import EncoderError
from kaoju.reader import shipped_reader

TEXTS = [
    "贝森特预测稳定币市场到本十年末将增长到3万亿美元。",
    "Bessent expects the stablecoin market to reach $3 trillion by the end of the decade.",
    "美国国债收益率上升了6个基点。",
    "The team won the final on penalties.",
    "",
    "稳定币" * 400,
]


def test_vectors_are_float32_of_unit_length_in_the_order_given() -> None:
    encoder = open_encoder()
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    for text, vector in zip(TEXTS, vectors, strict=True):
        assert np.array_equal(encoder.encode([text])[0], vector)
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_what_means_the_same_lies_nearer_across_languages() -> None:
    chinese, english, bonds, football = open_encoder().encode(TEXTS[:4])
    assert chinese @ english > 0.5
    assert chinese @ english > chinese @ bonds
    assert chinese @ bonds > chinese @ football


def test_a_text_has_one_vector_whatever_its_neighbours() -> None:
    encoder = open_encoder()
    alone = encoder.encode(["稳定币"])[0]
    for neighbours in (TEXTS, TEXTS[::-1], ["x"] * 40):
        assert np.array_equal(encoder.encode([*neighbours, "稳定币"])[-1], alone)


def test_several_threads_get_what_one_gets() -> None:
    encoder = open_encoder()
    expected = open_encoder().encode(TEXTS)
    found: list[bool] = []

    def run() -> None:
        found.append(np.array_equal(encoder.encode(TEXTS), expected))

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 6


@pytest.mark.parametrize(
    ("printed", "folded"),
    [("穩定幣市場", "稳定币市场"), ("ＧＤＰ增长３％", "GDP增长3%"), ("\ud800稳定币", "?稳定币")],
)
def test_what_reads_the_same_has_the_same_vector(printed: str, folded: str) -> None:
    first, second = open_encoder().encode([printed, folded])
    assert np.array_equal(first, second)


def test_the_encoder_is_quick_at_the_door() -> None:
    """No torch and no network for the shipped encoder, and nothing heavy before a text."""
    program = """
import socket, sys
def refuse(*_, **__): raise AssertionError("a socket was opened")
socket.socket.connect = refuse
from kaoju.encoder import open_encoder
encoder = open_encoder()
encoder.name, encoder.digest, encoder.dimension
assert not {"onnxruntime", "tokenizers"} & set(sys.modules)
encoder.encode(["稳定币"])
print(sorted({"torch", "transformers", "sentence_transformers"} & set(sys.modules)))
"""
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"


def test_a_graph_with_a_mask_sees_every_token() -> None:
    class Input:
        def __init__(self, name: str) -> None:
            self.name = name

    class Session:
        def __init__(self, *names: str) -> None:
            self.inputs = [Input(name) for name in names]

        def get_inputs(self) -> list[Input]:
            return self.inputs

        def run(self, _: None, feed: dict[str, np.ndarray]) -> list[np.ndarray]:
            assert set(feed) == {each.name for each in self.inputs}
            weights = feed.get("attention_mask", np.ones_like(feed["input_ids"]))
            return [(feed["input_ids"] * weights).astype(np.float32)]

    for names in (["input_ids"], ["input_ids", "attention_mask"]):
        assert room.run_alone(Session(*names), [101, 7, 102]).tolist() == [101, 7, 102]


# The folder ------------------------------------------------------------------------------


def test_the_digest_is_that_of_the_files() -> None:
    card = EncoderCard.read(room.MODEL_FOLDER)
    assert card.digest == open_encoder().digest
    assert card.digest == content_digest(
        room.MODEL_FOLDER, max_tokens=card.max_tokens, folded=card.folded
    )


def test_the_card_for_people_names_the_same_digest_and_the_terms() -> None:
    text = (room.MODEL_FOLDER / "README.md").read_text(encoding="utf-8")
    assert EncoderCard.read(room.MODEL_FOLDER).digest in text
    assert "license: apache-2.0" in text.split("---")[1]
    assert "all-MiniLM-L6-v2 | Apache-2.0" in text


def test_the_folder_stays_small() -> None:
    size = sum(path.stat().st_size for path in room.MODEL_FOLDER.rglob("*"))
    assert size < 60_000_000


def test_the_shipped_encoder_is_found_by_its_name() -> None:
    encoder = open_encoder()
    assert encoder.name == room.SHIPPED
    assert open_encoder(encoder.name).digest == encoder.digest
    assert open_encoder(str(room.MODEL_FOLDER)).digest == encoder.digest


@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json", "kaoju_encoder.json"])
@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_damaged_folder_is_named(tmp_path: Path, file: str, damage: str) -> None:
    folder = Path(shutil.copytree(room.MODEL_FOLDER, tmp_path / "model"))
    if damage == "cut":
        (folder / file).write_bytes((folder / file).read_bytes()[:50])
    else:
        (folder / file).unlink()
    with pytest.raises(EncoderError, match="model"):
        room.OnnxEncoder(folder).encode(["稳定币"])


@pytest.mark.model
@pytest.mark.slow
def test_sentence_transformers_loads_the_folder_and_gives_the_same_vectors() -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(
        str(room.MODEL_FOLDER), trust_remote_code=True, local_files_only=True, device="cpu"
    )
    expected = open_encoder().encode(TEXTS)
    assert np.abs(model.encode(TEXTS) - expected).max() < 1e-6
    assert np.abs(model.encode_query(TEXTS[0]) - expected[0]).max() < 1e-6
    assert model.max_seq_length == 256
    assert model.get_embedding_dimension() == 384


@pytest.mark.model
@pytest.mark.slow
def test_sentence_transformers_saves_what_it_loaded(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(
        str(room.MODEL_FOLDER), trust_remote_code=True, local_files_only=True, device="cpu"
    )
    model.save(str(tmp_path / "saved"), create_model_card=False)
    saved = open_encoder(str(tmp_path / "saved"))
    assert saved.digest == open_encoder().digest
    assert np.array_equal(saved.encode(TEXTS), open_encoder().encode(TEXTS))


# Others in its place ---------------------------------------------------------------------


@pytest.mark.model
@pytest.mark.slow
def test_any_sentence_transformers_folder_takes_its_place(tmp_path: Path) -> None:
    folder = tiny_model(tmp_path / "tiny", seed=1)
    encoder = open_encoder(folder)
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimension) == (len(TEXTS), 8)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors[:4], axis=1) == pytest.approx(1.0, abs=1e-5)
    assert encoder.encode([]).shape == (0, 8)
    # The same weights elsewhere are the same encoder, others are not.
    moved = shutil.copytree(folder, tmp_path / "moved")
    assert open_encoder(str(moved)).digest == encoder.digest
    assert open_encoder(tiny_model(tmp_path / "other", seed=2)).digest != encoder.digest


@pytest.mark.model
@pytest.mark.slow
def test_a_name_that_is_not_on_this_machine_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(EncoderError, match="hf download kaoju/no-such-model"):
        open_encoder("kaoju/no-such-model")


def tiny_model(folder: Path, seed: int) -> str:
    """A sentence-transformers folder small enough to make here: eight dimensions, six words."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    vocabulary = {"[UNK]": 0, "the": 1, "market": 2, "team": 3, "won": 4, "bessent": 5}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = torch.randn(6, 8, generator=torch.Generator().manual_seed(seed))
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)])
    model.save(str(folder), create_model_card=False)
    return str(folder)


# Against the full weights ----------------------------------------------------------------


def test_every_source_of_the_card_is_openly_licensed() -> None:
    text = (room.MODEL_FOLDER / "README.md").read_text(encoding="utf-8")
    table = text[text.index("| source | terms | pairs taken |") :].split("\n\n")[0]
    rows = [line.split(" | ") for line in table.splitlines()[2:]]
    assert len(rows) > 30
    barred = ("research", "non-commercial", "NC", "unclear", "none")
    assert not [row for row in rows if any(word in row[1].split() for word in barred)]


def test_the_card_records_how_close_int8_is() -> None:
    closeness = json.loads((room.MODEL_FOLDER / room.CARD_FILE).read_text())["closeness"]
    assert closeness["texts"] >= 300
    assert closeness["cosine_mean"] > 0.985


def test_a_long_run_without_punctuation_is_read() -> None:
    encoder = open_encoder()
    ports, banks = encoder.encode(["港口码头货轮" * 30, "银行存款利率" * 30])
    assert ports @ banks < 0.9


class _Counting:
    """An encoder that remembers what it is given."""

    name, digest, dimension = "counting", "counting-digest", 1

    def __init__(self) -> None:
        self.given: list[str] = []

    def encode(self, texts: Sequence[str]) -> room.Vectors:
        self.given += texts
        return np.array([[len(text)] for text in texts], dtype=np.float32)

    def encode_questions(self, texts: Sequence[str]) -> room.Vectors:
        return self.encode(texts)


def test_a_text_that_was_read_before_is_not_encoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_remembered", {})
    encoder = _Counting()
    assert room.encoded_once(encoder, ["ab", "c", "ab"]).tolist() == [[2], [1], [2]]
    assert room.encoded_once(encoder, ["c", "def"]).tolist() == [[1], [3]]
    assert encoder.given == ["ab", "c", "def"]
    assert room.encoded_once(encoder, []).shape == (0, 1)
    other = _Counting()
    other.digest = "another"
    assert room.encoded_once(other, ["c"]).tolist() == [[1]]
    assert other.given == ["c"]


def test_no_more_vectors_are_remembered_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room, "_remembered", {})
    monkeypatch.setattr(room, "_KEPT", 3)
    encoder = _Counting()
    for texts in (["a", "b"], ["c", "dd"], ["a", "dd"]):
        assert room.encoded_once(encoder, texts).tolist() == [[len(text)] for text in texts]
        assert len(room._remembered) <= 3
    assert encoder.given == ["a", "b", "c", "dd", "a"]


def test_models_are_opened_while_a_question_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[tuple[object, ...]] = []
    monkeypatch.setattr(room, "load_aside", lambda *models: begun.append(models))
    with KnowledgeBase.open(tmp_path) as kb:
        kb.search("稳定币")
        kb.ask("How big is the stablecoin market?")
        assert begun == [(kb.encoder, shipped_reader())]
    begun.clear()
    with KnowledgeBase.open(tmp_path) as kb:
        kb.check("The ferry cost 12 million euros.")
        assert begun == [(kb.encoder, shipped_reader())]
    begun.clear()
    with KnowledgeBase.open(tmp_path / "other", encoder=_Counting()) as kb:
        kb.search("稳定币")
        assert begun == []


def test_what_cannot_be_opened_aside_is_told_to_whoever_uses_it(tmp_path: Path) -> None:
    shutil.copy(room.MODEL_FOLDER / room.CARD_FILE, tmp_path)
    damaged, sound = room.OnnxEncoder(tmp_path), room.OnnxEncoder(room.MODEL_FOLDER)
    room.load_aside(damaged).join()
    room.load_aside(sound).join()
    assert sound._loaded is not None
    with pytest.raises(EncoderError, match="cannot be loaded"):
        damaged.encode(["text"])
