"""What a kill leaves behind.

The promise: once an article is reported as added (or updated), it survives the death of the
process at any point; what was on the shelf before is never lost; the shelf opens, and
`sync` brings the indexes to exactly what the record says.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness forks, which this system cannot")
def test_a_kill_at_any_point_loses_nothing_reported(tmp_path: Path) -> None:
    # Every place: CRASH_EVERY=1 ./scripts/test tests/test_crash.py (some minutes).
    every = os.environ.get("CRASH_EVERY", "40")
    timed = os.environ.get("CRASH_TIMED", "4")
    harness = Path(__file__).with_name("crashing.py")
    ran = subprocess.run(
        [sys.executable, str(harness), str(tmp_path), every, timed],
        capture_output=True,
        text=True,
        check=False,
    )
    rows = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
    assert ran.returncode == 0, ran.stderr[-2000:]
    survey, attempts = rows[0], rows[1:]
    assert survey == {
        "label": "nowhere",
        "killed": False,
        "opened": True,
        "problems": [],
        "articles": 4,
        "behind": False,
    }
    assert [r for r in attempts if not r["opened"] or r["problems"]] == [], ran.stderr[-2000:]
    killed = [r for r in attempts if r["killed"]]
    assert len(killed) >= 0.8 * len(attempts)
    # The kills were spread over the path: some came before the record, some after it.
    assert {r["articles"] for r in killed} >= {2, 4}
