"""Counts and latencies of the server's work, told in Prometheus' text format.

Written out by hand: the format is a few lines (exposition format 0.0.4), and a route's template,
not its path, is the label, so that the number of series stays small whatever is asked.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kaoju import __version__
from kaoju.types import Status, Verdict

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
_GAUGES = {
    "articles": "Articles on the shelf.",
    "passages": "Passages of current versions.",
    "entities": "Entities of the shelf.",
    "figures": "Figures of current versions.",
    "claims": "Claims of current versions.",
    "pending": "Passages that the indexes have still to take in or out.",
}


class Monitor:
    """What one server has counted since it started; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, str]] = Counter()
        self._buckets: dict[str, list[int]] = {}
        self._seconds: dict[str, float] = {}
        self._answers: Counter[str] = Counter()
        self._verdicts: Counter[Status] = Counter()

    def request(self, method: str, route: str, status: int, elapsed_s: float) -> None:
        """Count a request that has ended, under its route's template."""
        method = method if method in _METHODS else "other"
        with self._lock:
            self._requests[method, route, str(status)] += 1
            buckets = self._buckets.setdefault(route, [0] * (len(BUCKETS_S) + 1))
            buckets[bisect_left(BUCKETS_S, elapsed_s)] += 1
            self._seconds[route] = self._seconds.get(route, 0.0) + elapsed_s

    def answer(self, *, abstained: bool) -> None:
        """Count an answer or an abstention."""
        with self._lock:
            self._answers["abstained" if abstained else "answered"] += 1

    def checked(self, verdicts: Iterable[Verdict]) -> None:
        """Count the verdicts on a draft."""
        found = [verdict.status for verdict in verdicts]
        with self._lock:
            self._verdicts.update(found)

    def text(self, stats: Mapping[str, Any]) -> str:
        """All that was counted, with the shelf's own counts, one series a line."""
        return "\n".join([*self._counted(), *_shelf(stats), ""])

    def _counted(self) -> Iterator[str]:
        with self._lock:
            requests, seconds = Counter(self._requests), dict(self._seconds)
            buckets = {route: list(counts) for route, counts in self._buckets.items()}
            answers = Counter(self._answers)
            verdicts = Counter(self._verdicts)
        yield from _head("kaoju_http_requests_total", "counter", "Requests ended.")
        for (method, route, status), count in sorted(requests.items()):
            labels = _labels(method=method, route=route, status=status)
            yield f"kaoju_http_requests_total{labels} {count}"
        name = "kaoju_http_request_duration_seconds"
        yield from _head(name, "histogram", "From the first byte asked to the last one sent.")
        for route, counts in sorted(buckets.items()):
            total = 0
            for bound, count in zip((*map(str, BUCKETS_S), "+Inf"), counts, strict=True):
                total += count
                yield f"{name}_bucket{_labels(route=route, le=bound)} {total}"
            yield f"{name}_sum{_labels(route=route)} {seconds[route]:.6f}"
            yield f"{name}_count{_labels(route=route)} {total}"
        yield from _head("kaoju_answers_total", "counter", "Questions answered and declined.")
        for outcome in ("answered", "abstained"):
            yield f"kaoju_answers_total{_labels(outcome=outcome)} {answers[outcome]}"
        yield from _head("kaoju_verdicts_total", "counter", "Figures of drafts checked.")
        for status in Status:
            yield f"kaoju_verdicts_total{_labels(status=status)} {verdicts[status]}"


def _shelf(stats: Mapping[str, Any]) -> Iterator[str]:
    for name, told in _GAUGES.items():
        if name in stats:
            yield from _head(f"kaoju_{name}", "gauge", told)
            yield f"kaoju_{name} {stats[name]}"
    generation = stats.get("indexes", {}).get("generation")
    if isinstance(generation, int):
        yield from _head("kaoju_index_generation", "gauge", "Generation of the indexes.")
        yield f"kaoju_index_generation {generation}"
    yield from _head("kaoju_info", "gauge", "What runs here.")
    yield f"kaoju_info{_labels(version=__version__)} 1"


def _head(name: str, kind: str, told: str) -> Iterator[str]:
    yield f"# HELP {name} {told}"
    yield f"# TYPE {name} {kind}"


def _labels(**labels: str) -> str:
    def quoted(value: str) -> str:
        return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")

    return "{" + ",".join(f'{name}="{quoted(value)}"' for name, value in labels.items()) + "}"
