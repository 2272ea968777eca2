"""What the reader is trained on, and that its exported graph reads as the trained one does."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")

from kaoju.encoder import (  # noqa: E402
    MODEL_FOLDER,
    WEIGHTS_FILE,
    OnnxEncoder,
    open_session,
    open_tokenizer,
)
from kaoju.reader import BLANK  # noqa: E402
from train_reader import MAX_TOKENS, Pair, Reader, batches, pairs_of  # noqa: E402
from training.close_up import close_ups, story_examples  # noqa: E402
from training.cloze import cloze  # noqa: E402
from training.dequantised import body_of  # noqa: E402
from training.examples import Example  # noqa: E402
from training.reader_graph import reader_graph  # noqa: E402
from training.reading import claims, cut, taken_out, written_examples  # noqa: E402

ROW = {
    "id": "x-0",
    "zh": "河津纸业去年营收41亿元,同比增长6%。董事长岳桐说,今年要减少负债。",
    "en": "Hejin Paper took in 4.1 billion yuan last year, 6% more than the year before."
    " Its chairman, Yue Tong, said it would cut debt this year.",
    "q_zh": ["河津纸业一年卖了多少?"],
    "q_en": ["Who chairs the paper maker?"],
}


def test_a_question_is_asked_of_both_tellings_and_its_near_misses_have_no_answer() -> None:
    annotation = {
        "zz": ["41亿元"], "zn": ["4.1 billion yuan"], "nz": ["岳桐"], "nn": [None],
        "no_zh": ["河津纸业前年营收多少?"], "no_en": ["How much debt has Hejin Paper?"],
    }  # fmt: skip
    found = written_examples(ROW, annotation)
    told = [(e.question, e.across, e.answer and e.passage[slice(*e.answer)]) for e in found]
    assert told == [
        (ROW["q_zh"][0], False, "41亿元"),
        (ROW["q_zh"][0], True, "4.1 billion yuan"),
        ("河津纸业前年营收多少?", False, None),
        ("河津纸业前年营收多少?", True, None),
        (ROW["q_en"][0], True, "岳桐"),
        ("How much debt has Hejin Paper?", True, None),
        ("How much debt has Hejin Paper?", False, None),
    ]


def test_a_claim_asks_with_its_figure_left_out() -> None:
    claimed = {
        "s_en": [["Sales came to 4.2 billion yuan.", "4.2 billion yuan", "41亿元", None]],
        "x_zh": [["河津纸业今年营收50亿元。", "50亿元"]],
    }
    found = list(claims(ROW, claimed))
    assert [(e.question, e.answer and e.passage[slice(*e.answer)]) for e in found] == [
        ("河津纸业今年营收 [MASK] 。", None),
        ("河津纸业今年营收 [MASK] 。", None),
        ("Sales came to  [MASK] .", "41亿元"),
    ]
    assert list(claims(ROW, None)) == []


def test_a_cloze_is_answered_by_the_figure_that_says_the_same_in_the_other_language() -> None:
    found = {e.question: e for e in cloze(ROW, random.Random(1)) if e.answer is not None}
    growth = next(e for q, e in found.items() if f"同比增长 {BLANK} " in q)
    assert growth.passage[slice(*growth.answer)] == "6%"
    assert all(BLANK in question and e.across for question, e in found.items())


def test_a_close_up_reads_the_sentence_that_answers_and_one_beside_it() -> None:
    start = ROW["zh"].index("41亿元")
    whole = [
        Example(ROW["q_zh"][0], ROW["zh"], (start, start + 4), "written"),
        Example("河津纸业前年营收多少?", ROW["zh"], None, "near miss"),
    ]
    found = [e for seed in range(9) for e in close_ups(whole, random.Random(seed))]
    first, second = "河津纸业去年营收41亿元,同比增长6%。", "董事长岳桐说,今年要减少负债。"
    answered = [e for e in found if e.answer is not None]
    assert {e.passage for e in answered} == {first}
    assert {e.passage[slice(*e.answer)] for e in answered if e.answer} == {"41亿元"}
    beside = [e for e in found if e.kind == "written close beside"]
    assert not beside  # the next sentence would be read after the one that answers
    missed = {e.passage for e in found if e.kind == "near miss close"}
    assert {first, second} <= missed <= {first, second, ROW["zh"]}


DEBT = "河津纸业董事长岳桐说，今年要减少负债。"


def test_a_story_asks_for_the_figure_a_draft_should_have_printed(tmp_path: Path) -> None:
    body = (
        "河津纸业去年营收41亿元。岳阳纸业去年营收35亿元，同比下降3%。"
        f"{DEBT}岳阳纸业在六个省有工厂。"
    )
    head = "---\nid: paper-1-zh\ntitle: 两家纸企报出年绩\nlanguage: zh\n---\n\n"
    (tmp_path / "articles" / "zh").mkdir(parents=True)
    (tmp_path / "articles" / "zh" / "paper-1.md").write_text(head + body + "\n", encoding="utf-8")
    quote = "河津纸业去年营收41亿元。"
    sentence = "Hejin Paper's sales were 3.5 billion yuan last year."
    figure = {
        "surface": "3.5 billion yuan", "start": 25, "end": 41, "verdict": "contradicted",
        "evidence": [{"article": "paper-1-zh", "quote": quote, "figure": "41亿元"}],
    }  # fmt: skip
    row = {"story": "paper", "language": "en", "sentence": sentence, "figures": [figure]}
    (tmp_path / "sentences.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    asked = {
        "lang": "zh", "question": "河津纸业一年卖了多少?", "value": {"accept": ["41亿元"]},
        "evidence": [{"document": "paper-1-zh", "quote": quote}],
    }  # fmt: skip
    why = {
        "lang": "zh", "question": "岳桐怎么看负债?", "value": None,
        "evidence": [{"document": "paper-1-zh", "quote": DEBT}],
    }  # fmt: skip
    both = json.dumps(asked) + "\n" + json.dumps(why) + "\n"
    (tmp_path / "questions.jsonl").write_text(both, encoding="utf-8")
    found = story_examples(random.Random(1), tmp_path, tmp_path / "questions.jsonl")
    told = [(e.kind, e.across, e.passage[slice(*e.answer)]) for e in found if e.answer]
    assert sorted(told) == [
        ("story claim", True, "41亿元"),
        ("story question", False, "41亿元"),
        ("story statement", False, DEBT.replace("，", ",")),  # told in a sentence
    ]
    beside = [e for e in found if e.answer is None]
    assert {e.kind for e in beside} == {"story claim beside", "story question beside"}
    assert all("41亿元" not in e.passage for e in beside if e.question != "岳桐怎么看负债?")
    assert all("负债" not in e.passage for e in beside if e.question == "岳桐怎么看负债?")
    claims_beside = {e.passage.split("\n")[-1] for e in beside if BLANK in e.question}
    assert claims_beside == {"岳阳纸业去年营收35亿元,同比下降3%。", "岳阳纸业在六个省有工厂。"}


def test_what_is_taken_out_does_not_answer() -> None:
    answered = Example("谁是董事长?", ROW["zh"], (20, 22), "written")
    found = [e for seed in range(8) for e in taken_out([answered], random.Random(seed))]
    assert found
    for example in found:
        assert example.answer is None
        assert "岳桐" not in example.passage


@pytest.mark.parametrize("seed", range(5))
def test_a_long_passage_is_cut_around_its_answer(seed: int) -> None:
    passage = "".join(f"第{n}家工厂在{n}月停产,损失{n}00万元。" for n in range(1, 41))
    start = passage.index("损失1700万元")
    part, (first, last) = cut(passage, (start, start + 8), random.Random(seed))
    assert part[first:last] == "损失1700万元"
    assert part in passage
    assert len(part) < len(passage) / 2


def test_ends_are_tokens_of_the_passage_and_segments_begin_there() -> None:
    example = Example("谁是董事长?", ROW["zh"], (20, 22), "written")
    pair = pairs_of([example])[0]
    assert pair.starts <= pair.ends[0] <= pair.ends[1] < len(pair.ids) - 1
    beyond = Example("谁是董事长?", "港口。" * 300 + ROW["zh"], (920, 922), "written")
    assert pairs_of([beyond]) == []
    unanswered = pairs_of([Example("谁?", ROW["zh"], None, "near miss")])[0]
    assert unanswered.ends == (0, 0)


def test_a_seed_gives_the_same_batches_of_every_pair() -> None:
    pairs = pairs_of([Example("谁?", ROW["zh"][:size], None, "near miss") for size in range(5, 35)])
    made = [list(batches(pairs, 200, random.Random(3))) for _ in range(2)]
    assert made[0] == made[1]
    assert sorted(map(id, (p for batch in made[0] for p in batch))) == sorted(map(id, pairs))
    assert all(len(b) * max(len(p.ids) for p in b) <= 260 for b in made[0])


@pytest.mark.model
def test_the_body_begins_as_the_encoder_is() -> None:
    text = "央行下调了存款准备金率。"
    body = body_of(MODEL_FOLDER / WEIGHTS_FILE).eval()
    ids = open_tokenizer(MODEL_FOLDER, MAX_TOKENS).encode(text).ids
    with torch.inference_mode():
        mean = body(input_ids=torch.tensor([ids])).last_hidden_state.mean(1)[0].numpy()
    assert OnnxEncoder(MODEL_FOLDER).encode([text])[0] @ mean / np.linalg.norm(mean) > 0.98


@pytest.mark.model
def test_the_exported_graph_reads_as_the_trained_one(tmp_path: Path) -> None:
    torch.manual_seed(0)
    reader = Reader().eval()
    kinds = "embeddings.token_type_embeddings.weight"
    with torch.no_grad():
        reader.state_dict()[f"body.{kinds}"].normal_(0, 0.02)
    weights = {
        name.removeprefix("body."): tensor.numpy().copy()
        for name, tensor in reader.state_dict().items()
    }
    weights["kinds"] = weights[kinds].copy()
    weights[kinds][:] = 0
    graph = reader_graph(
        reader.body.config.to_dict(), weights, MODEL_FOLDER / WEIGHTS_FILE, MAX_TOKENS
    )
    onnx.save(graph, tmp_path / "reader.onnx")
    (tmp_path / "words.bin").write_bytes((MODEL_FOLDER / "words.bin").read_bytes())
    session = open_session(tmp_path / "reader.onnx")
    pair: Pair = pairs_of([Example("谁是董事长?", ROW["zh"], (20, 22), "written")])[0]
    segments = [int(at >= pair.starts) for at in range(len(pair.ids))]
    found = session.run(
        None, {"input_ids": np.array([pair.ids]), "segments": np.array([segments])}
    )[0][0]
    with torch.inference_mode():
        answers, places = reader(torch.tensor([pair.ids]), torch.tensor([segments]))
    assert abs(float(answers[0]) - found[0, 0]) < 0.1
    assert np.corrcoef(places[0].numpy().ravel(), found[:, 1:].ravel())[0, 1] > 0.97
