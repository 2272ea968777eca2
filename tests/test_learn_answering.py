"""What whether the articles answer is learned from, and what is made of it."""

import math
import sys
from pathlib import Path

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from kaoju import abstention

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

import learn_answering
from evaluation.gold import Question
from training.forest import planted


def question(number: int) -> Question:
    return Question(f"q{number}", "en", "How many?", "figure", True, "seen", (), None)


def test_every_second_of_the_later_dispatches_is_asked() -> None:
    some = [question(number) for number in range(7)]
    asked = learn_answering.asked_of("dispatches", some, 3)
    assert [q.id for q in asked] == ["q0", "q1", "q2", "q3", "q5"]
    assert learn_answering.asked_of("dispatches", some, None) == some
    assert learn_answering.asked_of("corpus", some, 3) == some


def test_the_story_of_a_dispatch_is_its_name_without_number_and_language() -> None:
    assert learn_answering.story_of("va-card-centres-2-zh") == ("va-card-centres")
    assert learn_answering.story_of("harbour-12-en") == "harbour"


def test_what_was_learned_says_scaled_and_moved_what_its_log_odds_do() -> None:
    draw = np.random.default_rng(3)
    x = draw.normal(size=(300, 2))
    y = x[:, 0] + 0.3 * draw.normal(size=300) > 0
    model = HistGradientBoostingClassifier(max_iter=9, max_leaf_nodes=4).fit(x, y)
    weights = {"cue": 1.5, "place": -0.2, "bias": 0.1}
    learned = learn_answering.Learned({}, weights, planted([model], ["cue", "place"]))
    again = learn_answering.calibrated(learned, 0.5, -0.7)
    for cue, place in x[:20]:
        row = {"cue": float(cue), "place": float(place)}
        before, after = learned.told(row), again.told(row)
        for way in learn_answering.WAYS:
            assert after[way] == pytest.approx(0.5 * before[way] - 0.7, abs=1e-4)
        assert before["both"] == pytest.approx((before["weights"] + before["trees"]) / 2)
        sure = abstention.logistic(again.weights, row)
        assert math.log(sure / (1 - sure)) == pytest.approx(after["weights"], abs=1e-6)


def test_a_section_is_written_with_its_weights_or_without() -> None:
    text = "[answerable]\nbias = 1.000\ncue = 2.000\n# told\nthreshold = 0.2\n\n# Words\n[next]\n"
    alone = learn_answering._section(text, "answerable", {}, "threshold = 0.3\n")
    assert "bias" not in alone
    assert "threshold = 0.3" in alone
    assert alone.endswith("# Words\n[next]\n")
    both = learn_answering._section(
        alone, "answerable", {"cue": 1.0, "bias": 2.0}, "threshold = 0.4\n"
    )
    assert "[answerable]\nbias = 2.000\ncue = 1.000\nthreshold = 0.4\n" in both
