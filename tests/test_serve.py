"""`kaoju serve` as it is run: it takes its port first, says when it is ready, and ends quietly."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from kaoju.api.server import listening


def command(shelf: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "kaoju", "serve", "--shelf", str(shelf), *arguments]


@contextmanager
def running(shelf: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own, and the line that it prints when it is ready."""
    process = subprocess.Popen(
        command(shelf, *arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline()
    finally:
        process.kill()
        process.communicate(timeout=30)


def test_serve_says_where_it_is_answers_and_ends_on_ctrl_c(corpus_shelf: Path) -> None:
    with running(corpus_shelf, "--port", "0") as (process, line):
        assert line.startswith("kaoju is at http://127.0.0.1:")
        address = line.split()[-1]
        answer = httpx.post(f"{address}/v1/ask", json={"question": "稳定币市场规模有多大？"})
        assert answer.status_code == 200
        assert "考据" in httpx.get(address).text
        assert httpx.get(f"{address}/readyz").status_code == 200
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (0, "", "kaoju: stopped\n")


def test_ctrl_c_while_it_loads_ends_it_too(corpus_shelf: Path) -> None:
    with listening("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
    process = subprocess.Popen(
        command(corpus_shelf, "--port", str(port)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    # The port is taken before anything is loaded: once it is, the loading is under way.
    until_s = time.monotonic() + 60
    while time.monotonic() < until_s and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            break
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "kaoju: stopped\n")


def test_a_busy_port_ends_with_one_clear_line(corpus_shelf: Path) -> None:
    with listening("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        ran = subprocess.run(
            command(corpus_shelf, "--port", str(port)), capture_output=True, text=True, timeout=60
        )
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1
    assert f"port {port}" in ran.stderr
    assert "--port" in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--port", "70000"], "70000"),
        (["--port", "-1"], "-1"),
        (["--host", "192.0.2.1", "--port", "0"], "192.0.2.1"),
        (["--host", "no such host", "--port", "0"], "no such host"),
    ],
)
def test_an_address_that_cannot_be_had_is_one_clear_line(
    corpus_shelf: Path, arguments: list[str], told: str
) -> None:
    ran = subprocess.run(
        command(corpus_shelf, *arguments), capture_output=True, text=True, timeout=60
    )
    assert ran.returncode in (1, 2)
    assert ran.stderr.count("\n") == 1, ran.stderr
    assert told in ran.stderr


def test_a_shelf_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    ran = subprocess.run(command(tmp_path / "nothing"), capture_output=True, text=True, timeout=60)
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "kaoju add" in ran.stderr
    assert not (tmp_path / "nothing").exists()
