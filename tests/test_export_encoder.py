"""The exported graph against the weights it was written from."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

onnx = pytest.importorskip("onnx", reason="writing a graph needs onnx")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

import export_encoder  # noqa: E402
from kaoju.encoder import MODEL_FOLDER, WEIGHTS_FILE, OnnxEncoder, content_digest  # noqa: E402
from training.graph import WIDEST_WEIGHT, Unsupported, int8_graph  # noqa: E402

PRODUCTS = {"MatMulInteger", "MatMulIntegerToFloat", "DynamicQuantizeMatMul"}
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"稳定币市场美国债券利率上升下降增长", *"abcdefgh"]
TEXTS = ["稳定币市场增长", "美国利率上升", "a b c", "债", "", "市场 " * 30]
MAX_TOKENS = 24


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two layers with weights drawn at random, as transformers saves it."""
    torch = pytest.importorskip("torch", reason="the full weights run on torch")
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("source")
    torch.manual_seed(5)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=128,
        max_position_embeddings=32,
        initializer_range=0.3,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    tokenizer = Tokenizer(
        models.WordLevel({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Whitespace(), pre_tokenizers.Split("", "isolated")]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        "[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture(scope="module")
def exported(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _export(source, tmp_path_factory.mktemp("exported") / "folder")


def _export(source: Path, out: Path) -> Path:
    probe = source / "probe.jsonl"
    rows = [json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in TEXTS]
    probe.write_text("".join(rows), encoding="utf-8")
    options = {"--out": out, "--name": "tiny", "--max-tokens": MAX_TOKENS, "--probe": probe}
    settings = [str(part) for option in options.items() for part in option]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(export_encoder, "CALIBRATION_ROWS", 4)
        export_encoder.main([str(source), *settings])
    return out


@pytest.mark.model
@pytest.mark.slow
def test_the_graph_gives_what_the_full_weights_give(source: Path, exported: Path) -> None:
    full = export_encoder.FullModel(source, MAX_TOKENS).encode(TEXTS)
    found = OnnxEncoder(exported).encode(TEXTS)
    assert found.shape == (len(TEXTS), 64)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1.0, abs=1e-5)
    cosines = np.sum(full * found, axis=1)
    assert cosines.min() > 0.99
    # Which would not be held by a graph that gave one vector for all.
    assert np.abs(full @ full.T - found @ found.T).max() < 0.05
    assert (full @ full.T).min() < 0.7


@pytest.mark.model
@pytest.mark.slow
def test_the_card_tells_the_closeness_and_the_digest(exported: Path) -> None:
    card = json.loads((exported / "kaoju_encoder.json").read_text(encoding="utf-8"))
    assert card["dimension"] == 64
    assert card["digest"] == content_digest(exported, max_tokens=MAX_TOKENS, folded=True)
    assert card["closeness"]["texts"] == len(TEXTS)
    assert 0.99 < card["closeness"]["cosine_min"] <= card["closeness"]["cosine_mean"] <= 1


@pytest.mark.model
@pytest.mark.slow
def test_the_same_weights_give_the_same_bytes(source: Path, exported: Path, tmp_path: Path) -> None:
    again = _export(source, tmp_path / "again")
    for name in ("model.onnx", "words.bin", "kaoju_encoder.json"):
        assert (again / name).read_bytes() == (exported / name).read_bytes()


@pytest.mark.parametrize(
    ("setting", "value"),
    [("hidden_act", "relu"), ("model_type", "roberta"), ("max_position_embeddings", 16)],
)
def test_what_the_graph_cannot_hold_is_refused(setting: str, value: object) -> None:
    config: dict[str, Any] = {
        "model_type": "bert", "hidden_act": "gelu", "max_position_embeddings": 32,
    }  # fmt: skip
    with pytest.raises(Unsupported, match=str(value)):
        int8_graph(config | {setting: value}, {}, MAX_TOKENS)


def test_no_product_of_the_shipped_graph_can_overflow_sixteen_bits() -> None:
    """Processors without VNNI add two products of a byte and a weight in sixteen bits."""
    graph = onnx.load(MODEL_FOLDER / WEIGHTS_FILE).graph
    constants = {each.name: each for each in graph.initializer}
    matrices = [
        onnx.numpy_helper.to_array(constants[node.input[1]])
        for node in graph.node
        if node.op_type in PRODUCTS
    ]
    assert len(matrices) >= 6
    for matrix in matrices:
        assert matrix.dtype == np.int8
        assert np.abs(matrix.astype(int)).max() <= WIDEST_WEIGHT
    assert 2 * 255 * WIDEST_WEIGHT < 2**15
