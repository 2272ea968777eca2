"""`kaoju check` as a whole process: drafts of any kind in, verdicts out, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kaoju import KnowledgeBase
from kaoju.cli import main
from kaoju.codec import to_json
from test_cli import OFFLINE, kaoju


def in_process(*arguments: str, shelf: Path, stdin: bytes = b"") -> Result:
    """The same without a process of its own, where there are many cases."""
    return CliRunner().invoke(main, ["check", *arguments, "--shelf", str(shelf)], input=stdin)


EN = "The stablecoin market is worth about $400 billion, and Bessent expects it to grow tenfold."
ZH = "贝森特预测，稳定币市场目前的规模约为4000亿美元，到本十年末可望增长十倍。"
TRUE = "The stablecoin market is worth about $300 billion."


def test_a_contradicted_draft_is_told_and_ends_with_1(corpus_shelf: Path) -> None:
    ran = kaoju("check", "-", shelf=corpus_shelf, stdin=EN.encode())
    assert ran.returncode == 1
    first, sentence, explanation, source, quote, *_ = ran.stdout.split("\n\n")[0].splitlines()
    assert first == "stdin:1:38: ✗ contradicted  $400 billion"
    assert sentence.strip() == EN.replace("$400 billion", "[$400 billion]")
    assert explanation.strip().startswith("The articles say “$300 billion”, not “$400 billion”")
    assert source.strip().startswith("[1] How long can Washington's truce")
    assert source.endswith("· 2025-12-30 · kaoju corpus / Market analysis "
                           "· treasury-truce-2025-en[3879:4081]")  # fmt: skip
    assert "now worth about [$300 billion], and Bessent predicts" in quote
    assert ran.stderr.startswith("kaoju: figures: 2 (")
    assert "1 contradicted" in ran.stderr


def test_a_chinese_draft_is_answered_in_chinese(corpus_shelf: Path) -> None:
    ran = kaoju("check", "-", shelf=corpus_shelf, stdin=ZH.encode())
    assert ran.returncode == 1
    assert "stdin:1:19: ✗ 与文章不符  4000亿美元" in ran.stdout
    assert "文章写的是“3000亿美元”，不是“4000亿美元”" in ran.stdout
    assert ran.stderr.startswith("kaoju: 共 3 个数字：")
    assert "与文章不符 1" in ran.stderr


def test_a_right_draft_ends_with_0(corpus_shelf: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(TRUE, encoding="utf-8")
    ran = kaoju("check", str(draft), shelf=corpus_shelf)
    assert ran.returncode == 0
    assert f"{draft}:1:38: ✓ supported" in ran.stdout
    assert draft.read_text(encoding="utf-8") == TRUE
    quiet = kaoju("check", "-", shelf=corpus_shelf, stdin=b"The market is quiet.")
    assert (quiet.returncode, quiet.stdout) == (0, "")
    assert "The draft states no figures." in quiet.stderr


def test_json_lines_are_the_verdicts_that_python_gives(corpus_shelf: Path) -> None:
    draft = f"{EN}\n{ZH}"
    ran = kaoju("check", "-", "--json", "--date", "2025-12-31", shelf=corpus_shelf,
                stdin=draft.encode())  # fmt: skip
    assert ran.returncode == 1
    with KnowledgeBase.open(corpus_shelf) as kb:
        verdicts = kb.check(draft, reference_date="2025-12-31")
    assert [json.loads(line) for line in ran.stdout.splitlines()] == to_json(verdicts)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5"]
)
def test_a_draft_is_read_in_its_own_encoding(
    corpus_shelf: Path, tmp_path: Path, encoding: str
) -> None:
    text = ZH if encoding != "big5" else "貝森特預測，穩定幣市場目前的規模約為4000億美元。"
    draft = tmp_path / "draft.txt"
    draft.write_bytes(text.encode(encoding))
    ran = in_process(str(draft), "--json", shelf=corpus_shelf)
    assert ran.exit_code == 1, ran.stderr
    verdict = json.loads(ran.stdout.splitlines()[0])
    start, end = verdict["figure"]["span"]["start"], verdict["figure"]["span"]["end"]
    assert text[start:end] == verdict["figure"]["surface"]
    assert verdict["figure"]["value"] == 400_000_000_000
    assert verdict["status"] == "contradicted"


def test_lines_may_end_as_windows_ends_them(corpus_shelf: Path) -> None:
    draft = f"First line.\r\n\r\n😀 {EN}\r\n"
    ran = kaoju("check", "-", "--json", shelf=corpus_shelf, stdin=draft.encode())
    verdict = json.loads(ran.stdout.splitlines()[0])
    start, end = verdict["figure"]["span"]["start"], verdict["figure"]["span"]["end"]
    assert draft[start:end] == "$400 billion"
    shown = kaoju("check", "-", shelf=corpus_shelf, stdin=draft.encode()).stdout
    assert shown.startswith("stdin:3:40: ")


def test_the_name_of_a_file_tells_how_it_is_written(corpus_shelf: Path, tmp_path: Path) -> None:
    markup = "The stablecoin market is worth about <b>$400</b> billion."
    for name, form, marked in (
        ("draft.html", None, "[$400 billion]"),
        ("draft.txt", "html", "[$400 billion]"),
        ("draft.txt", "text", "<b>[$400]</b>"),
    ):
        draft = tmp_path / name
        draft.write_text(markup, encoding="utf-8")
        told = ["--form", form] if form else []
        assert marked in in_process(str(draft), *told, shelf=corpus_shelf).stdout


def test_filters_choose_the_articles(corpus_shelf: Path) -> None:
    for options, status in (
        (["--until", "2020-01-01"], "not_found"),
        (["--since", "2030-01-01"], "not_found"),
        (["--source", "no such desk"], "not_found"),
        (["--language", "zh"], "supported"),
    ):
        ran = in_process("-", "--json", *options, shelf=corpus_shelf, stdin=TRUE.encode())
        verdict = json.loads(ran.stdout)
        assert verdict["status"] == status, options
        if status == "supported":
            assert {c["document_id"] for c in verdict["evidence"]} == {"treasury-truce-2025-zh"}


def test_reports_are_printed_in_each_format(corpus_shelf: Path) -> None:
    def printed(output: str) -> str:
        ran = in_process("-", "--format", output, shelf=corpus_shelf, stdin=EN.encode())
        assert ran.exit_code == 1
        assert "1 contradicted" in ran.stderr
        return ran.stdout_bytes.decode()

    assert "## ✗ contradicted · \\$400 billion\n" in printed("markdown")
    assert "\r\n" in printed("csv")
    first = next(csv.DictReader(io.StringIO(printed("csv").removeprefix("\ufeff"), newline="")))
    assert (first["figure"], first["status"]) == ("$400 billion", "contradicted")
    reviews = json.loads(printed("claimreview"))
    assert reviews[0]["reviewRating"]["ratingValue"] == 1


def test_a_terminal_gets_colours_unless_it_wants_none(corpus_shelf: Path) -> None:
    pty = pytest.importorskip("pty")
    for wish, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        ours, theirs = pty.openpty()
        environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | wish
        ran = subprocess.Popen(
            [sys.executable, "-m", "kaoju", "check", "-", "--shelf", str(corpus_shelf)],
            stdin=subprocess.PIPE,
            stdout=theirs,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        assert ran.stdin is not None
        ran.stdin.write(b"The stablecoin market is worth \x1b[2J$400 billion.")
        ran.stdin.close()
        os.close(theirs)
        shown = b""
        while True:
            try:
                some = os.read(ours, 65536)
            except OSError:  # how Linux tells that the other end is closed
                break
            if not some:
                break
            shown += some
        os.close(ours)
        assert ran.wait() == 1
        assert (b"\x1b[31m" in shown) is coloured
        assert b"\x1b[2J" not in shown
        assert b"$400 billion" in shown


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7 what", "this is a PDF"),
        (bytes(range(256)) * 4, "not text"),
        ("市场很安静。".encode()[:-1], "UTF-8"),
        (b"5% " * 70_000, "at most 200000 are read"),
    ],
)
def test_what_cannot_be_a_draft_is_refused_in_one_line(
    corpus_shelf: Path, tmp_path: Path, content: bytes, told: str
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_bytes(content)
    ran = in_process(str(draft), shelf=corpus_shelf)
    assert ran.exit_code == 2, ran.stderr
    (line,) = ran.stderr.splitlines()
    assert told in line
    assert ran.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere.md"], "nowhere.md cannot be read: No such file"),
        (["."], "cannot be read"),
        (["-", "--date", "31/12/2025"], "--date must be a date"),
        (["-", "--since", "soon"], "since must be a date"),
        (["-", "--since", "2025-02-01", "--until", "2025-01-01"], "lies after"),
        (["-", "--json", "--format", "csv"], "choose one"),
    ],
)
def test_misuse_is_told_in_one_line(corpus_shelf: Path, arguments: list[str], told: str) -> None:
    ran = in_process(*arguments, shelf=corpus_shelf, stdin=TRUE.encode())
    assert ran.exit_code == 2
    (line,) = ran.stderr.splitlines()
    assert told in line


def test_a_shelf_that_is_not_there_is_told(tmp_path: Path) -> None:
    ran = in_process("-", shelf=tmp_path / "none", stdin=TRUE.encode())
    assert ran.exit_code == 2
    assert f"no shelf at {tmp_path / 'none'}" in ran.stderr


def test_an_unusable_shelf_is_not_mistaken_for_a_contradiction(own_shelf: Path) -> None:
    (own_shelf / "kaoju.sqlite").write_bytes(b"no database" * 1000)
    ran = kaoju("check", "-", shelf=own_shelf, stdin=TRUE.encode())
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr


def test_ctrl_c_ends_it_without_a_traceback(corpus_shelf: Path) -> None:
    ran = subprocess.Popen(
        [sys.executable, "-c", OFFLINE, "check", "-", "--shelf", str(corpus_shelf)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(2.0)  # it waits for the draft
    ran.send_signal(signal.SIGINT)
    _, told = ran.communicate(timeout=30)
    assert ran.returncode == 130
    assert b"Traceback" not in told
    assert b"interrupted" in told
