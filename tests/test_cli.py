"""The command line, as whole processes: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kaoju import __version__
from kaoju.cli import main

ROOT = Path(__file__).resolve().parent.parent
# Any connection that is tried ends the process: kaoju works without a network.
OFFLINE = """
import sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind"):
        sys.stderr.write(f"network used: {event} {arguments}\\n")
        import os
        os._exit(99)
sys.addaudithook(refuse)
sys.argv[0] = "kaoju"
from kaoju.__main__ import run
run()
"""


def kaoju(
    *arguments: str, shelf: Path | None = None, stdin: bytes = b""
) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, from which no socket may be opened."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KAOJU_")}
    if shelf is not None:
        environment["KAOJU_SHELF"] = str(shelf)
    ran = subprocess.run(
        [sys.executable, "-c", OFFLINE, *arguments],
        capture_output=True,
        input=stdin,
        env=environment,
        check=False,
    )
    return subprocess.CompletedProcess(
        ran.args, ran.returncode, ran.stdout.decode("utf-8"), ran.stderr.decode("utf-8")
    )


def lines(ran: subprocess.CompletedProcess[str]) -> list[dict]:  # type: ignore[type-arg]
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_articles_go_in_and_are_reported(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    ran = kaoju("add", str(ROOT / "corpus" / "articles"), "--shelf", str(shelf))
    assert ran.returncode == 0
    assert ran.stdout.count("added ") == 4
    assert "4 articles: 4 added, 0 updated, 0 unchanged, 0 failed" in ran.stderr
    again = lines(kaoju("add", str(ROOT / "corpus" / "articles"), "--json", shelf=shelf))
    assert [row["status"] for row in again] == ["unchanged"] * 4


def test_some_failing_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "good.txt").write_text("贝森特说,市场约3000亿美元,会继续增长。\n", encoding="utf-8")
    ran = kaoju(
        "add", str(tmp_path / "empty.txt"), str(tmp_path / "good.txt"), shelf=tmp_path / "s"
    )
    assert ran.returncode == 1
    assert ran.stdout.startswith("failed ")
    assert "empty.txt" in ran.stdout
    assert "added " in ran.stdout


def test_an_answer_is_a_verbatim_slice(corpus_shelf: Path) -> None:
    [answer] = lines(
        kaoju("ask", "How big is the stablecoin market?", "--json", shelf=corpus_shelf)
    )
    assert answer["abstained"] is False
    assert "300 billion" in answer["value"]["text"]
    for citation in answer["citations"]:
        [article] = lines(kaoju("show", citation["document_id"], "--json", shelf=corpus_shelf))
        text = article["document"]["text"]
        assert text[citation["span"]["start"] : citation["span"]["end"]] == citation["quote"]


def test_an_answer_reads_well(corpus_shelf: Path) -> None:
    ran = kaoju("ask", "贝森特预测稳定币市场到本十年末会增长多少倍?", shelf=corpus_shelf)
    assert ran.returncode == 0
    assert "十倍" in ran.stdout
    assert "[1] " in ran.stdout


def test_what_the_articles_do_not_say_is_declined(corpus_shelf: Path) -> None:
    [answer] = lines(kaoju("ask", "宫保鸡丁怎么做?", "--json", shelf=corpus_shelf))
    assert answer["abstained"] is True
    assert answer["reason"]
    assert answer["citations"] == []


def test_search_lists_passages_with_their_rankings(corpus_shelf: Path) -> None:
    hits = lines(kaoju("search", "Bessent stablecoins", "-k", "3", "--json", shelf=corpus_shelf))
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert any("贝森特" in hit["text"] or "Bessent" in hit["text"] for hit in hits)
    assert all(hit["sources"] for hit in hits)
    only = lines(kaoju("search", "Bessent", "--language", "zh", "--json", shelf=corpus_shelf))
    assert {hit["language"] for hit in only} == {"zh"}


def test_figures_are_read_without_a_shelf(tmp_path: Path) -> None:
    [figure] = lines(kaoju("figures", "-", "--json", stdin="期限超30万亿美元".encode("gb18030")))
    assert (figure["surface"], figure["value"], figure["unit"]) == (
        "30万亿美元",
        30 * 10**12,
        "USD",
    )
    assert figure["qualifier"] == "over"


def test_an_entity_is_found_by_either_name(corpus_shelf: Path) -> None:
    [by_english] = lines(kaoju("entities", "Bessent", "--json", shelf=corpus_shelf))
    [by_chinese] = lines(kaoju("entities", "贝森特", "--json", shelf=corpus_shelf))
    assert by_english["entity"]["id"] == by_chinese["entity"]["id"]


def test_list_show_stats_verify_and_remove(own_shelf: Path) -> None:
    articles = lines(kaoju("list", "--json", shelf=own_shelf))
    assert len(articles) == 4
    shown = kaoju("show", articles[0]["id"], shelf=own_shelf)
    assert articles[0]["title"] in shown.stdout
    assert lines(kaoju("stats", "--json", shelf=own_shelf))[0]["articles"] == 4
    assert kaoju("remove", articles[0]["id"], shelf=own_shelf).returncode == 0
    assert len(lines(kaoju("list", "--json", shelf=own_shelf))) == 3
    assert kaoju("verify", shelf=own_shelf).stdout == "the record and the indexes agree\n"


def test_verify_tells_what_differs_and_sync_repairs_it(own_shelf: Path) -> None:
    for path in sorted((own_shelf / "indexes").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    told = kaoju("verify", shelf=own_shelf)
    assert told.returncode == 1
    assert "kaoju sync" in told.stdout
    assert kaoju("sync", shelf=own_shelf).returncode == 0
    assert kaoju("verify", shelf=own_shelf).returncode == 0
    assert kaoju("ask", "How big is the stablecoin market?", shelf=own_shelf).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ask", "什么?", "--shelf", "nowhere"], "no shelf at nowhere"),
        (["ask", "   "], "empty"),
        (["ask", "x" * 3000], "3000 characters"),
        (["search", "x", "--since", "yesterday"], "since must be a date"),
        (["search", "x", "--since", "2025-02-01", "--until", "2025-01-01"], "lies after"),
        (["search", "x", "-k", "0"], "k must lie between"),
        (["search", "x", "--entity", "Nobody McNowhere"], "no entity"),
        (["show", "a-none"], "no article 'a-none'"),
        (["remove", "a-none"], "no article 'a-none'"),
        (["add", "nowhere.md"], "no such file or folder: nowhere.md"),
        (["figures", "-", "--reference-date", "x"], "--reference-date"),
        (["entities", "Nobody McNowhere"], "no entity"),
    ],
)
def test_misuse_ends_with_2_and_one_clear_line(
    own_shelf: Path, arguments: list[str], told: str
) -> None:
    ran = kaoju(*arguments, shelf=own_shelf)
    assert ran.returncode == 2, (ran.stdout, ran.stderr)
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_folder_without_articles_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    ran = kaoju("add", str(tmp_path / "in"), shelf=tmp_path / "shelf")
    assert ran.returncode == 2
    assert "no articles found" in ran.stderr


def test_every_command_and_option_has_help() -> None:
    for name, command in main.commands.items():
        assert command.help, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.name}"


def test_every_command_stands_in_both_readmes() -> None:
    for readme in ("README.md", "README.zh.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        for name in main.commands:
            assert f"kaoju {name}" in text or f"`{name} ID`" in text or f"`{name}`" in text, name


@pytest.mark.parametrize(("arguments", "code"), [("--version", 0), ("ask", 2)])
def test_a_command_leaves_at_once_with_its_code_and_all_that_it_wrote(
    arguments: str, code: int
) -> None:
    script = (
        "import atexit, sys\n"
        "atexit.register(print, 'taken apart')\n"
        "from kaoju.__main__ import run\n"
        f"sys.argv = ['kaoju', {arguments!r}]\n"
        "run()\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert ran.returncode == code
    told = ran.stdout if code == 0 else ran.stderr
    assert told.strip().endswith(f"version {__version__}" if code == 0 else "'QUESTION'.")
    assert "taken apart" not in ran.stdout
