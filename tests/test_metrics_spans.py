"""Span scores: what is counted is what is said."""

import pytest

from kaoju.metrics import SpanScore


def test_a_span_read_wrong_is_missed_and_extra() -> None:
    score = SpanScore()
    for _ in range(3):
        score.add(hit=True)
    score.add(missed=True, extra=True)
    score.add(extra=True)
    assert score.precision == pytest.approx(3 / 5)
    assert score.recall == pytest.approx(3 / 4)
    assert score.f1 == pytest.approx(2 * 0.6 * 0.75 / 1.35)
    assert score.as_dict()["missed"] == 1


def test_nothing_wanted_and_nothing_found_is_no_error() -> None:
    score = SpanScore()
    assert (score.precision, score.recall, score.f1) == (1.0, 1.0, 0.0)
    assert str(score) == "P 1.000  R 1.000  F1 0.000"
