"""What the reader is trained on, and that its exported graph reads as the trained one does."""

from __future__ import annotations

import json
import random
import sys
from argparse import Namespace
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")

from kaoju.encoder import MODEL_FOLDER, WEIGHTS_FILE, open_session  # noqa: E402
from kaoju.reader import BLANK  # noqa: E402
from kaoju.types import Language, Span  # noqa: E402
from train_reader import BEGIN, DATA, RESULT, Run, average, judge  # noqa: E402
from training.close_up import (  # noqa: E402
    _asked_as_printed,
    _Sentence,
    close_ups,
    half_of,
    story_examples,
)
from training.cloze import cloze  # noqa: E402
from training.dequantised import held_weights  # noqa: E402
from training.examples import Example  # noqa: E402
from training.reader_graph import reader_graph  # noqa: E402
from training.reading import Reading, claims, cut, taken_out, written_examples  # noqa: E402
from training.reading_pairs import (  # noqa: E402
    MAX_TOKENS,
    WHOLE,
    Pair,
    ReadingPairs,
    pairs_of,
    write_reading,
)
from training.rounding import WIDEST_WEIGHT  # noqa: E402

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


def _paper_story(tmp_path: Path, seed: int) -> list[Example]:
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
    return story_examples(random.Random(seed), tmp_path, tmp_path / "questions.jsonl")


def test_a_story_asks_for_the_figure_a_draft_should_have_printed(tmp_path: Path) -> None:
    found = [e for e in _paper_story(tmp_path, 1) if "printed" not in e.kind]
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


def test_a_story_is_asked_in_its_own_words_too(tmp_path: Path) -> None:
    asked: dict[str, str] = {}
    beside: set[tuple[str, str]] = set()
    for seed in range(12):
        (tmp_path / str(seed)).mkdir()
        for example in _paper_story(tmp_path / str(seed), seed):
            if example.kind == "story printed":
                assert example.answer is not None
                asked[example.question] = example.passage[slice(*example.answer)]
            elif example.kind == "story printed beside":
                beside.add((example.question[:6], example.passage.split("\n")[-1]))
    assert beside
    assert not [row for row in beside if row[1].startswith(row[0])]  # never the sentence itself
    assert asked["河津纸业去年营收 [MASK] 。"] == "41亿元"
    assert asked["河津纸业去年营收多少亿元?"] == "41亿元"
    assert asked["岳阳纸业去年营收 [MASK]"] == "35亿元"  # a clause alone
    assert asked["岳阳纸业去年营收35亿元,同比下降 [MASK] 。"] == "3%"


def test_the_figure_asked_for_is_the_one_that_stands_there() -> None:
    text = "营收增长15%,其中服务增长5%。"
    told = _Sentence("a", Language.ZH, "年报", "", text)
    place = Span(text.index("5%。"), text.index("。"))
    asked = {_asked_as_printed(told, place, random.Random(seed)) for seed in range(20)}
    assert asked == {
        "营收增长15%,其中服务增长 [MASK] 。", "营收增长15%,其中服务增长多少%?",
        "其中服务增长 [MASK] 。", "其中服务增长多少%?",
    }  # fmt: skip


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


@pytest.fixture
def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    asked = [("谁是董事长?", ROW["zh"], (20, 22)), ("去年营收多少?", ROW["zh"], (8, 12))]
    right = [Example(q, p, place, "story question") for q, p, place in asked]
    wrong = [Example(q, "港口关了两天。", None, "story question beside") for q, _, _ in asked]
    data = Reading(8 * (right + wrong), right + wrong, "digest")
    monkeypatch.setattr("training.reading.reading_data", lambda *_: data)
    write_reading(tmp_path, 1, 1, None, tmp_path)
    return tmp_path


def _run(folder: Path, **given: float) -> Run:
    settings = {
        "seed": 3, "epochs": 2, "minutes": 60, "whole": 1, "close": 1, "others": 1, "tokens": 200,
        "rate": 2e-4, "dropout": 0.0, "rounded": 2.0, "judge": 0, "save_minutes": 60, "words": None,
        "stories": 1, "unseen_half": None,
    }  # fmt: skip
    return Run(Namespace(out=folder, **(settings | given)))


def test_a_seed_gives_the_same_batches_of_every_pair(prepared: Path) -> None:
    first, second = _run(prepared), _run(prepared)
    for ours, theirs in zip(first.steps, second.steps, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    rows = np.concatenate(first.steps)
    assert sorted(rows) == sorted(2 * [*range(32)])
    lengths = first.data.ids.lengths
    assert all(len(batch) * lengths[batch].max() <= 260 for batch in first.steps)


def test_an_epoch_draws_the_share_of_a_kind_that_is_asked(prepared: Path) -> None:
    data = ReadingPairs(prepared / DATA, "cpu")
    assert {data.kind(row) for row in data.trained} == {"story question", "story question beside"}
    assert _run(prepared)._share(0) == 1
    assert _run(prepared, stories=0.75)._share(0) == 0.75
    for given, kind in (
        ("close", "written close"), ("whole", "claim near miss across"), ("others", "drcd"),
    ):  # fmt: skip
        run = _run(prepared, **{given: 0.25})
        run.data._kinds = [kind, kind]
        assert run._share(0) == 0.25


def test_a_half_of_the_divided_stories_is_left_out_and_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(story: str, kind: str = "story question") -> Example:
        return Example("谁是董事长?", ROW["zh"], (20, 22), kind, story=story)

    halves = {half: [f"s{n}" for n in range(40) if half_of(f"s{n}") == half] for half in (0, 1)}
    every = [asked(""), *map(asked, halves[0]), *map(asked, halves[1])]
    data = Reading(every, [asked("", "written")], "digest")
    monkeypatch.setattr("training.reading.reading_data", lambda *_: data)
    write_reading(tmp_path, 1, 1, None, tmp_path)
    held = ReadingPairs(tmp_path / DATA, "cpu").half
    assert held[0] == WHOLE
    for unseen in (0, 1):
        run = _run(tmp_path, unseen_half=unseen, epochs=1, stories=1)
        learned = sorted(np.concatenate(run.steps))
        assert learned == [n for n in range(len(every)) if held[n] != unseen]
        assert len(learned) == 1 + len(halves[1 - unseen])
        assert set(held[run.judged]) == {unseen, WHOLE}  # beside what is always judged


def test_a_reader_learns_what_it_is_shown_and_goes_on_from_its_state(prepared: Path) -> None:
    run = _run(prepared, epochs=6)
    rows = run.data.judged
    before = judge(run.reader, run.data, rows)
    run.train()
    card = run.save()
    after = card["validation"]
    assert after["story question / story question beside: auc"] == 1
    assert after["story question: pointed right"] >= before["story question: pointed right"]
    assert after["story question: pointed right"] == 1
    assert card["examples"] == {"story question": 96, "story question beside": 96}
    with pytest.raises(SystemExit, match="other data or shares"):
        _run(prepared, epochs=6, tokens=300)
    again = _run(prepared, epochs=6)
    assert again.step == run.step
    for name, value in again.reader.state_dict().items():
        torch.testing.assert_close(value, run.reader.state_dict()[name], rtol=0, atol=0)


def test_the_next_reader_begins_as_an_earlier_one(prepared: Path, tmp_path: Path) -> None:
    run = _run(prepared)
    run.train()
    run.save()
    (tmp_path / "next").mkdir()
    write_reading(tmp_path, 1, 1, prepared, tmp_path / "next")
    later = _run(tmp_path / "next")
    for name, value in later.reader.state_dict().items():
        torch.testing.assert_close(value, run.reader.state_dict()[name], rtol=1e-2, atol=2e-3)


def test_a_reader_goes_on_from_the_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = Example("去年营收多少?", ROW["zh"], (8, 12), "story question")
    data = Reading([example], [example], "digest")
    monkeypatch.setattr("training.reading.reading_data", lambda *_: data)
    write_reading(tmp_path, 1, 1, MODEL_FOLDER, tmp_path)
    run = _run(tmp_path)
    run.reader.eval()
    pair = pairs_of([example])[0]
    segments = [int(at >= pair.starts) for at in range(len(pair.ids))]
    with torch.inference_mode():
        answers, places = run.reader(torch.tensor([pair.ids]), torch.tensor([segments]))
    session = open_session(MODEL_FOLDER / "reader.onnx")
    found = session.run(
        None, {"input_ids": np.array([pair.ids]), "segments": np.array([segments])}
    )[0][0]
    assert abs(float(answers[0]) - found[0, 0]) < 0.5
    assert np.corrcoef(places[0].numpy().ravel(), found[:, 1:].ravel())[0, 1] > 0.97


def test_the_mean_of_readers_that_began_alike_lies_between_them(
    prepared: Path, tmp_path: Path
) -> None:
    states = []
    for seed in (3, 4):
        folder = tmp_path / f"of {seed}"
        folder.mkdir()
        for name in (DATA, BEGIN):
            (folder / name).write_bytes((prepared / name).read_bytes())
        run = _run(folder, seed=seed)
        run.train()
        run.save()
        states.append(run.reader.state_dict())
    average([tmp_path / "of 3", tmp_path / "of 4"], tmp_path / "mean")
    mean = torch.load(tmp_path / "mean" / RESULT, weights_only=True)
    assert [card["seed"] for card in json.loads(mean["card"])["mean_of"]] == [3, 4]
    name = "answers.weight"
    torch.testing.assert_close(
        mean[name].float(), (states[0][name] + states[1][name]) / 2, rtol=1e-2, atol=1e-3
    )
    weight = "body.encoder.layer.0.output.dense.weight"
    step = mean[weight].float().abs().amax(1, keepdim=True) / WIDEST_WEIGHT
    steps = mean[weight].float() / step
    assert float((steps - steps.round()).abs().max()) < 0.05  # as rounded as those of a run


@pytest.mark.model
def test_the_exported_graph_reads_as_the_trained_one(prepared: Path, tmp_path: Path) -> None:
    run = _run(prepared, rounded=0.0)
    run.train()
    run.save()
    state = torch.load(prepared / RESULT, weights_only=True)
    state.pop("card")
    weights = {name.removeprefix("body."): value.float().numpy() for name, value in state.items()}
    kinds = "embeddings.token_type_embeddings.weight"
    weights["kinds"] = weights[kinds].copy()
    weights[kinds][:] = 0
    graph = reader_graph(weights, MODEL_FOLDER / WEIGHTS_FILE, MAX_TOKENS)
    onnx.save(graph, tmp_path / "reader.onnx")
    (tmp_path / "words.bin").write_bytes((MODEL_FOLDER / "words.bin").read_bytes())
    session = open_session(tmp_path / "reader.onnx")
    pair: Pair = pairs_of([Example("谁是董事长?", ROW["zh"], (20, 22), "written")])[0]
    segments = [int(at >= pair.starts) for at in range(len(pair.ids))]
    found = session.run(
        None, {"input_ids": np.array([pair.ids]), "segments": np.array([segments])}
    )[0][0]
    run.reader.eval()
    with torch.inference_mode():
        answers, places = run.reader(torch.tensor([pair.ids]), torch.tensor([segments]))
    assert abs(float(answers[0]) - found[0, 0]) < 0.15
    assert np.corrcoef(places[0].numpy().ravel(), found[:, 1:].ravel())[0, 1] > 0.97


def test_a_reader_begins_as_the_encoders_body(prepared: Path) -> None:
    body = _run(prepared).reader.body.state_dict()
    for name, value in held_weights(MODEL_FOLDER / WEIGHTS_FILE).items():
        if name in body:
            torch.testing.assert_close(body[name], value, rtol=1e-2, atol=1e-3)
    assert BEGIN in {path.name for path in prepared.iterdir()}
