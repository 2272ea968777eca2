"""The README's promises that a machine can hold."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_both_languages_show_the_same_commands_and_code() -> None:
    assert blocks(README, "sh") == blocks(CHINESE, "sh") != []
    assert blocks(README, "python") == blocks(CHINESE, "python") != []


def test_the_links_lead_somewhere() -> None:
    for text in (README, CHINESE):
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            if not target.startswith("http"):
                assert (ROOT / target).exists(), target


def test_every_number_has_its_record() -> None:
    for text in (README, CHINESE):
        records = re.findall(r"scripts/results/([\w.-]+\.json)", text)
        assert records
        for name in records:
            assert (ROOT / "scripts" / "results" / name).exists(), name


def test_the_python_example_runs_as_printed(
    own_shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [code] = blocks(README, "python")
    monkeypatch.chdir(own_shelf.parent)
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    first, *_, last = ran.stdout.splitlines()
    assert "300 billion" in first
    assert "Scott Bessent" in last


def test_the_answers_shown_are_those_given(corpus_shelf: Path) -> None:
    commands = re.findall(r'^\.venv/bin/kaoju ask "(.*)"$', "\n".join(blocks(README, "sh")), re.M)
    assert len(commands) == 3
    shown = "\n".join(blocks(README, "text"))
    for question in commands:
        ran = subprocess.run(
            [sys.executable, "-m", "kaoju", "ask", question, "--shelf", str(corpus_shelf)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        first = next(line for line in ran.stdout.splitlines() if line.strip())
        assert first in shown, question


def test_the_verdicts_shown_are_those_given(corpus_shelf: Path) -> None:
    pattern = r"^echo '(.*)' \| \.venv/bin/kaoju check -$"
    drafts = re.findall(pattern, "\n".join(blocks(README, "sh")), re.M)
    assert len(drafts) == 2
    for readme in (README, CHINESE):
        (shown,) = [block for block in blocks(readme, "text") if block.startswith("stdin:")]
        given: list[str] = []
        for draft in drafts:
            ran = subprocess.run(
                [sys.executable, "-m", "kaoju", "check", "-", "--shelf", str(corpus_shelf)],
                capture_output=True,
                input=f"{draft}\n",
                text=True,
                encoding="utf-8",
                check=False,
            )
            assert ran.returncode == 1
            given += ran.stdout.splitlines()
        for line in filter(str.strip, shown.splitlines()):
            start, _, end = line.partition("…")
            assert any(g.startswith(start) and g.endswith(end) for g in given), line
